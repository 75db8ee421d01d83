"""The band of windows above the tables: what stands side by side, and what each format makes of it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from arshjul.dates.extent import Dated, Extent
from arshjul.dates.syntax import Duration, Unit
from arshjul.timeline import Column, TimeWindow
from arshjul.views.plan import render
from arshjul.views.plan.html import page
from arshjul.views.publication import Publication
from arshjul.wording.bands import bands, in_rows, length


def window(identity: str, first: int, last: int, minimum: Duration | None = None) -> TimeWindow:
    """A window of days in June 2026 (two are enough to be a range)."""
    dated = Dated(Extent(date(2026, 6, first), date(2026, 6, last)), implied_year=2026)
    return TimeWindow(identity, f"Tid {identity}", dated, last - first, minimum)


CONTIGUOUS = (
    window("a", 1, 5),
    window("b", 6, 10, Duration(3, Unit.WORKING_DAY)),
    window("c", 11, 20),
    window("d", 21, 30),
)


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param([], [], id="no windows"),
        pytest.param(CONTIGUOUS, ["abcd"], id="the day after"),
        pytest.param(reversed(CONTIGUOUS), ["abcd"], id="whatever their order in the file"),
        pytest.param([window("a", 1, 5), window("b", 7, 9)], ["a", "b"], id="a gap of one day"),
        pytest.param([window("a", 1, 5), window("b", 5, 9)], ["a", "b"], id="a day in both"),
        pytest.param([window("a", 1, 10), window("b", 5, 20), window("c", 11, 15)], ["ac", "b"], id="one across two"),
        pytest.param([window("a", 1, 5), window("b", 6, 9), window("c", 6, 12)], ["ab", "c"], id="two that follow"),
    ],
)
def test_windows_without_a_gap_stand_in_one_band(windows: list[TimeWindow], expected: list[str]) -> None:
    """By start; each in exactly one band."""
    assert ["".join(window.id for window in band) for band in bands(windows)] == expected


@pytest.mark.parametrize(("most", "rows"), [(8, ["abcd"]), (4, ["abcd"]), (3, ["ab", "cd"]), (1, ["a", "b", "c", "d"])])
def test_a_band_wider_than_the_table_takes_more_rows(most: int, rows: list[str]) -> None:
    """As few as it can, and even."""
    assert ["".join(window.id for window in row) for row in in_rows(CONTIGUOUS, most)] == rows


@pytest.mark.parametrize(
    ("days", "minimum", "text"),
    [
        (50, Duration(40, Unit.WORKING_DAY), "50 arbetsdagar (minst 40 arbetsdagar)"),
        (50, None, "50 arbetsdagar"),
        (1, None, "1 arbetsdag"),
        (0, Duration(2, Unit.WEEK), "0 arbetsdagar (minst 2 veckor)"),
    ],
)
def test_the_length_of_a_window(days: int, minimum: Duration | None, text: str) -> None:
    """Working days, and the floor where there is one."""
    assert length(replace(CONTIGUOUS[0], working_days=days, minimum=minimum)) == text


@pytest.fixture
def banded(plan: Publication) -> Publication:
    """The plan with four windows in a row, in a table of three columns."""
    columns = (Column("datum", "Tid"), Column("deltagare", "Deltagare"), Column("aktivitet", "Aktivitet"))
    return replace(plan, timeline=replace(plan.timeline, windows=CONTIGUOUS, columns=columns))


def test_markdown_has_a_column_for_each_window(banded: Publication) -> None:
    """A table of one row, above the plan's own."""
    text = render("md", banded).decode()
    assert (
        "| Tid a | Tid b | Tid c | Tid d |\n| --- | --- | --- | --- |\n"
        "| 1–5 juni 2026<br>4 arbetsdagar | 6–10 juni 2026<br>4 arbetsdagar (minst 3 arbetsdagar) "
        "| 11–20 juni 2026<br>9 arbetsdagar | 21–30 juni 2026<br>9 arbetsdagar |\n"
    ) in text
    assert text.index("| Tid a |") < text.index("| Tid | Deltagare |")


def test_html_names_each_window_with_its_days(banded: Publication) -> None:
    """A list of names and values, which a screen reader reads in order; above the first phase."""
    html = render("html", banded).decode()
    assert "<div><dt>Tid a</dt><dd>1–5 juni 2026</dd><dd>4 arbetsdagar</dd></div>" in html
    assert html.count('<dl class="band">') == 1
    assert html.index("<h2>Tidsfönster</h2>") < html.index('<section class="phase"')
    assert [[window["id"] for window in band] for band in page(banded.edition, banded.page)["bands"]] == [
        ["a", "b", "c", "d"]
    ]


def test_excel_keeps_the_band_on_the_printed_page(banded: Publication) -> None:
    """In the columns that are wide enough to read it, on as many rows as that takes."""
    sheet = load_workbook(BytesIO(render("xlsx", banded)))["Tidplan"]
    rows = [[cell for cell in row if cell.value] for row in sheet.iter_rows(min_row=4, max_row=5)]
    assert [[cell.value for cell in row] for row in rows] == [
        [
            "Tid a\n1–5 juni 2026\n4 arbetsdagar",
            "Tid b\n6–10 juni 2026\n4 arbetsdagar (minst 3 arbetsdagar)",
            "Tid c\n11–20 juni 2026\n9 arbetsdagar",
            "Tid d\n21–30 juni 2026\n9 arbetsdagar",
        ],
        [],
    ]
    assert sheet.print_area == "'Tidplan'!$A$1:$F$14"
    assert all(cell.column <= 6 and sheet.column_dimensions[cell.column_letter].width >= 16 for cell in rows[0])
    assert sheet.freeze_panes == "A7"
    assert sheet.row_dimensions[4].height == 3 * 13.5 + 3


@pytest.mark.parametrize("name", ["md", "html"])
def test_a_plan_without_windows_has_no_band(plan: Publication, name: str) -> None:
    """Nor a heading for it."""
    assert "Tidsfönster" not in render(name, replace(plan, timeline=replace(plan.timeline, windows=()))).decode()


@pytest.mark.parametrize("name", ["md", "html", "xlsx"])
def test_several_bands_are_kept_apart(plan: Publication, name: str) -> None:
    """A gap is seen: what does not follow stands in a band of its own."""
    apart = replace(plan, timeline=replace(plan.timeline, windows=(window("a", 1, 5), window("b", 8, 9))))
    written = render(name, apart)
    if name == "md":
        assert b"| Tid a |\n" in written
        assert b"| Tid b |\n" in written
    elif name == "html":
        assert written.count(b'<dl class="band">') == 2
    else:
        sheet = load_workbook(BytesIO(written))["Tidplan"]
        assert [sheet[f"A{row}"].value for row in (4, 5)] == [
            "Tid a: 1–5 juni 2026, 4 arbetsdagar",
            "Tid b: 8–9 juni 2026, 1 arbetsdag",
        ]
