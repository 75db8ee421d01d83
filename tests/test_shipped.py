"""The shipped folders are found from every kind of installation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import arshjul.shipped
from arshjul.compiler import compile_process, find_processes
from arshjul.shipped import shipped

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDERS = ["processes", "templates"]


def found_by(package: Path, folder: str) -> Path:
    """What `shipped` answers when the module lies in that package folder."""
    module = shutil.copy(arshjul.shipped.__file__, package)
    script = f"import runpy; print(runpy.run_path({str(module)!r})['shipped']({folder!r}))"
    answer = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    return Path(answer.stdout.rstrip("\n"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_checkout_has_them_at_its_top(folder: str) -> None:
    """In a checkout, and in an editable install of it, the folders are those of the repository."""
    assert shipped(folder) == REPOSITORY / folder


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_working_folder_does_not_matter(folder: str, tmp_path: Path) -> None:
    """A folder of the same name where the command runs is not taken for the shipped one."""
    (tmp_path / folder).mkdir()
    script = f"from arshjul.shipped import shipped; print(shipped({folder!r}))"
    answer = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(answer.stdout.rstrip("\n")) == REPOSITORY / folder


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_installed_package_carries_them(folder: str, tmp_path: Path) -> None:
    """Where the package holds the folders, they are taken from there even if the same name lies two levels up."""
    package = tmp_path / "lib" / "site-packages" / "arshjul"
    carried = package / "_shipped" / folder
    carried.mkdir(parents=True)
    (tmp_path / "lib" / folder).mkdir()
    assert found_by(package, folder) == carried.resolve()


def test_a_folder_that_is_not_shipped_is_an_error() -> None:
    """A name that nothing was shipped under is an error, never an empty folder."""
    with pytest.raises(FileNotFoundError, match="nowhere"):
        shipped("nowhere")


def test_each_shipped_process_has_an_organisation_of_its_own() -> None:
    """In one ärendeplan of all of them no body of one is taken for that of another."""
    processes = [compile_process(file, 2026).timeline for file in find_processes(REPOSITORY)]
    assert len({process.organisation for process in processes}) == len(processes) == 5
