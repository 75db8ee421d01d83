"""What must come before what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, decisions, format_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.extent import Precision
from arshjul.dates.walk import nodes, references
from arshjul.definition import ActivityType
from arshjul.diagnostics import Severity, see_also
from arshjul.timeline import Activity

CONSULTATIONS = (ActivityType.CONSULTATION, ActivityType.NEGOTIATION)
PREPARING = (ActivityType.DECISION, ActivityType.PREPARATION)


@check(Code.ORDER, Severity.ERROR)
def order(plan: Subject) -> Iterator[Finding]:
    """En samverkan eller förhandling ligger på samma dag som beslutet den ska föregå, eller efter.

    Arbetsgivaren ska förhandla innan beslutet fattas (MBL 11, 14, 19 §§); samma morgon hinner inget ändras. Beslutet
    är det som uttrycket eller ”underlag” nämner, annars ett beslut på samma dag längre ned i fasen.

    Skriv ”sista CSG före budget_ks”, eller välj ett tidigare möte.
    """
    known = _Decisions(plan)
    for row in plan.dated:
        late_for = _too_late_for(known, row) if row.type in CONSULTATIONS else None
        if late_for is not None:
            decision, day = late_for
            end = max(occurrence.end for occurrence in row.occurrences)
            when = "samma dag som" if end == day else f"efter {format_day(day)},"
            message = f"{title_of(row)} ligger {format_day(end)}, {when} beslutet {title_of(decision)}"
            own = (m.day for m in plan.timeline.meetings if m.body == row.body and not m.cancelled and m.day < day)
            last = max(own, default=None)
            hint = f"lägg mötet före, till exempel ”arbetsdagen före {decision.id}”"
            if last is not None:
                hint = f"lägg mötet före: ”sista {row.body} före {decision.id}” är {format_day(last)}"
            related = see_also("beslutet", plan.place(decision))
            yield Finding(message, plan.place(row, last=True), hint, related)


class _Decisions:
    """The decisions of a plan, found by what leads to them: a thousand consultations do not each look at all."""

    def __init__(self, plan: Subject) -> None:
        self._plan = plan
        self._all = list(decisions(plan.dated))
        activities = (activity for phase in plan.process.phases for activity in phase.activities)
        self._written_at = {str(activity.id): number for number, activity in enumerate(activities)}
        self._by_id = {decision.id: number for number, (decision, _) in enumerate(self._all)}
        self._by_input: dict[str, list[int]] = {}
        # Of one matter and day: the numbers of the decisions, and the furthest down that any of them so far is written.
        self._by_day: dict[tuple[str, int, date], tuple[list[int], list[int]]] = {}
        for number, (decision, day) in enumerate(self._all):
            for name in plan.written(decision).inputs:
                self._by_input.setdefault(str(name), []).append(number)
            numbers, furthest = self._by_day.setdefault((decision.phase, decision.year_concerned, day), ([], []))
            numbers.append(number)
            furthest.append(max([self._written_at[decision.row.activity], *furthest[-1:]]))

    def linked(self, row: Activity) -> list[tuple[Activity, date]]:
        """The decisions that the row says it comes before, or that say they build on it."""
        written = self._plan.written(row)
        named: set[str] = set()
        for expression in (written.when, written.end):
            if expression:
                # it stays before a name, or on its day; what it comes after does not count
                after = {ref.name for node in nodes(expression.tree) if _follows(node) for ref in references(node)}
                named |= {ref.name for ref in references(expression.tree)} - after
        numbers = {self._by_id[name] for name in named if name in self._by_id}
        return [self._all[number] for number in sorted(numbers.union(self._by_input.get(row.id, ())))]

    def below(self, row: Activity, day: date) -> int | None:
        """The number of the day's first decision of the same matter that is written further down in the phase."""
        numbers, furthest = self._by_day.get((row.phase, row.year_concerned, day), ([], []))
        first = bisect_right(furthest, self._written_at[row.row.activity])
        return numbers[first] if first < len(numbers) else None

    def first_below(self, row: Activity, days: set[date]) -> tuple[Activity, date] | None:
        """The first of `below` on any of the days."""
        found = [number for day in days if (number := self.below(row, day)) is not None]
        return self._all[min(found)] if found else None


def _too_late_for(known: _Decisions, row: Activity) -> tuple[Activity, date] | None:
    """The decision that the row precedes and its day, if the row is not before it."""
    linked = known.linked(row)
    if linked:
        # the last day; but a month or a week is on time where its first day is
        end = max(o.end if o.precision is Precision.DAY else o.start for o in row.occurrences)
        return next((found for found in linked if end >= found[1]), None)
    # nothing says which decision it precedes: one on its own day is near enough to be meant, a later one is not
    days = {occurrence.end for occurrence in row.occurrences if occurrence.precision is Precision.DAY}
    return known.first_below(row, days)


def _follows(node: s.Node) -> bool:
    if isinstance(node, s.NthFrom):
        return node.relation in (s.Relation.AFTER, s.Relation.AT_EARLIEST)
    return (
        isinstance(node, s.Offset | s.AdjacentPeriod | s.WeekdayInAdjacentWeek) and node.direction is s.Direction.AFTER
    )


@check(Code.NOT_PREPARED, Severity.WARNING)
def not_prepared(plan: Subject) -> Iterator[Finding]:
    """Fullmäktige beslutar något som inget annat organ har berett.

    Fullmäktige får inte avgöra ett ärende som ingen nämnd har berett, och styrelsen ska få yttra sig (KL 5:26–28).
    Beredningen är ett beslut eller en beredning i ett annat organ före mötet: den som ”underlag” nämner, en i samma
    fas, eller en efter fullmäktiges förra beslut.

    Lägg till styrelsens beslut före fullmäktiges, eller nämn beredningen under ”underlag”.
    """
    for row, day in decisions(plan.dated):
        body = plan.body(row)
        if body and body.is_assembly and not any(_prepares(plan, other, row) for other in plan.rows):
            by = " eller ".join(body.prepared_by) or "styrelsen"
            message = f"{title_of(row)} beslutas {format_day(day)}, men inget organ bereder ärendet före mötet"
            yield Finding(message, row.source, f"lägg till ärendet i {by} före {format_day(day)}")


def _prepares(plan: Subject, other: Activity, row: Activity) -> bool:
    """An undated row may still come in time."""
    if other.body is None or other.body == row.body:
        return False
    in_time = other.start is None or row.start is None or other.start < row.start
    if other.id in row.inputs:
        return in_time
    if other.type not in PREPARING or other.year_concerned != row.year_concerned or not in_time:
        return False
    if other.phase == row.phase or other.start is None:
        return True
    # of another phase, it belongs to the matter if it comes after the assembly's decision before this one
    before = (decision.start for decision, _ in decisions(plan.dated) if decision.body == row.body)
    return other.start > max((day for day in before if day and row.start and day < row.start), default=date.min)
