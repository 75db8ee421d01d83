"""Expression → days, with the steps that gave them. Pure: names, meetings and the calendar come with the `Scope`.

Errors are `NotUnderstood` with the finding's code and the place in the expression; `Undated` is no error:
what hangs on an undecided date is undecided too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from dateutil.relativedelta import relativedelta

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Clock, Dated, Extent, Precision
from arshjul.dates.literal import Frame, literal_extent
from arshjul.dates.swedish import day_text, extent_text
from arshjul.dates.syntax import NotUnderstood
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, OutOfRange, Workdays

T = TypeVar("T")

BACKWARD = (s.Relation.BEFORE, s.Relation.AT_LATEST)
INCLUSIVE = (s.Relation.AT_LATEST, s.Relation.AT_EARLIEST)


class Undated(Exception):
    """The expression hangs on a date that is not decided."""


class Scope(Protocol):
    """What the words of an expression mean where it stands."""

    @property
    def frame(self) -> Frame:
        """Where bare dates find their year."""

    @property
    def workdays(self) -> Workdays:
        """The working-day calendar."""

    def is_body(self, name: str) -> bool:
        """Whether the name is a body with meetings (unless something nearer has the name)."""

    def dates(self, ref: s.Ref) -> Sequence[Extent]:
        """The dates of a name that is no body, never empty. Raises Undated, NotUnderstood `unknown-name`."""

    def meetings(self, ref: s.Ref, start: date, end: date) -> Sequence[Extent]:
        """The body's meetings from `start` to `end`, in order. Raises NotUnderstood `missing-meeting-plan`."""

    def has_meetings(self, body: str, start: date, end: date) -> bool:
        """Whether there is a plan or a rule for the body in every calendar year of the stretch."""

    def members(self, group: str, at: tuple[int, int]) -> Sequence[str]:
        """The bodies of a group (or the one asked for just now). Raises NotUnderstood `unknown-name`."""

    def note(self, words: str, extent: Extent, node: s.Node) -> None:
        """Keeps a step of the reckoning; its place is where the extent is written, else that of the node."""


def evaluate(value: s.Dates, scope: Scope) -> tuple[Dated, ...]:
    """The dates of a value, earliest first, never empty."""
    return tuple(sorted((_item(item, scope) for item in value.items), key=lambda dated: dated.extent.start))


def evaluate_span(span: s.DateSpan, scope: Scope) -> Extent:
    """The days of `[från] a till b`, or of `a`. Code: empty-range."""
    start = evaluate_rolled(span.start, scope)
    if span.end is None:
        return start
    return joined_extent(start, evaluate_rolled(span.end, scope), span.at, scope.frame)


def joined_extent(start: Extent, end: Extent, at: tuple[int, int], frame: Frame) -> Extent:
    """From the first day of `start` to the last of `end`; vague if an end is, else of the precision both share."""
    if end.end < start.start:
        said = " till ".join(day_text(day, year=True) for day in (start.start, end.end))
        raise NotUnderstood(f"Intervallet slutar före sin början: {said}", at, "vänd på dagarna", "empty-range")
    preliminary = start.preliminary or end.preliminary
    if Precision.VAGUE in (start.precision, end.precision):
        words = f"{_words(start, frame, 0)} till {_words(end, frame, -1)}"
        return Extent(start.start, end.end, Precision.VAGUE, preliminary, words)
    precision = start.precision if start.precision is end.precision else Precision.DAY
    return Extent(start.start, end.end, precision, preliminary)


def _words(extent: Extent, frame: Frame, part: int) -> str:
    if extent.words is not None:
        return extent.words.split(" till ")[part]
    day = extent.start if part == 0 else extent.end
    return day_text(day, weekday=False, year=day.year != frame.home_year)


def evaluate_rolled(rolled: s.Rolled, scope: Scope, default: s.Roll | None = None) -> Extent:
    """The phrase's days, rolled to a working day as written, else as `default` says."""
    extent = evaluate_phrase(rolled.phrase, scope)
    roll = rolled.roll or default
    if roll is None:
        return extent
    if not extent.single:
        if rolled.roll is None:
            return extent
        raise NotUnderstood(
            f"”{roll}” gäller en dag, men ”{text(rolled.phrase)}” är flera dagar",
            rolled.at,
            "ta bort det, eller välj en dag: första dagen i …",
        )
    day = _checked(lambda: scope.workdays.roll(extent.start, roll), rolled)
    if day == extent.start:
        return extent
    result = replace(extent, start=day, end=day)
    why = scope.workdays.why_off(extent.start)
    scope.note(f"{day_text(extent.start, year=True)} är {_named(why)}, {roll}: {day_text(day, year=True)}", result, rolled)
    return result


