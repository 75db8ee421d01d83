"""What is tested is the wheel as well as the tree: built, installed alone, used far from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from arshjul.codes import CHECK_CODES

REPOSITORY = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path = REPOSITORY) -> str:
    """What the command wrote on stdout, run without the paths of this Python; a failed one shows itself."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    finished = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, REPOSITORY)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel, its pinned dependencies and nothing else."""
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=False, symlinks=True)
    install = (*PIP, "--python", environment / "bin" / "python", "install", "--no-compile")
    run(*install, "--require-hashes", "--requirement", REPOSITORY / "requirements" / "runtime.txt")
    run(*install, "--no-deps", "--no-index", wheel)
    return environment / "bin"


def test_the_wheel_holds_the_program_and_what_is_shipped(wheel: Path) -> None:
    """The wheel carries package, types, processes, templates and licence, and nothing of the tests."""
    names = ZipFile(wheel).namelist()
    roots = {name.split("/")[0] for name in names}
    assert roots == {"arshjul", f"{wheel.name.removesuffix('-py3-none-any.whl')}.dist-info"}
    assert "arshjul/py.typed" in names
    assert "arshjul/_shipped/processes/rambudget/process.yaml" in names
    assert "arshjul/_shipped/processes/lagkrav/kommunallagen.yaml" in names
    assert any(name.startswith("arshjul/_shipped/templates/") for name in names)
    examples = (name for name in names if name.startswith("arshjul/checks/examples/"))
    assert {name.split("/")[3] for name in examples} >= set(CHECK_CODES)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_asks_for_what_it_is_run_with(commands: Path) -> None:
    """The pinned dependencies satisfy what the wheel says that it needs."""
    assert run(*PIP, "--python", commands / "python", "check") == ""


def test_the_installed_command_builds_a_shipped_process(commands: Path, tmp_path: Path) -> None:
    """In an empty folder, `arshjul build 2026 arshjul:rambudget -o out` writes the plan from the wheel alone."""
    run(commands / "arshjul", "build", "2026", "arshjul:rambudget", "-o", "out", cwd=tmp_path)
    written = {file.name: file.stat().st_size for file in (tmp_path / "out").iterdir()}
    assert set(written) == {"rambudget.xlsx", "rambudget.md", "rambudget.html", "arshjul.json"}
    assert min(size for name, size in written.items() if name != "arshjul.json") > 1000
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_a_new_project_needs_nothing_but_the_wheel(commands: Path, tmp_path: Path) -> None:
    """`init`, `build` and `check` as a newcomer meets them, away from the repository: no fel, no varning."""
    run(commands / "arshjul", "init", "--year", "2027", cwd=tmp_path)
    run(commands / "arshjul", "build", "2027", "-f", "md", cwd=tmp_path)
    run(commands / "arshjul", "check", "2027", "--strict", cwd=tmp_path)
    assert (tmp_path / "tidplaner" / "2027" / "budget.md").stat().st_size > 1000


def test_the_package_runs_as_a_module(commands: Path, tmp_path: Path) -> None:
    """`python -m arshjul` is the same command."""
    module = run(commands / "python", "-m", "arshjul", "--version", cwd=tmp_path)
    assert module == run(commands / "arshjul", "--version", cwd=tmp_path) != ""
