"""The ärendeplan as CSV: a line for each matter and meeting, for a spreadsheet to sort and filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from arshjul.formats.csv import written
from arshjul.formats.text import clean
from arshjul.views.agenda.model import AgendaMeeting, AgendaPage, BodyAgenda, Matter
from arshjul.views.agenda.texts import NO_DAY, meeting_marks, meeting_time, own_stop_date, step_marks
from arshjul.wording.columns import title

COLUMNS = ("ärende", "typ", "eget stoppdatum", "handläggare", "process", "id")


def render(page: AgendaPage) -> bytes:
    """CSV: a line for each matter and meeting, days in ISO, a column for every step and what is special about them."""
    steps = tuple(dict.fromkeys(name for body in page.bodies for name in body.steps))
    heading = ["organ", "sammanträde", "tid", "plats", *steps, "anmärkning", *COLUMNS]
    return written([heading, *(row for body in page.bodies for row in _rows(body, steps))])


def _rows(body: BodyAgenda, steps: Sequence[str]) -> Iterator[list[str]]:
    for meeting in body.meetings:
        head = [body.id, meeting.day.isoformat(), meeting_time(meeting), clean(meeting.place)]
        written_days = [(step.name, step.day.isoformat() if step.day else step.words) for step in meeting.steps]
        days = [", ".join(day for step, day in written_days if step == name) for name in steps]
        for matter in meeting.matters:
            yield [*head, *days, _remarks(meeting), *_cells(matter, meeting.day)]
    for matter in body.undated:
        yield [body.id, "", "", "", *([""] * len(steps)), NO_DAY.lower(), *_cells(matter, None)]


def _remarks(meeting: AgendaMeeting) -> str:
    """All that the texts mark, in words: preliminary, moved, not planned, steps that deviate or rolled."""
    steps = (f"{step.name}: {mark}" for step in meeting.steps for mark in step_marks(step, meeting.day))
    return "; ".join([*meeting_marks(meeting), *steps])


def _cells(matter: Matter, beside: date | None) -> list[str]:
    activity = matter.activity
    kind = activity.type.value if activity.type else ""
    own = own_stop_date(matter, beside).text
    stop = activity.stop_date.day.isoformat() if own and activity.stop_date.day else own
    return [title(activity), kind, stop, clean(activity.case_officer), clean(matter.process), clean(activity.id)]
