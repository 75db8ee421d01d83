"""Changes keyed by id: the one mechanism behind `bygger_på` and the deviations of a year.

Scalars and lists replace, maps merge, `null` removes. Every value keeps the place it was written at.
Activities, phases, windows and requirements have ids; those left out are made from the title first.
"""

from __future__ import annotations

from arshjul.definition.foundations import varied
from arshjul.definition.ids import MadeId, declared, identify, slug
from arshjul.definition.orders import CHANGE_KEYS, changed_but_gone, gone, problems
from arshjul.definition.rebuild import rebuilt
from arshjul.definition.tree import EACH, each, maps, merged, place_of, replaced, text_of, texts, value_of, without
from arshjul.diagnostics import Diagnostic, InvalidProcess
from arshjul.source import Fields

__all__ = [
    "CHANGE_KEYS",
    "EACH",
    "MadeId",
    "apply",
    "declared",
    "each",
    "gone",
    "identify",
    "maps",
    "overlay",
    "place_of",
    "replaced",
    "slug",
    "text_of",
    "texts",
    "value_of",
    "varied",
]


def overlay(base: Fields, changes: Fields) -> Fields:
    """The base definition with the changes of a process that builds on it, or of a year's deviations.

    `changes` holds `ändra` (id → new values, `fas` moves an activity), `stryk` (id → reason) and `lägg_till`
    (activities with `fas` and perhaps `efter`); the order among them means nothing. A file with `budgetår` must give
    a `skäl` for each. All other keys of a process that builds on another merge into the base's.
    The result holds neither the change keys nor `bygger_på`, and every activity and phase in it has an id.

    Raises:
        InvalidProcess: with every unknown-target, missing-reason, missing-key, unknown-key, duplicate-id, wrong-type.
    """
    tree, wrong = apply(base, changes)
    if wrong:
        raise InvalidProcess(wrong)
    return tree


def apply(base: Fields, changes: Fields) -> tuple[Fields, list[Diagnostic]]:
    """As `overlay`, with the errors beside what could be done in spite of them."""
    yearly = "budgetår" in changes
    own = without(changes, (*CHANGE_KEYS, "bygger_på"))
    tree = identify(base if yearly else merged(base, own))
    result, misplaced = rebuilt(tree, changes)
    return result, [*problems(tree, changes, yearly), *misplaced, *changed_but_gone(tree, result, changes)]
