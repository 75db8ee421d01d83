"""Rows with their results → the frozen Timeline, texts filled in and rows in printed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from arshjul.dates.evaluate import clock, day_parts, moved
from arshjul.dates.extent import Dated, Precision
from arshjul.dates.literal import Frame
from arshjul.dates.syntax import BudgetYear, DayPart, Unit
from arshjul.definition import Activity as WrittenActivity
from arshjul.definition import Expression, Process, expand
from arshjul.definition import Window as WrittenWindow
from arshjul.resolve.keys import Results, RowDates
from arshjul.resolve.rows import PhaseRow, Round, Row
from arshjul.resolve.scope import Setting, at_place
from arshjul.source import Text
from arshjul.timeline import (
    UNGROUPED,
    Activity,
    Body,
    Column,
    Occurrence,
    Phase,
    PlannedMeeting,
    Role,
    Status,
    Timeline,
    TimeWindow,
)

PARTS = list(DayPart)
LAST = date.max
STARTS = ((DayPart.FORENOON, 0), (DayPart.AFTERNOON, 12 * 60), (DayPart.EVENING, 18 * 60))


def assemble(setting: Setting, phases: Sequence[PhaseRow], rows: Sequence[Row], results: Results) -> Timeline:
    """The Timeline of a process all of whose tasks are settled."""
    process, frame = setting.process, setting.frame
    activities = [_activity(row, setting, results) for row in rows]
    order = {phase.id: number for number, phase in enumerate(phases)}
    texts = _texts(frame.budget_year, frame)
    return Timeline(
        process=process.id,
        budget_year=frame.budget_year,
        title=expand(process.title, texts),
        organisation=_plain(process.organisation),
        phases=tuple(_phase(phase, setting, results) for phase in phases),
        activities=tuple(sorted(activities, key=lambda activity: (order[activity.phase], _printed_order(activity)))),
        windows=tuple(w for written in process.windows if (w := _window(written, setting, results))),
        columns=tuple(Column(str(column.field), str(column.heading)) for column in process.columns),
        roles=tuple(Role(str(name), str(role.name)) for name, role in process.roles.items()),
        bodies=tuple(Body(str(b.id), str(b.name), _plain(b.group), b.meeting_length) for b in process.bodies.values()),
        meetings=setting.meetings_looked_at(),
        purpose=_expanded(process.purpose, texts),
        owner=_plain(process.owner),
        contact=_plain(process.contact),
        registry_number=_plain(process.registry_number),
        decision=_plain(process.decision),
        planning_period=results.planning_period(),
        start=frame.start,
        end=frame.end,
        files=process.files,
        struck=tuple(process.struck.values()),
        key_activities=tuple(str(name) for name in process.key_activities),
        address=_plain(process.address),
    )


def _plain(written: str | None) -> str | None:
    return None if written is None else str(written)


def _expanded(written: Text | None, texts: Mapping[str, str]) -> str | None:
    return None if written is None else expand(written, texts)


def _printed_order(activity: Activity) -> tuple[date, int, int]:
    """By start, part of the day and clock time; the rest keep file order, undated rows last (spec 3)."""
    if not activity.occurrences:
        return LAST, 0, 0
    first = min(activity.occurrences, key=lambda occurrence: occurrence.start)
    if first.part is not None:
        part = 2 * PARTS.index(first.part)
    elif first.clock is not None:
        started = [part for part, minutes in STARTS if first.clock.start >= minutes]
        part = 2 * PARTS.index(started[-1])
    else:
        # A day without a part stands between the fore- and the afternoon, so that consultation in the morning prints
        # before the decision of that day, and an evening meeting after it.
        part = 2 * PARTS.index(DayPart.FORENOON) + 1
    return first.start, part, first.clock.start if first.clock else 0


# --- one activity -----------------------------------------------------------------------------------------


def _activity(row: Row, setting: Setting, results: Results) -> Activity:
    written, dates, around = row.activity, results.row(row.id), results.meeting_dates(row.id)
    year_concerned, texts = _concerned(written.concerns or row.phase.phase.concerns, setting.frame, row.rounds)
    meeting = _meeting(row, dates, setting)
    occurrences = tuple(_occurrence(dated, row, meeting) for dated in dates.dated)
    return Activity(
        row=row.row_id,
        phase=row.phase.id,
        title=expand(written.title, texts) + (f" ({row.body})" if row.body else ""),
        type=written.type,
        body=row.body_of_meeting and str(row.body_of_meeting),
        year_concerned=year_concerned,
        occurrences=occurrences,
        status=_status(row, occurrences, dates, meeting),
        stop_date=around.stop_date,
        source=written.span,
        as_of=_occurrence(dates.as_of, row, None) if dates.as_of else None,
        chain=around.chain,
        meeting_stop_date=around.meeting_stop,
        participants=_participants(row, setting.process),
        addresses=_addresses(written, setting.process),
        responsible=_somebody(written.responsible, setting.process, texts),
        case_officer=_somebody(written.case_officer, setting.process, texts),
        recipient=_somebody(written.recipient, setting.process, texts),
        place=_expanded(written.place, texts) or (meeting.place if meeting else None),
        comment=_expanded(written.comment, texts),
        purpose=_expanded(written.purpose, texts),
        goal=_expanded(written.goal, texts),
        inputs=tuple(str(name) for name in written.inputs),
        milestones=tuple(str(name) for name in written.milestones),
        tags=tuple(str(tag) for tag in written.tags),
        link=_plain(written.link),
        reference=_plain(written.reference),
        reserve=tuple(_occurrence(dated, row, None) for dated in dates.reserve),
        internal=written.internal,
        cancelled=_expanded(row.cancelled, texts),
        reason=_plain(written.reason),
        changed_as=row.changed_as,
        second_names=tuple(row.second_names),
        steps=dates.steps,
    )


def _concerned(
    concerns: Expression[BudgetYear] | None, frame: Frame, rounds: Iterable[Round]
) -> tuple[int, dict[str, str]]:
    """The year that a row or a phase concerns, and what the braces in its texts stand for."""
    year = frame.budget_year + (concerns.tree.offset if concerns else 0)
    return year, _texts(year, frame, rounds)


def _texts(year_concerned: int, frame: Frame, rounds: Iterable[Round] = ()) -> dict[str, str]:
    """What `{B}`, `{avser}` and the names of repetitions stand for in the texts of a process, a phase or a row."""
    named: dict[str, str] = {round_.local: round_.words for round_ in rounds}
    # What is repeated over rounds that are not known this year stands as one row, in which their words are left open.
    unknown = {"period": "…", "möte": "…"}
    return {"B": str(frame.budget_year), "avser": str(year_concerned), **unknown, **named}


def _meeting(row: Row, dates: RowDates, setting: Setting) -> PlannedMeeting | None:
    """The meeting of `organ` on the activity's first day, if there is one."""
    first = dates.dated[0].extent if dates.dated else None
    if row.body_of_meeting is None or first is None or first.precision is not Precision.DAY:
        return None
    meeting = setting.meeting_on(row.body_of_meeting, first, held=row.cancelled is None)
    return meeting if meeting is not None and first.end <= meeting.last_day else None


