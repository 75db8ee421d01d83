"""Whatever is changed in a workbook: as many proposals, only those keys written, and the plan then says the same."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from arshjul.cli.applying import Target, application
from arshjul.compiler import ProcessPath, compile_process, find_processes
from arshjul.definition.entries import plain
from arshjul.intake.apply.workbook import edited_plan
from arshjul.plan import Plan
from arshjul.source import Fields, parse
from arshjul.source.encoding import decode
from arshjul.views.plan import render
from arshjul.views.publication import Publication

ROOT = Path(__file__).resolve().parents[2]
YEAR, EDITS = 2026, 5
KEYS = {
    "Datum": "när",
    "Stoppdatum": "stoppdatum",
    "Kommentar": "kommentar",
    "Aktivitet": "titel",
    "Ansvarig för tjänsteskrivelse": "handläggare",
}
TEXTS = ("Område ekonomi", "klart: ja, nästan", "50 % # inte mer", "”citat”", "'enkla' \"dubbla\"", "{x}"[:1] + "—")


@cache
def project(folder: Path) -> tuple[ProcessPath, Plan, bytes]:
    """A copy of rambudget without meetings of its own, and its workbook."""
    shutil.copytree(ROOT / "processes", folder / "processes")
    file = next(each for each in find_processes(folder) if each.id == "rambudget")
    plan = compile_process(file, YEAR)
    return file, plan, render("xlsx", Publication(plan.timeline, plan.findings))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the project of the module lies."""
    return tmp_path_factory.mktemp("projekt")


def changed_at_random(content: bytes, chance: random.Random) -> tuple[bytes, Mapping[tuple[str, str], Any]]:
    """The workbook with a few cells changed, and what stands in them; dates move by some days."""
    book = load_workbook(BytesIO(content))
    sheet = book["Tidplan"]
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(number for number, row in enumerate(grid) if "Id" in row)
    columns = {str(heading): n for n, heading in enumerate(grid[first])}
    rows = {str(row[columns["Id"]]): n for n, row in enumerate(grid) if n > first and row[columns["Id"]]}
    wanted: dict[tuple[str, str], Any] = {}
    while len(wanted) < EDITS:
        row, heading = chance.choice([*rows]), chance.choice([*KEYS])
        old = grid[rows[row]][columns[heading]]
        if heading in ("Datum", "Stoppdatum"):
            if not isinstance(old, datetime):
                continue
            new: Any = old.date() + timedelta(days=chance.choice([-2, -1, 1, 2]))
        else:
            new = f"{chance.choice(TEXTS)} {chance.randrange(100)}"
        sheet.cell(rows[row] + 1, columns[heading] + 1).value = wanted[row, heading] = new
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue(), wanted


@pytest.mark.parametrize("seed", range(10))
def test_five_cells_are_five_proposals(folder: Path, seed: int) -> None:
    """Ten times five: nothing but those keys is written, and the new plan says what the cells say."""
    file, plan, content = project(folder)
    edited, wanted = changed_at_random(content, random.Random(seed))
    found = application(edited_plan("plan.xlsx", edited), plan, Target(file, folder, YEAR, lasting=False, reason="x"))
    assert [str(problem) for problem in found.proposals.problems] == []
    assert {(each.row, each.key) for each in found.proposals.cells} == {(row, KEYS[name]) for row, name in wanted}
    (written,) = found.files.values()
    tree = parse(decode(written.new, "avvikelser"))
    changes = tree["ändra"]
    assert isinstance(changes, Fields)
    keys = {(str(row), str(key)) for row, values in changes.items() for key in values if isinstance(values, Fields)}
    spare = {(row, key) for row, key in keys if key in ("skäl", "start", "slut", "längd")}
    assert keys - spare == {(row, KEYS[name]) for row, name in wanted}
    for (row, name), value in wanted.items():
        values = changes[row]
        assert isinstance(values, Fields)
        assert plain(values[KEYS[name]]) == (value.isoformat() if isinstance(value, date) else value, False)
