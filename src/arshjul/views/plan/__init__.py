"""The plan of one process in one budget year, in every format.

Importing this room imports no format: openpyxl and Jinja are paid for by those who use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arshjul.timeline import Timeline
    from arshjul.views.publication import Publication

# Format → what comes after the name of the plan in the name of its file.
ENDINGS: Mapping[str, str] = {
    "xlsx": ".xlsx",
    "md": ".md",
    "html": ".html",
    "json": ".json",
    "csv": ".csv",
    "ics": ".ics",
    "bokningslista": "-bokningslista.csv",
    "pdf": ".pdf",
    "affisch": "-affisch.pdf",
    "docx": ".docx",
    "text": ".txt",
}
FORMATS = tuple(ENDINGS)
# Format → the library it needs, and the extra of arshjul that brings it.
EXTRAS: Mapping[str, tuple[str, str]] = {
    "pdf": ("typst", "pdf"),
    "affisch": ("typst", "pdf"),
    "docx": ("docxtpl", "word"),
}
SHEETS = ("gantt", "bodies", "windows", "holidays")


def is_empty(format_: str, timeline: Timeline) -> bool:
    """Whether the file would have no line but its head: a calendar without events, nothing to book."""
    if format_ not in ("ics", "bokningslista"):
        return False
    from arshjul.views.calendar import bookings, model

    if format_ == "ics":
        return not any(model.entries(timeline)) and not any(model.stop_dates(timeline))
    return not any(bookings.meetings(timeline))


def render(format_: str, publication: Publication) -> bytes:
    """The file in one of `FORMATS`. Each format is handed what it reads, and never more than the audience may see.

    Raises:
        InvalidProcess: `syntax` in a project's own template, `limit` where a text does not fit in a cell, or a plan
                on a poster.
    """
    edition = publication.edition
    match format_:
        case "xlsx":
            from arshjul.views.plan import excel

            return excel.render(edition, publication.edition_book)
        case "md":
            from arshjul.views.plan import markdown

            return markdown.render(edition)
        case "html":
            from arshjul.views.plan import html

            return html.render(edition, publication.page)
        case "json":
            from arshjul.views.plan import json

            return json.render(edition)
        case "csv":
            from arshjul.views.plan import csv

            return csv.render(edition)
        case "ics":
            from arshjul.views.calendar import ics

            return ics.render(edition, publication.part, publication.versions)
        case "bokningslista":
            from arshjul.views.calendar import bookings

            return bookings.render(edition)
        case "pdf":
            from arshjul.views.plan import pdf

            return pdf.render(edition)
        case "affisch":
            from arshjul.views.plan import poster

            return poster.render(edition)
        case "docx":
            from arshjul.views.plan import word

            return word.render(edition, publication.word_template)
        case "text":
            from arshjul.views.plan import text

            return text.render(edition)
    raise ValueError(format_)
