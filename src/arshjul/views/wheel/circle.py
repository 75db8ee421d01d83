"""Days on a circle: angles, and places where nothing overlaps.

Angles are degrees clockwise from the top, where 1 January begins; a day is as wide as the year is long. Radii are in
the units of the drawing, in which a mark is `MARK` wide whatever the year holds: a fuller wheel is a larger one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from math import asin, degrees
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

ONE_DAY = timedelta(days=1)

STEP = 9.0
BAND = 2 * STEP
MARK = 3 * STEP
NAME = 30.0
HUB = 150.0
GAP = 8.0


class Kind(StrEnum):
    """What a mark stands for."""

    ACTIVITY = "activity"
    DECISION = "decision"
    STOP = "stop"


class Mark(Struct, frozen=True):
    """A day. `angle` is the middle of it, `radius` that of the mark's centre."""

    number: int
    kind: Kind
    angle: float
    year_concerned: int
    cancelled: bool = False
    radius: float = 0.0

    @property
    def thickness(self) -> float:
        """What it takes of a radius."""
        return MARK

    @property
    def reach(self) -> tuple[float, float]:
        """The angles it takes; before the year's first is below 0, after its last above 360."""
        half = width(MARK, self.radius) / 2
        return self.angle - half, self.angle + half


class Arc(Struct, frozen=True):
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
    def thickness(self) -> float:
        """What it takes of a radius."""
        return BAND

    @property
    def reach(self) -> tuple[float, float]:
        """The angles it takes: its own, or those of its number where that is wider."""
        half, middle = width(BAND, self.radius) / 2, (self.start + self.end) / 2
        return min(self.start, middle - half), max(self.end, middle + half)


class Ring(Struct, frozen=True):
    """One circle between two radii: phases innermost, then periods and marks, and the name along the outer edge."""

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
Lane = list[tuple[float, float]]


def days_of(year: int) -> int:
    """365 or 366."""
    return date(year, 12, 31).timetuple().tm_yday


def angle(day: date, year: int) -> float:
    """Where the day begins. Days of other years give less than 0, or 360 and more."""
    return (day - date(year, 1, 1)).days * 360 / days_of(year)


def middle(start: date, end: date, year: int) -> float:
    """Half way between the beginning of the first day and the end of the last."""
    return (angle(start, year) + angle(end + ONE_DAY, year)) / 2


def arc(start: date, end: date, year: int, year_concerned: int, *, number: int = 0, title: str = "") -> Arc:
    """The part of the days, both included, that lies in the year."""
    first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
    return Arc(
        number, angle(first, year), angle(last + ONE_DAY, year), start < first, end > last, year_concerned, title
    )


def width(size: float, radius: float) -> float:
    """The degrees that something of that size takes at the radius."""
    return 2 * degrees(asin(min(size / (2 * radius), 1))) if radius else 0.0


def ring(name: str, inner: float, phases: Sequence[Arc], periods: Sequence[Arc], marks: Sequence[Mark]) -> Ring:
    """The ring from the radius `inner` out, as wide as its contents need. Long periods come nearest the phases."""
    phase_lanes: list[Lane] = []
    placed_phases = tuple(
        _placed(phase, inner, phase_lanes) for phase in sorted(phases, key=lambda arc: (arc.start, arc.end))
    )
    edge = inner + len(phase_lanes) * STEP
    lanes: list[Lane] = []
    longest_first = sorted(periods, key=lambda arc: (arc.start - arc.end, arc.start))
    placed_periods = tuple(_placed(period, edge, lanes) for period in longest_first)
    placed_marks = tuple(_placed(mark, edge, lanes) for mark in sorted(marks, key=lambda mark: mark.angle))
    return Ring(name, inner, edge + len(lanes) * STEP + NAME, placed_phases, placed_periods, placed_marks)


def _placed(item: Item, inner: float, lanes: list[Lane]) -> Item:
    """The item as near the centre as it touches nothing. Lanes are a step wide and know which angles are taken."""
    deep = round(item.thickness / STEP)
    first = next(
        step for step in count() if all(_free(_at(step, item, inner).reach, lane) for lane in lanes[step : step + deep])
    )
    placed = _at(first, item, inner)
    lanes.extend([] for _ in range(first + deep - len(lanes)))
    for lane in lanes[first : first + deep]:
        lane.append(placed.reach)
    return placed


def _at(step: int, item: Item, inner: float) -> Item:
    return replace(item, radius=inner + step * STEP + item.thickness / 2)


def _free(reach: tuple[float, float], lane: Lane) -> bool:
    """Whether the angles are free, also round the year's end."""
    start, end = reach
    return not any(
        start < taken_end + turn and taken_start + turn < end
        for taken_start, taken_end in lane
        for turn in (-360, 0, 360)
    )
