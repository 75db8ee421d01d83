"""What must not move a date: the order in a file, the names of ids, an activity that nothing refers to."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arshjul.timeline import Timeline

NAMES = ("start", "beslut", "samråd", "utskick_n", "svar", "slutrapport", "möten", "rapport")
ROWS = (
    "{{id: {0}, titel: a, när: tisdag v. 10}}",
    "{{id: {1}, titel: b, när: första KS efter {0}, organ: KS, typ: beslut, milstolpe: budgetförslag}}",
    "{{id: {2}, titel: c, när: CSG före {1}, organ: CSG, typ: samverkan}}",
    "{{id: {3}, titel: d, när: 5 arbetsdagar före {1}.stoppdatum}}",
    "{{id: {4}, titel: e, start: dagen efter {3}, slut: dagen före budgetförslag}}",
    "{{id: {5}, titel: f, när: 3 arbetsdagar efter per, per: sista dagen i april}}",
    "{{id: {6}, titel: g, upprepa: {{möte: KS, i: B-1}}, när: dagen före möte}}",
    "{{id: {7}, titel: h, när: dagen efter {6}, stoppdatum: dagen före {5}}}",
)
identifiers = st.text(string.ascii_lowercase + "åäö", min_size=1, max_size=3).map(lambda tail: f"zz{tail}")
quick = settings(max_examples=settings().max_examples // 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
Plan = Callable[..., Timeline]
Dates = dict[str, list[date | None]]


def dated(plan: Plan, rows: list[str]) -> Dates:
    """Title (and round) → dates, stop date; titles do not change when ids do."""
    yaml = "faser:\n- id: fas\n  aktiviteter:\n" + "".join(f"  - {row}\n" for row in rows)
    return {f"{a.title}{a.id.partition('.')[2]}": [a.start, a.end, a.stop_date.day] for a in plan(yaml).activities}


@pytest.fixture
def expected(plan: Plan) -> Dates:
    """The dates as first written; all of them are there."""
    found = dated(plan, [row.format(*NAMES) for row in ROWS])
    assert len(found) == 12
    assert all(days[0] for days in found.values())
    return found


@quick
@given(order=st.permutations(range(len(ROWS))))
def test_order_in_the_file_moves_no_date(plan: Plan, expected: Dates, order: list[int]) -> None:
    """Activities in any order have the same dates."""
    rows = [row.format(*NAMES) for row in ROWS]
    assert dated(plan, [rows[index] for index in order]) == expected


@quick
@given(names=st.lists(identifiers, min_size=len(NAMES), max_size=len(NAMES), unique=True))
def test_names_of_ids_move_no_date(plan: Plan, expected: Dates, names: list[str]) -> None:
    """Ids renamed wherever they stand give the same dates."""
    assert dated(plan, [row.format(*names) for row in ROWS]) == expected


@quick
@given(
    position=st.integers(0, len(ROWS)), when=st.sampled_from(["3 juni", "KS i juni", "dagen före beslut", "oktober"])
)
def test_an_unrelated_activity_moves_no_date(plan: Plan, expected: Dates, position: int, when: str) -> None:
    """An activity that nothing refers to changes no other."""
    rows = [row.format(*NAMES) for row in ROWS]
    rows.insert(position, f"{{id: ovidkommande, titel: x, när: {when}}}")
    found = dated(plan, rows)
    assert found.pop("x")
    assert found == expected
