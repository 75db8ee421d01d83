"""What the words of an expression mean in one budget year: calendar, meetings, periods, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, Self, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.evaluate import evaluate
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.literal import Frame
from arshjul.dates.meeting_day import LONGEST_MEETING
from arshjul.dates.scope import Undated
from arshjul.dates.swedish import day_text
from arshjul.dates.syntax import ExpressionError
from arshjul.definition import Expression, Process
from arshjul.diagnostics import Diagnostic, InvalidProcess, Span, as_written, did_you_mean, error
from arshjul.resolve.meetings import BodyYear, MeetingPlans, as_extent, drafted
from arshjul.timeline import PlannedMeeting, Step
from arshjul.workdays import Workdays

R = TypeVar("R")
S = TypeVar("S")
MOST_LINKS = 8  # each may be forty steps deep, and Python bears a thousand


def at_place(expression: Expression[Any], compute: Callable[[], R]) -> R:
    """What `compute` gives; an ExpressionError becomes an InvalidProcess at its place in the expression."""
    try:
        return compute()
    except ExpressionError as wrong:
        raise InvalidProcess([expression.refused(wrong)]) from None


class Attempts:
    """Parts of one result, each computed on its own: what one of them lacks hides nothing of the others."""

    def __init__(self, problems: Iterable[Diagnostic] = ()) -> None:
        self._problems = dict.fromkeys(problems)

    def of(self, compute: Callable[[], R], otherwise: S) -> R | S:
        """What `compute` gives, `otherwise` where it is undated; what is wrong with it is kept."""
        try:
            return compute()
        except InvalidProcess as invalid:
            self._problems.update(dict.fromkeys(invalid.diagnostics))
        except Undated:
            pass
        return otherwise

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What was wrong with the parts, each once."""
        return tuple(self._problems)


def first_to_last(extents: Sequence[Extent]) -> Extent:
    """The one stretch, or the days from the first of several to the last, preliminary if one of them is."""
    if len(extents) == 1:
        return extents[0]
    preliminary = any(extent.preliminary for extent in extents)
    return Extent(min(e.start for e in extents), max(e.end for e in extents), preliminary=preliminary)


class Pending(NamedTuple):
    """A draft rule or a named period that is being computed; one that waits for itself is a cycle."""

    name: str
    year: int | None = None


class PeriodIn(NamedTuple):
    """A named period as some scope reads it."""

    name: str
    frame: Frame
    scope: type[StaticScope]


class Computed(Struct, frozen=True):
    """The days of a named period and the steps that gave them."""

    extent: Extent
    steps: tuple[Step, ...]


class Drafted(Struct, frozen=True):
    """The meetings of a body in a year without a plan, and what is wrong with the rules that are left out."""

    meetings: tuple[PlannedMeeting, ...]
    problems: tuple[Diagnostic, ...] = ()


