"""The sheet *Om*: what the workbook is, what it was built of, what is doubtful in it, and how to read its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.diagnostics import Diagnostic
from arshjul.formats.sheet import shown
from arshjul.formats.text import clean
from arshjul.formats.workbook import LONGEST_TEXT, CellValue, Style, fitting, height, set_page, set_widths, write
from arshjul.views.publication import Edition
from arshjul.wording.heading import facts, standing
from arshjul.workdays import Workdays

WIDTHS = (26, 70, 50, 34)
FINDINGS = ("Anmärkning", "Vad", "Råd", "Var")
NOT_SHOWN = "Skrivs inte ut."


def put(sheet: Worksheet, plan: Edition, workdays: Workdays) -> None:
    """Facts, then the findings if there are any, then the legend."""
    write(sheet, 1, [f"Om {clean(plan.timeline.title)}"], Style.TITLE)
    for values in _facts(plan, workdays):
        _append(sheet, values)
    _section(sheet, ("Märkning", "Vad den betyder"), [*_legend(plan)])
    if plan.findings:
        _section(sheet, FINDINGS, [_finding(finding) for finding in plan.findings])
    set_widths(sheet, WIDTHS)
    set_page(sheet, clean(plan.timeline.title))


def _section(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> None:
    write(sheet, sheet.max_row + 2, headings, Style.HEADING)
    for values in rows:
        _append(sheet, values)


def _append(sheet: Worksheet, values: Sequence[CellValue]) -> None:
    number = sheet.max_row + 1
    write(sheet, number, values, Style.ROW)
    sheet.row_dimensions[number].height = height([shown(value) for value in values], WIDTHS)


def _facts(plan: Edition, workdays: Workdays) -> Iterator[Sequence[CellValue]]:
    timeline = plan.timeline
    if timeline.organisation:
        yield ["Organisation", clean(timeline.organisation)]
    yield ["Budgetår", timeline.budget_year]
    yield ["Läge", standing(timeline, plan.findings)]
    yield from ([label, text] for label, text in facts(timeline))
    yield ["Kalender", fitting([*calendar(workdays)])]
    yield from (["Byggd av", clean(file)] for file in timeline.files)


def calendar(workdays: Workdays) -> Iterator[str]:
    """What counts as a working day, a sentence a line."""
    yield "Arbetsdagar är måndag–fredag utom helgdagar, midsommarafton, julafton och nyårsafton."
    yield f"Halvdagar räknas som {'lediga dagar' if workdays.free_half_days else 'arbetsdagar'}."
    yield f"Klämdagar räknas som {'lediga dagar' if workdays.free_bridge_days else 'arbetsdagar'}."
    for name in dict.fromkeys(workdays.closed.values()):
        yield f"Stängt: {clean(name)}" if name else "Stängt"


def _finding(finding: Diagnostic) -> Sequence[CellValue]:
    place = f"{clean(finding.span.file)}:{finding.span.line}" if finding.span else ""
    texts = (f"{finding.severity} ({finding.code})", clean(finding.message), clean(finding.hint), place)
    return [text[:LONGEST_TEXT] for text in texts]


def _legend(plan: Edition) -> Iterator[Sequence[CellValue]]:
    yield "Fet stil, Beslut", "Ett beslut fattas."
    yield "Kursiv stil, preliminärt", "Dagen är inte fastställd."
    yield "Överstruken, inställt", "Raden står kvar men blir inte av."
    yield "Ton i kolumnen Stoppdatum", "Sista dag att lämna in."
    yield "Start, Slut, Sista dag, Dag", f"Dagarna som datum i varje rad, för att sortera och filtrera. {NOT_SHOWN}"
    if any(activity.steps for activity in plan.timeline.activities):
        yield "Så räknades datumet", f"Vik ut kolumnen med plustecknet ovanför kolumnen till höger om den. {NOT_SHOWN}"
    yield "Id", "Dold kolumn: aktivitetens namn i beskrivningen."
