"""An edited workbook → what its rows say now, each cell with its place; nothing in it is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.readers.bounds import clean, damaged, refuse
from arshjul.intake.readers.package import checked_members
from arshjul.intake.readers.workbook import day_behind_words
from arshjul.source.encoding import at_start
from arshjul.wording.baseline import ID, Baseline, UnknownBaseline, read

MOST_ROWS = 25_000  # a process has at most 20 000, and every phase a heading
MOST_COLUMNS = 200
HEADING_WITHIN = 1_000  # rows: above the table stand its title and the windows
BASELINE, PLAN = "arshjul", "Tidplan"
SAID_ELSEWHERE = ("datum", "aktivitet", "stoppdatum", "handläggare", "ansvarig", "kommentar", "plats", "till")
_OF_MATTERS = {"Ärende": "aktivitet", "Ansvarig för tjänsteskrivelse": "handläggare"}
# Sheet → the field of each heading that says what *Tidplan* says.
OTHER_SHEETS: Mapping[str, Mapping[str, str]] = {
    "Stoppdatum": {"Stoppdatum": "stoppdatum", **_OF_MATTERS},
    "Ärendeplan": _OF_MATTERS,
}
PROCESS = "Process"
DONE, DONE_HEADING = "klart", "Klart"
_KIND = "Exceldokument"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AGAIN = "bygg arbetsboken på nytt med arshjul build, och gör ändringarna i den nya"


class EditedCell(Struct, frozen=True, gc=False):
    """What a cell says, on one line; a date its day in ISO, and its time after it.

    `formula`: it is computed, and this is the value that was last saved with it. `wrong`: an error such as #REF!.
    """

    text: str
    place: str
    day: date | None = None
    formula: bool = False
    wrong: bool = False

    def says(self, text: str, behind: date | None) -> bool:
        """Whether it says that text, or is the day that is behind it."""
        return self.text == text or (behind is not None and self.text == behind.isoformat())


class EditedRow(Struct, frozen=True):
    """A row of the table. `id` is empty for one that somebody has put in; `cells` are those of the plan, by field.

    `beside` are the cells under *Start*, *Slut* and *Fas*, so far as the sheet has them.
    """

    id: str
    place: str
    cells: Mapping[str, EditedCell]
    beside: Mapping[str, EditedCell]

    @property
    def empty(self) -> bool:
        """Whether no cell of the plan says anything."""
        return not any(cell.text or cell.formula for cell in self.cells.values())


class EditedPlan(Struct, frozen=True):
    """The rows in the order of the sheet, and what they said when the workbook was built.

    `lacking` are the headings of columns that are gone, `unknown` of those that somebody has put in; `notices` say in
    Swedish what of the file is passed over. `elsewhere` are cells of other sheets that do not say what they said: row,
    field, cell.
    """

    built: Baseline
    rows: tuple[EditedRow, ...]
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str, EditedCell], ...] = ()

    @property
    def passed_over(self) -> list[str]:
        """What of the file is not read, each in Swedish."""
        gone = [f"kolumnen {heading} är borta: inget i den läses" for heading in self.lacking]
        foreign = [f"kolumnen {heading} är inte tidplanens och läses inte" for heading in self.unknown]
        return [*self.notices, *gone, *foreign]


def edited_plan(name: str, content: bytes) -> EditedPlan:
    """What an edited workbook says. `name` is its path as the user knows it.

    Raises:
        InvalidProcess: `encoding` where it is no workbook, or none that keeps what it was built of; `limit` where it
            is too large; `link` for what may reach outside it.
    """
    members, notices = checked_members(name, content, _KIND)
    computed = any(_FORMULA.search(text) for part, text in members.items() if part.startswith("xl/worksheets/"))
    try:
        sheets = _sheets(name, content, values=True)
        written = _sheets(name, content, values=False).get(PLAN, ()) if computed else ()
    except (InvalidProcess, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises anything for a damaged workbook
        raise damaged(name, _KIND) from None
    built = _built(name, sheets)
    if PLAN not in sheets:
        raise _refused(name, f"Bladet {PLAN} saknas", f"låt bladet heta {PLAN}, som när arbetsboken byggdes")
    formulas = {
        (row, column) for row, cells in enumerate(written) for column, cell in enumerate(cells) if cell.data_type == "f"
    }
    if not built.rows:
        return EditedPlan(built, (), notices=notices)
    plan = _plan(name, built, _Grid(PLAN, sheets[PLAN], frozenset(formulas)), notices)
    others = (_Grid(title, rows, frozenset()) for title, rows in sheets.items() if title not in (PLAN, BASELINE))
    return replace(plan, elsewhere=tuple(each for grid in others for each in _changed_in(grid, built)))


def _sheets(name: str, content: bytes, *, values: bool) -> Mapping[str, Sequence[Sequence[Any]]]:
    """Title → rows of cells: their values, or of the plan alone the formulas that gave them.

    Code: limit, where something stands below the rows that are read.
    """
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=values, keep_links=False)
    sheets = {}
    for sheet in book.worksheets:
        if values or sheet.title == PLAN:
            sheet.reset_dimensions()  # what the file says of its size is not to be relied on
            rows = sheet.iter_rows(max_col=MOST_COLUMNS)
            sheets[sheet.title] = list(islice(rows, MOST_ROWS))
            if any(cell.value is not None for row in rows for cell in row):
                message = f"Bladet {sheet.title} har något skrivet nedanför rad {MOST_ROWS}, och läses inte så långt"
                raise refuse(name, message, "flytta upp raderna i tabellen, eller ta bort dem")
    return sheets


def _built(name: str, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Baseline:
    """What the workbook says of itself as it was built."""
    if BASELINE not in sheets:
        message = "Arbetsboken säger inte vad som stod i den från början: den är inte byggd av arshjul, eller av en"
        raise _refused(name, f"{message} äldre version", _AGAIN)
    lines = ["".join(str(cell.value) for cell in row if cell.value is not None) for row in sheets[BASELINE]]
    try:
        return read([_unescaped(line) for line in lines if line])
    except UnknownBaseline:
        message = f"Det dolda bladet {BASELINE} går inte att läsa: det är ändrat, eller skrivet av en nyare version"
        raise _refused(name, message, _AGAIN) from None


def _refused(name: str, message: str, hint: str) -> InvalidProcess:
    return InvalidProcess([error(Code.ENCODING, message, at_start(name), hint)])


class _Grid(Struct, frozen=True):
    """The cells of a sheet; rows and columns count from 0. `formulas` are those that have one."""

    sheet: str
    rows: Sequence[Sequence[Any]]
    formulas: frozenset[tuple[int, int]]

    def texts(self, row: int) -> list[str]:
        """What the cells of a row say."""
        return [self.cell(row, column).text for column in range(len(self.rows[row]))]

    def cell(self, row: int, column: int) -> EditedCell:
        """A cell as it is read; one that the row does not have is empty."""
        from openpyxl.utils import get_column_letter

        place = f"{self.sheet}!{get_column_letter(column + 1)}{row + 1}"
        cell = self.rows[row][column] if column < len(self.rows[row]) else None
        value = cell.value if cell is not None else None
        formula = (row, column) in self.formulas
        if cell is not None and isinstance(value, int | float):
            value = day_behind_words(value, cell.number_format) or value
        if isinstance(value, datetime):
            clock = f" kl {value:%H.%M}" if value.time() != time() else ""
            return EditedCell(f"{value:%Y-%m-%d}{clock}", place, value.date(), formula)
        if isinstance(value, date):
            return EditedCell(value.isoformat(), place, value, formula)
        wrong = cell is not None and cell.data_type == "e"
        return EditedCell(_words(value), place, None, formula, wrong)


def _words(value: object) -> str:
    """A value that is no date, on one line: `2026`, `0,5`, `kl 13.00`."""
    match value:
        case None:
            return ""
        case time():
            return f"kl {value:%H.%M}"
        case float():
            return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return one_line(_unescaped(str(value)))


def _unescaped(text: str) -> str:
    """What Excel writes for characters that XML cannot hold, and for texts that look like that."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def one_line(text: str) -> str:
    """A text as two cells are compared, and as it is written: composed, with single blanks and nothing unseen."""
    return clean(normalize("NFC", text))


