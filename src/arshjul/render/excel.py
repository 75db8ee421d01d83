"""Excel: a workbook a controller can mail: real dates, no formula, no merged cell, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from textwrap import wrap
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.diagnostics import Diagnostic, InvalidProcess, Span, error
from arshjul.render import Plan, bands
from arshjul.render.heading import facts, standing
from arshjul.render.printed import clean
from arshjul.render.table import Row, Section, Table, day_of, table, weekdays, weeks
from arshjul.timeline import Timeline, Window

LONGEST_TEXT = 32_767  # characters in a cell, Excel's limit; openpyxl would cut what is over it and say nothing
LONGEST_IN_FOOTER = 100  # the whole footer holds 255, and every & in the title counts twice
WIDTHS = {"datum": 23, "aktivitet": 36, "stoppdatum": 22, "kommentar": 32, "syfte": 32, "mål": 32}
OTHER_WIDTH = 19
LINE_HEIGHT, TALLEST_ROW = 15, 405  # points; Excel refuses rows over 409
# A sort by hand needs whole columns of dates, and a page has no room for them: they stand right of what is printed.
SORTABLE = {"Start": 12, "Slut": 12, "Veckodag": 16, "Vecka": 10, "Fas": 26, "Id": 26}
WINDOW_COLUMNS = {"Tidsfönster": 40, "Tid": 34, "Start": 12, "Slut": 12, "Arbetsdagar": 14, "Minst": 20}

_DAY_IN_WORDS = "[$-41D]ddd d mmmm yyyy"
_DAY = "yyyy\\-mm\\-dd"
_LINE = Side(style="thin", color="C9D0D8")
_FORMULA_STARTS = ("=", "+", "-", "@")
_ESCAPE_OF_EXCEL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TIMESTAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# A height marked as chosen by hand no longer follows the text when somebody edits it.
_CHOSEN_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
_FIXED_TIMESTAMP = rb"\g<1>1980-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    number_format: str


_Value = str | int | _Day | None


class _Look(StrEnum):
    """Cell styles by the names Excel shows them under: change one there and the whole sheet follows."""

    TITLE = "Tidplan titel"
    LINE = "Tidplan text"
    HEADING = "Tidplan rubrik"
    PHASE = "Tidplan fas"
    ROW = "Tidplan rad"
    DECISION = "Tidplan beslut"
    WINDOW = "Tidplan tidsfönster"
    CANCELLED = "Tidplan inställt"


def render(plan: Plan) -> bytes:
    """Sheets *Tidplan*, *Tidsfönster* where there are any, and *Om*.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    printed = table(plan.timeline)
    _check_lengths(printed)
    book = Workbook()
    book.properties.title = clean(plan.timeline.title)
    book.properties.creator = "arshjul"
    book.properties.language = "sv-SE"
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    _plan_sheet(book.create_sheet("Tidplan"), plan, printed)
    if plan.timeline.windows:
        _window_sheet(book.create_sheet("Tidsfönster"), plan.timeline)
    _about_sheet(book.create_sheet("Om"), plan, printed)
    return _reproducible(book)


def _plan_sheet(sheet: Worksheet, plan: Plan, printed: Table) -> None:
    widths = [WIDTHS.get(column.field, OTHER_WIDTH) for column in printed.columns] + list(SORTABLE.values())
    headings = [clean(column.heading) for column in printed.columns]
    _top(sheet, plan)
    for band in bands.bands(plan.timeline.windows):
        _band(sheet, band, widths[: len(printed.columns)])
    head = sheet.max_row + 2
    _write(sheet, head, [*headings, *SORTABLE], _Look.HEADING)
    sheet.row_dimensions[head].height = _height(headings, widths)
    for number, (section, row) in enumerate(_lines(printed), start=head + 1):
        values, look = _values_and_look(section, row, printed)
        _write(sheet, number, values, look)
        sheet.row_dimensions[number].height = _height(values if row else (), widths)
    _set_widths(sheet, widths)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(headings) + len(SORTABLE))}{sheet.max_row}"
    sheet.print_title_rows = f"{head}:{head}"
    if headings:
        sheet.print_area = f"A1:{get_column_letter(len(headings))}{sheet.max_row}"
    _set_page(sheet, plan.timeline)


