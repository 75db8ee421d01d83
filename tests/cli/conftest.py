"""A small project, complete: the example of the contract."""

import shutil
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "example"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, as the working folder."""
    shutil.copytree(EXAMPLE, tmp_path / "processes" / "rambudget")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(project: Path) -> Path:
    """A second process beside the first, with a definition error."""
    process = project / "processes" / "delar" / "process.yaml"
    process.parent.mkdir()
    process.write_text("process: delar\ntitel: Delår {B}\nfaser:\n- {id: a, aktivitet: []}\n", encoding="utf-8")
    return project
