"""The sheet *Helgdagar*: the days off, half days and klämdagar of the years that the plan runs through."""

from __future__ import annotations

from datetime import date, timedelta

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates.swedish import weekday
from arshjul.formats.sheet import Column, Line, grid
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import DAY_AND_MONTH, Day, Style, write
from arshjul.views.publication import Edition
from arshjul.workdays import Workdays

COLUMNS = (Column("Datum"), Column("Veckodag"), Column("Vecka"), Column("Dag"), Column("Räknas som"))
OFF, WORKED = "ledig dag", "arbetsdag"


def put(sheet: Worksheet, plan: Edition, workdays: Workdays) -> None:
    """Ordinary Saturdays and Sundays are left out."""
    title = clean(plan.timeline.title)
    # A plan without dates runs through the year before the budget year.
    usual = date(plan.timeline.budget_year - 1, 1, 1)
    years = range((plan.timeline.start or usual).year, (plan.timeline.end or usual).year + 1)
    write(sheet, 1, [f"Helgdagar {years[0]}–{years[-1]}" if len(years) > 1 else f"Helgdagar {years[0]}"], Style.TITLE)
    lines, day = [], date(years[0], 1, 1)
    while day.year in years:
        off, half = workdays.why_off(day), workdays.half_day(day)
        if off:
            name = "" if off == weekday(day) else clean(off)
        else:
            name = f"halvdag ({half})" if half else "klämdag" if workdays.bridge_day(day) else ""
        if name:
            counted = WORKED if workdays.is_working(day) else OFF
            week = f"v. {day.isocalendar().week}"
            lines.append(Line([Day(day, DAY_AND_MONTH), weekday(day), week, name, counted]))
        day += timedelta(days=1)
    put_grid(sheet, 3, grid(COLUMNS, lines), title)
