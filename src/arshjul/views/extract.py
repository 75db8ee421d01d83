"""Parts of a plan: what concerns one body, one phase, some days. Dates are never touched, rows only left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from arshjul.timeline import UNGROUPED, Activity, Body, Role, StopKind, Timeline


def for_body(timeline: Timeline, body: str) -> Timeline:
    """The rows that the body (an id) takes part in: as the deciding one or as a participant, by id or name."""
    known = next((known for known in timeline.bodies if known.id == body), Body(body, body, None))
    return _only(timeline, lambda activity: activity.concerns(known))


def for_role(timeline: Timeline, role: Role) -> Timeline:
    """The rows that the role has to do with."""
    return _only(timeline, lambda activity: activity.involves(role))


def groups(timeline: Timeline) -> tuple[str, ...]:
    """The groups that take part in something, in printed order; who has no group is in none."""
    return tuple(dict.fromkeys(g for activity in timeline.activities for g in activity.participants if g != UNGROUPED))


def for_group(timeline: Timeline, group: str) -> Timeline:
    """The rows that somebody of the group takes part in."""
    return _only(timeline, lambda activity: group in activity.participants)


def in_phase(timeline: Timeline, phase: str) -> Timeline:
    """The rows of the phase with that id."""
    return _only(timeline, lambda activity: activity.phase == phase)


def between(timeline: Timeline, first: date, last: date) -> Timeline:
    """The rows with a date that touches `first`–`last`, both included; undated rows are left out."""
    return _only(timeline, lambda a: any(o.start <= last and first <= o.end for o in a.occurrences))


def stop_dates(timeline: Timeline) -> Timeline:
    """The rows with something to hand in, by stop date; those whose stop date is no day come last, as they stood."""
    due = _only(timeline, lambda activity: activity.stop_date.kind is not StopKind.NOT_REQUIRED)
    return replace(due, activities=tuple(sorted(due.activities, key=lambda a: a.stop_date.day or date.max)))


def stop_dates_between(timeline: Timeline, first: date, last: date) -> Timeline:
    """The rows whose stop date lies within `first`–`last`, both included."""
    return _only(timeline, lambda a: a.stop_date.day is not None and first <= a.stop_date.day <= last)


def _only(timeline: Timeline, wanted: Callable[[Activity], bool]) -> Timeline:
    activities = tuple(filter(wanted, timeline.activities))
    left = {activity.phase for activity in activities}
    return replace(
        timeline, activities=activities, phases=tuple(phase for phase in timeline.phases if phase.id in left)
    )
