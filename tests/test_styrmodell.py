"""The shipped model of three parallel years: its document comes out row by row, and any year follows by itself."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.dates.extent import Precision
from arshjul.diagnostics import Severity
from arshjul.timeline import Activity, Occurrence, StopKind
from arshjul.wording.dates import text_in_window

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "processes" / "styrmodell"
GOLDEN = Path(__file__).parent / "golden" / "styrmodell-2026.csv"
YEARS = range(2021, 2033)
COLUMNS = ("förtroendevalda", "nämnd", "tjänstemän")
ADDED = {
    # what the law asks for and the document leaves out
    "samverkan",
    "revisorernas_budget",
    "arsredovisning_revision",
    "ansvarsfrihet",
    # the document: all follow-up is done the month after, so that of August and December too
    "delarsrapport_underlag",
    "arsbokslut_underlag",
}
SPECIAL_REASONS = {"budget_forslag_sent", "skattesats_forslag"}
NEW_TERM = {"oversyn", "langsiktig_dag"}
Row = Mapping[str, str]
Dated = tuple[date, date, bool, bool]  # first day, last day, a deadline?, a day of its own rather than a month?


@cache
def compiled(year: int) -> compiler.Plan:
    """The shipped process in a budget year, compiled once."""
    (file,) = compiler.select((), ["arshjul:styrmodell"], ROOT)
    return compiler.compile_process(file, year)


def plan(year: int) -> Mapping[str, Activity]:
    """Id → activity; a round as `manadsrapport.april`."""
    return {activity.id: activity for activity in compiled(year).timeline.activities}


@cache
def golden() -> tuple[Row, ...]:
    """The rows of the document, in its order."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def cells(row: Row, column: str) -> list[tuple[int, str]]:
    """What the row says, with the budget year it is of: 2026, but the first year of a term names two years."""
    if row["aktivitet"] in NEW_TERM:
        return [(int(part[:4]) + 1, part) for part in row[column].split("; ") if part]
    return [(2026, row[column])]


def rows(column: str) -> list[object]:
    """Every row of the document with something in the column: budget year, row, what the column says."""
    return [
        pytest.param(year, row, cell, id=f"{row['nr']}-{row['aktivitet'].replace(' ', '+')}-{year}")
        for row in golden()
        for year, cell in cells(row, column)
        if cell
    ]


def mapped(row: Row, year: int) -> list[Activity]:
    """The activities that the row is in our plan, every round of them."""
    names = row["aktivitet"].split()
    found = [a for a in plan(year).values() if a.id in names or a.id.partition(".")[0] in names]
    assert {a.id for a in found} >= {name for name in names if "." in name}
    assert {a.id.partition(".")[0] for a in found} == {name.partition(".")[0] for name in names}
    return found


def written(cell: str) -> list[Dated]:
    """The dates of a golden cell."""
    return sorted(_written(part) for part in cell.split("; "))


def _written(part: str) -> Dated:
    ends = part.strip("<=~").split("/")
    return _first(ends[0]), _last(ends[-1]), part.startswith("<="), len(ends[0]) == 10 and not part.startswith("~")


def _first(text: str) -> date:
    return date.fromisoformat((text.strip("<=~") + "-01-01")[:10])


def _last(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:] or 12)
    return date(year, month, monthrange(year, month)[1])


def dated(occurrences: Iterable[Occurrence]) -> list[Dated]:
    """The dates of a plan in the same form, each once."""
    return sorted({(o.start, o.end, o.deadline, o.precision is Precision.DAY) for o in occurrences})


# --- the document ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "row", "cell"), rows("datum"))
def test_a_row_has_the_dates_of_its_document(year: int, row: Row, cell: str) -> None:
    """Months are months, stretches stretches, days days and deadlines deadlines; one row may be several activities."""
    found = mapped(row, year)
    assert dated(o for a in found for o in a.occurrences) == written(cell)


@pytest.mark.parametrize(("year", "row", "cell"), rows("per"))
def test_a_report_is_as_of_the_last_day_of_its_month(year: int, row: Row, cell: str) -> None:
    """Where the document names the month a report is about, the plan has that month's last day, in `per`."""
    (activity,) = mapped(row, year)
    ((_, last, _, _),) = written(cell)
    assert activity.as_of is not None
    assert (activity.as_of.start, activity.as_of.end) == (last, last)


