"""What has changed since the decision and since the last edition: counted by days, stop date and status, in words."""

from __future__ import annotations

from datetime import date

import pytest

from arshjul.record.changes import RowChange, Since
from arshjul.record.states import RowState
from arshjul.record.timeline_file import Decision
from arshjul.wording.changes import change_lists, changed_rows

DAY, LATER = "2025-06-03", "2025-06-10"
DECIDED = Decision(date(2025, 2, 17), None, "KF § 12")


def state(*days: str, status: str = "planned", stop: str | None = None) -> RowState:
    """A row as it is, or was."""
    return RowState(days, status, stop)


def moved(old: RowState | None, new: RowState | None, row: str = "a") -> RowChange:
    """A row of both."""
    return RowChange(row, row.upper(), old, new)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (state(DAY), state(LATER), "tisdag 3 juni → tisdag 10 juni 2025"),
        (state("2024-12-31"), state("2025-01-07"), "tisdag 31 december 2024 → tisdag 7 januari 2025"),
        (state(f"{DAY}/2025-06-05"), state(DAY), "3–5 juni → tisdag 3 juni 2025"),
        (state(DAY), state(LATER, status="moved"), "tisdag 3 juni → tisdag 10 juni 2025"),
        (state(DAY), state(DAY, status="moved"), "planerat → flyttat"),
        (
            state(DAY, status="preliminary"),
            state(LATER),
            "tisdag 3 juni → tisdag 10 juni 2025; preliminärt → planerat",
        ),
        (state(DAY), state(DAY, status="cancelled"), "planerat → inställt"),
        (state(status="undated"), state(DAY), "ej fastställt → tisdag 3 juni 2025"),
        (state(DAY), state(status="undated"), "tisdag 3 juni 2025 → ej fastställt"),
        (state(DAY), state(DAY, LATER), "nytt datum tisdag 10 juni 2025"),
        (state(DAY, LATER), state(DAY), "utgår: tisdag 10 juni 2025"),
        (state(DAY, LATER), state(DAY, "2025-06-12"), "tisdag 10 juni → torsdag 12 juni 2025"),
        (state(DAY, stop="2025-05-20"), state(DAY, stop="2025-05-27"), "stoppdatum tisdag 20 maj → tisdag 27 maj 2025"),
        (state(DAY, stop="missing"), state(DAY, stop="on_table"), "stoppdatum saknas → på bordet"),
        (state(DAY), state(DAY, stop="2025-05-27"), "stoppdatum inget → tisdag 27 maj 2025"),
        (None, state(DAY), "nytt: tisdag 3 juni 2025"),
        (None, state(status="undated"), "nytt"),
        (state(DAY), None, "borttaget: tisdag 3 juni 2025"),
        (
            state(*(f"2025-06-0{day}" for day in range(1, 10))),
            None,
            (
                "borttaget: söndag 1 juni 2025, måndag 2 juni 2025, tisdag 3 juni 2025, onsdag 4 juni 2025, "
                "torsdag 5 juni 2025 och 4 till"
            ),
        ),
    ],
)
def test_a_change_in_words(old: RowState | None, new: RowState | None, text: str) -> None:
    """The old and the new date, the year once; what the days say already is not said again."""
    (changes,) = change_lists([Since((moved(old, new),), DECIDED)])
    assert [line.text for line in changes.lines] == [text]
    assert changes.heading == "Ändrat sedan beslutet KF § 12"


def test_nothing_to_tell_is_told() -> None:
    """Where there is something to compare with."""
    assert [each.summary for each in change_lists([Since((), DECIDED), Since(())])] == [
        "Inget är ändrat sedan beslutet KF § 12 och förra utgåvan."
    ]
    assert change_lists([]) == ()


def test_what_both_say_is_said_once() -> None:
    """In the lists, and in the cell of each row."""
    first, second = moved(state(DAY), state(LATER)), moved(state(DAY), state(LATER), "b")
    both = change_lists([Since((first,), Decision(date(2025, 2, 17))), Since((first,))])
    assert [each.summary for each in both] == ["1 rad är ändrad sedan beslutet 17 februari 2025 och förra utgåvan."]
    assert changed_rows(both) == {"a": "3 juni → 10 juni 2025"}
    apart = change_lists([Since((first, second), DECIDED), Since((first, moved(None, state(LATER), "b")))])
    assert changed_rows(apart) == {
        "a": "sedan beslutet och förra utgåvan: 3 juni → 10 juni 2025",
        "b": "sedan beslutet: 3 juni → 10 juni 2025\nsedan förra utgåvan: nytt: 10 juni 2025",
    }