def _occurrence(dated: Dated, row: Row, meeting: PlannedMeeting | None) -> Occurrence:
    whole = replace(
        dated,
        parts=dated.parts or day_parts(row.activity.time),
        clock=dated.clock or clock(row.activity.time),
        implied_year=row.phase.frame.implied_year(dated.extent),
    )
    preliminary = dated.extent.preliminary or dated.uncertain or row.activity.preliminary
    # Of a matter on several days, only the one that the meeting plan has begins when the meeting does.
    if meeting is None or dated.extent.start != meeting.day:
        return Occurrence(whole, preliminary)
    if not whole.parts and whole.clock is None:
        whole = replace(whole, parts=meeting.parts)
    return Occurrence(whole, preliminary, meeting.clock)


def _status(row: Row, occurrences: Sequence[Occurrence], dates: RowDates, meeting: PlannedMeeting | None) -> Status:
    if row.cancelled is not None:
        return Status.CANCELLED
    if not occurrences:
        return Status.UNDATED
    if any(occurrence.preliminary for occurrence in occurrences):
        return Status.PRELIMINARY
    if row.activity.if_needed or any(dated.if_needed for dated in dates.dated):
        return Status.IF_NEEDED
    return Status.MOVED if meeting is not None and meeting.moved_from is not None else Status.PLANNED


