"""Going through a syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.syntax import Node, Ref

T = TypeVar("T")


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


COUNTING = (s.Offset, s.AdjacentPeriod, s.WeekdayInAdjacentWeek, s.NthFrom)
"""What counts from its anchor."""

_WITH_ANCHOR = (*COUNTING, s.SameDay)
_WITH_PERIOD = (s.NthIn, s.NthDay, s.DayOf, s.EachBody, s.EachWeekday, s.EachPeriod)


def chain(phrase: s.Phrase) -> Iterator[s.Phrase]:
    """The phrase, what it is counted from or lies in, and so on to what stands by itself."""
    node: s.Phrase | None = phrase
    while node is not None:
        yield node
        if isinstance(node, _WITH_ANCHOR):
            node = node.anchor
        elif isinstance(node, _WITH_PERIOD):
            node = node.period
        else:
            return


def with_nodes(tree: T, change: Callable[[Node], Node]) -> T:
    """The tree with every node as `change` gives it, inner before outer."""
    changed: T = _with_nodes(tree, change)
    return changed


def _with_nodes(part: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(part, tuple):
        return tuple(_with_nodes(each, change) for each in part)
    if not isinstance(part, Node):
        return part
    inner = {name: _with_nodes(getattr(part, name), change) for name in part.__struct_fields__ if name != "at"}
    return change(replace(part, **inner))


def references(tree: object) -> Iterator[Ref]:
    """Every name in a tree, in written order."""
    return (node for node in nodes(tree) if isinstance(node, Ref))
