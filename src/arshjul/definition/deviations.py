"""The deviations of one budget year, made in the tree of the whole process."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from arshjul.definition.ids import identify
from arshjul.definition.overlay import apply
from arshjul.definition.overlay.changes import changed_entries, removed_entries, removed_names
from arshjul.definition.struck import Struck, struck_in
from arshjul.definition.tree import EACH, text_of, texts
from arshjul.diagnostics import Diagnostic
from arshjul.source import Fields

UNEXPLAINED = "ej angivet"
_REASONS = (("ändra", EACH, "skäl"), ("stryk", EACH), ("lägg_till", EACH, "skäl"), ("flaggor", EACH))


class Deviating(Struct, frozen=True):
    """A process with the deviations of a year made, so far as they fit; `errors` has what does not.

    `struck` maps each name that they, or a process that builds on another, take away → why; `unexplained` counts the
    deviations that say `ej angivet`; `rounds` are the single rounds that the deviations themselves change or strike.
    """

    tree: Fields
    struck: Mapping[str, Struck]
    rounds: frozenset[str]
    unexplained: int
    errors: tuple[Diagnostic, ...]


def with_deviations(tree: Fields, deviations: Fields | None) -> Deviating:
    """The tree with every phase and activity named and the deviations of the year made, if it has any."""
    tree = identify(tree)  # before the changes: a deviation may name an activity by the id made from its title
    if deviations is None:
        return Deviating(tree, struck_in(tree, {}, None), frozenset(), 0, ())
    changed, errors = apply(tree, deviations)
    reasons = (reason for path in _REASONS for reason in texts(deviations, *path))
    unexplained = sum(reason == UNEXPLAINED for reason in reasons)
    year = text_of(deviations, "budgetår")
    struck = struck_in(changed, removed_names(tree, deviations), int(year) if year and year.isdecimal() else None)
    names = (*removed_entries(deviations), *(name for name, _ in changed_entries(deviations)))
    rounds = frozenset(str(name) for name in names if "." in name)
    return Deviating(changed, struck, rounds, unexplained, tuple(errors))
