"""The periods of `upprepa` and the draft rules of a body: values in which a range of months is heard in its own way."""

from __future__ import annotations

from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text as canonical
from arshjul.dates.parser import parse_value
from arshjul.dates.syntax import AmbiguousExpression, ExpressionError, PeriodUnit
from arshjul.dates.vocabulary import ANY_NAME, Vocabulary
from arshjul.dates.walk import chain, nodes, with_nodes

_PERIODS = (
    s.Month, s.MonthRange, s.Week, s.VagueMonth, s.MonthTurn, s.Quarter, s.Tertial, s.BudgetYear, s.DayMonth, s.IsoDate,
    s.DayRange, s.IsoRange, s.Ref, s.Parenthesised,
)  # fmt: skip
_EACH = (s.EachPeriod, s.EachWeekday, s.EachBody)
_UNITS = {
    s.Month: PeriodUnit.MONTH,
    s.Week: PeriodUnit.WEEK,
    s.Quarter: PeriodUnit.QUARTER,
    s.Tertial: PeriodUnit.TERTIAL,
}
_EXAMPLE = "skriv till exempel [februari, mars] eller varje månad"


def parse_rounds(text: str, names: Vocabulary = ANY_NAME, *, alone: bool = False) -> s.Dates:
    """`februari`, `Q1`: a period of a list. One that stands `alone` may be a range, which is its months or weeks.

    Raises:
        ExpressionError: it is no period; a range in a list, with both that it can be.
    """
    value = parse_value(text, names)
    if isinstance(value, s.Undecided):
        raise ExpressionError("Perioderna måste vara bestämda", value.at, _EXAMPLE)
    if "halvår" in text.casefold():  # turned into its months, which are not what is written
        return value
    return replace(value, items=tuple(_period(item, alone) for item in value.items))


def _period(item: s.Item, alone: bool) -> s.Item:
    unit = _unit_of_range(item.dates)
    phrase = item.dates.start.phrase
    if item.dates.end is None and not item.parts and any(isinstance(node, _EACH) for node in chain(phrase)):
        return item
    if _is_marked(item) or (unit is None and (item.dates.end is not None or not isinstance(phrase, _PERIODS))):
        raise ExpressionError(f"”{canonical(item)}” är ingen period", item.at, _EXAMPLE)
    if unit is None:
        return item
    if not alone:
        words, whole = canonical(item.dates), canonical(_as_one(item.dates))
        hint = f"skriv ”{whole}” för en omgång, eller period: {words} utan lista för en av varje"
        raise AmbiguousExpression(f"”{words}” i en lista kan vara en omgång eller flera", item.at, hint)
    period: s.Period = s.Parenthesised(item.dates, at=item.at)
    if item.dates.end is None and isinstance(phrase, s.MonthRange | s.Week):
        period = phrase
    each = s.EachPeriod(unit, 1, period, at=item.at)
    return replace(item, dates=s.DateSpan(s.Rolled(each, at=item.at), at=item.at), within=False)


def _is_marked(item: s.Item) -> bool:
    marks = (item.certainty, item.deadline, item.earliest, item.parts, item.uncertain, item.dates.start.roll)
    return any(marks)


def _unit_of_range(dates: s.DateSpan) -> PeriodUnit | None:
    """The unit of a range of several periods: `januari–november`, `v. 7–10`, `Q1 till Q4`; None for anything else."""
    first, last = dates.start.phrase, dates.end.phrase if dates.end else None
    if last is not None:
        return _UNITS.get(type(first)) if type(first) is type(last) else None
    if isinstance(first, s.MonthRange):
        return PeriodUnit.MONTH
    return PeriodUnit.WEEK if isinstance(first, s.Week) and first.end_number is not None else None


def _as_one(dates: s.DateSpan) -> s.Parenthesised:
    """The range in parentheses, which is one stretch."""
    match dates.start.phrase:
        case s.MonthRange() as months if dates.end is None:
            return _whole(months)
        case s.Week(number=number, end_number=int(last), year=year):
            first, end = s.Week(number, None, year), s.Week(last, None, year)
            return s.Parenthesised(s.DateSpan(s.Rolled(first), s.Rolled(end)))
    return s.Parenthesised(dates)


def _whole(months: s.MonthRange) -> s.Parenthesised:
    first, last = s.Month(months.start_month, months.start_year), s.Month(months.end_month, months.end_year)
    return s.Parenthesised(s.DateSpan(s.Rolled(first), s.Rolled(last)))


def parse_excepted(text: str, names: Vocabulary = ANY_NAME) -> s.Dates:
    """`juli`, `juli och augusti`, `v. 27–32`: what is left out of the rounds.

    Raises:
        ExpressionError: a date with words that mean nothing here.
    """
    value = parse_value(text, names)
    if isinstance(value, s.Undecided) or any(map(_is_marked, value.items)):
        raise ExpressionError(f"”{canonical(value)}” kan inte lämnas ut", value.at, "skriv till exempel utom: [juli]")
    return value


def parse_draft(text: str, names: Vocabulary = ANY_NAME) -> s.Value:
    """A rule under `preliminärt`: `första tisdagen i juni`, `sista måndagen i varje månad utom juli`.

    Raises:
        AmbiguousExpression: `första tisdagen i mars–maj`, which may be one day or one of every month.
    """
    value = parse_value(text, names)
    for node in nodes(value):
        match node:
            case s.NthIn(ordinal=s.Ordinal(), what=s.WeekdayName() | s.WorkingDay(), period=s.MonthRange() as months):
                raise _each_month_or_one(value, node, months)
            case s.NthDay(period=s.MonthRange() as months):
                raise _each_month_or_one(value, node, months)
    return value


def _each_month_or_one(value: s.Value, node: s.Node, months: s.MonthRange) -> AmbiguousExpression:

    def reading(period: s.Period) -> str:
        meant = with_nodes(value, lambda other: period if other == months and other.at == months.at else other)
        return f"”{canonical(meant)}”"

    readings = [reading(period) for period in (s.EachPeriod(PeriodUnit.MONTH, 1, months), _whole(months))]
    message = f"”{canonical(node)}” kan vara en dag eller en i varje månad"
    return AmbiguousExpression(message, node.at, f"skriv ut vilket: {' eller '.join(readings)}")
