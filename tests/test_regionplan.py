"""The shipped plan of a region: every row of a real one comes out, and every other year is a plan a region can use."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.dates.extent import Precision
from arshjul.dates.syntax import Unit
from arshjul.definition import ActivityType
from arshjul.diagnostics import Severity
from arshjul.timeline import Activity, StopKind, TimeWindow
from arshjul.wording.heading import facts
from arshjul.workdays import Workdays, holiday

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "processes" / "regionplan"
GOLDEN = Path(__file__).parent / "golden" / "regionplan-2022.csv"
DOCUMENT = 2022
DRAFTED = (2021, *range(2023, 2033))
ELECTION = (2023, 2027, 2031)
COLUMNS = ("förtroendevalda", "nämnd", "tjänstemän")
DIALOGUES = (
    "slutsatser",
    "avstamning_forberedelser",
    "budgetdialoger",
    "avstamning_pf",
    "partier",
    "kickoff",
    "namnd_dialog",
    "presidier_dialog",
    "styrdialoger",
    "avstamning_styrdialoger",
    "clg_prioriteringar",
    "avstamning_forslag",
)
AUTUMN = ("budget_rsau", "samverkan_budget", "press_budget", "budget_rs", "budget_rf")
FOUR_YEARS = {"flerarsplan", "flerarsplan_budgetaret_forst"}
Row = Mapping[str, str]


@cache
def compiled(year: int) -> compiler.Plan:
    """The shipped process in a budget year, compiled once."""
    (file,) = compiler.select((), ["arshjul:regionplan"], ROOT)
    return compiler.compile_process(file, year)


def plan(year: int) -> Mapping[str, Activity]:
    """Id → activity."""
    return {activity.id: activity for activity in compiled(year).timeline.activities}


def windows(year: int) -> Mapping[str, TimeWindow]:
    """Id → window."""
    return {window.id: window for window in compiled(year).timeline.windows}


def day(year: int, activity: str) -> date:
    """The one day of an activity."""
    (occurrence,) = plan(year)[activity].occurrences
    assert occurrence.start == occurrence.end
    return occurrence.start


def rows(*kinds: str) -> list[object]:
    """The document's rows that are of these kinds, named by number and id."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=f"{row['nr']}-{row['id']}") for row in csv.DictReader(file) if row["som"] in kinds]


def days(written: str) -> tuple[date, date, Precision]:
    """`2021-02-10` is a day, `2021-04` and `2021-05/2021-06` are months, both ends included."""
    first, _, rest = written.partition("/")
    last = rest or first
    if len(first) == len("2021-02-10"):
        return date.fromisoformat(first), date.fromisoformat(last), Precision.DAY
    year, month = map(int, last.split("-"))
    return date.fromisoformat(f"{first}-01"), date(year, month, monthrange(year, month)[1]), Precision.MONTH


every_drafted_year = pytest.mark.parametrize("year", DRAFTED)


# --- the document --------------------------------------------------------------------------------------------


