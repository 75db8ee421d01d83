"""`build`: what a workbook tells of the project's other processes, and the sheets that are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
OTHER = """\
process: delar
titel: Delårsrapport {B-1}
organisation: %s
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, veckodag: tisdag, stoppdatum: 14 dagar före}
sammanträden: {2025: {KS: [2025-06-10]}}
faser:
- aktiviteter:
  - {id: delar_ks, titel: "KS: delårsrapport", när: KS i juni, organ: KS, typ: beslut}
"""


def add(project: Path, text: str) -> None:
    """A second process beside the first."""
    folder = project / "processes" / "delar"
    folder.mkdir()
    (folder / "process.yaml").write_text(text, encoding="utf-8")


def agenda(project: Path) -> list[str]:
    """The texts of *Ärendeplan* in the workbook of rambudget."""
    sheet = load_workbook(project / "tidplaner/2026/rambudget.xlsx")["Ärendeplan"]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def test_further_sheets_are_chosen(project: Path) -> None:
    """`--sheets` takes a comma list and repeats; a name in any place of it."""
    main(["build", "2026", "-f", "xlsx", "--sheets", "holidays,gantt", "--sheets", "bodies"])
    names = load_workbook(project / "tidplaner/2026/rambudget.xlsx").sheetnames
    bodies = ["KS", "KF", "CSG"]
    assert names == ["Tidplan", "Stoppdatum", "Ärendeplan", "Gantt", *bodies, "Helgdagar", "Om", "arshjul"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--sheets", "gant"],
            "arshjul: fel: Bladet gant finns inte\n   hjälp: menade du ”gantt”?\n",
        ),
        (
            ["-f", "md", "--sheets", "gantt"],
            "arshjul: fel: --sheets väljer blad i Excel; andra format har inga\n   hjälp: lägg till -f xlsx\n",
        ),
    ],
)
def test_sheets_that_nobody_would_see(project: Path, capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2, and nothing is written."""
    assert main(["build", "2026", *words]) == 2
    assert capsys.readouterr().err == message
    assert not (project / "tidplaner").exists()


@pytest.mark.parametrize("words", [["rambudget"], ["processes/rambudget/process.yaml"], ["delar", "rambudget"]])
def test_the_workbook_is_the_same_whatever_else_is_built(project: Path, words: list[str]) -> None:
    """It has the matters of all the organisation's processes, whichever of them were named."""
    add(project, OTHER % "Exempelkommun")
    path = project / "tidplaner/2026/rambudget.xlsx"
    main(["-q", "build", "2026", "-f", "xlsx"])
    whole = path.read_bytes()
    path.unlink()
    main(["-q", "build", "2026", "-f", "xlsx", *words])
    assert path.read_bytes() == whole
    assert "KS: delårsrapport" in agenda(project)


def test_the_matters_of_another_organisation_stay_away(project: Path) -> None:
    """Its bodies are others, whatever they are called."""
    add(project, OTHER % "Grannkommunen")
    main(["-q", "build", "2026", "rambudget", "-f", "xlsx"])
    assert "KS: delårsrapport" not in agenda(project)
    assert not any(text.startswith("Utan ärendena") for text in agenda(project))


def test_a_process_that_cannot_be_compiled_is_told_of(broken: Path, capsys: Output) -> None:
    """On the sheet: its own errors are told when it is built itself."""
    assert main(["build", "2026", "rambudget", "-f", "xlsx", "--no-check"]) == 0
    assert "unknown-key" not in capsys.readouterr().err
    assert "Utan ärendena i delar, som har fel i sin beskrivning." in agenda(broken)
    assert main(["build", "2026", "-f", "xlsx", "--no-check"]) == 1
    assert capsys.readouterr().err.count("unknown-key") == 1
