"""The smallest text of the wheel, as the reader gets it: on a page of 1280 px, and on sheets of A4 and A3."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from arshjul.templates import shipped_templates
from arshjul.timeline import RowId, Timeline
from arshjul.views import WHEEL
from arshjul.views.front.html import page as front_page
from arshjul.views.front.model import Entry, Front
from arshjul.views.publication import Edition
from arshjul.views.wheel.circle import SMALLEST_TEXT
from arshjul.views.wheel.html import page as wheel_page
from arshjul.views.wheel.model import By, Wheel, wheel
from arshjul.views.wheel.overview import Overview

SVG = "{http://www.w3.org/2000/svg}"
POINTS = 72 / 25.4  # of a millimetre
# Medium → the width that a drawing is shown at, and the least that its text may be, in the same unit.
MEDIA = {
    "wheel at 1280 px": (58 * 16, 9),
    "front page at 1280 px": (57 * 16, 9),
    "A4": ((210 - 2 * 15) * POINTS, 6),
    "A3": ((297 - 2 * 15) * POINTS, 6),
}
QUARTER_PX = 24 * 16  # the narrowest that a quarter is drawn where several stand beside each other


def crowded(timeline: Timeline, processes: int) -> list[Timeline]:
    """Plans of so many processes, each with the rows of the timeline four times over."""
    rows = tuple(
        replace(each, row=RowId(f"{each.row.activity}{time}")) for each in timeline.activities for time in range(4)
    )
    return [replace(timeline, process=f"process-{number}", activities=rows) for number in range(processes)]


def smallest(root: ET.Element) -> float:
    """In units of the drawing. Everything that is written has a size of its own, and only moves are transforms."""
    assert {each.get("transform", "translate").partition("(")[0] for each in root.iter()} == {"translate"}
    return min(float(text.get("font-size", 0)) for text in root.iter(f"{SVG}text"))


def width(root: ET.Element) -> float:
    """Of the drawing, in its units."""
    return float(root.get("viewBox", "").split()[2])


@pytest.fixture(params=[1, 5])
def turned(timeline: Timeline, request: pytest.FixtureRequest) -> Wheel:
    """The year of one process, and of five."""
    return wheel(crowded(timeline, request.param), 2022)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("by", By)
def test_no_text_is_too_small(timeline: Timeline, medium: str, by: By) -> None:
    """Neither in the drawings of a page nor in the one that stands alone, however much the year holds."""
    shown, least = MEDIA[medium]
    for processes in (1, 5):
        overview = Overview(wheel(crowded(timeline, processes), 2022, by))
        drawings = [circle["svg"] for circle in wheel_page(overview)["circles"]]
        for svg in [*drawings, WHEEL.render("svg", overview).decode()]:
            root = ET.fromstring(svg)
            assert smallest(root) * shown / width(root) >= least


def test_no_text_of_a_quarter_is_too_small(turned: Wheel) -> None:
    """A piece of a drawing is shown larger than the whole."""
    for quarter in wheel_page(Overview(turned))["quarters"]:
        for piece in quarter["pieces"]:
            assert SMALLEST_TEXT * QUARTER_PX / float(piece["place"].split()[2]) >= 9


def test_the_front_page_has_the_same_drawings(timeline: Timeline) -> None:
    """One circle at a time, and every row in a list of its month."""
    entries = tuple(Entry(Edition(plan, ()), {"html": f"{plan.process}.html"}) for plan in crowded(timeline, 5))
    shown = front_page(Front(2023, entries))
    assert len(shown["circles"]) > 1
    assert {row["number"] for month in shown["months"] for row in month["rows"]} == set(
        range(1, len(wheel(crowded(timeline, 5), 2022).entries) + 1)
    )
    for circle in shown["circles"]:
        root = ET.fromstring(circle["svg"])
        assert (root.get("role"), list(root.iter(f"{SVG}a"))) == ("img", [])


def test_the_widths_are_those_of_the_templates() -> None:
    """What is computed with here stands in the style sheets of the pages."""
    texts = dict(shipped_templates())
    page, front = texts["arshjul.html.j2"], texts["index.html.j2"]
    assert re.search(r"\.hjul \{[^}]*width: 100%;[^}]*max-width: 58rem", page)
    assert "minmax(24rem, 1fr)" in page
    assert "max-width: 60rem; padding: 1.5rem" in front
    for text in (page, front):
        assert "@page { size: A4; margin: 15mm; }" in text
        assert "max-height" not in text
