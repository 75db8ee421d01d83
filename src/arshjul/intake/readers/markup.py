"""HTML: tables and the text between them. Nothing that the page refers to is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from arshjul.intake.grid import Cell, Document, Grid, GridRow
from arshjul.intake.readers.bounds import LONGEST_CELL, MOST_COLUMNS, clean, demand_rows, raised
from arshjul.intake.readers.plain import text_of

_PASSED_OVER = frozenset({"script", "style", "template", "title"})
_BLOCKS = frozenset(
    {"p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "section", "article", "dt", "dd"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th", "b", "strong", "caption", "dt"})
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def read(name: str, content: bytes) -> Document:
    """The tables, and the text between them. Raises InvalidProcess, as `readers.read_document`."""
    page = _Page(name)
    declared = _CHARSET.search(content[:2000])
    latin = declared is not None and declared[1].lower() in (b"iso-8859-1", b"windows-1252")
    page.feed(content.decode("cp1252", "replace") if latin else text_of(name, content))
    page.close()
    page.end_table()
    return Document(name, tuple(page.grids))


class _Page(HTMLParser):
    """Gathers rows as the tags come. A table within a table is text of its cell."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.grids = name, list[Grid]()
        self._rows: list[GridRow] = []
        self._above: dict[int, tuple[int, Cell]] = {}  # column → the rows that a cell still covers, and the cell
        self._row: list[Cell] | None = None
        self._pieces: list[str] = []
        self._length = self._tables = self._depth = self._hidden = self._emphasis = self._raised = self._count = 0
        self._bold = True
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins; other tags only part words."""
        if tag in _PASSED_OVER:
            self._hidden += 1
        elif tag == "table":
            if not self._depth:
                self.end_table()
                self._tables += 1
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._row = []
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._span, self._pieces, self._bold = _span(dict(attrs)), [""], True
        elif tag in _BLOCKS:
            self._part()
        self._emphasis += tag in _HEADINGS
        self._raised += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        """What began ends; an end that has no beginning is passed over."""
        self._emphasis = max(self._emphasis - (tag in _HEADINGS), 0)
        self._raised = max(self._raised - (tag == "sup"), 0)
        if tag in _PASSED_OVER:
            self._hidden = max(self._hidden - 1, 0)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self.end_table()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()
        elif tag in _BLOCKS:
            self._part()

    def handle_data(self, data: str) -> None:
        """Text of the cell, or of the paragraph between tables."""
        if self._hidden or (self._depth == 1 and not self._pieces):
            return
        self._length += len(data)
        if self._length <= LONGEST_CELL:
            self._pieces.append(raised(data) if self._raised else data)
        if data.strip():
            self._bold = self._bold and self._emphasis > 0

    def end_table(self) -> None:
        """The rows so far, or the paragraphs between two tables, are a grid."""
        if self._row is None and not self._depth:
            self._part()
        self._end_row()
        if self._rows:
            in_table = self._depth or len(self._rows[0].cells) > 1
            self.grids.append(Grid(f"tabell {self._tables}" if in_table else "text", tuple(self._rows)))
        self._rows, self._above = [], {}

    def _part(self) -> None:
        """A block ends: in a cell it is a blank, between tables the paragraph is a row."""
        if self._depth:
            self._pieces.append(" ")
        elif text := self._taken():
            self._add(GridRow((Cell(text, bold=self._bold),), f"text efter tabell {self._tables}"))
            self._bold = True

    def _taken(self) -> str:
        text = clean("".join(self._pieces))
        self._pieces, self._length = [], 0
        return text

    def _end_cell(self) -> None:
        if self._row is None or not self._pieces:
            return
        (width, height), bold = self._span, self._bold
        self._fill()
        text = self._taken()
        cell = Cell(text, bold=bold and bool(text), spans=width)
        if height > 1:
            self._above[len(self._row)] = (height - 1, cell)
        self._row += [cell, *[Cell("")] * (width - 1)]
        del self._row[MOST_COLUMNS:]

    def _fill(self) -> None:
        """The cells from the rows above that cover the next columns."""
        while self._row is not None and len(self._row) < MOST_COLUMNS and len(self._row) in self._above:
            column = len(self._row)
            left, cell = self._above.pop(column)
            if left > 1:
                self._above[column] = (left - 1, cell)
            self._row += [cell, *[Cell("")] * (cell.spans - 1)]

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._fill()
            if self._row:
                self._add(GridRow(tuple(self._row), f"tabell {self._tables} rad {len(self._rows) + 1}"))
        self._row = None

    def _add(self, row: GridRow) -> None:
        self._rows.append(row)
        self._count += 1
        demand_rows(self.name, self._count)


def _span(attributes: Mapping[str, str | None]) -> tuple[int, int]:
    def number(key: str) -> int:
        written = attributes.get(key) or ""
        return int(written) if written.isdecimal() and len(written) < 4 and int(written) else 1

    return min(number("colspan"), MOST_COLUMNS), number("rowspan")
