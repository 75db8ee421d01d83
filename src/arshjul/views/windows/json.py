"""The windows as JSON, version 1."""

from __future__ import annotations

from arshjul.formats.json import JsonObject, to_bytes
from arshjul.timeline import TimeWindow
from arshjul.views.windows.model import Measured, WindowsPage
from arshjul.wording import bands


def render(page: WindowsPage) -> bytes:
    """The members, with indent 2."""
    return to_bytes(members(page))


def members(page: WindowsPage) -> JsonObject:
    """JSON, version 1. `margin` is in working days where the floor is, else in calendar days; null without a floor."""
    comparison = page.comparison
    return {
        "version": 1,
        "process": page.process,
        "budget_year": comparison.this.year,
        "against": comparison.other.year if comparison.other else None,
        "windows": [_members(each) for each in comparison.measured],
    }


def _members(each: Measured) -> JsonObject:
    floor = {
        "minimum": (bands.floor(each.window) or None) if each.window else None,
        "margin": each.window and each.window.margin,
    }
    other = _span(each.other) if each.other else None
    own = {"id": each.id, "title": each.title} | _span(each.window) | floor
    return own | {"against": other, "difference": each.difference}


def _span(window: TimeWindow | None) -> JsonObject:
    if window is None:
        return dict.fromkeys(("start", "end", "working_days"))
    return {"start": str(window.start), "end": str(window.end), "working_days": window.working_days}
