"""The ärendeplan as a page of its own: a section for each body, its matrix, then a table for each meeting."""

from __future__ import annotations

from typing import Any

from arshjul.formats.template import filled
from arshjul.views.agenda.model import AgendaPage
from arshjul.views.agenda.texts import MATTER_COLUMNS, notes, printed, used_columns

TEMPLATE = "arendeplan.html.j2"


def render(page: AgendaPage) -> bytes:
    """The page as UTF-8.

    Raises:
        InvalidProcess: `syntax`, where the template of the project cannot be read or asks for what is not there.
    """
    return filled(page.templates[TEMPLATE], TEMPLATE, document(page)).encode()


def document(page: AgendaPage) -> dict[str, Any]:
    """All a template gets to see; the shipped template is the list of what there is."""
    bodies = printed(page)
    used = used_columns(bodies)
    return {
        "title": page.title,
        "organisation": page.organisations[0] if len(page.organisations) == 1 else "",
        "notes": list(notes(page)),
        "columns": [MATTER_COLUMNS[number] for number in used],
        "bodies": [
            {
                "title": body.title,
                "matrix": [list(row) for row in body.matrix],
                "meetings": [
                    {
                        "title": meeting.title,
                        "chain": meeting.chain,
                        "matters": [
                            {"cells": [matter.cells[number] for number in used], "decision": matter.decision}
                            for matter in meeting.matters
                        ],
                    }
                    for meeting in body.meetings
                ],
            }
            for body in bodies
        ],
    }
