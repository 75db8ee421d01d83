"""Which days are worked in Sweden, 2005–2100, and arithmetic in them.

The days are a table that the project carries (`days_off`): an upgrade of the holidays package, which it is made from,
moves no date.

Public holidays follow lag (1989:253) om allmänna helgdagar. Midsommarafton, julafton and nyårsafton are
free as well, as semesterlag (1977:480) 3 a § puts them on a par with a Sunday. Everything else that an employer
may give away (half days, klämdagar, days the house is closed) is up to `Workdays`.

An offset costs a lookup in a table of integers; it is built once, not walked through day by day.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate, compress, islice
from types import MappingProxyType

from msgspec import Struct, field

from arshjul.days_off import DAYS

FIRST_YEAR = 2005  # nationaldagen replaced annandag pingst (lag 2004:1320)
LAST_YEAR = 2100  # the holidays package knows no day after it, and says nothing about it

Names = Mapping[str, date]  # what a day off or a half day is called → the day, in one year

DAYS_OFF_BY_LAW = (
    "nyårsdagen",
    "trettondedag jul",
    "långfredagen",
    "påskdagen",
    "annandag påsk",
    "första maj",
    "Kristi himmelsfärdsdag",
    "nationaldagen",
    "pingstdagen",
    "midsommarafton",
    "midsommardagen",
    "alla helgons dag",
    "julafton",
    "juldagen",
    "annandag jul",
    "nyårsafton",
)
HALF_DAYS = (
    "trettondagsafton",
    "skärtorsdagen",
    "valborgsmässoafton",
    "dagen före Kristi himmelsfärdsdag",
    "allhelgonaafton",
)

_NAMES = (*DAYS_OFF_BY_LAW, *HALF_DAYS)
_FIRST = date(FIRST_YEAR, 1, 1).toordinal()
_DAYS = date(LAST_YEAR, 12, 31).toordinal() - _FIRST + 1
_WEEKEND = {5: "lördag", 6: "söndag"}
_ONE_DAY = timedelta(days=1)


class OutOfRange(ValueError):
    """A day, or the result of a computation, lies outside 2005–2100, where the calendar is not known."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} ligger utanför åren {FIRST_YEAR}–{LAST_YEAR}")


def holiday(name: str, year: int) -> date:
    """The day that bears the name in that year: one of `DAYS_OFF_BY_LAW`, or `skärtorsdagen`, in any case.

    Raises:
        OutOfRange: The year is before 2005 or after 2100.
        KeyError: No day has that name.
    """
    _require_year(year)
    return _days_by_folded_name()[year][name.casefold()]


def named_days() -> Mapping[int, Names]:
    """Year → name → day, of the days off by law and the half days, as the table has them."""
    years: dict[int, Names] = {}
    for line in DAYS.splitlines():
        year, *days = line.split(" ")
        years[int(year)] = {name: date.fromisoformat(year + day) for name, day in zip(_NAMES, days, strict=True)}
    return years


