"""What the rows of a workbook say as it is built. It is kept in the workbook: an edited one is compared with it.

As text it is a line of JSON about the plan, then one for each row in printed order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct, field

from arshjul.formats.text import clean
from arshjul.timeline import Column, Timeline
from arshjul.wording.table import Table, TableRow
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

VERSION = 2
ID, START, END, PHASE = "Id", "Start", "Slut", "Fas"  # headings of the columns beside what is printed


EditionName = Literal["internal", "public"]


class UnknownBaseline(ValueError):
    """The lines are not what a build writes, or what a later version does."""


class BuiltColumn(Struct, frozen=True, array_like=True):
    """A printed column: its field, and its heading on the sheet."""

    field: str
    heading: str


class BuiltPhase(Struct, frozen=True, array_like=True):
    """A phase and its heading, empty where it prints none."""

    id: str
    title: str


class BuiltRow(Struct, frozen=True, array_like=True, gc=False):
    """A row: the id of its phase, what each printed cell says, a date cell its day in ISO, none after the last text.

    `days` are its first and last day, where no cell of its dates is such a day. `behind` are the days behind the words
    of the other cells that are dates, by column; version 1 had none.
    """

    id: str
    phase: str
    cells: tuple[str, ...]
    days: tuple[date, date] | None
    behind: tuple[tuple[int, date], ...] = ()


class Header(Struct, frozen=True):
    """What the workbook was built of. `body` is whose part of the plan it holds, None for the whole plan.

    `beside` are the headings of the columns that are not printed.
    """

    version: int
    process: str
    budget_year: int
    organisation: str | None
    edition: EditionName
    body: str | None
    columns: tuple[BuiltColumn, ...]
    beside: tuple[str, ...]
    phases: tuple[BuiltPhase, ...]


class Baseline(Struct, frozen=True):
    """The plan as a workbook has it; `rows` in printed order."""

    header: Header
    rows: tuple[BuiltRow, ...] = field(default_factory=tuple)

    def days_behind(self, row: BuiltRow) -> dict[str, date]:
        """Field → the day behind the words of its cell."""
        columns = self.header.columns
        return {columns[n].field: day for n, day in row.behind if n < len(columns)}


def baseline(
    timeline: Timeline, printed: Table, edition: EditionName, body: str | None = None, beside: Sequence[str] = ()
) -> Baseline:
    """Of the table that the sheet shows."""
    header = Header(
        VERSION,
        timeline.process,
        timeline.budget_year,
        timeline.organisation,
        edition,
        body,
        tuple(BuiltColumn(column.field, heading(column)) for column in printed.columns),
        tuple(beside),
        tuple(BuiltPhase(section.phase.id, section.title) for section in printed.sections),
    )
    return Baseline(header, tuple(map(_row, printed.rows)))


def _row(row: TableRow) -> BuiltRow:
    activity = row.activity
    cells = [cell.certain_day.isoformat() if cell.certain_day else cell.text for cell in row.cells]
    behind = tuple((n, cell.day) for n, cell in enumerate(row.cells) if cell.day and not cell.certain_day)
    while cells and not cells[-1]:
        cells.pop()
    days = (activity.start, activity.end) if activity.start and activity.end else None
    alone = days and days[0] == days[1] and days[0].isoformat() in cells
    return BuiltRow(activity.id, activity.phase, tuple(cells), None if alone else days, behind)


def heading(column: Column) -> str:
    """What stands above the column on a sheet, which needs a heading to be sorted by."""
    return clean(column.heading) or column.field.capitalize()


def lines(built: Baseline) -> Iterator[str]:
    """The baseline as text."""
    for each in (built.header, *built.rows):
        yield msgspec.json.encode(each, enc_hook=str).decode()  # a text of a file knows its place


def read(written: Sequence[str]) -> Baseline:
    """The baseline of its lines. Raises UnknownBaseline."""
    try:
        header = msgspec.json.decode(written[0] if written else "", type=Header)
        if not 1 <= header.version <= VERSION or not FIRST_YEAR <= header.budget_year <= LAST_YEAR:
            raise UnknownBaseline
        rows = tuple(msgspec.json.decode(line, type=BuiltRow) for line in written[1:])
    except msgspec.DecodeError:
        raise UnknownBaseline from None
    if ID not in header.beside or any(len(row.cells) > len(header.columns) for row in rows):
        raise UnknownBaseline
    return Baseline(header, rows)
