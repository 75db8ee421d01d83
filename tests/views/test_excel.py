"""Excel, read back by openpyxl: dates are dates, texts are texts, and nothing depends on the day it was built."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates.extent import Dated, Extent
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.sheet import page_breaks
from arshjul.formats.workbook import MOST_FORMATS
from arshjul.timeline import Body, Column, Occurrence, RowId, Status
from arshjul.views.plan import SHEETS, render
from arshjul.views.publication import Audience, Book, Publication


def _bytes(plan: Publication) -> bytes:
    return render("xlsx", plan)


def _book(plan: Publication) -> Workbook:
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


def _parts(plan: Publication) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(_bytes(plan))) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


HOSTILE = "<script>alert(1)</script> a|b *fet* [x](http://x)\nrad två"


def test_the_plan_as_cells(plan: Publication) -> None:
    """Title, standing, headings, bands and rows; a single day is a date, and every row can be sorted by Start."""
    assert _cells(_book(plan)["Tidplan"]) == [
        ["Tidplan budget 2023"],
        ["Exempelkommun"],
        ["Utkast – 1 fel, 1 varning. Preliminär: 1 aktivitet utan fastställt datum"],
        ["Nämndernas tid: 21 juni–27 september 2022, 70 arbetsdagar (minst 40 arbetsdagar)"],
        [],
        ["Datum", "Alla datum", "Vecka", "Aktivitet", "Märkning", "Förtroendevalda", "Tjänstemän", "Fackliga",
         "Stoppdatum", "Ansvarig för tjänsteskrivelse", "Kommentar", "Per", "Start", "Slut", "Så räknades datumet",
         "Fas", "Id", "Övrigt"],
        ["Insamling & analys", *[None] * 11, "2021-09-17", "2022-02-02", None, "Insamling & analys"],
        ["2021-09-17", "fredag 17 september 2021, november 2021 och onsdag 2 februari 2022", "v. 37, v. 5",
         "Uppstart omvärldsanalys", None, None, "KLG, ekonomichefer", "CSG", None, None, None, None,
         "2021-09-17", "2022-02-02", None, "Insamling & analys", "analys"],
        ["2022-04-28", None, "v. 17–18", "=cmd()|'/c calc'!A1", *[None] * 6, HOSTILE, None,
         "2022-04-28", "2022-05-05", None, "ram", "remiss"],
        ["2022-06-07", None, "v. 23", "KS: rambudget 2023", "Beslut", "KS", None, None, "2022-05-24",
         "Område styrning", None, None, "2022-06-07", "2022-06-07",
         "KS i juni (processes/rambudget/process.yaml:7); sammanträdesplanen; Stoppdatum: 14 dagar före", "ram",
         "budget_ks", "typ: beslut · milstolpe: budgetförslag"],
        ["2022-06-20", None, "v. 25", "KF: rambudget 2023", "Beslut, preliminärt",
         None, None, None, "på bordet", None, None, None, "2022-06-20", "2022-06-20", None, "ram", "budget_kf",
         "typ: beslut"],
        ["2022-06-23", None, "v. 25", "Dialog (inställt: inga ärenden)", "Inställt", *[None] * 7,
         "2022-06-23", "2022-06-23", None, "ram", "dialog"],
        ["2022-06-30", None, "v. 26", "Hemlig genomgång", "Internt", *[None] * 5, "bara för oss", None,
         "2022-06-30", "2022-06-30", None, "ram", "intern", "internt"],
        ["ej fastställt", None, None, "Försäkran", "Ej fastställt, stoppdatum saknas", *[None] * 3, "saknas",
         None, None, "2022-12-31", *[None] * 3, "ram", "forsakran"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sheets", "names"),
    [
        ((), []),
        (("holidays", "gantt"), ["Gantt", "Helgdagar"]),
        (("gantt", "bodies", "windows", "holidays"), ["Gantt", "KS", "Tidsfönster", "Helgdagar"]),
    ],
)
def test_four_sheets_and_those_that_are_wanted(plan: Publication, sheets: tuple[str, ...], names: list[str]) -> None:
    """The further ones in an order of their own, before Om; a body has a sheet if it takes part in something."""
    bodies = (Body("KS", "Kommunstyrelsen", None), Body("KF", "Kommunfullmäktige", None))
    timeline = replace(plan.timeline, bodies=bodies)
    book = _book(replace(plan, timeline=timeline, book=Book(sheets=sheets)))
    assert book.sheetnames == ["Tidplan", "Stoppdatum", "Ärendeplan", *names, "Om", "arshjul"]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["arshjul"]


def test_a_sheet_for_a_body_has_its_rows(plan: Publication) -> None:
    """As the whole plan, and says whose it is; a name that Excel refuses or that is taken becomes another."""
    bodies = tuple(Body(name, f"Organet {name}", None) for name in ("om", "x" * 40, "x" * 41, "History"))
    activities = [
        replace(plan.timeline.activities[2], row=RowId(f"a{n}"), body=body.id) for n, body in enumerate(bodies)
    ]
    timeline = replace(plan.timeline, bodies=bodies, activities=tuple(activities))
    book = _book(replace(plan, timeline=timeline, book=Book(sheets=("bodies",))))
    assert book.sheetnames[3:-2] == ["om 2", "x" * 31, f"{'x' * 29} 2", "History 2"]
    cells = _cells(book["om 2"])
    assert cells[0] == ["Tidplan budget 2023 – Organet om"]
    assert [text for row in cells for text in row if text in {"a0", "a1"}] == ["a0"]


def test_a_plan_without_activities_says_so(plan: Publication) -> None:
    """A sentence instead of an empty table, on every sheet."""
    timeline = replace(plan.timeline, activities=(), windows=())
    book = _book(replace(plan, timeline=timeline, book=Book(sheets=("gantt", "windows"))))
    assert [_cells(sheet)[-1][0] for sheet in book][:5] == [
        "Inga aktiviteter.",
        "Inget ärende i planen har ett stoppdatum.",
        "Inget ärende tas upp av något organ.",
        "Ingen aktivitet har ett datum.",
        "Planen har inga tidsfönster.",
    ]


def test_days_show_in_swedish(plan: Publication) -> None:
    """Weekday, day, month in words and year, in Swedish whatever language Excel has."""
    sheet = _book(plan)["Tidplan"]
    assert sheet["A10"].number_format == "[$-41D]ddd d mmm yyyy"
    assert sheet["I10"].number_format == "[$-41D]ddd d mmm yyyy"
    assert sheet["M10"].number_format == "[$-41D]yyyy\\-mm\\-dd"


def test_a_date_keeps_its_words_as_a_format(plan: Publication) -> None:
    """Whatever is said beside the day; of a stretch the words alone, until somebody types another day over it."""
    sheet = _book(plan)["Tidplan"]
    assert [sheet[f"A{row}"].number_format for row in (8, 9, 11)] == [
        '[$-41D]ddd d mmm yyyy" m.fl."',
        '[<>44679][$-41D]ddd d mmm yyyy;"28 april–5 maj 2022"',
        '[$-41D]"preliminärt "ddd d mmm yyyy" kl 13.00"',
    ]
    assert all(sheet[f"A{row}"].is_date for row in range(8, 14))


def test_more_formats_than_a_workbook_holds(plan: Publication) -> None:
    """Are texts again: Excel would call the workbook broken."""
    rows = []
    for n in range(MOST_FORMATS + 20):
        first = date(2022, 1, 1) + timedelta(days=n)
        stretch = Occurrence(Dated(Extent(first, first + timedelta(days=9))))
        rows.append(replace(plan.timeline.activities[1], row=RowId(f"a{n}"), occurrences=(stretch,)))
    book = _book(replace(plan, timeline=replace(plan.timeline, activities=tuple(rows))))
    column = [cell.value for cell in book["Tidplan"]["A"]][7:]
    assert isinstance(column[0], datetime)
    assert str(column[-1]).endswith("2022")


def test_letters_tell_what_a_row_is(plan: Publication) -> None:
    """Decisions are bold, cancelled rows struck, preliminary ones italic, and the words say the same."""
    activities = list(plan.timeline.activities)
    activities[5] = replace(activities[5], status=Status.PRELIMINARY, cancelled=None)
    sheet = _book(replace(plan, timeline=replace(plan.timeline, activities=tuple(activities))))["Tidplan"]
    assert [sheet[f"D{row}"].font.bold for row in (9, 10, 11)] == [False, True, True]
    assert [sheet[f"D{row}"].font.italic for row in (11, 12, 13)] == [False, False, True]
    assert [sheet[f"E{row}"].value for row in (10, 11, 13)] == ["Beslut", "Beslut, preliminärt", "Preliminärt, internt"]
    assert _book(plan)["Tidplan"]["D12"].font.strike


def test_a_stop_date_has_a_look_of_its_own(plan: Publication) -> None:
    """Where there is one to say something of."""
    sheet = _book(plan)["Tidplan"]
    assert [sheet[f"I{row}"].style for row in (9, 10, 14)] == [
        "Tidplan rad",
        "Tidplan stoppdatum",
        "Tidplan stoppdatum",
    ]


def test_how_a_date_was_reckoned_is_folded_away(plan: Publication) -> None:
    """Opened by the sign above the column after it, which is seen; the ids are hidden, not left out."""
    dimensions = _book(plan)["Tidplan"].column_dimensions
    assert [(dimensions[c].outlineLevel, dimensions[c].hidden, dimensions[c].collapsed) for c in "OPQ"] == [
        (1, True, False),
        (0, False, True),
        (0, True, False),
    ]


def test_the_public_edition_has_no_reckoning(plan: Publication) -> None:
    """The column is left out, in the legend too, and no text of an internal row is in the file."""
    parts = b"".join(part for _, part in _parts(replace(plan, audience=Audience.PUBLIC)))
    assert "Så räknades".encode() not in parts
    assert b"Hemlig" not in parts


def test_no_cell_is_a_formula(plan: Publication) -> None:
    """Text that begins like one is text, and stays so when somebody opens the cell and leaves it."""
    everything = replace(plan, book=Book(sheets=SHEETS))
    sheet = _book(everything)["Tidplan"]
    assert sheet["D9"].data_type == "s"
    assert sheet["D9"].quotePrefix
    assert not sheet["D10"].quotePrefix
    assert not any(b"<f>" in part for _, part in _parts(everything))


def test_a_text_that_looks_like_an_escape_of_excel_is_kept(plan: Publication) -> None:
    """Excel reads `_x0041_` as A; escaped, it reads itself."""
    timeline = replace(plan.timeline, title="Tidplan _x0041_ _x5_")
    assert _book(replace(plan, timeline=timeline))["Tidplan"]["A1"].value == "Tidplan _x005F_x0041_ _x5_"


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.org/a?b=c&d#e", True),
        ("mailto:kansli@example.org", True),
        ("javascript:alert(1)", False),
        ("file:///c:/hemligt.xlsx", False),
        ("se diariet", False),
        (f"https://example.org/{'a' * 2_100}", False),
    ],
)
def test_an_address_leads_where_it_says(plan: Publication, address: str, leads: bool) -> None:
    """Underlined too; what Excel would not follow, or should not, is a text."""
    first, *others = plan.timeline.activities
    columns = (Column("aktivitet", "Aktivitet"), Column("länk", "Länk"))
    timeline = replace(plan.timeline, activities=(replace(first, link=address), *others), columns=columns)
    found = next(c for r in _book(replace(plan, timeline=timeline))["Tidplan"] for c in r if c.value == address)
    assert (found.hyperlink.target if found.hyperlink else None) == (address if leads else None)
    assert found.style == ("Tidplan länk" if leads else "Tidplan rad")
    assert found.data_type == "s"


def test_no_cell_is_merged_and_the_headings_are_found(plan: Publication) -> None:
    """Frozen, filtered and repeated on every page; the columns for sorting are not printed."""
    sheet = _book(plan)["Tidplan"]
    assert sheet.freeze_panes == "A7"
    assert sheet.auto_filter.ref == "A6:R14"
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.print_area == "'Tidplan'!$A$1:$L$14"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_every_table_has_whole_headings(plan: Publication) -> None:
    """On no sheet a merged cell, and no column with a value has an empty heading."""
    tables = 0
    for sheet in _book(replace(plan, book=Book(sheets=SHEETS))):
        assert sheet.merged_cells.ranges == set()
        if sheet.auto_filter.ref:
            table = CellRange(sheet.auto_filter.ref)
            headings = [sheet.cell(table.min_row, column).value for column in range(1, table.max_col + 1)]
            assert all(headings)
            assert len(headings) == sheet.max_column
            tables += 1
    assert tables >= len(SHEETS)


def test_a_row_is_as_tall_as_its_text(plan: Publication) -> None:
    """One line, several lines, and never more than Excel allows; no height is marked as chosen by hand."""
    long = replace(plan.timeline.activities[2], comment="ord " * 2_000)
    book = _book(replace(plan, timeline=replace(plan.timeline, activities=(*plan.timeline.activities[3:5], long))))
    assert [book["Tidplan"].row_dimensions[row].height for row in (7, 8, 9)] == [30, 30, 405]
    short = replace(plan.timeline, activities=plan.timeline.activities[5:6])
    assert _book(replace(plan, timeline=short))["Tidplan"].row_dimensions[7].height == 16.5
    assert not any(b"customHeight" in part for _, part in _parts(plan))


def test_no_band_ends_a_page() -> None:
    """It goes to the next page with the rows below it; headings are repeated on each page."""
    tall = [20.0, 10, *[10.0] * 12]
    assert [*page_breaks(tall, 2, frozenset(), 60)] == [6, 11]
    assert [*page_breaks(tall, 2, frozenset({5}), 60)] == [5, 10]
    assert [*page_breaks(tall, 2, frozenset({4, 5}), 60)] == [4, 9, 14]
    assert [*page_breaks([20.0, 10, 400, 400, 10], 2, frozenset({3}), 60)] == [4, 5]


def test_the_footer_takes_an_ampersand(plan: Publication) -> None:
    """`&` begins a command in a footer; a title may hold one."""
    timeline = replace(plan.timeline, title="Mål & budget\n2023 " + "x" * 300)
    footer = _book(replace(plan, timeline=timeline))["Tidplan"].oddFooter
    assert footer is not None
    assert str(footer.left.text).startswith("Mål && budget 2023 xxx")
    assert len(str(footer)) < 255


def test_the_document_says_its_title_and_language(plan: Publication) -> None:
    """As the law on accessibility asks of a published document."""
    properties = _book(plan).properties
    assert (properties.title, properties.language, properties.creator) == ("Tidplan budget 2023", "sv-SE", "arshjul")


def test_no_time_of_building_is_in_the_file(plan: Publication) -> None:
    """Fixed times and nothing compressed: the file is the same on any day and any machine."""
    with ZipFile(BytesIO(_bytes(plan))) as archive:
        entries = archive.infolist()
    assert {(entry.date_time, entry.compress_type, entry.create_system) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), ZIP_STORED, 0)
    }
    core = dict(_parts(plan))["docProps/core.xml"]
    assert core.count(b"1980-01-01T00:00:00Z") == 2


def test_texts_that_do_not_fit_in_a_cell_are_all_refused(plan: Publication) -> None:
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


def test_the_longest_text_that_fits_is_kept_whole(plan: Publication) -> None:
    """The limit itself is allowed."""
    activity = replace(plan.timeline.activities[2], comment="x" * 32_767)
    sheet = _book(replace(plan, timeline=replace(plan.timeline, activities=(activity,))))["Tidplan"]
    assert max(len(str(cell.value)) for cell in sheet[7]) == 32_767


def test_the_same_plan_gives_the_same_bytes(plan: Publication) -> None:
    """With every sheet that there is."""
    everything = replace(plan, book=Book(sheets=SHEETS))
    assert _bytes(everything) == _bytes(everything)
