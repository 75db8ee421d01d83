"""Every file under tests/invalid/ is refused with exactly what it says of itself.

A case is a file, or a folder with the files of one process. `# expect: no-meeting 9:33` in a file is a finding in that
file; what cannot hold a comment has its line in the `expect.txt` beside it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from arshjul.codes import DEFINITION_ERRORS, Code

HERE = Path(__file__).resolve().parent / "invalid"
GROUPS = (
    "bytes",
    "checks",
    "cycles",
    "dates",
    "expressions",
    "ids",
    "includes",
    "keys",
    "links",
    "meetings",
    "overlays",
    "stop-dates",
    "yaml",
)
MAIN = "process.yaml"
TABLE = "expect.txt"
EXPECTED = re.compile(r"^# expect: ([a-z-]+) (\d+):(\d+)$", re.MULTILINE)
FINDING = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:fel|varning|info)\[(?P<code>[a-z-]+)\]: .+")

Place = tuple[str, str, int, int]
"""File, code, line, column."""

RUN_ALL = """
import contextlib, io, json, pathlib, re, sys, time
from arshjul.cli import main
def run(folder):
    out, err = io.StringIO(), io.StringIO()
    start = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["check", "2026", "-v", "-f", "concise", "-C", folder])
    return {"code": code, "out": out.getvalue(), "err": err.getvalue(), "seconds": time.process_time() - start}
outcomes = {name: run(name) for name in json.load(sys.stdin)}
status = pathlib.Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s*([0-9]+) kB", status.read_text()) if status.exists() else None
json.dump({"outcomes": outcomes, "megabytes": int(peak[1]) / 1024 if peak else None}, sys.__stdout__)
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One wrong process, named `group/case`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(HERE).with_suffix("").as_posix()

    def lay_out(self, folder: Path) -> None:
        """Make the case a project of its own."""
        if self.path.is_dir():
            shutil.copytree(self.path, folder)
        else:
            folder.mkdir(parents=True)
            shutil.copyfile(self.path, folder / MAIN)

    def expected(self) -> list[Place]:
        """What the case says of itself, sorted."""
        table = self.path.with_name(TABLE)
        if table.exists():
            rows = (line.split() for line in table.read_text(encoding="utf-8").splitlines())
            return sorted(_place(MAIN, code, at) for name, code, at in rows if name == self.path.name)
        files = sorted(self.path.iterdir()) if self.path.is_dir() else [self.path]
        return sorted(place for file in files for place in _told_in(file, file.name if file != self.path else MAIN))


def _place(file: str, code: str, at: str) -> Place:
    line, column = at.split(":")
    return file, code, int(line), int(column)


def _told_in(file: Path, shown: str) -> Iterator[Place]:
    for code, line, column in EXPECTED.findall(file.read_text(encoding="utf-8")):
        yield shown, code, int(line), int(column)


def cases() -> list[Case]:
    """Every case of every group."""
    return [Case(path) for group in GROUPS for path in sorted((HERE / group).iterdir()) if path.name != TABLE]


CASES = cases()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says of each case, all in one process: exit code, stdout, stderr, seconds; and its memory."""
    root = tmp_path_factory.mktemp("invalid")
    folders = {case.name: root / case.name for case in CASES}
    for case in CASES:
        case.lay_out(folders[case.name])
    names = json.dumps([str(folder) for folder in folders.values()])
    done = subprocess.run([sys.executable, "-c", RUN_ALL], input=names, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    told["outcomes"] = {name: told["outcomes"][str(folder)] for name, folder in folders.items()}
    return dict(told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_wrong_file_is_refused_for_what_is_wrong_with_it(case: Case, run: dict[str, Any]) -> None:
    """Exactly the findings that the case expects, each once, exit code 1, within a second, and no traceback."""
    outcome = run["outcomes"][case.name]
    found = [FINDING.fullmatch(line) for line in outcome["out"].splitlines()]
    places = sorted((m["file"], m["code"], int(m["line"]), int(m["column"])) for m in found if m)
    assert places == case.expected()
    assert all(found)
    assert places
    assert outcome["code"] == 1
    assert outcome["err"].startswith(f"{outcome['out'].count(': fel[')} fel")
    assert "Traceback" not in outcome["err"]
    assert outcome["seconds"] < 1


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is told on Linux only")
def test_no_wrong_file_costs_more_than_200_mb(run: dict[str, Any]) -> None:
    """All of them, one after the other, in one process."""
    assert run["megabytes"] < 200


def test_every_group_has_cases() -> None:
    """A folder that is empty, or one that no test looks into, is an error."""
    assert tuple(sorted(path.name for path in HERE.iterdir())) == GROUPS
    assert {case.path.parent.name for case in CASES} == set(GROUPS)


def test_every_row_of_a_table_has_its_file() -> None:
    """A row that no file answers to expects nothing."""
    for table in HERE.rglob(TABLE):
        rows = {line.split()[0] for line in table.read_text(encoding="utf-8").splitlines()}
        assert rows == {path.name for path in table.parent.iterdir() if path.name != TABLE}


def test_every_definition_error_has_a_file() -> None:
    """A code without an example is a message that nobody has seen."""
    shown = {code for case in CASES for _, code, _, _ in case.expected()}
    assert set(DEFINITION_ERRORS) <= shown <= set(Code)
