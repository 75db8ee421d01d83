"""The examples of each check, as `arshjul rule` shows them: one that fires, and one that is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.checks.examples import EXAMPLES, Example, example
from arshjul.codes import CHECK_CODES, Code
from arshjul.compiler import Sweep, find_processes

# The version that `arshjul check` finds on the machine: here one that no table was made from.
INSTALLED = {Code.CALENDAR_DRIFT: "0.1"}


def codes(shown: Example, folder: Path, installed: str | None) -> set[Code]:
    """The codes of everything that is found in the example, in the year that it is written for."""
    for name, text in shown.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (file,) = find_processes(folder)
    return {finding.code for finding in Sweep(file, installed_holidays=installed).compiled(2026).findings}


@pytest.mark.parametrize("code", CHECK_CODES)
def test_the_first_example_fires(code: Code, tmp_path: Path) -> None:
    """That check, and no other."""
    assert codes(example(code, "fires"), tmp_path, INSTALLED.get(code)) == {code}


@pytest.mark.parametrize("code", CHECK_CODES)
def test_the_second_example_is_silent(code: Code, tmp_path: Path) -> None:
    """Nothing at all is found in what the author is told to write instead."""
    assert codes(example(code, "silent"), tmp_path, INSTALLED.get(code)) == set()


def test_every_check_has_both_and_nothing_else_has_any() -> None:
    """A check without examples, or examples of no check, is a page that nobody tried."""
    assert {path.parent.name for path in EXAMPLES.glob("*/*") if path.suffix != ".pyc"} == set(CHECK_CODES)
    for code in CHECK_CODES:
        assert {path.stem for path in (EXAMPLES / code).iterdir()} == {"fires", "silent"}
