"""The days that a step passed over, in the words that the step ends with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from arshjul.dates.swedish import day_text
from arshjul.dates.words import WEEKDAY_NAMES
from arshjul.workdays import Workdays

MOST_SKIPPED = 100
"""Days that a step names, more than in a year of weekends: a closure of years is as many days in every row."""
_DAY = timedelta(days=1)


def days_off_between(one: date, other: date, workdays: Workdays) -> str:
    """`; hoppar över fredag 6 juni (nationaldagen), lördag 7 juni`: those between two days, neither of them counted."""
    return days_off_in(min(one, other) + _DAY, max(one, other) - _DAY, workdays)


def days_off_in(first: date, last: date, workdays: Workdays) -> str:
    """As `days_off_between`, both ends counted; empty where every day is worked, and where there is none."""
    off = workdays.days_off(first, last, MOST_SKIPPED) if first <= last else ()
    if not off:
        return ""
    # A weekend says its name by its weekday.
    named = [day_text(day) if name in WEEKDAY_NAMES[5:] else f"{day_text(day)} ({name})" for day, name in off]
    return _listed(named, (last - first).days + 1 - workdays.count(first, last))


def passed(days: Sequence[date]) -> str:
    """`; hoppar över tisdag 3 juni, tisdag 10 juni`: the first and second, where the third was asked for."""
    return _listed([day_text(day) for day in days[:MOST_SKIPPED]], len(days)) if days else ""


def _listed(named: Sequence[str], count: int) -> str:
    left = count - len(named)
    more = f" och {left} dagar till" if left else ""
    return f"; hoppar över {', '.join(named)}{more}"
