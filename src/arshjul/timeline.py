"""The dated plan of one process for one budget year: frozen values, ready to check and to render.

Nothing here is unresolved: an activity without a date has no occurrences and status `undated`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from arshjul.dates.extent import Clock, Dated, Extent, Precision
from arshjul.dates.syntax import DayPart, Duration
from arshjul.definition import ActivityType, Struck
from arshjul.diagnostics import Diagnostic, Severity, Span

UNGROUPED = "deltagare"  # the group of participants who have none
STOP_DATE = "stoppdatum"  # the step of a chain, and the part of an activity, that its stop date is


class Status(StrEnum):
    """Status of an activity; the first match wins, in this order."""

    CANCELLED = "cancelled"
    UNDATED = "undated"
    PRELIMINARY = "preliminary"
    IF_NEEDED = "if_needed"
    MOVED = "moved"
    PLANNED = "planned"


class StopKind(StrEnum):
    DATE = "date"
    ON_TABLE = "on_table"
    NOT_REQUIRED = "not_required"
    MISSING = "missing"
    UNDATED = "undated"


class Step(Struct, frozen=True, gc=False):
    """One step of a computation: what was done, the day it gave (the first, of several), where it is written.

    `follows` is the id of the activity whose own steps lead up to this one, or `a.utskick` of its step. Where
    there is not one such, as of a name that stands for several rounds, `counts_from` names those whose days were read.
    """

    text: str
    date: date | None = None
    span: Span | None = None
    follows: str | None = None
    counts_from: tuple[str, ...] = ()


class Occurrence(Struct, frozen=True, gc=False):
    """One date of an activity, both ends included, with all that was written of it; `wording` makes texts of it.

    `dated` has the time of the row where the date has none of its own. `meeting_clock` is when the meeting plan lets
    the meeting begin: it is known, but was not written with the date, so no text of the date says it. `preliminary`:
    the date itself, a draft meeting behind it, or the whole row.
    """

    dated: Dated
    preliminary: bool = False
    meeting_clock: Clock | None = None

    @property
    def start(self) -> date:
        return self.dated.extent.start

    @property
    def end(self) -> date:
        return self.dated.extent.end

    @property
    def precision(self) -> Precision:
        return self.dated.extent.precision

    @property
    def deadline(self) -> bool:
        return self.dated.deadline

    @property
    def part(self) -> DayPart | None:
        """The first part of the day that was written."""
        return self.dated.parts[0] if self.dated.parts else None

    @property
    def clock(self) -> Clock | None:
        """The time that was written, else that of the meeting."""
        return self.dated.clock or self.meeting_clock


class DayOff(Struct, frozen=True):
    """A day off and its name, which a date rolled past."""

    day: date
    name: str


class StopDate(Struct, frozen=True, gc=False):
    """Last day to hand in the papers. `dated` is set for kind DATE and no other.

    There are two kinds of NOT_REQUIRED: `applies` is False where rows of this type hand nothing in (nothing is
    printed then, not even `krävs ej`), `cancelled` where the meeting plan says `utgår`. `written` tells a stop date of
    the activity from the rule of its body; `rule_day` is the day that the body's rule would have given; `deviates` and
    `rolled`, see `ChainStep`. `withdrawn` is the day that a cancelled row would have had.
    """

    kind: StopKind
    dated: Dated | None = None
    applies: bool = True
    cancelled: bool = False
    written: bool = False
    rule_day: date | None = None
    span: Span | None = None
    steps: tuple[Step, ...] = ()
    deviates: bool = False
    rolled: tuple[DayOff, ...] = ()
    withdrawn: date | None = None

    @property
    def day(self) -> date | None:
        return self.dated.extent.start if self.dated else None

    @property
    def preliminary(self) -> bool:
        """Whether it is counted from a draft meeting."""
        return self.dated is not None and self.dated.extent.preliminary


class ChainStep(Struct, frozen=True, gc=False):
    """A step of the body's chain around a meeting. `deviates`: the meeting plan gave the step its own date.

    `dated` is None where the meeting says `utgår` (then it is `cancelled`) or the step cannot be dated. `rolled` are
    the days off that it rolled past, from the one it began on.
    """

    name: str
    dated: Dated | None = None
    cancelled: bool = False
    deviates: bool = False
    steps: tuple[Step, ...] = ()
    rolled: tuple[DayOff, ...] = ()

    @property
    def day(self) -> date | None:
        return self.dated.extent.start if self.dated else None

    @property
    def preliminary(self) -> bool:
        """Whether it is counted from a draft meeting."""
        return self.dated is not None and self.dated.extent.preliminary


class RowId(Struct, frozen=True, gc=False):
    """What a row is: an activity, a round of it (`april`, `vår_april` where rounds are nested), its part for a body.

    As text it is the id that authors and outputs use: `a`, `a.april`, `a.BUN`, `a.april_BUN`. `first` is what the
    activity was called first, None where that is its id (`tidigare_id`).
    """

    activity: str
    round: str | None = None
    body: str | None = None
    first: str | None = None

    @property
    def repetition(self) -> str | None:
        """What stands after the dot; None for a row that is not repeated."""
        return "_".join(filter(None, (self.round, self.body))) or None

    def __str__(self) -> str:
        if self.round is None and self.body is None:
            return self.activity
        return f"{self.activity}.{self.repetition}"


class Activity(Struct, frozen=True, gc=False):
    """One row. `participants` maps group → names, in first-use order.

    `addresses` are the e-mail addresses of the roles among the participants, each once.
    `meeting_stop_date` is the stop date of the meeting itself, by its body's rule, whatever this matter's own is.
    `cancelled` is why the row or its meeting is not held, an empty text where nothing is written; None if it is held.
    What is cancelled has its days and its chain for print alone: no stop date, and nothing is counted from it.
    `changed_as` is the name in `Process.rounds` where this round alone is changed. `second_names` are what else may
    stand after the dot of its id: the matters of the meeting that it is a round of.
    """

    row: RowId
    phase: str
    title: str
    type: ActivityType | None
    body: str | None
    year_concerned: int
    occurrences: tuple[Occurrence, ...]
    status: Status
    stop_date: StopDate
    source: Span | None
    as_of: Occurrence | None = None
    chain: tuple[ChainStep, ...] = ()
    meeting_stop_date: StopDate | None = None
    participants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    responsible: str | None = None
    case_officer: str | None = None
    recipient: str | None = None
    place: str | None = None
    comment: str | None = None
    purpose: str | None = None
    goal: str | None = None
    inputs: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    link: str | None = None
    reference: str | None = None
    reserve: tuple[Occurrence, ...] = ()
    internal: bool = False
    cancelled: str | None = None
    reason: str | None = None
    changed_as: str | None = None
    second_names: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def alternatives(self) -> bool:
        """Whether only one of the dates will hold, and it is not decided which."""
        return any(occurrence.dated.alternative for occurrence in self.occurrences)

    @property
    def id(self) -> str:
        """`a` or, for a round, `a.april`."""
        return str(self.row)

    @property
    def previous_id(self) -> str | None:
        """What the row was called when calendars got it first, None where that is its id."""
        return str(RowId(self.row.first, self.row.round, self.row.body)) if self.row.first else None

    @property
    def lasting_id(self) -> str:
        """The id that stays when the row is renamed: calendars and comparisons know it by that."""
        return self.previous_id or self.id

    @property
    def start(self) -> date | None:
        """First day of all occurrences, None if undated."""
        return min((o.start for o in self.occurrences), default=None)

    @property
    def end(self) -> date | None:
        """Last day of all occurrences, None if undated."""
        return max((o.end for o in self.occurrences), default=None)

    @property
    def late_after(self) -> date | None:
        """The day after which it is late while it is not done; None if it has none, is cancelled, or is for others."""
        held = self.cancelled is None and self.type is not ActivityType.OUTLOOK
        return self.end if held else None

    @property
    def people(self) -> frozenset[str]:
        """The names of all who have to do with it: who take part, answer for it, write and receive it."""
        named = (name for group in self.participants.values() for name in group)
        return frozenset(filter(None, (*named, self.responsible, self.case_officer, self.recipient)))

    def concerns(self, body: Body) -> bool:
        """Whether the body takes part: as the deciding one or as a participant, by id or name."""
        names = {body.id, body.name}
        return self.body == body.id or any(names & set(group) for group in self.participants.values())

    def involves(self, role: Role) -> bool:
        """Whether the role has to do with it: takes part, answers for it, writes or receives it, by id or name."""
        return not self.people.isdisjoint((role.id, role.name))


class Phase(Struct, frozen=True):
    """A heading and its days; both None while nothing in it is dated. `title` None prints no heading."""

    id: str
    title: str | None
    start: date | None
    end: date | None
    comment: str | None = None


class TimeWindow(Struct, frozen=True):
    """A `tidsfönster`. `minimum` is its floor (`40 arbetsdagar`) or None.

    `margin` is how many days the window has over its floor, negative if it is too short, None without a floor: working
    days for a floor in `arbetsdagar`, else calendar days. `start_steps` and `end_steps` are how its ends were found.
    """

    id: str
    title: str
    dated: Dated
    working_days: int
    minimum: Duration | None = None
    body: str | None = None
    span: Span | None = None
    margin: int | None = None
    start_steps: tuple[Step, ...] = ()
    end_steps: tuple[Step, ...] = ()

    @property
    def start(self) -> date:
        return self.dated.extent.start

    @property
    def end(self) -> date:
        return self.dated.extent.end

    @property
    def precision(self) -> Precision:
        return self.dated.extent.precision


class Column(Struct, frozen=True):
    """One column of the printed table: `field` is datum, aktivitet, a group, stoppdatum, handläggare, kommentar …"""

    field: str
    heading: str


class PlannedMeeting(Struct, frozen=True):
    """A meeting of a body, as the meeting plan or (`preliminary`) a draft rule gives it.

    `end` is the last day of one that goes on for several days, `parts` the part of the day where that is all the plan
    says of the time.
    """

    body: str
    day: date
    preliminary: bool = False
    clock: Clock | None = None
    place: str | None = None
    matters: tuple[str, ...] = ()
    cancelled: bool = False
    moved_from: date | None = None
    span: Span | None = None
    end: date | None = None
    parts: tuple[DayPart, ...] = ()

    @property
    def last_day(self) -> date:
        """The day itself, of a meeting that is over in one."""
        return self.end or self.day

    def days(self) -> Iterator[date]:
        """Every day that the body sits."""
        return map(date.fromordinal, range(self.day.toordinal(), self.last_day.toordinal() + 1))


class Body(Struct, frozen=True):
    """A political or other body as the outputs name it. `meeting_length` is how long it usually meets, in minutes."""

    id: str
    name: str
    group: str | None
    meeting_length: int | None = None


class Role(Struct, frozen=True):
    """A part that people play, as the outputs name it: *chefsekonomer*."""

    id: str
    name: str


class Judgement(Struct, frozen=True):
    """Result of checking a `krav` or a law: whether it is `held` for the days `start`–`end` of its subject.

    `limit` is the day the rule compares with, `safe_day` the working day that is surely right: the last one if
    `latest`, else the first. `activity` is what the subject stands for, where it is one. `law_set` is None for a
    `krav`. `span` is what to change, `rule_span` the rule itself. `of_as_of`: the days are those that `per` says.
    `excusing_flag` is the flag with which the rule would not be of this year, and no other rule broken.
    """

    id: str
    level: Severity
    rule: str
    held: bool
    start: date
    end: date
    text: str | None = None
    law: str | None = None
    activity: str | None = None
    span: Span | None = None
    rule_span: Span | None = None
    limit: date | None = None
    safe_day: date | None = None
    preliminary: bool = False
    latest: bool = False
    law_set: str | None = None
    of_as_of: bool = False
    excusing_flag: str | None = None


class NotJudged(Struct, frozen=True):
    """A `krav` or a law that could not be checked, since what it needs has no date: the ids of those in `undated`.

    `law_set` is None for a `krav`; `span` is the rule itself.
    """

    id: str
    rule: str
    undated: tuple[str, ...]
    text: str | None = None
    law: str | None = None
    law_set: str | None = None
    span: Span | None = None


class YearError(Struct, frozen=True):
    """What the year lacks: an error of the year, and the ids of the rows that it leaves undated, itself first."""

    finding: Diagnostic
    rows: tuple[str, ...] = ()


class MissingMilestone(Struct, frozen=True):
    """A milestone that a rule of a chosen law set is about, and no activity has. `span` is where the set is chosen."""

    milestone: str
    rule: str
    law: str
    span: Span | None = None
    rule_span: Span | None = None


class Timeline(Struct, frozen=True):
    """A process resolved for one budget year. `activities` stand in printed order, `phases` in file order.

    `struck` are the names that are taken out this year, each with its reason.
    `planning_period` is the years that the plan is for: `januari 2026–december 2029`.
    `key_activities` are the rows that the author calls important, by activity (`a`) or round (`a.april`). `address` is
    where the page is published. `errors` are what the year lacks, by place; a plan with one is a draft.
    """

    process: str
    budget_year: int
    title: str
    organisation: str | None
    phases: tuple[Phase, ...]
    activities: tuple[Activity, ...]
    windows: tuple[TimeWindow, ...] = ()
    columns: tuple[Column, ...] = ()
    bodies: tuple[Body, ...] = ()
    roles: tuple[Role, ...] = ()
    meetings: tuple[PlannedMeeting, ...] = ()
    purpose: str | None = None
    owner: str | None = None
    contact: str | None = None
    registry_number: str | None = None
    decision: str | None = None
    planning_period: Extent | None = None
    start: date | None = None
    end: date | None = None
    files: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    errors: tuple[YearError, ...] = ()
    missing_milestones: tuple[MissingMilestone, ...] = ()
    struck: tuple[Struck, ...] = ()
    key_activities: tuple[str, ...] = ()
    address: str | None = None

    @property
    def preliminary(self) -> int:
        """How many activities rest on draft meetings or are marked preliminary."""
        return sum(activity.status is Status.PRELIMINARY for activity in self.activities)
