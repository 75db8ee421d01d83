"""`arshjul import`: a file becomes a process that builds; nothing is written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
PLAN = """\
DATUM;AKTIVITET;FÖRTROENDE- VALDA;STOPP- DATU M
FÖRUTSÄTTNINGAR
18 februari;Planeringsförutsättningar;;På bordet
26 februari CSG;Information;;
RAMBUDGET
9 juni;Budget 2026;KS;26 maj
efter KF;Uppföljning;;
2
"""
REPORT = """\
plan.csv: 4 rader, 3 med datum, 2 med stoppdatum; budget 2026
första dag tisdag 18 februari 2025, sista måndag 9 juni 2025
kolumner: Datum, Aktivitet, Förtroendevalda, Stoppdatum

Inte förstått, och lämnat som ej fastställt eller utan stoppdatum:
  rad 7 (Uppföljning): ”efter KF” är inget datum

Sammanträden som raderna säger:
  CSG 2025: 2025-02-26
  KS 2025: 2025-06-09
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plan in it, as the working folder."""
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_plan_becomes_a_process_that_builds(folder: Path, capsys: Output) -> None:
    """The report on stdout, the files that were written on stderr, and then a plan."""
    assert main(["import", "plan.csv", "--year", "2026"]) == 0
    out, err = capsys.readouterr()
    assert out == REPORT
    assert err == (
        "skrev processes/plan/process.yaml\nskrev processes/plan/organ.yaml\n"
        "skrev processes/plan/sammantraden-2025.yaml\nnu går det att bygga: arshjul build 2026 plan\n"
    )
    assert main(["build", "2026", "-f", "csv"]) == 0
    assert "2025-06-09" in (folder / "tidplaner" / "2026" / "plan.csv").read_text(encoding="utf-8")


def test_nothing_is_written_over(folder: Path, capsys: Output) -> None:
    """Exit code 3, before anything is printed; with -o the process has a folder of its own."""
    assert main(["import", "plan.csv", "--year", "2026"]) == 0
    before = (folder / "processes" / "plan" / "process.yaml").read_bytes()
    capsys.readouterr()
    assert main(["import", "plan.csv", "--year", "2027"]) == 3
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == ("", "arshjul: fel: processes/plan: finns redan, och inget skrivs över")
    assert (folder / "processes" / "plan" / "process.yaml").read_bytes() == before
    assert main(["import", "plan.csv", "--year", "2026", "-o", "egen"]) == 0
    assert main(["-C", "egen", "build", "2026", "-f", "md"]) == 0


def test_a_dry_run_writes_nothing(folder: Path, capsys: Output) -> None:
    """The report only, also as data."""
    assert main(["import", "plan.csv", "--year", "2026", "-n", "-f", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [row["when"] for row in report["rows"]] == [
        "18 februari B-1",
        "26 februari B-1",
        "9 juni B-1",
        "ej fastställt",
    ]
    assert sorted(each.name for each in folder.iterdir()) == ["plan.csv"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["plan.csv"], 1, "Inget årtal finns i filen"),
        (["missing.xlsx", "--year", "2026"], 3, "missing.xlsx: finns inte"),
        (["plan.xls", "--year", "2026"], 1, "Filer av det slaget läses inte"),
        ([], 2, "Filen saknas"),
        (["plan.csv", "plan.csv", "--year", "2026"], 2, "Bara en fil åt gången"),
        (["plan.csv", "--year", "26"], 2, "Året 26 går inte att räkna på"),
        (["plan.csv", "--year", "2026", "-f", "xml"], 2, "Formatet xml finns inte"),
        (["empty.csv", "--year", "2026"], 1, "Ingen tidplan finns i filen"),
    ],
)
def test_what_cannot_be_imported_is_told(
    folder: Path, capsys: Output, words: list[str], code: int, message: str
) -> None:
    """Each by its own exit code, with nothing written."""
    (folder / "empty.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert main(["import", *words]) == code
    out, err = capsys.readouterr()
    assert (out, message in err) == ("", True), err
    assert not (folder / "processes").exists()


def test_a_project_of_one_process_is_not_hidden(folder: Path, capsys: Output) -> None:
    """A folder `processes` beside it would be all that is read."""
    (folder / "process.yaml").write_text("process: budget\n", encoding="utf-8")
    assert main(["import", "plan.csv", "--year", "2026"]) == 3
    assert "ange en egen mapp med -o" in capsys.readouterr().err