def _top(sheet: Worksheet, plan: Plan) -> None:
    _write(sheet, 1, [clean(plan.timeline.title)], _Look.TITLE)
    lines = [clean(plan.timeline.organisation), standing(plan.timeline, plan.findings)]
    for number, line in enumerate(filter(None, lines), start=2):
        _write(sheet, number, [line], _Look.LINE)


def _band(sheet: Worksheet, band: bands.Band, widths: Sequence[int]) -> None:
    """A window by itself is a line; windows side by side are cells, on no more columns than are printed."""
    if len(band) == 1:
        _write(
            sheet,
            sheet.max_row + 1,
            [f"{clean(band[0].title)}: {bands.days(band[0])}, {bands.length(band[0])}"],
            _Look.LINE,
        )
        return
    for row in bands.in_rows(band, max(len(widths), 1)):
        number = sheet.max_row + 1
        texts = [f"{clean(window.title)}\n{bands.days(window)}\n{bands.length(window)}" for window in row]
        _write(sheet, number, texts, _Look.WINDOW)
        sheet.row_dimensions[number].height = _height(texts, widths)


def _lines(printed: Table) -> Iterator[tuple[Section, Row | None]]:
    """The lines below the headings: a band (no row) where a phase has a title, then its activities."""
    for section in printed.sections:
        if section.title:
            yield section, None
        for row in section.rows:
            yield section, row


def _values_and_look(section: Section, row: Row | None, printed: Table) -> tuple[list[_Value], _Look]:
    if row is None:
        return [section.title, *[None] * (len(printed.columns) + len(SORTABLE) - 1)], _Look.PHASE
    cells = zip(printed.columns, row.cells, strict=True)
    values = [_printed_value(day_of(column.field, row.activity), text) for column, text in cells]
    look = _Look.CANCELLED if row.cancelled else _Look.DECISION if row.decision else _Look.ROW
    return [*values, *_sortable(section, row)], look


def _height(values: Sequence[_Value], widths: Sequence[int]) -> int:
    """Points, from how the texts will wrap: LibreOffice shows a row of no height as one line."""
    texts = [(value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)]
    lines = max((_line_count(text, width) for text, width in texts), default=1)
    return min(lines * LINE_HEIGHT + 3, TALLEST_ROW)


