"""The front page of a year: every process with its standing and its files, and the wheel of what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arshjul.formats.template import filled
from arshjul.formats.text import clean
from arshjul.views import Plan, edited
from arshjul.views.wheel.model import wheel as turned
from arshjul.views.wheel.svg import drawn
from arshjul.wording.heading import standing

TEMPLATE = "index.html.j2"
FORMAT_NAMES = {
    "xlsx": "Excel",
    "md": "Markdown",
    "ics": "Kalender",
    "bokningslista": "Bokningslista",
    "pdf": "PDF",
    "docx": "Word",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A process that was built. `files` maps format → the file's name beside the front page; one of them is html."""

    plan: Plan
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Front:
    """`missing` are the names of the processes that could not be built; `wheel` is the name of the page that `arshjul
    wheel` has written, if it has."""

    budget_year: int
    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()
    wheel: str | None = None
    templates: Mapping[str, str] = field(default_factory=dict)


def render(front: Front) -> bytes:
    """The page as UTF-8.

    Raises:
        InvalidProcess: `syntax`, where the template of the project cannot be read or asks for what is not there.
    """
    return filled(front.templates[TEMPLATE], TEMPLATE, page(front)).encode()


def page(front: Front) -> dict[str, Any]:
    """All a template gets to see; the shipped template is the list of what there is."""
    organisations = dict.fromkeys(clean(entry.plan.timeline.organisation) for entry in front.entries)
    return {
        "budget_year": front.budget_year,
        "organisation": ", ".join(filter(None, organisations)),
        "plans": [_entry(entry) for entry in front.entries],
        "missing": list(front.missing),
        "wheel": front.wheel,
        "year": front.budget_year - 1,
        "svg": _svg(front),
    }


def _svg(front: Front) -> str:
    """What the plans hold of the year before the budget year, in which the budget is made; empty if nothing."""
    wheel = turned((edited(entry.plan).timeline for entry in front.entries), front.budget_year - 1)
    return drawn(wheel, linked=False) if wheel.entries else ""


def _entry(entry: Entry) -> dict[str, Any]:
    plan = edited(entry.plan)
    others = {format_: file for format_, file in entry.files.items() if format_ != "html"}
    return {
        "title": clean(plan.timeline.title),
        "purpose": clean(plan.timeline.purpose),
        "standing": standing(plan.timeline, plan.findings),
        "page": entry.files["html"],
        "files": [{"label": FORMAT_NAMES.get(name, name.upper()), "file": file} for name, file in others.items()],
    }
