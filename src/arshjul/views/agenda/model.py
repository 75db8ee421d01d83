"""The ärendeplan: each body's meetings, the chain around each, and the matters of all processes that come up there.

Timelines in, frozen values out; no date is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from arshjul.dates.extent import Clock, Dated, Precision
from arshjul.dates.meeting_day import LONGEST_MEETING
from arshjul.dates.syntax import DayPart
from arshjul.formats.text import clean
from arshjul.timeline import STOP_DATE, Activity, Body, DayOff, Occurrence, PlannedMeeting, Timeline
from arshjul.wording.dates import step_words, stop_words

T = TypeVar("T")


class Matter(Struct, frozen=True):
    """An activity that a body takes up, and the process it belongs to."""

    process: str
    activity: Activity


class MeetingStep(Struct, frozen=True):
    """One step of the chain around a meeting. `processes` are those that compute it so: all, or they disagree.

    `dated` is None where it has no day, and `words` say why (`utgår`, `på bordet`). `deviates`: the meeting plan gives
    the step its own date, or cancels it. `rolled` are the days off that it rolled past, from the one it began on.
    """

    name: str
    dated: Dated | None
    words: str
    deviates: bool
    rolled: tuple[DayOff, ...]
    processes: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        return self.dated.extent.start if self.dated else None


class AgendaMeeting(Struct, frozen=True):
    """One day on which a body takes something up. `planned` is False where no plan or rule has a meeting that day.

    `end` is the last day of a meeting that goes on for several. `cancelled` is why it is not held, empty where no
    reason is written; None if it is held.
    """

    day: date
    end: date | None
    planned: bool
    preliminary: bool
    clock: Clock | None
    part: DayPart | None
    place: str | None
    moved_from: date | None
    steps: tuple[MeetingStep, ...]
    matters: tuple[Matter, ...]
    cancelled: str | None = None


class BodyAgenda(Struct, frozen=True):
    """A body with something to take up. `steps` are the names in the chains of its meetings, the stop date first;
    `undated` are the matters that have no meeting day."""

    id: str
    name: str
    organisation: str | None
    steps: tuple[str, ...]
    meetings: tuple[AgendaMeeting, ...]
    undated: tuple[Matter, ...]


class AgendaPage(Struct, frozen=True):
    """What is printed of a budget year. `standings` are title and standing of every plan it is made of.

    `missing` are the processes that could not be compiled, whose matters are not here; `body` is the one that it is an
    extract for. `templates` maps file name → text, for a web page.
    """

    budget_year: int
    bodies: tuple[BodyAgenda, ...]
    standings: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()
    body: str | None = None
    templates: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The heading of the whole page."""
        return f"Ärendeplan för budget {self.budget_year}{f', {self.body}' if self.body else ''}"

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations that the bodies belong to, each once."""
        return tuple(dict.fromkeys(clean(body.organisation) for body in self.bodies if body.organisation))


class _Taken(Struct, frozen=True):
    """A matter with the plan it stands in."""

    timeline: Timeline
    activity: Activity

    @property
    def matter(self) -> Matter:
        return Matter(self.timeline.process, self.activity)

    def days(self) -> dict[date, Occurrence]:
        """The days it is taken up, of a meeting of several the first, each with its occurrence."""
        return {
            occurrence.start: occurrence
            for occurrence in self.activity.occurrences
            if not occurrence.deadline and (occurrence.dated.extent.single or self._is_meeting(occurrence))
        }

    def _is_meeting(self, occurrence: Occurrence) -> bool:
        """Whether the days are those of a meeting of several."""
        if occurrence.precision is not Precision.DAY or (occurrence.end - occurrence.start).days >= LONGEST_MEETING:
            return False
        own = (m for m in self.timeline.meetings if m.body == self.activity.body)
        return any((m.day, m.last_day) == (occurrence.start, occurrence.end) for m in own)

    def counted_from(self) -> date | None:
        """The day that its chain is counted from: a matter on several days has only that of the first."""
        return next((o.start for o in self.activity.occurrences if o.precision is Precision.DAY), None)


def agenda(timelines: Sequence[Timeline]) -> tuple[BodyAgenda, ...]:
    """The bodies in the order of the processes, each with its meetings by day and the matters in printed order.

    Bodies of several processes are one where organisation, id and name are the same.
    """
    taken: dict[tuple[str | None, Body], list[_Taken]] = {}
    for timeline in timelines:
        for body in timeline.bodies:
            matters = [_Taken(timeline, activity) for activity in timeline.activities if activity.body == body.id]
            taken.setdefault((timeline.organisation, replace(body, group=None)), []).extend(matters)
    return tuple(_body(body, organisation, found) for (organisation, body), found in taken.items() if found)


def of_body(bodies: Iterable[BodyAgenda], body: str) -> tuple[BodyAgenda, ...]:
    """Those with that id."""
    return tuple(agenda for agenda in bodies if agenda.id == body)


def _body(body: Body, organisation: str | None, taken: Sequence[_Taken]) -> BodyAgenda:
    days = sorted({day for each in taken for day in each.days()})
    meetings = tuple(meeting for day in days for meeting in _meetings(body.id, day, taken))
    names = dict.fromkeys(step.name for meeting in meetings for step in meeting.steps)
    steps = sorted(names, key=lambda name: name != STOP_DATE)
    undated = tuple(each.matter for each in taken if not each.days())
    return BodyAgenda(body.id, body.name, organisation, tuple(steps), meetings, undated)


def _meetings(body: str, day: date, taken: Sequence[_Taken]) -> Iterator[AgendaMeeting]:
    """The body's meeting on a day; two that begin at different times, each with the matters that it takes up."""
    present = [each for each in taken if day in each.days()]
    plans = [
        planned for each in present for planned in each.timeline.meetings if planned.body == body and planned.day == day
    ]
    times = sorted({plan.clock for plan in plans if plan.clock}, key=lambda clock: clock.start)
    if len(times) < 2:
        yield _meeting(day, present, plans)
        return
    for time in times:
        own = [each for each in present if (each.days()[day].meeting_clock or times[0]) == time]
        if own:
            yield _meeting(day, own, [plan for plan in plans if plan.clock == time])


