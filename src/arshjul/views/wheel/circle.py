"""Days on a circle: angles, and places where nothing overlaps.

Angles are degrees clockwise from the top, where 1 January begins; a day is as wide as the year is long. Radii are in
the units of the drawing, in which a mark is `MARK` wide whatever the year holds. No drawing reaches beyond `LARGEST`,
so that its smallest text can be read on a sheet of A4; what does not fit is drawn in a circle of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import asin, degrees
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

ONE_DAY = timedelta(days=1)

STEP = 7.0
BAND = 2 * STEP
MARK = 4 * STEP
NAME = 24.0
HUB = 120.0
GAP = 6.0
SMALLEST_TEXT = 11.0
RIM = 38.0  # the names of the months, and a margin
# 180 mm of an A4 sheet are 510 points, 85 times the 6 points that the smallest text has to have there.
LARGEST = 85 * SMALLEST_TEXT / 2 - RIM
MOST_RINGS = 3


class Kind(StrEnum):
    """What a mark stands for."""

    ACTIVITY = "activity"
    DECISION = "decision"
    STOP = "stop"
    SOME_DAY = "some-day"
    DECISION_SOME_DAY = "decision-some-day"


class Mark(Struct, frozen=True):
    """A day. `angle` is the middle of it, `radius` that of the mark's centre.

    One of some day in a month may stand anywhere in its `sector`, the angles of that month.
    """

    number: int
    kind: Kind
    angle: float
    year_concerned: int
    cancelled: bool = False
    radius: float = 0.0
    sector: tuple[float, float] | None = None

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
    """One circle between two radii: phases innermost, then periods and marks, and the name along the outer edge.

    Before it is placed in a circle both radii are 0.
    """

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


def circles(rings: Sequence[Ring]) -> tuple[tuple[Ring, ...], ...]:
    """The rings placed in circles that can be read, the last ring in the first of them.

    A circle has its rings from the inside out, as many as there is room for, at most three. A ring too full for a
    circle of its own goes on in the next.
    """
    drawn: list[tuple[Ring, ...]] = []
    for each in reversed(rings):
        together = _stacked((each, *drawn[-1])) if drawn and len(drawn[-1]) < MOST_RINGS else ()
        if together:
            drawn[-1] = together
        else:
            drawn += _alone(each)
    return tuple(drawn)


def alone(circle: Sequence[Ring]) -> tuple[tuple[Ring, ...], ...]:
    """Each ring of a circle in a circle of its own, the outermost first."""
    return tuple(each for one in reversed(circle) for each in _alone(one))


def _alone(ring: Ring) -> list[tuple[Ring, ...]]:
    placed, rest = _filled(ring, HUB)
    drawn: list[tuple[Ring, ...]] = [(placed,)]
    while rest.phases or rest.numbered:
        placed, rest = _filled(rest, HUB)
        drawn.append((placed,))
    return drawn


def _stacked(rings: Sequence[Ring]) -> tuple[Ring, ...]:
    """The same rings, each outside the one before; none where they have no room."""
    stacked: list[Ring] = []
    for each in rings:
        placed, rest = _filled(each, stacked[-1].outer + GAP if stacked else HUB)
        if rest.phases or rest.numbered:
            return ()
        stacked.append(placed)
    return tuple(stacked)


def _filled(ring: Ring, inner: float) -> tuple[Ring, Ring]:
    """The ring from the radius `inner` out, as wide as its contents need; and what there was no room for.

    Long periods come nearest the phases.
    """
    lanes: list[Lane] = []
    by_start = sorted(ring.phases, key=lambda arc: (arc.start, arc.end))
    phases, phases_left = _placed(by_start, inner, lanes)
    edge = inner + len(lanes) * STEP
    lanes = []
    longest_first = sorted(ring.periods, key=lambda arc: (arc.start - arc.end, arc.start))
    periods, periods_left = _placed(longest_first, edge, lanes)
    by_angle = sorted(_spread(ring.marks, edge), key=lambda mark: mark.angle)
    marks, marks_left = _placed(by_angle, edge, lanes)
    outer = edge + len(lanes) * STEP + NAME
    left = Ring(ring.name, inner, outer, phases_left, periods_left, marks_left)
    return Ring(ring.name, inner, outer, phases, periods, marks), left


def _spread(marks: Sequence[Mark], inner: float) -> list[Mark]:
    """The marks, those of some day in a month side by side in the month's sector, in as many rows as it takes."""
    spread = [mark for mark in marks if not mark.sector]
    for start, end in sorted({mark.sector for mark in marks if mark.sector}):
        own = [mark for mark in marks if mark.sector == (start, end)]
        abreast = max(int((end - start) / width(MARK, inner + MARK / 2)), 1)
        step = (end - start) / abreast
        spread += [replace(mark, angle=start + (index % abreast + 0.5) * step) for index, mark in enumerate(own)]
    return spread


def _placed(items: Sequence[Item], inner: float, lanes: list[Lane]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items, each as near the centre as it touches nothing; and those that are left when all room is taken.

    Lanes are a step wide and know which angles are taken. Their number is bounded by the largest circle.
    """
    placed: list[Item] = []
    left: list[Item] = []
    for item in items:
        deep = round(item.thickness / STEP)
        steps = range(int((LARGEST - NAME - inner) / STEP) - deep + 1)
        for step in steps:
            at = replace(item, radius=inner + step * STEP + item.thickness / 2)
            if all(_free(at.reach, lane) for lane in lanes[step : step + deep]):
                lanes.extend([] for _ in range(step + deep - len(lanes)))
                for lane in lanes[step : step + deep]:
                    lane.append(at.reach)
                placed.append(at)
                break
        else:
            left.append(item)
    return tuple(placed), tuple(left)


def _free(reach: tuple[float, float], lane: Lane) -> bool:
    """Whether the angles are free, also round the year's end."""
    start, end = reach
    return not any(
        start < taken_end + turn and taken_start + turn < end
        for taken_start, taken_end in lane
        for turn in (-360, 0, 360)
    )
