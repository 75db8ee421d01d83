"""A board's year: seven steps around each of eleven meetings, written once; what moves when a meeting moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arshjul.timeline import Activity, Status, StopKind, Timeline
from arshjul.wording.dates import stop_words, text_in_window
from arshjul.workdays import Workdays

Plan = Callable[..., Timeline]
Days = Mapping[str, list[str]]  # round → its meeting and the days of its steps, as day/month
MEETINGS = (
    "22 januari",
    "19 februari",
    "19 mars",
    "23 april",
    "7 maj",
    "21 maj",
    "11 juni",
    "27 augusti",
    "24 september",
    "29 oktober",
    "17 december",
)
STEPS = ("anmälan", "utkast", "stoppdatum", "beredning", "utskick", "justering", "anslag")
BOARD = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  BUN:
    namn: Barn- och utbildningsnämnden
    kedja:
      anmälan: tisdag fyra veckor före möte
      utkast: måndag tre veckor före möte
      stoppdatum: torsdagen före beredning
      beredning: tisdagen veckan före möte
      utskick: 5 dagar före möte
      justering: senast 14 dagar efter möte
      anslag: arbetsdagen efter justering
faser:
- id: nämnden
  aktiviteter:
  - {id: möte_bun, titel: "BUN {möte}", upprepa: {möte: BUN, i: B-1}, när: möte, organ: BUN, typ: beslut}
"""
ROUNDS = {
    "januari": "22/1",
    "februari": "19/2",
    "mars": "19/3",
    "april": "23/4",
    "maj": "7/5",
    "maj_2": "21/5",
    "juni": "11/6",
    "augusti": "27/8",
    "september": "24/9",
    "oktober": "29/10",
    "december": "17/12",
}
YEAR = {
    #             anmälan, utkast, stoppdatum, beredning, utskick, justering, anslag
    "januari": ["23/12", "30/12", "9/1", "14/1", "17/1", "5/2", "6/2"],
    "februari": ["21/1", "27/1", "6/2", "11/2", "14/2", "5/3", "6/3"],
    "mars": ["18/2", "24/2", "6/3", "11/3", "14/3", "2/4", "3/4"],
    "april": ["25/3", "31/3", "10/4", "15/4", "17/4", "7/5", "8/5"],
    "maj": ["8/4", "14/4", "24/4", "29/4", "2/5", "21/5", "22/5"],
    "maj_2": ["22/4", "28/4", "8/5", "13/5", "16/5", "4/6", "5/6"],
    "juni": ["13/5", "19/5", "28/5", "3/6", "5/6", "25/6", "26/6"],
    "augusti": ["29/7", "4/8", "14/8", "19/8", "22/8", "10/9", "11/9"],
    "september": ["26/8", "1/9", "11/9", "16/9", "19/9", "8/10", "9/10"],
    "oktober": ["30/9", "6/10", "16/10", "21/10", "24/10", "12/11", "13/11"],
    "december": ["18/11", "24/11", "4/12", "9/12", "12/12", "30/12", "2/1"],
}


def board(plan: Plan, changed: Mapping[str, str] | None = None, rows: str = "") -> Mapping[str, Activity]:
    """Round → activity, in the board's year; `changed` replaces entries of its plan, `rows` adds activities."""
    entries = ", ".join((changed or {}).get(day, day) for day in MEETINGS)
    timeline = plan(f"{rows}sammanträden: {{2025: {{BUN: [{entries}]}}}}\n", house=BOARD)
    return {activity.id.removeprefix("möte_bun."): activity for activity in timeline.activities}


def short(day: date | None) -> str:
    """A day as in a pocket calendar."""
    return f"{day.day}/{day.month}" if day else "–"


def around(activity: Activity) -> list[str]:
    """The days of the seven steps, in the order they are written."""
    days = {step.name: step.day for step in activity.chain} | {"stoppdatum": activity.stop_date.day}
    assert set(days) == set(STEPS)
    return [short(days[step]) for step in STEPS]


def meetings(found: Mapping[str, Activity]) -> dict[str, str]:
    """Round → the day of its meeting."""
    return {name: short(activity.start) for name, activity in found.items()}


def chains(found: Mapping[str, Activity]) -> dict[str, list[str]]:
    """Round → the days of its steps."""
    return {name: around(activity) for name, activity in found.items()}


# --- the year ---------------------------------------------------------------------------------------------------


def test_one_activity_and_one_chain_are_eleven_meetings_with_seven_steps_each(plan: Plan) -> None:
    """Eleven meetings and seventy-seven dates, out of one activity and seven expressions."""
    found = board(plan)
    assert meetings(found) == ROUNDS
    assert chains(found) == YEAR
    assert sum(len(days) for days in chains(found).values()) == 77


def test_every_step_is_a_working_day(plan: Plan) -> None:
    """No date of the seventy-seven lies on a weekend, a red day or an eve."""
    days = [step.day for activity in board(plan).values() for step in activity.chain]
    days += [activity.stop_date.day for activity in board(plan).values()]
    assert [day for day in days if day is None or not Workdays().is_working(day)] == []


