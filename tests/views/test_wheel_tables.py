"""The wheel as Markdown and as a workbook."""

from __future__ import annotations

from io import BytesIO

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from arshjul.diagnostics import InvalidProcess
from arshjul.timeline import RowId, Timeline
from arshjul.views import WHEEL
from arshjul.views.publication import Publication
from arshjul.views.wheel.model import wheel
from arshjul.views.wheel.overview import Overview, months


@pytest.fixture
def overview(plan: Publication) -> Overview:
    """The year 2022 of the plan."""
    return Overview(wheel([plan.timeline], 2022), {}, plan.page.templates)


def markdown(overview: Overview) -> list[str]:
    """The lines of the text."""
    return WHEEL.render("md", overview).decode().splitlines()


def test_twelve_months_by_the_three_years_concerned(overview: Overview) -> None:
    """Last year, this and next have a column each, whether or not something concerns them."""
    lines = markdown(overview)
    first = lines.index("| Månad | Avser 2021 | Avser 2022 | Avser 2023 |")
    rows = [line.split(" | ") for line in lines[first + 2 : first + 14]]
    assert [row[0] for row in rows][::11] == ["| Januari", "| December"]
    assert len(rows) == 12
    assert {len(row) for row in rows} == {4}
    assert "**KS: rambudget 2023**" in rows[5][3]


def test_a_fourth_year_has_a_column_where_something_concerns_it(timeline: Timeline) -> None:
    """The budget after the next one is prepared in the autumn."""
    later = replace(timeline.activities[2], year_concerned=2024)
    years, found = months(wheel([replace(timeline, activities=(later,))], 2022))
    assert years == (2021, 2022, 2023, 2024)
    assert set(found) == {(5, 2024), (6, 2024)}, "the stop date in May, the decision in June"


def test_every_activity_is_one_line_of_the_list(overview: Overview) -> None:
    """In order of numbers, hostile titles escaped; the undated in a list of their own."""
    lines = markdown(overview)
    first, last = lines.index("## Aktiviteter 2022"), lines.index("## Ej fastställt")
    rows = [line for line in lines[first + 4 : last] if line]
    assert [row.split(" | ")[0] for row in rows] == [f"| {entry.number}" for entry in overview.wheel.entries]
    assert any("~~torsdag 23 juni 2022~~" in row for row in rows)
    assert any(r"=cmd()\|'/c calc'!A1" in row for row in rows)
    assert any("Försäkran" in line for line in lines[last:])


def test_the_workbook_has_the_months_and_real_dates(overview: Overview) -> None:
    """Sheets for the months, the activities and the undated; a certain day is a date to Excel."""
    book = load_workbook(BytesIO(WHEEL.render("xlsx", overview)))
    assert book.sheetnames == ["Årshjul", "Aktiviteter", "Ej fastställt", "Om"]
    assert [cell.value for cell in book["Årshjul"][3]] == ["Månad", "Avser 2021", "Avser 2022", "Avser 2023"]
    assert book["Årshjul"].max_row == 15
    rows = list(book["Aktiviteter"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [entry.number for entry in overview.wheel.entries]
    (decision,) = [row for row in rows if row[2] == "KS: rambudget 2023"]
    assert str(decision[1]) == "2022-06-07 00:00:00"
    assert not [cell for row in book["Aktiviteter"].iter_rows() for cell in row if cell.data_type == "f"]


def test_a_text_that_a_cell_cannot_hold_is_told(timeline: Timeline) -> None:
    """Nothing is cut in silence; a month that is too full ends with an ellipsis, as all of it stands in the list."""
    long = replace(timeline.activities[2], title="x" * 40_000)
    with pytest.raises(InvalidProcess) as caught:
        WHEEL.render("xlsx", Overview(wheel([replace(timeline, activities=(long,))], 2022)))
    assert {reason.code for reason in caught.value.diagnostics} == {"limit"}
    many = tuple(replace(timeline.activities[2], row=RowId(f"a{n}"), title="x" * 20_000) for n in range(3))
    book = load_workbook(BytesIO(WHEEL.render("xlsx", Overview(wheel([replace(timeline, activities=many)], 2022)))))
    assert str(book["Årshjul"]["D9"].value).endswith("…")


@pytest.mark.parametrize("name", WHEEL.formats)
def test_the_same_wheel_gives_the_same_bytes(overview: Overview, name: str) -> None:
    """Every format, twice."""
    assert WHEEL.render(name, overview) == WHEEL.render(name, overview)
