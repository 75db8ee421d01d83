"""What must come before what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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
            last = latest_before(plan.meeting_days.get(row.body or "", ()), day)
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
    preparations = _Preparations(plan)
    for row, day in decisions(plan.dated):
        body = plan.body(row)
        if body and body.is_assembly and not preparations.precede(row):
            by = " eller ".join(body.prepared_by[:3]) or "styrelsen"
            message = f"{title_of(row)} beslutas {format_day(day)}, men inget organ bereder ärendet före mötet"
            yield Finding(message, row.source, f"lägg till ärendet i {by} före {format_day(day)}")


class _Preparations:
    """The decisions and preparations that may come before one of the assembly's, by what is asked about them.

    Counted in sorted lists: a thousand decisions do not each look at all the others. An undated row may still come in
    time; it stands at the earliest day there is.
    """

    def __init__(self, plan: Subject) -> None:
        self._plan = plan
        self._starts: dict[tuple[object, ...], list[date]] = {}
        for row in plan.rows:
            if row.body is not None and row.type in PREPARING:
                start = row.start or date.min
                places = [("undated",)] if row.start is None else [("dated",), ("phase", row.phase)]
                for place in places:
                    for key in ((*place, row.year_concerned), (*place, row.year_concerned, row.body)):
                        self._starts.setdefault(key, []).append(start)
        self._decided: dict[str | None, list[date]] = {}
        for row, day in decisions(plan.dated):
            self._decided.setdefault(row.body, []).append(day)
        for days in (*self._starts.values(), *self._decided.values()):
            days.sort()

    def precede(self, row: Activity) -> bool:
        """Whether another body prepares the matter in time.

        It is an input of the row, stands in its phase, or comes after the assembly's decision before this one.
        """
        if any(self._is_input_in_time(name, row) for name in row.inputs):
            return True
        start = row.start or date.max
        before = latest_before(self._decided.get(row.body, ()), start) or date.min
        return (
            self._by_others(row, "undated", after=None)
            or self._by_others(row, "phase", row.phase, after=None)
            or self._by_others(row, "dated", after=before)
        )

    def _is_input_in_time(self, name: str, row: Activity) -> bool:
        other = self._plan.by_id.get(name)
        if other is None or other.cancelled is not None or other.body is None or other.body == row.body:
            return False
        return other.start is None or row.start is None or other.start < row.start

    def _by_others(self, row: Activity, *place: object, after: date | None) -> bool:
        """Whether a body other than the row's has one there, after that day and before the row."""
        key = (*place, row.year_concerned)

        def number(days: Sequence[date]) -> int:
            first = 0 if after is None else bisect_right(days, after)
            return bisect_left(days, row.start or date.max) - first

        return number(self._starts.get(key, ())) > number(self._starts.get((*key, row.body), ()))


def latest_before(days: Sequence[date], day: date) -> date | None:
    """The last of some days in order that comes before `day`."""
    return days[at - 1] if (at := bisect_left(days, day)) else None
