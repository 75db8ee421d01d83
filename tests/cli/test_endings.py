"""How a run ends when something else than the definition is wrong."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.cli.exits import Unavailable, describe_os_error

# Many short sleeps, not one long wait: Python sees a signal between two steps, and one that comes just before a system
# call that never returns is not seen at all.
WAITING = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts its background jobs deaf to it
from arshjul import compiler
from arshjul.cli import main
def wait(_):
    print("waiting", flush=True)
    while True:
        time.sleep(0.01)
compiler.find_processes = wait
sys.exit(main(["show", "2026"]))
"""


def test_our_own_mistake_is_told_as_ours(project: Path) -> None:
    """Exit code 4, a Swedish line, and the traceback for the report."""
    script = (
        "import sys; from arshjul import compiler; del compiler.find_processes;"
        "from arshjul.cli import main; sys.exit(main(['show', '2026']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=project, check=False)
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("arshjul: internt fel. Felet är vårt, inte ditt:")
    assert done.stderr.rstrip().splitlines()[-1].startswith("AttributeError")


def test_an_interrupt_ends_at_once(project: Path) -> None:
    """Exit code 130 and one word."""
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=project) as run:
        try:
            assert run.stdout
            assert run.stdout.readline() == "waiting\n"
            run.send_signal(signal.SIGINT)
            _, err = run.communicate(timeout=120)
        finally:
            run.kill()
    assert (run.returncode, err) == (130, "avbrutet\n")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            PermissionError(13, "Permission denied", "/p/a.xlsx"),
            "a.xlsx: får inte läsas eller skrivas; är filen öppen i Excel?",
        ),
        (FileNotFoundError(2, "No such file", "/other/a"), "/other/a: finns inte"),
        (OSError(28, "No space left"), "disken är full"),
        (OSError(9999, "Strange", "/p/x/y"), "x/y: går inte att läsa eller skriva"),
        (OSError("Strange"), "går inte att läsa eller skriva"),
        (Unavailable(Path("/p/x"), "är en länk"), "x: är en länk"),
    ],
)
def test_the_environment_is_told_in_one_swedish_line(error: OSError, line: str) -> None:
    """Never in the words of the system; paths as the user knows them."""
    assert describe_os_error(error, Path("/p")) == line


def test_a_name_the_system_refuses_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3."""
    assert main(["-C", "x" * 300, "show", "2026"]) == 3
    assert capsys.readouterr().err == f"arshjul: fel: {'x' * 300}: har ett för långt namn\n"


# Each command with its exit code, and what it is where nobody gets its result; one that writes files has none.
COMMANDS = [
    ("build 2026 -f md -o out", 0, 0),
    ("build 2026 rambudget -f md -o -", 0, 3),
    ("check 2026", 0, 3),
    ("show 2026", 0, 3),
    ("explain 2026 budget_ks", 0, 3),
    ("wheel 2026 -f md -o -", 0, 3),
    ("calendar 2026", 0, 3),
    ("schema process", 0, 3),
    ("apply nosuch.xlsx", 3, 3),
    ("next --today 2025-05-07", 0, 3),
    ("wishes 2025", 0, 3),
    ("export --meetings 2025 -f csv -o -", 0, 3),
    ("move 2025 KS '10 juni' '11 juni' -n", 0, 3),
    ("rename budget_ks ks_budget -n", 0, 3),
    ("rule", 0, 3),
    ("--help", 0, 3),
    ("-V", 0, 3),
    ("show 2026 nosuch", 2, 2),
    ("-C nosuch show 2026", 3, 3),
]
LOST_RESULT = {"closed stdout": ">&-", "full stdout": ">/dev/full"}
LOST_MESSAGES = {
    "closed stderr": "2>&-",
    "full stderr": "2>/dev/full",
    "a reader that has gone": "| true; exit ${PIPESTATUS[0]}",
}


def ending(command: str, streams: str, project: Path) -> int:
    """The exit code of a command whose streams lead somewhere else. It may never be 120, nor is there a traceback."""
    line = f"{sys.executable} -m arshjul {command} {streams}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=project, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to write to")
@pytest.mark.parametrize(("command", "usual", "lost"), COMMANDS, ids=[case[0] for case in COMMANDS])
def test_what_becomes_of_the_streams_is_never_a_finding(command: str, usual: int, lost: int, project: Path) -> None:
    """A result that reached nobody is 3, a message that did is no matter."""
    expected = {**dict.fromkeys(LOST_RESULT, lost), **dict.fromkeys(LOST_MESSAGES, usual)}
    streams = LOST_RESULT | LOST_MESSAGES
    assert {name: ending(command, streams[name], project) for name in streams} == expected


@pytest.mark.parametrize("streams", LOST_RESULT.values(), ids=LOST_RESULT)
def test_no_result_is_not_lost(streams: str, project: Path) -> None:
    """A comparison of nothing that could be read ends as the errors do, wherever stdout leads."""
    (project / "processes/rambudget/process.yaml").write_text("process: rambudget\nokänd: x\n", encoding="utf-8")
    assert ending("diff 2025 2026", streams, project) == 1


# A job in the background is deaf to Ctrl-C; the shell's own answer to a process that died of it is 130 as well.
INTERRUPTED = """
import os, signal, subprocess, sys, time
def hear(): signal.signal(signal.SIGINT, signal.SIG_DFL)
run = subprocess.Popen(sys.argv[2:], preexec_fn=hear, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
time.sleep(float(sys.argv[1]) / 1000)
run.send_signal(signal.SIGINT)
words = run.communicate()[1].decode()
before_us = "arshjul" not in words and "Traceback" in words  # Python was not even started
print(130 if run.returncode == -signal.SIGINT or before_us else run.returncode, "internt fel" in words)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to one process")
@pytest.mark.parametrize(("command", "usual"), [case[:2] for case in COMMANDS], ids=[case[0] for case in COMMANDS])
def test_an_interrupt_at_any_moment_is_an_interrupt(command: str, usual: int, project: Path) -> None:
    """Exit code 130, or that of a command which was done already; never that of a fault of ours."""
    for milliseconds in ("10", "50", "100", "200"):
        words = [
            sys.executable,
            "-c",
            INTERRUPTED,
            milliseconds,
            sys.executable,
            "-m",
            "arshjul",
            *shlex.split(command),
        ]
        done = subprocess.run(words, capture_output=True, text=True, cwd=project, check=True)
        assert done.stdout in {"130 False\n", f"{usual} False\n"}


@pytest.mark.parametrize("written", ["", "/", "rambudget/"])
def test_no_activity_is_wrong_usage(written: str, project: Path) -> None:
    """Exit code 2 for an empty name."""
    command = [sys.executable, "-m", "arshjul", "explain", "2026", written]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project, check=False)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "arshjul: fel: Aktiviteten saknas")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that somebody stands in")
def test_a_working_folder_that_is_gone_cannot_be_read(tmp_path: Path) -> None:
    """Exit code 3 and a line that says so."""
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f"rmdir {gone}; {sys.executable} -m arshjul check 2026"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=gone, check=False)
    assert done.returncode == 3
    assert done.stderr == "arshjul: fel: .: mappen som du står i finns inte längre\n"
