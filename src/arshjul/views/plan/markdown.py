"""Markdown for git and forges: one table per phase, one row per activity, so one changed date is one changed line.

What counts rows stands last, and no row leaves out a year because of the one above it.
"""

from __future__ import annotations

import re

from arshjul.formats.markdown import escaped, grid
from arshjul.views.publication import Edition
from arshjul.wording import bands
from arshjul.wording.columns import is_web_link
from arshjul.wording.heading import facts, preliminary, worth
from arshjul.wording.table import TableRow, table


def render(plan: Edition) -> bytes:
    """UTF-8, `\\n`, a blank line between blocks; cells are not padded."""
    timeline = plan.timeline
    printed = table(timeline, alone=True, notes=plan.notes)
    blocks = [f"# {escaped(timeline.title)}"]
    if timeline.organisation:
        blocks.append(escaped(timeline.organisation))
    blocks.append(escaped(worth(timeline, plan.findings)))
    blocks += (f"{label}: {escaped(text)}" for label, text in facts(timeline))
    changes = plan.changes
    blocks += (escaped(each.summary) for each in changes)
    if printed.decisions:
        blocks.append("Beslut står i **fet** stil.")
    if timeline.windows:
        blocks.append(f"{bands.HEADING}:")
    for band in bands.bands(timeline.windows):
        spans = [escaped(f"{bands.days(window)}\n{bands.length(window)}") for window in band]
        blocks.append(grid([escaped(window.title) for window in band], [spans]))
    headings = [escaped(column.heading) for column in printed.columns]
    fields = [column.field for column in printed.columns]
    for section in printed.sections:
        if section.title:
            blocks.append(f"## {escaped(section.title)}")
        if section.phase.comment:
            blocks.append(escaped(section.phase.comment))
        rows = [
            [_cell(field, text, row) for field, text in zip(fields, row.texts, strict=True)] for row in section.rows
        ]
        blocks.append(grid(headings, rows))
    for each in changes:
        if each.lines:
            lines = (f"- {escaped(line.title)}: {escaped(line.text)}" for line in each.lines)
            blocks += [f"## {escaped(each.heading)}", "\n".join(lines)]
    if waiting := preliminary(timeline):
        blocks.append(f"Preliminär: {waiting}")
    return ("\n\n".join(blocks) + "\n").encode()


def _cell(field: str, text: str, row: TableRow) -> str:
    if field == "länk" and is_web_link(text):
        address = re.sub(r"[<>|\\\s]", lambda match: f"%{ord(match[0]):02X}", text)
        return f"[{escaped(text)}](<{address}>)"
    if field == "aktivitet" and row.decision:
        return f"**{escaped(text)}**"
    if field == "datum" and row.cancelled:
        return f"~~{escaped(text)}~~"
    return escaped(text)
