"""Viktiga datum: what stands on the half page that everybody reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Body, Occurrence, RowId, Status, StopDate, StopKind, Timeline
from arshjul.views.plan.key_dates import ROOM, chosen_among, key_dates

FIRST = date(2025, 1, 7)


def activity(identity: str, kind: ActivityType | None, days: int, **traits: object) -> Activity:
    """An activity so many days after the first."""
    day = FIRST + timedelta(days)
    usual = {
        "phase": "ram",
        "title": identity,
        "body": None,
        "year_concerned": 2026,
        "occurrences": (Occurrence(Dated(Extent(day, day))),),
        "status": Status.PLANNED,
        "stop_date": StopDate(StopKind.NOT_REQUIRED, applies=False),
        "source": None,
    }
    return Activity(row=RowId(*identity.split(".")), type=kind, **(usual | traits))  # type: ignore[arg-type]


def chosen(*activities: Activity) -> list[tuple[str, str]]:
    """Id and kind of the rows."""
    timeline = Timeline("budget", 2026, "Budget", None, (), activities)
    return [(row.activity.id, row.kind) for row in key_dates(timeline).rows]


def test_decisions_last_days_and_dialogue_days_are_there_by_day() -> None:
    """Nothing else is."""
    rows = (
        activity("beslut", ActivityType.DECISION, 30),
        activity("arbete", ActivityType.WORK, 1),
        activity("dialog", ActivityType.DIALOGUE, 2),
        activity("inlamning", ActivityType.SUBMISSION, 20),
        activity("mote", None, 5),
    )
    assert chosen(*rows) == [("dialog", "Dialog"), ("inlamning", "Sista dag"), ("beslut", "Beslut")]


def test_senast_makes_any_activity_a_last_day_and_leaves_a_decision_a_decision() -> None:
    """`senast 31 oktober` is what somebody must not miss."""
    deadline = (Occurrence(replace(activity("x", None, 0).occurrences[0].dated, deadline=True)),)
    rows = (
        activity("revision", ActivityType.HANDOVER, 0, occurrences=deadline),
        activity("ansvar", ActivityType.DECISION, 0, occurrences=deadline),
    )
    assert sorted(chosen(*rows)) == [("ansvar", "Beslut"), ("revision", "Sista dag")]


@pytest.mark.parametrize("traits", [{"status": Status.CANCELLED}, {"occurrences": (), "status": Status.UNDATED}])
def test_what_will_not_happen_or_has_no_day_is_left_out(traits: dict[str, object]) -> None:
    """A date that is none is not important."""
    assert chosen(activity("beslut", ActivityType.DECISION, 30, **traits)) == []


def test_whole_weights_stand_while_there_is_room() -> None:
    """Milestones, decisions, last days, dialogue days; rounds of one activity yield to all of them."""
    rows = (
        *(activity(f"mote.{number}", ActivityType.DECISION, number) for number in range(11)),
        *(activity(f"dialog_{number}", ActivityType.DIALOGUE, 20 + number) for number in range(9)),
        activity("inlamning", ActivityType.SUBMISSION, 40),
        activity("beslut", ActivityType.DECISION, 50),
        activity("mote.kf", ActivityType.DECISION, 60, milestones=("budgetbeslut",)),
    )
    found = [identity for identity, _ in chosen(*rows)]
    assert found == [*(f"dialog_{number}" for number in range(9)), "inlamning", "beslut", "mote.kf"]
    assert len(chosen(*rows[3:])) == len(rows[3:]) == ROOM


def test_of_one_weight_that_is_more_than_a_page_the_earliest_stand() -> None:
    """Half a page is never empty for having too much to say."""
    rows = [activity(f"beslut_{number}", ActivityType.DECISION, number) for number in range(ROOM + 1)]
    assert [identity for identity, _ in chosen(*reversed(rows))] == [f"beslut_{number}" for number in range(ROOM)]


def test_the_politicians_go_before_the_office() -> None:
    """By the group of the body or of who takes part; a last day of theirs before a decision of the office."""
    bodies = (Body("KS", "KS", "förtroendevalda"), Body("CSG", "CSG", "fackliga"))
    theirs = (
        activity("ks", ActivityType.DIALOGUE, 90, body="KS"),
        activity("namnder", ActivityType.SUBMISSION, 91, participants={"nämnd": ("presidier",)}),
    )
    office = [activity(f"beslut_{number}", ActivityType.DECISION, number, body="CSG") for number in range(ROOM - 1)]
    timeline = Timeline("b", 2026, "B", None, (), (*office, *theirs), bodies=bodies)
    assert [row.activity.id for row in key_dates(timeline).rows] == ["ks", "namnder"]


def test_days_go_before_months() -> None:
    """Of dialogues somebody wants those to write in a calendar."""
    month = (Occurrence(Dated(Extent(date(2024, 12, 1), date(2024, 12, 31), Precision.MONTH))),)
    rows = [activity(f"dialog_{number}", ActivityType.DIALOGUE, number) for number in range(ROOM)]
    found = chosen(activity("december", ActivityType.DIALOGUE, 0, occurrences=month), *rows)
    assert "december" not in [identity for identity, _ in found]


def test_a_decision_has_its_stop_date_and_its_month() -> None:
    """When the papers are to be in is what most readers look for; a dialogue has no papers."""
    papers = StopDate(StopKind.DATE, Dated(Extent(FIRST, FIRST), implied_year=2025))
    rows = (
        activity("beslut", ActivityType.DECISION, 14, stop_date=papers),
        activity("dialog", ActivityType.DIALOGUE, 30, stop_date=papers),
    )
    timeline = Timeline("b", 2026, "B", None, (), rows)
    found = [(row.month, row.stop_date) for row in key_dates(timeline).rows]
    assert found == [("januari 2025", "tisdag 7 januari"), ("februari 2025", "")]


def test_the_reader_is_told_of_a_choice() -> None:
    """And of nothing where everything is there."""
    rows = tuple(activity(f"dialog_{number}", ActivityType.DIALOGUE, number) for number in range(ROOM + 1))
    timeline = Timeline("budget", 2026, "Budget", None, (), rows)
    assert chosen_among(key_dates(timeline)).startswith("20 av 21 beslut, sista dagar och dialogdagar;")
    assert chosen_among(key_dates(replace(timeline, activities=rows[:ROOM]))) == ""


def test_what_the_author_calls_important_is_all_there_is() -> None:
    """Whatever its type or status, all rounds of an activity or one of them, by day."""
    rows = (
        activity("rapport.mars", ActivityType.FOLLOW_UP, 9),
        activity("rapport.maj", ActivityType.FOLLOW_UP, 8),
        activity("beslut", ActivityType.DECISION, 3),
        activity("mote", None, 5, status=Status.CANCELLED, cancelled="valdag"),
        activity("oppet", ActivityType.DIALOGUE, 1, occurrences=(), status=Status.UNDATED),
    )
    timeline = Timeline("b", 2026, "B", None, (), rows, key_activities=("rapport.maj", "mote", "oppet"))
    found = key_dates(timeline)
    assert [(row.activity.id, row.kind) for row in found.rows] == [
        ("mote", ""),
        ("rapport.maj", "Uppföljning"),
        ("oppet", "Dialog"),
    ]
    assert chosen_among(found) == ""
    whole = key_dates(replace(timeline, key_activities=("rapport",)))
    assert [row.activity.id for row in whole.rows] == ["rapport.maj", "rapport.mars"]


def test_an_extract_without_any_of_them_has_its_own_key_dates() -> None:
    """Of a body that takes part in none of what the author chose."""
    rows = (activity("beslut", ActivityType.DECISION, 3),)
    timeline = Timeline("b", 2026, "B", None, (), rows, key_activities=("annat",))
    assert [row.activity.id for row in key_dates(timeline).rows] == ["beslut"]
