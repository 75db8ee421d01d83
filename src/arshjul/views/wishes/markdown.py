"""The wishes in Markdown: one table, to send to whoever makes the meeting plan."""

from __future__ import annotations

from arshjul.formats.markdown import escaped, grid
from arshjul.views.wishes.model import WishesPage
from arshjul.views.wishes.texts import HEADINGS, days, headline, judgement, matter, reasons, summary


def render(page: WishesPage) -> bytes:
    """A row for each meeting, by body and day."""
    headings = [*HEADINGS, *(["I planen"] if page.judged else [])]
    rows = [
        [body, days(wish.need), matter(wish), reasons(wish.need), *([judgement(wish)] if page.judged else [])]
        for body, wishes in page.by_body.items()
        for wish in wishes
    ]
    table = grid(headings, [[escaped(cell) for cell in row] for row in rows]) if rows else ""
    text = f"# {escaped(headline(page))}\n\n{escaped(summary(page))}\n"
    return (f"{text}\n{table}\n" if table else text).encode("utf-8", errors="backslashreplace")
