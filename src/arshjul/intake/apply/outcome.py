"""Whether what is written gives what the cells say: the plan is computed with it before anything is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from arshjul.intake.apply.comparing import DATES, CellProblem
from arshjul.intake.apply.proposals import CANCELLED, EXPRESSIONS, PARTICIPANTS, Proposal, Proposals
from arshjul.intake.apply.workbook import one_line
from arshjul.timeline import Activity, Timeline
from arshjul.wording.baseline import Baseline


class Judged(Struct, frozen=True):
    """The proposals that change something, what of them would not come out as the cell says, and what is told."""

    effective: tuple[Proposal, ...]
    problems: tuple[CellProblem, ...]
    notices: tuple[str, ...]


def judged(wanted: Proposals, before: Timeline, after: Timeline, printed: Baseline) -> Judged:
    """`printed` is `after` as the workbook prints it."""
    fields = {column.field: n for n, column in enumerate(printed.header.columns)}
    cells = {row.id: row.cells for row in printed.rows}
    effective, problems = list[Proposal](), list[CellProblem]()
    rows = {activity.id: activity for activity in after.activities}
    was = {activity.id: activity for activity in before.activities}
    notices = list[str]()
    for each in wanted.cells:
        row, at = cells.get(each.row, ()), fields.get(each.field)
        now = one_line(row[at]) if at is not None and at < len(row) else ""
        if _already(each, was[each.row], now):
            if each.cell.day and each.today != each.cell.day.isoformat():
                notices.append(f"{each.cell.place}: {each.row} är redan den dagen: ”{each.today}”")
            continue
        came_out = each.row in rows and _says(each, rows[each.row], now)
        if each.conflict is not None:
            problems.append(each.conflict)
        elif came_out:
            effective.append(each)
        else:
            message = f"{each.row}, {each.field}: planen skulle ändå säga ”{now}”, inte ”{each.cell.text}”"
            called_off = each.row in rows and rows[each.row].cancelled is not None
            hint = "raden är inställd" if called_off else "något annat går före; arshjul explain visar vad"
            problems.append(CellProblem(each.cell.place, message, hint))
    return Judged(tuple(effective), tuple(problems), (*notices, *_off_meetings(effective, before, was, rows)))


def _already(wanted: Proposal, row: Activity, now: str) -> bool:
    """Whether the row was so before: what is an expression may be it in other words."""
    if wanted.key == CANCELLED:
        return row.cancelled is not None
    if wanted.field not in EXPRESSIONS:
        return False
    return _only_day(wanted.field, row) == wanted.cell.day if wanted.cell.day else now == wanted.today


def _says(wanted: Proposal, row: Activity, now: str) -> bool:
    """Whether the row now is what was wanted, so far as that is known before it is computed."""
    if wanted.key == CANCELLED:
        return row.cancelled is not None
    if wanted.key == PARTICIPANTS:
        return _names(now) == _names(wanted.cell.text)
    if wanted.cell.day and wanted.field in EXPRESSIONS:
        return _only_day(wanted.field, row) == wanted.cell.day
    return wanted.field in EXPRESSIONS or now == wanted.cell.text


def _only_day(field: str, row: Activity) -> date | None:
    """The one day of a row's dates, of its stop date or of what it is as of."""
    if field == "stoppdatum":
        return row.stop_date.day
    occurrences = row.occurrences if field == DATES else (row.as_of,)
    if len(occurrences) != 1 or occurrences[0] is None or occurrences[0].start != occurrences[0].end:
        return None
    return occurrences[0].start


def _names(people: str) -> set[str]:
    return {name.strip() for name in people.split(",") if name.strip()}


def _off_meetings(
    cells: list[Proposal], before: Timeline, was: dict[str, Activity], after: dict[str, Activity]
) -> Iterator[str]:
    """Rows that lay on a meeting of their body and lie on none: perhaps it is the meeting that is moved."""
    days = {
        (meeting.body, meeting.day) for meeting in before.meetings if not meeting.cancelled and not meeting.preliminary
    }
    for each in cells:
        old, new = was[each.row], after.get(each.row)
        if each.field == DATES and new and old.body and old.start and new.start:
            body, day = old.body, new.start
            if (body, old.start) in days and (body, day) not in days:
                words = (
                    f"{each.cell.place}: {each.row} lämnar {body}s sammanträde {old.start}, och {body} har inget {day}"
                )
                yield f"{words}; är det mötet som flyttas: arshjul move {old.start.year} {body} {old.start} {day}"
