"""libyaml's events → the tree. Never a constructor: no merge keys, no tags, no types guessed."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, Final, NoReturn
from unicodedata import normalize

import _ruamel_yaml as libyaml  # type: ignore[import-not-found]  # the C extension ships no types

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Related, Source, Span, error
from arshjul.source import common_mistakes, misreadings
from arshjul.source.corrections import stretch
from arshjul.source.encoding import escaped_unseen
from arshjul.source.nodes import Fields, Items, Place, Text, YamlValue

MAX_DEPTH: Final = 20
MAX_VALUES: Final = 200_000
MAX_TEXT: Final = 20_000
MAX_KEY: Final = 200
MAX_PROBLEMS: Final = 100

_BLOCK: Final = frozenset("|>")
_BLANKS: Final = (" ", "\t")
_COLON = re.compile(r"[ \t]*:")
_CUT = re.compile(r"[ \t]+#(?=\S)")


class Reader:
    """One pass over libyaml's events. Problems are gathered until nothing more can be read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.next = libyaml.CParser(source.text).get_event
        self.problems: list[Diagnostic] = []
        self.values = self.depth = 0
        self.last: Any = None

    def document(self) -> Fields:
        """The only document of the stream."""
        try:
            self.next()
            start = self.next()
            if type(start) is libyaml.StreamEndEvent:
                self._stop(misreadings.empty(self.source))
            if start.version or start.tags:
                self._report(misreadings.directive(self.source, start.start_mark.line))
            root = self._node(self.next())
            self.next()
            end = self.next()
            if type(end) is not libyaml.StreamEndEvent:
                self._report(misreadings.second_document(self.source, end.start_mark.line))
        except libyaml.YAMLError as fault:
            self._give_up(fault)
        if not isinstance(root, Fields):
            self._report(misreadings.no_keys(self.source, root))
        if self.problems or not isinstance(root, Fields):
            raise InvalidProcess(self.problems)
        return root

    def _give_up(self, fault: Any) -> NoReturn:
        """One cause, one message: what was already reported about these lines is why the scanner stumbled."""
        found = common_mistakes.explain(common_mistakes.fault_of(self.source, fault, self.last))
        others: list[Diagnostic] = []
        for problem in self.problems:
            below = found.span.line - problem.span.line if found.span and problem.span else None
            # One cause: something is wrong in the same line, or a key was cut on the line above.
            if problem.code != Code.LIMIT and below in (0, int(problem.code == Code.TEXT_CUT)):
                raise InvalidProcess(self.problems)
            # A text is too long because its quote is never closed.
            if problem.code != Code.LIMIT or below != 0:
                others.append(problem)
        raise InvalidProcess([*others, found])

    def _report(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) == MAX_PROBLEMS:
            message = f"Fler än {MAX_PROBLEMS} fel i filen: resten visas inte"
            self._stop(error(Code.LIMIT, message, problem.span, "rätta felen ovan och kör igen"))

    def _stop(self, problem: Diagnostic) -> NoReturn:
        raise InvalidProcess([*self.problems, problem])

    def _point(self, line: int, column: int) -> Span:
        return stretch(self.source, line, column, column + 1)

    def _node(self, event: Any) -> YamlValue:
        kind = type(event)
        if kind is libyaml.ScalarEvent:
            return self._text(event)
        if kind is libyaml.MappingStartEvent:
            return self._fields(event)
        return self._items(event) if kind is libyaml.SequenceStartEvent else self._alias(event)

    def _alias(self, event: Any) -> Text:
        self._refuse_sign(event)
        return self._stand_in(event.start_mark)

    def _stand_in(self, start: Any) -> Text:
        """A text, like no other, for what was refused; it never leaves the reader."""
        line, column = start.line + 1, start.column + 1
        return Text.at(f"({line}:{column})", (self.source, line, column, line, column + 1), False)

    def _refuse_sign(self, event: Any) -> None:
        self._report(misreadings.leading_sign(self.source, event.start_mark.line, event.start_mark.column))

    def _text(self, event: Any) -> Text:
        self._count(event)
        value, style, start, end = event.value, event.style, event.start_mark, event.end_mark
        if value or style:
            self.last = event
        if event.anchor is not None or event.tag is not None:
            self._refuse_sign(event)
        if not value.isascii():
            value = normalize("NFC", value)
        text = Text.at(value, self._place(start, end, style), not style)
        if len(value) > MAX_TEXT:
            message = f"Texten är {len(value)} tecken lång, högst {MAX_TEXT} är tillåtna"
            self._report(error(Code.LIMIT, message, text.span, "dela upp texten eller lägg den i ett eget dokument"))
        if style == '"' and (unseen := escaped_unseen(value, text.span)) is not None:
            self._report(unseen)
        # A comment mark that its author may have meant as text follows.
        written, after = self.source.text, end.index
        if style:
            is_cut = style not in _BLOCK and written.startswith("#", after)
        else:
            is_cut = written.startswith(_BLANKS, after) and _CUT.match(written, after) is not None
        if is_cut:
            self._report(misreadings.cut(self.source, start, end))
        return text

    def _count(self, event: Any) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            message = f"Filen har fler än {MAX_VALUES} värden, nycklar medräknade"
            self._stop(error(Code.LIMIT, message, self._point(event.start_mark.line, event.start_mark.column)))

    def _place(self, start: Any, end: Any, style: str) -> Place:
        if style not in _BLOCK:
            line = start.line + 1
            # Of a text on one line both numbers are one object: a file has many thousands of places.
            end_line = line if end.line == start.line else end.line + 1
            return (self.source, line, start.column + 1, end_line, end.column + 1)
        # The last line with text: libyaml ends a block text where the next thing begins.
        lines = self.source.lines
        line = min(end.line, len(lines) - 1)
        while line > start.line and ((line == end.line and end.column == 0) or not lines[line].strip()):
            line -= 1
        return (self.source, start.line + 1, start.column + 1, line + 1, len(lines[line].rstrip()) + 1)

    def _items(self, start: Any) -> Items:
        self._enter(start)
        items: list[YamlValue] = []
        while type(event := self.next()) is not libyaml.SequenceEndEvent:
            items.append(self._node(event))
        self.depth -= 1
        return Items.at(items, self._extent(start, event, items))

    def _fields(self, start: Any) -> Fields:
        self._enter(start)
        entries: list[tuple[Text, YamlValue]] = []
        while type(event := self.next()) is not libyaml.MappingEndEvent:
            key = self._key(event)
            entries.append((key, self._value(key, self.next())))
        self.depth -= 1
        fields = Fields.at(entries, self._extent(start, event, [value for _, value in entries[-1:]]))
        if start.flow_style:
            self._refuse_keyless(entries)
        if len(fields) < len(entries):
            self._refuse_duplicates(entries)
        return fields

    def _value(self, key: Text, event: Any) -> YamlValue:
        """The value of a key; an empty one stands after the key's colon, libyaml says where the next thing begins."""
        value = self._node(event)
        span = key.span if isinstance(value, Text) and value.plain and not value else None
        if span is None:
            return value
        colon = _COLON.match(self.source.lines[span.end_line - 1], span.end_column - 1)
        column = colon.end() + 1 if colon else span.end_column
        return Text.at("", (self.source, span.end_line, column, span.end_line, column), True)

    def _enter(self, start: Any) -> None:
        self.depth += 1
        self._count(start)
        if start.anchor is not None or start.tag is not None:
            self._refuse_sign(start)
        if self.depth > MAX_DEPTH:
            message = f"Filen är nästlad djupare än {MAX_DEPTH} nivåer"
            self._stop(error(Code.LIMIT, message, self._point(start.start_mark.line, start.start_mark.column)))

    def _extent(self, start: Any, end: Any, values: list[YamlValue]) -> Place:
        """Where a collection stands: a block ends with its last value, libyaml says where the next thing begins."""
        first, last = start.start_mark, end.end_mark
        place = None if start.flow_style or not values else values[-1].place
        end_line, end_column = place[3:] if place else (last.line + 1, last.column + 1)
        return (self.source, first.line + 1, first.column + 1, end_line, end_column)

    def _key(self, event: Any) -> Text:
        if type(event) is libyaml.AliasEvent:
            return self._alias(event)
        if type(event) is not libyaml.ScalarEvent:
            self._report(misreadings.key_not_text(self.source, event.start_mark.line, event.start_mark.column))
            self._node(event)
            return self._stand_in(event.start_mark)
        key = self._text(event)
        if len(key) > MAX_KEY:
            message = f"Nyckeln är {len(key)} tecken lång, högst {MAX_KEY} är tillåtna"
            self._report(error(Code.LIMIT, message, key.span, "en nyckel är ett ord, texten står efter kolonet"))
        refused = misreadings.odd_key(key)
        if refused:
            self._report(refused)
        return key

    def _refuse_duplicates(self, entries: list[tuple[Text, YamlValue]]) -> None:
        first: dict[Text, Text] = {}
        for key, value in entries:
            earlier = first.setdefault(key, key)
            if earlier is not key and key.span and earlier.span and not _is_keyless(value):
                message = f"Nyckeln ”{key}” står redan på rad {earlier.span.line}"
                related = (Related(f"”{key}” första gången", earlier.span),)
                hint = misreadings.of_the_item_above(key.span, key) or "ta bort den ena"
                self._report(error(Code.DUPLICATE_KEY, message, key.span, hint, related))

    def _refuse_keyless(self, entries: list[tuple[Text, YamlValue]]) -> None:
        """Keys without a colon inside `{ }`: mostly the rest of a text that holds a comma."""
        before: tuple[Text, YamlValue] | None = None
        for keyless, run in groupby(entries, lambda entry: _is_keyless(entry[1])):
            members = list(run)
            if keyless:
                keys = [(key, span) for key, _ in members if (span := key.span)]
                self._report(misreadings.keyless(self.source, keys, before))
            before = members[-1]


def _is_keyless(value: YamlValue) -> bool:
    """An empty value that no colon stands before."""
    span = value.span if isinstance(value, Text) and value.plain and not value else None
    return span is not None and not span.source.lines[span.line - 1].endswith(":", 0, span.column - 1)
