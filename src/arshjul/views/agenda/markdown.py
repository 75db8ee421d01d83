"""The ärendeplan as Markdown: a section for each body, its matrix, then a table for each meeting."""

from __future__ import annotations

from arshjul.formats.markdown import escaped, grid
from arshjul.views.agenda.model import AgendaPage
from arshjul.views.agenda.texts import MATTER_COLUMNS, notes, printed, used_columns


def render(page: AgendaPage) -> bytes:
    """A section for each body: its matrix, then a table for each meeting."""
    bodies = printed(page)
    used = used_columns(bodies)
    heading = [MATTER_COLUMNS[number] for number in used]
    blocks = [f"# {page.title}", *map(escaped, page.organisations if len(page.organisations) == 1 else ())]
    blocks += map(escaped, notes(page))
    if any(matter.decision for body in bodies for meeting in body.meetings for matter in meeting.matters):
        blocks.append("Beslut står i **fet** stil.")
    for body in bodies:
        blocks.append(f"## {escaped(body.title)}")
        if body.matrix:
            first, *rows = ([escaped(cell) for cell in row] for row in body.matrix)
            blocks.append(grid(first, rows))
        for meeting in body.meetings:
            blocks += [f"### {escaped(meeting.title)}", *([escaped(meeting.chain)] if meeting.chain else [])]
            cells = [[escaped(matter.cells[number]) for number in used] for matter in meeting.matters]
            for row, matter in zip(cells, meeting.matters, strict=True):
                if matter.decision:
                    row[0] = f"**{row[0]}**"
            blocks.append(grid(heading, cells))
    return ("\n\n".join(blocks) + "\n").encode()
