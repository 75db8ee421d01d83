"""The plans in examples/ are what the program writes today."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from arshjul.cli import main

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
YEARS = ("2023", "2026")
FORMATS = ("xlsx", "md", "html", "json")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same plans, built now in an empty folder."""
    folder = tmp_path_factory.mktemp("built")
    for year in YEARS:
        target = ["-f", ",".join(FORMATS), "-o", str(folder / year)]
        assert main(["-C", str(ROOT), "build", year, "rambudget", "-q", *target]) in (0, 1)  # 1: written, with findings
    return folder


def cells(path: Path) -> list[list[list[object]]]:
    """What every cell of a workbook says and how it is shown: the file's bytes depend on the library's version."""
    book = openpyxl.load_workbook(path)
    return [[[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()] for sheet in book]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "xlsx"])
def test_example_is_fresh(year: str, kind: str, built: Path) -> None:
    """A stale example fails; `make examples` writes it anew."""
    name = f"{year}/rambudget.{kind}"
    assert (EXAMPLES / name).read_bytes() == (built / name).read_bytes(), f"{name} is stale: run make examples"


@pytest.mark.parametrize("year", YEARS)
def test_example_workbook_is_fresh(year: str, built: Path) -> None:
    """The workbook's cells are compared, not its bytes."""
    name = f"{year}/rambudget.xlsx"
    assert cells(EXAMPLES / name) == cells(built / name), f"{name} is stale: run make examples"


def test_no_other_example_lies_about() -> None:
    """Every file in examples/ that a build writes is compared above."""
    found = {path.relative_to(EXAMPLES).as_posix() for year in YEARS for path in (EXAMPLES / year).iterdir()}
    assert found == {f"{year}/rambudget.{kind}" for year in YEARS for kind in FORMATS}
