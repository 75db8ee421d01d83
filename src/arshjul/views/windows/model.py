"""The time that each `tidsfönster` really gives in a budget year, against its floor and against another year."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from arshjul.definition import Process, expand
from arshjul.timeline import Timeline, TimeWindow


class YearsWindows(Struct, frozen=True):
    """The windows of one budget year: `titles` of all that are defined, in file order, `dated` those with dates."""

    year: int
    titles: Mapping[str, str]
    dated: Mapping[str, TimeWindow]


class Measured(Struct, frozen=True):
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


class Comparison(Struct, frozen=True):
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


class WindowsPage(Struct, frozen=True):
    """What is printed of one process: the title and the standing of its plan, and the comparison."""

    process: str
    title: str
    standing: str
    comparison: Comparison


def windows_of(process: Process, timeline: Timeline) -> YearsWindows:
    """The windows that the definition has in the timeline's year."""
    year = timeline.budget_year
    texts = {"B": str(year), "avser": str(year)}
    titles = {str(written.id): expand(written.title, texts) for written in process.windows}
    return YearsWindows(year, titles, {window.id: window for window in timeline.windows})
