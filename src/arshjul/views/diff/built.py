"""A timeline that `build -f json` wrote, as one side of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import MsgspecError, Struct, field
from msgspec.json import decode

from arshjul.dates.swedish import days_name, joined
from arshjul.definition import ActivityType
from arshjul.timeline import STOP_DATE
from arshjul.views.diff.version import DATES, ComparedRow, Dating, Finding, Version
from arshjul.wording.dates import UNDATED

VERSIONS = (1,)


class NoTimeline(Exception):
    """The bytes are no timeline in JSON."""


class _Occurrence(Struct, frozen=True):
    start: date
    end: date
    part: str | None = None
    time: str | None = None


class _Stop(Struct, frozen=True):
    kind: str
    date: date | None = None
    text: str | None = None


class _Activity(Struct, frozen=True):
    id: str
    phase: str
    title: str
    status: str
    stop_date: _Stop
    occurrences: tuple[_Occurrence, ...] = ()
    type: str | None = None
    body: str | None = None
    place: str | None = None
    chain: dict[str, date | None] = field(default_factory=dict)
    participants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    responsible: str | None = None
    case_officer: str | None = None
    recipient: str | None = None


class _Timeline(Struct, frozen=True):
    version: int
    process: str
    budget_year: int
    title: str
    activities: tuple[_Activity, ...]
    findings: tuple[Finding, ...] = ()


def version_from(data: bytes, label: str) -> Version:
    """The timeline of a JSON file. It does not say what the dates were computed from. Raises NoTimeline."""
    try:
        timeline = decode(data, type=_Timeline)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NoTimeline from error
    if timeline.version not in VERSIONS:
        raise NoTimeline
    rows = tuple(_row(activity) for activity in timeline.activities)
    if len({row.id for row in rows}) < len(rows):
        raise NoTimeline
    return Version(label, timeline.process, timeline.budget_year, timeline.title, rows, timeline.findings)


def _row(activity: _Activity) -> ComparedRow:
    people = (name for group in activity.participants.values() for name in group)
    others = (activity.body, activity.responsible, activity.case_officer, activity.recipient)
    return ComparedRow(
        activity.id,
        activity.title,
        activity.phase,
        dict(_parts(activity)),
        activity.status,
        activity.body,
        activity.place,
        decision=activity.type == ActivityType.DECISION,
        people=frozenset(filter(None, (*people, *others))),
    )


def _parts(activity: _Activity) -> Iterator[tuple[str, Dating]]:
    days = tuple((each.start, each.end) for each in activity.occurrences)
    hours = tuple(" ".join(filter(None, (each.part, each.time))) for each in activity.occurrences)
    texts = [_text(each.start, each.end, hour) for each, hour in zip(activity.occurrences, hours, strict=True)]
    yield DATES, Dating(days, joined(texts) if texts else UNDATED, hours)
    stop = activity.stop_date
    yield STOP_DATE, _one_day(stop.date, stop.text or "", stop.kind)
    for name, day in activity.chain.items():
        if name != STOP_DATE:
            yield name, _one_day(day, UNDATED)


def _one_day(day: date | None, otherwise: str, kind: str = "date") -> Dating:
    return Dating(((day, day),) if day else (), _text(day, day) if day else otherwise, (), kind)


def _text(start: date, end: date, hours: str = "") -> str:
    name = days_name(start, end)
    return f"{name.text} {name.year} {hours}".rstrip()
