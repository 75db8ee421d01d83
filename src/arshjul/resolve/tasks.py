"""Everything to compute of a process in a year, as tasks with what each needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import THE_MEETING, days_off_of_length, evaluate, joined_extent, other_end, period_names
from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.dates.scope import Undated
from arshjul.dates.swedish import day_text
from arshjul.definition import Body, Expression, Repeat, Requirement
from arshjul.definition import Window as WrittenWindow
from arshjul.diagnostics import Diagnostic, as_written
from arshjul.resolve.graph import Outcome, Placed, Task
from arshjul.resolve.judge import applies
from arshjul.resolve.keys import PLANNING_PERIOD, Key, Kind, Results, RowDates, WindowDates
from arshjul.resolve.names import LOCAL, Names, RowScope
from arshjul.resolve.rows import PhaseRow, Row, Unfolded
from arshjul.resolve.scope import Attempts, Setting, StaticScope, at_place, evaluated, first_to_last
from arshjul.resolve.stops import chain_order, meeting_dates, needed, undated_meeting_dates, without_meeting
from arshjul.source import Text

Computation = Task[Key, object]
Needs = dict[Key, Placed | None]


def tasks(setting: Setting, unfolded: Unfolded, names: Names) -> dict[Key, Computation]:
    """What is to be computed, and what is wrong already: all of it is reported in one run."""
    made = _Tasks(setting, names, unfolded)
    found: dict[Key, Computation] = {}
    if setting.frame.broken:
        found[Key(Kind.RUNS, "")] = _failing("löper", None, setting.frame.broken, derived=True)
    for (body, year), problems in setting.plans.broken.items():
        found[Key(Kind.MEETING_PLAN, f"{body} {year}")] = _failing(body, None, problems, derived=True)
    for body_id, declared in setting.process.bodies.items():
        found[Key(Kind.CHAIN_ORDER, body_id)] = made.chain_order(declared)
    members: dict[str, list[Row]] = {phase.id: [] for phase in unfolded.phases}
    for row in unfolded.rows:
        members[row.phase.id].append(row)
        found[Key(Kind.ROW_DATES, row.id)] = made.row_dates(row)
        found[Key(Kind.MEETING_DATES, row.id)] = made.meeting_dates(row)
    for phase in unfolded.phases:
        found[Key(Kind.PHASE, phase.id)] = made.phase(phase, members[phase.id])
    for milestone, rows in names.milestones.items():
        found[Key(Kind.MILESTONE, milestone)] = _milestone(milestone, rows)
    for window in setting.process.windows:
        found[Key(Kind.WINDOW, window.id)] = made.window(window)
    for rule in setting.process.requirements:
        if applies(rule, setting.process, setting.frame.budget_year):
            found[Key(Kind.REQUIREMENT, rule.id)] = made.requirement(rule)
    found[PLANNING_PERIOD] = made.planning_period()
    for name, problems in unfolded.failed.items():
        for kind in (Kind.ROW_DATES, Kind.MEETING_DATES, Kind.PHASE):
            if (key := Key(kind, name)) in found:
                task = found[key]
                found[key] = _failing(name, task.placed, problems, task.undated, written=task.written)
    return found


def _milestone(name: str, rows: Sequence[Row]) -> Computation:
    """The last of its rows. A task of its own: what a thousand rows ask for is looked for once."""
    rows = [row for row in rows if row.cancelled is None]
    ids = [row.id for row in rows]
    needs = {Key(Kind.ROW_DATES, row_id): row.activity for row_id, row in zip(ids, rows, strict=True)}

    def last(results: Results) -> str | None:
        ends = {row_id: [extent.end for extent in results.row(row_id).extents] for row_id in ids}
        return max(ids, key=lambda row_id: max(ends[row_id])) if ends and all(ends.values()) else None

    placed = rows[0].activity if rows else None
    return Task(name, placed, needs, lambda found: Outcome(last(Results(found))), None, derived=True)


def _failing(
    identity: str,
    placed: Placed | None,
    problems: Sequence[Diagnostic],
    undated: object = None,
    *,
    written: tuple[Placed, ...] = (),
    derived: bool = False,
) -> Computation:
    """A task of which it is known that it fails."""
    outcome = Outcome(undated, tuple(problems))
    return Task(identity, placed, {}, lambda _: outcome, undated, written, derived)


def _texts(expressions: Iterable[Expression[Any] | None], repeat: Repeat | None = None) -> tuple[Text, ...]:
    """The expressions, and those of `upprepa`, as they are written."""
    within = (repeat.within, repeat.year, *(repeat.periods or ())) if repeat else ()
    texts = [each.text for each in (*expressions, *within) if each is not None]
    texts += [repeat.body] if repeat and repeat.body else []
    return tuple(texts)


def _reported(problems: Iterable[Diagnostic], row: Row) -> tuple[Diagnostic, ...]:
    """Of a cancelled row only what is wrong as written: its dates are for print alone, and nobody misses them."""
    return tuple(problem for problem in problems if row.cancelled is None or as_written([problem]))


class _Tasks(Struct, frozen=True):
    """Makes each kind of task; a name that nothing has makes it one that fails."""

    setting: Setting
    names: Names
    unfolded: Unfolded

    def chain_order(self, body: Body) -> Computation:
        return Task(str(body.id), body.id, {}, lambda _: Outcome(chain_order(body)), (), derived=True)

    def row_dates(self, row: Row) -> Computation:
        activity = row.activity
        written = (activity.when, activity.start, activity.end, activity.as_of)
        needs, problems = self.names.needs([expression for expression in written if expression], row)
        if activity.reserve is not None:
            more, others = self.names.needs([activity.reserve], row, frozenset((*LOCAL, activity.id)))
            needs, problems = {**more, **needs}, [*problems, *others]
        problems += [problem for round_ in row.rounds for problem in round_.problems]

        def compute(found: Mapping[Key, object]) -> Outcome[object]:
            attempts = Attempts(problems)
            self.unfolded.require_room(activity.span)
            dates = self._row_dates(row, Results(found), attempts)
            self.unfolded.dates += len(dates.dated)
            self.unfolded.steps += len(dates.steps)
            self.unfolded.require_room(activity.span)
            return Outcome(dates, _reported(attempts.problems, row))

        return Task(
            row.id,
            activity,
            needs,
            compute,
            RowDates(),
            _texts((*written, activity.length, activity.reserve), activity.repeat),
        )

    def meeting_dates(self, row: Row) -> Computation:
        if (known := without_meeting(row)) is not None:
            outcome: Outcome[object] = Outcome(known)
            return Task(row.id, row.activity, {}, lambda _: outcome, known)
        needs, problems = needed(row, self.setting, self.names)
        needs.setdefault(Key(Kind.ROW_DATES, row.id), None)

        def compute(found: Mapping[Key, object]) -> Outcome[object]:
            attempts = Attempts(problems)
            dates = meeting_dates(row, self.setting, self.names, Results(found), attempts)
            return Outcome(dates, _reported(attempts.problems, row))

        undated = undated_meeting_dates(row, self.setting)
        return Task(row.id, row.activity, needs, compute, undated, _texts([row.activity.stop_date]))

    def phase(self, phase: PhaseRow, rows: Sequence[Row]) -> Computation:
        """The days of its own `löper`, else those of its activities."""
        frame = phase.frame
        written = _texts([phase.phase.runs], phase.phase.repeat)
        if phase.phase.runs is not None and frame.broken:
            return _failing(phase.id, phase.phase, frame.broken, derived=True)
        if phase.phase.runs is not None and frame.start is not None and frame.end is not None:
            extent = Extent(frame.start, frame.end, preliminary=frame.preliminary)
            return Task(phase.id, phase.phase, {}, lambda _: Outcome(extent), None, written)
        needs: Needs = {Key(Kind.ROW_DATES, row.id): row.activity for row in rows}

        def days(found: Mapping[Key, object]) -> Outcome[object]:
            held = (row for row in rows if row.cancelled is None)
            extents = [extent for row in held for extent in Results(found).row(row.id).extents]
            return Outcome(first_to_last(extents) if extents else None)

        return Task(phase.id, phase.phase, needs, days, None, written, derived=True)

    def window(self, window: WrittenWindow) -> Computation:
        needs, problems = self.names.needs([window.start, window.end], None, ())

        def days(found: Mapping[Key, object]) -> Outcome[object]:
            attempts = Attempts(problems)
            results = Results(found)
            opening = RowScope(self.setting, self.setting.frame, None, names=self.names, results=results)
            closing = replace(opening, steps=[])
            first = attempts.of(lambda: _first_day(window.start, opening), None)
            last = attempts.of(lambda: _last_day(window.end, closing), None)
            if first is not None and last is not None and first.precision is not last.precision:
                first, last = _by_its_day(first), _by_its_day(last)
            extent = attempts.of(lambda: _joined(first, last, window.start, window.end), None)
            if extent is None:
                return Outcome(None, attempts.problems)
            return Outcome(WindowDates(extent, tuple(opening.steps), tuple(closing.steps)), attempts.problems)

        return Task(window.id, window, needs, days, None, _texts([window.start, window.end]))

    def requirement(self, rule: Requirement) -> Computation:
        """Nothing to compute yet, but the names must exist."""
        _, problems = self.names.needs([rule.rule], None, ())
        return _failing(rule.id, rule, problems, written=_texts([rule.rule]))

    def planning_period(self) -> Computation:
        """First to last day of what is written. It stands apart from the activities and knows no names of theirs."""
        written = self.setting.process.planning_period
        if written is None or isinstance(written.tree, s.Undecided):
            return Task("planperiod", None, {}, lambda _: Outcome(None), None)
        dates = written.tree
        scope = StaticScope(self.setting, self.setting.frame, written)
        return Task(
            "planperiod",
            written.text,
            {},
            lambda _: Outcome(first_to_last(evaluated(written, dates, scope))),
            None,
            _texts([written]),
        )

    def _row_dates(self, row: Row, results: Results, attempts: Attempts) -> RowDates:
        activity = row.activity
        if any(round_.extent is None for round_ in row.rounds):
            return RowDates()
        local: dict[str, Extent | None] = {round_.local: round_.extent for round_ in row.rounds}
        scope = RowScope(
            self.setting, row.phase.frame, None, row.body, names=self.names, row=row, results=results, local=local
        )
        as_of = attempts.of(lambda: _dates(activity.as_of, scope), ())
        if activity.as_of is not None:
            scope = replace(scope, local={**scope.local, "per": as_of[0].extent if as_of else None})
        event = activity.when or activity.start or activity.end
        dated = attempts.of(lambda: _event(row, scope, attempts), ()) if event else as_of
        reserve = attempts.of(lambda: _spare(row, scope, dated), ()) if activity.reserve else ()
        if activity.preliminary:
            dated = tuple(replace(each, extent=replace(each.extent, preliminary=True)) for each in dated)
        return RowDates(dated, as_of[0] if as_of else None, reserve, tuple(scope.steps))


def _spare(row: Row, scope: RowScope, dated: Sequence[Dated]) -> tuple[Dated, ...]:
    """The dates of `reservdag`, which may count from the row's own."""
    days = first_to_last([each.extent for each in dated]) if dated else None
    local = {**scope.local, THE_MEETING: days, str(row.activity.id): days}
    # How the spare dates were found is no step towards the date itself.
    return _dates(row.activity.reserve, replace(scope, steps=[], local=local))