ROLLED = [
    ("januari", "anmälan", "tisdag 24 december 2024", "julafton", "måndag 23 december 2024"),
    ("april", "utskick", "fredag 18 april 2025", "långfredagen", "torsdag 17 april 2025"),
    ("juni", "stoppdatum", "torsdag 29 maj 2025", "Kristi himmelsfärdsdag", "onsdag 28 maj 2025"),
    ("juni", "utskick", "fredag 6 juni 2025", "nationaldagen", "torsdag 5 juni 2025"),
    ("december", "justering", "onsdag 31 december 2025", "nyårsafton", "tisdag 30 december 2025"),
]


def rolls(found: Mapping[str, Activity]) -> list[tuple[str, str, str]]:
    """Round, step and reason of every date that was rolled."""
    steps = [(name, step.name, step.steps) for name, activity in found.items() for step in activity.chain]
    steps += [(name, "stoppdatum", activity.stop_date.steps) for name, activity in found.items()]
    return [(name, step, link.text) for name, step, links in steps for link in links if "är ledig" in link.text]


def test_steps_on_holidays_roll_and_say_why(plan: Plan) -> None:
    """Five steps of this year fall on a day off; each says which, and the working day before; no other is moved."""
    said = [
        (name, step, f"{day} är ledig ({why}), annars arbetsdagen före: {to}") for name, step, day, why, to in ROLLED
    ]
    assert sorted(rolls(board(plan))) == sorted(said)


def test_a_step_counts_from_the_rolled_one(plan: Plan) -> None:
    """The minutes of December are approved on the 30th, so they are posted on the next working day, 2 January."""
    (posted,) = [step for step in board(plan)["december"].chain if step.name == "anslag"]
    assert posted.dated
    assert text_in_window(posted.dated) == "fredag 2 januari 2026"
    assert posted.steps[-1].text == (
        "arbetsdagen efter tisdag 30 december 2025: fredag 2 januari 2026; "
        "hoppar över onsdag 31 december (nyårsafton), torsdag 1 januari (nyårsdagen)"
    )


# --- a meeting that moves ------------------------------------------------------------------------------------------

MOVED = [
    (
        "a day",
        {"23 april": "{datum: 24 april, flyttad_från: 23 april}"},
        {"april": ["25/3", "31/3", "10/4", "15/4", "17/4", "8/5", "9/5"]},
    ),
    (
        "into another month",
        {"24 september": "{datum: 1 oktober, flyttad_från: 24 september}"},
        {"september": ["2/9", "8/9", "18/9", "23/9", "26/9", "15/10", "16/10"]},
    ),
    (
        "past the other one of its month",
        {"7 maj": "{datum: 28 maj, flyttad_från: 7 maj}"},
        {"maj": ["29/4", "5/5", "15/5", "20/5", "23/5", "11/6", "12/6"]},
    ),
    (
        "two at once",
        {
            "19 februari": "{datum: 26 februari, flyttad_från: 19 februari}",
            "27 augusti": "{datum: 3 september, flyttad_från: 27 augusti}",
        },
        {
            "februari": ["28/1", "3/2", "13/2", "18/2", "21/2", "12/3", "13/3"],
            "augusti": ["5/8", "11/8", "21/8", "26/8", "29/8", "17/9", "18/9"],
        },
    ),
]


@pytest.mark.parametrize(("changed", "expected"), [case[1:] for case in MOVED], ids=[case[0] for case in MOVED])
def test_a_moved_meeting_moves_its_chain_and_no_other(changed: Mapping[str, str], expected: Days, plan: Plan) -> None:
    """Its seven steps go with it, the seventy others stay, and no id changes."""
    found = board(plan, changed)
    assert set(found) == set(ROUNDS)
    assert chains(found) == YEAR | dict(expected)
    assert {name for name, activity in found.items() if activity.status is Status.MOVED} == set(expected)


def test_without_its_old_day_a_meeting_is_another_one(plan: Plan) -> None:
    """A plan that only writes another day has another meeting: the round takes that day's name."""
    found = board(plan, {"24 september": "1 oktober"})
    assert set(ROUNDS) - set(found) == {"september"}
    assert set(found) - set(ROUNDS) == {"oktober_2"}
    assert meetings(found)["oktober"] == "1/10"


def free(day: date) -> bool:
    """A working day on which the board does not meet already."""
    return Workdays().is_working(day) and short(day) not in ROUNDS.values()


free_days = st.dates(date(2025, 1, 7), date(2025, 12, 19)).filter(free)


