"""Which files a process reaches: none outside the project, each once, and not more than it may have."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from arshjul import compiler
from arshjul.definition.find import find_processes
from arshjul.diagnostics import Diagnostic, InvalidProcess

ROWS = "faser: [{id: f, aktiviteter: [{id: a, titel: A, när: 3 juni}]}]\n"


def project(folder: Path, files: Mapping[str, str]) -> Path:
    """The files in the folder of a project."""
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> tuple[Diagnostic, ...]:
    """Why the only process, or the one called `egen`, cannot be compiled."""
    found = compiler.find_processes(folder)
    file = next((process for process in found if process.id == "egen"), found[0])
    with pytest.raises(InvalidProcess) as caught:
        compiler.compile_process(file, 2026)
    return caught.value.diagnostics


@pytest.mark.parametrize("pattern", ["a/*/..", "*/..", "*/../*/../*/../*.yaml", "?/../a"])
def test_a_way_up_after_a_pattern_is_refused(tmp_path: Path, pattern: str) -> None:
    """Every `*/..` would match the same folder once for each folder in it: 192 bytes never ended."""
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: ['{pattern}']\n{ROWS}", "a/b/x.yaml": "roller: {}\n"})
    (finding,) = refused(tmp_path)
    assert (finding.code, finding.message) == ("include", f"”{pattern}” går uppåt efter ett mönster")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
@pytest.mark.parametrize("written", ["rot/*/x*", "rot/inne/x.yaml", "rot/finns-inte", "rot/*", "rot/../process.yaml"])
@pytest.mark.parametrize("target", ["outside", "nowhere"])
def test_a_link_is_refused_at_its_step_whatever_it_leads_to(tmp_path: Path, written: str, target: str) -> None:
    """The message says the same of what exists behind the link, of what does not, and of a link to nothing."""
    project(tmp_path / "outside", {"inne/x.yaml": "roller: {}\n"})
    here = project(tmp_path / "project", {"process.yaml": f"process: egen\nanvänder: ['{written}']\n{ROWS}"})
    (here / "rot").symlink_to(tmp_path / target)
    (finding,) = refused(here)
    assert (finding.code, finding.message) == ("link", "”rot” är en länk")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_a_linked_folder_is_not_listed(tmp_path: Path) -> None:
    """A folder means its files, but not one that somebody else has."""
    project(tmp_path / "outside", {"x.yaml": "roller: {}\n", "y.yaml": "roller: {}\n"})
    here = project(tmp_path / "project", {"process.yaml": f"process: egen\nanvänder: [rot]\n{ROWS}"})
    (here / "rot").symlink_to(tmp_path / "outside")
    assert [(finding.code, finding.message) for finding in refused(here)] == [("link", "”rot” är en länk")]


def test_the_files_of_all_floors_count_together(tmp_path: Path) -> None:
    """Two processes of 30 files each are one of 62; the number told is that."""
    parts = {f"{floor}/d{number}.yaml": "roller: {}\n" for floor in ("bas", "egen") for number in range(30)}
    base = {"bas/process.yaml": f"process: bas\nanvänder: ['d*.yaml']\n{ROWS}"}
    own = {"egen/process.yaml": "process: egen\nbygger_på: ../bas/process.yaml\nanvänder: ['d*.yaml']\n"}
    project(tmp_path / "processes", parts | base | own)
    (finding,) = refused(tmp_path)
    assert (finding.code, finding.span and finding.span.file) == ("limit", "processes/bas/process.yaml")
    assert finding.message == "Processen använder 62 filer, den själv medräknad; gränsen är 50"


def test_the_bytes_of_all_files_count_together(tmp_path: Path) -> None:
    """Nine files of almost a megabyte are each allowed, and together too much: told once."""
    parts = {f"d{number}.yaml": "# x\n" * 250_000 + "roller: {}\n" for number in range(1, 12)}
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: ['d*.yaml']\n{ROWS}"} | parts)
    (finding,) = refused(tmp_path)
    assert (finding.code, finding.message) == ("limit", "Processens filer är tillsammans större än 8 MiB")


@pytest.mark.parametrize(
    ("slips", "code"),
    [
        pytest.param("".join(f"nyckel{number}: a\n" for number in range(900)), "unknown-key", id="keys nobody knows"),
        pytest.param("<<<<<<< HEAD\n=======\n>>>>>>> x\n" * 900, "syntax", id="conflict marks"),
        pytest.param("# " + "".join(map(chr, range(0xE0000, 0xE0384))) + "\n", "encoding", id="hidden characters"),
    ],
)
def test_of_nine_hundred_slips_the_first_hundred_are_told(tmp_path: Path, slips: str, code: str) -> None:
    """And then that there are more. All of them share one text of the file."""
    found = refused(project(tmp_path, {"process.yaml": f"process: egen\n{slips}{ROWS}"}))
    assert sorted({finding.code for finding in found}) == sorted({code, "limit"})
    assert sum(finding.code == code for finding in found) == 100
    assert len({id(finding.span.source) for finding in found if finding.span}) == 1


def test_of_many_unknown_targets_the_first_are_guessed_and_a_hundred_told(tmp_path: Path) -> None:
    """A guess compares with every id there is."""
    rows = "".join(f"  - {{id: rad{number}, titel: A, när: 3 juni}}\n" for number in range(400))
    changes = "".join(f"  rod{number}: {{skäl: s}}\n" for number in range(400))
    files = {
        "process.yaml": f"process: egen\nfaser:\n- id: f\n  aktiviteter:\n{rows}",
        "avvikelser-2026.yaml": f"budgetår: 2026\nändra:\n{changes}",
    }
    found = [finding for finding in refused(project(tmp_path, files)) if finding.code == "unknown-target"]
    assert len(found) == 100
    assert 10 < sum("menade du" in (finding.hint or "") for finding in found) < 100


NFD = normalize("NFD", "sammanträden-2025.yaml")
PLAN = "kalenderår: 2025\nKS: [3 juni]\n"
MEETING = "organ: {KS: {namn: Kommunstyrelsen}}\nfaser: [{id: f, aktiviteter: [{id: a, titel: A, när: KS i juni}]}]\n"


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("sammanträden-*.yaml", NFD),
        ("sammanträden-2025.yaml", NFD),
        (NFD, "sammanträden-2025.yaml"),
        ("möten", f"{normalize('NFD', 'möten')}/{NFD}"),
        ("möten/sammanträden-????.yaml", f"{normalize('NFD', 'möten')}/{NFD}"),
    ],
)
def test_names_of_files_are_compared_as_they_are_read(tmp_path: Path, written: str, file: str) -> None:
    """A Mac and a zip file may write `ä` as two characters: the name is the same."""
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: ['{written}']\n{MEETING}", file: PLAN})
    (process,) = compiler.find_processes(tmp_path)
    (row,) = compiler.compile_process(process, 2026).timeline.activities
    assert row.start == date(2025, 6, 3)


@pytest.mark.parametrize(
    ("written", "file", "near"),
    [
        ("organ.yml", "organ.yaml", "menade du ”organ.yaml”? "),
        ("sammantraden-2025.yaml", "sammanträden-2025.yaml", "menade du ”sammanträden-2025.yaml”? "),
        ("sammantraden-*.yaml", "sammanträden-2025.yaml", "menade du ”sammanträden-*.yaml”? "),
        ("moten/plan.yaml", "möten/plan.yaml", "menade du ”möten”? "),
        ("x.yaml", "sammanträden-2025.yaml", ""),
    ],
)
def test_of_a_path_that_leads_nowhere_the_nearest_name_is_told(
    tmp_path: Path, written: str, file: str, near: str
) -> None:
    """Of the names that lie where the path ends; nothing is guessed where none is near."""
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: ['{written}']\n{ROWS}", file: "roller: {}\n"})
    finding = next(found for found in refused(tmp_path) if found.code == "include")
    assert finding.hint == f"{near}sökvägen räknas från process.yaml"


def test_a_pattern_passes_over_hidden_files_and_those_read_by_name(tmp_path: Path) -> None:
    """As a shell does; a broken deviations file of another year is no error of this one."""
    others = {".pre-commit.yaml": "repos: []\n", "avvikelser-2027.yaml": "budgetår: [\n", "klart-2026.yaml": "a: b\n"}
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: ['*.yaml']\n{ROWS}", **others})
    (process,) = compiler.find_processes(tmp_path)
    assert compiler.compile_process(process, 2026).process.files == ("process.yaml",)


@pytest.mark.parametrize("patterns", [["*/*/x.yaml"], [f"d{'*' * number}" for number in range(1, 40)]])
def test_the_names_that_patterns_are_compared_with_are_counted(
    tmp_path: Path, patterns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many folders under one pattern, or many patterns in one folder: told once, with the limit."""
    monkeypatch.setattr("arshjul.definition.matching.MAX_NAMES", 400)
    listed = ", ".join(f"'{pattern}'" for pattern in patterns)
    files = {f"d{number % 20}/e{number}/x": "" for number in range(400)}
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: [{listed}]\n{ROWS}"} | files)
    limits = [found.message for found in refused(tmp_path) if found.code == "limit"]
    assert limits == ["Processens sökvägar leder förbi fler än 400 filer och mappar"]


