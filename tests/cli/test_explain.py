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
        "  flyttat från tisdag 3 juni 2025  processes/rambudget/sammantraden-2025.yaml:3\n"
        "  Härifrån räknas 3:\n"
        "    budget_csg: onsdag 28 maj 2025  processes/rambudget/process.yaml:15\n"
        "    pressträff: måndag 9 juni 2025  processes/rambudget/avvikelser-2026.yaml:7\n"
        "    budget_ks.stoppdatum: tisdag 27 maj 2025  processes/rambudget/organ.yaml:2\n"
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
    assert capsys.readouterr().out.splitlines() == [
        "manadsrapport är struken 2026: ej angivet",
        "processes/rambudget/avvikelser-2026.yaml:5",
        "utan avvikelsen: manadsrapport.februari tisdag 18 mars 2025",
        "utan avvikelsen: manadsrapport.mars onsdag 16 april 2025",
    ]
    assert main(["explain", "2026", "manadsrapport.mars"]) == 0
    assert capsys.readouterr().out.startswith("manadsrapport är struken 2026: ej angivet\n")
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


PLAN = """\
process: p
titel: P
löper: 1 jan B-1 till 31 dec B-1
organ: {KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}, BUN: {namn: Barnnämnden}}
sammanträden:
  2025:
    KS: [{datum: 10 juni, flyttad_från: 2 juni}, 4 november]
    BUN: [{datum: 11 mars, ärenden: [budget]}, {datum: 8 april, inställt: inga ärenden}]
tidsfönster:
- {id: tid, titel: Tiden, start: dagen efter ks, slut: 1 juli, minst: 20 arbetsdagar}
faser:
- id: f
  aktiviteter:
  - {id: ks, titel: Budget, när: KS i juni, organ: KS, typ: beslut}
  - {id: inlamnat, titel: Underlag in, när: 1 vecka före ks}
  - {id: foljd, titel: Efter, när: dagen efter inlamnat, underlag: [inlamnat, bun]}
  - {id: bun, titel: "BUN {möte}", upprepa: {möte: BUN, i: B-1}, när: möte, organ: BUN}
  - {id: samtliga, titel: Alla, när: dagen efter bun}
  - {id: fast, titel: Fast, när: 3 juni}
"""
DEVIATIONS = """\
budgetår: 2026
ändra:
  ks: {när: 17 juni, skäl: "budgeten dröjer"}
stryk:
  fast: behövs inte
  bun.april: utgår
"""


def _lines(project: Path, capsys: Output, name: str, deviations: str = "") -> list[str]:
    folder = project / "processes/p"
    folder.mkdir(exist_ok=True)
    (folder / "process.yaml").write_text(PLAN, encoding="utf-8")
    if deviations:
        (folder / "avvikelser-2026.yaml").write_text(deviations, encoding="utf-8")
    main(["explain", "2026", f"p/{name}"])
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("name", "deviations", "expected"),
    [
        ("ks", "", ["flyttat från måndag 2 juni 2025  processes/p/process.yaml:7"]),
        ("inlamnat", "", ["flyttat från måndag 2 juni 2025  processes/p/process.yaml:7"]),
        ("bun.april", "", ["inställt: inga ärenden  processes/p/process.yaml:8"]),
        ("ks", DEVIATIONS, ["utan avvikelsen: tisdag 10 juni 2025 (−1 vecka)"]),
        ("ks.stoppdatum", DEVIATIONS, ["utan avvikelsen: tisdag 27 maj 2025 (−1 vecka)"]),
        ("inlamnat", DEVIATIONS, ["utan avvikelsen: tisdag 3 juni 2025 (−1 vecka)"]),
        ("tid", DEVIATIONS, ["utan avvikelsen: onsdag 11 juni 2025 (−1 vecka)"]),
        ("fast", DEVIATIONS, ["fast är struken 2026: behövs inte", "utan avvikelsen: tisdag 3 juni 2025"]),
        ("fast.stoppdatum", DEVIATIONS, ["fast är struken 2026: behövs inte"]),
        ("bun.april", DEVIATIONS, ["bun.april är struken 2026: utgår", "utan avvikelsen: tisdag 8 april 2025"]),
        ("ks", "", ["Härifrån räknas 3, i allt 4:", "inlamnat: tisdag 3 juni 2025  processes/p/process.yaml:15"]),
        ("ks", "", ["tid: 11 juni–1 juli 2025  processes/p/process.yaml:10"]),
        ("ks", "", ["ks.stoppdatum: tisdag 27 maj 2025  processes/p/process.yaml:4"]),
        ("inlamnat", "", ["Härifrån räknas 1:", "foljd: onsdag 4 juni 2025  processes/p/process.yaml:16"]),
        ("bun.mars", "", ["Härifrån räknas 1:", "samtliga: onsdag 12 mars 2025  processes/p/process.yaml:18"]),
        ("bun.budget", "", ["p/bun.mars · BUN · processes/p/process.yaml:17", "Datum: tisdag 11 mars 2025"]),
        ("foljd", "", ["Underlag: Underlag in, BUN tisdag 11 mars, BUN tisdag 8 april"]),
        ("tid", "", ["Första dag: onsdag 11 juni 2025", "Sista dag: tisdag 1 juli 2025"]),
        ("tid", "", ["1. ks: tisdag 10 juni 2025  processes/p/process.yaml:14"]),
        ("tid", "", ["Minst: 20 arbetsdagar (6 för lite)"]),
    ],
)
def test_an_explanation_says(project: Path, capsys: Output, name: str, deviations: str, expected: list[str]) -> None:
    """What moved, was cancelled or struck, with its place; what the year changed; what counts from here; windows."""
    lines = _lines(project, capsys, name, deviations)
    assert [line for line in lines if line in expected] == expected, "\n".join(lines)


