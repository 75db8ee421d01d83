"""Rejects trees that the grammar allows and that no day can be computed from; the hint is what may have been meant."""

from __future__ import annotations

from calendar import monthrange
from functools import singledispatch

from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.swedish import month as month_name
from arshjul.dates.syntax import Direction, ExpressionError, Relation, Unit
from arshjul.dates.walk import chain, nodes, with_nodes
from arshjul.dates.words import PLURALS

_LEAP_YEAR = 2024
_LAST_WEEK = 53
_YEARS_OF_A_TERM = 4
_MOST_EXCEPTED = 30


def check_meaning(tree: s.Node | tuple[s.Node, ...]) -> None:
    """Refuses the first node without a meaning.

    Raises:
        ExpressionError: `nästa` but before `efter`; an ordinal that counts the wrong way; weekdays counted in anything
            but weeks; `månadsskiftet` of months that do not meet; a clock time or `mandatår` that is none; with codes
            of their own, `no-such-day` in any year (or in the calendar year written) and `no-such-week` in any year.
    """
    for node in nodes(tree):
        _check(node)


@singledispatch
def _check(node: s.Node) -> None:
    """What a node of this type must be to have a meaning; most always have one."""


@_check.register
def _(node: s.Dates) -> None:
    several = (s.EachBody, s.EachWeekday, s.EachPeriod)
    if node.excepted and not any(isinstance(inner, several) for inner in nodes(node.items)):
        raise ExpressionError("”utom” gäller det som står med ”varje”", node.excepted[0].at, _with_each(node))
    if len(node.excepted) > _MOST_EXCEPTED:
        message, hint = f"Högst {_MOST_EXCEPTED} perioder kan stå efter ”utom”", "skriv en längre period"
        raise ExpressionError(message, node.excepted[_MOST_EXCEPTED].at, hint, Code.LIMIT)


def _with_each(node: s.Dates) -> str:
    """What to write for `februari–november utom juli`: its months with `varje`, or what is kept in full."""
    first, *more = node.items
    if more or not isinstance(first.dates.start.phrase, s.Month | s.MonthRange) or first.dates.end is not None:
        return "skriv ut de datum som gäller, utan dem som inte gör det"
    excepted = ", ".join(text(span) for span in node.excepted)
    return f"skriv ”varje månad i {text(first.dates.start.phrase)} utom {excepted}”"


@_check.register
def _(node: s.DateSpan) -> None:
    """`varje torsdag i april till maj` is no stretch that begins on every Thursday."""
    each = next((inner for inner in chain(node.start.phrase) if isinstance(inner, s.EachWeekday | s.EachPeriod)), None)
    if node.end is None or each is None or each.period is None:
        return
    whole = s.Parenthesised(s.DateSpan(s.Rolled(each.period), node.end))
    words = text(with_nodes(node.start, lambda inner: whole if inner == each.period else inner))
    raise ExpressionError(f"”{text(each)}” kan inte börja en sträcka", node.at, f"skriv ”{words}”")


@_check.register
def _(node: s.NthIn) -> None:
    if node.ordinal is not None and node.ordinal.next_:
        raise _nothing_next(node.ordinal, f"skriv ”{text(node)}”")


@_check.register
def _(node: s.NthFrom) -> None:
    ordinal = node.ordinal
    if ordinal is None:
        return
    if ordinal.next_ and node.relation is Relation.AT_EARLIEST:
        raise _nothing_next(ordinal, f"skriv ”{text(node)}”")
    if ordinal.next_ and node.relation.backward:
        after = text(replace(node, relation=Relation.AFTER))
        raise _nothing_next(ordinal, f"skriv ”{_counted_back(node, 1)}” eller ”{after}”")
    if node.relation.backward is (ordinal.number > 0):
        forward = text(replace(node, ordinal=s.Ordinal(abs(ordinal.number))))
        counted = _counted_back(node, ordinal.number) if ordinal.number > 0 else forward
        within = text(s.NthIn(replace(ordinal, next_=False), node.what, s.Month(6)))
        way = "bakåt" if node.relation.backward else "framåt"
        hint = f"räknat {way}: ”{counted}”; räknat i en period, till exempel: {within}"
        message = f"”{text(ordinal)} … {node.relation}” kan läsas på två sätt"
        raise ExpressionError(message, ordinal.at, hint)


def _nothing_next(ordinal: s.Ordinal, hint: str) -> ExpressionError:
    return ExpressionError("”nästa” kan bara räknas framåt, med ”efter”", ordinal.at, hint)


