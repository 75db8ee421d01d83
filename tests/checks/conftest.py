"""A small municipality whose plan is sound; a test adds what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arshjul.compiler import Sweep, find_processes
from arshjul.diagnostics import Diagnostic

HOUSE = """\
process: prov
titel: Prov {B}
löper: 1 januari B-1 till 31 december B-1
organ:
  FLU: {grupp: förtroendevalda, veckodag: tisdag, stoppdatum: 14 dagar före}
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, veckodag: tisdag, stoppdatum: 14 dagar före, bereds_av: FLU}
  KF:
    namn: Kommunfullmäktige
    grupp: förtroendevalda
    bereds_av: KS
    kedja: {stoppdatum: 10 dagar före möte, utskick: 7 dagar före möte}
  CSG: {grupp: tjänstemän, preliminärt: [onsdag v. 21]}
sammanträden:
  2024: {KS: [2024-06-04]}
  2025:
    FLU: [2025-05-13, 2025-08-19]
    KS: [2025-05-20, 2025-06-03, 2025-11-04]
    KF: [2025-06-16, 2025-11-24]
"""

Findings = Callable[..., list[Diagnostic]]


@pytest.fixture
def house() -> str:
    """HOUSE, to be changed."""
    return HOUSE


@pytest.fixture
def check(tmp_path: Path) -> Findings:
    """The findings of HOUSE with these rows of one phase, top-level keys before them, and the years' deviations."""

    def checked(rows: str = "", more: str = "", year: int = 2026, house: str = HOUSE, **years: str) -> list[Diagnostic]:
        body = "".join(f"  {line}\n" for line in rows.strip("\n").splitlines())
        text = f"{house}{more}faser:\n- id: fas\n  aktiviteter:\n{body}" if rows else f"{house}{more}"
        (tmp_path / "process.yaml").write_text(text, encoding="utf-8")
        for name, deviations in years.items():
            budget_year = name.removeprefix("b")
            path = tmp_path / f"avvikelser-{budget_year}.yaml"
            path.write_text(f"budgetår: {budget_year}\n{deviations}", encoding="utf-8")
        (file,) = find_processes(tmp_path)
        return list(Sweep(file).compiled(year).findings)

    return checked


@pytest.fixture
def codes(check: Findings) -> Callable[..., list[str]]:
    """The codes alone, sorted."""
    return lambda *args, **kwargs: sorted(finding.code for finding in check(*args, **kwargs))


@pytest.fixture
def place() -> Callable[[Diagnostic], str]:
    """The words that a finding points at."""

    def pointed(finding: Diagnostic) -> str:
        span = finding.span
        assert span is not None
        return span.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]

    return pointed
