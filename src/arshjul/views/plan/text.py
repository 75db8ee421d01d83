"""The plan in twelve lines, month by month: for an intranet page or a mail."""

from __future__ import annotations

from itertools import groupby

from arshjul.formats.text import clean
from arshjul.views.plan.key_dates import KeyDate, chosen_among, key_dates
from arshjul.views.publication import Edition
from arshjul.wording.dates import starred_dates, starred_stop_date
from arshjul.wording.heading import standing


def render(plan: Edition) -> bytes:
    """UTF-8, `\\n`. A line for each month in which a key date begins: `Juni 2025: tisdag 3 juni KS: budget; …`."""
    timeline = plan.timeline
    found = key_dates(timeline)
    lines = [" – ".join(filter(None, (clean(timeline.title), clean(timeline.organisation))))]
    lines += [standing(timeline, plan.findings), *(each.summary for each in plan.changes), ""]
    for month, rows in groupby(found.rows, lambda row: row.month):
        lines.append(f"{month.capitalize() or 'Utan datum'}: {'; '.join(map(_item, rows))}")
    notes = ["* preliminärt"] if any("*" in line for line in lines) else []
    if not found.rows:
        notes.append("Planen har inga beslut, sista dagar eller dialogdagar.")
    notes.append(chosen_among(found))
    return "\n".join([*lines, "", *filter(None, notes)]).strip().encode() + b"\n"


def _item(row: KeyDate) -> str:
    activity = row.activity
    title = clean(activity.title)
    body = clean(activity.body)
    papers = starred_stop_date(activity.stop_date, activity.start) if row.stop_date and activity.start else ""
    words = [
        starred_dates(activity),
        "INSTÄLLT:" if activity.cancelled is not None else "",
        title,
        f"({body})" if body and not title.startswith(f"{body}:") else "",
        f"(stoppdatum {papers})" if papers else "",
    ]
    return " ".join(filter(None, words))
