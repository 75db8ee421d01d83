"""The stop date of an activity and the chain of steps around its meeting."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.evaluate import THE_MEETING, clock, counted, day_parts, evaluate_rolled
from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.dates.scope import Undated
from arshjul.dates.walk import chain, references
from arshjul.definition import ActivityType, Body, Expression, Meeting
from arshjul.definition.edit import rewritten
from arshjul.diagnostics import Diagnostic, InvalidProcess, error
from arshjul.resolve.graph import Outcome, Placed, Task, settle
from arshjul.resolve.keys import Key, Kind, MeetingDates, Results
from arshjul.resolve.names import LOCAL, Mention, Names, RowScope
from arshjul.resolve.rows import Row
from arshjul.resolve.scope import Attempts, Setting, at_place
from arshjul.source import Text
from arshjul.timeline import STOP_DATE, ChainStep, DayOff, PlannedMeeting, Step, StopDate, StopKind

Local = MutableMapping[str, Extent | None]
CANCELLED_STEP = "utgår"
_NOT_ONE_MEETING = (Code.SEVERAL_MEETINGS, Code.MISSING_MEETING_PLAN)
NEEDS_STOP_DATE = (ActivityType.DECISION, ActivityType.PREPARATION)
KINDS = {
    s.OnTable: StopKind.ON_TABLE,
    s.NotRequired: StopKind.NOT_REQUIRED,
    s.Missing: StopKind.MISSING,
    s.Undecided: StopKind.UNDATED,
}


class Anchor(Struct, frozen=True):
    """The meeting that stop date and chain are counted from: the first date of precision day, if there is one.

    `of_round` are the own dates of steps that deviations give the row.
    """

    extent: Extent | None
    meeting: PlannedMeeting | None
    entry: Meeting | None
    of_round: Mapping[str, Expression[s.Value] | None] | None = None

    def own_step(self, name: str) -> Expression[s.Value] | str | None:
        """The date the year's deviations or the meeting plan give the step, `utgår`, or None where they say nothing."""
        for steps in filter(None, (self.of_round, self.entry.steps if self.entry else None)):
            if name in steps:
                return steps[name] or CANCELLED_STEP
        return None


_NO_STOP_DATE = MeetingDates(StopDate(StopKind.NOT_REQUIRED, applies=False))
_STOP_DATE_MISSING = MeetingDates(StopDate(StopKind.MISSING))


def without_meeting(row: Row) -> MeetingDates | None:
    """What is known at once of a row that no body takes up and that has no stop date of its own; None of others."""
    if row.body_of_meeting or row.activity.stop_date is not None:
        return None
    # Most rows of a plan are such, and all of them share these two values.
    is_missing = row.activity.type in NEEDS_STOP_DATE and row.cancelled is None
    return _STOP_DATE_MISSING if is_missing else _NO_STOP_DATE


def undated_meeting_dates(row: Row, setting: Setting) -> MeetingDates:
    """Stop date and chain of a row where nothing can be said of its meeting."""
    needs_one = row.activity.stop_date is not None or row.activity.type in NEEDS_STOP_DATE
    stop = StopDate(StopKind.UNDATED) if needs_one else StopDate(StopKind.NOT_REQUIRED, applies=False)
    chain = setting.process.bodies[row.activity.body].chain if row.activity.body else ()
    return MeetingDates(stop, tuple(ChainStep(str(name)) for name in chain if name != STOP_DATE))


def meeting_dates(row: Row, setting: Setting, names: Names, results: Results, attempts: Attempts) -> MeetingDates:
    """Stop date and chain of one row, whose dates, and the order of its body's chain, are among the results.

    What is wrong with one of them is kept by `attempts`, and leaves the others as they are. Codes: those of
    `evaluate`, and not-a-date where a range comes out.
    """
    anchor = Anchor(None, None, None)
    dated = results.row(row.id).dated
    # The first date known by the day; none where it is not decided which of several days will hold.
    exact = (each.extent for each in dated if each.extent.precision is Precision.DAY and not each.alternative)
    if extent := next(exact, None):
        on_that_day = None
        if row.body_of_meeting:
            setting.meetings_of_year(row.body_of_meeting, extent.start.year)  # its plan may have steps of its own
            on_that_day = setting.meeting_on(row.body_of_meeting, extent, held=row.cancelled is None)
        anchor = Anchor(extent, on_that_day, setting.plans.entry(on_that_day) if on_that_day else None)
    if own := setting.process.round_steps.get(Text(row.changed_as or "")):
        anchor = replace(anchor, of_round=own.steps)
    body = setting.process.bodies[row.body_of_meeting] if row.body_of_meeting else None
    around = _AroundMeeting(row, setting, names, results, anchor, attempts)
    chain = around.chain(body, results.chain_order(body.id)) if body else {}
    meeting_stop = around.meeting_stop(body, chain) if body else None
    stop = around.stop_date(meeting_stop)
    if row.cancelled is not None:
        # Nothing is handed in. A calendar that had the day goes on to show it, as cancelled.
        stop = StopDate(StopKind.NOT_REQUIRED, applies=False, withdrawn=stop.day)
        meeting_stop = meeting_stop if row.meeting_held else None
    days = {name: step.extent for name, step in chain.items() if step.extent and name != STOP_DATE}
    if stop.day is not None:
        days[STOP_DATE] = Extent(stop.day, stop.day, preliminary=stop.preliminary)
    shown = tuple(step.as_step(name) for name, step in chain.items() if name != STOP_DATE)
    return MeetingDates(stop, shown, days, meeting_stop)


