"""`krav`: judged in the years they are of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.timeline import Timeline

ROWS = """\
krav:
- {id: mal_i_januari, regel: mal_kf är senast 31 januari B, om: valår}
- {id: alltid, regel: budget_kf är före 1 juli B-1}
faser:
- id: fas
  löper: 1 jan B-1 till 31 jan B
  aktiviteter:
  - {id: budget_kf, titel: KF, när: 17 juni}
  - {id: mal_kf, titel: Mål, när: 20 januari B, om: valår}
"""


@pytest.mark.parametrize(("budget_year", "judged"), [(2027, ["mal_i_januari", "alltid"]), (2026, ["alltid"])])
def test_a_requirement_may_name_what_only_its_years_have(
    plan: Callable[..., Timeline], budget_year: int, judged: list[str]
) -> None:
    """With the same `om` as the activity it is pruned with it, and no error in the other years."""
    assert [judgement.id for judgement in plan(ROWS, budget_year).judgements] == judged


def test_a_requirement_that_applies_needs_its_names(
    refused: Callable[[str], list[tuple[str, str, str | None]]],
) -> None:
    """Without `om` of its own it asks in vain for what is pruned."""
    (reason,) = refused(ROWS.replace("31 januari B, om: valår}", "31 januari B}"))
    assert reason[0] == "unknown-name"
