"""Meetings: held by their body, on its day, in one place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from msgspec import Struct, field

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, meeting_day, single_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Clock
from arshjul.dates.swedish import joined, weekday
from arshjul.diagnostics import Severity, see_also
from arshjul.timeline import Activity, PlannedMeeting

A_WEEK = timedelta(days=7)
DISPATCH = ("utskick", "kallelse")
MOST_COMPARED = 20


@check(Code.NOT_A_MEETING, Severity.WARNING)
def not_a_meeting(plan: Subject) -> Iterator[Finding]:
    """Aktiviteten hör till ett organ, men organet har inget sammanträde den dagen.

    Ärendet kan inte tas upp: mötet är flyttat, inställt eller fanns aldrig. Bara organ med en sammanträdesplan för
    året prövas, inte de som ännu räknas efter regler.

    Skriv mötet i stället för dagen (”KS i juni”), rätta sammanträdesplanen, eller ta bort ”organ” om det inte är ett
    ärende på mötet.
    """
    held: dict[tuple[str, int], list[date] | None] = {}
    for row in plan.dated:
        occurrence = single_day(row)
        if row.body is None or occurrence is None:
            continue
        day, key = occurrence.start, (row.body, occurrence.start.year)
        if key not in held:
            planned = _planned(plan, *key)
            sat = {day for meeting in planned if not meeting.cancelled for day in meeting.days()}
            held[key] = sorted(sat) if planned else None  # no plan, no answer
        days = held[key]
        if days is not None and day not in days[bisect_left(days, day) :][:1]:
            message = f"{title_of(row)}: {row.body} har inget sammanträde {format_day(day)}"
            at = bisect_left(days, day)
            near = sorted(days[max(at - 2, 0) : at + 2], key=lambda other: (abs(other - day), other))[:2]
            nearest = joined([format_day(other) for other in sorted(near)])
            yield Finding(message, plan.place(row), f"närmast: {nearest}" if days else "rätta sammanträdesplanen")


def _planned(plan: Subject, body: str, year: int) -> tuple[PlannedMeeting, ...]:
    """The meetings of a plan that somebody has written; draft rules are none."""
    written = plan.process.plans.get(year)
    if written is None or body not in written.meetings:
        return ()
    return plan.setting.known_meetings(body, year)


@check(Code.UNUSUAL_WEEKDAY, Severity.WARNING)
def unusual_weekday(plan: Subject) -> Iterator[Finding]:
    """Ett möte i en plan som inte är beslutad ligger på en annan veckodag än organets vanliga.

    Så ser det ofta ut när en dag är felskriven. Organets vanliga dag står under ”veckodag”. Prövas för
    processåret och för andra års möten där något tas upp, inte för möten som är flyttade med vilje eller inställda.

    Rätta dagen; skriv ”flyttad_från” om mötet är flyttat med vilje, eller ”beslutad” när planen är antagen.
    """
    for meeting in _meetings_not_adopted(plan):
        body = plan.process.bodies[meeting.body]
        if body.weekday is None or meeting.cancelled or meeting.moved_from:
            continue
        usual = weekday(date.fromordinal(body.weekday.value))  # day 1 of the calendar is a Monday
        if usual not in (weekday(meeting.day), weekday(meeting.last_day)):
            day = format_day(meeting.day)
            message = f"{body.id} brukar mötas på en {usual}, men mötet {day} ligger på en annan dag"
            yield Finding(message, meeting.span, "rätta dagen, eller skriv ”flyttad_från” om mötet är flyttat")


def _meetings_not_adopted(plan: Subject) -> Iterator[PlannedMeeting]:
    """All of year B-1, and those of other years at which this plan takes something up."""
    used = {(row.body, o.start) for row in plan.dated if row.body for o in row.occurrences if o.start == o.end}
    for year, written in sorted(plan.process.plans.items()):
        for name in plan.process.bodies if not written.decision else ():
            for meeting in _planned(plan, str(name), year):
                if year == plan.timeline.budget_year - 1 or (meeting.body, meeting.day) in used:
                    yield meeting


@check(Code.INCOMPLETE_MEETING_PLAN, Severity.WARNING)
def incomplete_meeting_plan(plan: Subject) -> Iterator[Finding]:
    """Årets sammanträdesplan är beslutad, men ett organ saknas i den och räknas ännu efter sina regler.

    Då blandas beslutade dagar med gissade, och de glider isär: ett organ som bereder kan hamna efter det möte det
    bereder. Bara organ av en grupp som har andra organ i planen prövas.

    Skriv in organets möten i årets sammanträdesplan.
    """
    used_in: dict[int, set[str | None]] = {}
    for row in plan.dated:
        if day := meeting_day(row):
            used_in.setdefault(day.year, set()).add(row.body)
    for year, written in sorted(plan.process.plans.items()):
        if not written.decision:
            continue
        # the bodies that meet by rule in a year for which their peers have a plan
        used = used_in.get(year, set())
        groups = {plan.process.bodies[name].group for name in written.meetings}
        left_out = (body for name, body in plan.process.bodies.items() if name in used and name not in written.meetings)
        missing = [str(body.id) for body in left_out if body.preliminary and body.group in groups]
        if missing:
            message = (
                f"Sammanträdesplanen för {year} är beslutad men saknar {joined(missing)}, som ännu räknas efter regler"
            )
            yield Finding(message, written.decision.span, "skriv in organets möten i planen")


@check(Code.NOTICE, Severity.WARNING)
def notice(plan: Subject) -> Iterator[Finding]:
    """Mindre än en vecka mellan utskicket och fullmäktiges möte.

    Kungörelse och kallelse ska vara ute minst en vecka före mötet (KL 5:13, 5:15), och budgetförslaget ska vara
    offentligt från kungörelsen (KL 8:14). Prövas mot steget ”utskick” eller ”kallelse” i organets kedja.

    Skriv ”utskick: 7 dagar före möte” i kedjan, eller rätta mötets egen dag i sammanträdesplanen.
    """
    for row in plan.dated:
        meeting, body = meeting_day(row), plan.body(row)
        for step in row.chain if body and body.is_assembly else ():
            if meeting and step.name in DISPATCH and step.day and meeting - step.day < A_WEEK:
                days = text(s.Duration((meeting - step.day).days, s.Unit.DAY))
                yield Finding(
                    f"{row.body} {format_day(meeting)}: {step.name} {format_day(step.day)} är {days} före mötet, "
                    "minst 7 krävs (KL 5:13)",
                    next((link.span for link in step.steps if link.span), row.source),
                    f"sista dag är {format_day(meeting - A_WEEK)}",
                )


@check(Code.DOUBLE_BOOKED, Severity.WARNING)
def double_booked(plan: Subject) -> Iterator[Finding]:
    """Ett organ eller en roll är kallad till två möten samma dag och klockslag.

    Ingen kan vara på två ställen. Prövas bara för möten med klockslag, där organet eller platsen skiljer dem åt.

    Flytta det ena mötet, eller ta bort den som inte behöver vara med ur ”deltagare”.
    """
    names = {*map(str, plan.process.bodies), *(str(role.name) for role in plan.process.roles.values())}
    for one, other, shared in _conflicts(plan, names):
        who, when = joined(sorted(shared)), f"{format_day(one.day)} kl {one.clock}"
        message = f"{who} är på två ställen {when}: {title_of(one.row)} och {title_of(other.row)}"
        related = see_also("det andra mötet", plan.place(one.row))
        yield Finding(message, plan.place(other.row), "flytta det ena mötet, eller ändra deltagarna", related)


def _conflicts(plan: Subject, names: set[str]) -> Iterator[tuple[TimedRow, TimedRow, set[str]]]:
    """Two rows that somebody has to attend at once, and who; of many matters of one meeting each once."""
    days: dict[date, dict[Hashable, TimedMeeting]] = {}
    for number, row in enumerate(plan.dated):
        held = single_day(row)
        if held and held.clock:
            attending = frozenset(chain.from_iterable(row.participants.values())) & names
            key = (held.clock, row.body, row.place, attending)
            meeting = days.setdefault(held.start, {}).setdefault(key, TimedMeeting(held.clock, attending))
            meeting.matters.append(TimedRow(row, held.start, held.clock, number))
    for meetings in days.values():
        yield from _conflicts_of_day(sorted(meetings.values(), key=lambda meeting: meeting.clock.start))


def _conflicts_of_day(meetings: Iterable[TimedMeeting]) -> Iterator[tuple[TimedRow, TimedRow, set[str]]]:
    """Of meetings by their first minute. Each is compared with those that its people are still at, for each of them
    with at most MOST_COMPARED: of a thousand meetings at once there are half a million pairs.
    """
    still_at: dict[str, list[TimedMeeting]] = {}
    compared: set[int] = set()
    for meeting in meetings:
        others: dict[int, TimedMeeting] = {}
        for name in sorted(meeting.attending):
            going_on = [other for other in still_at.get(name, ()) if other.end > meeting.clock.start]
            others |= {id(other): other for other in going_on if _apart(other.first.row, meeting.first.row)}
            still_at[name] = [*going_on, meeting][:MOST_COMPARED]
        for other in others.values():
            for pair in _pairs(meeting, other, only=id(other) in compared):
                one, two = sorted(pair, key=lambda row: row.number)
                yield one, two, set(meeting.attending & other.attending)
            compared |= {id(meeting), id(other)}


def _pairs(meeting: TimedMeeting, other: TimedMeeting, *, only: bool) -> Iterator[tuple[TimedRow, TimedRow]]:
    """Every matter but the one that is written first, with the first of the other meeting; `only` those of `meeting`,
    where the other's have been reported already.
    """
    for row in meeting.matters:
        if row is meeting.first or row.number > other.first.number:
            yield row, other.first
    for row in () if only else other.matters[1:]:
        if row.number > meeting.first.number:
            yield row, meeting.first


class TimedRow(Struct, frozen=True):
    """A row on one day; `number` is its place in the plan."""

    row: Activity
    day: date
    clock: Clock
    number: int


class TimedMeeting(Struct, frozen=True):
    """The matters of one meeting by the clock, in the order of the plan, and who attends it."""

    clock: Clock
    attending: frozenset[str]
    matters: list[TimedRow] = field(default_factory=list)

    @property
    def first(self) -> TimedRow:
        """The matter that stands for the meeting."""
        return self.matters[0]

    @property
    def end(self) -> int:
        """The first minute after it; what has no end lasts one minute."""
        return self.clock.end or self.clock.start + 1


def _apart(one: Activity, other: Activity) -> bool:
    """Two bodies meet apart, and so do two places; the same meeting may take up many matters."""
    if one.body and other.body:
        return one.body != other.body
    return one.place is not None and other.place is not None and one.place != other.place
