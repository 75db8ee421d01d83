"""A tidplan in a document becomes a process that builds and has its dates; what is not certain is listed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import remake

from arshjul import compiler
from arshjul.diagnostics import InvalidProcess
from arshjul.intake.plan.project import project_of
from arshjul.intake.plan.proposal import UNDATED, Proposal, propose
from arshjul.intake.plan.table import MOST_REPAIRED
from arshjul.intake.readers import read_document
from arshjul.timeline import Activity, StopKind
from arshjul.views.plan import render

REPOSITORY = Path(__file__).resolve().parents[2]
GOLDEN = REPOSITORY / "tests" / "golden"
NAMES = {2021: "tidplan-budget-2021", 2023: "tidplan-budget-2023", 2017: "tidplan-mal-och-budget-2017"}
KINDS: Mapping[str, Callable[[remake.Rows], bytes]] = {
    "xlsx": remake.as_xlsx,
    "docx": remake.as_docx,
    "html": remake.as_html,
    "pdf": remake.as_pdf,
    "unruled.pdf": lambda rows: remake.as_pdf(rows, rules=False),
}


def document(year: int, kind: str) -> Proposal:
    """What is read of the document of a budget year, remade as another kind of file."""
    path = remake.DOCUMENTS / f"{NAMES[year]}.txt"
    content = path.read_bytes() if kind == "txt" else KINDS[kind](remake.rows_of(path))
    return propose(read_document(f"{NAMES[year]}.{kind}", content), year)


def imported(proposal: Proposal, folder: Path) -> compiler.Plan:
    """The plan that the imported files give."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in project_of(proposal, "plan").files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (file,) = compiler.find_processes(folder)
    return compiler.compile_process(file, proposal.budget_year)


def dates(activity: Activity) -> str:
    """As the golden rows write them."""
    return "; ".join(
        f"{'<=' if o.deadline else ''}{o.start}" + (f"/{o.end}" if o.end != o.start and not o.deadline else "")
        for o in activity.occurrences
    )


def golden_days(cell: str) -> str:
    """The days of a golden cell, months by their first and last day, without the mark of vague ones."""
    from calendar import monthrange

    def end(part: str, *, last: bool) -> str:
        if len(part) > len("2016-05"):
            return part
        year, month = map(int, part.split("-"))
        return f"{part}-{monthrange(year, month)[1] if last else 1:02}"

    def one(part: str) -> str:
        first, _, last = part.replace("~", "").partition("/")
        days = [end(first, last=False), end(last or first, last=True)]
        return days[0] if days[0] == days[1] else "/".join(days)

    return "; ".join(one(part) for part in cell.split("; "))


def golden(name: str) -> list[dict[str, str]]:
    """The rows of a golden file."""
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("year", "kind"),
    [(2021, "txt"), (2021, "docx"), (2021, "unruled.pdf"), (2023, "xlsx"), (2023, "html"), (2023, "pdf")],
)
def test_a_real_plan_has_its_dates_and_stop_dates(year: int, kind: str, tmp_path: Path) -> None:
    """Row by row, in each kind of file, with rows cut by the end of a page."""
    proposal = document(year, kind)
    plan = {each.id: each for each in imported(proposal, tmp_path).timeline.activities}
    read = [plan[each.id] for each in project_of(proposal, "plan").activities]
    rows = golden(f"rambudget-{year}.csv")
    assert [dates(each) for each in read] == [golden_days(row["datum"]) for row in rows]
    stops = {"på bordet": "på bordet", "saknas": "", "": ""}
    assert [stop(each) for each in read] == [stops.get(row["stopp"], row["stopp"]) for row in rows]
    for column in ("förtroendevalda", "nämnd", "tjänstemän"):
        assert [bool(each.participants.get(column)) for each, row in zip(read, rows, strict=True) if row[column]] == [
            True for row in rows if row[column]
        ]
    assert [bool(each.case_officer) for each, row in zip(read, rows, strict=True) if row["nr"] != "16"] == [
        bool(row["ansvarig"]) for row in rows if row["nr"] != "16"
    ]
    assert not [row.problems for row in proposal.rows if row.problems]


