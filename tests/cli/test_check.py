"""`arshjul check`: what is wrong, on stdout, with an exit code a job can trust."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main

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
