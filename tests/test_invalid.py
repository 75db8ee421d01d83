"""Every file under tests/invalid/ is refused with exactly what it says of itself, in exactly the words beside it.

A case is a file, or a folder with the files of one process. `# expect: no-meeting 9:33` in a file is a finding in that
file; what cannot hold a comment has its line in the `expect.txt` beside it. `NAME.out` is what `arshjul check` prints,
findings and closing line: `pytest tests/test_invalid.py --update-golden` writes it, and its diff is to be read.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
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
PRINTED = ".out"
EXPECTED = re.compile(r"^# expect: ([a-z-]+) (\d+):(\d+)$", re.MULTILINE)
FINDING = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:fel|varning|info)\[(?P<code>[a-z-]+)\]: .+")

Place = tuple[str, str, int, int]
"""File, code, line, column."""

RUN_ALL = """
import contextlib, io, json, pathlib, re, sys
from arshjul.cli import main
def run(folder):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["check", "2026", "-v", "-C", folder])
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}
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

    @property
    def printed(self) -> Path:
        """The file with what is printed of the case."""
        return self.path.with_suffix(PRINTED)

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


def cases(folders: Iterable[Path]) -> list[Case]:
    """Every case of the folders."""
    files = (path for folder in folders for path in sorted(folder.iterdir()))
    return [Case(path) for path in files if path.name != TABLE and path.suffix != PRINTED]


def orphans(folders: Iterable[Path]) -> set[Path]:
    """What is printed of no case: its file was renamed or taken away."""
    folders = tuple(folders)
    written = {path for folder in folders for path in folder.rglob(f"*{PRINTED}")}
    return written - {case.printed for case in cases(folders)}


def compare(case: Case, printed: str, update: bool) -> None:
    """Fail where other words than those beside the case are printed, or none are there."""
    if update:
        case.printed.write_bytes(printed.encode())
    assert case.printed.exists(), f"{case.printed.name} is missing: run with --update-golden"
    assert printed == case.printed.read_bytes().decode()


FOLDERS = tuple(HERE / group for group in GROUPS)
CASES = cases(FOLDERS)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says of each case, all in one process: exit code, stdout, stderr; and its memory."""
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
    """Exactly the findings that the case expects, each once, exit code 1, and no traceback."""
    outcome = run["outcomes"][case.name]
    heads = (line for line in outcome["out"].splitlines() if line and not line.startswith(" "))
    found = [FINDING.fullmatch(line) for line in heads]
    places = sorted((m["file"], m["code"], int(m["line"]), int(m["column"])) for m in found if m)
    assert places == case.expected()
    assert all(found)
    assert places
    assert outcome["code"] == 1
    assert outcome["err"].startswith(f"{outcome['out'].count(': fel[')} fel")
    assert "Traceback" not in outcome["err"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_printed_is_what_stands_beside_it(case: Case, run: dict[str, Any], update_golden: bool) -> None:
    """Place, words, line, marks and help, to the letter: a worse message is a worse product."""
    outcome = run["outcomes"][case.name]
    compare(case, outcome["out"] + outcome["err"], update_golden)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is told on Linux only")
def test_no_wrong_file_costs_more_than_200_mb(run: dict[str, Any]) -> None:
    """All of them, one after the other, in one process."""
    assert run["megabytes"] < 200


def test_every_group_has_cases() -> None:
    """A folder that is empty, or one that no test looks into, is an error."""
    assert tuple(sorted(path.name for path in HERE.iterdir())) == GROUPS
    assert all(cases([folder]) for folder in FOLDERS)


def test_nothing_is_printed_of_no_case() -> None:
    """What was printed of a case that is gone would be compared with nothing."""
    assert orphans(FOLDERS) == set()


def test_the_guards_can_fail(tmp_path: Path) -> None:
    """One letter more, a missing file, an orphan and an empty folder are each seen."""
    assert cases([tmp_path]) == []
    case = Case(tmp_path / "a.yaml")
    case.path.touch()
    with pytest.raises(AssertionError, match="missing"):
        compare(case, "fel", update=False)
    compare(case, "fel", update=True)
    compare(case, "fel", update=False)
    assert orphans([tmp_path]) == set()
    with pytest.raises(AssertionError):
        compare(case, "fel\n", update=False)
    case.path.unlink()
    assert orphans([tmp_path]) == {case.printed}


def test_every_row_of_a_table_has_its_file() -> None:
    """A row that no file answers to expects nothing."""
    for table in HERE.rglob(TABLE):
        rows = {line.split()[0] for line in table.read_text(encoding="utf-8").splitlines()}
        assert rows == {case.path.name for case in cases([table.parent])}


def test_every_definition_error_has_a_file() -> None:
    """A code without an example is a message that nobody has seen."""
    shown = {code for case in CASES for _, code, _, _ in case.expected()}
    only_when_built = {Code.OUTPUT_CLASH}  # tests/cli/test_output_clash.py
    assert set(DEFINITION_ERRORS) - only_when_built <= shown <= set(Code)
