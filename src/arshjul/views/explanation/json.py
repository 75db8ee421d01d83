"""Explanations as JSON, version 1."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.formats.json import JsonObject, to_bytes
from arshjul.timeline import Step
from arshjul.views.explanation.model import Explanation
from arshjul.views.plan.json import activity_members

VERSION = 1


def render(explanations: Sequence[Explanation]) -> bytes:
    """The activities, with indent 2."""
    activities = []
    for each in explanations:
        # As in the JSON timeline, with the steps of the stop date and of the chain beside the activity's own.
        members = activity_members(each.activity)
        members["stop_date"]["steps"] = _step_members(each.activity.stop_date.steps)
        members["chain_steps"] = {step.name: _step_members(step.steps) for step in each.activity.chain}
        activities.append(members)
    return to_bytes({"version": VERSION, "activities": activities})


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
