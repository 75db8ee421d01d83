"""Workbooks that somebody can mail: named styles, no formula, no merged cell, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Any, Literal

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, Span, error
from arshjul.formats.archive import repacked
from arshjul.formats.letters import line_count

LONGEST_TEXT = 32_767  # characters in a cell, Excel's limit; openpyxl would cut what is over it and say nothing
LONGEST_ADDRESS = 2_079  # characters in a link, Excel's limit; Excel calls a workbook with a longer one broken
LONGEST_IN_FOOTER = 100  # the whole footer holds 255, and every & in the title counts twice
CELL_PADDING = 0.75  # of a column's width, in digits
ACROSS, DOWN = 775, 505  # points within the margins of A4 on its side, and a little to spare
DIGIT = 5.25  # points that a digit of a column takes
SMALLEST_SCALE = 0.6  # ten points are six on paper
LINE_HEIGHT, TALLEST_ROW = 13.5, 405  # points; Excel refuses rows over 409
# 41D is Swedish, whatever language Excel has.
DAY_IN_WORDS = "[$-41D]ddd d mmm yyyy"
DAY_AND_MONTH = "[$-41D]d mmmm yyyy"
SHORT_DAY = "[$-41D]d mmm yyyy"
DAY = "[$-41D]yyyy\\-mm\\-dd"
DAY_ZERO = date(1899, 12, 30)  # the day that Excel counts days from
LONGEST_SHEET_NAME = 31
MOST_FORMATS = 180  # Excel holds between 200 and 250 number formats that are not its own

NAVY, BLUE, WHITE = "1F3864", "0B5394", "FFFFFF"
_FORMULA_STARTS = ("=", "+", "-", "@")
_ESCAPE_OF_EXCEL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED_SHEET_NAME = "history"  # Excel keeps it for itself
_TIMESTAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# A height marked as chosen by hand no longer follows the text when somebody edits it.
_CHOSEN_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
_FIXED_TIMESTAMP = rb"\g<1>1980-01-01T00:00:00Z"


class Day(Struct, frozen=True):
    """A date as Excel keeps it, and how it shows it: the words before it and after it, or `words` in its stead.

    The words alone are shown of that very day: somebody who types another one sees what was typed.
    """

    day: date
    number_format: str
    before: str = ""
    after: str = ""
    words: str = ""

    @property
    def code(self) -> str:
        """The number format as Excel has it."""
        if self.words:
            return f"[<>{(self.day - DAY_ZERO).days}]{self.number_format};{_quoted(self.words)}"
        # the language stands first in a format, or it holds for what comes after it alone
        language, bracket, shown = self.number_format.rpartition("]")
        return f"{language}{bracket}{_quoted(self.before)}{shown}{_quoted(self.after)}"


def _quoted(words: str) -> str:
    return '"{}"'.format(words.replace('"', "”")) if words else ""


class Hyperlink(str):
    """A text that is an address, and leads there."""

    __slots__ = ()


CellValue = str | int | Day | None
AnyCell = Cell | MergedCell


class Style(StrEnum):
    """Cell styles by the names Excel shows them under: change one there and the whole sheet follows."""

    TITLE = "Tidplan titel"
    LINE = "Tidplan text"
    HEADING = "Tidplan rubrik"
    PHASE = "Tidplan fas"
    ROW = "Tidplan rad"
    DECISION = "Tidplan beslut"
    WINDOW = "Tidplan tidsfönster"
    CANCELLED = "Tidplan inställt"
    PRELIMINARY = "Tidplan preliminärt"
    STOP_DATE = "Tidplan stoppdatum"
    RECKONING = "Tidplan uträkning"
    LINK = "Tidplan länk"
    WEEK = "Tidplan vecka"
    MONTH = "Tidplan månad"
    BAR = "Gantt aktivitet"
    DECISION_BAR = "Gantt beslut"
    PRELIMINARY_BAR = "Gantt preliminärt"
    CANCELLED_BAR = "Gantt inställt"
    STOP_BAR = "Gantt stoppdatum"


def _font(
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    strike: bool = False,
    underline: Literal["single"] | None = None,
    color: str = "000000",
) -> Font:
    return Font(name="Calibri", size=size, bold=bold, italic=italic, strike=strike, underline=underline, color=color)


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


_ONE_LINE = Alignment(vertical="center", horizontal="left")
_WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
_NOT_WRAPPED = Alignment(vertical="top")  # a text that is folded away would make its row as tall as itself
_CENTRED = Alignment(horizontal="center", vertical="center")
_THIN = Side(style="thin", color="C9D0D8")
_BOXED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BAR = {"font": _font(9, bold=True), "border": _BOXED, "alignment": _CENTRED}

# fmt: off
_LOOKS: Mapping[Style, Mapping[str, Any]] = {
    Style.TITLE: {"font": _font(16, bold=True), "alignment": _ONE_LINE},
    Style.LINE: {"font": _font(11), "alignment": _ONE_LINE},
    Style.HEADING: {"font": _font(10, bold=True, color=WHITE), "fill": _fill(NAVY), "alignment": _WRAPPED},
    Style.PHASE: {"font": _font(11, bold=True), "fill": _fill("DCE6F1"), "alignment": _ONE_LINE},
    Style.ROW: {"font": _font(10), "border": _BOXED, "alignment": _WRAPPED},
    Style.DECISION: {"font": _font(10, bold=True), "border": _BOXED, "alignment": _WRAPPED},
    Style.WINDOW: {"font": _font(10), "fill": _fill("DCE6F1"), "border": _BOXED, "alignment": _WRAPPED},
    Style.CANCELLED: {"font": _font(10, strike=True), "border": _BOXED, "alignment": _WRAPPED},
    Style.PRELIMINARY: {"font": _font(10, italic=True), "border": _BOXED, "alignment": _WRAPPED},
    Style.STOP_DATE: {"font": _font(10), "fill": _fill("FFF4D6"), "border": _BOXED, "alignment": _WRAPPED},
    Style.LINK: {"font": _font(10, underline="single", color=BLUE), "border": _BOXED, "alignment": _WRAPPED},
    Style.RECKONING: {"font": _font(10), "border": _BOXED, "alignment": _NOT_WRAPPED},
    Style.WEEK: {"font": _font(9, bold=True, color=WHITE), "fill": _fill(NAVY), "alignment": _CENTRED},
    Style.MONTH: {"font": _font(9, bold=True, color=WHITE), "fill": _fill(NAVY), "alignment": _ONE_LINE},
    # Each bar has a letter and a pattern of its own: the colours may be printed away.
    Style.DECISION_BAR: {**_BAR, "font": _font(9, bold=True, color=WHITE), "fill": _fill(NAVY)},
    Style.BAR: {**_BAR, "fill": _fill("9DC3E6")},
    Style.PRELIMINARY_BAR: {**_BAR, "fill": PatternFill("lightUp", fgColor=NAVY, bgColor=WHITE)},
    Style.CANCELLED_BAR: {**_BAR, "fill": PatternFill("gray125", fgColor="404040", bgColor=WHITE)},
    Style.STOP_BAR: {**_BAR, "fill": PatternFill("lightHorizontal", fgColor="BF9000", bgColor="FFF4D6")},
}
# fmt: on


def new_book(title: str) -> Workbook:
    """A workbook without sheets, with all named styles."""
    book = Workbook()
    book.properties.title = title
    book.properties.creator = "arshjul"
    book.properties.language = "sv-SE"
    book.remove(book.worksheets[0])
    for style, look in _LOOKS.items():
        book.add_named_style(NamedStyle(style.value, **look))
    return book


def write(sheet: Worksheet, number: int, values: Sequence[CellValue], style: Style, first: int = 0) -> None:
    """The values of a row, number from 1, from the column `first` on, from 0."""
    Pen(sheet).write(number, values, style, first=first)


def tone_where(sheet: Worksheet, cells: str, formula: str) -> None:
    """A warning tone and bold letters while the formula, written for the first of the cells, holds in the program."""
    look = DifferentialStyle(font=Font(bold=True, color="9C0006"), fill=PatternFill(bgColor="FFC7CE"))
    sheet.conditional_formatting.add(cells, Rule("expression", dxf=look, formula=[formula]))


class Pen:
    """Writes many rows of one sheet: a style that was looked up once is shared by all its cells."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._arrays: dict[tuple[Style, str | None, bool], StyleArray] = {}

    def write(
        self,
        number: int,
        values: Sequence[CellValue],
        style: Style,
        accents: Mapping[int, Style] | None = None,
        first: int = 0,
    ) -> None:
        """As `write`; `accents` are the styles of single cells, by their column."""
        styles = accents or {}
        for column, wanted in enumerate(values, start=first):
            value = self._formatted(wanted)
            cell = self._sheet.cell(number, column + 1)
            self._dress(cell, styles.get(column, style), value)
            match value:
                case Day():
                    cell.value = value.day
                case int():
                    cell.value = value
                case str() if value:
                    cell.value, cell.data_type = _ESCAPE_OF_EXCEL.sub("_x005F_", value), "s"
            if isinstance(value, Hyperlink):
                cell.hyperlink = str(value)

    def _formatted(self, value: CellValue) -> CellValue:
        """The value; of dates with more formats than a workbook holds, the words alone."""
        known = self._sheet.parent._number_formats  # type: ignore[union-attr]  # noqa: SLF001
        if isinstance(value, Day) and value.words and len(known) >= MOST_FORMATS and value.code not in known:
            return value.words
        return value

    def _dress(self, cell: AnyCell, style: Style, value: CellValue) -> None:
        number_format = value.code if isinstance(value, Day) else None
        # Without it Excel would make a formula of the text the first time somebody opens and leaves the cell.
        quoted = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
        key = (style, number_format, quoted)
        # Assigned by name, a style costs as much as all else that is done with a cell.
        if key in self._arrays:
            cell._style = self._arrays[key]  # type: ignore[union-attr]  # noqa: SLF001
            return
        cell.style = style.value
        if number_format:
            cell.number_format = number_format
        cell.quotePrefix = quoted
        self._arrays[key] = cell._style  # type: ignore[union-attr]  # noqa: SLF001


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """In Excel's unit, the width of a digit."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_page(sheet: Worksheet, title: str) -> None:
    """A4 on its side, as wide as the page; the footer says the title and the page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, header=0.2, footer=0.3)
    sheet.sheet_view.showGridLines = False
    footer = sheet.HeaderFooter.oddFooter = HeaderFooterItem()
    footer.left.text = title.replace("\n", " ")[:LONGEST_IN_FOOTER].replace("&", "&&")
    footer.right.text = "Sida &P av &N"


