"""*Viktiga datum*: the decisions, last days and dialogue days of a plan, on half a page."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from arshjul.dates.extent import Precision
from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Status, Timeline
from arshjul.wording.dates import dates_of_rows

HEADING = "Viktiga datum"
MOST = 10
_KINDS = {ActivityType.DECISION: "Beslut", ActivityType.SUBMISSION: "Sista dag", ActivityType.DIALOGUE: "Dialog"}


class KeyDate(Struct, frozen=True):
    """One row. `kind` is *Beslut*, *Sista dag* or *Dialog*; `dates` are the texts of the activity's occurrences."""

    activity: Activity
    kind: str
    dates: tuple[str, ...]


class KeyDates(Struct, frozen=True):
    """By day, at most ten that the author has not chosen. `candidates` is how many there were to choose from."""

    rows: tuple[KeyDate, ...]
    candidates: int


def key_dates(timeline: Timeline) -> KeyDates:
    """Those that the author has chosen, all of them, also what is cancelled or undated.

    Where none of them is in this plan: those of weight first, which are milestones, decisions, last days, dialogue
    days, and of each the earliest. Then what is cancelled or undated is left out, and the rounds of one activity
    (eleven meetings of a board) yield to all that happens once.
    """
    asked = set(timeline.key_activities)
    by_author = [a for a in timeline.activities if asked and not asked.isdisjoint((a.id, a.row.activity))]
    chosen = candidates = [(a, _kind(a) or (a.type.value.capitalize() if a.type else "")) for a in by_author]
    if not chosen:
        candidates = [(activity, kind) for activity in timeline.activities if (kind := _kind(activity))]
        chosen = sorted(candidates, key=_weight)[:MOST]
    chosen = sorted(chosen, key=lambda candidate: _first(candidate[0]))
    dates = dates_of_rows([activity for activity, _ in chosen])
    rows = zip(chosen, dates, strict=True)
    return KeyDates(tuple(KeyDate(activity, kind, texts) for (activity, kind), texts in rows), len(candidates))


def chosen_among(found: KeyDates) -> str:
    """What a reader must know of the choice; empty where nothing was left out."""
    if found.candidates <= len(found.rows):
        return ""
    return f"{len(found.rows)} av {found.candidates} beslut, sista dagar och dialogdagar; resten står i tabellerna."


def _kind(activity: Activity) -> str:
    if activity.status is Status.CANCELLED or not activity.occurrences:
        return ""
    if activity.type is not ActivityType.DECISION and any(o.deadline for o in activity.occurrences):
        return _KINDS[ActivityType.SUBMISSION]
    return _KINDS.get(activity.type, "") if activity.type else ""


def _weight(candidate: tuple[Activity, str]) -> tuple[bool, bool, int, bool, date]:
    activity, kind = candidate
    return (
        not activity.milestones,
        activity.row.repetition is not None,
        list(_KINDS.values()).index(kind),
        any(occurrence.precision is not Precision.DAY for occurrence in activity.occurrences),
        _first(activity),
    )


def _first(activity: Activity) -> date:
    return activity.start or date.max
