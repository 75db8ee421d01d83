"""Going through a syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.dates.syntax import Node, Ref


def nodes(tree: object) -> Iterator[Node]:
    """Every node of a tree or of a tuple of trees, outer before inner, left before right."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(reversed(part))
        elif isinstance(part, Node):
            yield part
            every_field_but_at: tuple[str, ...] = type(part).__match_args__
            waiting.extend(getattr(part, name) for name in reversed(every_field_but_at))


def references(tree: object) -> Iterator[Ref]:
    """Every name in a tree, in written order."""
    return (node for node in nodes(tree) if isinstance(node, Ref))
