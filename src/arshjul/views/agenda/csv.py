"""The ärendeplan as CSV: a line for each matter and meeting, for a spreadsheet to sort and filter."""

from __future__ import annotations

from datetime import date

from arshjul.formats.csv import written
from arshjul.formats.text import clean
from arshjul.views.agenda.model import AgendaPage, Matter
from arshjul.views.agenda.texts import NO_DAY, meeting_marks, meeting_time, own_stop_date, step_marks
from arshjul.wording.columns import title

COLUMNS = ("ärende", "typ", "eget stoppdatum", "handläggare", "process", "id")


def render(page: AgendaPage) -> bytes:
    """CSV: a line for each matter and meeting, days in ISO, a column for every step and what is special about them."""
    steps = tuple(dict.fromkeys(name for body in page.bodies for name in body.steps))
    rows = [["organ", "sammanträde", "tid", "plats", *steps, "anmärkning", *COLUMNS]]
    for body in page.bodies:
        for meeting in body.meetings:
            head = [body.id, meeting.day.isoformat(), meeting_time(meeting), clean(meeting.place)]
            written_days = [(step.name, step.day.isoformat() if step.day else step.words) for step in meeting.steps]
            days = [", ".join(day for step, day in written_days if step == name) for name in steps]
            # All that the texts mark, in words: preliminary, moved, not planned, steps that deviate or rolled.
            of_steps = (f"{step.name}: {mark}" for step in meeting.steps for mark in step_marks(step, meeting.day))
            remarks = "; ".join([*meeting_marks(meeting), *of_steps])
            rows += [[*head, *days, remarks, *_cells(matter, meeting.day)] for matter in meeting.matters]
        unknown = [body.id, "", "", "", *([""] * len(steps)), NO_DAY.lower()]
        rows += [[*unknown, *_cells(matter, None)] for matter in body.undated]
    return written(rows)


def _cells(matter: Matter, beside: date | None) -> list[str]:
    activity = matter.activity
    kind = activity.type.value if activity.type else ""
    own = own_stop_date(matter, beside).text
    stop = activity.stop_date.day.isoformat() if own and activity.stop_date.day else own
    return [title(activity), kind, stop, clean(activity.case_officer), clean(matter.process), clean(activity.id)]
