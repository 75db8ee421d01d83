"""The sheet *Tidsfönster*: how long each window is, as numbers and dates."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.formats.sheet import Column, Line, Place, grid, put_sentence
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import DAY_AND_MONTH, CellValue, Day, Style, write
from arshjul.views.publication import Edition
from arshjul.wording import bands

COLUMNS = (
    Column("Tidsfönster"),
    Column("Tid"),
    Column("Start"),
    Column("Slut"),
    Column("Arbetsdagar"),
    Column("Minst"),
    Column("Marginal i dagar"),
    Column("Id", Place.HIDDEN),
)


def put(sheet: Worksheet, plan: Edition) -> None:
    """The windows in file order. The margin is in the unit of the floor, negative where the window is too short."""
    title = clean(plan.timeline.title)
    write(sheet, 1, [f"Tidsfönster – {title}"], Style.TITLE)
    lines = []
    for window in plan.timeline.windows:
        ends = [Day(day, DAY_AND_MONTH) for day in (window.start, window.end)]
        counted: list[CellValue] = [window.working_days, bands.floor(window), window.margin]
        days = Day(window.start, DAY_AND_MONTH, words=bands.days(window))
        lines.append(Line([clean(window.title), days, *ends, *counted, clean(window.id)]))
    if lines:
        put_grid(sheet, 3, grid(COLUMNS, lines), title)
    else:
        put_sentence(sheet, 3, "Planen har inga tidsfönster.", title)
