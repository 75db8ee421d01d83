"""Parts of a plan."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent
from arshjul.diagnostics import Source, Span
from arshjul.timeline import Activity, Body, Occurrence, Phase, RowId, Status, StopDate, StopKind, Timeline
from arshjul.views.extract import between, for_body, for_group, groups, in_phase, stop_dates, stop_dates_between

SOURCE = Span(Source("process.yaml", ""), 1, 1, 1, 1)
NOT_REQUIRED = StopDate(StopKind.NOT_REQUIRED, applies=False)


def june(first: int, last: int) -> Occurrence:
    """Days of June 2025."""
    return Occurrence(Dated(Extent(date(2025, 6, first), date(2025, 6, last))))


def activity(
    name: str, phase: str, body: str | None, *dates: Occurrence, participants: tuple[str, ...] = (), stop: int = 0
) -> Activity:
    """A row; `stop` is a day of May 2025."""
    day = date(2025, 5, stop) if stop else None
    stop_date = StopDate(StopKind.DATE, Dated(Extent(day, day))) if day else NOT_REQUIRED
    groups = {"nämnd": participants} if participants else {}
    return Activity(
        RowId(name), phase, name, None, body, 2026, dates, Status.PLANNED, stop_date, SOURCE, participants=groups
    )


PLAN = Timeline(
    process="rambudget",
    budget_year=2026,
    title="Budget",
    organisation=None,
    phases=(Phase("ram", "Ram", None, None), Phase("vp", "Planer", None, None)),
    activities=(
        activity("beslut", "ram", "KS", june(10, 10), stop=27),
        activity("samråd", "ram", None, june(2, 5), participants=("Kommunstyrelsen",)),
        activity("kallelse", "ram", "KF", june(16, 16), stop=20),
        activity("planer", "vp", None),
    ),
    bodies=(Body("KS", "Kommunstyrelsen", None), Body("KF", "Kommunfullmäktige", None)),
)


def ids(timeline: Timeline) -> list[str]:
    """The rows that are left."""
    return [row.id for row in timeline.activities]


def test_a_body_takes_part_as_itself_and_by_its_name() -> None:
    """Phases without rows go with them."""
    extract = for_body(PLAN, "KS")
    assert ids(extract) == ["beslut", "samråd"]
    assert [phase.id for phase in extract.phases] == ["ram"]


def test_a_group_takes_part_where_one_of_it_does() -> None:
    """Those who have no group are no group."""
    alone = replace(PLAN.activities[3], participants={"deltagare": ("alla",)})
    plan = replace(PLAN, activities=(*PLAN.activities[:3], alone))
    assert groups(plan) == ("nämnd",)
    assert ids(for_group(plan, "nämnd")) == ["samråd"]


def test_a_phase_keeps_its_rows() -> None:
    """Also the undated ones."""
    assert ids(in_phase(PLAN, "vp")) == ["planer"]


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        (1, 30, ["beslut", "samråd", "kallelse"]),
        (5, 10, ["beslut", "samråd"]),
        (6, 9, []),
        (16, 16, ["kallelse"]),
    ],
)
def test_rows_between_two_days_touch_them(first: int, last: int, left: list[str]) -> None:
    """Both ends included; undated rows are left out."""
    assert ids(between(PLAN, date(2025, 6, first), date(2025, 6, last))) == left


def test_stop_dates_come_in_order() -> None:
    """Rows with nothing to hand in are left out."""
    assert ids(stop_dates(PLAN)) == ["kallelse", "beslut"]


@pytest.mark.parametrize(
    ("first", "last", "left"), [(20, 27, ["beslut", "kallelse"]), (21, 26, []), (27, 31, ["beslut"])]
)
def test_stop_dates_between_two_days(first: int, last: int, left: list[str]) -> None:
    """Both ends included."""
    assert ids(stop_dates_between(PLAN, date(2025, 5, first), date(2025, 5, last))) == left
