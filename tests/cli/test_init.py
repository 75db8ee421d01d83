"""`init`: a new project is complete, has nothing to find fault with, and takes nobody's place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from arshjul.cli import main
from arshjul.cli.clock import today
from arshjul.scaffold import CI, project_files
from arshjul.shipped import shipped

TEMPLATES = ("rambudget", "mal-och-budget", "regionplan", "styrmodell", "namndprocess")
Output = pytest.CaptureFixture[str]


def parsed(text: str) -> Any:
    """YAML as CI and editors read it."""
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("template", [None, *TEMPLATES])
def test_a_new_project_builds_and_has_no_faults(template: str | None, tmp_path: Path, capsys: Output) -> None:
    """The year that it was made for, and the next, whose meetings nobody has planned: no fel, no varning."""
    chosen = ["--template", template] if template else []
    assert main(["init", str(tmp_path), "--year", "2027", *chosen]) == 0
    assert main(["-C", str(tmp_path), "build", "2027"]) == 0
    assert main(["-C", str(tmp_path), "build", "2028", "-f", "md"]) == 0
    capsys.readouterr()
    assert main(["-C", str(tmp_path), "check", "2027-2028", "--strict", "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {each["severity"] for each in found} <= {"info"}
    assert main(["-C", str(tmp_path), "check", "--strict"]) == 0, "a year is planned, so none need be named"


def test_the_small_process_holds_whatever_the_year(tmp_path: Path) -> None:
    """An election, an early Easter, a 6 June that is a Tuesday: the draft rules avoid them all."""
    main(["init", str(tmp_path), "--year", "2027"])
    assert main(["-C", str(tmp_path), "check", "2020-2050", "--strict"]) == 0


def test_the_shipped_meeting_plan_is_the_one_that_is_made() -> None:
    """The small process lies complete in templates/init, to be read and checked there."""
    place = "processes/budget/sammantraden-2026.yaml"
    shipped_plan = (shipped("templates") / "init" / place).read_bytes()
    assert project_files(2027, None, "none")[place] == shipped_plan


def test_a_template_is_copied_with_what_it_builds_on_but_without_past_years() -> None:
    """Word for word; the law stays with the program. Meetings are planned where the process plans any."""
    files = project_files(2027, "namndprocess", "none")
    assert [place for place in files if place.startswith("processes/")] == [
        "processes/namndprocess/avvikelser-2027.yaml",
        "processes/namndprocess/organ.yaml",
        "processes/namndprocess/process.yaml",
        "processes/namndprocess/sammantraden-2026.yaml",
        "processes/styrmodell/avvikelser-2027.yaml",
        "processes/styrmodell/organ.yaml",
        "processes/styrmodell/process.yaml",
    ]
    for name in ("namndprocess/process.yaml", "namndprocess/organ.yaml", "styrmodell/process.yaml"):
        assert files[f"processes/{name}"] == (shipped("processes") / name).read_bytes()
    plan = parsed(files["processes/namndprocess/sammantraden-2026.yaml"].decode())
    assert list(plan) == ["kalenderår", "preliminärt", "BUN"]
    assert plan["preliminärt"] == "ja"


@pytest.mark.parametrize("ci", CI)
def test_no_blank_is_left(ci: str) -> None:
    """Every blank of what is shipped is filled, and the year is the one asked for."""
    files = project_files(2031, None, ci)
    assert not [place for place, data in files.items() if "«" in data.decode()]
    assert (CI[ci] or "bygg.cmd") in files
    assert len(set(CI.values()) & set(files)) == (ci != "none")


@pytest.mark.parametrize(
    "lying",
    [
        "process.yaml",
        "processes/annat/process.yaml",
        "tidplan.xlsx",
        ".github/workflows/annat.yml",
        ".gitignore",
        "bygg.cmd",
        "README/text.md",
    ],
)
def test_nothing_is_written_beside_what_lies_there(lying: str, tmp_path: Path, capsys: Output) -> None:
    """Refused whole, with its name; a folder named README would have it all the same."""
    place = tmp_path / lying
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("mitt", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    refused = not lying.startswith("README")
    assert main(["init", str(tmp_path), "--year", "2027"]) == (3 if refused else 0)
    told = capsys.readouterr().err
    if refused:
        assert f"här ligger redan {lying.partition('/')[0]}" in told
        assert sorted(tmp_path.rglob("*")) == before
    assert place.read_text(encoding="utf-8") == "mitt"


def test_a_fresh_repository_with_a_readme_is_a_good_place(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git and the forge have put there is left as it is; a second time it is a project, and refused."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("# Vår budget\n", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("EUPL\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--ci", "none"]) == 0
    told = capsys.readouterr().err
    assert told.endswith(f"nu går det att bygga: arshjul build {today().year + 1}\n")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# Vår budget\n"
    assert main(["init", "--ci", "none"]) == 3
    assert "här ligger redan .gitattributes, .gitignore, .vscode, bygg.cmd, processes\n" in capsys.readouterr().err


def test_a_new_folder_is_made_and_the_next_line_works(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the folder of -C, if there is one."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "ekonomi/budget", "--year", "2027", "--ci", "none"]) == 0
    next_line = capsys.readouterr().err.splitlines()[-1].partition(": arshjul ")[2]
    assert next_line == "build 2027 -C ekonomi/budget"
    assert main(["-C", "ekonomi/budget", *next_line.split()[:2], "-f", "md"]) == 0
    assert main(["-C", "ekonomi", "init", "nästa", "--ci", "none"]) == 0
    assert (tmp_path / "ekonomi" / "nästa" / "bygg.cmd").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["a", "b"], 2, "Bara en mapp åt gången"),
        (["--year", "2006"], 2, "välj ett år från 2007 till 2098"),
        (["--year", "2099"], 2, "välj ett år från 2007 till 2098"),
        (["--year", "nästa"], 2, "Året saknas"),
        (["--ci", "jenkins"], 2, "CI-receptet jenkins finns inte"),
        (["--template", "rambugdet"], 2, "Ingen medföljande process heter arshjul:rambugdet"),
        (["--meetings", "plan.xlsx"], 3, "plan.xlsx: finns inte"),
        (["--meetings", "fil"], 1, "fil"),
        (["fil"], 3, "fil: är en fil, inte en mapp"),
        (["fil/under"], 3, "fil"),
    ],
)
def test_what_cannot_be_begun(
    words: list[str], code: int, told: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and nothing is written."""
    (tmp_path / "fil").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["init", *words]) == code
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["fil"]


