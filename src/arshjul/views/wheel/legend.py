"""What stands beneath the wheel: what colours and shapes mean, and, where no table follows, what the numbers are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil

import drawsvg

from arshjul.views.wheel.circle import Kind
from arshjul.views.wheel.model import Wheel
from arshjul.views.wheel.overview import Line
from arshjul.views.wheel.shapes import LETTER, fitted, shape, swatch, text
from arshjul.views.wheel.tones import OTHER, Tone, tone

ROW = 28.0
SIZE = 13.0
EXPLAINED_ROW = 17.0
EXPLAINED_SIZE = 10.5
NARROWEST_COLUMN = 320.0

Draw = Callable[[float, float, Tone], drawsvg.DrawingElement]


def legend(wheel: Wheel, edge: float, scale: float) -> tuple[list[drawsvg.DrawingElement], float]:
    """The parts, below a wheel that reaches `edge` from its centre, and where they end."""
    group = drawsvg.Group(transform=f"translate({round(-edge)} {round(edge)}) scale({round(scale, 3)})")
    room, x, y = 2 * edge / scale, ROW, ROW
    for draw, colours, words in _keys(wheel):
        wide = 30 + len(words) * SIZE * LETTER + 20
        if x + wide > room and x > ROW:
            x, y = ROW, y + ROW
        group.append(draw(x, y, colours))
        group.append(text(words, x + 18, y, SIZE, text_anchor="start"))
        x += wide
    return [group], edge + (y + ROW) * scale


def numbers_explained(
    rows: Sequence[Line], edge: float, top: float, scale: float
) -> tuple[list[drawsvg.DrawingElement], float]:
    """Every number with its dates and title, in columns that read downwards, and where they end."""
    group = drawsvg.Group(transform=f"translate({round(-edge)} {round(top)}) scale({round(scale, 3)})")
    room = 2 * edge / scale
    columns = max(int(room / NARROWEST_COLUMN), 1)
    deep, wide = max(ceil(len(rows) / columns), 1), room / columns
    for index, row in enumerate(rows):
        x, y = index // deep * wide, index % deep * EXPLAINED_ROW + EXPLAINED_ROW / 2
        words = f"{row.text('datum')}: {row.text('aktivitet')}".replace("\n", " ")
        group.append(text(row.text("nummer"), x + 26, y, EXPLAINED_SIZE, text_anchor="end", font_weight=600))
        shown = fitted(words, EXPLAINED_SIZE, wide - 40)
        group.append(text(shown, x + 32, y, EXPLAINED_SIZE, text_anchor="start"))
    return [group], top + (deep + 1) * EXPLAINED_ROW * scale


def _keys(wheel: Wheel) -> Iterator[tuple[Draw, Tone, str]]:
    for year in wheel.years_concerned:
        yield partial(shape, Kind.ACTIVITY), tone(year, wheel.year), f"avser {year}"
    yield partial(shape, Kind.ACTIVITY), OTHER, "aktivitet"
    yield partial(shape, Kind.DECISION), OTHER, "beslut"
    yield partial(shape, Kind.STOP), OTHER, "stoppdatum"
    arcs = [arc for ring in wheel.rings for arc in (*ring.phases, *ring.periods)]
    if any(arc.number for arc in arcs):
        yield partial(swatch, "period"), OTHER, "period"
    if any(not arc.number for arc in arcs):
        yield partial(swatch, "fas"), OTHER, "fas"
    if any(arc.open_start or arc.open_end for arc in arcs):
        yield partial(swatch, "period", open_end=True), OTHER, "fortsätter utanför året"
