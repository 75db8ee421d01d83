"""Rules for the rows of one year, and of several: which hold in all, and where the answers differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from arshjul.intake.rules.calendar import by_calendar
from arshjul.intake.rules.candidate import Candidate
from arshjul.intake.rules.distances import by_distance
from arshjul.intake.rules.evidence import PlanYear, RuleRow
from arshjul.intake.rules.meetings import by_meeting
from arshjul.intake.rules.proving import dates_of
from arshjul.workdays import never_closed

MOST_PROVED = 12
"""Of a date, when there is one year: the likeliest, for a reader does not weigh more."""


class RuleKey(Struct, frozen=True):
    """Which date of a row a rule is of: `när`, or `start` or `slut` of several days."""

    row: str
    key: str


class RowRules(Struct, frozen=True):
    """The rules that hold in every year for one date of a row, the likeliest first.

    `chosen` is the one that is put in: the only one of the likeliest kind, where several years agree on it.
    """

    key: RuleKey
    candidates: tuple[Candidate, ...]
    chosen: Candidate | None = None


Found = Mapping[RuleKey, tuple[Candidate, ...]]


def keys_of(row: RuleRow) -> Mapping[RuleKey, date]:
    """The dates of a row that each have a rule."""
    if row.start == row.end:
        return {RuleKey(row.id, "när"): row.start}
    return {RuleKey(row.id, "start"): row.start, RuleKey(row.id, "slut"): row.end}


def candidates_of(plan: PlanYear) -> Found:
    """Every date of the plan → its candidates, the likeliest first, not yet proved."""
    workdays = never_closed()
    found = {}
    for row in plan.rows:
        for key, day in keys_of(row).items():
            every = [
                *by_meeting(row, day, plan),
                *by_calendar(day, plan, workdays),
                *by_distance(row, day, plan, workdays),
            ]
            by_text = {each.text: each for each in sorted(every, key=lambda each: each.order, reverse=True)}
            found[key] = tuple(sorted(by_text.values(), key=lambda each: each.order))
    return found


def rules_of(plans: Sequence[PlanYear]) -> tuple[RowRules, ...]:
    """The dates that every plan has, each with the rules that give its very day in all of them, proved.

    In the order of the last plan. A date of one plan alone is left out where there are several.
    """
    each_year = [candidates_of(plan) for plan in plans]
    last = each_year[-1]
    shared = {key: _in_all(key, each_year) for key in last if all(key in found for found in each_year)}
    for plan in plans:
        wanted = {each.text for candidates in shared.values() for each in candidates}
        dated = dates_of(sorted(wanted), plan)
        days = {key: day for row in plan.rows for key, day in keys_of(row).items()}
        shared = {
            key: tuple(each for each in candidates if dated.get(each.text) == (days[key], days[key]))
            for key, candidates in shared.items()
        }
    return tuple(_chosen(shared) if len(plans) > 1 else (RowRules(*found) for found in shared.items()))


def _chosen(found: Found) -> Iterator[RowRules]:
    """With a rule where one of them is alone of its kind; never two rows that count from each other."""
    counts_from: dict[str, set[str]] = {}
    for key, candidates in found.items():
        likeliest = [each for each in candidates if each.likelihood == candidates[0].likelihood]
        chosen = likeliest[0] if len(likeliest) == 1 else None
        if chosen and chosen.anchor and _leads_to(chosen.anchor, key.row, counts_from):
            chosen = None
        if chosen and chosen.anchor:
            counts_from.setdefault(key.row, set()).add(chosen.anchor)
        yield RowRules(key, candidates, chosen)


def _leads_to(row: str, other: str, counts_from: Mapping[str, Collection[str]]) -> bool:
    waiting, seen = [row], set[str]()
    while waiting:
        each = waiting.pop()
        if each == other:
            return True
        if each not in seen:
            seen.add(each)
            waiting.extend(counts_from.get(each, ()))
    return False


def _in_all(key: RuleKey, each_year: Sequence[Found]) -> tuple[Candidate, ...]:
    first, *others = (found[key] for found in each_year)
    texts = [{each.text for each in candidates} for candidates in others]
    return tuple(each for each in first if all(each.text in known for known in texts))[
        : MOST_PROVED if not others else None
    ]
