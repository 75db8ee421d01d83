"""The n-th weekday, working day or meeting, within a period or counted from a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.literal import Frame
from arshjul.dates.scope import Scope, within_range
from arshjul.dates.skipped import days_off_between, days_off_in, passed
from arshjul.dates.swedish import day_text, extent_text
from arshjul.dates.syntax import ExpressionError
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, OutOfRange

DAY = timedelta(days=1)
T = TypeVar("T")
MOST_COUNTED = 12


def format_extent(extent: Extent) -> str:
    """The days in words, with their years; a draft says that it is one."""
    return f"{'preliminärt ' if extent.preliminary else ''}{extent_text(extent, None)}"


def nth_in(node: s.NthIn, period: Extent, scope: Scope) -> Extent:
    """`andra tisdagen i juni`, `KS i juni`. Codes: no-such-occurrence, no-meeting, several-meetings."""
    number, skipped = node.ordinal.number if node.ordinal else 1, ""
    match node.what:
        case s.Ref() as body if node.ordinal is None and scope.is_body(body.name):
            found = _on_its_day(node, period, scope) or only_meeting(body, node, scope, period)
        case s.WorkingDay():
            found = _nth_working_day(node, period, scope)
            beyond = (period.start, found.start - DAY) if number > 0 else (found.start + DAY, period.end)
            skipped = days_off_in(*beyond, scope.workdays)
        case s.WeekdayName(weekday=weekday):
            days = _ordinals_of_weekday(weekday, period)
            found = _day(date.fromordinal(_chosen(days, node, period, scope)))
            skipped = passed([date.fromordinal(day) for day in _before_chosen(days, number)])
        case s.Ref() as what:
            candidates = _candidates(what, period, scope)
            found = _chosen(candidates, node, period, scope)
            skipped = passed([each.start for each in _before_chosen(candidates, number)])
    result = replace(found, preliminary=found.preliminary or period.preliminary)
    scope.note(f"{text(node)}: {format_extent(result)}{skipped}", result, node)
    return result


def _on_its_day(node: s.NthIn, period: Extent, scope: Scope) -> Extent | None:
    """`KS 3 juni` where the year has no plan that says otherwise: the day as it is written; else None."""
    match node.period:
        case s.DayMonth() | s.IsoDate():
            pass
        case s.Parenthesised(span=s.DateSpan(start=s.Rolled(phrase=s.WeekdayOfWeek()), end=None)):
            pass
        case _:
            return None
    if not isinstance(node.what, s.Ref):
        return None
    year = date(period.start.year, 1, 1), date(period.start.year, 12, 31)
    if scope.has_meetings(node.what.name, *year):
        meetings = scope.meetings(node.what, *year)
        adopted = not meetings or any(not meeting.preliminary for meeting in meetings)
        if adopted or any(meeting.start <= period.start <= meeting.end for meeting in meetings):
            return None
    return period


def _candidates(what: s.Ref, period: Extent, scope: Scope) -> list[Extent]:
    if scope.is_body(what.name):
        return list(scope.meetings(what, period.start, period.end))
    return [extent for extent in scope.dates(what) if period.start <= extent.start <= period.end]


def _before_chosen(candidates: Sequence[T], number: int) -> Sequence[T]:
    """Those that an ordinal passes on its way to the one that it chooses, from the end where it counts from there."""
    return candidates[: number - 1] if number > 0 else candidates[len(candidates) + number + 1 :]


def weekdays_in(weekday: s.Weekday, period: Extent) -> list[Extent]:
    """Every such weekday of the period, in order."""
    return [_day(date.fromordinal(day)) for day in _ordinals_of_weekday(weekday, period)]


def _ordinals_of_weekday(weekday: s.Weekday, period: Extent) -> range:
    """As numbers, for one that is chosen among the five thousand of a century needs no others made."""
    first = period.start + timedelta(days=(weekday.value - period.start.isoweekday()) % 7)
    return range(first.toordinal(), period.end.toordinal() + 1, 7)


def nth_weekday_in(node: s.NthIn, period: Extent) -> Extent:
    """`andra tisdagen i juni`, which needs nothing but the calendar. Code: no-such-occurrence."""
    days = _ordinals_of_weekday(node.what.weekday, period) if isinstance(node.what, s.WeekdayName) else range(0)
    chosen = _chosen_of(days, node)
    if chosen is None:
        raise _no_occurrence(node, period, len(days))
    return _day(date.fromordinal(chosen))


def _nth_working_day(node: s.NthIn, period: Extent, scope: Scope) -> Extent:
    number = node.ordinal.number if node.ordinal else 1
    day = within_range(lambda: scope.workdays.nth_in(period.start, period.end, number), node)
    if day is None:
        raise _no_occurrence(node, period, scope.workdays.count(period.start, period.end))
    return Extent(day, day)


def _chosen(candidates: Sequence[T], node: s.NthIn, period: Extent, scope: Scope) -> T:
    chosen = _chosen_of(candidates, node)
    if chosen is not None:
        return chosen
    if node.ordinal and not candidates and isinstance(node.what, s.Ref) and scope.is_body(node.what.name):
        raise no_meeting(node.what, period, node, scope)
    raise _no_occurrence(node, period, len(candidates))


def _chosen_of(candidates: Sequence[T], node: s.NthIn) -> T | None:
    if node.ordinal is None:
        return candidates[0] if len(candidates) == 1 else None
    number = node.ordinal.number
    index = number - 1 if number > 0 else len(candidates) + number
    return candidates[index] if 0 <= index < len(candidates) else None


def nth_day(node: s.NthDay, period: Extent, scope: Scope) -> Extent:
    """`andra dagen i juni`, `sista dagen i Q1`. Code: no-such-occurrence."""
    number, days = node.ordinal.number, (period.end - period.start).days + 1
    if abs(number) > days:
        message = f"Det finns ingen ”{text(node)}”: {format_extent(period)} har {days} dagar"
        hint = f"skriv ”{text(replace(node, ordinal=s.Ordinal(-1)))}” eller välj en annan period"
        raise ExpressionError(message, node.at, hint, Code.NO_SUCH_OCCURRENCE)
    start = period.start + timedelta(days=number - 1 if number > 0 else days + number)
    return _noted_day(node, start, period, scope)


def day_of(node: s.DayOf, period: Extent, scope: Scope) -> Extent:
    """`den 25 i period`: the only 25th. Code: no-such-occurrence."""
    days = map(date.fromordinal, range(period.start.toordinal(), period.end.toordinal() + 1))
    found = list(islice((day for day in days if day.day == node.day), MOST_COUNTED + 1))
    if len(found) == 1:
        return _noted_day(node, found[0], period, scope)
    where = format_extent(period)
    if not found:
        message = f"Det finns ingen ”{text(node)}”: {where} har ingen {node.day}"
        raise ExpressionError(message, node.at, "välj en annan dag", Code.NO_SUCH_OCCURRENCE)
    # A century has a thousand of them.
    number, last = (str(len(found)), found[-1:]) if len(found) <= MOST_COUNTED else (f"fler än {MOST_COUNTED}", [])
    instead = tuple(day_text(day, weekday=False) for day in (*found[:2], *last)[: len(found)])
    message = f"{where} har {number} dagar med nummer {node.day}: vilken menas?"
    raise ExpressionError(message, node.at, "välj en", Code.NO_SUCH_OCCURRENCE, instead=instead)


def _noted_day(node: s.NthDay | s.DayOf, day: date, period: Extent, scope: Scope) -> Extent:
    found = Extent(day, day, preliminary=period.preliminary)
    scope.note(f"{text(node)}: {day_text(day, year=True)}", found, node)
    return found


def _no_occurrence(node: s.NthIn, period: Extent, count: int) -> ExpressionError:
    what, where = text(node.what), format_extent(period)
    if node.ordinal is None and count:
        message = f"{where} har {count} ”{what}”: vilken menas?"
        return ExpressionError(message, node.at, "välj en", Code.NO_SUCH_OCCURRENCE, instead=_ordinals_of(node, count))
    message = f"Det finns ingen ”{text(node)}”: {where} har {count or 'ingen'}"
    hint = f"skriv sista {what} i … eller välj en annan period"
    return ExpressionError(message, node.at, hint, Code.NO_SUCH_OCCURRENCE)


def _ordinals_of(node: s.NthIn, count: int) -> tuple[str, ...]:
    """`första tisdagen i maj`, `andra …`, `sista …`: where no ordinal is written."""
    numbers = [number for number in (1, 2) if number < count]
    return tuple(text(replace(node, ordinal=s.Ordinal(number))) for number in (*numbers, -1))


def nth_from(node: s.NthFrom, anchor: Extent, scope: Scope) -> Extent:
    """`första KS efter X`: before its first day or after its last. Codes: missing-meeting-plan, limit."""
    backward = node.relation.backward
    origin = anchor.start if backward else anchor.end
    count = abs(node.ordinal.number) if node.ordinal else 1
    found = within_range(lambda: _counted_from(node, origin, -count if backward else count, scope), node)
    result = replace(found, preliminary=found.preliminary or anchor.preliminary)
    ordinal = f"{text(node.ordinal)} " if node.ordinal else ""
    words = f"{ordinal}{text(node.what)} {node.relation} {day_text(origin, year=True)}: {format_extent(result)}"
    scope.note(f"{words}{_passed_on_the_way(node, origin, found, scope)}", result, node)
    return result


def _passed_on_the_way(node: s.NthFrom, origin: date, found: Extent, scope: Scope) -> str:
    """The days off before the working day, the earlier ones of what an ordinal counts."""
    if isinstance(node.what, s.WorkingDay):
        return days_off_between(origin, found.start, scope.workdays)
    sign = -1 if node.relation.backward else 1
    counts = range(sign, sign * abs(node.ordinal.number if node.ordinal else 1), sign)
    return passed([_counted_from(node, origin, count, scope).start for count in counts])


def _counted_from(node: s.NthFrom, origin: date, count: int, scope: Scope) -> Extent:
    """The |count|-th from `origin`, backwards if negative; the origin itself counts only for `senast`, `tidigast`."""
    inclusive = node.relation.inclusive
    match node.what:
        case s.WeekdayName(weekday=weekday):
            return _day(_nth_weekday(origin, weekday.value, count, inclusive))
        case s.WorkingDay():
            if inclusive and scope.workdays.is_working(origin):
                count += 1 if count < 0 else -1  # the origin is one of them
            return _day(scope.workdays.add(origin, count) if count else origin)
        case s.Ref(name=name) if scope.is_body(name):
            return _nth_meeting(node.what, origin, count, inclusive, scope)
        case s.Ref():
            return _nth_of(scope.dates(node.what), node, origin, count, inclusive)


def _day(day: date) -> Extent:
    return Extent(day, day)


def _nth_weekday(origin: date, weekday: int, count: int, inclusive: bool) -> date:
    sign = -1 if count < 0 else 1
    # % of a negative number is positive in Python: the days to the nearest such weekday, in the direction of the count.
    distance = sign * (weekday - origin.isoweekday()) % 7
    if distance == 0 and not inclusive:
        distance = 7
    return origin + timedelta(days=sign * (distance + 7 * (abs(count) - 1)))


def _beyond(extents: Sequence[Extent], origin: date, count: int, inclusive: bool) -> list[Extent]:
    """Those on the asked side of `origin`, nearest first."""
    if count < 0:
        return [e for e in reversed(extents) if e.end < origin or (inclusive and e.end == origin)]
    return [e for e in extents if e.start > origin or (inclusive and e.start == origin)]


def _nth_of(extents: Sequence[Extent], node: s.NthFrom, origin: date, count: int, inclusive: bool) -> Extent:
    found = _beyond(sorted(extents, key=lambda extent: extent.start), origin, count, inclusive)
    if len(found) >= abs(count):
        return found[abs(count) - 1]
    wanted = f"{text(node.what)} {node.relation} {day_text(origin, year=True)}"
    raise ExpressionError(
        f"Det finns {len(found) or 'ingen'} {wanted}", node.at, "välj en annan", Code.NO_SUCH_OCCURRENCE
    )


def _nth_meeting(ref: s.Ref, origin: date, count: int, inclusive: bool, scope: Scope) -> Extent:
    """Searches year by year: a year without plan and rule stops the search with an error, never a skip."""
    left, year = abs(count), origin.year
    while True:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise OutOfRange(str(year))
        found = _beyond(scope.meetings(ref, date(year, 1, 1), date(year, 12, 31)), origin, count, inclusive)
        if len(found) >= left:
            return found[left - 1]
        left -= len(found)
        year += -1 if count < 0 else 1


# --- meetings of a body ---------------------------------------------------------------------------------


def only_meeting(ref: s.Ref, node: s.Node, scope: Scope, period: Extent | None = None) -> Extent:
    """The body's only meeting in the period (by default the year written, else the frame)."""
    period = period or _implied_period(ref, scope)
    meetings = scope.meetings(ref, period.start, period.end)
    if len(meetings) == 1:
        return meetings[0]
    if not meetings:
        raise no_meeting(ref, period, node, scope)
    days = ", ".join(day_text(meeting.start, year=True) for meeting in meetings)
    message = f"{text(ref)} har {len(meetings)} sammanträden {_in(period)}: {days}"
    if isinstance(node, s.NthIn):
        instead = _ordinals_of(node, len(meetings))
    else:
        instead = _months_of(ref, [meeting.start for meeting in meetings], scope.frame)
    raise ExpressionError(message, node.at, "välj ett", Code.SEVERAL_MEETINGS, instead=instead)


