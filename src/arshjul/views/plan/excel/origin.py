"""The sheet that nobody sees: what the rows of *Tidplan* say as they are built, for `apply` to compare with."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from arshjul.formats.workbook import LONGEST_TEXT, Pen, Style
from arshjul.views.plan.excel.plan import ASIDE, COMPUTATION
from arshjul.views.publication import Audience, Edition
from arshjul.wording.baseline import baseline, lines
from arshjul.wording.table import Table

SHEET = "arshjul"


def put(sheet: Worksheet, plan: Edition, printed: Table, body: str | None) -> None:
    """A line of the baseline a row, over as many cells as it needs. Excel's own menus do not show the sheet."""
    sheet.sheet_state = "veryHidden"
    pen = Pen(sheet)
    public = plan.audience is Audience.PUBLIC  # which has no such column, and is not to name one
    beside = [column.heading for column in ASIDE if not (public and column is COMPUTATION)]
    built = baseline(plan.timeline, printed, plan.audience.value, body, beside)
    for number, line in enumerate(lines(built), start=1):
        pieces = [line[at : at + LONGEST_TEXT] for at in range(0, len(line), LONGEST_TEXT)]
        pen.write(number, pieces, Style.LINE)