MEETINGS = """Sammanträdesdagar 2029
Kommunstyrelsen: 6 februari, 10 april, 24 april, 5 juni, 9 oktober, 23 oktober, 6 november
Kommunfullmäktige: 23 april, 18 juni, 19 november
Miljönämnden: 8 maj, 9 oktober
"""


@pytest.mark.parametrize(("template", "process", "known"), [(None, "budget", "KS"), ("rambudget", "rambudget", "KF")])
def test_somebodys_meeting_plan_takes_the_place_of_the_proposal(
    template: str | None, process: str, known: str, tmp_path: Path, capsys: Output
) -> None:
    """The budget is that of the year after; a body that the process does not have comes into organ.yaml."""
    document, project = tmp_path / "plan.txt", tmp_path / "projekt"
    document.write_text(MEETINGS, encoding="utf-8")
    chosen = ["--template", template] if template else []
    assert main(["init", str(project), "--meetings", str(document), *chosen]) == 0
    assert "arshjul build 2030" in capsys.readouterr().err
    plan = parsed((project / "processes" / process / "sammantraden-2029.yaml").read_text(encoding="utf-8"))
    assert list(plan) == ["kalenderår", "KS", "KF", "MN"]
    assert str(plan[known][-1]) in ("2029-11-06", "2029-11-19")
    assert main(["-C", str(project), "build", "2030", "-f", "md"]) == 0
    assert main(["-C", str(project), "check", "--strict"]) == 0
    assert "MN: {namn: Miljönämnden}" in (project / "processes" / process / "organ.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        (["--year", "2027"], MEETINGS, "plan.txt är av 2029, men budget 2027 görs 2026\n   hjälp: skriv --year 2030"),
        ([], MEETINGS.replace(" 2029", ""), "säger inte säkert vilket kalenderår"),
        (["--template", "styrmodell"], MEETINGS, "Processen har ingen sammanträdesplan"),
    ],
)
def test_a_meeting_plan_that_does_not_fit(
    words: list[str], text: str, told: str, tmp_path: Path, capsys: Output
) -> None:
    """Exit code 2, and nothing is written."""
    document = tmp_path / "plan.txt"
    document.write_text(text, encoding="utf-8")
    assert main(["init", str(tmp_path / "projekt"), "--meetings", str(document), *words]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "projekt").exists()


def test_an_empty_folder_is_offered_a_project(tmp_path: Path, capsys: Output) -> None:
    """By the command that makes one."""
    assert main(["-C", str(tmp_path), "build", "2027"]) == 3
    assert "arshjul init gör ett nytt projekt här" in capsys.readouterr().err


def test_the_editor_finds_a_schema_for_every_file() -> None:
    """Those that the settings name are written, and the project's own files pass them."""
    files = project_files(2027, None, "none")
    named = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert set(named) == {place for place in files if place.endswith(".schema.json")}
    for schema, pattern in named.items():
        own = [place for place in files if Path(place).match(pattern)]
        assert own, pattern
        for place in own:
            jsonschema.Draft202012Validator(json.loads(files[schema])).validate(as_written(files[place].decode()))


