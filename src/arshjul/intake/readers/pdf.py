"""PDF: the words of its pages, put into columns by us: no reader of tables takes phase rows and broken pages."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from statistics import median
from typing import Any

from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.grid import Document, Grid, GridRow
from arshjul.intake.readers.bounds import MOST_PAGES, damaged, demand_rows, megabytes, raised, refuse
from arshjul.intake.readers.words import Page, Ruling, Word, columns_by_heading, lines_of, ruled_rows, unruled_rows
from arshjul.source.encoding import at_start

MOST_UNPACKED = 128 << 20
MOST_WORDS = 60_000
RUNNING = 3  # lines at the head and foot of a page
MOST_RULES = 20_000  # of a page
_STREAM = re.compile(rb"stream\r?\n")
_PROGRAMS = re.compile(rb"/JavaScript|/JS\b|/Launch\b|/EmbeddedFile\b|/RichMedia\b")
RAISED_SIZE = 0.75  # of the usual size of the letters of a page
RAISED_WIDTH = 0.75  # of the widest figure of a font; a 1 beside figures of unlike widths is told as raised, and asked


def read(name: str, content: bytes) -> Document:
    """One grid of all pages. Raises InvalidProcess, as `readers.read_document`."""
    demand_small_streams(name, content)
    pages = list(pages_of(name, content))
    if not any(page.words for page in pages):
        hint = "sidorna är nog bilder: be om filen som Word eller Excel"
        raise InvalidProcess([error(Code.ENCODING, "PDF-filen har ingen text", at_start(name), hint)])
    rows = tuple(rows_of(pages))
    demand_rows(name, len(rows))
    notices = ("program och inbäddade filer i filen körs aldrig",) if _PROGRAMS.search(content) else ()
    return Document(name, (Grid("sidorna", rows),), notices)


def demand_small_streams(name: str, content: bytes) -> None:
    """No page unpacks to more than a machine can hold: each stream is unpacked here first, and thrown away."""
    left, view = MOST_UNPACKED, memoryview(content)
    for match in _STREAM.finditer(content):
        unpacker = zlib.decompressobj()
        try:
            left -= len(unpacker.decompress(view[match.end() :], left + 1))
        except zlib.error:
            continue
        if left < 0:
            message = f"Filen blir större än {megabytes(MOST_UNPACKED)} när den packas upp"
            raise refuse(name, message, "spara bara sidorna med tabellen")


def pages_of(name: str, content: bytes) -> Iterator[Page]:
    """The words and rules of each page. Raises InvalidProcess."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    count = 0
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise refuse(name, f"Filen har fler än {MOST_PAGES} sidor", "spara bara sidorna med tabellen")
            for number, page in enumerate(document.pages, start=1):
                read_page = page_of(number, page)
                count += len(read_page.words)
                if count > MOST_WORDS:
                    raise refuse(name, f"Filen har fler än {MOST_WORDS} ord", "spara bara sidorna med tabellen")
                yield read_page
                page.close()
    except (InvalidProcess, MemoryError):
        raise
    except Exception as broken:  # noqa: BLE001 - pdfminer raises anything for a damaged file
        if isinstance(broken.__cause__ or broken, PDFPasswordIncorrect) or "Password" in repr(broken):
            hint = "spara en kopia utan lösenord"
            message = "Filen är lösenordsskyddad"
            raise InvalidProcess([error(Code.ENCODING, message, at_start(name), hint)]) from None
        raise damaged(name, "PDF") from None


def page_of(number: int, page: Any) -> Page:
    """The words and rules that pdfplumber finds on a page."""
    read_words = page.extract_words(x_tolerance=1.5, y_tolerance=2, extra_attrs=["fontname"], return_chars=True)
    usual = median([each["bottom"] - each["top"] for each in read_words] or [0])
    widths = widths_of_figures(page.chars)
    words = [
        Word(
            text_of_word(each["chars"], usual, widths),
            each["x0"],
            each["x1"],
            each["top"],
            each["bottom"],
            "bold" in each["fontname"].lower(),
        )
        for each in read_words
    ]
    edges = page.edges[:MOST_RULES]
    vertical = [Ruling(each["x0"], each["top"], each["bottom"]) for each in edges if each["orientation"] == "v"]
    horizontal = [Ruling(each["top"], each["x0"], each["x1"]) for each in edges if each["orientation"] == "h"]
    return Page(number, words, vertical, horizontal)


def widths_of_figures(characters: Sequence[Mapping[str, Any]]) -> Mapping[str, float]:
    """Font → the width of its widest figure, for letters of size 1."""
    widths = dict[str, float]()
    for each in characters:
        if each["text"].isdecimal() and each["size"] > 0:
            widths[each["fontname"]] = max(widths.get(each["fontname"], 0.0), each["width"] / each["size"])
    return widths


def text_of_word(characters: Sequence[Mapping[str, Any]], usual: float, widths: Mapping[str, float]) -> str:
    """The letters of a word; raised figures are the mark of a note, and are told from others.

    They are smaller; or, where a font draws raised ones of its own, as large as the others and narrower.
    """
    return "".join(
        raised(each["text"])
        if each["size"] < RAISED_SIZE * usual
        or each["width"] < RAISED_WIDTH * widths.get(each["fontname"], 0.0) * each["size"]
        else each["text"]
        for each in characters
    )


def rows_of(pages: list[Page]) -> Iterator[GridRow]:
    """The rows of all pages; a page without a heading, or with the same one, has the columns of the one before."""
    columns: list[float] = []
    heading = ""
    for page in without_running_lines(pages):
        ruled = ruled_rows(page)
        if ruled is not None:
            yield from ruled
            continue
        own, text = columns_by_heading(page.words)
        if len(own) > len(columns) or text == heading:
            columns, heading = own, text
        yield from unruled_rows(page, columns)


def without_running_lines(pages: list[Page]) -> list[Page]:
    """The pages without the lines at their foot, and from the second on at their head, that most of them share."""
    lines = [lines_of(page.words) for page in pages]
    ends = ({line_text(line) for line in (*page[:RUNNING], *page[-RUNNING:])} for page in lines)
    shared = Counter(text for page in ends for text in page)
    kept = []
    for page, own in zip(pages, lines, strict=True):
        running = {text for text, count in shared.items() if count > 1 and count * 2 > len(pages)}
        head = own[:RUNNING] if page.number > 1 else []
        gone = {word for line in (*head, *own[-RUNNING:]) if line_text(line) in running for word in line}
        kept.append(replace(page, words=[word for word in page.words if word not in gone]))
    return kept


def line_text(line: list[Word]) -> str:
    """The words of a line, with one sign for every figure: `Sida 2 av 3` and `Sida 3 av 3` are one."""
    return re.sub(r"\d+", "0", " ".join(word.text for word in line))
