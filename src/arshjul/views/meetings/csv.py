"""The meetings as a list: a row for each, its day in ISO so that it sorts."""

from __future__ import annotations

from arshjul.dates.swedish import days_name
from arshjul.formats.csv import written
from arshjul.views.meetings.model import MeetingsOfYear, one_line

COLUMNS = ("Organ", "Namn", "Datum", "Tid", "Plats", "Ärenden", "Anmärkning")


def render(plan: MeetingsOfYear) -> bytes:
    """CSV, body by body; `import --as meetings` reads it back."""
    rows = []
    for each in plan.meetings:
        meeting = each.meeting
        days = meeting.day.isoformat()
        if meeting.end:
            named = days_name(meeting.day, meeting.end)
            days = f"{named.text} {named.year}"
        place, matters = one_line(meeting.place), ", ".join(map(one_line, meeting.matters))
        rows.append((each.body.id, one_line(each.body.name), days, each.times, place, matters, ", ".join(each.remarks)))
    return written([COLUMNS, *rows])
