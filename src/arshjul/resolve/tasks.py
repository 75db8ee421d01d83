"""Everything to compute of a process in a year, as tasks with what each needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import evaluate, joined_extent, other_end, period_names
from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.dates.scope import Undated
from arshjul.dates.swedish import day_text
from arshjul.definition import Body, Expression, Requirement
from arshjul.definition import Window as WrittenWindow
from arshjul.diagnostics import Diagnostic, InvalidProcess, Span
from arshjul.resolve.graph import Task
from arshjul.resolve.judge import applies
from arshjul.resolve.keys import PLANNING_PERIOD, Key, Kind, Results, RowDates
from arshjul.resolve.names import Names, RowScope
from arshjul.resolve.rows import PhaseRow, Row, Unfolded
from arshjul.resolve.scope import Setting, StaticScope, at_place, collect_errors, evaluated, first_to_last
from arshjul.resolve.stops import chain_order, meeting_dates, needed

Computation = Task[Key, object]
Needs = dict[Key, Span | None]


def tasks(setting: Setting, unfolded: Unfolded, names: Names) -> dict[Key, Computation]:
    """What is to be computed, and what is wrong already: all of it is reported in one run."""
    made = _Tasks(setting, names)
    found: dict[Key, Computation] = {}
    for (body, year), problems in setting.plans.broken.items():
        found[Key(Kind.MEETING_PLAN, f"{body} {year}")] = _failing(body, None, problems)
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
                found[key] = _failing(name, found[key].span, problems)
    return found


def _milestone(name: str, rows: Sequence[Row]) -> Computation:
    """The last of its rows. A task of its own: what a thousand rows ask for is looked for once."""
    rows = [row for row in rows if row.cancelled is None]
    ids = [row.id for row in rows]
    needs = {Key(Kind.ROW_DATES, row_id): row.activity.span for row_id, row in zip(ids, rows, strict=True)}

    def last(results: Results) -> str | None:
        ends = {row_id: [extent.end for extent in results.row(row_id).extents] for row_id in ids}
        return max(ids, key=lambda row_id: max(ends[row_id])) if ends and all(ends.values()) else None

    return Task(name, rows[0].activity.span if rows else None, needs, lambda found: last(Results(found)), derived=True)


def _failing(identity: str, span: Span | None, problems: Sequence[Diagnostic]) -> Computation:
    def fail(_: object) -> None:
        raise InvalidProcess(tuple(problems))

    return Task(identity, span, {}, fail)


class _Tasks(Struct, frozen=True):
    """Makes each kind of task; a name that nothing has makes it one that fails."""

    setting: Setting
    names: Names

    def chain_order(self, body: Body) -> Computation:
        return Task(str(body.id), body.id.span, {}, lambda _: chain_order(body))

    def row_dates(self, row: Row) -> Computation:
        activity = row.activity
        written = (activity.when, activity.start, activity.end, activity.as_of, activity.reserve)
        needs, problems = self.names.needs([expression for expression in written if expression], row)
        return self._task(row.id, activity.span, needs, problems, lambda results: self._row_dates(row, results))

    def meeting_dates(self, row: Row) -> Computation:
        needs, problems = needed(row, self.setting, self.names)
        needs.setdefault(Key(Kind.ROW_DATES, row.id), row.activity.span)
        return self._task(
            row.id,
            row.activity.span,
            needs,
            problems,
            lambda results: meeting_dates(row, self.setting, self.names, results),
        )

    def phase(self, phase: PhaseRow, rows: Sequence[Row]) -> Computation:
        """The days of its own `löper`, else those of its activities."""
        frame = phase.frame
        if phase.phase.runs is not None and frame.start is not None and frame.end is not None:
            extent = Extent(frame.start, frame.end, preliminary=frame.preliminary)
            return Task(phase.id, phase.phase.span, {}, lambda _: extent)
        needs: Needs = {Key(Kind.ROW_DATES, row.id): row.activity.span for row in rows}

        def days(results: Results) -> Extent | None:
            held = (row for row in rows if row.cancelled is None)
            extents = [extent for row in held for extent in results.row(row.id).extents]
            return first_to_last(extents) if extents else None

        return Task(phase.id, phase.phase.span, needs, lambda found: days(Results(found)), derived=True)

    def window(self, window: WrittenWindow) -> Computation:
        needs, problems = self.names.needs([window.start, window.end], None, ())

        def days(results: Results) -> Extent | None:
            scope = RowScope(self.setting, self.setting.frame, None, names=self.names, results=results)
            try:
                first, last = collect_errors(
                    lambda: _first_day(window.start, scope), lambda: _last_day(window.end, scope)
                )
            except Undated:
                return None
            if first.precision is not last.precision:
                first, last = _by_its_day(first), _by_its_day(last)
            return at_place(
                window.end, lambda: joined_extent(first, last, _whole(window.end), _ends(window.start, window.end))
            )

        return self._task(window.id, window.span, needs, problems, days)

    def requirement(self, rule: Requirement) -> Computation:
        """Nothing to compute yet, but the names must exist."""
        _, problems = self.names.needs([rule.rule], None, ())
        return self._task(rule.id, rule.span, {}, problems, lambda _: None)

    def planning_period(self) -> Computation:
        """First to last day of what is written. It stands apart from the activities and knows no names of theirs."""
        written = self.setting.process.planning_period
        if written is None or isinstance(written.tree, s.Undecided):
            return Task("planperiod", None, {}, lambda _: None)
        dates = written.tree
        scope = StaticScope(self.setting, self.setting.frame, written)
        return Task("planperiod", written.text.span, {}, lambda _: first_to_last(evaluated(written, dates, scope)))

    def _task(
        self,
        identity: str,
        span: Span | None,
        needs: Needs,
        problems: Sequence[Diagnostic],
        compute: Callable[[Results], object],
    ) -> Computation:
        if problems:
            return _failing(identity, span, problems)
        return Task(identity, span, needs, lambda found: compute(Results(found)))

    def _row_dates(self, row: Row, results: Results) -> RowDates:
        activity = row.activity
        local: dict[str, Extent | None] = {round_.local: round_.extent for round_ in row.rounds}
        scope = RowScope(
            self.setting, row.phase.frame, None, row.body, names=self.names, row=row, results=results, local=local
        )
        as_of = _dates(activity.as_of, scope)
        if activity.as_of is not None:
            scope = replace(scope, local={**scope.local, "per": as_of[0].extent if as_of else None})
        event = activity.when or activity.start or activity.end
        # How the spare dates were found is no step towards the date itself.
        dated, reserve = collect_errors(
            lambda: _event(row, scope) if event else as_of, lambda: _dates(activity.reserve, replace(scope, steps=[]))
        )
        if activity.preliminary:
            dated = tuple(replace(each, extent=replace(each.extent, preliminary=True)) for each in dated)
        return RowDates(dated, as_of[0] if as_of else None, reserve, tuple(scope.steps))


def _ends(*written: Expression[s.Value]) -> tuple[s.Rolled, ...]:
    """The two ends of a stretch as written; none where one of them is several dates."""
    trees = [expression.tree for expression in written]
    spans = [tree.items[0].dates for tree in trees if isinstance(tree, s.Dates) and len(tree.items) == 1]
    return tuple(span.start for span in spans if span.end is None)


def _event(row: Row, scope: RowScope) -> tuple[Dated, ...]:
    """`när`, or two of `start`, `slut`, `längd`."""
    activity = row.activity
    if activity.when is not None:
        return _dates(activity.when, scope)
    try:
        match activity.start, activity.end, activity.length:
            case Expression() as start, Expression() as end, _:
                first, last = collect_errors(lambda: _first_day(start, scope), lambda: _last_day(end, scope))
                return (Dated(at_place(end, lambda: joined_extent(first, last, _whole(end), _ends(start, end)))),)
            case Expression() as start, None, Expression() as length:
                first = _measured(_first_day(start, scope))
                last = _other_end(first, length, 1, scope)
                return (Dated(joined_extent(first, last, _whole(length))),)
            case None, Expression() as end, Expression() as length:
                last = _measured(_last_day(end, scope))
                first = _other_end(last, length, -1, scope)
                return (Dated(joined_extent(first, last, _whole(length))),)
    except Undated:
        pass
    return ()


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
    note = f"{words}: {day_text(other, year=True)}"
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
