"""The sheet that nobody sees: what it keeps of the plan, and that nothing internal is in it."""

from __future__ import annotations

from io import BytesIO

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from arshjul.views.plan import render
from arshjul.views.publication import Audience, Publication
from arshjul.wording.baseline import BuiltRow, UnknownBaseline, read


def written(plan: Publication) -> list[str]:
    """The lines of the sheet; a long one stands in several cells."""
    rows = load_workbook(BytesIO(render("xlsx", plan)))["arshjul"].iter_rows(values_only=True)
    return ["".join(str(piece) for piece in row if piece is not None) for row in rows]


def test_each_row_as_its_cells_say(plan: Publication) -> None:
    """By id and phase: a date cell as its day, all else as its text; the days where no cell is one."""
    built = read(written(plan))
    assert (built.header.process, built.header.budget_year, built.header.edition) == ("rambudget", 2023, "internal")
    assert [row.id for row in built.rows] == [activity.id for activity in plan.timeline.activities]
    said = {row.id: dict(zip((c.field for c in built.header.columns), row.cells, strict=False)) for row in built.rows}
    assert said["budget_ks"]["datum"] == "2022-06-07"
    assert said["budget_ks"]["stoppdatum"] == "2022-05-24"
    assert said["remiss"]["datum"] == "28 april–5 maj 2022"
    days = {row.id: row.days for row in built.rows}
    assert days["budget_ks"] is None
    assert [str(day) for day in days["remiss"] or ()] == ["2022-04-28", "2022-05-05"]


def test_a_text_longer_than_a_cell(plan: Publication) -> None:
    """Stands in as many cells as it needs, and is whole when they are read."""
    long = "å" * 20_000
    rows = tuple(replace(each, comment=long, goal=long) for each in plan.timeline.activities)
    built = read(written(replace(plan, timeline=replace(plan.timeline, activities=rows))))
    assert all(row.cells.count(long) == 2 for row in built.rows)


def test_the_public_edition_has_nothing_internal(plan: Publication) -> None:
    """No row, and no text of one."""
    text = "\n".join(written(replace(plan, audience=Audience.PUBLIC)))
    assert '"public"' in text
    assert "intern" not in text
    assert "Hemlig genomgång" not in text


HEADER = (
    '{"version":%d,"process":"a","budget_year":2026,"organisation":null,"edition":"internal","body":null,'
    '"columns":[["datum","Datum"],["till","Till"]],"beside":["Id"],"phases":[["p",""]]}'
)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["hej"],
        ["{}"],
        [HEADER % 3],
        [HEADER % 0],
        [HEADER % 1, '["a","p",["en","två","för många"],null]'],
        [HEADER % 1, "[]"],
    ],
)
def test_what_no_build_has_written(lines: list[str]) -> None:
    """Is told, whatever it is: the sheet may have been edited, or come from a later version."""
    with pytest.raises(UnknownBaseline):
        read(lines)


def test_a_row_may_end_early() -> None:
    """Cells after the last text are left out."""
    assert read([HEADER % 1, '["a","p",["2025-06-03"],null]']).rows == (BuiltRow("a", "p", ("2025-06-03",), None),)
