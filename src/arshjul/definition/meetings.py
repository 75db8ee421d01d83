"""The days of a meeting plan: single days of its own year, each once."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.codes import Code
from arshjul.dates import parser, syntax
from arshjul.definition.tree import EACH, each, maps, text_of
from arshjul.diagnostics import Diagnostic, error, see_also
from arshjul.source import Fields, Text, YamlValue


def check_days(tree: Fields) -> Iterator[Diagnostic]:
    """Every date of every plan; what is no date at all is left for the models to refuse."""
    for plans in maps(tree, "sammanträden"):
        for year, plan in plans.items():
            for body, entries in plan.items() if isinstance(plan, Fields) else ():
                yield from _check_days_of(body, year, entries)


def _check_days_of(body: Text, year: Text, entries: YamlValue) -> Iterator[Diagnostic]:
    first: dict[tuple[int, int], Text] = {}
    for entry in each(entries, EACH):
        text = entry if isinstance(entry, Text) else text_of(entry, "datum")
        if text is None:
            continue
        try:
            date = parser.parse_simple(text)
        except syntax.ExpressionError:
            continue
        if not isinstance(date, syntax.DayMonth | syntax.IsoDate):
            message = f"”{text}” är ingen dag: ett sammanträde med {body} är en enda dag"
            yield error(Code.NOT_A_DATE, message, text.span, f"skriv till exempel {year}-06-03")
            continue
        written = date.year.number if isinstance(date.year, syntax.CalendarYear) else date.year
        if isinstance(written, int) and str(written) != year:
            message = f"{body} {text} ligger inte i planens kalenderår {year}"
            hint = f"rätta året, eller flytta mötet till en plan med kalenderår: {written}"
            yield error(Code.OUTSIDE_WINDOW, message, text.span, hint)
        elif (earlier := first.setdefault((date.month, date.day), text)) is not text:
            message = f"{body} har {text} två gånger i planen för {year}"
            related = see_also("första gången här", earlier.span)
            yield error(Code.DUPLICATE_ID, message, text.span, "ta bort den ena", related)