def needed(row: Row, setting: Setting, names: Names) -> tuple[dict[Key, Placed | None], list[Diagnostic]]:
    """As `Names.needs`, for what `meeting_dates` will read. Chain steps are names only inside the chain."""
    body = setting.process.bodies[row.body_of_meeting] if row.body_of_meeting else None
    ruled: list[Expression[Any]] = [*body.chain.values(), *filter(None, [body.stop_date])] if body else []
    own = [row.activity.stop_date] if row.activity.stop_date else []
    of_body, wrong = names.needs(ruled, row, frozenset((*LOCAL, *(body.chain if body else ()))))
    of_activity, more = names.needs(own, row)
    order: dict[Key, Placed | None] = {Key(Kind.CHAIN_ORDER, str(body.id)): body.id} if body else {}
    return {**order, **of_body, **of_activity}, [*wrong, *more]


class _ComputedStep(Struct, frozen=True):
    """One step of a chain, or a stop date; without extent it is undated, or cancelled if `cancelled`."""

    dated: Dated | None = None
    deviates: bool = False
    cancelled: bool = False
    steps: tuple[Step, ...] = ()
    rolled: tuple[DayOff, ...] = ()

    @property
    def extent(self) -> Extent | None:
        return self.dated.extent if self.dated else None

    def as_step(self, name: str) -> ChainStep:
        return ChainStep(name, self.dated, self.cancelled, self.deviates, self.steps, self.rolled)

    def as_stop_date(self) -> StopDate:
        if self.dated is None:
            kind = StopKind.NOT_REQUIRED if self.cancelled else StopKind.UNDATED
            return StopDate(kind, cancelled=self.cancelled, deviates=self.deviates)
        return StopDate(StopKind.DATE, self.dated, steps=self.steps, deviates=self.deviates, rolled=self.rolled)


