"""What has been found so far: the meetings by body, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.grid import Cell
from arshjul.intake.meetings import words
from arshjul.intake.meetings.entry import CellContext, Footnotes, meetings_of
from arshjul.intake.meetings.identity import ids_of
from arshjul.intake.meetings.labels import BodyHeading, KnownBodies, folded
from arshjul.intake.meetings.model import FoundBody, FoundMeeting, Listed, Unclear
from arshjul.intake.meetings.saying import sayings
from arshjul.source import at_start

MOST_CELLS = 20_000
LONGEST_TOLD = 120


class Collector:
    """Gathers what a document says of the meetings of one calendar year."""

    def __init__(self, name: str, year: int, footnotes: Footnotes, known: KnownBodies) -> None:
        self.name, self.year, self.footnotes, self.known = name, year, footnotes, known
        self.listed: list[Listed] = []
        self.section_year: int | None = None
        """The year that the heading above says, of a document with several."""
        self._headings: dict[str, BodyHeading] = {}
        self._meetings: dict[str, list[FoundMeeting]] = {}
        self._cells = 0

    def take(self, heading: BodyHeading, cell: Cell, where: str, context: CellContext) -> None:
        """The meetings of a cell, or the cell among what was not understood."""
        self._cells += 1
        if self._cells > MOST_CELLS:
            message = f"Dokumentet har fler än {MOST_CELLS} rutor med möten"
            raise InvalidProcess([error(Code.LIMIT, message, at_start(self.name), "spara bara planen för sig")])
        if cell.text.casefold().strip() in words.NOTHING and context.day is None:
            return
        if heading.doubtful:
            self.note(where, heading.name, cell.text, f"rubriken säger också ”{heading.unread}”, som inte förstås")
            return
        try:
            found, unclear = meetings_of(cell, context, where)
        except Unclear as why:
            self.note(where, heading.name, cell.text, str(why))
            return
        for each in unclear:
            self.note(where, heading.name, cell.text, str(each))
        self.add(heading, found)

    def add(self, heading: BodyHeading, found: Sequence[FoundMeeting]) -> None:
        """Meetings of a body, as they are."""
        if found:
            self._headings.setdefault(folded(heading.name), heading)
            self._meetings.setdefault(folded(heading.name), []).extend(found)

    def context(self, heading: BodyHeading) -> CellContext:
        """What holds for all cells of a heading."""
        year = self.section_year
        return CellContext(self.year, self.footnotes, heading.said, month_year=year, weekdays=heading.weekdays)

    def note(self, where: str, body: str, text: str, why: str) -> None:
        """Something that was not understood."""
        self.listed.append(Listed(where, body, text[:LONGEST_TOLD], why))

    def unread_heading(self, heading: BodyHeading, where: str) -> None:
        """What a heading says beside its body, that is not understood."""
        if heading.unread and not heading.doubtful:
            self.note(where, heading.name, heading.unread, "rubrikens ord förstås inte; dagarna är med")

    def bodies(self) -> tuple[FoundBody, ...]:
        """The bodies in the order of the document. A meeting that is told in two ways is listed, both times."""
        ids = ids_of(self._headings.values(), self.known)
        by_id: dict[str, list[FoundMeeting]] = {}
        for key, meetings in self._meetings.items():
            by_id.setdefault(ids[key], []).extend(meetings)
        names = {ids[key]: heading.name for key, heading in reversed(self._headings.items())}
        found = []
        for body, meetings in by_id.items():
            by_time: dict[tuple[date, str], list[FoundMeeting]] = {}
            for meeting in meetings:
                by_time.setdefault((meeting.day, meeting.times), []).append(meeting)
            kept = [meeting for same in by_time.values() for meeting in self._agreed(names[body], same)]
            kept.sort(key=lambda each: (each.day, each.times))
            found.append(FoundBody(body, names[body], body in self.known.values(), tuple(kept)))
        return tuple(found)

    def _agreed(self, body: str, same: list[FoundMeeting]) -> Iterable[FoundMeeting]:
        if all(meeting.same_as(same[0]) for meeting in same):
            return same[:1]
        for meeting in same:
            self.note(meeting.where, body, meeting.day.isoformat(), "dagen står två gånger, på olika sätt")
        return ()


def says_a_day(text: str) -> bool:
    """Whether a text is only days and what belongs to them."""
    try:
        return any(said.day is not None or said.week is not None for said in sayings(text))
    except Unclear:
        return False
