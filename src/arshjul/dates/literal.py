"""Literal dates and periods → days: the year that is meant, and whether the day exists."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Extent, PeriodName, Precision
from arshjul.dates.swedish import day_text, month, weekday
from arshjul.dates.syntax import BeyondTheCalendar, ExpressionError
from arshjul.diagnostics import Diagnostic, InvalidProcess
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, holiday

Literal = s.Simple | s.WeekdayOfWeek | s.Holiday
THURSDAY = 4
A_MONTH_OF_WEEKS = 4  # `v. 30–28` is a mistake, `v. 34–23` a school year
FIRST_DAYS = {s.MonthPart.BEGINNING: 1, s.MonthPart.MIDDLE: 11, s.MonthPart.END: 21}
LAST_DAYS = {s.MonthPart.BEGINNING: 10, s.MonthPart.MIDDLE: 20}


class Frame(Struct, frozen=True):
    """Where a date without a year finds it: the one year whose first day lies within `start`–`end`.

    `where` names that stretch in messages (`fasen ram`); it is `preliminary` if it hangs on a draft meeting.
    Without `start` a bare date has no year. `broken` is why the stretch could not be computed: who needs it to date
    something gets an InvalidProcess with that.
    """

    budget_year: int
    start: date | None = None
    end: date | None = None
    where: str = "processen"
    preliminary: bool = False
    broken: tuple[Diagnostic, ...] = ()

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the stretch; None where a bare date has no year. Raises InvalidProcess."""
        if self.broken:
            raise InvalidProcess(self.broken[:1])
        return None if self.start is None or self.end is None else (self.start, self.end)

    def number(self, year: s.Year) -> int:
        """The calendar year that `B-1` or `2025` means here."""
        number = year.number if isinstance(year, s.CalendarYear) else self.budget_year + year.offset
        if not FIRST_YEAR <= number <= LAST_YEAR:
            message = f"Året {number} ligger utanför {FIRST_YEAR}–{LAST_YEAR}"
            if isinstance(year, s.BudgetYear):
                raise BeyondTheCalendar(message, year.at, "kalendern har bara åren däremellan", Code.LIMIT)
            raise ExpressionError(message, year.at, "skriv ett år däremellan", Code.LIMIT)
        return number

    def of_year(self, year: int) -> Frame:
        """The frame of one calendar year, as draft meeting rules are read in."""
        where = f"kalenderåret {year}"
        return replace(self, start=date(year, 1, 1), end=date(year, 12, 31), where=where, broken=())

    def around(self, day: date) -> Frame:
        """The frame of the days nearest to `day`: each date without a year lies in it once."""
        half = timedelta(days=182)
        where = f"halvåren kring {day_text(day, year=True)}"
        return replace(self, start=day - half, end=day + half, where=where, broken=())

    def implied_year(self, extent: Extent) -> int | None:
        """The year a text may leave out here: the extent's own, if its first day, read without one, can mean no other.

        Of weeks it is the ISO week year, found by the Thursday of the first. None where the year must be said.
        """
        week = extent.precision is Precision.WEEK
        if week and extent.start.isocalendar().year != extent.end.isocalendar().year:
            return None
        day = extent.start + timedelta(days=THURSDAY - 1) if week else extent.start
        if not self._holds(day) or any(self._holds(_same_text_another_year(extent, step)) for step in (-1, 1)):
            return None
        return last_year(extent)

    def _holds(self, day: date | None) -> bool:
        if day is None or self.start is None or self.end is None:
            return False
        return self.start <= day <= self.end


def last_year(extent: Extent) -> int:
    """The year that is written after the extent: the one its last part lies in; of weeks the ISO week year."""
    return extent.end.isocalendar().year if extent.precision is Precision.WEEK else extent.end.year


def literal_extent(node: Literal, frame: Frame) -> Extent:
    """The days of a literal.

    Codes: outside-window, ambiguous-year, no-such-day, no-such-week, weekday-mismatch, empty-range, limit.
    """
    year = written_year(node)
    extent = _only_candidate(node, frame) if year is None else _built(node, frame.number(year), frame)
    _check_weekday(node, extent)
    return extent


def written_year(node: Literal) -> s.Year | None:
    """The year that the literal itself says, of its last part; None for a bare one."""
    match node:
        case s.IsoDate() | s.IsoRange():
            return s.CalendarYear(node.year if isinstance(node, s.IsoDate) else node.start.year, at=node.at)
        case s.DayRange() | s.MonthRange():
            return node.end_year or node.start_year
        case s.WeekdayOfWeek():
            return node.week.year
        case s.BudgetYear():
            return node
    return node.year


