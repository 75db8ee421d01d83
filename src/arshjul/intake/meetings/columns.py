"""What heads a column or a row: a month, a week, a field of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from msgspec import Struct

from arshjul.intake.grid import Cell
from arshjul.intake.meetings import words

_MONTH = re.compile(r"([^\W\d_]+)\.?(?:[\s'’-]*(20[0-9]{2}|[0-9]{2}))?")
_WEEK = re.compile(r"v(?:ecka|\.)?\s*([0-9]{1,2})", re.IGNORECASE)


class Field(Enum):
    """What the column of a list holds."""

    DATE = auto()
    BODY = auto()
    TIME = auto()
    PLACE = auto()
    WEEK = auto()
    WEEKDAY = auto()
    MONTH = auto()
    NOTE = auto()
    NAME = auto()
    MATTERS = auto()


# fmt: off
_FIELDS: Mapping[str, Field] = {
    **dict.fromkeys(("datum", "mötesdatum", "sammanträdesdatum", "sammanträdesdag", "mötesdag", "dag och datum",
                     "datum och tid", "sammanträdesdagar", "mötesdagar", "möte datum"), Field.DATE),
    **dict.fromkeys(("organ", "nämnd", "instans", "forum", "nämnd/styrelse", "styrelse/nämnd", "organ/nämnd", "möte",
                     "sammanträde", "politiskt organ", "beslutsorgan", "nämnder"), Field.BODY),
    **dict.fromkeys(("tid", "kl", "kl.", "klockslag", "klockan", "starttid", "tidpunkt", "mötestid"), Field.TIME),
    **dict.fromkeys(("plats", "lokal", "sal", "mötesplats", "rum"), Field.PLACE),
    **dict.fromkeys(("vecka", "v", "v.", "veckonr", "veckonummer"), Field.WEEK),
    **dict.fromkeys(("veckodag", "dag", "dagar"), Field.WEEKDAY),
    **dict.fromkeys(("månad", "mån"), Field.MONTH),
    **dict.fromkeys(("anmärkning", "anm", "anm.", "kommentar", "övrigt", "notering", "typ"), Field.NOTE),
    "namn": Field.NAME,
    "ärenden": Field.MATTERS,
}
# fmt: on


class MonthHeading(Struct, frozen=True):
    """A month in a heading, with its year where that is written."""

    month: int
    year: int | None = None


def field_of(text: str) -> Field | None:
    """The field that a heading names."""
    return _FIELDS.get(text.casefold().strip(" :"))


def month_heading(cell: Cell) -> MonthHeading | None:
    """The month that a heading names: `Januari`, `jan 2026`, `Jan-26`, or a date cell with the first of a month."""
    if cell.day is not None:
        return MonthHeading(cell.day.month, cell.day.year) if cell.day.day == 1 else None
    match = _MONTH.fullmatch(cell.text.strip()) if len(cell.text) < 30 else None
    month = words.month_of(match[1]) if match else None
    if match is None or month is None:
        return None
    year = int(match[2]) if match[2] else None
    return MonthHeading(month, year + 2000 if year and year < 100 else year)


def month_columns(cells: Sequence[Cell]) -> Mapping[int, MonthHeading]:
    """Column → month, where a row heads months: at least two, and nothing but names before the first."""
    found = {column: month for column, cell in enumerate(cells) if (month := month_heading(cell)) is not None}
    months = [(month.year or 0, month.month) for month in found.values()]
    return found if len(found) > 1 and len(set(months)) == len(months) else {}


def week_of(text: str, *, bare: bool) -> int | None:
    """The number of a week: `v. 3`, or `3` alone in a column of weeks."""
    match = _WEEK.fullmatch(text.strip())
    number = match[1] if match else text.strip() if bare else ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else None
