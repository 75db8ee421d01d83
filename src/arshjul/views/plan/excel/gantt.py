"""The sheet *Gantt*: weeks as columns; each bar has a letter and a pattern, so that no colour is needed to read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.formats.sheet import put_sentence
from arshjul.formats.text import clean
from arshjul.formats.workbook import Pen, Style, height, set_page, set_widths, write
from arshjul.timeline import Activity, Column, Status, Timeline
from arshjul.views.plan.excel.plan import style_of
from arshjul.views.publication import Edition
from arshjul.wording.heading import standing
from arshjul.wording.table import table

COLUMNS = (Column("aktivitet", "Aktivitet"), Column("datum", "Datum"))
HEADINGS = tuple(column.heading for column in COLUMNS)
WIDTHS = (44, 30)
WEEK_WIDTH, WEEK_HEIGHT = 3.3, 62
STOP_LETTER = "S"
LETTERS = {Style.BAR: "A", Style.DECISION_BAR: "B", Style.PRELIMINARY_BAR: "P", Style.CANCELLED_BAR: "I"}
BARS = {
    Style.DECISION: Style.DECISION_BAR,
    Style.CANCELLED: Style.CANCELLED_BAR,
    Style.PRELIMINARY: Style.PRELIMINARY_BAR,
}
LEGEND = "A aktivitet · B beslut · P preliminärt · I inställt · S stoppdatum"

Weeks = Mapping[date, int]


def put(sheet: Worksheet, plan: Edition) -> None:
    """A row for each activity, a cell for each week it touches or has its stop date in."""
    heading = clean(plan.timeline.title)
    write(sheet, 1, [f"Gantt – {heading}"], Style.TITLE)
    write(sheet, 2, [standing(plan.timeline, plan.findings)], Style.LINE)
    write(sheet, 3, [LEGEND], Style.LINE)
    weeks = _weeks(plan.timeline)
    if not weeks:
        put_sentence(sheet, 5, "Ingen aktivitet har ett datum.", heading)
        return
    write(sheet, 5, HEADINGS, Style.HEADING)
    named = [f"v. {week} {year}" for year, week, _ in map(date.isocalendar, weeks)]
    write(sheet, 5, named, Style.WEEK, first=len(HEADINGS))
    sheet.row_dimensions[5].height = WEEK_HEIGHT
    set_widths(sheet, [*WIDTHS, *[WEEK_WIDTH] * len(weeks)])
    pen, number = Pen(sheet), 5
    for section in table(plan.timeline, COLUMNS, sortable=True).sections:
        if section.title:
            number += 1
            pen.write(number, [section.title, *[None] * (len(HEADINGS) + len(weeks) - 1)], Style.PHASE)
            sheet.row_dimensions[number].height = height((), WIDTHS)
        for row in section.rows:
            number += 1
            pen.write(number, row.texts, style_of(row.activity))
            for column, (letters, style) in _marks(row.activity, weeks).items():
                pen.write(number, [letters], style, first=column)
            sheet.row_dimensions[number].height = height(row.texts, WIDTHS)
    sheet.freeze_panes = "C6"
    sheet.print_title_rows, sheet.print_title_cols = "5:5", "A:A"
    set_page(sheet, heading)


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
    spans: Sequence[tuple[date, date]] = [(o.start, o.end) for o in activity.occurrences]
    marks = {weeks[monday]: (LETTERS[style], style) for first, last in spans for monday in _mondays(first, last)}
    if stop := activity.stop_date.day:
        column = weeks[stop - timedelta(days=stop.weekday())]
        letters, there = marks.get(column, ("", Style.STOP_BAR))
        marks[column] = (letters + STOP_LETTER, there)
    return marks
