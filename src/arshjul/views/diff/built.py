"""A timeline that `build -f json` or `freeze` wrote, as one side of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from arshjul.dates.swedish import days_name, joined
from arshjul.definition import ActivityType
from arshjul.record.timeline_file import FileActivity, TimelineFile
from arshjul.timeline import STOP_DATE
from arshjul.views.diff.version import DATES, ComparedRow, Dating, Finding, Version
from arshjul.wording.dates import UNDATED


def version_from(timeline: TimelineFile, label: str) -> Version:
    """The timeline of a file. It does not say what the dates were computed from."""
    rows = tuple(_row(activity) for activity in timeline.activities)
    findings = None
    if timeline.findings is not None:
        findings = tuple(Finding(each.code, each.severity, each.message) for each in timeline.findings)
    return Version(label, timeline.process, timeline.budget_year, timeline.title, rows, findings)


def _row(activity: FileActivity) -> ComparedRow:
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
        internal=activity.internal,
        previous_id=activity.previous_id,
    )


def _parts(activity: FileActivity) -> Iterator[tuple[str, Dating]]:
    days = tuple((each.start, each.end) for each in activity.occurrences)
    hours = tuple(" ".join(filter(None, (each.part, each.time))) for each in activity.occurrences)
    texts = [day_words(each.start, each.end, hour) for each, hour in zip(activity.occurrences, hours, strict=True)]
    yield DATES, Dating(days, joined(texts) if texts else UNDATED, hours)
    stop = activity.stop_date
    yield STOP_DATE, one_day(stop.date, stop.text or "", stop.kind)
    for name, day in activity.chain.items():
        if name != STOP_DATE:
            yield name, one_day(day, UNDATED)


def one_day(day: date | None, otherwise: str, kind: str = "date") -> Dating:
    """A part that is a day, or the words that stand in its place."""
    return Dating(((day, day),) if day else (), day_words(day, day) if day else otherwise, (), kind)


def day_words(start: date, end: date, hours: str = "") -> str:
    """`tisdag 3 juni 2025 fm`"""
    name = days_name(start, end)
    return f"{name.text} {name.year} {hours}".rstrip()
