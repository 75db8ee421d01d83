"""The years of dates that say none: they follow from the order of the rows, from headings and from the budget year.

A plan goes forward through about sixteen months. Each row may lie in some years; of all ways to choose, the one that
goes forward with the fewest days between rows is taken, and a row is dated only if every way that gives it another year
is clearly worse. Two rows out of order cost little, a year too early or too late costs a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

FIRST_MONTH = 9  # a plan begins in September two years before the budget year
CERTAIN = 120  # days by which every other way must be worse
OUTSIDE = 300  # the cost of a row outside those sixteen months
BACKWARD = 1.5  # times the days; a plan goes forward
NEW_PHASE = 0.4  # times the days: a phase begins before the one above has ended
Costs = dict[int, float]


class Candidate(Struct, frozen=True):
    """A row whose year is looked for.

    Attributes:
        days: Year → the first day of the row in it; the years that it may lie in.
        penalties: Year → what speaks against it: a weekday that is another.
        new_phase: Whether it stands first in its phase.
    """

    days: Mapping[int, date]
    penalties: Mapping[int, float]
    new_phase: bool = False


def years_within(budget_year: int) -> range:
    """The years in which a row of the plan may lie where nothing else is said."""
    return range(budget_year - 2, budget_year + 1)


def penalty(day: date, budget_year: int) -> float:
    """What a day outside the months of a plan costs."""
    inside = date(budget_year - 2, FIRST_MONTH, 1) <= day < date(budget_year, 1, 1)
    return 0 if inside else OUTSIDE


def choose(rows: Sequence[Candidate]) -> list[int | None]:
    """The year of each row; None where two years are about as likely."""
    before = _costs(rows)
    after = list(reversed(_costs(list(reversed(rows)), backwards=True)))
    chosen = list[int | None]()
    for row, to_here, from_here in zip(rows, before, after, strict=True):
        # what the row itself costs is in both
        total = sorted((to_here[year] + from_here[year] - row.penalties.get(year, 0), year) for year in row.days)
        certain = len(total) == 1 or (total and total[1][0] - total[0][0] >= CERTAIN)
        chosen.append(total[0][1] if certain else None)
    return chosen


def _costs(rows: Sequence[Candidate], *, backwards: bool = False) -> list[Costs]:
    """For each row and year, the cheapest way from the first row to there."""
    costs = list[Costs]()
    for number, row in enumerate(rows):
        own = {year: row.penalties.get(year, 0.0) for year in row.days}
        if number and costs[-1]:
            phase = rows[number - 1].new_phase if backwards else row.new_phase
            last = rows[number - 1].days
            for year, day in row.days.items():
                steps = (
                    cost + _step(day, last[other], phase) if backwards else cost + _step(last[other], day, phase)
                    for other, cost in costs[-1].items()
                )
                own[year] += min(steps)
        costs.append(own)
    return costs


def _step(one: date, other: date, new_phase: bool) -> float:
    days = (other - one).days
    cost = days if days >= 0 else -days * BACKWARD
    return cost * NEW_PHASE if new_phase else cost
