"""The wishes in a terminal: a paragraph for each body."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.formats.terminal import Paint, safe, wrap
from arshjul.views.wishes.model import State, WishesPage
from arshjul.views.wishes.texts import days, headline, judgement, matter, reasons, summary

COLORS = {State.UNMET: "fel", State.MISSING: "fel"}


def render(page: WishesPage, width: int | None, paint: Paint) -> str:
    """The days first, then what they are for and why."""
    return "".join(f"{line}\n" for line in _lines(page, width or 10_000, paint))


def _lines(page: WishesPage, width: int, paint: Paint) -> Iterator[str]:
    yield paint(safe(headline(page)), "fet")
    yield safe(summary(page))
    for body, wishes in page.by_body.items():
        name = page.bodies[body]
        yield from ("", paint(safe(body if name == body else f"{body}, {name}"), "fet"))
        for wish in wishes:
            yield from (f"  {part}" for part in wrap(safe(f"{days(wish.need)}: {matter(wish)}"), width - 2))
            yield from (f"    {paint(part, 'svag')}" for part in wrap(safe(reasons(wish.need)), width - 4))
            if words := judgement(wish):
                color = COLORS.get(wish.state)
                yield from (f"    {paint(part, color) if color else part}" for part in wrap(safe(words), width - 4))
