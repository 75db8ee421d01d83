"""A timeline as `build -f json` and `freeze` write it, read back: of its members those that are compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import MsgspecError, Struct, field
from msgspec.json import decode

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.source import at_start, read_file
from arshjul.timeline import Status, StopKind

VERSIONS = (1,)
MAX_BYTES = 64 << 20
DECIDED = ".faststalld.json"

Day = date  # where a field is called `date`


class NoTimeline(Exception):
    """The bytes are no timeline in JSON."""


class FileOccurrence(Struct, frozen=True):
    """A date, both ends included."""

    start: date
    end: date
    part: str | None = None
    time: str | None = None


class FileStopDate(Struct, frozen=True):
    """A stop date; `text` is empty where the row hands nothing in."""

    kind: StopKind
    date: Day | None = None
    text: str | None = None
    withdrawn: Day | None = None


class FileStep(Struct, frozen=True):
    """A step of a computation."""

    text: str
    date: date | None = None


class FileActivity(Struct, frozen=True):
    """A row."""

    id: str
    phase: str
    title: str
    status: Status
    stop_date: FileStopDate
    occurrences: tuple[FileOccurrence, ...] = ()
    type: str | None = None
    body: str | None = None
    place: str | None = None
    as_of: FileOccurrence | None = None
    chain: dict[str, date | None] = field(default_factory=dict)
    participants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    responsible: str | None = None
    case_officer: str | None = None
    recipient: str | None = None
    internal: bool = False
    steps: tuple[FileStep, ...] = ()
    previous_id: str | None = None


class FileWindow(Struct, frozen=True):
    """A time window."""

    id: str
    title: str
    start: date
    end: date


class FileFinding(Struct, frozen=True):
    """A finding, without its place."""

    code: str
    severity: str
    message: str


class Decision(Struct, frozen=True):
    """When a plan was decided, and how that can be found."""

    date: date
    registry_number: str | None = None
    decision: str | None = None


class BasisMeeting(Struct, frozen=True, omit_defaults=True):
    """A meeting that takes place, and the day that it was first planned for."""

    body: str
    day: date
    moved_from: date | None = None


class BasisRule(Struct, frozen=True, omit_defaults=True):
    """How a date is written; `deviation` and why, where the year's deviations do it, `body` where a body does."""

    text: str
    deviation: bool = False
    reason: str | None = None
    body: str | None = None


class BasisPart(Struct, frozen=True, omit_defaults=True):
    """What a part of a row was computed from: its rule, other rows or steps of them, meetings by body and day."""

    rule: BasisRule | None = None
    follows: tuple[str, ...] = ()
    meetings: tuple[tuple[str, date], ...] = ()


class Basis(Struct, frozen=True):
    """What the dates were computed from: meetings, closures and rules for working days, and row → part → its own."""

    meetings: tuple[BasisMeeting, ...] = ()
    calendar: tuple[str, ...] = ()
    rows: dict[str, dict[str, BasisPart]] = field(default_factory=dict)

    def rule(self, row: str, part: str) -> str | None:
        """How a part of a row was written; None where that is not known."""
        found = self.rows.get(row, {}).get(part)
        return found.rule.text if found and found.rule else None


class TimelineFile(Struct, frozen=True):
    """The plan of a budget year. What `freeze` wrote has `decided` and `basis`, what `build` wrote has `findings`."""

    version: int
    process: str
    budget_year: int
    title: str
    activities: tuple[FileActivity, ...]
    windows: tuple[FileWindow, ...] = ()
    findings: tuple[FileFinding, ...] | None = None
    decided: Decision | None = None
    basis: Basis | None = None


def timeline_from(data: bytes) -> TimelineFile:
    """The timeline of a file. Raises NoTimeline."""
    try:
        timeline = decode(data, type=TimelineFile)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise NoTimeline from wrong
    if timeline.version not in VERSIONS or len({row.id for row in timeline.activities}) < len(timeline.activities):
        raise NoTimeline
    return timeline


def decided_path(process: str, year: int) -> str:
    """Where the decided plan of a process is kept, from the project folder."""
    return f"tidplaner/{year}/{process}{DECIDED}"


def decided_plan(project: Path, process: str, year: int) -> TimelineFile | None:
    """The decided plan of a process; None where it has none.

    Raises:
        InvalidProcess: `link`, `limit`, and `wrong-type` where the file is no decided plan of that process and year.
        OSError: the file cannot be read.
    """
    shown = decided_path(process, year)
    path = project / shown
    if not path.exists() and not path.is_symlink():
        return None
    try:
        timeline = timeline_from(read_file(path, project, shown, MAX_BYTES))
    except NoTimeline:
        timeline = None
    if timeline is None or timeline.decided is None or (timeline.process, timeline.budget_year) != (process, year):
        message = f"Filen är inte den fastställda planen för {process} {year}"
        hint = "hämta den som den var ur git, eller ta bort den och fastställ planen igen med arshjul freeze"
        raise InvalidProcess([error(Code.WRONG_TYPE, message, at_start(shown), hint)])
    return timeline
