"""A calendar (RFC 5545) → the meetings in it. Only what a meeting needs is read, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from arshjul.intake.meetings.labels import BodyHeading, KnownBodies, body_heading
from arshjul.intake.meetings.model import FoundMeeting, Unclear
from arshjul.intake.meetings.moments import Moment, in_sweden
from arshjul.intake.meetings.said import Said
from arshjul.intake.meetings.single import Event
from arshjul.intake.meetings.words import is_abbreviation

_SWEDISH_ZONES = re.compile(
    r"Europe/(?:Stockholm|Berlin|Copenhagen|Oslo|Paris)|W\. Europe Standard Time|Romance Standard Time|CET",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
_OURS = "-//arshjul//sammantraden//"
_CANCELLED = re.compile(r"^\s*inställ[td]\w*\s*[:–-]?\s*", re.IGNORECASE)
_MARKS_LAST = re.compile(r"\s*\(([^()]*)\)\s*$")


class Property(Struct, frozen=True, gc=False):
    """The value of a line and its parameters, by their names in capitals."""

    value: str
    parameters: Mapping[str, str]


def events_of(text: str) -> Iterator[Mapping[str, Property]]:
    """The events of a calendar, each as name in capitals → its first line of that name."""
    event: dict[str, Property] | None = None
    inner = 0
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, colon, value = _parted(line)
        if not colon:
            continue
        name, *written = head.split(";")
        parameters = {key.upper(): each.strip('"') for key, _, each in (one.partition("=") for one in written)}
        name = name.upper()
        if (name, value.upper()) == ("BEGIN", "VEVENT"):
            event, inner = {}, 0
        elif (name, value.upper()) == ("END", "VEVENT") and event is not None:
            yield event
            event = None
        elif event is not None:
            inner += (name == "BEGIN") - (name == "END")
            if not inner:
                event.setdefault(name, Property(value, parameters))


def _parted(line: str) -> tuple[str, str, str]:
    """A line at its first colon that is in no quotes."""
    match = re.match(r'(?:[^":]|"[^"]*")*', line)
    end = match.end() if match else 0
    return line[:end], line[end : end + 1], line[end + 1 :]


def _plain(written: str) -> str:
    """A text without its backslashes."""
    return re.sub(r"\\(.)", lambda match: " " if match[1] in "nN" else match[1], written).strip()


def found_events(text: str, known: KnownBodies) -> Iterator[Event]:
    """The events of a calendar as meetings, or why they are none."""
    ours = _OURS in text[:1000]
    for number, event in enumerate(events_of(text), start=1):
        summary = _plain(event["SUMMARY"].value) if "SUMMARY" in event else ""
        category = _plain(event["CATEGORIES"].value) if "CATEGORIES" in event else ""
        where = f"händelse {number}"
        try:
            heading, meeting = _heading(summary, category, known, ours=ours), _meeting(event, summary, where)
            yield Event(where, summary, heading, _with_lines(_plain_lines(event), meeting) if ours else meeting)
        except Unclear as unclear:
            yield Event(where, summary, None, str(unclear))


def _plain_lines(event: Mapping[str, Property]) -> Mapping[str, str]:
    """The description of an event of ours, label → text."""
    written = event["DESCRIPTION"].value if "DESCRIPTION" in event else ""
    lines = (_plain(line).partition(": ") for line in re.split(r"\\[nN]", written))
    return {label: text for label, _, text in lines}


def _with_lines(lines: Mapping[str, str], meeting: FoundMeeting) -> FoundMeeting:
    """What an event of ours says in words: the time as it was planned, the matters, where it was moved from."""
    moved = re.search(r"flyttat från ([0-9-]{10})", lines.get("Anmärkning", ""))
    return replace(
        meeting,
        times=lines.get("Tid", ""),
        matters=tuple(filter(None, lines.get("Ärenden", "").split(", "))),
        moved_from=date.fromisoformat(moved[1]) if moved else None,
        preliminary="preliminärt" in lines.get("Anmärkning", ""),
    )


def _heading(summary: str, category: str, known: KnownBodies, *, ours: bool) -> BodyHeading:
    name = _MARKS_LAST.sub("", _CANCELLED.sub("", summary))
    if ours and category:
        return BodyHeading(name, category, Said(), frozenset())
    heading = body_heading(name, known)
    if heading is None:
        raise Unclear("händelsen är inget organs möte")
    if heading.unread or heading.said != Said() or heading.weekdays:
        raise Unclear(f"händelsens namn säger mer än organet: {name}")
    short = category if is_abbreviation(category) else heading.abbreviation
    return BodyHeading(heading.name, short, Said(), frozenset())


def _meeting(event: Mapping[str, Property], summary: str, where: str) -> FoundMeeting:
    if "RRULE" in event or "RDATE" in event:
        raise Unclear("händelsen upprepas; skriv ut dagarna i kalendern")
    if "DTSTART" not in event:
        raise Unclear("händelsen har ingen dag")
    start = _moment(event["DTSTART"])
    end = _moment(event["DTEND"]) if "DTEND" in event else start
    last = end.day - timedelta(days=1) if end.minutes is None and end.day > start.day else end.day
    if not 0 <= (last - start.day).days <= 3:
        raise Unclear(f"händelsen är {(last - start.day).days + 1} dagar")
    marks = _MARKS_LAST.search(summary)
    said = marks[1].casefold() if marks else ""
    status = event["STATUS"].value.upper() if "STATUS" in event else ""
    same_day = last == start.day
    times = start.clock_to(end if same_day and end.minutes != start.minutes else None)
    if not times and (part := re.fullmatch(r"(?:.*, )?(heldag|halvdag|morgon|fm|em|kväll)(?:, .*)?", said)):
        times = part[1]
    return FoundMeeting(
        start.day,
        None if same_day else last,
        times,
        _plain(event["LOCATION"].value) if "LOCATION" in event else "",
        status == "CANCELLED" or _CANCELLED.match(summary) is not None,
        status == "TENTATIVE" or "preliminärt" in said,
        where=where,
    )


def _moment(written: Property) -> Moment:
    match = _MOMENT.fullmatch(written.value.strip())
    zone = written.parameters.get("TZID", "")
    if match is None:
        raise Unclear(f"”{written.value}” är ingen dag")
    if zone and not _SWEDISH_ZONES.search(zone):
        raise Unclear(f"tiden är skriven i en annan tidszon: {zone}")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Unclear(f"”{written.value}” är ingen dag") from None
    if match[4] is None:
        return Moment(day, None)
    moment = Moment(day, int(match[4]) * 60 + int(match[5]))
    return in_sweden(moment, 0) if match[7] else moment
