"""What differs between two versions of a plan: each change is a value, and each changed date has one cause.

Between two budget years nothing is on the same day. There the unit is the week and the distance to the decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.words import MONTH_NAMES, WEEKDAY_NAMES
from arshjul.timeline import STOP_DATE
from arshjul.views.diff.causes import Cause, ChangedDate, causes_of, changed_dates
from arshjul.views.diff.pairing import Pair, Pairing, pair_rows, without_years
from arshjul.views.diff.version import DATES, ComparedRow, Finding, Version

_CALENDAR_WORDS = frozenset((*WEEKDAY_NAMES, *MONTH_NAMES))


class ChangeKind(StrEnum):
    """What kind of change. STAYED is a stop date that is where it was though its meeting is not."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    DATE = "date"
    STAYED = "stayed"
    TITLE = "title"
    STATUS = "status"
    BODY = "body"
    PLACE = "place"


class Change(Struct, frozen=True):
    """One change of a row. `row` and `title` are the new ones, of a row that was dropped the old.

    `part` is `datum`, `stoppdatum` or a step of the chain, for dates alone; `days` how far its first day moved, None
    where one side has none; `cause` the number of its cause among those of the difference. `score` is how sure a
    renamed row is the same, of 100.
    """

    kind: ChangeKind
    row: str
    title: str
    old: str | None = None
    new: str | None = None
    part: str = ""
    days: int | None = None
    cause: int | None = None
    score: int | None = None


class Distance(Struct, frozen=True):
    """How many weeks before its decision a row lies, in both years; negative after it."""

    decision: str
    old: int
    new: int


class WeekShift(Struct, frozen=True):
    """A row of two years. `weeks` is how many ISO weeks later it begins, 0 in the same week; `end_weeks` as it ends.

    Both are None where a year has no date. The weeks of the stop date are those of `stop_weeks`.
    """

    row: str
    title: str
    old: str
    new: str
    old_week: int | None = None
    new_week: int | None = None
    weeks: int | None = None
    end_weeks: int | None = None
    stop_weeks: int | None = None
    distance: Distance | None = None


class Difference(Struct, frozen=True):
    """All that differs. `changes` stand in the order of the rows, dropped ones last; `shifts` only between years.

    `came` and `went` are the findings that only the new, or the old, version has.
    """

    old: Version
    new: Version
    paired: int
    changes: tuple[Change, ...] = ()
    causes: tuple[Cause, ...] = ()
    shifts: tuple[WeekShift, ...] = ()
    came: tuple[Finding, ...] = ()
    went: tuple[Finding, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the versions say the same."""
        return not (self.changes or self.came or self.went or any(shift.weeks != 0 for shift in self.shifts))

    @property
    def between_years(self) -> bool:
        return self.old.budget_year != self.new.budget_year

    @property
    def affected(self) -> tuple[str, ...]:
        """The names of those who have to do with a row whose dates changed, sorted."""
        changed = {change.row for change in self.of_kind(ChangeKind.DATE, ChangeKind.ADDED, ChangeKind.REMOVED)}
        rows = (row for version in (self.old, self.new) for row in version.rows if row.id in changed)
        return tuple(sorted({name for row in rows for name in row.people}))

    def under(self, cause: int) -> tuple[Change, ...]:
        """The changed dates of one cause."""
        return tuple(change for change in self.changes if change.cause == cause)

    def of_kind(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """The changes of those kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)


NO_PAIRS = Pairing((), (), ())
NO_ALIGNMENT: Mapping[str, str] = MappingProxyType({})


def compare(old: Version, new: Version, align: Mapping[str, str] = NO_ALIGNMENT) -> Difference:
    """The differences of two versions of one process. `align` maps ids of old rows → new ones."""
    pairing = pair_rows(old.rows, new.rows, align)
    pairing = replace(
        pairing,  # rows that only one side can tell of are not new, and not dropped
        added=tuple(row for row in pairing.added if row.recorded or not old.dates_only),
        removed=tuple(row for row in pairing.removed if row.recorded or not new.dates_only),
    )
    dates_only = old.dates_only or new.dates_only
    windows = NO_PAIRS if dates_only else pair_rows(old.windows, new.windows, NO_ALIGNMENT)
    causes: tuple[Cause, ...] = ()
    shifts: tuple[WeekShift, ...] = ()
    if old.budget_year == new.budget_year:
        dates, causes = _dates_and_causes(old, new, (*pairing.pairs, *windows.pairs))
    else:
        dates = []
        shifts = tuple(_shifts(old, new, pairing.pairs))
    rows = (*_row_changes(pairing, dates_only=dates_only), *_row_changes(windows, dates_only=dates_only))
    changes = [*rows, *dates, *_stayed(pairing.pairs)]
    return Difference(
        old,
        new,
        len(pairing.pairs),
        _in_row_order(changes, old, new),
        causes,
        shifts,
        _only_in(new.findings, old.findings),
        _only_in(old.findings, new.findings),
    )


