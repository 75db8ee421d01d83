"""A cell in its row and column → meetings: each day is checked against all that the document says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.swedish import day_text
from arshjul.dates.words import MONTH_NAMES, WEEKDAY_NAMES
from arshjul.intake.grid import Cell
from arshjul.intake.meetings.model import FoundMeeting, Unclear
from arshjul.intake.meetings.said import Said, WrittenDay
from arshjul.intake.meetings.saying import sayings
from arshjul.workdays import never_closed

LONGEST = 3
"""Days; `9–12` in a cell may be hours."""

Footnotes: TypeAlias = Mapping[str, Said | str]
"""Mark → what it says, or why that is not understood."""


class CellContext(Struct, frozen=True):
    """What the headings say of a cell. `month_year` is the year that stands with the month of its column."""

    year: int
    footnotes: Footnotes
    heading: Said
    """What the heading says of all its meetings."""
    month: int | None = None
    month_year: int | None = None
    week: int | None = None
    day: date | None = None
    matters: tuple[str, ...] = ()
    weekdays: frozenset[int] = frozenset()
    """Of the heading; a body may meet on two weekdays."""


def meetings_of(cell: Cell, context: CellContext, where: str) -> tuple[list[FoundMeeting], list[Unclear]]:
    """The meetings of a cell, in its order, and why each of the others is none.

    Raises:
        Unclear: for the whole cell, if anything in it is not understood.
    """
    found, unclear = list[FoundMeeting](), list[Unclear]()
    for said in _sayings(cell):
        try:
            found.append(_meeting(said, context, where))
        except Unclear as why:
            unclear.append(why)
    if len({(meeting.day, meeting.times) for meeting in found}) < len(found):
        raise Unclear("samma dag två gånger")
    if cell.day is not None and [meeting.day for meeting in found] != [cell.day] and not unclear:
        raise Unclear(f"cellens datum är {cell.day.isoformat()}")
    return found, unclear


def _sayings(cell: Cell) -> list[Said]:
    """A date cell may have words beside its day, `prel. 2026-01-13`, or instead of it: `9–10 mars`."""
    if cell.day is None or any(sign.isdecimal() for sign in cell.text):
        return sayings(cell.text)
    return [Said(day=WrittenDay(cell.day.day, cell.day.day, cell.day.month, cell.day.year))]


def _meeting(said: Said, context: CellContext, where: str) -> FoundMeeting:
    noted, heading = _with_notes(said, context), context.heading
    if noted.reserve or heading.reserve:
        raise Unclear("reservdag, inget möte som är bestämt")
    weekdays = said.weekdays or noted.weekdays or context.weekdays
    day, end = _days(said, weekdays, context)
    _check(day, end, said, weekdays, context)
    return FoundMeeting(
        day,
        end,
        noted.times or heading.times,
        noted.place or heading.place,
        noted.cancelled or heading.cancelled,
        noted.preliminary or heading.preliminary,
        _as_date(moved, moved.first, context) if (moved := said.moved_from or heading.moved_from) else None,
        context.matters,
        " ".join((*noted.remarks, *heading.remarks)),
        where,
    )


def _with_notes(said: Said, context: CellContext) -> Said:
    """With what the footnotes say of its marks; the heading's own marks come last. Raises Unclear."""
    noted = Said()
    noted.take(said)
    for mark in (*said.marks, *context.heading.marks):
        note = context.footnotes.get(mark)
        if note is None:
            raise Unclear(f"”{mark}” förklaras inte")
        if isinstance(note, str):
            raise Unclear(f"”{mark}” förklaras, men det förstås inte: {note}")
        if mark in said.marks or not noted.times:
            noted.take(note)
        noted.weekdays = note.weekdays or noted.weekdays
    return noted


def _days(said: Said, weekdays: frozenset[int], context: CellContext) -> tuple[date, date | None]:
    if said.day is not None:
        first = _as_date(said.day, said.day.first, context)
        ends = replace(said.day, month=said.day.last_month or said.day.month)
        last = _as_date(ends, said.day.last, context)
        if first > last or (last - first).days >= LONGEST:
            raise Unclear(f"{said.day.first}–{said.day.last} är inga dagar i följd för ett möte")
        return first, last if last > first else None
    if context.day is not None:
        return context.day, None
    week = said.week or context.week
    if week is None:
        raise Unclear("ingen dag")
    if len(weekdays) != 1:
        raise Unclear("en vecka men ingen veckodag")
    try:
        return date.fromisocalendar(context.month_year or context.year, week, next(iter(weekdays))), None
    except ValueError:
        raise Unclear(f"{context.year} har ingen vecka {week}") from None


def _as_date(written: WrittenDay, number: int, context: CellContext) -> date:
    month = written.month or context.month
    if month is None and context.week is not None:
        return _day_of_week(number, context.week, context)
    if month is None:
        raise Unclear("ingen månad")
    if context.month is not None and month != context.month and written.month:
        named = f"{MONTH_NAMES[month - 1]}, men " if 1 <= month <= 12 else "en månad som inte finns, men "
        raise Unclear(f"{named}kolumnen eller raden är {MONTH_NAMES[context.month - 1]}")
    if written.year and context.month_year and written.year != context.month_year:
        raise Unclear(f"{written.year}, men rubriken säger {context.month_year}")
    try:
        return date(written.year or context.month_year or context.year, month, number)
    except ValueError:
        raise Unclear(f"{number}/{month} finns inte") from None


def _day_of_week(number: int, week: int, context: CellContext) -> date:
    """The day of an ISO week that has that number in its month."""
    try:
        monday = date.fromisocalendar(context.month_year or context.year, week, 1)
    except ValueError:
        raise Unclear(f"{context.year} har ingen vecka {week}") from None
    days = (monday + timedelta(days=each) for each in range(7))
    found = next((day for day in days if day.day == number), None)
    if found is None:
        raise Unclear(f"v. {week} har ingen dag {number}")
    return found


def _check(day: date, end: date | None, said: Said, weekdays: frozenset[int], context: CellContext) -> None:
    """Raises Unclear where the weekday, the week, the row's own day or the calendar says another thing."""
    written = day_text(day, year=True)
    if day.year != context.year:
        raise Unclear(f"{written} hör till ett annat kalenderår")
    if weekdays and day.isoweekday() not in weekdays:
        names = " eller ".join(WEEKDAY_NAMES[number - 1] for number in sorted(weekdays))
        raise Unclear(f"{written} är ingen {names}")
    if context.day is not None and day != context.day:
        raise Unclear(f"raden är {day_text(context.day, year=True)}")
    for week in (said.week, context.week):
        if week is not None and day.isocalendar().week != week:
            raise Unclear(f"{written} är i v. {day.isocalendar().week}, inte v. {week}")
    if context.month is not None and day.month != context.month:
        raise Unclear(f"{written} är inte i {MONTH_NAMES[context.month - 1]}")
    if said.weekdays:  # the cell names its weekday: the document means that day
        return
    off = next((why for each in (day, end or day) if (why := never_closed().why_off(each))), None)
    if off and not (day.isoweekday() in weekdays and day.isoweekday() > 5):
        raise Unclear(f"{written} är ledig ({off}); skriv in dagen om den stämmer")
