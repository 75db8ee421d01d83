"""`arshjul build`: the plan of a year as files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.record.model import NAME

Output = pytest.CaptureFixture[str]


def built(folder: Path) -> list[str]:
    """What lies below a folder, but for the record."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return sorted(path.relative_to(folder).as_posix() for path in files)


def test_three_formats_are_written_below_the_year(project: Path, capsys: Output) -> None:
    """Excel, Markdown and HTML in `tidplaner/ÅR/`; the paths are messages, stdout stays empty."""
    main(["build", "2026"])
    assert built(project / "tidplaner") == ["2026/rambudget.html", "2026/rambudget.md", "2026/rambudget.xlsx"]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(
        "skrev tidplaner/2026/rambudget.xlsx\nskrev tidplaner/2026/rambudget.md\nskrev tidplaner/2026/rambudget.html\n"
    )


def test_formats_and_folder_are_chosen(project: Path) -> None:
    """`-f` takes a comma list and repeats; `-o` names the folder itself."""
    main(["build", "2026", "rambudget", "-f", "json,md", "-f", "csv", "-o", "ut"])
    assert built(project / "ut") == ["rambudget.csv", "rambudget.json", "rambudget.md"]


def test_the_whole_file_comes_on_stdout(project: Path, capsys: Output) -> None:
    """The same bytes as in the file, and nothing else."""
    main(["build", "2026", "-f", "md"])
    capsys.readouterr()
    main(["build", "2026", "-f", "md", "-o", "-"])
    assert capsys.readouterr().out == (project / "tidplaner/2026/rambudget.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["-f", "md,csv"], []])
def test_stdout_takes_one_format(project: Path, capsys: Output, words: list[str]) -> None:
    """Two files in one stream are no file."""
    assert main(["build", "2026", "-o", "-", *words]) == 2
    assert capsys.readouterr().err.startswith("arshjul: fel: -o - tar en process och ett format\n")
    assert not (project / "tidplaner").exists()


def test_a_file_is_no_folder(project: Path, capsys: Output) -> None:
    """What looks like a file is not made into a folder of that name, unless it is one."""
    assert main(["build", "2026", "-f", "xlsx", "-o", "plan.XLSX"]) == 2
    assert capsys.readouterr().err == (
        "arshjul: fel: -o plan.XLSX är namnet på en fil, men -o tar en mapp\n   hjälp: skriv -o .\n"
    )
    assert not (project / "plan.XLSX").exists()
    (project / "plan.xlsx").mkdir()
    assert main(["build", "2026", "-f", "md", "--no-check", "-o", "plan.xlsx"]) == 0
    assert built(project / "plan.xlsx") == ["rambudget.md"]


def test_a_dry_run_writes_nothing(project: Path, capsys: Output) -> None:
    """It says what would be written."""
    main(["build", "2026", "-n", "-f", "md"])
    assert "skulle skriva tidplaner/2026/rambudget.md\n" in capsys.readouterr().err
    assert not (project / "tidplaner").exists()


@pytest.mark.usefixtures("project")
def test_without_checks_there_are_no_findings(capsys: Output) -> None:
    """`--no-check` leaves them out, and the exit code is that of the definition."""
    assert main(["build", "2026", "-f", "md", "--no-check"]) == 0
    assert capsys.readouterr().err == "skrev tidplaner/2026/rambudget.md\n"


def test_a_definition_error_stops_its_own_process_only(broken: Path, capsys: Output) -> None:
    """Nothing of the failing process is written, all of the others; exit code 1."""
    assert main(["build", "2026", "-f", "md", "--no-check"]) == 1
    assert built(broken / "tidplaner") == ["2026/rambudget.md"]
    err = capsys.readouterr().err
    assert err.startswith("[1/2] delar\n")
    assert "[2/2] rambudget\n" in err
    assert "processes/delar/process.yaml:4:11: fel[unknown-key]" in err


def test_a_definition_error_leaves_the_files_of_before(project: Path) -> None:
    """Last week's plan is better than none."""
    main(["build", "2026", "-f", "md", "--no-check"])
    before = (project / "tidplaner/2026/rambudget.md").read_bytes()
    process = project / "processes/rambudget/process.yaml"
    process.write_text(process.read_text(encoding="utf-8").replace("KS i juni", "KS i junni"), encoding="utf-8")
    assert main(["build", "2026", "-f", "md", "--no-check"]) == 1
    assert (project / "tidplaner/2026/rambudget.md").read_bytes() == before


def test_what_the_year_lacks_leaves_a_draft(project: Path, capsys: Output) -> None:
    """The plan of next year always comes out: the row and what hangs on it stand without a date, and the code is 1."""
    process = project / "processes/rambudget/process.yaml"
    process.write_text(process.read_text(encoding="utf-8").replace("KS i juni", "KS i augusti"), encoding="utf-8")
    assert main(["build", "2026", "-f", "md", "--no-check"]) == 1
    assert "fel[no-meeting]" in capsys.readouterr().err
    page = (project / "tidplaner/2026/rambudget.md").read_text(encoding="utf-8")
    assert "Utkast – 1 fel" in page
    assert "KS: rambudget 2026" in page


@pytest.mark.usefixtures("project")
def test_quiet_leaves_only_errors(capsys: Output) -> None:
    """A job's log stays empty while all is well."""
    assert main(["-q", "build", "2026", "-f", "md", "--no-check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_an_extract_does_not_replace_the_plan(project: Path) -> None:
    """`--body` has a file of its own, whatever the case of the id."""
    main(["build", "2026", "-f", "md", "--no-check"])
    main(["build", "2026", "-f", "md", "--no-check", "--body", "ks"])
    assert built(project / "tidplaner") == ["2026/rambudget-KS.md", "2026/rambudget.md"]
    extract = (project / "tidplaner/2026/rambudget-KS.md").read_text(encoding="utf-8")
    assert "KS: rambudget 2026" in extract
    assert "KF: rambudget 2026" not in extract


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--body", "KD"], "arshjul: fel: Organet KD finns inte i rambudget\n"),
        (
            ["rambudgett"],
            "arshjul: fel: Det finns ingen process som heter rambudgett\n   hjälp: menade du",
        ),
    ],
)
def test_names_that_do_not_exist(project: Path, capsys: Output, words: list[str], message: str) -> None:
    """Exit code 2 and a hint; nothing is written."""
    assert main(["build", "2026", "--no-check", *words]) == 2
    assert capsys.readouterr().err.startswith(message)
    assert not (project / "tidplaner").exists()


def test_two_processes_of_one_id_do_not_write_over_each_other(project: Path, capsys: Output) -> None:
    """Both places are named."""
    twin = project / "processes" / "tvilling"
    twin.mkdir()
    (twin / "process.yaml").write_text("process: rambudget\n", encoding="utf-8")
    assert main(["build", "2026"]) == 2
    assert capsys.readouterr().err.startswith(
        "arshjul: fel: Processen rambudget finns på flera ställen: "
        "processes/rambudget/process.yaml och processes/tvilling/process.yaml\n"
    )


def test_a_place_that_is_a_folder_is_told_in_one_line(project: Path, capsys: Output) -> None:
    """Exit code 3, and none of the formats is written."""
    (project / "tidplaner/2026/rambudget.md").mkdir(parents=True)
    assert main(["build", "2026", "-f", "csv,md", "--no-check"]) == 3
    assert capsys.readouterr().err == (
        "arshjul: fel: tidplaner/2026/rambudget.md: är upptaget av något som inte är en vanlig fil\n"
    )
    assert built(project / "tidplaner") == []


def arshjul(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "arshjul", *words], capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    "environment", [{"LANG": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "TZ": "Asia/Tokyo"}]
)
def test_stdout_is_the_same_on_any_machine(project: Path, environment: dict[str, str]) -> None:
    """UTF-8 and bare line feeds whatever the locale."""
    words = ["build", "2026", "-f", "md", "-o", "-", "--no-check"]
    plain = arshjul(*words, cwd=project)
    assert arshjul(*words, cwd=project, env=os.environ | environment).stdout == plain.stdout
    assert "Nämndernas planer".encode() in plain.stdout
    text = arshjul("show", "2026", cwd=project, env=os.environ | environment)
    assert "Nämndernas planer".encode() in text.stdout


