"""The plan as CSV: a line for each activity, with its id and its days in ISO before what is printed."""

from __future__ import annotations

from datetime import date

from arshjul.formats.csv import written
from arshjul.views.publication import Edition
from arshjul.wording.table import table

KEYS = ("id", "fas", "start", "slut")


def render(plan: Edition) -> bytes:
    """A heading line and a line for each activity: `id;fas;start;slut` (ISO days), then the printed columns."""
    printed = table(plan.timeline, marked=False, notes=plan.notes)
    lines = [[*KEYS, *(column.heading for column in printed.columns)]]
    for section in printed.sections:
        phase = section.title or section.phase.id
        for row in section.rows:
            days = (_iso(row.activity.start), _iso(row.activity.end))
            lines.append([row.activity.id, phase, *days, *row.texts])
    return written(lines)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
