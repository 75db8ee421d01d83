"""Why an activity, or one round of it, is not in the plan of the year: it is struck."""

from __future__ import annotations

from arshjul.definition import Struck
from arshjul.formats.json import to_bytes
from arshjul.formats.terminal import safe
from arshjul.timeline import Timeline
from arshjul.views.explanation.model import place


def struck_named(timeline: Timeline, name: str) -> Struck | None:
    """What the name means, where it is struck."""
    return next((struck for struck in timeline.struck if struck.name == name), None)


def sentence(struck: Struck) -> str:
    """`manadsrapport är struken 2023: lämnas muntligt`, and below it where that is written."""
    return f"{safe(str(struck))}\n{safe(place(struck.place))}\n"


def render(struck: Struck) -> bytes:
    """JSON, version 1: no activities, and what is struck."""
    members = {
        "name": struck.name,
        "reason": struck.reason or None,
        "budget_year": struck.year,
        "file": struck.place.file if struck.place else None,
        "line": struck.place.line if struck.place else None,
    }
    return to_bytes({"version": 1, "activities": [], "struck": members})
