"""Excel, read back by openpyxl: dates are dates, texts are texts, and nothing depends on the day it was built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.diagnostics import InvalidProcess
from arshjul.render import RENDERERS, Plan
from arshjul.timeline import Column


def _bytes(plan: Plan) -> bytes:
    return RENDERERS["xlsx"](plan)


def _book(plan: Plan) -> Workbook:
    return load_workbook(BytesIO(_bytes(plan)))


def _cells(sheet: Worksheet) -> list[list[object]]:
    """The sheet as rows of values, days as ISO, without the empty cells at a row's end."""
    rows: list[list[object]] = []
    for row in sheet.iter_rows(values_only=True):
        values: list[object] = [f"{v:%Y-%m-%d}" if isinstance(v, datetime) else v for v in row]
        while values and values[-1] is None:
            values.pop()
        rows.append(values)
    return rows


def _parts(plan: Plan) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(_bytes(plan))) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


HOSTILE = "<script>alert(1)</script> a|b *fet* [x](http://x)\nrad två"


def test_the_plan_as_cells(plan: Plan) -> None:
    """Title, standing, headings, bands and rows; a single day is a date, and every row can be sorted by Start."""
    assert _cells(_book(plan)["Tidplan"]) == [
        ["Tidplan budget 2023"],
        ["Exempelkommun"],
        ["Utkast – 1 fel, 1 varning. Preliminär: 1 aktivitet utan fastställt datum"],
        ["Nämndernas tid: 21 juni–27 september 2022, 70 arbetsdagar (minst 40 arbetsdagar)"],
        [],
        ["Datum", "Aktivitet", "Förtroendevalda", "Tjänstemän", "Fackliga", "Stoppdatum",
         "Ansvarig för tjänsteskrivelse", "Kommentar", "Start", "Slut", "Veckodag", "Vecka", "Fas", "Id"],
        ["Insamling & analys"],
        ["fredag 17 september 2021, november 2021 och onsdag 2 februari 2022", "Uppstart omvärldsanalys", None,
         "KLG, ekonomichefer", "CSG", None, None, None, "2021-09-17", "2022-02-02", "fredag, onsdag", "v. 37, v. 5",
         "Insamling & analys", "analys"],
        ["28 april–5 maj 2022", "=cmd()|'/c calc'!A1", None, None, None, None, None, HOSTILE,
         "2022-04-28", "2022-05-05", "torsdag–torsdag", "v. 17–18", None, "remiss"],
        ["2022-06-07", "KS: rambudget 2023", "KS", None, None, "2022-05-24", "Område styrning", None,
         "2022-06-07", "2022-06-07", "tisdag", "v. 23", None, "budget_ks"],
        ["preliminärt måndag 20 juni kl 13.00", "KF: rambudget 2023", None, None, None, "på bordet", None, None,
         "2022-06-20", "2022-06-20", "måndag", "v. 25", None, "budget_kf"],
        ["2022-06-23", "Dialog (inställt: inga ärenden)", None, None, None, None, None, None,
         "2022-06-23", "2022-06-23", "torsdag", "v. 25", None, "dialog"],
        ["2022-06-30", "Hemlig genomgång", None, None, None, None, None, "bara för oss",
         "2022-06-30", "2022-06-30", "torsdag", "v. 26", None, "intern"],
        ["ej fastställt", "Försäkran", None, None, None, "saknas", None, None,
         None, None, None, None, None, "forsakran"],
    ]  # fmt: skip


def test_windows_and_sources_have_their_sheets(plan: Plan) -> None:
    """Tidsfönster with days as dates and numbers as numbers; Om says what the workbook is."""
    book = _book(plan)
    assert book.sheetnames == ["Tidplan", "Tidsfönster", "Om"]
    assert _cells(book["Tidsfönster"])[1] == [
        "Nämndernas tid", "21 juni–27 september 2022", "2022-06-21", "2022-09-27", 70, "40 arbetsdagar",
    ]  # fmt: skip
    about = {str(row[0]): row[1] for row in _cells(book["Om"])}
    assert about["Budgetår"] == 2023
    assert about["Processägare"] == "Ekonomichefen"
    assert about["Byggd av"] == "processes/rambudget/process.yaml"


def test_a_plan_without_windows_has_no_sheet_for_them(plan: Plan) -> None:
    """An empty sheet tells nothing."""
    assert _book(replace(plan, timeline=replace(plan.timeline, windows=()))).sheetnames == ["Tidplan", "Om"]


def test_days_show_in_swedish(plan: Plan) -> None:
    """Weekday, day, month in words and year, in Swedish whatever language Excel has."""
    sheet = _book(plan)["Tidplan"]
    assert sheet["A10"].number_format == "[$-41D]ddd d mmmm yyyy"
    assert sheet["A10"].is_date
    assert sheet["I10"].number_format == "yyyy\\-mm\\-dd"


