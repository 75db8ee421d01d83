"""`arshjul set`: one deviation is written, and nothing else in the file or in the tree is another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.cli import main
from arshjul.definition.edit import NotSafe
from arshjul.definition.entries import as_file, with_keys, without_key
from arshjul.diagnostics import Source
from arshjul.source import Fields, parse

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}
löper: 1 januari B-1 till 31 december B-1
organ: {KS: {namn: Kommunstyrelsen, stoppdatum: krävs ej}}
sammanträden: {2025: {KS: [4 mars, 6 maj, 3 juni]}, 2026: {KS: [3 mars, 5 maj, 2 juni]}}
faser:
- id: a
  titel: A
  aktiviteter:
  - {id: beredning, titel: Beredning, när: 10 dagar före beslut}
  - {id: beslut, titel: Beslut, när: KS i juni, organ: KS}
  - {id: rapport, titel: Rapport, upprepa: {period: [mars, april]}, när: sista dagen i period}
"""
NEW = "{när: 10 juni, skäl: nytt möte}"
# what the file is, and what it becomes when `beslut` is set to 10 June
FILES = {
    "no file": (None, f"budgetår: 2026\nändra:\n  beslut: {NEW}\n"),
    "no changes": ("budgetår: 2026\n", f"budgetår: 2026\nändra:\n  beslut: {NEW}\n"),
    "no end of line": ("budgetår: 2026", f"budgetår: 2026\nändra:\n  beslut: {NEW}"),
    "an empty key": (
        "budgetår: 2026\nändra:  # årets\nstryk: {}\n",
        f"budgetår: 2026\nändra:  # årets\n  beslut: {NEW}\nstryk: {{}}\n",
    ),
    "a comment first": (
        "budgetår: 2026\nändra:\n  # inget ännu\nstryk: {}\n",
        f"budgetår: 2026\nändra:\n  beslut: {NEW}\n  # inget ännu\nstryk: {{}}\n",
    ),
    "between braces": ("{budgetår: 2026, ändra: {}}\n", f"{{budgetår: 2026, ändra: {{beslut: {NEW}}}}}\n"),
    "another row": (
        "budgetår: 2026\nändra:\n    rapport: {kommentar: hej, skäl: x}  # rad\nflaggor: {}\n",
        f"budgetår: 2026\nändra:\n    rapport: {{kommentar: hej, skäl: x}}  # rad\n    beslut: {NEW}\nflaggor: {{}}\n",
    ),
    "rows on lines of their own": (
        "budgetår: 2026\nändra:\n  rapport:\n    kommentar: hej\n    skäl: x\n",
        ("budgetår: 2026\nändra:\n  rapport:\n    kommentar: hej\n    skäl: x\n"
        "  beslut:\n    när: 10 juni\n    skäl: nytt möte\n"),
    ),
    "the row has another key": (
        "budgetår: 2026\nändra:\n  beslut: {kommentar: hej, skäl: x}\n",
        "budgetår: 2026\nändra:\n  beslut: {kommentar: hej, skäl: nytt möte, när: 10 juni}\n",
    ),
    "the row has the key, in quotes": (
        "budgetår: 2026\nändra:\n  beslut:\n    när: '9 juni'   # igår\n    skäl: x\n",
        "budgetår: 2026\nändra:\n  beslut:\n    när: '10 juni'   # igår\n    skäl: nytt möte\n",
    ),
    "a text of several lines above": (
        "budgetår: 2026\nändra:\n  rapport:\n    skäl: x\n    kommentar: |\n      ett\n      två\n",
        ("budgetår: 2026\nändra:\n  rapport:\n    skäl: x\n    kommentar: |\n      ett\n      två\n"
        "  beslut:\n    när: 10 juni\n    skäl: nytt möte\n"),
    ),
}  # fmt: skip


