"""PDF and Word: what a reader finds when the file is opened again is what the JSON says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length
from hypothesis import settings
from msgspec.structs import replace

from arshjul import compiler, templates
from arshjul.dates.swedish import day_text
from arshjul.timeline import Column
from arshjul.views.plan import render
from arshjul.views.publication import Audience, Publication
from arshjul.wording.table import table

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = [file.id for file in compiler.find_processes(ROOT)]
# The budget of an election year and one with meetings and deviations; ten years in `make test-long`.
YEARS = range(2021, 2031) if settings().max_examples > 60 else (2023, 2026)
HOSTILE = '<w:p/> ]]> &amp; {{ 7 * 7 }} {% raw %} {_{ title }_} #link("x")[y] $x$ *b* \\u{41} `a` -- @ref //c'
Rows = list[list[str]]

needs_poppler = pytest.mark.skipif(
    shutil.which("pdfinfo") is None and os.environ.get("CI") != "true", reason="poppler-utils is not installed"
)


@cache
def shipped_plan(process: str, year: int) -> Publication:
    """A shipped process as it is built."""
    [file] = compiler.select(compiler.find_processes(ROOT), [process], ROOT)
    compiled = compiler.compile_process(file, year)
    return Publication(compiled.timeline, compiled.findings, word_template=templates.word_template(ROOT))


def tables_of_word(data: bytes) -> list[Rows]:
    """The texts of all cells; the first row of each is its heading."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(data)).tables]


def structure(data: bytes) -> list[str]:
    """The tags of a PDF with their texts, as assistive technology reads them: one a line, indented."""
    told = subprocess.run(["pdfinfo", "-struct-text", "-"], input=data, capture_output=True, check=True)
    return told.stdout.decode("utf-8", "replace").replace("\xad", "").splitlines()


def tables_of_pdf(data: bytes) -> list[Rows]:
    """As `tables_of_word`."""
    tables: list[Rows] = []
    tag = ""
    for line in map(str.strip, structure(data)):
        tag = found[1] if (found := re.match(r"(Table|T[RHD]|P|H\d)\b", line)) else tag
        if line.startswith('"') and tag in {"TH", "TD"}:
            tables[-1][-1][-1] += line[1:-1]
        elif found and tag == "Table":
            tables.append([])
        elif found and tag == "TR":
            tables[-1].append([])
        elif found and tag in {"TH", "TD"}:
            tables[-1][-1].append("")
    return tables


READ: Mapping[str, Callable[[bytes], list[Rows]]] = {"docx": tables_of_word, "pdf": tables_of_pdf}


def rows_in(format_: str, plan: Publication) -> Rows:
    """The rows of the activities, each cell in the order of the plan's columns."""
    headings = [without_years(column.heading) for column in table(plan.timeline).columns]
    tables = READ[format_](render(format_, plan))
    return [row for first, *rows in tables if [without_years(cell) for cell in first] == headings for row in rows]


formats = pytest.mark.parametrize("format_", ["docx", pytest.param("pdf", marks=needs_poppler)])


def without_years(text: str) -> str:
    """Also without blanks and hyphens: where a line ends is the page's business."""
    return re.sub(r"\s+|-|\b\d{4}\b", "", text)


# What poppler takes seconds to tell of is looked at in one year of each process.
@pytest.mark.parametrize(
    ("format_", "process", "year"),
    [("docx", process, year) for process in PROCESSES for year in YEARS]
    + [pytest.param("pdf", process, 2023, marks=needs_poppler) for process in PROCESSES],
)
def test_every_activity_has_its_row_and_its_dates(format_: str, process: str, year: int) -> None:
    """In the order of the JSON, each with the same days."""
    plan = shipped_plan(process, year)
    activities = json.loads(render("json", plan))["activities"]
    rows = rows_in(format_, plan)
    fields = [column.field for column in table(plan.timeline).columns]
    assert len(rows) == len(activities)
    for activity, row in zip(activities, rows, strict=True):
        assert without_years(activity["title"]) in without_years(row[fields.index("aktivitet")])
        assert [o for o in activity["occurrences"] if not stands_in(o, row[fields.index("datum")])] == []


@needs_poppler
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("process", PROCESSES)
def test_a_pdf_reads_as_the_json(process: str, year: int) -> None:
    """Row after row, the dates of each stand before its title, after that of the row above."""
    plan = shipped_plan(process, year)
    data = render("pdf", plan)
    tables = ["pdftotext", "-f", "2", "-raw", "-nopgbrk", "-", "-"]  # the first page has the key dates
    told = subprocess.run(tables, input=data, capture_output=True, check=True)
    rest = without_years(told.stdout.decode().replace("\xad", ""))
    for activity in json.loads(render("json", plan))["activities"]:
        before, title, rest = rest.partition(without_years(activity["title"]))
        assert title
        assert [o for o in activity["occurrences"] if not stands_in(o, before)] == []