class Setting(Struct, frozen=True):
    """One process in one budget year, before any activity has a date. `resolve.setting` builds it in three steps.

    `closures_known` is False in the first step only, where the closures themselves are computed: who counts working
    days then would get an answer that is wrong afterwards. `problems` are those of the closures that are left out.
    `drafts`, `asked` and `periods` remember what was computed in this step: the same question has the same answer, so
    that they hide no order.
    """

    process: Process
    frame: Frame
    plans: MeetingPlans
    workdays: Workdays
    closures_known: bool = False
    problems: tuple[Diagnostic, ...] = ()
    drafts: dict[BodyYear, Drafted] = field(default_factory=dict)
    asked: set[BodyYear] = field(default_factory=set)
    periods: dict[PeriodIn, Computed] = field(default_factory=dict)

    def meetings_of_year(
        self, body: str, year: int, pending: tuple[Pending, ...] = ()
    ) -> tuple[PlannedMeeting, ...] | None:
        """The body's meetings of the calendar year, by day; None where it has neither plan nor rule.

        Raises InvalidProcess where its plan has an error: a meeting of it may be another day.
        """
        self.asked.add(BodyYear(body, year))
        return self._meetings_of_year(BodyYear(body, year), pending)

    def _meetings_of_year(
        self, asked: BodyYear, pending: tuple[Pending, ...] = ()
    ) -> tuple[PlannedMeeting, ...] | None:
        if asked in self.plans.broken:
            raise InvalidProcess(self.plans.broken[asked][:1])
        if asked in self.plans.meetings:
            return self.plans.meetings[asked]
        if not self.process.bodies[asked.body].preliminary:
            return None
        if asked not in self.drafts:
            days, problems = draft_days(self, asked, pending)
            self.drafts[asked] = Drafted(drafted(self.process.bodies[asked.body], days), problems)
        return self.drafts[asked].meetings

    def known_meetings(self, body: str, year: int, pending: tuple[Pending, ...] = ()) -> tuple[PlannedMeeting, ...]:
        """As `meetings_of_year`, for what only looks at the meetings there are: none where they are not known."""
        try:
            return self._meetings_of_year(BodyYear(body, year), pending) or ()
        except InvalidProcess:
            return ()

    def meeting_on(self, body: str, days: Extent, *, held: bool = True) -> PlannedMeeting | None:
        """The body's meeting on the first of the days, if the plan or a rule has one that is `held`; else a cancelled
        one too. Of two on one day it is the one that the days were taken from, else the first. See `known_meetings`.
        """
        meetings = self.known_meetings(body, days.start.year)
        there = [m for m in meetings if m.day <= days.start <= m.last_day and not (held and m.cancelled)]
        return next((meeting for meeting in there if meeting.span == days.place), next(iter(there), None))

    def require_all_drafts(self, body: str, years: range) -> None:
        """Raises InvalidProcess where a draft rule was left out: that no meeting is found is no news then."""
        for year in years:
            draft = self.drafts.get(BodyYear(body, year))
            if draft is not None and draft.problems:
                raise InvalidProcess(draft.problems[:1])

    def draft_problems(self) -> Iterator[Diagnostic]:
        """Of the draft rules that were left out, where a date was counted from what was left."""
        return (problem for asked in self.asked if asked in self.drafts for problem in self.drafts[asked].problems)

    def meetings_looked_at(self) -> tuple[PlannedMeeting, ...]:
        """Every meeting of a plan, and those of the rules that somebody asked for, by body and day."""
        meetings = [*self.plans.meetings.values(), *(draft.meetings for draft in self.drafts.values())]
        return tuple(sorted((meeting for each in meetings for meeting in each), key=lambda m: (m.body, m.day)))

    def all_meetings(self, body: str, start: date, end: date) -> list[PlannedMeeting]:
        """The body's meetings of the calendar years of a stretch, cancelled ones too, and those that another year's
        plan has and that were first planned in these years. A year without plan and rule has none.
        """
        years = range(start.year, end.year + 1)
        of_years = [meeting for year in years for meeting in self.meetings_of_year(body, year) or ()]
        moved_away = (
            meeting
            for (planned_body, year), meetings in self.plans.meetings.items()
            if planned_body == body and year not in years
            for meeting in meetings
            if meeting.moved_from is not None and meeting.moved_from.year in years
        )
        return [*of_years, *moved_away]


