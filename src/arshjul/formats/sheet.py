"""A table on a sheet: headings that are found and repeated, columns as wide as their content, a page that prints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct, field
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates import swedish
from arshjul.formats.widths import column_widths
from arshjul.formats.workbook import (
    DAY,
    DAY_AND_MONTH,
    DAY_IN_WORDS,
    DOWN,
    LINE_HEIGHT,
    SHORT_DAY,
    CellValue,
    Day,
    Pen,
    Style,
    height,
    set_page,
    set_scale,
    set_widths,
    write,
)

ASIDE_WIDTH = 60  # at most, for what is not printed
HEADING_HEIGHT = 30  # two lines: the filter's button covers the end of the second


class Place(Enum):
    """Where a column stands: on the page, beside it, folded away beside it, or out of sight."""

    PRINTED = auto()
    ASIDE = auto()
    FOLDED = auto()
    HIDDEN = auto()


class Column(Struct, frozen=True):
    """A heading, never empty, and where the column stands."""

    heading: str
    place: Place = Place.PRINTED


class Line(Struct, frozen=True):
    """A row, a value for each column. A `band` is a heading within the table: its text runs on over empty cells."""

    values: Sequence[CellValue]
    style: Style = Style.ROW
    accents: Mapping[int, Style] = field(default_factory=dict)

    @property
    def band(self) -> bool:
        return self.style is Style.PHASE

    def narrowed(self, kept: Sequence[int]) -> Line:
        """The same row with those columns alone."""
        accents = {new: self.accents[old] for new, old in enumerate(kept) if old in self.accents}
        return Line([self.values[n] for n in kept], self.style, accents)


class Grid(Struct, frozen=True):
    """Columns in printed order, those that are not printed last; `widths` belong to them."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    widths: Sequence[int]

    @property
    def printed(self) -> int:
        """How many columns are on the page."""
        return sum(column.place is Place.PRINTED for column in self.columns)


def grid(columns: Sequence[Column], lines: Sequence[Line]) -> Grid:
    """The table without the columns that no line fills, each as wide as it needs within the page."""
    kept = [n for n in range(len(columns)) if any(line.values[n] not in (None, "") for line in lines if not line.band)]
    seen = [columns[n] for n in kept]
    narrowed = [line.narrowed(kept) for line in lines]
    texts = [[column.heading for column in seen]]
    texts += [[shown(value) for value in line.values] for line in narrowed if not line.band]
    printed = sum(column.place is Place.PRINTED for column in seen)
    on_page = column_widths([row[:printed] for row in texts]) if printed else []
    aside = [column_widths([row[n : n + 1] for row in texts], ASIDE_WIDTH)[0] for n in range(printed, len(seen))]
    return Grid(seen, narrowed, [*on_page, *aside])


def put(sheet: Worksheet, first: int, table: Grid, title: str) -> None:
    """The table from that row on, and the sheet set up around it."""
    headings = [column.heading for column in table.columns]
    pen = Pen(sheet)
    pen.write(first, headings, Style.HEADING)
    sheet.row_dimensions[first].height = max(height(headings, table.widths), HEADING_HEIGHT)
    for number, line in enumerate(table.lines, start=first + 1):
        pen.write(number, line.values, line.style, line.accents)
        # By what is printed: what is folded away beside the page shall not make it longer.
        printed = [] if line.band else line.values[: table.printed]
        sheet.row_dimensions[number].height = height(printed, table.widths)
    set_widths(sheet, table.widths)
    for number, column in enumerate(table.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        if column.place is Place.FOLDED:
            dimension.outlineLevel, dimension.hidden = 1, True
        # folded columns are opened by the sign over the column after them, so one that is seen must follow
        elif number > 1 and table.columns[number - 2].place is Place.FOLDED:
            dimension.collapsed = True
        if column.place is Place.HIDDEN:
            dimension.hidden = True
    last = first + len(table.lines)
    sheet.freeze_panes = f"A{first + 1}"
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(table.columns))}{last}"
    sheet.print_title_rows = f"{first}:{first}"
    if table.printed:
        sheet.print_area = f"A1:{get_column_letter(table.printed)}{last}"
    set_page(sheet, title)
    scale = set_scale(sheet, table.widths[: table.printed])
    bands = frozenset(number for number, line in enumerate(table.lines, start=first + 1) if line.band)
    tall = [sheet.row_dimensions[number].height or LINE_HEIGHT + 3 for number in range(1, last + 1)]
    for number in page_breaks(tall, first, bands, DOWN / scale):
        sheet.row_breaks.append(Break(number - 1))


def page_breaks(tall: Sequence[float], first: int, bands: Collection[int], room: float) -> Iterator[int]:
    """The rows that begin a page of `room` points, below repeated headings in row `first`: no band ends a page.

    `tall` are the heights of the rows; rows count from 1.
    """
    used, begins, number = sum(tall[:first]), first + 1, first + 1
    while number <= len(tall):
        if used + tall[number - 1] > room and number > begins:
            while number - 1 in bands and number - 1 > begins:
                number -= 1
            yield number
            used, begins = tall[first - 1], number
        used += tall[number - 1]
        number += 1


def put_sentence(sheet: Worksheet, first: int, sentence: str, title: str) -> None:
    """The sentence where there is nothing to put in a table."""
    write(sheet, first, [sentence], Style.LINE)
    set_page(sheet, title)


def shown(value: CellValue) -> str:
    """The letters a cell takes up; those of a date stand together, as Excel never breaks them."""
    match value:
        case Day():
            shown_day = value.words or f"{value.before}{_shown_day(value.day, value.number_format)}{value.after}"
            return shown_day.replace(" ", "\N{NO-BREAK SPACE}")
        case None:
            return ""
    return str(value)


@lru_cache(maxsize=4096)
def _shown_day(day: date, number_format: str) -> str:
    month = swedish.month(day.month)
    texts = {
        DAY: day.isoformat(),
        SHORT_DAY: f"{day.day} {month[:4]} {day.year}",
        DAY_AND_MONTH: f"{day.day} {month} {day.year}",
        DAY_IN_WORDS: f"tis {day.day} {month[:4]} {day.year}",
    }
    return texts[number_format]
