"""The meetings of every body: the adopted plan of a calendar year, else the body's draft rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from arshjul.codes import Code
from arshjul.dates.evaluate import clock
from arshjul.dates.extent import Extent
from arshjul.dates.literal import Frame, literal_extent
from arshjul.dates.swedish import month
from arshjul.dates.syntax import ExpressionError, Simple
from arshjul.definition import Expression, Meeting, Process
from arshjul.diagnostics import Diagnostic, InvalidProcess, error
from arshjul.timeline import PlannedMeeting

Draft = Callable[[str, int], Sequence[Extent]]


class MeetingCalendar:
    """Body and calendar year → meetings in order, cancelled ones included.

    `draft(body, year)` reads the body's rules; it is asked only for a year without a plan, once.
    `broken` holds what is wrong with the plan of a body and year: who asks for its meetings gets an InvalidProcess.
    """

    def __init__(self, process: Process, budget_year: int, draft: Draft) -> None:
        self._process = process
        self._draft = draft
        self._entries: dict[tuple[str, date], Meeting] = {}
        self._years: dict[tuple[str, int], tuple[PlannedMeeting, ...]] = {}
        self.broken: dict[tuple[str, int], tuple[Diagnostic, ...]] = {}
        self._read_plans(Frame(budget_year))

    def of_year(self, body: str, year: int) -> tuple[PlannedMeeting, ...] | None:
        """The body's meetings of the calendar year; None where it has neither plan nor rule."""
        if (body, year) in self.broken:
            raise InvalidProcess(self.broken[body, year])
        if (body, year) not in self._years:
            if not self._process.bodies[body].preliminary:
                return None
            self._years[body, year] = self._drafted(body, year)
        return self._years[body, year]

    def problems(self) -> Iterator[Diagnostic]:
        """Everything wrong with the plans."""
        return (problem for problems in self.broken.values() for problem in problems)

    def on(self, body: str, day: date) -> PlannedMeeting | None:
        """The body's meeting on that day, if the plan or a rule has one that is not cancelled."""
        meetings = self.of_year(body, day.year) or ()
        return next((m for m in meetings if m.day == day and not m.cancelled), None)

    def entry(self, meeting: PlannedMeeting) -> Meeting | None:
        """The plan's own words about a meeting; None for a drafted one."""
        return self._entries.get((meeting.body, meeting.day))

    def within(self, body: str, start: date, end: date) -> tuple[PlannedMeeting, ...]:
        """Meetings from `start` to `end` that are held; years without plan and rule hold none."""
        years = (self.of_year(body, year) or () for year in range(start.year, end.year + 1))
        return tuple(m for meetings in years for m in meetings if start <= m.day <= end and not m.cancelled)

    def known(self) -> tuple[PlannedMeeting, ...]:
        """Every meeting that was looked at, by body and day."""
        return tuple(sorted((m for ms in self._years.values() for m in ms), key=lambda m: (m.body, m.day)))

    def _read_plans(self, frame: Frame) -> None:
        for year, plan in sorted(self._process.plans.items()):
            for body, entries in plan.meetings.items():
                problems: list[Diagnostic] = []
                meetings = [self._meeting(body, entry, frame.of_year(year), problems) for entry in entries]
                self._years[body, year] = tuple(sorted((m for m in meetings if m), key=lambda meeting: meeting.day))
                if problems:
                    self.broken[body, year] = tuple(problems)

    def _meeting(self, body: str, entry: Meeting, frame: Frame, problems: list[Diagnostic]) -> PlannedMeeting | None:
        try:
            day = _plan_day(entry.date, frame)
            moved_from = _day(entry.moved_from, frame) if entry.moved_from else None
        except InvalidProcess as invalid:
            problems.extend(invalid.diagnostics)
            return None
        declared = self._process.bodies[body]
        self._entries[body, day] = entry
        return PlannedMeeting(
            body,
            day,
            preliminary=entry.preliminary,
            clock=clock(entry.time) or clock(declared.time),
            place=entry.place or declared.place,
            matters=entry.matters,
            cancelled=entry.cancelled is not None,
            moved_from=moved_from,
            span=entry.span,
        )

    def _drafted(self, body: str, year: int) -> tuple[PlannedMeeting, ...]:
        declared = self._process.bodies[body]
        return tuple(
            PlannedMeeting(body, extent.start, True, clock(declared.time), declared.place, span=extent.place)
            for extent in sorted(self._draft(body, year), key=lambda extent: extent.start)
        )


def _plan_day(written: Expression[Simple], frame: Frame) -> date:
    """The day of one entry, in the plan's calendar year."""
    day = _day(written, frame)
    if frame.start is None or day.year != frame.start.year:
        message = f"{written.text} hör inte till {frame.where}"
        raise InvalidProcess([error(Code.OUTSIDE_WINDOW, message, written.text.span, "flytta raden till rätt års fil")])
    return day


def _day(written: Expression[Simple], frame: Frame) -> date:
    """The day that is written, without a year in the plan's: a meeting may have been moved over new year."""
    try:
        extent = literal_extent(written.tree, frame)
    except ExpressionError as wrong:
        raise InvalidProcess([written.refused(wrong)]) from None
    if not extent.single:
        message = f"Ett sammanträde är en dag, inte ”{written.text}”"
        raise InvalidProcess([error(Code.NOT_A_DATE, message, written.text.span, "skriv till exempel 3 juni")])
    return extent.start


def round_names(meetings: Sequence[PlannedMeeting]) -> Mapping[PlannedMeeting, str]:
    """What a round over meetings is called: the meeting's matter, else month and ordinal (`april`, `maj_2`).

    The ordinal counts by the days first planned, so that a moved or cancelled meeting renames no other round.
    """
    by_first_plan = sorted(meetings, key=lambda meeting: meeting.moved_from or meeting.day)
    matters = Counter(matter for meeting in meetings for matter in meeting.matters[:1])
    names, ordinals = {}, Counter[str]()
    for meeting in by_first_plan:
        name = month((meeting.moved_from or meeting.day).month)
        ordinals[name] += 1
        own = next((matter for matter in meeting.matters[:1] if matters[matter] == 1), None)
        names[meeting] = (own and as_name(own)) or (name if ordinals[name] == 1 else f"{name}_{ordinals[name]}")
    return names


def as_name(words: str) -> str:
    """What may stand after the dot of an id: `v. 7` → `v_7`."""
    return re.sub(r"\W+", "_", words).strip("_")


def as_extent(meeting: PlannedMeeting) -> Extent:
    """The meeting's day, as an expression sees it."""
    return replace(Extent(meeting.day, meeting.day), preliminary=meeting.preliminary, place=meeting.span)
