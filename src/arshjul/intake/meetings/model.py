"""What is found in a document of meetings: the meetings, and what was not understood."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

LONGEST_CELL = 400
"""Characters; what is longer is prose, and no pattern looks at it."""


class Unclear(Exception):
    """A text says no certain day; its message says why, in Swedish."""


class FoundMeeting(Struct, frozen=True):
    """One meeting of a document. `remarks` are words that change nothing of it, kept as a comment."""

    day: date
    end: date | None = None
    times: str = ""
    """A clock time or a day part, as the date language writes it: `kl 13.00`, `heldag`."""
    place: str = ""
    cancelled: bool = False
    preliminary: bool = False
    moved_from: date | None = None
    matters: tuple[str, ...] = ()
    remarks: str = ""
    where: str = ""
    """Where it stands in the document; no part of what it is."""

    def same_as(self, other: FoundMeeting) -> bool:
        """Whether both say the same of one meeting, wherever they stand."""
        return self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        return (
            self.day,
            self.end,
            self.times,
            self.place,
            self.cancelled,
            self.preliminary,
            self.moved_from,
            self.matters,
        )


class Listed(Struct, frozen=True):
    """A text that was not understood: where it stands, under which body, and why."""

    where: str
    body: str
    text: str
    why: str


class FoundBody(Struct, frozen=True):
    """A body by the id that it gets, as the document calls it, and its meetings by day."""

    id: str
    name: str
    known: bool
    """Whether the project has it, and the id is its own there."""
    meetings: tuple[FoundMeeting, ...]


class FoundPlan(Struct, frozen=True):
    """A document of meetings of one calendar year. `decision` is empty where it does not say who adopted it."""

    year: int
    bodies: tuple[FoundBody, ...]
    listed: tuple[Listed, ...]
    decision: str = ""
    preliminary: bool = False
