"""Closures are settled before draft rules; a rule and a closure that need each other are a cycle."""

from __future__ import annotations

from datetime import date

import pytest

from arshjul.definition import validate
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.resolve import resolve
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
