"""Excel: a workbook a controller can mail: real dates, no formula, no merged cell, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.diagnostics import InvalidProcess
from arshjul.render import Plan, bands
from arshjul.render.heading import facts, standing
from arshjul.render.printed import clean
from arshjul.render.table import Row, Section, Table, day_of, table, weekdays, weeks
from arshjul.render.workbook import (
    DAY,
    DAY_IN_WORDS,
    LONGEST_TEXT,
    Day,
    Look,
    Value,
    height,
    new_book,
    reproducible,
    set_page,
    set_widths,
    too_long,
    write,
)
from arshjul.timeline import Timeline, Window

WIDTHS = {"datum": 23, "aktivitet": 36, "stoppdatum": 22, "kommentar": 32, "syfte": 32, "mål": 32}
OTHER_WIDTH = 19
# A sort by hand needs whole columns of dates, and a page has no room for them: they stand right of what is printed.
SORTABLE = {"Start": 12, "Slut": 12, "Veckodag": 16, "Vecka": 10, "Fas": 26, "Id": 26}
WINDOW_COLUMNS = {"Tidsfönster": 40, "Tid": 34, "Start": 12, "Slut": 12, "Arbetsdagar": 14, "Minst": 20}


def render(plan: Plan) -> bytes:
    """Sheets *Tidplan*, *Tidsfönster* where there are any, and *Om*.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    printed = table(plan.timeline)
    _check_lengths(printed)
    book = new_book(clean(plan.timeline.title))
    _plan_sheet(book.create_sheet("Tidplan"), plan, printed)
    if plan.timeline.windows:
        _window_sheet(book.create_sheet("Tidsfönster"), plan.timeline)
    _about_sheet(book.create_sheet("Om"), plan, printed)
    return reproducible(book)


def _plan_sheet(sheet: Worksheet, plan: Plan, printed: Table) -> None:
    widths = [WIDTHS.get(column.field, OTHER_WIDTH) for column in printed.columns] + list(SORTABLE.values())
    headings = [clean(column.heading) for column in printed.columns]
    _top(sheet, plan)
    for band in bands.bands(plan.timeline.windows):
        _band(sheet, band, widths[: len(printed.columns)])
    head = sheet.max_row + 2
    write(sheet, head, [*headings, *SORTABLE], Look.HEADING)
    sheet.row_dimensions[head].height = height(headings, widths)
    for number, (section, row) in enumerate(_lines(printed), start=head + 1):
        values, look = _values_and_look(section, row, printed)
        write(sheet, number, values, look)
        sheet.row_dimensions[number].height = height(values if row else (), widths)
    set_widths(sheet, widths)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(headings) + len(SORTABLE))}{sheet.max_row}"
    sheet.print_title_rows = f"{head}:{head}"
    if headings:
        sheet.print_area = f"A1:{get_column_letter(len(headings))}{sheet.max_row}"
    set_page(sheet, clean(plan.timeline.title))


def _top(sheet: Worksheet, plan: Plan) -> None:
    write(sheet, 1, [clean(plan.timeline.title)], Look.TITLE)
    lines = [clean(plan.timeline.organisation), standing(plan.timeline, plan.findings)]
    for number, line in enumerate(filter(None, lines), start=2):
        write(sheet, number, [line], Look.LINE)


def _band(sheet: Worksheet, band: bands.Band, widths: Sequence[int]) -> None:
    """A window by itself is a line; windows side by side are cells, on no more columns than are printed."""
    if len(band) == 1:
        write(
            sheet,
            sheet.max_row + 1,
            [f"{clean(band[0].title)}: {bands.days(band[0])}, {bands.length(band[0])}"],
            Look.LINE,
        )
        return
    for row in bands.in_rows(band, max(len(widths), 1)):
        number = sheet.max_row + 1
        texts = [f"{clean(window.title)}\n{bands.days(window)}\n{bands.length(window)}" for window in row]
        write(sheet, number, texts, Look.WINDOW)
        sheet.row_dimensions[number].height = height(texts, widths)


def _lines(printed: Table) -> Iterator[tuple[Section, Row | None]]:
    """The lines below the headings: a band (no row) where a phase has a title, then its activities."""
    for section in printed.sections:
        if section.title:
            yield section, None
        for row in section.rows:
            yield section, row


def _values_and_look(section: Section, row: Row | None, printed: Table) -> tuple[list[Value], Look]:
    if row is None:
        return [section.title, *[None] * (len(printed.columns) + len(SORTABLE) - 1)], Look.PHASE
    cells = zip(printed.columns, row.cells, strict=True)
    values = [_printed_value(day_of(column.field, row.activity), text) for column, text in cells]
    look = Look.CANCELLED if row.cancelled else Look.DECISION if row.decision else Look.ROW
    return [*values, *_sortable(section, row)], look


def _printed_value(day: date | None, text: str) -> Value:
    return Day(day, DAY_IN_WORDS) if day else text


def _sortable(section: Section, row: Row) -> list[Value]:
    activity = row.activity
    days = [Day(day, DAY) if day else None for day in (activity.start, activity.end)]
    return [*days, weekdays(activity), weeks(activity), section.title, clean(activity.id)]


def _window_sheet(sheet: Worksheet, timeline: Timeline) -> None:
    write(sheet, 1, list(WINDOW_COLUMNS), Look.HEADING)
    for number, window in enumerate(timeline.windows, start=2):
        write(sheet, number, _window_values(window), Look.ROW)
    set_widths(sheet, list(WINDOW_COLUMNS.values()))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    set_page(sheet, clean(timeline.title))


def _window_values(window: Window) -> list[Value]:
    ends = [Day(day, DAY) for day in (window.start, window.end)]
    return [clean(window.title), bands.days(window), *ends, window.working_days, clean(window.minimum)]


def _about_sheet(sheet: Worksheet, plan: Plan, printed: Table) -> None:
    for number, values in enumerate(_about(plan, printed), start=1):
        write(sheet, number, values, Look.ROW)
    set_widths(sheet, [24, 100])
    set_page(sheet, clean(plan.timeline.title))


def _about(plan: Plan, printed: Table) -> Iterator[Sequence[Value]]:
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


def _check_lengths(printed: Table) -> None:
    reasons = [
        too_long(clean(column.heading), text, row.activity.source)
        for row in printed.rows
        for column, text in zip(printed.columns, row.cells, strict=True)
        if len(text) > LONGEST_TEXT
    ]
    if reasons:
        raise InvalidProcess(reasons)
