"""The ärendeplan as JSON, version 1: bodies → meetings → chain and matters."""

from __future__ import annotations

from datetime import date

from arshjul.formats.json import JsonObject, to_bytes
from arshjul.views.agenda.model import AgendaMeeting, AgendaPage, Matter
from arshjul.views.agenda.texts import own_stop_date
from arshjul.wording.dates import stop_date_in_window, text_in_window

VERSION = 1


def render(page: AgendaPage) -> bytes:
    """JSON, version 1: bodies → meetings → chain and matters; full ISO dates, indent 2."""
    whole = {
        "version": VERSION,
        "budget_year": page.budget_year,
        "missing": list(page.missing),
        "bodies": [
            {
                "id": body.id,
                "name": body.name,
                "organisation": body.organisation,
                "steps": list(body.steps),
                "meetings": [_meeting_members(meeting) for meeting in body.meetings],
                "undated": [_matter_members(matter) for matter in body.undated],
            }
            for body in page.bodies
        ],
    }
    return to_bytes(whole)


def _meeting_members(meeting: AgendaMeeting) -> JsonObject:
    return {
        "date": meeting.day.isoformat(),
        **({"end": meeting.end.isoformat()} if meeting.end else {}),
        "time": str(meeting.clock) if meeting.clock else None,
        "part": meeting.part.value if meeting.part else None,
        "place": meeting.place,
        "preliminary": meeting.preliminary,
        "planned": meeting.planned,
        **({"cancelled": meeting.cancelled} if meeting.cancelled is not None else {}),
        "moved_from": _iso(meeting.moved_from),
        "chain": [
            {
                "step": step.name,
                "date": _iso(step.day),
                "text": text_in_window(step.dated) if step.dated else step.words,
                "deviates": step.deviates,
                "rolled_past": [{"date": off.day.isoformat(), "name": off.name} for off in step.rolled],
                "processes": list(step.processes),
            }
            for step in meeting.steps
        ],
        "matters": [_matter_members(matter) for matter in meeting.matters],
    }


def _matter_members(matter: Matter) -> JsonObject:
    activity = matter.activity
    return {
        "process": matter.process,
        "id": activity.id,
        "title": activity.title,
        "type": activity.type.value if activity.type else None,
        "year_concerned": activity.year_concerned,
        "status": activity.status.value,
        "stop_date": {
            "kind": activity.stop_date.kind.value,
            "date": _iso(activity.stop_date.day),
            "text": stop_date_in_window(activity.stop_date),
            "own": bool(own_stop_date(matter).text),
        },
        "case_officer": activity.case_officer,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
