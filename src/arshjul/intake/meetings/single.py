"""Meetings that come one by one, from a calendar or a registry → a plan."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from arshjul.intake.meetings.collecting import Collector
from arshjul.intake.meetings.labels import BodyHeading
from arshjul.intake.meetings.model import FoundMeeting, FoundPlan


class Event(Struct, frozen=True):
    """One meeting of a file, or why it is none. `heading` is None where that is so."""

    where: str
    text: str
    heading: BodyHeading | None
    meeting: FoundMeeting | str


def plan_of(events: Iterable[Event], into: Collector) -> FoundPlan:
    """The events of the calendar year; those of other years are counted, not listed one by one."""
    others = 0
    for event in events:
        if event.heading is None or isinstance(event.meeting, str):
            into.note(event.where, "", event.text, str(event.meeting))
        elif event.meeting.day.year != into.year:
            others += 1
        else:
            into.add(event.heading, [event.meeting])
    if others:
        into.note("filen", "", f"{others} händelser", f"hör till andra kalenderår än {into.year}")
    return FoundPlan(into.year, into.bodies(), tuple(into.listed))
