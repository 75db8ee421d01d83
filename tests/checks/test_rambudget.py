"""What the checks say of two real plans, to the line; and that the drafted years are quiet."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.checks import CHECKS
from arshjul.checks.definition_errors import PAGES
from arshjul.checks.pages import Page, handbook, pages
from arshjul.cli import main
from arshjul.codes import CHECK_CODES, DEFINITION_ERRORS, Code
from arshjul.diagnostics import Diagnostic, Severity

ROOT = Path(__file__).parents[2]
GRAVE = (Severity.ERROR, Severity.WARNING)


@cache
def findings(year: int) -> tuple[Diagnostic, ...]:
    """The findings of the shipped process."""
    (file,) = compiler.select((), ["arshjul:rambudget"], ROOT)
    return compiler.compile_process(file, year).findings


def told(finding: Diagnostic) -> tuple[str, str, str, str]:
    """File, the activity or body whose lines it stands in, code, and the words it points at."""
    span = finding.span
    assert span is not None
    lines = span.source.lines
    above = [line for line in lines[: span.line] if line.lstrip("- ").startswith("id: ") or line.endswith(":")]
    owner = above[-1].strip(" -:").removeprefix("id: ") if above else ""
    return (
        span.file.rsplit("/", 1)[-1],
        owner,
        finding.code,
        lines[span.line - 1][span.column - 1 : span.end_column - 1],
    )


BUDGET_2021 = {
    ("avvikelser-2021.yaml", "csg_budget", "order", "CSG i maj och samma dag som budget_ks fm"),
    ("avvikelser-2021.yaml", "csg_budget", "law", "CSG i maj och samma dag som budget_ks fm"),
    ("avvikelser-2021.yaml", "budget_ks", "missing-stop-date", "saknas"),
    ("avvikelser-2021.yaml", "budget_kf", "missing-stop-date", "saknas"),
    ("avvikelser-2021.yaml", "vp_flu", "missing-stop-date", "saknas"),
    ("avvikelser-2021.yaml", "vp_kf", "missing-stop-date", "saknas"),
    ("process.yaml", "vp_ks", "stop-before-input", "vp_flu"),
    ("process.yaml", "", "law-step-missing", "budget"),
    ("sammantraden-2020.yaml", "", "unusual-weekday", "2020-10-21"),
    ("sammantraden-2020.yaml", "CSG", "unusual-weekday", "2020-06-09"),
}
BUDGET_2023 = {
    ("avvikelser-2023.yaml", "omvarld_in", "day-off", "20 november"),
    ("avvikelser-2023.yaml", "styrande_arbetsdag", "day-off", "19 februari"),
    ("process.yaml", "sakfel", "day-off", "måndag samma vecka som budget_ks"),
    ("avvikelser-2023.yaml", "flu_revidering", "stop-date-unchanged", "14 april"),
    ("avvikelser-2023.yaml", "flu_revidering", "stop-date-deviates", "14 april"),
    ("avvikelser-2023.yaml", "vp_ks", "stop-date-unchanged", "19 oktober"),
    ("avvikelser-2023.yaml", "vp_ks", "stop-date-deviates", "19 oktober"),
    ("avvikelser-2023.yaml", "csg_budget", "order", "samma dag som budget_ks morgon"),
    ("avvikelser-2023.yaml", "csg_budget", "law", "samma dag som budget_ks morgon"),
    ("avvikelser-2023.yaml", "flu_forutsattningar", "missing-stop-date", "saknas"),
    ("avvikelser-2023.yaml", "budget_ks", "missing-stop-date", "saknas"),
    ("avvikelser-2023.yaml", "budget_kf", "missing-stop-date", "saknas"),
    ("avvikelser-2023.yaml", "vp_flu", "missing-stop-date", "saknas"),
    ("avvikelser-2023.yaml", "vp_kf", "missing-stop-date", "saknas"),
    ("process.yaml", "", "law-step-missing", "budget"),
    ("sammantraden-2022.yaml", "CSG", "unusual-weekday", "2022-06-07"),
}


@pytest.mark.parametrize(("year", "expected"), [(2021, BUDGET_2021), (2023, BUDGET_2023)])
def test_the_faults_of_a_document_and_nothing_else(year: int, expected: set[tuple[str, str, str, str]]) -> None:
    """Every fault that a careful reader sees, at its own line; nothing that the reader would call wrong."""
    grave = [told(finding) for finding in findings(year) if finding.severity in GRAVE]
    assert set(grave) == expected
    assert len(grave) == len(expected)


@pytest.mark.parametrize("year", [2022, *range(2024, 2033)])
def test_a_drafted_year_has_nothing_worse_than_information(year: int) -> None:
    """Preliminary rows, half days and klämdagar; no warning where nobody has done anything wrong."""
    assert [told(finding) for finding in findings(year) if finding.severity in GRAVE] == []


@pytest.mark.parametrize("year", range(2024, 2046))
def test_no_drafted_year_has_an_error(year: int) -> None:
    """Week 36 begins in August some years: the definition holds for them too."""
    assert [told(finding) for finding in findings(year) if finding.severity is Severity.ERROR] == []


def test_every_shipped_process_builds_without_an_error(tmp_path: Path) -> None:
    """`build 2026` exits 0."""
    assert main(["-C", str(ROOT), "build", "2026", "-f", "csv", "-o", str(tmp_path), "-q"]) == 0


def test_a_missing_stop_date_fails_the_check_until_it_is_set(tmp_path: Path, house: str) -> None:
    """Exit code 1, then 0."""
    for stop, code in [("saknas", 1), ("20 maj", 0)]:
        row = f"{{id: a, titel: A, när: KS i juni, organ: KS, typ: beslut, stoppdatum: {stop}}}"
        text = f"{house}faser:\n- id: f\n  aktiviteter:\n  - {row}\n"
        (tmp_path / "process.yaml").write_text(text, encoding="utf-8")
        assert main(["-C", str(tmp_path), "check", "2026"]) == code


def test_a_check_loads_neither_workbooks_nor_templates() -> None:
    """What only renderers need stays out."""
    script = (
        "import sys; from arshjul.cli import main; main(['check', '2026', 'rambudget']);"
        "sys.exit(','.join({'openpyxl', 'jinja2'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[1:]) == (0, [])


# --- the codes and their pages ----------------------------------------------------------------------------------


def test_every_code_has_one_page() -> None:
    """Definition errors and checks are those of the contract, in its order."""
    assert tuple(PAGES) == DEFINITION_ERRORS
    assert set(CHECKS) == set(CHECK_CODES)
    assert len(Code) == len(list(pages()))


@pytest.mark.parametrize("page", list(pages()), ids=lambda page: page.code)
def test_a_page_says_what_why_and_what_instead(page: Page) -> None:
    """Three short paragraphs, none of them empty."""
    paragraphs = page.text.split("\n\n")
    assert len(paragraphs) == 3
    assert all(paragraph.endswith((".", "”")) for paragraph in paragraphs)


def test_the_page_of_codes_is_fresh() -> None:
    """`make codes` has been run since a page was last changed."""
    assert (ROOT / "docs" / "codes.md").read_text(encoding="utf-8") == handbook()
