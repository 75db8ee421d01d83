"""The time that each `tidsfönster` really gives in a budget year, against its floor and against another year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arshjul.dates.canonical import text
from arshjul.dates.syntax import Duration, Unit
from arshjul.definition import Process, expand
from arshjul.formats.csv import written
from arshjul.formats.markdown import escaped, grid
from arshjul.formats.text import clean
from arshjul.timeline import Timeline, TimeWindow
from arshjul.wording import bands
from arshjul.wording.dates import UNDATED

ABSENT = "finns inte"
NONE = "Inga tidsfönster."


@dataclass(frozen=True, slots=True)
class YearsWindows:
    """The windows of one budget year: `titles` of all that are defined, in file order, `dated` those with dates."""

    year: int
    titles: Mapping[str, str]
    dated: Mapping[str, TimeWindow]


@dataclass(frozen=True, slots=True)
class Measured:
    """A window in a budget year, and in another where one is asked for; an undated or missing window is None."""

    id: str
    title: str
    window: TimeWindow | None
    other: TimeWindow | None = None

    @property
    def difference(self) -> int | None:
        """Working days more than in the other year, negative if fewer; None unless both are dated."""
        if self.window is None or self.other is None:
            return None
        return self.window.working_days - self.other.working_days


@dataclass(frozen=True, slots=True)
class Comparison:
    """The windows of a year beside those of another, if any."""

    this: YearsWindows
    other: YearsWindows | None = None

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Every window of the year in file order, then those that only the other year has."""
        titles = dict(self.this.titles)
        for name, title in (self.other.titles if self.other else {}).items():
            titles.setdefault(name, title)
        others = self.other.dated if self.other else {}
        return tuple(
            Measured(name, title, self.this.dated.get(name), others.get(name)) for name, title in titles.items()
        )

    @property
    def headings(self) -> tuple[str, ...]:
        """Of the columns of `rows`."""
        against = (f"Arbetsdagar {self.other.year}", "Skillnad") if self.other else ()
        return ("Tidsfönster", "Tid", "Arbetsdagar", "Minst", "Marginal", *against, "Id")

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """A row of texts for each window; more or fewer is said in words, never by a sign or a colour."""
        return [self._cells(each) for each in self.measured]

    def _cells(self, each: Measured) -> tuple[str, ...]:
        window = each.window
        own = (
            (bands.days(window), str(window.working_days), bands.floor(window))
            if window
            else (_why(each, self.this), "", "")
        )
        return (clean(each.title), *own, _margin(window), *self._against(each), each.id)

    def _against(self, each: Measured) -> tuple[str, ...]:
        if self.other is None:
            return ()
        count = str(each.other.working_days) if each.other else _why(each, self.other)
        return count, _difference(each.difference)


def windows_of(process: Process, timeline: Timeline) -> YearsWindows:
    """The windows that the definition has in the timeline's year."""
    year = timeline.budget_year
    texts = {"B": str(year), "avser": str(year)}
    titles = {str(written.id): expand(written.title, texts) for written in process.windows}
    return YearsWindows(year, titles, {window.id: window for window in timeline.windows})


def as_markdown(comparison: Comparison) -> str:
    """A table, or a line that says there is nothing to put in one."""
    if not comparison.measured:
        return f"{NONE}\n"
    headings, *rows = ([escaped(cell) for cell in cells] for cells in (comparison.headings, *comparison.rows))
    return f"{grid(headings, rows)}\n"


def as_csv(comparison: Comparison) -> bytes:
    """As the plan's CSV: `id;start;slut` (ISO days) first, UTF-8 with BOM, no cell that could run as a formula."""
    rows = [["id", "start", "slut", *comparison.headings[:-1]]]
    for each, cells in zip(comparison.measured, comparison.rows, strict=True):
        days = (str(each.window.start), str(each.window.end)) if each.window else ("", "")
        rows.append([each.id, *days, *cells[:-1]])
    return written(rows)


def as_members(comparison: Comparison, process: str) -> dict[str, Any]:
    """JSON, version 1. `margin` is in working days where the floor is, else in calendar days; null without a floor."""
    return {
        "version": 1,
        "process": process,
        "budget_year": comparison.this.year,
        "against": comparison.other.year if comparison.other else None,
        "windows": [_members(each) for each in comparison.measured],
    }


def _members(each: Measured) -> dict[str, Any]:
    floor = {
        "minimum": (bands.floor(each.window) or None) if each.window else None,
        "margin": each.window and each.window.margin,
    }
    other = _span(each.other) if each.other else None
    own = {"id": each.id, "title": each.title} | _span(each.window) | floor
    return own | {"against": other, "difference": each.difference}


def _span(window: TimeWindow | None) -> dict[str, Any]:
    if window is None:
        return dict.fromkeys(("start", "end", "working_days"))
    return {"start": str(window.start), "end": str(window.end), "working_days": window.working_days}


def _why(each: Measured, year: YearsWindows) -> str:
    """Why a window has no days that year."""
    return UNDATED if each.id in year.titles else ABSENT


def _margin(window: TimeWindow | None) -> str:
    """`12 arbetsdagar över`, `1 dag för lite`, `precis`; empty without a floor."""
    if window is None or window.margin is None or window.minimum is None:
        return ""
    if window.margin == 0:
        return "precis"
    unit = Unit.WORKING_DAY if window.minimum.unit is Unit.WORKING_DAY else Unit.DAY
    return f"{text(Duration(abs(window.margin), unit))} {'över' if window.margin > 0 else 'för lite'}"


def _difference(more: int | None) -> str:
    """`3 fler`, `2 färre`, `lika många`; empty where there is nothing to compare."""
    if more is None:
        return ""
    return f"{abs(more)} {'fler' if more > 0 else 'färre'}" if more else "lika många"
