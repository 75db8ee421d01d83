"""The shipped process: two real plans come out row by row, and every other year is a plan a controller can use."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.dates.extent import Precision
from arshjul.source import Fields, Text, read
from arshjul.timeline import Activity, StopKind, Timeline
from arshjul.workdays import Workdays, holiday

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "processes" / "rambudget"
GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = (2021, 2023)
DRAFTED = (2022, *range(2024, 2033))
COLUMNS = ("förtroendevalda", "nämnd", "tjänstemän")
Row = Mapping[str, str]
Days = tuple[date, date, bool]


@cache
def compiled(year: int) -> compiler.Plan:
    """The shipped process in a budget year, compiled once."""
    (file,) = compiler.select((), ["arshjul:rambudget"], ROOT)
    return compiler.compile_process(file, year)


def plan(year: int) -> Mapping[str, Activity]:
    """Id → activity."""
    return {activity.id: activity for activity in compiled(year).timeline.activities}


def golden(year: int) -> list[Row]:
    """The rows of the year's document, in its order."""
    with (GOLDEN / f"rambudget-{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documents_rows() -> list[object]:
    """Every row of both documents with its year."""
    return [
        pytest.param(year, row, id=f"{year}-{row['nr']}-{row['aktivitet']}")
        for year in DOCUMENTS
        for row in golden(year)
    ]


every_row = pytest.mark.parametrize(("year", "row"), documents_rows())
every_document = pytest.mark.parametrize("year", DOCUMENTS)
every_drafted_year = pytest.mark.parametrize("year", DRAFTED)


def written_days(text: str) -> list[Days]:
    """First day, last day and whether the document says it vaguely, of each date of a golden cell."""
    return [_written_days(part) for part in text.split("; ")]


def _written_days(text: str) -> Days:
    days = [date.fromisoformat(day) for day in text.replace("~", "").split("/")]
    return days[0], days[-1], "~" in text


# --- the two documents ---------------------------------------------------------------------------------


@every_row
def test_a_row_has_the_days_of_its_document(year: int, row: Row) -> None:
    """Days, ranges, several dates and vague stretches are those of the document; none is a deadline."""
    occurrences = plan(year)[row["aktivitet"]].occurrences
    days = [(o.start, o.end, o.precision is Precision.VAGUE) for o in occurrences]
    assert days == written_days(row["datum"])
    assert {o.precision for o in occurrences} <= {Precision.DAY, Precision.VAGUE}
    assert not any(o.deadline for o in occurrences)


@every_row
def test_a_row_has_the_stop_date_of_its_document(year: int, row: Row) -> None:
    """A day, on the table, or none; a decision or preparation without one says that it is missing."""
    stop = plan(year)[row["aktivitet"]].stop_date
    kinds = {"på bordet": StopKind.ON_TABLE, "saknas": StopKind.MISSING, "": StopKind.NOT_REQUIRED}
    if row["stopp"] in kinds:
        assert (stop.kind, stop.day) == (kinds[row["stopp"]], None)
    else:
        assert (stop.kind, stop.day) == (StopKind.DATE, date.fromisoformat(row["stopp"]))


@every_row
def test_a_row_names_somebody_where_its_document_does(year: int, row: Row) -> None:
    """Every column of participants that the document fills is filled, and so is who writes the papers."""
    activity = plan(year)[row["aktivitet"]]
    filled = {column for column in COLUMNS if row[column]}
    assert filled <= {group for group, names in activity.participants.items() if names}
    assert bool(activity.case_officer) == bool(row["ansvarig"])


@every_document
def test_a_document_has_no_other_rows(year: int) -> None:
    """Each activity is one row of the document and the other way round: 23 in 2021, 45 in 2023."""
    rows = golden(year)
    assert sorted(plan(year)) == sorted(row["aktivitet"] for row in rows)
    assert len(rows) == {2021: 23, 2023: 45}[year]


@pytest.mark.parametrize(
    ("year", "activity", "parts"),
    [
        (2021, "strategidag_klg", ["heldag", "em"]),
        (2021, "csg_budget", [None, "fm"]),
        (2023, "bokslutsdag", ["fm"]),
        (2023, "csg_budget", ["morgon"]),
    ],
)
def test_parts_of_the_day_are_those_of_the_document(year: int, activity: str, parts: list[str | None]) -> None:
    """A day may be whole, a morning or an afternoon, each date its own."""
    assert [occurrence.part for occurrence in plan(year)[activity].occurrences] == parts


@pytest.mark.parametrize(
    ("activity", "status"), [("strategidag_aterkoppling", "preliminary"), ("omvarld_revidering", "if_needed")]
)
def test_uncertain_rows_of_2023_say_so(activity: str, status: str) -> None:
    """A new date is to come, or the activity is held only if needed."""
    assert plan(2023)[activity].status == status


def overridden_dates(year: int) -> list[str]:
    """Activities whose own days the year's deviations replace; stop dates do not count."""
    path = FOLDER / f"avvikelser-{year}.yaml"
    changes = read(path.read_bytes(), path.name)[Text("ändra")]
    assert isinstance(changes, Fields)
    return [
        name
        for name, change in changes.items()
        if isinstance(change, Fields) and {"när", "start", "slut"} & set(change)
    ]


def test_few_dates_are_written_in_the_year_files() -> None:
    """The rules give the dates: at most four activities in one year and twelve in the other are overridden."""
    fewest, most = sorted(len(overridden_dates(year)) for year in DOCUMENTS)
    assert 0 < fewest <= 4
    assert most <= 12


def test_the_definition_holds_no_calendar_year() -> None:
    """A calendar year in the definition would be wrong next year."""
    for name in ("process.yaml", "organ.yaml"):
        assert not re.findall(r"\b(?:19|20)\d\d\b", (FOLDER / name).read_text(encoding="utf-8"))


def test_a_project_gets_the_same_plan_as_the_shipped_one() -> None:
    """Built by its path in a project or by its shipped name, the process gives the same days."""
    (file,) = compiler.select(compiler.find_processes(ROOT), ["rambudget"], ROOT)
    timeline = compiler.compile_process(file, 2023).timeline
    assert [(a.id, a.occurrences) for a in timeline.activities] == [(a.id, a.occurrences) for a in plan(2023).values()]


# --- every other year, from the draft rules ------------------------------------------------------------------


def day(year: int, activity: str) -> date:
    """The one day of an activity."""
    (occurrence,) = plan(year)[activity].occurrences
    assert occurrence.start == occurrence.end
    return occurrence.start


def exact_days(timeline: Timeline) -> Iterator[tuple[str, date]]:
    """Each day that somebody has to keep: first and last days, stop dates, steps of the chain."""
    for activity in timeline.activities:
        for occurrence in activity.occurrences:
            if occurrence.precision is Precision.DAY:
                yield from ((activity.id, occurrence.start), (activity.id, occurrence.end))
        if activity.stop_date.day:
            yield f"{activity.id}.stoppdatum", activity.stop_date.day
        yield from ((f"{activity.id}.{step.name}", step.day) for step in activity.chain if step.day)


@every_drafted_year
def test_a_drafted_year_has_every_activity_dated(year: int) -> None:
    """Without plan and deviations the draft rules date all of it, and every decision has its stop date."""
    activities = compiled(year).timeline.activities
    assert len(activities) == 46
    assert [a.id for a in activities if not a.occurrences] == []
    assert [a.id for a in activities if a.stop_date.kind in (StopKind.MISSING, StopKind.UNDATED)] == []


@every_drafted_year
def test_a_drafted_year_keeps_clear_of_days_off(year: int) -> None:
    """No meeting, deadline, stop date or dispatch falls on a weekend, a red day or an eve."""
    workdays = Workdays()
    assert [(name, day) for name, day in exact_days(compiled(year).timeline) if not workdays.is_working(day)] == []


@every_drafted_year
@pytest.mark.parametrize(
    ("earlier", "days", "later"),
    [
        ("omvarld_in", 1, "omvarld_synpunkter"),
        ("csg_process", 1, "budgetdag"),
        ("budgetdag", 1, "bokslutsdag"),
        ("bokslutsdag", 1, "flu_forutsattningar"),
        ("styrande_arbetsdag", 1, "flu_forutsattningar"),
        ("flu_forutsattningar", 1, "csg_forutsattningar"),
        ("flu_forutsattningar", 1, "forslag_in"),
        ("forslag_in", 7, "strategidag_klg"),
        ("strategidag_klg", 1, "strategidag_politik"),
        ("strategidag_politik", 7, "politisk_beredning"),
        ("politisk_beredning", 14, "flu_revidering"),
        ("flu_revidering", 14, "budget_ks"),
        ("csg_budget", 1, "budget_ks"),
        ("budget_ks", 7, "budget_kf"),
        ("vp_flu", 14, "vp_ks"),
        ("vp_csg", 1, "vp_ks"),
        ("vp_ks", 7, "vp_kf"),
    ],
)
def test_a_drafted_year_comes_in_order(year: int, earlier: str, days: int, later: str) -> None:
    """Preparation, consultation and proposal come before what they prepare, with the days that need."""
    assert day(year, later) - day(year, earlier) >= timedelta(days=days)


@every_drafted_year
def test_a_drafted_stop_date_waits_for_what_it_builds_on(year: int) -> None:
    """Papers are handed in on the day their input is ready, or later."""
    activities = plan(year)
    built = [(activity, activities[name]) for activity in activities.values() for name in activity.inputs]
    assert [(activity.id, needed.id) for activity, needed in built] == [
        ("budget_ks", "flu_revidering"),
        ("budget_kf", "budget_ks"),
        ("vp_ks", "vp_flu"),
        ("vp_kf", "vp_ks"),
    ]
    for activity, needed in built:
        assert activity.stop_date.day
        assert activity.stop_date.day >= day(year, needed.id)


@every_drafted_year
def test_fullmaktige_meets_before_midsummer_and_in_the_legal_autumn(year: int) -> None:
    """The frame is decided before midsummer, the plans in November: before its end, and by the newly elected."""
    spring = day(year, "budget_kf")
    assert spring < holiday("midsommarafton", year - 1)
    assert spring.month == 6
    assert date(year - 1, 11, 1) <= day(year, "vp_kf") <= date(year - 1, 11, 30)


@every_drafted_year
def test_the_boards_have_a_window_of_their_own(year: int) -> None:
    """From the day after fullmäktige until the boards' meetings there are well over forty working days."""
    (window,) = compiled(year).timeline.windows
    assert window.start == day(year, "budget_kf") + timedelta(days=1)
    assert window.working_days >= 60


# --- the law ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("milestone", ["budgetförslag", "budgetbeslut", "revisionsbudget", "samverkan"])
def test_the_process_has_every_step_the_budget_law_asks_for(milestone: str) -> None:
    """What the law judges is marked on an activity, so that it can be judged."""
    assert [activity.id for activity in plan(2026).values() if milestone in activity.milestones]


@every_drafted_year
def test_a_drafted_year_keeps_the_law_and_its_own_requirements(year: int) -> None:
    """Every rule of the budget law that applies is judged and holds, with no step missing."""
    timeline = compiled(year).timeline
    applying = {"ks_fore_kf", "budgetforslag", "revisionsbudget", "budgetbeslut", "forslag_fore_beslut", "samverkan"}
    election = {"budgetbeslut_valar"} if year in (2023, 2027, 2031) else set()
    assert {judgement.id for judgement in timeline.judgements} == applying | election
    assert [judgement.id for judgement in timeline.judgements if not judgement.held] == []
    assert timeline.missing_milestones == ()


@every_document
def test_both_documents_consult_too_late(year: int) -> None:
    """The staff side met on the very day of the decision, and the auditors' budget has no row."""
    timeline = compiled(year).timeline
    assert [judgement.id for judgement in timeline.judgements if not judgement.held] == ["samverkan"]
    assert [step.milestone for step in timeline.missing_milestones] == ["revisionsbudget"]
