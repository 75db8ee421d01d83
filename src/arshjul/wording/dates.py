"""The texts of a table: cleaned, and every date printed so that it parses back in the date language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from arshjul.dates.swedish import joined
from arshjul.dates.words import MONTH_NAMES
from arshjul.formats.text import clean
from arshjul.timeline import Activity, ChainStep, Occurrence, Status, StopDate, StopKind

UNDATED = "ej fastställt"
PRELIMINARY = "preliminärt"

_STATUS_WORDS = ("preliminärt ", "ca ", "vid behov ")
_MONTHS = "|".join(MONTH_NAMES)
_BEFORE_YEAR = re.compile(rf"\b(?:{_MONTHS})\b|\bv\. \d+(?:–\d+)?|\b[QT][1-4]\b")
_YEAR = re.compile(r"\b\d{4}\b")
_PLAIN_DAY = re.compile(rf"\w+dag \d\d? (?:{_MONTHS})(?: \d{{4}})?")


def dated(text: str, start: date, end: date, beside: date | None = None) -> str:
    """The text of these days, with the year unless a date read just before (`beside`) tells it."""
    told = beside is not None and start.year == end.year == beside.year
    return clean(text) if told else _with_year(clean(text), start, end)


def dates_of_rows(activities: Sequence[Activity]) -> list[tuple[str, ...]]:
    """The occurrences of each row as text, with the year at the first date and where it changes."""
    year: int | None = None
    rows = []
    for activity in activities:
        texts = []
        for occurrence in activity.occurrences:
            texts.append(_occurrence_text(occurrence, activity, year))
            year = occurrence.end.year
        rows.append(tuple(texts))
    return rows


def told(dates: Sequence[str]) -> str:
    """The dates of one row in its cell."""
    return joined(dates) if dates else UNDATED


def dates_alone(activity: Activity) -> str:
    """All dates of a row that no other stands above: with the year, wherever it may be sorted to."""
    (dates,) = dates_of_rows([activity])
    return told(dates)


def stop_date_text(stop: StopDate, beside: date | None) -> str:
    """What the stop date's cell says; with its year unless the row's own date `beside` has the same."""
    if stop.kind is not StopKind.DATE or stop.day is None:
        return clean(stop.text)
    return _marked(PRELIMINARY if stop.preliminary else "", dated(stop.text, stop.day, stop.day, beside))


def step_text(step: ChainStep, beside: date | None) -> str:
    """What the cell of a chain step says; one that the meeting plan gave its own date says so."""
    text = dated(step.text, step.day, step.day, beside) if step.day else clean(step.text)
    text = _marked(PRELIMINARY if step.preliminary else "", text)
    return f"{text} (eget datum)" if step.deviates and step.day else text


def occurrence_text(occurrence: Occurrence, beside: date | None = None) -> str:
    """A date that stands by itself in its cell; with its year unless the row's own date `beside` has the same."""
    text = dated(_with_deadline(occurrence), occurrence.start, occurrence.end, beside)
    return _marked(PRELIMINARY if occurrence.preliminary else "", text)


def plain_day(activity: Activity) -> date | None:
    """The day, where the date cell says one certain day and nothing more."""
    if len(activity.occurrences) != 1 or certainty(activity.occurrences[0], activity):
        return None
    only = activity.occurrences[0]
    return only.start if _PLAIN_DAY.fullmatch(_with_deadline(only)) else None


def plain_stop_day(stop: StopDate) -> date | None:
    """The day, where the stop date's cell says one certain day and nothing more."""
    return stop.day if not stop.preliminary and _PLAIN_DAY.fullmatch(stop.text) else None


def _occurrence_text(occurrence: Occurrence, activity: Activity, year: int | None) -> str:
    beside = date(year, 1, 1) if year else None
    text = dated(_with_deadline(occurrence), occurrence.start, occurrence.end, beside)
    return _marked(certainty(occurrence, activity), text)


def certainty(occurrence: Occurrence, activity: Activity) -> str:
    """`preliminärt`, `vid behov` or nothing: how far one date of the activity is to be relied on."""
    if occurrence.preliminary or _preliminary_as_a_whole(activity):
        return PRELIMINARY
    return "vid behov" if activity.status is Status.IF_NEEDED else ""


def _preliminary_as_a_whole(activity: Activity) -> bool:
    """Marked so by hand: then no single date of it carries the mark."""
    parts = (activity.stop_date.preliminary, *(occurrence.preliminary for occurrence in activity.occurrences))
    return activity.status is Status.PRELIMINARY and not any(parts)


def _with_deadline(occurrence: Occurrence) -> str:
    text = clean(occurrence.text)
    return f"senast {text}" if occurrence.deadline and "senast " not in text else text


def _marked(mark: str, text: str) -> str:
    """The language has room for one status word: beside another, what is preliminary gets a question mark."""
    if not mark or text.startswith(mark):
        return text
    if not text.startswith(_STATUS_WORDS):
        return f"{mark} {text}"
    return text if mark != PRELIMINARY or text.endswith("?") else f"{text}?"


def _with_year(text: str, start: date, end: date) -> str:
    """The text with its year, where it has none and the language has a place for it."""
    places = [match.end() for match in _BEFORE_YEAR.finditer(text)]
    if _YEAR.search(text) or not places:
        return text
    first, last = _years(text, start, end)
    return f"{text[: places[-1]]} {last}{text[places[-1] :]}" if first == last else text


def _years(text: str, start: date, end: date) -> tuple[int, int]:
    if "v. " in text:
        return start.isocalendar().year, end.isocalendar().year
    return start.year, end.year
