"""The meetings of every body as its adopted plans have them, and what rounds over meetings are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from arshjul.codes import Code
from arshjul.dates.evaluate import clock, day_parts
from arshjul.dates.extent import Clock, Extent
from arshjul.dates.literal import Frame
from arshjul.dates.meeting_day import meeting_days
from arshjul.dates.swedish import month
from arshjul.dates.syntax import Certainty, DayPart, ExpressionError, Item
from arshjul.definition import Body, Expression, Meeting, Process
from arshjul.diagnostics import Diagnostic, InvalidProcess, error
from arshjul.timeline import PlannedMeeting


class BodyYear(NamedTuple):
    """A body in a calendar year."""

    body: str
    year: int


class MeetingTime(NamedTuple):
    """A body on a day at a time: what tells one meeting of a plan from every other."""

    body: str
    day: date
    clock: Clock | None
    parts: tuple[DayPart, ...]

    @classmethod
    def of(cls, meeting: PlannedMeeting) -> MeetingTime:
        """When the meeting begins."""
        return cls(meeting.body, meeting.day, meeting.clock, meeting.parts)


class MeetingPlans(Struct, frozen=True):
    """The adopted plans: the meetings of a body and year by day, cancelled ones included, and the plan's own words.

    `broken` holds what is wrong with the plan of a body and year: who asks for its meetings gets an InvalidProcess.
    """

    meetings: Mapping[BodyYear, tuple[PlannedMeeting, ...]]
    entries: Mapping[MeetingTime, Meeting]
    broken: Mapping[BodyYear, tuple[Diagnostic, ...]]

    def entry(self, meeting: PlannedMeeting) -> Meeting | None:
        """The plan's own words about a meeting; None for a drafted one."""
        return self.entries.get(MeetingTime.of(meeting))

    def problems(self) -> Iterator[Diagnostic]:
        """Everything wrong with the plans."""
        return (problem for problems in self.broken.values() for problem in problems)


def read_plans(process: Process, budget_year: int) -> MeetingPlans:
    """Every plan of the process; a body and year with a wrong line is broken as a whole, never a meeting short."""
    frame = Frame(budget_year)
    meetings: dict[BodyYear, tuple[PlannedMeeting, ...]] = {}
    entries: dict[MeetingTime, Meeting] = {}
    broken: dict[BodyYear, tuple[Diagnostic, ...]] = {}
    for year, plan in sorted(process.plans.items()):
        for body, written in plan.meetings.items():
            planned: list[PlannedMeeting] = []
            problems: list[Diagnostic] = []
            for entry in written:
                try:
                    meeting = _planned(process.bodies[body], entry, frame.of_year(year))
                except InvalidProcess as invalid:
                    problems.extend(invalid.diagnostics)
                else:
                    planned.append(meeting)
                    entries[MeetingTime.of(meeting)] = entry
            planned.sort(key=lambda meeting: (meeting.day, meeting.clock.start if meeting.clock else 0))
            meetings[BodyYear(body, year)] = tuple(planned)
            if problems:
                broken[BodyYear(body, year)] = tuple(problems)
    return MeetingPlans(meetings, entries, broken)


def _planned(body: Body, entry: Meeting, frame: Frame) -> PlannedMeeting:
    """The meeting of one entry, whose first day is in the plan's calendar year."""
    days, item = _days(entry.date, frame), entry.date.tree
    if frame.start is None or days.start.year != frame.start.year:
        message = f"{entry.date.text} hör inte till {frame.where}"
        place = entry.date.text.span
        raise InvalidProcess([error(Code.OUTSIDE_WINDOW, message, place, "flytta raden till rätt års fil")])
    times = item.parts or entry.time or body.time
    return PlannedMeeting(
        str(body.id),
        days.start,
        preliminary=entry.preliminary or item.uncertain or item.certainty is Certainty.PRELIMINARY,
        clock=clock(times),
        place=entry.place or body.place,
        matters=entry.matters,
        cancelled=entry.cancelled is not None,
        moved_from=_days(entry.moved_from, frame).start if entry.moved_from else None,
        span=entry.span,
        end=days.end if days.end > days.start else None,
        parts=day_parts(times),
    )


def drafted(body: Body, days: Sequence[Extent]) -> tuple[PlannedMeeting, ...]:
    """The meetings that the body's draft rules give, by day."""
    ordered = sorted(days, key=lambda extent: extent.start)
    return tuple(
        PlannedMeeting(
            str(body.id),
            extent.start,
            True,
            clock(body.time),
            body.place,
            span=extent.place,
            end=extent.end if extent.end > extent.start else None,
            parts=day_parts(body.time),
        )
        for extent in ordered
    )


def _days(written: Expression[Item], frame: Frame) -> Extent:
    """The days that are written, without a year in the plan's: a meeting may have been moved over new year."""
    try:
        return meeting_days(written.tree, frame)
    except ExpressionError as wrong:
        raise InvalidProcess([written.refused(wrong)]) from None


def round_names(meetings: Iterable[PlannedMeeting], start: date, end: date) -> Mapping[PlannedMeeting, str]:
    """What rounds over the meetings from `start` to `end` are called: by month and ordinal in it (`april`, `maj_2`).

    Both are of the days first planned, so that a meeting that is moved or cancelled renames neither its own round nor
    another; nor does a matter that the plan comes to have. The ordinals count the meetings of whole months: the second
    of May is the second for a period that begins between the two as well. One that was first planned in a month outside
    the period is named after those of the period, and takes no name from them.
    """
    first, last = _month(start), _month(end)
    ordered = sorted(
        meetings, key=lambda meeting: (not first <= _month(first_planned(meeting)) <= last, first_planned(meeting))
    )
    held = [meeting for meeting in ordered if start <= meeting.day <= end]
    months = {_month(first_planned(meeting)) for meeting in held}
    names, ordinals = {}, Counter[str]()
    for meeting in ordered:
        if first <= (planned := _month(first_planned(meeting))) <= last or planned in months:
            name = month(first_planned(meeting).month)
            ordinals[name] += 1
            names[meeting] = name if ordinals[name] == 1 else f"{name}_{ordinals[name]}"
    return {meeting: names[meeting] for meeting in sorted(held, key=lambda meeting: meeting.day)}


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def first_planned(meeting: PlannedMeeting) -> date:
    """The day that the meeting was moved from, else its day."""
    return meeting.moved_from or meeting.day


def as_name(words: str) -> str:
    """What may stand after the dot of an id: `v. 7` → `v_7`."""
    return re.sub(r"\W+", "_", words).strip("_")


def as_extent(meeting: PlannedMeeting) -> Extent:
    """The meeting's day or days, as an expression sees them."""
    return Extent(meeting.day, meeting.last_day, preliminary=meeting.preliminary, place=meeting.span)
