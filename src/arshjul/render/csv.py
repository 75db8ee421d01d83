"""CSV as a Swedish Excel opens it: semicolons, UTF-8 with BOM, and no cell that could run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from arshjul.render import Plan
from arshjul.render.table import Row, Section, table

KEYS = ("id", "fas", "start", "slut")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(plan: Plan) -> bytes:
    """A heading line and a line for each activity: `id;fas;start;slut` (ISO days), then the printed columns."""
    printed = table(plan.timeline)
    heading = [*KEYS, *(column.heading for column in printed.columns)]
    return written(
        [heading, *([*_keys(section, row), *row.cells] for section in printed.sections for row in section.rows)]
    )


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows, the heading first, as a file; every cell neutral."""
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """The cell as text also to a spreadsheet (CWE-1236): what begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _keys(section: Section, row: Row) -> list[str]:
    activity = row.activity
    return [activity.id, section.title or section.phase.id, _iso(activity.start), _iso(activity.end)]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
