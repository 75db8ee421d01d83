"""The windows as CSV."""

from __future__ import annotations

from arshjul.formats.csv import written
from arshjul.views.windows.model import WindowsPage
from arshjul.views.windows.texts import headings, rows


def render(page: WindowsPage) -> bytes:
    """As the plan's CSV: `id;start;slut` (ISO days) first, UTF-8 with BOM, no cell that could run as a formula."""
    lines = [["id", "start", "slut", *headings(page.comparison)[:-1]]]
    for each, cells in zip(page.comparison.measured, rows(page.comparison), strict=True):
        days = (str(each.window.start), str(each.window.end)) if each.window else ("", "")
        lines.append([each.id, *days, *cells[:-1]])
    return written(lines)
