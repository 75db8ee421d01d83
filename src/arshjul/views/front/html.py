"""The front page of a year: every process with its standing and its files, and the wheel of what they hold."""

from __future__ import annotations

from typing import Any

from arshjul.formats.template import filled
from arshjul.formats.text import clean
from arshjul.views.front.model import Entry, Front
from arshjul.views.wheel.html import circles_drawn, hand, months_listed
from arshjul.views.wheel.model import wheel as wheel_of
from arshjul.wording.heading import standing

TEMPLATE = "index.html.j2"
FORMAT_NAMES = {
    "xlsx": "Excel",
    "md": "Markdown",
    "ics": "Kalender",
    "bokningslista": "Bokningslista",
    "pdf": "PDF",
    "affisch": "Affisch",
    "docx": "Word",
    "text": "Text",
}


def render(front: Front) -> bytes:
    """The page as UTF-8.

    Raises:
        InvalidProcess: `syntax`, where the template of the project cannot be read or asks for what is not there.
    """
    return filled(front.templates[TEMPLATE], TEMPLATE, page(front)).encode()


def page(front: Front) -> dict[str, Any]:
    """All a template gets to see; the shipped template is the list of what there is."""
    organisations = dict.fromkeys(clean(entry.edition.timeline.organisation) for entry in front.entries)
    wheel = wheel_of((entry.edition.timeline for entry in front.entries), front.budget_year - 1)
    return {
        "budget_year": front.budget_year,
        "organisation": ", ".join(filter(None, organisations)),
        "plans": [_entry(entry) for entry in front.entries],
        "missing": list(front.missing),
        "wheel": front.wheel,
        "year": front.budget_year - 1,
        # The year before the budget year, in which the budget is made; empty where nothing happens.
        "circles": circles_drawn(wheel, linked=False) if wheel.entries else [],
        "months": months_listed(wheel) if wheel.entries else [],
        **hand(front.templates),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    timeline = entry.edition.timeline
    others = {format_: file for format_, file in entry.files.items() if format_ != "html"}
    return {
        "title": clean(timeline.title),
        "purpose": clean(timeline.purpose),
        "standing": standing(timeline, entry.edition.findings),
        "page": entry.files["html"],
        "files": [{"label": FORMAT_NAMES.get(name, name.upper()), "file": file} for name, file in others.items()],
    }
