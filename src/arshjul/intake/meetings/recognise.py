"""Bytes of a document, a calendar or a registry → the plan of a calendar year, proved to say the same as its YAML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from arshjul.codes import Code
from arshjul.definition.moving import planned_days
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.grid import Grid
from arshjul.intake.meetings import calendars, document, oparl
from arshjul.intake.meetings.collecting import Collector
from arshjul.intake.meetings.labels import KnownBodies
from arshjul.intake.meetings.model import FoundPlan
from arshjul.intake.meetings.single import Event, plan_of
from arshjul.intake.readers import read_document
from arshjul.intake.readers.bounds import MOST_BYTES, damaged, megabytes, refuse
from arshjul.intake.readers.plain import text_of
from arshjul.source import at_start, read

CALENDAR, REGISTRY = ".ics", ".json"


class Candidate(msgspec.Struct, frozen=True):
    """A document that has been read: the years that it says it is of, and what makes its plan of one of them."""

    name: str
    years: tuple[int, ...]
    notices: tuple[str, ...]
    grids: Sequence[Grid] = ()
    events: Sequence[Event] = ()

    def plan(self, year: int, known: KnownBodies) -> FoundPlan:
        """The plan of the calendar year. Raises InvalidProcess (`limit`)."""
        if self.grids:
            return document.read_plan(self.name, self.grids, year, known)
        return plan_of(self.events, Collector(self.name, year, {}, known))


def candidate(name: str, content: bytes, known: KnownBodies) -> Candidate:
    """A file by its ending: `.ics`, `.json`, or what `read_document` takes. Raises as `read_document`."""
    ending = name[name.rfind(".") :].lower()
    if ending not in (CALENDAR, REGISTRY):
        read_of = read_document(name, content)
        return Candidate(name, document.years_of(read_of.grids), read_of.notices, read_of.grids)
    if len(content) > MOST_BYTES:
        raise refuse(name, f"Filen är större än {megabytes(MOST_BYTES)}", "spara bara ett år för sig")
    try:
        if ending == CALENDAR:
            events = list(calendars.found_events(text_of(name, content), known))
        else:
            events = list(oparl.found_meetings(content, known))
    except (msgspec.DecodeError, RecursionError):
        raise damaged(name, "JSON") from None
    years = {event.meeting.day.year for event in events if not isinstance(event.meeting, str)}
    return Candidate(name, tuple(sorted(years)), (), events=events)


def prove(plan: FoundPlan, text: str, path: str) -> None:
    """Read the file that would be written, as a process would: every meeting on its very day, none more.

    Raises:
        InvalidProcess: it is not so, which would be our mistake; nothing may be written then.
    """
    tree = read(text.encode(), path)
    for body in plan.bodies:
        written = [(each.extent.start, each.extent.end) for each in planned_days(tree, body.id, plan.year)]
        wanted: list[tuple[date, date]] = [(meeting.day, meeting.end or meeting.day) for meeting in body.meetings]
        if written != wanted:
            message = f"{body.id} skulle inte få samma dagar i filen som i dokumentet"
            raise InvalidProcess([error(Code.NOT_A_DATE, message, at_start(path), "skriv planen för hand")])
