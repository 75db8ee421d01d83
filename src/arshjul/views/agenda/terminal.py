"""The ärendeplan as tables for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe
from arshjul.views.agenda.model import AgendaPage
from arshjul.views.agenda.texts import MATTER_COLUMNS, PrintedBody, notes, printed, used_columns


def render(page: AgendaPage, width: int | None, paint: Paint) -> str:
    """The matrix of each body, then its meetings; without a `width` every row is one line."""
    bodies = printed(page)
    used = used_columns(bodies)
    lines = [paint(page.title, "fet"), *(paint(safe(note), "svag") for note in notes(page))]
    if not bodies:
        lines += ["", "Inga ärenden."]
    for body in bodies:
        lines += ["", paint(safe(body.title), "fet")]
        if body.matrix:
            heading, *rows = lay_out(body.matrix, width)
            lines += [*(paint(line, "svag") for line in heading), *(line for row in rows for line in row)]
        lines += _meetings(body, used, width, paint)
    return "".join(f"{line}\n" for line in lines)


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
