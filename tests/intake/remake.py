"""A plan in text with tabs, remade as the files that people have: Excel, Word, PDF, HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path

DOCUMENTS = Path(__file__).with_name("documents")
Rows = Sequence[Sequence[str]]
_TAGS = re.compile(r"</?[biu]>")


def rows_of(path: Path) -> list[list[str]]:
    """Lines that are not blank, their cells parted by tabs. A row that a page break has cut is two."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [[_TAGS.sub("", cell) for cell in line.split("\t")] for line in lines if line.strip()]


def as_xlsx(rows: Rows) -> bytes:
    """One sheet, phase rows merged over all columns."""
    from openpyxl import Workbook

    book, width = Workbook(), max(map(len, rows))
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            sheet.cell(number, column, text or None)
        if is_phase(row):
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def is_phase(row: Sequence[str]) -> bool:
    """A row of a table with its first cell filled alone."""
    return len(row) > 1 and bool(row[0]) and not any(row[1:])


def as_docx(rows: Rows) -> bytes:
    """Paragraphs, and a table of the lines that have tabs."""
    from docx import Document

    document, width = Document(), max(map(len, rows))
    table = None
    for row in rows:
        if len(row) == 1:
            table = None
            document.add_paragraph(row[0])
            continue
        table = table or document.add_table(0, width)
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
        if is_phase(row):
            cells[0].merge(cells[-1]).text = row[0]
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def as_html(rows: Rows) -> bytes:
    """A page with a table."""
    width, written, open_ = max(map(len, rows)), list[str](), False
    for row in rows:
        if (len(row) > 1) != open_:
            written.append("</table>" if open_ else "<table>")
            open_ = not open_
        if not open_:
            written.append(f"<p>{escape(row[0])}</p>")
        elif is_phase(row):
            written.append(f"<tr><td colspan={width}>{escape(row[0])}</td></tr>")
        else:
            written.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>")
    return "\n".join(["<!doctype html><meta charset=utf-8>", *written, "</table>" * open_]).encode()


def as_pdf(rows: Rows, *, rules: bool = True, height: int = 300, shares: Sequence[int] = ()) -> bytes:
    """Low pages, so that rows are cut where they end, with the headings on the first page only.

    `shares` are the widths of the columns, one as wide as the other by default.
    """
    import typst

    width = max(map(len, rows))
    parts = [f'#set page(width: 842pt, height: {height}pt, margin: 30pt, numbering: "1 (1)")', "#set text(8pt)"]
    table: list[str] = []
    for row in [*rows, [""]]:
        if len(row) > 1:
            cell = f"table.cell(colspan: {width})[#{_quoted(row[0])}]"
            cells = [cell] if is_phase(row) else [f"[#{_quoted(text)}]" for text in [*row, *[""] * (width - len(row))]]
            table.append(", ".join(cells))
            continue
        if table:
            fractions = ", ".join(f"{share}fr" for share in shares or [1] * width)
            stroke = "0.5pt" if rules else "none"
            parts.append(f"#table(columns: ({fractions}), stroke: {stroke}, inset: 4pt,\n" + ",\n".join(table) + ")")
            table = []
        parts.append(f"#{_quoted(row[0])}")
    written = typst.compile("\n\n".join(parts).encode(), format="pdf")
    assert isinstance(written, bytes)
    return written


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
