"""CSV as a Swedish Excel opens it: semicolons, UTF-8 with BOM, and no cell that could run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from unicodedata import normalize

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Full-width and small signs count as the plain ones, which a spreadsheet takes them for."""


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows, the heading first, as a file; every cell neutral."""
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """The cell as text also to a spreadsheet (CWE-1236): what begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if normalize("NFKC", cell[:1]).startswith(FORMULA_STARTS) else cell
