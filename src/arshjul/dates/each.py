"""`varje torsdag i P`, `14 dagar före varje KF i P`: a date for each of the days that `varje` goes through.

Each is written as a day, a meeting on a day or a month with its year, so that what computes dates reads plain ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Extent
from arshjul.dates.literal import THURSDAY
from arshjul.dates.scope import Scope
from arshjul.dates.search import format_extent, no_meeting, weekdays_in
from arshjul.dates.syntax import ExpressionError, PeriodUnit
from arshjul.dates.walk import chain, with_nodes

Each = s.EachBody | s.EachWeekday | s.EachPeriod
MOST_DATES = 600
"""Of the `varje` of one value: every week of ten years, with room to spare."""

_MONTHS = {PeriodUnit.MONTH: 1, PeriodUnit.QUARTER: 3, PeriodUnit.TERTIAL: 4}
_DAYS = 7, 31
"""The most from one Thursday to the next, and from the first of a month to that of the next."""


class EachDay(Struct, frozen=True):
    """One of the days that `varje` goes through: how it is written in full, and the day by which `utom` finds it."""

    phrase: s.Phrase
    day: date

    def lies_in(self, extents: Sequence[Extent]) -> bool:
        """Whether the day is one of these."""
        return any(extent.start <= self.day <= extent.end for extent in extents)


def each_in(item: s.Item, scope: Scope) -> Each | None:
    """The `varje` that an item is counted from or lies in; that of a group of bodies is one stretch, and none."""
    if item.dates.end is not None:
        return None
    for node in chain(item.dates.start.phrase):
        match node:
            case s.EachWeekday() | s.EachPeriod():
                return node
            case s.EachBody(group=group) if scope.is_body(group):
                return node
    return None


def item_on(item: s.Item, each: Each, one: EachDay) -> s.Item:
    """The item with one of its days in place of `varje`."""

    def written(node: s.Node) -> s.Node:
        return one.phrase if isinstance(node, Each) and node.at == each.at else node

    return with_nodes(item, written)


def days_of(each: Each, period: Extent, scope: Scope) -> list[EachDay]:
    """The days of `varje` in a period, never empty. Codes: no-such-occurrence, no-meeting, missing-meeting-plan."""
    match each:
        case s.EachWeekday(weekday=weekday, step=step):
            found = [EachDay(_iso(day.start, each), day.start) for day in weekdays_in(weekday, period)][::step]
        case s.EachPeriod(step=step):
            found = list(_periods(each, period))[::step]
        case s.EachBody(group=group):
            found = list(_meetings(each, period, scope))
            if not found:
                raise no_meeting(s.Ref(group, at=each.at), period, each, scope)
    if not found:
        message = f"”{text(each)}” är ingen dag alls: {format_extent(period)} är för kort"
        raise ExpressionError(message, each.at, "välj en längre period", Code.NO_SUCH_OCCURRENCE)
    return found


def fewest(each: Each, period: Extent) -> int:
    """At least how many days `varje` has in a period. None is made: a century of Thursdays is refused by the number."""
    weekly, monthly = _DAYS
    length = (period.end - period.start).days + 1
    match each:
        case s.EachWeekday(step=step) | s.EachPeriod(unit=PeriodUnit.WEEK, step=step):
            return length // weekly // step
        case s.EachPeriod(unit=unit, step=step):
            return length // (monthly * _MONTHS[unit]) // step
    return 0


def _iso(day: date, each: Each) -> s.IsoDate:
    return s.IsoDate(day.year, day.month, day.day, at=each.at)


def _meetings(each: s.EachBody, period: Extent, scope: Scope) -> Iterator[EachDay]:
    body = s.Ref(each.group, at=each.at)
    days = [meeting.start for meeting in scope.meetings(body, period.start, period.end)]
    for number, day in enumerate(days):
        # Two of one day are told apart by their order.
        earlier = days[:number].count(day)
        ordinal = s.Ordinal(earlier + 1, at=each.at) if days.count(day) > 1 else None
        yield EachDay(s.NthIn(ordinal, body, _iso(day, each), at=each.at), day)


def _periods(each: s.EachPeriod, period: Extent) -> Iterator[EachDay]:
    if each.unit is PeriodUnit.WEEK:
        # A week is of the period that its Thursday is of.
        for thursday in weekdays_in(s.Weekday(THURSDAY), period):
            year, number, _ = thursday.start.isocalendar()
            yield EachDay(s.Week(number, year=_year(year, each), at=each.at), thursday.start)
        return
    months = _MONTHS[each.unit]
    first = period.start if period.start.day == 1 else period.start + timedelta(days=32 - period.start.day)
    for month in range(first.year * 12 + first.month - 1, period.end.year * 12 + period.end.month):
        year, number = divmod(month, 12)
        if number % months == 0:
            yield EachDay(_period(each, year, number), date(year, number + 1, 1))


def _period(each: s.EachPeriod, year: int, month: int) -> s.Month | s.Quarter | s.Tertial:
    """The period of the unit that begins with a month, counted from 0."""
    number, of_year = month // _MONTHS[each.unit] + 1, _year(year, each)
    match each.unit:
        case PeriodUnit.QUARTER:
            return s.Quarter(number, of_year, at=each.at)
        case PeriodUnit.TERTIAL:
            return s.Tertial(number, of_year, at=each.at)
    return s.Month(number, of_year, at=each.at)


def _year(year: int, each: Each) -> s.CalendarYear:
    return s.CalendarYear(year, at=each.at)


def several(each: Each, scope: Scope) -> ExpressionError:
    """The finding for a `varje` where one date is needed."""
    first = replace(each, step=1) if not isinstance(each, s.EachBody) else each
    hint = "skriv en av dem"
    period = each.period or s.Month(6)
    match first:
        case s.EachWeekday(weekday=weekday):
            hint = f"välj en, till exempel ”{text(s.NthIn(s.Ordinal(1), s.WeekdayName(weekday), period))}”"
        case s.EachBody(group=group) if scope.is_body(group):
            hint = f"välj ett, till exempel ”{text(s.NthIn(s.Ordinal(1), s.Ref(group), period))}”"
        case s.EachPeriod(unit=PeriodUnit.MONTH):
            hint = "välj en, till exempel ”juni”"
    return ExpressionError(f"”{text(each)}” är flera datum, och här behövs ett", each.at, hint)
