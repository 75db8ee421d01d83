"""What the words of an expression mean in one budget year: calendar, meetings, periods, names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.evaluate import evaluate, evaluate_span
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.literal import Frame
from arshjul.dates.swedish import day_text
from arshjul.dates.syntax import ExpressionError
from arshjul.definition import DayPolicy, Expression, Phase, Process
from arshjul.diagnostics import Diagnostic, InvalidProcess, Span, did_you_mean, error
from arshjul.resolve.meetings import MeetingCalendar, as_extent
from arshjul.timeline import PlannedMeeting, Step
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, Workdays, never_closed

R = TypeVar("R")
YEARS_AROUND = range(-3, 4)  # the calendar years, counted from B, in which `stängt` can matter
MOST_LINKS = 8  # each may be forty steps deep, and Python bears a thousand
DEFAULT_RUNS = s.DateSpan(
    s.Rolled(s.DayMonth(1, 9, s.BudgetYear(-2))), s.Rolled(s.DayMonth(31, 12, s.BudgetYear(-1)))
)  # spec 2: löper defaults to 1 sept B-2 till 31 dec B-1


def reckoned(expression: Expression[Any], reckon: Callable[[], R]) -> R:
    """What `reckon` gives; a ExpressionError becomes an InvalidProcess at its place in the expression."""
    try:
        return reckon()
    except ExpressionError as wrong:
        raise InvalidProcess([expression.refused(wrong)]) from None


def every(*reckonings: Callable[[], R]) -> list[R]:
    """What each of them gives. Raises one InvalidProcess with the reasons of all that fail."""
    results: list[R] = []
    problems: list[Diagnostic] = []
    for reckon in reckonings:
        try:
            results.append(reckon())
        except InvalidProcess as invalid:
            problems.extend(invalid.diagnostics)
    if problems:
        raise InvalidProcess(problems)
    return results


def first_to_last(extents: Sequence[Extent]) -> Extent:
    """The days from the first of one or more stretches to the last, preliminary if one of them is."""
    preliminary = any(extent.preliminary for extent in extents)
    return Extent(min(e.start for e in extents), max(e.end for e in extents), preliminary=preliminary)


class Setting:
    """One process in one budget year, before any activity has a date.

    Raises InvalidProcess for what is wrong in the calendar or in `löper`: without them nothing can be dated.
    """

    def __init__(self, process: Process, budget_year: int) -> None:
        self.process = process
        self.workdays = never_closed()
        self.frame = Frame(budget_year)
        self._pending: list[tuple[str, int | None]] = []
        self.meeting_calendar = MeetingCalendar(process, budget_year, self._draft)
        try:
            every(self._learn_workdays, self._learn_running)
        except InvalidProcess as invalid:
            raise InvalidProcess([*invalid.diagnostics, *self.meeting_calendar.problems()]) from None

    def _learn_workdays(self) -> None:
        self.workdays = self._employers_workdays()

    def _learn_running(self) -> None:
        self.frame = self._running(self.process.runs, self.frame, "processens tid")

    def phase_frame(self, phase: Phase) -> Frame:
        """Where bare dates of the phase find their year: its own `löper`, else the process's, never both."""
        where = f"fasen {phase.id}"
        return self._running(phase.runs, self.frame, where) if phase.runs else self.frame

    def all_meetings(self, body: str, start: date, end: date) -> list[PlannedMeeting]:
        """The body's meetings of a stretch, cancelled ones and those moved away from it too, by day.

        A year without plan and rule has none.
        """
        years = range(start.year, end.year + 1)
        meetings = (self.meeting_calendar.of_year(body, year) or () for year in years)
        return [
            meeting
            for group in meetings
            for meeting in group
            if start <= meeting.day <= end or (meeting.moved_from and start <= meeting.moved_from <= end)
        ]

    def _running(self, runs: Expression[s.DateSpan] | None, frame: Frame, where: str) -> Frame:
        if runs is None:
            extent = self._default_runs(frame)
        else:
            extent = reckoned(runs, lambda: evaluate_span(runs.tree, StaticScope(self, frame, runs)))
        return Frame(frame.budget_year, extent.start, extent.end, where, extent.preliminary)

    def _default_runs(self, frame: Frame) -> Extent:
        try:
            return evaluate_span(DEFAULT_RUNS, StaticScope(self, frame, None))
        except ExpressionError as before_the_calendar:
            message = f"Processen för budget {frame.budget_year} börjar 1 september {frame.budget_year - 2}"
            hint = f"kalendern börjar {FIRST_YEAR}: skriv ”löper”, eller välj ett senare budgetår"
            raise InvalidProcess(
                [error(before_the_calendar.code, message, self.process.span, hint)]
            ) from before_the_calendar

    def _employers_workdays(self) -> Workdays:
        calendar = self.process.calendar
        closed: dict[date, str] = {}
        for entry in calendar.closed:
            for extent in self._every_year(entry.when):
                first, last = extent.start.toordinal(), extent.end.toordinal()
                closed.update((date.fromordinal(day), str(entry.name)) for day in range(first, last + 1))
        given_away = (calendar.half_days is DayPolicy.FREE, calendar.bridge_days is DayPolicy.FREE)
        return Workdays(closed, *given_away) if closed else never_closed(*given_away)

    def _every_year(self, written: Expression[s.Value]) -> list[Extent]:
        """The days of `när` in every calendar year around; a week 53 or leap day is closed only where it exists."""
        if isinstance(written.tree, s.Undecided):
            return []
        found: list[Extent] = []
        wrong: ExpressionError | None = None
        for year in self._years_around():
            scope = StaticScope(self, self.frame.of_year(year), written)
            try:
                found.extend(dated.extent for dated in evaluate(written.tree, scope))
            except ExpressionError as missing:
                wrong = missing
        if wrong is not None and not found:
            raise InvalidProcess([written.refused(wrong)])
        return found

    def _years_around(self) -> list[int]:
        years = (self.frame.budget_year + step for step in YEARS_AROUND)
        return [year for year in years if FIRST_YEAR <= year <= LAST_YEAR]

    def _draft(self, name: str, year: int) -> Sequence[Extent]:
        """The days that the body's draft rules give in a calendar year."""
        rules = self.process.bodies[name].preliminary
        with self.reckoning((name, year), f"De preliminära reglerna för {name}", rules[0].text.span):
            every = [extent for rule in rules for extent in self._rule_days(rule, year)]
        return list({extent.start: extent for extent in reversed(every)}.values())

    @contextmanager
    def reckoning(self, thing: tuple[str, int | None], called: str, place: Span | None) -> Iterator[None]:
        """While a draft rule or a named period is reckoned: one that waits for itself is a cycle."""
        hint = "räkna från ett datum eller en helgdag i stället"
        if thing in self._pending:
            raise InvalidProcess([error(Code.CYCLE, f"{called} hänger på sig själva", place, hint)])
        if len(self._pending) == MOST_LINKS:
            message = f"{called} räknas från något som räknas från något annat, i fler än {MOST_LINKS} led"
            raise InvalidProcess([error(Code.LIMIT, message, place, hint)])
        self._pending.append(thing)
        try:
            yield
        finally:
            self._pending.pop()

    def _rule_days(self, rule: Expression[s.Value], year: int) -> list[Extent]:
        if isinstance(rule.tree, s.Undecided):
            return []
        dates = rule.tree
        scope = StaticScope(self, self.frame.of_year(year), rule)
        extents = [dated.extent for dated in reckoned(rule, lambda: evaluate(dates, scope))]
        hint = "skriv till exempel första tisdagen i juni"
        if not all(extent.single for extent in extents):
            message = f"”{rule.text}” är inte en dag: ett sammanträde behöver en"
            raise InvalidProcess([error(Code.NOT_A_DATE, message, rule.text.span, hint)])
        if stray := [extent for extent in extents if extent.start.year != year]:
            message = f"”{rule.text}” ger {day_text(stray[0].start, year=True)}, som inte ligger i {year}"
            raise InvalidProcess([error(Code.OUTSIDE_WINDOW, message, rule.text.span, hint)])
        return [Extent(e.start, e.end, Precision.DAY, True, place=rule.text.span) for e in extents]


