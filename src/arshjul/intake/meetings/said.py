"""What a cell says of one meeting: a day and what stands beside it, before its year and month are known."""

from __future__ import annotations

from msgspec import Struct

from arshjul.intake.meetings.model import Unclear


class WrittenDay(Struct, frozen=True, gc=False):
    """A day, or the first and last of a few, as far as it is written."""

    first: int
    last: int
    month: int | None = None
    year: int | None = None
    last_month: int | None = None
    """Where the few days go over the end of a month."""


class Said(Struct):
    """One meeting as a cell writes it. It is filled while the cell is read, and read only after that."""

    day: WrittenDay | None = None
    week: int | None = None
    crossed: bool = False
    weekdays: frozenset[int] = frozenset()
    times: str = ""
    place: str = ""
    cancelled: bool = False
    preliminary: bool = False
    reserve: bool = False
    outside: bool = False
    """Whether a mark stands outside parentheses: in a line of several days it may be of all of them."""
    moved_from: WrittenDay | None = None
    marks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether it says which day, alone or with the heading of its row."""
        return self.day is not None or self.week is not None or self.crossed

    def take(self, other: Said) -> None:
        """Add what is said of the same meeting elsewhere. Raises Unclear where both say it."""
        self.times = times_of_both(self.times, other.times)
        self.weekdays, self.place = self.weekdays or other.weekdays, self.place or other.place
        self.cancelled |= other.cancelled
        self.preliminary |= other.preliminary
        self.reserve |= other.reserve
        self.outside |= other.outside
        self.week = self.week if self.week is not None else other.week
        self.moved_from = self.moved_from or other.moved_from
        self.marks, self.remarks = (*self.marks, *other.marks), (*self.remarks, *other.remarks)


def times_of_both(one: str, other: str) -> str:
    """A day part and a clock time together: `fm kl 9.00`. Raises Unclear for two of one kind."""
    if one and other and one.startswith("kl ") == other.startswith("kl "):
        raise Unclear("två klockslag för ett möte")
    first, last = (other, one) if one.startswith("kl ") else (one, other)
    return f"{first} {last}".strip()