def stop(activity: Activity) -> str:
    """The stop date, as the golden rows write it."""
    made = activity.stop_date
    return "på bordet" if made.kind is StopKind.ON_TABLE else made.day.isoformat() if made.day else ""


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_plan_with_windows_has_its_dates(kind: str, tmp_path: Path) -> None:
    """Months, clock times and dates with a year; the windows under the table are windows."""
    timeline = imported(document(2017, kind), tmp_path).timeline
    rows = [row for row in golden("mal-och-budget-2017.csv") if row["budgetår"] == "2017"]
    expected = [golden_days(row["datum"]) for row in rows if row["som"] == "aktivitet" and row["nr"] != "5.1"]
    windows = [golden_days(row["datum"]) for row in rows if row["som"] == "tidsfönster"]
    assert sorted(map(dates, timeline.activities)) == sorted(expected)
    assert [f"{each.start}/{each.end}" for each in timeline.windows] == windows


@pytest.mark.parametrize("year", [2023])
def test_from_the_second_round_on_nothing_changes(year: int, tmp_path: Path) -> None:
    """What is imported, built and imported again is the same project as after the next round."""
    files = []
    proposal = document(year, "txt")
    for number in range(3):
        files.append(project_of(proposal, "plan").files)
        plan = imported(proposal, tmp_path / str(number))
        book = rendered(plan, "xlsx")
        proposal = propose(read_document("plan.xlsx", book), year)
    assert files[1] == files[2]


def rendered(plan: compiler.Plan, format_: str) -> bytes:
    """A plan as a file."""
    from arshjul.views.publication import Publication

    return render(format_, Publication(plan.timeline))


SHIPPED = [
    ("rambudget", 2023), ("rambudget", 2026), ("styrmodell", 2026), ("regionplan", 2022),
    ("mal-och-budget", 2017), ("namndprocess", 2026),
]  # fmt: skip


@pytest.mark.parametrize(("name", "year"), SHIPPED)
def test_our_own_workbook_imports_to_the_same_plan(name: str, year: int, tmp_path: Path) -> None:
    """Every row of a shipped process, with its days, clock, marks and stop date."""
    (file,) = compiler.select((), [f"arshjul:{name}"], tmp_path)
    plan = compiler.compile_process(file, year)
    proposal = propose(read_document(f"{name}.xlsx", rendered(plan, "xlsx")), year)
    again = imported(proposal, tmp_path / "in").timeline
    assert {known(each) for each in again.activities} == {known(each) for each in plan.timeline.activities}
    assert not [row.problems for row in proposal.rows if row.problems]


def known(activity: Activity) -> tuple[object, ...]:
    """What two plans are compared by."""
    days = [(o.start, o.end, o.precision, o.deadline, o.part, str(o.clock)) for o in activity.occurrences]
    return (activity.id.replace(".", "_"), activity.title, str(days), activity.stop_date.day)


# --- years ---------------------------------------------------------------------------------------------------


def plan_of(text: str, year: int | None = 2026) -> Proposal:
    """What is read of a text with tabs."""
    return propose(read_document("plan.txt", text.encode()), year)


def whens(text: str, year: int | None = 2026) -> list[str]:
    """The dates of its rows."""
    return [row.when for row in plan_of(text, year).rows]


