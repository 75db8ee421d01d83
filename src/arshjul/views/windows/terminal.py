"""The windows as a table for a terminal or a pipe."""

from __future__ import annotations

from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe
from arshjul.views.windows.model import WindowsPage
from arshjul.views.windows.texts import NONE, headings, rows


def render(page: WindowsPage, width: int | None, paint: Paint) -> str:
    """The title, the standing, a row for each window; without a `width` every row is one line."""
    head = [paint(safe(page.title), "fet"), paint(safe(page.standing), "svag"), ""]
    blocks = lay_out([headings(page.comparison), *rows(page.comparison)], width)
    body = [line for block in blocks for line in block] if page.comparison.measured else [NONE]
    return "".join(f"{line}\n" for line in [*head, *body, ""])
