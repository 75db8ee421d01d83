"""Explanations as JSON, version 1."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.formats.json import JsonObject, to_bytes
from arshjul.timeline import Activity, Step
from arshjul.views.explanation.model import Explanation
from arshjul.views.plan.json import activity_members

VERSION = 1


def render(explanations: Sequence[Explanation]) -> bytes:
    """The activities, with indent 2."""
    members = {"version": VERSION, "activities": [_members(each.activity) for each in explanations]}
    return to_bytes(members)


def _members(activity: Activity) -> JsonObject:
    """The activity as in the JSON timeline, with the steps of its stop date and chain beside its own."""
    members = activity_members(activity)
    members["stop_date"]["steps"] = _step_members(activity.stop_date.steps)
    members["chain_steps"] = {step.name: _step_members(step.steps) for step in activity.chain}
    return members


def _step_members(steps: Sequence[Step]) -> list[JsonObject]:
    return [
        {
            "text": step.text,
            "date": step.date.isoformat() if step.date else None,
            "file": step.span.file if step.span else None,
            "line": step.span.line if step.span else None,
            "follows": step.follows,
        }
        for step in steps
    ]
