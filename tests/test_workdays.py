"""Working days against the law as it is written, against numpy, and against the calendar on the wall."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul import days_off as table
from arshjul.dates.syntax import HolidayName, Roll
from arshjul.workdays import (
    DAYS_OFF_BY_LAW,
    FIRST_YEAR,
    HALF_DAYS,
    LAST_YEAR,
    OutOfRange,
    Workdays,
    holiday,
    named_days,
    package,
)
from arshjul.workdays.installed import installed_version

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
PLAIN = Workdays()

day = date.fromisoformat


# --- the law, written down a second time ---------------------------------------------------------------


def easter(year: int) -> date:
    """Påskdagen by the Gregorian computus (Meeus, Jones, Butcher)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day_before = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day_before + 1)


def first_saturday_from(start: date) -> date:
    """The Saturday among the seven days from the start."""
    return start + timedelta(days=(5 - start.weekday()) % 7)


@cache
def law(year: int) -> dict[str, date]:
    """Lag (1989:253) 1–2 §§ as amended by 2004:1320, and the three eves of semesterlag (1977:480) 3 a §."""
    easter_sunday = easter(year)
    midsummer = first_saturday_from(date(year, 6, 20))
    return {
        "nyårsdagen": date(year, 1, 1),
        "trettondedag jul": date(year, 1, 6),
        "långfredagen": easter_sunday - timedelta(days=2),
        "påskdagen": easter_sunday,
        "annandag påsk": easter_sunday + timedelta(days=1),
        "första maj": date(year, 5, 1),
        "kristi himmelsfärdsdag": easter_sunday + timedelta(days=39),
        "pingstdagen": easter_sunday + timedelta(days=49),
        "nationaldagen": date(year, 6, 6),
        "midsommarafton": midsummer - timedelta(days=1),
        "midsommardagen": midsummer,
        "alla helgons dag": first_saturday_from(date(year, 10, 31)),
        "julafton": date(year, 12, 24),
        "juldagen": date(year, 12, 25),
        "annandag jul": date(year, 12, 26),
        "nyårsafton": date(year, 12, 31),
    }


def days_of(year: int) -> Iterator[date]:
    """Every day of the year."""
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


@pytest.mark.parametrize("year", YEARS)
def test_works_exactly_the_days_the_law_leaves(year: int) -> None:
    """Monday to Friday is worked, except the public holidays and the three eves."""
    off = set(law(year).values())
    expected = [d for d in days_of(year) if d.weekday() < 5 and d not in off]
    assert [d for d in days_of(year) if PLAIN.is_working(d)] == expected


@pytest.mark.parametrize("year", YEARS)
def test_each_holiday_of_the_date_language_falls_where_the_law_says(year: int) -> None:
    """Every name a controller may write has the law's day; skärtorsdagen is three days before påskdagen."""
    expected = law(year) | {"skärtorsdagen": easter(year) - timedelta(days=3)}
    assert {str(name): holiday(name, year) for name in HolidayName} == expected


@pytest.mark.parametrize(
    ("year", "worked"),
    [(2024, 251), (2025, 249), (2026, 251), (2027, 253), (2028, 251), (2029, 250), (2030, 250), (2031, 249)],
)
def test_working_days_of_a_year(year: int, worked: int) -> None:
    """The year has the number of working days that the wall calendar has."""
    assert PLAIN.working_days_of_year(year) == worked


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2026-01-01", "nyårsdagen"),
        ("2026-01-03", "lördag"),
        ("2026-01-04", "söndag"),
        ("2026-01-05", None),
        ("2026-01-06", "trettondedag jul"),
        ("2026-04-02", None),
        ("2026-04-03", "långfredagen"),
        ("2026-04-04", "lördag"),
        ("2026-04-05", "påskdagen"),
        ("2026-04-06", "annandag påsk"),
        ("2026-04-30", None),
        ("2026-05-01", "första maj"),
        ("2026-05-14", "Kristi himmelsfärdsdag"),
        ("2026-05-15", None),
        ("2026-05-24", "pingstdagen"),
        ("2026-05-25", None),
        ("2026-06-06", "nationaldagen"),
        ("2026-06-19", "midsommarafton"),
        ("2026-06-20", "midsommardagen"),
        ("2026-10-30", None),
        ("2026-10-31", "alla helgons dag"),
        ("2026-12-23", None),
        ("2026-12-24", "julafton"),
        ("2026-12-25", "juldagen"),
        ("2026-12-26", "annandag jul"),
        ("2026-12-31", "nyårsafton"),
        ("2008-05-01", "första maj och Kristi himmelsfärdsdag"),
        ("2049-06-06", "nationaldagen och pingstdagen"),
    ],
)
def test_why_a_day_is_off(when: str, why: str | None) -> None:
    """A day off says why, the holiday before the weekend; a working day has nothing to say."""
    assert PLAIN.why_off(day(when)) == why