class StaticScope(Struct, frozen=True):
    """An expression that stands apart from the activities: names are bodies and the calendar's periods only.

    A scope is made for one expression; `steps` is where the steps of its evaluation are recorded. `pending` are the
    draft rules and periods on the way here.
    """

    setting: Setting
    frame: Frame
    expression: Expression[Any] | None
    only: str | None = None
    steps: list[Step] = field(default_factory=list)
    pending: tuple[Pending, ...] = ()

    @property
    def workdays(self) -> Workdays:
        """The working-day calendar of the process."""
        return self.setting.workdays

    def is_body(self, name: str) -> bool:
        """Whether the name is a body with meetings."""
        return name in self.setting.process.bodies

    def dates(self, ref: s.Ref) -> Sequence[Extent]:
        """The days of a named period, computed once in each frame: periods of periods would else grow without end."""
        defined, periods = self.setting.process.calendar.periods, self.setting.periods
        if ref.name not in defined or ref.part is not None:
            raise unknown_name(ref, [*self.setting.process.bodies, *defined])
        written = defined[ref.name]
        frame = self.frame if ref.year is None else self.frame.of_year(self.frame.number(ref.year))
        if isinstance(written.tree, s.Undecided):
            raise self._undecided(ref)
        key = PeriodIn(ref.name, frame, self._kind)
        if key not in periods:
            pending = waiting(self.pending, Pending(ref.name), f"Dagarna för {ref.name}", written.text.span)
            steps: list[Step] = []
            scope = self._kind(self.setting, frame, written, steps=steps, pending=pending)
            periods[key] = Computed(first_to_last(evaluated(written, written.tree, scope)), tuple(steps))
        known = frozenset(self.steps)
        self.steps.extend(step for step in periods[key].steps if step not in known)
        return [periods[key].extent]

    def meetings(self, ref: s.Ref, start: date, end: date) -> Sequence[Extent]:
        """The body's meetings that are held, of those that take up the matter `ref.part` if one is named.

        A draft rule knows no matters, so a drafted meeting fits any.
        """
        self.require_plans(ref, start, end)
        years = range(start.year, end.year + 1)
        held = [
            meeting
            for year in years
            for meeting in self._of_year(ref.name, year) or ()
            if _lies_in(meeting, start, end) and not meeting.cancelled
        ]
        if not held:
            self.setting.require_all_drafts(ref.name, years)
        return self._with_matter(ref, held)

    def has_meetings(self, body: str, start: date, end: date) -> bool:
        """Whether every calendar year of the stretch has a plan or a rule."""
        return all(self._of_year(body, year) is not None for year in range(start.year, end.year + 1))

    def known_meetings(self, ref: s.Ref, start: date, end: date) -> Sequence[Extent]:
        """As `meetings`, for a hint: what is wrong with them, or missing, is no news here."""
        years = range(start.year, end.year + 1)
        known = [m for year in years for m in self.setting.known_meetings(ref.name, year, self.pending)]
        return self._with_matter(ref, (m for m in known if _lies_in(m, start, end) and not m.cancelled))

    def _with_matter(self, ref: s.Ref, held: Iterable[PlannedMeeting]) -> list[Extent]:
        plans = self.setting.plans
        return [as_extent(m) for m in held if ref.part is None or ref.part in m.matters or plans.entry(m) is None]

    def members(self, group: str, at: tuple[int, int]) -> Sequence[str]:
        """The bodies of a group, or the one that `visa: var_för_sig` shows here."""
        groups = self.setting.process.groups
        if group not in groups:
            raise unknown_name(s.Ref(group, at=at), list(groups), "organgruppen")
        return (self.only,) if self.only in groups[group] else groups[group]

    def of_year(self, year: int) -> Self:
        """The same where a bare date is of one calendar year; its steps are its own."""
        return replace(self, frame=self.frame.of_year(year), steps=[])

    def note(self, words: str, extent: Extent, node: s.Node) -> None:
        """Records a step; a meeting's place is the plan or the rule that gives it."""
        place = extent.place or (self.expression.place(node.at) if self.expression else None)
        self.steps.append(Step(words, extent.start, place))

    def require_plans(self, ref: s.Ref, start: date, end: date) -> None:
        """Refuses a stretch with a calendar year that has neither plan nor rule. Code: missing-meeting-plan."""
        for year in range(start.year, end.year + 1):
            if self._of_year(ref.name, year) is None:
                raise ExpressionError(
                    f"{ref.name} har ingen sammanträdesplan för {year}",
                    ref.at,
                    f"lägg in {ref.name} i filen med ”kalenderår: {year}”, eller ge organet regler under ”preliminärt”",
                    Code.MISSING_MEETING_PLAN,
                )

    def _of_year(self, body: str, year: int) -> tuple[PlannedMeeting, ...] | None:
        return self.setting.meetings_of_year(body, year, self.pending)

    @property
    def _kind(self) -> type[StaticScope]:
        """What a period of this scope is read in: it knows no activities, whoever asks."""
        return StaticScope

    def _undecided(self, ref: s.Ref) -> Exception:
        """Where nothing can be undated, a period must be decided."""
        return ExpressionError(f"Perioden {ref.name} är inte fastställd", ref.at, "ge den dagar under ”perioder”")


def _lies_in(meeting: PlannedMeeting, start: date, end: date) -> bool:
    """Whether it begins in the period; a single day names a meeting of several days by any of them."""
    return meeting.day <= start <= meeting.last_day if start == end else start <= meeting.day <= end


class DraftScope(StaticScope, frozen=True):
    """A draft rule that is read for a closure: which days are worked is not known yet, so it may not count them."""

    @property
    def workdays(self) -> Workdays:
        """Raises ExpressionError: cycle."""
        if self.expression is None:
            return self.setting.workdays
        raise ExpressionError(
            f"”{self.expression.text}” räknar arbetsdagar, och stängda dagar räknas i sin tur från den",
            (0, len(self.expression.text)),
            "räkna de stängda dagarna från ett datum eller en helgdag, eller skriv regeln utan arbetsdagar",
            Code.CYCLE,
        )

    @property
    def _kind(self) -> type[StaticScope]:
        return DraftScope


