"""Lists mean what a Swede hears: the table `lists.txt`, and what holds for any list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arshjul.dates.canonical import text
from arshjul.dates.parser import parse_value
from arshjul.dates.syntax import Dates, ExpressionError
from arshjul.dates.walk import nodes

ROWS = [
    line
    for line in (Path(__file__).parent / "lists.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
MEANT = [tuple(row.split(" → ")) for row in ROWS if " → " in row]
REFUSED = [tuple(row.split(" ? ")) for row in ROWS if " ? " in row]


@pytest.mark.parametrize(("written", "meant"), MEANT, ids=[written for written, _ in MEANT])
def test_a_list_is_written_out(written: str, meant: str) -> None:
    """Every item in full, and the full text means the same."""
    assert text(parse_value(written)) == meant
    assert parse_value(meant) == parse_value(written)
    assert text(parse_value(meant)) == meant


@pytest.mark.parametrize(("written", "readings"), REFUSED, ids=[written for written, _ in REFUSED])
def test_two_readings_are_both_shown(written: str, readings: str) -> None:
    """Refused, and what the hint quotes is what the table says; of a list each reading is right as it stands."""
    with pytest.raises(ExpressionError) as caught:
        parse_value(written)
    quoted = re.findall("”([^”]+)”", caught.value.hint or "")
    assert quoted == re.findall("”([^”]+)”", readings)
    for reading in quoted:
        assert text(parse_value(reading)) == reading


@pytest.mark.parametrize("written", [written for written, _ in MEANT])
def test_places_lie_in_the_text_as_written(written: str) -> None:
    """What the tree says of its places is true of the author's text, also of words that were put in."""
    for node in nodes(parse_value(written)):
        start, end = node.at
        assert 0 <= start <= end <= len(written)


def test_a_long_list_costs_no_more_than_its_length() -> None:
    """Four thousand items that all lack their month are refused or read, not searched for each other."""
    items = ", ".join(["5"] * 4000)
    read = parse_value(f"{items} och 6 mars")
    assert isinstance(read, Dates)
    assert len(read.items) == 4001
