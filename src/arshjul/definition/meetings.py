"""The days of a meeting plan: single days of its own year, each once."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.codes import Code
from arshjul.dates import parser, syntax
from arshjul.definition.tree import EACH, each, maps, text_of
from arshjul.diagnostics import Diagnostic, error, see_also
from arshjul.source import Fields, Text, YamlValue

_Day = syntax.DayMonth | syntax.IsoDate


def check_days(tree: Fields) -> Iterator[Diagnostic]:
    """Every date of every plan; what is no date at all is left for the models to refuse."""
    for plans in maps(tree, "sammanträden"):
        for year, plan in plans.items():
            for body, entries in plan.items() if isinstance(plan, Fields) else ():
                yield from _days_of(body, year, entries)


def _days_of(body: Text, year: Text, entries: YamlValue) -> Iterator[Diagnostic]:
    first: dict[tuple[int, int], Text] = {}
    for entry in each(entries, EACH):
        text = entry if isinstance(entry, Text) else text_of(entry, "datum")
        if text is None or (date := _date(text)) is None:
            continue
        if not isinstance(date, _Day):
            yield _not_a_day(body, year, text)
        elif (written := _year(date)) is not None and str(written) != year:
            yield _other_year(body, year, text, written)
        elif first.setdefault((date.month, date.day), text) is not text:
            yield _twice(body, year, text, first[date.month, date.day])


def _date(text: Text) -> syntax.Simple | None:
    try:
        return parser.parse_simple(text)
    except syntax.ExpressionError:
        return None


def _year(date: _Day) -> int | None:
    if isinstance(date, syntax.IsoDate):
        return date.year
    return date.year.number if isinstance(date.year, syntax.CalendarYear) else None


def _not_a_day(body: str, year: str, text: Text) -> Diagnostic:
    message = f"”{text}” är ingen dag: ett sammanträde med {body} är en enda dag"
    return error(Code.NOT_A_DATE, message, text.span, f"skriv till exempel {year}-06-03")


def _other_year(body: str, year: str, text: Text, written: int) -> Diagnostic:
    message = f"{body} {text} ligger inte i planens kalenderår {year}"
    hint = f"rätta året, eller flytta mötet till en plan med kalenderår: {written}"
    return error(Code.OUTSIDE_WINDOW, message, text.span, hint)


def _twice(body: str, year: str, text: Text, first: Text) -> Diagnostic:
    message = f"{body} har {text} två gånger i planen för {year}"
    return error(Code.DUPLICATE_ID, message, text.span, "ta bort den ena", see_also("första gången här", first.span))