def test_decisions_are_bold_and_cancelled_rows_struck(plan: Plan) -> None:
    """Told by the letters, not by colour."""
    sheet = _book(plan)["Tidplan"]
    assert [sheet[f"B{row}"].font.bold for row in (9, 10, 11)] == [False, True, True]
    assert [bool(sheet[f"B{row}"].font.strike) for row in (11, 12, 13)] == [False, True, False]


def test_no_cell_is_a_formula(plan: Plan) -> None:
    """Text that begins like one is text, and stays so when somebody opens the cell and leaves it."""
    sheet = _book(plan)["Tidplan"]
    assert sheet["B9"].data_type == "s"
    assert sheet["B9"].quotePrefix
    assert not sheet["B10"].quotePrefix
    assert not any(b"<f>" in part for _, part in _parts(plan))


def test_a_text_that_looks_like_an_escape_of_excel_is_kept(plan: Plan) -> None:
    """Excel reads `_x0041_` as A; escaped, it reads itself."""
    timeline = replace(plan.timeline, title="Tidplan _x0041_ _x5_")
    assert _book(replace(plan, timeline=timeline))["Tidplan"]["A1"].value == "Tidplan _x005F_x0041_ _x5_"


def test_no_cell_is_merged_and_the_headings_are_found(plan: Plan) -> None:
    """Frozen, filtered and repeated on every page; the columns for sorting are not printed."""
    sheet = _book(plan)["Tidplan"]
    assert sheet.merged_cells.ranges == set()
    assert sheet.freeze_panes == "A7"
    assert sheet.auto_filter.ref == "A6:N14"
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.print_area == "'Tidplan'!$A$1:$H$14"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )


def test_a_row_is_as_tall_as_its_text(plan: Plan) -> None:
    """One line, several lines, and never more than Excel allows; no height is marked as chosen by hand."""
    long = replace(plan.timeline.activities[2], comment="ord " * 2_000)
    book = _book(replace(plan, timeline=replace(plan.timeline, activities=(*plan.timeline.activities[:3], long))))
    heights = [book["Tidplan"].row_dimensions[row].height for row in (8, 9, 10, 11)]
    assert heights == [48, 48, 18, 405]
    assert not any(b"customHeight" in part for _, part in _parts(plan))


def test_the_footer_takes_an_ampersand(plan: Plan) -> None:
    """`&` begins a command in a footer; a title may hold one."""
    timeline = replace(plan.timeline, title="Mål & budget\n2023 " + "x" * 300)
    footer = _book(replace(plan, timeline=timeline))["Tidplan"].oddFooter
    assert footer is not None
    assert str(footer.left.text).startswith("Mål && budget 2023 xxx")
    assert len(str(footer)) < 255


def test_the_document_says_its_title_and_language(plan: Plan) -> None:
    """As the law on accessibility asks of a published document."""
    properties = _book(plan).properties
    assert (properties.title, properties.language, properties.creator) == ("Tidplan budget 2023", "sv-SE", "arshjul")


def test_no_time_of_building_is_in_the_file(plan: Plan) -> None:
    """Fixed times and nothing compressed: the file is the same on any day and any machine."""
    with ZipFile(BytesIO(_bytes(plan))) as archive:
        entries = archive.infolist()
    assert {(entry.date_time, entry.compress_type, entry.create_system) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), ZIP_STORED, 0)
    }
    core = dict(_parts(plan))["docProps/core.xml"]
    assert core.count(b"1980-01-01T00:00:00Z") == 2


def test_texts_that_do_not_fit_in_a_cell_are_all_refused(plan: Plan) -> None:
    """Each with its row's place: openpyxl would cut them and say nothing."""
    long = "x" * 32_768
    first, second = (replace(activity, comment=long) for activity in plan.timeline.activities[1:3])
    timeline = replace(plan.timeline, activities=(first, replace(second, goal=long, place=long)))
    columns = (Column("kommentar", "Kommentar"), Column("mål", "Mål"))
    with pytest.raises(InvalidProcess) as caught:
        _bytes(replace(plan, timeline=replace(timeline, columns=columns)))
    assert [reason.code for reason in caught.value.diagnostics] == ["limit", "limit"]
    assert caught.value.diagnostics[0].message == (
        "Texten i kolumnen Kommentar har 32768 tecken; en ruta i Excel rymmer 32767"
    )


def test_the_longest_text_that_fits_is_kept_whole(plan: Plan) -> None:
    """The limit itself is allowed."""
    activity = replace(plan.timeline.activities[2], comment="x" * 32_767)
    sheet = _book(replace(plan, timeline=replace(plan.timeline, activities=(activity,))))["Tidplan"]
    assert max(len(str(cell.value)) for cell in sheet[7]) == 32_767