def as_written(text: str) -> Any:
    """YAML whose scalars stay text, as the schemas expect of an editor: whole numbers are numbers, the rest words."""
    return json.loads(json.dumps(parsed(text), default=str))


def test_a_double_click_builds_and_stops_at_an_error() -> None:
    """Windows' own line ends, a code page for å ä ö before the first of them, and a window that stays open."""
    batch = project_files(2027, None, "none")["bygg.cmd"]
    assert batch.count(b"\r\n") == batch.count(b"\n") == len(batch.splitlines())
    first, page, *rest = batch.decode().splitlines()
    assert (first, page) == ("@echo off", "chcp 65001 >nul")
    assert (first + page).isascii()
    assert "set BUDGET=2027" in rest
    assert rest.index("  pause") > rest.index("if errorlevel 1 (")


# --- the recipes for CI ------------------------------------------------------------------------------------


def recipe(ci: str) -> Any:
    """As the forge reads it."""
    return parsed(project_files(2027, None, ci)[str(CI[ci])].decode())


def test_a_strangers_change_gets_nothing_but_to_be_read() -> None:
    """No trigger that lends the repository's rights, no secret, no text of a stranger's in a command.

    Who may write runs no file of the change: one job has none of them, the other runs when the change is in.
    """
    workflow = recipe("github")
    assert set(workflow["on"]) == {"pull_request", "push"}
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in json.dumps(workflow)
    assert workflow["jobs"]["kontrollera"].get("permissions") is None
    for name, job in workflow["jobs"].items():
        uses = [step.get("uses", "") for step in job["steps"]]
        assert all("${{" not in step.get("run", "") for step in job["steps"])
        for step in job["steps"]:
            assert "checkout" not in step.get("uses", "") or step["with"]["persist-credentials"] is False
        if "write" in json.dumps(job.get("permissions", {})):
            assert not any("checkout" in each for each in uses) or job["if"] == "github.event_name == 'push'", name
    comment = workflow["jobs"]["kommentera"]
    assert comment["if"].endswith("github.event.pull_request.head.repo.full_name == github.repository")
    assert comment["permissions"] == {"pull-requests": "write"}


def test_gitlab_needs_no_key_but_for_comments() -> None:
    """The job that has one reads no file of the change."""
    recipes = recipe("gitlab")
    (name,) = [name for name, job in recipes.items() if "TIDPLAN_NYCKEL" in json.dumps(job)]
    assert recipes[name]["variables"] == {"GIT_STRATEGY": "none"}
    assert "TIDPLAN_NYCKEL" in recipes[name]["rules"][0]["if"]


def _commands_of_github() -> list[str]:
    jobs = recipe("github")["jobs"]
    return [step["run"] for job in ("kontrollera", "publicera") for step in jobs[job]["steps"] if "run" in step]


def _commands_of_gitlab() -> list[str]:
    jobs = recipe("gitlab")
    return [line for job in ("kontrollera", "skillnad", "pages") for line in jobs[job]["script"]]


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_the_commands_of_the_recipes_work(ci: str, tmp_path: Path) -> None:
    """In a repository where a change moves a meeting: it is told, and the pages have a first page without paths."""
    project, tools = tmp_path / "projekt", tmp_path / "verktyg"
    tools.mkdir()
    arshjul = tools / "arshjul"
    arshjul.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m arshjul "$@"\n', encoding="utf-8")
    arshjul.chmod(0o755)
    assert main(["init", str(project), "--year", "2027", "--ci", ci]) == 0
    git = ["git", "-C", str(project), "-c", "user.name=a", "-c", "user.email=a@b.se"]
    subprocess.run([*git, "init", "-q"], check=True)
    plan = project / "processes" / "budget" / "sammantraden-2026.yaml"
    for moved in ("20 oktober", "13 oktober"):
        plan.write_text(plan.read_text(encoding="utf-8").replace("20 oktober", moved), encoding="utf-8")
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", moved], check=True)
    summary = tmp_path / "sammanfattning.md"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "BUDGET": "2027",
        "GITHUB_STEP_SUMMARY": str(summary),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1",
    }
    commands = _commands_of_github() if ci == "github" else _commands_of_gitlab()
    script = "\n".join(command for command in commands if "pip install" not in command)
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "13 oktober" in (project / "skillnad.md").read_text(encoding="utf-8")
    pages = project / ("publicerat" if ci == "github" else "public")
    assert (pages / "index.html").read_bytes() == (pages / "budget.html").read_bytes()
    assert "process.yaml" not in (pages / "index.html").read_text(encoding="utf-8")
    if ci == "github":
        assert summary.read_text(encoding="utf-8") == (project / "skillnad.md").read_text(encoding="utf-8")
