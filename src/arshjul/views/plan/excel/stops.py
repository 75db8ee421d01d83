"""The sheet *Stoppdatum*: what is to be handed in, by day, each with the meeting it belongs to."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates.swedish import day_text
from arshjul.formats.sheet import Column, Line, Place, grid, put_sentence
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import DAY, Day, Style, write
from arshjul.timeline import Activity
from arshjul.views.extract import stop_dates
from arshjul.views.plan.excel.plan import style_of, value_of
from arshjul.views.publication import Edition
from arshjul.wording.columns import marks, title
from arshjul.wording.dates import dates_cell, stop_date_cell
from arshjul.wording.heading import standing

COLUMNS = (
    Column("Stoppdatum"),
    Column("Ärende"),
    Column("Organ"),
    Column("Sammanträde"),
    Column("Dagar emellan"),
    Column("Ansvarig för tjänsteskrivelse"),
    Column("Märkning"),
    Column("Anmärkning"),
    Column("Sista dag", Place.ASIDE),
    Column("Id", Place.HIDDEN),
)


def put(sheet: Worksheet, plan: Edition) -> None:
    """The matters with something to hand in; those whose stop date is no day come last."""
    heading = clean(plan.timeline.title)
    write(sheet, 1, [f"Stoppdatum – {heading}"], Style.TITLE)
    write(sheet, 2, [standing(plan.timeline, plan.findings)], Style.LINE)
    due = stop_dates(plan.timeline).activities
    if due:
        put_grid(sheet, 4, grid(COLUMNS, [_line(activity) for activity in due]), heading)
    else:
        put_sentence(sheet, 4, "Inget ärende i planen har ett stoppdatum.", heading)


def _line(activity: Activity) -> Line:
    stop = activity.stop_date
    remarks = []  # what is not as the rule of the body has it
    if stop.day and stop.rule_day and stop.written and stop.rule_day != stop.day:
        remarks.append(f"regeln ger {day_text(stop.rule_day, year=True)}")
    if stop.deviates:
        remarks.append("eget datum i sammanträdesplanen")
    if stop.rolled:
        remarks.append(f"i stället för {day_text(stop.rolled[0].day, year=True)} ({clean(stop.rolled[0].name)})")
    values = [
        value_of(stop_date_cell(stop)),
        title(activity),
        clean(activity.body),
        value_of(dates_cell(activity)),
        (activity.start - stop.day).days if stop.day and activity.start else None,
        clean(activity.case_officer),
        marks(activity),
        ", ".join(remarks),
        Day(stop.day, DAY) if stop.day else None,
        clean(activity.id),
    ]
    return Line(values, style_of(activity), {0: Style.STOP_DATE})
