"""What a user is told, and what the exit code makes of it."""

from __future__ import annotations

import pytest

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode
from arshjul.cli.processes import exit_code
from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Severity

ERROR = Diagnostic(Code.LAW, Severity.ERROR, "Fel")
WARNING = Diagnostic(Code.NOTICE, Severity.WARNING, "Varning")
INFO = Diagnostic(Code.UNDATED, Severity.INFO, "Info")
Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("console", "told"),
    [
        (Console(), "varning[notice]: Varning\n\nfel[law]: Fel\n\ninfo[undated]: Info\n"),
        (Console(quiet=True), "fel[law]: Fel\n"),
    ],
)
def test_a_quiet_user_sees_only_errors(console: Console, told: str, capsys: Output) -> None:
    """In the order they were found."""
    console.findings([WARNING, ERROR, INFO])
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    ("count", "verbose", "shown", "last"),
    [
        (50, False, 50, "fel[law]: Fel"),
        (51, False, 50, "… och 1 till; -v visar fler"),
        (60, True, 60, "fel[law]: Fel"),
    ],
)
def test_fifty_findings_are_enough(count: int, verbose: bool, shown: int, last: str, capsys: Output) -> None:
    """Then how many more there are."""
    Console(verbose=verbose).findings([ERROR] * count)
    err = capsys.readouterr().err
    assert err.count("fel[law]") == shown
    assert err.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("findings", "strict", "code"),
    [
        ([], False, ExitCode.OK),
        ([INFO, WARNING], False, ExitCode.OK),
        ([INFO, ERROR], False, ExitCode.FINDINGS),
        ([INFO], True, ExitCode.OK),
        ([WARNING], True, ExitCode.FINDINGS),
    ],
)
def test_the_verdict(findings: list[Diagnostic], strict: bool, code: ExitCode) -> None:
    """Only fel counts, strictly also varning."""
    assert exit_code(findings, strict) is code
