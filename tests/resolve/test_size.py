"""How much a definition may make of itself, and that what many rows ask for is computed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.resolve.names import MAX_READ
from arshjul.resolve.rows import MAX_ROWS, MAX_TEXT
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]

EVERY_DAY = ", ".join((date(2025, 1, 1) + timedelta(days)).isoformat() for days in range(365))
DAILY = f"process: p\norgan: {{K: {{}}, L: {{}}}}\nsammanträden: {{2025: {{K: [{EVERY_DAY}], L: [{EVERY_DAY}]}}}}\n"
NESTED = """\
faser:
- id: f
  upprepa: {möte: K, i: B-1}
  aktiviteter:
  - {id: a, titel: A, när: möte, upprepa: {möte: L, i: B-1}}
"""


def test_rounds_within_rounds_are_told_where_they_are_made(plan: Plan) -> None:
    """365 × 365 rows of two lines: refused at the inner `upprepa`, before any of them has a date."""
    with pytest.raises(InvalidProcess) as caught:
        plan(NESTED, house=DAILY)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.span and finding.span.line) == ("limit", 8)
    assert str(MAX_ROWS) in finding.message


def test_long_texts_of_rounds_are_counted_once_for_each(plan: Plan) -> None:
    """Two comments of a file, each as long as a text may be, are fifteen million characters over a year of rounds."""
    rows = f"  - {{titel: A, när: möte, kommentar: {'x' * 20000}, upprepa: {{möte: K, i: B-1}}}}\n" * 2
    with pytest.raises(InvalidProcess) as caught:
        plan(f"faser:\n- id: f\n  aktiviteter:\n{rows}", house=DAILY)
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(MAX_TEXT) in finding.message) == ("limit", True)


def test_as_many_rows_as_a_year_has_days_are_no_limit(plan: Plan) -> None:
    """One round a day is dear, not hostile."""
    rows = NESTED.replace("  upprepa: {möte: K, i: B-1}\n", "")
    assert len(plan(rows, house=DAILY).activities) == 365


@pytest.mark.parametrize(
    "named",
    [
        "krav:\n" + "".join(f"- {{id: k{n}, regel: a är före b, text: t}}\n" for n in range(300)),
        "".join(f"  - {{titel: c{n}, när: första K efter a}}\n" for n in range(300)),
    ],
    ids=["in requirements", "in rows"],
)
def test_a_year_of_rounds_is_not_read_for_every_name(plan: Plan, named: str) -> None:
    """Three hundred names for 365 days each are a hundred thousand to read: refused where the limit is passed."""
    rows = "".join(f"  - {{id: {n}, titel: A, när: möte, upprepa: {{möte: K, i: B-1}}}}\n" for n in "ab")
    rows = f"faser:\n- id: f\n  aktiviteter:\n{rows}"
    with pytest.raises(InvalidProcess) as caught:
        plan(f"{named}{rows}" if named.startswith("krav") else f"{rows}{named}", house=DAILY)
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(MAX_READ) in finding.message) == ("limit", True)
    assert finding.span


def test_the_steps_of_chains_count(plan: Plan) -> None:
    """A chain of a thousand steps is computed for every row of its body."""
    steps = "".join(f"      s{number}: 1 dag före möte\n" for number in range(1000))
    house = f"process: p\norgan:\n  K:\n    kedja:\n{steps}sammanträden: {{2025: {{K: [{EVERY_DAY}]}}}}\n"
    row = "  - {titel: A, när: möte, organ: K, upprepa: {möte: K, i: B-1}}\n"
    with pytest.raises(InvalidProcess) as caught:
        plan(f"faser:\n- id: f\n  aktiviteter:\n{row}", house=house)
    assert [found.code for found in caught.value.diagnostics] == ["limit"]


def test_a_milestone_with_an_undated_row_is_undated_for_all_that_ask(plan: Plan) -> None:
    """The last of its rows cannot be known while one of them is undecided."""
    rows = """\
faser:
- id: f
  aktiviteter:
  - {id: a, titel: A, när: 3 mars, milstolpe: m}
  - {id: b, titel: B, när: ej fastställt, milstolpe: m}
  - {id: c, titel: C, när: dagen efter m}
"""
    assert [row.id for row in plan(rows).activities if row.occurrences] == ["a"]
