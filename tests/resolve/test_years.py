"""Which year a bare date means (spec 3): the one whose first day lies in the phase's `löper`, else the process's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.timeline import Timeline
from arshjul.wording.dates import text_in_window

Plan = Callable[..., Timeline]
Refused = Callable[[str], list[tuple[str, str, str | None]]]
UNBOUND = "process: prov\n"  # löper: 1 sept B-2 till 31 dec B-1


def one(when: str, runs: str | None = None) -> str:
    """One activity `a` in a phase, with its own `löper` or none."""
    own = f"  löper: {runs}\n" if runs else ""
    return f'faser:\n- id: fas\n{own}  aktiviteter:\n  - {{id: a, titel: A, när: "{when}"}}\n'


def days(timeline: Timeline) -> list[str]:
    """First day, last day and text of the activity's dates."""
    return [f"{o.start}/{o.end} {text_in_window(o.dated)}" for a in timeline.activities for o in a.occurrences]


YEARS = [
    ("the process's own", "5 maj", None, "2025-05-05/2025-05-05 måndag 5 maj"),
    ("the phase's, where it has one", "5 maj", "1 jan B till 31 dec B", "2026-05-05/2026-05-05 tisdag 5 maj"),
    ("the first day decides", "28 dec–5 jan", None, "2025-12-28/2026-01-05 28 december 2025–5 januari 2026"),
    ("months over new year", "okt–jan", None, "2025-10-01/2026-01-31 oktober 2025–januari 2026"),
    ("the year belongs to the last part", "okt–jan B-1", None, "2024-10-01/2025-01-31 oktober 2024–januari 2025"),
    ("unless only the first part has one", "okt B-1–jan", None, "2025-10-01/2026-01-31 oktober 2025–januari 2026"),
    ("weeks over new year", "v. 51–2", None, "2025-12-15/2026-01-11 v. 51 2025 till v. 2 2026"),
    ("the ISO year of a week 1 that begins in December", "v. 1 B", None, "2025-12-29/2026-01-04 v. 1 2026"),
    ("a week by its Thursday", "v. 1", "1 jan B-1 till 31 dec B-1", "2024-12-30/2025-01-05 v. 1"),
    ("a weekday by the Thursday of its week", "tis v. 1", "1 jan B-1 till 31 dec B-1",
     "2024-12-31/2024-12-31 tisdag 31 december 2024"),
    ("a week 1 in a phase over new year", "v. 1", "1 dec B-1 till 31 jan B", "2025-12-29/2026-01-04 v. 1"),
    ("the one leap day", "29 februari", "1 jan B till 31 dec B+2", "2028-02-29/2028-02-29 tisdag 29 februari"),
    ("a week 53 of the one long year", "v. 53", "1 juni B-1 till 31 dec B", "2026-12-28/2027-01-03 v. 53"),
    ("a holiday", "nyårsdagen", "1 dec B-1 till 31 jan B", "2026-01-01/2026-01-01 torsdag 1 januari"),
    ("a moveable holiday", "långfredagen", "1 jan B till 31 dec B", "2026-04-03/2026-04-03 fredag 3 april"),
    ("a stretch that the phase cuts off", "maj", "15 maj B-1 till 31 maj B", "2026-05-01/2026-05-31 maj"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "runs", "expected"), [case[1:] for case in YEARS], ids=[case[0] for case in YEARS])
def test_a_bare_date_finds_its_year(when: str, runs: str | None, expected: str, plan: Plan) -> None:
    """One candidate's first day lies in the window; the text leaves the year out only where it can be read again."""
    assert days(plan(one(when, runs))) == [expected]


NO_YEAR = [
    ("never the process's where the phase has its own", "5 maj", "1 jan B-1 till 31 mars B-1", "outside-window"),
    ("two weeks 1", "v. 1", "1 dec B-2 till 31 jan B", "ambiguous-year"),
    ("two Octobers", "okt–jan", "1 sept B-2 till 31 dec B-1", "ambiguous-year"),
    ("no leap day", "29 februari", None, "no-such-day"),
    ("no week 53", "v. 53", None, "no-such-week"),
]


