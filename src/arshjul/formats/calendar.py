"""A calendar file (RFC 5545): its head, the time of Sweden, and when an event is. It knows no timeline."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard

ZONE = "Europe/Stockholm"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
DAILY = timedelta(days=1)


def begun_calendar(name: str, description: str, product: str) -> Calendar:
    """A calendar without events, that a reader fetches again each day. `product` is what of ours made it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//arshjul//{product}//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", description)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", DAILY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    calendar.add_component(_stockholm())
    return calendar


def add_days(event: Event, start: date, end: date) -> None:
    """First to last day; a reader wants the day after the last."""
    event.add("dtstart", start)
    event.add("dtend", end + timedelta(days=1))


def add_time(event: Event, day: date, start: int, end: int | None) -> None:
    """Minutes from midnight as one reads them in Stockholm; an end that nobody has written is not made up."""
    midnight = datetime.combine(day, time())
    event.add("dtstart", midnight + timedelta(minutes=start), parameters={"TZID": ZONE})
    if end is not None:
        event.add("dtend", midnight + timedelta(minutes=end), parameters={"TZID": ZONE})


def _stockholm() -> Timezone:
    """Swedish time since 1996 (förordning 2001:127, directive 2000/84/EC), not as the machine happens to know it."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(
        _change(TimezoneDaylight(), "CEST", datetime.combine(date(1996, 3, 31), time(2)), WINTER, SUMMER)
    )
    zone.add_component(
        _change(TimezoneStandard(), "CET", datetime.combine(date(1996, 10, 27), time(3)), SUMMER, WINTER)
    )
    return zone


def _change(part: Component, name: str, first: datetime, before: timedelta, after: timedelta) -> Component:
    """The last Sunday of the month, every year from the first."""
    part.add("tzname", name)
    part.add("dtstart", first)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": "-1SU"})
    return part