# --- what the employer decides ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("2026-01-05", "trettondagsafton"),
        ("2025-01-05", None),  # a Sunday
        ("2026-04-02", "skärtorsdagen"),
        ("2026-04-30", "valborgsmässoafton"),
        ("2022-04-30", None),  # a Saturday
        ("2026-05-13", "dagen före Kristi himmelsfärdsdag"),
        ("2008-04-30", "valborgsmässoafton och dagen före Kristi himmelsfärdsdag"),
        ("2026-10-30", "allhelgonaafton"),
        ("2026-10-29", None),
        ("2026-12-23", None),
    ],
)
def test_half_days_are_worked_but_known(when: str, name: str | None) -> None:
    """The five half days have names where they would be worked, and do not stop the work by themselves."""
    assert PLAIN.half_day(day(when)) == name


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("2026-01-05", "trettondagsafton"),
        ("2026-04-02", "skärtorsdagen"),
        ("2026-04-30", "valborgsmässoafton"),
        ("2026-05-13", "dagen före Kristi himmelsfärdsdag"),
        ("2026-10-30", "allhelgonaafton"),
    ],
)
def test_half_days_given_away_are_off(when: str, name: str) -> None:
    """With half days given away they are off, say so, and keep their names."""
    free = Workdays(free_half_days=True)
    assert (PLAIN.is_working(day(when)), free.is_working(day(when))) == (True, False)
    assert (free.why_off(day(when)), free.half_day(day(when))) == (f"halvdag ({name})", name)


@pytest.mark.parametrize(
    ("when", "bridging"),
    [
        ("2026-05-15", True),  # Friday after Kristi himmelsfärdsdag
        ("2026-01-02", True),  # Friday after nyårsdagen
        ("2026-01-05", True),  # Monday before trettondedag jul
        ("2024-12-23", True),  # Monday before julafton
        ("2024-12-30", True),  # Monday before nyårsafton
        ("2024-12-27", True),  # Friday after annandag jul
        ("2026-05-13", False),
        ("2026-05-14", False),
        ("2026-05-16", False),
    ],
)
def test_bridge_days_lie_between_two_days_off(when: str, bridging: bool) -> None:
    """A working day between two days off is a klämdag; it is worked unless it is given away."""
    free = Workdays(free_bridge_days=True)
    assert (PLAIN.bridge_day(day(when)), free.bridge_day(day(when))) == (bridging, bridging)
    if bridging:
        assert (PLAIN.why_off(day(when)), free.why_off(day(when))) == (None, "klämdag")


def test_giving_bridge_days_away_makes_no_further_ones() -> None:
    """After one pass no working day is left between two days off."""
    free = Workdays(free_half_days=True, free_bridge_days=True)
    free_days = [d for year in YEARS for d in days_of(year) if free.is_working(d)]
    lonely = [d for d in free_days if not any(free.is_working(d + timedelta(days=n)) for n in (-1, 1))]
    assert lonely == []


def test_half_days_given_away_make_bridge_days() -> None:
    """With Wednesday closed, Thursday is a klämdag once Friday, valborgsmässoafton, is given away."""
    closed = {day("2027-04-28"): "studiedag"}
    assert Workdays(closed).bridge_day(day("2027-04-29")) is False
    assert Workdays(closed, free_half_days=True).bridge_day(day("2027-04-29")) is True


