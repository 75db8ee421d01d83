"""The årshjul: what belongs to a calendar year, and where on the circle it stands."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent, Precision
from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Body, Occurrence, Phase, RowId, Status, StopDate, StopKind, Timeline
from arshjul.views.wheel.circle import HUB, LARGEST, MARK, Arc, Kind, Mark, alone
from arshjul.views.wheel.model import By, Wheel, wheel

NO_STOP = StopDate(StopKind.NOT_REQUIRED, applies=False)


def days(start: date, end: date | None = None) -> Occurrence:
    """A day or a stretch of days."""
    return Occurrence(Dated(Extent(start, end or start)))


def activity(identity: str, *occurrences: Occurrence, **traits: object) -> Activity:
    """An activity of the budget for 2027 in the phase `ram`."""
    usual = {
        "phase": "ram",
        "title": identity,
        "type": None,
        "body": None,
        "year_concerned": 2027,
        "status": Status.PLANNED if occurrences else Status.UNDATED,
        "stop_date": NO_STOP,
        "source": None,
    }
    return Activity(row=RowId(*identity.split(".")), occurrences=occurrences, **(usual | traits))  # type: ignore[arg-type]


def plan(*activities: Activity, process: str = "rambudget", budget_year: int = 2027) -> Timeline:
    """The plan of a budget, with one phase."""
    ends = [day for each in activities for day in (each.start, each.end) if day]
    phase = Phase("ram", "Rambudget", min(ends, default=None), max(ends, default=None))
    bodies = (Body("KS", "Kommunstyrelsen", None), Body("KF", "Kommunfullmäktige", None))
    return Timeline(process, budget_year, "Tidplan", None, (phase,), activities, bodies=bodies)


def marks(turned: Wheel) -> list[Mark]:
    """All marks of the wheel."""
    return [mark for ring in turned.rings for mark in ring.marks]


def periods(turned: Wheel) -> list[Arc]:
    """All periods of activities."""
    return [arc for ring in turned.rings for arc in ring.periods]


def test_months_have_their_true_lengths() -> None:
    """February is 28 days of 365 wide, and the twelve go round once without a gap."""
    months = wheel([], 2026).months
    assert [month.number for month in months] == list(range(1, 13))
    assert (months[0].start, months[-1].end) == (0, 360)
    assert all(before.end == after.start for before, after in pairwise(months))
    assert months[1].end - months[1].start == pytest.approx(28 / 365 * 360)
    assert months[6].start == pytest.approx(181 / 365 * 360)


def test_a_leap_year_has_366_days() -> None:
    """In 2028 February is 29 days of 366."""
    february = wheel([], 2028).months[1]
    assert february.end - february.start == pytest.approx(29 / 366 * 360)


@pytest.mark.parametrize(
    ("day", "turn"),
    [(date(2026, 1, 1), 0.5), (date(2026, 6, 9), 159.5), (date(2026, 12, 31), 364.5)],
)
def test_a_mark_stands_in_the_middle_of_its_day(day: date, turn: float) -> None:
    """1 January begins at the top; the year goes clockwise."""
    (mark,) = marks(wheel([plan(activity("a", days(day)))], 2026))
    assert mark.angle == pytest.approx(turn / 365 * 360)


def test_a_period_is_an_arc_and_a_couple_of_days_a_mark() -> None:
    """Five days are drawn as long as they are, fewer as a mark in their middle."""
    turned = wheel(
        [
            plan(
                activity("vecka", days(date(2026, 3, 2), date(2026, 3, 6))),
                activity("dagar", days(date(2026, 3, 9), date(2026, 3, 10))),
            )
        ],
        2026,
    )
    (arc,), (mark,) = periods(turned), marks(turned)
    assert [arc.start, arc.end] == pytest.approx([60 / 365 * 360, 65 / 365 * 360])
    assert mark.angle == pytest.approx(68 / 365 * 360)


@pytest.mark.parametrize(
    ("start", "end", "open_start", "open_end", "length"),
    [
        (date(2025, 12, 1), date(2026, 1, 31), True, False, 31),
        (date(2026, 12, 30), date(2027, 1, 10), False, True, 2),
        (date(2026, 12, 30), date(2027, 1, 2), False, True, 2),
        (date(2025, 5, 1), date(2027, 2, 1), True, True, 365),
        (date(2026, 1, 1), date(2026, 12, 31), False, False, 365),
    ],
)
def test_what_goes_on_outside_the_year_has_an_open_end(
    start: date, end: date, open_start: bool, open_end: bool, length: int
) -> None:
    """A period is cut at the year's ends, and says which of them it was cut at."""
    (arc,) = periods(wheel([plan(activity("a", days(start, end)))], 2026))
    assert (arc.open_start, arc.open_end) == (open_start, open_end)
    assert arc.end - arc.start == pytest.approx(length / 365 * 360)
    assert 0 <= arc.start < arc.end <= 360


