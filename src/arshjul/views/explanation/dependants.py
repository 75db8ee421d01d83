"""What is counted from what in a timeline: the other way round from the steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from arshjul.dates.swedish import dated_text
from arshjul.diagnostics import Span
from arshjul.timeline import STOP_DATE, Activity, Step, Timeline
from arshjul.wording.dates import dates_alone, step_text, stop_date_text

MOST_COUNTED = 1000
"""Of what hangs on one date; a chain of ten thousand rows would else be walked once from every row of it."""


class Dependant(Struct, frozen=True):
    """A row (`a`), a stop date, a chain step (`a.utskick`) or a window that is counted from something."""

    name: str
    result: str
    day: date | None
    span: Span | None


class Dependants(Struct, frozen=True):
    """`direct` are counted from the date itself. `in_all` counts those that are counted from these, and so on, too;
    None where they are more than `MOST_COUNTED`."""

    direct: tuple[Dependant, ...] = ()
    in_all: int | None = 0


def dependants_of(timeline: Timeline) -> Mapping[str, Sequence[Dependant]]:
    """Name → all that counts from it directly, in the order of the plan, windows last."""
    found: dict[str, dict[str, Dependant]] = {}
    for dependant, steps in _dated(timeline):
        for step in steps:
            for name in (step.follows, *step.counts_from):
                if name is not None:
                    found.setdefault(name, {})[dependant.name] = dependant
    return {name: tuple(dependants.values()) for name, dependants in found.items()}


def hanging_on(name: str, dependants: Mapping[str, Sequence[Dependant]]) -> Dependants:
    """All that moves with the date of that name."""
    seen: set[str] = set()
    waiting = [name]
    while waiting and len(seen) <= MOST_COUNTED:
        new = [each.name for each in dependants.get(waiting.pop(), ()) if each.name not in seen]
        seen.update(new)
        waiting += new
    in_all = len(seen - {name})
    return Dependants(tuple(dependants.get(name, ())), in_all if in_all <= MOST_COUNTED else None)


def _dated(timeline: Timeline) -> Iterator[tuple[Dependant, Sequence[Step]]]:
    for activity in timeline.activities:
        yield from _dated_of_row(activity)
    for window in timeline.windows:
        days = Dependant(window.id, dated_text(window.dated, None), window.start, window.span)
        yield days, (*window.start_steps, *window.end_steps)


def _dated_of_row(activity: Activity) -> Iterator[tuple[Dependant, Sequence[Step]]]:
    yield Dependant(activity.id, dates_alone(activity), activity.start, activity.source), activity.steps
    stop = activity.stop_date
    if stop.steps:
        name = f"{activity.id}.{STOP_DATE}"
        yield Dependant(name, stop_date_text(stop, None), stop.day, stop.span or stop.steps[-1].span), stop.steps
    for step in activity.chain:
        if step.steps:
            name = f"{activity.id}.{step.name}"
            yield Dependant(name, step_text(step, None), step.day, step.steps[-1].span), step.steps
