"""`arshjul check`: what is wrong, on stdout, with an exit code a job can trust."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import arshjul
from arshjul.cli import main
from arshjul.codes import CODES

Output = pytest.CaptureFixture[str]
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
        (["--ignore", "unknown-key,missing-key"], 0),
        (["--select", "law"], 0),
        (["--select", "law,unknown-key"], 1),
    ],
)
@pytest.mark.usefixtures("broken")
def test_the_exit_code_follows_what_is_chosen(words: list[str], code: int) -> None:
    """Only fel among the chosen findings gives 1."""
    assert main(["check", "2026", "delar", *words]) == code


def test_a_misspelt_code_neither_hides_nor_passes_anything(broken: Path, capsys: Output) -> None:
    """Exit code 2."""
    assert main(["check", "2026", "--select", "unknwon-key"]) == 2
    assert capsys.readouterr().err == (
        "arshjul: fel: Fyndet unknwon-key finns inte\n   hjälp: menade du unknown-key eller unknown-name?\n"
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


def test_every_code_in_use_can_be_chosen() -> None:
    """The list of codes is complete: no code raised anywhere in the program is missing."""
    sources = Path(arshjul.__file__).parent
    raised = {
        code
        for file in sources.rglob("*.py")
        for code in re.findall(
            r'(?:error|NotUnderstood|rule|check)\(\s*"([a-z]+(?:-[a-z]+)+)"', file.read_text(encoding="utf-8")
        )
    }
    assert "unknown-key" in raised
    assert raised <= set(CODES)
