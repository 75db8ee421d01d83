"""A meeting as a meeting plan writes it: one day, or a few in a row, that stand by themselves."""

from __future__ import annotations

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import joined_extent
from arshjul.dates.extent import Extent
from arshjul.dates.literal import Frame, literal_extent
from arshjul.dates.search import nth_weekday_in
from arshjul.dates.swedish import joined
from arshjul.dates.syntax import Certainty, ExpressionError

LONGEST_MEETING = 7
"""Days; what is longer is a period in which somebody meets, not a meeting."""

_DAY = (s.DayMonth, s.IsoDate, s.IsoRange, s.DayRange, s.WeekdayOfWeek, s.Holiday)
_PERIOD = (s.Month, s.MonthRange, s.Week, s.Quarter, s.Tertial, s.BudgetYear, s.DayRange, s.IsoRange)
_A_DAY = "skriv en dag, till exempel ”3 juni”, ”tisdag v. 23” eller ”19–20 juni”"


def meeting_of(value: s.Value) -> s.Item:
    """The one date of a value, which names nothing of the process and counts from nothing.

    Raises:
        ExpressionError: `not-a-date`, with what to write in a plan instead.
    """
    if isinstance(value, s.Undecided):
        raise _no_meeting("Ett sammanträde i en plan har en dag", value, "skriv raden när dagen är känd")
    item, *others = value.items
    if others:
        raise _several(value)
    mark = "senast" if item.deadline else "tidigast" if item.earliest else item.certainty
    if mark is not None and item.certainty is not Certainty.PRELIMINARY:
        day = text(s.Item(item.dates, Certainty.PRELIMINARY))
        raise _no_meeting(f"”{mark}” säger inte vilken dag mötet är", item, f"skriv ”{day}” om dagen kan ändras")
    for end in filter(None, (item.dates.start, item.dates.end)):
        match end.phrase:
            case s.NthIn(what=s.Ref() as body, period=s.DayMonth() | s.IsoDate() | s.DayRange() as period):
                hint = f"planen säger organet en gång för alla: skriv ”{text(period)}”"
                raise _no_meeting(f"”{text(end)}” nämner {text(body)}, och är en dag i ett organs lista", end, hint)
        if end.roll is not None or item.within or not _is_day(end.phrase):
            raise _no_meeting(f"Ett sammanträde behöver en bestämd dag, inte ”{text(end)}”", end, _A_DAY)
    return item


def _is_day(phrase: s.Phrase) -> bool:
    """Whether it is a day, or days in a row, by the calendar alone."""
    if isinstance(phrase, s.NthIn):
        return isinstance(phrase.what, s.WeekdayName) and isinstance(phrase.period, _PERIOD)
    return isinstance(phrase, _DAY)


def _several(value: s.Dates) -> ExpressionError:
    every = ", ".join(text(item) for item in value.items)
    hint = f"skriv ett möte för varje dag: [{every}]"
    match [item.dates.start.phrase for item in value.items]:
        case [s.DayMonth(month=first_month, day=first), s.DayMonth(month=month, day=day)] if (
            first_month == month and day == first + 1
        ):
            hint += f", eller ”{text(s.DayRange(first, day, month))}” om det är ett möte på två dagar"
    days = joined([text(item) for item in value.items])
    return _no_meeting(f"”{days}” är {len(value.items)} dagar på en rad", value, hint)


def _no_meeting(message: str, node: s.Node, hint: str) -> ExpressionError:
    return ExpressionError(message, node.at, hint, Code.NOT_A_DATE)


def meeting_days(item: s.Item, frame: Frame) -> Extent:
    """The days of a meeting. Codes: those of `literal_extent`, `no-such-occurrence`, `not-a-date`."""
    days = _days(item.dates.start.phrase, frame)
    if item.dates.end is not None:
        days = joined_extent(days, _days(item.dates.end.phrase, frame), item.dates.at)
    length = (days.end - days.start).days + 1
    if length > LONGEST_MEETING:
        message = f"”{text(item.dates)}” är {length} dagar: ett sammanträde är en dag eller några"
        raise _no_meeting(message, item, _A_DAY)
    return days


def _days(phrase: s.Phrase, frame: Frame) -> Extent:
    match phrase:
        case s.NthIn(period=period) if isinstance(period, _PERIOD):
            return nth_weekday_in(phrase, literal_extent(period, frame))
        case phrase if isinstance(phrase, _DAY):
            return literal_extent(phrase, frame)
    raise _no_meeting(f"Ett sammanträde behöver en bestämd dag, inte ”{text(phrase)}”", phrase, _A_DAY)