def _plan(name: str, built: Baseline, grid: _Grid, notices: tuple[str, ...]) -> EditedPlan:
    """Every row below the headings. Raises InvalidProcess where no column says which row is which."""
    header = built.header
    wanted = [one_line(each) for each in (*(column.heading for column in header.columns), *header.beside)]
    found = _headings(grid, wanted)
    if found is None:
        message = f"Kolumnen {ID} i bladet {PLAN} är borta; den är dold och säger vilken rad som är vilken"
        raise _refused(name, message, _AGAIN)
    texts, heading = found
    # of two headings that are alike the first is the first
    left = {text: [at for at, each in enumerate(texts) if each == text] for text in set(wanted)}
    places = [left[text].pop(0) if left[text] else None for text in wanted]
    fields = {column.field: at for column, at in zip(header.columns, places, strict=False) if at is not None}
    beside = {name: at for name, at in zip(header.beside, places[len(header.columns) :], strict=True) if at is not None}
    others = {text: at for at, text in enumerate(texts) if text and at not in places}
    if DONE_HEADING in others and DONE not in fields:
        fields[DONE] = others.pop(DONE_HEADING)  # a column for it is only made where something is done already
    rows = [
        EditedRow(
            grid.cell(row, beside[ID]).text,
            f"{PLAN}!A{row + 1}",
            {field: grid.cell(row, at) for field, at in fields.items()},
            {name: grid.cell(row, at) for name, at in beside.items()},
        )
        for row in range(heading + 1, len(grid.rows))
        if any(cell.value is not None for cell in grid.rows[row])
    ]
    lacking = [text for text, at in zip(wanted, places[: len(header.columns)], strict=False) if at is None]
    told = tuple(each for each in rows if each.id or not each.empty)
    return EditedPlan(built, told, tuple(lacking), tuple(others), notices)