class _AroundMeeting(Struct, frozen=True):
    """What is counted from the meeting of one row: its stop date and the steps of its body's chain."""

    row: Row
    setting: Setting
    names: Names
    results: Results
    anchor: Anchor
    attempts: Attempts

    def chain(self, body: Body, order: tuple[str, ...]) -> dict[str, _ComputedStep]:
        """Every step of the body's chain, in written order; computed in `order`."""
        found: dict[str, _ComputedStep] = {}
        # One that grows with the steps: a copy for each would be a square. A step that is in no order is undated.
        days: dict[str, Extent | None] = dict.fromkeys(set(body.chain) - set(order))
        for name in order:
            found[name] = self.attempts.of(partial(self._step, body, name, days), _ComputedStep())
            days[name] = found[name].extent
        return {str(name): found.get(name, _ComputedStep()) for name in body.chain}

    def _step(self, body: Body, name: str, days: Local) -> _ComputedStep:
        own, rule = self.anchor.own_step(name), body.chain[name]
        if own == CANCELLED_STEP:
            return _ComputedStep(deviates=True, cancelled=True)
        return self._own_value(own, days) if isinstance(own, Expression) else self._value(rule, self._scope(rule, days))

    def _own_value(self, own: Expression[s.Value], local: Local) -> _ComputedStep:
        """What the meeting plan says of a step. A date there knows no activities, and means the nearest year."""
        scope = self._scope(own, local)
        frame = scope.frame if self.anchor.extent is None else scope.frame.around(self.anchor.extent.start)
        return replace(self._value(own, replace(scope, names=None, frame=frame)), deviates=True)

    def _value(self, written: Expression[s.Value], scope: RowScope) -> _ComputedStep:
        if isinstance(written.tree, s.Undecided):
            return _ComputedStep()
        item, *more = written.tree.items
        if more:
            raise _not_a_day(written)
        return self._day(written, item, scope)

    def _day(self, written: Expression[Any], item: s.Item | s.StopRule, scope: RowScope) -> _ComputedStep:
        """The one day an expression gives; what is counted from something rolls back to a working day."""
        start = item.dates.start
        # Papers are due before a day off, never after it; a day that is written out is meant as written.
        default = s.Roll.BACK if counted(start) else None
        try:
            extent = at_place(written, lambda: evaluate_rolled(start, scope, default))
        except Undated:
            return _ComputedStep()
        if not extent.single or item.dates.end is not None:
            raise _not_a_day(written)
        deadline = isinstance(item, s.Item) and item.deadline
        year = self.row.phase.frame.implied_year(extent)
        dated = Dated(
            extent, deadline=deadline, parts=day_parts(item.parts), clock=clock(item.parts), implied_year=year
        )
        # The days off that a roll passed stand from the one it began on.
        begun = extent.rolled_from or extent.start
        first, last = sorted((extent.start, begun))
        passed = self.setting.workdays.days_off(first, last) if extent.rolled_from else ()
        rolled = tuple(DayOff(day, name) for day, name in (passed if begun < extent.start else reversed(passed)))
        return _ComputedStep(dated, steps=tuple(scope.steps), rolled=rolled)

    def _scope(self, written: Expression[Any], local: Local) -> RowScope:
        """Where a rule of the body is read: `möte` is the meeting it is about, whatever round this is."""
        return self._activity_scope(written, ChainMap(local, {"möte": self.anchor.extent}))

    def _activity_scope(self, written: Expression[Any], local: Local) -> RowScope:
        meeting = self.anchor.extent
        of_rounds: dict[str, Extent | None] = {round_.local: round_.extent for round_ in self.row.rounds}
        if as_of := self.results.row(self.row.id).as_of:
            of_rounds["per"] = as_of.extent
        return RowScope(
            self.setting,
            self.row.phase.frame,
            written,
            self.row.body,
            names=self.names,
            row=self.row,
            results=self.results,
            local=ChainMap({THE_MEETING: meeting}, local, of_rounds, {"möte": meeting}),
        )

    def stop_date(self, of_meeting: StopDate | None) -> StopDate:
        """The lookup of spec 3: the activity's own (deviations are merged into it), else the body's rule."""
        ruled = of_meeting if self.row.activity.type in NEEDS_STOP_DATE else None
        own = self.row.activity.stop_date
        if own is not None:
            rule_day = ruled.day if ruled else None
            stop = self.attempts.of(partial(self._own_stop, own), StopDate(StopKind.UNDATED))
            return replace(stop, written=True, rule_day=rule_day, span=own.text.span)
        if self.row.activity.type not in NEEDS_STOP_DATE:
            return StopDate(StopKind.NOT_REQUIRED, applies=False)
        return ruled or StopDate(StopKind.MISSING)

    def meeting_stop(self, body: Body, chain: Mapping[str, _ComputedStep]) -> StopDate | None:
        """The meeting's stop date, whatever the matter: what the plan says, else the body's rule, else None."""
        if STOP_DATE in chain:
            return chain[STOP_DATE].as_stop_date()
        own, rule = self.anchor.own_step(STOP_DATE), body.stop_date
        if own == CANCELLED_STEP:
            return StopDate(StopKind.NOT_REQUIRED, cancelled=True, deviates=True)
        undated = StopDate(StopKind.UNDATED)
        if isinstance(own, Expression):
            return self.attempts.of(lambda: self._own_value(own, {}).as_stop_date(), undated)
        return self.attempts.of(lambda: self._stop(rule, self._scope(rule, {})), undated) if rule else None

    def _own_stop(self, written: Expression[s.Stop]) -> StopDate:
        """`14 dagar före KS` of a row at KS means the row's meeting; where KS has several, that is what to write."""
        try:
            return self._stop(written, self._activity_scope(written, {}))
        except InvalidProcess as invalid:
            *_, last = chain(written.tree.dates.start.phrase) if isinstance(written.tree, s.StopRule) else [None]
            if not isinstance(last, s.Ref) or last.name != self.row.body_of_meeting:
                raise
            right = written.text[: last.at[0]].strip()
            hint, fix = f"skriv ”{right}”: det räknas från radens möte", rewritten(written.text, right)
            raise InvalidProcess(
                [
                    replace(found, hint=hint, fix=fix) if found.code in _NOT_ONE_MEETING else found
                    for found in invalid.diagnostics
                ]
            ) from None

    def _stop(self, written: Expression[s.Stop], scope: RowScope) -> StopDate:
        if isinstance(written.tree, s.StopRule):
            return replace(self._day(written, written.tree, scope).as_stop_date(), span=written.text.span)
        return StopDate(KINDS[type(written.tree)], span=written.text.span)


def _not_a_day(written: Expression[Any]) -> InvalidProcess:
    message = f"”{written.text}” är inte en dag: ett stoppdatum eller steg behöver en"
    return InvalidProcess(
        [error(Code.NOT_A_DATE, message, written.text.span, "räkna dagar från mötet, eller skriv en enda dag")]
    )


def chain_order(body: Body) -> tuple[str, ...]:
    """The chain's steps, each after those it is counted from. Raises InvalidProcess with every cycle."""
    tasks: dict[str, Task[str, None]] = {}
    for name, rule in body.chain.items():
        needs = {ref.name: Mention(rule, ref.at) for ref in references(rule.tree) if ref.name in body.chain}
        tasks[str(name)] = Task(str(name), rule.text, needs, lambda _: Outcome(None), None)
    settled = settle(tasks, lambda _: False)
    if settled.failures:
        raise InvalidProcess([failure.diagnostic(tasks) for failure in settled.failures])
    # The results come in the order in which they were computed, which is the order asked for.
    return tuple(settled.results)