@pytest.mark.parametrize("name", ["samtliga", "fast"])
def test_nothing_is_said_of_a_deviation_that_changes_nothing_here(project: Path, capsys: Output, name: str) -> None:
    """The row hangs on nothing that the year changed."""
    only_ks = DEVIATIONS.partition("stryk")[0]
    assert not [line for line in _lines(project, capsys, name, only_ks) if "avvikelsen" in line]


def test_a_window_counts_its_working_days(project: Path, capsys: Output) -> None:
    """The days that are none of them have their names."""
    [counted] = [line for line in _lines(project, capsys, "tid") if line.startswith("Arbetsdagar")]
    assert counted.startswith("Arbetsdagar: 14; hoppar över lördag 14 juni, söndag 15 juni, fredag 20 juni (midsommar")


def test_json_has_what_text_has(project: Path, capsys: Output) -> None:
    """Notes and dependants beside the steps; windows beside the activities."""
    _lines(project, capsys, "ks", DEVIATIONS)
    main(["explain", "2026", "p/ks", "-f", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == 1
    [activity] = found["activities"]
    assert activity["notes"] == [
        {"text": "utan avvikelsen: tisdag 10 juni 2025 (−1 vecka)", "file": None, "line": None}
    ]
    assert [each["id"] for each in activity["dependants"]] == ["inlamnat", "ks.stoppdatum", "tid"]
    assert activity["dependants"][0] == {
        "id": "inlamnat",
        "date": "2025-06-10",
        "text": "tisdag 10 juni 2025",
        "file": "processes/p/process.yaml",
        "line": 15,
    }
    assert activity["dependants_in_all"] == 4
    main(["explain", "2026", "p/tid", "-f", "json"])
    [window] = json.loads(capsys.readouterr().out)["windows"]
    assert (window["start"], window["minimum"], window["start_steps"][0]["follows"]) == (
        "2025-06-18",
        "20 arbetsdagar",
        "ks",
    )


def test_markdown_has_what_text_has(project: Path, capsys: Output) -> None:
    """Notes and dependants are lists of their own."""
    _lines(project, capsys, "ks")
    main(["explain", "2026", "p/ks", "-f", "md"])
    lines = capsys.readouterr().out.splitlines()
    assert "- flyttat från måndag 2 juni 2025 `processes/p/process.yaml:7`" in lines
    at = lines.index("Härifrån räknas 3, i allt 4:")
    assert lines[at + 2] == "- inlamnat: tisdag 3 juni 2025 `processes/p/process.yaml:15`"


def test_a_deep_chain_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Steps within steps are indented, and two hundred of them leave no room on a line."""
    rows = "".join(f"  - {{id: a{n}, titel: A, när: dagen efter a{n - 1}}}\n" for n in range(1, 200))
    text = f"process: p\nfaser:\n- id: f\n  aktiviteter:\n  - {{id: a0, titel: A, när: 3 mars}}\n{rows}"
    folder = tmp_path / "djup"
    folder.mkdir()
    (folder / "process.yaml").write_text(text, encoding="utf-8")
    assert main(["explain", "2026", "a199", "-C", str(folder)]) == 0
    assert "3 mars" in capsys.readouterr().out
