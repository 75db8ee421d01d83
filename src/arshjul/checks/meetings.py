"""Meetings: held by their body, on its day, in one place."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from itertools import combinations

from msgspec import Struct

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


@check(Code.NOT_A_MEETING, Severity.WARNING)
def not_a_meeting(plan: Subject) -> Iterator[Finding]:
    """Aktiviteten hör till ett organ, men organet har inget sammanträde den dagen.

    Ärendet kan inte tas upp: mötet är flyttat, inställt eller fanns aldrig. Bara organ med en sammanträdesplan för
    året prövas, inte de som ännu räknas efter regler.

    Skriv mötet i stället för dagen (”KS i juni”), rätta sammanträdesplanen, eller ta bort ”organ” om det inte är ett
    ärende på mötet.
    """
    for row in plan.dated:
        occurrence = single_day(row)
        if row.body is None or occurrence is None:
            continue
        planned = _planned(plan, row.body, occurrence.start.year)
        held = [meeting.day for meeting in planned if not meeting.cancelled]
        if planned and occurrence.start not in held:
            message = f"{title_of(row)}: {row.body} har inget sammanträde {format_day(occurrence.start)}"
            by_distance = sorted(held, key=lambda day: (abs(day - occurrence.start), day))
            nearest = joined([format_day(day) for day in sorted(by_distance[:2])])
            yield Finding(message, plan.place(row), f"närmast: {nearest}" if held else "rätta sammanträdesplanen")


def _planned(plan: Subject, body: str, year: int) -> tuple[PlannedMeeting, ...]:
    """The meetings of a plan that somebody has written; draft rules are none."""
    written = plan.process.plans.get(year)
    if written is None or body not in written.meetings:
        return ()
    return plan.setting.meetings_of_year(body, year) or ()


@check(Code.UNUSUAL_WEEKDAY, Severity.WARNING)
def unusual_weekday(plan: Subject) -> Iterator[Finding]:
    """Ett möte i en plan som inte är beslutad ligger på en annan veckodag än organets vanliga.

    Så ser det ofta ut när en dag är felskriven. Organets vanliga dag står under ”veckodag”. Prövas bara för
    processåret, och inte för möten som är flyttade med vilje eller inställda.

    Rätta dagen; skriv ”flyttad_från” om mötet är flyttat med vilje, eller ”beslutad” när planen är antagen.
    """
    year = plan.timeline.budget_year - 1
    written = plan.process.plans.get(year)
    for name, body in plan.process.bodies.items() if written and not written.decision else ():
        if body.weekday is None:
            continue
        usual = weekday(date.fromordinal(body.weekday.value))  # day 1 of the calendar is a Monday
        for meeting in _planned(plan, str(name), year):
            if weekday(meeting.day) != usual and not meeting.cancelled and not meeting.moved_from:
                message = (
                    f"{name} brukar mötas på en {usual}, men mötet {format_day(meeting.day)} ligger på en annan dag"
                )
                yield Finding(message, meeting.span, "rätta dagen, eller skriv ”flyttad_från” om mötet är flyttat")


@check(Code.CALENDAR_DRIFT, Severity.WARNING)
def calendar_drift(plan: Subject) -> Iterator[Finding]:
    """Årets sammanträdesplan är beslutad, men ett organ saknas i den och räknas ännu efter sina regler.

    Då blandas beslutade dagar med gissade, och de glider isär: ett organ som bereder kan hamna efter det möte det
    bereder. Bara organ av en grupp som har andra organ i planen prövas.

    Skriv in organets möten i årets sammanträdesplan.
    """
    for year, written in sorted(plan.process.plans.items()):
        if not written.decision:
            continue
        # the bodies that meet by rule in a year for which their peers have a plan
        used = {row.body for row in plan.dated if (day := meeting_day(row)) and day.year == year}
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
        meeting, body = single_day(row), plan.body(row)
        for step in row.chain if body and body.is_assembly else ():
            if meeting and step.name in DISPATCH and step.day and meeting.start - step.day < A_WEEK:
                days = text(s.Duration((meeting.start - step.day).days, s.Unit.DAY))
                yield Finding(
                    f"{row.body} {format_day(meeting.start)}: {step.name} {format_day(step.day)} är {days} före mötet, "
                    "minst 7 krävs (KL 5:13)",
                    next((link.span for link in step.steps if link.span), row.source),
                    f"sista dag är {format_day(meeting.start - A_WEEK)}",
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
    """Two rows that somebody has to attend at once, and who. Of many matters of one meeting each is told once."""
    days: dict[date, dict[Hashable, list[tuple[int, TimedRow]]]] = {}
    for number, row in enumerate(plan.dated):
        held = single_day(row)
        if held and held.clock:
            meeting = (held.clock, row.body, row.place, frozenset(_attending(row) & names))
            matters = days.setdefault(held.start, {}).setdefault(meeting, [])
            matters.append((number, TimedRow(row, held.start, held.clock)))
    for meetings in days.values():
        for matters, others in combinations(meetings.values(), 2):
            first, second = matters[0], others[0]
            shared = _attending(first[1].row) & _attending(second[1].row) & names
            if shared and first[1].overlaps(second[1]) and _apart(first[1].row, second[1].row):
                pairs = [(first, other) for other in others] + [(second, other) for other in matters]
                yield from ((one[1], other[1], shared) for one, other in pairs if one[0] < other[0])


class TimedRow(Struct, frozen=True):
    """A row on one day at a time by the clock."""

    row: Activity
    day: date
    clock: Clock

    def overlaps(self, other: TimedRow) -> bool:
        """Whether a minute is in both; what has no end lasts one minute."""
        first, second = self.clock, other.clock
        overlap = first.start < (second.end or second.start + 1) and second.start < (first.end or first.start + 1)
        return self.day == other.day and overlap


def _attending(row: Activity) -> set[str]:
    return {name for names in row.participants.values() for name in names}


def _apart(one: Activity, other: Activity) -> bool:
    """Two bodies meet apart, and so do two places; the same meeting may take up many matters."""
    if one.body and other.body:
        return one.body != other.body
    return one.place is not None and other.place is not None and one.place != other.place