def test_every_row_of_the_document_has_its_place() -> None:
    """Twenty-two rows, of which one has a second date in brackets."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        numbers = {row["nr"] for row in csv.DictReader(file)}
    assert numbers == {*map(str, (*range(3, 10), 11, 13, 14, 20, *range(22, 27), 28, 30, 31, 33, 35, 36)), "25.1"}


@pytest.mark.parametrize("row", rows("fas"))
def test_a_phase_has_the_months_of_the_document(row: Row) -> None:
    """Seven phases from the first day of a month to the last of one; neighbours share a month."""
    (phase,) = (phase for phase in compiled(DOCUMENT).timeline.phases if phase.id == row["id"])
    assert (phase.start, phase.end) == days(row["datum"])[:2]


@pytest.mark.parametrize("row", rows("aktivitet"))
def test_an_activity_has_the_dates_of_the_document(row: Row) -> None:
    """A day is a day and a month a month; `>` says only that it comes after that day. None is a deadline."""
    (occurrence,) = plan(DOCUMENT)[row["id"]].occurrences
    assert not occurrence.deadline
    if row["datum"].startswith(">"):
        assert occurrence.start > date.fromisoformat(row["datum"][1:])
    else:
        assert (occurrence.start, occurrence.end, occurrence.precision) == days(row["datum"])


@pytest.mark.parametrize("row", rows("aktivitet"))
def test_an_activity_has_no_stop_date_in_the_document(row: Row) -> None:
    """The document has none at all: a decision or preparation says so, the rest need none."""
    stop = plan(DOCUMENT)[row["id"]].stop_date
    assert (stop.kind, stop.day) == ({"saknas": StopKind.MISSING, "": StopKind.NOT_REQUIRED}[row["stopp"]], None)


@pytest.mark.parametrize("row", rows("aktivitet"))
def test_an_activity_names_somebody_where_the_document_does(row: Row) -> None:
    """Every column of participants that the document fills is filled."""
    filled = {column for column in COLUMNS if row[column]}
    assert filled <= {group for group, names in plan(DOCUMENT)[row["id"]].participants.items() if names}


@pytest.mark.parametrize("row", rows("tidsfönster"))
def test_a_window_has_the_months_of_the_document(row: Row) -> None:
    """The time for decisions is two months, as the three meetings in it have no day."""
    window = windows(DOCUMENT)[row["id"]]
    assert (window.start, window.end, window.precision) == days(row["datum"])


@pytest.mark.parametrize("row", rows("krav"))
def test_a_row_without_date_is_a_requirement(row: Row) -> None:
    """Consultation and press briefings come before decisions; the process holds the years to it."""
    (requirement,) = (rule for rule in compiled(DOCUMENT).process.requirements if rule.id == row["id"])
    assert requirement.text


def test_decisions_come_in_the_order_of_the_document() -> None:
    """The committee prepares, the board proposes, the assembly decides; all that is known of them is two months."""
    months = [activity.id for activity in plan(DOCUMENT).values() if activity.id.startswith("regionplan_")]
    assert months == ["regionplan_rsau", "regionplan_rs", "regionplan_rf"]


def test_the_document_is_silent_about_what_hangs_on_the_decisions() -> None:
    """Without a day for the decision, consultation and press briefing have none; nothing else is undated."""
    undated = [activity.id for activity in plan(DOCUMENT).values() if not activity.occurrences]
    assert undated == ["samverkan_rs", "press_rs", "samverkan_rf", "press_rf"]


def test_the_definition_holds_no_calendar_year() -> None:
    """A calendar year in the definition would be wrong next year."""
    for name in ("process.yaml", "organ.yaml"):
        assert not re.findall(r"\b(?:19|20)\d\d\b", (FOLDER / name).read_text(encoding="utf-8"))


# --- what the document asks for ------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [DOCUMENT, 2026])
def test_every_dialogue_says_why_and_with_whom(year: int) -> None:
    """When, why, to what end and who: in the majority, between parties, in management, with chairs, in the boards."""
    dialogues = {name: a for name, a in plan(year).items() if a.type is ActivityType.DIALOGUE}
    assert sorted(dialogues) == sorted(DIALOGUES)
    for activity in dialogues.values():
        assert activity.purpose
        assert activity.goal
        assert sum(map(len, activity.participants.values())) >= 2


@pytest.mark.parametrize("year", [DOCUMENT, *DRAFTED])
def test_everybody_has_the_time_that_was_asked_for(year: int) -> None:
    """Preparation, the boards, dialogue, decision, breaking down: each window is as long as its floor or longer."""
    assert list(windows(year)) == ["forberedelsetid", "namndstid", "dialogtid", "beslutstid", "nedbrytningstid"]
    for window in windows(year).values():
        assert window.minimum
        assert window.minimum.unit is Unit.WORKING_DAY
        assert window.working_days >= window.minimum.count


def test_the_plan_looks_four_years_ahead() -> None:
    """The horizon is the budget year and three more; the decisions name it."""
    assert dict(facts(compiled(2026).timeline))["Planperiod"] == "januari 2026–december 2029"
    assert plan(2026)["regionplan_rf"].title == "RF: regionplan och budget 2026–2029"


# --- every other year, from the draft rules ------------------------------------------------------------------


@every_drafted_year
def test_a_drafted_year_has_every_activity_dated(year: int) -> None:
    """Without a meeting plan the draft rules date all of it, and every decision has its stop date."""
    activities = compiled(year).timeline.activities
    assert len(activities) == (45 if year in ELECTION else 40)
    assert [a.id for a in activities if not a.occurrences] == []
    assert [a.id for a in activities if a.stop_date.kind in (StopKind.MISSING, StopKind.UNDATED)] == []


@every_drafted_year
def test_a_drafted_year_keeps_clear_of_days_off(year: int) -> None:
    """No meeting, deadline, stop date or dispatch falls on a weekend, a red day or an eve."""
    workdays = Workdays()
    off = []
    for activity in compiled(year).timeline.activities:
        exact = [o for o in activity.occurrences if o.precision is Precision.DAY]
        edges = [edge for o in exact for edge in (o.start, o.end)]
        papers = [activity.stop_date.day, *(step.day for step in activity.chain)]
        off += [(activity.id, found) for found in (*edges, *papers) if found and not workdays.is_working(found)]
    assert off == []


@every_drafted_year
@pytest.mark.parametrize(
    ("earlier", "least", "later"),
    [
        ("slutsatser", 7, "avstamning_pf"),
        ("avstamning_pf", 1, "partier"),
        ("partier", 1, "kickoff"),
        ("kickoff", 1, "namnd_start"),
        ("kickoff", 21, "pf_rs"),
        ("press_pf", 1, "pf_rs"),
        ("pf_rs", 7, "namnd_pf"),
        ("namnd_pf", 7, "presidier_dialog"),
        ("namnd_pf", 21, "namnd_aterkoppling"),
        ("namnd_aterkoppling", 7, "styrdialoger"),
        ("styrdialoger", 1, "avstamning_styrdialoger"),
        ("avstamning_styrdialoger", 1, "clg_prioriteringar"),
        ("clg_prioriteringar", 1, "avstamning_forslag"),
        ("avstamning_forslag", 5, "regionplan_rsau"),
        ("regionplan_rsau", 7, "regionplan_rs"),
        ("samverkan_rs", 1, "regionplan_rs"),
        ("press_rs", 1, "regionplan_rs"),
        ("regionplan_rs", 7, "samverkan_rf"),
        ("regionplan_rs", 14, "regionplan_rf"),
        ("samverkan_rf", 1, "regionplan_rf"),
        ("press_rf", 1, "regionplan_rf"),
        ("regionplan_rf", 60, "vp_klar"),
        ("vp_klar", 1, "nedbrytning_anvisning"),
    ],
)
def test_a_drafted_year_comes_in_order(year: int, earlier: str, least: int, later: str) -> None:
    """Dialogue before decision, proposal before adoption, with the days between that people need."""
    assert day(year, later) - day(year, earlier) >= timedelta(days=least)


@every_drafted_year
def test_fullmaktige_meets_in_june_before_midsummer(year: int) -> None:
    """The plan is adopted in June, on the working side of midsummer."""
    adopted = day(year, "regionplan_rf")
    assert adopted.month == 6
    assert adopted < holiday("midsommarafton", year - 1)


@every_drafted_year
def test_a_drafted_year_keeps_the_law_and_its_own_requirements(year: int) -> None:
    """Every requirement and every rule of the budget law that applies is judged and holds, with no step missing."""
    timeline = compiled(year).timeline
    own = {str(rule.id) for rule in compiled(year).process.requirements}
    law = {"budgetforslag", "revisionsbudget", "budgetbeslut", "forslag_fore_beslut", "samverkan"} | FOUR_YEARS
    election = {"budgetbeslut_valar"} if year in ELECTION else set()
    assert {judgement.id for judgement in timeline.judgements} == own | law | election
    assert [judgement.id for judgement in timeline.judgements if not judgement.held] == []
    assert timeline.missing_milestones == ()


@every_drafted_year
def test_a_drafted_year_has_no_finding_graver_than_information(year: int) -> None:
    """Nothing to mend: what is left to say is that meetings are preliminary and that a day is half."""
    found = {(finding.code, finding.severity) for finding in compiled(year).findings}
    assert {code for code, severity in found if severity is not Severity.INFO} == set()
    assert {code for code, _ in found} <= {"preliminary", "half-day", "squeeze-day", "law-not-reviewed"}


def test_the_faults_of_the_document_are_found() -> None:
    """No stop date for any of the four decisions and preparations, and nothing about the auditors' budget."""
    grave = [f.code for f in compiled(DOCUMENT).findings if f.severity is not Severity.INFO]
    assert sorted(grave) == ["law-step-missing", *["missing-stop-date"] * 4]


def test_an_election_year_differs_by_the_autumn_alone() -> None:
    """2026, 2027 and 2028 have the same rows in the same order, but the newly elected decide in 2027's autumn.

    The first year of a term, which 2028's process year is, needs nothing of its own.
    """
    before, election, after = ([*plan(year)] for year in (2026, 2027, 2028))
    assert [name for name in election if name not in before] == [*AUTUMN]
    assert sorted(name for name in election if name not in AUTUMN) == sorted(before) == sorted(after)
    phases = [[phase.id for phase in compiled(year).timeline.phases] for year in (2026, 2027, 2028)]
    assert phases[0] == phases[2] == [phase for phase in phases[1] if phase != "valar"]
    assert date(2026, 10, 15) <= day(2027, "budget_rf") <= date(2026, 11, 30)
