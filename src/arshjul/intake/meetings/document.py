"""A whole document → the plan of a calendar year: its footnotes and its title first, then its tables and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from arshjul.intake.grid import Grid, GridRow
from arshjul.intake.meetings.collecting import Collector
from arshjul.intake.meetings.columns import Field, month_heading
from arshjul.intake.meetings.footnotes import begins_with_mark, footnotes_of
from arshjul.intake.meetings.labels import BodyHeading, KnownBodies
from arshjul.intake.meetings.lines import Lines
from arshjul.intake.meetings.model import LONGEST_CELL, FoundPlan
from arshjul.intake.meetings.tables import (
    BodyColumns,
    MonthColumns,
    bodies_in_columns,
    months_in_columns,
    read_bodies_row,
    read_day_row,
    read_loose_row,
    read_months_row,
    row_key,
    tell_columns,
    with_more_heading,
    years_in_columns,
)
from arshjul.intake.readers.bounds import refuse

_DECISION = re.compile(
    r"\b(?:antag|fastställ|beslut)\w*\b[\s:]*(?:av\s+|i\s+)?(.*20[0-9]{2}-?[0-9]{2}-?[0-9]{2}.*)", re.IGNORECASE
)
_TITLE = re.compile(r"sammanträd|möte(?:n|s)|plan\b", re.IGNORECASE)
_DRAFT = re.compile(r"preliminär|förslag|utkast", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9-])20[0-9]{2}(?![0-9-])")
_WITH_DAY = re.compile(r"[0-9]{1,2}\s*(?:/|:e\b|\w{3,9}\s+20)")
MOST_TEXT = 500_000  # characters
TITLE_LINES = 12


def years_of(grids: Sequence[Grid]) -> tuple[int, ...]:
    """The calendar years that the titles of a document name, each once."""
    years = (int(year) for text in _titles(grids) for year in _YEAR.findall(text))
    return tuple(dict.fromkeys(years))


def read_plan(name: str, grids: Sequence[Grid], year: int, known: KnownBodies) -> FoundPlan:
    """The meetings of the year, and all that was not understood.

    Raises:
        InvalidProcess: `limit`, where there is too much in it.
    """
    if sum(len(cell.text) for grid in grids for row in grid.rows for cell in row.cells) > MOST_TEXT:
        raise refuse(name, "Dokumentet har mer text än en sammanträdesplan", "spara bara planen för sig")
    footnotes = footnotes_of(cell.text for grid in grids for row in grid.rows for cell in row.cells if cell.text)
    into = Collector(name, year, footnotes, known)
    lines = Lines(into)
    reading = _Reading(into, lines)
    for grid in grids:
        if grid.name[:6] not in ("text", "tabell"):  # a sheet: its name may say a body or a year
            into.section_year = None
            reading.take_year(grid.name)
            if len(grids) > 1:
                lines.name(grid.name)
        reading.end_table()
        for row in grid.rows:
            reading.take(row)
    bodies = into.bodies()
    titles = list(_titles(grids))
    decisions = (match[1].strip(" .)") for text in _texts(grids) if (match := _DECISION.search(text)))
    draft = any(_DRAFT.search(title) for title in titles if _TITLE.search(title))
    return FoundPlan(year, bodies, tuple(into.listed), next(decisions, ""), draft)


def _texts(grids: Sequence[Grid]) -> Iterator[str]:
    """The rows of a document that hold one text, not too long."""
    for grid in grids:
        for row in grid.rows:
            held = [cell.text for cell in row.cells if cell.text]
            if len(held) == 1 and len(held[0]) <= LONGEST_CELL:
                yield held[0]


def _titles(grids: Sequence[Grid]) -> list[str]:
    texts = [text for text, _ in zip(_texts(grids), range(TITLE_LINES), strict=False)]
    return [text for text in texts if _TITLE.search(text) and not _DECISION.search(text)]


class _Reading:
    """Goes through the rows with the heading that holds: months, bodies, or none."""

    def __init__(self, into: Collector, lines: Lines) -> None:
        self._into, self._lines = into, lines
        self._layout: MonthColumns | BodyColumns | None = None
        self._above: BodyHeading | None = None
        self._fresh = False
        self._years: Mapping[int, int] = {}

    def take(self, row: GridRow) -> None:
        """The next row of the document."""
        held = [cell for cell in row.cells if cell.text]
        if not held or begins_with_mark(held[0].text):
            return
        if len(held) == 1:
            self.take_year(held[0].text)
        if len(held) == 1 and (month_heading(held[0]) or len(row.cells) == 1 or held[0].spans > 2 or not self._layout):
            text = held[0].text
            title = _TITLE.search(text) and _YEAR.search(text) and self._lines.heading is None
            self._lines.read("" if _DECISION.search(text) else _YEAR.sub("", text) if title else text, row.place)
        elif years := years_in_columns(row.cells):
            self._years = years
        elif (
            layout := months_in_columns(row.cells, self._years) or bodies_in_columns(row.cells, self._into)
        ) is not None:
            self._layout, self._above, self._fresh = layout, None, True
            if isinstance(layout, BodyColumns):
                tell_columns(layout, row, self._into)
        elif self._layout is None:
            read_loose_row(row, self._lines.heading, self._into)
        else:
            self._read_row(row, self._layout)

    def take_year(self, text: str) -> None:
        """A heading with one year is of all below it: a document may have two halves of two years."""
        years = set(_YEAR.findall(text)) if len(text) < LONGEST_CELL and not _DECISION.search(text) else set()
        if len(years) == 1 and not _WITH_DAY.search(text):
            self._into.section_year = int(*years)

    def end_table(self) -> None:
        """Another table has a heading of its own."""
        self._layout = self._above = None
        self._years = {}

    def _read_row(self, row: GridRow, layout: MonthColumns | BodyColumns) -> None:
        fresh, self._fresh = self._fresh, False
        if isinstance(layout, MonthColumns):
            if not read_day_row(row, layout, self._into):
                self._above = read_months_row(row, layout, self._above, self._into)
        elif fresh and (more := with_more_heading(row, layout)) is not None:
            self._layout, self._fresh = more, True
        elif (key := row_key(row, layout, self._into)) is None:
            text = " ".join(cell.text for cell in row.cells if cell.text)
            self._into.note(row.place, "", text, "raden har ingen månad, vecka eller dag som förstås")
        else:
            key = replace(key, month=key.month or (self._lines.month if Field.DATE in layout.fields.values() else None))
            read_bodies_row(row, layout, key, self._lines.heading, self._into)