def _only_candidate(node: Literal, frame: Frame) -> Extent:
    if frame.days is None:
        message = "Här går det inte att veta vilket år som menas"
        hint = f"skriv ut året, till exempel ”{text(node)} B-1”"
        raise ExpressionError(message, node.at, hint, Code.AMBIGUOUS_YEAR)
    first, last = frame.days
    # One year more on each side: a range that crosses the new year is named by the year of its other end.
    tried = [_try(node, year, frame) for year in range(first.year - 1, last.year + 2)]
    existing = [extent for extent in tried if extent is not None]
    inside = [extent for extent in existing if first <= _day_of_its_year(node, extent) <= last]
    if len(inside) == 1:
        return inside[0]
    if not existing or (not inside and None in tried[1:-1]):
        # The day is lacking in a year of the frame (29 February, v. 53): that is what is wrong with it, so say so.
        _built(node, last.year if tried[-2] is None else first.year, frame)
    stretch = f"{day_text(first, weekday=False, year=True)}–{day_text(last, weekday=False, year=True)}"
    raise _no_single_year(node, frame, stretch, inside)


def _day_of_its_year(node: Literal, extent: Extent) -> date:
    """The day by which a literal without a year finds it: its first, of a week and a weekday in it the Thursday."""
    if isinstance(node, s.Week | s.WeekdayOfWeek):
        return extent.start + timedelta(days=THURSDAY - extent.start.isoweekday())
    return extent.start


def _no_single_year(node: Literal, frame: Frame, stretch: str, inside: list[Extent]) -> ExpressionError:
    if inside:
        years = " och ".join(str(last_year(extent)) for extent in inside)
        message = f"”{text(node)}” finns flera gånger i {frame.where} ({stretch}): {years}"
        fitting = _in_years(node, [last_year(extent) for extent in inside], frame)
        return ExpressionError(message, node.at, "skriv ut året", Code.AMBIGUOUS_YEAR, instead=fitting)
    message = f"”{text(node)}” ligger utanför {frame.where} ({stretch})"
    nearest = [frame.budget_year + step for step in (-1, 0, 1)]
    fitting = _in_years(node, nearest, frame)
    hint = "skriv ut året, eller ändra löper"
    return ExpressionError(message, node.at, hint, Code.OUTSIDE_WINDOW, instead=fitting)


def _in_years(node: Literal, years: list[int], frame: Frame) -> tuple[str, ...]:
    """The literal with each of the years in which it is a day, as `B-1`: three at most."""
    existing = [year for year in years if _try(node, year, frame) is not None]
    fitting = [year for year in existing if _agrees(node, year, frame)] or existing
    return tuple(f"{text(node)} {text(s.BudgetYear(year - frame.budget_year))}" for year in fitting[:3])


def _agrees(node: Literal, year: int, frame: Frame) -> bool:
    """Whether the weekday written beside a date is right in the year."""
    try:
        _check_weekday(node, _built(node, year, frame))
    except ExpressionError:
        return False
    return True


def _try(node: Literal, year: int, frame: Frame) -> Extent | None:
    try:
        return _built(node, year, frame)
    except ExpressionError:
        return None


def _built(node: Literal, year: int, frame: Frame) -> Extent:
    """The node's days when its (last) year is `year`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BeyondTheCalendar(f"Året {year} ligger utanför {FIRST_YEAR}–{LAST_YEAR}", node.at, None, Code.LIMIT)
    match node:
        case s.DayMonth() | s.IsoDate():
            return _one(_day(year, node.month, node.day, node.at))
        case s.IsoRange():
            end_year = frame.number(s.CalendarYear(node.end.year, at=node.end.at))
            end = _day(end_year, node.end.month, node.end.day, node.end.at)
            return _ordered(_day(year, node.start.month, node.start.day, node.start.at), end, Precision.DAY, node.at)
        case s.DayRange():
            return _day_range(node, year, frame)
        case s.Month():
            return _months(year, node.month, year, node.month)
        case s.MonthRange():
            return _month_range(node, year, frame)
        case s.VagueMonth():
            last = LAST_DAYS.get(node.part, monthrange(year, node.month)[1])
            start, end = date(year, node.month, FIRST_DAYS[node.part]), date(year, node.month, last)
            return Extent(start, end, Precision.VAGUE, names=_own_name(node, year))
        case s.MonthTurn():
            start = date(year - (node.start_month > node.end_month), node.start_month, 21)
            turn = _ordered(start, date(year, node.end_month, 10), Precision.VAGUE, node.at)
            return replace(turn, names=_own_name(node, year))
        case s.Week():
            last = node.end_number or node.number
            first = _monday(node.number, year - (node.number - last > A_MONTH_OF_WEEKS), node.at)
            return _ordered(first, _monday(last, year, node.at) + timedelta(days=6), Precision.WEEK, node.at)
        case s.WeekdayOfWeek():
            monday = _monday(node.week.number, year, node.week.at)
            return _one(monday + timedelta(days=node.weekday.value - 1))
        case s.Quarter():
            return replace(_months(year, 3 * node.number - 2, year, 3 * node.number), precision=Precision.QUARTER)
        case s.Tertial():
            return replace(_months(year, 4 * node.number - 3, year, 4 * node.number), precision=Precision.TERTIAL)
        case s.BudgetYear():
            return Extent(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
        case s.Holiday():
            return _one(holiday(node.name, year))


def _one(day: date) -> Extent:
    return Extent(day, day)


def _day(year: int, number: int, day: int, at: tuple[int, int]) -> date:
    if not 1 <= number <= 12:
        raise ExpressionError(f"Månad {number} finns inte", at, "månaderna är 01–12", Code.NO_SUCH_DAY)
    last = monthrange(year, number)[1]
    if 1 <= day <= last:
        return date(year, number, day)
    raise ExpressionError(
        f"{day} {month(number)} {year} finns inte", at, f"{month(number)} {year} har {last} dagar", Code.NO_SUCH_DAY
    )


def _same_text_another_year(extent: Extent, step: int) -> date | None:
    """The first day that the extent's text, read in another year, would give; None where that year lacks it."""
    day = extent.start
    try:
        if extent.precision is Precision.WEEK:
            return date.fromisocalendar(day.isocalendar().year + step, day.isocalendar().week, THURSDAY)
        return day.replace(year=day.year + step)
    except ValueError:
        return None


