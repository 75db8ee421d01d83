"""The workbooks of the shipped processes say the same days as the JSON, in openpyxl and in LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.cli.plans import ProjectPlans
from arshjul.compiler import find_processes
from arshjul.intake.apply.comparing import compare
from arshjul.intake.apply.workbook import EditedPlan, edited_plan
from arshjul.views.plan import SHEETS, render
from arshjul.views.publication import Book, Edition, Publication

ROOT = Path(__file__).resolve().parent.parent
# The budget of an election year and one with meetings and deviations; ten years in `make test-long`.
YEARS = range(2021, 2031) if settings().max_examples > 60 else (2023, 2026)
PROCESSES = {str(file.id): file for file in find_processes(ROOT)}
SOFFICE = shutil.which("soffice")

Row = Mapping[str, object]


@cache
def plans_of(year: int) -> ProjectPlans:
    """Every process of the year, compiled once."""
    return ProjectPlans(ROOT, year, checks=False)


def full(process: str, year: int) -> Publication:
    """The plan with all sheets and the matters of the other processes."""
    plans, file = plans_of(year), PROCESSES[process]
    plan = plans.plan(file)
    others = tuple(Edition(other.timeline, other.findings) for other in plans.others(file).plans)
    return Publication(plan.timeline, plan.findings, book=Book(plan.workdays, SHEETS, others=others))


def rows(sheet: Worksheet) -> list[Row]:
    """The rows of the sheet's table by heading: those with an id."""
    if not sheet.auto_filter.ref:
        return []
    first = int("".join(filter(str.isdigit, sheet.auto_filter.ref.split(":")[0])))
    headings, *lines = sheet.iter_rows(min_row=first, values_only=True)
    told = [dict(zip(map(str, headings), line, strict=True)) for line in lines]
    return [row for row in told if row["Id"]]


def day(value: object) -> str | None:
    """The day in ISO if the cell is a date."""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else None


def activities(plan: Publication) -> dict[str, dict[str, Any]]:
    """What the JSON says of each activity, by id."""
    return {each["id"]: each for each in json.loads(render("json", plan))["activities"]}


