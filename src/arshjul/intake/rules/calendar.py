"""Rules by the calendar alone: the ISO week, the weekday of its month, the last working day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from arshjul.dates.swedish import month
from arshjul.dates.words import ORDINAL_NAMES, WEEKDAY_NAMES
from arshjul.intake.rules.candidate import FIRST_AMBIGUOUS, Candidate, Likelihood, year_suffix
from arshjul.intake.rules.evidence import PlanYear
from arshjul.workdays import Workdays

FIRST_AMBIGUOUS_WEEK = 35


def by_calendar(day: date, plan: PlanYear, workdays: Workdays) -> Iterator[Candidate]:
    """`tisdag v. 24`, `andra tisdagen i juni`, `sista tisdagen i juni`, `sista arbetsdagen i februari`."""
    weekday, week = WEEKDAY_NAMES[day.weekday()], day.isocalendar()
    thursday = day + timedelta(days=4 - day.isoweekday())
    of_week = year_suffix(thursday, plan.budget_year, ambiguous=week.week >= FIRST_AMBIGUOUS_WEEK)
    yield Candidate(f"{weekday} v. {week.week}{of_week}", Likelihood.WEEK)
    period = f"{month(day.month)}{year_suffix(day, plan.budget_year, ambiguous=day.month >= FIRST_AMBIGUOUS)}"
    number = (day.day + 6) // 7
    if number < 5:
        yield Candidate(f"{ORDINAL_NAMES[number]} {weekday}en i {period}", Likelihood.WEEKDAY_OF_MONTH, number)
    if (day + timedelta(days=7)).month != day.month:
        yield Candidate(f"sista {weekday}en i {period}", Likelihood.WEEKDAY_OF_MONTH, number)
    if workdays.is_working(day) and workdays.add(day, 1).month != day.month:
        yield Candidate(f"sista arbetsdagen i {period}", Likelihood.LAST_OF_MONTH)
    if workdays.is_working(day) and workdays.add(day, -1).month != day.month:
        yield Candidate(f"första arbetsdagen i {period}", Likelihood.LAST_OF_MONTH)