def stands_in(occurrence: Mapping[str, Any], cell: str) -> bool:
    """Its words, and, where it is one day, the day reckoned from its ISO date."""
    start = date.fromisoformat(occurrence["start"])
    single = occurrence["precision"] == "day" and occurrence["start"] == occurrence["end"]
    texts = [occurrence["text"], *([day_text(start)] if single else [])]
    return all(without_years(text) in without_years(cell) for text in texts)


def test_the_words_of_a_wrong_day_do_not_stand_there() -> None:
    """The guard can fail."""
    tuesday = {"start": "2022-06-07", "end": "2022-06-07", "precision": "day", "text": "tisdag 7 juni"}
    assert stands_in(tuesday, "tisdag 7 \njuni 2022")
    assert not stands_in(tuesday, "tisdag 14 juni 2022")
    assert not stands_in(tuesday | {"start": "2022-06-14", "end": "2022-06-14"}, "tisdag 7 juni 2022")


@pytest.mark.parametrize("format_", ["docx", "pdf"])
@pytest.mark.parametrize("process", ["rambudget", "styrmodell"])
def test_the_same_bytes_each_time(format_: str, process: str) -> None:
    """Nothing of the clock, the machine or the order of the day."""
    plan = shipped_plan(process, 2026)
    assert render(format_, plan) == render(format_, plan)


# --- PDF --------------------------------------------------------------------------------------------------


def test_a_pdf_says_what_it_is(plan: Publication) -> None:
    """PDF/UA-1 and PDF/A-2a, tagged, in Swedish, the title in the window; dated as PDF/A demands, by no clock."""
    data = render("pdf", plan)
    archived = (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"SourceSansPro")
    for said in (
        *archived,
        b"<pdfuaid:part>1<",
        b"/Lang(sv-SE)",
        b"/Marked true",
        b"/DisplayDocTitle true",
        b"/StructTreeRoot",
    ):
        assert said in data
    assert b"/CreationDate(D:20220101000000Z)" in data
    assert set(re.findall(rb"<xmp:\w+Date>([^<]+)<", data)) == {b"2022-01-01T00:00:00Z"}
    assert b"Tidplan budget 2023" in data


@needs_poppler
def test_the_structure_of_a_pdf(plan: Publication) -> None:
    """Headings in order, every table with a marked heading row, as many cells in each row."""
    lines = [line.strip() for line in structure(render("pdf", plan))]
    assert [line.split()[0] for line in lines if re.match(r"H\d\b", line)] == ["H1", *["H2"] * 4]
    assert sum(line.startswith("Table") for line in lines) == sum(line.startswith("THead") for line in lines) == 4
    assert {len(row) for row in rows_in("pdf", plan)} == {10}
    told = subprocess.run(["pdfinfo", "-"], input=render("pdf", plan), capture_output=True, check=True)
    pages = re.search(rb"Page size: +841.89 x 595.276 pts \(A4\)", told.stdout)
    assert pages is not None


@needs_poppler
def test_the_pages_are_numbered(plan: Publication) -> None:
    """`Sida 2 av 2`, beside the standing."""
    told = subprocess.run(["pdftotext", "-", "-"], input=render("pdf", plan), capture_output=True, check=True)
    assert re.findall(r"Sida \d av \d", " ".join(told.stdout.decode().split())) == ["Sida 1 av 2", "Sida 2 av 2"]


@pytest.mark.parametrize(
    "text", ["😀 中文 ตัว \u0378", "A\u030a e\u0301\u0300", "″‰½→≤☑✓⚠", "Ωя", "עברית العربية", "x" * 3000, "ord " * 4000]
)
def test_any_text_becomes_a_pdf(plan: Publication, text: str) -> None:
    """What no font has is replaced; what is longer than a page goes on on the next."""
    activity = replace(plan.timeline.activities[2], title=text, comment=text)
    data = render("pdf", replace(plan, timeline=replace(plan.timeline, title=text, activities=(activity,))))
    assert data.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "block",
    ["\xa0\u024f", "\u0250\u0377", "\u0384\u04ff", "\u1e00\u1eff", "\u2000\u23ff", "\u2460\u25ff", "\u2600\u27ff"],
)
def test_every_letter_that_is_kept_has_a_glyph(plan: Publication, block: str) -> None:
    """With the fonts of the typst that is installed."""
    text = " ".join(map(chr, range(ord(block[0]), ord(block[1]) + 1)))
    assert render("pdf", replace(plan, timeline=replace(plan.timeline, activities=(), purpose=text)))


# --- Word -------------------------------------------------------------------------------------------------


