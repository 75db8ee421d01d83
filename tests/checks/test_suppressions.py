"""`# arshjul: tillåt KOD – skäl`: one place, one code, one reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import Diagnostic, Source
from arshjul.source.comments import comments

Codes = Callable[..., list[str]]
ROW = "- id: a\n  titel: A\n{}  när: 17 maj{}\n"


@pytest.mark.parametrize(
    ("above", "beside", "found"),
    [
        ("", "  # arshjul: tillåt day-off – arbetsdag för de styrande", []),
        ("  # arshjul: tillåt day-off - arbetsdag för de styrande\n", "", []),
        ("  # arshjul: tillåt day-off: därför\n  # en annan kommentar\n", "", []),
        ("  # arshjul: tillåt half-day – x\n  # arshjul: tillåt day-off – därför\n", "", ["unused-excuse"]),
        ("  # arshjul: tillåt day-off\n", "", ["day-off", "missing-reason"]),
        ("  # arshjul: tillåt\n", "", ["day-off", "missing-reason"]),
        ("  # arshjul: tillåt day-of – därför\n", "", ["day-off", "unused-excuse"]),
        ("  # arshjul: tillåt unknown-key – därför\n", "", ["day-off", "unused-excuse"]),
        ("  # arshjul: tillåt day-off – därför\n  typ: dialog\n", "", ["day-off", "unused-excuse"]),
        ('  syfte: "Se # arshjul: tillåt day-off – x"\n', "", ["day-off"]),
        ("  syfte: |\n    # arshjul: tillåt day-off – x\n", "", ["day-off"]),
        ("  # tillåt day-off – därför\n", "", ["day-off"]),
    ],
)
def test_an_excuse(codes: Codes, above: str, beside: str, found: list[str]) -> None:
    """On the line or the line above, in a comment, with a reason; one that suppresses nothing is told."""
    assert codes(ROW.format(above, beside)) == found


def test_an_excuse_beside_a_line_is_not_for_the_next(codes: Codes) -> None:
    """Each line has its own."""
    rows = "- {id: a, titel: A, när: 17 maj}  # arshjul: tillåt day-off – därför\n- {id: b, titel: B, när: 17 maj}"
    assert codes(rows) == ["day-off"]


@pytest.mark.parametrize(("years", "found"), [({"b2026": "flaggor: {x: y}\n"}, []), ({}, ["unused-excuse"])])
def test_a_suppression_that_another_planned_year_needs_is_used(
    codes: Codes, house: str, years: dict[str, str], found: list[str]
) -> None:
    """17 May is a Saturday in 2025 and a Friday in 2024: the definition serves both years."""
    row = ROW.format("", "  # arshjul: tillåt day-off – därför")
    without_plans = house[: house.index("sammanträden")]
    assert codes(row, year=2025, house=without_plans, **years) == found


def test_unused_suppressions_may_be_of_no_interest(codes: Codes) -> None:
    """`kontroller` covers them too."""
    row = ROW.format("  # arshjul: tillåt half-day – därför\n", "  # arshjul: tillåt day-off – därför")
    assert codes(row) == ["unused-excuse"]
    assert codes(row, "kontroller: {unused-excuse: av}\n") == []


@pytest.mark.parametrize(
    ("level", "severity"), [("fel", "fel"), ("varning", "varning"), ("info", "info"), ("av", None)]
)
def test_a_level_is_the_projects_own(check: Callable[..., list[Diagnostic]], level: str, severity: str | None) -> None:
    """`kontroller` makes any check graver, milder or silent."""
    found = check("- {id: a, titel: A, när: 17 maj}", f"kontroller: {{day-off: {level}}}\n")
    assert [finding.severity for finding in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# hela raden\na: b\n", ["# hela raden"]),
        ("a: b  # efter\n", ["# efter"]),
        ("a: b#inget\n", []),
        ("a: 'b # inget'  # efter\n", ["# efter"]),
        ('a: "b\n  # inget"\n', []),
        ("a: |\n  # inget\nb: c # efter\n", ["# efter"]),
        ("a: it's # efter\n", ["# efter"]),
    ],
)
def test_comments_are_what_yaml_does_not_read(text: str, found: list[str]) -> None:
    """A `#` inside a quoted or block text is none."""
    assert [comment for comment, _ in comments(Source("f.yaml", text))] == found
