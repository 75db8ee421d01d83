"""Bytes → a tree of plain values that know their place; everything dangerous is refused here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from arshjul.diagnostics import Source, Span


class Text(str):
    """A scalar: NFC text with its place. `plain` is False for a quoted or block scalar.

    `null` is True for a plain, unquoted `null` or `~`, and for an empty value (then the text is empty).
    """

    span: Span | None
    plain: bool

    def __new__(cls, text: str, span: Span | None = None, plain: bool = True) -> Self: ...

    @property
    def null(self) -> bool: ...

    def locate(self, start: int, end: int) -> Span | None:
        """The place of characters `start`–`end` of this text; the whole scalar where that cannot be told."""


class Items(tuple["Node", ...]):
    """A sequence with its place."""

    span: Span | None

    def __new__(cls, items: Iterable[Node] = (), span: Span | None = None) -> Self: ...


class Fields(dict[Text, "Node"]):
    """A mapping with its place, in written order. Keys are `Text`, so `next(iter(fields)).span` is a key's place."""

    span: Span | None

    def __init__(self, entries: Iterable[tuple[Text, Node]] = (), span: Span | None = None) -> None: ...


Node = Text | Items | Fields


def parse(source: Source) -> Fields: ...


def read(data: bytes, path: str) -> Fields: ...
