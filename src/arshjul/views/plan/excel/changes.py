"""The sheet *Ändringar*: what has changed since the plan was decided, and since its last edition."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.formats.sheet import Column, Line, Place, grid
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import Style, write
from arshjul.views.publication import Edition

COLUMNS = (Column("Sedan"), Column("Aktivitet"), Column("Ändrat"), Column("Id", Place.HIDDEN))


def put(sheet: Worksheet, plan: Edition) -> None:
    """A line for each row that has changed, for each of what it is compared with; how many, above."""
    title = clean(plan.timeline.title)
    write(sheet, 1, [f"Ändringar – {title}"], Style.TITLE)
    for number, each in enumerate(plan.changes, start=2):
        write(sheet, number, [each.summary], Style.LINE)
    lines = [Line([each.since, line.title, line.text, clean(line.row)]) for each in plan.changes for line in each.lines]
    put_grid(sheet, sheet.max_row + 2, grid(COLUMNS, lines), title)