def _event(row: Row, scope: RowScope, attempts: Attempts) -> tuple[Dated, ...]:
    """`när`, or two of `start`, `slut`, `längd`. Raises Undated."""
    activity = row.activity
    if activity.when is not None:
        return _dates(activity.when, scope)
    match activity.start, activity.end, activity.length:
        case Expression() as start, Expression() as end, _:
            first = attempts.of(lambda: _first_day(start, scope), None)
            last = attempts.of(lambda: _last_day(end, scope), None)
            return (Dated(_joined(first, last, start, end)),)
        case Expression() as start, None, Expression() as length:
            first = _measured(_first_day(start, scope))
            return (Dated(joined_extent(first, _other_end(first, length, 1, scope), _whole(length))),)
        case None, Expression() as end, Expression() as length:
            last = _measured(_last_day(end, scope))
            return (Dated(joined_extent(_other_end(last, length, -1, scope), last, _whole(length))),)
    return ()


def _joined(first: Extent | None, last: Extent | None, start: Expression[s.Value], end: Expression[s.Value]) -> Extent:
    """From the one to the other; what is wrong stands at `end`. Raises Undated where one of them is."""
    if first is None or last is None:
        raise Undated
    # The two ends as written; none where one of them is several dates.
    trees = [expression.tree for expression in (start, end)]
    spans = [tree.items[0].dates for tree in trees if isinstance(tree, s.Dates) and len(tree.items) == 1]
    ends = tuple(span.start for span in spans if span.end is None)
    return at_place(end, lambda: joined_extent(first, last, _whole(end), ends))