HEAD = "Datum\tAktivitet\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "1 sept\ta\n5 dec\tb\n10 jan\tc\n9 juni\td",
            ["1 september B-2", "5 december B-2", "10 januari B-1", "9 juni B-1"],
        ),
        ("14 mars\ta\n9 juni\tb\n4 nov\tc", ["14 mars B-1", "9 juni B-1", "4 november B-1"]),
        ("5 okt\ta\n3 nov\tb", [UNDATED, UNDATED]),  # of one year or the other
        ("2024\n5 okt\ta\n3 nov\tb", ["5 oktober B-2", "3 november B-2"]),
        ("Hösten 2024\t\n5 okt\ta\nVåren 2025\t\n5 feb\tb", ["5 oktober B-2", "5 februari B-1"]),
        ("5 okt 2025\ta\n3 nov\tb", ["5 oktober B-1", "3 november B-1"]),
        ("2025-12-20 – 2026-01-10\ta", ["20 december B-1–10 januari B"]),
        ("20 dec–10 jan\ta\n9 mars\tb", ["20 december–10 januari B-1", "9 mars B-1"]),
    ],
)
def test_years_follow_from_the_order_of_the_rows(rows: str, expected: list[str]) -> None:
    """And where they do not, the row has no date."""
    assert whens(HEAD + rows) == expected


def test_a_long_document_of_near_dates_is_not_repaired_cell_by_cell() -> None:
    """Above a number of rows what is nearly a date is listed as it is, and that is told; real dates are read."""
    rows = "".join(f"tisdgen {n % 28 + 1} jnui {n}\tRad {n}\n" for n in range(MOST_REPAIRED + 1))
    proposal = plan_of(f"{HEAD}{rows}9 juni\tKF")
    assert [row.when for row in proposal.rows if row.when != UNDATED] == ["9 juni B-1"]
    assert f"fler än {MOST_REPAIRED} rader" in " ".join(proposal.remarks)


def test_a_year_far_from_the_budget_is_not_that_of_the_rows() -> None:
    """A vision of 2038 above the months of a steering model moves none of them there."""
    text = (
        "Vision 2038\nUppföljning och bokslut: År 2038 är vi fler\nMars\nBudgetdag hålls\nMaj\nNya beräkningar görs\n"
    )
    assert whens(text) == ["mars B-1", "maj B-1"]


def test_a_plan_without_any_year_is_refused() -> None:
    """It could be of any year; the title of a plan says which, and so does one date."""
    with pytest.raises(InvalidProcess, match="Inget årtal"):
        whens(f"{HEAD}9 juni\tBudget", None)
    assert plan_of(f"Tidplan budget 2026\n{HEAD}9 juni\tBudget", None).budget_year == 2026
    assert plan_of(f"{HEAD}2025-06-09\tBudget", None).budget_year == 2026


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("onsdag 9 juni", "är en måndag"),
        ("9 juni v. 20", "ligger i v. 24"),
        ("31 februari", "finns inte"),
        ("efter KF", "är inget datum"),
        ("2 dagar efter KF", "räknas från"),
        ("5 maj (flyttat till 12 maj)", "kommentar"),
        ("12 maj¹", "har en not (¹)"),
        ("1² maj", "har en not (²)"),
        ("våren", "årstider"),
        ("11", "månad"),
    ],
)
def test_what_is_no_certain_date_is_listed(cell: str, problem: str) -> None:
    """With what is wrong; the row stays, undated, and its words are kept."""
    (row, _) = plan_of(f"{HEAD}{cell}\tBudget\n10 juni\tKF").rows
    assert row.when == UNDATED
    assert problem in " ".join(row.problems)
    assert f"källa: {cell}" in project_of(plan_of(f"{HEAD}{cell}\tBudget\n10 juni\tKF"), "p").files["process.yaml"]


