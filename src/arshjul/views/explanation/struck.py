"""Why an activity, or one round of it, is not in the plan of the year: it is struck."""

from __future__ import annotations

from arshjul.definition import Struck
from arshjul.formats.json import to_bytes
from arshjul.formats.terminal import safe
from arshjul.timeline import Activity, Timeline
from arshjul.views.explanation.definition import WITHOUT
from arshjul.views.explanation.model import MOST_NAMED, named, place
from arshjul.wording.dates import dates_alone


def struck_named(timeline: Timeline, name: str) -> Struck | None:
    """What the name means, or what it is a step of, where that is struck."""
    names = {name, name.rpartition(".")[0]}
    return next((struck for struck in timeline.struck if struck.name in names), None)


def sentence(struck: Struck, defined: Timeline | None = None) -> str:
    """`manadsrapport är struken 2023: lämnas muntligt`, where that is written, and what the definition would have
    given."""
    lines = [str(struck), place(struck.place), *(f"{WITHOUT}: {dates}" for dates in _would_have_been(struck, defined))]
    return "".join(f"{safe(line)}\n" for line in lines)


def _would_have_been(struck: Struck, defined: Timeline | None) -> list[str]:
    rows = [row for row, _ in named(defined, struck.name) if isinstance(row, Activity)] if defined else []
    several = len(rows) > 1
    dates = [f"{row.id} {dates_alone(row)}" if several else dates_alone(row) for row in rows[:MOST_NAMED]]
    return [*dates, f"{len(rows) - MOST_NAMED} till"] if len(rows) > MOST_NAMED else dates


def render(struck: Struck, defined: Timeline | None = None) -> bytes:
    """JSON, version 1: no activities, and what is struck."""
    members = {
        "name": struck.name,
        "reason": struck.reason or None,
        "budget_year": struck.year,
        "file": struck.place.file if struck.place else None,
        "line": struck.place.line if struck.place else None,
        "without_deviation": _would_have_been(struck, defined),
    }
    return to_bytes({"version": 1, "activities": [], "windows": [], "struck": members})