def _headings(grid: _Grid, wanted: Sequence[str]) -> tuple[list[str], int] | None:
    """The row of the headings: of those with a column of ids the one with most of them."""
    rows = ((row, grid.texts(row)) for row in range(min(len(grid.rows), HEADING_WITHIN)))
    counted = ((sum(text in wanted for text in texts), -row, texts) for row, texts in rows if ID in texts)
    found = max(counted, default=None)
    return found and (found[2], -found[1])


def _changed_in(grid: _Grid, built: Baseline) -> Iterator[tuple[str, str, EditedCell]]:
    """The cells of a further sheet that do not say what *Tidplan* said: row, field, cell.

    The sheets of the bodies have the headings of the plan. Where a process stands in a row, it may be another one.
    """
    numbers = {column.field: n for n, column in enumerate(built.header.columns)}
    own = {one_line(column.heading): column.field for column in built.header.columns if column.field in SAID_ELSEWHERE}
    names = OTHER_SHEETS.get(grid.sheet, own)
    found = _headings(grid, list(names))
    if found is None or sum(text in names for text in found[0]) < 2:
        return
    texts, heading = found
    fields = {at: names[text] for at, text in enumerate(texts) if text in names and names[text] in numbers}
    rows = {row.id: row for row in built.rows}
    identity, process = texts.index(ID), texts.index(PROCESS) if PROCESS in texts else None
    for row in range(heading + 1, len(grid.rows)):
        name = grid.cell(row, identity).text
        if name not in rows or (process is not None and grid.cell(row, process).text != built.header.process):
            continue
        cells, behind = rows[name].cells, built.days_behind(rows[name])
        for at, field in fields.items():
            said = cells[numbers[field]] if numbers[field] < len(cells) else ""
            cell = grid.cell(row, at)
            if not cell.says(one_line(said), behind.get(field)):
                yield name, field, cell
