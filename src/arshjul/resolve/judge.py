"""`krav` and the chosen law sets, judged against the dates there are. Nothing here moves a date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import evaluate_phrase, moved
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.scope import Undated
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.walk import nodes, references
from arshjul.definition import Process, Requirement
from arshjul.diagnostics import Diagnostic
from arshjul.resolve.conditions import holds
from arshjul.resolve.keys import Results
from arshjul.resolve.names import Names, RowScope
from arshjul.resolve.scope import Attempts, Setting, at_place
from arshjul.source import Text
from arshjul.timeline import Activity, Judgement, MissingMilestone, NotJudged
from arshjul.workdays import OutOfRange

Milestones = Mapping[str, Activity]
AS_OF = "per"  # `delårsrapport.per` in a law: the day that the report is as of, not the day it is delivered
PLAN = "flerårsplan"
"""The milestone that is no activity: the years that `planperiod` says (KL 11:5–6)."""


class Verdicts(Struct, frozen=True):
    """What became of every `krav` and law that applies; `problems` are errors in the rules themselves."""

    judgements: tuple[Judgement, ...]
    not_judged: tuple[NotJudged, ...]
    missing_milestones: tuple[MissingMilestone, ...]
    problems: tuple[Diagnostic, ...]


def judge(setting: Setting, names: Names, results: Results, activities: Iterable[Activity]) -> Verdicts:
    """Every requirement that applies; and the milestones that a law set needs and no activity has."""
    rows = {activity.id: activity for activity in activities}
    attempts = Attempts()
    judged: list[Judgement | NotJudged | None] = []
    for rule in setting.process.requirements:
        if applies(rule, setting.process, setting.frame.budget_year):
            scope = RowScope(setting, setting.frame, rule.rule, names=names, results=results)
            subject = next((rows[name] for name in _refs(rule.rule.tree.subject) if name in rows), None)
            evaluation = _RuleEvaluation(rule, scope, subject, _undated(rule, names, results))
            judged.append(attempts.of(evaluation.judge, None))
    # Year concerned → milestone → the last activity that reaches it: a milestone stands for its last.
    by_year: dict[int, dict[str, Activity]] = {}
    planned = (activity for activity in rows.values() if activity.cancelled is None)
    for activity in sorted(planned, key=lambda activity: activity.end or date.max):
        by_year.setdefault(activity.year_concerned, {}).update(dict.fromkeys(activity.milestones, activity))
    laws = [(name, rule) for name in setting.process.law_sets for rule in setting.process.laws[name]]
    for year, milestones in by_year.items():
        judged.extend(_LawsOfYear(year, milestones, laws, setting, results, attempts).judgements())
    return Verdicts(
        tuple(each for each in judged if isinstance(each, Judgement)),
        tuple(each for each in judged if isinstance(each, NotJudged)),
        tuple(_missing_milestones(laws, rows.values(), setting)),
        attempts.problems,
    )


def applies(rule: Requirement, process: Process, year: int, also: Collection[str] = ()) -> bool:
    """Whether `om` and `undantag` let the rule be of that budget year; `also` are flags as if they were set."""
    flags = {*process.flags, *also}
    wanted = rule.condition is None or holds(rule.condition.tree, year, flags)
    return wanted and not (rule.exception and holds(rule.exception.tree, year, flags))


def _undated(rule: Requirement, names: Names, results: Results) -> tuple[str, ...]:
    """The names in a `krav` that have no date."""
    found = []
    for ref in (*references(rule.rule.tree.subject), *references(rule.rule.tree.comparison)):
        with suppress(ExpressionError):  # an unknown name, which is reported with the other errors of names
            named = names.find(ref, None)
            if named is not None and not named.fetch(results):
                found.append(ref.name)
    return tuple(found)


class _LawsOfYear(Struct, frozen=True):
    """The chosen law sets and the milestones that concern one year, which `B` in the rules is."""

    year: int
    milestones: Milestones
    laws: Sequence[tuple[Text, Requirement]]
    setting: Setting
    results: Results
    attempts: Attempts

    def judgements(self) -> Iterator[Judgement | NotJudged | None]:
        """Every rule that applies to some milestone; a broken one with the flag that would excuse it."""
        for law_set, rule in self.laws:
            if self._concerns(rule) and applies(rule, self.setting.process, self.year):
                judged = self.attempts.of(self._evaluation(law_set, rule).judge, None)
                if isinstance(judged, Judgement) and not judged.held:
                    judged = replace(judged, excusing_flag=self._excusing_flag(rule, judged))
                yield judged

    def _concerns(self, rule: Requirement) -> bool:
        """Whether some milestone of the rule is in the plan, and says what it is as of where the rule asks for that."""
        refs = list(references(rule.rule.tree))
        lacking = any(ref.part == AS_OF and self._extent(ref) is None for ref in refs)
        return not lacking and any(ref.name in self.milestones or ref.name in self._plan() for ref in refs)

    def _plan(self) -> dict[str, Extent]:
        period = self.results.planning_period() if self.year == self.setting.frame.budget_year else None
        return {PLAN: replace(period, precision=Precision.DAY)} if period else {}

    def _evaluation(self, law_set: str, rule: Requirement) -> _RuleEvaluation:
        frame = replace(self.setting.frame, budget_year=self.year, where="lagkravet")
        refs = list(references(rule.rule.tree))
        local = {text(ref): self._extent(ref) for ref in refs if not _is_body(ref.name, self.setting)} | self._plan()
        scope = RowScope(self.setting, frame, rule.rule, results=self.results, local=local)
        asked = [self.milestones[name] for name in _names(rule) if name in self.milestones]
        undated = tuple(activity.id for activity in asked if not activity.occurrences)
        return _RuleEvaluation(rule, scope, next(iter(asked), None), undated, str(law_set))

    def _extent(self, ref: s.Ref) -> Extent | None:
        row = self.milestones.get(ref.name)
        if ref.part == AS_OF:
            return row.as_of.dated.extent if row and row.as_of else None
        return _extent(row)

    def _excusing_flag(self, rule: Requirement, broken: Judgement) -> str | None:
        """The flag with which the rule is not of this year, if the rules that then are hold for the same row."""
        tree = rule.exception.tree if rule.exception else ()
        flags = (node.name for node in nodes(tree) if isinstance(node, s.Flag))
        return next((flag for flag in flags if self._all_hold_with(flag, broken.activity)), None)

    def _all_hold_with(self, flag: str, activity: str | None) -> bool:
        process, attempts = self.setting.process, Attempts()
        for law_set, rule in self.laws:
            new = applies(rule, process, self.year, (flag,)) and not applies(rule, process, self.year)
            if new and self._concerns(rule):
                judged = attempts.of(self._evaluation(law_set, rule).judge, None)
                if isinstance(judged, Judgement) and judged.activity == activity and not judged.held:
                    return False
        return True


def _names(rule: Requirement) -> list[str]:
    """The names in a rule, its subject's first."""
    return [*_refs(rule.rule.tree.subject), *_refs(rule.rule.tree.comparison)]