@settings(max_examples=settings().max_examples // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moved=st.sampled_from(MEETINGS), to=free_days)
def test_wherever_a_meeting_moves_the_others_stay(plan: Plan, moved: str, to: date) -> None:
    """Any meeting, to any other working day of the year: all ids stay, and so do the days of the ten others."""
    found = board(plan, {moved: f"{{datum: {to}, flyttad_från: {moved}}}"})
    assert set(found) == set(ROUNDS)
    (name,) = [round_ for round_, day in zip(ROUNDS, MEETINGS, strict=True) if day == moved]
    assert found[name].start == to
    others = {round_: days for round_, days in chains(found).items() if round_ != name}
    assert others == {round_: days for round_, days in YEAR.items() if round_ != name}
    (sent,) = [step.day for step in found[name].chain if step.name == "utskick"]
    assert sent is not None
    assert sent <= to - timedelta(days=5)


# --- names, cancelled meetings, steps of their own -------------------------------------------------------------------


def test_a_cancelled_meeting_keeps_its_round_and_leaves_the_others_as_they_are(plan: Plan) -> None:
    """The first meeting of May is cancelled: its round says so, with days for print alone; the second is the second."""
    found = board(plan, {"7 maj": "{datum: 7 maj, inställt: för få ärenden}"})
    assert set(found) == set(ROUNDS)
    others = {name: days for name, days in chains(found).items() if name != "maj"}
    assert others == {name: days for name, days in YEAR.items() if name != "maj"}
    gone = found["maj"]
    assert (gone.status, gone.cancelled, str(gone.start)) == (Status.CANCELLED, "för få ärenden", "2025-05-07")
    assert [(s.name, s.day) for s in gone.chain] == [(s.name, s.day) for s in board(plan)["maj"].chain]
    assert (gone.stop_date.kind, gone.stop_date.day, stop_words(gone.stop_date)) == (StopKind.NOT_REQUIRED, None, "")
    assert (gone.stop_date.withdrawn, gone.meeting_stop_date) == (board(plan)["maj"].stop_date.day, None)


@pytest.mark.parametrize("matters", ["[budget]", "[budget, rapport]", "[maj]", "[utskick, möte, BUN]"])
def test_a_matter_renames_no_round(matters: str, plan: Plan) -> None:
    """What is added to a meeting in the plan is no part of the name: ids, and the calendar's with them, stay."""
    found = board(plan, {"21 maj": f"{{datum: 21 maj, ärenden: {matters}}}"})
    assert (meetings(found), chains(found)) == (ROUNDS, YEAR)


def test_a_meeting_that_moves_keeps_its_name_and_its_matters(plan: Plan) -> None:
    """The name is of the month and the ordinal first planned, wherever the meeting goes."""
    moved = {"21 maj": "{datum: 4 juni, flyttad_från: 21 maj, ärenden: [budget]}"}
    rows = "  - {id: tryck, titel: Tryck, när: dagen före möte_bun.budget.utskick}\n"
    found = board(plan, moved, rows)
    assert meetings(found) == ROUNDS | {"maj_2": "4/6", "tryck": "29/5"}


def test_a_meeting_gives_a_step_its_own_day_or_leaves_it_out(plan: Plan) -> None:
    """Both are marked, what is counted from the step follows, and what is counted from a step left out is undated."""
    own = board(plan, {"11 juni": "{datum: 11 juni, justering: 13 juni, beredning: 2 juni, stoppdatum: utgår}"})["juni"]
    assert [(s.name, s.dated and text_in_window(s.dated)) for s in own.chain if s.deviates] == [
        ("beredning", "måndag 2 juni"),
        ("justering", "fredag 13 juni"),
    ]
    assert [str(step.day) for step in own.chain if step.name == "anslag"] == ["2025-06-16"]
    assert (own.stop_date.kind, stop_words(own.stop_date)) == (StopKind.NOT_REQUIRED, "utgår")
    none = board(plan, {"11 juni": "{datum: 11 juni, beredning: utgår}"})["juni"]
    assert (around(none)[2], around(none)[3]) == ("–", "–")
    assert none.stop_date.kind is StopKind.UNDATED


def test_what_hangs_on_a_step_moves_with_the_meeting(plan: Plan) -> None:
    """An activity of the same rounds means the step of its own round; one outside names the round's meeting."""
    rows = (
        '  - {id: tryck, titel: "Tryck", upprepa: {möte: BUN, i: B-1}, när: arbetsdagen före möte_bun.utskick}\n'
        "  - {id: pressträff, titel: Pressträff, när: dagen efter möte_bun.september}\n"
        "  - {id: terminer, titel: Året, när: samma dag som möte_bun}\n"
    )
    still, moved = (
        board(plan, changed, rows)
        for changed in ({}, {"24 september": "{datum: 1 oktober, flyttad_från: 24 september}"})
    )
    expected = {"tryck.september": ("18/9", "25/9"), "pressträff": ("25/9", "2/10"), "tryck.april": ("16/4", "16/4")}
    assert {name: (short(still[name].start), short(moved[name].start)) for name in expected} == expected
    assert [(short(a.start), short(a.end)) for a in (still["terminer"], moved["terminer"])] == [("22/1", "17/12")] * 2
    assert set(still) == set(moved)