def concerning(difference: Difference, names: Iterable[str]) -> Difference:
    """Only what concerns those who go by one of the names: the rows that they have to do with, before or now."""
    wanted = frozenset(names)
    rows = {row.id for version in (difference.old, difference.new) for row in version.all if row.people & wanted}
    changes = [change for change in difference.changes if change.row in rows]
    numbers = sorted({change.cause for change in changes if change.cause is not None})
    renumbered = {number: at for at, number in enumerate(numbers)}
    return Difference(
        difference.old,
        difference.new,
        difference.paired,
        tuple(
            change if change.cause is None else replace(change, cause=renumbered[change.cause]) for change in changes
        ),
        tuple(difference.causes[number] for number in numbers),
        tuple(shift for shift in difference.shifts if shift.row in rows),
    )


def _row_changes(pairing: Pairing, *, dates_only: bool) -> Iterator[Change]:
    for row in pairing.added:
        yield Change(ChangeKind.ADDED, row.id, row.title, new=row.dates.text)
    for row in pairing.removed:
        yield Change(ChangeKind.REMOVED, row.id, row.title, old=row.dates.text)
    for pair in pairing.pairs:
        old, new = pair.old, pair.new
        if pair.score is not None:
            yield Change(ChangeKind.RENAMED, new.id, new.title, old.id, new.id, score=pair.score)
        fields: list[tuple[ChangeKind, str | None, str | None]] = [(ChangeKind.STATUS, old.status, new.status)]
        if not dates_only:
            fields = [
                (ChangeKind.TITLE, without_years(old.title), without_years(new.title)),
                *fields,
                (ChangeKind.BODY, old.body, new.body),
                (ChangeKind.PLACE, old.place, new.place),
            ]
        yield from (Change(kind, new.id, new.title, was, now) for kind, was, now in fields if was != now)


def _dates_and_causes(old: Version, new: Version, pairs: Sequence[Pair]) -> tuple[list[Change], tuple[Cause, ...]]:
    changed = changed_dates(pairs, common=old.dates_only or new.dates_only)
    causes = causes_of(changed, old, new, pairs)
    if new.assumed:  # no file says it
        causes = {node: replace(cause, place=None) for node, cause in causes.items()}
    numbers = {cause: number for number, cause in enumerate(dict.fromkeys(causes.values()))}
    changes = [_date_change(each, numbers[causes[node]]) for node, each in changed.items()]
    return changes, tuple(numbers)


def _date_change(changed: ChangedDate, cause: int) -> Change:
    old, new, row = changed.old, changed.new, changed.pair.new
    starts = (old.start if old else None, new.start if new else None)
    days = (starts[1] - starts[0]).days if starts[0] and starts[1] else None
    before, now = (side.text if side and side.text else None for side in (old, new))
    return Change(ChangeKind.DATE, row.id, row.title, before, now, changed.part, days, cause)


def _stayed(pairs: Sequence[Pair]) -> Iterator[Change]:
    """Stop dates that kept their day of the month while the row moved: so looks one that was copied."""
    for pair in pairs:
        days = [day for row in (pair.old, pair.new) for day in (row.dates.start, _stop_day(row))]
        row_before, stop_before, row_now, stop_now = ((day.month, day.day) if day else None for day in days)
        if None not in days and stop_before == stop_now and row_before != row_now:
            before, now = (row.parts[STOP_DATE].text for row in (pair.old, pair.new))
            yield Change(ChangeKind.STAYED, pair.new.id, pair.new.title, before, now, STOP_DATE)