@pytest.mark.parametrize("row", golden(), ids=lambda row: row["nr"])
def test_a_row_names_somebody_where_its_document_does(row: Row) -> None:
    """Every column that the document fills is filled, and no row has a stop date since the document has none."""
    for year, _ in cells(row, "datum"):
        found = mapped(row, year)
        filled = {column for activity in found for column, names in activity.participants.items() if names}
        assert filled >= {column for column in COLUMNS if row[column]}
        assert {activity.stop_date.day for activity in found} == {None}


def test_every_row_is_compared_and_little_else_is_there() -> None:
    """All 45 rows have dates to compare; the plan adds what the law asks for and two hand-ins, and no more."""
    assert len(golden()) == 45
    assert all(bool(row["datum"]) != bool(row["per"]) for row in golden())
    of_the_document = {name.partition(".")[0] for row in golden() for name in row["aktivitet"].split()}
    ours = {activity.partition(".")[0] for year in (2026, 2028) for activity in plan(year)}
    assert ours - of_the_document == ADDED
    assert ours >= of_the_document


# --- one definition, every year -------------------------------------------------------------------------------


def test_three_years_differ_exactly_where_they_should() -> None:
    """2026 has the rows of special reasons, 2028 those of a new term (2027 is its first year); 2027 has neither."""
    ids = {year: set(plan(year)) for year in (2026, 2027, 2028)}
    common = ids[2026] & ids[2027] & ids[2028]
    assert {year: ids[year] - common for year in ids} == {2026: SPECIAL_REASONS, 2027: set(), 2028: NEW_TERM}


@pytest.mark.parametrize("year", YEARS)
def test_a_new_term_is_looked_into_in_its_first_whole_year(year: int) -> None:
    """The years after an election, 2023, 2027 and 2031, have the review and the day for it; no other has."""
    assert (set(plan(year)) >= NEW_TERM) is (year in (2024, 2028, 2032))
    assert (set(plan(year)) & NEW_TERM == set()) is (year not in (2024, 2028, 2032))


@pytest.mark.parametrize("year", YEARS)
def test_what_is_common_moves_with_the_year_alone(year: int) -> None:
    """Each activity has the same months, counted from the budget year, as in the document's."""

    def months(activity: Activity, of: int) -> list[tuple[int, int]]:
        ends = [day for o in activity.occurrences for day in (o.start, o.end)]
        return [(day.year - of, day.month) for day in ends]

    ours, documents = plan(year), plan(2026)
    for name in set(ours) & set(documents):
        assert months(ours[name], year) == months(documents[name], 2026), name


@pytest.mark.parametrize("year", YEARS)
def test_every_activity_has_a_date_and_no_stop_date_is_missing(year: int) -> None:
    """What waits for a meeting day says so; nothing is forgotten."""
    activities = plan(year).values()
    assert [a.id for a in activities if not a.occurrences] == []
    assert [a.id for a in activities if a.stop_date.kind is StopKind.MISSING] == []


@pytest.mark.parametrize(
    ("year", "activity", "as_of"),
    [
        (2026, "manadsrapport.maj", "lördag 31 maj"),
        (2026, "helarsprognos.augusti", "söndag 31 augusti"),
        (2026, "delarsbokslut", "söndag 31 augusti"),
        (2027, "helarsprognos.oktober", "lördag 31 oktober"),
        (2028, "manadsrapport.februari", "söndag 28 februari"),
        (2029, "manadsrapport.februari", "tisdag 29 februari"),
        (2028, "arsbokslut", "fredag 31 december"),
    ],
)
def test_an_as_of_date_never_rolls(year: int, activity: str, as_of: str) -> None:
    """Accounts close on the last day of the month, Saturday, Sunday or leap day."""
    found = plan(year)[activity].as_of
    assert found is not None
    assert text_in_window(found.dated) == as_of


@pytest.mark.parametrize("year", YEARS)
def test_the_legal_hand_over_follows_from_the_as_of_date(year: int) -> None:
    """Two months after 31 August is 31 October, working day or not (lag 1930:173 1 §)."""
    (handed_over,) = plan(year)["delarsrapport_lamnas"].occurrences
    assert (handed_over.start, handed_over.deadline) == (date(year - 1, 10, 31), True)


# --- three parallel years and the law ---------------------------------------------------------------------------


