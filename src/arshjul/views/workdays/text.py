"""The calendar of working days as lines for a terminal: a year month by month, or one day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from arshjul.dates.swedish import day_text
from arshjul.dates.swedish import month as month_name
from arshjul.formats.terminal import Paint, safe
from arshjul.workdays import OutOfRange, Workdays


def render_year(workdays: Workdays, year: int, paint: Paint) -> str:
    """The count of the year, then each month with what is special about its days."""
    lines = [paint(f"Arbetsdagar {year}: {workdays.working_days_of_year(year)}", "fet")]
    for month in range(1, 13):
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        weeks = f"v. {first.isocalendar().week}–{last.isocalendar().week}"
        count = workdays.count(first, last)
        lines += ["", paint(f"{month_name(month).capitalize()} {year} ({weeks}): {count} arbetsdagar", "fet")]
        for day in (first + timedelta(offset) for offset in range(last.day)):
            why = workdays.why_off(day)
            if why in {"lördag", "söndag"}:
                continue  # ordinary weekends go without saying
            if remark := f"ledig: {safe(why)}" if why else "; ".join(_kinds(workdays, day)):
                lines.append(f"  {day_text(day):<18}  {remark}")
    return "".join(f"{line}\n" for line in lines)


def render_day(workdays: Workdays, day: date) -> str:
    """Whether the day is worked, why not if it is not, and the working days around it."""
    why = workdays.why_off(day)
    kinds = "; ".join(_kinds(workdays, day))
    verdict = f"är ingen arbetsdag: {safe(why)}" if why else "är en arbetsdag" + (f" ({kinds})" if kinds else "")
    lines = [f"{day_text(day, year=True)} (v. {day.isocalendar().week}) {verdict}"]
    for word, step in (("före", -1), ("efter", 1)):
        with suppress(OutOfRange):  # the first and the last day that the table knows have a neighbour on one side only
            lines.append(f"arbetsdagen {word}: {day_text(workdays.add(day, step), year=True)}")
    return "".join(f"{line}\n" for line in lines)


def _kinds(workdays: Workdays, day: date) -> Iterator[str]:
    if half := workdays.half_day(day):
        yield f"halvdag: {half}"
    if workdays.bridge_day(day):
        yield "klämdag"
