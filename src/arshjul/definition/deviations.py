"""The deviations of one budget year, made in the tree of the whole process."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from arshjul.definition.ids import identify
from arshjul.definition.overlay import apply
from arshjul.definition.overlay.changes import removed_names
from arshjul.definition.tree import EACH, texts
from arshjul.diagnostics import Diagnostic
from arshjul.source import Fields, Text

UNEXPLAINED = "ej angivet"
_REASONS = (("ändra", EACH, "skäl"), ("stryk", EACH), ("lägg_till", EACH, "skäl"), ("flaggor", EACH))


class Deviating(Struct, frozen=True):
    """A process with the deviations of a year made, so far as they fit; `errors` has what does not.

    `removed` maps each name that they take away → where it is written; `unexplained` counts those that say
    `ej angivet`. Both are empty without deviations.
    """

    tree: Fields
    removed: Mapping[str, Text]
    unexplained: int
    errors: tuple[Diagnostic, ...]


def with_deviations(tree: Fields, deviations: Fields | None) -> Deviating:
    """The tree with every phase and activity named and the deviations of the year made, if it has any."""
    tree = identify(tree)  # before the changes: a deviation may name an activity by the id made from its title
    if deviations is None:
        return Deviating(tree, {}, 0, ())
    changed, errors = apply(tree, deviations)
    reasons = (reason for path in _REASONS for reason in texts(deviations, *path))
    unexplained = sum(reason == UNEXPLAINED for reason in reasons)
    return Deviating(changed, removed_names(tree, deviations), unexplained, tuple(errors))
