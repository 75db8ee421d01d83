"""The meetings as a calendar to subscribe to (RFC 5545).

The UID is made of the organisation, the year, the body and the meeting's name, which is of the day first planned: a
meeting that is moved, moves. There is no record of meeting plans, so SEQUENCE counts what the plan itself says has
happened to a meeting: that it was moved, that it is cancelled. DTSTAMP is a fixed day plus SEQUENCE minutes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Event

from arshjul.dates.syntax import DayPart
from arshjul.formats.calendar import add_days, add_time, begun_calendar
from arshjul.record.comparing import uid
from arshjul.views.meetings.model import ListedMeeting, MeetingsOfYear, one_line

FAMILY = "sammantraden"
MIDNIGHT = 24 * 60


def render(plan: MeetingsOfYear) -> bytes:
    """One calendar, an event for each meeting. A cancelled one stays, free and named so, as readers drop it else."""
    name = f"Sammanträden {plan.year} – {one_line(plan.organisation)}"
    calendar = begun_calendar(name, one_line(plan.decision) or name, FAMILY)
    for each in plan.meetings:
        calendar.add_component(_event(each, plan))
    return bytes(calendar.to_ical())


def _event(each: ListedMeeting, plan: MeetingsOfYear) -> Event:
    meeting, event = each.meeting, Event()
    sequence = (meeting.moved_from is not None) + meeting.cancelled
    event.add("uid", uid((one_line(plan.organisation), FAMILY, str(plan.year)), f"{each.body.id}.{each.name}", 1))
    event.add("dtstamp", datetime(plan.year - 1, 1, 1, tzinfo=UTC) + timedelta(minutes=sequence))
    event.add("sequence", sequence)
    title = one_line(each.body.name)
    marks = ", ".join(mark for mark in (*meeting.parts, "preliminärt" if meeting.preliminary else "") if mark)
    event.add("summary", f"INSTÄLLT: {title}" if meeting.cancelled else f"{title} ({marks})" if marks else title)
    event.add("categories", [each.body.id])
    event.add("status", "TENTATIVE" if meeting.preliminary and not meeting.cancelled else "CONFIRMED")
    takes_time = meeting.clock is not None or DayPart.WHOLE_DAY in meeting.parts
    event.add("transp", "OPAQUE" if takes_time and not meeting.cancelled else "TRANSPARENT")
    if meeting.place:
        event.add("location", one_line(meeting.place))
    lines = {
        "Tid": each.times,
        "Ärenden": ", ".join(map(one_line, meeting.matters)),
        "Anmärkning": ", ".join(each.remarks),
    }
    if any(lines.values()):
        event.add("description", "\n".join(f"{label}: {text}" for label, text in lines.items() if text))
    clock = meeting.clock
    if clock is None or meeting.end is not None or clock.start >= MIDNIGHT:
        add_days(event, meeting.day, meeting.last_day)
    else:
        length = each.body.meeting_length
        add_time(event, meeting.day, clock.start, clock.end or (clock.start + length if length else None))
    return event
