"""The words of the ärendeplan, the same for every format: headings, cells and what is marked beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from arshjul.dates.extent import Extent
from arshjul.dates.swedish import day_text, extent_text, weekday
from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.timeline import DayOff
from arshjul.views.agenda.model import AgendaMeeting, AgendaPage, BodyAgenda, Matter, MeetingStep
from arshjul.wording.columns import title
from arshjul.wording.dates import PRELIMINARY, Cell, dates_alone, stop_date_cell, text_near

MATTER_COLUMNS = ("Ärende", "Typ", "Datum", "Eget stoppdatum", "Handläggare", "Process", "Id")
NO_DAY = "Utan mötesdag"


class PrintedMatter(Struct, frozen=True):
    """The texts of a matter in the order of `MATTER_COLUMNS`."""

    cells: tuple[str, ...]
    decision: bool


class PrintedMeeting(Struct, frozen=True):
    """A heading, the chain in one line (may be empty), and the matters."""

    title: str
    chain: str
    matters: tuple[PrintedMatter, ...]


class PrintedBody(Struct, frozen=True):
    """A heading, the matrix meeting × step (its first row is the heading; empty without meetings), the meetings."""

    title: str
    matrix: tuple[tuple[str, ...], ...]
    meetings: tuple[PrintedMeeting, ...]


def printed(page: AgendaPage) -> tuple[PrintedBody, ...]:
    """The bodies as texts; columns that are empty everywhere are still there."""
    several = len(page.organisations) > 1
    found = []
    for body in page.bodies:
        meetings = [_printed_meeting(meeting, body) for meeting in body.meetings]
        if body.undated:
            matters = tuple(_printed_matter(matter, None) for matter in body.undated)
            meetings.append(PrintedMeeting(NO_DAY, "", matters))
        found.append(PrintedBody(body_title(body, several=several), tuple(_matrix(body)), tuple(meetings)))
    return tuple(found)


def notes(page: AgendaPage) -> tuple[str, ...]:
    """The lines under the heading: the standing of every plan, and what is not here."""
    standings = (f"{clean(plan)}: {standing}" for plan, standing in page.standings)
    return (*standings, *left_out(page.missing))


def left_out(missing: Iterable[str]) -> Iterator[str]:
    """A line for each process whose matters are not here."""
    return (f"Utan ärendena i {clean(name)}, som har fel i sin beskrivning." for name in missing)


def used_columns(bodies: Iterable[PrintedBody]) -> tuple[int, ...]:
    """The numbers of the matter columns that somebody fills."""
    cells = [matter.cells for body in bodies for meeting in body.meetings for matter in meeting.matters]
    return tuple(number for number in range(len(MATTER_COLUMNS)) if any(row[number] for row in cells))


def body_title(body: BodyAgenda, *, several: bool = False) -> str:
    """`KS – Kommunstyrelsen`, with its organisation where there are several."""
    name = clean(body.name) if body.name == body.id else f"{body.id} – {clean(body.name)}"
    return f"{name}, {clean(body.organisation)}" if several and body.organisation else name


def _matrix(body: BodyAgenda) -> Iterator[tuple[str, ...]]:
    if body.meetings:
        yield ("Sammanträde", *(name.capitalize() for name in body.steps), "Ärenden")
    for meeting in body.meetings:
        steps = (_step_cell(meeting, name) for name in body.steps)
        yield (_day(meeting), *steps, str(len(meeting.matters)))


def _printed_meeting(meeting: AgendaMeeting, body: BodyAgenda) -> PrintedMeeting:
    cells = ((name, _step_cell(meeting, name)) for name in body.steps)
    chain = " · ".join(f"{name.capitalize()}: {text}" for name, text in cells if text)
    marks = [clean(meeting.cancelled)] if meeting.cancelled else []
    if meeting.moved_from:
        marks.append(f"flyttat från {_beside(meeting.moved_from, meeting.day)}")
    if not meeting.planned:
        marks.append("inte i sammanträdesplanen")
    head = ", ".join(filter(None, [f"{_day(meeting)} {meeting_time(meeting)}".strip(), clean(meeting.place)]))
    title = f"{head} ({'; '.join(marks)})" if marks else head
    return PrintedMeeting(title, chain, tuple(_printed_matter(matter, meeting) for matter in meeting.matters))


def _day(meeting: AgendaMeeting) -> str:
    days = extent_text(Extent(meeting.day, meeting.end or meeting.day), None)
    if meeting.cancelled is not None:
        return f"INSTÄLLT: {days}"
    return f"{PRELIMINARY} {days}" if meeting.preliminary else days


def _beside(day: date, other: date) -> str:
    """The day, with its year unless it is that of the day beside it."""
    return day_text(day, year=day.year != other.year)


def meeting_time(meeting: AgendaMeeting) -> str:
    """`kl 13.00`, `fm`; empty if neither is known."""
    if meeting.clock:
        return f"kl {meeting.clock}"
    return meeting.part.value if meeting.part else ""


def _step_cell(meeting: AgendaMeeting, name: str) -> str:
    answers = [step for step in meeting.steps if step.name == name]
    texts = []
    for step in answers:
        text = text_near(step.dated, meeting.day) if step.dated else step.words
        marks = [*step_marks(step, meeting.day)]
        if len(answers) > 1:  # the processes disagree, so each answer has its own named
            marks.append(" och ".join(step.processes))
        texts.append(f"{text} ({'; '.join(marks)})" if marks else text)
    return "; ".join(texts)


def step_marks(step: MeetingStep, beside: date) -> Iterator[str]:
    """Where a step has a date of its own, or rolled past days off; years are left out that are those of `beside`."""
    if step.deviates and step.day:
        yield "eget datum"
    if step.rolled:
        began, *passed = step.rolled
        yield f"i stället för {_day_off(began, beside)}"
        yield from (f"förbi {_day_off(off, beside)}" for off in passed if _named(off))


def _day_off(off: DayOff, beside: date) -> str:
    return f"{_beside(off.day, beside)}, {clean(off.name)}" if _named(off) else _beside(off.day, beside)


def _named(off: DayOff) -> bool:
    """Whether it is off for more than its weekday."""
    return off.name != weekday(off.day)


def _printed_matter(matter: Matter, meeting: AgendaMeeting | None) -> PrintedMatter:
    activity = matter.activity
    cells = (
        title(activity),
        activity.type.value if activity.type else "",
        dates_alone(activity) if meeting is None else "",
        own_stop_date(matter, meeting.day if meeting else None).text,
        clean(activity.case_officer),
        clean(matter.process),
        clean(activity.id),
    )
    return PrintedMatter(cells, activity.type is ActivityType.DECISION)


def own_stop_date(matter: Matter, beside: date | None = None) -> Cell:
    """The matter's stop date where it is not that of the meeting; empty where it is, or none is needed."""
    stop, ruled = matter.activity.stop_date, matter.activity.meeting_stop_date
    same = ruled is not None and (stop.kind, stop.day) == (ruled.kind, ruled.day)
    return Cell("") if same else stop_date_cell(stop, beside)


def meeting_marks(meeting: AgendaMeeting) -> list[str]:
    """What to know of the meeting itself; may be empty."""
    marks = (
        f"inställt: {clean(meeting.cancelled)}" if meeting.cancelled else "inställt" if meeting.cancelled == "" else "",
        PRELIMINARY if meeting.preliminary else "",
        f"flyttat från {meeting.moved_from.isoformat()}" if meeting.moved_from else "",
        "" if meeting.planned else "inte i sammanträdesplanen",
        f"till och med {meeting.end.isoformat()}" if meeting.end else "",
    )
    return [mark for mark in marks if mark]
