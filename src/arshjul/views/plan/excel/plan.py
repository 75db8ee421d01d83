"""The sheet *Tidplan*: phases as bands, activities as rows, each date as a date."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.definition import ActivityType
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.sheet import Column, Grid, Line, Place, grid, put_sentence
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import (
    DAY,
    DAY_IN_WORDS,
    LONGEST_ADDRESS,
    LONGEST_TEXT,
    CellValue,
    Day,
    Hyperlink,
    Style,
    fitting,
    height,
    tone_where,
    too_long,
    write,
)
from arshjul.timeline import Activity, Status, Step, Timeline
from arshjul.timeline import Column as PlanColumn
from arshjul.views.publication import Edition
from arshjul.wording import bands
from arshjul.wording.baseline import END, ID, PHASE, START, heading
from arshjul.wording.columns import ALL_DATES, MARKS, is_web_link, other_fields
from arshjul.wording.dates import Cell
from arshjul.wording.heading import standing
from arshjul.wording.table import Section, Table, TableRow, columns_of, table

LATE_AFTER = "Försenat efter"  # of rows that are not done, where somebody marks what is: Excel compares it with today
# A sort by hand needs whole columns of dates, and a page has no room for them: they stand right of what is printed.
COMPUTATION = Column("Så räknades datumet", Place.FOLDED)
ASIDE = (
    Column(START, Place.ASIDE),
    Column(END, Place.ASIDE),
    COMPUTATION,
    Column(PHASE, Place.ASIDE),
    Column(ID, Place.HIDDEN),
    Column(LATE_AFTER, Place.HIDDEN),
    Column("Övrigt", Place.FOLDED),
)
# What a printed page shows by its letters, or a reader sees at a glance, and a sheet that is sorted must say.
AIDS = {"datum": (ALL_DATES, "vecka"), "aktivitet": (MARKS,)}
BAND_COLUMN = 16  # digits, the narrowest in which a window is read


def put(sheet: Worksheet, plan: Edition) -> Table:
    """The whole plan; the table that it shows.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    return put_part(sheet, plan, plan.timeline)


def put_part(sheet: Worksheet, plan: Edition, part: Timeline, whose: str = "") -> Table:
    """The rows of a part of the plan, under the heading of the whole; `whose` says what part."""
    own = part.columns or columns_of(part)[:-1]  # what has no column of its own is folded away at the end
    fields = {column.field for column in own}
    shown: list[PlanColumn] = []
    for each in own:
        shown.append(each)
        shown += [PlanColumn(aid, "") for aid in AIDS.get(each.field, ()) if aid not in fields]
    printed = table(part, tuple(shown), sortable=True, notes=plan.notes)
    # Excel cuts a text of more than 32 767 characters, and openpyxl lets it.
    reasons = [
        too_long(clean(column.heading), cell.text, row.activity.source)
        for row in printed.rows
        for column, cell in zip(printed.columns, row.cells, strict=True)
        if len(cell.text) > LONGEST_TEXT
    ]
    if reasons:
        raise InvalidProcess(reasons)
    columns = [*(Column(heading(column)) for column in printed.columns), *ASIDE]
    undone = frozenset() if plan.done is None else {row.activity.id for row in printed.rows} - plan.done.keys()
    filled = grid(columns, list(_lines(printed, undone, part.budget_year)))
    title = clean(plan.timeline.title)
    write(sheet, 1, [" – ".join(filter(None, [title, whose]))], Style.TITLE)
    heads = [clean(plan.timeline.organisation), standing(plan.timeline, plan.findings)]
    heads += [each.summary for each in plan.changes]
    for number, line in enumerate(filter(None, heads), start=2):
        write(sheet, number, [line], Style.LINE)
    for band in bands.bands(part.windows):
        _put_band(sheet, band, filled)
    if filled.columns:
        first = sheet.max_row + 2
        put_grid(sheet, first, filled, title)
        _mark_late(sheet, first + 1, [column.heading for column in filled.columns])
    else:
        put_sentence(sheet, sheet.max_row + 2, "Inga aktiviteter.", title)
    return printed


