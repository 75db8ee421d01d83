"""Files of text: csv, Markdown, and text with tabs between its columns."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.grid import Cell, Document, Grid, GridRow
from arshjul.intake.readers.bounds import MOST_COLUMNS, clean, demand_rows
from arshjul.source.encoding import at_start

_TAGS = re.compile(r"</?(?:b|strong|i|em|u)>", re.IGNORECASE)
_BOLD = re.compile(r"<(?:b|strong)>.+</(?:b|strong)>", re.IGNORECASE)
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_BAR = re.compile(r"(?<!\\)\|")


def text_of(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the Windows of Western Europe.

    Raises:
        InvalidProcess: `encoding`, where it is none of them.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content[1:200:2].count(0) > len(content[:200]) // 3:
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidProcess([error(Code.ENCODING, "Filen är ingen textfil", at_start(name), "spara den som UTF-8")])


def read(name: str, content: bytes, kind: str) -> Document:
    """The rows of a file of text; `kind` is its ending. Raises InvalidProcess, as `readers.read_document`."""
    text = text_of(name, content)
    rows = separated_rows(name, text) if kind == "csv" else markdown_rows(text) if kind == "md" else tabbed_rows(text)
    read_rows = []
    for row in rows:
        if any(cell.text for cell in row.cells):
            read_rows.append(row)
            demand_rows(name, len(read_rows))
    return Document(name, (Grid("text", tuple(read_rows)),))


def separated_rows(name: str, text: str) -> Iterator[GridRow]:
    """The rows of a csv file."""
    import csv

    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter_of(text))
    try:
        for fields in reader:
            yield GridRow(tuple(Cell(clean(field)) for field in fields[:MOST_COLUMNS]), f"rad {reader.line_num}")
    except csv.Error:
        hint = "öppna filen i Excel och spara den som .xlsx"
        message = f"Rad {reader.line_num} går inte att dela i kolumner"
        raise InvalidProcess([error(Code.ENCODING, message, at_start(name), hint)]) from None


def delimiter_of(text: str) -> str:
    """The sign that stands most evenly in the first lines; commas stand in Swedish texts too, so they come last."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    having = {sign: sum(sign in line for line in lines) for sign in "\t;,"}
    return max(having, key=lambda sign: (having[sign] * 2 > len(lines), sign != ",", having[sign]))


def tabbed_rows(text: str) -> Iterator[GridRow]:
    """The lines of a text, its columns parted by tabs, without the tags that a copied page may have kept."""
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.split("\t")[:MOST_COLUMNS]
        cells = (Cell(clean(_TAGS.sub("", each)), bold=bool(_BOLD.fullmatch(each.strip()))) for each in fields)
        yield GridRow(tuple(cells), f"rad {number}")


def markdown_rows(text: str) -> Iterator[GridRow]:
    """The tables of Markdown, and its other lines as rows of one cell."""
    for number, written in enumerate(text.splitlines(), start=1):
        line, place = written.strip(), f"rad {number}"
        if "|" not in line:
            heading = line.startswith("#")
            cell = _emphasised(line.lstrip("#>").removeprefix("- ").removeprefix("* "))
            yield GridRow((Cell(cell.text, bold=heading or cell.bold),), place)
        elif not _RULE.fullmatch(line):
            fields = _BAR.split(line.removeprefix("|").removesuffix("|"))[:MOST_COLUMNS]
            yield GridRow(tuple(_emphasised(field) for field in fields), place)


def _emphasised(field: str) -> Cell:
    text = re.sub(r"<br ?/?>", " ", field.strip().replace("\\|", "|"))
    plain = _EMPHASIS.sub(r"\2", text)
    bold = text.startswith(("**", "__")) and text.endswith(("**", "__"))
    return Cell(clean(_TAGS.sub("", plain)), bold=bold)
