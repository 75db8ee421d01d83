"""The same input gives the same bytes on any machine and on any day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arshjul.views.plan import ENDINGS

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("xlsx", "md", "html", "json", "csv", "ics", "bokningslista", "pdf", "affisch", "docx", "text")
HOME = {"PYTHONHASHSEED": "0", "TZ": "Europe/Stockholm", "LANG": "sv_SE.UTF-8", "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
AWAY = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "th_TH.UTF-8", "LC_ALL": "C", "COLUMNS": "200"}

# Moves every clock that Python code can read, then runs the command as its console script does.
LATER = """
import datetime, sys, time
ahead = 400 * 86_400
clock, instant, day = time.time, datetime.datetime, datetime.date
time.time = lambda: clock() + ahead
time.localtime = lambda seconds=None, wrapped=time.localtime: wrapped(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None, wrapped=time.gmtime: wrapped(time.time() if seconds is None else seconds)
class Later(instant):
    @classmethod
    def now(cls, tz=None): return super().now(tz) + datetime.timedelta(seconds=ahead)
    @classmethod
    def utcnow(cls): return cls.now(datetime.timezone.utc).replace(tzinfo=None)
datetime.datetime = Later
from arshjul.cli import main
sys.exit(main(sys.argv[1:]))
"""


def build(program: list[str], folder: Path, project: Path, environment: dict[str, str], umask: int) -> dict[str, bytes]:
    """What a build of 2026 writes: file name → bytes."""
    folder.mkdir()
    command = [*program, "build", "2026", "-q", "-C", str(project), "-f", ",".join(FORMATS), "-o", str(folder)]
    command += ["--sheets", "gantt,bodies,windows,holidays"]
    run = subprocess.run(
        command, cwd=folder, env=os.environ | environment, umask=umask, capture_output=True, check=False
    )
    assert run.returncode in (0, 1), run.stderr.decode()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every shipped process in every format, built here and now."""
    folder = tmp_path_factory.mktemp("home") / "plans"
    built = build([sys.executable, "-m", "arshjul"], folder, ROOT, HOME, 0o022)
    assert {ending for ending in ENDINGS.values() if any(name.endswith(ending) for name in built)} == {
        *ENDINGS.values()
    }
    return built


def test_neither_the_machine_nor_the_day_matters(at_home: dict[str, bytes], tmp_path: Path) -> None:
    """Another hash seed, time zone, language, folder and umask, more than a year later, give the same bytes."""
    away = build([sys.executable, "-c", LATER], tmp_path / "away", ROOT, AWAY, 0o077)
    assert [name for name in at_home if away.get(name) != at_home[name]] == []
    assert list(away) == list(at_home)


def test_the_later_clock_is_seen() -> None:
    """The guard can fail: the program run later does see another day."""
    command = LATER.replace(
        "from arshjul.cli import main", "print(datetime.datetime.now().year, time.localtime().tm_year)"
    )
    probe = command.replace("sys.exit(main(sys.argv[1:]))", "print(instant.now().year)")
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()
    assert int(told[0]) > int(told[2])
    assert told[0] == told[1]
