"""Expression → days, with the steps that gave them. Pure: names, meetings and the calendar come with the `Scope`.

Errors are `ExpressionError` with the finding's code and the place in the expression; `Undated` is no error:
what hangs on an undecided date is undecided too.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from dateutil.relativedelta import relativedelta
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.each import MOST_DATES, Each, days_of, each_in, fewest, item_on, several
from arshjul.dates.extent import Clock, Dated, Extent, PeriodName, Precision
from arshjul.dates.literal import Literal, last_year, literal_extent, written_year
from arshjul.dates.scope import Scope, in_calendar, within_range
from arshjul.dates.search import day_of, format_extent, no_meeting, nth_day, nth_from, nth_in, only_meeting
from arshjul.dates.skipped import days_off_between, days_off_in
from arshjul.dates.swedish import day_text, days_name, extent_text
from arshjul.dates.syntax import ExpressionError
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, Workdays, never_closed

THE_MEETING = "(möte)"
"""The name in the scope of the anchor that a stop-date rule leaves out: nothing an author can write."""


def evaluate(value: s.Dates, scope: Scope) -> tuple[Dated, ...]:
    """The dates of a value, earliest first, never empty."""
    dates = [_item(item, scope) for item in each_item(value, scope)]
    if value.alternatives:
        dates = [replace(one, extent=replace(one.extent, preliminary=True), alternative=True) for one in dates]
    return tuple(sorted(dates, key=lambda dated: dated.extent.start))


def each_item(value: s.Dates, scope: Scope) -> list[s.Item]:
    """The items, one for each day of a `varje` that stands in them. Codes: no-such-occurrence, limit."""
    items, passed = list[s.Item](), 0
    for item in value.items:
        each = each_in(item, scope)
        if each is not None:
            period = _period_of(each, scope)
            found = days_of(each, period, scope) if fewest(each, period) <= MOST_DATES else []
            passed += len(found) or fewest(each, period)
            if passed > MOST_DATES:
                message = f"”{text(each)}” är för många datum: högst {MOST_DATES} i ett uttryck"
                raise ExpressionError(message, each.at, "välj en kortare period", Code.LIMIT)
            left_out = list(excepted_days(value.excepted, period, scope))
            items += [item_on(item, each, one) for one in found if not one.lies_in(left_out)]
        elif value.excepted:
            message = f"”utom” gäller ”varje”, och ”{text(item)}” är inte flera datum"
            hint = "skriv det på en rad för sig"
            raise ExpressionError(message, value.excepted[0].at, hint)
        else:
            items.append(item)
    if not items:
        message, hint = f"”utom” lämnar inget kvar av ”{text(value)}”", "ta bort något under ”utom”"
        raise ExpressionError(message, value.excepted[0].at, hint, Code.NO_SUCH_OCCURRENCE)
    return items


def _period_of(each: Each, scope: Scope) -> Extent:
    """The period that `varje` goes through, by default the time where it stands."""
    if each.period is not None:
        return evaluate_phrase(each.period, scope)
    if scope.frame.days is None:
        raise ExpressionError(f"”{text(each)}” säger inte när", each.at, f"skriv till exempel {text(each)} i B-1")
    return Extent(*scope.frame.days, preliminary=scope.frame.preliminary)


def excepted_days(spans: Sequence[s.DateSpan], period: Extent, scope: Scope) -> Iterator[Extent]:
    """The days of `utom` in every year of the period; what a year lacks (v. 53) is nothing to leave out of it."""
    for span, year in product(spans, range(period.start.year, period.end.year + 1)):
        try:
            extent = _in_year(span, year, scope)
            yield extent
            if extent.end.year > year == period.start.year > FIRST_YEAR:  # over New Year, and so into this year too
                yield _in_year(span, year - 1, scope)
        except ExpressionError as problem:
            if problem.code not in (Code.NO_SUCH_DAY, Code.NO_SUCH_WEEK):
                raise


def _in_year(span: s.DateSpan, year: int, scope: Scope) -> Extent:
    """The days of a span that begins in a year, whether or not it ends in the next."""
    in_year = scope.of_year(year)
    first = evaluate_rolled(span.start, in_year)
    if span.end is None:
        return first
    last = evaluate_rolled(span.end, in_year)
    if last.end < first.start:
        last = evaluate_rolled(span.end, scope.of_year(min(year + 1, LAST_YEAR)))
    return Extent(first.start, last.end)


def evaluate_span(span: s.DateSpan, scope: Scope) -> Extent:
    """The days of `[från] a till b`, or of `a`. Code: empty-range."""
    start = evaluate_rolled(span.start, scope)
    if span.end is None:
        return start
    return joined_extent(start, evaluate_rolled(span.end, scope), span.at, (span.start, span.end))


def joined_extent(start: Extent, end: Extent, at: tuple[int, int], written: Sequence[s.Node] = ()) -> Extent:
    """From the first day of `start` to the last of `end`; of the precision both share; vague if they share none.

    `juni till 15 augusti` says no day on which it begins, so nothing may be counted from one.
    `written` are the two ends as written, for the hint of `empty-range`; without them they were computed.
    """
    if end.end < start.start:
        ends = " till ".join(day_text(day, year=True) for day in (start.start, end.end))
        hint = _backwards_hint(start, end, written)
        raise ExpressionError(f"Intervallet slutar före sin början: {ends}", at, hint, Code.EMPTY_RANGE)
    preliminary = start.preliminary or end.preliminary
    if start.precision is end.precision is not Precision.VAGUE:
        return Extent(start.start, end.end, start.precision, preliminary)
    return Extent(start.start, end.end, Precision.VAGUE, preliminary, _names_of_both(start, end))


def _backwards_hint(start: Extent, end: Extent, written: Sequence[s.Node]) -> str:
    """What to do about an end before its beginning.

    To turn the days is right only where they say their years and the second is later in the year: the end of
    `27 december till 5 januari` is the year after, and what is computed has no other order.
    """
    phrases = [node.phrase for node in written if isinstance(node, s.Rolled)]
    literals = [phrase for phrase in phrases if isinstance(phrase, Literal)]
    if not literals or len(literals) < len(written):
        return "räkna slutet från något som ligger senare, eller början från något tidigare"
    if not all(written_year(literal) for literal in literals):
        return "skriv ut åren om slutet ligger året efter, annars rätta dagarna"
    later_in_the_year = (end.end.month, end.end.day) > (start.start.month, start.start.day)
    return "vänd på dagarna" if later_in_the_year else "rätta åren eller dagarna"


def period_names(extent: Extent) -> tuple[PeriodName, ...]:
    """What the extent is called: a month or a week by its own words, days by none."""
    year = last_year(extent)
    one_year = (extent.start.isocalendar() if extent.precision is Precision.WEEK else extent.start).year == year
    if extent.names or extent.start == extent.end or extent.precision is Precision.DAY or not one_year:
        return extent.names
    return (PeriodName(extent_text(extent, year), year),)


def _names_of_both(first: Extent, last: Extent) -> tuple[PeriodName, ...]:
    """What the stretch from the one to the other is called; a part that is known exactly gives its day."""
    names, last_names = period_names(first), period_names(last)
    start, end = (PeriodName(day_text(day, weekday=False), day.year) for day in (first.start, last.end))
    return ((names or (start,))[0], (last_names or (end,))[-1]) if names or last_names else ()


def evaluate_rolled(rolled: s.Rolled, scope: Scope, default: s.Roll | None = None) -> Extent:
    """The phrase's days, rolled to a working day as written, else as `default` says."""
    extent = in_calendar(evaluate_phrase(rolled.phrase, scope), rolled)
    roll = rolled.roll or default
    if roll is None:
        return extent
    if not extent.single:
        if rolled.roll is None:
            return extent
        several = text(rolled.phrase)
        message = f"”{roll}” gäller en dag, men ”{several}” är flera dagar"
        instead = (several, f"första dagen i ({several}) {roll}", f"sista dagen i ({several}) {roll}")
        raise ExpressionError(message, rolled.at, "ta bort det, eller välj en dag", instead=instead)
    day = within_range(lambda: scope.workdays.roll(extent.start, roll), rolled)
    if day == extent.start:
        return extent
    result = replace(extent, start=day, end=day, rolled_from=extent.start)
    why = scope.workdays.why_off(extent.start)
    off = "en arbetsdag" if why is None else f"ledig ({why})"
    skipped = days_off_between(extent.start, day, scope.workdays)
    words = f"{day_text(extent.start, year=True)} är {off}, {roll}: {day_text(day, year=True)}{skipped}"
    scope.note(words, result, rolled)
    return result