class Workdays(Struct, frozen=True, dict=True, eq=False):
    """The working days of one employer.

    Working days are Monday–Friday, except the days off by law and those in `closed` (day → name of the closure).
    Half days and klämdagar are worked unless the employer gives them away. A klämdag is a working day between two
    days off; half days that are given away count as days off there. One pass is enough: both neighbours of
    a klämdag are off already, so giving it away makes no further klämdag.

    A day outside 2005–2100 raises `OutOfRange`, in `closed` and in every method. Stretches include both ends;
    one that ends before it starts is empty.
    """

    closed: Mapping[date, str] = field(default_factory=dict)
    free_half_days: bool = False
    free_bridge_days: bool = False

    def __post_init__(self) -> None:
        for day in self.closed:
            _index(day)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        return bool(self._worked[_index(day)])

    def why_off(self, day: date) -> str | None:
        """What makes the day free, in Swedish (`nationaldagen`, `lördag`, the closure's name …); None if it is worked.

        The law's name comes first, then the weekend, then what the employer decided.
        """
        if self.is_working(day):
            return None
        by_law_or_weekend = _red_days().get(day) or _WEEKEND.get(day.weekday())
        if by_law_or_weekend:
            return by_law_or_weekend
        if day in self.closed:
            return self.closed[day] or "stängt"
        return "klämdag" if self.bridge_day(day) else f"halvdag ({self.half_day(day)})"

    def half_day(self, day: date) -> str | None:
        """The half day's name if the day is one, and would be worked but for that; also where half days are given away.

        trettondagsafton, skärtorsdagen, valborgsmässoafton, allhelgonaafton and the day before Kristi himmelsfärdsdag.
        """
        return _half_days().get(day) if self._worked_at_least_half[_index(day)] else None

    def bridge_day(self, day: date) -> bool:
        """Whether the day is a klämdag: it lies between two days off; also where klämdagar are given away."""
        return _index(day) in self._bridges

    def add(self, day: date, n: int) -> date:
        """The n-th working day strictly after the day, for negative n strictly before it: Excel's WORKDAY.

        The day itself is never counted, whether it is worked or not.

        Raises:
            ValueError: n is zero, which means nothing where the day is off.
            OutOfRange: The day or the result lies outside 2005–2100.
        """
        if n == 0:
            raise ValueError("noll arbetsdagar leder ingenstans")
        index = _index(day)
        position = self._before[index + 1] + n - 1 if n > 0 else self._before[index] + n
        if not 0 <= position < len(self._working):
            raise OutOfRange(f"{abs(n)} arbetsdagar {'efter' if n > 0 else 'före'} {day}")
        return date.fromordinal(self._working[position])

    def roll(self, day: date, roll: str) -> date:
        """The day itself if it is worked, else the working day that the roll names.

        Args:
            day: Where the computation landed.
            roll: One of the date language's five, as it is written there (`annars arbetsdagen före` …).

        Raises:
            ValueError: There is no such roll.
            OutOfRange: The day or the result lies outside 2005–2100.
        """
        if self.is_working(day):
            return day
        match roll:
            case "annars arbetsdagen före":
                return self.add(day, -1)
            case "annars arbetsdagen efter":
                return self.add(day, 1)
            case "annars arbetsdagen efter inom månaden":
                following = self.add(day, 1)
                return following if following.month == day.month else self.add(day, -1)
            case "annars närmaste arbetsdag":
                before, after = self.add(day, -1), self.add(day, 1)
                return after if after - day < day - before else before
            case "oavsett helg":
                return day
        raise ValueError(f"{roll} är ingen justering")

    def count(self, start: date, end: date) -> int:
        """How many days of the stretch are worked."""
        return max(0, self._before[_index(end) + 1] - self._before[_index(start)])

    def days_off(self, start: date, end: date, most: int | None = None) -> tuple[tuple[date, str], ...]:
        """The days of the stretch that are not worked, in order, each with the name of its reason; the first `most`."""
        days = (start + offset * _ONE_DAY for offset in range(_index(end) - _index(start) + 1))
        return tuple(islice(((day, name) for day in days if (name := self.why_off(day))), most))

    def nth_in(self, start: date, end: date, n: int) -> date | None:
        """The n-th working day of the stretch, for negative n from its end; None if it has not so many.

        Raises:
            ValueError: n is zero.
            OutOfRange: The stretch leaves 2005–2100.
        """
        if n == 0:
            raise ValueError("det finns ingen nollte arbetsdag")
        first, past = self._before[_index(start)], self._before[_index(end) + 1]
        position = first + n - 1 if n > 0 else past + n
        return date.fromordinal(self._working[position]) if first <= position < past else None

    def working_days_of_year(self, year: int) -> int:
        """How many days of the calendar year are worked."""
        _require_year(year)
        return self.count(date(year, 1, 1), date(year, 12, 31))

    @cached_property
    def _worked_at_least_half(self) -> bytes:
        worked = bytearray(_worked_by_law())
        _clear(worked, map(_index, self.closed))
        return bytes(worked)

    @cached_property
    def _worked_before_bridges(self) -> bytes:
        worked = bytearray(self._worked_at_least_half)
        if self.free_half_days:
            _clear(worked, map(_index, _half_days()))
        return bytes(worked)

    @cached_property
    def _bridges(self) -> frozenset[int]:
        """The indices of each 1 between two 0."""
        found = set()
        at = self._worked_before_bridges.find(b"\0\1\0")
        while at >= 0:
            found.add(at + 1)
            at = self._worked_before_bridges.find(b"\0\1\0", at + 1)
        return frozenset(found)

    @cached_property
    def _worked(self) -> bytes:
        """1 for each day that is worked, 0 for the others, from 1 January 2005."""
        worked = bytearray(self._worked_before_bridges)
        if self.free_bridge_days:
            _clear(worked, self._bridges)
        return bytes(worked)

    @cached_property
    def _before(self) -> Sequence[int]:
        """For each day, and the one after the last, how many working days come before it."""
        return array("H", accumulate(self._worked, initial=0))

    @cached_property
    def _working(self) -> Sequence[int]:
        """The ordinals of all working days."""
        return array("I", compress(range(_FIRST, _FIRST + _DAYS), self._worked))


@lru_cache(maxsize=4)
def never_closed(free_half_days: bool = False, free_bridge_days: bool = False) -> Workdays:
    """The working days of an employer who closes on no days of their own: one table, however many years ask for it."""
    return Workdays({}, free_half_days, free_bridge_days)


def _index(day: date) -> int:
    index = day.toordinal() - _FIRST
    if 0 <= index < _DAYS:
        return index
    raise OutOfRange(f"dagen {day}")


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfRange(f"år {year}")


def _clear(worked: bytearray, indices: Iterable[int]) -> None:
    for index in indices:
        worked[index] = 0


@lru_cache(maxsize=1)
def _worked_by_law() -> bytes:
    worked = bytearray(_DAYS)
    for weekday in range(5):
        first = (weekday - date.fromordinal(_FIRST).weekday()) % 7
        worked[first::7] = b"\1" * len(range(first, _DAYS, 7))
    _clear(worked, map(_index, _red_days()))
    return bytes(worked)


@lru_cache(maxsize=1)
def _red_days() -> Mapping[date, str]:
    """Day → what the law calls it; two names on one day are joined by `och`."""
    return _joined_by_day(DAYS_OFF_BY_LAW)


@lru_cache(maxsize=1)
def _half_days() -> Mapping[date, str]:
    return _joined_by_day(HALF_DAYS)


def _joined_by_day(names: Sequence[str]) -> Mapping[date, str]:
    days: dict[date, str] = {}
    for by_name in _named_days().values():
        for name in names:
            day = by_name[name]
            days[day] = f"{days[day]} och {name}" if day in days else name
    return MappingProxyType(days)


@lru_cache(maxsize=1)
def _named_days() -> Mapping[int, Names]:
    return named_days()


@lru_cache(maxsize=1)
def _days_by_folded_name() -> Mapping[int, Names]:
    return {year: {name.casefold(): day for name, day in days.items()} for year, days in _named_days().items()}
