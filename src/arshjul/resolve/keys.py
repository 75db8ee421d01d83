"""What is computed of a process in a year: the keys of the results, and the results by type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, cast

from msgspec import Struct, field

from arshjul.dates.extent import Dated, Extent
from arshjul.timeline import ChainStep, Step, StopDate, StopKind


class Kind(StrEnum):
    """What a key is the key of. Text, for its hash is C's: ten thousand rows ask for their keys often."""

    RUNS = "runs"
    MEETING_PLAN = "meeting plan"
    CHAIN_ORDER = "chain order"
    ROW_DATES = "row dates"
    MEETING_DATES = "meeting dates"
    PHASE = "phase"
    WINDOW = "window"
    MILESTONE = "milestone"
    REQUIREMENT = "requirement"
    PLANNING_PERIOD = "planning period"


class Key(NamedTuple):
    """One thing to compute: a kind, and the id of what it is computed of."""

    kind: Kind
    id: str


PLANNING_PERIOD = Key(Kind.PLANNING_PERIOD, "")


class RowDates(Struct, frozen=True, gc=False):
    """What an activity's own expressions gave; `dated` is empty while it is undecided."""

    dated: tuple[Dated, ...] = ()
    as_of: Dated | None = None
    reserve: tuple[Dated, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def extents(self) -> list[Extent]:
        """The days of each date."""
        return [dated.extent for dated in self.dated]


class WindowDates(Struct, frozen=True, gc=False):
    """The days of a window, and how its first and its last day were found."""

    extent: Extent
    start_steps: tuple[Step, ...] = ()
    end_steps: tuple[Step, ...] = ()


class MeetingDates(Struct, frozen=True, gc=False):
    """The stop date and the chain around an activity's meeting. `days` maps a step, stop date included, → its day."""

    stop_date: StopDate
    chain: tuple[ChainStep, ...] = ()
    days: Mapping[str, Extent] = field(default_factory=dict)
    meeting_stop: StopDate | None = None


def is_undated(result: object) -> bool:
    """Whether a result leaves what asks for it without a day, some of it or all."""
    match result:
        case RowDates():
            return not result.dated
        case MeetingDates():
            steps = (step for step in result.chain if not step.cancelled)
            return result.stop_date.kind is StopKind.UNDATED or any(step.dated is None for step in steps)
    return not result


class Results(Struct, frozen=True):
    """The results so far, by type. The kind of a key decides the type of its result, so the casts stand here alone."""

    found: Mapping[Key, object] = field(default_factory=dict)

    def row(self, row: str) -> RowDates:
        """The dates of a row."""
        return cast("RowDates", self.found[Key(Kind.ROW_DATES, row)])

    def meeting_dates(self, row: str) -> MeetingDates:
        """The stop date and chain of a row."""
        return cast("MeetingDates", self.found[Key(Kind.MEETING_DATES, row)])

    def chain_order(self, body: str) -> tuple[str, ...]:
        """The steps of a body's chain, each after those it is counted from."""
        return cast("tuple[str, ...]", self.found[Key(Kind.CHAIN_ORDER, body)])

    def phase(self, phase: str) -> Extent | None:
        """The days of a phase; None while nothing in it is dated."""
        return cast("Extent | None", self.found[Key(Kind.PHASE, phase)])

    def window(self, window: str) -> WindowDates | None:
        """The days of a window; None while one of its ends is undated."""
        return cast("WindowDates | None", self.found[Key(Kind.WINDOW, window)])

    def extents(self, key: Key) -> Sequence[Extent]:
        """The days of a row, a phase or a window; empty while it has none."""
        if key.kind is Kind.ROW_DATES:
            return self.row(key.id).extents
        if key.kind is Kind.PHASE:
            extent = self.phase(key.id)
            return [] if extent is None else [extent]
        window = self.window(key.id)
        return [] if window is None else [window.extent]

    def milestone(self, milestone: str) -> str | None:
        """The row that reaches a milestone last; None while one of its rows is undated."""
        return cast("str | None", self.found[Key(Kind.MILESTONE, milestone)])

    def planning_period(self) -> Extent | None:
        """The years that the plan is for; None where they are not written."""
        return cast("Extent | None", self.found[PLANNING_PERIOD])
