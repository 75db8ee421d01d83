"""Calendars and registries of others: what is surely a meeting of a body, by the clock in Sweden."""

from __future__ import annotations

import json

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.intake.meetings.recognise import candidate
from arshjul.intake.meetings.writing import as_yaml, line_of

EVENT = "SUMMARY:Kommunstyrelsen\n"


def read(name: str, content: bytes, year: int = 2026) -> list[str]:
    """The lines of the plan, and what was not understood, without heads."""
    plan = candidate(name, content, {}).plan(year, {})
    lines = [line for line in as_yaml(plan, name).splitlines() if not line.startswith(("#", "kalenderår"))]
    return [line for line in lines if line] + [line_of(each) for each in plan.listed]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (EVENT + "DTSTART;VALUE=DATE:20260113\nDTEND;VALUE=DATE:20260114", "KS: [2026-01-13]"),
        (EVENT + "DTSTART;TZID=Europe/Stockholm:20260113T130000\nDTEND;TZID=Europe/Stockholm:20260113T160000",
         "- 2026-01-13 kl 13.00–16.00"),
        (EVENT + "DTSTART:20260113T120000Z", "- 2026-01-13 kl 13.00"),
        (EVENT + "DTSTART:20260609T110000Z", "- 2026-06-09 kl 13.00"),
        (EVENT + "DTSTART:20260609T223000Z", "- 2026-06-10 kl 0.30"),
        (EVENT + 'DTSTART;TZID="W. Europe Standard Time":20260113T130000', "- 2026-01-13 kl 13.00"),
        (EVENT + "DTSTART;VALUE=DATE:20260818\nDTEND;VALUE=DATE:20260820", "- 18–19 augusti"),
        (EVENT + "DTSTART;VALUE=DATE:20260113\nSTATUS:CANCELLED", "- {datum: 2026-01-13, inställt: ja}"),
        ("SUMMARY:INSTÄLLT: Kommunsty\n relsen\nDTSTART;VALUE=DATE:20260113", "- {datum: 2026-01-13, inställt: ja}"),
        (EVENT + "DTSTART;VALUE=DATE:20260113\nSTATUS:TENTATIVE", "- {datum: 2026-01-13, preliminärt: ja}"),
        (EVENT + "DTSTART;VALUE=DATE:20260113\nLOCATION:Sal\\, plan 2", '- {datum: 2026-01-13, plats: "Sal, plan 2"}'),
        (EVENT + "DTSTART;TZID=America/New_York:20260113T130000",
         "händelse 1: ”Kommunstyrelsen”: tiden är skriven i en annan tidszon: America/New_York"),
        (EVENT + "DTSTART;VALUE=DATE:20260113\nRRULE:FREQ=MONTHLY",
         "händelse 1: ”Kommunstyrelsen”: händelsen upprepas; skriv ut dagarna i kalendern"),
        (EVENT + "DTSTART;VALUE=DATE:20260113\nDTEND;VALUE=DATE:20260213",
         "händelse 1: ”Kommunstyrelsen”: händelsen är 31 dagar"),
        (EVENT + "DTSTART;VALUE=DATE:20260231", "händelse 1: ”Kommunstyrelsen”: ”20260231” är ingen dag"),
        (EVENT + "DTSTART;VALUE=DATE:20250113", "filen: ”1 händelser”: hör till andra kalenderår än 2026"),
        ("SUMMARY:Fika\nDTSTART;VALUE=DATE:20260113", "händelse 1: ”Fika”: händelsen är inget organs möte"),
        ("SUMMARY:Stoppdatum KS: budget\nDTSTART;VALUE=DATE:20260113",
         "händelse 1: ”Stoppdatum KS: budget”: händelsen är inget organs möte"),
    ],
)  # fmt: skip
def test_an_event(event: str, expected: str) -> None:
    """An event that has something of its own to say of the day is a meeting only if that is understood."""
    text = (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nBEGIN:VALARM\nSUMMARY:Väck\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert read("plan.ics", text.replace("\n", "\r\n").encode())[-1] == expected


def test_a_registry() -> None:
    """OParl: meetings and organizations in one list, the body by the address of its object."""
    body = {"id": "https://x/ks", "type": "https://schema.oparl.org/1.1/Organization", "name": "Kommunstyrelsen"}
    meeting = {"type": "https://schema.oparl.org/1.1/Meeting", "organization": ["https://x/ks"], "name": "Möte"}
    meetings = [
        {**meeting, "start": "2026-01-13T13:00:00+01:00", "end": "2026-01-13T15:30:00+01:00"},
        {**meeting, "start": "2026-06-09T11:00:00Z", "cancelled": True, "location": {"room": "Sal A"}},
        {**meeting, "start": "2026-03-10"},
        {**meeting, "start": "2026-04-14", "deleted": True},
        {**meeting, "start": "2026-05-12", "organization": []},
        {**meeting, "start": "i vår"},
    ]
    assert read("plan.json", json.dumps({"data": [body, *meetings]}).encode()) == [
        "KS:",
        "- 2026-01-13 kl 13.00–15.30",
        "- 2026-03-10",
        "- {datum: 2026-06-09, tid: kl 13.00, plats: Sal A, inställt: ja}",
        "möte 4: ”Möte”: mötet är borttaget ur registret",
        "möte 5: ”Möte”: mötet har inget organ",
        "möte 6: ”Möte”: mötet har ingen dag",
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff\xfe\x00"])
def test_what_is_no_registry_is_refused(content: bytes) -> None:
    """Deep or broken JSON is no crash."""
    with pytest.raises(InvalidProcess, match="skadad"):
        read("plan.json", content)
    assert read("plan.json", b'"x"') == []
