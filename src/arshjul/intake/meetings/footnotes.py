"""Footnotes of a document: mark → what it says of the meetings that have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from arshjul.intake.meetings.model import LONGEST_CELL, Unclear
from arshjul.intake.meetings.said import Said
from arshjul.intake.meetings.saying import remark
from arshjul.intake.meetings.segments import mark_name

_NOTE = re.compile(r"(?:^|(?<=\s))(\*+\)?|[¹²³⁴⁵⁶⁷⁸⁹]+\)?|[0-9]\)|\([0-9]\)|[a-f]\)|†)\s*[=:–-]?\s*(?=\S)")


def footnotes_of(texts: Iterable[str]) -> dict[str, Said | str]:
    """The footnotes among lines that each begin with a mark; one mark explained in two ways is not understood."""
    found: dict[str, Said | str] = {}
    for line in (line.strip() for text in texts for line in text.split("\n")):
        if len(line) > LONGEST_CELL or not _NOTE.match(line):
            continue
        marks = list(_NOTE.finditer(line))
        for match, after in zip(marks, [*marks[1:], None], strict=True):
            text = line[match.end() : after.start() if after else None].strip(" ,;.")
            name = mark_name(match[1].lstrip("("))
            note: Said | str = text
            with suppress(Unclear):
                note = remark(text)
            found[name] = note if found.setdefault(name, note) == note else "förklaras på två sätt"
    return found


def begins_with_mark(text: str) -> bool:
    """Whether a line is a footnote."""
    return len(text) <= LONGEST_CELL and _NOTE.match(text.strip()) is not None