def test_months_one_after_the_other_share_a_lane() -> None:
    """What ends the day before the next begins does not touch it."""
    ends = [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30)]
    months = [activity(f"m{month}", days(date(2026, month, 1), date(2026, month, last))) for month, last in ends]
    assert len({arc.radius for arc in periods(wheel([plan(*months)], 2026))}) == 1


def test_decisions_and_stop_dates_are_marks_of_their_own_kind() -> None:
    """A decision with a stop date has two marks of one number."""
    stop = StopDate(StopKind.DATE, days(date(2026, 5, 26)).dated)
    decision = activity("a", days(date(2026, 6, 9)), type=ActivityType.DECISION, stop_date=stop)
    turned = wheel([plan(decision, activity("b", days(date(2026, 6, 1))))], 2026)
    assert {(mark.number, mark.kind) for mark in marks(turned)} == {
        (1, Kind.ACTIVITY),
        (2, Kind.STOP),
        (2, Kind.DECISION),
    }


def test_the_list_is_in_order_of_its_dates() -> None:
    """A stop date puts an activity before another only where nothing else of it falls in the year."""
    stop = StopDate(StopKind.DATE, days(date(2026, 2, 3)).dated)
    decision = activity("beslut", days(date(2026, 2, 17)), stop_date=stop)
    later = activity("nästa_år", days(date(2027, 1, 12)), stop_date=stop)
    between = activity("mellan", days(date(2026, 2, 5)))
    turned = wheel([plan(decision, later, between)], 2026)
    assert [entry.activity.id for entry in turned.entries] == ["nästa_år", "mellan", "beslut"]


def test_a_stop_date_brings_its_activity_into_the_year() -> None:
    """What is decided in January of the next year, but handed in before New Year, is on the wheel of both."""
    stop = StopDate(StopKind.DATE, days(date(2026, 12, 18)).dated)
    plans = [plan(activity("a", days(date(2027, 1, 12)), stop_date=stop))]
    assert [mark.kind for mark in marks(wheel(plans, 2026))] == [Kind.STOP]
    assert [mark.kind for mark in marks(wheel(plans, 2027))] == [Kind.ACTIVITY]


def test_every_activity_of_the_year_is_listed_once_in_order_of_its_first_day() -> None:
    """Two dates give two marks and one row; other years' activities give none."""
    turned = wheel(
        [
            plan(
                activity("sen", days(date(2026, 9, 1))),
                activity("dubbel", days(date(2026, 2, 1)), days(date(2026, 11, 1))),
                activity("forra", days(date(2025, 11, 1))),
                activity("over", days(date(2025, 11, 1), date(2026, 3, 1))),
            )
        ],
        2026,
    )
    assert [(entry.number, entry.activity.id) for entry in turned.entries] == [(1, "over"), (2, "dubbel"), (3, "sen")]
    assert sorted(mark.number for mark in marks(turned)) == [2, 2, 3]


def test_the_same_activity_of_several_budget_years_is_taken_once() -> None:
    """The same process, id and dates are one thing; another day or another process is another."""
    accounts = activity("bokslut", days(date(2026, 3, 31)), year_concerned=2025)
    moved = activity("bokslut", days(date(2026, 4, 14)), year_concerned=2025)
    plans = [
        plan(accounts, budget_year=2026),
        plan(accounts, budget_year=2027),
        plan(moved, budget_year=2028),
        plan(accounts, process="delar", budget_year=2027),
    ]
    found = [(entry.timeline.process, entry.timeline.budget_year) for entry in wheel(plans, 2026).entries]
    assert sorted(found) == [("delar", 2027), ("rambudget", 2026), ("rambudget", 2028)]


