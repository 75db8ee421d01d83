"""A board's year on top of the common one: what it changes, strikes and adds, and a chain around each meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.diagnostics import Severity
from arshjul.source import read
from arshjul.timeline import Activity, Status, StopKind
from arshjul.wording.dates import stop_date_in_window, stop_words, text_in_window
from arshjul.workdays import Workdays

ROOT = Path(__file__).parents[1]
PROCESS = ROOT / "processes" / "namndprocess" / "process.yaml"
YEARS = range(2021, 2033)
DRAFTED = [year for year in YEARS if year != 2026]
STEPS = {"anmälan", "utkast", "beredning", "utskick", "justering", "anslag"}
DECISIONS = {"arsredovisning_namnd", "delarsrapport_underlag", "prioritering", "detaljbudget", "vp_namnd"}


@cache
def compiled(year: int, name: str = "namndprocess") -> compiler.Plan:
    """The shipped process in a budget year, compiled once."""
    (file,) = compiler.select((), [f"arshjul:{name}"], ROOT)
    return compiler.compile_process(file, year)


def plan(year: int, name: str = "namndprocess") -> Mapping[str, Activity]:
    """Id → activity."""
    return {activity.id: activity for activity in compiled(year, name).timeline.activities}


def common(year: int) -> Mapping[str, Activity]:
    """The year that the board builds on."""
    return plan(year, "styrmodell")


def written(key: str) -> set[str]:
    """The ids under `ändra` or `stryk` in the board's own file."""
    entries = read(PROCESS.read_bytes(), PROCESS.name)[key]
    assert isinstance(entries, Mapping)
    return {str(name) for name in entries}


def meetings(year: int) -> list[Activity]:
    """The rounds of the board's meetings, cancelled ones too."""
    return [activity for activity in plan(year).values() if activity.id.startswith("sammantrade.")]


def held(year: int) -> list[Activity]:
    """The rounds of the meetings that are held."""
    return [activity for activity in meetings(year) if activity.cancelled is None]


# --- the overlay --------------------------------------------------------------------------------------------


def test_what_is_struck_is_gone_and_what_is_added_is_there() -> None:
    """All else is the common year's, with the same ids, in an ordinary year and in the first of a term."""
    ours, theirs = ({name.partition(".")[0] for year in (2026, 2028) for name in rows(year)} for rows in (plan, common))
    assert theirs - ours == written("stryk")
    assert ours - theirs == {"sammantrade", "omfordelning", "prioritering_samverkan"}


def test_what_is_neither_changed_nor_added_is_as_in_the_common_year() -> None:
    """Titles, dates and participants that the board says nothing of follow the common year."""
    theirs = common(2026)
    same = {name for name in plan(2026) if name in theirs and name.partition(".")[0] not in written("ändra")}
    assert same == {
        "arsredovisning_anvisningar",
        "budgetdag",
        "budgetberedning",
        "ramar_kf",
        "vp_forvaltning",
        "aktivitetsplaner",
        "aktivitetsplaner_analys",
    }
    for name in same:
        ours = plan(2026)[name]
        assert (ours.title, ours.occurrences, ours.participants) == (
            theirs[name].title,
            theirs[name].occurrences,
            theirs[name].participants,
        )


@pytest.mark.parametrize(
    ("activity", "month", "day", "stop"),
    [
        ("arsredovisning_namnd", "februari", "onsdag 19 februari", "torsdag 6 februari"),
        ("delarsrapport_underlag", "september", "onsdag 24 september", "torsdag 11 september"),
        ("prioritering", "september", "onsdag 24 september", "torsdag 11 september"),
        ("vp_namnd", "september–november", "onsdag 19 november", "torsdag 6 november"),
        ("detaljbudget", "december", "onsdag 17 december", "torsdag 4 december"),
    ],
)
def test_a_month_of_the_common_year_is_a_meeting_of_the_boards(activity: str, month: str, day: str, stop: str) -> None:
    """The board's own meeting, with the stop date that its chain gives."""
    assert [text_in_window(each.dated) for each in common(2026)[activity].occurrences] == [month]
    ours = plan(2026)[activity]
    texts = [text_in_window(occurrence.dated) for occurrence in ours.occurrences]
    assert (texts, stop_date_in_window(ours.stop_date)) == ([day], stop)


def test_a_change_points_into_the_file_that_made_it() -> None:
    """What went wrong in a varied activity is to be mended where it was written."""
    (changed,) = [a for p in compiled(2026).process.phases for a in p.activities if a.id == "detaljbudget"]
    assert changed.when is not None
    assert changed.when.text.span is not None
    assert changed.title.span is not None
    places = {changed.when.text.span.file, changed.title.span.file}
    assert places == {"arshjul:namndprocess/process.yaml"}
    assert changed.id.span is not None
    assert changed.id.span.file == "arshjul:styrmodell/process.yaml"


