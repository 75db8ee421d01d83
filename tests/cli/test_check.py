"""`arshjul check`: what is wrong, on stdout, with an exit code a job can trust."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from holidays.countries.sweden import Sweden

from arshjul.cli import main
from arshjul.reports import REPORTS
from arshjul.workdays import package

Output = pytest.CaptureFixture[str]
LEAP_DAY = """\
process: skottdag
faser:
- id: fas
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: a, titel: Skottdag, när: 29 februari B-1}
"""
WRONG = "processes/delar/process.yaml:4:11: fel[unknown-key]"


def test_findings_are_results(broken: Path, capsys: Output) -> None:
    """All findings of all processes on stdout, also of those that cannot be read; exit code 1."""
    assert main(["check", "2026"]) == 1
    out, err = capsys.readouterr()
    assert WRONG in out
    assert "fel" in err.splitlines()[-1]
    assert broken.is_dir()


def test_a_finding_of_several_years_comes_once(broken: Path, capsys: Output) -> None:
    """The same place, the same message."""
    main(["check", "2026-2028", "delar", "-f", "concise"])
    assert capsys.readouterr().out.count(WRONG) == 1
    assert broken.is_dir()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--ignore", "unknown-key,missing-key"], 1),
        (["--select", "law"], 1),
        (["--select", "law,unknown-key"], 1),
    ],
)
@pytest.mark.usefixtures("broken")
def test_the_exit_code_follows_what_is_chosen(words: list[str], code: int) -> None:
    """A fel among the chosen findings gives 1; what is wrong in the definition cannot be chosen away."""
    assert main(["check", "2026", "delar", *words]) == code


def test_a_misspelt_code_neither_hides_nor_passes_anything(broken: Path, capsys: Output) -> None:
    """Exit code 2."""
    assert main(["check", "2026", "--select", "unknwon-key"]) == 2
    assert capsys.readouterr().err == (
        "arshjul: fel: Fyndet unknwon-key finns inte\n   hjälp: menade du ”unknown-key”?\n"
    )
    assert main(["check", "2026", "--ignore", "xyz"]) == 2
    assert broken.is_dir()


def test_a_process_that_no_year_is_planned_for_is_not_passed(broken: Path, capsys: Output) -> None:
    """Without a year there is nothing to check, and that is not the same as nothing found; the others are checked."""
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith(
        "arshjul: fel: delar har varken avvikelser eller sammanträden för något år\n"
        "   hjälp: skriv vilket år, till exempel arshjul check 2026 delar\n"
    )
    assert broken.is_dir()


def test_a_sweep_tells_the_first_year_and_how_many(project: Path, capsys: Output) -> None:
    """A finding in the words of the first year it hits; later years need no plan of their own to be looked at."""
    folder = project / "processes" / "skottdag"
    folder.mkdir()
    (folder / "process.yaml").write_text(LEAP_DAY, encoding="utf-8")
    assert main(["check", "2026-2035", "skottdag", "--select", "no-such-day", "-f", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["years"] == [2026, 2027, 2028, 2030, 2031, 2032, 2034, 2035]
    assert finding["message"] == "29 februari 2025 finns inte"
    main(["check", "2026-2035", "skottdag", "--select", "no-such-day"])
    assert "   gäller: 8 av 10 år, första gången 2026\n" in capsys.readouterr().out


@pytest.mark.parametrize("form", [form for form in REPORTS if form not in ("text", "concise")])
def test_a_broken_file_is_reported_on_stdout_in_every_form(form: str, broken: Path, capsys: Output) -> None:
    """A job that reads the report gets one, also when nothing could be planned."""
    assert main(["check", "2026", "delar", "-f", form]) == 1
    assert "unknown-key" in capsys.readouterr().out
    assert broken.is_dir()


@pytest.mark.usefixtures("broken")
def test_github_gets_annotations_unless_another_form_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """The job says that it is GitHub's; a form on the command line wins."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["check", "2026", "delar"])
    assert capsys.readouterr().out.startswith("::error file=processes/delar/process.yaml,line=4,")
    main(["check", "2026", "delar", "-f", "concise"])
    assert capsys.readouterr().out.startswith(WRONG)


@pytest.mark.parametrize(
    ("root", "file"),
    [
        (".", "processes/delar/process.yaml"),
        ("..", "PROJECT/processes/delar/process.yaml"),
        ("elsewhere", "processes/delar/process.yaml"),
    ],
)
def test_a_forge_sees_files_from_the_repository(
    root: str, file: str, broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """The project may be a folder in it: the job tells where the repository lies, else it is where one stands."""
    monkeypatch.setenv("CI_PROJECT_DIR", str(broken / root))
    main(["check", "2026", "delar", "-f", "gitlab"])
    paths = {issue["location"]["path"] for issue in json.loads(capsys.readouterr().out)}
    assert paths == {file.replace("PROJECT", broken.name)}


def test_a_project_in_a_folder_is_seen_from_where_one_stands(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """With `-C`."""
    monkeypatch.chdir(broken.parent)
    main(["check", "2026", "delar", "-C", broken.name, "-f", "github"])
    assert f"file={broken.name}/processes/delar/process.yaml," in capsys.readouterr().out


def test_a_version_of_the_holidays_package_with_the_same_days_is_no_news(
    project: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever installs the newest is not warned for it: most versions change other countries."""
    (tmp_path / "path" / "holidays-0.1.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "path")
    assert main(["-C", str(project), "check", "2026", "-f", "concise", "--select", "calendar-drift"]) == 0
    assert capsys.readouterr().out == ""


def test_a_version_of_the_holidays_package_with_other_days_is_told_once(
    project: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many processes and years are checked; and nothing that is built says so."""

    class WithoutPentecost(Sweden):
        def _populate(self, year: int) -> None:
            super()._populate(year)
            self.pop_named("Pingstdagen")

    (tmp_path / "path" / "holidays-0.2.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "path")
    monkeypatch.setattr(package, "Sweden", WithoutPentecost)
    assert main(["-C", str(project), "check", "2026", "-f", "concise", "--select", "calendar-drift"]) == 0
    told = "varning[calendar-drift]: holidays 0.2 har andra dagar än tabellen över lediga dagar, gjord av "
    assert [line.partition("0.108")[0] for line in capsys.readouterr().out.splitlines()] == [told]
    main(["-C", str(project), "build", "2026", "-f", "json", "-o", str(tmp_path / "ut")])
    assert "calendar-drift" not in capsys.readouterr().out
