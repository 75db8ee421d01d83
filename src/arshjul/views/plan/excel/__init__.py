"""Excel: a workbook a controller can mail: real dates, no formula, no merged cell, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from openpyxl import Workbook

from arshjul.formats.text import clean
from arshjul.formats.workbook import new_book, reproducible, sheet_name
from arshjul.views import Plan
from arshjul.views.agenda import excel as agenda
from arshjul.views.extract import for_body
from arshjul.views.plan.excel import about, gantt, holidays, plan, stops
from arshjul.views.windows import excel as windows


def render(wanted: Plan) -> bytes:
    """Sheets *Tidplan*, *Stoppdatum*, *Ärendeplan*, the further ones that are wanted, and *Om*.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    book = new_book(clean(wanted.timeline.title))
    plan.put(book.create_sheet("Tidplan"), wanted)
    stops.put(book.create_sheet("Stoppdatum"), wanted)
    agenda.put(book.create_sheet("Ärendeplan"), wanted)
    for name, add in FURTHER.items():
        if name in wanted.sheets:
            add(book, wanted)
    about.put(book.create_sheet("Om"), wanted)
    return reproducible(book)


def _add_bodies(book: Workbook, wanted: Plan) -> None:
    """A sheet like *Tidplan* for each body that takes part in something."""
    for body in wanted.timeline.bodies:
        part = for_body(wanted.timeline, body.id)
        if part.activities:
            name = sheet_name(clean(body.id), [*book.sheetnames, "Om"])
            plan.put_part(book.create_sheet(name), wanted, part, clean(body.name))


FURTHER: Mapping[str, Callable[[Workbook, Plan], None]] = {
    "gantt": lambda book, wanted: gantt.put(book.create_sheet("Gantt"), wanted),
    "bodies": _add_bodies,
    "windows": lambda book, wanted: windows.put(book.create_sheet("Tidsfönster"), wanted),
    "holidays": lambda book, wanted: holidays.put(book.create_sheet("Helgdagar"), wanted),
}