def test_undated_activities_are_listed_apart() -> None:
    """They stand where their phase runs in the year, without a number; each year's own is kept."""
    plans = [
        plan(activity("a", days(date(2026, 6, 9))), activity("u"), budget_year=2027),
        plan(activity("a", days(date(2026, 9, 9))), activity("u", year_concerned=2028), budget_year=2028),
        plan(activity("a", days(date(2025, 6, 9))), activity("u", year_concerned=2026), budget_year=2026),
    ]
    turned = wheel(plans, 2026)
    assert [entry.activity.id for entry in turned.entries] == ["a", "a"]
    assert [(e.number, e.activity.id, e.activity.year_concerned) for e in turned.undated] == [
        (0, "u", 2027),
        (0, "u", 2028),
    ]


def test_an_undated_activity_of_an_undated_phase_follows_its_plan() -> None:
    """Where nothing tells the days, the plan of the next year's budget is the one that is worked on."""
    plans = [plan(activity("u"), budget_year=2027), plan(activity("u", year_concerned=2028), budget_year=2028)]
    assert [entry.timeline.budget_year for entry in wheel(plans, 2026).undated] == [2027]
    dated = [replace(each, start=date(2026, 9, 1), end=date(2027, 12, 31)) for each in plans]
    assert len(wheel(dated, 2026).undated) == 2


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.PROCESS, ["delar", "rambudget"]),
        (By.BODY, ["KF", "KS", ""]),
        (By.YEAR, ["2026", "2027"]),
    ],
)
def test_rings(by: By, names: list[str]) -> None:
    """A ring for each process, body or year; the one with most to show outermost, but years in order."""
    plans = [
        plan(
            activity("a", days(date(2026, 1, 7))),
            activity("b", days(date(2026, 2, 3)), body="KS"),
            activity("c", days(date(2026, 3, 3)), body="KS"),
            activity("d", days(date(2026, 3, 4))),
        ),
        plan(
            activity("e", days(date(2026, 5, 5)), body="KF", year_concerned=2026),
            activity("f", days(date(2026, 5, 6)), year_concerned=2026),
            process="delar",
        ),
    ]
    turned = wheel(plans, 2026, by)
    (circle,) = turned.circles
    assert [ring.name for ring in circle] == names
    assert all(before.outer < after.inner for before, after in pairwise(circle))
    assert {mark.number for mark in marks(turned)} == set(range(1, 7))
    assert any(ring.phases for ring in turned.rings) == (by is not By.BODY)


def test_a_phase_is_of_the_year_that_most_of_it_concerns() -> None:
    """An activity about last year does not turn the phase into one of last year."""
    own = [activity(name, days(date(2026, 3, number))) for number, name in enumerate("ab", start=1)]
    turned = wheel([plan(*own, activity("c", days(date(2026, 4, 1)), year_concerned=2025))], 2026)
    (phase,) = turned.rings[0].phases
    assert (phase.year_concerned, phase.title, phase.number) == (2027, "Rambudget", 0)


def test_an_empty_year() -> None:
    """A year in which nothing happens is a wheel without rings."""
    turned = wheel([plan(activity("a", days(date(2024, 1, 1))))], 2026)
    assert (turned.entries, turned.undated, turned.rings, turned.timelines) == ((), (), (), ())


@pytest.mark.parametrize(
    ("start", "end", "precision", "kind"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), Precision.MONTH, Kind.SOME_DAY),
        (date(2026, 3, 21), date(2026, 3, 31), Precision.VAGUE, Kind.SOME_DAY),
        (date(2026, 3, 1), date(2026, 3, 31), Precision.DAY, None),
        (date(2026, 3, 1), date(2026, 4, 30), Precision.MONTH, None),
        (date(2025, 12, 1), date(2026, 1, 31), Precision.MONTH, None),
    ],
)
def test_a_date_known_by_its_month_is_no_slab(start: date, end: date, precision: Precision, kind: Kind | None) -> None:
    """It stands among the others of its month, within the days that it can be; what is longer is an arc."""
    some = Occurrence(Dated(Extent(start, end, precision)))
    turned = wheel([plan(activity("a", some), activity("b", some))], 2026)
    assert [mark.kind for mark in marks(turned)] == [kind] * 2 * bool(kind)
    assert len(periods(turned)) == (0 if kind else 2)
    days_to = [(day - date(2026, 1, 1)).days * 360 / 365 for day in (start, end + timedelta(1))]
    assert all(days_to[0] < mark.angle < days_to[1] for mark in marks(turned))


