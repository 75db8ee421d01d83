"""What every document holds for us: cells in rows, each with what it was in its file."""

from datetime import date

import msgspec


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell. `day` is set only where the file says that the cell is a date (a date cell of Excel)."""

    text: str
    day: date | None = None
    bold: bool = False
    spans: int = 1
    """Columns that it covers: a row of one cell over all columns is a heading."""


class GridRow(msgspec.Struct, frozen=True, gc=False):
    """One row of a table, or a paragraph between tables: then it has one cell.

    A cell stands at the number of its column: those that a wide cell covers are empty, and a cell that covers several
    rows stands in each of them.
    """

    cells: tuple[Cell, ...]
    place: str
    """Where it stands in the document, as its reader finds it: `Tidplan!A7`, `tabell 1 rad 7`, `sida 2`, `rad 14`."""


class Grid(msgspec.Struct, frozen=True):
    """Rows in the order of the document: one table, one sheet, or the text between them."""

    name: str
    rows: tuple[GridRow, ...]


class Document(msgspec.Struct, frozen=True):
    """What was read of a file. `notices` say in Swedish what was passed over, and why."""

    name: str
    grids: tuple[Grid, ...]
    notices: tuple[str, ...] = ()