def _measured(end: Extent) -> Extent:
    """The end of a row that a length is counted from: `oktober` says no more of it than its day."""
    return end if end.precision is Precision.VAGUE else replace(end, names=())


def _by_its_day(end: Extent) -> Extent:
    """The end of a window, whose working days are counted whatever period it is the end of."""
    return end if end.precision is Precision.VAGUE else replace(end, names=(), precision=Precision.DAY)


_OWN_UNIT = {Precision.WEEK: s.Unit.WEEK, Precision.MONTH: s.Unit.MONTH}


def _other_end(end: Extent, length: Expression[s.Duration], sign: int, scope: RowScope) -> Extent:
    """The last day of a row from its first, or (`sign` -1) the first from its last.

    Weeks counted in weeks, and months in months, are known no better than they are.
    """
    day = end.start
    other = at_place(length, lambda: other_end(day, sign, length.tree, scope.workdays))
    precision = end.precision if _OWN_UNIT.get(end.precision) is length.tree.unit else Precision.DAY
    result = Extent(other, other, precision)
    words = f"{text(length.tree)} {'från' if sign > 0 else 'till'} och med {day_text(day, year=True)}"
    skipped = days_off_of_length(day, other, length.tree, scope.workdays)
    note = f"{words}: {day_text(other, year=True)}{skipped}"
    replace(scope, expression=length).note(note, Extent(other, other), length.tree)
    return result


