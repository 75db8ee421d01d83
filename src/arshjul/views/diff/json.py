"""Differences as JSON, version 1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arshjul.formats.json import JsonObject, to_bytes
from arshjul.views.diff.causes import Cause
from arshjul.views.diff.model import Change, Difference, WeekShift
from arshjul.views.diff.texts import cause_sentence
from arshjul.views.diff.version import Finding, Version

VERSION = 1


def render(differences: Sequence[Difference]) -> bytes:
    """One member a process, members in the order of the schema, full ISO dates where a date stands alone."""
    return to_bytes({"version": VERSION, "differences": [_difference(each) for each in differences]})


def _difference(difference: Difference) -> JsonObject:
    assumed = {"assumed": list(difference.new.assumed), "affected": list(difference.affected)}
    return {
        "process": difference.new.process,
        **(assumed if difference.new.assumed else {}),
        "from": _version(difference.old),
        "to": _version(difference.new),
        "paired": difference.paired,
        "causes": [_cause(each) for each in difference.causes],
        "changes": [_change(each) for each in difference.changes],
        "weeks": [_shift(each) for each in difference.shifts],
        "findings": {
            "new": [_finding(each) for each in difference.came],
            "gone": [_finding(each) for each in difference.went],
        },
    }


def _version(version: Version) -> JsonObject:
    return {"version": version.label, "budget_year": version.budget_year, "rows": len(version.rows)}


def _cause(cause: Cause) -> JsonObject:
    return {
        "kind": cause.kind.value,
        "text": cause_sentence(cause),
        "name": cause.name or None,
        "part": cause.part or None,
        "old": _day_or_text(cause.old),
        "new": _day_or_text(cause.new),
        "reason": cause.reason,
        "file": cause.place[0] if cause.place else None,
        "line": cause.place[1] if cause.place else None,
    }


def _day_or_text(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _change(change: Change) -> JsonObject:
    return {
        "kind": change.kind.value,
        "row": change.row,
        "title": change.title,
        "part": change.part or None,
        "old": change.old,
        "new": change.new,
        "days": change.days,
        "cause": change.cause,
        "score": change.score,
    }


def _shift(shift: WeekShift) -> JsonObject:
    distance = shift.distance
    return {
        "row": shift.row,
        "title": shift.title,
        "old": shift.old,
        "new": shift.new,
        "old_week": shift.old_week,
        "new_week": shift.new_week,
        "weeks": shift.weeks,
        "end_weeks": shift.end_weeks,
        "stop_weeks": shift.stop_weeks,
        "decision": distance.decision if distance else None,
        "old_distance": distance.old if distance else None,
        "new_distance": distance.new if distance else None,
    }


def _finding(finding: Finding) -> JsonObject:
    return {"code": finding.code, "severity": finding.severity, "message": finding.message}
