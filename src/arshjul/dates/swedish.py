"""How dates print in Swedish. Every text here is an expression of the date language and parses back.

`home_year` is the year a reader takes for granted and the text leaves out; None leaves none out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from arshjul.dates.extent import Dated, Extent, PeriodName, Precision
from arshjul.dates.syntax import Certainty
from arshjul.dates.words import MONTH_NAMES, WEEKDAY_NAMES


def weekday(day: date) -> str:
    """`tisdag`"""
    return WEEKDAY_NAMES[day.weekday()]


def month(number: int) -> str:
    """`juni`, of 6."""
    return MONTH_NAMES[number - 1]


def day_text(day: date, *, weekday: bool = True, year: bool = False) -> str:
    """`tisdag 7 juni`, `7 juni 2022`."""
    name = f"{WEEKDAY_NAMES[day.weekday()]} " if weekday else ""
    number = f" {day.year}" if year else ""
    return f"{name}{day.day} {month(day.month)}{number}"


def extent_text(extent: Extent, home_year: int | None, *, with_year: bool = False) -> str:
    """`tisdag 9 juni`, `9–10 mars`, `oktober 2020–januari 2021`, `v. 24`, `Q1`; of a vague stretch its own names.

    A year is written where it is not `home_year`, and on both ends where it changes on the way; of weeks it is the ISO
    week year. `with_year` writes the home year too, though only once: last. A whole year prints as
    `januari–december 2025`, since a bare 2025 is no date.
    """
    start, end = extent.start, extent.end
    left_out = None if with_year else home_year
    # Whatever the precision: `senast september` is the last day of the month, and prints as that day.
    if start == end and not extent.names:
        return day_text(start, year=start.year != left_out)
    match extent.precision:
        case Precision.VAGUE if extent.names:
            return _named_text(extent.names, extent, home_year, left_out)
        case Precision.WEEK:
            return _weeks_text(start, end, left_out)
        case Precision.MONTH | Precision.YEAR:
            first, last = month(start.month), month(end.month)
            if start.year != end.year:
                return f"{first} {start.year}–{last} {end.year}"
            return _with_year(PeriodName(last if first == last else f"{first}–{last}", end.year), left_out)
        case Precision.QUARTER:
            return _named_text(_numbered("Q", 3, start, end), extent, home_year, left_out)
        case Precision.TERTIAL:
            return _named_text(_numbered("T", 4, start, end), extent, home_year, left_out)
    return _with_year(days_name(start, end), left_out if start.year == end.year else None)


def dated_text(dated: Dated, home_year: int | None, *, with_year: bool = False) -> str:
    """`preliminärt senast tisdag 9 juni fm kl 9.00–12.00`; the years as in `extent_text`.

    The language has room for one word of certainty: beside `ca` or `vid behov`, what is uncertain gets a question mark.
    """
    before, after = words_around(dated)
    return f"{before}{extent_text(dated.extent, home_year, with_year=with_year)}{after}"


def words_around(dated: Dated) -> tuple[str, str]:
    """What `dated_text` says before the days and after them: `preliminärt senast ` and ` fm kl 9.00–12.00`."""
    certainty = _certainty(dated)
    before = [certainty, "senast" if dated.deadline else "tidigast" if dated.earliest else ""]
    after = [*dated.parts, f"kl {dated.clock}" if dated.clock else ""]
    mark = "?" if dated.uncertain and certainty is not Certainty.PRELIMINARY else ""
    return "".join(f"{word} " for word in before if word), "".join(f" {word}" for word in after if word) + mark


def words_around_day(dated: Dated) -> tuple[str, str] | None:
    """As `words_around`; None where what stands between them is no day."""
    extent = dated.extent
    # A `ca` day is named by its own text, and everything else with a name by another one.
    is_day = extent.start == extent.end and (dated.about or not extent.names)
    return words_around(dated) if is_day else None


def days_name(start: date, end: date) -> PeriodName:
    """`tisdag 9 juni`, `9–10 mars`, `20 december 2022–7 januari`: the year to come after is the last day's."""
    if start == end:
        return PeriodName(day_text(start), start.year)
    one_month = (start.year, start.month) == (end.year, end.month)
    first = str(start.day) if one_month else day_text(start, weekday=False, year=start.year != end.year)
    return PeriodName(f"{first}–{day_text(end, weekday=False)}", end.year)


def joined(texts: Sequence[str]) -> str:
    """`a, b och c`"""
    *first, last = texts
    return f"{', '.join(first)} och {last}" if first else last


def _certainty(dated: Dated) -> Certainty | Literal[""]:
    if dated.about:
        return Certainty.ABOUT
    if dated.if_needed:
        return Certainty.IF_NEEDED
    return Certainty.PRELIMINARY if dated.uncertain else ""


def _weeks_text(start: date, end: date, left_out: int | None) -> str:
    # The days may lie in another year than their week: v. 1 2026 begins on 29 December 2025.
    first, last = start.isocalendar(), end.isocalendar()
    if first.year != last.year:
        return f"v. {first.week} {first.year} till v. {last.week} {last.year}"
    weeks = f"{first.week}" if first.week == last.week else f"{first.week}–{last.week}"
    return _with_year(PeriodName(f"v. {weeks}", last.year), left_out)


def _numbered(letter: str, months: int, start: date, end: date) -> list[PeriodName]:
    """The first and the last quarter or tertial, once if they are one."""
    ends = (PeriodName(f"{letter}{(day.month - 1) // months + 1}", day.year) for day in (start, end))
    return list(dict.fromkeys(ends))


def _named_text(names: Sequence[PeriodName], extent: Extent, home_year: int | None, left_out: int | None) -> str:
    """`Q1 till Q2 2022`: there is no dash between names. Each has its year if the year changes on the way."""
    if extent.start.year != extent.end.year:
        home_year = left_out = None
    *first, last = names
    return " till ".join([*(_with_year(name, home_year) for name in first), _with_year(last, left_out)])


def _with_year(name: PeriodName, left_out: int | None) -> str:
    return name.text if name.year == left_out else f"{name.text} {name.year}"