def draft_days(
    setting: Setting, asked: BodyYear, pending: tuple[Pending, ...]
) -> tuple[list[Extent], tuple[Diagnostic, ...]]:
    """The days that the body's draft rules give in a calendar year, each once; and why some rules gave none.

    A rule that lacks its day that year is left out. Raises InvalidProcess with errors as written.
    """
    rules = setting.process.bodies[asked.body].preliminary
    title = f"De preliminära reglerna för {asked.body}"
    pending = waiting(pending, Pending(asked.body, asked.year), title, rules[0].text.span)
    days: dict[date, Extent] = {}
    attempts = Attempts()
    for rule in rules:
        for extent in attempts.of(partial(_days_of_rule, rule, setting, asked, pending), ()):
            # Of two rules that give the same day, the first is its place.
            day = Extent(extent.start, extent.end, Precision.DAY, True, place=rule.text.span)
            days.setdefault(extent.start, day)
    if as_written(attempts.problems):
        raise InvalidProcess(attempts.problems)
    return list(days.values()), attempts.problems


def _days_of_rule(
    rule: Expression[s.Value], setting: Setting, asked: BodyYear, pending: tuple[Pending, ...]
) -> Sequence[Extent]:
    """The days of one draft rule; none while it is undecided. Codes: not-a-date, outside-window."""
    if isinstance(rule.tree, s.Undecided):
        return ()
    kind = StaticScope if setting.closures_known else DraftScope
    scope = kind(setting, setting.frame.of_year(asked.year), rule, pending=pending)
    extents = evaluated(rule, rule.tree, scope)
    for extent in extents:
        a_meeting = extent.precision is Precision.DAY and (extent.end - extent.start).days < LONGEST_MEETING
        if a_meeting and extent.start.year == asked.year:
            continue
        code, message = Code.NOT_A_DATE, f"”{rule.text}” är inte en dag: ett sammanträde behöver en"
        hint = f"säg vilken dag i ”{rule.text}”: en ordning och en veckodag"
        if a_meeting:
            words = day_text(extent.start, year=True)
            code, message = Code.OUTSIDE_WINDOW, f"”{rule.text}” ger {words}, som inte ligger i {asked.year}"
            hint = f"skriv en dag i {asked.year}: planen hör till ett kalenderår"
        elif rule != (rules := setting.process.bodies[asked.body].preliminary)[0]:
            joined = f"{rules[rules.index(rule) - 1].text} och {rule.text}"
            hint = f"hör det till regeln före skrivs de med ”och” i stället för komma: ”{joined}”"
        raise InvalidProcess([error(code, message, rule.text.span, hint)])
    return extents


def evaluated(written: Expression[Any], dates: s.Dates, scope: StaticScope) -> list[Extent]:
    """The days of each date of a value."""
    return [dated.extent for dated in at_place(written, lambda: evaluate(dates, scope))]


def waiting(pending: tuple[Pending, ...], thing: Pending, title: str, place: Span | None) -> tuple[Pending, ...]:
    """The way here and one more link. Codes: cycle, limit."""
    hint = "räkna från ett datum eller en helgdag i stället"
    if thing in pending:
        raise InvalidProcess([error(Code.CYCLE, f"{title} hänger på sig själva", place, hint)])
    if len(pending) == MOST_LINKS:
        message = f"{title} räknas från något som räknas från något annat, i fler än {MOST_LINKS} led"
        raise InvalidProcess([error(Code.LIMIT, message, place, hint)])
    return (*pending, thing)


def unknown_name(ref: s.Ref, known: Sequence[str], what: str = "namnet", why: str | None = None) -> ExpressionError:
    """The finding for a name that nothing has, with the nearest ones that exist; `why` replaces the guess."""
    hint = why or did_you_mean(ref.name, known, few=0)
    if not hint and ref.name.isupper():
        hint = f"om {ref.name} är ett organ: skriv in det under organ:, och dess möten under sammanträden:"
    hint = hint or f"det finns: {', '.join(sorted(known)[:12])}"
    return ExpressionError(f"Okänt namn: {what} ”{ref.name}” finns inte", ref.at, hint, Code.UNKNOWN_NAME)
