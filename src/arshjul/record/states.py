"""What a reader plans by: the days, the stop date and the status of each row, as it was at a time or is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from arshjul.record.model import EventLine, Record
from arshjul.record.timeline_file import TimelineFile
from arshjul.timeline import Activity, Occurrence, StopDate, StopKind

FIRST_COMPARED = 2  # the edition that has one before it


class RowState(Struct, frozen=True):
    """A row at a time. `days` are its dates as `2025-06-03` or `2025-06-03/2025-06-05`, in order, each once.

    `stop` is its stop date, as `2025-05-20`, or else its kind; None where it hands nothing in. `title` and `body` are
    None where they are not known.
    """

    days: tuple[str, ...]
    status: str
    stop: str | None = None
    title: str | None = None
    body: str | None = None
    internal: bool = False

    @property
    def dated(self) -> bool:
        """Whether it has a date or a stop date."""
        return bool(self.days) or (self.stop is not None and self.stop not in set(StopKind))

    def same_as(self, other: RowState) -> bool:
        """Whether a reader of one needs nothing of the other."""
        return (self.days, self.status, self.stop) == (other.days, other.status, other.stop)


def row_state(activity: Activity) -> RowState:
    """The row as it is."""
    days = sorted({span_text(each) for each in activity.occurrences})
    stop = stop_text(activity.stop_date)
    return RowState(tuple(days), activity.status.value, stop, activity.title, activity.body, activity.internal)


def last_edition(record: Record, process: str) -> dict[str, RowState] | None:
    """The rows of the edition before the one that a process is in; None in its first."""
    edition = record.editions.get(process, 1)
    if edition < FIRST_COMPARED:
        return None
    return states_when_edition_began(record.events.get(process, {}).values(), edition)


def states_when_edition_began(lines: Iterable[EventLine], edition: int) -> dict[str, RowState]:
    """The rows as the edition before left them. Of what is internal, and of rows without any date, nothing is known."""
    days: dict[str, list[str]] = {}
    found: dict[str, RowState] = {}
    for line in lines:
        values = line.before if line.edition == edition else None if line.gone else line.now
        if line.row is not None and values is not None:
            found[line.row] = RowState((), values.status, values.stop, line.title)
            if line.ordinal is not None:
                days.setdefault(line.row, []).append(values.days)
    return {row: replace(state, days=tuple(sorted(set(days.get(row, ()))))) for row, state in found.items()}


def states_of_file(timeline: TimelineFile) -> Mapping[str, RowState]:
    """The rows of a timeline file, by the ids that last."""
    found = {}
    for row in timeline.activities:
        days = sorted({days_text(each.start, each.end) for each in row.occurrences})
        stop: str | None = row.stop_date.kind
        if day := row.stop_date.date or row.stop_date.withdrawn:
            stop = day.isoformat()
        elif stop == StopKind.NOT_REQUIRED and not row.stop_date.text:
            stop = None
        found[row.previous_id or row.id] = RowState(tuple(days), row.status, stop, row.title, row.body, row.internal)
    return found


def span_text(occurrence: Occurrence) -> str:
    """`2025-06-03`, `2025-06-03/2025-06-05`"""
    return days_text(occurrence.start, occurrence.end)


def days_text(start: date, end: date) -> str:
    """As `span_text`."""
    first, last = start.isoformat(), end.isoformat()
    return first if first == last else f"{first}/{last}"


def stop_text(stop: StopDate) -> str | None:
    """The day of a stop date, else its kind; None where rows of this type hand nothing in."""
    day = stop.day or stop.withdrawn
    if day is not None:
        return day.isoformat()
    return stop.kind.value if stop.applies or stop.kind is not StopKind.NOT_REQUIRED else None
