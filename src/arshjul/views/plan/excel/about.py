"""The sheet *Om*: what the workbook is, what it was built of, what is doubtful in it, and how to read its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.diagnostics import Severity
from arshjul.formats.sheet import shown
from arshjul.formats.text import clean
from arshjul.formats.workbook import LONGEST_TEXT, CellValue, Style, fitting, height, set_page, set_widths, write
from arshjul.views.publication import Audience, Edition
from arshjul.wording.heading import facts, standing
from arshjul.workdays import Workdays

WIDTHS = (26, 70, 50, 34)
FINDINGS = ("Anmärkning", "Vad", "Råd", "Var")
NOT_SHOWN = "Skrivs inte ut."
COMPUTED = "Så räknades datumet"
LATE = "Röd ton på datumet"
LEGEND = (
    ("Fet stil, Beslut", "Ett beslut fattas."),
    ("Kursiv stil, preliminärt", "Dagen är inte fastställd."),
    ("Överstruken, inställt", "Raden står kvar men blir inte av."),
    ("Ton i kolumnen Stoppdatum", "Sista dag att lämna in."),
    ("Start, Slut, Sista dag, Dag", f"Dagarna som datum i varje rad, för att sortera och filtrera. {NOT_SHOWN}"),
    (
        COMPUTED,
        f"Vik ut kolumnen med plustecknet ovanför kolumnen till höger om den. {NOT_SHOWN}",
    ),
    (LATE, "Försenat: sista dagen har passerat och raden är inte märkt som klar. Räknas i programmet."),
    ("Id", "Dold kolumn: aktivitetens namn i beskrivningen."),
)


def put(sheet: Worksheet, plan: Edition, workdays: Workdays) -> None:
    """Facts, then the findings if there are any, then the legend."""
    write(sheet, 1, [f"Om {clean(plan.timeline.title)}"], Style.TITLE)
    timeline = plan.timeline
    about: list[Sequence[CellValue]] = []
    if timeline.organisation:
        about.append(["Organisation", clean(timeline.organisation)])
    about += [["Budgetår", timeline.budget_year], ["Läge", standing(timeline, plan.findings)]]
    about += [[label, text] for label, text in facts(timeline)]
    about.append(["Kalender", fitting([*calendar(workdays)])])
    # A published workbook says nothing of files; what is only information is for whoever runs the check.
    internal = plan.audience is not Audience.PUBLIC
    about += [["Byggd av", clean(file)] for file in timeline.files if internal]
    for values in about:
        _append(sheet, values)
    absent = set() if any(activity.steps for activity in timeline.activities) else {COMPUTED}
    absent |= {LATE} if plan.done is None else set()
    legend = [row for row in LEGEND if row[0] not in absent]
    _section(sheet, ("Märkning", "Vad den betyder"), legend)
    told = [finding for finding in plan.findings if internal and finding.severity is not Severity.INFO]
    if told:
        rows = []
        for finding in told:
            place = f"{clean(finding.span.file)}:{finding.span.line}" if finding.span else ""
            texts = (f"{finding.severity} ({finding.code})", clean(finding.message), clean(finding.hint), place)
            rows.append([text[:LONGEST_TEXT] for text in texts])
        _section(sheet, FINDINGS, rows)
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


def calendar(workdays: Workdays) -> Iterator[str]:
    """What counts as a working day, a sentence a line."""
    yield "Arbetsdagar är måndag–fredag utom helgdagar, midsommarafton, julafton och nyårsafton."
    yield f"Halvdagar räknas som {'lediga dagar' if workdays.free_half_days else 'arbetsdagar'}."
    yield f"Klämdagar räknas som {'lediga dagar' if workdays.free_bridge_days else 'arbetsdagar'}."
    for name in dict.fromkeys(workdays.closed.values()):
        yield f"Stängt: {clean(name)}" if name else "Stängt"
