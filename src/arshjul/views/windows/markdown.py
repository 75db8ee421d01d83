"""The windows in Markdown: a heading, the standing, a table."""

from __future__ import annotations

from arshjul.formats.markdown import escaped, grid
from arshjul.views.windows.model import WindowsPage
from arshjul.views.windows.texts import NONE, headings, rows


def render(page: WindowsPage) -> bytes:
    """A table, or a line that says there is nothing to put in one."""
    heading = [escaped(text) for text in headings(page.comparison)]
    cells = [[escaped(cell) for cell in row] for row in rows(page.comparison)]
    table = grid(heading, cells) if cells else NONE
    return f"# {escaped(page.title)}\n\n{escaped(page.standing)}\n\n{table}\n".encode(
        "utf-8", errors="backslashreplace"
    )
