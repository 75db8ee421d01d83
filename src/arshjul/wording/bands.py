"""The band above the tables: the windows of a plan, those that follow each other without a gap side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from arshjul.dates.canonical import text
from arshjul.dates.syntax import Duration, Unit
from arshjul.timeline import TimeWindow
from arshjul.wording.dates import text_in_table

HEADING = "Tidsfönster"

Band = tuple[TimeWindow, ...]


def bands(windows: Iterable[TimeWindow]) -> tuple[Band, ...]:
    """The windows by start, never an empty band: in one band each begins the day after the one before it ends."""
    found: list[list[TimeWindow]] = []
    for window in sorted(windows, key=lambda window: (window.start, window.end)):
        before = next((band for band in found if band[-1].end + timedelta(days=1) == window.start), None)
        if before is None:
            found.append([window])
        else:
            before.append(window)
    return tuple(map(tuple, found))


def in_rows(band: Band, most: int) -> Iterator[Band]:
    """The band on as few rows of at most `most` windows as it needs, the rows as even as they can be."""
    rows = -(-len(band) // most)
    size = -(-len(band) // rows)
    return (band[first : first + size] for first in range(0, len(band), size))


def days(window: TimeWindow) -> str:
    """`26 januari–6 april 2016`"""
    return text_in_table(window.dated)


def floor(window: TimeWindow) -> str:
    """`40 arbetsdagar`; empty without a floor."""
    return text(window.minimum) if window.minimum else ""


def length(window: TimeWindow) -> str:
    """`50 arbetsdagar (minst 40 arbetsdagar)`"""
    count = text(Duration(window.working_days, Unit.WORKING_DAY))
    return f"{count} (minst {floor(window)})" if window.minimum else count
