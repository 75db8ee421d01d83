"""`bokningslista`: who is to meet when, where and why, for the one who books rooms and sends invitations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from arshjul.dates.syntax import DayPart
from arshjul.definition import ActivityType
from arshjul.formats.csv import written
from arshjul.formats.text import clean
from arshjul.views.calendar.model import CalendarEntry, entries, marked, people
from arshjul.views.publication import Edition

COLUMNS = ("Datum", "Tid", "Plats", "Ärende", "Deltagare", "E-post", "Syfte")
MEETINGS = frozenset(
    {
        ActivityType.DECISION,
        ActivityType.PREPARATION,
        ActivityType.DELIBERATION,
        ActivityType.NEGOTIATION,
        ActivityType.CONSULTATION,
        ActivityType.INFORMATION,
        ActivityType.DIALOGUE,
    }
)
BEGINS: Mapping[DayPart | None, int] = {DayPart.AFTERNOON: 12 * 60, DayPart.EVENING: 18 * 60}


def render(plan: Edition) -> bytes:
    """CSV: a line for each day of each meeting, by day and time. Several addresses are parted as mail programs do."""
    booked = [(day, entry) for entry in entries(plan.timeline) if _is_meeting(entry) for day in entry.days()]
    return written([COLUMNS, *(_line(day, entry) for day, entry in sorted(booked, key=_time))])


def _is_meeting(entry: CalendarEntry) -> bool:
    """People come together: the type says so, or the place; a row without type is taken for a meeting."""
    activity = entry.activity
    gathers = activity.type is None or activity.type in MEETINGS or activity.place is not None
    return gathers and not entry.occurrence.deadline


def _time(booked: tuple[date, CalendarEntry]) -> tuple[date, int]:
    day, entry = booked
    clock, part = entry.occurrence.clock, entry.occurrence.part
    return day, clock.start if clock else BEGINS.get(part, 0)


def _line(day: date, entry: CalendarEntry) -> list[str]:
    activity, occurrence = entry.activity, entry.occurrence
    time = occurrence.clock or occurrence.part or ""
    cells = (
        str(time),
        activity.place,
        marked(entry),
        people(activity),
        "; ".join(activity.addresses),
        activity.purpose,
    )
    return [day.isoformat(), *map(clean, cells)]
