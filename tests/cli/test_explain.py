"""`arshjul explain`: why a date is what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arshjul.cli import main

pytestmark = pytest.mark.usefixtures("project")
Output = pytest.CaptureFixture[str]


def test_every_date_is_told_with_its_steps(capsys: Output) -> None:
    """The date, then the stop date, each with numbered steps and the line where they are written."""
    assert main(["explain", "2026", "budget_ks"]) == 0
    assert capsys.readouterr().out == (
        "KS: rambudget 2026 (flyttat)\n"
        "rambudget/budget_ks · beslut · KS · processes/rambudget/process.yaml:16\n"
        "\n"
        "Datum: tisdag 10 juni 2025 kl 13.00\n"
        "  1. juni i fasen ram: juni 2025  processes/rambudget/process.yaml:16\n"
        "  2. KS i juni: tisdag 10 juni 2025  processes/rambudget/sammantraden-2025.yaml:3\n"
        "\n"
        "Stoppdatum: tisdag 27 maj 2025\n"
        "  1. möte: tisdag 10 juni 2025  processes/rambudget/sammantraden-2025.yaml:3\n"
        "  2. 14 dagar före tisdag 10 juni 2025: tisdag 27 maj 2025  processes/rambudget/organ.yaml:2\n"
        "\n"
        "Avser: 2026\n"
        "Förtroendevalda: KS\n"
        "Milstolpe: budgetförslag\n"
        "Kommentar: nytt datum\n"
        "Skäl: mötet flyttat\n"
    )


@pytest.mark.parametrize(
    ("address", "headings"),
    [
        ("budget_ks", ["Datum: tisdag 10 juni 2025 kl 13.00", "Stoppdatum: tisdag 27 maj 2025"]),
        ("rambudget/budget_ks", ["Datum: tisdag 10 juni 2025 kl 13.00", "Stoppdatum: tisdag 27 maj 2025"]),
        ("processes/rambudget/budget_ks", ["Datum: tisdag 10 juni 2025 kl 13.00", "Stoppdatum: tisdag 27 maj 2025"]),
        ("budget_ks.stoppdatum", ["Stoppdatum: tisdag 27 maj 2025"]),
        ("presstra\u0308ff", ["Datum: måndag 9 juni 2025"]),
    ],
)
def test_an_activity_is_addressed(capsys: Output, address: str, headings: list[str]) -> None:
    """By id, with its process before it and a step after it, however its letters are composed."""
    assert main(["explain", "2026", address]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith(("Datum:", "Stoppdatum:"))] == headings


def test_what_is_struck_says_when_why_and_where(capsys: Output) -> None:
    """A struck activity is an answer, not a name that nothing has."""
    assert main(["explain", "2026", "manadsrapport"]) == 0
    said, place = capsys.readouterr().out.splitlines()
    assert (said, place.rpartition(":")[0]) == (
        "manadsrapport är struken 2026: ej angivet",
        "processes/rambudget/avvikelser-2026.yaml",
    )
    assert main(["explain", "2026", "manadsrapport", "-f", "json"]) == 0
    members = json.loads(capsys.readouterr().out)["struck"]
    assert (members["name"], members["reason"], members["budget_year"]) == ("manadsrapport", "ej angivet", 2026)


def test_all_rounds_answer_to_the_bare_id(project: Path, capsys: Output) -> None:
    """A round by itself is named as in the plan."""
    (project / "processes/rambudget/avvikelser-2026.yaml").unlink()
    main(["explain", "2026", "manadsrapport"])
    assert capsys.readouterr().out.count("rambudget/manadsrapport.") == 2
    main(["explain", "2026", "manadsrapport.mars"])
    assert "Månadsrapport mars" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["budget_kss"], "Aktiviteten budget_kss finns inte\n   hjälp: menade du ”budget_ks”"),
        (["xyz"], "Aktiviteten xyz finns inte\n   hjälp: arshjul show visar aktiviteternas id\n"),
        (["budget_ks.utskick"], "Aktiviteten budget_ks.utskick finns inte\n"),
        (["rambudgett/budget_ks"], "Det finns ingen process som heter rambudgett\n"),
        ([], "Aktiviteten saknas\n   hjälp: skriv till exempel arshjul explain 2026 budget_ks, eller --all\n"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2, with the names that were meant."""
    assert main(["explain", "2026", *words]) == 2
    assert capsys.readouterr().err.startswith(f"arshjul: fel: {message}")