@pytest.mark.parametrize(
    ("cell", "when", "more"),
    [
        ("26 maj CSG", "26 maj B-1", {"organ": "CSG"}),
        ("CSG 26 maj", "26 maj B-1", {"organ": "CSG"}),
        ("25 maj (info 11/5)", "25 maj B-1", {"kommentar": "info 11/5"}),
        ("prel. 5/6", "preliminärt 5 juni B-1", {}),
        ("20 maj?", "20 maj B-1?", {}),
        ("2025-05-xx", "preliminärt maj B-1", {}),
        ("Inställt", UNDATED, {"inställt": "enligt dokumentet"}),
        ("5 maj inställt", "5 maj B-1", {"inställt": "enligt dokumentet"}),
        ("12 maj heldag 16 maj eftermiddag", "12 maj B-1 heldag och 16 maj B-1 em", {}),
        ("Respektive nämnds möte i slutet av maj alt början av juni", "slutet av maj B-1 till början av juni B-1", {}),
        ("v. 20", "v. 20 B-1", {}),
        ("tis 6 maj kl 13", "6 maj B-1 kl 13.00", {}),
        ("Nytt datum meddelas", UNDATED, {}),
    ],
)
def test_what_only_documents_have_is_understood(cell: str, when: str, more: Mapping[str, str]) -> None:
    """Bodies, notes and marks in the date cell."""
    proposal = plan_of(f"{HEAD}1 april\tStart\n{cell}\tBudget\n9 juni\tSlut")
    entries = project_of(proposal, "p").activities[1].entries
    assert entries["när"] == when
    assert {key: entries.get(key) for key in more} == more
    assert not proposal.rows[1].problems


@pytest.mark.parametrize(
    ("stop_date", "expected"),
    [
        ("26 maj", "26 maj B-1"), ("14 dec", "14 december B-2"), ("På bordet", "på bordet"), ("-", ""),
        ("14 dagar före", "14 dagar före"), ("12 juni", UNDATED), ("krävs ej", "krävs ej"),
    ],
)  # fmt: skip
def test_a_stop_date_lies_before_its_row(stop_date: str, expected: str) -> None:
    """By less than some months; one after the row is of another year, or wrong, and is listed."""
    day = "9 mars" if "dec" in stop_date else "9 juni"
    text = f"Datum\tAktivitet\tStopp- datu m\n1 feb\tStart\t\n{day}\tBudget\t{stop_date}"
    row = plan_of(text).rows[1]
    assert row.stop == expected
    assert bool(row.problems) == (expected == UNDATED)


# --- the forms of tables ---------------------------------------------------------------------------------------