def _shifts(old: Version, new: Version, pairs: Sequence[Pair]) -> Iterator[WeekShift]:
    decisions = _Decisions.of(pairs)
    for number, pair in enumerate(pairs):
        before, now = pair.old.dates, pair.new.dates
        stop_before, stop_now = (_stop_day(row) for row in (pair.old, pair.new))
        years = (old.budget_year, new.budget_year)
        yield WeekShift(
            pair.new.id,
            pair.new.title,
            before.text,
            now.text,
            before.start.isocalendar().week if before.start else None,
            now.start.isocalendar().week if now.start else None,
            _weeks_later(before.start, now.start, *years),
            _weeks_later(before.end, now.end, *years),
            _weeks_later(stop_before, stop_now, *years),
            decisions.distance(number),
        )


def _stop_day(row: ComparedRow) -> date | None:
    return row.parts[STOP_DATE].start if STOP_DATE in row.parts else None


def _weeks_later(old: date | None, new: date | None, old_year: int, new_year: int) -> int | None:
    """How many ISO weeks later in its budget year the new day lies.

    Where one of them is in another year than the other, as counted from the budget year, they are counted from the
    first week of the year before it, for a year can have 53.
    """
    if old is None or new is None:
        return None
    before, now = old.isocalendar(), new.isocalendar()
    if before.year - old_year == now.year - new_year:
        return now.week - before.week
    return _weeks_from(date.fromisocalendar(new_year - 1, 1, 1), new) - _weeks_from(
        date.fromisocalendar(old_year - 1, 1, 1), old
    )


def _weeks_from(first: date, day: date) -> int:
    """How many weeks after the week of `first` the week of `day` is."""
    return (_monday(day) - _monday(first)).days // 7


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class _Decisions(Struct, frozen=True):
    """The decision that each pair of rows leads to: the last of its phase, else of the next phase that has one."""

    pairs: Sequence[Pair]
    by_phase: Mapping[str, Pair | None]

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> _Decisions:
        by_phase: dict[str, Pair | None] = {pair.new.phase: None for pair in pairs}
        for pair in pairs:
            start, last = pair.new.dates.start, by_phase[pair.new.phase]
            if start and pair.old.decision and pair.new.decision and pair.old.dates.start:
                later = last is None or start >= (last.new.dates.start or date.min)
                by_phase[pair.new.phase] = pair if later else last
        following: Pair | None = None
        for phase in reversed(by_phase):
            following = by_phase[phase] = by_phase[phase] or following
        return cls(pairs, by_phase)

    def distance(self, number: int) -> Distance | None:
        """None where there is no decision, a date is missing, or the row is the decision itself."""
        pair = self.pairs[number]
        decision = self.by_phase[pair.new.phase]
        if decision is None or decision is pair:
            return None
        pairs = ((pair.old, decision.old), (pair.new, decision.new))
        spans = [(row.parts[DATES].start, end.dates.start) for row, end in pairs]
        weeks = [_weeks_from(day, end) if day and end else None for day, end in spans]
        if weeks[0] is None or weeks[1] is None:
            return None
        return Distance(decision.new.id, weeks[0], weeks[1])


def _in_row_order(changes: Sequence[Change], old: Version, new: Version) -> tuple[Change, ...]:
    order = {row.id: number for number, row in enumerate((*new.all, *old.all))}
    last = {row.id: number for number, row in enumerate(new.all)}
    return tuple(sorted(changes, key=lambda change: last.get(change.row, len(last) + order[change.row])))


def _only_in(findings: Sequence[Finding] | None, others: Sequence[Finding] | None) -> tuple[Finding, ...]:
    """Those that the others have not, compared without the dates in their words: a moved date is no new finding.

    None where it is not known of both what there is.
    """
    if findings is None or others is None:
        return ()
    left = Counter(map(_kept_of, others))
    found = []
    for finding in findings:
        if left[_kept_of(finding)]:
            left[_kept_of(finding)] -= 1
        else:
            found.append(finding)
    return tuple(found)


def _kept_of(finding: Finding) -> tuple[str, str, str]:
    """The finding without the numbers, weekdays and months of its message."""
    words = (word for word in finding.message.split() if word.strip(".,;:()") not in _CALENDAR_WORDS)
    return finding.code, finding.severity, " ".join(word for word in words if not word.strip(".,;:()”").isdecimal())
