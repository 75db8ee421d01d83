"""`tidsfönster`: how long they are, and how much that is over the floor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.timeline import Timeline
from arshjul.wording import bands


@pytest.mark.parametrize(
    ("start", "end", "floor", "margin"),
    [
        ("2 juni", "13 juni", "8 arbetsdagar", 1),
        ("2 juni", "13 juni", "9 arbetsdagar", 0),
        ("2 juni", "13 juni", "10 arbetsdagar", -1),
        ("2 juni", "15 juni", "14 dagar", 0),
        ("2 juni", "15 juni", "2 veckor", 0),
        ("2 juni", "14 juni", "2 veckor", -1),
        ("31 januari", "28 februari", "1 månad", 1),
        ("1 februari", "28 februari", "1 månad", 0),
        ("1 juni", "30 juni", "1 månad", 0),
        ("1 juni", "29 juni", "1 månad", -1),
    ],
)
def test_the_margin_over_the_floor(
    plan: Callable[..., Timeline], start: str, end: str, floor: str, margin: int
) -> None:
    """Working days for a floor in working days (nationaldagen 2025 is a Friday), else calendar days, both ends in."""
    (window,) = plan(f"tidsfönster: [{{id: tid, start: {start}, slut: {end}, minst: {floor}}}]\n").windows
    assert bands.floor(window) == floor
    assert window.margin == margin


def test_days_off_of_the_house_do_not_count(plan: Callable[..., Timeline]) -> None:
    """A window gives the working days of the employer, not those of the almanac."""
    house = "process: p\nkalender: {stängt: [{när: 10 juni, namn: Flytt}]}\n"
    window = "tidsfönster: [{id: tid, start: 9 juni, slut: 13 juni, minst: 5 arbetsdagar}]\n"
    (found,) = plan(house + window, house="").windows
    assert (found.working_days, found.margin) == (4, -1)


def test_without_a_floor_there_is_no_margin(plan: Callable[..., Timeline]) -> None:
    """None, which is not the same as just enough."""
    (window,) = plan("tidsfönster: [{id: tid, start: 2 juni, slut: 13 juni}]\n").windows
    assert (window.minimum, window.margin) == (None, None)
