"""All errors of all stages come in one run, each once (spec 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess, Span
from arshjul.timeline import Timeline

HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {namn: Kommunstyrelsen}
  KF: {namn: Fullmäktige, kedja: {utskick: dagen före anslag, anslag: dagen före utskick}}
  BUN: {namn: Barnnämnden}
  SN: {namn: Socialnämnden}
sammanträden:
  2025: {KS: [3 juni], KF: [17 juni], BUN: [29 februari, 24 april]}
tidsfönster:
- {id: tid, start: dagen efter a_finns_inte, slut: 30 juni}
krav:
- {id: krav, regel: b_finns_inte är före 3 juni}
faser:
- id: trasig
  löper: 1 juni till 1 maj
  aktiviteter: [{id: i_trasig, titel: I, när: 3 juni}]
- id: fas
  aktiviteter:
  - {id: a, titel: A, start: KS i augusti, slut: KS i juli, reservdag: måndag 3 juni}
  - {id: b, titel: B, när: möte, upprepa: {möte: SN, i: B-1}}
  - {id: c, titel: C, när: BUN i april, stoppdatum: dagen före c_finns_inte}
  - {id: d, titel: D, när: dagen efter a, stoppdatum: dagen före d_finns_inte}
  - {id: e, titel: E, när: KF i juni, organ: KF}
  - {id: f, titel: F, när: dagen efter b.april}
  - {id: g, titel: G, när: dagen efter i_trasig}
  - {id: h, titel: H, när: dagen efter trasig}
"""
FOUND = [
    ("cycle", "Datumen hänger på varandra i en ring: utskick → anslag → utskick"),
    ("no-such-day", "29 februari 2025 finns inte"),
    ("unknown-name", "Okänt namn: namnet ”a_finns_inte” finns inte"),
    ("unknown-name", "Okänt namn: namnet ”b_finns_inte” finns inte"),
    ("empty-range", "Intervallet slutar före sin början: söndag 1 juni 2025 till torsdag 1 maj 2025"),
    ("no-meeting", "KS har inget sammanträde i augusti 2025"),
    ("no-meeting", "KS har inget sammanträde i juli 2025"),
    ("weekday-mismatch", "3 juni 2025 är en tisdag"),
    ("missing-meeting-plan", "SN har ingen sammanträdesplan för 2025"),
    ("unknown-name", "Okänt namn: namnet ”c_finns_inte” finns inte"),
    ("unknown-name", "Okänt namn: namnet ”d_finns_inte” finns inte"),
]


@pytest.fixture
def found(plan: Callable[..., Timeline]) -> InvalidProcess:
    """Everything wrong with the house."""
    with pytest.raises(InvalidProcess) as caught:
        plan("", house=HOUSE)
    return caught.value


def test_every_stage_tells_its_errors(found: InvalidProcess) -> None:
    """Plans, chains, rounds, windows, requirements, activities and stop dates."""
    told = [(d.code, d.message.partition(" (")[0]) for d in found.diagnostics]
    assert sorted(told) == sorted(FOUND)


def test_what_hangs_on_an_error_is_listed_with_it(found: InvalidProcess) -> None:
    """A name of rounds that failed, or of a phase, is not called unknown as well."""
    hanging = {d.message: [link.message for link in d.related] for d in found.diagnostics if d.code != "cycle"}
    assert {message: links for message, links in hanging.items() if links} == {
        "KS har inget sammanträde i augusti 2025": ["på detta hänger även d"],
        "SN har ingen sammanträdesplan för 2025": ["på detta hänger även f"],
        "Intervallet slutar före sin början: söndag 1 juni 2025 till torsdag 1 maj 2025": [
            "på detta hänger även i_trasig, g, h"
        ],
        "29 februari 2025 finns inte": ["på detta hänger även c"],
    }


def test_every_error_points_at_its_words(found: InvalidProcess) -> None:
    """Line and column are inside the expression."""
    places = {d.message: _words(d.span) for d in found.diagnostics}
    assert places["KS har inget sammanträde i juli 2025"] == "KS i juli"
    assert places["SN har ingen sammanträdesplan för 2025"] == "SN"
    assert places["Okänt namn: namnet ”c_finns_inte” finns inte"] == "c_finns_inte"
    assert places["3 juni 2025 är en tisdag"] == "måndag 3 juni"


def _words(span: object) -> str:
    assert isinstance(span, Span)
    return span.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]


def test_a_calendar_or_a_year_that_is_wrong_hides_nothing(plan: Callable[..., Timeline]) -> None:
    """What is wrong in the calendar and in `löper` is told beside all else; a bare date that lacks its year is listed.

    The dates above that need the year have no error of their own any more.
    """
    house = HOUSE.replace("1 jan B-1 till 31 dec B-1", "1 jan B-1 till 31 dec B-2")
    house += "kalender: {stängt: [{när: måndag 3 juni 2025, namn: flytt}]}\n"
    with pytest.raises(InvalidProcess) as caught:
        plan("", house=house)
    told = [(d.code, d.message.partition(" (")[0]) for d in caught.value.diagnostics]
    without_a_year = {"empty-range", "no-meeting", "weekday-mismatch"}
    assert sorted(told) == sorted(
        [
            *(each for each in FOUND if each[0] not in without_a_year),
            ("empty-range", "Intervallet slutar före sin början: onsdag 1 januari 2025 till tisdag 31 december 2024"),
            ("weekday-mismatch", "3 juni 2025 är en tisdag"),
        ]
    )
