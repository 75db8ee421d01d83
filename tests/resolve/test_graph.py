"""Failures and cycles between activities: each told once, with what hangs on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.dates.parser import parse_value
from arshjul.definition import Activity, Expression, Phase, Process
from arshjul.diagnostics import InvalidProcess
from arshjul.resolve import resolve
from arshjul.resolve.graph import Outcome, Task, settle
from arshjul.source import Text
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]


def rows(*dates: str) -> str:
    """Activities a, b, c … with these `när`, one a line from line 30 on."""
    lines = (f"  - {{id: {chr(97 + number)}x, titel: T, när: {when}}}\n" for number, when in enumerate(dates))
    return "faser:\n- id: fas\n  aktiviteter:\n" + "".join(lines)


def test_a_cycle_names_every_link_with_its_place(plan: Plan) -> None:
    """A ring of three is one error, whose related places are the three expressions."""
    with pytest.raises(InvalidProcess) as caught:
        plan(rows("dagen efter cx", "dagen efter ax", "2 dagar efter bx", "3 juni"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("cycle", "Datumen hänger på varandra i en ring: ax → cx → bx → ax")
    told = [
        (link.message, link.span.source.lines[link.span.line - 1][link.span.column - 1 :]) for link in found.related
    ]
    assert told == [("ax hänger på cx", "cx}"), ("cx hänger på bx", "bx}"), ("bx hänger på ax", "ax}")]


def test_two_cycles_are_both_told(plan: Plan) -> None:
    """All errors come in one run, and what hangs on a cycle is listed, not told as an error of its own."""
    with pytest.raises(InvalidProcess) as caught:
        plan(rows("dagen efter bx", "dagen efter ax", "dagen efter dx", "dagen efter cx", "dagen före ax"))
    codes = [found.code for found in caught.value.diagnostics]
    assert codes == ["cycle", "cycle"]
    assert [link.message for link in caught.value.diagnostics[0].related][-1] == "på detta hänger även ex"


def test_a_failure_poisons_without_a_cascade(plan: Plan) -> None:
    """One date that the year lacks is one error that lists everything it takes with it; the rest is dated."""
    timeline = plan(rows("KS i augusti", "dagen efter ax", "dagen efter bx", "3 juni"))
    (lacking,) = timeline.errors
    assert lacking.finding.code == "no-meeting"
    assert [link.message for link in lacking.finding.related] == ["på detta hänger även bx, cx"]
    assert lacking.rows == ("ax", "bx", "cx")
    assert {row.id: str(row.start) for row in timeline.activities if row.start} == {"dx": "2025-06-03"}


def test_undecided_dates_are_no_errors(plan: Plan) -> None:
    """What hangs on a date that is not fixed is undated."""
    timeline = plan(rows("ej fastställt", "dagen efter ax", "bx till 3 juni"))
    assert [(a.id, a.occurrences, a.status.value) for a in timeline.activities] == [
        ("ax", (), "undated"),
        ("bx", (), "undated"),
        ("cx", (), "undated"),
    ]


def test_a_chain_of_10_000_activities_needs_no_recursion() -> None:
    """The depth of a plan is bounded by memory, not by the interpreter's stack."""
    count = 10_000

    def activity(number: int) -> Activity:
        when = Text("tisdag 4 mars" if number == 0 else f"samma dag som a{number - 1}")
        name = Text(f"a{number}")
        return Activity(id=name, title=Text("T"), when=Expression(parse_value(when), when))

    phase = Phase(id=Text("fas"), activities=tuple(activity(number) for number in reversed(range(count))))
    timeline = resolve(Process(id=Text("prov"), title=Text("Prov"), phases=(phase,)), 2026)
    assert len(timeline.activities) == count
    assert {a.occurrences[0].start.isoformat() for a in timeline.activities} == {"2025-03-04"}


def test_a_long_cycle_needs_no_recursion() -> None:
    """A ring of 10 000 tasks is found and told."""
    count = 10_000
    ring: dict[int, Task[int, None]] = {
        n: Task(f"t{n}", None, {(n + 1) % count: None}, lambda _: Outcome(None), None) for n in range(count)
    }
    (failure,) = settle(ring, lambda _: True).failures
    assert failure.error.code == "cycle"
