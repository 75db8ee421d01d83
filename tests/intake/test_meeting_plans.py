"""Meeting plans as municipalities publish them: exact lists, the same from every kind of file; the rest is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from remake import Rows, as_docx, as_html, as_pdf, as_xlsx, rows_of

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
