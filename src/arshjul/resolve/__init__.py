"""Process + budget year → Timeline: the only place where dates come to be.

prune and unfold rows → name → graph → reckon in topological order → stop dates and chains → Timeline
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import evaluate, joined_extent, moved
from arshjul.dates.extent import Dated, Extent
from arshjul.dates.scope import Undated
from arshjul.dates.swedish import day_text
from arshjul.definition import Body, Expression, Process, Requirement
from arshjul.definition import Window as WrittenWindow
from arshjul.diagnostics import Diagnostic, InvalidProcess, Span
from arshjul.resolve.assemble import assemble
from arshjul.resolve.graph import Task, settle
from arshjul.resolve.judge import applies, judge
from arshjul.resolve.names import Key, Names, Results, RowDates, RowScope
from arshjul.resolve.rows import PhaseRow, Row, Unfolded, unfold
from arshjul.resolve.scope import Setting, StaticScope, every, first_to_last, reckoned
from arshjul.resolve.stops import around, chain_order, needed
from arshjul.timeline import Timeline

__all__ = ["Setting", "reckon", "resolve"]


def resolve(process: Process, budget_year: int) -> Timeline:
    """Every date of the process for one budget year (2005–2100), with the steps that gave it.

    Raises InvalidProcess with all reasons: each failing activity once, with a list of what hangs on it.
    """
    return reckon(Setting(process, budget_year))


def reckon(setting: Setting) -> Timeline:
    """As `resolve`, of a process and a year whose calendar and meetings are known already."""
    unfolded = unfold(setting)
    names = Names(setting, unfolded)
    results = settle(_tasks(setting, unfolded, names))
    timeline = assemble(setting, unfolded.phases, unfolded.rows, results)
    judgements, missing_steps = judge(setting, names, results, timeline.activities)
    return replace(timeline, judgements=judgements, missing_steps=missing_steps)


def _tasks(setting: Setting, unfolded: Unfolded, names: Names) -> dict[Key, Task]:
    """Everything to reckon, and everything that is wrong already: all of it is told in one run."""
    process = setting.process
    tasks: dict[Key, Task] = {}
    for (body, year), problems in setting.meeting_calendar.broken.items():
        tasks["sammanträden", f"{body} {year}"] = _failing(body, None, problems)
    for body_id, declared in process.bodies.items():
        tasks["kedja", body_id] = Task(body_id, declared.id.span, {}, _ordering(declared))
    members: dict[str, list[Row]] = {phase.id: [] for phase in unfolded.phases}
    for row in unfolded.rows:
        members[row.phase.id].append(row)
        tasks["dates", row.id] = _dates_task(row, setting, names)
        tasks["around", row.id] = _around_task(row, setting, names)
    for phase in unfolded.phases:
        tasks["phase", phase.id] = _phase_task(phase, members[phase.id])
    for window in process.windows:
        tasks["window", window.id] = _window_task(window, setting, names)
    for rule in process.requirements:
        if applies(rule, process, setting.frame.budget_year):
            tasks["krav", rule.id] = _requirement_task(rule, names)
    tasks["planperiod", ""] = _planning_period_task(process, setting)
    for name, problems in unfolded.failed.items():
        kinds = [kind for kind in ("dates", "around", "phase") if (kind, name) in tasks]
        tasks |= {(kind, name): _failing(name, tasks[kind, name].span, problems) for kind in kinds}
    return tasks


def _ordering(body: Body) -> Callable[[Results], tuple[str, ...]]:
    return lambda _: chain_order(body)


# --- activities -----------------------------------------------------------------------------------------


def _dates_task(row: Row, setting: Setting, names: Names) -> Task:
    activity = row.activity
    written = (activity.when, activity.start, activity.end, activity.as_of, activity.reserve)
    needs, problems = names.needs([expression for expression in written if expression], row)
    if problems:
        return _failing(row.id, activity.span, problems)
    return Task(row.id, activity.span, needs, lambda results: _row_dates(row, setting, names, results))


def _failing(identity: str, span: Span | None, problems: Sequence[Diagnostic]) -> Task:
    def fail(_: Results) -> None:
        raise InvalidProcess(tuple(problems))

    return Task(identity, span, {}, fail)


def _row_dates(row: Row, setting: Setting, names: Names, results: Results) -> RowDates:
    activity = row.activity
    local: dict[str, Extent | None] = {turn.local: turn.extent for turn in row.rounds}
    scope = RowScope(setting, row.phase.frame, None, row.body, names=names, row=row, results=results, local=local)
    as_of = _values(activity.as_of, scope)
    if activity.as_of is not None:
        scope.local = {**local, "per": as_of[0].extent if as_of else None}
    event = activity.when or activity.start or activity.end
    dated, reserve = every(lambda: _event(row, scope) if event else as_of, lambda: _reserve(activity.reserve, scope))
    steps = tuple(scope.steps)
    if activity.preliminary:
        dated = tuple(replace(each, extent=replace(each.extent, preliminary=True)) for each in dated)
    return RowDates(dated, as_of[0] if as_of else None, reserve, steps)


def _reserve(written: Expression[s.Value] | None, scope: RowScope) -> tuple[Dated, ...]:
    """The spare dates; how they were found is no step towards the date itself."""
    return _values(written, replace(scope, steps=[])) if written else ()


def _event(row: Row, scope: RowScope) -> tuple[Dated, ...]:
    activity = row.activity
    if activity.when is not None:
        return _values(activity.when, scope)
    try:
        return (Dated(_between(row, scope)),)
    except Undated:
        return ()


def _between(row: Row, scope: RowScope) -> Extent:
    """`start`, `slut`, `längd`: two of the three. `1 vecka` is start + 7 days, both ends included."""
    activity = row.activity
    start, end, length = (activity.start, activity.end, activity.length)
    if start is not None and end is not None:
        first, last = every(lambda: _edge(start, scope, 0), lambda: _edge(end, scope, -1))
        return reckoned(end, lambda: joined_extent(first, last, _whole(end)))
    assert length is not None
    if start is not None:
        first = _edge(start, scope, 0)
        return joined_extent(first, _moved(first.start, length, 1, scope), _whole(length))
    assert end is not None
    last = _edge(end, scope, -1)
    return joined_extent(_moved(last.end, length, -1, scope), last, _whole(length))


def _moved(day: date, length: Expression[s.Duration], sign: int, scope: RowScope) -> Extent:
    count, unit = length.tree.count, length.tree.unit
    other = reckoned(length, lambda: moved(day, sign * count, unit, scope.workdays, length.tree))
    result = Extent(other, other)
    scope.expression = length
    told = f"{text(length.tree)} {'efter' if sign > 0 else 'före'} {day_text(day, year=True)}"
    scope.note(f"{told}: {day_text(other, year=True)}", result, length.tree)
    return result


def _whole(expression: Expression[Any]) -> tuple[int, int]:
    return 0, len(expression.text)


def _edge(written: Expression[s.Value], scope: RowScope, end: int) -> Extent:
    """`start:` takes the first day of its value, `slut:` the last; what is vague stays vague. Raises Undated."""
    dated = _values(written, scope)
    if not dated:
        raise Undated
    if end == 0:
        first = min((d.extent for d in dated), key=lambda extent: extent.start)
        return replace(first, end=first.start)
    last = max((d.extent for d in dated), key=lambda extent: extent.end)
    return replace(last, start=last.end)


def _values(written: Expression[s.Value] | None, scope: RowScope) -> tuple[Dated, ...]:
    """The dates of a value; none where it is not written, undecided, or hangs on something undecided."""
    if written is None or isinstance(written.tree, s.Undecided):
        return ()
    dates = written.tree
    scope.expression = written
    try:
        return reckoned(written, lambda: evaluate(dates, scope))
    except Undated:
        return ()


def _around_task(row: Row, setting: Setting, names: Names) -> Task:
    needs, problems = needed(row, setting, names)
    if problems:
        return _failing(row.id, row.activity.span, problems)
    needs.setdefault(("dates", row.id), row.activity.span)
    return Task(row.id, row.activity.span, needs, lambda results: around(row, setting, names, results))


def _requirement_task(rule: Requirement, names: Names) -> Task:
    """Nothing to reckon yet, but the names must exist."""
    _, problems = names.needs([rule.rule], None, ())
    return _failing(rule.id, rule.span, problems) if problems else Task(rule.id, rule.span, {}, lambda _: None)


# --- phases and windows ------------------------------------------------------------------------------------


def _phase_task(phase: PhaseRow, rows: list[Row]) -> Task:
    if phase.phase.runs is not None:
        assert phase.frame.start is not None
        assert phase.frame.end is not None
        extent = Extent(phase.frame.start, phase.frame.end, preliminary=phase.frame.preliminary)
        return Task(phase.id, phase.phase.span, {}, lambda _: extent)
    keys: dict[Any, Any] = {("dates", row.id): row.activity.span for row in rows}
    return Task(phase.id, phase.phase.span, keys, lambda results: _phase_days(results, keys), derived=True)


def _phase_days(results: Results, keys: dict[Any, Any]) -> Extent | None:
    extents = [dated.extent for key in keys for dated in results[key].dated]
    return first_to_last(extents) if extents else None


def _window_task(window: WrittenWindow, setting: Setting, names: Names) -> Task:
    needs, problems = names.needs([window.start, window.end], None, ())
    if problems:
        return _failing(window.id, window.span, problems)
    return Task(window.id, window.span, needs, lambda results: _window_extent(window, setting, names, results))


def _window_extent(window: WrittenWindow, setting: Setting, names: Names, results: Results) -> Extent | None:
    scope = RowScope(setting, setting.frame, None, names=names, results=results)
    try:
        first, last = every(lambda: _edge(window.start, scope, 0), lambda: _edge(window.end, scope, -1))
    except Undated:
        return None
    return reckoned(window.end, lambda: joined_extent(first, last, _whole(window.end)))


def _planning_period_task(process: Process, setting: Setting) -> Task:
    written = process.planning_period
    return Task("planperiod", written.text.span if written else None, {}, lambda _: _planning_period(written, setting))


def _planning_period(written: Expression[s.Value] | None, setting: Setting) -> Extent | None:
    """First to last day of what is written. It stands apart from the activities and knows no names of theirs."""
    if written is None or isinstance(written.tree, s.Undecided):
        return None
    dates = written.tree
    scope = StaticScope(setting, setting.frame, written)
    extents = [dated.extent for dated in reckoned(written, lambda: evaluate(dates, scope))]
    return extents[0] if len(extents) == 1 else first_to_last(extents)
