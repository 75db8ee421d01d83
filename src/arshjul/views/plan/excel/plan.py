"""The sheet *Tidplan*: phases as bands, activities as rows, each date as a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.definition import ActivityType
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.sheet import Column, Grid, Line, Place, grid, put_sentence
from arshjul.formats.sheet import put as put_grid
from arshjul.formats.text import clean
from arshjul.formats.workbook import (
    DAY,
    DAY_AND_MONTH,
    DAY_IN_WORDS,
    LONGEST_ADDRESS,
    LONGEST_TEXT,
    CellValue,
    Day,
    Hyperlink,
    Style,
    fitting,
    height,
    too_long,
    write,
)
from arshjul.timeline import Activity, Status, Step, StopKind, Timeline
from arshjul.views import Plan
from arshjul.wording import bands
from arshjul.wording.dates import dates_alone, stop_date_text
from arshjul.wording.heading import standing
from arshjul.wording.table import STATUS_WORDS, Row, Section, Table, day_of, is_web_link, table, weekdays, weeks

# A sort by hand needs whole columns of dates, and a page has no room for them: they stand right of what is printed.
RECKONING = Column("Så räknades datumet", Place.FOLDED)
ASIDE = (
    Column("Start", Place.ASIDE),
    Column("Slut", Place.ASIDE),
    RECKONING,
    Column("Fas", Place.ASIDE),
    Column("Id", Place.HIDDEN),
)
BAND_COLUMN = 16  # digits, the narrowest in which a window is read


@dataclass(frozen=True, slots=True)
class _Field:
    """A printed column: a field of the process's own table (its place there) or one that Excel adds."""

    name: str
    heading: str
    own: int | None


def put(sheet: Worksheet, plan: Plan) -> None:
    """The whole plan.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    put_part(sheet, plan, plan.timeline)


def put_part(sheet: Worksheet, plan: Plan, part: Timeline, whose: str = "") -> None:
    """The rows of a part of the plan, under the heading of the whole; `whose` says what part."""
    printed = table(part)
    _check_lengths(printed)
    filled = _grid(printed)
    _put_heading(sheet, plan, whose)
    for band in bands.bands(part.windows):
        _put_band(sheet, band, filled)
    title = clean(plan.timeline.title)
    if filled.columns:
        put_grid(sheet, sheet.max_row + 2, filled, title)
    else:
        put_sentence(sheet, sheet.max_row + 2, "Inga aktiviteter.", title)


def _put_heading(sheet: Worksheet, plan: Plan, whose: str) -> None:
    title = " – ".join(filter(None, [clean(plan.timeline.title), whose]))
    write(sheet, 1, [title], Style.TITLE)
    lines = [clean(plan.timeline.organisation), standing(plan.timeline, plan.findings)]
    for number, line in enumerate(filter(None, lines), start=2):
        write(sheet, number, [line], Style.LINE)


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


def _grid(printed: Table) -> Grid:
    fields = tuple(_fields(printed))
    columns = [*(Column(field.heading) for field in fields), *ASIDE]
    return grid(columns, list(_lines(printed, fields)))


def _fields(printed: Table) -> Iterator[_Field]:
    """The process's columns, the date's followed by its weekday and week, the title's by what to know of the row."""
    own = {column.field for column in printed.columns}
    beside = {"datum": ("veckodag", "vecka"), "aktivitet": ("märkning",)}
    for number, column in enumerate(printed.columns):
        yield _Field(column.field, clean(column.heading) or column.field.capitalize(), number)
        for name in beside.get(column.field, ()):
            if name not in own:
                yield _Field(name, name.capitalize(), None)


def _lines(printed: Table, fields: Sequence[_Field]) -> Iterator[Line]:
    """A band where a phase has a title, then its activities."""
    for section in printed.sections:
        if section.title:
            yield _band(section, len(fields))
        for row in section.rows:
            yield _line(section, row, fields)


def _band(section: Section, printed: int) -> Line:
    """With its days, so that it stays above its rows when somebody sorts by them."""
    days = [Day(day, DAY) if day else None for day in (section.phase.start, section.phase.end)]
    return Line([section.title, *[None] * (printed - 1), *days, None, section.title, None], Style.PHASE)


def _line(section: Section, row: Row, fields: Sequence[_Field]) -> Line:
    values = [_value(field, row) for field in fields]
    aside = _aside(row.activity, section)
    accents = {n: Style.STOP_DATE for n, field in enumerate(fields) if field.name == "stoppdatum" and values[n]}
    accents |= {n: Style.LINK for n, value in enumerate(values) if isinstance(value, Hyperlink)}
    accents[len(values) + ASIDE.index(RECKONING)] = Style.RECKONING
    return Line([*values, *aside], style_of(row.activity), accents)


def _value(field: _Field, row: Row) -> CellValue:
    activity = row.activity
    if day := day_of(field.name, activity):
        return Day(day, DAY_AND_MONTH if field.name == "datum" else DAY_IN_WORDS)
    match field.name:
        case "datum":
            return dates_alone(activity)
        case "stoppdatum":
            return stop_date_text(activity.stop_date, None)
        case "veckodag":
            return weekdays(activity).replace("–", " till ")
        case "vecka":
            return weeks(activity)
        case "märkning":
            return marks(activity)
        case "länk":
            return _address(row.cells[field.own]) if field.own is not None else None
    return row.cells[field.own] if field.own is not None else None


def _address(text: str) -> str:
    return Hyperlink(text) if is_web_link(text) and len(text) <= LONGEST_ADDRESS else text


def _aside(activity: Activity, section: Section) -> list[CellValue]:
    days = [Day(day, DAY) if day else None for day in (activity.start, activity.end)]
    return [*days, reckoning(activity), section.title or clean(section.phase.id), clean(activity.id)]


def style_of(activity: Activity) -> Style:
    """Cancelled before preliminary before decision: the most that a reader must know."""
    if activity.status is Status.CANCELLED:
        return Style.CANCELLED
    if activity.type is ActivityType.DECISION:
        return Style.DECISION
    return Style.PRELIMINARY if activity.status is Status.PRELIMINARY else Style.ROW


def marks(activity: Activity) -> str:
    """In words what bold, italic and struck letters show: `Beslut, preliminärt, stoppdatum saknas`."""
    said = [
        "beslut" if activity.type is ActivityType.DECISION else "",
        STATUS_WORDS[activity.status] if activity.status is not Status.PLANNED else "",
        "stoppdatum saknas" if activity.stop_date.kind is StopKind.MISSING else "",
        "internt" if activity.internal else "",
    ]
    text = ", ".join(filter(None, said))
    return text[:1].upper() + text[1:]


def reckoning(activity: Activity) -> str:
    """The steps in order, each with where it is written."""
    dated = [_step(step) for step in activity.steps]
    stop = [f"Stoppdatum: {_step(step)}" for step in activity.stop_date.steps]
    return fitting([*dated, *stop], "; ")


def _step(step: Step) -> str:
    place = f" ({step.span.file}:{step.span.line})" if step.span else ""
    return clean(f"{step.text}{place}")


def _check_lengths(printed: Table) -> None:
    reasons = [
        too_long(clean(column.heading), text, row.activity.source)
        for row in printed.rows
        for column, cell in zip(printed.columns, row.cells, strict=True)
        if len(text := dates_alone(row.activity) if column.field == "datum" else cell) > LONGEST_TEXT
    ]
    if reasons:
        raise InvalidProcess(reasons)
