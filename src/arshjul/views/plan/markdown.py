"""Markdown for git and forges: one table per phase, one row per activity, so one changed date is one changed line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from arshjul.formats.markdown import escaped, grid
from arshjul.timeline import Column, Window
from arshjul.views import Plan
from arshjul.wording import bands
from arshjul.wording.columns import is_web_link
from arshjul.wording.heading import facts, standing
from arshjul.wording.table import Row, Section, Table, table


def render(plan: Plan) -> bytes:
    """UTF-8, `\\n`, a blank line between blocks; cells are not padded."""
    return ("\n\n".join(_blocks(plan)) + "\n").encode()


def _blocks(plan: Plan) -> Iterator[str]:
    timeline = plan.timeline
    printed = table(timeline)
    yield f"# {escaped(timeline.title)}"
    if timeline.organisation:
        yield escaped(timeline.organisation)
    yield escaped(standing(timeline, plan.findings))
    yield from (f"{label}: {escaped(text)}" for label, text in facts(timeline))
    if printed.decisions:
        yield "Beslut står i **fet** stil."
    if timeline.windows:
        yield f"{bands.HEADING}:"
        yield from map(_band, bands.bands(timeline.windows))
    for section in printed.sections:
        yield from _section(section, printed)


def _section(section: Section, printed: Table) -> Iterator[str]:
    if section.title:
        yield f"## {escaped(section.title)}"
    if section.phase.comment:
        yield escaped(section.phase.comment)
    headings = [escaped(column.heading) for column in printed.columns]
    yield grid(headings, [_cells(row, printed.columns) for row in section.rows])


def _cells(row: Row, columns: Sequence[Column]) -> list[str]:
    return [_cell(column.field, text, row) for column, text in zip(columns, row.texts, strict=True)]


def _cell(field: str, text: str, row: Row) -> str:
    if field == "länk" and is_web_link(text):
        return f"[{escaped(text)}](<{_address(text)}>)"
    if field == "aktivitet" and row.decision:
        return f"**{escaped(text)}**"
    if field == "datum" and row.cancelled:
        return f"~~{escaped(text)}~~"
    return escaped(text)


def _address(link: str) -> str:
    return re.sub(r"[<>|\\\s]", lambda match: f"%{ord(match[0]):02X}", link)


def _band(band: bands.Band) -> str:
    return grid([escaped(window.title) for window in band], [[_days_and_length(window) for window in band]])


def _days_and_length(window: Window) -> str:
    return escaped(f"{bands.days(window)}\n{bands.length(window)}")
