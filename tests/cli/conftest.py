"""A small project, complete: the example of the contract."""

import os
import shutil
import tempfile
from collections.abc import Iterator
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
def users_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of one who may not write everywhere: root, as CI often is, takes off its might for the test."""
    if os.geteuid():
        yield tmp_path
        return
    nobody = 65534
    with tempfile.TemporaryDirectory() as name:
        os.chown(name, nobody, nobody)
        os.seteuid(nobody)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


@pytest.fixture
def broken(project: Path) -> Path:
    """A second process beside the first, with a definition error."""
    process = project / "processes" / "delar" / "process.yaml"
    process.parent.mkdir()
    process.write_text("process: delar\ntitel: Delår {B}\nfaser:\n- {id: a, aktivitet: []}\n", encoding="utf-8")
    return project