def _refs(tree: s.Node) -> list[str]:
    return [ref.name for ref in references(tree)]


def _is_body(name: str, setting: Setting) -> bool:
    return name in setting.process.bodies


def _extent(activity: Activity | None) -> Extent | None:
    if activity is None or not activity.occurrences:
        return None
    first, last = activity.occurrences[0], max(activity.occurrences, key=lambda occurrence: occurrence.end)
    inexact = (o.precision for o in activity.occurrences if o.precision is not Precision.DAY)
    return Extent(first.start, last.end, next(inexact, Precision.DAY), preliminary=first.preliminary)


def _missing_milestones(
    laws: Iterable[tuple[Text, Requirement]], activities: Iterable[Activity], setting: Setting
) -> Iterator[MissingMilestone]:
    """Milestones that a chosen set's rules need, and no activity has, dated or not; each once.

    What a rule's subject is compared with is missed only where there is a subject to compare.
    """
    reached = {name for activity in activities if activity.cancelled is None for name in activity.milestones}
    seen: set[str] = set()
    for law_set, rule in laws:
        if not applies(rule, setting.process, setting.frame.budget_year):
            continue
        asked = [name for name in _names(rule) if name != PLAN and not _is_body(name, setting)]
        missing = next((name for name in asked if name not in reached), None)
        if missing is not None and missing not in seen:
            seen.add(missing)
            yield MissingMilestone(missing, str(rule.id), str(rule.law or ""), law_set.span, rule.rule.text.span)


class _Outcome(Struct, frozen=True):
    """`strict`: the limit itself is too late, or too early."""

    held: bool
    limit: date | None = None
    latest: bool = False
    strict: bool = False