def test_closed_days_are_off_under_their_own_name() -> None:
    """A closure takes a working day; on a holiday or a weekend the calendar's own name stands."""
    dates = [day("2026-07-06"), day("2026-07-11"), day("2026-06-19"), day("2026-07-07")]
    house = Workdays(closed=dict.fromkeys(dates[:3], "semesterstängt"))
    assert [house.why_off(d) for d in dates] == ["semesterstängt", "lördag", "midsommarafton", None]
    assert house.working_days_of_year(2026) == 250
    assert house.add(day("2026-07-03"), 1) == day("2026-07-07")


def test_a_closure_without_a_name_is_still_one() -> None:
    """A nameless closure is off all the same, and says `stängt`."""
    assert Workdays({day("2026-07-06"): ""}).why_off(day("2026-07-06")) == "stängt"


def test_a_closed_half_day_is_just_closed() -> None:
    """A half day on which the house is closed is no half day, given away or not."""
    closed = {day("2026-04-02"): "påsklov"}
    for free_half_days in (False, True):
        house = Workdays(closed, free_half_days=free_half_days)
        assert (house.half_day(day("2026-04-02")), house.why_off(day("2026-04-02"))) == (None, "påsklov")


# --- arithmetic ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "result"),
    [
        ("2026-06-09", 1, "2026-06-10"),
        ("2026-06-09", -1, "2026-06-08"),
        ("2026-06-12", 1, "2026-06-15"),  # Friday to Monday
        ("2026-06-13", 1, "2026-06-15"),  # a Saturday is not counted
        ("2026-06-14", -1, "2026-06-12"),  # nor a Sunday
        ("2026-06-18", 1, "2026-06-22"),  # over midsommar
        ("2026-04-07", -3, "2026-03-31"),  # over påsk
        ("2026-12-23", 3, "2026-12-30"),  # over jul
        ("2027-01-04", -1, "2026-12-30"),  # over nyår
        ("2025-06-10", -10, "2025-05-23"),  # over nationaldagen and Kristi himmelsfärdsdag
    ],
)
def test_counts_strictly_from_the_day(start: str, n: int, result: str) -> None:
    """The n-th working day after (before) a day; the day itself is not counted, worked or not."""
    assert PLAIN.add(day(start), n) == day(result)


HOUSES = {
    "plain": PLAIN,
    "generous": Workdays(free_half_days=True, free_bridge_days=True),
    "closed": Workdays({date(2026, 7, 6) + timedelta(days=n): "semesterstängt" for n in range(26)}),
}


@cache
def numpy_calendar(house: str) -> np.busdaycalendar:
    """The same days off, handed to numpy one by one."""
    off = [d for year in YEARS for d in days_of(year) if not HOUSES[house].is_working(d)]
    return np.busdaycalendar(weekmask="1111111", holidays=off)


@given(
    house=st.sampled_from(sorted(HOUSES)),
    start=st.dates(date(2010, 1, 1), date(2095, 12, 31)),
    n=st.integers(-1200, 1200).filter(bool),
)
def test_arithmetic_equals_numpy(house: str, start: date, n: int) -> None:
    """`add` is numpy.busday_offset, also from a day off, in every kind of house."""
    calendar = numpy_calendar(house)
    on_or_before = np.busday_offset(start, 0, roll="preceding", busdaycal=calendar)
    on_or_after = np.busday_offset(start, 0, roll="following", busdaycal=calendar)
    expected = np.busday_offset(on_or_before if n > 0 else on_or_after, n, roll="raise", busdaycal=calendar)
    assert HOUSES[house].add(start, n) == expected.astype(date)


@given(
    house=st.sampled_from(sorted(HOUSES)),
    start=st.dates(date(2005, 1, 1), date(2099, 12, 31)),
    length=st.integers(0, 365),
)
def test_counting_equals_numpy(house: str, start: date, length: int) -> None:
    """`count` is numpy.busday_count with both ends included, and what it leaves out is `days_off`."""
    end = start + timedelta(days=length)
    past = np.datetime64(end) + np.timedelta64(1, "D")
    worked = HOUSES[house].count(start, end)
    assert worked == np.busday_count(np.datetime64(start), past, busdaycal=numpy_calendar(house))
    assert worked + len(HOUSES[house].days_off(start, end)) == length + 1