def test_an_id_in_two_processes_must_be_told_apart(project: Path, capsys: Output) -> None:
    """Both addresses are named."""
    folder = project / "processes" / "delar"
    folder.mkdir()
    (folder / "process.yaml").write_text(
        "process: delar\ntitel: D\nfaser:\n- {id: f, aktiviteter: [{id: budget_ks, titel: A, när: 3 juni B-1}]}\n",
        encoding="utf-8",
    )
    assert main(["explain", "2026", "budget_ks"]) == 2
    assert capsys.readouterr().err == (
        "arshjul: fel: Aktiviteten budget_ks finns i flera processer\n"
        "   hjälp: skriv delar/budget_ks eller rambudget/budget_ks\n"
    )
    assert main(["explain", "2026", "delar/budget_ks"]) == 0


def test_all_activities_of_a_process(capsys: Output) -> None:
    """In the order of the plan."""
    main(["explain", "2026", "rambudget", "--all", "-f", "json"])
    activities = json.loads(capsys.readouterr().out)["activities"]
    assert [a["id"] for a in activities] == ["budget_csg", "pressträff", "budget_ks", "budget_kf", "vp_namnd"]
    assert activities[2]["stop_date"]["steps"][-1] == {
        "text": "14 dagar före tisdag 10 juni 2025: tisdag 27 maj 2025",
        "date": "2025-05-27",
        "file": "processes/rambudget/organ.yaml",
        "line": 2,
        "follows": None,
    }


def test_markdown_has_headings_and_numbered_steps(capsys: Output) -> None:
    """To paste into a matter."""
    main(["explain", "2026", "budget_ks", "-f", "md"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "## KS: rambudget 2026 (flyttat)"
    assert "### Datum: tisdag 10 juni 2025 kl 13.00" in lines
    assert "2. KS i juni: tisdag 10 juni 2025 `processes/rambudget/sammantraden-2025.yaml:3`" in lines


def test_a_process_that_fails_does_not_hide_the_others(broken: Path, capsys: Output) -> None:
    """The answer comes, with the errors as messages; exit code 1 since one process cannot be read."""
    assert main(["explain", "2026", "budget_ks"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("KS: rambudget 2026")
    assert "processes/delar/process.yaml" in err
    assert broken.is_dir()


def test_a_step_of_the_chain_says_how_sure_it_is(project: Path, capsys: Output) -> None:
    """Preliminary like its meeting, a deadline, a date of its own: as in the plan, not the bare day."""
    organ = project / "processes/rambudget/organ.yaml"
    chain = "kedja: {utskick: 7 dagar före möte, justering: senast 14 dagar efter möte}"
    organ.write_text(organ.read_text("utf-8").replace("stoppdatum: 14 dagar före", chain), encoding="utf-8")
    plan = project / "processes/rambudget/sammantraden-2025.yaml"
    adopted = plan.read_text("utf-8")
    found = []
    for trait in ("preliminärt: ja", "utskick: 2 juni"):
        plan.write_text(adopted.replace("tid: kl", f"{trait}, tid: kl"), encoding="utf-8")
        main(["explain", "2026", "budget_ks"])
        lines = capsys.readouterr().out.splitlines()
        found.append([line for line in lines if line.startswith(("Utskick", "Justering"))])
    assert found == [
        ["Utskick: preliminärt tisdag 3 juni 2025", "Justering: preliminärt senast tisdag 24 juni 2025"],
        ["Utskick: måndag 2 juni 2025 (eget datum)", "Justering: senast tisdag 24 juni 2025"],
    ]
