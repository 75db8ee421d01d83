"""HTML: one self-contained page without network, whole without JavaScript.

The look is a Jinja template that a project can replace, and so is the one small script that adds filters and today.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from arshjul.dates.extent import Precision
from arshjul.formats.template import filled
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Body, Column, Occurrence, Role, Timeline, TimeWindow
from arshjul.views.plan.key_dates import chosen_among, key_dates
from arshjul.views.publication import Edition, WebPage
from arshjul.wording import bands
from arshjul.wording.columns import RowNotes, is_web_link
from arshjul.wording.dates import day_cell
from arshjul.wording.heading import facts, standing
from arshjul.wording.table import Section, Table, TableRow, table

if TYPE_CHECKING:
    from arshjul.wording.changes import ChangeList

TEMPLATE = "tidplan.html.j2"
SCRIPT = "tidplan.js"
_LONGEST_WORD, _LONGEST_CELL = 17, 45  # letters; what is longer may break
_PADDING = 3
_WIDE_PAGE = 150  # letters that fit side by side


def render(plan: Edition, beside: WebPage) -> bytes:
    """The page as UTF-8.

    Raises:
        InvalidProcess: `syntax`, where the template of the project cannot be read or asks for what is not there.
    """
    return filled(beside.templates[TEMPLATE], TEMPLATE, page(plan, beside)).encode()


def page(plan: Edition, beside: WebPage) -> dict[str, Any]:
    """All a template gets to see; the handbook is the list of what there is."""
    from arshjul.views.plan.gantt import sheets

    script = beside.templates.get(SCRIPT, "").replace("\r\n", "\n")  # as the browser hashes it
    # What is done and what has changed stands below the title: a page has no room for more columns.
    printed = table(plan.timeline, alone=True)  # a filter may hide the row above
    return document(plan, printed) | {
        # markup made here, in `qr` and `charts`; what somebody wrote is escaped in it
        "calendars": _calendars(beside.calendars, plan.timeline.address),
        "charts": sheets(clean(plan.timeline.title), printed.sections, plan.timeline.windows),
        "script": script,
        "script_hash": f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
    }


def _calendars(files: Mapping[str, str], page_address: str | None) -> list[dict[str, str]]:
    """The calendars beside the page; where its address is known, theirs too, to follow and to point a phone at."""
    found = [{"label": label, "file": file, "webcal": "", "qr": ""} for label, file in files.items()]
    if not page_address:
        return found
    import segno

    for calendar in found:
        address = urljoin(page_address, quote(calendar["file"]))
        code = segno.make(address, error="m", boost_error=False, micro=False)
        calendar["webcal"] = f"webcal:{address.partition(':')[2]}"
        calendar["qr"] = code.svg_inline(border=4, light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return found


def document(plan: Edition, printed: Table) -> dict[str, Any]:
    """What is printed, in plain values: also what a Word file and a PDF are made of."""
    timeline = plan.timeline
    notes = plan.notes
    undone = None if plan.done is None else {row.id for row in timeline.activities} - plan.done.keys()
    readers = {row.id: _readers(row, timeline) for row in timeline.activities}
    # Those that some row concerns: to choose another would show an empty plan.
    met = {reader for each in readers.values() for reader in each}
    return _key_dates(timeline) | {
        "title": clean(timeline.title),
        "organisation": clean(timeline.organisation),
        "budget_year": timeline.budget_year,
        "standing": standing(timeline, plan.findings),
        "facts": [{"label": label, "text": text} for label, text in facts(timeline)],
        "changes": [_changes(f"plan-andrat-{number}", each) for number, each in enumerate(plan.changes, start=1)],
        "decisions": printed.decisions,
        "readers": [
            {"kind": kind, "members": members}
            for kind, each in (("Organ", timeline.bodies), ("Roller", timeline.roles))
            if (members := _members([reader for reader in each if reader.id in met]))
        ],
        "columns": _columns(printed),
        "sections": [_section(section, printed.columns, readers, notes, undone or ()) for section in printed.sections],
        "bands": [[_window(window) for window in band] for band in bands.bands(timeline.windows)],
        "files": [str(file) for file in timeline.files],
    }


def _readers(row: Activity, timeline: Timeline) -> list[str]:
    """The ids of the bodies and roles that have to do with it."""
    bodies = [str(body.id) for body in timeline.bodies if row.concerns(body)]
    people = row.people
    return bodies + [str(role.id) for role in timeline.roles if role.id in people or role.name in people]


def _members(readers: Sequence[Body | Role]) -> list[dict[str, str]]:
    in_order = sorted(readers, key=lambda reader: (reader.name.casefold(), reader.id))
    return [{"id": str(reader.id), "name": clean(reader.name)} for reader in in_order]


def _key_dates(timeline: Timeline) -> dict[str, Any]:
    """What a reader looks for first, and what was left out of it."""
    found = key_dates(timeline)
    return {
        "key_dates": [
            {
                "id": str(row.activity.id),
                "title": clean(row.activity.title),
                "kind": row.kind,
                "dates": _times(row.dates, row.activity),
                "month": row.month.capitalize(),
                "stop_date": row.stop_date,
            }
            for row in found.rows
        ],
        "key_dates_note": chosen_among(found),
    }


def _changes(identity: str, changes: ChangeList) -> dict[str, Any]:
    """One list of what has changed. `id` of a line is that of its row, which is in no table if it is `gone`."""
    lines = [{"id": str(line.row), "title": line.title, "text": line.text, "gone": line.gone} for line in changes.lines]
    return {"id": identity, "heading": changes.heading, "summary": changes.summary, "lines": lines}


def _window(window: TimeWindow) -> dict[str, Any]:
    return {
        "id": str(window.id),
        "title": clean(window.title),
        "days": bands.days(window),
        "length": bands.length(window),
    }


def _columns(printed: Table) -> list[dict[str, Any]]:
    """The columns with their share of the width in per cent, the same in every table of the page."""
    least, letters = [], []
    for number, column in enumerate(printed.columns):
        cells = [row.texts[number] for row in printed.rows]
        longest = max((len(word) for cell in cells for word in cell.split()), default=0)
        # a heading needs more for being bold
        heading = 1.2 * max(map(len, clean(column.heading).split()), default=0)
        least.append(max(min(longest, _LONGEST_WORD), heading) + _PADDING)
        letters.append(sum(min(len(cell), _LONGEST_CELL) for cell in cells))
    room = max(_WIDE_PAGE - sum(least), 0)
    widths = [width + room * each / sum(letters) for width, each in zip(least, letters, strict=True)]
    return [
        {"field": str(column.field), "heading": clean(column.heading), "share": round(100 * width / sum(widths))}
        for column, width in zip(printed.columns, widths, strict=True)
    ]


def _section(
    section: Section,
    columns: Sequence[Column],
    readers: Mapping[str, Sequence[str]],
    notes: RowNotes,
    undone: Collection[str],
) -> dict[str, Any]:
    """`undone` are the rows that can be late; none where nobody marks what is done."""
    return {
        "id": str(section.phase.id),
        "title": section.title,
        "comment": clean(section.phase.comment),
        "rows": [
            {
                "id": str(row.activity.id),
                "readers": readers[row.activity.id],
                "end": _iso(row.activity.end),
                "decision": row.decision,
                "cancelled": row.cancelled,
                "changed": notes.changed.get(row.activity.id, ""),
                "done": day_cell(notes.done.get(row.activity.id)).text,
                "late_after": _iso(row.activity.late_after if row.activity.id in undone else None),
                "cells": [_cell(column, text, row) for column, text in zip(columns, row.texts, strict=True)],
            }
            for row in section.rows
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cell(column: Column, text: str, row: TableRow) -> dict[str, Any]:
    """`dates` are those that the cell says, each with what stands before it: `, `, ` och ` or ` eller `."""
    dates: list[dict[str, Any]] = []
    if column.field == "stoppdatum" and row.activity.stop_date.day:
        dates = [{"before": "", "text": text, "machine": row.activity.stop_date.day.isoformat()}]
    elif column.field == "datum":
        dates = _times(row.dates, row.activity)
    return {
        "field": str(column.field),
        "heading": clean(column.heading),
        "text": text,
        "link": text if column.field == "länk" and is_web_link(text) else None,
        "dates": dates,
    }


def _times(texts: Sequence[str], activity: Activity) -> list[dict[str, Any]]:
    between, last = (" eller ", " eller ") if activity.alternatives else (", ", " och ")
    separators = ["", *[between] * (len(texts) - 2), last][: len(texts)]
    parts = zip(separators, texts, activity.occurrences, strict=True)
    return [{"before": before, "text": text, "machine": machine_date(each)} for before, text, each in parts]


def machine_date(occurrence: Occurrence) -> str | None:
    """The value of `<time datetime>` where HTML has one for these days: a day, an ISO week, a month, a year."""
    match occurrence.precision:
        case Precision.DAY if occurrence.start == occurrence.end:
            return occurrence.start.isoformat()
        case Precision.WEEK if (week := f"{occurrence.start:%G-W%V}") == f"{occurrence.end:%G-W%V}":
            return week
        case Precision.MONTH if _month(occurrence.start) == _month(occurrence.end):
            return _month(occurrence.start)
        case Precision.YEAR if occurrence.start.year == occurrence.end.year:
            return str(occurrence.start.year)
        case _:
            return None


def _month(day: date) -> str:
    return day.isoformat()[:7]
