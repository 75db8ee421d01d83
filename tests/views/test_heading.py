"""The line under the title."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates.extent import Extent, Precision
from arshjul.diagnostics import Diagnostic, Severity
from arshjul.timeline import Status, Timeline
from arshjul.wording.heading import facts, standing

ERROR, WARNING, INFO = (Diagnostic(Code.LAW, severity, "för sent") for severity in Severity)


@pytest.mark.parametrize(
    ("decision", "number", "findings", "line"),
    [
        (None, None, (), "Utkast"),
        (None, "KS 2024/12", (), "Utkast, dnr KS 2024/12"),
        (None, None, (ERROR, ERROR, ERROR, WARNING, WARNING), "Utkast – 3 fel, 2 varningar"),
        (None, None, (WARNING, INFO), "Utkast – 1 varning"),
        ("KF 2024-11-25 § 162", None, (INFO,), "Fastställd: KF 2024-11-25 § 162"),
        ("KF 2024-11-25", "KS 2024/12", (WARNING,), "Fastställd: KF 2024-11-25, dnr KS 2024/12 – 1 varning"),
        ("KF 2024-11-25", None, (ERROR,), "Utkast – 1 fel"),
    ],
)
def test_the_standing_of_a_plan(
    timeline: Timeline, decision: str | None, number: str | None, findings: tuple[Diagnostic, ...], line: str
) -> None:
    """Adopted or draft with what is found; a plan with a `fel` is a draft whatever was decided."""
    certain = replace(timeline, activities=(), decision=decision, registry_number=number)
    assert standing(certain, findings) == line


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (1, "Utkast. Preliminär: 1 aktivitet utan fastställt datum"),
        (12, "Utkast. Preliminär: 12 aktiviteter utan fastställt datum"),
    ],
)
def test_what_rests_on_draft_meetings_is_counted(timeline: Timeline, count: int, line: str) -> None:
    """A reader must see that dates may still move."""
    activity = replace(timeline.activities[0], status=Status.PRELIMINARY)
    assert standing(replace(timeline, activities=(activity,) * count), ()) == line


def test_facts_are_those_that_are_written(timeline: Timeline) -> None:
    """Purpose, planning period, owner and contact, in that order, and none that is empty."""
    period = Extent(date(2026, 1, 1), date(2029, 12, 31), Precision.MONTH)
    told = replace(timeline, purpose="En gemensam\tplan", contact="budget@example.se", planning_period=period)
    assert facts(told) == (
        ("Syfte", "En gemensam plan"),
        ("Planperiod", "januari 2026–december 2029"),
        ("Processägare", "Ekonomichefen"),
        ("Kontakt", "budget@example.se"),
    )
