"""Which processes a project has, and for which years somebody has planned them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.diagnostics import InvalidProcess

ROWS = "faser:\n- id: fas\n  aktiviteter:\n  - {id: a, titel: A, när: 3 juni}\n"
INLINE = "organ: {KS: {namn: K}}\nsammanträden: {2024: {KS: [3 juni]}, 2026: {KS: [3 juni]}}\n"
PLANNED = [
    ("a plan of its own file", {"använder: [plan.yaml]\n": "kalenderår: 2025\nKS: [3 juni]\n"}, (2026,)),
    ("plans written inline", {INLINE: ""}, (2025, 2027)),
    ("nothing planned", {"": ""}, ()),
]


@pytest.mark.parametrize(("files", "years"), [case[1:] for case in PLANNED], ids=[case[0] for case in PLANNED])
def test_the_years_somebody_has_planned(tmp_path: Path, files: Mapping[str, str], years: tuple[int, ...]) -> None:
    """A process in a single file is checked without a year as one in several is."""
    ((more, plan),) = files.items()
    (tmp_path / "process.yaml").write_text(f"process: egen\n{more}{ROWS}", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(plan or "roller: {}\n", encoding="utf-8")
    (file,) = compiler.find_processes(tmp_path)
    assert compiler.years(file) == years


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_process_file_that_would_wait_for_ever_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    """Looking for processes opens nothing that reading them refuses: a pipe, or a link out of the project."""
    folder = tmp_path / "project" / "processes" / "x"
    folder.mkdir(parents=True)
    os.mkfifo(tmp_path / "pipe")
    if kind == "pipe":
        (tmp_path / "pipe").rename(folder / "process.yaml")
    else:
        (folder / "process.yaml").symlink_to(tmp_path / "pipe")
    command = [sys.executable, "-m", "arshjul", "check", "2026", "-C", str(tmp_path / "project")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (run.returncode, "fel[link]" in run.stdout) == (1, True)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
@pytest.mark.parametrize("name", ["processes", "processes/egen"])
def test_a_linked_folder_of_processes_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """It is not passed over, and nobody looks what lies behind it."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "process.yaml").write_text(f"process: egen\n{ROWS}", encoding="utf-8")
    link = tmp_path / "project" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    (file,) = compiler.find_processes(tmp_path / "project")
    assert file.id is None
    with pytest.raises(InvalidProcess) as caught:
        compiler.years(file)
    assert [(found.code, found.message) for found in caught.value.diagnostics] == [
        ("link", f"”{link.name}” är en länk")
    ]
    assert [found.span and found.span.file for found in caught.value.diagnostics] == [name]


@pytest.mark.parametrize(
    "name",
    ["index", "arshjul", "arendeplan", "arendeplan-ks", "con", "nul", "aux", "prn", "com1", "lpt9", "CON", "Nul"],
)
def test_an_id_is_no_name_of_another_file(tmp_path: Path, name: str) -> None:
    """Neither of a file that we write for all processes, nor of a device in Windows."""
    (tmp_path / "process.yaml").write_text(f"process: {name}\n{ROWS}", encoding="utf-8")
    (file,) = compiler.find_processes(tmp_path)
    with pytest.raises(InvalidProcess) as caught:
        compiler.compile_process(file, 2026)
    assert [found.code for found in caught.value.diagnostics] == ["bad-id"]
