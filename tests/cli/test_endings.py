"""How a run ends when something else than the definition is wrong."""

from __future__ import annotations

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
import sys, time
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
