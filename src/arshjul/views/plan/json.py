"""The timeline as JSON, version 1: the format other programs read and `diff` compares."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from arshjul.diagnostics import Span
from arshjul.formats.json import JsonObject, place_members, to_bytes
from arshjul.timeline import Activity, Occurrence, Timeline, TimeWindow
from arshjul.views.publication import Edition
from arshjul.wording import bands
from arshjul.wording.dates import stop_date_in_window, text_in_window

if TYPE_CHECKING:
    from arshjul.record.changes import Since
    from arshjul.record.states import RowState

VERSION = 1


def render(plan: Edition) -> bytes:
    """UTF-8, indent 2, members in the order of the schema, full ISO dates, a line end last."""
    findings = [
        {
            "code": finding.code,
            "severity": finding.severity.english,
            "message": finding.message,
            "hint": finding.hint,
            **place_members(finding.span),
            **({"fix": place_members(finding.fix.span) | {"text": finding.fix.text}} if finding.fix else {}),
        }
        for finding in plan.findings
    ]
    changes = {"changes": [_since(each) for each in plan.since]} if plan.since else {}
    return to_bytes(timeline_members(plan.timeline) | changes | {"findings": findings})


def _since(since: Since) -> JsonObject:
    """What has changed since a decision, or since the last edition, where `decision` is None."""
    decision = since.decision
    return {
        "decision": {
            "date": _iso(decision.date),
            "registry_number": decision.registry_number,
            "decision": decision.decision,
        }
        if decision
        else None,
        "rows": [
            {"id": each.row, "title": each.title, "old": _state(each.old), "new": _state(each.new)}
            for each in since.changes
        ],
    }


def _state(state: RowState | None) -> JsonObject | None:
    if state is None:
        return None
    spans = [span.split("/") for span in state.days]
    days = [{"start": days[0], "end": days[-1]} for days in spans]
    return {"days": days, "stop_date": state.stop, "status": state.status}


def timeline_members(timeline: Timeline) -> JsonObject:
    """All of version 1 but `findings`, which stands last."""
    return {
        "version": VERSION,
        "process": timeline.process,
        "organisation": timeline.organisation,
        "budget_year": timeline.budget_year,
        "title": timeline.title,
        "phases": [
            {"id": phase.id, "title": phase.title, "start": _iso(phase.start), "end": _iso(phase.end)}
            for phase in timeline.phases
        ],
        "windows": [window_members(window) for window in timeline.windows],
        "activities": [activity_members(activity) for activity in timeline.activities],
    }


def window_members(window: TimeWindow) -> JsonObject:
    """A window as it stands in the timeline."""
    return {
        "id": window.id,
        "title": window.title,
        "start": _iso(window.start),
        "end": _iso(window.end),
        "precision": window.precision.value,
        "working_days": window.working_days,
        "minimum": bands.floor(window) or None,
    }


def activity_members(activity: Activity) -> JsonObject:
    """An activity as it stands in the timeline; `alternatives` only where its dates are such, `withdrawn` only
    of a stop date that a cancelled row would have had."""
    stop = activity.stop_date
    return {
        "id": activity.id,
        **({"previous_id": activity.previous_id} if activity.previous_id else {}),
        "phase": activity.phase,
        "title": activity.title,
        "type": activity.type.value if activity.type else None,
        "body": activity.body,
        "year_concerned": activity.year_concerned,
        "occurrences": [_occurrence(occurrence) for occurrence in activity.occurrences],
        **({"alternatives": True} if activity.alternatives else {}),
        "as_of": _occurrence(activity.as_of) if activity.as_of else None,
        "chain": {step.name: _iso(step.day) for step in activity.chain},
        "stop_date": {
            "kind": stop.kind.value,
            "date": _iso(stop.day),
            "text": stop_date_in_window(stop),
            "preliminary": stop.preliminary,
            **({"withdrawn": _iso(stop.withdrawn)} if stop.withdrawn else {}),
        },
        "participants": {group: list(names) for group, names in activity.participants.items()},
        "responsible": activity.responsible,
        "case_officer": activity.case_officer,
        "recipient": activity.recipient,
        "place": activity.place,
        "comment": activity.comment,
        "purpose": activity.purpose,
        "goal": activity.goal,
        "milestones": list(activity.milestones),
        "internal": activity.internal,
        "status": activity.status.value,
        "reason": activity.cancelled or activity.reason,
        "steps": [{"text": step.text, "date": _iso(step.date)} | _file_and_line(step.span) for step in activity.steps],
        "source": _file_and_line(activity.source),
        "inputs": list(activity.inputs),
        "tags": list(activity.tags),
        "link": activity.link,
        "reference": activity.reference,
        "reserve": [_occurrence(occurrence) for occurrence in activity.reserve],
    }


def _occurrence(occurrence: Occurrence) -> JsonObject:
    return {
        "start": _iso(occurrence.start),
        "end": _iso(occurrence.end),
        "precision": occurrence.precision.value,
        "deadline": occurrence.deadline,
        "part": occurrence.part.value if occurrence.part else None,
        "time": str(occurrence.clock) if occurrence.clock else None,
        "text": text_in_window(occurrence.dated),
        "preliminary": occurrence.preliminary,
    }


def _file_and_line(span: Span | None) -> JsonObject:
    return {"file": span.file, "line": span.line} if span else {"file": None, "line": None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