@dataclass
class StaticScope:
    """An expression that stands apart from the activities: names are bodies and the calendar's periods only."""

    setting: Setting
    frame: Frame
    expression: Expression[Any] | None
    only: str | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def workdays(self) -> Workdays:
        """The working-day calendar of the process."""
        return self.setting.workdays

    def is_body(self, name: str) -> bool:
        """Whether the name is a body with meetings."""
        return name in self.setting.process.bodies

    def dates(self, ref: s.Ref) -> Sequence[Extent]:
        """The days of a named period."""
        if ref.name in self.setting.process.calendar.periods and ref.part is None:
            return [self._period(ref)]
        raise unknown_name(ref, [*self.setting.process.bodies, *self.setting.process.calendar.periods])

    def meetings(self, ref: s.Ref, start: date, end: date) -> Sequence[Extent]:
        """The body's meetings that are held, of those that take up the matter `ref.part` if one is named.

        A draft rule knows no matters, so a drafted meeting fits any.
        """
        self.require_plans(ref, start, end)
        meetings = self.setting.meeting_calendar.within(ref.name, start, end)
        fitting = [m for m in meetings if ref.part is None or ref.part in m.matters or self._drafted(m)]
        return [as_extent(meeting) for meeting in fitting]

    def has_meetings(self, body: str, start: date, end: date) -> bool:
        """Whether every calendar year of the stretch has a plan or a rule."""
        years = range(start.year, end.year + 1)
        return all(self.setting.meeting_calendar.of_year(body, year) is not None for year in years)

    def members(self, group: str, at: tuple[int, int]) -> Sequence[str]:
        """The bodies of a group, or the one that `visa: var_för_sig` shows here."""
        groups = self.setting.process.groups
        if group not in groups:
            raise unknown_name(s.Ref(group, at=at), list(groups), "organgruppen")
        return (self.only,) if self.only in groups[group] else groups[group]

    def note(self, words: str, extent: Extent, node: s.Node) -> None:
        """Keeps a step; a meeting's place is the plan or the rule that gives it."""
        place = extent.place or (self.expression.place(node.at) if self.expression else None)
        self.steps.append(Step(words, extent.start, place))

    def _drafted(self, meeting: PlannedMeeting) -> bool:
        return self.setting.meeting_calendar.entry(meeting) is None

    def _period(self, ref: s.Ref) -> Extent:
        written = self.setting.process.calendar.periods[ref.name]
        frame = self.frame if ref.year is None else self.frame.of_year(self.frame.number(ref.year))
        scope = StaticScope(self.setting, frame, written, steps=self.steps)
        if isinstance(written.tree, s.Undecided):
            raise self._undecided(ref)
        dates = written.tree
        with self.setting.reckoning((ref.name, None), f"Dagarna för {ref.name}", written.text.span):
            extents = [dated.extent for dated in reckoned(written, lambda: evaluate(dates, scope))]
        return extents[0] if len(extents) == 1 else first_to_last(extents)

    def _undecided(self, ref: s.Ref) -> Exception:
        """Where nothing can be undated, a period must be decided."""
        return ExpressionError(f"Perioden {ref.name} är inte fastställd", ref.at, "ge den dagar under ”perioder”")

    def require_plans(self, ref: s.Ref, start: date, end: date) -> None:
        """Refuses a stretch with a calendar year that has neither plan nor rule. Code: missing-meeting-plan."""
        for year in range(start.year, end.year + 1):
            if self.setting.meeting_calendar.of_year(ref.name, year) is None:
                raise ExpressionError(
                    f"{ref.name} har ingen sammanträdesplan för {year}",
                    ref.at,
                    f"lägg in {ref.name} i filen med ”kalenderår: {year}”, eller ge organet regler under ”preliminärt”",
                    Code.MISSING_MEETING_PLAN,
                )


def unknown_name(ref: s.Ref, known: Sequence[str], what: str = "namnet", why: str | None = None) -> ExpressionError:
    """The finding for a name that nothing has, with the nearest ones that exist; `why` replaces the guess."""
    hint = why or _guess(ref.name, known)
    return ExpressionError(f"Okänt namn: {what} ”{ref.name}” finns inte", ref.at, hint, Code.UNKNOWN_NAME)


def _guess(name: str, known: Sequence[str]) -> str:
    if near := did_you_mean(name, known, few=0):
        return near
    if name.isupper():
        return f"om {name} är ett organ: skriv in det under organ:, och dess möten under sammanträden:"
    return f"det finns: {', '.join(sorted(known)[:12])}"
