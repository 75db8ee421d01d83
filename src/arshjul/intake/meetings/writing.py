"""A plan that was found → `sammantraden-YEAR.yaml`, with all that was not understood as comments in it."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.dates.swedish import day_text
from arshjul.definition.entries import scalar
from arshjul.formats.terminal import safe
from arshjul.intake.meetings.model import FoundBody, FoundMeeting, FoundPlan, Listed

MOST_LISTED = 500
LONGEST_LIST = 100  # characters of a line


def as_yaml(plan: FoundPlan, source: str) -> str:
    """The text of the file. `source` is the name of the document."""
    lines = [f"# Inläst ur {safe(source)}; det som inte förstods står sist."] if plan.listed else []
    lines = lines or [f"# Inläst ur {safe(source)}."]
    lines.append(f"kalenderår: {plan.year}")
    if plan.decision:
        lines.append(f"beslutad: {scalar(plan.decision, between=False)}")
    if plan.preliminary:
        lines.append("preliminärt: ja")
    for body in plan.bodies:
        lines += _body(body)
    if plan.listed:
        lines += ["", "# Det här förstods inte och är inte med i planen:"]
        lines += [f"# {line_of(each)}" for each in plan.listed[:MOST_LISTED]]
        if len(plan.listed) > MOST_LISTED:
            lines.append(f"# … och {len(plan.listed) - MOST_LISTED} rader till")
    return "".join(f"{line}\n" for line in lines)


def line_of(listed: Listed) -> str:
    """What was not understood, in one line: `rad 7 mars, Socialnämnden: ”18 studieresa”: ”studieresa” förstås inte`."""
    place = ", ".join(filter(None, (listed.where, listed.body)))
    return safe(f"{place}: ”{' '.join(listed.text.split())}”: {listed.why}")


def _body(body: FoundBody) -> Iterator[str]:
    if body.name != body.id:
        yield f"# {safe(body.name)}"
    days = ", ".join(meeting.day.isoformat() for meeting in body.meetings)
    plain = all(meeting == FoundMeeting(meeting.day, where=meeting.where) for meeting in body.meetings)
    if plain and len(days) < LONGEST_LIST:
        yield f"{body.id}: [{days}]"
        return
    yield f"{body.id}:"
    for meeting in body.meetings:
        yield f"- {_entry(meeting)}" + (f"  # {safe(meeting.remarks)}" if meeting.remarks else "")


def days_text(meeting: FoundMeeting) -> str:
    """`2026-01-13`; of several days `18–19 februari`, in the year of its plan."""
    if meeting.end is None:
        return meeting.day.isoformat()
    same = (meeting.day.year, meeting.day.month) == (meeting.end.year, meeting.end.month)
    first = str(meeting.day.day) if same else day_text(meeting.day, weekday=False)
    return f"{first}–{day_text(meeting.end, weekday=False)}"


def _entry(meeting: FoundMeeting) -> str:
    day = days_text(meeting)
    matters = ", ".join(scalar(matter, between=True) for matter in meeting.matters)
    pairs = {
        "tid": meeting.times,
        "plats": meeting.place,
        "inställt": "ja" if meeting.cancelled else "",
        "preliminärt": "ja" if meeting.preliminary else "",
        "flyttad_från": meeting.moved_from.isoformat() if meeting.moved_from else "",
    }
    written = [f"{key}: {scalar(value, between=True)}" for key, value in pairs.items() if value]
    written += [f"ärenden: [{matters}]"] if matters else []
    if not written or (len(written) == 1 and meeting.times):
        return f"{day} {meeting.times}".strip()
    return f"{{datum: {day}, {', '.join(written)}}}"