FORMS: Mapping[str, tuple[str, list[tuple[str, str]]]] = {
    "two columns without headings": (
        "14 mars\tAnvisningar\n9 juni\tKS budget\n16 juni\tKF budget",
        [("14 mars B-1", "Anvisningar"), ("9 juni B-1", "KS budget"), ("16 juni B-1", "KF budget")],
    ),
    "dates over blocks": (
        "Tidplan\n14 mars\nAnvisningar skickas ut\nMallar skickas ut\n9 juni\nKS beslutar om budget",
        [
            ("14 mars B-1", "Anvisningar skickas ut"), ("14 mars B-1", "Mallar skickas ut"),
            ("9 juni B-1", "KS beslutar om budget"),
        ],
    ),
    "lines": (
        "Tidplan\n• 14 mars: Anvisningar\n• Kickoff 2 april\n• Nämnd 16 april (18 mars)\n9 juni – KS",
        [("14 mars B-1", "Anvisningar"), ("2 april B-1", "Kickoff"), ("9 juni B-1", "KS")],
    ),
    "months over days": (
        "Dag\tVad\nMars 2025\t\n14\tAnvisningar\n17-18\tDagar\nJuni 2025\t\nmån 9\tKS\n\tGenomgång av läget",
        [
            ("14 mars B-1", "Anvisningar"), ("17–18 mars B-1", "Dagar"), ("9 juni B-1", "KS"),
            ("juni B-1", "Genomgång av läget"),
        ],
    ),
    "weeks": (
        "Vecka\tAktivitet\n12\tAnvisningar\n24\tKS",
        [("v. 12 B-1", "Anvisningar"), ("v. 24 B-1", "KS")],
    ),
    "week, weekday and date": (
        "Vecka\tDag\tDatum\tAktivitet\n11\t\t14 mars\tAnvisningar\n25\t\t9 juni\tKS\n25\t\t16 juni\tKF",
        [("14 mars B-1", "Anvisningar"), (UNDATED, "KS"), ("16 juni B-1", "KF")],
    ),
    "from and to": (
        "Från\tTill\tAktivitet\n14 mars\t20 mars\tRemiss\n9 juni\t\tKS",
        [("14 mars B-1 till 20 mars B-1", "Remiss"), ("9 juni B-1", "KS")],
    ),
    "a row that a page cuts": (
        "Datum\tAktivitet\tKommentar\n14 mars\tAnvisningar till\tSkickas\n\tnämnderna\ttill alla\n9 juni\tKS\t",
        [("14 mars B-1", "Anvisningar till nämnderna"), ("9 juni B-1", "KS")],
    ),
    "headings on each page": (
        "Datum\tAktivitet\n14 mars\tAnvisningar\n2 (3)\nDATUM\tAKTI- VITET\n9 juni\tKS",
        [("14 mars B-1", "Anvisningar"), ("9 juni B-1", "KS")],
    ),
    "months as columns": (
        "Aktivitet\tjan\tfeb\tmars\nAnvisningar\tx\t\t\nDialoger\t\t3-4, 11\t\nBeslut\t\t\t14 (prel)",
        [
            ("januari B-1", "Anvisningar"), ("3–4 februari B-1 och 11 februari B-1", "Dialoger"), (UNDATED, "Beslut"),
        ],
    ),
    "who acts as columns": (
        "Månad\tKS\tFörvaltning\nMars\t\tAnvisningar\nJuni\tBudget\tInformation",
        [("mars B-1", "Anvisningar"), ("juni B-1", "Budget"), ("juni B-1", "Information")],
    ),
    "the accounts of a year": (
        "Tidplan bokslut 2025\nDatum\tAktivitet\n3 nov\tAnvisningar\n8 jan\tPeriodisering\n15 april\tÅrsredovisning",
        [("3 november B-1", "Anvisningar"), ("8 januari B", "Periodisering"), ("15 april B", "Årsredovisning")],
    ),
    "weekdays of an earlier year": (
        "Datum\tAktivitet\nMåndag 9 mars\tKS\nTisdag 16 juni\tKF",  # 2026: the budget year asked for is 2026
        [(UNDATED, "KS"), (UNDATED, "KF")],
    ),
    "a date in the text": (
        "Datum\tAktivitet\n14 mars\tAnvisningar\n\tBudgetdag den 2 april\n9 juni\tKS",
        [("14 mars B-1", "Anvisningar"), ("2 april B-1", "Budgetdag den 2 april"), ("9 juni B-1", "KS")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_tables_of_other_forms(form: str) -> None:
    """Two columns, no headings, dates over blocks, weeks instead of dates, from and to."""
    text, expected = FORMS[form]
    assert [(row.when, row.title) for row in plan_of(text).rows] == expected


def test_every_imported_file_is_read_as_it_was_meant() -> None:
    """Texts with signs that mean something in YAML, or in our templates, are the same texts afterwards."""
    text = 'Datum\tAktivitet\tKommentar\n9 juni\t*Budget: {B} 2026, #1\t@KS - "nu" {x}\n10 juni\tja\tnull'
    files = project_of(plan_of(text), "p").files
    assert 'titel: "*Budget: (B) {B}, #1"' in files["process.yaml"] or "'*Budget: (B) {B}, #1'" in files["process.yaml"]


def test_the_report_lists_what_was_not_understood() -> None:
    """With its row, and as data for programs."""
    from arshjul.intake.plan.report import as_json, lines_of

    proposal = plan_of(f"{HEAD}9 juni\tKS\nefter KF\tUppföljning")
    assert "  rad 3 (Uppföljning): ”efter KF” är inget datum" in "\n".join(lines_of(proposal))
    assert [row["when"] for row in json.loads(json.dumps(as_json(proposal)))["rows"]] == ["9 juni B-1", UNDATED]