def test_three_years_run_side_by_side() -> None:
    """The accounts of 2024, the follow-up of 2025 and the budget of 2026, each with its year in the heading."""
    titles = {phase.id: phase.title for phase in compiled(2026).timeline.phases}
    assert titles == {
        "foregaende": "Föregående år: årsredovisning 2024",
        "innevarande": "Innevarande år: uppföljning 2025",
        "budget": "Kommande år: budget 2026",
        "malarbete": "Kommande år: mål och verksamhetsplaner 2026",
    }
    concerned = {
        a.phase: {b.year_concerned for b in plan(2026).values() if b.phase == a.phase} for a in plan(2026).values()
    }
    assert concerned == {
        "foregaende": {2024, 2025},  # instructions for the next accounts go out in November
        "innevarande": {2025},
        "budget": {2026},
        "malarbete": {2025, 2026},  # last year's plans are analysed
    }


JUDGED = {
    "samverkan": "samverkan",
    "budgetforslag": "budget_forslag",
    "revisionsbudget": "revisorernas_budget",
    "budgetbeslut": "budget_kf",
    "forslag_fore_beslut": "budget_forslag",
    "flerarsplan": None,
    "flerarsplan_budgetaret_forst": None,
    "delarsrapport": "delarsrapport_lamnas",
    "delarsrapport_tva_manader": "delarsrapport_lamnas",
    "delarsrapport_minst_halva_aret": "delarsrapport_lamnas",
    "delarsrapport_hogst_tva_tredjedelar": "delarsrapport_lamnas",
    "delarsbedomning": "delarsrapport_granskning",
    "arsredovisning": "arsredovisning_lamnas",
    "revisorernas_bedomning": "arsredovisning_revision",
    "godkannande_fore_ansvarsfrihet": "arsredovisning_kf",
    "godkannande_fore_juli": "arsredovisning_kf",
    "ansvarsfrihet": "ansvarsfrihet",
}
SPECIAL = {
    "budgetforslag_sarskilda_skal": "budget_forslag_sent",
    "revisionsbudget_sarskilda_skal": "revisorernas_budget",
    "forslag_fore_beslut": "budget_forslag_sent",
    "skattesatsforslag": "skattesats_forslag",
    "skattesatsbeslut": "skattesats_kf",
    "budgetbeslut_sarskilda_skal": "budget_kf",
}
ORDINARY = {"budgetforslag", "revisionsbudget", "budgetbeslut"}


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2025, JUDGED),
        (2026, {rule: activity for rule, activity in JUDGED.items() if rule not in ORDINARY} | SPECIAL),
        (2027, JUDGED | {"budgetbeslut_valar": "budget_kf"}),
    ],
    ids=["ordinary", "special reasons", "election year"],
)
def test_all_three_laws_are_judged_on_the_activities_meant(year: int, expected: Mapping[str, str | None]) -> None:
    """With special reasons, as in the document's year, other rules hold; in an election year one more does."""
    assert {j.id: j.activity for j in compiled(year).timeline.judgements} == expected


@pytest.mark.parametrize(
    ("rule", "last_day"),
    [
        ("budgetforslag", date(2026, 10, 31)),
        ("revisionsbudget", date(2026, 10, 31)),
        ("budgetbeslut", date(2026, 11, 30)),
        ("delarsrapport", date(2026, 10, 31)),
        ("arsredovisning", date(2026, 4, 15)),
        ("ansvarsfrihet", date(2026, 6, 30)),
    ],
)
def test_a_legal_limit_is_of_the_year_the_matter_concerns(rule: str, last_day: date) -> None:
    """In 2026 the budget of 2027, the interim report of 2026 and the accounts of 2025 are due; the plan says so."""
    (judged,) = [j for j in compiled(2027).timeline.judgements if j.id == rule]
    assert judged.limit == last_day
    assert plan(2027)[str(judged.activity)].end == last_day


@pytest.mark.parametrize("year", YEARS)
def test_every_year_keeps_the_law(year: int) -> None:
    """No rule is broken, no step that a rule is about is missing, and the checks have nothing to warn of."""
    timeline = compiled(year).timeline
    assert [judgement.id for judgement in timeline.judgements if not judgement.held] == []
    assert timeline.missing_milestones == ()
    assert [str(found) for found in compiled(year).findings if found.severity is not Severity.INFO] == []


def test_the_definition_holds_no_calendar_year() -> None:
    """A calendar year in the definition would be wrong next year."""
    for name in ("process.yaml", "organ.yaml"):
        assert not re.findall(r"\b(?:19|20)\d\d\b", (FOLDER / name).read_text(encoding="utf-8"))
