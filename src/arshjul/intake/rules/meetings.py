"""Rules by a meeting: `KS i juni`, `andra KS i juni`, `första CSG efter budget_ks`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from arshjul.dates.swedish import month
from arshjul.dates.words import ORDINAL_NAMES
from arshjul.intake.rules.candidate import FIRST_AMBIGUOUS, Candidate, Likelihood, year_suffix
from arshjul.intake.rules.evidence import PlanYear, RuleRow


def by_meeting(row: RuleRow, day: date, plan: PlanYear) -> Iterator[Candidate]:
    """The meetings of that day: in their month, and the nearest to a decision."""
    for body in plan.bodies_on(day):
        own = body == row.body
        likelihood = Likelihood.OWN_MEETING if own else Likelihood.OTHERS_MEETING
        nearest = Likelihood.NEAREST_OWN_MEETING if own else Likelihood.OTHERS_MEETING
        days = plan.meetings[body]
        in_month = [each for each in days if (each.year, each.month) == (day.year, day.month)]
        period = f"{month(day.month)}{year_suffix(day, plan.budget_year, ambiguous=day.month >= FIRST_AMBIGUOUS)}"
        number = in_month.index(day) + 1
        if len(in_month) == 1:
            yield Candidate(f"{body} i {period}", likelihood)
        else:
            yield Candidate(f"{ORDINAL_NAMES[number]} {body} i {period}", likelihood, number)
        if len(in_month) > 1 and number == len(in_month):
            yield Candidate(f"sista {body} i {period}", likelihood, number)
        for anchor in plan.anchors(row, day):
            if anchor.body == body:
                continue
            if anchor.start < day and days[bisect_right(days, anchor.start)] == day:
                yield Candidate(f"första {body} efter {anchor.id}", nearest, 10, anchor.id)
            if day < anchor.start and days[bisect_left(days, anchor.start) - 1] == day:
                yield Candidate(f"sista {body} före {anchor.id}", nearest, 10, anchor.id)
