"""Headings of rows and columns: a body's name, and what stands beside it of all its meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from arshjul.intake.meetings import words
from arshjul.intake.meetings.model import LONGEST_CELL, Unclear
from arshjul.intake.meetings.said import Said
from arshjul.intake.meetings.saying import PLACE, remark

_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
_MARKS_LAST = re.compile(r"(?:\*+\)?|[¹²³⁴⁵⁶⁷⁸⁹]+|[0-9]\)|†)\s*$")
_TIME_OR_DAY = re.compile(
    r"[\s,:–-]*\b(?:kl(?:ockan)?\b|[0-9]{1,2}[.:][0-9]{2}|(?:mån|tis|ons|tors|fre|lör|sön)dag\w*|prel\b)", re.IGNORECASE
)

_NO_NAME = re.compile(r"[0-9]{2}|\bnämnder|\bstyrelser", re.IGNORECASE)

KnownBodies = Mapping[str, str]
"""Folded id or name of a body of the project → its id."""


class BodyHeading(Struct, frozen=True):
    """A body in a heading. `unread` is what else the heading says, that is not understood."""

    name: str
    abbreviation: str
    said: Said
    weekdays: frozenset[int]
    unread: str = ""
    doubtful: bool = False
    """Whether that stands with the name itself: `KS (gruppmöte)` may be something else than the body's meetings."""


def folded(name: str) -> str:
    """A name as names are compared: NFC, one case, single blanks."""
    return " ".join(normalize("NFC", name).casefold().split())


def body_heading(text: str, known: KnownBodies) -> BodyHeading | None:
    """The body that a heading names, first in it; None where it names none."""
    if not text.strip() or len(text) > LONGEST_CELL:
        return None
    first, *more = [line for part in text.split("\n") if (line := " ".join(part.split()))]
    marks = []
    while match := _MARKS_LAST.search(first):
        marks.append(match[0].strip())
        first = first[: match.start()].rstrip()
    if folded(first) in known:
        return _heading(first, "", (*more, *marks))
    begins = _TIME_OR_DAY.search(first)
    name, rest = (first[: begins.start()], first[begins.start() :]) if begins else (first, "")
    inner = [each.strip() for each in _IN_PARENTHESES.findall(name)]
    name = _IN_PARENTHESES.sub(" ", name).strip(" ,:–-(")
    abbreviation = next((each for each in inner if words.is_abbreviation(each)), "")
    name, slash, short = name.partition("/") if "/" in name and not words.is_abbreviation(name) else (name, "", "")
    if slash and words.is_abbreviation(short.strip()):
        abbreviation = abbreviation or short.strip()
    elif slash:
        return None
    beside = (rest.strip(" ,:–-)"), *(each for each in inner if each != abbreviation), *more, *marks)
    name = " ".join(name.split())
    if folded(name) in known or (words.is_body_name(name) and not _NO_NAME.search(name)):
        return _heading(name, abbreviation, beside)
    return None


def _heading(name: str, abbreviation: str, beside: Iterable[str]) -> BodyHeading:
    said, unread = Said(), list[str]()
    weekdays = frozenset[int]()
    for text in filter(None, beside):
        days, others = (frozenset[int](), text) if PLACE.match(text) else _weekdays_of(text)
        weekdays |= days
        try:
            said.take(remark(others))
        except Unclear:
            unread.append(text)
    abbreviation = abbreviation or (name if words.is_abbreviation(name) else "")
    return BodyHeading(name, abbreviation, said, weekdays, "; ".join(unread), bool(unread))


def _weekdays_of(text: str) -> tuple[frozenset[int], str]:
    """The weekdays that a heading names, and the rest of it: `tisdagar och torsdagar kl 13`."""
    days, others = set[int](), list[str]()
    for word in re.split(r"[\s,/]+", text):
        number = words.WEEKDAYS.get(word.casefold().strip("().:"))
        if number is not None and len(word) > 2:
            days.add(number)
        elif not (word.casefold() in words.JOINING and days):
            others.append(word)
    return frozenset(days), " ".join(others)


def extended(heading: BodyHeading, text: str) -> BodyHeading:
    """The heading with what another cell says of the same row or column: a weekday, a time, a place."""
    added = _heading(heading.name, heading.abbreviation, [line for part in text.split("\n") if (line := part.strip())])
    said = Said()
    said.take(heading.said)
    said.take(added.said)
    unread = "; ".join(filter(None, (heading.unread, added.unread)))
    return replace(heading, said=said, weekdays=heading.weekdays | added.weekdays, unread=unread)
