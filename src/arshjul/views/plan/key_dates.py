"""*Viktiga datum*: the decisions, last days and dialogue days of a plan, month by month, on half a page."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from msgspec import Struct

from arshjul.dates.extent import Precision
from arshjul.dates.swedish import month as month_name
from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Status, StopKind, Timeline
from arshjul.wording.dates import dates_of_rows, stop_date_text
from arshjul.wording.table import GROUPS

HEADING = "Viktiga datum"
ROOM = 20  # rows on half a page
_KINDS = {ActivityType.DECISION: "Beslut", ActivityType.SUBMISSION: "Sista dag", ActivityType.DIALOGUE: "Dialog"}
_POLITICAL = frozenset(GROUPS[:2])


class KeyDate(Struct, frozen=True):
    """One row. `kind` is *Beslut*, *Sista dag* or *Dialog*; `dates` are the texts of the activity's occurrences.

    `stop_date` is when the papers of a decision are to be in, empty where that is no day.
    """

    activity: Activity
    kind: str
    dates: tuple[str, ...]
    stop_date: str

    @property
    def month(self) -> str:
        """`juni 2025`, in which the row begins; empty without a day."""
        day = self.activity.start
        return f"{month_name(day.month)} {day.year}" if day else ""


class KeyDates(Struct, frozen=True):
    """By day. `candidates` is how many there were to choose from."""

    rows: tuple[KeyDate, ...]
    candidates: int


def key_dates(timeline: Timeline) -> KeyDates:
    """Those that the author has chosen, all of them, also what is cancelled or undated.

    Where none of them is in this plan: those of weight first, one weight after the other as long as half a page has
    room for all of the next. Then what is cancelled or undated is left out.
    """
    asked = set(timeline.key_activities)
    by_author = [a for a in timeline.activities if asked and not asked.isdisjoint((a.id, a.row.activity))]
    chosen = candidates = [(a, _kind(a) or (a.type.value.capitalize() if a.type else "")) for a in by_author]
    if not chosen:
        candidates = [(activity, kind) for activity in timeline.activities if (kind := _kind(activity))]
        chosen = _weightiest(candidates, timeline)
    chosen = sorted(chosen, key=lambda candidate: _first(candidate[0]))
    dates = dates_of_rows([activity for activity, _ in chosen])
    rows = []
    for (activity, kind), texts in zip(chosen, dates, strict=True):
        papers = activity.type is ActivityType.DECISION and activity.stop_date.kind is StopKind.DATE
        stop_date = stop_date_text(activity.stop_date, activity.start) if papers else ""
        rows.append(KeyDate(activity, kind, texts, stop_date))
    return KeyDates(tuple(rows), len(candidates))


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


def _weightiest(candidates: list[tuple[Activity, str]], timeline: Timeline) -> list[tuple[Activity, str]]:
    """Whole weights while there is room; the earliest of the first one, if that alone has too many rows.

    Least weighs most: milestones; what happens once, not in rounds; the days of the politicians before those of the
    office; decisions, last days, dialogue days; days before months.
    """
    political = {body.id for body in timeline.bodies if body.group in _POLITICAL}

    def weight(candidate: tuple[Activity, str]) -> tuple[bool, bool, bool, int, bool]:
        activity, kind = candidate
        return (
            not activity.milestones,
            activity.row.repetition is not None,
            activity.body not in political and _POLITICAL.isdisjoint(activity.participants),
            list(_KINDS.values()).index(kind),
            any(occurrence.precision is not Precision.DAY for occurrence in activity.occurrences),
        )

    chosen: list[tuple[Activity, str]] = []
    for _, group in groupby(sorted(candidates, key=lambda each: (weight(each), _first(each[0]))), weight):
        equal = list(group)
        if len(chosen) + len(equal) > ROOM:
            return chosen or equal[:ROOM]
        chosen += equal
    return chosen


def _first(activity: Activity) -> date:
    return activity.start or date.max
