"""Candidates are proved by the resolver itself: the plan of a year with the candidates as rows, dated as any plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from arshjul.definition import validate
from arshjul.definition.entries import scalar
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.intake.rules.evidence import PlanYear
from arshjul.resolve import resolve
from arshjul.source import parse

CANDIDATE = "kandidat_"


def dates_of(rules: Sequence[str], plan: PlanYear) -> Mapping[str, tuple[date, date]]:
    """Rule → the first and last day that it gives in the year of the plan, without those that give none there.

    The rows of the plan stand as they were read, so that a rule may count from any of them.
    """
    if not rules:
        return {}
    try:
        process = validate(parse(Source("regler", "".join(f"{line}\n" for line in _definition(rules, plan)))), (), None)
        timeline = resolve(process, plan.budget_year)
    except InvalidProcess:
        if len(rules) == 1:
            return {}
        middle = len(rules) // 2  # one that cannot be understood is no reason to lose the others
        return {**dates_of(rules[:middle], plan), **dates_of(rules[middle:], plan)}
    found = {}
    for activity in timeline.activities:
        if activity.id.startswith(CANDIDATE) and len(activity.occurrences) == 1:
            only = activity.occurrences[0]
            found[rules[int(activity.id.removeprefix(CANDIDATE))]] = (only.start, only.end)
    return found


def _definition(rules: Sequence[str], plan: PlanYear) -> Iterator[str]:
    yield "process: regler"
    yield "titel: Regler"
    if plan.runs:
        yield f"löper: {scalar(plan.runs, between=False)}"
    yield f"organ: {{{', '.join(f'{body}: {{}}' for body in plan.meetings)}}}"
    yield "sammanträden:"
    first, last = plan.budget_year - 2, plan.budget_year - 1
    for year in range(first, last + 1):
        of_year = {body: [day for day in days if day.year == year] for body, days in plan.meetings.items()}
        lists = ", ".join(f"{body}: [{', '.join(day.isoformat() for day in days)}]" for body, days in of_year.items())
        yield f"  {year}: {{{lists}}}"
    yield "faser:"
    yield "- id: alla_rader"
    yield "  aktiviteter:"
    for row in plan.rows:
        days = f"när: {row.start}" if row.start == row.end else f"start: {row.start}, slut: {row.end}"
        yield f"  - {{id: {row.id}, titel: x, {days}}}"
    for number, rule in enumerate(rules):
        yield f"  - {{id: {CANDIDATE}{number}, titel: x, när: {scalar(rule, between=True)}}}"