@pytest.mark.parametrize(("when", "runs", "code"), [case[1:] for case in NO_YEAR], ids=[case[0] for case in NO_YEAR])
def test_a_bare_date_without_one_year(when: str, runs: str | None, code: str, refused: Refused) -> None:
    """None or two candidates is an error, never a guess."""
    ((found, _, hint),) = refused(one(when, runs))
    assert found == code
    assert hint


@pytest.mark.parametrize(("when", "end"), [("v. 1", "31 jan B"), ("okt–jan", "31 dec B-1")])
def test_two_years_are_named_as_they_are_written(when: str, end: str, refused: Refused) -> None:
    """Of weeks the ISO year, of a stretch the year of its last part: what the author can add, with both in the hint."""
    ((_, message, hint),) = refused(one(when, f"1 sept B-2 till {end}"))
    assert message.endswith("): 2025 och 2026")
    assert hint == f"skriv ut året: ”{when} B-1” eller ”{when} B”".replace("okt–jan", "oktober–januari")


@pytest.mark.parametrize("when", ["slutet av oktober B-1", "ca 3 oktober B-1", "månadsskiftet okt–nov B-1"])
def test_a_vague_stretch_keeps_a_year_that_does_not_go_without_saying(when: str, plan: Plan) -> None:
    """A process over two autumns must print which of them it means."""
    (found,) = days(plan(one(when), house=UNBOUND))
    assert found.endswith(" 2025")


def test_words_leave_out_a_year_that_goes_without_saying(plan: Plan) -> None:
    """In a process over one calendar year nothing is added."""
    assert days(plan(one("slutet av oktober"))) == ["2025-10-21/2025-10-31 slutet av oktober"]


@pytest.mark.parametrize("year", [2005, 2006])
def test_a_process_that_begins_before_the_calendar(year: int, plan: Plan) -> None:
    """The default `löper` of the first budget years reaches back before 2005: what needs it is undated, and told."""
    dated = plan(one("3 juni"), year, UNBOUND)
    (found,) = dated.errors
    assert days(dated) == []
    assert (found.finding.code, found.finding.message) == (
        "limit",
        f"Processen för budget {year} börjar 1 september {year - 2}",
    )


@pytest.mark.parametrize(
    ("year", "when", "code"),
    [
        (2005, "3 juni B-1", "limit"),
        (2100, "3 juni B+1", "limit"),
        (2100, "1 månad efter december B", "limit"),
        (2100, "v. 53 B", "no-such-week"),
    ],
)
def test_a_date_beyond_the_calendar_is_one_that_the_year_lacks(year: int, when: str, code: str, plan: Plan) -> None:
    """The budget year asked for puts it there: the row is undated, and the rest of the plan stands."""
    dated = plan(one(when), year, "process: prov\nlöper: 1 jan B till 31 dec B\n")
    assert days(dated) == []
    assert [error.finding.code for error in dated.errors] == [code]


def test_a_year_that_is_written_beyond_the_calendar_is_an_error_as_written(plan: Plan) -> None:
    """No budget year would be without it."""
    with pytest.raises(InvalidProcess) as caught:
        plan(one("3 juni 1899"))
    assert [found.code for found in caught.value.diagnostics] == ["limit"]


