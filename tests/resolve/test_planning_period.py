"""The years that a plan is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.timeline import Timeline
from arshjul.wording.heading import facts

ROWS = "faser: [{id: fas, aktiviteter: [{id: a, titel: A, när: 3 juni}]}]\n"


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("B till B+3", "januari 2026–december 2029"),
        ("B", "januari–december 2026"),
        ("B+1, B", "1 januari 2026–31 december 2027"),
        ("juli B till juni B+1", "juli 2026–juni 2027"),
        ("ej fastställt", None),
    ],
)
def test_the_planning_period_is_told_with_its_years(
    plan: Callable[..., Timeline], written: str, period: str | None
) -> None:
    """First to last day, in words that parse back."""
    assert dict(facts(plan(f"planperiod: {written}\n{ROWS}"))).get("Planperiod") == period


def test_a_plan_without_a_planning_period_has_none(plan: Callable[..., Timeline]) -> None:
    """Nothing is taken for granted."""
    assert plan(ROWS).planning_period is None


def test_a_planning_period_hangs_on_no_activity(refused: Callable[[str], list[tuple[str, str, str | None]]]) -> None:
    """It stands apart from the dates of the plan."""
    ((code, message, _),) = refused(f"planperiod: a\n{ROWS}")
    assert (code, message) == ("unknown-name", "Okänt namn: namnet ”a” finns inte")
