"""Several processes in one run: what fails in one of them hides nothing of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode
from arshjul.cli.processes import for_each
from arshjul.definition.find import ProcessPath


def test_a_fault_of_ours_in_one_process_leaves_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next one is still done, the exit code is 4 and the traceback is told as ours."""
    files = [ProcessPath(tmp_path / name, name, tmp_path, name) for name in ("a", "b", "c")]
    done: list[str] = []

    def act(file: ProcessPath) -> ExitCode:
        done.append(file.display_path)
        return ExitCode(1 // (file.id != "b"))

    assert for_each(files, act, Console(), tmp_path) == ExitCode.BUG
    assert done == ["a", "b", "c"]
    told = capsys.readouterr().err
    assert told.startswith("arshjul: internt fel. Felet är vårt")
    assert told.count("ZeroDivisionError") == 1
