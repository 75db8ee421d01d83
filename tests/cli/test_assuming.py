"""`--set`: what would move if a meeting or a row were on another day. Nothing is written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
EXAMPLE = Path(__file__).resolve().parents[1] / "example"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project of the specification."""
    folder = tmp_path / "projekt"
    shutil.copytree(EXAMPLE, folder)
    monkeypatch.chdir(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file and what it holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# what is assumed, the causes with the rows under each, and who is affected
ASSUMED = {
    "a meeting": (["KS 10 juni = 12 juni"], [("meeting", ["pressträff", "budget_ks", "budget_ks"])], ["KS"]),
    "by the name of its body": (
        ["Kommunstyrelsen 10 juni 2025 = torsdag v. 24"],
        [("meeting", ["pressträff", "budget_ks", "budget_ks"])],
        ["KS"],
    ),
    "a row": (["budget_csg = tisdag v. 21"], [("deviation", ["budget_csg"])], ["CSG"]),
    "a row that the year adds": (["pressträff = 3 juni"], [("deviation", ["pressträff"])], []),
    "a stop date": (["budget_ks.stoppdatum = 20 maj"], [("deviation", ["budget_ks"])], ["KS"]),
    "two, each a cause": (
        ["KS 10 juni = 12 juni", "rambudget/budget_csg = 20 maj"],
        [("deviation", ["budget_csg"]), ("meeting", ["pressträff", "budget_ks", "budget_ks"])],
        ["CSG", "KS"],
    ),
    "one meeting twice": (["KS 10 juni = 12 juni", "KS 12 juni = 10 juni"], [], []),
}


@pytest.mark.parametrize(("values", "causes", "affected"), ASSUMED.values(), ids=ASSUMED.keys())
def test_what_moves_stands_under_what_is_assumed(
    project: Path, capsys: Output, values: list[str], causes: list[tuple[str, list[str]]], affected: list[str]
) -> None:
    """Each a cause of its own with exactly the rows that follow; and who has to do with them."""
    before = contents(project)
    words = [word for value in values for word in ("--set", value)]
    assert main(["diff", "2026", *words, "-f", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["differences"]
    rows = [
        [change["row"] for change in found["changes"] if change["cause"] == number]
        for number in range(len(found["causes"]))
    ]
    assert list(zip([each["kind"] for each in found["causes"]], rows, strict=True)) == causes
    assert found["affected"] == affected
    assert found["assumed"] == values
    assert not any(each["file"] for each in found["causes"])
    assert contents(project) == before


@pytest.mark.usefixtures("project")
def test_the_findings_that_come_and_go_are_told(capsys: Output) -> None:
    """A day without its body, and a half day left."""
    assert main(["diff", "2026", "--set", "budget_csg = tisdag v. 21"]) == 0
    told = capsys.readouterr().out
    assert "rambudget: 2026 → om budget_csg = tisdag v. 21\n" in told
    assert "Nya fynd (1)\n  varning[not-a-meeting]\n" in told
    assert "Fynd som försvunnit (1)\n  info[half-day]\n" in told


@pytest.mark.usefixtures("project")
def test_show_prints_the_plan_as_it_would_be(capsys: Output) -> None:
    """What changes first, in the terminal; beside the file in another format."""
    assert main(["show", "2026", "--set", "KS 10 juni = 12 juni"]) == 0
    shown = capsys.readouterr().out
    assert shown.index("KS flyttad från tisdag 10 juni till torsdag 12 juni 2025") < shown.index("Tidplan budget 2026")
    assert main(["show", "2026", "--set", "KS 10 juni = 12 juni", "-f", "json"]) == 0
    shown, told = capsys.readouterr()
    days = {row["id"]: row["occurrences"][0]["start"] for row in json.loads(shown)["activities"]}
    assert days["budget_ks"] == "2025-06-12"
    assert "KS flyttad från" in told


# what is asked, and how the message begins
REFUSED = {
    "no day": ("KS 10 juni", "”KS 10 juni” säger inte vad som är när"),
    "no such meeting": ("KS 3 juni = 10 juni", "KS har inget möte 3 juni"),
    "no body": ("XS 3 juni = 10 juni", "”XS 3 juni” börjar inte med något organ"),
    "no day of a meeting": ("KS 10 juni = juni", "”juni” är ingen dag 2025"),
    "another year": ("KS 10 juni = 2026-06-10", "”2026-06-10”"),
    "no such row": ("budget_cs = 10 juni", "budget_cs finns inte"),
}


@pytest.mark.parametrize(("value", "message"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.usefixtures("project")
def test_what_there_is_not_is_refused(capsys: Output, value: str, message: str) -> None:
    """With what there is."""
    assert main(["show", "2026", "--set", value]) == 2
    printed, told = capsys.readouterr()
    assert told.startswith(f"arshjul: fel: {message}")
    assert "hjälp: " in told
    assert printed == ""


@pytest.mark.usefixtures("project")
def test_an_error_is_pointed_at_in_the_words_given(capsys: Output) -> None:
    """No file has them."""
    assert main(["show", "2026", "--set", "budget_csg  = tisdga v. 19"]) == 1
    assert capsys.readouterr().err == (
        "--set:1:14: fel[expression]: ”tisdga” förstås inte\n"
        "    1 | budget_csg = tisdga v. 19\n"
        "      |              ^^^^^^\n"
        "   hjälp: menade du ”tisdag v. 19”?\n"
    )


@pytest.mark.usefixtures("project")
def test_only_the_files_of_the_project_can_be_thought_of(capsys: Output) -> None:
    """Not a version of git, nor a file that was built."""
    assert main(["diff", "2026", "HEAD:2026", "--set", "budget_csg = 20 maj"]) == 2
    assert "--set ändrar i projektets filer, inte i HEAD:2026" in capsys.readouterr().err
