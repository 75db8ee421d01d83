"""The years of dates that say none: they follow from the order of the rows, from headings and from the budget year.

A plan goes forward through about sixteen months. Each row may lie in some years; of all ways to choose, the one that
goes forward with the fewest days between rows is taken, and a row is dated only if every way that gives it another year
is clearly worse. Two rows out of order cost little, a year too early or too late costs a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

FIRST_MONTH = 9  # a plan begins in September two years before the budget year
CERTAIN = 120  # days by which every other way must be worse
OUTSIDE = 300  # what it costs to go out of those sixteen months, or to begin outside them
BACKWARD = 1.5  # times the days; a plan goes forward
NEW_PHASE = 0.4  # times the days: a phase begins before the one above has ended
Costs = dict[int, float]


class Candidate(Struct, frozen=True):
    """A row whose year is looked for.

    Attributes:
        days: Year → the first day of the row in it; the years that it may lie in.
        penalties: Year → what speaks against it: a weekday that is another.
        outside: The years in which it lies outside the months of a plan.
        new_phase: Whether it stands first in its phase.
    """

    days: Mapping[int, date]
    penalties: Mapping[int, float]
    outside: frozenset[int] = frozenset()
    new_phase: bool = False

    def cost(self, year: int) -> float:
        """What speaks against a year, whatever the rows around it."""
        return self.penalties.get(year, 0.0)


def years_within(budget_year: int) -> range:
    """The years in which a row of the plan may lie where nothing else is said."""
    return range(budget_year - 2, budget_year + 1)


def is_outside(day: date, budget_year: int) -> bool:
    """Whether a day is outside the months of a plan."""
    return not date(budget_year - 2, FIRST_MONTH, 1) <= day < date(budget_year, 1, 1)


def choose(rows: Sequence[Candidate]) -> list[int | None]:
    """The year of each row; None where two years are about as likely."""
    chosen = list[int | None]()
    for row, before, after in zip(rows, costs_before(rows), costs_after(rows), strict=True):
        total = sorted((before[year] + row.cost(year) + after[year], year) for year in row.days)
        certain = len(total) == 1 or (total and total[1][0] - total[0][0] >= CERTAIN)
        chosen.append(total[0][1] if certain else None)
    return chosen


def costs_before(rows: Sequence[Candidate]) -> list[Costs]:
    """For each row and year, the cheapest way from the first row to there, the row itself not counted."""
    costs: list[Costs] = [{year: OUTSIDE * (year in row.outside) + 0.0 for year in row.days} for row in rows[:1]]
    for last, row in pairwise(rows):
        known = [(other, cost + last.cost(other)) for other, cost in costs[-1].items()]
        costs.append({
            year: min((cost + step(last, other, row, year) for other, cost in known), default=0.0) for year in row.days
        })  # fmt: skip
    return costs


def costs_after(rows: Sequence[Candidate]) -> list[Costs]:
    """For each row and year, the cheapest way on from there to the last row, the row itself not counted."""
    costs: list[Costs] = [dict.fromkeys(row.days, 0.0) for row in rows[-1:]]
    for row, last in pairwise(reversed(rows)):
        known = [(other, cost + row.cost(other)) for other, cost in costs[-1].items()]
        costs.append({
            year: min((cost + step(last, year, row, other) for other, cost in known), default=0.0) for year in last.days
        })  # fmt: skip
    return costs[::-1]


def step(one: Candidate, year: int, other: Candidate, other_year: int) -> float:
    """What it costs to go from a row in a year to the next row in another."""
    days = (other.days[other_year] - one.days[year]).days
    cost = days if days >= 0 else -days * BACKWARD
    leaves = other_year in other.outside and year not in one.outside
    return cost * (NEW_PHASE if other.new_phase else 1) + OUTSIDE * leaves
