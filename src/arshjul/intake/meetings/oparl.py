"""Meetings as OParl (the interface of council information systems) writes them: JSON with Meeting and Organization."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from arshjul.intake.meetings.labels import BodyHeading, KnownBodies, body_heading, folded
from arshjul.intake.meetings.model import FoundMeeting, Unclear
from arshjul.intake.meetings.moments import Moment, in_sweden
from arshjul.intake.meetings.said import Said
from arshjul.intake.meetings.single import Event
from arshjul.intake.meetings.words import is_abbreviation

MOST_OBJECTS = 100_000
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


def found_meetings(content: bytes, known: KnownBodies) -> Iterator[Event]:
    """The meetings of a list, a page of a list or a single object. Raises msgspec.DecodeError for what is no JSON."""
    objects = list(_objects(msgspec.json.decode(content)))
    organizations = {each.get("id"): each for each in objects if _kind(each) == "Organization"}
    for number, each in enumerate((one for one in objects if _kind(one) == "Meeting"), start=1):
        where, name = f"möte {number}", str(each.get("name") or "")
        try:
            yield Event(where, name, _heading(each, organizations, known), _meeting(each, where))
        except Unclear as unclear:
            yield Event(where, name, None, str(unclear))


def _objects(tree: Any) -> Iterator[Mapping[str, Any]]:
    """All objects with a type, outermost first, without recursion: a file may be deep."""
    waiting, count = [tree], 0
    while waiting and count < MOST_OBJECTS:
        count += 1
        each = waiting.pop()
        if isinstance(each, dict):
            if isinstance(each.get("type"), str):
                yield each
            waiting.extend(value for value in reversed(each.values()) if isinstance(value, dict | list))
        elif isinstance(each, list):
            waiting.extend(reversed(each))


def _kind(each: Mapping[str, Any]) -> str:
    return str(each["type"]).rpartition("/")[2]


def _heading(
    meeting: Mapping[str, Any], organizations: Mapping[Any, Mapping[str, Any]], known: KnownBodies
) -> BodyHeading:
    written = meeting.get("organization") or []
    held = [
        organizations.get(each if isinstance(each, str) else each.get("id"))
        for each in (written if isinstance(written, list) else [written])
        if isinstance(each, str | dict)
    ]
    names = [str(each.get("name") or "") for each in held if each]
    if len(names) > 1:
        raise Unclear("mötet har flera organ")
    if names and names[0]:
        short = str(next(each for each in held if each).get("shortName") or "")
        return BodyHeading(names[0], short if is_abbreviation(short) else "", Said(), frozenset())
    heading = body_heading(str(meeting.get("name") or ""), known)
    if heading is None or heading.unread or folded(heading.name) == "":
        raise Unclear("mötet har inget organ")
    return heading


def _meeting(meeting: Mapping[str, Any], where: str) -> FoundMeeting:
    if meeting.get("deleted"):
        raise Unclear("mötet är borttaget ur registret")
    start = _moment(meeting.get("start"))
    end = _moment(meeting["end"]) if meeting.get("end") else start
    if not 0 <= (end.day - start.day).days < 3:
        raise Unclear("mötet är längre än tre dagar")
    location = meeting.get("location")
    place = location.get("room") or location.get("description") or "" if isinstance(location, dict) else ""
    state = str(meeting.get("meetingState") or "").casefold()
    return FoundMeeting(
        start.day,
        end.day if end.day > start.day else None,
        start.clock_to(end if end.day == start.day else None),
        " ".join(str(place).split())[:200],
        bool(meeting.get("cancelled")) or state in ("inställt", "abgesagt", "cancelled"),
        state in ("preliminärt", "geplant", "planned"),
        where=where,
    )


def _moment(written: object) -> Moment:
    match = _MOMENT.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise Unclear("mötet har ingen dag")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Unclear(f"”{written}” är ingen dag") from None
    if match[4] is None:
        return Moment(day, None)
    moment = Moment(day, int(match[4]) * 60 + int(match[5]))
    zone = match[6]
    if not zone:
        return moment
    digits = "+0000" if zone == "Z" else zone.replace(":", "")
    minutes = int(digits[1:3]) * 60 + int(digits[3:])
    return in_sweden(moment, -minutes if digits[0] == "-" else minutes)
