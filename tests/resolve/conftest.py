"""A small organisation with meetings, in which expressions and definitions are tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.definition import validate
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Timeline

HOUSE = """\
process: prov
titel: Prov {B}
löper: 1 jan B-1 till 31 dec B-1
kalender:
  perioder: {sportlov: v. 9, semester: v. 28–31}
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 10 arbetsdagar före}
  KF: {namn: Kommunfullmäktige, grupp: förtroendevalda}
  CSG: {namn: Central samverkan, grupp: tjänstemän, preliminärt: [första onsdagen i mars, första onsdagen i juni]}
  BUN: {namn: Barn- och utbildningsnämnden, grupp: nämnd}
  SN: {namn: Socialnämnden, grupp: nämnd}
organgrupper: {nämnd: [BUN, SN]}
sammanträden:
  2024:
    KS: [2024-11-05, 2024-12-03]
  2025:
    KS: [4 mars, 6 maj, {datum: 3 juni, ärenden: [budget]}, {datum: 17 juni, inställt: ja}, 2 sept, 4 nov]
    KF: [17 juni, 25 nov]
    BUN: [24 september]
  2026:
    KS: [3 mars]
"""


@pytest.fixture
def plan() -> Callable[..., Timeline]:
    """Resolves HOUSE with the given YAML added, for budget year 2026 unless another is asked for."""

    def resolved(yaml: str, budget_year: int = 2026, house: str = HOUSE) -> Timeline:
        return resolve(validate(parse(Source("process.yaml", house + yaml)), [], None), budget_year)

    return resolved


@pytest.fixture
def dates(plan: Callable[..., Timeline]) -> Callable[[str], list[str]]:
    """What `när` gives in the organisation, as ISO days (`a/b` for a stretch), earliest first."""

    def dated(when: str) -> list[str]:
        rows = f"""\
faser:
- id: fas
  aktiviteter:
  - {{id: beslut_ks, titel: KS, när: KS.budget i juni, organ: KS, typ: beslut, milstolpe: budgetförslag}}
  - {{id: lager, titel: L, när: 9–20 juni}}
  - {{id: oklart, titel: O, när: ej fastställt}}
  - {{id: a, titel: A, när: "{when}"}}
"""
        found = next(row for row in plan(rows).activities if row.id == "a")
        return [str(o.start) if o.start == o.end else f"{o.start}/{o.end}" for o in found.occurrences]

    return dated


@pytest.fixture
def refused(plan: Callable[..., Timeline]) -> Callable[[str], list[tuple[str, str, str | None]]]:
    """Code, message and hint of every error that the YAML gives, as written or of the year; there must be one."""

    def reasons(yaml: str) -> list[tuple[str, str, str | None]]:
        try:
            found = [error.finding for error in plan(yaml).errors]
        except InvalidProcess as invalid:
            found = list(invalid.diagnostics)
        assert found
        return [(d.code, d.message, d.hint) for d in found]

    return reasons
