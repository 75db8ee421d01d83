"""The plan as a table for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe
from arshjul.timeline import Activity, Column, Timeline
from arshjul.wording.columns import title
from arshjul.wording.dates import dates_of_rows, join_dates, stop_date_text
from arshjul.wording.table import table

WIDE = 100
COLUMNS = {
    "datum": "Datum",
    "aktivitet": "Aktivitet",
    "organ": "Organ",
    "stoppdatum": "Stoppdatum",
    "handläggare": "Ansvarig",
    "id": "Id",
}
STOP_DATE_FIRST = ("stoppdatum", "aktivitet", "organ", "datum", "handläggare", "id")


def render(timeline: Timeline, standing: str, width: int | None, paint: Paint) -> str:
    """A heading and its rows for each phase; the columns are aligned over all of them.

    Without a `width` every row is one line. `standing` is that of the whole plan, also where `timeline` is a part.
    """
    return _page(timeline, standing, _phase_lines(timeline, width, paint), paint)


def render_stop_dates(timeline: Timeline, standing: str, width: int | None, paint: Paint) -> str:
    """One table with the stop date first, in the order of the timeline's rows."""
    return _page(timeline, standing, _stop_date_lines(timeline, width), paint)


def _page(timeline: Timeline, standing: str, lines: Iterator[str], paint: Paint) -> str:
    head = [paint(safe(timeline.title), "fet"), paint(safe(standing), "svag"), ""]
    body = list(lines) if timeline.activities else ["Inga aktiviteter."]
    return "".join(f"{line}\n" for line in [*head, *body, ""])


def _phase_lines(timeline: Timeline, width: int | None, paint: Paint) -> Iterator[str]:
    wanted = tuple(Column(field, COLUMNS[field]) for field in _fitting(tuple(COLUMNS), width))
    printed = table(timeline, wanted)
    heading = [column.heading for column in printed.columns]
    blocks = lay_out([heading, *(row.texts for row in printed.rows)], width)
    yield from (paint(line, "svag") for line in next(blocks))
    for section in printed.sections:
        if section.title:
            yield from ("", paint(safe(section.title), "fet"))
        for _ in section.rows:
            yield from next(blocks)


def _stop_date_lines(timeline: Timeline, width: int | None) -> Iterator[str]:
    dates = dates_of_rows(timeline.activities)
    rows = [_stop_date_cells(activity, texts) for activity, texts in zip(timeline.activities, dates, strict=True)]
    used = [field for field in _fitting(STOP_DATE_FIRST, width) if any(row[field] for row in rows)]
    for block in lay_out(
        [[COLUMNS[field] for field in used], *([row[field] for field in used] for row in rows)], width
    ):
        yield from block


def _stop_date_cells(activity: Activity, dates: Sequence[str]) -> Mapping[str, str]:
    return {
        "stoppdatum": stop_date_text(activity.stop_date, None),
        "aktivitet": title(activity),
        "datum": join_dates(dates),
        "organ": activity.body or "",
        "handläggare": activity.case_officer or "",
        "id": activity.id,
    }


def _fitting(fields: Sequence[str], width: int | None) -> Sequence[str]:
    """A narrow terminal does without the last two."""
    return fields if width is None or width >= WIDE else fields[:-2]
