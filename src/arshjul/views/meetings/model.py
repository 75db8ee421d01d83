"""The meetings of a calendar year as the adopted plan has them, each with a name that a move does not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from arshjul.formats.text import clean
from arshjul.resolve.meetings import round_names
from arshjul.timeline import Body, PlannedMeeting


class ListedMeeting(Struct, frozen=True):
    """A meeting with its body. `name` is its month and its ordinal in it, of the days first planned: `maj_2`."""

    meeting: PlannedMeeting
    body: Body
    name: str

    @property
    def times(self) -> str:
        """`kl 13.00`, `heldag`, `fm kl 9.00–12.00`; empty where the plan says no time."""
        clock = f"kl {self.meeting.clock}" if self.meeting.clock else ""
        return " ".join([*(part.value for part in self.meeting.parts), *([clock] if clock else [])])

    @property
    def remarks(self) -> Iterator[str]:
        """What else is to be known of its day."""
        if self.meeting.cancelled:
            yield "inställt"
        if self.meeting.preliminary:
            yield "preliminärt"
        if self.meeting.moved_from:
            yield f"flyttat från {self.meeting.moved_from.isoformat()}"


class MeetingsOfYear(Struct, frozen=True):
    """The plans of an organisation for a calendar year, body by body. `decision` is who adopted them, else empty."""

    organisation: str
    year: int
    decision: str
    meetings: tuple[ListedMeeting, ...]


def listed_meetings(
    planned: Mapping[str, Sequence[PlannedMeeting]], bodies: Mapping[str, Body], year: int
) -> tuple[ListedMeeting, ...]:
    """The meetings of each body by day, in the order of `planned`; one that several plans have is there once."""
    found = []
    for body, meetings in planned.items():
        distinct = list({(each.day, each.clock, each.parts): each for each in meetings}.values())
        names = round_names(distinct, date(year, 1, 1), date(year, 12, 31))
        found += [ListedMeeting(meeting, bodies[body], name) for meeting, name in names.items()]
    return tuple(found)


def one_line(text: str | None) -> str:
    """A text of the definition in one line, with nothing that nobody sees."""
    return " ".join(clean(text or "").split())