def _named(why: str | None) -> str:
    return "en arbetsdag" if why is None else f"ledig ({why})"


def counted(rolled: s.Rolled) -> bool:
    """Whether the date is reckoned from something: `före` or `efter` stands in it."""
    return isinstance(rolled.phrase, s.Offset | s.Beside | s.WeekdayBeside | s.NthFrom)


# --- values --------------------------------------------------------------------------------------


def _item(item: s.Item, scope: Scope) -> Dated:
    extent = evaluate_span(item.dates, scope)
    if item.deadline:
        extent = Extent(extent.end, extent.end, preliminary=extent.preliminary)
    if item.status is s.Status.ABOUT:
        words = extent_text(replace(extent, precision=Precision.DAY), scope.frame.home_year)
        extent = replace(extent, precision=Precision.VAGUE, words=extent.words or words)
    return Dated(
        extent,
        deadline=item.deadline,
        parts=day_parts(item.parts),
        clock=clock(item.parts),
        about=item.status is s.Status.ABOUT,
        uncertain=item.uncertain or item.status is s.Status.PRELIMINARY,
        if_needed=item.status is s.Status.IF_NEEDED,
    )


def day_parts(parts: Sequence[s.DayPart | s.ClockTime]) -> tuple[s.Part, ...]:
    """The parts of the day named, in written order."""
    return tuple(part.part for part in parts if isinstance(part, s.DayPart))


def clock(parts: Sequence[s.DayPart | s.ClockTime]) -> Clock | None:
    """The first clock time named, if any."""
    for part in parts:
        if isinstance(part, s.ClockTime):
            end = None if part.end_hour is None else part.end_hour * 60 + (part.end_minute or 0)
            return Clock(part.hour * 60 + part.minute, end)
    return None


# --- phrases ----------------------------------------------------------------------------------------


def evaluate_phrase(node: s.Phrase, scope: Scope) -> Extent:
    """The days a phrase stands for."""
    match node:
        case s.Offset():
            return _offset(node, scope)
        case s.Beside():
            return _beside(node, scope)
        case s.WeekdayBeside():
            return _weekday_beside(node, scope)
        case s.SameDay():
            return evaluate_phrase(node.anchor, scope)
        case s.NthFrom():
            return _nth_from(node, scope)
        case s.NthIn():
            return _nth_in(node, scope)
        case s.EachBody():
            return _each_body(node, scope)
        case s.EdgeDay():
            return _edge_day(node, scope)
        case s.Ref():
            return _reference(node, scope)
        case s.Meeting():
            return _reference(s.Ref("möte", at=node.at), scope)
        case s.Pick():
            return _pick(node, scope)
        case s.Paren():
            return evaluate_span(node.span, scope)
    return _literal(node, scope)


def _literal(node: s.Simple | s.WeekdayOfWeek | s.Holiday, scope: Scope) -> Extent:
    extent = literal_extent(node, scope.frame)
    scope.note(f"{text(node)}: {_said(extent)}", extent, node)
    return extent


def _said(extent: Extent) -> str:
    return extent_text(extent, None) if extent.precision is not Precision.VAGUE else extent.words or ""


def _reference(ref: s.Ref, scope: Scope) -> Extent:
    if scope.is_body(ref.name):
        meeting = _only_meeting(ref, ref, scope)
        scope.note(f"{text(ref)}: {day_text(meeting.start, year=True)}", meeting, ref)
        return meeting
    dates = scope.dates(ref)
    if len(dates) == 1:
        return dates[0]
    first, last = min(d.start for d in dates), max(d.end for d in dates)
    precision = dates[0].precision if len({d.precision for d in dates}) == 1 else Precision.DAY
    words = None
    if precision is Precision.VAGUE:
        ends = min(dates, key=lambda d: d.start), max(dates, key=lambda d: d.end)
        words = f"{_words(ends[0], scope.frame, 0)} till {_words(ends[1], scope.frame, -1)}"
    return Extent(first, last, precision, any(d.preliminary for d in dates), words)