LENGTHS = [
    ("a week from a Tuesday ends on the Monday", "start: 3 juni, längd: 1 vecka", "2025-06-03/2025-06-09 3–9 juni"),
    ("one day", "start: 3 juni, längd: 1 dag", "2025-06-03/2025-06-03 tisdag 3 juni"),
    ("one working day", "start: 3 juni, längd: 1 arbetsdag", "2025-06-03/2025-06-03 tisdag 3 juni"),
    ("the first working day counts", "start: 2 juni, längd: 4 arbetsdagar", "2025-06-02/2025-06-05 2–5 juni"),
    ("days off do not count", "start: 3 juni, längd: 5 arbetsdagar", "2025-06-03/2025-06-10 3–10 juni"),
    ("nor does a first day off", "start: 1 juni, längd: 1 arbetsdag", "2025-06-01/2025-06-02 1–2 juni"),
    ("a month", "start: 15 januari, längd: 1 månad", "2025-01-15/2025-02-14 15 januari–14 februari"),
    ("months are clipped", "start: 31 januari, längd: 1 månad", "2025-01-31/2025-02-27 31 januari–27 februari"),
    ("a calendar month", "start: 1 februari, längd: 1 månad", "2025-02-01/2025-02-28 1–28 februari"),
    ("back from an end", "slut: 31 oktober, längd: 2 veckor", "2025-10-18/2025-10-31 18–31 oktober"),
    ("back in working days", "slut: 10 juni, längd: 5 arbetsdagar", "2025-06-03/2025-06-10 3–10 juni"),
    ("back from a day off", "slut: 8 juni, längd: 2 arbetsdagar", "2025-06-04/2025-06-08 4–8 juni"),
    ("back a month", "slut: 30 april, längd: 1 månad", "2025-04-01/2025-04-30 1–30 april"),
    ("the start of a month", "start: oktober, längd: 2 veckor", "2025-10-01/2025-10-14 1–14 oktober"),
    ("months of a month", "start: oktober, längd: 2 månader", "2025-10-01/2025-11-30 oktober–november"),
    ("weeks of a week", "start: v. 40, längd: 2 veckor", "2025-09-29/2025-10-12 v. 40–41"),
    ("back from the end of a month", "slut: oktober, längd: 2 veckor", "2025-10-18/2025-10-31 18–31 oktober"),
    (
        "what is vague stays vague",
        "start: slutet av september, längd: 2 veckor",
        "2025-09-21/2025-10-04 slutet av september till 4 oktober",
    ),
    ("weeks to weeks", "start: v. 40, slut: v. 42", "2025-09-29/2025-10-19 v. 40–42"),
    ("months to months", "start: oktober, slut: november", "2025-10-01/2025-11-30 oktober–november"),
    ("a day in a month", "start: 3 oktober, slut: november", "2025-10-03/2025-11-30 3 oktober till november"),
    ("a month to a day", "start: juni, slut: 15 augusti", "2025-06-01/2025-08-15 juni till 15 augusti"),
    ("a week to a day", "start: v. 40, slut: 15 oktober", "2025-09-29/2025-10-15 v. 40 till 15 oktober"),
]


@pytest.mark.parametrize(("keys", "expected"), [case[1:] for case in LENGTHS], ids=[case[0] for case in LENGTHS])
def test_start_end_and_length(keys: str, expected: str, plan: Plan) -> None:
    """Two of the three; the text says the days that came out, as exactly as they are known."""
    assert days(plan(f"faser:\n- id: fas\n  aktiviteter:\n  - {{id: a, titel: A, {keys}}}\n")) == [expected]


@pytest.mark.parametrize(
    "keys",
    [
        "när: juni till 15 augusti",
        "när: 3 juni till juli",
        "när: v. 10 till 15 mars",
        "start: juni, slut: 15 augusti",
        "start: B-1, längd: 2 veckor",
        "start: oktober, längd: 2 veckor",
        "när: blandad",
    ],
)
def test_a_span_of_two_kinds_is_vague(keys: str, plan: Plan) -> None:
    """It says no day that anything may be counted from: neither stop date nor chain."""
    yaml = f"""faser:
- id: fas
  aktiviteter:
  - {{id: blandad, titel: B, när: "3 juni och v. 30"}}
  - {{id: a, titel: A, stoppdatum: 14 dagar före, {keys}}}
"""
    row = next(row for row in plan(yaml).activities if row.id == "a")
    assert [occurrence.precision for occurrence in row.occurrences] == ["vague"]
    assert row.stop_date.kind == "undated"
