"""What of a plan stands in a calendar: the dates that are certain days, and what each is called there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from arshjul.dates.extent import Precision
from arshjul.dates.syntax import Certainty, DayPart
from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.record.comparing import Home
from arshjul.timeline import Activity, Occurrence, Status, Timeline
from arshjul.wording.dates import PRELIMINARY, certainty

MOST_DAYS = 5
MIDNIGHT = 24 * 60


class CalendarEntry(Struct, frozen=True):
    """One date of an activity that somebody keeps free or keeps to. `ordinal` counts all its dates, from 1."""

    activity: Activity
    occurrence: Occurrence
    ordinal: int

    @property
    def tentative(self) -> bool:
        """Not to be relied on: preliminary, `vid behov` or `ca`."""
        return bool(certainty(self.occurrence, self.activity)) or self.about

    @property
    def about(self) -> bool:
        """Said with `ca`."""
        return self.occurrence.precision is Precision.VAGUE

    @property
    def timed(self) -> bool:
        """Whether it begins at a time of one day. Midnight at its end is no time of that day."""
        clock = self.occurrence.clock
        return clock is not None and self.occurrence.start == self.occurrence.end and clock.start < MIDNIGHT

    @property
    def gathers(self) -> bool:
        """Whether people spend the time on it: it has a clock time or the whole day, and is no deadline."""
        whole_day = self.occurrence.part is DayPart.WHOLE_DAY
        return not self.occurrence.deadline and (self.timed or whole_day)

    def days(self) -> Iterator[date]:
        """Every day, first to last."""
        return map(self.occurrence.start.__add__, map(timedelta, range(_length(self.occurrence))))


def entries(timeline: Timeline) -> Iterator[CalendarEntry]:
    """The dates of all rows, in printed order, but work, as-of dates and what is longer than five days."""
    for activity in timeline.activities:
        if activity.type is ActivityType.WORK:
            continue
        as_of = activity.as_of
        for ordinal, occurrence in enumerate(activity.occurrences, start=1):
            # a row with `per` and no `när` has the as-of date for its date: nobody keeps that day free
            is_as_of = as_of is not None and (occurrence.start, occurrence.end) == (as_of.start, as_of.end)
            if _length(occurrence) <= MOST_DAYS and not is_as_of:
                yield CalendarEntry(activity, occurrence, ordinal)


def stop_dates(timeline: Timeline) -> Iterator[tuple[Activity, date]]:
    """The rows with something to hand in on a certain day, and the day; work has none.

    A cancelled row too, with the day that it would have had: whoever has it in a calendar is told.
    """
    for activity in timeline.activities:
        day = activity.stop_date.day or activity.stop_date.withdrawn
        if activity.type is not ActivityType.WORK and day is not None:
            yield activity, day


def home(timeline: Timeline) -> Home:
    """What the UIDs of a plan have in common."""
    return clean(timeline.organisation), timeline.process, str(timeline.budget_year)


def matter(activity: Activity) -> str:
    """`KS: rambudget 2026`: the body first, whether the title begins with it or not. In one line."""
    title = " ".join(clean(activity.title).split())
    named = activity.body is None or re.match(rf"{re.escape(activity.body)}\b", title, re.IGNORECASE)
    return title if named else f"{activity.body}: {title}"


def marked(entry: CalendarEntry) -> str:
    """The matter and what must be known of its date: `CSG: rambudget 2026 (fm, preliminärt)`, `INSTÄLLT: CSG: …`."""
    if entry.activity.status is Status.CANCELLED:
        return f"INSTÄLLT: {matter(entry.activity)}"
    occurrence = entry.occurrence
    marks = ", ".join(
        mark
        for mark in (
            "senast" if occurrence.deadline else "",
            occurrence.part.value if occurrence.part and not entry.timed else "",
            f"kl {occurrence.clock}" if occurrence.clock and not entry.timed else "",
            Certainty.ABOUT if entry.about else "",
            certainty(occurrence, entry.activity),
            "flyttat" if entry.activity.status is Status.MOVED else "",
        )
        if mark
    )
    return f"{matter(entry.activity)} ({marks})" if marks else matter(entry.activity)


def marked_stop_date(activity: Activity) -> str:
    """`Stoppdatum KS: rambudget 2026 (preliminärt)`: never to be taken for the meeting."""
    text = f"Stoppdatum {matter(activity)}"
    if activity.status is Status.CANCELLED:
        return f"INSTÄLLT: {text}"
    return f"{text} ({PRELIMINARY})" if activity.stop_date.preliminary else text


def people(activity: Activity) -> str:
    """All who take part, whatever their group, in one line."""
    return ", ".join(dict.fromkeys(clean(name) for names in activity.participants.values() for name in names))


def _length(occurrence: Occurrence) -> int:
    return (occurrence.end - occurrence.start).days + 1
