"""The colours of the wheel, one for each year concerned: by hue, by lightness and by the kind of edge.

Ink on a fill has a contrast of at least 4.5, an edge against the ground at least 3 (WCAG 2.1, 1.4.3 and 1.4.11), in
the light as in the dark.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Shade(Struct, frozen=True):
    """`fill` for marks and periods with `ink` upon it, `edge` around them, `wash` for phases."""

    fill: str
    ink: str
    edge: str
    wash: str


class Tone(Struct, frozen=True):
    """How one year is drawn; `dash` tells its edge from the others' (SVG's stroke-dasharray)."""

    name: str
    light: Shade
    dark: Shade
    dash: str | None = None


class Ground(Struct, frozen=True):
    """What everything stands on: `quiet` for lines that are not read, `stop` around a stop date."""

    paper: str
    text: str
    quiet: str
    stop: str


LIGHT = Ground("#ffffff", "#1b1f24", "#c9d0d8", "#b3261e")
DARK = Ground("#14181d", "#e6eaef", "#3b4450", "#ff8a80")


class ShapeStyle(Struct, frozen=True):
    """Fill and edge of a shape; only a `dashed` edge follows the tone's dash."""

    fill: str
    edge: str
    width: float
    dashed: bool


# Counted from the calendar year: accounts of last year, follow-up of this, budget of the next, and the one after.
TONES: Mapping[int, Tone] = {
    -1: Tone(
        "fore",
        Shade("#bfe3c3", "#10331a", "#2f7a3f", "#e6f5e8"),
        Shade("#1f5a2e", "#e9f7ec", "#7ed08f", "#173a20"),
        "1.5 2",
    ),
    0: Tone(
        "detta",
        Shade("#b9520d", "#ffffff", "#6e2f05", "#fbe3d1"),
        Shade("#e0792e", "#1f0d00", "#ffc79c", "#45260f"),
    ),
    1: Tone(
        "nasta",
        Shade("#1d4e89", "#ffffff", "#0b2545", "#dbe7f5"),
        Shade("#8cc2ff", "#0b1f38", "#d6e9ff", "#1c3350"),
    ),
    2: Tone(
        "darefter",
        Shade("#ead9f7", "#35155c", "#6b3fa0", "#f4ebfb"),
        Shade("#4a2f73", "#f1e8fc", "#c3a1f0", "#2f2247"),
        "5 2.5",
    ),
}
OTHER = Tone(
    "annat",
    Shade("#e3e6ea", "#1b1f24", "#5b6570", "#f0f2f4"),
    Shade("#3b4450", "#e6eaef", "#aab4bf", "#262d36"),
    "1 4",
)


def tone(year_concerned: int, year: int) -> Tone:
    """The tone of a year concerned, in the wheel of a calendar year."""
    return TONES.get(year_concerned - year, OTHER)


def shape_styles(shade: Shade, ground: Ground) -> Mapping[str, ShapeStyle]:
    """How each kind of shape is painted: phase, period, and the marks of an activity, a decision and a stop date."""
    return {
        "fas": ShapeStyle(shade.wash, shade.edge, 1, True),
        "period": ShapeStyle(shade.fill, shade.edge, 1, True),
        "marke": ShapeStyle(shade.fill, shade.edge, 1.5, True),
        "beslut": ShapeStyle(shade.fill, ground.text, 2.5, False),
        "stopp": ShapeStyle(shade.wash, ground.stop, 2, False),
    }


def style_sheet() -> str:
    """The dark of a screen, for all tones; the light stands in the drawing itself."""
    tones = (*TONES.values(), OTHER)
    rules = [
        f".hjul .papper {{ fill: {DARK.paper}; }}",
        f".hjul .text {{ fill: {DARK.text}; }}",
        f".hjul .linje {{ stroke: {DARK.quiet}; }}",
        f".hjul .streck {{ stroke: {DARK.text}; }}",
        *(f".hjul .{each.name}-text {{ fill: {each.dark.ink}; }}" for each in tones),
        *(
            f".hjul .{each.name}-{kind} {{ fill: {style.fill}; stroke: {style.edge}; }}"
            for each in tones
            for kind, style in shape_styles(each.dark, DARK).items()
        ),
    ]
    return "\n".join(["@media screen and (prefers-color-scheme: dark) {", *rules, "}"])
