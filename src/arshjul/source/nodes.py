"""Plain values that know their place: texts, lists and mappings of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self
from unicodedata import normalize

from arshjul.diagnostics import Source, Span

Place = tuple[Source, int, int, int, int]
"""The arguments of a `Span`, which is made only when somebody asks: a file has thousands."""

_CHARACTERS = re.compile("''|.[\u0300-\u036f]*")


class Text(str):
    """A scalar: NFC text with its place. `plain` is False for a quoted or block scalar.

    `null` is True for a plain, unquoted `null` or `~`, and for an empty value (then the text is empty).
    """

    __slots__ = ("place", "plain")
    plain: bool
    place: Place | None

    def __new__(cls, text: str, span: Span | None = None) -> Self:
        """A plain text at `span`; None for a text that no file holds."""
        return cls.at(text, _place_of(span), True)

    @classmethod
    def at(cls, text: str, place: Place | None, plain: bool) -> Self:
        """The same, from a place that is not yet a `Span`."""
        self = str.__new__(cls, text)
        self.place, self.plain = place, plain
        return self

    @property
    def span(self) -> Span | None:
        """Where the text stands, with its quotes; right after the colon for an empty value."""
        return Span(*self.place) if self.place else None

    @property
    def null(self) -> bool:
        """Nothing is written here: empty, `null` or `~` without quotes."""
        return self.plain and self in {"", "~", "null"}

    def locate(self, start: int, end: int) -> Span | None:
        """The place of characters `start`–`end` of this text; the whole scalar where that cannot be known."""
        span = self.span
        columns = self._columns(span) if span else None
        if span is None or columns is None:
            return span
        last = len(self)
        return Span(span.source, span.line, columns[min(start, last)], span.line, columns[min(end, last)])

    def _columns(self, span: Span) -> Sequence[int] | None:
        """The column of each character and of the end; None unless the line holds this very text."""
        if span.line != span.end_line:
            return None
        line, margin = span.source.lines[span.line - 1], 0 if self.plain else 1
        column, end = span.column + margin, span.end_column - margin
        written, doubled = line[column - 1 : end - 1], not self.plain and line[span.column - 1] == "'"
        if written == self:
            return range(column, end + 1)
        columns: list[int] = []
        for character in _CHARACTERS.finditer(written):
            columns.append(column + character.start())
            if character.group() == "''" and not doubled:  # two characters, not a quote within quotes
                columns.append(column + character.start() + 1)
        same = normalize("NFC", written.replace("''", "'") if doubled else written) == self
        return [*columns, end] if same and len(columns) == len(self) else None


class Items(tuple["YamlValue", ...]):
    """A sequence with its place."""

    place: Place | None

    def __new__(cls, items: Iterable[YamlValue] = (), span: Span | None = None) -> Self:
        """The values in written order."""
        return cls.at(items, _place_of(span))

    @classmethod
    def at(cls, items: Iterable[YamlValue], place: Place | None) -> Self:
        """The same, from a place that is not yet a `Span`."""
        self = tuple.__new__(cls, items)
        self.place = place
        return self

    @property
    def span(self) -> Span | None:
        """From the first `-` or `[` to the end of the last value or the `]`."""
        return Span(*self.place) if self.place else None


class Fields(dict[Text, "YamlValue"]):
    """A mapping with its place, in written order; not to be changed. A plain `str` finds its value.

    Keys are `Text`, so `next(iter(fields)).span` is a key's place.
    """

    __slots__ = ("place",)
    place: Place | None

    def __init__(self, entries: Iterable[tuple[Text, YamlValue]] = (), span: Span | None = None) -> None:
        super().__init__(entries)
        self.place = _place_of(span)

    @classmethod
    def at(cls, entries: Iterable[tuple[Text, YamlValue]], place: Place | None) -> Self:
        """The same, from a place that is not yet a `Span`."""
        self = cls(entries)
        self.place = place
        return self

    @property
    def span(self) -> Span | None:
        """From the first key or `{` to the end of the last value or the `}`."""
        return Span(*self.place) if self.place else None

    if TYPE_CHECKING:  # A name in the code is a `str`; it finds the key of the file because texts compare as such.

        def __getitem__(self, name: str, /) -> YamlValue: ...

    def key(self, name: str) -> Text | None:
        """The key as written, with its place; None if there is none of that name."""
        return next((key for key in self if key == name), None)


YamlValue = Text | Items | Fields


def _place_of(span: Span | None) -> Place | None:
    return (span.source, span.line, span.column, span.end_line, span.end_column) if span else None
