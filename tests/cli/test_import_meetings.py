"""`arshjul import --as meetings`: a document of meetings becomes the meeting plan of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
PLAN = """\
Sammanträdesplan 2026
Organ\tDag\tJan\tFeb\tMars
Kommunstyrelsen\ttisdag\t13\t10\t11
KF\tmåndag\t26\t23 inställt\t30
Socialnämnden\tonsdag\t14\t11\t18 studieresa
"""


@pytest.fixture
def plan(project: Path) -> Path:
    """Somebody's plan beside the project."""
    path = project / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_plan_lies_beside_the_only_process_with_its_bodies(plan: Path, project: Path, capsys: Output) -> None:
    """Bodies by the names and ids of the project; one that it lacks gets an id, and what to write is told."""
    assert main(["import", plan.name, "--as", "meetings"]) == 0
    told = capsys.readouterr().err
    assert "KS (Kommunstyrelsen): 2 möten" in told
    assert "inte förstått: rad 3 mars, Kommunstyrelsen: ”11”: onsdag 11 mars 2026 är ingen tisdag" in told
    written = (project / "processes/rambudget/sammantraden-2026.yaml").read_text(encoding="utf-8")
    assert written == (
        "# Inläst ur plan.txt; det som inte förstods står sist.\n"
        "kalenderår: 2026\n"
        "# Kommunstyrelsen\nKS: [2026-01-13, 2026-02-10]\n"
        "KF:\n- 2026-01-26\n- {datum: 2026-02-23, inställt: ja}\n- 2026-03-30\n"
        "# Socialnämnden\nSN: [2026-01-14, 2026-02-11]\n"
        "\n# Det här förstods inte och är inte med i planen:\n"
        "# rad 3 mars, Kommunstyrelsen: ”11”: onsdag 11 mars 2026 är ingen tisdag\n"
        "# rad 5 mars, Socialnämnden: ”18 studieresa”: ”studieresa” förstås inte\n"
    )
    assert main(["check", "2027"]) in (0, 1)
    assert "sammantraden-2026.yaml" not in capsys.readouterr().err  # nothing is wrong in it


def test_a_plan_that_is_there_stays(plan: Path, project: Path, capsys: Output) -> None:
    """Never written over; the screen and another folder are offered."""
    place = project / "processes/rambudget/sammantraden-2026.yaml"
    place.write_text("kalenderår: 2026\n", encoding="utf-8")
    assert main(["import", plan.name, "--as", "meetings"]) == 3
    assert "finns redan och skrivs inte över" in capsys.readouterr().err
    assert place.read_text(encoding="utf-8") == "kalenderår: 2026\n"
    assert main(["import", plan.name, "--as", "meetings", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("# Inläst ur plan.txt")
    assert main(["import", plan.name, "--as", "meetings", "-n"]) == 0
    assert main(["import", plan.name, "--as", "meetings", "-o", "ny"]) == 0
    assert (project / "ny/sammantraden-2026.yaml").is_file()


@pytest.mark.parametrize(
    ("text", "words", "code", "told"),
    [
        (PLAN, ["--year", "2027"], 2, "plan.txt är av 2026, inte 2027"),
        (PLAN.replace(" 2026", ""), [], 2, "säger inte säkert vilket kalenderår"),
        ("Sammanträdesplan 2026\nInget här\n", [], 3, "inget sammanträde hittades"),
        (PLAN, ["--rules"], 0, "KS (Kommunstyrelsen): 2 möten"),
        (PLAN, ["--year", "2025,2026"], 2, "1 filer men 2 år"),
    ],
)
def test_what_cannot_be_done_is_told(
    text: str, words: list[str], code: int, told: str, plan: Path, capsys: Output
) -> None:
    """The year is held against what the document says of itself."""
    plan.write_text(text, encoding="utf-8")
    assert main(["import", plan.name, "--as", "meetings", "-o", "-", *words]) == code
    assert told in capsys.readouterr().err


def test_two_years_of_a_plan_give_rules_that_hold_in_both(project: Path, capsys: Output) -> None:
    """They take the place of the dates; what has none is asked, year by year; one year alone only gets comments."""
    rows = {
        2025: "3 juni 2025\tBudget\tKS\n16 juni 2025\tBeslut\tKF\n20 maj 2025\tUnderlag\t\n6 mars 2025\tMöte\t\n",
        2026: "9 juni 2026\tBudget\tKS\n22 juni 2026\tBeslut\tKF\n26 maj 2026\tUnderlag\t\n7 april 2026\tMöte\t\n",
    }
    for year, text in rows.items():
        (project / f"plan{year}.txt").write_text(
            f"Tidplan\nDatum\tAktivitet\tFörtroendevalda\n{text}", encoding="utf-8"
        )
    assert main(["import", "plan2025.txt", "plan2026.txt", "--year", "2026,2027", "--rules"]) == 0
    printed = capsys.readouterr().out
    assert "3 aktiviteter fick regler som gäller i alla åren" in printed
    assert "2026: stämmer, 2027:" in printed
    written = (project / "processes/plan/process.yaml").read_text(encoding="utf-8")
    assert "när: KS i juni" in written
    assert "när: KF i juni" in written
    assert "när: 2 veckor före budget" in written
    assert main(["import", "plan2025.txt", "--year", "2026", "-o", "en"]) == 0
    one = (project / "en/process.yaml").read_text(encoding="utf-8")
    assert "# regler: KS i juni" in one
    assert "när: KS" not in one
