"""The plan as CSV: a line for each activity, with its id and its days in ISO before what is printed."""

from __future__ import annotations

from datetime import date

from arshjul.formats.csv import written
from arshjul.views import Plan
from arshjul.wording.table import Row, Section, table

KEYS = ("id", "fas", "start", "slut")


def render(plan: Plan) -> bytes:
    """A heading line and a line for each activity: `id;fas;start;slut` (ISO days), then the printed columns."""
    printed = table(plan.timeline)
    heading = [*KEYS, *(column.heading for column in printed.columns)]
    return written(
        [heading, *([*_keys(section, row), *row.texts] for section in printed.sections for row in section.rows)]
    )


def _keys(section: Section, row: Row) -> list[str]:
    activity = row.activity
    return [activity.id, section.title or section.phase.id, _iso(activity.start), _iso(activity.end)]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
