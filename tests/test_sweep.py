"""One process over many years: the same plans as one year at a time, for less work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from arshjul.compiler import ProcessPath, Sweep, compile_process
from arshjul.diagnostics import Diagnostic, InvalidProcess

RAMBUDGET = Path(__file__).resolve().parent.parent / "processes" / "rambudget"


@pytest.fixture
def file(tmp_path: Path) -> ProcessPath:
    """The shipped process with deviations in 2021 and 2023, as a project of its own."""
    folder = shutil.copytree(RAMBUDGET, tmp_path / "processes" / "rambudget")
    return ProcessPath(folder / "process.yaml", "processes/rambudget/process.yaml", tmp_path, "rambudget")


def test_what_no_deviations_change_is_validated_once(file: ProcessPath) -> None:
    """A year with deviations is a process of its own."""
    sweep = Sweep(file)
    assert sweep.process(2026) is sweep.process(2027)
    assert sweep.process(2023) is not sweep.process(2026)
    assert sweep.process(2021).title == sweep.process(2026).title


@pytest.mark.parametrize("years", [range(2021, 2027), range(2026, 2020, -1)], ids=["forward", "backward"])
def test_a_year_of_a_sweep_is_that_year_alone(file: ProcessPath, years: range) -> None:
    """Plan and findings, in whatever order the years are asked for: nothing of one year stays in another."""
    sweep = Sweep(file)
    for year in years:
        together, alone = sweep.compiled(year), compile_process(file, year)
        assert together.timeline == alone.timeline
        assert together.findings == alone.findings


def _told(sweep: Sweep, year: int) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidProcess) as caught:
        sweep.process(year)
    return caught.value.diagnostics


def test_what_is_wrong_in_one_years_deviations_is_that_years(file: ProcessPath) -> None:
    """And what is wrong in the definition is wrong in every year, beside that."""
    (file.path.parent / "avvikelser-2027.yaml").write_text("budgetår: 2027\nnycklar: {}\n", encoding="utf-8")
    sweep = Sweep(file)
    assert [found.code for found in _told(sweep, 2027)] == ["unknown-key"]
    assert sweep.process(2028).id == "rambudget"
    file.path.write_text("process: rambudget\nfaser: [\n", encoding="utf-8")
    sweep = Sweep(file)
    assert [found.code for found in _told(sweep, 2026)] == ["syntax"]
    assert sorted(found.code for found in _told(sweep, 2027)) == ["syntax"]
