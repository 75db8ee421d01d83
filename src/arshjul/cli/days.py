"""Dates of the command line, ISO or as the date language writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from arshjul.cli.exits import UsageError

if TYPE_CHECKING:
    from arshjul.dates.extent import Extent

EXAMPLE = "skriv en dag: 2025-06-10 eller 10 juni 2025"


def first_day(words: str, budget_year: int, start: date, end: date) -> date:
    """The day that `--from` means: the first of a week or a month. Without a year, the one within `start`–`end`."""
    return _extent(words, budget_year, start, end).start


def last_day(words: str, budget_year: int, start: date, end: date) -> date:
    """The day that `--to` means: the last of a week or a month."""
    return _extent(words, budget_year, start, end).end


def single_day(words: str, budget_year: int, start: date, end: date) -> date:
    """One day."""
    extent = _extent(words, budget_year, start, end)
    if not extent.single:
        raise UsageError(f"”{words}” är mer än en dag", EXAMPLE)
    return extent.start


def day_of_plan(words: str, year: int) -> Extent:
    """The day, or days in a row, of a meeting of a calendar year."""
    from arshjul.dates.syntax import ExpressionError
    from arshjul.definition.moving import extent_in_year

    try:
        extent = extent_in_year(words, year)
    except ExpressionError as wrong:
        raise UsageError(f"”{words}” är ingen dag {year}: {wrong.message}", wrong.hint_for(words)) from None
    if extent.start.year != year:
        raise UsageError(f"”{words}” ligger inte i {year}", "ett möte flyttas inom sitt kalenderår")
    return extent


def _extent(words: str, budget_year: int, start: date, end: date) -> Extent:
    from arshjul.dates.literal import Frame, literal_extent
    from arshjul.dates.parser import parse_simple
    from arshjul.dates.syntax import ExpressionError

    try:
        return literal_extent(parse_simple(words), Frame(budget_year, start, end, "planen"))
    except ExpressionError as error:
        raise UsageError(f"{words}: {error.message}", error.hint or EXAMPLE) from None