def counted(rolled: s.Rolled) -> bool:
    """Whether the date is counted from something: `före` or `efter` stands in it, with no roll of its own."""
    return rolled.roll is None and _counted(rolled.phrase)


def _counted(phrase: s.Phrase) -> bool:
    match phrase:
        case s.Offset() | s.AdjacentPeriod():
            return True
        case s.WeekdayInAdjacentWeek(count=count, anchor=anchor):
            return count > 0 or _counted(anchor)
        case s.NthFrom(relation=relation, anchor=anchor):
            return relation in (s.Relation.BEFORE, s.Relation.AFTER) or _counted(anchor)
        case s.SameDay(anchor=anchor):
            return _counted(anchor)
        case s.NthIn(period=period) | s.NthDay(period=period) | s.DayOf(period=period):
            return _counted(period)
        case s.Parenthesised(span=span):
            return any(counted(part) for part in (span.start, span.end) if part)
        case s.EarliestOrLatest(options=options):
            return any(counted(option) for option in options)
    return False


def _item(item: s.Item, scope: Scope) -> Dated:
    extent = evaluate_span(item.dates, scope)
    uncertain = item.uncertain or item.certainty is s.Certainty.PRELIMINARY
    if uncertain:
        extent = replace(extent, preliminary=True)
    if item.deadline:
        extent = Extent(extent.end, extent.end, preliminary=extent.preliminary)
    if item.earliest:
        extent = Extent(extent.start, extent.start, preliminary=extent.preliminary)
    if item.certainty is s.Certainty.ABOUT:
        names = extent.names or (days_name(extent.start, extent.end),)
        extent = replace(extent, precision=Precision.VAGUE, names=names)
    return Dated(
        extent,
        deadline=item.deadline,
        earliest=item.earliest,
        parts=day_parts(item.parts),
        clock=clock(item.parts),
        about=item.certainty is s.Certainty.ABOUT,
        uncertain=uncertain,
        if_needed=item.certainty is s.Certainty.IF_NEEDED,
    )


