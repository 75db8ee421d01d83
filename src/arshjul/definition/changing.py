"""Many changes of rows put into a file at once: into the deviations of a year, or into the definition itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from msgspec import Struct

from arshjul.definition.edit import NotSafe, Revision
from arshjul.definition.entries import Wanted, with_keys, without_key
from arshjul.definition.items import (
    Rewrite,
    TreePath,
    in_turn,
    node_at,
    with_item,
    with_keys_at,
    without_item,
    without_key_at,
)
from arshjul.definition.overlay.changes import targets
from arshjul.definition.tree import EACH, maps, text_of, value_of
from arshjul.diagnostics import Source, Span
from arshjul.source import Fields, Items, Text, parse

NewValues: TypeAlias = "Mapping[str, Wanted | None]"
"""Key → its new value; None takes it away, if it is there."""


class RowChanges(Struct, frozen=True):
    """Row → its new values, row → why it is struck, and new rows, each with `fas` and perhaps `efter`."""

    changed: Mapping[str, NewValues]
    struck: Mapping[str, str]
    added: Sequence[Mapping[str, Wanted]]


def with_deviations_of(source: Source, changes: RowChanges, base: Fields, reason: str) -> Revision:
    """The deviations of a year with those changes, all with one reason.

    `base` is the definition without the year's deviations: what it has is taken away by `null`, what only the file has
    by leaving it out. A row that the year itself has put in is changed where it stands.

    Raises:
        NotSafe: the file has another shape there.
        InvalidProcess: it cannot be read.
    """
    tree, known = parse(source), targets(base)
    own = {str(text_of(item, "id")): n for n, item in enumerate(maps(tree, "lägg_till", EACH))}
    wanted: dict[str, Wanted] = {}
    steps: list[Rewrite] = []
    for row, values in changes.changed.items():
        defined = known.get(row.partition(".")[0], Fields()) if row not in own else Fields()
        path: TreePath = ("lägg_till", own[row]) if row in own else ("ändra", row)
        steps += _without(tree, path, [key for key, new in values.items() if new is None and key not in defined])
        if row in own:
            steps.append(partial(with_keys_at, path=path, wanted=_kept(values)))
        else:
            removed = {key: "null" for key, new in values.items() if new is None and key in defined}
            wanted[row] = {**_kept(values), **removed, "skäl": reason}
    struck = {row: why for row, why in changes.struck.items() if row not in own}
    held = value_of(tree, "ändra")
    there = {row: values for row, values in wanted.items() if isinstance(held, Fields) and row in held}
    new = {row: values for row, values in wanted.items() if row not in there}
    # One after the other: what is put in at the end of the last row, and after it, is put in at one place.
    parts: list[tuple[str, Mapping[str, Wanted]]] = [("ändra", there), ("ändra", new), ("stryk", struck)]
    steps[:0] = [partial(with_keys, wanted={key: rows}) for key, rows in parts if rows]
    steps += _struck_items([own[row] for row in changes.struck if row in own], len(own))
    steps += [partial(with_item, path=("lägg_till",), item={**item, "skäl": reason}) for item in changes.added]
    return in_turn(source, steps)


def _kept(values: NewValues) -> dict[str, Wanted]:
    return {key: value for key, value in values.items() if value is not None}


def _without(tree: Fields, path: TreePath, keys: Sequence[str]) -> Iterator[Rewrite]:
    """A step for each of the keys that the map has."""
    held = node_at(tree, path)
    for key in keys:
        if isinstance(held, Fields) and Text(key) in held:
            yield partial(without_key_at, path=path, key=key)


def _struck_items(numbers: Sequence[int], count: int) -> Iterator[Rewrite]:
    """New rows of the year that are not wanted any more, the last first: so the others keep their numbers."""
    if numbers and len(numbers) == count:
        yield partial(without_key, path=["lägg_till"])
        return
    for number in sorted(numbers, reverse=True):
        yield partial(without_item, path=("lägg_till",), number=number)


def with_lasting_changes(source: Source, changes: RowChanges, places: Mapping[str, Span]) -> Revision:
    """A file of the definition with those changes; `places` are where its rows stand.

    Raises:
        NotSafe: a row is not written there, or so that this is unclear.
        InvalidProcess: the file cannot be read.
    """
    tree = parse(source)
    paths = {row: path_of(tree, place) for row, place in places.items()}
    steps: list[Rewrite] = []
    for row, values in changes.changed.items():
        steps.append(partial(with_keys_at, path=paths[row], wanted=_kept(values)))
        steps += _without(tree, paths[row], [key for key, value in values.items() if value is None])
    # The last first: what stands above keeps its number. A new row goes in before the one it follows goes out.
    ends: list[tuple[TreePath, Rewrite]] = []
    for item in reversed(changes.added):
        path = paths[str(item["efter"])]
        keys = {key: value for key, value in item.items() if key not in ("fas", "efter")}
        ends.append((path, partial(with_item, path=path[:-1], item=keys, after=int(path[-1]))))
    gone = (paths[row] for row in changes.struck)
    ends += [(path, partial(without_item, path=path[:-1], number=int(path[-1]))) for path in gone]
    steps += [step for _, step in sorted(ends, key=lambda end: end[0], reverse=True)]
    return in_turn(source, steps)


def path_of(tree: Fields, place: Span) -> TreePath:
    """Where a row stands in the tree of a file. Raises NotSafe."""
    lists: list[TreePath] = [("lägg_till",)]
    phases = value_of(tree, "faser")
    lists += [("faser", n, "aktiviteter") for n in range(len(phases) if isinstance(phases, Items) else 0)]
    for path in lists:
        rows = node_at(tree, path)
        for number, row in enumerate(rows if isinstance(rows, Items) else ()):
            if row.span and row.span.offsets[0] <= place.offsets[0] < row.span.offsets[1]:
                return (*path, number)
    raise NotSafe("raden står inte där")