def _line_count(text: str, width: int) -> int:
    """A width counts digits, and a line of prose holds a tenth more characters than digits."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(len(wrap(line, round(width * 1.1))) or 1 for line in text.split("\n"))


def _printed_value(day: date | None, text: str) -> _Value:
    return _Day(day, _DAY_IN_WORDS) if day else text


def _sortable(section: Section, row: Row) -> list[_Value]:
    activity = row.activity
    days = [_Day(day, _DAY) if day else None for day in (activity.start, activity.end)]
    return [*days, weekdays(activity), weeks(activity), section.title, clean(activity.id)]


def _window_sheet(sheet: Worksheet, timeline: Timeline) -> None:
    _write(sheet, 1, list(WINDOW_COLUMNS), _Look.HEADING)
    for number, window in enumerate(timeline.windows, start=2):
        _write(sheet, number, _window_values(window), _Look.ROW)
    _set_widths(sheet, list(WINDOW_COLUMNS.values()))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _set_page(sheet, timeline)


def _window_values(window: Window) -> list[_Value]:
    ends = [_Day(day, _DAY) for day in (window.start, window.end)]
    return [clean(window.title), bands.days(window), *ends, window.working_days, clean(window.minimum)]


def _about_sheet(sheet: Worksheet, plan: Plan, printed: Table) -> None:
    for number, values in enumerate(_about(plan, printed), start=1):
        _write(sheet, number, values, _Look.ROW)
    _set_widths(sheet, [24, 100])
    _set_page(sheet, plan.timeline)


def _about(plan: Plan, printed: Table) -> Iterator[Sequence[_Value]]:
    timeline = plan.timeline
    yield ["Tidplan", clean(timeline.title)]
    if timeline.organisation:
        yield ["Organisation", clean(timeline.organisation)]
    yield ["Budgetår", timeline.budget_year]
    yield ["Läge", standing(timeline, plan.findings)]
    yield from ([label, text] for label, text in facts(timeline))
    if printed.decisions:
        yield ["Fet stil", "Beslut"]
    if any(row.cancelled for row in printed.rows):
        yield ["Överstruken", "Inställt"]
    yield ["Start, Slut", "Första och sista dagen som datum, för att sortera och filtrera. Skrivs inte ut."]
    yield from (["Byggd av", clean(file)] for file in timeline.files)


def _write(sheet: Worksheet, number: int, values: Sequence[_Value], look: _Look) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        cell.style = look.value
        match value:
            case _Day(day, number_format):
                cell.value, cell.number_format = day, number_format
            case int():
                cell.value = value
            case str() if value:
                cell.value, cell.data_type = _ESCAPE_OF_EXCEL.sub("_x005F_", value), "s"
                # Without it Excel would make a formula of the text the first time somebody opens and leaves the cell.
                if value.startswith(_FORMULA_STARTS):
                    cell.quotePrefix = True


def _styles() -> Iterator[NamedStyle]:
    one_line = Alignment(vertical="center", horizontal="left")
    wrapped = Alignment(wrap_text=True, vertical="top", horizontal="left")
    ruled, boxed = Border(bottom=_LINE), Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    yield NamedStyle(_Look.TITLE.value, _font(size=16, bold=True), alignment=one_line)
    yield NamedStyle(_Look.LINE.value, _font(), alignment=one_line)
    yield NamedStyle(_Look.HEADING.value, _font(bold=True, color="FFFFFF"), _fill("1F3864"), alignment=wrapped)
    yield NamedStyle(_Look.PHASE.value, _font(bold=True), _fill("DCE6F1"), alignment=one_line)
    yield NamedStyle(_Look.ROW.value, _font(), border=ruled, alignment=wrapped)
    yield NamedStyle(_Look.DECISION.value, _font(bold=True), border=ruled, alignment=wrapped)
    yield NamedStyle(_Look.WINDOW.value, _font(), _fill("DCE6F1"), border=boxed, alignment=wrapped)
    yield NamedStyle(_Look.CANCELLED.value, _font(strike=True), border=ruled, alignment=wrapped)


def _font(size: int = 11, *, bold: bool = False, strike: bool = False, color: str = "000000") -> Font:
    return Font(name="Calibri", size=size, bold=bold, strike=strike, color=color)


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _set_page(sheet: Worksheet, timeline: Timeline) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, header=0.2, footer=0.3)
    sheet.sheet_view.showGridLines = False
    sheet.HeaderFooter.oddFooter = _footer(timeline)


def _footer(timeline: Timeline) -> HeaderFooterItem:
    footer = HeaderFooterItem()
    footer.left.text = clean(timeline.title).replace("\n", " ")[:LONGEST_IN_FOOTER].replace("&", "&&")
    footer.right.text = "Sida &P av &N"
    return footer


def _check_lengths(printed: Table) -> None:
    reasons = [
        _too_long(clean(column.heading), text, row.activity.source)
        for row in printed.rows
        for column, text in zip(printed.columns, row.cells, strict=True)
        if len(text) > LONGEST_TEXT
    ]
    if reasons:
        raise InvalidProcess(reasons)


def _too_long(heading: str, text: str, span: Span | None) -> Diagnostic:
    message = f"Texten i kolumnen {heading} har {len(text)} tecken; en ruta i Excel rymmer {LONGEST_TEXT}"
    return error("limit", message, span, "korta texten, eller bygg andra format med -f md,html,csv")


def _reproducible(book: Workbook) -> bytes:
    """The workbook with fixed times and nothing compressed: deflate differs between builds of zlib."""
    saved, steady = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as source, ZipFile(steady, "w") as target:
        for name in source.namelist():
            target.writestr(_steady_entry(name), _steady_part(source.read(name)))
    return steady.getvalue()


def _steady_part(part: bytes) -> bytes:
    return _CHOSEN_HEIGHT.sub(rb"\1", _TIMESTAMP.sub(_FIXED_TIMESTAMP, part))


def _steady_entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.compress_type = 0, ZIP_STORED
    return entry
