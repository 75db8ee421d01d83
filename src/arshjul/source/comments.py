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
    texts = sorted(_texts(source))
    for number, line in enumerate(source.lines):
        hashes = (found.start() for found in _HASH.finditer(line))
        start = next((at for at in hashes if not _is_in_text((number, at), texts)), None)
        if start is not None:
            yield line[start:].rstrip(), Span(source, number + 1, start + 1, number + 1, len(line.rstrip()) + 1)


def _texts(source: Source) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Start and end of every quoted or block text, as line and column from 0. A plain one ends at a comment."""
    parser = libyaml.CParser(source.text)
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, libyaml.ScalarEvent) and event.style:
            yield (event.start_mark.line, event.start_mark.column), (event.end_mark.line, event.end_mark.column)


def _is_in_text(place: tuple[int, int], texts: list[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    before = bisect_right(texts, (place, place)) - 1
    return before >= 0 and place < texts[before][1]
