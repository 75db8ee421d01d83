"""Whether what is written gives what the cells say: the plan is computed with it before anything is."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from arshjul.intake.apply.comparing import DATES, CellProblem
from arshjul.intake.apply.proposals import CANCELLED, EXPRESSIONS, KEYS, PARTICIPANTS, Proposal, Proposals
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
    for each in wanted.cells:
        row, at = cells.get(each.row, ()), fields.get(each.field)
        now = one_line(row[at]) if at is not None and at < len(row) else ""
        if each.key == CANCELLED:
            came_out = each.row in rows and rows[each.row].cancelled is not None
            already = was[each.row].cancelled is not None
        else:
            came_out = _says(each, now)
            already = each.field in EXPRESSIONS and now == each.today and each.cell.day is None
        if already:
            continue
        if each.conflict is not None:
            problems.append(each.conflict)
        elif came_out:
            effective.append(each)
        else:
            message = f"{each.row}: i kolumnen skulle då stå ”{now}”, inte ”{each.cell.text}”"
            problems.append(CellProblem(each.cell.place, message, "ändra i beskrivningen i stället"))
    return Judged(tuple(effective), tuple(problems), tuple(_off_meetings(effective, before, was, rows)))


def _says(wanted: Proposal, now: str) -> bool:
    """Whether the cell says what was wanted, so far as that is known before it is computed."""
    if wanted.key == PARTICIPANTS:
        return _names(now) == _names(wanted.cell.text)
    if wanted.cell.day and wanted.field in KEYS:
        return now.startswith(wanted.cell.day.isoformat()) or " kl " in wanted.cell.text
    return wanted.field in EXPRESSIONS or now == wanted.cell.text


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
