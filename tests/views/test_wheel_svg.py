"""The drawing of the wheel: well formed, linked, told in words, readable in any light."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from arshjul.timeline import Timeline
from arshjul.views.wheel.model import By, Wheel, wheel
from arshjul.views.wheel.overview import Overview
from arshjul.views.wheel.svg import Drawing, drawn, render
from arshjul.views.wheel.tones import DARK, LIGHT, OTHER, TONES, tone

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(params=list(By))
def turned(timeline: Timeline, request: pytest.FixtureRequest) -> Wheel:
    """The year 2022 of the plan, in each division into rings."""
    return wheel([timeline], 2022, request.param)


def sheet(turned: Wheel, *, linked: bool) -> str:
    """All circles in one drawing, every number of which can be returned to."""
    anchored = frozenset(entry.number for entry in turned.entries)
    return drawn(Drawing(turned, turned.circles, linked=linked, explained=not linked, anchored=anchored))


def parsed(svg: str) -> ET.Element:
    """The drawing as XML."""
    return ET.fromstring(svg)


def texts(root: ET.Element, tag: str) -> list[str]:
    """The words of each element of that name."""
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}{tag}")]


def test_the_drawing_is_well_formed_and_its_ids_are_unique(turned: Wheel) -> None:
    """Any program can read it, and a link leads to one place."""
    for linked in (True, False):
        ids = [element.get("id") for element in parsed(sheet(turned, linked=linked)).iter() if element.get("id")]
        assert Counter(ids).most_common(1)[0][1] == 1


def test_what_a_curved_text_follows_exists(turned: Wheel) -> None:
    """Every text path names a path of the drawing."""
    root = parsed(sheet(turned, linked=True))
    ids = {element.get("id") for element in root.iter(f"{SVG}path")}
    followed = [element.get(HREF, "")[1:] for element in root.iter(f"{SVG}textPath")]
    assert len(followed) >= 12
    assert set(followed) <= ids


def test_every_mark_leads_to_its_row_and_can_be_returned_to(turned: Wheel) -> None:
    """On a page each mark links to `rad-N`, and each number has one place `hjul-N`."""
    root = parsed(sheet(turned, linked=True))
    numbers = {entry.number for entry in turned.entries}
    assert {link.get("href") for link in root.iter(f"{SVG}a")} == {f"#rad-{number}" for number in numbers}
    ids = [element.get("id", "") for element in root.iter()]
    assert sorted(i for i in ids if i[:5] == "hjul-" and i[5:].isdigit()) == sorted(f"hjul-{n}" for n in numbers)


def test_alone_it_leads_nowhere_and_says_everything(timeline: Timeline) -> None:
    """A picture of its own has no links; its description and the list beneath hold every row."""
    turned = wheel([timeline], 2022)
    root = parsed(render(Overview(turned)).decode())
    assert (root.get("role"), list(root.iter(f"{SVG}a"))) == ("img", [])
    (description,) = texts(root, "desc")
    assert texts(root, "title")[0] == "Årshjul 2022"
    for entry in turned.entries:
        assert f"\n{entry.number}. " in description
    assert "tisdag 7 juni 2022: KS: rambudget 2023 (beslut, avser 2023, stoppdatum tisdag 24 maj)" in description
    assert any("KS: rambudget 2023" in text for text in texts(root, "text"))


def test_a_mark_names_its_number_kind_and_row(timeline: Timeline) -> None:
    """A pointer resting on it reads so; an activity that is neither decision nor stop date has no kind to name."""
    titles = texts(parsed(sheet(wheel([timeline], 2022), linked=True)), "title")
    assert sorted({title.split(":")[0] for title in titles[1:] if title.startswith(("2. ", "3. "))}) == [
        "2. 28 april–5 maj 2022",
        "3. Beslut. tisdag 7 juni 2022",
        "3. Stoppdatum. tisdag 7 juni 2022",
    ]


def test_on_a_page_the_table_describes_it(turned: Wheel) -> None:
    """With links inside it is a group, not an image, and the table is its description."""
    root = parsed(sheet(turned, linked=True))
    assert (root.get("role"), root.get("aria-describedby")) == ("group", "hjul-beskrivning tabell")
    assert root.get("aria-labelledby") == "hjul-titel"


def test_hostile_titles_stay_text(turned: Wheel) -> None:
    """Markup in a title is words; no element comes of it, and no attribute holds it."""
    svg = sheet(turned, linked=True)
    root = parsed(svg)
    assert "<script" not in svg
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "style", "defs", "path", "g", "a", "title", "desc"),
        *("text", "textPath", "tspan", "circle", "rect"),
    }
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert not [value for value in values if "cmd" in value or "rambudget" in value]


def test_hostile_titles_stay_text_in_the_description_too(timeline: Timeline) -> None:
    """Alone, where the description holds every row, a title full of markup is still only words."""
    title = "]]></desc><script>alert(1)</script>&amp; \"'\x07\nrad två"
    hostile = replace(timeline.activities[2], title=title)
    phases = tuple(replace(phase, title=f"\x07{title}") for phase in timeline.phases)
    root = parsed(sheet(wheel([replace(timeline, activities=(hostile,), phases=phases)], 2022), linked=False))
    assert "]]></desc><script>alert(1)</script>&amp; \"' rad två" in texts(root, "desc")[0]
    assert not [element for element in root.iter() if "script" in element.tag]


def test_decisions_and_stop_dates_differ_by_shape(timeline: Timeline) -> None:
    """A decision is a square, a stop date a triangle, all else a circle."""
    root = parsed(sheet(wheel([timeline], 2022), linked=True))
    shapes = {
        "".join(link.itertext())[:20]: [child.tag.removeprefix(SVG) for child in link if child.tag != f"{SVG}title"]
        for link in root.iter(f"{SVG}a")
    }
    told = {name.split(" ", 1)[1].split(".")[0]: drawn_as for name, drawn_as in shapes.items()}
    assert told["Beslut"] == ["rect", "text"]
    assert told["Stoppdatum"] == ["path", "text"]


def test_what_is_cancelled_is_crossed_out(timeline: Timeline) -> None:
    """A line goes through the mark of what was cancelled, and through no other."""
    root = parsed(sheet(wheel([timeline], 2022), linked=True))
    crossed = [link for link in root.iter(f"{SVG}a") if link.find("*[@class='streck']") is not None]
    assert len(crossed) == 1
    assert "inställt: inga ärenden" in "".join(crossed[0].itertext())


def test_no_figure_depends_on_the_machine(turned: Wheel) -> None:
    """Coordinates are hundredths, without a minus zero, and the same wheel gives the same bytes."""
    svg = sheet(turned, linked=True)
    assert svg == sheet(turned, linked=True)
    for element in parsed(svg).iter():
        for figure in re.findall(
            r"[-\d.]+", f"{element.get('d', '')} {element.get('cx', '')} {element.get('x', '')} {element.get('r', '')}"
        ):
            assert figure != "-0.0"
            assert len(figure.partition(".")[2]) <= 2


@pytest.mark.parametrize("name", [*TONES, None])
def test_contrasts(name: int | None) -> None:
    """Text has a contrast of 4.5 and what must be seen one of 3, in the light and in the dark."""
    shown = TONES[name] if name is not None else OTHER
    for shade, ground in ((shown.light, LIGHT), (shown.dark, DARK)):
        assert contrast(shade.ink, shade.fill) >= 4.5
        assert contrast(ground.text, shade.wash) >= 4.5
        assert contrast(shade.edge, ground.paper) >= 3
        assert contrast(ground.stop, ground.paper) >= 3
        assert contrast(ground.text, ground.paper) >= 4.5


def test_the_years_differ_also_without_colour() -> None:
    """Between the three years of a wheel lies a step of lightness or another kind of edge."""
    for dark in (False, True):
        shades = [
            (tone(year, 2026).dark if dark else tone(year, 2026).light, tone(year, 2026)) for year in (2025, 2026, 2027)
        ]
        for index, (one, first) in enumerate(shades):
            for other, second in shades[index + 1 :]:
                assert contrast(one.fill, other.fill) >= 1.5 or first.dash != second.dash


def test_a_year_far_off_has_the_common_tone() -> None:
    """What concerns a year that the wheel has no colour for is grey, not an error."""
    assert (tone(2020, 2026), tone(2027, 2026)) == (OTHER, TONES[1])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1, of `#rrggbb`."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
