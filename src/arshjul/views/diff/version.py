"""One side of a comparison: the rows of a plan with what each date was computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from arshjul.dates.canonical import text
from arshjul.definition import ActivityType
from arshjul.definition import model as written
from arshjul.definition.rules import DateRule, date_rule, step_rule, stop_rule
from arshjul.diagnostics import Span
from arshjul.plan import Plan
from arshjul.timeline import STOP_DATE, Activity, Step, TimeWindow
from arshjul.wording.dates import dates_alone, occurrence_text, step_text, stop_date_text, text_in_table

AS_OF = "per"  # the day that a row is about, where it is another than its dates
DATES = "datum"  # the part of a row that its own dates are, beside `stoppdatum` and the steps of the chain
_DEVIATIONS = "avvikelser-"

SourceLine = tuple[str, int]
"""A file and a line."""


class MeetingDay(Struct, frozen=True):
    """A meeting that takes place. `moved_from` is the day it was first planned for, `place` where it is written."""

    body: str
    day: date
    moved_from: date | None = None
    place: SourceLine | None = None


class WrittenRule(Struct, frozen=True):
    """How a date is written: the expression in canonical text, and where. `body` where it is the rule of a body."""

    text: str
    place: SourceLine | None = None
    deviation: bool = False
    reason: str | None = None
    body: str | None = None


class Dating(Struct, frozen=True):
    """A part of a row and its days, both ends included; `text` says it all.

    `hours` are part of the day and clock, None where they are not known.

    `follows` are the rows, or steps of rows (`a.utskick`), and `meetings` the body and day, that it was computed from.
    """

    days: tuple[tuple[date, date], ...]
    text: str
    hours: tuple[str, ...] | None = ()
    kind: str = "date"
    rule: WrittenRule | None = None
    follows: tuple[str, ...] = ()
    meetings: tuple[tuple[str, date], ...] = ()

    @property
    def start(self) -> date | None:
        return min((first for first, _ in self.days), default=None)

    @property
    def end(self) -> date | None:
        return max((last for _, last in self.days), default=None)

    def same_as(self, other: Dating) -> bool:
        """Whether it says the same days and, where both say them, hours."""
        hours = None in (self.hours, other.hours) or self.hours == other.hours
        return hours and (self.days, self.kind) == (other.days, other.kind)


class ComparedRow(Struct, frozen=True):
    """A row as it is compared. `parts` maps `datum`, `stoppdatum`, `utskick` … → its days.

    `activity` is what a row that is repeated is a round of, and `people` are the names of all who have to do with it.
    """

    id: str
    title: str
    phase: str
    parts: Mapping[str, Dating]
    status: str = "planned"
    body: str | None = None
    place: str | None = None
    decision: bool = False
    activity: str | None = None
    people: frozenset[str] = frozenset()
    internal: bool = False
    previous_id: str | None = None

    @property
    def recorded(self) -> bool:
        """Whether the record tells of such a row."""
        return not self.internal and any(self.parts[part].days for part in (DATES, STOP_DATE) if part in self.parts)

    @property
    def lasting_id(self) -> str:
        """What the row was called first."""
        return self.previous_id or self.id

    @property
    def dates(self) -> Dating:
        return self.parts[DATES]


def window_row(identity: str, title: str, dating: Dating, body: str | None = None) -> ComparedRow:
    """A time window as a row: it has dates, and nothing to hand in.

    Its body says whom it concerns and is not compared: a plan that is read from a file does not know it.
    """
    people = frozenset({body} if body else ())
    return ComparedRow(identity, f"Tidsfönster: {title}", "", {DATES: dating}, people=people)


class Finding(Struct, frozen=True):
    """A finding as it is compared: without its place, which moves with every line above it."""

    code: str
    severity: str
    message: str


class Version(Struct, frozen=True):
    """A plan of one budget year as it was at some time. `label` is how the user asked for it.

    `windows` are the time windows, as rows with dates alone. `findings` is None where they are not known, `meetings`
    where it is not known what the dates were computed from.
    `dates_only`: of a row no more is known than its days, stop date and status. `calendar` are the closures and rules
    for working days, as text; `names` maps the ids of bodies and roles → their names. `assumed` is what is only
    thought of: a meeting or a row on another day.
    """

    label: str
    process: str
    budget_year: int
    title: str
    rows: tuple[ComparedRow, ...]
    findings: tuple[Finding, ...] | None = ()
    meetings: tuple[MeetingDay, ...] | None = None
    calendar: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    dates_only: bool = False
    assumed: tuple[str, ...] = ()
    windows: tuple[ComparedRow, ...] = ()

    @property
    def all(self) -> tuple[ComparedRow, ...]:
        """The rows and, after them, the windows."""
        return self.rows + self.windows


def version_of(plan: Plan, label: str) -> Version:
    """The plan as one side of a comparison."""
    timeline = plan.timeline
    definition = {str(each.id): each for phase in plan.process.phases for each in phase.activities}
    definition |= {str(name): activity for name, activity in plan.process.rounds.items()}
    meetings = [meeting for meeting in timeline.meetings if not meeting.cancelled]
    bodies = {str(id_): body for id_, body in plan.process.bodies.items()}
    by_place = {(m.span.file, m.span.line, m.span.column, m.day): m.body for m in meetings if m.span}
    maker = _RowMaker(definition, bodies, by_place)
    roles = {str(id_): str(role.name or id_) for id_, role in plan.process.roles.items()}
    return Version(
        label,
        timeline.process,
        timeline.budget_year,
        timeline.title,
        tuple(maker.row(activity) for activity in timeline.activities),
        tuple(Finding(str(each.code), each.severity.english, each.message) for each in plan.findings),
        tuple(MeetingDay(each.body, each.day, each.moved_from, _place(each.span)) for each in meetings),
        tuple(_calendar(plan.process.calendar)),
        roles | {body.id: body.name for body in timeline.bodies},
        windows=tuple(maker.window(window) for window in timeline.windows),
    )


def _calendar(calendar: written.Calendar) -> Iterator[str]:
    yield from (f"stängt {text(closed.when.tree)} ({closed.name})" for closed in calendar.closed)
    yield f"halvdagar: {calendar.half_days}"
    yield f"klämdagar: {calendar.bridge_days}"


MeetingsByPlace = Mapping[tuple[str, int, int, date], str]
"""File, line, column and day of a meeting → its body. A draft rule gives several days at one place."""


class _RowMaker(Struct, frozen=True):
    """Makes the rows of one plan. `definition` maps id, or single round → the activity as written."""

    definition: Mapping[str, written.Activity]
    bodies: Mapping[str, written.Body]
    meetings: MeetingsByPlace

    def row(self, activity: Activity) -> ComparedRow:
        """The row with the days of all its parts."""
        return ComparedRow(
            activity.id,
            activity.title,
            activity.phase,
            dict(self._parts(activity)),
            activity.status.value,
            activity.body,
            activity.place,
            decision=activity.type is ActivityType.DECISION,
            activity=activity.row.activity,
            people=activity.people | ({activity.body} if activity.body else set()),
            internal=activity.internal,
            previous_id=activity.previous_id,
        )

    def window(self, window: TimeWindow) -> ComparedRow:
        """The window as a row."""
        steps = (*window.start_steps, *window.end_steps)
        dating = self._dating(((window.start, window.end),), text_in_table(window.dated), steps, None)
        return window_row(window.id, window.title, dating, window.body)

    def _parts(self, activity: Activity) -> Iterator[tuple[str, Dating]]:
        days = tuple((each.start, each.end) for each in activity.occurrences)
        parts = ((each.part, each.clock) for each in activity.occurrences)
        hours = tuple(" ".join(str(each) for each in part if each) for part in parts)
        source, body = self._written(activity), self.bodies.get(activity.body or "")
        own = _rule(date_rule(source), activity.reason) if source else None
        yield DATES, self._dating(days, dates_alone(activity), activity.steps, own, hours=hours)
        if activity.as_of and (as_of := (activity.as_of.start, activity.as_of.end)) not in days:
            yield AS_OF, Dating((as_of,), occurrence_text(activity.as_of))
        stop = activity.stop_date
        stop_days = ((stop.day, stop.day),) if stop.day else ()
        rule = _rule(stop_rule(source, body, applies=activity.stop_date.applies), activity.reason) if source else None
        yield STOP_DATE, self._dating(stop_days, stop_date_text(stop, None), stop.steps, rule, kind=stop.kind.value)
        for step in activity.chain:
            if step.name != STOP_DATE:
                step_days = ((step.day, step.day),) if step.day else ()
                chain_rule = _rule(step_rule(body, step.name), None)
                yield step.name, self._dating(step_days, step_text(step, None), step.steps, chain_rule)

    def _dating(
        self,
        days: tuple[tuple[date, date], ...],
        shown: str,
        steps: tuple[Step, ...],
        rule: WrittenRule | None,
        kind: str = "date",
        hours: tuple[str, ...] = (),
    ) -> Dating:
        follows = tuple(dict.fromkeys(step.follows for step in steps if step.follows))
        places = [(step.span, step.date) for step in steps if step.span and step.date]
        bodies = [(self.meetings.get((at.file, at.line, at.column, day)), day) for at, day in places]
        met = [(body, day) for body, day in bodies if body]
        return Dating(days, shown, hours, kind, rule, follows, tuple(dict.fromkeys(met)))

    def _written(self, activity: Activity) -> written.Activity | None:
        return self.definition.get(activity.changed_as or activity.row.activity)


def _rule(rule: DateRule, reason: str | None) -> WrittenRule | None:
    places = [place for each in rule.expressions if (place := _place(each.text.span))]
    deviating = [place for place in places if place[0].rpartition("/")[2].startswith(_DEVIATIONS)]
    place = next(iter(deviating or places), None)
    return (
        WrittenRule(rule.text, place, bool(deviating), reason if deviating else None, rule.body) if rule.text else None
    )


def _place(span: Span | None) -> SourceLine | None:
    return (span.file, span.line) if span else None