def _counted_back(node: s.NthFrom, number: int) -> str:
    """The `number`-th before the anchor. `näst sista` is as far as one ordinal goes back, so the rest are steps."""
    if isinstance(node.what, s.WorkingDay) and node.relation is Relation.BEFORE:
        return text(s.Offset(number, Unit.WORKING_DAY, Direction.BEFORE, node.anchor))
    if isinstance(node.anchor, s.Meeting) and isinstance(node.what, s.WeekdayName) and number > 2:
        return text(s.WeekdayInAdjacentWeek(node.what.weekday, number, Direction.BEFORE, node.anchor))
    counted = replace(node, ordinal=s.Ordinal(-min(number, 2)))
    if isinstance(node.what, s.WorkingDay) and number > 2:
        return text(s.Offset(number - 2, Unit.WORKING_DAY, Direction.BEFORE, counted))
    for _ in range(number - 2):
        counted = s.NthFrom(None, node.what, Relation.BEFORE, counted)
    return text(counted)


@_check.register
def _(node: s.WeekdayInAdjacentWeek) -> None:
    if node.unit is Unit.WEEK:
        return
    weeks = text(replace(node, unit=Unit.WEEK))
    steps = text(s.Offset(node.count, node.unit, node.direction, node.anchor))
    message = f"En veckodag räknas i hela veckor, inte i {PLURALS[node.unit]}"
    raise ExpressionError(message, node.at, f"skriv ”{weeks}” eller ”{steps}”")


@_check.register
def _(node: s.DayMonth) -> None:
    _day(node.day, node.month, node.year, node.at)


@_check.register
def _(node: s.DayRange) -> None:
    first_year = node.start_year if node.start_year or node.start_month else node.end_year
    _day(node.start_day, node.start_month or node.end_month, first_year, node.at)
    _day(node.end_day, node.end_month, node.end_year, node.at)


@_check.register
def _(node: s.IsoDate) -> None:
    if not 1 <= node.month <= 12:
        hint = f"månaderna är 01–12, till exempel: {node.year:04}-06-{min(max(node.day, 1), 30):02}"
        raise ExpressionError(f"Månad {node.month} finns inte", node.at, hint, Code.NO_SUCH_DAY)
    _day(node.day, node.month, s.CalendarYear(node.year), node.at)


def _day(day: int, month: int, year: s.Year | None, at: tuple[int, int]) -> None:
    number = year.number if isinstance(year, s.CalendarYear) and year.number else None
    last = monthrange(number or _LEAP_YEAR, month)[1]
    if 1 <= day <= last:
        return
    written = f"{month_name(month)} {number}" if number else month_name(month)
    hint = f"{written} har {last} dagar, till exempel: {last if day else 1} {written}"
    raise ExpressionError(f"{day} {written} finns inte", at, hint, Code.NO_SUCH_DAY)


@_check.register
def _(node: s.Week) -> None:
    for number in (node.number, node.end_number):
        if number is not None and not 1 <= number <= _LAST_WEEK:
            hint = "veckorna är 1–52, vissa år 53, till exempel: v. 45"
            raise ExpressionError(f"Vecka {number} finns inte", node.at, hint, Code.NO_SUCH_WEEK)


@_check.register
def _(node: s.MonthTurn) -> None:
    if node.end_month == node.start_month % 12 + 1:
        return
    months = f"{month_name(node.start_month)} och {month_name(node.end_month)}"
    right = text(replace(node, end_month=node.start_month % 12 + 1))
    raise ExpressionError(f"{months} följer inte på varandra".capitalize(), node.at, f"till exempel: {right}")


@_check.register
def _(node: s.ClockTime) -> None:
    start, end = (node.hour, node.minute), (node.end_hour, node.end_minute or 0)
    for hour, minute in (start, (node.end_hour or 0, node.end_minute or 0)):
        if minute > 59 or (hour, minute) > (24, 0):
            hint = "timmarna är 0–24 och minuterna 00–59, till exempel: kl 13.30"
            raise ExpressionError(f"Klockslaget {hour}.{minute:02} finns inte", node.at, hint)
    if node.end_hour is not None and end <= start:
        hint = "skriv den tidiga tiden först, till exempel: kl 9.00–12.00"
        raise ExpressionError("Tiden slutar inte efter att den börjar", node.at, hint)


@_check.register
def _(node: s.TermYear) -> None:
    if not 1 <= node.number <= _YEARS_OF_A_TERM:
        hint = "mandatperioden har fyra år, till exempel: mandatår 1"
        raise ExpressionError(f"Mandatår {node.number} finns inte", node.at, hint)
