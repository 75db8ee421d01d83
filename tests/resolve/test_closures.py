"""Closures are settled before draft rules; a rule and a closure that need each other are a cycle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arshjul.definition import validate
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.resolve import resolve, setting
from arshjul.resolve.closures import closure_of
from arshjul.resolve.scope import Setting
from arshjul.source import parse
from arshjul.timeline import Timeline

PROCESS = """\
process: p
titel: P {{B}}
kalender:
  stängt:
  - {{när: 1 juni till 3 juni, namn: sommarstängt}}
{closures}
organ:
  KS: {{namn: Kommunstyrelsen, preliminärt: [{rule}]}}
  KF: {{namn: Kommunfullmäktige, preliminärt: [sista tisdagen i november]}}
faser:
- id: f
  aktiviteter:
  - {{id: a, titel: KS möte, när: KS i juni, organ: KS, stoppdatum: krävs ej}}
"""


def plan(rule: str, *closures: str) -> Timeline:
    """KS meets by the rule; the house is closed on 1–3 June and on these days."""
    rows = "\n".join(f"  - {{när: {closure}, namn: vilodag}}" for closure in closures)
    text = PROCESS.format(rule=rule, closures=rows)
    return resolve(validate(parse(Source("process.yaml", text)), [], None), 2026)


def test_a_draft_rule_counts_the_closures() -> None:
    """The fifth working day of June 2025 is the 11th, for 1–3 June are closed and the 6th is nationaldagen."""
    (row,) = plan("femte arbetsdagen i juni").activities
    assert row.start == date(2025, 6, 11)


def test_the_order_of_the_closures_means_nothing() -> None:
    """A closure that asks for another body's drafts, before or after, leaves the rule its right day."""
    for closures in (["dagen efter KF i november"], ["dagen efter KF i november", "24 juni"]):
        (row,) = plan("femte arbetsdagen i juni", *closures).activities
        assert row.start == date(2025, 6, 11)


@pytest.mark.parametrize("rule", ["femte arbetsdagen i juni", "8 juni annars arbetsdagen efter"])
def test_a_rule_and_a_closure_that_need_each_other_are_a_cycle(rule: str) -> None:
    """The rule counts working days, and a closure is counted from the meeting: one error, at the rule."""
    with pytest.raises(InvalidProcess) as caught:
        plan(rule, "dagen efter KS i juni")
    (found,) = caught.value.diagnostics
    assert found.code == "cycle"
    assert found.span is not None
    assert found.span.source.lines[found.span.line - 1][found.span.column - 1 :].startswith(rule)


def test_a_rule_without_working_days_and_a_closure_from_it_are_no_cycle() -> None:
    """The first Tuesday of June is a day whatever is closed."""
    (row,) = plan("första tisdagen i juni", "dagen efter KS i juni").activities
    assert row.start == date(2025, 6, 3)


@pytest.mark.parametrize(
    "rule", ["10 dagar efter 1 juni", "dagen efter 10 juni", "en vecka efter 4 juni", "en månad före 11 juli"]
)
def test_a_rule_that_counts_days_of_the_calendar_and_a_closure_from_it_are_no_cycle(rule: str) -> None:
    """Days, weeks and months are counted whatever is closed."""
    (row,) = plan(rule, "dagen efter KS i juni").activities
    assert row.start == date(2025, 6, 11)


def test_working_days_counted_from_a_day_are_a_cycle_with_a_closure_from_them() -> None:
    """The same relation in the unit that closures change."""
    with pytest.raises(InvalidProcess) as caught:
        plan("2 arbetsdagar efter 5 juni", "dagen efter KS i juni")
    assert [found.code for found in caught.value.diagnostics] == ["cycle"]