@pytest.fixture
def deviations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the deviations of 2026 in a project of one process."""
    folder = tmp_path / "processes" / "prov"
    folder.mkdir(parents=True)
    (folder / "process.yaml").write_text(PROCESS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder / "avvikelser-2026.yaml"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(("before", "after"), FILES.values(), ids=FILES)
def test_only_what_must_is_changed(deviations: Path, before: str | None, after: str, mark: bytes, ends: str) -> None:
    """Comments, order, blanks, line ends and the byte order mark stay."""
    if before is None:
        mark, ends = b"", "\n"
    else:
        deviations.write_bytes(mark + before.replace("\n", ends).encode())
    if before and "\n" not in before:
        ends = "\n"
    assert main(["set", "2026", "beslut", "10", "juni", "--reason", "nytt möte"]) == 0
    assert deviations.read_bytes() == mark + after.replace("\n", ends).encode()


def test_the_row_and_those_that_follow_are_told(deviations: Path, capsys: Output) -> None:
    """The row first; without a reason it is said that it counts."""
    assert main(["set", "2026", "prov/beslut", "10 juni"]) == 0
    assert deviations.read_text(encoding="utf-8").endswith("  beslut: {när: 10 juni, skäl: ej angivet}\n")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("processes/prov/avvikelser-2026.yaml:3:17: varning[not-a-meeting]: ")
    assert err.endswith(
        "skrev processes/prov/avvikelser-2026.yaml\n"
        "beslut: tisdag 3 juni 2025 → tisdag 10 juni 2025\n"
        "beredning: lördag 24 maj 2025 → lördag 31 maj 2025\n"
        "skälet är ej angivet, och det räknas som ett fynd; skriv --reason SKÄL\n"
    )


def test_a_reason_that_is_there_stays(deviations: Path) -> None:
    """Where no other is given."""
    deviations.write_text("budgetår: 2026\nändra: {beslut: {kommentar: a, skäl: därför}}\n", encoding="utf-8")
    assert main(["set", "2026", "beslut", "b: c", "--key", "kommentar"]) == 0
    after = 'budgetår: 2026\nändra: {beslut: {kommentar: "b: c", skäl: därför}}\n'
    assert deviations.read_text(encoding="utf-8") == after


def test_one_round(deviations: Path, capsys: Output) -> None:
    """By the name that `explain` has for it."""
    assert main(["set", "2026", "rapport.mars", "2 april", "--reason", "påsk"]) == 0
    assert "  rapport.mars: {när: 2 april, skäl: påsk}\n" in deviations.read_text(encoding="utf-8")
    assert "rapport.mars: måndag 31 mars 2025 → onsdag 2 april 2025\n" in capsys.readouterr().err


def test_a_body(deviations: Path) -> None:
    """All that deviations can change, not only rows."""
    assert main(["set", "2026", "KS", "12 dagar före", "--key", "stoppdatum", "--reason", "x"]) == 0
    assert "  KS: {stoppdatum: 12 dagar före, skäl: x}\n" in deviations.read_text(encoding="utf-8")


def test_dry_run_prints_the_diff_and_writes_nothing(deviations: Path, capsys: Output) -> None:
    """In the form that git and editors read."""
    deviations.write_text("budgetår: 2026\n", encoding="utf-8")
    assert main(["set", "2026", "beslut", "10 juni", "--reason", "x", "--dry-run"]) == 0
    assert deviations.read_text(encoding="utf-8") == "budgetår: 2026\n"
    name = "processes/prov/avvikelser-2026.yaml"
    assert capsys.readouterr().out == (
        f"--- a/{name}\n+++ b/{name}\n@@ -1 +1,3 @@\n budgetår: 2026\n+ändra:\n+  beslut: {{när: 10 juni, skäl: x}}\n"
    )


@pytest.mark.parametrize(
    ("before", "words", "code", "said"),
    [
        ("", ["beslut", "imorgon"], 1, "Inget ändrades: beslut skulle ge fel som inte fanns förut"),
        ("", ["beslut", "10 juni", "--key", "ner"], 1, "Inget ändrades: beslut"),
        ("", ["beslu", "10 juni"], 2, "beslu finns inte\n   hjälp: menade du ”beslut”?"),
        ("", ["beslut"], 2, "Radens id och det nya värdet behövs"),
        ("ändra: [beslut]\n", ["beslut", "10 juni"], 2, "ändra är inga nycklar"),
        ("ändra:\n  beslut: {skäl: x, när: [1 juni]}\n", ["beslut", "10 juni"], 2, "när är en lista, en grupp"),
        (
            "lägg_till:\n- {fas: a, id: ny, titel: Ny, när: 3 juni, skäl: x}\n",
            ["ny", "10 juni"],
            2,
            "ny läggs till i året\n   hjälp: ändra raden där den står: processes/prov/avvikelser-2026.yaml:3",
        ),
        ("stryk: {beslut: utgår}\n", ["beslut", "10 juni"], 2, "beslut är struken 2026: utgår"),
    ],
)
def test_what_is_refused_changes_nothing(
    deviations: Path, capsys: Output, before: str, words: list[str], code: int, said: str
) -> None:
    """And says why."""
    if before:
        deviations.write_text(f"budgetår: 2026\n{before}", encoding="utf-8")
    assert main(["set", "2026", *words]) == code
    assert said in capsys.readouterr().err
    assert (deviations.read_text(encoding="utf-8") if deviations.exists() else "") == (
        f"budgetår: 2026\n{before}" if before else ""
    )


def test_an_id_of_two_processes_is_asked(deviations: Path, capsys: Output) -> None:
    """With what to write."""
    other = deviations.parents[1] / "andra" / "process.yaml"
    other.parent.mkdir()
    other.write_text(PROCESS.replace("process: prov", "process: andra"), encoding="utf-8")
    assert main(["set", "2026", "beslut", "10 juni"]) == 2
    assert "hjälp: skriv andra/beslut eller prov/beslut\n" in capsys.readouterr().err
    assert main(["set", "2026", "prov/beslut", "10 juni"]) == 0


def test_a_file_changed_since_it_was_read_is_refused(deviations: Path) -> None:
    """Both by another text and by a file that came to be."""
    from arshjul.cli.console import Console
    from arshjul.cli.exits import Unavailable
    from arshjul.cli.rewriting import Rewritten, finish

    project = deviations.parents[2]
    path = deviations.relative_to(project).as_posix()
    deviations.write_text("budgetår: 2026\n# någon annans\n", encoding="utf-8")
    for old in (None, b"budget\xc3\xa5r: 2026\n"):
        with pytest.raises(Unavailable, match="ändrades av någon annan"):
            finish({path: Rewritten(old, b"x")}, [], Console(), project, dry=False)
    assert deviations.read_text(encoding="utf-8").endswith("någon annans\n")


names = st.text("abcåäö", min_size=1, max_size=3)
words = st.text("abc ,:#'\"-{}[]1åäö", min_size=1, max_size=8).map(lambda text: f"a{text}".strip())
maps = st.dictionaries(names, st.dictionaries(names, words, min_size=1, max_size=3), min_size=1, max_size=3)


@given(maps, names, names, words, st.booleans())
def test_set_changes_only_its_key_and_taking_it_out_gives_the_same_bytes(
    held: dict[str, dict[str, str]], name: str, key: str, value: str, crlf: bool
) -> None:
    """Whatever the file holds."""
    text = as_file({"ändra": held}) + "stryk: {}  # sist\n"
    source = Source("a.yaml", text.replace("\n", "\r\n") if crlf else text)
    after = with_keys(source, {"ändra": {name: {key: value}}}).after
    before, changed = _texts(parse(source)), _texts(parse(after))
    assert {path: words for path, words in changed.items() if path != ("ändra", name, key)} == {
        path: words for path, words in before.items() if path != ("ändra", name, key)
    }
    assert changed["ändra", name, key] == value
    if key not in held.get(name, {}):
        assert without_key(after, ("ändra", name, key)).after.text == source.text
    with pytest.raises(NotSafe):
        without_key(source, ("ändra", "finns", "inte"))


def _texts(node: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    if not isinstance(node, Fields):
        return {path: str(node)}
    return {found: text for key, value in node.items() for found, text in _texts(value, (*path, str(key))).items()}
