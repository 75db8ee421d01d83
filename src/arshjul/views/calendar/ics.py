"""A calendar to subscribe to (RFC 5545): an event for each certain date, and for each stop date.

A reader knows an event again by its UID, which is made of the organisation, the process, the year, the activity's id
and which of its dates it is, never of the date: so a meeting that is moved, moves. Which of two files is the later
must be told without a clock: SEQUENCE comes from the record of what was published, which raises it with every change.
DTSTAMP may not be left out and is a fixed day plus SEQUENCE minutes, for readers that look at that instead; a
LAST-MODIFIED would be made up. To those who subscribe by address it is all the same: the reader replaces the whole
calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from icalendar import Alarm, Event

from arshjul.formats.calendar import add_days, add_time, begun_calendar
from arshjul.formats.text import clean
from arshjul.record.comparing import EventKey, EventVersion, uid
from arshjul.timeline import Activity, Status
from arshjul.views.calendar.model import (
    CalendarEntry,
    entries,
    home,
    marked,
    marked_stop_date,
    matter,
    people,
    stop_dates,
)
from arshjul.views.publication import Audience, Edition
from arshjul.wording.columns import is_web_link
from arshjul.wording.dates import dates_alone, stop_date_text
from arshjul.wording.heading import standing

WEEK_BEFORE_AT_NINE = timedelta(days=-7, hours=9)


Versions = Mapping[EventKey, EventVersion]


def render(plan: Edition, part: str | None, versions: Versions) -> bytes:
    """One calendar: dates and stop dates of the timeline's rows, in printed order, stop dates last.

    An event that `versions` lacks is one that was never published.
    """
    name = " – ".join(clean(name) for name in (plan.timeline.title, part) if name)
    calendar = begun_calendar(name, standing(plan.timeline, plan.findings), "tidplan")
    for entry in entries(plan.timeline):
        calendar.add_component(_event(entry, plan, versions))
    for activity, day in stop_dates(plan.timeline):
        calendar.add_component(_stop_date(activity, day, plan, versions))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, plan: Edition, versions: Versions) -> Event:
    cancelled = entry.activity.status is Status.CANCELLED
    event = _begun(entry.activity, entry.ordinal, plan, versions)
    event.add("summary", marked(entry))
    event.add("status", _status(entry.activity, tentative=entry.tentative))
    event.add("transp", "OPAQUE" if entry.gathers and not cancelled else "TRANSPARENT")
    if entry.activity.place:
        event.add("location", clean(entry.activity.place))
    occurrence = entry.occurrence
    if not entry.timed or occurrence.clock is None:
        add_days(event, occurrence.start, occurrence.end)
        return event
    # It ends when it is as long as its body's meetings are.
    lengths = (body.meeting_length for body in plan.timeline.bodies if body.id == entry.activity.body)
    length = next(lengths, None)
    end = occurrence.clock.end or (occurrence.clock.start + length if length else None)
    add_time(event, occurrence.start, occurrence.clock.start, end)
    return event


def _stop_date(activity: Activity, day: date, plan: Edition, versions: Versions) -> Event:
    event = _begun(activity, None, plan, versions)
    event.add("status", _status(activity, tentative=activity.stop_date.preliminary))
    event.add("summary", marked_stop_date(activity))
    event.add("transp", "TRANSPARENT")
    add_days(event, day, day)
    if activity.status is not Status.CANCELLED:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Stoppdatum {matter(activity)}")
        alarm.add("trigger", WEEK_BEFORE_AT_NINE)
        event.add_component(alarm)
    return event


def _begun(activity: Activity, position: int | None, plan: Edition, versions: Versions) -> Event:
    """An event with what does not depend on whether it is of a date or of a stop date."""
    event = Event()
    key = EventKey(activity.id, position)
    version = versions.get(key) or EventVersion(uid(home(plan.timeline), activity.lasting_id, position))
    event.add("uid", version.uid)
    first = datetime(plan.timeline.budget_year - 1, 1, 1, tzinfo=UTC)
    event.add("dtstamp", first + timedelta(minutes=version.sequence))
    event.add("sequence", version.sequence)
    lines = {
        "Inställt": activity.cancelled,
        "När": dates_alone(activity),
        "Stoppdatum": stop_date_text(activity.stop_date, None),
        "Syfte": activity.purpose,
        "Mål": activity.goal,
        "Deltagare": people(activity),
        "Ansvarig": activity.responsible,
        "Tjänsteskrivelse": activity.case_officer,
        "Till": activity.recipient,
        "Kommentar": None if plan.audience is Audience.PUBLIC else activity.comment,
        "Tidplan": plan.timeline.title,
    }
    event.add("description", "\n".join(f"{label}: {clean(text)}" for label, text in lines.items() if text))
    if activity.type is not None:
        event.add("categories", [activity.type.value])
    if activity.link and is_web_link(activity.link):
        event.add("url", activity.link)
    elif plan.timeline.address:
        event.add("url", f"{plan.timeline.address}#{quote(activity.id)}")
    return event


def _status(activity: Activity, *, tentative: bool) -> str:
    """What is cancelled says so in its title: many readers of a subscribed calendar drop an event with that status."""
    return "TENTATIVE" if tentative and activity.status is not Status.CANCELLED else "CONFIRMED"
