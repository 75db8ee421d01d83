"""Going through a syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.dates.syntax import Node, Ref


def nodes(tree: object) -> Iterator[Node]:
    """Every node of a tree or of a tuple of trees, outer before inner, left before right."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Node):
            yield part
            every_field_but_at: tuple[str, ...] = type(part).__match_args__
            # Most hold words and numbers: trees are walked so often that those are worth leaving out here.
            inner = [getattr(part, name) for name in reversed(every_field_but_at)]
            waiting.extend([each for each in inner if isinstance(each, (Node, tuple))])
        elif isinstance(part, tuple):
            waiting.extend(reversed(part))


def references(tree: object) -> Iterator[Ref]:
    """Every name in a tree, in written order."""
    return (node for node in nodes(tree) if isinstance(node, Ref))
