"""A text of a document → the meetings that it speaks of, as far as it says which days they are."""

from __future__ import annotations

import re

from arshjul.intake.meetings.joining import bound, fill_months, spread
from arshjul.intake.meetings.model import LONGEST_CELL, Unclear
from arshjul.intake.meetings.said import Said
from arshjul.intake.meetings.segments import SegmentReader, segments
from arshjul.intake.meetings.tokens import pieces

PLACE = re.compile(r"\s*(?:plats|lokal)\b\s*:?\s*(\S.*)", re.IGNORECASE)


def sayings(text: str) -> list[Said]:
    """The meetings that a cell speaks of, in its order; one without a day where only its row or column has one.

    Raises:
        Unclear: some of it has no meaning that we know, or several.
    """
    if len(text) > LONGEST_CELL:
        raise Unclear("en lång text, inga dagar")
    lines: list[list[Said]] = []
    reader = SegmentReader()
    for line in text.split("\n"):
        items = [said for segment in segments(list(pieces(line))) for said in reader.read(segment)]
        lines.append(bound(items, lines[-1] if lines else []))
    for items in lines:
        spread(items)
    found = [said for items in lines for said in items]
    fill_months(found)
    return found


def remark(text: str) -> Said:
    """What a footnote or a heading says of meetings, without a day of its own. Raises Unclear."""
    said = Said()
    if place := PLACE.fullmatch(text):
        return Said(place=" ".join(place[1].split()))
    for each in sayings(text):
        if each.dated:
            raise Unclear("säger en egen dag")
        said.take(each)
    return said