def test_null_takes_away_what_the_common_year_says() -> None:
    """The board's decision has the stop date of the board, where the common year asks for none."""
    assert stop_words(common(2026)["detaljbudget"].stop_date) == "krävs ej"
    (changed,) = [a for p in compiled(2026).process.phases for a in p.activities if a.id == "detaljbudget"]
    assert changed.stop_date is None


def test_the_boards_body_varies_the_common_one() -> None:
    """The chain is the board's; the name and the column are from the common file."""
    body = {str(name): body for name, body in compiled(2026).process.bodies.items()}["BUN"]
    assert (str(body.name), str(body.group)) == ("Barn- och utbildningsnämnden", "nämnd")
    assert {str(step) for step in body.chain} == STEPS | {"stoppdatum"}


# --- eleven meetings, seven steps ---------------------------------------------------------------------------


def test_a_moved_and_a_cancelled_meeting_leave_every_id_in_its_place() -> None:
    """In 2025 April's meeting moved a day and the first of May was cancelled: its round says so."""
    assert [(a.id.partition(".")[2], str(a.start), a.status.value) for a in meetings(2026)] == [
        ("januari", "2025-01-22", "planned"),
        ("februari", "2025-02-19", "planned"),
        ("mars", "2025-03-19", "planned"),
        ("april", "2025-04-24", "moved"),
        ("maj", "2025-05-07", "cancelled"),
        ("maj_2", "2025-05-21", "planned"),
        ("juni", "2025-06-11", "planned"),
        ("augusti", "2025-08-27", "planned"),
        ("september", "2025-09-24", "planned"),
        ("oktober", "2025-10-29", "planned"),
        ("november", "2025-11-19", "planned"),
        ("december", "2025-12-17", "planned"),
    ]


def test_a_meetings_own_day_for_a_step_is_told() -> None:
    """September's papers go out on a Wednesday for once; no other step of the year deviates."""
    own = [(a.id, s.name, s.dated and text_in_window(s.dated)) for a in meetings(2026) for s in a.chain if s.deviates]
    assert own == [("sammantrade.september", "utskick", "onsdag 17 september")]


@pytest.mark.parametrize("year", YEARS)
def test_each_of_eleven_meetings_has_its_seven_steps_on_working_days(year: int) -> None:
    """Seventy-seven dates a year out of one chain, none of them on a day off, and none in the wrong order."""
    workdays = Workdays()
    assert len(held(year)) == 11
    for meeting in held(year):
        days = {step.name: step.day for step in meeting.chain} | {"stoppdatum": meeting.stop_date.day}
        assert set(days) == STEPS | {"stoppdatum"}
        assert all(day and workdays.is_working(day) for day in days.values())
        order = ("anmälan", "utkast", "stoppdatum", "beredning", "utskick")
        before = [day for name in order if (day := days[name])]
        after = [day for name in ("justering", "anslag") if (day := days[name])]
        assert meeting.start is not None
        assert before == sorted(before)
        assert before[-1] < meeting.start < after[0] < after[1]


# --- any year -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_every_year_is_a_plan(year: int) -> None:
    """Everything is dated, every decision of the board's has its stop date, and nothing is worth a warning."""
    activities = plan(year)
    assert [a.id for a in activities.values() if not a.occurrences] == []
    assert {name: activities[name].stop_date.kind for name in DECISIONS} == dict.fromkeys(DECISIONS, StopKind.DATE)
    assert [str(found) for found in compiled(year).findings if found.severity is not Severity.INFO] == []


@pytest.mark.parametrize("year", DRAFTED)
def test_a_year_without_a_plan_says_that_it_is_a_draft(year: int) -> None:
    """The rules stand in for the meetings, and what hangs on them is preliminary."""
    assert {a.status for a in meetings(year)} == {Status.PRELIMINARY}
    assert plan(year)["omfordelning"].status is Status.PRELIMINARY
    assert all(m.month != 7 for a in meetings(year) if (m := a.start))


@pytest.mark.parametrize("year", YEARS)
def test_what_the_board_adds_comes_before_its_decision(year: int) -> None:
    """The schools hand in three weeks before the stop date, and the staff side is heard before it."""
    rows = plan(year)
    stop = rows["prioritering"].stop_date.day
    handed_in, heard = rows["omfordelning"].end, rows["prioritering_samverkan"].end
    assert isinstance(stop, date)
    assert handed_in is not None
    assert heard is not None
    assert handed_in < heard < stop
    assert (stop - handed_in).days == 21
