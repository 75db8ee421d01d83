"""Word: paragraphs and tables in the order of the document, without what has been deleted from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from arshjul.intake.grid import Cell, Document, Grid, GridRow
from arshjul.intake.readers.bounds import MOST_COLUMNS, clean, damaged, demand_rows, raised
from arshjul.intake.readers.package import checked_members

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# Deleted and moved away, notes, and what is drawn twice for older programs.
_PASSED_OVER = frozenset({"del", "moveFrom", "instrText", "delText", "footnoteReference", "Fallback", "pPr", "rPr"})
_BREAKS = frozenset({"br", "tab", "cr"})
_CONTAINERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})


def read(name: str, content: bytes) -> Document:
    """The tables, and the paragraphs between them. Raises InvalidProcess, as `readers.read_document`."""
    members, notices = checked_members(name, content, "Worddokument")
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        body = fromstring(members["word/document.xml"])[0]
    except (KeyError, IndexError, ParseError):
        raise damaged(name, "Worddokument") from None
    return Document(name, tuple(grids_of(name, body)), notices)


def grids_of(name: str, body: Element) -> Iterator[Grid]:
    """A grid for each table, and one for the paragraphs between two."""
    paragraphs: list[GridRow] = []
    tables = count = 0
    for block in _blocks(body):
        if _tag(block) == "p":
            if cell := _paragraphs([block]):
                count += 1
                paragraphs.append(
                    GridRow((cell,), f"stycket efter tabell {tables}" if tables else "stycket före tabellen")
                )
            continue
        if paragraphs:
            yield Grid("text", tuple(paragraphs))
            paragraphs = []
        tables += 1
        rows = tuple(table_rows(block, f"tabell {tables}"))
        count += len(rows)
        demand_rows(name, count)
        yield Grid(f"tabell {tables}", rows)
    demand_rows(name, count)
    if paragraphs:
        yield Grid("text", tuple(paragraphs))


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _blocks(element: Element) -> Iterator[Element]:
    """Paragraphs, tables, rows and cells, also those in a content control or newly inserted."""
    for child in element:
        if _tag(child) in _CONTAINERS:
            yield from _blocks(child)
        elif _tag(child) in {"p", "tbl", "tr", "tc"}:
            yield child


def table_rows(table: Element, place: str) -> Iterator[GridRow]:
    """The rows of a table; a cell that is merged downwards stands in each of its rows."""
    above: dict[int, Cell] = {}  # the cells that go on in the next row, by column
    for number, row in enumerate(_blocks(table), start=1):
        if _tag(row) != "tr":
            continue
        cells = [Cell("")] * min(_number(row, "trPr/gridBefore"), MOST_COLUMNS)
        for each in _blocks(row):
            column, width = len(cells), max(_number(each, "tcPr/gridSpan"), 1)
            if column >= MOST_COLUMNS:
                break
            cell = _going_on(each, above.get(column))
            above[column] = cell
            cells += [Cell(cell.text, None, cell.bold, width), *[Cell("")] * (min(width, MOST_COLUMNS) - 1)]
        yield GridRow(tuple(cells), f"{place} rad {number}")


def _going_on(cell: Element, above: Cell | None) -> Cell:
    """The cell, or the one above that covers it."""
    merged = _found(cell, "tcPr/vMerge")
    goes_on = merged is not None and _attribute(merged, "val") in (None, "continue")
    return above if goes_on and above is not None else _paragraphs(list(_blocks(cell))) or Cell("")


def _paragraphs(blocks: list[Element]) -> Cell | None:
    """The text of paragraphs and of tables within a cell; None where there is none."""
    pieces: list[str] = []
    bold: list[bool] = []
    for block in blocks:
        _gather(block, pieces, bold)
        pieces.append(" ")
    text = clean("".join(pieces))
    return Cell(text, bold=bool(bold) and all(bold)) if text else None


def _gather(element: Element, pieces: list[str], bold: list[bool]) -> None:
    for child in element:
        tag = _tag(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag in _BREAKS:
            pieces.append(" ")
        elif tag == "noBreakHyphen":
            pieces.append("-")
        elif tag not in _PASSED_OVER:
            if tag == "r" and any((text.text or "").strip() for text in child if _tag(text) == "t"):
                mark = _found(child, "rPr/b")
                bold.append(mark is not None and _attribute(mark, "val") not in ("0", "false"))
            inner: list[str] = []
            _gather(child, inner, bold)
            place = _found(child, "rPr/vertAlign") if tag == "r" else None
            is_raised = place is not None and _attribute(place, "val") == "superscript"
            pieces += map(raised, inner) if is_raised else inner
            if tag in ("p", "tc"):
                pieces.append(" ")


def _found(element: Element, path: str) -> Element | None:
    for namespace in (_WORD, _STRICT):
        found = element.find("/".join(f"{namespace}{step}" for step in path.split("/")))
        if found is not None:
            return found
    return None


def _attribute(element: Element, name: str) -> str | None:
    return element.get(f"{_WORD}{name}", element.get(f"{_STRICT}{name}"))


def _number(element: Element, path: str) -> int:
    found = _found(element, path)
    value = _attribute(found, "val") if found is not None else None
    return int(value) if value and value.isdecimal() and len(value) < 6 else 0