def _meeting(day: date, present: Sequence[_Taken], plans: Sequence[PlannedMeeting]) -> AgendaMeeting:
    occurrences = [each.days()[day] for each in present]
    held = [plan for plan in plans if not plan.cancelled]
    reasons = [each.activity.cancelled for each in present]
    cancelled = (_first(reasons) or "") if plans and not held else None
    plans = held or plans
    return AgendaMeeting(
        day=day,
        end=_first(planned.end for planned in plans),
        planned=bool(plans),
        preliminary=any(p.preliminary for p in plans) or any(o.preliminary for o in occurrences),
        clock=_first([*(p.clock for p in plans), *(o.clock for o in occurrences)]),
        part=_first(o.part for o in occurrences),
        place=_first([*(p.place for p in plans), *(each.activity.place for each in present)]),
        moved_from=_first(planned.moved_from for planned in plans),
        steps=tuple(_steps(day, present)),
        matters=tuple(each.matter for each in present),
        cancelled=cancelled,
    )


def _first(known: Iterable[T | None]) -> T | None:
    return next(filter(None, known), None)


def _steps(day: date, present: Iterable[_Taken]) -> Iterator[MeetingStep]:
    """What the matters say of each step, once for every answer; those that agree are named together."""
    answers: dict[MeetingStep, list[str]] = {}
    for each in present:
        if day == each.counted_from():
            for step in _chain(each.activity):
                answers.setdefault(step, []).append(each.timeline.process)
    for step, processes in answers.items():
        yield replace(step, processes=tuple(dict.fromkeys(processes)))


def _chain(activity: Activity) -> Iterator[MeetingStep]:
    stop = activity.meeting_stop_date
    if stop is not None:
        yield MeetingStep(STOP_DATE, _firm(stop.dated), stop_words(stop), stop.deviates, stop.rolled)
    for step in activity.chain:
        yield MeetingStep(step.name, _firm(step.dated), step_words(step), step.deviates, step.rolled)


def _firm(dated: Dated | None) -> Dated | None:
    """The date whether a draft meeting is behind it or not: the meeting itself says that, and who is as sure of the
    day as of the meeting does not contradict who found it in a draft."""
    return dated and replace(dated, extent=replace(dated.extent, preliminary=False))