def day_parts(parts: Sequence[s.DayPartName | s.ClockTime]) -> tuple[s.DayPart, ...]:
    """The parts of the day named, in written order."""
    return tuple(part.part for part in parts if isinstance(part, s.DayPartName))


def clock(parts: Sequence[s.DayPartName | s.ClockTime]) -> Clock | None:
    """The first clock time named, if any."""
    for part in parts:
        if isinstance(part, s.ClockTime):
            end = None if part.end_hour is None else part.end_hour * 60 + (part.end_minute or 0)
            return Clock(part.hour * 60 + part.minute, end)
    return None


def evaluate_phrase(node: s.Phrase, scope: Scope) -> Extent:
    """The days a phrase stands for."""
    match node:
        case s.Offset():
            return _offset(node, scope)
        case s.AdjacentPeriod():
            return _adjacent_period(node, scope)
        case s.WeekdayInAdjacentWeek():
            return _weekday_in_adjacent_week(node, scope)
        case s.SameDay():
            return evaluate_phrase(node.anchor, scope)
        case s.NthFrom():
            return nth_from(node, evaluate_phrase(node.anchor, scope), scope)
        case s.NthIn():
            return nth_in(node, evaluate_phrase(node.period, scope), scope)
        case s.EachWeekday() | s.EachPeriod():
            raise several(node, scope)
        case s.EachBody(group=group) if scope.is_body(group):
            raise several(node, scope)
        case s.EachBody():
            return _each_body(node, scope)
        case s.NthDay():
            return nth_day(node, evaluate_phrase(node.period, scope), scope)
        case s.DayOf():
            return day_of(node, evaluate_phrase(node.period, scope), scope)
        case s.Ref():
            return _reference(node, scope)
        case s.Meeting():
            return _reference(s.Ref(THE_MEETING, at=node.at), scope)
        case s.EarliestOrLatest():
            return _earliest_or_latest(node, scope)
        case s.Parenthesised():
            return evaluate_span(node.span, scope)
    extent = literal_extent(node, scope.frame)
    where = "" if written_year(node) else f" i {scope.frame.where}"
    scope.note(f"{text(node)}{where}: {format_extent(extent)}", extent, node)
    return extent


