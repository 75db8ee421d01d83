"""Entries of lists put into a file, changed where they stand, and taken out: nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from arshjul.definition.edit import NotSafe, Revision, revised
from arshjul.definition.entries import (
    Plain,
    Wanted,
    after_line,
    at_offset,
    between_signs,
    block,
    demand,
    key_edits,
    new_item,
    on_one_line,
    plain,
    removal,
    updated,
)
from arshjul.diagnostics import Edit, Source
from arshjul.source import Fields, Items, Text, YamlValue, parse

TreePath = tuple[str | int, ...]
"""The way to a node of a tree: keys, and numbers of items from 0."""
Rewrite = Callable[[Source], Revision]


def in_turn(source: Source, steps: Sequence[Rewrite]) -> Revision:
    """The file after all the steps, each made on what the one before has left. Raises as they do."""
    after = source
    for step in steps:
        after = step(after).after
    return Revision(source, after, (), ())


def node_at(tree: YamlValue, path: TreePath) -> YamlValue | None:
    """The node at the end of a path, None where there is none."""
    node: YamlValue | None = tree
    for step in path:
        if isinstance(step, int):
            node = node[step] if isinstance(node, Items) and step < len(node) else None
        else:
            node = node.get(Text(step)) if isinstance(node, Fields) else None
    return node


def with_keys_at(source: Source, path: TreePath, wanted: Mapping[str, Wanted]) -> Revision:
    """As `entries.with_keys`, in the map at the path. Raises NotSafe, InvalidProcess."""
    tree = parse(source)
    fields = _map_at(tree, path)
    revision = revised(source, key_edits(fields, wanted))
    demand(revision, _put(plain(tree), path, updated(plain(fields), wanted)))
    return revision


def without_key_at(source: Source, path: TreePath, key: str) -> Revision:
    """The map at the path without one of its keys. Raises NotSafe, InvalidProcess."""
    tree = parse(source)
    fields = _map_at(tree, path)
    left = {name: plain(value) for name, value in fields.items() if name != key}
    if Text(key) not in fields or not left:
        raise NotSafe(f"{key} står inte där, eller står ensamt")
    revision = revised(source, [removal(fields, key)])
    demand(revision, _put(plain(tree), path, {str(name): value for name, value in left.items()}))
    return revision


def with_item(source: Source, path: TreePath, item: Mapping[str, Wanted], after: int | None = None) -> Revision:
    """The list at the path with a new entry after one of it, or last; written as the one before it is.

    A list that is not there yet is made, where it is a key of the file itself. Raises NotSafe, InvalidProcess.
    """
    tree = parse(source)
    items = node_at(tree, path)
    if items is None and len(path) == 1:
        lines = [f"{path[0]}:", *_as_lines(item, 0, None)]
        end = len(source.text)
        gap = "" if not source.text or source.text.endswith("\n") else "\n"
        new = Edit(at_offset(source, end), gap + "".join(f"{line}\n" for line in lines))
        revision, held = revised(source, [new]), list[Plain]()
    elif isinstance(items, Items) and items.span and (items or between_signs(items)):
        at = len(items) - 1 if after is None else after
        revision, held = revised(source, [_put_in(items, item, at)]), [plain(each) for each in items]
    else:
        raise NotSafe(f"{path[-1]} är ingen lista")
    place = len(held) if after is None else after + 1
    demand(revision, _put(plain(tree), path, [*held[:place], updated({}, item), *held[place:]]))
    return revision


def without_item(source: Source, path: TreePath, number: int) -> Revision:
    """The list at the path without one of its entries, its own lines with it. Raises NotSafe, InvalidProcess."""
    tree = parse(source)
    items = node_at(tree, path)
    if not isinstance(items, Items) or len(items) < 2 or items.span is None:
        raise NotSafe(f"{path[-1]} har inte flera poster")
    spans = [each.span for each in items if each.span]
    value = spans[number]
    if between_signs(items):
        first = number == 0
        start = value.offsets[0] if first else spans[number - 1].offsets[1]
        end = spans[1].offsets[0] if first else value.offsets[1]
    else:
        line = source.text.rfind("\n", 0, source.text.rfind("-", 0, value.offsets[0])) + 1
        last = value.end_line - 1 if value.end_column == 1 and value.end_line > value.line else value.end_line
        start, end = line, source.starts[last] if last < len(source.starts) else len(source.text)
    revision = revised(source, [Edit(source.stretch(start, end), "")])
    demand(revision, _put(plain(tree), path, [plain(each) for n, each in enumerate(items) if n != number]))
    return revision


def _map_at(tree: Fields, path: TreePath) -> Fields:
    fields = node_at(tree, path)
    if not isinstance(fields, Fields):
        raise NotSafe("raden står inte där")
    return fields


def _put(tree: Plain, path: TreePath, value: Plain) -> Plain:
    """The tree with another value at the end of the path."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int) and isinstance(tree, list):
        return [_put(each, rest, value) if n == step else each for n, each in enumerate(tree)]
    held = dict(tree) if isinstance(tree, dict) else {}
    held[str(step)] = _put(held.get(str(step), {}), rest, value)
    return held


def _put_in(items: Items, item: Mapping[str, Wanted], after: int) -> Edit:
    span = items.span
    if span is None:
        raise NotSafe("ingen fil har texten")
    if between_signs(items):
        before = items[after].span if items else None
        place = before.offsets[1] if before else span.offsets[0] + 1
        return Edit(at_offset(span.source, place), f"{', ' if before else ''}{on_one_line(item)}")
    before = items[after].span or span
    line = before.end_line - 1 if before.end_column == 1 and before.end_line > before.line else before.end_line
    return after_line(span.source, line, _as_lines(item, span.column - 1, items[after]))


def _as_lines(item: Mapping[str, Wanted], indent: int, like: YamlValue | None) -> list[str]:
    """The lines of an entry: one between braces where it has room and the one before it is written so."""
    if not isinstance(like, Fields) or between_signs(like):
        return new_item(item, indent)
    first, *rest = block(item, indent + 2, ())
    return [f"{' ' * indent}- {first.strip()}", *rest]
