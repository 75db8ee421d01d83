"""What an expression needs to know of the place where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.extent import Extent
from arshjul.dates.literal import Frame
from arshjul.dates.syntax import BeyondTheCalendar
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, OutOfRange, Workdays

T = TypeVar("T")


class Undated(Exception):
    """The expression hangs on a date that is not decided."""


class Scope(Protocol):
    """What the words of an expression mean where it stands."""

    @property
    def frame(self) -> Frame:
        """Where bare dates find their year."""

    @property
    def workdays(self) -> Workdays:
        """The working-day calendar."""

    def is_body(self, name: str) -> bool:
        """Whether the name is a body with meetings (unless something nearer has the name)."""

    def dates(self, ref: s.Ref) -> Sequence[Extent]:
        """The dates of a name that is no body, never empty. Raises Undated, ExpressionError `unknown-name`."""

    def meetings(self, ref: s.Ref, start: date, end: date) -> Sequence[Extent]:
        """The body's meetings from `start` to `end`, in order. Raises ExpressionError `missing-meeting-plan`."""

    def has_meetings(self, body: str, start: date, end: date) -> bool:
        """Whether there is a plan or a rule for the body in every calendar year of the stretch."""

    def known_meetings(self, ref: s.Ref, start: date, end: date) -> Sequence[Extent]:
        """As `meetings`, those that are known, for a hint. Raises nothing."""

    def members(self, group: str, at: tuple[int, int]) -> Sequence[str]:
        """The bodies of a group (or the one asked for just now). Raises ExpressionError `unknown-name`."""

    def of_year(self, year: int) -> Scope:
        """The same where a bare date is of one calendar year; its steps are its own."""

    def note(self, words: str, extent: Extent, node: s.Node) -> None:
        """Keeps a step of the computation; its place is where the extent is written, else that of the node."""


def within_range(compute: Callable[[], T], node: s.Node) -> T:
    """The value of `compute`; beyond the years of the calendar an ExpressionError. Code: limit."""
    try:
        return compute()
    except (OutOfRange, OverflowError):
        raise _beyond_the_calendar(node) from None


def in_calendar(extent: Extent, node: s.Node) -> Extent:
    """The extent, if all its days lie in the calendar's years. Code: limit."""
    if extent.start.year < FIRST_YEAR or extent.end.year > LAST_YEAR:
        raise _beyond_the_calendar(node)
    return extent


def _beyond_the_calendar(node: s.Node) -> BeyondTheCalendar:
    message = f"Uträkningen hamnar utanför åren {FIRST_YEAR}–{LAST_YEAR}"
    return BeyondTheCalendar(message, node.at, "räkna från ett annat datum, eller välj ett annat budgetår", Code.LIMIT)
