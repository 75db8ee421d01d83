"""The wheel as a drawing: months clockwise from the top, rings from the inside out, every mark a number of the table.

Attributes hold nothing but what is made here: drawsvg does not escape them. What somebody wrote stands as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any
from xml.sax.saxutils import escape

import drawsvg
from msgspec import Struct

from arshjul.dates.swedish import month
from arshjul.formats.text import clean
from arshjul.views.wheel.circle import BAND, HUB, NAME, RIM, SMALLEST_TEXT, Arc, Kind, Mark, Ring, width
from arshjul.views.wheel.legend import legend, numbers_explained
from arshjul.views.wheel.model import Wheel
from arshjul.views.wheel.overview import Line, Overview, heading, lines, one_line, ring_name
from arshjul.views.wheel.shapes import curved, has_room, mark, point, sector, text
from arshjul.views.wheel.tones import style_sheet, tone

MONTH_SIZE = 17.0
HAND = 30.0
DESCRIPTION = (
    "Årets månader medurs från toppen. En ring för varje {what}, inifrån och ut: {rings}. Varje nummer är en aktivitet."
)
RINGS_OF = {"process": "process", "body": "organ", "year": "år som det avser"}
SHAPES = {
    Kind.DECISION: "beslut",
    Kind.STOP: "stoppdatum",
    Kind.SOME_DAY: "",
    Kind.DECISION_SOME_DAY: "beslut",
    Kind.ACTIVITY: "",
}


class _Link(drawsvg.DrawingParentElement):  # type: ignore[misc]
    TAG_NAME = "a"


class Drawing(Struct, frozen=True):
    """What is drawn of a wheel. `name` tells its ids from those of other drawings of a page.

    With `linked` it is a part of a page: a mark leads to `#rad-N`, and the numbers of `anchored` can be returned to
    at `#hjul-N`. Else it is a picture whose description holds every row; `explained` writes them beneath it too.
    """

    wheel: Wheel
    circles: Sequence[Sequence[Ring]]
    name: str = "hjul"
    linked: bool = False
    explained: bool = False
    anchored: frozenset[int] = frozenset()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows that have a place in it."""
        numbers = {item.number for circle in self.circles for ring in circle for item in ring.numbered}
        return lines([entry for entry in self.wheel.entries if entry.number in numbers])

    @property
    def edge(self) -> float:
        """From the centre of the largest circle to the end of the names around it."""
        return max((circle[-1].outer for circle in self.circles if circle), default=HUB) + RIM


def render(overview: Overview) -> bytes:
    """The wheel alone, its numbers explained beneath; nothing in it leads anywhere."""
    return drawn(Drawing(overview.wheel, overview.wheel.circles or ((),), explained=True)).encode()


def drawn(drawing: Drawing) -> str:
    """The SVG: its circles from the top down, what they mean under each, and last what the numbers are."""
    rows = drawing.lines
    parts: list[drawsvg.DrawingElement] = []
    bottom = -drawing.edge
    anchors: set[int] = set()
    for number, circle in enumerate(drawing.circles):
        centre = bottom + (circle[-1].outer if circle else HUB) + RIM
        turned, keyed = _circle(drawing, circle, {line.entry.number: line for line in rows}, anchors)
        turned.args |= {"id": f"{drawing.name}-cirkel-{number}", "transform": f"translate(0 {round(centre)})"}
        below, bottom = legend(drawing.wheel, circle, drawing.edge, 2 * centre - bottom, keyed)
        parts += [turned, text(str(drawing.wheel.year), 0, round(centre), 40, font_weight=700), below]
    if drawing.explained:
        explained, bottom = numbers_explained(rows, drawing.edge, bottom)
        parts.append(explained)
    svg = _sheet(drawing, rows, bottom)
    svg.extend(parts)
    return str(svg.as_svg(header="")) + "\n"


def _sheet(drawing: Drawing, rows: Sequence[Line], bottom: float) -> drawsvg.Drawing:
    wheel, name, edge = drawing.wheel, drawing.name, round(drawing.edge)
    svg = drawsvg.Drawing(
        2 * edge,
        round(edge + bottom),
        origin=(-edge, -edge),
        id_prefix=f"{name}-del-",
        class_="hjul",
        role="group" if drawing.linked else "img",
        aria_labelledby=f"{name}-titel",
        aria_describedby=f"{name}-beskrivning tabell" if drawing.linked else f"{name}-beskrivning",
        lang="sv",
        font_family="system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif",
    )
    svg.append_css(style_sheet())
    names = [ring_name(ring, wheel.by) for circle in drawing.circles for ring in circle]
    title = heading(wheel) + (f": {', '.join(names)}" if names and not drawing.explained else "")
    svg.append(drawsvg.Raw(f'<title id="{name}-titel">{escape(title)}</title>'))
    about = DESCRIPTION.format(what=RINGS_OF[wheel.by], rings=", ".join(names) or "inga")
    listed = "" if drawing.linked else "".join(f"\n{line.entry.number}. {one_line(line)}" for line in rows)
    svg.append(drawsvg.Raw(f'<desc id="{name}-beskrivning">{escape(about + listed)}</desc>'))
    if not drawing.linked:
        svg.append(drawsvg.Rectangle(-10_000, -10_000, 20_000, 20_000, fill="#ffffff", class_="papper"))
    return svg


