"""Rules by the distance to a decision: in weeks, in calendar days, in working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from arshjul.dates.words import WEEKDAY_NAMES
from arshjul.intake.rules.candidate import Candidate, Likelihood
from arshjul.intake.rules.evidence import PlanYear, RuleRow
from arshjul.workdays import Workdays

MOST_WEEKS = 26
MOST_DAYS = 60
MOST_WORKING_DAYS = 30


def by_distance(row: RuleRow, day: date, plan: PlanYear, workdays: Workdays) -> Iterator[Candidate]:
    """From each decision near the day; what two of them say alike is told once."""
    for anchor in plan.anchors(row, day):
        name, days = anchor.id, (day - anchor.start).days
        side = "före" if days < 0 else "efter"
        if days == 0:
            yield Candidate(f"samma dag som {name}", Likelihood.SAME_DAY, 0, name)
            continue
        yield from _by_week(day, anchor)
        if days % 7 and abs(days) <= MOST_DAYS:
            text = f"dagen {side} {name}" if abs(days) == 1 else f"{abs(days)} dagar {side} {name}"
            likelihood = Likelihood.NEXT_TO_DECISION if abs(days) == 1 else Likelihood.DAYS
            yield Candidate(text, likelihood, abs(days), name)
        if abs(days) <= 2 * MOST_WORKING_DAYS and workdays.is_working(day):
            first, last = sorted((day, anchor.start))
            count = workdays.count(first, last) - workdays.is_working(anchor.start)
            if 0 < count <= MOST_WORKING_DAYS:
                text = f"arbetsdagen {side} {name}" if count == 1 else f"{count} arbetsdagar {side} {name}"
                likelihood = Likelihood.NEXT_TO_DECISION if count == 1 else Likelihood.WORKING_DAYS
                yield Candidate(text, likelihood, count, name)


def _by_week(day: date, anchor: RuleRow) -> Iterator[Candidate]:
    """Whole weeks where the weekdays agree, else the weekday in a week so far from the decision's."""
    mondays = (each - timedelta(days=each.weekday()) for each in (day, anchor.start))
    weeks = (next(mondays) - next(mondays)).days // 7
    side, name, weekday = "före" if weeks < 0 else "efter", anchor.id, WEEKDAY_NAMES[day.weekday()]
    count = abs(weeks)
    if count > MOST_WEEKS:
        return
    if day.weekday() == anchor.start.weekday():
        text = f"1 vecka {side} {name}" if count == 1 else f"{count} veckor {side} {name}"
        yield Candidate(text, Likelihood.WHOLE_WEEKS, count, name)
    elif count == 0:
        yield Candidate(f"{weekday} samma vecka som {name}", Likelihood.WEEK_OF_DECISION, count, name)
    else:
        text = f"{weekday}en veckan {side} {name}" if count == 1 else f"{weekday} {count} veckor {side} {name}"
        yield Candidate(text, Likelihood.WEEK_OF_DECISION, count, name)
