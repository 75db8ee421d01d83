"""What stands beneath the wheel: what colours and shapes mean, and, where no table follows, what the numbers are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil

import drawsvg

from arshjul.views.wheel.circle import SMALLEST_TEXT, Kind, Ring
from arshjul.views.wheel.model import Wheel
from arshjul.views.wheel.overview import Line
from arshjul.views.wheel.shapes import LETTER, fitted, shape, swatch, text
from arshjul.views.wheel.tones import OTHER, Tone, tone

ROW = 28.0
KEY_ROW = 20.0
SIZE = 13.0
EXPLAINED_ROW = 17.0
NARROWEST_COLUMN = 360.0

Draw = Callable[[float, float, Tone], drawsvg.DrawingElement]


def legend(
    wheel: Wheel, circle: Sequence[Ring], edge: float, bottom: float, keyed: Mapping[str, str]
) -> tuple[drawsvg.Group, float]:
    """The parts, below a circle whose lower edge is `bottom`, and where they end.

    `keyed` maps letter → title of the phases whose names had no room.
    """
    group = drawsvg.Group(transform=f"translate({round(-edge)} {round(bottom)})")
    x, y = ROW, ROW
    for draw, colours, words in _keys(wheel, circle):
        wide = 30 + len(words) * SIZE * LETTER + 20
        if x + wide > 2 * edge and x > ROW:
            x, y = ROW, y + ROW
        group.append(draw(x, y, colours))
        group.append(text(words, x + 18, y, SIZE, text_anchor="start"))
        x += wide
    y += ROW if keyed else 0
    for letter, title in keyed.items():
        group.append(text(letter, ROW, y, SIZE, font_weight=700))
        group.append(text(fitted(title, SIZE, 2 * edge - 60), ROW + 18, y, SIZE, text_anchor="start"))
        y += KEY_ROW
    return group, bottom + y + ROW


def numbers_explained(rows: Sequence[Line], edge: float, top: float) -> tuple[drawsvg.Group, float]:
    """Every number with its dates and title, in columns that read downwards, and where they end."""
    group = drawsvg.Group(transform=f"translate({round(-edge)} {round(top)})")
    columns = max(int(2 * edge / NARROWEST_COLUMN), 1)
    deep, wide = max(ceil(len(rows) / columns), 1), 2 * edge / columns
    for index, row in enumerate(rows):
        x, y = index // deep * wide, index % deep * EXPLAINED_ROW + EXPLAINED_ROW / 2
        words = f"{row.text('datum')}: {row.text('aktivitet')}".replace("\n", " ")
        group.append(text(row.text("nummer"), x + 26, y, SMALLEST_TEXT, text_anchor="end", font_weight=600))
        shown = fitted(words, SMALLEST_TEXT, wide - 40)
        group.append(text(shown, x + 32, y, SMALLEST_TEXT, text_anchor="start"))
    return group, top + (deep + 1) * EXPLAINED_ROW


def _keys(wheel: Wheel, circle: Sequence[Ring]) -> Iterator[tuple[Draw, Tone, str]]:
    arcs = [arc for ring in circle for arc in (*ring.phases, *ring.periods)]
    marks = [mark for ring in circle for mark in ring.marks]
    years = {arc.year_concerned for arc in arcs} | {mark.year_concerned for mark in marks}
    for year in sorted(years):
        yield partial(shape, Kind.ACTIVITY), tone(year, wheel.year), f"avser {year}"
    yield partial(shape, Kind.ACTIVITY), OTHER, "aktivitet"
    yield partial(shape, Kind.DECISION), OTHER, "beslut"
    yield partial(shape, Kind.STOP), OTHER, "stoppdatum"
    if any(mark.sector for mark in marks):
        yield partial(shape, Kind.SOME_DAY), OTHER, "någon dag i månaden"
    if any(arc.number for arc in arcs):
        yield partial(swatch, "period"), OTHER, "period"
    if any(not arc.number for arc in arcs):
        yield partial(swatch, "fas"), OTHER, "fas"
    if any(arc.open_start or arc.open_end for arc in arcs):
        yield partial(swatch, "period", open_end=True), OTHER, "fortsätter utanför året"
