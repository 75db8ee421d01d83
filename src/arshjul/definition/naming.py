"""What the expressions of a process can name, found before the models are built: reading an expression needs it."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.dates.vocabulary import Allowance, Vocabulary
from arshjul.definition.tree import EACH, each, maps, text_of, texts, value_of
from arshjul.source import Fields, Text

_OF_A_ROUND = ("möte", "per", "period")


def vocabulary(tree: Fields) -> Vocabulary:
    """Bodies with their names, groups, and every id, milestone, period and chain step."""
    bodies = value_of(tree, "organ")
    named = bodies.items() if isinstance(bodies, Fields) else ()
    groups = value_of(tree, "organgrupper")
    return Vocabulary(
        bodies={str(body): str(text_of(fields, "namn") or body) for body, fields in named},
        groups=frozenset(map(str, groups if isinstance(groups, Fields) else ())),
        others=frozenset(_others(tree)),
        allowance=Allowance(),
    )


def _others(tree: Fields) -> Iterator[str]:
    yield from _OF_A_ROUND
    yield from map(str, texts(tree, "tidsfönster", EACH, "id"))
    yield from (str(name) for periods in maps(tree, "kalender", "perioder") for name in periods)
    yield from (str(step) for chain in maps(tree, "organ", EACH, "kedja") for step in chain)
    for phase in maps(tree, "faser", EACH):
        yield from map(str, texts(phase, "id"))
        for activity in maps(phase, "aktiviteter", EACH):
            yield from map(str, texts(activity, "id"))
            milestones = each(activity, "milstolpe")
            yield from (str(name) for name in milestones if isinstance(name, Text))
            yield from map(str, texts(activity, "milstolpe", EACH))
