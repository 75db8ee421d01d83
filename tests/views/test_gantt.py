"""The Gantt: bars and marks where the days are, whole months wide."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from arshjul.dates.extent import Dated, Extent
from arshjul.timeline import RowId, Timeline
from arshjul.views.plan import render
from arshjul.views.plan.gantt import CHART, LABELS, SHEET_ROWS, sheets
from arshjul.views.publication import Publication
from arshjul.wording.table import table

SVG = "{http://www.w3.org/2000/svg}"


def drawn(timeline: Timeline) -> list[ET.Element]:
    """The sheets, parsed."""
    markup = sheets(timeline.title, table(timeline).sections, timeline.windows)
    return [ET.fromstring(sheet) for sheet in markup]


def only(timeline: Timeline, *identities: str) -> Timeline:
    """The plan with those activities alone and no window."""
    chosen = tuple(activity for activity in timeline.activities if activity.id in identities)
    return replace(timeline, activities=chosen, windows=())


def shapes(sheet: ET.Element, kind: str) -> list[dict[str, str]]:
    """The attributes of the shapes of a kind."""
    return [each.attrib for each in sheet.iter() if kind in each.get("class", "").split()]


def leftmost(polygon: dict[str, str]) -> float:
    """Where its first corner is: `M623.44,54 L…`."""
    return float(polygon["d"].removeprefix("M").partition(",")[0])


def where(day: date, sheet: ET.Element) -> float:
    """Where the day begins, by what the sheet itself says of its scale."""
    passed = (day - date.fromisoformat(sheet.attrib["data-first"])).days
    return LABELS + CHART * passed / int(sheet.attrib["data-days"])


def test_a_day_stands_in_its_place(timeline: Timeline) -> None:
    """7 June in a chart of May and June, its stop date two weeks before; the months are whole."""
    [sheet] = drawn(only(timeline, "budget_ks"))
    assert (sheet.attrib["data-first"], sheet.attrib["data-days"]) == ("2022-05-01", "61")
    [decision], [stop] = shapes(sheet, "decision"), shapes(sheet, "stop")
    noon = CHART / 61 / 2
    assert leftmost(decision) == pytest.approx(where(date(2022, 6, 7), sheet) + noon - 7, abs=0.02)
    assert leftmost(stop) == pytest.approx(where(date(2022, 5, 24), sheet) + noon - 5, abs=0.02)


def test_a_stretch_is_a_bar_from_its_first_day_through_its_last(timeline: Timeline) -> None:
    """28 April–5 May is eight days wide."""
    [sheet] = drawn(only(timeline, "remiss"))
    [bar] = shapes(sheet, "span")
    assert float(bar["x"]) == pytest.approx(where(date(2022, 4, 28), sheet), abs=0.01)
    assert float(bar["width"]) == pytest.approx(CHART * 8 / 61, abs=0.02)


def test_kinds_are_told_apart_by_shape(timeline: Timeline) -> None:
    """Colour is never alone: a rhomb, a ring, a bar, a triangle; what is preliminary is dashed."""
    [sheet] = drawn(timeline)
    assert {kind: len(shapes(sheet, kind)) for kind in ("decision", "day", "span", "stop", "phase", "window")} == {
        "decision": 2,
        "day": 4,
        "span": 2,
        "stop": 1,
        "phase": 1,
        "window": 1,
    }
    assert [shape["class"] for shape in shapes(sheet, "preliminary")] == ["decision preliminary"]
    assert len(shapes(sheet, "cancelled")) == 1


def test_what_somebody_wrote_is_text(timeline: Timeline) -> None:
    """Also where the drawing library would not have escaped it."""
    hostile = '"><script>alert(1)</script>'
    activity = replace(timeline.activities[2], title=hostile)
    phase = replace(timeline.phases[1], title=hostile)
    [sheet] = drawn(replace(timeline, title=hostile, activities=(activity,), phases=(phase,)))
    assert f"{SVG}script" not in {element.tag for element in sheet.iter()}
    assert hostile in [element.text for element in sheet.iter(f"{SVG}text")]


def test_the_picture_says_what_it_is(timeline: Timeline) -> None:
    """One image with a name: what it shows is in the tables, and it says so."""
    [sheet] = drawn(timeline)
    [title] = [each for each in sheet.iter(f"{SVG}title") if each.get("id") == sheet.get("aria-labelledby")]
    assert sheet.get("role") == "img"
    assert title.text == (
        "Tidplan budget 2023 längs en tidsaxel, september 2021 till september 2022. Samma uppgifter står i tabellerna."
    )


def test_a_long_plan_is_several_sheets_along_the_same_months(timeline: Timeline) -> None:
    """A phase is kept whole, and each sheet names its months again."""
    many = tuple(replace(timeline.activities[2], row=RowId(f"a{number}")) for number in range(SHEET_ROWS))
    sheet, other = drawn(replace(timeline, activities=(timeline.activities[0], *many)))
    assert (sheet.get("data-first"), sheet.get("data-days")) == (other.get("data-first"), other.get("data-days"))
    assert (len(shapes(sheet, "decision")), len(shapes(other, "decision"))) == (0, SHEET_ROWS)
    assert shapes(other, "month") == shapes(sheet, "month")


def test_of_many_years_only_the_quarters_are_named(timeline: Timeline) -> None:
    """More names would stand on top of each other."""
    first, last = timeline.activities[2], timeline.activities[3]
    late = replace(last.occurrences[0], dated=Dated(Extent(date(2026, 6, 20), date(2026, 6, 20))))
    plan = replace(timeline, activities=(first, replace(last, occurrences=(late,))), windows=())
    [sheet] = drawn(plan)
    names = [each.text for each in sheet.iter(f"{SVG}text") if each.get("class") == "month"]
    assert set(names) == {"jan", "apr", "jul", "okt"}


def test_without_dates_there_is_no_chart(timeline: Timeline) -> None:
    """Nothing to draw."""
    assert drawn(only(timeline, "forsakran")) == []


def test_the_page_has_no_heading_for_a_chart_it_lacks(plan: Publication) -> None:
    """Nor a link to it."""
    page = render("html", replace(plan, timeline=only(plan.timeline, "forsakran"))).decode()
    assert "plan-tidsaxel" not in page
