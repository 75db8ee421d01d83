"""The shipped process with four windows: a real plan comes out row by row, every other year is one to work by."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.dates.extent import Precision
from arshjul.diagnostics import Severity
from arshjul.timeline import Activity, Occurrence, Phase, StopKind, Timeline, TimeWindow
from arshjul.wording.bands import bands
from arshjul.wording.dates import text_in_window
from arshjul.wording.heading import facts
from arshjul.wording.table import table
from arshjul.workdays import Workdays, holiday

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "processes" / "mal-och-budget"
GOLDEN = Path(__file__).parent / "golden" / "mal-och-budget-2017.csv"
DOCUMENT = 2017
ELECTION = (2019, 2023, 2027, 2031)
FIRST_OF_TERM = (2020, 2024, 2028, 2032)
DRAFTED = (*range(2018, 2033),)
COLUMNS = ("förtroendevalda", "nämnd", "tjänstemän")
Row = Mapping[str, str]
Dates = tuple[date, date, Precision, bool]


@cache
def compiled(year: int) -> compiler.Plan:
    """The shipped process in a budget year, compiled once."""
    (file,) = compiler.select((), ["arshjul:mal-och-budget"], ROOT)
    return compiler.compile_process(file, year)


def timeline(year: int) -> Timeline:
    """The plan of a budget year."""
    return compiled(year).timeline


def plan(year: int) -> Mapping[str, Activity]:
    """Id → activity."""
    return {activity.id: activity for activity in timeline(year).activities}


def windows(year: int) -> Mapping[str, TimeWindow]:
    """Id → window."""
    return {window.id: window for window in timeline(year).windows}


def golden() -> list[Row]:
    """The rows of the document, in its order."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(kind: str) -> pytest.MarkDecorator:
    """Every row of the document that is of that kind, named by number and id."""
    return pytest.mark.parametrize(
        "row", [pytest.param(row, id=f"{row['nr']}-{row['id']}") for row in golden() if row["som"] == kind]
    )