def _ordered(start: date, end: date, precision: Precision, at: tuple[int, int]) -> Extent:
    if end < start:
        message = (
            f"Intervallet slutar före sin början: {day_text(start, weekday=False, year=True)} till "
            f"{day_text(end, weekday=False, year=True)}"
        )
        hint = "skriv ut åren om slutet ligger året efter, annars rätta dagarna"
        raise ExpressionError(message, at, hint, Code.EMPTY_RANGE)
    return Extent(start, end, precision)


def _day_range(node: s.DayRange, year: int, frame: Frame) -> Extent:
    first_month = node.start_month or node.end_month
    crosses = first_month > node.end_month  # `10 juni–3 juni` is a mistake, not a year
    start_year, end_year = _range_years(node.start_year, node.end_year, year, crosses, frame)
    start = _day(start_year, first_month, node.start_day, node.at)
    return _ordered(start, _day(end_year, node.end_month, node.end_day, node.at), Precision.DAY, node.at)


def _month_range(node: s.MonthRange, year: int, frame: Frame) -> Extent:
    crosses = node.start_month > node.end_month
    start_year, end_year = _range_years(node.start_year, node.end_year, year, crosses, frame)
    extent = _months(start_year, node.start_month, end_year, node.end_month)
    return _ordered(extent.start, extent.end, Precision.MONTH, node.at)


def _range_years(first: s.Year | None, last: s.Year | None, year: int, crosses: bool, frame: Frame) -> tuple[int, int]:
    """The years of a range's two ends: a year written once belongs to the last part, unless only the first has one."""
    if first is not None:
        start = frame.number(first)
        return start, frame.number(last) if last is not None else start + crosses
    return year - crosses, year


def _months(start_year: int, start_month: int, end_year: int, end_month: int) -> Extent:
    last = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Extent(date(start_year, start_month, 1), last, Precision.MONTH)


def _own_name(node: s.VagueMonth | s.MonthTurn, year: int) -> tuple[PeriodName]:
    return (PeriodName(text(replace(node, year=None)), year),)


def _monday(number: int, year: int, at: tuple[int, int]) -> date:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        last = date(year, 12, 28).isocalendar().week  # 28 December is always in the last ISO week of its year
        raise ExpressionError(
            f"{year} har ingen vecka {number}", at, f"årets sista vecka är v. {last}", Code.NO_SUCH_WEEK
        ) from None


def _check_weekday(node: Literal, extent: Extent) -> None:
    """Weekday and week beside a date say the same day again."""
    written = node.weekday if isinstance(node, s.DayMonth | s.IsoDate) else None
    week = node.week if isinstance(node, s.DayMonth) else None
    right_week = extent.start.isocalendar().week
    if (written is None or written.value == extent.start.isoweekday()) and week in (None, right_week):
        return
    right = day_text(extent.start)
    if week not in (None, right_week):
        raise ExpressionError(
            f"{right} {extent.start.year} ligger i v. {right_week}",
            node.at,
            f"rätta datumet eller veckan: dagen är ”{right} v. {right_week}”",
            Code.WEEKDAY_MISMATCH,
        )
    raise ExpressionError(
        f"{day_text(extent.start, weekday=False, year=True)} är en {weekday(extent.start)}",
        node.at,
        f"skriv ”{right}” eller rätta datumet",
        Code.WEEKDAY_MISMATCH,
    )
