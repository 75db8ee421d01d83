"""The ärendeplan as tables for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe
from arshjul.views.agenda.model import AgendaPage
from arshjul.views.agenda.texts import MATTER_COLUMNS, PrintedBody, notes, printed, used_columns


def render(page: AgendaPage, width: int | None, paint: Paint) -> str:
    """The matrix of each body, then its meetings; without a `width` every row is one line."""
    return "".join(f"{line}\n" for line in _lines(page, width, paint))


def _lines(page: AgendaPage, width: int | None, paint: Paint) -> Iterator[str]:
    bodies = printed(page)
    used = used_columns(bodies)
    yield paint(page.title, "fet")
    yield from (paint(safe(note), "svag") for note in notes(page))
    if not bodies:
        yield from ("", "Inga ärenden.")
    for body in bodies:
        yield from ("", paint(safe(body.title), "fet"))
        if body.matrix:
            heading, *rows = lay_out(body.matrix, width)
            yield from (paint(line, "svag") for line in heading)
            yield from (line for row in rows for line in row)
        yield from _meetings(body, used, width, paint)


def _meetings(body: PrintedBody, used: Sequence[int], width: int | None, paint: Paint) -> Iterator[str]:
    """The matters of all the body's meetings, in columns that are aligned over them; headed once."""
    cells = [matter.cells for meeting in body.meetings for matter in meeting.matters]
    blocks = lay_out([[row[number] for number in used] for row in (MATTER_COLUMNS, *cells)], width)
    heading: list[str] = next(blocks)
    for meeting in body.meetings:
        yield from ("", paint(safe(meeting.title), "fet"))
        if meeting.chain:
            yield safe(meeting.chain)
        yield from (paint(line, "svag") for line in heading)
        heading = []
        for _ in meeting.matters:
            yield from next(blocks)
