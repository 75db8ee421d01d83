"""Several days in a cell: what belongs to which of them, and what holds for all."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.intake.meetings.model import Unclear
from arshjul.intake.meetings.said import Said, WrittenDay


def bound(items: list[Said], above: list[Said]) -> list[Said]:
    """The items of a line, each with a day; what has none is said of the one before, a weekday of the one after."""
    bound: list[Said] = []
    waiting: Said | None = None
    for said in items:
        before = (bound or above)[-1] if bound or above else None
        if waiting is not None:
            said.take(waiting)
            waiting = None
        if said.dated or before is None or not before.dated:
            if not said.dated and said.weekdays and said is not items[-1]:
                waiting = said
                continue
            bound.append(said)
        else:
            before.take(said)
    return bound


def spread(items: Sequence[Said]) -> None:
    """A clock time that stands last in a line is of all its days, as in the date language; so is `prel.` first."""
    if len(items) < 2:
        return
    if any(said.outside and (said.cancelled or said.reserve) for said in items):
        raise Unclear("går det som står vid dagarna på en av dem eller på alla?")
    if not any(said.times for said in items[:-1]):
        for said in items:
            said.times = items[-1].times
    if items[0].preliminary and items[0].outside:
        for said in items[1:]:
            said.preliminary = True


def fill_months(found: Sequence[Said]) -> None:
    """A day without a month has that of the nearest day after it, else before it: `13 och 27 januari`."""
    for ordered in (list(reversed(found)), found):
        month = year = None
        for said in ordered:
            if said.day is None:
                continue
            if said.day.month is None and month is not None:
                said.day = WrittenDay(said.day.first, said.day.last, month, year)
            month, year = said.day.month, said.day.year
