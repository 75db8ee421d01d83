"""The comments of a file: what YAML does not read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import _ruamel_yaml as libyaml  # type: ignore[import-not-found]  # the C extension ships no types

from arshjul.diagnostics import Source, Span

_HASH = re.compile(r"(?:^|(?<=[ \t]))#")


def comments(source: Source) -> Iterator[tuple[str, Span]]:
    """Every comment of a text that `parse` has read, its `#` included, with its place. A `#` in a text is none."""
    # Start and end of every quoted or block text, as line and column from 0. A plain one ends at a comment.
    texts: list[tuple[tuple[int, int], tuple[int, int]]] = []
    parser = libyaml.CParser(source.text)
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, libyaml.ScalarEvent) and event.style:
            start, end = event.start_mark, event.end_mark
            texts.append(((start.line, start.column), (end.line, end.column)))
    for number, line in enumerate(source.lines):
        for found in _HASH.finditer(line):
            place = (number, found.start())
            before = bisect_right(texts, (place, place)) - 1
            if before < 0 or place >= texts[before][1]:
                span = Span(source, number + 1, found.start() + 1, number + 1, len(line.rstrip()) + 1)
                yield line[found.start() :].rstrip(), span
                break
