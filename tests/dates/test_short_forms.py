"""Short forms of some keys: what they are written out to, and what is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.dates.canonical import text
from arshjul.dates.parser import parse_stop
from arshjul.dates.short_forms import parse_counted, parse_planning_period
from arshjul.dates.syntax import ExpressionError, Node
from arshjul.dates.vocabulary import Vocabulary
from arshjul.dates.walk import nodes

Parse = Callable[[str, Vocabulary], Node]
NAMES = Vocabulary(bodies={"KS": "Kommunstyrelsen"}, others=frozenset({"möte", "per", "period", "budget_ks"}))

FORMS: list[tuple[Parse, str, str]] = [
    (parse_planning_period, "5 år", "B till B+4"),
    (parse_planning_period, "3", "B till B+2"),
    (parse_planning_period, "tre år", "B till B+2"),
    (parse_planning_period, "1 år", "B"),
    (parse_planning_period, "B–B+2", "B till B+2"),
    (parse_planning_period, "B-B+2", "B till B+2"),
    (parse_planning_period, "B-1–B+1", "B-1 till B+1"),
    (parse_planning_period, "B till B+2", "B till B+2"),
    (parse_planning_period, "2027–2029", "januari 2027–december 2029"),
    (parse_planning_period, "2027 till 2029", "januari 2027–december 2029"),
    (parse_planning_period, "ej fastställt", "ej fastställt"),
    (parse_counted, "1 vecka efter", "1 vecka efter"),
    (parse_counted, "en vecka efter mötet", "1 vecka efter"),
    (parse_counted, "fredag samma vecka", "fredagen samma vecka"),
    (parse_counted, "dagen efter kl 13", "dagen efter kl 13.00"),
    (parse_counted, "torsdagen veckan efter", "torsdagen veckan efter"),
    (parse_counted, "5 dagar före annars arbetsdagen före", "5 dagar före annars arbetsdagen före"),
    (parse_counted, "5 dagar före möte annars arbetsdagen före", "5 dagar före möte annars arbetsdagen före"),
    (parse_counted, "5 dagar före mötet annars arbetsdagen före", "5 dagar före annars arbetsdagen före"),
    (parse_counted, "3 juni annars arbetsdagen efter", "3 juni annars arbetsdagen efter"),
    (parse_counted, "1 vecka efter KS i juni", "1 vecka efter KS i juni"),
    (parse_counted, "3 juni", "3 juni"),
    (parse_counted, "senast 14 dagar före", "senast 14 dagar före"),
    (parse_counted, "minst 14 dagar före", "senast 14 dagar före"),
    (parse_counted, "5 dagar före möte", "5 dagar före möte"),
    (parse_stop, "senast 14 dagar före", "14 dagar före"),
    (parse_stop, "minst 14 dagar före", "14 dagar före"),
    (parse_stop, "14 dagar före mötet", "14 dagar före"),
    (parse_stop, "senast två veckor före sammanträdet", "2 veckor före"),
    (parse_stop, "tisdag samma vecka", "tisdagen samma vecka"),
    (parse_stop, "senast tisdag samma vecka", "tisdagen samma vecka"),
    (parse_stop, "onsdag samma vecka kl 12", "onsdagen samma vecka kl 12.00"),
    (parse_stop, "senast torsdagen veckan före", "torsdagen veckan före"),
    (parse_stop, "senast 2 juni", "2 juni"),
    (parse_stop, "tisdag samma vecka som budget_ks", "tisdagen samma vecka som budget_ks"),
]


@pytest.mark.parametrize(
    ("parse", "written", "canonical"), FORMS, ids=[f"{row[0].__name__}: {row[1]}" for row in FORMS]
)
def test_a_short_form(parse: Parse, written: str, canonical: str) -> None:
    """It means what the table says, its canonical text means the same, and every place lies in the text written."""
    tree = parse(written, NAMES)
    assert text(tree) == canonical
    assert parse(canonical, NAMES) == tree
    for node in nodes(tree):
        assert 0 <= node.at[0] <= node.at[1] <= len(written)


REFUSED: list[tuple[Parse, str, str]] = [
    (parse_planning_period, "0 år", "skriv till exempel 3 år"),
    (parse_planning_period, "50 år", "skriv till exempel 3 år"),
    (parse_planning_period, "5 ar", "skriv till exempel ”5 år”, ”B till B+2” eller ”2027–2029”"),
    (parse_planning_period, "fem-sex år", "skriv till exempel ”5 år”, ”B till B+2” eller ”2027–2029”"),
]


@pytest.mark.parametrize(("parse", "written", "hint"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_is_no_short_form(parse: Parse, written: str, hint: str) -> None:
    """It is answered with what to write."""
    with pytest.raises(ExpressionError) as caught:
        parse(written, NAMES)
    assert caught.value.hint == hint
