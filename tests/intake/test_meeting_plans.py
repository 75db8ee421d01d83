"""Meeting plans as municipalities publish them: exact lists, the same from every kind of file; the rest is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from remake import Rows, as_docx, as_html, as_pdf, as_xlsx, rows_of

from arshjul.diagnostics import InvalidProcess
from arshjul.intake.meetings.model import FoundPlan
from arshjul.intake.meetings.recognise import candidate, prove
from arshjul.intake.meetings.writing import as_yaml

PLANS = Path(__file__).with_name("plans")
MATRICES = ("organ-manad", "manad-organ", "lista-organ")
WIDE = {"organ-manad": (4, 2, 2, *[1] * 11)}


def as_csv(rows: Rows) -> bytes:
    """A file of Excel's."""
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


FORMS: Mapping[str, Callable[[Rows], bytes]] = {"xlsx": as_xlsx, "docx": as_docx, "html": as_html, "csv": as_csv}


def read(name: str, content: bytes) -> FoundPlan:
    """The plan of 2026, proved as the command proves it."""
    plan = candidate(name, content, {}).plan(2026, {})
    prove(plan, as_yaml(plan, name), "plan.yaml")
    return plan


def said(plan: FoundPlan) -> tuple[object, ...]:
    """What a plan says, wherever it stood."""
    entries = as_yaml(FoundPlan(plan.year, plan.bodies, (), plan.decision, plan.preliminary), "")
    return entries, [(each.body, each.text, each.why) for each in plan.listed]


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_plan_gives_its_exact_lists(path: Path) -> None:
    """The meetings of each body, and everything else with its place and why it is no meeting."""
    text = as_yaml(read(path.name, path.read_bytes()), path.name)
    golden = path.with_suffix(".yaml")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", sorted(PLANS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_plan_is_the_same_from_every_kind_of_file(path: Path, form: str) -> None:
    """As the text gives it."""
    expected = read(path.name, path.read_bytes())
    assert said(read(f"plan.{form}", FORMS[form](rows_of(path)))) == said(expected)


@pytest.mark.parametrize("name", MATRICES)
def test_a_matrix_is_the_same_from_a_pdf(name: str) -> None:
    """Broken over pages, with a page number on each."""
    path = PLANS / f"{name}.txt"
    printed = as_pdf(rows_of(path), shares=WIDE.get(name, ()))
    assert said(read("plan.pdf", printed)) == said(read(path.name, path.read_bytes()))


def test_a_sheet_of_another_year_gives_no_day_of_this_one() -> None:
    """One workbook, a sheet a year; and a sheet that is named as a body."""
    book = Workbook()
    sheets: dict[str, list[list[str | int]]] = {
        "2026": [["Organ", "Jan", "Feb"], ["KS", 13, 10]],
        "2027": [["Organ", "Jan", "Feb"], ["KS", 12, 9]],
        "SN": [["Datum", "Tid"], ["14 januari", "13.00"]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = BytesIO()
    book.save(written)
    plan = read("plan.xlsx", written.getvalue())
    assert (
        said(plan)[0] == "# Inläst ur .\nkalenderår: 2026\nKS: [2026-01-13, 2026-02-10]\nSN:\n- 2026-01-14 kl 13.00\n"
    )
    assert [each.text for each in plan.listed] == ["12", "9"]


def test_what_the_document_says_of_its_year_is_held_against_the_year_asked_for() -> None:
    """Titles name years; a decision's day does not."""
    rows = b"Sammantr\xc3\xa4desplan 2026\nAntagen av KF 2025-11-24\nKS: 13 januari"
    assert candidate("plan.txt", rows, {}).years == (2026,)


@pytest.mark.parametrize(
    "text", ["1" * 400, "1." * 200, "a " * 200, "(" * 400, "13 " * 130, "*" * 400, "A" * 400, ", " * 200]
)
def test_a_line_that_repeats_itself_costs_nothing(text: str) -> None:
    """A hundred of them are read at once: no pattern goes back over what it has read."""
    assert read("plan.txt", f"KS: 13 januari\n{text} A\n".encode() * 100).bodies[0].id == "KS"


def test_a_document_with_too_much_text_is_refused() -> None:
    """A meeting plan is some pages: nobody reads a book cell by cell."""
    with pytest.raises(InvalidProcess, match="mer text"):
        read("plan.txt", f"KS: 13 januari\n{'a' * 300}\n".encode() * 2000)


@pytest.mark.parametrize("heading", ["KS (gruppmöte)", "KS kl 13, bussresa"])
def test_a_heading_that_says_more_than_its_body_gives_no_meetings(heading: str) -> None:
    """It may be of something else: each of its days is listed."""
    plan = read("plan.txt", f"Organ\tJan\tFeb\n{heading}\t13\t10\nKF\t26\t23\n".encode())
    assert [body.id for body in plan.bodies] == ["KF"]
    assert [each.text for each in plan.listed] == ["13", "10"]