class _RuleEvaluation(Struct, frozen=True):
    """One rule and the dates it is judged against; `activity` is what its subject stands for.

    `undated` are the ids of what it needs and has no date.
    """

    rule: Requirement
    scope: RowScope
    activity: Activity | None
    undated: tuple[str, ...]
    law_set: str | None = None

    def judge(self) -> Judgement | NotJudged | None:
        """None where a law lacks an activity that it is about, which is another finding."""
        tree = self.rule.rule.tree
        try:
            subject = at_place(self.rule.rule, lambda: self._meant(tree.subject))
            outcome = at_place(self.rule.rule, lambda: self._compare(subject, tree.comparison))
        except Undated:
            return self._not_judged() if self.undated or self.law_set is None else None
        return Judgement(
            str(self.rule.id),
            self.rule.level,
            str(self.rule.rule.text),
            outcome.held,
            subject.start,
            subject.end,
            text=str(self.rule.text) if self.rule.text else None,
            law=str(self.rule.law) if self.rule.law else None,
            activity=self.activity.id if self.activity else None,
            span=self.activity.source if self.activity else self.rule.rule.text.span,
            rule_span=self.rule.rule.text.span,
            limit=outcome.limit,
            safe_day=self._safe_day(outcome),
            preliminary=subject.preliminary,
            latest=outcome.latest,
            law_set=self.law_set,
            of_as_of=any(ref.part == AS_OF for ref in references(tree.subject)),
        )

    def _not_judged(self) -> NotJudged:
        return NotJudged(
            str(self.rule.id),
            str(self.rule.rule.text),
            tuple(dict.fromkeys(self.undated)),
            text=str(self.rule.text) if self.rule.text else None,
            law=str(self.rule.law) if self.rule.law else None,
            law_set=self.law_set,
            span=self.rule.rule.text.span,
        )

    def _safe_day(self, outcome: _Outcome) -> date | None:
        """The last working day within a latest day, the first within an earliest: the law says only the day itself."""
        if outcome.limit is None:
            return None
        try:
            if outcome.strict:
                return self.scope.workdays.add(outcome.limit, -1 if outcome.latest else 1)
            return self.scope.workdays.roll(outcome.limit, s.Roll.BACK if outcome.latest else s.Roll.FORWARD)
        except OutOfRange:
            return None

    def _compare(self, subject: Extent, comparison: s.Comparison) -> _Outcome:
        match comparison:
            case s.Compared(relation=relation, to=to):
                return _compared(subject, relation, self._anchor(to))
            case s.AtLeast(count=count, unit=unit, direction=direction):
                anchor = self._anchor(comparison.anchor)
                if direction is s.Direction.BEFORE:
                    limit = moved(anchor.start, -count, unit, self.scope.workdays, comparison)
                    return _Outcome(_latest_certain_day(subject) <= limit, limit, latest=True)
                limit = moved(anchor.end, count, unit, self.scope.workdays, comparison)
                return _Outcome(_earliest_certain_day(subject) >= limit, limit)
            case s.OnSameDay(to=to, negated=negated):
                other = self._meant(to)
                if _inexact(subject) or _inexact(other):
                    return _Outcome(negated or (subject.start <= other.end and other.start <= subject.end))
                if negated:
                    return _Outcome(subject.end < other.start or subject.start > other.end)
                return _Outcome(other.start <= subject.start and subject.end <= other.end)
            case s.Within(period=period, negated=negated):
                stretch = self._meant(period)
                inside = stretch.start <= _earliest_certain_day(subject) and _latest_certain_day(subject) <= stretch.end
                return _Outcome(inside is not negated)
            case s.OnWorkingDay(negated=negated):
                worked = all(self.scope.workdays.is_working(day) for day in (subject.start, subject.end))
                return _Outcome(worked is not negated)

    def _meant(self, phrase: s.Phrase) -> Extent:
        """The days of a phrase. A period that the rule itself writes is meant from its first day to its last."""
        extent = evaluate_phrase(phrase, self.scope)
        return extent if _refs(phrase) else replace(extent, precision=Precision.DAY)

    def _anchor(self, phrase: s.Phrase) -> Extent:
        """What the rule compares with. Of an activity known by month, the day that favours the subject most."""
        extent = self._meant(phrase)
        return replace(extent, start=extent.end, end=extent.start) if _inexact(extent) else extent


def _compared(subject: Extent, relation: s.Relation, other: Extent) -> _Outcome:
    """Before and at latest look at the other's first day, after and at earliest at its last (spec 3, long X)."""
    first, last = _earliest_certain_day(subject), _latest_certain_day(subject)
    match relation:
        case s.Relation.BEFORE:
            return _Outcome(last < other.start, other.start, latest=True, strict=True)
        case s.Relation.AT_LATEST:
            return _Outcome(last <= other.start, other.start, latest=True)
        case s.Relation.AFTER:
            return _Outcome(first > other.end, other.end, strict=True)
        case s.Relation.AT_EARLIEST:
            return _Outcome(first >= other.end, other.end)


def _inexact(extent: Extent) -> bool:
    """Some day of a month or a week: a rule is broken only where no such day would do."""
    return extent.precision is not Precision.DAY


def _latest_certain_day(subject: Extent) -> date:
    return subject.start if _inexact(subject) else subject.end


def _earliest_certain_day(subject: Extent) -> date:
    return subject.end if _inexact(subject) else subject.start
