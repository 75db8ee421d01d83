# ruff: noqa: ARG001 - the folder is the working folder
"""`arshjul next`: what is late, what happens this week, which stop dates come."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}
löper: 1 januari B-1 till 31 december B-1
organ: {KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}, KF: {namn: Fullmäktige, stoppdatum: krävs ej}}
roller: {ekonomi: {namn: Ekonomiavdelningen}, kansli: {namn: Kansliet}}
sammanträden: {2025: {KS: [3 juni], KF: [16 juni, {datum: 4 juni, inställt: få ärenden}]}}
faser:
- id: a
  titel: A
  aktiviteter:
  - {id: brev, titel: Brev, när: 12 maj 2025, ansvarig: kansli}
  - {id: skatt, titel: Prognos, när: 13 maj 2025, typ: omvärld}
  - {id: underlag, titel: Underlag, när: 26–28 maj 2025, ansvarig: ekonomi}
  - {id: beslut, titel: Beslut, när: 3 juni 2025, organ: KS, typ: beslut}
  - {id: fastställ, titel: Fastställande, när: KF 16 juni, organ: KF, typ: beslut}
"""
EMPTY = "\nFörsenat:\nInget.\n\nDen här veckan, v. {week}:\nInget.\n\nStoppdatum inom 14 dagar:\nInget.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the process."""
    made = tmp_path / "processes" / "prov"
    made.mkdir(parents=True)
    (made / "process.yaml").write_text(PROCESS, encoding="utf-8")
    (made / "klart-2026.yaml").write_text("# märken\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return made


def test_the_three_lists(folder: Path, capsys: Output) -> None:
    """Late first; what is outside is nobody's to be late with."""
    assert main(["next", "--today", "2025-05-20"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "Att göra tisdag 20 maj 2025\n"
        "\nFörsenat:\n- måndag 12 maj 2025: Brev (prov/brev, 2026)\n"
        "\nDen här veckan, v. 21:\nInget.\n"
        "\nStoppdatum inom 14 dagar:\n- tisdag 20 maj 2025: Beslut (prov/beslut, 2026)\n"
    )


@pytest.mark.parametrize(
    ("words", "late", "week", "stops"),
    [
        (["--today", "2025-05-12"], [], ["brev", "skatt"], ["beslut"]),
        (["--today", "2025-05-13"], ["brev"], ["brev", "skatt"], ["beslut"]),
        (["--today", "2025-05-12", "--days", "7"], [], ["brev", "skatt"], []),
        (["--today", "2025-05-12", "--days", "8"], [], ["brev", "skatt"], ["beslut"]),
        (["--today", "2025-05-21"], ["brev"], [], []),
        (["--today", "2025-05-28"], ["brev"], ["underlag"], []),
        (["--today", "2025-05-29"], ["brev", "underlag"], ["underlag"], []),
        (["--today", "2025-06-04"], ["brev", "underlag", "beslut"], ["beslut"], []),
        (["--today", "2025-05-20", "--body", "ks"], [], [], ["beslut"]),
        (["--today", "2025-05-29", "--role", "ekonomi"], ["underlag"], ["underlag"], []),
        (["--today", "2027-05-29"], [], [], []),
    ],
)
def test_what_stands_in_which(
    folder: Path, capsys: Output, words: list[str], late: list[str], week: list[str], stops: list[str]
) -> None:
    """From Monday to Sunday; a stop date on the last of the days is still told."""
    assert main(["next", *words]) == 0
    sections = capsys.readouterr().out.split("\n\n")[1:]
    found = [
        [line.split("prov/")[1].split(",")[0] for line in each.splitlines() if "prov/" in line] for each in sections
    ]
    assert found == [late, week, stops]


def test_what_is_done_is_not_late(folder: Path, capsys: Output) -> None:
    """And is marked in its week; its stop date is nothing to wait for."""
    assert main(["done", "2026", "brev", "--date", "2025-05-12"]) == 0
    assert main(["done", "2026", "beslut", "--date", "2025-05-12"]) == 0
    capsys.readouterr()
    assert main(["next", "--today", "2025-05-13"]) == 0
    out = capsys.readouterr().out
    assert "Försenat:\nInget.\n" in out
    assert "- måndag 12 maj 2025: Brev, klart 12 maj (prov/brev, 2026)\n" in out
    assert "beslut" not in out


def test_without_marks_nothing_is_late(folder: Path, capsys: Output) -> None:
    """For nobody could have said that it was done; it is told."""
    (folder / "klart-2026.yaml").unlink()
    assert main(["next", "--today", "2025-05-21"]) == 0
    out, err = capsys.readouterr()
    assert out == "Att göra onsdag 21 maj 2025\n" + EMPTY.format(week=21)
    assert err == "utan klart-märken kan inget vara försenat: prov 2026; märk med arshjul done\n"


def test_formats(folder: Path, capsys: Output) -> None:
    """A mail has its subject first, Markdown its headings."""
    assert main(["next", "--today", "2025-05-20", "-f", "mail"]) == 0
    assert capsys.readouterr().out.startswith("Ämne: Att göra tisdag 20 maj 2025\n\nFörsenat:\n- måndag")
    assert main(["next", "--today", "2025-05-20", "-f", "md"]) == 0
    assert capsys.readouterr().out.startswith(
        "# Att göra tisdag 20 maj 2025\n\n## Försenat\n\n- måndag 12 maj 2025: Brev (`prov/brev`, 2026)\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--today", "i dag"], "”i dag” är ingen dag"),
        (["--days", "-1"], "--days -1 är inget antal dagar"),
        (["--body", "KSS"], "Organet KSS finns inte i någon plan som löper nu\n   hjälp: menade du ”KS”?"),
        (["--role", "ekonom"], "Rollen ekonom finns inte i någon plan som löper nu\n   hjälp: menade du ”ekonomi”?"),
        (["-f", "xml"], "Formatet xml finns inte"),
    ],
)
def test_what_cannot_be_asked(folder: Path, capsys: Output, words: list[str], said: str) -> None:
    """With what can."""
    assert main(["next", *(["--today", "2025-05-20"] if words[0] != "--today" else []), *words]) == 2
    assert said in capsys.readouterr().err


def test_a_process_that_cannot_be_read_is_told(folder: Path, capsys: Output) -> None:
    """And the others are shown."""
    other = folder.parent / "trasig" / "process.yaml"
    other.parent.mkdir()
    other.write_text("process: trasig\ntitel: Trasig\nfaser: []\nfel: x\n", encoding="utf-8")
    assert main(["next", "--today", "2025-05-20"]) == 1
    out, err = capsys.readouterr()
    assert "prov/brev" in out
    assert "processes/trasig/process.yaml:4:1: fel[unknown-key]" in err
