"""Changes keyed by id: the one mechanism behind `bygger_på` and the deviations of a year.

Scalars and lists replace, maps merge, `null` removes. Every value keeps the place it was written at.
Activities, phases, windows and requirements have ids; those left out are made from the title first.
"""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.definition.ids import identify
from arshjul.definition.overlay.changes import CHANGE_KEYS, changes_to_removed, errors_in
from arshjul.definition.overlay.rebuild import rebuilt, revised
from arshjul.definition.overlay.rounds import errors_in_rounds, remembered
from arshjul.definition.tree import merged, without
from arshjul.diagnostics import Diagnostic, InvalidProcess
from arshjul.source import Fields

__all__ = ["CHANGE_KEYS", "apply", "overlay", "revised"]


def overlay(base: Fields, changes: Fields, elsewhere: Sequence[Fields] = ()) -> Fields:
    """The base definition with the changes of a process that builds on it, or of a year's deviations.

    `changes` holds `ändra` (id → new values, `fas` moves an activity), `stryk` (id → reason) and `lägg_till`
    (activities with `fas` and perhaps `efter`); their order does not matter. A file with `budgetår` must give a `skäl`
    for each. All other keys of a process that builds on another merge into the base's.
    The result holds neither the change keys nor `bygger_på`, and every activity and phase in it has an id. What is
    said of single rounds (`rapport.mars`), and what is struck, it remembers. `elsewhere` are the base's other files:
    `revised` changes what they declare.

    Raises:
        InvalidProcess: with every unknown-target, missing-reason, missing-key, unknown-key, duplicate-id, wrong-type.
    """
    tree, errors = apply(base, changes, elsewhere)
    if errors:
        raise InvalidProcess(errors)
    return tree


def apply(base: Fields, changes: Fields, elsewhere: Sequence[Fields] = ()) -> tuple[Fields, list[Diagnostic]]:
    """As `overlay`, but returns the errors beside a tree with all changes that could be made."""
    yearly = "budgetår" in changes
    # A deviations file has keys of its own (`flaggor`) that must not become keys of the process.
    tree = identify(base if yearly else merged(base, without(changes, (*CHANGE_KEYS, "bygger_på"))))
    result, misplaced = rebuilt(tree, changes)
    errors = [
        *errors_in(tree, changes, elsewhere, yearly=yearly),
        *errors_in_rounds(tree, changes),
        *misplaced,
        *changes_to_removed(tree, result, changes),
    ]
    return remembered(result, tree, changes), errors
