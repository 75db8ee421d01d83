"""`om` and `undantag`: whether a condition holds for a budget year."""

from __future__ import annotations

import operator
from collections.abc import Callable, Container

from arshjul.dates import syntax as s

COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
PROCESS_YEAR = s.BudgetYear(-1)


def holds(condition: s.Condition, budget_year: int, flags: Container[str]) -> bool:
    """Whether the condition holds; without a year it speaks of the process year B-1."""
    match condition:
        case s.Not(condition=inner):
            return not holds(inner, budget_year, flags)
        case s.AllOf(conditions=parts):
            return all(holds(part, budget_year, flags) for part in parts)
        case s.AnyOf(conditions=parts):
            return any(holds(part, budget_year, flags) for part in parts)
        case s.Election(year=year):
            return is_election_year(_number(year, budget_year))
        case s.TermYear(number=number, year=year):
            return term_year(_number(year, budget_year)) == number
        case s.YearCompared():
            return COMPARE[condition.operator](_number(condition.year, budget_year), condition.number)
        case s.Flag(name=name):
            return name in flags


def _number(year: s.BudgetYear | None, budget_year: int) -> int:
    return budget_year + (year or PROCESS_YEAR).offset


def is_election_year(year: int) -> bool:
    """Ordinary elections are held every fourth year: 2018, 2022, 2026 (vallagen 1:3, KL 5:5)."""
    return year % 4 == 2


def term_year(year: int) -> int:
    """Which whole year of a term the year is, 1–4; the election year is the fourth (2023 and 2027 are the first)."""
    return (year - 2023) % 4 + 1
