"""The ärendeplan as Markdown: a section for each body, its matrix, then a table for each meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.formats.markdown import escaped, grid
from arshjul.views.agenda.model import AgendaPage
from arshjul.views.agenda.texts import MATTER_COLUMNS, PrintedMatter, notes, printed, used_columns


def render(page: AgendaPage) -> bytes:
    """A section for each body: its matrix, then a table for each meeting."""
    return ("\n\n".join(_blocks(page)) + "\n").encode()


def _blocks(page: AgendaPage) -> Iterator[str]:
    bodies = printed(page)
    used = used_columns(bodies)
    yield f"# {page.title}"
    if len(page.organisations) == 1:
        yield escaped(page.organisations[0])
    yield from map(escaped, notes(page))
    if any(matter.decision for body in bodies for meeting in body.meetings for matter in meeting.matters):
        yield "Beslut står i **fet** stil."
    for body in bodies:
        yield f"## {escaped(body.title)}"
        if body.matrix:
            heading, *rows = ([escaped(cell) for cell in row] for row in body.matrix)
            yield grid(heading, rows)
        for meeting in body.meetings:
            yield f"### {escaped(meeting.title)}"
            if meeting.chain:
                yield escaped(meeting.chain)
            heading = [MATTER_COLUMNS[number] for number in used]
            yield grid(heading, [_cells(matter, used) for matter in meeting.matters])


def _cells(matter: PrintedMatter, used: Sequence[int]) -> list[str]:
    cells = [escaped(matter.cells[number]) for number in used]
    return [f"**{cells[0]}**", *cells[1:]] if matter.decision else cells
