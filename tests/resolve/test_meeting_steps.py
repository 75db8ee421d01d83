"""What is special about a step of a meeting's chain: a date of its own, days off that it rolled past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from arshjul.timeline import Activity, StopKind, Timeline
from arshjul.wording.dates import stop_date_in_window

HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {kedja: {stoppdatum: 14 dagar före möte, utskick: 10 dagar före möte}}
  KF: {stoppdatum: 14 dagar före}
sammanträden:
  2025:
    KS: [15 maj, {datum: 3 juni, utskick: 30 maj}, 17 juni, {datum: 26 juni, stoppdatum: utgår}]
    KF: [20 juni, {datum: 24 juni, stoppdatum: 2 juni}, {datum: 27 juni, stoppdatum: utgår}]
faser:
- {id: fas, aktiviteter: [{id: a, titel: A, när: WHEN, organ: BODY, typ: TYPE, stoppdatum: OWN}]}
"""


@pytest.fixture
def matter(plan: Callable[..., Timeline]) -> Callable[..., Activity]:
    """The one activity, taken up by a body on a day."""

    def taken(when: str, body: str = "KS", kind: str = "beslut", own: str = "på bordet") -> Activity:
        house = HOUSE.replace("WHEN", when).replace("BODY", body).replace("TYPE", kind).replace("OWN", own)
        return plan("", house=house).activities[0]

    return taken


@pytest.mark.parametrize("kind", ["beslut", "information"])
@pytest.mark.parametrize(("when", "body"), [("3 juni", "KS"), ("20 juni", "KF")])
def test_a_meeting_has_its_stop_date_whatever_the_matter(
    matter: Callable[..., Activity], kind: str, when: str, body: str
) -> None:
    """Also where the matter has its own, or needs none."""
    activity = matter(when, body, kind)
    assert activity.stop_date.kind is StopKind.ON_TABLE
    assert activity.meeting_stop_date
    assert activity.meeting_stop_date.day == {"KS": date(2025, 5, 20), "KF": date(2025, 6, 5)}[body]


@pytest.mark.parametrize(
    ("when", "body", "past"),
    [
        ("15 maj", "KS", [(date(2025, 5, 1), "första maj")]),
        ("20 juni", "KF", [(date(2025, 6, 6), "nationaldagen")]),
        ("3 juni", "KS", []),
    ],
)
def test_the_days_off_that_a_stop_date_rolled_past_are_named(
    matter: Callable[..., Activity], when: str, body: str, past: list[tuple[date, str]]
) -> None:
    """Fourteen days before is a day off: which one, and why."""
    stop = matter(when, body).meeting_stop_date
    assert stop
    assert [(off.day, off.name) for off in stop.rolled] == past


def test_the_days_off_come_from_the_one_the_roll_began_on(matter: Callable[..., Activity]) -> None:
    """Ten days before 17 June is Saturday 7 June, and Friday 6 June is nationaldagen."""
    (dispatch,) = matter("17 juni").chain
    assert dispatch.day == date(2025, 6, 5)
    assert [(off.day.day, off.name) for off in dispatch.rolled] == [(7, "lördag"), (6, "nationaldagen")]


@pytest.mark.parametrize(
    ("when", "body", "day", "text"),
    [
        ("24 juni", "KF", date(2025, 6, 2), "måndag 2 juni"),
        ("27 juni", "KF", None, "utgår"),
        ("26 juni", "KS", None, "utgår"),
    ],
)
def test_a_stop_date_of_the_meeting_plan_deviates(
    matter: Callable[..., Activity], when: str, body: str, day: date | None, text: str
) -> None:
    """The plan's own day, or none at all: both are told from what the rule gives."""
    stop = matter(when, body).meeting_stop_date
    assert stop
    assert (stop.day, stop_date_in_window(stop), stop.deviates) == (day, text, True)


def test_a_stop_date_by_the_rule_does_not_deviate(matter: Callable[..., Activity]) -> None:
    """Only the dispatch has a date of its own."""
    activity = matter("3 juni")
    assert activity.meeting_stop_date
    assert not activity.meeting_stop_date.deviates
    assert [(step.name, step.deviates) for step in activity.chain] == [("utskick", True)]
