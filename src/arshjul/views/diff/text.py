"""A difference in a terminal: a paragraph for each cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.formats.terminal import Paint, safe, wrap
from arshjul.views.diff.model import Difference
from arshjul.views.diff.texts import NOTHING, Section, headline, sections, summary


def render(differences: Sequence[Difference], width: int | None, paint: Paint) -> str:
    """One process after the other, a blank line between."""
    return "\n".join("".join(f"{line}\n" for line in _lines(each, width or 10_000, paint)) for each in differences)


def _lines(difference: Difference, width: int, paint: Paint) -> Iterator[str]:
    yield paint(safe(headline(difference)), "fet")
    yield from wrap(safe(NOTHING if difference.empty else summary(difference)), width)
    for section in sections(difference):
        yield ""
        yield from _section(section, width, paint)


def _section(section: Section, width: int, paint: Paint) -> Iterator[str]:
    yield from (paint(line, "fet") for line in wrap(safe(section.heading), width))
    if section.aside:
        yield f"  {paint(safe(section.aside), 'svag')}"
    for line in section.lines:
        shown = safe(f"{line.name}  {line.id}".rstrip())
        yield from (f"  {part}" for part in wrap(shown, width - 2))
        for part in wrap(safe(line.text), width - 4):
            yield f"    {part if line.id else paint(part, 'svag')}"
