"""Excel: what the cells show. Formulas give the values that were last saved with them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from arshjul.intake.grid import Cell, Document, Grid, GridRow
from arshjul.intake.readers.bounds import MOST_COLUMNS, MOST_ROWS, clean, damaged, raised
from arshjul.intake.readers.package import checked_members

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_IN_FORMAT = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|([dmyåhs]+)', re.IGNORECASE)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+')
_UNLESS = re.compile(r"\[<>([0-9]{1,6})\]")
_DAY_ZERO = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = 38_353, 73_415  # 2005–2100, as a workbook counts days
Covered = dict[tuple[int, int], tuple[int, int, int]]


def read(name: str, content: bytes) -> Document:
    """The sheets that are seen, in order. Raises InvalidProcess, as `readers.read_document`."""
    _, notices = checked_members(name, content, "Exceldokument")
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), data_only=True, keep_links=False, rich_text=True)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        grids = tuple(grid_of(sheet) for sheet in seen)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises anything for a damaged workbook
        raise damaged(name, "Exceldokument") from None
    told = [f"dolda blad läses inte: {', '.join(hidden)}"] if hidden else []
    told += [
        f"av bladet {sheet.title} läses bara de första {MOST_ROWS} raderna och {MOST_COLUMNS} kolumnerna"
        for sheet in seen
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS
    ]
    return Document(name, grids, (*notices, *told))


def grid_of(sheet: Worksheet) -> Grid:
    """The rows of a sheet that have something in them."""
    covered = covered_cells(sheet)
    rows = []
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    for number, cells in enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), start=1):
        read_cells = tuple(
            _merged_cell(sheet, covered[number, column]) if (number, column) in covered else _cell(cell)
            for column, cell in enumerate(cells, start=1)
        )
        if any(cell.text for cell in read_cells):
            rows.append(GridRow(read_cells, f"{sheet.title}!A{number}"))
    return Grid(sheet.title, tuple(rows))


def covered_cells(sheet: Worksheet) -> Covered:
    """Covered cell → the cell that covers it and its width there, 0 where it is covered from the left."""
    covered: Covered = {}
    for area in sheet.merged_cells.ranges:
        width = area.max_col - area.min_col + 1
        for row, column in (
            (r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)
        ):
            covered[row, column] = (area.min_row, area.min_col, width if column == area.min_col else 0)
    return covered


def _merged_cell(sheet: Worksheet, covering: tuple[int, int, int]) -> Cell:
    row, column, width = covering
    if not width:
        return Cell("")
    cell = _cell(sheet.cell(row, column))
    return Cell(cell.text, cell.day, cell.bold, width)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None or value == "":
        return Cell("")
    bold = bool(cell.font and cell.font.b)
    if isinstance(value, int | float) and (hidden := day_behind_words(value, cell.number_format)):
        value = hidden
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        clock = f" kl {value:%H.%M}" if isinstance(value, datetime) and value.time() != time() else ""
        return Cell(clean(shown_date(day, cell.number_format) + clock), day, bold)
    if isinstance(value, time):
        return Cell(f"kl {value:%H.%M}", bold=bold)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):  # parts of a text that look different
        value = "".join(raised(str(part)) if _is_raised(part) else str(part) for part in value)
    return Cell(clean(str(value)), bold=bold)


def _is_raised(part: Any) -> bool:
    font = getattr(part, "font", None)
    return font is not None and font.vertAlign == "superscript"


def day_behind_words(value: float, number_format: str) -> date | None:
    """The day of a cell whose format shows words alone: openpyxl takes it for a number."""
    shown = _IN_FORMAT.sub(lambda match: match[3] or "", number_format).strip()
    if shown or '"' not in number_format or not FIRST_DAY <= value <= LAST_DAY:
        return None
    from openpyxl.utils.datetime import from_excel

    day = from_excel(int(value))
    return day.date() if isinstance(day, datetime) else None


def shown_date(day: date, number_format: str) -> str:
    """The day and the words that its format puts around it, or the words alone where it shows no day.

    A format is how a workbook says *preliminärt* beside a date, or shows `9–10 mars` for the first of two days.
    """
    before, after, dated = list[str](), list[str](), False
    first, *others = _SECTION.findall(number_format) or [""]
    unless = _UNLESS.match(first)
    that_very_day = unless is not None and (day - _DAY_ZERO).days == int(unless[1])
    for match in _IN_FORMAT.finditer(others[0] if that_very_day and others else first):
        if match[3]:
            dated, after = True, []
        elif match[1]:
            (after if dated else before).append(match[1])
    return " ".join([*before, day.isoformat(), *after]) if dated else "".join(before) or day.isoformat()
