"""What rules are found in: the dated rows of a plan, and the meetings of its bodies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

MOST_BEFORE, MOST_AFTER = 3, 6
"""Decisions looked at on each side of a day, so that the work grows as the rows do."""


class RuleRow(Struct, frozen=True):
    """A row and its days; `body` is the body at whose meeting it is taken up."""

    id: str
    start: date
    end: date
    body: str | None = None


class PlanYear(Struct, frozen=True, dict=True):
    """The rows of a budget year in their order, and body → its meetings of that time, by day."""

    budget_year: int
    rows: tuple[RuleRow, ...]
    meetings: Mapping[str, tuple[date, ...]]
    runs: str = ""
    """The stretch of the process, where it is not that which every process has."""

    @cached_property
    def decisions(self) -> tuple[RuleRow, ...]:
        """The rows that lie on a meeting of their own body, by day: what others are counted from."""
        held = (row for row in self.rows if row.body and row.start == row.end and self.meets(row.body, row.start))
        return tuple(sorted(held, key=lambda row: row.start))

    @cached_property
    def _days(self) -> list[date]:
        return [row.start for row in self.decisions]

    @cached_property
    def _bodies_by_day(self) -> Mapping[date, list[str]]:
        found: dict[date, list[str]] = {}
        for body, days in self.meetings.items():
            for day in days:
                found.setdefault(day, []).append(body)
        return found

    def bodies_on(self, day: date) -> list[str]:
        """The bodies that meet on a day."""
        return self._bodies_by_day.get(day, [])

    def meets(self, body: str, day: date) -> bool:
        """Whether the body meets on the day."""
        return body in self.bodies_on(day)

    def anchors(self, row: RuleRow, day: date) -> Iterator[RuleRow]:
        """The decisions near a day, but the row itself: those that come, the nearest first, then those that were."""
        after = self.decisions[bisect_left(self._days, day) :][: MOST_AFTER + 1]
        before = self.decisions[: bisect_right(self._days, day)][::-1][: MOST_BEFORE + 1]
        nearest = {each.id: each for each in (*after, *before) if each.id != row.id}
        return iter(nearest.values())
