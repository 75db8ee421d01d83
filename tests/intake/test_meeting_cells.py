"""One cell of a matrix: read whole, or told why not. A day is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from arshjul.intake.grid import Cell
from arshjul.intake.meetings.entry import CellContext, meetings_of
from arshjul.intake.meetings.footnotes import footnotes_of
from arshjul.intake.meetings.model import FoundMeeting, Unclear
from arshjul.intake.meetings.said import Said

NOTES = footnotes_of(["* heldag  ** tisdag", "1) kl 8.30", "2) reserv", "3) studiebesök i Lund", "† plats: Rådhuset"])
TUESDAY, WEDNESDAY = frozenset({2}), frozenset({3})


def shown(meeting: FoundMeeting) -> str:
    """A meeting in a few words."""
    days = f"{meeting.day.day}/{meeting.day.month}" + (f"–{meeting.end.day}" if meeting.end else "")
    moved = f"från {meeting.moved_from.day}/{meeting.moved_from.month}" if meeting.moved_from else ""
    marks = ("inställt" if meeting.cancelled else "", "prel" if meeting.preliminary else "", moved)
    return " ".join(filter(None, (days, meeting.times, meeting.place, *marks, meeting.remarks)))


def read(text: str, month: int | None = 3, weekdays: frozenset[int] = frozenset(), day: date | None = None) -> str:
    """What a cell of 2026 gives, or why it gives nothing."""
    context = CellContext(2026, NOTES, Said(), month=month, weekdays=weekdays)
    try:
        found, unclear = meetings_of(Cell(text, day), context, "")
    except Unclear as why:
        return f"nej: {why}"
    return "; ".join([*map(shown, found), *(f"nej: {why}" for why in unclear)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", "10/3"),
        ("10, 24", "10/3; 24/3"),
        ("10 och 24", "10/3; 24/3"),
        ("10 24", "10/3; 24/3"),
        ("10 + 24", "10/3; 24/3"),
        ("10\n24 kl 9", "10/3; 24/3 kl 9.00"),
        ("10, 24 kl 9", "10/3 kl 9.00; 24/3 kl 9.00"),
        ("18–19", "18/3–19"),
        ("18-19 heldag", "18/3–19 heldag"),
        ("tis 10", "10/3"),
        ("10 (ti)", "10/3"),
        ("ti 10, on 25", "10/3; 25/3"),
        ("10/3", "10/3"),
        ("10 mars 2026", "10/3"),
        ("10-mar", "10/3"),
        ("2026-03-10", "10/3"),
        ("260310", "10/3"),
        ("10 kl. 13.00-16.30", "10/3 kl 13.00–16.30"),
        ("10 13:00", "10/3 kl 13.00"),
        ("10 fm kl 9", "10/3 fm kl 9.00"),
        ("10*", "10/3 heldag"),
        ("*10", "10/3 heldag"),
        ("10**", "10/3"),
        ("11**", "nej: onsdag 11 mars 2026 är ingen tisdag"),
        ("10 1)", "10/3 kl 8.30"),
        ("10¹", "10/3 kl 8.30"),
        ("10 (1)", "10/3 kl 8.30"),
        ("10†", "10/3 Rådhuset"),
        ("10 2)", "nej: reservdag, inget möte som är bestämt"),
        ("10 3)", "nej: ”3” förklaras, men det förstås inte: studiebesök i Lund"),
        ("10***", "nej: ”***” förklaras inte"),
        ("10 inställt", "10/3 inställt"),
        ("Inställt (10)", "10/3 inställt"),
        ("10, 24 (inställt)", "10/3; 24/3 inställt"),
        ("10, 24 inställt", "nej: går det som står vid dagarna på en av dem eller på alla?"),
        ("Inställt", "nej: ingen dag"),
        ("prel. 10", "10/3 prel"),
        ("prel 10, 24", "10/3 prel; 24/3 prel"),
        ("10?, 24", "10/3 prel; 24/3"),
        ("10 (reserv)", "nej: reservdag, inget möte som är bestämt"),
        ("10, reserv 12", "nej: går det som står vid dagarna på en av dem eller på alla?"),
        ("10 (flyttat från 3/3)", "10/3 från 3/3"),
        ("10 flyttas till 17", "nej: mötet är flyttat: vilken dag gäller?"),
        ("10 budget", "10/3 budget"),
        ("10 v. 11", "10/3"),
        ("10 v. 12", "nej: tisdag 10 mars 2026 är i v. 11, inte v. 12"),
        ("ons 10", "nej: tisdag 10 mars 2026 är ingen onsdag"),
        ("31", "31/3"),
        ("32", "nej: 32/3 finns inte"),
        ("10/4", "nej: april, men kolumnen eller raden är mars"),
        ("10/13", "nej: en månad som inte finns, men kolumnen eller raden är mars"),
        ("10 mars 2025", "nej: måndag 10 mars 2025 hör till ett annat kalenderår"),
        ("15", "nej: söndag 15 mars 2026 är ledig (söndag); skriv in dagen om den stämmer"),
        ("sön 15", "15/3"),
        ("1 3", "nej: två dagar utan något mellan sig"),
        ("24 10", "nej: två dagar utan något mellan sig"),
        ("10 studieresa", "nej: ”studieresa” förstås inte"),
        ("10 eller 17", "nej: ”eller” förstås inte"),
        ("ej 10", "nej: ”ej” förstås inte"),
        ("10 (tors 12)", "nej: en annan dag inom parentes"),
        ("10 / 17", "nej: ”/” förstås inte"),
        ("10, 10", "nej: samma dag två gånger"),
        ("9–12", "nej: 9–12 är inga dagar i följd för ett möte"),
        ("13.00", "nej: ingen dag"),
        ("10 kl 25", "nej: ”kl 25” är inget klockslag"),
        ("10 kl 9 kl 13", "nej: två klockslag för ett möte"),
        ("10 ska bli 17", "nej: ”ska” förstås inte"),
        ("1" * 500, "nej: en lång text, inga dagar"),
    ],
)  # fmt: skip
def test_a_cell_under_march(text: str, expected: str) -> None:
    """A day number, with what people write beside it."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "month", "expected"),
    [
        ("10", 3, "10/3"),
        ("on 11", 3, "11/3"),
        ("11", 3, "nej: onsdag 11 mars 2026 är ingen tisdag"),
        ("11 (ons)", 3, "11/3"),
        ("v. 11", 3, "10/3"),
        ("v. 14", 3, "31/3"),
        ("v. 15", 3, "nej: tisdag 7 april 2026 är inte i mars"),
        ("6", 1, "nej: tisdag 6 januari 2026 är ledig (trettondedag jul); skriv in dagen om den stämmer"),
        ("10 och 24 mars", None, "10/3; 24/3"),
        ("10, 24", None, "nej: ingen månad; nej: ingen månad"),
        ("mars 10, 24", None, "10/3; 24/3"),
        ("30 mars–1 april", None, "nej: måndag 30 mars 2026 är ingen tisdag"),
        ("31 mars–1 april", None, "31/3–1"),
    ],
)  # fmt: skip
def test_a_cell_where_the_heading_says_tuesday(text: str, month: int | None, expected: str) -> None:
    """The day is checked against it, but where the cell has a weekday of its own."""
    assert read(text, month, TUESDAY) == expected


def test_a_date_cell_is_its_day_and_its_words_are_read() -> None:
    """Excel's cell has a day; what its format prints beside it counts too, and may not say another day."""
    assert read("2026-03-10", 3, day=date(2026, 3, 10)) == "10/3"
    assert read("prel. 2026-03-10", 3, day=date(2026, 3, 10)) == "10/3 prel"
    assert read("mars", 3, day=date(2026, 3, 10)) == "10/3"
    assert read("12 mars", 3, day=date(2026, 3, 10)) == "nej: cellens datum är 2026-03-10"
    assert read("2026-03-10", 3, WEDNESDAY, date(2026, 3, 10)) == "nej: tisdag 10 mars 2026 är ingen onsdag"
