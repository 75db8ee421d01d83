"""What has changed since a plan was decided, or since its last edition: rows whose days, stop date or status differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from arshjul.record.model import EventLine
from arshjul.record.states import FIRST_COMPARED, RowState, row_state, states_of_file, states_when_edition_began
from arshjul.record.timeline_file import Decision, TimelineFile
from arshjul.timeline import Timeline


class RowChange(Struct, frozen=True):
    """A row that differs: `old` is None where it was not there, `new` where it no longer is."""

    row: str
    title: str
    old: RowState | None
    new: RowState | None


class Since(Struct, frozen=True):
    """What differs since a decision, or since the last edition where `decision` is None, in the order of the rows."""

    changes: tuple[RowChange, ...]
    decision: Decision | None = None

    def shown_in(self, part: Timeline, *, whole: bool, body: str | None = None, public: bool = False) -> Since:
        """What concerns the rows of a part of the plan, or of the `whole`.

        Of those that are gone: in a part only what the body had, and for the public only what was public.
        """
        rows = {activity.id for activity in part.activities}

        def shown(change: RowChange) -> bool:
            if change.new or change.old is None:
                return change.row in rows
            concerns = whole or (body is not None and body == change.old.body)
            return concerns and not (public and change.old.internal)

        return replace(self, changes=tuple(filter(shown, self.changes)))


def changes_since(
    timeline: Timeline, decided: TimelineFile | None, lines: Iterable[EventLine], edition: int
) -> tuple[Since, ...]:
    """What differs from the decided plan, if there is one, and from the edition before, in any but the first."""
    found = []
    if decided is not None:
        found.append(Since(tuple(_changes(states_of_file(decided), timeline, whole=True)), decided.decided))
    if edition >= FIRST_COMPARED:
        before = states_when_edition_began(lines, edition)
        found.append(Since(tuple(_changes(before, timeline, whole=False))))
    return tuple(found)


def _changes(old: Mapping[str, RowState], timeline: Timeline, *, whole: bool) -> Iterator[RowChange]:
    """`whole`: all that there was is known, by the ids that last. The record knows nothing of what is internal, or has
    no date at all, and calls a row that was renamed what it is called now."""
    ids = {activity.id: activity.lasting_id if whole else activity.id for activity in timeline.activities}
    for activity in timeline.activities:
        before, now = old.get(ids[activity.id]), row_state(activity)
        told = whole or not (now.internal or (before is None and not now.dated))
        if told and not (before and before.same_as(now)):
            yield RowChange(activity.id, activity.title, before, now)
    kept = frozenset(ids.values())
    for row, state in old.items():
        if row not in kept:
            yield RowChange(row, state.title or row, state, None)