def test_zero_steps_is_refused() -> None:
    """No working days from a day means nothing, so it is an error and not the day itself."""
    with pytest.raises(ValueError, match="noll arbetsdagar"):
        PLAIN.add(day("2026-06-09"), 0)


def test_a_stretch_counts_both_ends() -> None:
    """A stretch of one working day is one working day; one that ends before it starts has none."""
    tuesday, saturday = day("2026-06-09"), day("2026-06-13")
    assert PLAIN.count(tuesday, tuesday) == 1
    assert PLAIN.count(saturday, saturday) == 0
    assert PLAIN.count(tuesday, saturday) == 4
    assert PLAIN.count(saturday, tuesday) == 0
    assert PLAIN.days_off(saturday, tuesday) == ()
    assert PLAIN.nth_in(saturday, tuesday, 1) is None


def test_days_off_of_a_stretch_have_names() -> None:
    """The days skipped are listed in order with their names."""
    assert PLAIN.days_off(day("2026-04-02"), day("2026-04-07")) == (
        (day("2026-04-03"), "långfredagen"),
        (day("2026-04-04"), "lördag"),
        (day("2026-04-05"), "påskdagen"),
        (day("2026-04-06"), "annandag påsk"),
    )


@pytest.mark.parametrize(
    ("start", "end", "n", "result"),
    [
        ("2026-05-01", "2026-05-31", 1, "2026-05-04"),
        ("2026-05-01", "2026-05-31", -1, "2026-05-29"),
        ("2026-05-01", "2026-05-31", 19, "2026-05-29"),
        ("2026-05-01", "2026-05-31", 20, None),
        ("2026-05-01", "2026-05-31", -19, "2026-05-04"),
        ("2026-05-01", "2026-05-31", -20, None),
        ("2026-04-03", "2026-04-06", 1, None),
        ("2026-04-03", "2026-04-06", -1, None),
        ("2005-01-01", "2005-01-02", -1, None),
        ("2100-12-31", "2100-12-31", 1, None),
    ],
)
def test_nth_working_day_within_a_stretch(start: str, end: str, n: int, result: str | None) -> None:
    """The n-th working day inside, from either end; never one outside."""
    assert PLAIN.nth_in(day(start), day(end), n) == (day(result) if result else None)


def test_there_is_no_zeroth_working_day() -> None:
    """Counting within a stretch starts at one."""
    with pytest.raises(ValueError, match="nollte"):
        PLAIN.nth_in(day("2026-05-01"), day("2026-05-31"), 0)


# --- rolls --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "back", "forward", "within_month", "nearest"),
    [
        ("2026-06-09", "2026-06-09", "2026-06-09", "2026-06-09", "2026-06-09"),  # worked: nothing moves
        ("2026-06-13", "2026-06-12", "2026-06-15", "2026-06-15", "2026-06-12"),  # Saturday is nearer Friday
        ("2026-06-14", "2026-06-12", "2026-06-15", "2026-06-15", "2026-06-15"),  # Sunday is nearer Monday
        ("2025-05-01", "2025-04-30", "2025-05-02", "2025-05-02", "2025-04-30"),  # a tie goes back
        ("2026-04-04", "2026-04-02", "2026-04-07", "2026-04-07", "2026-04-02"),  # påskafton
        ("2026-04-05", "2026-04-02", "2026-04-07", "2026-04-07", "2026-04-07"),  # påskdagen
        ("2026-10-31", "2026-10-30", "2026-11-02", "2026-10-30", "2026-10-30"),  # next one in another month
        ("2026-05-31", "2026-05-29", "2026-06-01", "2026-05-29", "2026-06-01"),  # nearest may leave the month
        ("2026-12-31", "2026-12-30", "2027-01-04", "2026-12-30", "2026-12-30"),  # and in another year
        ("2026-02-01", "2026-01-30", "2026-02-02", "2026-02-02", "2026-02-02"),  # first of the month stays in it
    ],
)
def test_rolls(when: str, back: str, forward: str, within_month: str, nearest: str) -> None:
    """Each roll moves a day off to its own working day; `oavsett helg` moves nothing."""
    rolls = [Roll.BACK, Roll.FORWARD, Roll.FORWARD_WITHIN_MONTH, Roll.NEAREST, Roll.NONE]
    rolled = [PLAIN.roll(day(when), roll) for roll in rolls]
    assert rolled == [day(d) for d in (back, forward, within_month, nearest, when)]


