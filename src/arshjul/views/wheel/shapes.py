"""Shapes of the wheel: arcs, marks and texts that follow the circle, at angles clockwise from the top.

Colours stand as attributes, which any program reads, and again by class in the style sheet, for the dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians, sin
from typing import Any

import drawsvg

from arshjul.views.wheel.circle import SMALLEST_TEXT, Arc, Kind, Mark, width
from arshjul.views.wheel.tones import LIGHT, Tone, shape_styles

LETTER = 0.56  # of the font size: the width of a letter, rather too much than too little
SHORTEST = 8  # letters; less of a title says nothing


def point(radius: float, angle: float) -> tuple[float, float]:
    """x and y, in hundredths: the last figures of a sine differ between machines."""
    return _rounded(radius * sin(radians(angle))), _rounded(-radius * cos(radians(angle)))


def text(words: str, x: float, y: float, size: float, **attributes: Any) -> drawsvg.Text:
    """Words centred on a point."""
    usual = {"text_anchor": "middle", "fill": LIGHT.text, "class_": "text"}
    # Not dominant-baseline, which Word and LibreOffice do not know.
    return drawsvg.Text(words, _rounded(size), _rounded(x), _rounded(y + size * 0.36), **(usual | attributes))


def fitted(words: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis where they are wider than the room; empty where too little would be left."""
    letters = int(room / (size * LETTER))
    if len(words) <= letters:
        return words
    return f"{words[: letters - 1].rstrip()}…" if letters >= SHORTEST else ""


def has_room(words: str, radius: float, start: float, end: float, size: float) -> bool:
    """Whether the words fit along the circle between two angles."""
    return len(words) * size * LETTER <= radians(end - start) * radius - size / 2


def curved(
    words: str,
    radius: float,
    start: float,
    end: float,
    size: float,
    *,
    first: bool = False,
    **attributes: Any,
) -> Iterator[drawsvg.Text]:
    """Words along the circle between two angles, upright also in its lower half."""
    below = 90 < (start + end) / 2 < 270
    along = radius + size * 0.36 if below else radius - size * 0.36
    usual = {"fill": LIGHT.text, "class_": "text", "text_anchor": "start" if first else "middle"}
    path = drawsvg.Path(d=_line(along, end, start) if below else _line(along, start, end), fill="none")
    yield drawsvg.Text(words, _rounded(size), path=path, cairo_fix=False, **(usual | attributes))


def sector(arc: Arc, thickness: float, tone: Tone, kind: str) -> drawsvg.Path:
    """The stretch as a band; an open end has a notch cut out of it."""
    inner, outer = arc.radius - thickness / 2, arc.radius + thickness / 2
    notch = min(width(thickness * 0.7, arc.radius), (arc.end - arc.start) / 3)
    path = [_to("M", inner, arc.start)]
    path += [_to("L", arc.radius, arc.start + notch)] if arc.open_start else []
    path += [_to("L", outer, arc.start), _curve(outer, arc.start, arc.end)]
    path += [_to("L", arc.radius, arc.end - notch)] if arc.open_end else []
    path += [_to("L", inner, arc.end), _curve(inner, arc.end, arc.start), "Z"]
    return drawsvg.Path(d=" ".join(path), **_painted(tone, kind))


def mark(mark: Mark, tone: Tone) -> Iterator[drawsvg.DrawingElement]:
    """The shape of its kind with its number, crossed out if cancelled."""
    x, y = point(mark.radius, mark.angle)
    yield shape(mark.kind, x, y, tone)
    if mark.cancelled:
        ends = map(_rounded, (x - 13, y + 13, x + 13, y - 13))
        yield drawsvg.Line(*ends, stroke=LIGHT.text, stroke_width=1.5, class_="streck")
    if mark.kind in {Kind.STOP, Kind.SOME_DAY}:
        raised = 3 if mark.kind is Kind.STOP else 0
        yield text(str(mark.number), x, y - raised, SMALLEST_TEXT, font_weight=600)
    else:
        size = 12.5 if mark.number < 100 else SMALLEST_TEXT
        yield text(str(mark.number), x, y, size, fill=tone.light.ink, class_=f"{tone.name}-text", font_weight=600)


def shape(kind: Kind, x: float, y: float, tone: Tone) -> drawsvg.DrawingElement:
    """What tells the kinds of marks apart."""
    match kind:
        case Kind.ACTIVITY:
            return drawsvg.Circle(_rounded(x), _rounded(y), 12, **_painted(tone, "marke"))
        case Kind.DECISION:
            return drawsvg.Rectangle(_rounded(x - 10), _rounded(y - 10), 20, 20, rx=2, **_painted(tone, "beslut"))
        case Kind.STOP:
            corners = [x - 16, y - 10, x + 16, y - 10, x, y + 14]
            return drawsvg.Lines(*map(_rounded, corners), close=True, **_painted(tone, "stopp"))
        case Kind.SOME_DAY:
            return drawsvg.Rectangle(_rounded(x - 13), _rounded(y - 8), 26, 16, rx=8, **_painted(tone, "fas"))
        case Kind.DECISION_SOME_DAY:
            return drawsvg.Rectangle(_rounded(x - 13), _rounded(y - 8), 26, 16, rx=2, **_painted(tone, "beslut"))


def swatch(kind: str, x: float, y: float, tone: Tone, *, open_end: bool = False) -> drawsvg.Lines:
    """A piece of a band, for the legend."""
    notch = [x + 5, y] if open_end else []
    corners = [x - 12, y - 7, x + 12, y - 7, *notch, x + 12, y + 7, x - 12, y + 7]
    return drawsvg.Lines(*map(_rounded, corners), close=True, **_painted(tone, kind))


def _painted(tone: Tone, kind: str) -> dict[str, Any]:
    style = shape_styles(tone.light, LIGHT)[kind]
    return {
        "class_": f"{tone.name}-{kind}",
        "fill": style.fill,
        "stroke": style.edge,
        "stroke_width": style.width,
        "stroke_dasharray": tone.dash if style.dashed else None,
    }


def _line(radius: float, start: float, end: float) -> str:
    return f"{_to('M', radius, start)} {_curve(radius, start, end)}"


def _curve(radius: float, start: float, end: float) -> str:
    """In two halves: an arc of a whole turn would begin where it ends, and be nothing."""
    sweep = int(end > start)
    halves = ((start + end) / 2, end)
    return " ".join(_to(f"A {_rounded(radius)} {_rounded(radius)} 0 0 {sweep}", radius, each) for each in halves)


def _to(command: str, radius: float, angle: float) -> str:
    x, y = point(radius, angle)
    return f"{command} {x} {y}"


def _rounded(number: float) -> float:
    """Hundredths, and no minus zero."""
    return round(number, 2) + 0.0
