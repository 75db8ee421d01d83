"""The record as a file: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.record.model import EventLine, FileLine, Record, Values
from arshjul.record.reading import LONGEST_LINE, MOST_LINES, BadRecord, file_hash, parse, read, to_bytes

UID = "6395c872-4e57-5df5-a9a9-f8ad751d2097"
HASH = "0" * 64
EVENT = (
    f'{{"uid":"{UID}","process":"budget","hash":"{HASH}","sequence":4,"edition":1,"row":"ks","ordinal":1,'
    '"now":{"days":"2025-06-03","status":"planned","stop":"2025-05-20"}}'
)
HIGHER = EVENT.replace('"sequence":4', '"sequence":6').replace("2025-06-03", "2025-06-10")
FILE = f'{{"file":"budget-KS.ics","hash":"{HASH}","process":"budget","part":"KS","rows":"{HASH}"}}'
MANY = "\n".join(FILE.replace(HASH, f"{number:064}") for number in range(40))
WHOLE = f'{EVENT}\n{{"process":"budget","edition":1}}\n{FILE}\n'


def test_it_is_written_as_it_was_read() -> None:
    """One line an event, then one a process and one a file; each parses alone."""
    assert to_bytes(parse(WHOLE.encode())).decode() == WHOLE
    event = EventLine(UID, "budget", HASH, 4, 1, "ks", 1, Values("2025-06-03", "planned", "2025-05-20"))
    assert parse(EVENT.encode()) == Record({"budget": {UID: event}})
    assert parse(FILE.encode()).files == {"budget-KS.ics": (FileLine("budget-KS.ics", HASH, "budget", "KS", HASH),)}


@pytest.mark.parametrize(
    "text",
    [
        f"{EVENT}\n{HIGHER}\n",
        f"{HIGHER}\n{EVENT}\n",
        f"<<<<<<< HEAD\n{EVENT}\n||||||| bas\n=======\n{HIGHER}\n>>>>>>> gren\n",
        f"\ufeff{HIGHER}\r\n\r\n{EVENT}\r\n",
    ],
)
def test_of_two_versions_the_higher_counts(text: str) -> None:
    """Whatever git has made of two branches; the lower one is kept until its process is built."""
    record = parse(text.encode())
    assert record.events["budget"][UID].sequence == 6
    assert record.rivals[UID].sequence == 4
    assert parse(to_bytes(record)) == record


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("hej\n", "är ingen rad som arshjul har skrivit", 1),
        (f"{EVENT}\n[]\n", "är ingen rad som arshjul har skrivit", 2),
        ('["uid"]\n', "är ingen rad som arshjul har skrivit", 1),
        ("1\n", "är ingen rad som arshjul har skrivit", 1),
        ("[" * 4000 + "\n", "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace('"sequence":4', '"sequence":-1'), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace('"sequence":4', '"sequence":99999999999'), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace('"sequence":4', '"sequence":"4"'), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace('"sequence":4', '"sequence":true'), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace('"edition"', '"version"'), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace(UID, "../x"), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace(UID, f"{UID}\\n"), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace('"ks"', '"\\u001b[31m"'), "är ingen rad som arshjul har skrivit", 1),
        (FILE.replace("budget-KS.ics", "../../etc/passwd"), "är ingen rad som arshjul har skrivit", 1),
        (FILE.replace("budget-KS.ics", ".git"), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace("2025-06-03", "2025-02-30"), "har en dag som inte finns: 2025-02-30", 1),
        (EVENT.replace("2025-05-20", "2025-02-30"), "har en dag som inte finns: 2025-02-30", 1),
        (EVENT.replace("2025-05-20", "snart"), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace("planned", "kanske"), "är ingen rad som arshjul har skrivit", 1),
        (EVENT.replace("2025-06-03", "2025-06-03/2025-06-01"), "slutar före sin början: 2025-06-03/2025-06-01", 1),
        (" " * 10 + "x" * (LONGEST_LINE + 1), "är för lång", 1),
        ("\n" * (MOST_LINES + 1), f"har fler än {MOST_LINES} rader", None),
        (
            "\n".join(FILE.replace(HASH, f"{n:064}") for n in range(40)),
            "har fler än 16 rader om filen budget-KS.ics",
            None,
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_nobody_here_has_written_is_refused(text: str, reason: str, line: int | None) -> None:
    """With its line; nothing of it is used."""
    with pytest.raises(BadRecord) as caught:
        parse(text.encode())
    assert (caught.value.reason, caught.value.line) == (reason, line)


def test_letters_that_are_none_are_refused() -> None:
    """Bytes that are not UTF-8."""
    with pytest.raises(BadRecord, match="är ingen rad"):
        parse(EVENT.replace("ks", "xx").encode().replace(b"xx", b"\xff\xfe"))


def test_a_link_is_not_read_through(tmp_path: Path) -> None:
    """Nor a folder of that name."""
    assert read(tmp_path) is None
    (tmp_path / "annan").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "arshjul.json").symlink_to("annan")
    with pytest.raises(BadRecord, match="är en länk"):
        read(tmp_path)
    (tmp_path / "arshjul.json").unlink()
    (tmp_path / "arshjul.json").mkdir()
    with pytest.raises(BadRecord, match="är ingen vanlig fil"):
        read(tmp_path)


def test_a_file_is_the_same_with_other_line_ends() -> None:
    """As git checks it out on Windows."""
    assert file_hash(b"a\r\nb\r\n") == file_hash(b"a\nb\n") != file_hash(b"a\nc\n")