def _participants(row: Row, process: Process) -> dict[str, tuple[str, ...]]:
    """Group → names. The body that takes up the matter, or whose row it is, takes part without being written again."""
    grouped: dict[str, list[str]] = {}
    if isinstance(row.activity.participants, Mapping):
        columns = row.activity.participants.items()
        listed = [(str(column), _named(name, process)[1]) for column, names in columns for name in names]
    else:
        listed = [_named(name, process) for name in row.activity.participants]
    named = {name for _, name in listed}
    for body in filter(None, (row.body, row.activity.body)):
        if not named & {str(body), str(process.bodies[body].name)}:
            listed.insert(0, (process.bodies[body].group or UNGROUPED, str(body)))
    for group, name in listed:
        grouped.setdefault(group, []).append(name)
    return {group: tuple(names) for group, names in grouped.items()}


def _addresses(written: WrittenActivity, process: Process) -> tuple[str, ...]:
    columns = written.participants.values() if isinstance(written.participants, Mapping) else [written.participants]
    roles = [process.roles[name] for names in columns for name in names if name in process.roles]
    return tuple(dict.fromkeys(str(role.email) for role in roles if role.email is not None))


def _somebody(written: Text | None, process: Process, texts: Mapping[str, str]) -> str | None:
    """A role or a body by its id prints with its name, anything else as it is written."""
    if written is None or (written not in process.roles and written not in process.bodies):
        return _expanded(written, texts)
    return _named(written, process)[1]


def _named(name: Text, process: Process) -> tuple[str, str]:
    """Group and printed name of a role, a body or a free text."""
    if name in process.roles:
        role = process.roles[name]
        return str(role.group or UNGROUPED), str(role.name)
    if name in process.bodies:
        return str(process.bodies[name].group or UNGROUPED), str(name)
    return UNGROUPED, str(name)


# --- phases and windows --------------------------------------------------------------------------------------


def _phase(phase: PhaseRow, setting: Setting, results: Results) -> Phase:
    extent = results.phase(phase.id)
    _, texts = _concerned(phase.phase.concerns, setting.frame, [phase.round] if phase.round else ())
    start, end = (extent.start, extent.end) if extent else (None, None)
    return Phase(phase.id, _expanded(phase.phase.title, texts), start, end, _expanded(phase.phase.comment, texts))


def _window(written: WrittenWindow, setting: Setting, results: Results) -> TimeWindow | None:
    dates = results.window(written.id)
    if dates is None:
        return None
    extent = dates.extent
    working_days = setting.workdays.count(extent.start, extent.end)
    floor = written.minimum
    margin = None
    if floor is not None and floor.tree.unit is Unit.WORKING_DAY:
        margin = working_days - floor.tree.count
    elif floor is not None:
        # As of any length, months clip: from 31 January one month is to the end of February.
        count, unit = floor.tree.count, floor.tree.unit
        beyond = at_place(floor, lambda: moved(extent.start, count, unit, setting.workdays, floor.tree))
        margin = (extent.end - beyond).days + 1
    return TimeWindow(
        str(written.id),
        expand(written.title, _texts(setting.frame.budget_year, setting.frame)),
        Dated(extent, implied_year=setting.frame.implied_year(extent)),
        working_days,
        floor.tree if floor else None,
        _plain(written.body),
        written.span,
        margin,
        dates.start_steps,
        dates.end_steps,
    )