def first_and_last(activity: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The days of an activity of the JSON."""
    days = activity["occurrences"]
    return min((o["start"] for o in days), default=None), max((o["end"] for o in days), default=None)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("process", PROCESSES)
def test_every_date_is_that_of_the_json(process: str, year: int) -> None:
    """Start and Slut of every activity; where the printed cells are dates, those and the stop dates too."""
    plan = full(process, year)
    told = activities(plan)
    book = load_workbook(BytesIO(render("xlsx", plan)))
    found = rows(book["Tidplan"])
    assert {str(row["Id"]): (day(row["Start"]), day(row["Slut"])) for row in found} == {
        name: first_and_last(activity) for name, activity in told.items()
    }
    headings = {column.field: column.heading for column in plan.timeline.columns} or {"datum": "Datum"}
    for row in found:
        assert day(row[headings["datum"]]) in (None, first_and_last(told[str(row["Id"])])[0])
    due = {name: each["stop_date"] for name, each in told.items() if each["stop_date"]["kind"] != "not_required"}
    days = {str(row["Id"]): (day(row["Stoppdatum"]), day(row.get("Sista dag"))) for row in rows(book["Stoppdatum"])}
    assert {name: last for name, (_, last) in days.items()} == {name: stop["date"] for name, stop in due.items()}
    assert all(shown in (None, last) for shown, last in days.values())


@pytest.mark.parametrize("year", [2023, 2026])
def test_the_agenda_has_every_matter_of_every_process(year: int) -> None:
    """On the day that the JSON of its process has."""
    plan = full("rambudget", year)
    plans = (plan, *(Publication(other.timeline) for other in plan.book.others))
    told = {(each.timeline.process, name): a for each in plans for name, a in activities(each).items()}
    found = rows(load_workbook(BytesIO(render("xlsx", plan)))["Ärendeplan"])
    assert {(str(row["Process"]), str(row["Id"])) for row in found} == {key for key, a in told.items() if a["body"]}
    for row in found:
        starts = [o["start"] for o in told[str(row["Process"]), str(row["Id"])]["occurrences"]]
        assert day(row["Dag"]) in (None, *starts)
    assert any(day(row["Dag"]) for row in found)


@pytest.mark.skipif(not SOFFICE and not os.environ.get("ARSHJUL_SOFFICE"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_cells(tmp_path: Path) -> None:
    """It opens every workbook and saves every sheet with the same dates and texts; one of them has all the sheets.

    ARSHJUL_SOFFICE is set where it has to be installed, so that the test cannot be skipped there.
    """
    assert SOFFICE
    books = {tmp_path / f"{name}-{year}.xlsx": full(name, year) for name in PROCESSES for year in YEARS}
    for path, plan in books.items():
        path.write_bytes(
            render("xlsx", plan if path.stem == "rambudget-2023" else replace(plan, book=replace(plan.book, sheets=())))
        )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [SOFFICE, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*convert, str(tmp_path / "saved"), *map(str, books)], check=True, capture_output=True, timeout=300)
    for path in books:
        before, after = load_workbook(path), load_workbook(tmp_path / "saved" / path.name)
        assert after.sheetnames == before.sheetnames
        for name in before.sheetnames:
            assert cells(after[name]) == cells(before[name]), (path.name, name)
        edited = edited_plan(path.name, (tmp_path / "saved" / path.name).read_bytes())
        assert changes(edited) == [], path.name
        assert [row.id for row in edited.rows if row.id] == [row.id for row in edited.built.rows]
    # Whoever changes five cells and saves the workbook there has changed five cells.
    path = tmp_path / "rambudget-2026.xlsx"
    wanted = change_five_cells(path)
    subprocess.run([*convert, str(tmp_path / "edited"), str(path)], check=True, capture_output=True, timeout=300)
    assert changes(edited_plan(path.name, (tmp_path / "edited" / path.name).read_bytes())) == wanted


def changes(edited: EditedPlan) -> list[tuple[str, str, str]]:
    """Row, field and new text of each cell that is not as it was built."""
    found = compare(edited, edited.built, {})
    assert (found.new, found.removed, found.problems, found.notices) == ((), (), (), ())
    return [(each.row, each.field, each.cell.text) for each in found.cells]


def change_five_cells(path: Path) -> list[tuple[str, str, str]]:
    """The first five rows, each in another column; what `changes` is to find."""
    book = load_workbook(path)
    sheet = book["Tidplan"]
    first, headings = next((n, row) for n, row in enumerate(sheet.iter_rows(values_only=True), 1) if "Id" in row)
    values: dict[str, object] = {
        "Datum": date(2025, 1, 7),
        "Aktivitet": "Något annat",
        "Stoppdatum": date(2025, 1, 3),
        "Kommentar": "= 5 % mer, och\nen rad till",
        "Ansvarig för tjänsteskrivelse": "Ekonomi",
    }
    fields = {"Ansvarig för tjänsteskrivelse": "handläggare"}
    identity, wanted = headings.index("Id"), list[tuple[str, str, str]]()
    numbers = [n for n in range(first + 1, sheet.max_row + 1) if sheet.cell(n, identity + 1).value]
    for number, (heading, value) in zip(numbers, values.items(), strict=False):
        cell = sheet.cell(number, headings.index(heading) + 1)
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"
        text = value.isoformat() if isinstance(value, date) else " ".join(str(value).split())
        wanted.append((str(sheet.cell(number, identity + 1).value), fields.get(heading, heading.lower()), text))
    book.save(path)
    return wanted


def cells(sheet: Worksheet) -> list[tuple[str, object]]:
    """Every cell that says something, with its place."""
    return [
        (cell.coordinate, spoken(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


def spoken(value: object) -> object:
    """A date as its day."""
    return value.date() if isinstance(value, datetime) else value