def test_a_decision_in_some_month_shows_that_it_is_one() -> None:
    """A month is no reason to look like any activity."""
    some = Occurrence(Dated(Extent(date(2026, 3, 1), date(2026, 3, 31), Precision.MONTH)))
    (mark,) = marks(wheel([plan(activity("a", some, type=ActivityType.DECISION))], 2026))
    assert mark.kind is Kind.DECISION_SOME_DAY


def test_a_circle_has_three_rings_at_most_and_those_with_most_to_show_come_first() -> None:
    """Five processes of one row each: the three last of them in the first circle, two in the second."""
    plans = [plan(activity("a", days(date(2026, 3, 3))), process=name) for name in "abcde"]
    turned = wheel(plans, 2026)
    assert [[ring.name for ring in circle] for circle in turned.circles] == [["c", "d", "e"], ["a", "b"]]
    assert [[ring.name for ring in circle] for circle in alone(turned.circles[0])] == [["e"], ["d"], ["c"]]


def test_a_ring_too_full_for_a_circle_goes_on_in_the_next() -> None:
    """Two hundred rows of one day are drawn, each once, and no circle is larger than can be read."""
    turned = wheel([plan(*(activity(f"a{n}", days(date(2026, 3, 3))) for n in range(200)))], 2026)
    assert len(turned.circles) > 1
    assert sorted(mark.number for mark in marks(turned)) == list(range(1, 201))


dated = st.builds(
    lambda start, length: (date(2025, 11, 1) + timedelta(start), length), st.integers(0, 480), st.integers(0, 90)
)
short = st.tuples(st.sampled_from([date(2026, 1, 1), date(2026, 6, 9), date(2026, 12, 31)]), st.just(0))


@given(st.lists(dated | short, min_size=1, max_size=40), st.sampled_from(By))
def test_nothing_on_the_wheel_overlaps(stretches: list[tuple[date, int]], by: By) -> None:
    """Marks stand a mark apart also across the year's end, and no two items share both an angle and a radius."""
    each = [
        activity(f"a{index}", days(start, start + timedelta(length)), body=["KS", "KF", None][index % 3])
        for index, (start, length) in enumerate(stretches)
    ]
    turned = wheel([plan(*each)], 2026, by)
    assert all(HUB < circle[-1].outer <= LARGEST and len(circle) <= 3 for circle in turned.circles)
    for ring in turned.rings:
        for one, other in combinations(ring.marks, 2):
            assert _distance(one, other) >= MARK - 1e-6
        for items in (ring.phases, ring.numbered):
            assert not [pair for pair in combinations(items, 2) if _overlap(*pair)]
        assert all(ring.inner < item.radius < ring.outer for item in (*ring.phases, *ring.numbered))


@given(st.lists(dated, max_size=40))
def test_every_activity_of_the_year_is_on_the_wheel(stretches: list[tuple[date, int]]) -> None:
    """The table has each activity of the year once, and each row is drawn."""
    each = [activity(f"a{n}", days(start, start + timedelta(length))) for n, (start, length) in enumerate(stretches)]
    turned = wheel([plan(*each)], 2026)
    of_year = {a.id for a in each if a.start and a.end and a.start.year <= 2026 <= a.end.year}
    listed = [entry.activity.id for entry in turned.entries]
    assert len(listed) == len(of_year)
    assert set(listed) == of_year
    drawn = {item.number for ring in turned.rings for item in ring.numbered}
    assert drawn == {entry.number for entry in turned.entries}


def _distance(one: Mark, other: Mark) -> float:
    first, second = (
        (mark.radius * sin(radians(mark.angle)), mark.radius * cos(radians(mark.angle))) for mark in (one, other)
    )
    return hypot(first[0] - second[0], first[1] - second[1])


def _overlap(one: Mark | Arc, other: Mark | Arc) -> bool:
    if abs(one.radius - other.radius) >= (one.thickness + other.thickness) / 2:
        return False
    (start, end), (first, last) = one.reach, other.reach
    return any(start < last + turn and first + turn < end for turn in (-360, 0, 360))