def _months_of(ref: s.Ref, days: Sequence[date], frame: Frame) -> tuple[str, ...]:
    """`KS i mars`, `KS i maj` … for the first two meetings and the last: what may be meant by `KS` alone."""
    one_year = frame.days is not None and frame.days[0].year == frame.days[1].year
    found = []
    for day in dict.fromkeys((*days[:2], days[-1])):
        same_month = [other for other in days if (other.year, other.month) == (day.year, day.month)]
        ordinal = s.Ordinal(same_month.index(day) + 1) if len(same_month) > 1 else None
        year = None if one_year else s.BudgetYear(day.year - frame.budget_year)
        found.append(text(s.NthIn(ordinal, replace(ref, year=None), s.Month(day.month, year))))
    return tuple(found)


def _implied_period(ref: s.Ref, scope: Scope) -> Extent:
    if ref.year is not None:
        year = scope.frame.number(ref.year)
        return Extent(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    if scope.frame.days is None:
        raise ExpressionError(
            f"Vilket sammanträde i {ref.name} menas?", ref.at, f"skriv till exempel {ref.name} i juni"
        )
    return Extent(*scope.frame.days)


def no_meeting(ref: s.Ref, period: Extent, node: s.Node, scope: Scope) -> ExpressionError:
    """The finding for a period without meetings, with the nearest ones."""
    near = _nearest_meetings(ref, period, scope)
    hint = f"närmast: {', '.join(day_text(day, year=True) for day in near)}" if near else "se sammanträdesplanen"
    return ExpressionError(f"{text(ref)} har inget sammanträde {_in(period)}", node.at, hint, Code.NO_MEETING)


def _in(period: Extent) -> str:
    return format_extent(period) if period.precision is Precision.DAY else f"i {format_extent(period)}"


def _nearest_meetings(ref: s.Ref, period: Extent, scope: Scope) -> list[date]:
    """The meeting before and the one after the period, of the calendar years it touches and those beside them."""
    years = range(max(FIRST_YEAR, period.start.year - 1), min(LAST_YEAR, period.end.year + 1) + 1)
    known = scope.known_meetings(ref, date(years[0], 1, 1), date(years[-1], 12, 31))
    days = [meeting.start for meeting in known]
    before = [day for day in days if day < period.start][-1:]
    return before + [day for day in days if day > period.end][:1]
