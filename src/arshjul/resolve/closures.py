"""`stängt` → the days that the employer closes, every year the same stretch however it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.evaluate import evaluate, evaluate_rolled, joined_extent
from arshjul.dates.extent import Extent
from arshjul.dates.walk import nodes
from arshjul.definition import Expression
from arshjul.diagnostics import Diagnostic, InvalidProcess, as_written
from arshjul.resolve.scope import Setting, StaticScope, at_place
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

_NOT_EVERY_YEAR = frozenset({Code.NO_SUCH_DAY, Code.NO_SUCH_WEEK, Code.LIMIT})
YEARS_AROUND = range(-3, 4)  # the calendar years, counted from B, in which `stängt` can matter


class Closure(Struct, frozen=True):
    """The days of an entry of `stängt`, by day; and what was wrong in the calendar years where it has none."""

    stretches: tuple[Extent, ...]
    wrong: Mapping[int, Sequence[Diagnostic]]

    def problems(self, planned: range) -> Iterator[Diagnostic]:
        """Errors as written, and those of the planned years that lack its day; where all lack it, of one of them.

        A week 53 or a leap day is closed only where it exists: that other years lack it is no error.
        """
        if not self.stretches:
            years = [*(year for year in planned if year in self.wrong), *self.wrong]
            yield from self.wrong[years[0]] if years else ()
            return
        for year, found in self.wrong.items():
            told = (problem for problem in found if problem.code not in _NOT_EVERY_YEAR)
            yield from (problem for problem in told if year in planned or as_written([problem]))


def closure_of(known: Setting, written: Expression[s.Value]) -> Closure:
    """The days of a closure in every calendar year around B.

    `B-1` means the same here as no year: the house closes every year. A calendar year closes it once.
    """
    found: dict[Extent, None] = {}
    wrong: dict[int, list[Diagnostic]] = {}
    items = () if isinstance(written.tree, s.Undecided) else written.tree.items
    years = (known.frame.budget_year + step for step in YEARS_AROUND)
    for year in (year for year in years if FIRST_YEAR <= year <= LAST_YEAR):
        for item in items:
            in_years = _InYears(known, written, item)
            try:
                found.update(dict.fromkeys(at_place(written, partial(in_years.in_year, year))))
            except InvalidProcess as missing:
                wrong.setdefault(year, []).extend(missing.diagnostics)
    return Closure(tuple(sorted(found, key=lambda extent: extent.start)), wrong)


class _InYears(Struct, frozen=True):
    """One item of `när`, read in one calendar year after the other."""

    known: Setting
    written: Expression[s.Value]
    item: s.Item

    def in_year(self, year: int) -> list[Extent]:
        """The days that begin in the year, or that end in it where only the end says its year."""
        span = self.item.dates
        match span:
            case s.DateSpan(start=s.Rolled(phrase=s.Parenthesised(span=inner), roll=None), end=None):
                span = inner  # the parentheses stand around all of it
        if span.end is None:
            value = s.Dates((self.item,))
            return [dated.extent for dated in evaluate(value, self._scope(year))]
        if _says_its_year(span.end) and not _says_its_year(span.start):
            end = self._of(span.end, year)
            start = self._of(span.start, end.end.year)
            if start.start > end.end:
                start = self._of(span.start, end.end.year - 1)
        else:
            start = self._of(span.start, year)
            end = self._of(span.end, start.start.year)
            if end.end < start.start and not _says_its_year(span.end):
                end = self._of(span.end, start.start.year + 1)
        return [joined_extent(start, end, span.at)]

    def _of(self, end: s.Rolled, year: int) -> Extent:
        return evaluate_rolled(end, self._scope(year))

    def _scope(self, year: int) -> StaticScope:
        """Where the year that `B-1` or nothing stands for is `year`: the first year that the item writes decides."""
        offset = next((node.offset for node in nodes(self.item) if isinstance(node, s.BudgetYear)), -1)
        frame = replace(self.known.frame, budget_year=year - offset)
        return StaticScope(self.known, frame.of_year(year), self.written)


def _says_its_year(end: s.Rolled) -> bool:
    return any(isinstance(node, s.BudgetYear | s.CalendarYear | s.IsoDate) for node in nodes(end))
