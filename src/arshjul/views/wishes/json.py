"""The wishes as JSON, version 1."""

from __future__ import annotations

from arshjul.formats.json import JsonObject, to_bytes
from arshjul.resolve.needs import Bound
from arshjul.views.wishes.model import WishesPage


def render(page: WishesPage) -> bytes:
    """A member for each meeting, by body and day; full ISO dates, null for what no rule bounds."""
    wishes: list[JsonObject] = [
        {
            "body": wish.need.body,
            "process": wish.process,
            "budget_year": wish.budget_year,
            "row": wish.need.row,
            "title": wish.title,
            "rule": wish.need.rule,
            "at_meeting": wish.need.at_meeting,
            "earliest": wish.need.earliest.isoformat() if wish.need.earliest else None,
            "latest": wish.need.latest.isoformat() if wish.need.latest else None,
            "bounds": [_bound(each) for each in wish.need.bounds],
            "state": wish.state.value,
            "meeting": wish.meeting.isoformat() if wish.meeting else None,
            "broken": list(wish.broken),
            "choices": [day.isoformat() for day in wish.choices],
        }
        for wishes in page.by_body.values()
        for wish in wishes
    ]
    return to_bytes({"version": 1, "year": page.year, "plan": page.plan, "wishes": wishes})


def _bound(bound: Bound) -> JsonObject:
    return {
        "kind": bound.kind.value,
        "limit": "latest" if bound.latest else "earliest",
        "day": bound.day.isoformat() if bound.day else None,
        "rule": bound.rule,
        "source": bound.source,
        "through": bound.through,
    }
