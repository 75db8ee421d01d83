"""The sheet *Gantt*: weeks as columns; each bar has a letter and a pattern, so that no colour is needed to read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates.swedish import month
from arshjul.definition import ActivityType
from arshjul.formats.sheet import put_sentence, shown
from arshjul.formats.text import clean
from arshjul.formats.widths import column_widths
from arshjul.formats.workbook import (
    LINE_HEIGHT,
    CellValue,
    Pen,
    Style,
    height,
    set_one_page,
    set_page,
    set_widths,
    write,
)
from arshjul.timeline import Activity, Column, Status, Timeline
from arshjul.views.plan.excel.plan import style_of, value_of
from arshjul.views.publication import Edition
from arshjul.wording.heading import standing
from arshjul.wording.table import table

COLUMNS = (Column("aktivitet", "Aktivitet"), Column("datum", "Datum"))
HEADINGS = tuple(column.heading for column in COLUMNS)
TITLE_WIDTH, WEEK_WIDTH = 56, 2.4
MONTHS, WEEKS = 5, 6  # the rows of the calendar
STOP_LETTER = "S"
LETTERS = {Style.BAR: "A", Style.DECISION_BAR: "B", Style.PRELIMINARY_BAR: "P", Style.CANCELLED_BAR: "I"}
BARS = {
    Style.DECISION: Style.DECISION_BAR,
    Style.CANCELLED: Style.CANCELLED_BAR,
    Style.PRELIMINARY: Style.PRELIMINARY_BAR,
}
LEGEND = "A aktivitet · B beslut · P preliminärt, B på streckad botten preliminärt beslut · I inställt · S stoppdatum"

Weeks = Mapping[date, int]


def put(sheet: Worksheet, plan: Edition) -> None:
    """A row for each activity, a cell for each week it touches or has its stop date in; all of it on one page."""
    heading = clean(plan.timeline.title)
    write(sheet, 1, [f"Gantt – {heading}"], Style.TITLE)
    write(sheet, 2, [standing(plan.timeline, plan.findings)], Style.LINE)
    write(sheet, 3, [LEGEND], Style.LINE)
    weeks = _weeks(plan.timeline)
    if not weeks:
        put_sentence(sheet, 5, "Ingen aktivitet har ett datum.", heading)
        return
    sections = table(plan.timeline, COLUMNS, sortable=True).sections
    dates = [shown(value_of(row.cells[1])) for section in sections for row in section.rows]
    widths = [TITLE_WIDTH, *column_widths([[HEADINGS[1]], *([text] for text in dates)]), *[WEEK_WIDTH] * len(weeks)]
    _put_calendar(sheet, list(weeks))
    set_widths(sheet, widths)
    pen, number = Pen(sheet), WEEKS
    for section in sections:
        if section.title:
            number += 1
            pen.write(number, [section.title, *[None] * (len(widths) - 1)], Style.PHASE)
            sheet.row_dimensions[number].height = height((), widths)
        for row in section.rows:
            number += 1
            pen.write(number, [row.cells[0].text, value_of(row.cells[1])], style_of(row.activity))
            for column, (letters, style) in _marks(row.activity, weeks).items():
                pen.write(number, [letters], style, first=column)
            sheet.row_dimensions[number].height = height(row.texts[:1], widths)
    sheet.freeze_panes = f"C{WEEKS + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{MONTHS}:{WEEKS}", "A:A"
    set_page(sheet, heading)
    set_one_page(sheet, widths, sum(each.height or LINE_HEIGHT for each in sheet.row_dimensions.values()))


def _put_calendar(sheet: Worksheet, mondays: Sequence[date]) -> None:
    """The weeks by number, each month above its first week, with the year where it is another."""
    months: list[CellValue] = [None] * len(HEADINGS)
    for n, monday in enumerate(mondays):
        before = mondays[n - 1] if n else date.min
        # a week belongs to the month, and the year, of its Thursday
        day, last = monday + timedelta(days=3), before + timedelta(days=3)
        year = f" {day.year}" if day.year != last.year else ""
        months.append(f"{month(day.month)[:3]}{year}" if day.month != last.month or year else None)
    write(sheet, MONTHS, months, Style.MONTH)
    write(sheet, WEEKS, HEADINGS, Style.HEADING)
    write(sheet, WEEKS, [monday.isocalendar().week for monday in mondays], Style.WEEK, first=len(HEADINGS))


def _weeks(timeline: Timeline) -> Weeks:
    """The Mondays of the plan, each with its column, counted from 0."""
    occurrences = [occurrence for activity in timeline.activities for occurrence in activity.occurrences]
    days = [day for occurrence in occurrences for day in (occurrence.start, occurrence.end)]
    days += [activity.stop_date.day for activity in timeline.activities if activity.stop_date.day]
    if not days:
        return {}
    mondays = _mondays(min(days), max(days))
    return {monday: column for column, monday in enumerate(mondays, start=len(HEADINGS))}


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    return (monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1))


def _marks(activity: Activity, weeks: Weeks) -> Mapping[int, tuple[str, Style]]:
    """Column → letters and style; a stop date in the week of the meeting itself stands beside its letter."""
    # What is preliminary looks so, decision or not: no reader may take the day for settled.
    preliminary = activity.status is Status.PRELIMINARY
    style = Style.PRELIMINARY_BAR if preliminary else BARS.get(style_of(activity), Style.BAR)
    letter = LETTERS[Style.DECISION_BAR if activity.type is ActivityType.DECISION else style]
    spans: Sequence[tuple[date, date]] = [(o.start, o.end) for o in activity.occurrences]
    marks = {weeks[monday]: (letter, style) for first, last in spans for monday in _mondays(first, last)}
    if stop := activity.stop_date.day:
        column = weeks[stop - timedelta(days=stop.weekday())]
        letters, there = marks.get(column, ("", Style.STOP_BAR))
        marks[column] = (letters + STOP_LETTER, there)
    return marks
