"""Tables of meetings: bodies × months either way, weeks or days × bodies, lists with a column for each thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.words import MONTH_NAMES
from arshjul.intake.grid import Cell, GridRow
from arshjul.intake.meetings import words
from arshjul.intake.meetings.collecting import Collector, says_a_day
from arshjul.intake.meetings.columns import Field, MonthHeading, field_of, month_columns, month_heading, week_of
from arshjul.intake.meetings.entry import CellContext, meetings_of
from arshjul.intake.meetings.labels import BodyHeading, body_heading, extended
from arshjul.intake.meetings.model import Unclear
from arshjul.intake.meetings.said import Said


class MonthColumns(Struct, frozen=True):
    """Months in columns, a body in each row. `owned` maps column → the column of its month; `fields` the others."""

    months: Mapping[int, MonthHeading]
    owned: Mapping[int, int]
    headings: Sequence[str]
    wrapped: bool


def years_in_columns(cells: Sequence[Cell]) -> Mapping[int, int]:
    """Column → year, of a row with nothing but years in it: they stand over months."""
    held = {column: cell.text for column, cell in enumerate(cells) if cell.text}
    only = len(held) > 1 and all(re.fullmatch(r"20[0-9]{2}", text) for text in held.values())
    return {column: int(text) for column, text in held.items()} if only else {}


def months_in_columns(cells: Sequence[Cell], years: Mapping[int, int]) -> MonthColumns | None:
    """The months that a row heads; one without a year has that which stands above it, or last before it."""
    months = dict(month_columns(cells))
    for column, month in months.items():
        above = [years[each] for each in sorted(years) if each <= column]
        if month.year is None and above:
            months[column] = MonthHeading(month.month, above[-1])
    if not months:
        return None
    starts = sorted(months)
    width = max(starts[1] - starts[0], 1)
    owned: dict[int, int] = {}
    for start, after in zip(starts, [*starts[1:], starts[-1] + width], strict=True):
        columns = range(start, min(after, len(cells)))
        owned |= {column: start for column in columns if column == start or not cells[column].text}
    order = [months[start].month for start in starts]
    wrapped = order != sorted(order) and not all(month.year for month in months.values())
    return MonthColumns(months, owned, [cell.text for cell in cells], wrapped)


def read_months_row(
    row: GridRow, layout: MonthColumns, above: BodyHeading | None, into: Collector
) -> BodyHeading | None:
    """The meetings of a body in its months. Returns the body, which the next row may go on with."""
    labels = [(column, cell) for column, cell in enumerate(row.cells) if cell.text and column not in layout.owned]
    heading = _row_heading(row, layout, labels, above, into)
    if heading is None:
        return None
    for start, month in layout.months.items():
        cells = [
            row.cells[each] for each in sorted(layout.owned) if layout.owned[each] == start and each < len(row.cells)
        ]
        filled = [cell for cell in cells if cell.text]
        if not filled:
            continue
        cell = filled[0] if len(filled) == 1 else Cell("\n".join(each.text for each in filled))
        where = f"{row.place} {MONTH_NAMES[month.month - 1]}"
        if layout.wrapped:
            into.note(where, heading.name, cell.text, "månaderna går över ett årsskifte utan årtal")
            continue
        context = replace(into.context(heading), month=month.month, month_year=month.year or into.section_year)
        into.take(heading, cell, where, context)
    return heading


def _row_heading(
    row: GridRow,
    layout: MonthColumns,
    labels: Sequence[tuple[int, Cell]],
    above: BodyHeading | None,
    into: Collector,
) -> BodyHeading | None:
    """The body of a row; None, and the row listed, where it has none or is of something else than meetings."""
    text = " ".join(cell.text for cell in row.cells if cell.text)
    names = [cell.text for _, cell in labels]
    found = next((heading for name in names if (heading := body_heading(name, into.known))), None)
    if found is None and not names and above is not None and above.weekdays:
        return above  # it goes on with the body above, and each day is checked against its weekday
    if any(words.says_no_meeting(name) for name in names) or found is None:
        if len(names) < len([cell for cell in row.cells if cell.text]):
            why = "raden är av annat än möten" if found or names else "raden har inget organ"
            into.note(
                row.place, "", text, why if any(map(words.says_no_meeting, names)) or not names else "inget organ"
            )
        return None
    for column, cell in labels:
        if body_heading(cell.text, into.known) is None:
            field = field_of(layout.headings[column]) if column < len(layout.headings) else None
            found = extended(found, in_field(cell.text, field))
    into.unread_heading(found, row.place)
    return found


class BodyColumns(Struct, frozen=True):
    """A heading of bodies, fields or both. `bodies` maps column → body, `passed` the columns that are no meetings."""

    bodies: Mapping[int, BodyHeading]
    fields: Mapping[int, Field]
    passed: Mapping[int, str]


def bodies_in_columns(cells: Sequence[Cell], into: Collector) -> BodyColumns | None:
    """The bodies and fields that a row heads; None where any of it is something else."""
    bodies: dict[int, BodyHeading] = {}
    fields: dict[int, Field] = {}
    passed: dict[int, str] = {}
    for column, cell in enumerate(cells):
        text = cell.text
        if not text:
            continue
        if cell.day is not None or says_a_day(text):
            return None
        if (field := field_of(text)) is not None:
            fields[column] = field
        elif words.says_no_meeting(text):
            passed[column] = text
        elif (heading := body_heading(text, into.known)) is not None:
            bodies[column] = heading
        else:
            return None
    if bodies:  # then *Organ* heads the corner of a matrix, and what is below it is months or days
        fields = {column: field for column, field in fields.items() if field is not Field.BODY}
    headed = bool(bodies) or Field.DATE in fields.values()
    return BodyColumns(bodies, fields, passed) if headed and sum(1 for cell in cells if cell.text) > 1 else None


def in_field(text: str, field: Field | None) -> str:
    """A cell as its column means it: `9` under *Tid* is a clock time, all under *Plats* a place."""
    if field is Field.PLACE:
        return f"plats: {text}"
    return f"kl {text}" if field is Field.TIME and text[0].isdecimal() else text


def tell_columns(layout: BodyColumns, row: GridRow, into: Collector) -> None:
    """What of a heading is not read: columns that are no meetings, words beside a body."""
    for text in layout.passed.values():
        into.note(row.place, "", text, "kolumnen är av annat än möten och läses inte")
    for heading in layout.bodies.values():
        into.unread_heading(heading, row.place)


class RowKey(Struct, frozen=True):
    """What the first cells of a row say of all its meetings."""

    month: MonthHeading | None = None
    week: int | None = None
    date: Cell | None = None
    heading: BodyHeading | None = None
    beside: tuple[str, ...] = ()
    name: str = ""
    matters: tuple[str, ...] = ()


def row_key(row: GridRow, layout: BodyColumns, into: Collector) -> RowKey | None:
    """The month, week, date and body of a row; None where one of its cells is none of them."""
    key = RowKey()
    for column, cell in enumerate(row.cells):
        if not cell.text or column in layout.bodies or column in layout.passed:
            continue
        field = layout.fields.get(column)
        if field is Field.BODY:
            key = replace(key, heading=body_heading(cell.text, into.known))
            if key.heading is None:
                return None
        elif field is Field.NAME:
            key = replace(key, name=cell.text)
        elif field is Field.MATTERS:
            key = replace(key, matters=tuple(matter for part in cell.text.split(",") if (matter := part.strip())))
        elif field in (Field.TIME, Field.WEEKDAY, Field.NOTE, Field.PLACE):
            key = replace(key, beside=(*key.beside, in_field(cell.text, field)))
        elif (month := month_heading(cell)) is not None and field is not Field.DATE:
            key = replace(key, month=month)
        elif (week := week_of(cell.text, bare=field is Field.WEEK)) is not None:
            key = replace(key, week=week)
        elif cell.text.casefold().strip(".") in words.WEEKDAYS:
            key = replace(key, beside=(*key.beside, cell.text))
        elif (cell.day is not None or says_a_day(cell.text)) and key.date is None:
            key = replace(key, date=cell)
        else:
            return None
    return key


def with_more_heading(row: GridRow, layout: BodyColumns) -> BodyColumns | None:
    """The heading with a second row of weekdays, times or places; None where the row is no heading."""
    if any(cell.text for column, cell in enumerate(row.cells) if column not in layout.bodies):
        return None
    more = {}
    for column, heading in layout.bodies.items():
        text = row.cells[column].text if column < len(row.cells) else ""
        if text and (says_a_day(text) or text.casefold() in words.NOTHING or text.casefold() == "x"):
            return None
        more[column] = extended(heading, text) if text else heading
        if more[column].unread != heading.unread:
            return None
    return BodyColumns(more, layout.fields, layout.passed)


def read_bodies_row(
    row: GridRow, layout: BodyColumns, key: RowKey, carried: BodyHeading | None, into: Collector
) -> None:
    """The meetings of a row, one for each body that has something in it."""
    text = " ".join(cell.text for cell in row.cells if cell.text)
    heading = key.heading or (None if layout.bodies or Field.BODY in layout.fields.values() else carried)
    if heading is not None:
        if key.name and heading.abbreviation:  # a list that has both, as ours has
            heading = replace(heading, name=key.name)
        for beside in key.beside:
            heading = extended(heading, beside)
        if heading.unread:
            into.note(row.place, heading.name, text, f"”{heading.unread}” förstås inte")
        elif key.date is None:
            into.note(row.place, heading.name, text, "raden har ingen dag")
        else:
            into.take(heading, key.date, row.place, _in_key(into.context(heading), key))
        return
    if not layout.bodies:
        into.note(row.place, "", text, "raden har inget organ")
        return
    for column, body in layout.bodies.items():
        cell = row.cells[column] if column < len(row.cells) else Cell("")
        if not cell.text:
            continue
        where = f"{row.place} {body.name}"
        try:
            context, heading = _of_column(body, key, into)
        except Unclear as unclear:
            into.note(where, body.name, cell.text, str(unclear))
        else:
            into.take(heading, cell, where, context)


def _of_column(body: BodyHeading, key: RowKey, into: Collector) -> tuple[CellContext, BodyHeading]:
    for beside in key.beside:
        body = extended(body, beside)
    context = _in_key(into.context(body), key)
    if key.date is None:
        return context, body
    found, unclear = meetings_of(key.date, replace(context, heading=Said(), weekdays=frozenset(), week=None), "")
    if unclear:
        raise unclear[0]
    if len(found) != 1 or found[0].end is not None:
        raise Unclear("raden har flera dagar")
    return replace(context, day=found[0].day, month=found[0].day.month), body


def _in_key(context: CellContext, key: RowKey) -> CellContext:
    context = replace(context, week=key.week, matters=key.matters)
    return (
        replace(context, month=key.month.month, month_year=key.month.year or context.month_year)
        if key.month
        else context
    )


def read_day_row(row: GridRow, layout: MonthColumns, into: Collector) -> bool:
    """A row of an almanac: a day of each month, with the bodies that meet on it. Whether the row is one."""
    first = next((column for column, cell in enumerate(row.cells) if cell.text), 0)
    number = row.cells[first].text
    if first in layout.owned or not (number.isascii() and number.isdecimal() and 1 <= int(number) <= 31):
        return False
    for column, start in layout.owned.items():
        text = row.cells[column].text if column < len(row.cells) else ""
        for part in filter(None, (part.strip() for part in re.split(r"[,;/+]|\boch\b", text))):
            month = layout.months[start]
            where = f"{row.place} {MONTH_NAMES[month.month - 1]}"
            heading = body_heading(part, into.known)
            if heading is None or heading.unread or layout.wrapped:
                into.note(where, "", f"{number} {part}", "inget organ")
            else:
                context = replace(into.context(heading), month=month.month, month_year=month.year or into.section_year)
                into.take(heading, Cell(number), where, context)
    return True


def read_loose_row(row: GridRow, carried: BodyHeading | None, into: Collector) -> None:
    """A row without a heading above: a body and its days, or a month and its days under the body `carried`.

    Else it is told, if there are figures in it.
    """
    label, *days = [cell for cell in row.cells if cell.text]
    if carried is not None and (month := month_heading(label)) is not None:
        year = month.year or into.section_year
        for cell in days:
            into.take(carried, cell, row.place, replace(into.context(carried), month=month.month, month_year=year))
        return
    heading = body_heading(re.sub(r"\s+20[0-9]{2}$", "", label.text), into.known)
    readable = heading is not None and not words.says_no_meeting(label.text)
    if heading is None or not readable or not all(cell.day is not None or says_a_day(cell.text) for cell in days):
        text = " ".join(cell.text for cell in row.cells if cell.text)
        if any(sign.isdecimal() for sign in text):
            into.note(row.place, "", text, "raden förstås inte")
        return
    into.unread_heading(heading, row.place)
    for cell in days:
        into.take(heading, cell, row.place, into.context(heading))
