"""How dates print in Swedish. Every text here is an expression of the date language and parses back.

Months and weekdays have their names from Babel's CLDR tables for `sv_SE`; the rest is plain formatting, as
`babel.dates.format_date` costs more than all other work on a row. `home_year` is the year a reader takes for granted
and the text leaves out; None leaves none out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from arshjul.dates.extent import Dated, Extent, Precision


def weekday(day: date) -> str:
    """`tisdag`"""
    return _weekday_names()[day.weekday()]


def month(number: int) -> str:
    """`juni`, of 6."""
    return _month_names()[number]


def day_text(day: date, *, weekday: bool = True, year: bool = False) -> str:
    """`tisdag 7 juni`, `7 juni 2022`."""
    name = f"{_weekday_names()[day.weekday()]} " if weekday else ""
    number = f" {day.year}" if year else ""
    return f"{name}{day.day} {month(day.month)}{number}"


def extent_text(extent: Extent, home_year: int | None) -> str:
    """`tisdag 9 juni`, `9–10 mars`, `oktober 2020–januari 2021`, `v. 24`, `Q1`; of a vague stretch its own words.

    A year is written where it is not `home_year`, and on both ends where it changes on the way; of weeks it is the ISO
    week year. A whole year prints as `januari–december 2025`, since a bare 2025 is no date.
    """
    start, end = extent.start, extent.end
    if extent.precision is Precision.VAGUE and extent.words is not None:
        return extent.words.replace(f" {home_year}", "") if start.year == end.year else extent.words
    if start == end:
        return day_text(start, year=start.year != home_year)
    match extent.precision:
        case Precision.WEEK:
            return _weeks_text(start, end, home_year)
        case Precision.MONTH | Precision.YEAR:
            return _months_text(start, end, home_year)
        case Precision.QUARTER:
            return _numbered_text("Q", 3, start, end, home_year)
        case Precision.TERTIAL:
            return _numbered_text("T", 4, start, end, home_year)
    return _days_text(start, end, home_year)


def dated_text(dated: Dated, home_year: int | None) -> str:
    """`preliminärt senast tisdag 9 juni fm kl 9.00–12.00`.

    The language has room for one status word: beside `ca` or `vid behov`, what is uncertain gets a question mark.
    """
    status = _status(dated)
    words = [
        status,
        "senast" if dated.deadline else "",
        extent_text(dated.extent, home_year),
        *dated.parts,
        f"kl {dated.clock}" if dated.clock else "",
    ]
    mark = "?" if dated.uncertain and status != "preliminärt" else ""
    return " ".join(word for word in words if word) + mark


def joined(texts: Sequence[str]) -> str:
    """`a, b och c`"""
    *first, last = texts
    return f"{', '.join(first)} och {last}" if first else last


def _status(dated: Dated) -> str:
    if dated.about:
        return "ca"
    if dated.if_needed:
        return "vid behov"
    return "preliminärt" if dated.uncertain else ""


def _days_text(start: date, end: date, home_year: int | None) -> str:
    if start.year != end.year:
        return f"{day_text(start, weekday=False, year=True)}–{day_text(end, weekday=False, year=True)}"
    first = str(start.day) if start.month == end.month else day_text(start, weekday=False)
    return f"{first}–{day_text(end, weekday=False, year=end.year != home_year)}"


def _months_text(start: date, end: date, home_year: int | None) -> str:
    first, last = month(start.month), month(end.month)
    if start.year != end.year:
        return f"{first} {start.year}–{last} {end.year}"
    year = _year(end.year, home_year)
    return f"{last}{year}" if first == last else f"{first}–{last}{year}"


def _weeks_text(start: date, end: date, home_year: int | None) -> str:
    first, last = start.isocalendar(), end.isocalendar()
    if first.year != last.year:
        return f"v. {first.week} {first.year} till v. {last.week} {last.year}"
    weeks = f"{first.week}" if first.week == last.week else f"{first.week}–{last.week}"
    return f"v. {weeks}{_year(last.year, home_year)}"


def _numbered_text(letter: str, months: int, start: date, end: date, home_year: int | None) -> str:
    """Quarters and tertials; the language has no dash between them."""
    home = home_year if start.year == end.year else None
    first, last = (f"{letter}{(day.month - 1) // months + 1}{_year(day.year, home)}" for day in (start, end))
    return last if first == last else f"{first} till {last}"


def _year(number: int, home_year: int | None) -> str:
    return "" if number == home_year else f" {number}"


@lru_cache(maxsize=1)
def _month_names() -> Mapping[int, str]:
    from babel.core import Locale

    return dict(Locale("sv", "SE").months["format"]["wide"])


@lru_cache(maxsize=1)
def _weekday_names() -> Mapping[int, str]:
    from babel.core import Locale

    return dict(Locale("sv", "SE").days["format"]["wide"])
