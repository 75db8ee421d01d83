"""`bokningslista`: who is to meet when, where and why, for the one who books rooms and sends invitations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from arshjul.dates.syntax import DayPart
from arshjul.definition import ActivityType
from arshjul.formats.csv import written
from arshjul.formats.text import clean
from arshjul.timeline import Timeline
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


def meetings(timeline: Timeline) -> Iterator[CalendarEntry]:
    """The dates on which people come together: the type says so, or the place; a row without type is a meeting."""
    for entry in entries(timeline):
        kind = entry.activity.type
        if (kind is None or kind in MEETINGS or entry.activity.place is not None) and not entry.occurrence.deadline:
            yield entry


def render(plan: Edition) -> bytes:
    """CSV: a line for each day of each meeting, by day and time. Several addresses are parted as mail programs do."""
    booked: list[tuple[date, int, list[str]]] = []
    for entry in meetings(plan.timeline):
        activity, clock, part = entry.activity, entry.occurrence.clock, entry.occurrence.part
        begins = clock.start if clock else BEGINS.get(part, 0)
        addresses = "; ".join(activity.addresses)
        cells = (str(clock or part or ""), activity.place, marked(entry), people(activity), addresses, activity.purpose)
        booked += [(day, begins, [day.isoformat(), *map(clean, cells)]) for day in entry.days()]
    # those that begin together stand in the order of the plan
    return written([COLUMNS, *(cells for *_, cells in sorted(booked, key=lambda each: each[:2]))])
