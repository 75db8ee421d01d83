"""From plans and a day to what is late, what is this week and which stop dates come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from arshjul.timeline import Activity, Timeline
from arshjul.wording.columns import title
from arshjul.wording.dates import dates_alone, stop_date_text


class PlanInProgress(Struct, frozen=True):
    """A plan and its done-marks; `done` is None where nobody marks anything in it: then no row of it is late."""

    timeline: Timeline
    done: Mapping[str, date] | None = None


class UpcomingRow(Struct, frozen=True):
    """A row of a list: `day` sorts it, `words` are its date, `address` is what `done` and `explain` take."""

    day: date
    words: str
    title: str
    address: str
    budget_year: int
    body: str | None = None
    done: date | None = None


class Upcoming(Struct, frozen=True):
    """The three lists, each by day. `days` is how far the stop dates go, `unmarked` the plans without done-marks."""

    today: date
    days: int
    late: tuple[UpcomingRow, ...]
    week: tuple[UpcomingRow, ...]
    stop_dates: tuple[UpcomingRow, ...]
    unmarked: tuple[str, ...]


def upcoming(plans: Sequence[PlanInProgress], today: date, days: int) -> Upcoming:
    """What is late on a day, what happens in its week (Monday to Sunday), and the stop dates of the `days` from it on.

    What is cancelled is left out. What is done is not late, and is marked in its week.
    """
    monday = today - timedelta(days=today.weekday())
    return Upcoming(
        today,
        days,
        _by_day(entry for plan in plans for entry in _late(plan, today)),
        _by_day(entry for plan in plans for entry in _between(plan, monday, monday + timedelta(days=6))),
        _by_day(entry for plan in plans for entry in _stop_dates(plan, today, today + timedelta(days=days))),
        tuple(f"{plan.timeline.process} {plan.timeline.budget_year}" for plan in plans if plan.done is None),
    )


def _by_day(entries: Iterator[UpcomingRow]) -> tuple[UpcomingRow, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.address, entry.budget_year)))


def _late(plan: PlanInProgress, today: date) -> Iterator[UpcomingRow]:
    """Rows whose last day has passed; what others do (`omvärld`) is nobody's to be late with."""
    if plan.done is None:
        return
    for row in plan.timeline.activities:
        last = row.late_after
        if last is not None and last < today and row.id not in plan.done:
            yield _entry(plan, row, last, dates_alone(row))


def _between(plan: PlanInProgress, first: date, last: date) -> Iterator[UpcomingRow]:
    for row in _held(plan):
        days = [each.start for each in row.occurrences if each.start <= last and first <= each.end]
        if days:
            yield _entry(plan, row, max(min(days), first), dates_alone(row))


def _stop_dates(plan: PlanInProgress, first: date, last: date) -> Iterator[UpcomingRow]:
    for row in _held(plan):
        day = row.stop_date.day
        if day is not None and first <= day <= last and row.id not in (plan.done or ()):
            yield _entry(plan, row, day, stop_date_text(row.stop_date, None))


def _held(plan: PlanInProgress) -> Iterator[Activity]:
    return (row for row in plan.timeline.activities if row.cancelled is None)


def _entry(plan: PlanInProgress, row: Activity, day: date, words: str) -> UpcomingRow:
    timeline = plan.timeline
    done = (plan.done or {}).get(row.id)
    return UpcomingRow(day, words, title(row), f"{timeline.process}/{row.id}", timeline.budget_year, row.body, done)
