"""Excel: the months by the years concerned on one sheet, every activity with real dates on the next."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.dates.swedish import month
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.workbook import (
    DAY,
    LONGEST_TEXT,
    CellValue,
    Day,
    Style,
    fitting,
    height,
    new_book,
    reproducible,
    set_page,
    set_widths,
    too_long,
    write,
)
from arshjul.views.plan.excel.plan import value_of
from arshjul.views.wheel.overview import Line, Overview, columns, heading, lines, months, organisation, plans

WIDTHS = {"nummer": 6, "datum": 30, "aktivitet": 50, "avser": 9, "process": 20, "organ": 12, "typ": 16}
OTHER_WIDTH = 24
NUMBERS = frozenset({"nummer", "avser"})
MONTH_WIDTH, YEAR_WIDTH = 12, 46
SORTABLE = {"Start": 12, "Slut": 12, "Id": 26}


def render(overview: Overview) -> bytes:
    """Sheets *Årshjul*, *Aktiviteter*, *Ej fastställt* where there is such, and *Om*.

    Raises:
        InvalidProcess: `limit`, texts that do not fit in a cell.
    """
    wheel = overview.wheel
    book = new_book(heading(wheel))
    _month_sheet(book.create_sheet("Årshjul"), overview)
    _rows_sheet(book.create_sheet("Aktiviteter"), overview, lines(wheel.entries))
    if wheel.undated:
        _rows_sheet(book.create_sheet("Ej fastställt"), overview, lines(wheel.undated))
    _about_sheet(book.create_sheet("Om"), overview)
    return reproducible(book)


def _month_sheet(sheet: Worksheet, overview: Overview) -> None:
    years, found = months(overview.wheel)
    short = {}
    for line in lines(overview.wheel.entries):
        decision = " (beslut)" if line.decision else ""
        text = f"{line.entry.number} {line.text('aktivitet')}{decision}"
        short[line.entry.number] = text.replace("\n", " ")
    widths = [MONTH_WIDTH, *[YEAR_WIDTH] * len(years)]
    write(sheet, 1, [heading(overview.wheel)], Style.TITLE)
    write(sheet, 3, ["Månad", *(f"Avser {year}" for year in years)], Style.HEADING)
    for number in range(1, 13):
        listed = [[short[entry.number] for entry in found.get((number, year), ())] for year in years]
        cells: list[CellValue] = [month(number).capitalize(), *map(fitting, listed)]
        write(sheet, 3 + number, cells, Style.ROW)
        sheet.row_dimensions[3 + number].height = height(cells, widths)
    set_widths(sheet, widths)
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    set_page(sheet, heading(overview.wheel))


def _rows_sheet(sheet: Worksheet, overview: Overview, rows: Sequence[Line]) -> None:
    shown = columns(overview.wheel, rows)
    reasons = [
        too_long(name, line.text(field), line.entry.activity.source)
        for line in rows
        for field, name in shown.items()
        if len(line.text(field)) > LONGEST_TEXT
    ]
    if reasons:
        raise InvalidProcess(reasons)
    widths = [*(WIDTHS.get(field, OTHER_WIDTH) for field in shown), *SORTABLE.values()]
    write(sheet, 1, [*shown.values(), *SORTABLE], Style.HEADING)
    for number, line in enumerate(rows, start=2):
        activity = line.entry.activity
        ends = (Day(day, DAY) if day else None for day in (activity.start, activity.end))
        cells: list[CellValue] = []
        for field in shown:
            if field in NUMBERS:
                cells.append(int(line.text(field)) if line.text(field) else None)
            else:
                cells.append(value_of(line.cells[field]))
        cells += [*ends, activity.id]
        style = Style.CANCELLED if line.cancelled else Style.DECISION if line.decision else Style.ROW
        write(sheet, number, cells, style)
        sheet.row_dimensions[number].height = height(cells, widths)
    set_widths(sheet, widths)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{sheet.max_row}"
    sheet.print_title_rows = "1:1"
    if shown:
        sheet.print_area = f"A1:{get_column_letter(len(shown))}{sheet.max_row}"
    set_page(sheet, heading(overview.wheel))


def _about_sheet(sheet: Worksheet, overview: Overview) -> None:
    rows: list[Sequence[CellValue]] = [["Årshjul", overview.wheel.year]]
    if name := organisation(overview.wheel):
        rows.append(["Organisation", name])
    rows += [[title, standing] for title, standing in plans(overview)]
    rows += [
        ["Avser", "Det budgetår eller bokslutsår som aktiviteten gäller"],
        ["Fet stil", "Beslut"],
        ["Överstruken", "Inställt"],
        ["Start, Slut", "Första och sista dagen som datum, för att sortera och filtrera. Skrivs inte ut."],
    ]
    for number, values in enumerate(rows, start=1):
        write(sheet, number, values, Style.ROW)
    set_widths(sheet, [40, 100])
    set_page(sheet, heading(overview.wheel))