def _reference(ref: s.Ref, scope: Scope) -> Extent:
    if scope.is_body(ref.name):
        meeting = only_meeting(ref, ref, scope)
        scope.note(f"{text(ref)}: {day_text(meeting.start, year=True)}", meeting, ref)
        return meeting
    dates = scope.dates(ref)
    if len(dates) == 1:
        return dates[0]
    first, last = min(d.start for d in dates), max(d.end for d in dates)
    precision = dates[0].precision if len({d.precision for d in dates}) == 1 else Precision.VAGUE
    names: tuple[PeriodName, ...] = ()
    if precision is Precision.VAGUE:
        names = _names_of_both(min(dates, key=lambda d: d.start), max(dates, key=lambda d: d.end))
    return Extent(first, last, precision, any(d.preliminary for d in dates), names)


def _origin(anchor: Extent, direction: s.Direction) -> tuple[date, int]:
    """The day that is counted from, the anchor's nearest, and the sign of the count."""
    return (anchor.start, -1) if direction is s.Direction.BEFORE else (anchor.end, 1)


def _steps(node: s.Offset | s.WeekdayInAdjacentWeek, origin: date) -> str:
    """`10 arbetsdagar före tisdag 7 juni 2022`: the phrase with the day it is counted from as its anchor."""
    words = text(replace(node, anchor=s.Meeting())).strip()
    return f"{words} {'' if node.count else 'som '}{day_text(origin, year=True)}"