def test_of_a_thousand_paths_to_nothing_a_hundred_are_told(tmp_path: Path) -> None:
    """And that there are more."""
    listed = ", ".join(f"x{number}.yaml" for number in range(1000))
    project(tmp_path, {"process.yaml": f"process: egen\nanvänder: [{listed}]\n{ROWS}"})
    assert Counter(str(finding.code) for finding in refused(tmp_path)) == {"include": 100, "limit": 1}


WATCHED = """
import sys
from arshjul.cli import main
seen = []
def watch(event, args):
    if event in {"open", "os.listdir", "os.scandir"}:
        seen.append(str(args[0]))
sys.addaudithook(watch)
code = main(["check", "2026", "-C", sys.argv[1]])
print(code, *(path for path in seen if "outside" in path or "/rot" in path), sep="\\n")
"""


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
@pytest.mark.parametrize(
    "entries", [["rot/*/*/passwd*"], ["rot/etc/shadow"], ["rot/etc/nosuchfile"], ["rot"], ["*"], ["*/etc/x"], ["r?t/*"]]
)
@pytest.mark.parametrize("where", ["rot", "mapp/rot"])
def test_nothing_behind_a_link_is_opened_or_listed(tmp_path: Path, entries: list[str], where: str) -> None:
    """The interpreter itself tells what was opened; the message is one whatever lies there."""
    project(
        tmp_path / "outside", {"etc/passwd": "x", "etc/shadow": "x", "etc/avvikelser_2026.yaml": "budgetår: 2026\n"}
    )
    folder = Path(where).parent.as_posix()
    listed = ", ".join(f"'{folder}/{entry}'" for entry in entries)
    here = project(tmp_path / "project", {"process.yaml": f"process: egen\nanvänder: [{listed}]\n{ROWS}"})
    (here / where).parent.mkdir(exist_ok=True)
    (here / where).symlink_to(tmp_path / "outside")
    run = subprocess.run([sys.executable, "-c", WATCHED, str(here)], capture_output=True, text=True, check=True)
    *printed, code = run.stdout.splitlines()
    assert code == "1"
    assert next(line for line in printed if "fel[" in line).endswith("fel[link]: ”rot” är en länk")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
@pytest.mark.parametrize("target", ["a_folder", "a_file", "nothing"])
def test_a_link_among_processes_is_told_wherever_it_leads(tmp_path: Path, target: str) -> None:
    """What is said of it does not tell what the machine has."""
    (tmp_path / "a_folder").mkdir()
    (tmp_path / "a_file").write_text("", encoding="utf-8")
    here = project(tmp_path / "project", {"processes/README.md": ""})
    (here / "processes" / "rot").symlink_to(tmp_path / target)
    assert [path.display_path for path in find_processes(here)] == ["processes/rot/process.yaml"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_nothing_in_a_linked_folder_of_a_process_is_opened_or_listed(tmp_path: Path) -> None:
    """Neither for the process nor for what may lie unread beside it."""
    project(
        tmp_path / "outside", {"process.yaml": f"process: egen\n{ROWS}", "Avvikelser-2026.yaml": "budgetår: 2026\n"}
    )
    here = project(tmp_path / "project", {"processes/README.md": ""})
    (here / "processes" / "rot").symlink_to(tmp_path / "outside")
    run = subprocess.run([sys.executable, "-c", WATCHED, str(here)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "1"
    assert "fel[link]: ”rot” är en länk" in run.stdout
