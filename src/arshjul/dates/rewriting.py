"""A text written anew, which still knows where each of its characters stood in the text of the author."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.syntax import ExpressionError, Node

Range = tuple[int, int]
T = TypeVar("T")


class Rewriting(Struct, frozen=True):
    """`text`, and for each of its characters the half-open range of the original that it stands for."""

    text: str
    origins: tuple[Range, ...]

    @classmethod
    def of(cls, text: str) -> Rewriting:
        """The text as its author wrote it."""
        return cls(text, tuple((place, place + 1) for place in range(len(text))))

    def replaced(self, start: int, end: int, new: str) -> Rewriting:
        """`new` in place of the characters from `start` to `end`; all of it stands for what was there."""
        if new == self.text[start:end]:
            return self
        here = self.original((start, end))
        return Rewriting(
            self.text[:start] + new + self.text[end:],
            self.origins[:start] + (here,) * len(new) + self.origins[end:],
        )

    def appended(self, new: str) -> Rewriting:
        """`new` at the end, standing for the whole."""
        whole = self.original((0, len(self.text)))
        return Rewriting(self.text + new, self.origins + (whole,) * len(new))

    def prefixed(self, new: str) -> Rewriting:
        """`new` at the start, standing for the whole."""
        whole = self.original((0, len(self.text)))
        return Rewriting(new + self.text, (whole,) * len(new) + self.origins)

    def part(self, start: int, end: int) -> Rewriting:
        """The characters from `start` to `end`, without the blanks around them."""
        inner = self.text[start:end]
        start, end = start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))
        return Rewriting(self.text[start:end], self.origins[start:end]) if start < end else Rewriting("", ())

    def original(self, at: Range) -> Range:
        """The range of the author's text that a range of this one stands for."""
        start, end = at
        if not self.origins:
            return (0, 0)
        if start >= len(self.origins):
            return (self.origins[-1][1],) * 2
        if start == end:
            return (self.origins[start][0],) * 2
        covered = self.origins[start : min(end, len(self.origins))]
        return (min(first for first, _ in covered), max(last for _, last in covered))

    def in_original(self, problem: ExpressionError) -> ExpressionError:
        """The problem of this text, placed in the author's."""
        return problem.placed(self.original(problem.at))

    def in_original_tree(self, tree: T) -> T:
        """The tree of this text, every node placed in the author's."""
        moved: T = _relocated(tree, self)
        return moved


def joined(parts: Iterable[Rewriting], separator: str) -> Rewriting:
    """The parts in a row with the separator between them."""
    texts, origins = list[str](), list[Range]()
    for part in parts:
        if texts:
            between = (origins[-1][1], part.origins[0][0])
            origins += [(min(between), max(between))] * len(separator)
        texts.append(part.text)
        origins += part.origins
    return Rewriting(separator.join(texts), tuple(origins))


def _relocated(value: Any, rewriting: Rewriting) -> Any:
    if isinstance(value, tuple):
        return tuple(_relocated(part, rewriting) for part in value)
    if not isinstance(value, Node):
        return value
    inner = {name: _relocated(getattr(value, name), rewriting) for name in value.__struct_fields__ if name != "at"}
    return replace(value, at=rewriting.original(value.at), **inner)
