"""Rules that would give the dates of a plan: proved by the resolver, compared between two years of one municipality."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from arshjul.compiler import Sweep, adopted_meetings, select
from arshjul.dates.extent import Precision
from arshjul.intake.rules.choosing import candidates_of, keys_of, rules_of
from arshjul.intake.rules.evidence import PlanYear, RuleRow
from arshjul.intake.rules.proving import dates_of
from arshjul.intake.rules.questions import comment, questions


@cache
def plan(budget_year: int) -> PlanYear:
    """The plan of that year as the document had it: its dates alone, and the meetings that it names."""
    (file,) = select((), ["arshjul:rambudget"], Path())
    rows = [
        RuleRow(row.id, row.occurrences[0].start, row.occurrences[0].end, row.body)
        for row in Sweep(file).compiled(budget_year, checks=False).timeline.activities
        if len(row.occurrences) == 1 and row.occurrences[0].precision is Precision.DAY
    ]
    meetings = adopted_meetings(file, budget_year - 1).meetings
    return PlanYear(budget_year, tuple(rows), {body: tuple(m.day for m in held) for body, held in meetings.items()})


def days(plan: PlanYear) -> dict[object, date]:
    """Each date of the plan."""
    return {key: day for row in plan.rows for key, day in keys_of(row).items()}


def named(row: str, key: str) -> str:
    """As questions name a date."""
    return row if key == "när" else f"{row}.{key}"


def test_two_years_of_one_municipality() -> None:
    """Of the sixteen dates that both plans have, fourteen have a rule that holds in both, and it is put in."""
    found = rules_of([plan(2021), plan(2023)])
    chosen = {named(each.key.row, each.key.key): each.chosen.text if each.chosen else None for each in found}
    assert chosen == {
        "flu_forutsattningar": "FLU i februari",
        "opposition": "samma dag som flu_forutsattningar",
        "csg_forutsattningar": "första CSG efter flu_forutsattningar",
        "forslag_arbete.start": None,
        "forslag_arbete.slut": "sista arbetsdagen i februari",
        "forslag_in": "sista arbetsdagen i februari",
        "politisk_beredning": None,
        "flu_revidering": "första FLU efter csg_forutsattningar",
        "remissrunda.start": "samma dag som flu_revidering",
        "remissrunda.slut": "1 vecka efter flu_revidering",
        "budget_ks": "KS i juni",
        "budget_kf": "KF i juni",
        "vp_flu": "FLU i oktober B-1",
        "vp_csg": "CSG i oktober B-1",
        "vp_ks": "KS i november B-1",
        "vp_kf": "KF i november B-1",
    }
    assert Counter(min(len(each.candidates), 4) for each in found) == {4: 9, 1: 4, 0: 2, 2: 1}


def test_a_rule_that_is_put_in_gives_the_day_of_every_year() -> None:
    """And so does each that is told beside it."""
    found = rules_of([plan(2021), plan(2023)])
    for year in (plan(2021), plan(2023)):
        dated, of_year = dates_of([each.text for key in found for each in key.candidates], year), days(year)
        assert all(dated[each.text][0] == of_year[key.key] for key in found for each in key.candidates)


def test_one_year_alone_decides_nothing() -> None:
    """Every rule holds for the only year, so each is told and none is put in: none can be wrong in the other.

    Tried on the other year, the likeliest is right for fourteen of sixteen dates from 2021, and for ten from 2023.
    """
    likeliest = []
    for known, other in ((plan(2021), plan(2023)), (plan(2023), plan(2021))):
        found = [each for each in rules_of([known]) if each.key in days(other)]
        assert [each.chosen for each in found] == [None] * 16
        dated = dates_of(sorted({rule.text for each in found for rule in each.candidates}), other)
        answers = [[dated[rule.text][0] for rule in each.candidates if rule.text in dated] for each in found]
        right = [given[0] == days(other)[each.key] for each, given in zip(found, answers, strict=True)]
        asked = [len(set(given)) > 1 for given in answers]
        assert all(asked)
        likeliest.append(sum(right))
    assert likeliest == [14, 10]


def test_what_is_not_put_in_is_asked_with_the_days_on_which_the_answers_differ() -> None:
    """The likeliest of each year, and what they give in the other."""
    plans = [plan(2021), plan(2023)]
    asked = list(questions(rules_of(plans), plans))
    assert [line.partition(":")[0] for line in asked] == ["forslag_arbete.start", "politisk_beredning"]
    assert (
        "torsdag 4 veckor före flu_revidering (2021: stämmer, 2023: torsdag 21 april, inte måndag 11 april)" in asked[1]
    )


def test_rules_stand_as_a_comment_the_likeliest_first() -> None:
    """At most three."""
    found = {each.key.row: comment(each) for each in rules_of([plan(2021), plan(2023)])}
    assert found["budget_ks"] == "KS i juni · första KS efter flu_revidering · sista KS före budget_kf"
    assert found["politisk_beredning"] == ""


def test_rows_that_count_from_each_other_are_never_put_in() -> None:
    """Two rows a week from each other in both years: the first is counted from the other, and no more."""

    def year(budget_year: int, first: date) -> PlanYear:
        later = first + timedelta(7)
        rows = (RuleRow("a", first, first, "KS"), RuleRow("b", later, later, "KF"))
        return PlanYear(budget_year, rows, {"KS": (first,), "KF": (later,)})

    found = rules_of([year(2021, date(2020, 3, 2)), year(2023, date(2022, 5, 10))])
    assert [each.chosen.text if each.chosen else None for each in found] == ["sista KS före b", None]


def test_a_rule_the_year_cannot_date_is_left_out() -> None:
    """No meeting, no such week, words that are none."""
    assert dates_of(["KS i augusti", "tisdag v. 53", "blomma i juni", "KS i juni"], plan(2023)) == {
        "KS i juni": (date(2022, 6, 7), date(2022, 6, 7))
    }


def test_the_work_grows_as_the_rows_do() -> None:
    """Ten times the rows give ten times the candidates."""

    def count(rows: int) -> int:
        first = date(2024, 1, 2)
        every = tuple(first + timedelta(n) for n in range(700))
        of_plan = tuple(RuleRow(f"r{n}", every[n % 700], every[n % 700], "KS") for n in range(rows))
        meetings = {"KS": every}
        return sum(map(len, candidates_of(PlanYear(2026, of_plan, meetings)).values()))

    assert count(1000) < 11 * count(100)
