"""What a check looks at: one process in one budget year, as written and as dated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arshjul.dates.extent import Precision
from arshjul.dates.meeting_day import LONGEST_MEETING
from arshjul.dates.swedish import day_text
from arshjul.dates.walk import references
from arshjul.definition import Activity as Written
from arshjul.definition import ActivityType, Body, Expression, Process
from arshjul.diagnostics import Span
from arshjul.plan import Plan
from arshjul.resolve import Setting
from arshjul.source import Text
from arshjul.timeline import Activity, Occurrence, Timeline
from arshjul.workdays import Workdays

if TYPE_CHECKING:
    from arshjul.record.timeline_file import TimelineFile

YEAR_FILE = re.compile(r"(?:^|/)avvikelser-\d{4}\.yaml$")


class Subject(Struct, frozen=True, dict=True, eq=False):
    """What the checks examine: the plan of one budget year, beside those of other years.

    `earlier` gives the timelines of the earlier years that have deviations, the nearest first; `others` every other
    planned year; `as_defined` the same year without its deviations, None where that cannot be dated. Each costs a
    compilation, so a check asks for them only when it must.
    `decided` gives the plan as it was decided, None where it has not been.
    `installed_holidays` is the version of the holidays package on this machine. Only `arshjul check` says it: what is
    built does not depend on the machine.
    """

    plan: Plan
    earlier: Callable[[], Iterable[Timeline]] = tuple
    others: Callable[[], Iterable[Subject]] = tuple
    as_defined: Callable[[], Timeline | None] = lambda: None
    installed_holidays: str | None = None
    decided: Callable[[], TimelineFile | None] = lambda: None

    @property
    def setting(self) -> Setting:
        """What the dates were computed with."""
        return self.plan.setting

    @property
    def timeline(self) -> Timeline:
        """The plan as dated."""
        return self.plan.timeline

    @property
    def process(self) -> Process:
        """The definition as written."""
        return self.plan.process

    @property
    def workdays(self) -> Workdays:
        """The employer's working days."""
        return self.plan.workdays

    @cached_property
    def rows(self) -> tuple[Activity, ...]:
        """The activities that are to take place, dated or not."""
        return tuple(row for row in self.by_id.values() if row.cancelled is None)

    @cached_property
    def dated(self) -> tuple[Activity, ...]:
        """Those that have a date."""
        return tuple(row for row in self.rows if row.occurrences)

    @cached_property
    def by_id(self) -> Mapping[str, Activity]:
        """Every row by its id, dated or not, in the order of the timeline."""
        return {row.id: row for row in self.timeline.activities}

    @cached_property
    def meeting_days(self) -> Mapping[str, Sequence[date]]:
        """Body → the days of its meetings that are held, in order."""
        days: dict[str, list[date]] = {}
        for meeting in self.timeline.meetings:
            if not meeting.cancelled:
                days.setdefault(meeting.body, []).append(meeting.day)
        return {body: sorted(of_body) for body, of_body in days.items()}

    @cached_property
    def _last(self) -> Mapping[tuple[str, str | None], Activity]:
        last: dict[tuple[str, str | None], Activity] = {}
        for row in self.dated:
            for name in dict.fromkeys((row.row.activity, *row.milestones)):
                for key in dict.fromkeys(((name, None), (name, row.row.repetition))):
                    if key not in last or (row.end or date.min) > (last[key].end or date.min):
                        last[key] = row
        return last

    def last_of(self, name: str, repetition: str | None = None) -> Activity | None:
        """The dated row that ends last of those that an id or a milestone names, or of one repetition of them."""
        return self._last.get((name, repetition))

    @cached_property
    def _written(self) -> Mapping[str, Written]:
        return {str(written.id): written for phase in self.process.phases for written in phase.activities}

    @cached_property
    def law_milestones(self) -> frozenset[str]:
        """The milestones that the chosen law sets name."""
        rules = (rule for name in self.process.law_sets for rule in self.process.laws[name])
        return frozenset(ref.name for rule in rules for ref in references(rule.rule.tree))

    def written(self, row: Activity) -> Written:
        """The activity that the row is, or is a round of; the changed one where this round alone is changed."""
        return self.process.rounds[Text(row.changed_as)] if row.changed_as else self._written[row.row.activity]

    def body(self, row: Activity) -> Body | None:
        """The body that takes up the matter."""
        return self.process.bodies[row.body] if row.body else None

    def place(self, row: Activity, last: bool = False) -> Span | None:
        """The expression that gives the row's first day, or its last; the activity where none is written."""
        written = self.written(row)
        first, second = (written.end, written.length) if last else (written.start, written.end)
        expression: Expression[Any] | None = written.when or first or second or written.start or written.as_of
        return expression.text.span if expression else row.source


def single_day(row: Activity) -> Occurrence | None:
    """The row's first date that is one exact day: the meeting, where it has one."""
    exact = (o for o in row.occurrences if o.precision is Precision.DAY and o.start == o.end)
    return next(exact, None)


def meeting_day(row: Activity) -> date | None:
    """The first day of the row's first meeting: an exact day, or the few days that its body may sit in a row."""
    exact = (o for o in row.occurrences if o.precision is Precision.DAY)
    longest = LONGEST_MEETING if row.body else 1
    return next((o.start for o in exact if (o.end - o.start).days < longest), None)


def decisions(rows: Iterable[Activity]) -> Iterator[tuple[Activity, date]]:
    """The rows that are decisions on one exact day, with that day."""
    for row in rows:
        day = meeting_day(row) if row.type is ActivityType.DECISION else None
        if day is not None:
            yield row, day


def of_the_year(span: Span | None) -> bool:
    """Written in a file of deviations, where years belong."""
    return span is None or YEAR_FILE.search(span.file) is not None


def title_of(row: Activity) -> str:
    """`”Title”`: how messages name a row."""
    return f"”{row.title}”"


def format_day(day: date) -> str:
    """`tisdag 7 juni 2022`: a message always says the year."""
    return day_text(day, year=True)
