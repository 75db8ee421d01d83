"""Documents become rows of cells, whatever the file; what is dangerous or too large is refused before it is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import remake
from openpyxl import Workbook

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess
from arshjul.intake.readers import read_document

PLAN = remake.DOCUMENTS / "tidplan-budget-2021.txt"
ROWS = remake.rows_of(PLAN)
TABLE = b"Datum;Aktivitet;Stoppdatum\n9 juni;Budget;26 maj\n"


def texts(name: str, content: bytes) -> list[list[str]]:
    """The rows of a document, each without its last empty cells."""
    rows = [[cell.text for cell in row.cells] for grid in read_document(name, content).grids for row in grid.rows]
    return [row[: max((n for n, text in enumerate(row, 1) if text), default=0)] for row in rows]


def refused(name: str, content: bytes) -> tuple[Code, str]:
    """The code and the message of the one reason why a document is not read."""
    with pytest.raises(InvalidProcess) as invalid:
        read_document(name, content)
    (problem,) = invalid.value.diagnostics
    assert problem.hint
    return problem.code, problem.message


EXPECTED = texts("plan.txt", PLAN.read_bytes())


def test_text_with_tabs_has_its_columns() -> None:
    """A date, what happens then, who takes part, and no tag that a web page has left."""
    assert EXPECTED[0][:2] == ["DATUM", "AKTIVITET"]
    assert EXPECTED[1] == ["PLANERINGSFÖRUTSÄTTNINGAR"]
    assert EXPECTED[12][0] == "2 april"


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html"])
def test_every_kind_of_file_has_the_same_rows(ending: str) -> None:
    """The same table in Excel, Word and HTML is the same rows."""
    made: dict[str, Callable[[remake.Rows], bytes]] = {
        "xlsx": remake.as_xlsx, "docx": remake.as_docx, "html": remake.as_html
    }  # fmt: skip
    assert texts(f"plan.{ending}", made[ending](ROWS)) == EXPECTED


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "unruled"])
def test_pdf_has_the_same_rows_and_the_cut_ones_twice(rules: bool) -> None:
    """With lines around its cells or none; a row that a page cuts goes on without its date, page numbers are gone."""
    rows = texts("plan.pdf", remake.as_pdf(ROWS, rules=rules))
    assert [row[0] for row in rows if row[0]] == [row[0] for row in EXPECTED]
    assert rows[8] == ["", "besparingar ska vara skickade till område styrning"]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_as_programs_save_it(separator: str, encoding: str) -> None:
    """Whatever parts the columns, however the letters are kept."""
    written = "Datum;Förtroendevalda;Nämnd\n9 juni;KS;\n17 juni;KF;x\n".replace(";", separator)
    assert texts("plan.csv", written.encode(encoding)) == [
        ["Datum", "Förtroendevalda", "Nämnd"], ["9 juni", "KS"], ["17 juni", "KF", "x"],
    ]  # fmt: skip


def test_markdown_has_its_tables_and_headings() -> None:
    """The line under the headings is no row, and marks of emphasis are no text."""
    page = b"# Rambudget\n\n| Datum | Aktivitet |\n|---|:--|\n| **9 juni** | *Budget* i KS |\n"
    assert texts("plan.md", page) == [["Rambudget"], ["Datum", "Aktivitet"], ["9 juni", "Budget i KS"]]


def test_a_cell_over_several_rows_stands_in_each() -> None:
    """A date beside two activities is the date of both."""
    page = b"<table><tr><td rowspan=2>9 juni<td>CSG<tr><td>KS</table>"
    assert texts("plan.html", page) == [["9 juni", "CSG"], ["9 juni", "KS"]]


def book(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook, filled."""
    made, saved = Workbook(), BytesIO()
    fill(made)
    made.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("d mmmm yyyy", "2026-06-09"),
        ('"preliminärt "d mmmm', "preliminärt 2026-06-09"),
        ('[$-41D]d mmm yyyy" kl 13"', "2026-06-09 kl 13"),
        ('"9–10 juni 2026"', "9–10 juni 2026"),
    ],
)
def test_a_date_cell_says_what_its_format_shows(number_format: str, text: str) -> None:
    """The words that stand around a date in its format are words of the plan."""

    def fill(made: Workbook) -> None:
        cell = made.worksheets[0].cell(1, 1, date(2026, 6, 9))
        cell.number_format = number_format

    (grid,) = read_document("plan.xlsx", book(fill)).grids
    cell = grid.rows[0].cells[0]
    assert (cell.text, cell.day) == (text, date(2026, 6, 9))


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip file."""
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return saved.getvalue()


def with_member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An office document with one of its parts changed, or added."""
    with ZipFile(BytesIO(content)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**members, name: change(members.get(name, b""))})


SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = remake.as_xlsx([["Datum", "Aktivitet"], ["9 juni", "Budget"]])
ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MERGED = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
HOSTILE = {
    "unpacks to much": ("a.xlsx", zipped({"xl/a.xml": b"0" * 3_000_000}), Code.LIMIT),
    "many members": ("a.docx", zipped({f"{n}.xml": b"" for n in range(2_001)}), Code.LIMIT),
    "an entity": ("a.xlsx", with_member(WORKBOOK, SHEET, lambda xml: ENTITY + xml), Code.LINK),
    "a whole sheet merged": (
        "a.xlsx",
        with_member(
            WORKBOOK,
            SHEET,
            lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + MERGED),
        ),
        Code.LIMIT,
    ),
    "too deep": ("a.docx", zipped({"word/document.xml": b"<a>" * 300 + b"</a>" * 300}), Code.LIMIT),
    "many rows": ("a.csv", b"a;b\n" * 5_001, Code.LIMIT),
    "not a zip": ("a.xlsx", b"PK\x03\x04 nothing", Code.ENCODING),
    "not XML": ("a.docx", zipped({"word/document.xml": b"<a"}), Code.ENCODING),
    "no such part": ("a.docx", zipped({"a.xml": b"<a/>"}), Code.ENCODING),
    "a password": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, Code.ENCODING),
    "not a PDF": ("a.pdf", b"%PDF-1.4 nothing", Code.ENCODING),
    "no text file": ("a.txt", b"\x00\x01\x00\x02" * 9, Code.ENCODING),
    "an older kind": ("a.xls", b"", Code.INCLUDE),
    "no ending": ("plan", b"", Code.INCLUDE),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_dangerous_or_broken_is_refused(kind: str) -> None:
    """By its code, with a hint, and never by a traceback."""
    name, content, code = HOSTILE[kind]
    assert refused(name, content)[0] == code


def test_macros_and_links_are_passed_over_and_told() -> None:
    """A workbook with a program in it is read, and it is said that the program is not run."""
    with_macro = with_member(WORKBOOK, "xl/vbaProject.bin", lambda _: b"program")
    linked = with_member(WORKBOOK, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    assert "makron" in read_document("plan.xlsm", with_macro).notices[0]
    assert "länkar" in read_document("plan.xlsx", linked).notices[0]


def test_hidden_sheets_are_told() -> None:
    """What nobody sees is no part of the plan, but it is not left out in silence."""

    def fill(made: Workbook) -> None:
        made.worksheets[0]["A1"] = "Datum"
        made.create_sheet("Arbetskopia").sheet_state = "hidden"

    document = read_document("plan.xlsx", book(fill))
    assert [grid.name for grid in document.grids] == ["Sheet"]
    assert document.notices == ("dolda blad läses inte: Arbetskopia",)


def test_deleted_words_are_no_text() -> None:
    """What a reviewer has struck in Word is gone, and what was put in is there."""
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
        "<w:r><w:t>9 </w:t></w:r><w:del><w:r><w:delText>juni</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>maj</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    assert texts("plan.docx", zipped({"word/document.xml": body.encode()})) == [["9 maj"]]


def test_a_raised_figure_is_a_mark_of_a_note() -> None:
    """`1` with a raised `2` is not 12, whatever the file."""
    import typst
    from docx import Document as WordDocument
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    word, written = WordDocument(), BytesIO()
    paragraph = word.add_table(1, 2).rows[0].cells[1].paragraphs[0]
    paragraph.add_run("1")
    paragraph.add_run("2").font.superscript = True
    word.save(written)
    assert texts("x.docx", written.getvalue()) == [["", "1²"]]

    book, written = Workbook(), BytesIO()
    assert book.active is not None
    book.active["B1"] = CellRichText("1", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    book.save(written)
    assert texts("x.xlsx", written.getvalue()) == [["", "1²"]]

    assert texts("x.html", b"<table><tr><td><td>1<sup>2</sup></table>") == [["", "1²"]]
    for drawn in ("", "(typographic: false)"):  # the font's own raised figures, as large as the others; small ones
        cells = f"[KS],[1#super{drawn}[2]],[30],[KF],[12],[11]"
        printed = typst.compile(f"#set page(width: 300pt)\n#table(columns: 3, {cells})".encode(), format="pdf")
        assert isinstance(printed, bytes)
        assert texts("x.pdf", printed) == [["KS", "1²", "30"], ["KF", "12", "11"]]
