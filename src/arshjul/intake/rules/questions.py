"""What is told of rules that were not put in: the likeliest of each year, and what they give in the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from arshjul.dates.swedish import day_text
from arshjul.intake.rules.choosing import RowRules, RuleKey, candidates_of, keys_of
from arshjul.intake.rules.evidence import PlanYear
from arshjul.intake.rules.proving import dates_of

MOST_SHOWN = 3


def comment(rules: RowRules) -> str:
    """The rules of a date as a comment beside it; empty where there are none."""
    return " · ".join(each.text for each in rules.candidates[:MOST_SHOWN])


def questions(rules: Sequence[RowRules], plans: Sequence[PlanYear]) -> Iterator[str]:
    """A line for each date without a chosen rule, with the days on which the answers differ."""
    open_keys = [each for each in rules if each.chosen is None]
    found = [candidates_of(plan) for plan in plans]
    days = [{key: day for row in plan.rows for key, day in keys_of(row).items()} for plan in plans]
    asked = {
        each.key: list(
            dict.fromkeys(
                candidate.text
                for candidates in ([each.candidates] if each.candidates else [every[each.key] for every in found])
                for candidate in candidates[:MOST_SHOWN]
            )
        )
        for each in open_keys
    }
    dated = [dates_of(sorted({text for texts in asked.values() for text in texts}), plan) for plan in plans]
    for key, texts in asked.items():
        name = key.row if key.key == "när" else f"{key.row}.{key.key}"
        answers = (_answer(text, key, plans, days, [each.get(text, (None,))[0] for each in dated]) for text in texts)
        yield f"{name}: {'; '.join(answers) or 'ingen regel'}"


def _answer(
    text: str,
    key: RuleKey,
    plans: Sequence[PlanYear],
    days: Sequence[dict[RuleKey, date]],
    given: Sequence[date | None],
) -> str:
    """`tisdag v. 8 (2021: stämmer, 2023: tisdag 22 februari, inte onsdag 23 februari)`."""
    told = (
        f"{plan.budget_year}: stämmer"
        if day == of_year[key]
        else f"{plan.budget_year}: {day_text(day) if day else 'ingen dag'}, inte {day_text(of_year[key])}"
        for plan, of_year, day in zip(plans, days, given, strict=True)
    )
    return f"{text} ({', '.join(told)})"
