"""Excel: a workbook a controller can mail: real dates, no formula, no merged cell, the same bytes each time."""

from __future__ import annotations

from arshjul.formats.text import clean
from arshjul.formats.workbook import new_book, reproducible, sheet_name
from arshjul.views.agenda import excel as agenda
from arshjul.views.extract import for_body
from arshjul.views.plan.excel import about, changes, gantt, holidays, origin, plan, stops
from arshjul.views.publication import Book, Edition
from arshjul.views.windows import excel as windows


def render(edition: Edition, wanted: Book) -> bytes:
    """Sheets *Tidplan*, *Stoppdatum*, *Ärendeplan*, the further ones that are wanted, *Om*, and one for `apply`.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    book = new_book(clean(edition.timeline.title))
    printed = plan.put(book.create_sheet("Tidplan"), edition)
    stops.put(book.create_sheet("Stoppdatum"), edition)
    agenda.put(book.create_sheet("Ärendeplan"), edition, wanted)
    if any(each.lines for each in edition.changes):
        changes.put(book.create_sheet("Ändringar"), edition)
    if "gantt" in wanted.sheets:
        gantt.put(book.create_sheet("Gantt"), edition)
    if "bodies" in wanted.sheets:
        for body in edition.timeline.bodies:
            part = for_body(edition.timeline, body.id)
            if part.activities:
                name = sheet_name(clean(body.id), [*book.sheetnames, "Om", origin.SHEET])
                plan.put_part(book.create_sheet(name), edition, part, clean(body.name))
    if "windows" in wanted.sheets:
        windows.put(book.create_sheet("Tidsfönster"), edition)
    if "holidays" in wanted.sheets:
        holidays.put(book.create_sheet("Helgdagar"), edition, wanted.workdays)
    about.put(book.create_sheet("Om"), edition, wanted.workdays)
    origin.put(book.create_sheet(origin.SHEET), edition, printed, wanted.body)
    return reproducible(book)
