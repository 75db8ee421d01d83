"""`arshjul wheel`: what is compiled, what is written, and with which exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.cli import main

HOME = {"PYTHONHASHSEED": "0", "TZ": "Europe/Stockholm", "LANG": "sv_SE.UTF-8"}
AWAY = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "th_TH.UTF-8"}
PROCESS = """\
process: ettar
titel: Ett år {B}
faser:
- id: a
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: start, titel: "Starten för {B}", när: 3 mars}
  - {id: bokslut, titel: Bokslut, när: 2026-03-31, avser: B-2}
"""


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    code = main(words)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def one_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose only process runs in one calendar year for each budget."""
    (tmp_path / "process.yaml").write_text(PROCESS.replace("2026-03-31", "31 mars"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_lies_among_the_plans_of_the_year(one_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without flags it is tidplaner/YEAR/arshjul.html."""
    assert run(capsys, "wheel", "2026") == (0, "", "skrev tidplaner/2026/arshjul.html\n")
    page = (one_year / "tidplaner/2026/arshjul.html").read_text(encoding="utf-8")
    assert "Starten för 2027" in page
    assert "Starten för 2026" not in page, "that happens in 2025"
    assert "Starten för 2028" not in page, "that happens in 2027"


def test_formats_go_to_the_folder(one_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-f` takes a list, `-o` a folder, which gets a record of its files."""
    code, _, _ = run(capsys, "wheel", "2026", "-f", "svg,md", "-f", "xlsx,html", "-o", "hjul")
    assert code == 0
    assert sorted(path.name for path in (one_year / "hjul").iterdir()) == [
        f"arshjul.{extension}" for extension in ("html", "json", "md", "svg", "xlsx")
    ]


@pytest.mark.parametrize("by", ["process", "body", "year"])
def test_one_format_goes_to_stdout(one_year: Path, by: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`-o -` writes no file, and the same bytes each time."""
    assert main(["wheel", "2026", "--by", by, "-f", "svg", "-o", "-"]) == 0
    first = capsysbinary.readouterr().out
    assert main(["wheel", "2026", "--by", by, "-f", "svg", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == first
    assert first.startswith(b"<svg ")
    assert [path.name for path in one_year.iterdir()] == ["process.yaml"]


def test_processes_stand_side_by_side(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All processes of the project are in the wheel, or those that are named; what the year lacks is one line."""
    (project / "processes/ettar").mkdir()
    (project / "processes/ettar/process.yaml").write_text(PROCESS.replace("2026-03-31", "31 mars"), encoding="utf-8")
    code, page, told = run(capsys, "wheel", "2025", "-f", "md", "-o", "-")
    assert code == 0
    assert "Pressträff" in page
    assert "Starten för 2026" in page
    assert [line.split(":")[0] for line in told.splitlines()] == ["rambudget 2025", "rambudget 2027"]
    _, only, _ = run(capsys, "wheel", "2025", "ettar", "-f", "md", "-o", "-")
    assert "Pressträff" not in only


def test_what_the_budgets_have_alike_comes_once(one_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Accounts with one date in every compile are one row."""
    wide = PROCESS.replace("1 jan B-1 till 31 dec B-1", "1 jan B-2 till 31 dec B")
    wide = wide.replace("3 mars}", "3 mars B-1}")
    (one_year / "process.yaml").write_text(wide, encoding="utf-8")
    _, page, _ = run(capsys, "wheel", "2026", "-f", "md", "-o", "-")
    assert sum("| Bokslut |" in line for line in page.splitlines()) == 1


def test_a_process_that_fails_in_every_year_is_an_error(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The wheel is drawn of the others, each year left out is one line, and the exit code is 1."""
    code, _, told = run(capsys, "wheel", "2025")
    assert code == 1
    assert "delar 2025: utelämnas, " in told
    assert "arshjul check 2025 delar visar varför" in told
    assert "arshjul: fel: delar kan inte räknas fram för något av åren" in told
    assert (broken / "tidplaner/2025/arshjul.html").exists()


def test_nothing_is_written_where_nothing_compiles(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No empty wheel takes the place of an old one."""
    code, _, _ = run(capsys, "wheel", "2025", "delar")
    assert code == 1
    assert not (broken / "tidplaner").exists()


def test_the_public_edition_has_no_internal_row(one_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is internal reaches neither the drawing nor its description."""
    text = PROCESS.replace("2026-03-31", "31 mars").replace("när: 3 mars", "när: 3 mars, intern: ja")
    (one_year / "process.yaml").write_text(text, encoding="utf-8")
    for name in ("html", "svg", "md"):
        _, inside, _ = run(capsys, "wheel", "2026", "-f", name, "-o", "-")
        _, outside, _ = run(capsys, "wheel", "2026", "-f", name, "-o", "-", "--edition", "public")
        assert "Starten" in inside
        assert "Starten" not in outside
        assert "Bokslut" in outside


@pytest.mark.usefixtures("one_year")
def test_the_last_years_can_be_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """Budgets beyond the last year that can be reckoned are not asked for."""
    assert run(capsys, "wheel", "2100", "-o", "-", "-f", "md")[::2] == (0, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["wheel"], "Året saknas"),
        (["wheel", "2026-2027"], "Bara ett år åt gången"),
        (["wheel", "2026", "--by", "month"], "Indelningen month finns inte"),
        (["wheel", "2026", "-f", "pdf"], "Formatet pdf finns inte"),
        (["wheel", "2026", "-f", "svg,md", "-o", "-"], "-o - tar ett format"),
        (["wheel", "2026", "-f", "svg", "-o", "bilder/hjul.svg"], "-o bilder/hjul.svg är namnet på en fil"),
        (["wheel", "2026", "--edition", "secret"], "Utgåvan secret finns inte"),
        (["wheel", "2026", "okand"], "okand"),
    ],
)
def test_wrong_usage(one_year: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Told with what to write, exit code 2, nothing written."""
    code, out, told = run(capsys, *words)
    assert (code, out) == (2, "")
    assert message in told
    assert "hjälp: " in told
    assert not (one_year / "tidplaner").exists()


def test_no_process_is_no_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty project is exit code 3."""
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "wheel", "2026")[0] == 3


def test_the_machine_does_not_matter(one_year: Path) -> None:
    """Another hash seed, time zone and language give the same bytes in every format."""
    for name, surroundings in {"home": HOME, "away": AWAY}.items():
        command = [sys.executable, "-m", "arshjul", "wheel", "2026", "-q", "-f", "html,svg,md,xlsx", "-o", name]
        subprocess.run(command, env=os.environ | surroundings, cwd=one_year, check=True)
    for path in (one_year / "home").iterdir():
        assert path.read_bytes() == (one_year / "away" / path.name).read_bytes()


def test_a_wheel_that_somebody_has_changed_is_left_alone(one_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As any file of the folder; one that is as it should be is not written anew."""
    folder = one_year / "tidplaner/2026"
    assert run(capsys, "wheel", "2026", "-f", "svg,md")[0] == 0
    assert {line[:8] for line in (folder / "arshjul.json").read_text("utf-8").splitlines()} == {'{"file":'}
    assert run(capsys, "wheel", "2026", "-f", "md") == (0, "", "oförändrad: tidplaner/2026/arshjul.md\n")
    (folder / "arshjul.md").write_text("egna anteckningar", encoding="utf-8")
    code, _, told = run(capsys, "wheel", "2026", "-f", "svg,md")
    assert code == 3
    assert "tidplaner/2026/arshjul.md: har ändrats sedan den byggdes och skrivs inte över" in told
    assert run(capsys, "wheel", "2026", "-f", "md", "--force")[0] == 0
    assert (folder / "arshjul.md").read_text("utf-8").startswith("# ")