def _offset(node: s.Offset, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    origin, sign = _origin(anchor, node.direction)
    # A scope may refuse to tell its working days (a draft rule that a closure hangs on): other units must not ask.
    workdays = scope.workdays if node.unit is s.Unit.WORKING_DAY else never_closed()
    day = moved(origin, sign * node.count, node.unit, workdays, node)
    if node.unit is s.Unit.MONTH and sign > 0 and _ends_a_month(anchor, node.anchor):
        day = day.replace(day=monthrange(day.year, day.month)[1])
    result = Extent(day, day, preliminary=anchor.preliminary)
    skipped = days_off_between(origin, day, scope.workdays) if node.unit is s.Unit.WORKING_DAY else ""
    scope.note(f"{_steps(node, origin)}: {day_text(day, year=True)}{skipped}", result, node)
    return result


_WHOLE_MONTHS = frozenset({Precision.MONTH, Precision.QUARTER, Precision.TERTIAL, Precision.YEAR})


def _ends_a_month(anchor: Extent, phrase: s.Phrase) -> bool:
    """Whether months counted forward from here end with a month: one month after June is 31 July, not the 30th."""
    if isinstance(phrase, s.Ref) and "per" in (phrase.name, phrase.part):
        return (anchor.end + timedelta(days=1)).day == 1
    return anchor.precision in _WHOLE_MONTHS


def moved(origin: date, count: int, unit: s.Unit, workdays: Workdays, node: s.Node) -> date:
    """The day `count` units after `origin`, before it if negative; months clip to the month's last day. Code: limit."""
    day = within_range(lambda: _moved(origin, count, unit, workdays), node)
    return in_calendar(Extent(day, day), node).start


def _moved(origin: date, count: int, unit: s.Unit, workdays: Workdays) -> date:
    match unit:
        case s.Unit.WORKING_DAY:
            return workdays.add(origin, count)
        case s.Unit.MONTH:
            return origin + relativedelta(months=count)
    return origin + timedelta(days=count * (7 if unit is s.Unit.WEEK else 1))


def other_end(day: date, sign: int, length: s.Duration, workdays: Workdays) -> date:
    """The last day of a stretch of that length that begins with `day`, or (`sign` -1) the first of one that ends so.

    The day given is counted: five working days from a Monday end on the Friday, one week on the Sunday. A day off is
    none of the working days. Code: limit.
    """
    if length.unit is s.Unit.WORKING_DAY:
        counted = within_range(lambda: workdays.is_working(day), length)
        steps = length.count - counted
        return moved(day, sign * steps, length.unit, workdays, length) if steps else day
    if sign > 0:
        return moved(day, length.count, length.unit, workdays, length) - timedelta(days=1)
    return moved(day + timedelta(days=1), -length.count, length.unit, workdays, length)


def days_off_of_length(day: date, other: date, length: s.Duration, workdays: Workdays) -> str:
    """The days off, each with its name, of a stretch that is so many working days long; as a step ends with them."""
    return days_off_in(min(day, other), max(day, other), workdays) if length.unit is s.Unit.WORKING_DAY else ""


def _adjacent_period(node: s.AdjacentPeriod, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    origin, sign = _origin(anchor, node.direction)
    if node.unit is s.Unit.WEEK:
        monday = origin - timedelta(days=origin.weekday()) + timedelta(weeks=sign)
        result = Extent(monday, monday + timedelta(days=6), Precision.WEEK, anchor.preliminary)
    else:
        first = origin.replace(day=1) + relativedelta(months=sign)
        last = first + relativedelta(months=1) - timedelta(days=1)
        result = Extent(first, last, Precision.MONTH, anchor.preliminary)
    unit = "veckan" if node.unit is s.Unit.WEEK else "månaden"
    scope.note(f"{unit} {node.direction} {day_text(origin, year=True)}: {format_extent(result)}", result, node)
    return result


def _weekday_in_adjacent_week(node: s.WeekdayInAdjacentWeek, scope: Scope) -> Extent:
    anchor = evaluate_phrase(node.anchor, scope)
    origin, sign = _origin(anchor, node.direction)
    monday = origin - timedelta(days=origin.weekday())
    away = timedelta(weeks=sign * node.count, days=node.weekday.value - 1)
    day = within_range(lambda: monday + away, node)
    result = Extent(day, day, preliminary=anchor.preliminary)
    scope.note(f"{_steps(node, origin)}: {day_text(day, year=True)}", result, node)
    return result


def _earliest_or_latest(node: s.EarliestOrLatest, scope: Scope) -> Extent:
    options = [evaluate_rolled(option, scope) for option in node.options]
    if node.choice is s.Choice.EARLIEST:
        chosen = min(options, key=lambda extent: (extent.start, extent.end))
    else:
        chosen = max(options, key=lambda extent: (extent.end, extent.start))
    result = replace(chosen, preliminary=any(option.preliminary for option in options))
    scope.note(f"{text(node)}: {format_extent(result)}", result, node)
    return result


def _each_body(node: s.EachBody, scope: Scope) -> Extent:
    period = _period_of(node, scope)
    found = [_first_meeting(body, node, period, scope) for body in scope.members(node.group, node.at)]
    preliminary = any(extent.preliminary for extent in (period, *found))
    # Until every body has a plan, the last meeting is not known: then the whole period is meant. Compared by identity,
    # as a meeting could happen to fill the period.
    if any(extent is period for extent in found) or not found:
        result = replace(period, preliminary=preliminary)
    else:
        first, last = min(extent.start for extent in found), max(extent.end for extent in found)
        result = Extent(first, last, preliminary=preliminary)
    scope.note(f"{text(node)}: {format_extent(result)}", result, node)
    return result


def _first_meeting(body: str, node: s.EachBody, period: Extent, scope: Scope) -> Extent:
    """The body's first meeting in the period; the period itself while the body has no plan for it."""
    if not scope.has_meetings(body, period.start, period.end):
        scope.note(f"{body} har ingen sammanträdesplan: {format_extent(period)}", period, node)
        return period
    ref = s.Ref(body, at=node.at)
    meetings = scope.meetings(ref, period.start, period.end)
    if not meetings:
        raise no_meeting(ref, period, node, scope)
    scope.note(f"{body}: {day_text(meetings[0].start, year=True)}", meetings[0], node)
    return meetings[0]
