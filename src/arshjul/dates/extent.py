"""What an expression stands for: a stretch of calendar days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from arshjul.dates.syntax import DayPart
from arshjul.diagnostics import Span


class Precision(StrEnum):
    """How exactly the days are known; VAGUE prints with its names (`slutet av september`)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    YEAR = "year"
    VAGUE = "vague"


class PeriodName(Struct, frozen=True):
    """What a stretch of days is called, and the year to write after it: `slutet av september` 2022, `Q1` 2026."""

    text: str
    year: int


class Extent(Struct, frozen=True, gc=False, eq=False):
    """First to last day, both included. `preliminary` if a draft meeting rule stands behind it.

    `names` is what a vague stretch is called: one name, or those of its first and last part; empty for all others.
    `place` is where a meeting plan (or a draft rule) says the day; `rolled_from` the day off that it rolled away from.
    """

    start: date
    end: date
    precision: Precision = Precision.DAY
    preliminary: bool = False
    names: tuple[PeriodName, ...] = ()
    place: Span | None = None
    rolled_from: date | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Extent) and self._days() == other._days()

    def __hash__(self) -> int:
        return hash(self._days())

    def _days(self) -> tuple[object, ...]:
        """What is compared: not where the days are written, nor what they rolled away from."""
        return (self.start, self.end, self.precision, self.preliminary, self.names)

    @property
    def single(self) -> bool:
        """One day, known as a day."""
        return self.start == self.end and self.precision is Precision.DAY


class Clock(Struct, frozen=True):
    """A clock time or an interval of them, in minutes from midnight."""

    start: int
    end: int | None = None

    def __str__(self) -> str:
        """`13.00`, `9.00–12.00`."""
        times = (self.start,) if self.end is None else (self.start, self.end)
        return "–".join(f"{minutes // 60}.{minutes % 60:02}" for minutes in times)


class Dated(Struct, frozen=True, gc=False, eq=False):
    """One date of a value: its days and everything written beside them.

    `deadline` is `senast`: start = end = the last day; `earliest` is `tidigast`, the first day.
    `about` is `ca`, `uncertain` a `?` or `preliminärt`; `alternative` is one of several days (`a eller b`), of which
    one will hold.
    `implied_year` is the year that a text may leave out where it stands, see `Frame.implied_year`. It is no part of
    the date (two processes may write one day with and without its year), so it is not compared.
    """

    extent: Extent
    deadline: bool = False
    earliest: bool = False
    parts: tuple[DayPart, ...] = ()
    clock: Clock | None = None
    about: bool = False
    uncertain: bool = False
    if_needed: bool = False
    alternative: bool = False
    implied_year: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dated) and self._written() == other._written()

    def __hash__(self) -> int:
        return hash(self._written())

    def _written(self) -> tuple[object, ...]:
        """What is compared: not the year that a window lets the text leave out."""
        marks = (self.about, self.uncertain, self.if_needed, self.alternative)
        return (self.extent, self.deadline, self.parts, self.clock, *marks)
