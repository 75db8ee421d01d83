"""What people write: `spellings.txt` is accepted, `readings.txt` is answered with what it can be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arshjul.dates.canonical import text
from arshjul.dates.parser import parse_stop, parse_value
from arshjul.dates.syntax import AmbiguousExpression, ExpressionError
from arshjul.dates.vocabulary import Vocabulary
from arshjul.dates.walk import nodes

HERE = Path(__file__).parent
NAMES = Vocabulary(
    bodies={
        "KS": "Kommunstyrelsen",
        "KF": "Kommunfullmäktige",
        "BUN": "Barn- och utbildningsnämnden",
        "SN": "Socialnämnden",
    },
    groups=frozenset({"nämnd"}),
    others=frozenset({"budget_ks", "budget_kf"}),
)


def rows(file: str, mark: str) -> list[tuple[str, str]]:
    """The rows of a table with the mark between their two columns."""
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    found = [line.split(f" {mark} ") for line in lines if f" {mark} " in line and not line.startswith("#")]
    return [(written, other) for written, other in found]


@pytest.mark.parametrize(("written", "canonical"), rows("spellings.txt", "→"))
def test_a_spelling_is_turned_into_its_canonical_text(written: str, canonical: str) -> None:
    """It is accepted, prints as the table says, and that text means the same; every place lies in the text written."""
    tree = parse_value(written, NAMES)
    assert text(tree) == canonical
    assert parse_value(canonical, NAMES) == tree
    for node in nodes(tree):
        assert 0 <= node.at[0] <= node.at[1] <= len(written)


@pytest.mark.parametrize(("written", "replacement"), rows("readings.txt", "="))
def test_what_can_mean_one_thing_has_its_replacement(written: str, replacement: str) -> None:
    """The replacement is shown and is data; it is accepted as it stands, and its names are the author's own."""
    with pytest.raises(ExpressionError) as caught:
        parse_value(written, NAMES)
    assert caught.value.fix == replacement
    assert caught.value.hint == f"skriv ”{replacement}”"
    assert NAMES.knows_names_of(parse_value(replacement, NAMES))


@pytest.mark.parametrize(("written", "readings"), rows("readings.txt", "?"))
def test_what_can_mean_several_things_is_asked(written: str, readings: str) -> None:
    """At most three readings are shown, each accepted as it stands, and none of them is put in unasked."""
    with pytest.raises(ExpressionError) as caught:
        parse_value(written, NAMES)
    assert caught.value.fix is None
    assert caught.value.hint == f"skriv ut vad som menas: {readings}"
    quoted = re.findall("”([^”]+)”", readings)
    assert 1 <= len(quoted) <= 3
    for reading in quoted:
        assert NAMES.knows_names_of(parse_value(reading, NAMES))


@pytest.mark.parametrize(("written", "hint"), rows("readings.txt", "~"))
def test_an_unknown_word_is_guessed_at(written: str, hint: str) -> None:
    """By a body whose name it is a part of, or by a keyword that it resembles; a guess is never a replacement."""
    with pytest.raises(ExpressionError) as caught:
        parse_value(written, NAMES)
    assert (caught.value.fix, caught.value.hint) == (None, hint)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("senast 14 dagar före", "14 dagar före"),
        ("minst 14 dagar före", "14 dagar före"),
        ("14 dagar före mötet", "14 dagar före"),
        ("2 v före", "2 veckor före"),
        ("tis 3 juni 13.00", "tisdag 3 juni kl 13.00"),
    ],
)
def test_a_stop_date_has_spellings_too(written: str, canonical: str) -> None:
    """The meeting it counts from may be said, and `senast` adds nothing."""
    assert text(parse_stop(written, NAMES)) == canonical


def test_two_bodies_of_one_name_are_both_shown() -> None:
    """Which of them is meant is for the author to say."""
    names = Vocabulary({"KS": "Styrelsen", "RS": "Styrelsen"}, frozenset(), frozenset())
    with pytest.raises(AmbiguousExpression) as caught:
        parse_value("styrelsen i juni", names)
    assert re.findall("”([^”]+)”", caught.value.hint or "") == ["KS i juni", "RS i juni"]


def test_an_id_wins_over_the_name_of_a_body() -> None:
    """A name that is the process's own id is never read as anything else."""
    names = Vocabulary({"SN": "Socialnämnden"}, frozenset(), frozenset({"socialnämnden", "lucia"}))
    assert text(parse_value("dagen före socialnämnden", names)) == "dagen före socialnämnden"
    assert text(parse_value("lucia", names)) == "lucia"
