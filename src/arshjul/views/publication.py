"""What the files of one plan are made of, and how much of it each reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from arshjul.diagnostics import Diagnostic
from arshjul.timeline import Activity, Timeline
from arshjul.wording.columns import RowNotes
from arshjul.workdays import Workdays

if TYPE_CHECKING:
    from datetime import date

    from arshjul.record.changes import Since
    from arshjul.record.comparing import EventKey, EventVersion
    from arshjul.wording.changes import ChangeList


class Audience(StrEnum):
    """Whom an edition is for: the organisation, or everyone."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Edition(Struct, frozen=True):
    """A plan with no more in it than its audience may see: all that most formats read.

    `since` is what has changed since it was decided, and since the last edition. `done` are the done-marks, None where
    nobody marks anything.
    """

    timeline: Timeline
    findings: tuple[Diagnostic, ...] = ()
    audience: Audience = Audience.INTERNAL
    since: tuple[Since, ...] = ()
    done: Mapping[str, date] | None = None

    @property
    def changes(self) -> tuple[ChangeList, ...]:
        """What has changed, in words; empty where there is nothing to compare with."""
        from arshjul.wording.changes import change_lists  # most plans have no edition before them

        return change_lists(self.since) if self.since else ()

    @property
    def notes(self) -> RowNotes:
        """What the rows say beside what is planned."""
        if not self.since:
            return RowNotes(self.done or {})
        from arshjul.wording.changes import changed_rows

        return RowNotes(self.done or {}, changed_rows(self.changes))


class WebPage(Struct, frozen=True):
    """What a web page is made of beside the edition. `templates` maps file name → text.

    `calendars` maps what a calendar file holds → its name beside the page, for those written in the same run.
    """

    templates: Mapping[str, str] = field(default_factory=dict)
    calendars: Mapping[str, str] = field(default_factory=dict)


class Book(Struct, frozen=True):
    """What a workbook is made of beside the edition: the days that the plan counts, and the further `sheets` wanted.

    `others` are the plans of the same organisation whose matters come up at the same meetings, `missing` the names of
    those that could not be compiled. `body` is the id of the one that the plan is an extract for.
    """

    workdays: Workdays = field(default_factory=Workdays)
    sheets: tuple[str, ...] = ()
    body: str | None = None
    others: tuple[Edition, ...] = ()
    missing: tuple[str, ...] = ()


class Publication(Struct, frozen=True):
    """All that the files of one plan are made of; `views.plan.render` hands each format what it reads.

    `part` names the body, group or role that the rows were chosen for, and `stem` begins the names of its files.
    `word_template` is the Word file to fill, `versions` are the events of the whole plan as the record numbers them.
    `since` and `done`, see `Edition`.
    """

    timeline: Timeline
    findings: tuple[Diagnostic, ...] = ()
    audience: Audience = Audience.INTERNAL
    page: WebPage = field(default_factory=WebPage)
    book: Book = field(default_factory=Book)
    part: str | None = None
    word_template: bytes = b""
    versions: Mapping[EventKey, EventVersion] = field(default_factory=dict)
    since: tuple[Since, ...] = ()
    done: Mapping[str, date] | None = None
    stem: str = ""

    @property
    def edition(self) -> Edition:
        """What the audience may see."""
        shown = for_audience(self.audience, self.timeline, self.findings)
        public = self.audience is Audience.PUBLIC
        whole, body = self.part is None, self.book.body
        since = (each.shown_in(shown.timeline, whole=whole, body=body, public=public) for each in self.since)
        return replace(shown, since=tuple(since), done=None if public else self.done)

    @property
    def edition_book(self) -> Book:
        """The book with no more of the other plans in it than the audience may see."""
        others = (for_audience(self.audience, other.timeline, other.findings) for other in self.book.others)
        return replace(self.book, others=tuple(others))


def for_audience(audience: Audience, timeline: Timeline, findings: tuple[Diagnostic, ...] = ()) -> Edition:
    """The plan as that audience may see it; findings may name internal rows, so the public gets none."""
    if audience is Audience.PUBLIC:
        return Edition(redacted(timeline), (), audience)
    return Edition(timeline, findings, audience)


def redacted(timeline: Timeline) -> Timeline:
    """The timeline for everyone: no internal row or phase of only such, nothing that tells of one, and no path."""
    shown = tuple(activity for activity in timeline.activities if not activity.internal)
    hidden = {activity.phase for activity in timeline.activities} - {activity.phase for activity in shown}
    ids = frozenset(activity.id for activity in shown)
    return replace(
        timeline,
        # A plan that lacks something is a draft, but what it lacks may name an internal row.
        decision=None if timeline.errors else timeline.decision,
        errors=(),
        activities=tuple(_redacted_row(activity, ids) for activity in shown),
        windows=tuple(replace(window, start_steps=(), end_steps=()) for window in timeline.windows),
        phases=tuple(phase for phase in timeline.phases if phase.id not in hidden),
        files=(),
    )


def _redacted_row(activity: Activity, shown: frozenset[str]) -> Activity:
    """How a date was computed and why it deviates names other rows, so steps and reasons stay inside; so do the
    addresses of those who are asked to come."""
    return replace(
        activity,
        source=None,
        steps=(),
        reason=None,
        addresses=(),
        inputs=tuple(name for name in activity.inputs if name in shown),
        stop_date=replace(activity.stop_date, steps=()),
        meeting_stop_date=activity.meeting_stop_date and replace(activity.meeting_stop_date, steps=()),
        chain=tuple(replace(step, steps=()) for step in activity.chain),
    )