def _offset(node: s.Offset, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    backward = node.direction is s.Direction.BEFORE
    origin = anchor.start if backward else anchor.end
    day = moved(origin, -node.count if backward else node.count, node.unit, scope.workdays, node)
    result = Extent(day, day, preliminary=anchor.preliminary)
    told = text(replace(node, anchor=s.Meeting())).strip()
    scope.note(f"{told} {day_text(origin, year=True)}: {day_text(day, year=True)}{_skipped(node.unit, origin, day, scope)}", result, node)
    return result


def moved(origin: date, count: int, unit: s.Unit, workdays: Workdays, node: s.Node) -> date:
    """The day `count` units after `origin`, before it if negative; months clip to the month's last day. Code: limit."""
    return _checked(lambda: _moved(origin, count, unit, workdays), node)


def _moved(origin: date, count: int, unit: s.Unit, workdays: Workdays) -> date:
    match unit:
        case s.Unit.WORKING_DAY:
            return workdays.add(origin, count)
        case s.Unit.MONTH:
            return origin + relativedelta(months=count)
    return origin + timedelta(days=count * (7 if unit is s.Unit.WEEK else 1))


def _skipped(unit: s.Unit, origin: date, day: date, scope: Scope) -> str:
    """The days off that a count of working days passed over, each with its name."""
    if unit is not s.Unit.WORKING_DAY:
        return ""
    first, last = min(origin, day) + timedelta(days=1), max(origin, day) - timedelta(days=1)
    off = scope.workdays.days_off(first, last) if first <= last else ()
    return f"; hoppar över {', '.join(_day_off(*pair) for pair in off)}" if off else ""


def _day_off(day: date, name: str) -> str:
    return day_text(day) if name in ("lördag", "söndag") else f"{day_text(day)} ({name})"


def _beside(node: s.Beside, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    backward = node.direction is s.Direction.BEFORE
    origin, sign = (anchor.start, -1) if backward else (anchor.end, 1)
    if node.unit is s.Unit.WEEK:
        monday = origin - timedelta(days=origin.weekday()) + timedelta(weeks=sign)
        result = Extent(monday, monday + timedelta(days=6), Precision.WEEK, anchor.preliminary)
    else:
        first = origin.replace(day=1) + relativedelta(months=sign)
        last = first + relativedelta(months=1) - timedelta(days=1)
        result = Extent(first, last, Precision.MONTH, anchor.preliminary)
    scope.note(f"{node.unit}en {node.direction} {day_text(origin, year=True)}: {_said(result)}", result, node)
    return result


def _weekday_beside(node: s.WeekdayBeside, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    backward = node.direction is s.Direction.BEFORE
    origin = anchor.start if backward else anchor.end
    weeks = -node.count if backward else node.count
    monday = origin - timedelta(days=origin.weekday())
    day = _checked(lambda: monday + timedelta(weeks=weeks, days=node.weekday.value - 1), node)
    result = Extent(day, day, preliminary=anchor.preliminary)
    told = text(replace(node, anchor=s.Meeting())).strip()
    scope.note(f"{told} {day_text(origin, year=True)}: {day_text(day, year=True)}", result, node)
    return result


def _edge_day(node: s.EdgeDay, scope: Scope) -> Extent:
    period = evaluate_phrase(node.period, scope)
    day = period.start if node.edge is s.Edge.FIRST else period.end
    result = Extent(day, day, preliminary=period.preliminary)
    scope.note(f"{text(node)}: {day_text(day, year=True)}", result, node)
    return result


def _pick(node: s.Pick, scope: Scope) -> Extent:
    options = [evaluate_rolled(option, scope) for option in node.options]
    chosen = (min if node.choice is s.Choice.EARLIEST else max)(options, key=lambda extent: (extent.start, extent.end))
    result = replace(chosen, preliminary=any(option.preliminary for option in options))
    scope.note(f"{text(node)}: {_said(result)}", result, node)
    return result


def _each_body(node: s.EachBody, scope: Scope) -> Extent:
    period = evaluate_phrase(node.period, scope)
    found = [_first_meeting(body, node, period, scope) for body in scope.members(node.group, node.at)]
    if any(extent is period for extent in found) or not found:
        result = replace(period, preliminary=any(extent.preliminary for extent in found))
    else:
        first, last = min(extent.start for extent in found), max(extent.end for extent in found)
        result = Extent(first, last, preliminary=any(extent.preliminary for extent in found))
    scope.note(f"{text(node)}: {_said(result)}", result, node)
    return result


def _first_meeting(body: str, node: s.EachBody, period: Extent, scope: Scope) -> Extent:
    """The body's first meeting in the period; the period itself while the body has no plan for it."""
    if not scope.has_meetings(body, period.start, period.end):
        return period
    ref = s.Ref(body, at=node.at)
    meetings = scope.meetings(ref, period.start, period.end)
    if not meetings:
        raise _no_meeting(ref, period, node, scope)
    scope.note(f"{body}: {day_text(meetings[0].start, year=True)}", meetings[0], node)
    return meetings[0]


# --- the n-th of something, in a period or from a day ----------------------------------------------------


def _nth_in(node: s.NthIn, scope: Scope) -> Extent:
    period = evaluate_phrase(node.period, scope)
    if isinstance(node.what, s.Ref) and scope.is_body(node.what.name) and node.ordinal is None:
        found = _only_meeting(node.what, node, scope, period)
    elif isinstance(node.what, s.WorkingDay):
        found = _nth_working_day(node, period, scope)
    else:
        found = _chosen(_candidates(node.what, period, scope), node, period, scope)
    result = replace(found, preliminary=found.preliminary or period.preliminary)
    scope.note(f"{text(node)}: {_said(result)}", result, node)
    return result


def _candidates(what: s.Counted, period: Extent, scope: Scope) -> list[Extent]:
    match what:
        case s.WeekdayName(weekday=weekday):
            first = period.start + timedelta(days=(weekday.value - period.start.isoweekday()) % 7)
            days = range(0, (period.end - first).days + 1, 7)
            return [Extent(day, day) for day in (first + timedelta(days=offset) for offset in days)]
        case s.Ref() if scope.is_body(what.name):
            return list(scope.meetings(what, period.start, period.end))
        case s.Ref():
            return [extent for extent in scope.dates(what) if period.start <= extent.start <= period.end]
    raise AssertionError(what)


def _nth_working_day(node: s.NthIn, period: Extent, scope: Scope) -> Extent:
    assert node.ordinal is not None
    day = _checked(lambda: scope.workdays.nth_in(period.start, period.end, node.ordinal.number), node)  # type: ignore[union-attr]
    if day is None:
        raise _no_occurrence(node, period, scope.workdays.count(period.start, period.end))
    return Extent(day, day)


def _chosen(candidates: list[Extent], node: s.NthIn, period: Extent, scope: Scope) -> Extent:
    if node.ordinal is None:
        if len(candidates) == 1:
            return candidates[0]
        raise _no_occurrence(node, period, len(candidates))
    number = node.ordinal.number
    index = number - 1 if number > 0 else len(candidates) + number
    if 0 <= index < len(candidates):
        return candidates[index]
    if not candidates and isinstance(node.what, s.Ref) and scope.is_body(node.what.name):
        raise _no_meeting(node.what, period, node, scope)
    raise _no_occurrence(node, period, len(candidates))


def _no_occurrence(node: s.NthIn, period: Extent, count: int) -> NotUnderstood:
    what, where = text(node.what), _said(period)
    if node.ordinal is None and count:
        message, hint = f"{where} har {count} ”{what}”: vilken menas?", f"skriv till exempel första {what} i …"
    else:
        message = f"Det finns ingen ”{text(node)}”: {where} har {count or 'ingen'}"
        hint = f"skriv sista {what} i … eller välj en annan period"
    return NotUnderstood(message, node.at, hint, "no-such-occurrence")


def _nth_from(node: s.NthFrom, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    backward = node.relation in BACKWARD
    origin = anchor.start if backward else anchor.end
    count = abs(node.ordinal.number) if node.ordinal else 1
    found = _checked(lambda: _counted_from(node, origin, -count if backward else count, scope), node)
    result = replace(found, preliminary=found.preliminary or anchor.preliminary)
    told = f"{text(node.ordinal)} " if node.ordinal else ""
    scope.note(f"{told}{text(node.what)} {node.relation} {day_text(origin, year=True)}: {_said(result)}", result, node)
    return result


def _counted_from(node: s.NthFrom, origin: date, count: int, scope: Scope) -> Extent:
    """The |count|-th from `origin`, backwards if negative; the origin itself counts only for `senast`, `tidigast`."""
    inclusive = node.relation in INCLUSIVE
    match node.what:
        case s.WeekdayName(weekday=weekday):
            return _day(_nth_weekday(origin, weekday.value, count, inclusive))
        case s.WorkingDay():
            outside = origin if not inclusive else origin + timedelta(days=1 if count < 0 else -1)
            return _day(scope.workdays.add(outside, count))
        case s.Ref(name=name) if scope.is_body(name):
            return _nth_meeting(node, node.what, origin, count, inclusive, scope)
        case s.Ref():
            return _nth_of(scope.dates(node.what), node, origin, count, inclusive)


def _day(day: date) -> Extent:
    return Extent(day, day)


def _nth_weekday(origin: date, weekday: int, count: int, inclusive: bool) -> date:
    sign = -1 if count < 0 else 1
    distance = sign * (weekday - origin.isoweekday()) % 7
    if distance == 0 and not inclusive:
        distance = 7
    return origin + timedelta(days=sign * (distance + 7 * (abs(count) - 1)))


def _beyond(extents: Sequence[Extent], origin: date, count: int, inclusive: bool) -> list[Extent]:
    """Those on the asked side of `origin`, nearest first."""
    if count < 0:
        return [e for e in reversed(extents) if e.start < origin or (inclusive and e.start == origin)]
    return [e for e in extents if e.start > origin or (inclusive and e.start == origin)]


def _nth_of(extents: Sequence[Extent], node: s.NthFrom, origin: date, count: int, inclusive: bool) -> Extent:
    found = _beyond(sorted(extents, key=lambda extent: extent.start), origin, count, inclusive)
    if len(found) >= abs(count):
        return found[abs(count) - 1]
    told = f"{text(node.what)} {node.relation} {day_text(origin, year=True)}"
    raise NotUnderstood(f"Det finns {len(found) or 'ingen'} {told}", node.at, "välj en annan", "no-such-occurrence")


def _nth_meeting(
    node: s.NthFrom, ref: s.Ref, origin: date, count: int, inclusive: bool, scope: Scope
) -> Extent:
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


def _only_meeting(ref: s.Ref, node: s.Node, scope: Scope, period: Extent | None = None) -> Extent:
    """The body's only meeting in the period (unsaid: in the year written, else where bare dates find their year)."""
    period = period or _unsaid_period(ref, scope)
    meetings = scope.meetings(ref, period.start, period.end)
    if len(meetings) == 1:
        return meetings[0]
    if not meetings:
        raise _no_meeting(ref, period, node, scope)
    days = ", ".join(day_text(meeting.start, year=True) for meeting in meetings)
    message = f"{text(ref)} har {len(meetings)} sammanträden {_in(period)}: {days}"
    raise NotUnderstood(message, node.at, f"välj ett: första {ref.name} i …, sista {ref.name} i …", "several-meetings")


def _unsaid_period(ref: s.Ref, scope: Scope) -> Extent:
    if ref.year is not None:
        year = scope.frame.number(ref.year)
        return Extent(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    if scope.frame.start is None or scope.frame.end is None:
        raise NotUnderstood(f"Vilket sammanträde i {ref.name} menas?", ref.at, f"skriv till exempel {ref.name} i juni")
    return Extent(scope.frame.start, scope.frame.end)


def _no_meeting(ref: s.Ref, period: Extent, node: s.Node, scope: Scope) -> NotUnderstood:
    near = _nearest_meetings(ref, period, scope)
    hint = f"närmast: {', '.join(day_text(day, year=True) for day in near)}" if near else "se sammanträdesplanen"
    return NotUnderstood(f"{text(ref)} har inget sammanträde {_in(period)}", node.at, hint, "no-meeting")


def _in(period: Extent) -> str:
    return _said(period) if period.precision is Precision.DAY else f"i {_said(period)}"


def _nearest_meetings(ref: s.Ref, period: Extent, scope: Scope) -> list[date]:
    """The meeting before and the one after the period, of the calendar years it touches."""
    first, last = date(period.start.year, 1, 1), date(period.end.year, 12, 31)
    days = [meeting.start for meeting in scope.meetings(ref, first, last)]
    before = [day for day in days if day < period.start][-1:]
    return before + [day for day in days if day > period.end][:1]


def _checked(reckon: Callable[[], T], node: s.Node) -> T:
    try:
        return reckon()
    except (OutOfRange, OverflowError):
        message = "Uträkningen hamnar utanför åren 2005–2100"
        raise NotUnderstood(message, node.at, "räkna från ett annat datum", "limit") from None