def set_scale(sheet: Worksheet, widths: Sequence[float]) -> float:
    """Printed as wide as the page, where somebody has chosen what begins one; the scale, of 1.

    Excel keeps no page break of ours where it fits the sheet to the page itself.
    """
    across = sum(widths) * DIGIT
    percent = max(min(int(ACROSS / across * 100), 100), 10)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = percent
    return percent / 100


def set_one_page(sheet: Worksheet, widths: Sequence[float], tall: float) -> None:
    """All on one page, of A3 where its letters would be too small on A4; `tall` is its height in points."""
    across = sum(widths) * DIGIT
    on_a4 = min(ACROSS / across, DOWN / tall)
    sheet.page_setup.paperSize = 9 if on_a4 >= SMALLEST_SCALE else 8
    sheet.page_setup.fitToHeight = 1 if on_a4 * 2**0.5 >= SMALLEST_SCALE else 0


def height(values: Sequence[CellValue], widths: Sequence[float]) -> float:
    """Points, from how the texts will wrap: LibreOffice shows a row of no height as one line."""
    texts = [(value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)]
    lines = max((line_count(text, width - CELL_PADDING) for text, width in texts), default=1)
    return min(lines * LINE_HEIGHT + 3, TALLEST_ROW)


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel allows and that no other sheet has, in whatever case: as much of the wanted one as fits."""
    legal = _NOT_IN_SHEET_NAMES.sub(" ", wanted).strip(" '") or "Blad"
    others = {_RESERVED_SHEET_NAME, *(name.casefold() for name in taken)}
    endings = ("", *(f" {number}" for number in range(2, len(others) + 3)))
    names = (f"{legal[: LONGEST_SHEET_NAME - len(ending)]}{ending}" for ending in endings)
    return next(name for name in names if name.casefold() not in others)


def fitting(parts: Sequence[str], between: str = "\n") -> str:
    """As many of the parts as a cell holds, and `…` where some are left out."""
    kept = list(parts)
    while sum(map(len, kept)) + len(kept) * len(between) > LONGEST_TEXT - len("…"):
        kept.pop()
    return between.join([*kept, "…"] if len(kept) < len(parts) else kept)


def too_long(heading: str, text: str, span: Span | None) -> Diagnostic:
    """`limit`: a cell would lose the end of the text."""
    message = f"Texten i kolumnen {heading} har {len(text)} tecken; en ruta i Excel rymmer {LONGEST_TEXT}"
    return error(Code.LIMIT, message, span, "korta texten, eller bygg andra format med -f md,html,csv")


def reproducible(book: Workbook) -> bytes:
    """The workbook as bytes that are the same each time."""
    saved = BytesIO()
    book.save(saved)
    return repacked(saved.getvalue(), lambda part: _CHOSEN_HEIGHT.sub(rb"\1", _TIMESTAMP.sub(_FIXED_TIMESTAMP, part)))