def written(cell: str) -> Dates:
    """First day, last day, precision and whether it is a deadline, of a golden cell."""
    first, _, last = cell.removeprefix("<=").partition("/")
    months = len(first) == len("2016-05")
    start, end = (_month(first)[0], _month(last or first)[1]) if months else (_day(first), _day(last or first))
    return start, end, Precision.MONTH if months else Precision.DAY, cell.startswith("<=")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _month(text: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{text}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


every_drafted_year = pytest.mark.parametrize("year", DRAFTED)


# --- the document ----------------------------------------------------------------------------------------------


def of_its_year(row: Row) -> Activity:
    """The activity that the row maps to, in the budget year that the row is of."""
    return plan(int(row["budgetår"]))[row["id"]]


@rows("aktivitet")
def test_a_row_has_the_dates_of_the_document(row: Row) -> None:
    """A day is a day, a month a month, a range a range and `senast` a deadline."""
    (occurrence,) = of_its_year(row).occurrences
    assert (occurrence.start, occurrence.end, occurrence.precision, occurrence.deadline) == written(row["datum"])


@rows("aktivitet")
def test_a_row_has_the_time_of_day_of_the_document(row: Row) -> None:
    """A whole day, or a clock time; the text says it too."""
    (occurrence,) = of_its_year(row).occurrences
    said = [occurrence.part, f"kl {occurrence.clock}" if occurrence.clock else None]
    assert [word for word in said if word] == [word for word in [row["tid"]] if word]
    assert text_in_window(occurrence.dated).endswith(row["tid"])


@rows("aktivitet")
def test_a_row_has_no_stop_date_in_the_document(row: Row) -> None:
    """The document has none at all: a decision says that it is missing, the rest need none."""
    stop = of_its_year(row).stop_date
    assert (stop.kind, stop.day) == (StopKind.MISSING if row["stopp"] else StopKind.NOT_REQUIRED, None)


@rows("aktivitet")
def test_a_row_names_somebody_where_the_document_does(row: Row) -> None:
    """Every column of participants that the document fills is filled."""
    filled = {column for column in COLUMNS if row[column]}
    assert filled <= {group for group, names in of_its_year(row).participants.items() if names}


@rows("tidsfönster")
def test_a_window_has_the_days_of_the_document(row: Row) -> None:
    """Both ends included; the third ends on a Sunday, the day before the board meets."""
    window = windows(DOCUMENT)[row["id"]]
    assert (window.start, window.end, window.precision, False) == written(row["datum"])


def test_every_row_of_the_document_has_its_place() -> None:
    """27 rows; the fifth holds two dates and is two activities; the last is the note about election years."""
    found = golden()
    assert [row["nr"] for row in found] == [*map(str, range(1, 6)), "5.1", *map(str, range(6, 28))]
    own = [row["id"] for row in found if row["budgetår"] == str(DOCUMENT)]
    assert sorted(own) == sorted([*plan(DOCUMENT), *windows(DOCUMENT)])


def test_the_decision_is_preceded_by_information() -> None:
    """`25 januari (info 11/1)`: the board hears of it at the meeting before."""
    assert plan(DOCUMENT)["ramdirektiv_info"].body == plan(DOCUMENT)["ramdirektiv_ks"].body == "KS"


def test_the_table_has_the_three_columns_of_the_document() -> None:
    """Time, all who take part in one column, and the activity; one table without a heading."""
    printed = table(timeline(DOCUMENT))
    assert [column.heading for column in printed.columns] == ["Tid", "Deltagare/utförare", "Aktivitet"]
    (section,) = printed.sections
    assert section.title == ""
    cells = {row.activity.id: row.texts for row in section.rows}
    assert cells["malresurs"] == (
        "onsdag 2 december heldag",
        "KS, nämndernas presidier, ledningsgruppen, analysgruppen",
        "Mål- och resursdiskussion med alla presidier",
    )
    assert cells["media_info"][0] == "tisdag 31 maj kl 15.00"
    assert cells["vp_revidering"][0] == "augusti–september"


def test_the_plan_is_for_three_years() -> None:
    """The budget year and the two after it (KL 11:5–6), in the title too."""
    assert timeline(DOCUMENT).title.startswith("Mål & budget 2017–2019")
    assert dict(facts(timeline(DOCUMENT)))["Planperiod"] == "januari 2017–december 2019"


# --- the windows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [DOCUMENT, *DRAFTED])
def test_the_windows_follow_each_other_without_a_gap(year: int) -> None:
    """One band, from the first discussion to the decision of fullmäktige."""
    (band,) = bands(timeline(year).windows)
    assert [window.id for window in band] == ["dialog", "samla_in", "bereda", "besluta"]
    assert (band[0].start, band[-1].end) == (plan(year)["malresurs"].start, plan(year)["malbudget_kf"].end)


def test_working_days_of_the_document() -> None:
    """Counted by hand in the almanac of 2015 and 2016: Christmas, Easter, Ascension Day and nationaldagen are off."""
    assert {name: window.working_days for name, window in windows(DOCUMENT).items()} == {
        "dialog": 34,
        "samla_in": 50,
        "bereda": 36,
        "besluta": 13,
    }


@every_drafted_year
def test_the_boards_have_their_forty_days(year: int) -> None:
    """The only window with a floor."""
    assert {name: window.margin is not None for name, window in windows(year).items()} == {
        "dialog": False,
        "samla_in": True,
        "bereda": False,
        "besluta": False,
    }
    assert windows(year)["samla_in"].working_days >= 40
    assert windows(year)["samla_in"].body == "nämnd"


# --- election years ------------------------------------------------------------------------------------------------


@every_drafted_year
def test_election_years_differ_where_they_should(year: int) -> None:
    """The year of the election adopts goals by the end of January; the first year of the term works by them."""
    usual = set(plan(2026))
    assert "mal_kf" not in usual
    assert "nya_mal" not in usual
    own = {"mal_kf"} if year in ELECTION else {"nya_mal"} if year in FIRST_OF_TERM else set()
    assert set(plan(year)) == usual | own


def test_what_2026_2027_and_2028_differ_in() -> None:
    """The same definition: 2026 is elected in the year after, 2027 in its process year, 2028 is the first of the term.

    But for the calendar year in dates and texts, a plan is the one of an ordinary year and the rows listed.
    """
    extra = {year: [name for name in plan(year) if name not in plan(2026)] for year in (2026, 2027, 2028)}
    assert extra == {2026: [], 2027: ["mal_kf"], 2028: ["nya_mal"]}
    missing = {year: [name for name in plan(2026) if name not in plan(year)] for year in (2027, 2028)}
    assert missing == {2027: [], 2028: []}
    assert {year: [phase.id for phase in shown(year)] for year in extra} == {
        2026: ["arbetet"],
        2027: ["arbetet", "efter_valet"],
        2028: ["arbetet"],
    }
    assert {year: sorted({judged.id for judged in timeline(year).judgements} - {*LAWS}) for year in extra} == {
        2026: [],
        2027: ["budgetbeslut_valar", "mal_efter_valet"],
        2028: [],
    }


def shown(year: int) -> list[Phase]:
    """The phases that have rows."""
    used = {activity.phase for activity in timeline(year).activities}
    return [phase for phase in timeline(year).phases if phase.id in used]


@pytest.mark.parametrize(
    ("year", "day"), [(2019, "2019-01-31"), (2023, "2023-01-31"), (2027, "2027-01-29"), (2031, "2031-01-31")]
)
def test_goals_are_adopted_in_the_january_after_an_election(year: int, day: str) -> None:
    """At the latest on its last working day: 31 January 2027 is a Sunday."""
    (occurrence,) = plan(year)["mal_kf"].occurrences
    assert (occurrence.start.isoformat(), occurrence.deadline) == (day, True)


@pytest.mark.parametrize("year", ELECTION)
def test_the_newly_elected_adopt_the_budget(year: int) -> None:
    """Fullmäktige's new term begins on 15 October, so the budget's last decision is the one in November."""
    assert day(year, "konfirmera_kf") >= date(year - 1, 10, 15)
    assert "budgetbeslut" in plan(year)["konfirmera_kf"].milestones


# --- every other year, from the draft rules ------------------------------------------------------------------------

LAWS = (
    "dialog_efter_inlamning",
    "samverkan_forst",
    "ks_fore_kf",
    "budgetforslag",
    "revisionsbudget",
    "budgetbeslut",
    "forslag_fore_beslut",
    "samverkan",
    "flerarsplan",
    "flerarsplan_budgetaret_forst",
)


def occurrence(year: int, activity: str) -> Occurrence:
    """The one date of an activity."""
    (only,) = plan(year)[activity].occurrences
    return only


def day(year: int, activity: str) -> date:
    """The one day of an activity."""
    only = occurrence(year, activity)
    assert only.start == only.end
    return only.start


def exact_days(year: int) -> Iterator[tuple[str, date]]:
    """Each day that somebody has to keep: first and last days, stop dates, steps of the chain."""
    for activity in timeline(year).activities:
        for dated in activity.occurrences:
            if dated.precision is Precision.DAY:
                yield from ((activity.id, dated.start), (activity.id, dated.end))
        if activity.stop_date.day:
            yield f"{activity.id}.stoppdatum", activity.stop_date.day
        yield from ((f"{activity.id}.{step.name}", step.day) for step in activity.chain if step.day)


@every_drafted_year
def test_a_drafted_year_is_dated_throughout(year: int) -> None:
    """Every activity has its dates and every decision its stop date."""
    activities = timeline(year).activities
    assert [a.id for a in activities if not a.occurrences] == []
    assert [a.id for a in activities if a.stop_date.kind in (StopKind.MISSING, StopKind.UNDATED)] == []


@every_drafted_year
def test_a_drafted_year_keeps_clear_of_days_off(year: int) -> None:
    """No meeting, deadline, stop date or dispatch falls on a weekend, a red day or an eve."""
    workdays = Workdays()
    assert [(name, day) for name, day in exact_days(year) if not workdays.is_working(day)] == []


@every_drafted_year
@pytest.mark.parametrize(
    ("earlier", "days", "later"),
    [
        ("malresurs", 28, "ramdirektiv_info"),
        ("ramdirektiv_info", 7, "ramdirektiv_ks"),
        ("csg_forutsattningar", 1, "ramdirektiv_ks"),
        ("investeringar_in", 7, "investeringar_info"),
        ("investeringar_info", 7, "vp_in"),
        ("vp_in", 7, "vp_dialog"),
        ("vp_dialog", 7, "budgetberedning_dagar"),
        ("budgetberedning_dagar", 14, "forslag_majoritet"),
        ("forslag_majoritet", 1, "csg_budget"),
        ("csg_budget", 1, "malbudget_ks"),
        ("malbudget_ks", 1, "media_info"),
        ("malbudget_ks", 14, "malbudget_kf"),
        ("malbudget_kf", 90, "konfirmera_kf"),
    ],
)
def test_a_drafted_year_comes_in_order(year: int, earlier: str, days: int, later: str) -> None:
    """What is prepared comes after what prepares it, with the days that need."""
    assert occurrence(year, later).start - occurrence(year, earlier).end >= timedelta(days=days)


@every_drafted_year
def test_a_drafted_stop_date_waits_for_what_it_builds_on(year: int) -> None:
    """The papers are handed in when the majority has made its proposal; fullmäktige's after the board's decision."""
    activities = plan(year)
    built = [(activity, activities[name]) for activity in activities.values() for name in activity.inputs]
    assert [activity.id for activity, _ in built] == ["malbudget_ks", "malbudget_kf", "konfirmera_kf"]
    for activity, needed in built:
        assert activity.stop_date.day
        assert activity.stop_date.day >= day(year, needed.id)


@every_drafted_year
def test_fullmaktige_decides_before_midsummer(year: int) -> None:
    """In June, and again in November."""
    june, november = day(year, "malbudget_kf"), day(year, "konfirmera_kf")
    assert (june.month, november.month) == (6, 11)
    assert june < holiday("midsommarafton", year - 1)


@every_drafted_year
def test_a_drafted_year_keeps_the_law_and_its_own_requirements(year: int) -> None:
    """Every rule that applies is judged and holds, with no step missing."""
    election = {"budgetbeslut_valar", "mal_efter_valet"} if year in ELECTION else set()
    judged = timeline(year).judgements
    assert {judgement.id for judgement in judged} == {*LAWS} | election
    assert [judgement.id for judgement in judged if not judgement.held] == []
    assert timeline(year).missing_milestones == ()


@every_drafted_year
def test_a_drafted_year_has_no_error(year: int) -> None:
    """No finding of severity fel: a build of any of these years ends well."""
    assert [finding for finding in compiled(year).findings if finding.severity is Severity.ERROR] == []


# --- the files -----------------------------------------------------------------------------------------------------


def test_the_definition_holds_no_calendar_year() -> None:
    """A calendar year in the definition would be wrong next year."""
    for name in ("process.yaml", "organ.yaml"):
        assert not re.findall(r"\b(?:19|20)\d\d\b", (FOLDER / name).read_text(encoding="utf-8"))


def test_the_rules_give_every_date_of_the_document_but_one() -> None:
    """Only November, which the document gives as a month, is written in the year's file."""
    text = (FOLDER / f"avvikelser-{DOCUMENT}.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^    (?:när|start|slut): (.*)$", text, re.MULTILINE) == ["november"]
