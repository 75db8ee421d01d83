"""The plan as a table for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe
from arshjul.timeline import Column, Timeline
from arshjul.wording.columns import DONE, RowNotes, title
from arshjul.wording.dates import dates_of_rows, day_cell, join_dates, stop_date_text
from arshjul.wording.table import table

NOTHING_DONE: Mapping[str, date] = MappingProxyType({})
# Width of the screen from which a column has room. The id is what one asks `explain` for: it is the last to go.
ROOM = {
    "aktivitet": 0,
    "datum": 0,
    "stoppdatum": 0,
    "id": 30,
    "klart": 50,
    "organ": 60,
    "ansvarig": 100,
    "handläggare": 120,
}
COLUMNS = {
    "datum": "Datum",
    "aktivitet": "Aktivitet",
    "organ": "Organ",
    "stoppdatum": "Stoppdatum",
    "ansvarig": "Ansvarig",
    "handläggare": "Handläggare",
    DONE: "Klart",
    "id": "Id",
}
STOP_DATE_FIRST = ("stoppdatum", "aktivitet", "organ", "datum", "ansvarig", "handläggare", DONE, "id")


def render(
    timeline: Timeline, standing: str, width: int | None, paint: Paint, done: Mapping[str, date] = NOTHING_DONE
) -> str:
    """A heading and its rows for each phase; the columns are aligned over all of them.

    Without a `width` every row is one line. `standing` is that of the whole plan, also where `timeline` is a part.
    """
    wanted = tuple(Column(field, COLUMNS[field]) for field in _fitting(tuple(COLUMNS), width))
    room = width is None or width >= ROOM[DONE]
    printed = table(timeline, wanted, notes=RowNotes(done if room else NOTHING_DONE))
    heading = [column.heading for column in printed.columns]
    blocks = lay_out([heading, *(row.texts for row in printed.rows)], width)
    lines = [paint(line, "svag") for line in next(blocks)]
    for section in printed.sections:
        if section.title:
            lines += ["", paint(safe(section.title), "fet")]
        for _ in section.rows:
            lines += next(blocks)
    return _page(timeline, standing, lines, paint)


def render_stop_dates(
    timeline: Timeline, standing: str, width: int | None, paint: Paint, done: Mapping[str, date] = NOTHING_DONE
) -> str:
    """One table with the stop date first, in the order of the timeline's rows."""
    rows = [
        {
            "stoppdatum": stop_date_text(activity.stop_date, None),
            "aktivitet": title(activity),
            "datum": join_dates(dates, alternatives=activity.alternatives),
            "organ": activity.body or "",
            "ansvarig": activity.responsible or "",
            "handläggare": activity.case_officer or "",
            DONE: day_cell(done.get(activity.id)).text,
            "id": activity.id,
        }
        for activity, dates in zip(timeline.activities, dates_of_rows(timeline.activities), strict=True)
    ]
    used = [field for field in _fitting(STOP_DATE_FIRST, width) if any(row[field] for row in rows)]
    heading = [COLUMNS[field] for field in used]
    blocks = lay_out([heading, *([row[field] for field in used] for row in rows)], width)
    return _page(timeline, standing, [line for block in blocks for line in block], paint)


def _page(timeline: Timeline, standing: str, lines: Sequence[str], paint: Paint) -> str:
    head = [paint(safe(timeline.title), "fet"), paint(safe(standing), "svag"), ""]
    body = lines if timeline.activities else ["Inga aktiviteter."]
    return "".join(f"{line}\n" for line in [*head, *body, ""])


def _fitting(fields: Sequence[str], width: int | None) -> Sequence[str]:
    """A narrow terminal does without those that it has no room for."""
    return [field for field in fields if width is None or width >= ROOM[field]]
