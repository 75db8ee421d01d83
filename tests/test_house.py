"""Goals of the house that are met stay met: `tools/house.py` measures them all, and says what each of them means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import house
import pytest
from hypothesis import settings

LONG = 1000  # examples of a property, in the profile that searches
MET = (house.loose_keys, house.words_read_back, house.two_things, house.long_functions, house.used_once)


@pytest.mark.parametrize("measure", MET)
def test_a_goal_that_is_met_stays_met(measure: Callable[[], house.Measure]) -> None:
    """No room entered twice, no key that no type checker reads, no date read back from text …"""
    measured = measure()
    assert measured.met, "\n".join([f"{measured.words}: {measured.value:g}, goal {measured.goal}", *measured.places])


# Two builds under a trace take a tenth of the suite: `make house` and `make test-long` do them.
long = pytest.mark.skipif(settings().max_examples < LONG, reason="traces of whole builds: make test-long")


@long
def test_no_room_is_entered_twice() -> None:
    """One `när` on its way to an Excel cell and to HTML goes through each room once."""
    measured = house.entered_twice()
    assert measured.met, measured.places


@long
def test_a_trace_that_has_lost_the_value_is_an_error() -> None:
    """A measure that saw nothing would be met."""
    with pytest.raises(RuntimeError, match=r"lost 'fredag v\. 51'"):
        house.entered_twice(house.Followed("fredag v. 51", date(1999, 1, 1), ("1999-01-01",)))
