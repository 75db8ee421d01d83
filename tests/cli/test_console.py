"""What a user is told, and what the exit code makes of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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


HOSTILE = """\
process: x
titel: "::stop-commands::tok"
organisation: "##[group]x"
löper: 1 januari B-1 till 31 december B-1
organ: {KS: {namn: "::error::org", grupp: "::warning::g"}}
sammanträden: {2026: {KS: [2026-05-12]}}
faser:
- id: f
  titel: "::error::fas"
  aktiviteter:
  - {id: a, titel: "::error file=x::pwn", när: 12 maj, organ: KS, handläggare: "::notice::h", kommentar: "##vso[x]y"}
"""
FOLDER = "::error::m\u202eapp\x1b[2J\n::warning::rad"
PRINTING = [
    "build 2027 -f md -o -",
    "build 2027 -f csv -o -",
    "build 2027 -f md -o out",
    "check 2027",
    "check 2027 -f concise",
    "check 2027 -f json",
    "show 2027",
    "show 2027 -f md",
    "show 2027 --by meeting",
    "explain 2027 a",
    "wheel 2027 -f md -o -",
    "wheel 2027 -f md -o out",
    "show 2027 nosuch",
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("command", PRINTING)
def test_nothing_printed_is_an_order(command: str, tmp_path: Path) -> None:
    """No line of any command is obeyed by a CI runner or a screen, whatever titles, files and folders are called."""
    folder = tmp_path / "processes" / FOLDER
    folder.mkdir(parents=True)
    (folder / "process.yaml").write_text(HOSTILE, encoding="utf-8")
    (folder / "process.yml").write_text(HOSTILE, encoding="utf-8")
    words = [sys.executable, "-m", "arshjul", *command.split()]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode in (0, 1, 2)
    for line in (done.stdout + done.stderr).splitlines():
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
        assert not re.search(r"[\x1b\u202e]", line)
