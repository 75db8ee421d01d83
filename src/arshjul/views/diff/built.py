"""A timeline that `build -f json` or `freeze` wrote, as one side of a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from arshjul.dates.swedish import days_name, joined
from arshjul.definition import ActivityType
from arshjul.record.timeline_file import Basis, BasisMeeting, BasisPart, BasisRule, FileActivity, TimelineFile
from arshjul.timeline import STOP_DATE
from arshjul.views.diff.version import (
    AS_OF,
    DATES,
    ComparedRow,
    Dating,
    Finding,
    MeetingDay,
    Version,
    WrittenRule,
    window_row,
)
from arshjul.wording.dates import UNDATED


def version_from(timeline: TimelineFile, label: str) -> Version:
    """The timeline of a file. What the dates were computed from is known where `freeze` wrote it."""
    basis = timeline.basis
    rows = tuple(_row(activity, basis.rows.get(activity.id, {}) if basis else {}) for activity in timeline.activities)
    findings = None
    if timeline.findings is not None:
        findings = tuple(Finding(each.code, each.severity, each.message) for each in timeline.findings)
    windows = []
    for window in timeline.windows:
        known = basis.rows.get(window.id, {}).get(DATES) if basis else None
        dating = Dating(((window.start, window.end),), day_words(window.start, window.end))
        windows.append(window_row(window.id, window.title, _with_basis(dating, known)))
    version = Version(
        label, timeline.process, timeline.budget_year, timeline.title, rows, findings, windows=tuple(windows)
    )
    if basis is None:
        return version
    meetings = tuple(MeetingDay(each.body, each.day, each.moved_from) for each in basis.meetings)
    return replace(version, meetings=meetings, calendar=basis.calendar)


def basis_of(version: Version) -> Basis:
    """What the dates of a plan are computed from, to be kept beside them."""
    rows: dict[str, dict[str, BasisPart]] = {}
    for row in version.all:
        for part, dating in row.parts.items():
            written, rule = dating.rule, None
            if written:
                rule = BasisRule(written.text, written.deviation, written.reason, written.body)
            if rule or dating.follows or dating.meetings:
                rows.setdefault(row.id, {})[part] = BasisPart(rule, dating.follows, dating.meetings)
    meetings = (BasisMeeting(each.body, each.day, each.moved_from) for each in version.meetings or ())
    return Basis(tuple(meetings), version.calendar, rows)


def _row(activity: FileActivity, basis: Mapping[str, BasisPart]) -> ComparedRow:
    people = (name for group in activity.participants.values() for name in group)
    others = (activity.body, activity.responsible, activity.case_officer, activity.recipient)
    return ComparedRow(
        activity.id,
        activity.title,
        activity.phase,
        {name: _with_basis(dating, basis.get(name)) for name, dating in _parts(activity)},
        activity.status,
        activity.body,
        activity.place,
        decision=activity.type == ActivityType.DECISION,
        people=frozenset(filter(None, (*people, *others))),
        internal=activity.internal,
        activity=activity.id.partition(".")[0],
        previous_id=activity.previous_id,
    )


def _with_basis(dating: Dating, basis: BasisPart | None) -> Dating:
    if basis is None:
        return dating
    rule = basis.rule and WrittenRule(basis.rule.text, None, basis.rule.deviation, basis.rule.reason, basis.rule.body)
    return replace(dating, rule=rule, follows=basis.follows, meetings=basis.meetings)


def _parts(activity: FileActivity) -> Iterator[tuple[str, Dating]]:
    days = tuple((each.start, each.end) for each in activity.occurrences)
    hours = tuple(" ".join(filter(None, (each.part, each.time))) for each in activity.occurrences)
    texts = [day_words(each.start, each.end, hour) for each, hour in zip(activity.occurrences, hours, strict=True)]
    yield DATES, Dating(days, joined(texts) if texts else UNDATED, hours)
    if activity.as_of and (as_of := (activity.as_of.start, activity.as_of.end)) not in days:
        yield AS_OF, Dating((as_of,), day_words(*as_of))
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
