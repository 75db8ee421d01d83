"""The days of a meeting plan: in its own year, each meeting once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from arshjul.codes import Code
from arshjul.dates import parser, syntax
from arshjul.dates.canonical import text as canonical
from arshjul.dates.extent import Extent
from arshjul.dates.literal import Frame
from arshjul.dates.meeting_day import meeting_days
from arshjul.dates.walk import nodes
from arshjul.definition.meeting_entry import entry_of
from arshjul.definition.scalars import not_understood
from arshjul.definition.tree import EACH, each, maps, text_of
from arshjul.diagnostics import Diagnostic, error, see_also
from arshjul.source import Fields, Text, YamlValue


class _Written(Struct, frozen=True):
    """A meeting as it is written: its text, its days, and its time where the plan says one."""

    text: Text
    days: Extent
    time: str

    def each_day(self) -> Iterator[date]:
        length = (self.days.end - self.days.start).days
        return (self.days.start + timedelta(days=number) for number in range(length + 1))


def check_days(tree: Fields) -> Iterator[Diagnostic]:
    """Every date of every plan; what is no date at all is left for the models to refuse."""
    times = {key: text_of(body, "tid") for bodies in maps(tree, "organ") for key, body in bodies.items()}
    for plans in maps(tree, "sammanträden"):
        for year, plan in plans.items():
            for body, entries in plan.items() if isinstance(plan, Fields) else ():
                yield from _check_days_of(body, year, entries, times.get(body))


def _check_days_of(body: Text, year: Text, entries: YamlValue, usual: Text | None) -> Iterator[Diagnostic]:
    first: dict[tuple[date, str], Text] = {}
    for entry in each(entries, EACH):
        meeting = _written(entry, year, usual)
        if isinstance(meeting, Diagnostic):
            yield meeting
            continue
        if meeting is None:
            continue
        text = meeting.text
        if str(meeting.days.start.year) != year:
            message = f"{body} {text} ligger inte i planens kalenderår {year}"
            hint = f"rätta året, eller flytta mötet till en plan med kalenderår: {meeting.days.start.year}"
            yield error(Code.OUTSIDE_WINDOW, message, text.span, hint)
            continue
        earlier = [first.setdefault((day, meeting.time), text) for day in meeting.each_day()]
        if (other := next((one for one in earlier if one is not text), None)) is not None:
            message = f"{body} har {text} två gånger i planen för {year}"
            hint = "ta bort den ena, eller skriv tid på båda om det är två möten"
            yield error(Code.DUPLICATE_ID, message, text.span, hint, see_also("första gången här", other.span))


def _written(entry: YamlValue, year: Text, usual: Text | None) -> _Written | Diagnostic | None:
    """The meeting of an entry, or that it is no meeting; None where the models, or the year, say what is wrong."""
    fields = entry_of(entry)
    text = text_of(fields, "datum") if isinstance(fields, Fields) else None
    if text is None or not isinstance(fields, Fields) or not year.isdecimal():
        return None
    try:
        item = parser.parse_meeting(text)
        time = text_of(fields, "tid") or usual
        parts = item.parts or (parser.parse_times(time) if time else ())
        calendar_year = date(int(year), 1, 1).year
    except (syntax.ExpressionError, ValueError):
        return None
    if item.parts and (key := fields.key("tid")) is not None:
        message = f"”{text}” har tiden både i datumet och i ”tid”"
        return error(Code.DUPLICATE_KEY, message, key.span, "behåll den ena", see_also("tiden i datumet", text.span))
    if any(isinstance(node, syntax.BudgetYear) for node in nodes(item)):
        return None
    try:
        days = meeting_days(item, Frame(calendar_year).of_year(calendar_year))
    except syntax.ExpressionError as wrong:
        return not_understood(wrong, text) if wrong.code is Code.NOT_A_DATE else None
    return _Written(text, days, " ".join(map(canonical, parts)))