def test_a_reader_that_has_gone_away_is_no_error(project: Path) -> None:
    """`arshjul show 2026 | head -1` is quiet."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "arshjul", "calendar", "2026"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        cwd=project,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_where_a_folder_should_be(project: Path, capsys: Output) -> None:
    """Exit code 3 and one line."""
    (project / "ut").write_text("", encoding="utf-8")
    assert main(["build", "2026", "-f", "md", "-o", "ut", "--no-check"]) == 3
    assert capsys.readouterr().err == "arshjul: fel: ut: finns redan och är ingen mapp\n"


def test_a_folder_of_the_project_that_is_a_link_is_refused(project: Path, tmp_path: Path, capsys: Output) -> None:
    """Also where `-o` names it: the project may be somebody else's. A link outside the project is the user's own."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (project / "publicerat").symlink_to(outside, target_is_directory=True)
    for command in (["build", "2026", "-f", "md"], ["wheel", "2025"]):
        assert main([*command, "-o", "publicerat"]) == 3
        assert "publicerat: är en länk; arshjul skriver inte genom länkar" in capsys.readouterr().err
    assert built(outside) == []
    own = tmp_path.parent / f"{tmp_path.name}-own"
    own.symlink_to(outside, target_is_directory=True)
    main(["build", "2026", "-f", "md", "-o", str(own)])
    assert built(outside) == ["rambudget.md"]


@pytest.mark.usefixtures("project")
def test_every_format_bears_rows_without_a_date(project: Path) -> None:
    """A year without any plan: a draft in every format, and nothing undated in a calendar."""
    process = project / "processes/rambudget/process.yaml"
    text = process.read_text(encoding="utf-8")
    process.write_text(text.replace("KS i juni", "femte tisdagen i februari B-1"), encoding="utf-8")
    assert (
        main(["build", "2026", "-f", "xlsx,md,html,json,csv,ics,bokningslista,text", "--sheets", "gantt,windows"]) == 1
    )
    calendar = (project / "tidplaner/2026/rambudget.ics").read_text(encoding="utf-8")
    assert "KS: rambudget 2026" not in calendar
    for ending in ("md", "html"):
        page = (project / f"tidplaner/2026/rambudget.{ending}").read_text(encoding="utf-8")
        assert "Utkast – 1 fel" in page
        assert "ej fastställt" in page
