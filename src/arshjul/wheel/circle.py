"""Days on a circle: angles, and lanes in which nothing overlaps.

Angles are degrees clockwise from the top, where 1 January begins; a day is as wide as the year is long. Radii are in
the units of the drawing, in which a mark is `MARK` wide whatever the year holds: a fuller wheel is a larger one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import asin, degrees
from typing import TypeVar

MARK = 28.0
PERIOD = 19.0
PHASE = 18.0
NAME = 24.0
HUB = 150.0
GAP = 8.0


class Kind(StrEnum):
    """What a mark stands for."""

    ACTIVITY = "activity"
    DECISION = "decision"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Mark:
    """A day. `angle` is the middle of it, `radius` that of the mark's centre."""

    number: int
    kind: Kind
    angle: float
    year_concerned: int
    cancelled: bool = False
    radius: float = 0.0

    @property
    def reach(self) -> tuple[float, float]:
        """The angles it takes; before the year's first is below 0, after its last above 360."""
        half = width(MARK, self.radius) / 2
        return self.angle - half, self.angle + half


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of days, clipped to the year: a phase (with a title, number 0) or a period of an activity.

    An open end is one that goes on outside the year. `radius` is that of its middle.
    """

    number: int
    start: float
    end: float
    open_start: bool
    open_end: bool
    year_concerned: int
    title: str = ""
    cancelled: bool = False
    radius: float = 0.0

    @property
    def reach(self) -> tuple[float, float]:
        """The angles it takes: its own, or those of its number where that is wider."""
        half, middle = width(PERIOD, self.radius) / 2, (self.start + self.end) / 2
        return min(self.start, middle - half), max(self.end, middle + half)


@dataclass(frozen=True, slots=True)
class Ring:
    """One circle between two radii: phases innermost, then periods, then marks, and the name along the outer edge."""

    name: str
    inner: float
    outer: float
    phases: tuple[Arc, ...]
    periods: tuple[Arc, ...]
    marks: tuple[Mark, ...]

    @property
    def numbered(self) -> tuple[Arc | Mark, ...]:
        """Periods and marks, from the inside out."""
        return (*self.periods, *self.marks)


Item = TypeVar("Item", Mark, Arc)


def days_of(year: int) -> int:
    """365 or 366."""
    return date(year, 12, 31).timetuple().tm_yday


def angle(day: date, year: int) -> float:
    """Where the day begins. Days of other years give less than 0, or 360 and more."""
    return (day - date(year, 1, 1)).days * 360 / days_of(year)


def middle(start: date, end: date, year: int) -> float:
    """Half way between the beginning of the first day and the end of the last."""
    return (angle(start, year) + angle(end, year) + 360 / days_of(year)) / 2


def arc(start: date, end: date, year: int, year_concerned: int, *, number: int = 0, title: str = "") -> Arc:
    """The part of the days, both included, that lies in the year."""
    first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
    after = angle(last, year) + 360 / days_of(year)
    return Arc(number, angle(first, year), after, start < first, end > last, year_concerned, title)


def width(size: float, radius: float) -> float:
    """The degrees that something of that size takes at the radius."""
    return 2 * degrees(asin(min(size / (2 * radius), 1))) if radius else 0.0


def ring(name: str, inner: float, phases: Sequence[Arc], periods: Sequence[Arc], marks: Sequence[Mark]) -> Ring:
    """The ring from the radius `inner` out, as wide as its lanes need."""
    placed_phases, edge = _in_lanes(phases, inner, PHASE)
    placed_periods, edge = _in_lanes(periods, edge, PERIOD)
    placed_marks, edge = _in_lanes(marks, edge, MARK)
    return Ring(name, inner, edge + NAME, placed_phases, placed_periods, placed_marks)


def _in_lanes(items: Sequence[Item], inner: float, pitch: float) -> tuple[tuple[Item, ...], float]:
    """The items with their radii, lane upon lane, and the outer edge of the last lane."""
    placed: list[Item] = []
    waiting = list(items)
    while waiting:
        at_lane = [replace(item, radius=inner + pitch / 2) for item in waiting]
        lane = _fitting(at_lane)
        placed += [at_lane[index] for index in lane]
        waiting = [item for index, item in enumerate(waiting) if index not in lane]
        inner += pitch
    return tuple(placed), inner


def _fitting(items: Sequence[Item]) -> set[int]:
    """Which of the items a lane takes, at least one: each in turn that touches none before it, nor, round the
    year's end, the first."""
    chosen: list[int] = []
    for index in sorted(range(len(items)), key=lambda index: items[index].reach):
        start, end = items[index].reach
        if not chosen or (start >= items[chosen[-1]].reach[1] and end - 360 <= items[chosen[0]].reach[0]):
            chosen.append(index)
    return set(chosen)