NEW_YEAR = """\
process: p
löper: 1 januari B-1 till 31 december B-1
kalender: {{stängt: [{{när: "{closure}", namn: Julstängt}}]}}
organ: {{KS: {{namn: Kommunstyrelsen, stoppdatum: 10 arbetsdagar före}}}}
sammanträden: {{2025: {{KS: [14 januari, 3 juni]}}}}
faser:
- id: a
  aktiviteter:
  - {{id: ks, titel: KS i januari, när: KS i januari, organ: KS, typ: beslut}}
"""


def closed_over_new_year(closure: str, budget_year: int = 2026) -> Setting:
    """What is known of a house that closes then."""
    text = NEW_YEAR.format(closure=closure)
    return setting(validate(parse(Source("process.yaml", text)), [], None), budget_year)


@pytest.mark.parametrize(
    "closure",
    [
        "27 december–5 januari",
        "27 december till 5 januari",
        "från 27 december till 5 januari",
        "27 december – 5 januari",
        "27 december till 5 januari B",
        "27 december till 5 januari B-1",
        "27 december B-1 till 5 januari",
        "27 december B-2 till 5 januari",
        "27 december B-2 till 5 januari B-1",
        "27 december B-1 till 5 januari B",
        "27 december–5 januari B",
        "27 december–5 januari B-1",
        "27 december B-2–5 januari B-1",
        "(27 december till 5 januari)",
        "dagen efter annandag jul till dagen före trettondedag jul",
        "27–31 december, 1–5 januari",
        "27–31 december B-2 och 1–5 januari B-1",
        "27 december till 31 december, 1 januari till 5 januari B",
        "27 december 2024 till 5 januari 2025",
        "27 december 2024 till 5 januari",
        "27 december till 5 januari 2025",
        "27 december–5 januari 2025",
        "2024-12-27 till 2025-01-05",
        "2024-12-27–2025-01-05",
    ],
)
def test_a_closure_over_new_year_is_one_stretch_however_it_is_written(closure: str) -> None:
    """Ten working days before 14 January 2025 is 17 December 2024: the house is closed 27 December–5 January."""
    text = NEW_YEAR.format(closure=closure)
    (row,) = resolve(validate(parse(Source("process.yaml", text)), [], None), 2026).activities
    assert row.stop_date.day == date(2024, 12, 17)


@pytest.mark.parametrize(
    ("closure", "closed"),
    [
        ("27 december till 5 januari", [(year, year + 1) for year in range(2023, 2030)]),
        ("27 december till 5 januari B", [(year, year + 1) for year in range(2022, 2029)]),
        ("27 december B-2 till 5 januari B-1", [(year, year + 1) for year in range(2023, 2030)]),
        ("27 december–5 januari B", [(year, year + 1) for year in range(2022, 2029)]),
        ("27 december 2024 till 5 januari 2025", [(2024, 2025)]),
        ("27 december till 5 januari 2025", [(2024, 2025)]),
    ],
)
def test_a_house_closes_every_year_but_for_a_calendar_year(closure: str, closed: list[tuple[int, int]]) -> None:
    """`B-1` and no year are each year around, 2025 is once; never a stretch of several years."""
    known = closed_over_new_year(closure)
    (entry,) = known.process.calendar.closed
    found = [(extent.start, extent.end) for extent in closure_of(known, entry.when).stretches]
    assert found == [(date(first, 12, 27), date(last, 1, 5)) for first, last in closed]


@pytest.mark.parametrize(
    "closure",
    ["27 december till 5 januari B", "27 december–5 januari B", "22 juli B-1 till 2 augusti", "v. 29–30", "2 maj 2025"],
)
def test_the_plans_of_all_budget_years_count_the_same_days(closure: str) -> None:
    """The plan of B and the calendar of the year before, which is that of the plan of B-1, agree day by day."""
    days = [date(2024, 1, 1) + timedelta(days=day) for day in range(731)]
    earlier, later = (closed_over_new_year(closure, year).workdays for year in (2025, 2026))
    assert [earlier.why_off(day) for day in days] == [later.why_off(day) for day in days]
