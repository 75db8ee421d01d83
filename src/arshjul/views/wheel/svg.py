"""The wheel as a drawing: months clockwise from the top, rings from the inside out, every mark a number of the table.

Attributes hold nothing but what is made here: drawsvg does not escape them. What somebody wrote stands as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

import drawsvg
from msgspec import Struct

from arshjul.dates.swedish import month
from arshjul.formats.text import clean
from arshjul.views.wheel.circle import BAND, NAME, Arc, Kind, Mark, Ring, width
from arshjul.views.wheel.legend import legend, numbers_explained
from arshjul.views.wheel.model import Wheel
from arshjul.views.wheel.overview import Line, Overview, heading, lines, one_line, ring_name
from arshjul.views.wheel.shapes import curved, mark, point, sector, text
from arshjul.views.wheel.tones import style_sheet, tone

MARGIN = 8.0
MONTHS = 30.0
DESCRIPTION = (
    "Årets månader medurs från toppen. En ring för varje {what}, inifrån och ut: {rings}. Varje nummer är en aktivitet."
)
RINGS_OF = {"process": "process", "body": "organ", "year": "år som det avser"}
SHAPES = {Kind.DECISION: "beslut", Kind.STOP: "stoppdatum", Kind.ACTIVITY: ""}


class _Link(drawsvg.DrawingParentElement):  # type: ignore[misc]
    TAG_NAME = "a"


class _Drawing(Struct, frozen=True):
    """What the parts need: the wheel, the rows by number, which item of a row carries its id, whether to link."""

    wheel: Wheel
    rows: Mapping[int, Line]
    anchors: Mapping[int, Mark | Arc]
    linked: bool

    @property
    def scale(self) -> float:
        """A larger wheel is shown smaller, so what stands around it grows with it."""
        return max(self.wheel.radius / 480, 1)


def render(overview: Overview) -> bytes:
    """The wheel alone, its numbers explained beneath; nothing in it leads anywhere."""
    return drawn(overview.wheel, linked=False).encode()


def drawn(wheel: Wheel, *, linked: bool) -> str:
    """The SVG.

    With `linked` it is a part of a page: a mark leads to `#rad-N`, `#hjul-N` leads back, and the table of the page, of
    id `tabell`, describes it. Alone it is a picture whose description holds every row.
    """
    rows = lines(wheel.entries)
    anchors: dict[int, Mark | Arc] = {}
    for ring in wheel.rings:
        for item in ring.numbered:
            anchors.setdefault(item.number, item)
    drawing = _Drawing(wheel, {line.entry.number: line for line in rows}, anchors, linked)
    edge = wheel.radius + (MONTHS + MARGIN) * drawing.scale
    below, bottom = legend(wheel, edge, drawing.scale)
    if not linked:
        explained, bottom = numbers_explained(rows, edge, bottom, drawing.scale)
        below += explained
    svg = _sheet(drawing, rows, edge, bottom)
    svg.extend([*_months(drawing), *(_ring(ring, drawing) for ring in wheel.rings)])
    svg.append(text(str(wheel.year), 0, 0, 44, font_weight=700))
    svg.extend(below)
    return str(svg.as_svg(header="")) + "\n"


def _sheet(drawing: _Drawing, rows: Sequence[Line], edge: float, bottom: float) -> drawsvg.Drawing:
    described = "hjul-beskrivning tabell" if drawing.linked else "hjul-beskrivning"
    svg = drawsvg.Drawing(
        round(2 * edge),
        round(edge + bottom),
        origin=(-round(edge), -round(edge)),
        id_prefix="hjul-del-",
        class_="hjul",
        role="group" if drawing.linked else "img",
        aria_labelledby="hjul-titel",
        aria_describedby=described,
        lang="sv",
        style=f"min-width: {max(round(edge * 0.75), 700)}px; max-width: {round(edge * 2.2)}px"
        if drawing.linked
        else None,
        font_family="system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif",
    )
    svg.append_css(style_sheet())
    wheel = drawing.wheel
    svg.append(drawsvg.Raw(f'<title id="hjul-titel">{escape(heading(wheel))}</title>'))
    rings = ", ".join(ring_name(ring, wheel.by) for ring in wheel.rings)
    about = DESCRIPTION.format(what=RINGS_OF[wheel.by], rings=rings or "inga")
    listed = "" if drawing.linked else "".join(f"\n{line.entry.number}. {one_line(line)}" for line in rows)
    svg.append(drawsvg.Raw(f'<desc id="hjul-beskrivning">{escape(about + listed)}</desc>'))
    if not drawing.linked:
        svg.append(drawsvg.Rectangle(-10_000, -10_000, 20_000, 20_000, fill="#ffffff", class_="papper"))
    return svg


def _months(drawing: _Drawing) -> Iterator[drawsvg.DrawingElement]:
    """Their names along the rim, and a line through all rings where each begins."""
    wheel, size = drawing.wheel, 17 * drawing.scale
    rim = wheel.radius + 4
    for each in wheel.months:
        start, end = point(60, each.start), point(rim + MONTHS * drawing.scale, each.start)
        yield drawsvg.Line(*start, *end, stroke="#c9d0d8", stroke_width=1, class_="linje")
        name = month(each.number).capitalize()
        yield from curved(name, rim + 9 * drawing.scale, each.start, each.end, size, font_weight=600)


def _ring(ring: Ring, drawing: _Drawing) -> drawsvg.Group:
    group = drawsvg.Group()
    for radius in (ring.inner - 2, ring.outer + 2):
        group.append(drawsvg.Circle(0, 0, radius, fill="none", stroke="#c9d0d8", stroke_width=1, class_="linje"))
    for phase in ring.phases:
        colours = tone(phase.year_concerned, drawing.wheel.year)
        group.append(sector(phase, BAND - 2, colours, "fas"))
        title = f"{clean(phase.title)} ({phase.year_concerned})".replace("\n", " ")
        notch = width(BAND, phase.radius)
        start, end = phase.start + notch * phase.open_start, phase.end - notch * phase.open_end
        group.extend(curved(title, phase.radius, start, end, 10.5, shorten=True))
    for item in ring.numbered:
        group.append(_numbered(item, drawing))
    name = ring_name(ring, drawing.wheel.by)
    group.extend(curved(name, ring.outer - NAME / 2, 1, 120, 17, first=True, font_weight=700))
    return group


def _numbered(item: Mark | Arc, drawing: _Drawing) -> drawsvg.DrawingElement:
    group = _Link(href=f"#rad-{item.number}") if drawing.linked else drawsvg.Group()
    if drawing.anchors[item.number] is item:
        group.args["id"] = f"hjul-{item.number}"
    kind = SHAPES[item.kind] if isinstance(item, Mark) else ""  # an activity's has no name worth reading out
    parts = [f"{item.number}.", kind and f"{kind.capitalize()}.", one_line(drawing.rows[item.number])]
    group.append(drawsvg.Title(" ".join(filter(None, parts))))
    colours = tone(item.year_concerned, drawing.wheel.year)
    if isinstance(item, Mark):
        group.extend(mark(item, colours))
    else:
        group.append(sector(item, BAND - 2, colours, "period"))
        where = point(item.radius, (item.start + item.end) / 2)
        group.append(text(str(item.number), *where, 12, fill=colours.light.ink, class_=f"{colours.name}-text"))
    return group