def test_a_word_file_says_what_it_is(plan: Publication) -> None:
    """Title, language, a page on its side, and where in the plan one is."""
    word = Document(BytesIO(render("docx", plan)))
    assert (word.core_properties.title, word.core_properties.language) == ("Tidplan budget 2023", "sv-SE")
    assert {language.get(qn("w:val")) for language in word.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    assert [round(Length(side or 0).cm, 1) for side in (word.sections[0].page_width, word.sections[0].page_height)] == [
        29.7,
        21,
    ]
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style and "Heading" in str(p.style.name)]
    assert headings == [
        ("Heading 1", "Tidplan budget 2023"),
        ("Heading 2", "Viktiga datum"),
        ("Heading 2", "Tidsfönster"),
        ("Heading 2", "Insamling & analys"),
    ]
    assert word.sections[0].header.paragraphs[0].text == "Tidplan budget 2023"
    assert word.settings.element.find(qn("w:autoHyphenation")).get(qn("w:val")) == "true"


def test_the_organisation_is_the_author_of_a_word_file(plan: Publication) -> None:
    """As written, also with what means something in XML."""
    word = Document(BytesIO(render("docx", replace(plan, timeline=replace(plan.timeline, organisation="A & B_C")))))
    assert word.core_properties.author == "A & B_C"


def test_the_columns_of_a_word_file_are_as_wide_as_what_they_hold(plan: Publication) -> None:
    """Grid and cells say the same, and the longest word of a column has room in it."""
    word = Document(BytesIO(render("docx", plan)))
    body = word.element.body
    found, *_ = [
        each for each in body.iter(qn("w:tbl")) if next(each.iter(qn("w:tblCaption"))).get(qn("w:val")) == "Aktiviteter"
    ]
    grid = [int(column.get(qn("w:w"))) for column in found.iter(qn("w:gridCol"))]
    cells = [[int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))] for row in found.iter(qn("w:tr"))]
    assert len(set(grid)) > 1
    assert all(row == cells[0] for row in cells)
    assert [round(100 * width / sum(grid)) for width in grid] == [round(width / 50) for width in cells[0]]


def test_the_tables_of_a_word_file(plan: Publication) -> None:
    """A marked heading row that comes back, no merged cell, as many cells in each row, no table against another."""
    body = Document(BytesIO(render("docx", plan))).element.body
    for found in body.iter(qn("w:tbl")):
        rows = list(found.iter(qn("w:tr")))
        assert [len(list(row.iter(qn("w:tblHeader")))) for row in rows] == [1, *[0] * (len(rows) - 1)]
        assert {len(list(row.iter(qn("w:tc")))) for row in rows} == {len(list(found.iter(qn("w:gridCol"))))}
        assert found.getnext().tag == qn("w:p")
    assert not list(body.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_decisions_and_cancellations_in_word(plan: Publication) -> None:
    """A decision has its word, not only its weight."""
    titles = [row[1] for row in rows_in("docx", plan)]
    assert "KS: rambudget 2023 [Beslut]" in titles
    assert "Dialog (inställt: inga ärenden)" in titles


# --- both -------------------------------------------------------------------------------------------------


@formats
def test_hostile_text_stays_text(format_: str, plan: Publication) -> None:
    """Neither markup of the format nor of the template."""
    activity = replace(plan.timeline.activities[2], type=None, title=HOSTILE, comment=HOSTILE)
    timeline = replace(
        plan.timeline,
        title=HOSTILE,
        organisation=HOSTILE,
        owner=HOSTILE,
        files=(HOSTILE,),
        phases=(replace(plan.timeline.phases[1], title=HOSTILE, comment=HOSTILE),),
        activities=(activity,),
        columns=(Column("datum", "Datum"), Column("aktivitet", HOSTILE), Column("kommentar", "Kommentar")),
    )
    [row] = rows_in(format_, replace(plan, timeline=timeline))
    assert [without_years(cell) for cell in row[1:]] == [without_years(HOSTILE)] * 2


def test_the_title_of_a_word_file_is_not_escaped_twice(plan: Publication) -> None:
    """Its properties, its heading and its header say the same."""
    word = Document(BytesIO(render("docx", replace(plan, timeline=replace(plan.timeline, title=HOSTILE)))))
    assert word.core_properties.title == word.paragraphs[0].text == word.sections[0].header.paragraphs[0].text
    assert word.paragraphs[0].text == HOSTILE


@formats
def test_a_line_end_in_a_cell_is_one(format_: str, plan: Publication) -> None:
    """Written with `|` in YAML."""
    activity = replace(plan.timeline.activities[2], comment="först\nsedan")
    [row] = rows_in(format_, replace(plan, timeline=replace(plan.timeline, activities=(activity,))))
    assert row[-2].split() in (["först", "sedan"], ["förstsedan"])


@pytest.mark.parametrize("format_", ["docx", "pdf"])
def test_nothing_internal_reaches_the_public_edition(format_: str, plan: Publication) -> None:
    """Of that edition the file is made of the public timeline alone."""
    hidden = replace(plan.timeline, activities=tuple(a for a in plan.timeline.activities if not a.internal))
    alone = render(format_, replace(plan, timeline=hidden, audience=Audience.PUBLIC))
    assert render(format_, replace(plan, audience=Audience.PUBLIC)) == alone != render(format_, plan)
