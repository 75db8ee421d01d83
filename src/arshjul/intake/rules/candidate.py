"""A rule that may be why a row lies where it does."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from msgspec import Struct

FIRST_AMBIGUOUS = 9
"""The month from which a plan of a budget year, by default, has every month twice."""


class Likelihood(IntEnum):
    """The likeliest kinds first. Intervals recur in weeks and calendar days, seldom in working days."""

    OWN_MEETING = 0
    NEAREST_OWN_MEETING = 1
    SAME_DAY = 2
    WHOLE_WEEKS = 3
    LAST_OF_MONTH = 4
    WEEK_OF_DECISION = 5
    NEXT_TO_DECISION = 6
    WEEK = 7
    WEEKDAY_OF_MONTH = 8
    OTHERS_MEETING = 9
    DAYS = 10
    WORKING_DAYS = 11


class Candidate(Struct, frozen=True):
    """An expression of the date language, how likely its kind is, and how far it counts (less is likelier).

    `anchor` is the row that it counts from.
    """

    text: str
    likelihood: Likelihood
    steps: int = 0
    anchor: str | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        """Likeliest first."""
        return (self.likelihood, self.steps, self.text)


def year_suffix(day: date, budget_year: int, *, ambiguous: bool) -> str:
    """The year as it is written after a month or a week: nothing where the plan has it once."""
    back = budget_year - day.year
    return (f" B-{back}" if back > 0 else " B" if back == 0 else f" B+{-back}") if ambiguous or back != 1 else ""