def test_an_unknown_roll_is_refused() -> None:
    """A roll that is not in the language moves nothing anywhere."""
    with pytest.raises(ValueError, match="annars något"):
        PLAIN.roll(day("2026-06-13"), "annars något")


# --- the ends of the calendar ---------------------------------------------------------------------------------


@pytest.mark.parametrize("outside", ["2004-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_outside_the_calendar_is_refused(outside: str) -> None:
    """Nobody is told that a day outside 2005–2100 is worked, off, or so many days from another."""
    inside = day("2026-06-09")
    questions: list[Callable[[date], object]] = [
        PLAIN.is_working,
        PLAIN.why_off,
        PLAIN.half_day,
        PLAIN.bridge_day,
        lambda d: PLAIN.add(d, 1),
        lambda d: PLAIN.add(d, -1),
        lambda d: PLAIN.roll(d, Roll.NONE),
        lambda d: PLAIN.count(d, inside),
        lambda d: PLAIN.count(inside, d),
        lambda d: PLAIN.days_off(d, inside),
        lambda d: PLAIN.days_off(inside, d),
        lambda d: PLAIN.nth_in(d, inside, 1),
        lambda d: PLAIN.nth_in(inside, d, 1),
        lambda d: PLAIN.working_days_of_year(d.year),
        lambda d: holiday("julafton", d.year),
        lambda d: Workdays({d: "stängt"}),
    ]
    for question in questions:
        with pytest.raises(OutOfRange, match="ligger utanför åren 2005–2100"):
            question(day(outside))


@pytest.mark.parametrize(
    ("start", "n"),
    [("2005-01-03", -1), ("2005-01-01", -1), ("2026-06-09", -6000), ("2100-12-30", 1), ("2026-06-09", 20000)],
)
def test_a_result_outside_the_calendar_is_refused(start: str, n: int) -> None:
    """A reckoning that leaves the calendar is an error, never a day at its other end."""
    with pytest.raises(OutOfRange, match=r"arbetsdagar (före|efter) "):
        PLAIN.add(day(start), n)


@pytest.mark.parametrize(
    ("start", "n", "result"),
    [("2005-01-01", 1, "2005-01-03"), ("2005-01-04", -1, "2005-01-03"), ("2100-12-31", -1, "2100-12-30")],
)
def test_the_first_and_last_working_days_are_reached(start: str, n: int, result: str) -> None:
    """The calendar is usable to its very ends."""
    assert PLAIN.add(day(start), n) == day(result)


@pytest.mark.parametrize(("when", "roll"), [("2005-01-01", Roll.BACK), ("2100-12-31", Roll.FORWARD)])
def test_a_roll_out_of_the_calendar_is_refused(when: str, roll: Roll) -> None:
    """A roll that would leave the calendar is an error."""
    with pytest.raises(OutOfRange):
        PLAIN.roll(day(when), roll)


def test_an_unknown_holiday_is_refused() -> None:
    """Annandag pingst is no holiday any more, and påskafton never was one."""
    for name in ("annandag pingst", "påskafton"):
        with pytest.raises(KeyError):
            holiday(name, 2026)


# --- the holidays package and the machine ------------------------------------------------------------------------


def test_the_holidays_package_takes_the_arguments_we_know() -> None:
    """A new argument, or another default, must be looked at before it decides which days are worked."""
    arguments = inspect.signature(holidays.HolidayBase.__init__).parameters.values()
    assert {a.name: a.default for a in arguments if a.default is not a.empty} == {
        "years": None,
        "expand": True,
        "observed": True,
        "subdiv": None,
        "prov": None,
        "state": None,
        "language": None,
        "categories": None,
    }
    sweden = type(holidays.country_holidays("SE"))
    own = inspect.signature(sweden.__init__).parameters
    assert [(a.name, a.default) for a in own.values() if a.kind is a.KEYWORD_ONLY] == [("include_sundays", False)]
    assert sweden.supported_categories == ("bank", "de_facto", "optional", "public")
    assert "sv" in sweden.supported_languages


def test_the_holidays_package_is_silent_outside_its_years() -> None:
    """The trap that makes us refuse years: after 2100 the package just has no days off."""
    assert len(holidays.country_holidays("SE", years=2100, categories=("public", "de_facto"))) == 16
    assert len(holidays.country_holidays("SE", years=2101, categories=("public", "de_facto"))) == 0


def test_the_table_is_what_the_pinned_package_says() -> None:
    """Day by day and name by name; `make calendar` writes it anew, and CHANGELOG tells of it under *Datum*."""
    assert package.installed_version() == table.HOLIDAYS_VERSION
    assert named_days() == package.named_days()
    assert list(package.differences(named_days())) == []


def test_the_table_is_the_law() -> None:
    """The second source: the law as it is written, for all the years, and nothing else."""
    assert list(named_days()) == list(YEARS)
    for year, days in named_days().items():
        assert tuple(days) == (*DAYS_OFF_BY_LAW, *HALF_DAYS)
        assert {name.casefold(): days[name] for name in DAYS_OFF_BY_LAW} == law(year)


def test_every_day_that_differs_is_named() -> None:
    """What `calendar --verify` prints of a table that another version of the package was the source of."""
    moved = {year: dict(days) for year, days in named_days().items()}
    moved[2031]["julafton"] = day("2031-12-23")
    moved[2040]["allhelgonaafton"] = day("2040-11-01")
    assert list(package.differences(moved)) == [
        "julafton 2031: 2031-12-23 i tabellen, 2031-12-24 i paketet",
        "allhelgonaafton 2040: 2040-11-01 i tabellen, 2040-11-02 i paketet",
    ]


def test_another_holidays_package_is_noticed() -> None:
    """If the installed package has lost a day, gained one or renamed one, no table is made of it."""
    days = [(d, name) for year in YEARS for name, d in law(year).items()]
    assert package.by_year(days)[2026]["julafton"] == day("2026-12-24")
    without = [(d, name) for d, name in days if (d.year, name) != (2031, "julafton")]
    with pytest.raises(RuntimeError, match=r"2031 differs in \['julafton'\]"):
        package.by_year(without)
    with pytest.raises(RuntimeError, match=r"2040 differs in \['annandag pingst'\]"):
        package.by_year([*days, (day("2040-05-21"), "annandag pingst")])


SCRIPT = """
from datetime import date
from arshjul.workdays import Workdays, holiday
days = Workdays(free_half_days=True)
print(days.days_off(date(2026, 1, 1), date(2026, 12, 31)))
print(holiday("långfredagen", 2026), days.add(date(2026, 3, 29), 5))
"""


def test_the_machine_does_not_matter() -> None:
    """Thai, Ukrainian and American machines in any time zone have the same Swedish days off."""
    machines = [("th_TH.UTF-8", "Asia/Bangkok"), ("uk_UA.UTF-8", "Pacific/Kiritimati"), ("en_US.UTF-8", "Etc/GMT+12")]
    answers = {answer_of(language, zone) for language, zone in machines}
    assert len(answers) == 1
    assert "(datetime.date(2026, 6, 19), 'midsommarafton')" in answers.pop()


def answer_of(language: str, zone: str) -> str:
    """What the script prints on a machine of that language and time zone."""
    machine = {"LANG": language, "LC_ALL": language, "LANGUAGE": language, "TZ": zone, "PYTHONIOENCODING": "utf-8"}
    environment = {**os.environ, **machine, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True)
    return run.stdout.decode()


def test_the_installed_version_is_read_off_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first on the path, as Python would import it; what cannot be listed is passed over."""
    assert installed_version() == package.installed_version()
    (tmp_path / "holidays-0.1.dist-info").mkdir()
    (tmp_path / "zip").touch()
    monkeypatch.setattr(sys, "path", ["", str(tmp_path / "zip"), str(tmp_path / "gone"), str(tmp_path), *sys.path])
    assert installed_version() == "0.1"
    monkeypatch.setattr(sys, "path", [""])
    assert installed_version() is None
