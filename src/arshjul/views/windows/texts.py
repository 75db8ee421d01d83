"""The words of the windows, the same for every format: a row of texts for each."""

from __future__ import annotations

from arshjul.dates.canonical import text
from arshjul.dates.syntax import Duration, Unit
from arshjul.formats.text import clean
from arshjul.timeline import TimeWindow
from arshjul.views.windows.model import Comparison, Measured, YearsWindows
from arshjul.wording import bands
from arshjul.wording.dates import UNDATED

ABSENT = "finns inte"
NONE = "Inga tidsfönster."


def headings(comparison: Comparison) -> tuple[str, ...]:
    """The headings of the columns of `rows`."""
    against = (f"Arbetsdagar {comparison.other.year}", "Skillnad") if comparison.other else ()
    return ("Tidsfönster", "Tid", "Arbetsdagar", "Minst", "Marginal", *against, "Id")


def rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row of texts for each window; more or fewer is written in words, never by a sign or a colour."""
    found = []
    for each in comparison.measured:
        window = each.window
        days = bands.days(window) if window else _why(each, comparison.this)
        counts = (str(window.working_days), bands.floor(window)) if window else ("", "")
        against: tuple[str, ...] = ()
        if comparison.other is not None:
            count = str(each.other.working_days) if each.other else _why(each, comparison.other)
            against = (count, difference(each.difference))
        found.append((clean(each.title), days, *counts, margin(window), *against, each.id))
    return found


def _why(each: Measured, year: YearsWindows) -> str:
    """Why a window has no days that year."""
    return UNDATED if each.id in year.titles else ABSENT


def margin(window: TimeWindow | None) -> str:
    """`12 arbetsdagar över`, `1 dag för lite`, `precis`; empty without a floor."""
    if window is None or window.margin is None or window.minimum is None:
        return ""
    if window.margin == 0:
        return "precis"
    unit = Unit.WORKING_DAY if window.minimum.unit is Unit.WORKING_DAY else Unit.DAY
    return f"{text(Duration(abs(window.margin), unit))} {'över' if window.margin > 0 else 'för lite'}"


def difference(more: int | None) -> str:
    """`3 fler`, `2 färre`, `lika många`; empty where there is nothing to compare."""
    if more is None:
        return ""
    return f"{abs(more)} {'fler' if more > 0 else 'färre'}" if more else "lika många"