def _circle(
    drawing: Drawing, circle: Sequence[Ring], rows: Mapping[int, Line], anchors: set[int]
) -> tuple[drawsvg.Group, dict[str, str]]:
    """Months, rings and the year; and letter → title of the phases whose names have no room. Adds to `anchors`."""
    rim = (circle[-1].outer if circle else HUB) + 4
    # The script of the page draws today's hand from these.
    group = drawsvg.Group(class_="cirkel", data_year=drawing.wheel.year, data_from=HAND, data_to=rim + 26)
    for each in drawing.wheel.months:
        start, end = point(60, each.start), point(rim + 26, each.start)
        group.append(drawsvg.Line(*start, *end, stroke="#c9d0d8", stroke_width=1, class_="linje"))
        name = month(each.number).capitalize()
        group.extend(curved(name, rim + 9, each.start, each.end, MONTH_SIZE, font_weight=600))
    keyed: dict[str, str] = {}
    for ring in circle:
        group.append(_ring(ring, drawing, keyed))
        for item in ring.numbered:
            anchored = item.number in drawing.anchored and item.number not in anchors
            group.append(_numbered(item, drawing, rows[item.number], anchored=anchored))
            anchors.add(item.number)
        name = ring_name(ring, drawing.wheel.by)
        group.extend(curved(name, ring.outer - NAME / 2, 1, 120, 15, first=True, font_weight=700))
    return group, keyed


def _ring(ring: Ring, drawing: Drawing, keyed: dict[str, str]) -> drawsvg.Group:
    """Its edges and its phases; one whose name has no room gets a letter, which is added to `keyed`."""
    group = drawsvg.Group()
    for radius in (ring.inner - 2, ring.outer + 2):
        group.append(drawsvg.Circle(0, 0, radius, fill="none", stroke="#c9d0d8", stroke_width=1, class_="linje"))
    for phase in ring.phases:
        colours = tone(phase.year_concerned, drawing.wheel.year)
        group.append(sector(phase, BAND - 1, colours, "fas"))
        title = f"{clean(phase.title)} ({phase.year_concerned})".replace("\n", " ")
        notch = width(BAND, phase.radius)
        start, end = phase.start + notch * phase.open_start, phase.end - notch * phase.open_end
        if not has_room(title, phase.radius, start, end, SMALLEST_TEXT):
            letter = letters(len(keyed))
            keyed[letter], title = title, letter
        group.extend(curved(title, phase.radius, start, end, SMALLEST_TEXT))
    return group


def letters(number: int) -> str:
    """A–Z, then AA–AZ and so on."""
    return (letters(number // 26 - 1) if number > 25 else "") + ascii_uppercase[number % 26]


def _numbered(item: Mark | Arc, drawing: Drawing, row: Line, *, anchored: bool) -> drawsvg.DrawingElement:
    group = _Link(href=f"#rad-{item.number}") if drawing.linked else drawsvg.Group()
    if anchored:
        group.args["id"] = f"hjul-{item.number}"
    kind = SHAPES[item.kind] if isinstance(item, Mark) else ""  # an activity's has no name worth reading out
    parts = [f"{item.number}.", kind and f"{kind.capitalize()}.", one_line(row)]
    group.append(drawsvg.Title(" ".join(filter(None, parts))))
    colours = tone(item.year_concerned, drawing.wheel.year)
    if isinstance(item, Mark):
        group.extend(mark(item, colours))
    else:
        group.append(sector(item, BAND - 1, colours, "period"))
        name = f"{item.number} {row.text('aktivitet')}".replace("\n", " ")
        painted: dict[str, Any] = {"fill": colours.light.ink, "class_": f"{colours.name}-text"}
        if has_room(name, item.radius, item.start, item.end, SMALLEST_TEXT):
            group.extend(curved(name, item.radius, item.start, item.end, SMALLEST_TEXT, **painted))
        else:
            where = point(item.radius, (item.start + item.end) / 2)
            group.append(text(str(item.number), *where, SMALLEST_TEXT, **painted))
    return group
