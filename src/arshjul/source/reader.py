"""libyaml's events → the tree. Never a constructor: no merge keys, no tags, no types guessed."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, Final, NoReturn
from unicodedata import normalize

import _ruamel_yaml as libyaml  # type: ignore[import-not-found]  # the C extension ships no types

from arshjul.diagnostics import Diagnostic, InvalidProcess, Related, Source, Span, error
from arshjul.source import misreadings, slips
from arshjul.source.corrections import stretch
from arshjul.source.nodes import Fields, Items, Node, Place, Text

MAX_DEPTH: Final = 20
MAX_VALUES: Final = 200_000
MAX_TEXT: Final = 20_000
MAX_KEY: Final = 200
MAX_PROBLEMS: Final = 100

_BLOCK: Final = frozenset("|>")
_CUT = re.compile(r"[ \t]+#(?=\S)")


class Reader:
    """One pass over libyaml's events. Problems are gathered until nothing more can be told."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parser = libyaml.CParser(source.text)
        self.problems: list[Diagnostic] = []
        self.values = self.depth = 0
        self.last: Any = None

    def document(self) -> Fields:
        """The only document of the stream."""
        self._next()
        start = self._next()
        if type(start) is libyaml.StreamEndEvent:
            self._stop(error("syntax", "Filen är tom", self._point(0, 0), "börja till exempel med: process: rambudget"))
        if start.version or start.tags:
            self._report(misreadings.directive(self.source, start.start_mark.line))
        root = self._node(self._next())
        self._next()
        self._end(self._next())
        if not isinstance(root, Fields):
            self._report(misreadings.no_keys(self.source, root.span, isinstance(root, Text)))
        if self.problems:
            raise InvalidProcess(self.problems)
        assert isinstance(root, Fields)
        return root

    def _end(self, event: Any) -> None:
        if type(event) is not libyaml.StreamEndEvent:
            self._report(misreadings.second_document(self.source, event.start_mark.line))

    def _next(self) -> Any:
        try:
            self.last = event = self.parser.get_event()
        except libyaml.YAMLError as fault:
            self._give_up(fault)
        return event

    def _give_up(self, fault: Any) -> NoReturn:
        """One cause, one message: what was already told about these lines is why the scanner stumbled."""
        found = slips.explain(slips.fault_of(self.source, fault, self.last))
        lines = {problem.span.line for problem in self.problems if problem.span}
        if found.span is None or lines.isdisjoint((found.span.line, found.span.line - 1)):
            self.problems.append(found)
        raise InvalidProcess(self.problems)

    def _report(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) == MAX_PROBLEMS:
            message = f"Fler än {MAX_PROBLEMS} fel i filen: resten visas inte"
            self._stop(error("limit", message, problem.span, "rätta felen ovan och kör igen"))

    def _stop(self, problem: Diagnostic) -> NoReturn:
        raise InvalidProcess([*self.problems, problem])

    def _point(self, line: int, column: int) -> Span:
        return stretch(self.source, line, column, column + 1)

    def _node(self, event: Any) -> Node:
        self.values += 1
        if self.values > MAX_VALUES:
            message = f"Filen har fler än {MAX_VALUES} värden"
            self._stop(error("limit", message, self._point(event.start_mark.line, event.start_mark.column)))
        kind = type(event)
        if kind is libyaml.ScalarEvent:
            return self._text(event)
        if kind is libyaml.MappingStartEvent:
            return self._fields(event)
        return self._items(event) if kind is libyaml.SequenceStartEvent else self._alias(event)

    def _alias(self, event: Any) -> Text:
        self._refuse_sign(event)
        return Text("")

    def _refuse_sign(self, event: Any) -> None:
        self._report(misreadings.leading_sign(self.source, event.start_mark.line, event.start_mark.column))

    def _text(self, event: Any) -> Text:
        value, style, start, end = event.value, event.style, event.start_mark, event.end_mark
        if event.anchor is not None or event.tag is not None:
            self._refuse_sign(event)
        if not value.isascii():
            value = normalize("NFC", value)
        end_line, end_column = self._block_end(start, end) if style in _BLOCK else (end.line, end.column)
        place = (self.source, start.line + 1, start.column + 1, end_line + 1, end_column + 1)
        text = Text.at(value, place, not style)
        if len(value) > MAX_TEXT:
            message = f"Texten är {len(value)} tecken lång, högst {MAX_TEXT} är tillåtna"
            self._report(error("limit", message, text.span, "dela upp texten eller lägg den i ett eget dokument"))
        if _CUT.match(self.source.text, end.index) if not style else self.source.text.startswith("#", end.index):
            self._report(misreadings.cut(self.source, start, end))
        return text

    def _block_end(self, start: Any, end: Any) -> tuple[int, int]:
        """The last line with text: libyaml ends a block text where the next thing begins."""
        line = min(end.line, len(self.source.lines) - 1)
        while line > start.line and ((line == end.line and end.column == 0) or not self.source.lines[line].strip()):
            line -= 1
        return line, len(self.source.lines[line].rstrip())

    def _items(self, start: Any) -> Items:
        self._enter(start)
        items: list[Node] = []
        while type(event := self._next()) is not libyaml.SequenceEndEvent:
            items.append(self._node(event))
        self.depth -= 1
        return Items.at(items, self._extent(start, event, items))

    def _fields(self, start: Any) -> Fields:
        self._enter(start)
        entries: list[tuple[Text, Node]] = []
        while type(event := self._next()) is not libyaml.MappingEndEvent:
            entries.append((self._key(event), self._node(self._next())))
        self.depth -= 1
        fields = Fields.at(entries, self._extent(start, event, [value for _, value in entries[-1:]]))
        if start.flow_style:
            self._refuse_keyless(entries)
        if len(fields) < len(entries):
            self._refuse_duplicates(entries)
        return fields

    def _enter(self, start: Any) -> None:
        self.depth += 1
        if start.anchor is not None or start.tag is not None:
            self._refuse_sign(start)
        if self.depth > MAX_DEPTH:
            message = f"Filen är nästlad djupare än {MAX_DEPTH} nivåer"
            self._stop(error("limit", message, self._point(start.start_mark.line, start.start_mark.column)))

    def _extent(self, start: Any, end: Any, values: list[Node]) -> Place:
        """Where a collection stands: a block ends with its last value, libyaml says where the next thing begins."""
        first, last = start.start_mark, end.end_mark
        place = None if start.flow_style or not values else values[-1].place
        end_line, end_column = place[3:] if place else (last.line + 1, last.column + 1)
        return (self.source, first.line + 1, first.column + 1, end_line, end_column)

    def _key(self, event: Any) -> Text:
        if type(event) is not libyaml.ScalarEvent:
            self._report(misreadings.key_not_text(self.source, event.start_mark.line, event.start_mark.column))
            self._node(event)
            return Text("")
        key = self._text(event)
        if len(key) > MAX_KEY:
            message = f"Nyckeln är {len(key)} tecken lång, högst {MAX_KEY} är tillåtna"
            self._report(error("limit", message, key.span, "en nyckel är ett ord, texten står efter kolonet"))
        refused = misreadings.odd_key(key)
        if refused:
            self._report(refused)
        return key

    def _refuse_duplicates(self, entries: list[tuple[Text, Node]]) -> None:
        first: dict[Text, Text] = {}
        for key, value in entries:
            earlier = first.setdefault(key, key)
            if earlier is not key and key.span and earlier.span and not _is_keyless(value):
                self._report(_duplicate(key, key.span, earlier.span))

    def _refuse_keyless(self, entries: list[tuple[Text, Node]]) -> None:
        """Keys without a colon inside `{ }`: mostly the rest of a text that holds a comma."""
        before: Node | None = None
        for keyless, run in groupby(entries, lambda entry: _is_keyless(entry[1])):
            members = list(run)
            if keyless:
                keys = [key for key, _ in members]
                self._report(misreadings.keyless(self.source, keys, before))
            before = members[-1][1]


def _is_keyless(value: Node) -> bool:
    """An empty value that no colon stands before."""
    span = value.span if isinstance(value, Text) and value.plain and not value else None
    return span is not None and not span.source.lines[span.line - 1][: span.column - 1].endswith(":")


def _duplicate(key: Text, here: Span, there: Span) -> Diagnostic:
    message = f"Nyckeln ”{key}” står redan på rad {there.line}"
    return error("duplicate-key", message, here, "ta bort den ena", (Related(f"”{key}” första gången", there),))
