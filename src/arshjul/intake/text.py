"""A document as lines to compare: a row is a line, and a date cell is its day."""

from __future__ import annotations

from arshjul.formats.terminal import safe
from arshjul.intake.grid import Document


def as_text(document: Document) -> str:
    """Each sheet or table under its name; empty rows, and empty cells at the end of a row, are left out."""
    lines = []
    for grid in document.grids:
        lines.append(f"== {safe(grid.name)}")
        for row in grid.rows:
            cells = [" ".join((cell.day.isoformat() if cell.day else cell.text).split()) for cell in row.cells]
            if line := safe(" | ".join(cells)).rstrip(" |"):
                lines.append(line)
    lines += [f"! {safe(notice)}" for notice in document.notices]
    return "".join(f"{line}\n" for line in lines)