def _mark_late(sheet: Worksheet, first: int, headings: Sequence[str]) -> None:
    """A tone on the first cell of a row that is late on the day when somebody opens the workbook."""
    if LATE_AFTER in headings:
        limit = f"${get_column_letter(headings.index(LATE_AFTER) + 1)}{first}"
        done = f"${get_column_letter(headings.index('Klart') + 1)}{first}" if "Klart" in headings else '""'
        formula = f'AND({limit}<>"",{limit}<TODAY(),{done}="")'
        tone_where(sheet, f"A{first}:A{sheet.max_row}", formula)


def _put_band(sheet: Worksheet, band: bands.Band, below: Grid) -> None:
    """A window by itself is a line; windows side by side are cells, in the columns that are wide enough."""
    wide = [n for n in range(below.printed) if below.widths[n] >= BAND_COLUMN]
    if len(band) == 1 or not wide:
        for window in band:
            line = f"{clean(window.title)}: {bands.days(window)}, {bands.length(window)}"
            write(sheet, sheet.max_row + 1, [line], Style.LINE)
        return
    for row in bands.in_rows(band, len(wide)):
        number = sheet.max_row + 1
        texts = [f"{clean(window.title)}\n{bands.days(window)}\n{bands.length(window)}" for window in row]
        for column, text in zip(wide, texts, strict=False):
            write(sheet, number, [text], Style.WINDOW, first=column)
        sheet.row_dimensions[number].height = height(texts, [below.widths[n] for n in wide])


def _lines(printed: Table, undone: Collection[str], year: int) -> Iterator[Line]:
    """A band where a phase has a title, then its activities. `undone` are the rows that can be late."""
    for section in printed.sections:
        if section.title:
            # with its days, so that it stays above its rows when somebody sorts by them
            days = [Day(day, DAY) if day else None for day in (section.phase.start, section.phase.end)]
            empty = [None] * (len(printed.columns) - 1)
            yield Line([section.title, *empty, *days, None, section.title, None, None, None], Style.PHASE)
        yield from (_line(section, row, printed.columns, undone, year) for row in section.rows)


def _line(section: Section, row: TableRow, columns: Sequence[PlanColumn], undone: Collection[str], year: int) -> Line:
    values: list[CellValue] = []
    for column, cell in zip(columns, row.cells, strict=True):
        if column.field == "länk" and is_web_link(cell.text) and len(cell.text) <= LONGEST_ADDRESS:
            values.append(Hyperlink(cell.text))
        else:
            values.append(value_of(cell))
    accents = {n: Style.STOP_DATE for n, each in enumerate(columns) if each.field == "stoppdatum" and values[n]}
    accents |= {n: Style.LINK for n, value in enumerate(values) if isinstance(value, Hyperlink)}
    accents[len(values) + ASIDE.index(COMPUTATION)] = Style.RECKONING
    activity = row.activity
    late_after = activity.late_after if activity.id in undone else None
    *days, late = (Day(day, DAY) if day else None for day in (activity.start, activity.end, late_after))
    aside = [*days, computation(activity), section.title or clean(section.phase.id), clean(activity.id), late]
    aside.append(clean(other_fields(activity, year, marked=False)))
    return Line([*values, *aside], style_of(activity), accents)


def value_of(cell: Cell, number_format: str = DAY_IN_WORDS) -> CellValue:
    """A date where the cell has one, with its words and the time of its meeting as format; else its text."""
    if cell.day is None:
        return cell.text
    if cell.around is None:
        return Day(cell.day, number_format, words=cell.text)
    before, after = cell.around
    return Day(cell.day, number_format, before, f"{after} kl {cell.clock}" if cell.clock else after)


def style_of(activity: Activity) -> Style:
    """Cancelled before preliminary before decision: the most that a reader must know."""
    if activity.status is Status.CANCELLED:
        return Style.CANCELLED
    if activity.type is ActivityType.DECISION:
        return Style.DECISION
    return Style.PRELIMINARY if activity.status is Status.PRELIMINARY else Style.ROW


def computation(activity: Activity) -> str:
    """The steps in order, each with where it is written."""
    dated = [_step(step) for step in activity.steps]
    stop = [f"Stoppdatum: {_step(step)}" for step in activity.stop_date.steps]
    return fitting([*dated, *stop], "; ")


def _step(step: Step) -> str:
    place = f" ({step.span.file}:{step.span.line})" if step.span else ""
    return clean(f"{step.text}{place}")
