"""What must not move a date: the order in a file, the names of ids, an activity that nothing refers to, and what a
meeting plan says beside its days."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arshjul.timeline import Status, Timeline

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
    assert len(found) == 13
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


DAYS = ("4 mars", "6 maj", "20 maj", "3 juni", "2 sept", "16 sept", "4 nov")
PLANNED = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ: {KS: {namn: Styrelsen, kedja: {utskick: 7 dagar före möte, stoppdatum: 14 dagar före möte}}}
faser:
- id: fas
  aktiviteter:
  - {id: a, titel: A, upprepa: {möte: KS, i: B-1}, när: möte, organ: KS, typ: beslut}
  - {id: b, titel: B, upprepa: {möte: KS, i: maj–september}, när: dagen före a.utskick}
  - {id: c, titel: C, när: dagen efter a.maj_2}
  - {id: d, titel: D, när: dagen efter a.september.stoppdatum}
sammanträden: {2025: {KS: [%s]}}
"""
words = st.sampled_from(["budget", "maj", "utskick", "april", "start", "a", "delår 1"])


@quick
@given(matters=st.lists(st.lists(words, max_size=3, unique=True), min_size=len(DAYS), max_size=len(DAYS)))
def test_what_a_meeting_takes_up_renames_no_round_and_moves_no_date(plan: Plan, matters: list[list[str]]) -> None:
    """A matter is a second name of its round and takes the first from nobody."""
    entries = [f"{{datum: {day}, ärenden: [{', '.join(own)}]}}" for day, own in zip(DAYS, matters, strict=True)]
    found = {row.id: (row.start, row.stop_date.day) for row in plan("", house=PLANNED % ", ".join(entries)).activities}
    plain = {row.id: (row.start, row.stop_date.day) for row in plan("", house=PLANNED % ", ".join(DAYS)).activities}
    assert found == plain


@quick
@given(cancelled=st.sets(st.sampled_from(DAYS), max_size=len(DAYS)))
def test_a_cancelled_meeting_renames_no_round_and_moves_no_date(plan: Plan, cancelled: set[str]) -> None:
    """Its own round is marked, and nothing else is another than before but what is counted from it."""
    entries = [f"{{datum: {day}, inställt: ja}}" if day in cancelled else day for day in DAYS]
    found = {row.id: row for row in plan("", house=PLANNED % ", ".join(entries)).activities}
    plain = {row.id: row for row in plan("", house=PLANNED % ", ".join(DAYS)).activities}
    assert set(found) == set(plain)
    rounds = {name for name in plain if name.partition(".")[2]}
    assert {name: found[name].start for name in rounds} == {name: plain[name].start for name in rounds}
    assert sum(found[name].status is Status.CANCELLED for name in found if name.startswith("a.")) == len(cancelled)
    assert (found["c"].start is None, found["d"].start is None) == ("20 maj" in cancelled, "2 sept" in cancelled)
