"""Explanations as JSON, version 1."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.diagnostics import Span
from arshjul.formats.json import JsonObject, to_bytes
from arshjul.timeline import STOP_DATE, Activity, Step, TimeWindow
from arshjul.views.explanation.model import DATE, FIRST_DAY, LAST_DAY, Derivation, Explanation
from arshjul.views.plan.json import activity_members, window_members

VERSION = 1


def render(explanations: Sequence[Explanation]) -> bytes:
    """The activities, and the windows, with indent 2."""
    activities, windows = [], []
    for each in explanations:
        found = {derivation.label: derivation for derivation in each.derivations}
        if isinstance(each.subject, TimeWindow):
            windows.append(_window(each.subject, found))
        else:
            activities.append(_activity(each.subject, found))
    return to_bytes({"version": VERSION, "activities": activities, "windows": windows})


def _activity(activity: Activity, found: dict[str, Derivation]) -> JsonObject:
    """As in the JSON timeline, with the steps of the stop date and of the chain beside the activity's own."""
    members = activity_members(activity)
    members |= _around(found.get(DATE))
    members["stop_date"]["steps"] = _step_members(activity.stop_date.steps)
    members["stop_date"] |= _around(found.get(STOP_DATE.capitalize()))
    members["chain_steps"] = {step.name: _step_members(step.steps) for step in activity.chain}
    members["chain_notes"] = {step.name: _around(found.get(step.name.capitalize())) for step in activity.chain}
    return members


def _window(window: TimeWindow, found: dict[str, Derivation]) -> JsonObject:
    return {
        **window_members(window),
        "start_steps": _step_members(window.start_steps),
        "end_steps": _step_members(window.end_steps),
        **_around(found[LAST_DAY]),
        "notes": [note for label in (FIRST_DAY, LAST_DAY) for note in _around(found[label])["notes"]],
    }


def _around(derivation: Derivation | None) -> JsonObject:
    """What is told beside the steps of a date: notes, and all that is counted from it."""
    if derivation is None:
        return {"notes": [], "dependants": [], "dependants_in_all": 0}
    return {
        "notes": [{"text": note.text} | _file_and_line(note.span) for note in derivation.notes],
        "dependants": [
            {"id": each.name, "date": each.day.isoformat() if each.day else None, "text": each.result}
            | _file_and_line(each.span)
            for each in derivation.dependants.direct
        ],
        "dependants_in_all": derivation.dependants.in_all,
    }


def _step_members(steps: Sequence[Step]) -> list[JsonObject]:
    return [
        {"text": step.text, "date": step.date.isoformat() if step.date else None}
        | _file_and_line(step.span)
        | {"follows": step.follows}
        for step in steps
    ]


def _file_and_line(span: Span | None) -> JsonObject:
    return {"file": span.file if span else None, "line": span.line if span else None}
