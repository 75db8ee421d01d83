"""The meetings that a process needs in a calendar year, and between which days: what its rules, `krav` and laws say.

The plans of that year are left out: what it needs does not depend on what somebody has planned. A bound that hangs on
another meeting is counted from the bounds of that one, and nothing is guessed: what no rule bounds is unbounded.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import evaluate_phrase, moved
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.scope import Undated
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.walk import nodes
from arshjul.definition import Process, Requirement
from arshjul.diagnostics import InvalidProcess
from arshjul.resolve.graph import settle
from arshjul.resolve.judge import applies
from arshjul.resolve.keys import Results, is_undated
from arshjul.resolve.names import Names, RowScope
from arshjul.resolve.rows import Row, unfold
from arshjul.resolve.scope import Setting
from arshjul.resolve.setting import setting
from arshjul.resolve.single_rounds import with_single_rounds
from arshjul.resolve.stops import NEEDS_STOP_DATE
from arshjul.resolve.tasks import tasks

_BEFORE = (s.Relation.BEFORE, s.Relation.AT_LATEST)
MOST_PASSES = 100  # of a bound through one rule: more than any chain of real rules makes narrower
_STRICT = (s.Relation.BEFORE, s.Relation.AFTER)


class BoundKind(StrEnum):
    """What a bound is from: how the row is written, a `krav` of the process, or a law."""

    RULE = "rule"
    REQUIREMENT = "requirement"
    LAW = "law"


class Bound(Struct, frozen=True):
    """The latest or the earliest day, both inclusive, and the rule that says so.

    `rule` is the rule as written, `source` the row, `krav` or section of law that it is in. `through` is the row that
    it is counted from; with that it can have no day, while that row has no bound itself.
    """

    latest: bool
    day: date | None
    kind: BoundKind
    rule: str
    source: str
    through: str | None = None


class Need(Struct, frozen=True):
    """A meeting that a row needs. `at_meeting`: the row is held at it, and is not only counted from it."""

    row: str
    body: str
    rule: str
    at_meeting: bool
    bounds: tuple[Bound, ...] = ()

    @property
    def earliest(self) -> date | None:
        """The last of the earliest days."""
        return max((each.day for each in self.bounds if each.day and not each.latest), default=None)

    @property
    def latest(self) -> date | None:
        """The first of the latest days."""
        return min((each.day for each in self.bounds if each.day and each.latest), default=None)


class _Order(Struct, frozen=True):
    """That the one row is before the other: at latest the day that `count` units before it is."""

    first: str
    then: str
    kind: BoundKind
    rule: str
    source: str
    node: s.Node
    count: int = 0
    unit: s.Unit = s.Unit.DAY


class _Found(Struct, frozen=True):
    """What the rules say: the needs, the orders of rows, and bounds of rows by themselves."""

    needs: list[Need]
    orders: list[_Order]
    bounds: dict[str, list[Bound]]


def needs(process: Process, budget_year: int, year: int) -> tuple[Need, ...]:
    """The meetings in a calendar year that the plan of a budget year needs, in the order of the rows.

    Raises InvalidProcess where the process cannot be dated at all.
    """
    plans = {planned: plan for planned, plan in process.plans.items() if planned != year}
    known = setting(replace(process, plans=plans), budget_year)
    unfolded = with_single_rounds(unfold(known), known)
    names = Names(known, unfolded)
    results = Results(settle(tasks(known, unfolded, names), is_undated).results)
    search = _Search(known, year, names, results, unfolded.rows)
    return search.needs()


class _Search:
    """Through the rows and the rules of one process in one budget year."""

    def __init__(self, known: Setting, year: int, names: Names, results: Results, rows: Sequence[Row]) -> None:
        self._setting, self._year, self._names, self._results = known, year, names, results
        self._rows = {row.id: row for row in rows if row.cancelled is None}
        self._found = _Found([], [], {})

    def needs(self) -> tuple[Need, ...]:
        """With all bounds, also those that follow from the bounds of another row."""
        for row in self._rows.values():
            self._read_row(row)
        rows = {need.row for need in self._found.needs if need.at_meeting}
        named = {str(name): row.id for row in self._rows.values() for name in (*row.activity.milestones, row.id)}
        for rule in self._setting.process.requirements:
            if applies(rule, self._setting.process, self._setting.frame.budget_year):
                self._read_rule(rule, BoundKind.REQUIREMENT, named, str(rule.id), None)
        self._read_laws()
        limits = self._propagated(rows)
        with_bounds = (
            replace(need, bounds=(*need.bounds, *limits.get(need.row, ()))) if need.at_meeting else need
            for need in self._found.needs
        )
        return tuple(need for need in with_bounds if self._is_of_the_year(need))

    def _is_of_the_year(self, need: Need) -> bool:
        """A need without any bound is of the year before the budget year, when most of a process is."""
        days = [day for day in (need.earliest, need.latest) if day]
        if not days:
            return self._setting.frame.budget_year - 1 == self._year
        return min(days).year <= self._year <= max(days).year

    def _read_row(self, row: Row) -> None:
        written = row.activity.when or row.activity.start or row.activity.end
        if written is None or isinstance(written.tree, s.Undecided):
            return
        tops = [item.dates.start.phrase for item in written.tree.items if item.dates.end is None]
        found = False
        for node in nodes(written.tree):
            for body in self._bodies_of(node, row):
                found = True
                self._found.needs.append(self._need(row, node, body, at_meeting=any(node is top for top in tops)))
        held_at = row.body_of_meeting
        days = self._results.row(row.id).dated
        if not found and held_at is not None and row.activity.type in NEEDS_STOP_DATE and len(days) == 1:
            extent = days[0].extent
            if extent.single and extent.precision is Precision.DAY and not extent.preliminary:
                rule = text(written.tree)
                bounds = tuple(Bound(latest, extent.start, BoundKind.RULE, rule, row.id) for latest in (False, True))
                self._found.needs.append(Need(row.id, str(held_at), rule, True, bounds))

    def _bodies_of(self, node: s.Node, row: Row) -> Iterator[str]:
        """The bodies that a phrase asks for one meeting of."""
        if isinstance(node, (s.NthIn, s.NthFrom)) and isinstance(node.what, s.Ref):
            if node.what.name in self._setting.process.bodies:
                yield node.what.name
        elif isinstance(node, s.EachBody) and node.period is not None:
            members = self._setting.process.groups.get(node.group, ())
            yield from (str(each) for each in members if row.body is None or each == row.body)

    def _need(self, row: Row, node: s.Node, body: str, *, at_meeting: bool) -> Need:
        rule = text(node)
        need = Need(row.id, body, rule, at_meeting)
        match node:
            case s.NthIn(period=period) | s.EachBody(period=period) if period is not None:
                extent = self._days(period, self._scope(row))
                return replace(need, bounds=_within(extent, BoundKind.RULE, rule, row.id) if extent else ())
            case s.NthFrom(relation=relation, anchor=anchor):
                other = self._row_named(anchor, {name: name for name in self._rows})
                if other is not None and at_meeting:
                    self._found.orders.append(_ordered(row.id, other, relation, BoundKind.RULE, rule, row.id, node))
                extent = None if other is not None and at_meeting else self._days(anchor, self._scope(row))
                return replace(need, bounds=(_compared(extent, relation, rule, row.id),) if extent else ())
        return need

    def _read_laws(self) -> None:
        """Each rule of the chosen sets, for the last row of each milestone that concerns one year."""
        process = self._setting.process
        by_year: dict[int, dict[str, str]] = {}
        for row in self._rows.values():
            concerns = row.activity.concerns or row.phase.phase.concerns
            year = self._setting.frame.budget_year + (concerns.tree.offset if concerns else 0)
            by_year.setdefault(year, {}).update({str(name): row.id for name in row.activity.milestones})
        for year, milestones in by_year.items():
            for rule in (rule for name in process.law_sets for rule in process.laws[name]):
                if applies(rule, process, year):
                    self._read_rule(rule, BoundKind.LAW, milestones, str(rule.law or rule.id), year)

    def _read_rule(
        self, rule: Requirement, kind: BoundKind, rows: Mapping[str, str], source: str, year: int | None
    ) -> None:
        """What a `krav` or a law says of the day of one row. `rows` maps the names that it may use → rows."""
        tree, words = rule.rule.tree, str(rule.rule.text)
        subject = self._row_named(tree.subject, rows)
        frame = replace(self._setting.frame, budget_year=year, where="lagkravet") if year else self._setting.frame
        scope = RowScope(self._setting, frame, rule.rule, names=None if year else self._names, results=self._results)
        if subject is None:
            return
        mine = self._found.bounds.setdefault(subject, [])
        match tree.comparison:
            case s.Compared(relation=relation, to=to):
                if (other := self._row_named(to, rows)) is not None:
                    self._found.orders.append(_ordered(subject, other, relation, kind, words, source, tree))
                elif (extent := self._days(to, scope)) is not None:
                    mine.append(replace(_compared(extent, relation, words, source), kind=kind))
            case s.AtLeast(count=count, unit=unit, direction=direction, anchor=anchor):
                before = direction is s.Direction.BEFORE
                if (other := self._row_named(anchor, rows)) is not None:
                    pair = (subject, other) if before else (other, subject)
                    self._found.orders.append(_Order(*pair, kind, words, source, tree, count, unit))
                elif (extent := self._days(anchor, scope)) is not None:
                    day = (
                        self._moved(extent.start, -count, unit, tree)
                        if before
                        else self._moved(extent.end, count, unit, tree)
                    )
                    mine.append(Bound(before, day, kind, words, source))
            case s.Within(period=period, negated=False):
                if (extent := self._days(period, scope)) is not None:
                    mine += _within(extent, kind, words, source)

    def _row_named(self, phrase: s.Node, rows: Mapping[str, str]) -> str | None:
        """The row that a phrase names and nothing else. What is as of another day (`a.per`) is none."""
        if not isinstance(phrase, s.Ref) or phrase.year is not None:
            return None
        whole = phrase.name if phrase.part is None else f"{phrase.name}.{phrase.part}"
        return rows.get(whole)

    def _scope(self, row: Row) -> RowScope:
        local = {round_.local: round_.extent for round_ in row.rounds}
        frame = row.phase.frame
        return RowScope(
            self._setting, frame, None, row.body, names=self._names, row=row, results=self._results, local=local
        )

    def _days(self, phrase: s.Phrase, scope: RowScope) -> Extent | None:
        """The days of a phrase, None while they are open: preliminary ones move when the plan is made."""
        with suppress(Undated, ExpressionError, InvalidProcess):
            extent = evaluate_phrase(phrase, scope)
            return None if extent.preliminary else extent
        return None

    def _moved(self, day: date, count: int, unit: s.Unit, node: s.Node) -> date | None:
        with suppress(ExpressionError):
            return moved(day, count, unit, self._setting.workdays, node)
        return None

    def _propagated(self, rows: Iterable[str]) -> dict[str, list[Bound]]:
        """The bounds of each row, with those that follow from the rows before and after it.

        A bound is passed on when it becomes narrower; rules that contradict each other would do that for ever.
        """
        orders = self._found.orders
        limits = {row: [*self._found.bounds.get(row, ())] for row in {*rows, *self._found.bounds}}
        ends = dict(self._own_ends(limits))
        by_row: dict[tuple[str, bool], list[int]] = {}
        told: dict[tuple[int, bool], Bound] = {}
        for number, order in enumerate(orders):
            for latest, to, through in ((True, order.first, order.then), (False, order.then, order.first)):
                # How one row is written bounds that row alone; a requirement bounds both.
                if order.kind is not BoundKind.RULE or to == order.source:
                    by_row.setdefault((through, latest), []).append(number)
                    told[number, latest] = Bound(latest, None, order.kind, order.rule, order.source, through)
        waiting, passed = deque(ends), Counter[tuple[int, bool]]()
        while waiting:
            row, latest = waiting.popleft()
            for number in by_row.get((row, latest), ()):
                order, key = orders[number], (number, latest)
                day = self._moved(ends[row, latest], -order.count if latest else order.count, order.unit, order.node)
                passed[key] += 1
                if day is None or passed[key] > MOST_PASSES:
                    continue
                told[key] = replace(told[key], day=day)
                end = (order.first if latest else order.then, latest)
                if end not in ends or (day < ends[end] if latest else day > ends[end]):
                    ends[end] = day
                    waiting.append(end)
        for (number, latest), bound in told.items():
            limits.setdefault(orders[number].first if latest else orders[number].then, []).append(bound)
        return limits

    def _own_ends(self, limits: Mapping[str, Sequence[Bound]]) -> Iterator[tuple[tuple[str, bool], date]]:
        """The latest and the earliest day of each row by its own rules, as far as they say any."""
        own: dict[str, list[Bound]] = {}
        for need in self._found.needs:
            if need.at_meeting:
                own.setdefault(need.row, []).extend(need.bounds)
        named = {row for order in self._found.orders for row in (order.first, order.then)}
        for row in sorted({*limits, *named}):
            known = [*limits.get(row, ()), *(own[row] if row in own else self._fixed(row))]
            for latest in (True, False):
                if days := [bound.day for bound in known if bound.day and bound.latest is latest]:
                    yield (row, latest), min(days) if latest else max(days)

    def _fixed(self, row: str) -> Iterator[Bound]:
        """The days of a row that needs no meeting, while they are certain."""
        dated = self._results.row(row).dated
        if dated and all(each.extent.precision is Precision.DAY and not each.extent.preliminary for each in dated):
            first, last = min(each.extent.start for each in dated), max(each.extent.end for each in dated)
            # What is before the row is before its first day, what is after it after its last.
            yield Bound(True, first, BoundKind.RULE, "", row)
            yield Bound(False, last, BoundKind.RULE, "", row)


def _within(extent: Extent, kind: BoundKind, rule: str, source: str) -> tuple[Bound, ...]:
    return (Bound(False, extent.start, kind, rule, source), Bound(True, extent.end, kind, rule, source))


def _compared(extent: Extent, relation: s.Relation, rule: str, source: str) -> Bound:
    strict = timedelta(days=1 if relation in _STRICT else 0)
    before = relation in _BEFORE
    return Bound(before, extent.start - strict if before else extent.end + strict, BoundKind.RULE, rule, source)


def _ordered(
    row: str, other: str, relation: s.Relation, kind: BoundKind, rule: str, source: str, node: s.Node
) -> _Order:
    pair = (row, other) if relation in _BEFORE else (other, row)
    return _Order(*pair, kind, rule, source, node, 1 if relation in _STRICT else 0)