def _whole(expression: Expression[Any]) -> tuple[int, int]:
    return 0, len(expression.text)


def _first_day(written: Expression[s.Value], scope: RowScope) -> Extent:
    """`start:` takes the first day of its value, which keeps the words of its period. Raises Undated."""
    first = min(_extents(written, scope), key=lambda extent: extent.start)
    return replace(first, end=first.start, names=period_names(first))


def _last_day(written: Expression[s.Value], scope: RowScope) -> Extent:
    """`slut:` takes the last day of its value, which keeps the words of its period. Raises Undated."""
    last = max(_extents(written, scope), key=lambda extent: extent.end)
    return replace(last, start=last.end, names=period_names(last))


def _extents(written: Expression[s.Value], scope: RowScope) -> list[Extent]:
    dated = _dates(written, scope)
    if not dated:
        raise Undated
    return [each.extent for each in dated]


def _dates(written: Expression[s.Value] | None, scope: RowScope) -> tuple[Dated, ...]:
    """The dates of a value; none where it is not written, undecided, or depends on something undecided."""
    if written is None or isinstance(written.tree, s.Undecided):
        return ()
    dates = written.tree
    reading = replace(scope, expression=written)
    try:
        return at_place(written, lambda: evaluate(dates, reading))
    except Undated:
        return ()
