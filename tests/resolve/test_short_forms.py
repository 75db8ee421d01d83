"""Short forms in a definition: spare days, planning periods, steps of chains, weekdays, reserved words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]
Refused = Callable[[str], list[tuple[str, str, str | None]]]


def row(keys: str) -> str:
    """A phase with one activity."""
    return f"faser:\n- id: fas\n  aktiviteter:\n  - {{id: a, titel: A, {keys}}}\n"


SPARE = [
    ("when: a week later", "när: KS i juni", "1 vecka efter", ["2025-06-10"]),
    ("a weekday of the same week", "när: KS i juni", "fredag samma vecka", ["2025-06-06"]),
    ("the row's own id says the same", "när: KS i juni", "fredag samma vecka som a", ["2025-06-06"]),
    ("its own id, counted from", "när: KS i juni", "1 vecka efter a", ["2025-06-10"]),
    ("counted from the last of its days", "när: 9–10 juni", "dagen efter", ["2025-06-11"]),
    ("before", "när: KS i juni", "arbetsdagen före", ["2025-06-02"]),
    ("a date", "när: KS i juni", "12 juni", ["2025-06-12"]),
    ("from a stretch", "start: 2 juni, längd: 1 vecka", "dagen efter", ["2025-06-09"]),
    ("of an undated row", "när: ej fastställt", "1 vecka efter", []),
    ("the meeting of a round is not the row", "när: dagen före möte, upprepa: {möte: KS, i: juni B-1}", "1 dag efter",
     ["2025-06-03"]),
]  # fmt: skip


@pytest.mark.parametrize(("when", "spare", "expected"), [case[1:] for case in SPARE], ids=[case[0] for case in SPARE])
def test_a_spare_day_counts_from_the_rows_own_date(plan: Plan, when: str, spare: str, expected: list[str]) -> None:
    """`reservdag` is counted from the row, whether it names it or not."""
    activity = plan(row(f"{when}, reservdag: {spare}")).activities[0]
    assert [str(occurrence.start) for occurrence in activity.reserve] == expected


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("5 år", ("2026-01-01", "2030-12-31")),
        ("3", ("2026-01-01", "2028-12-31")),
        ("B–B+2", ("2026-01-01", "2028-12-31")),
        ("2027–2029", ("2027-01-01", "2029-12-31")),
    ],
)
def test_a_planning_period(plan: Plan, written: str, days: tuple[str, str]) -> None:
    """As people write it."""
    period = plan(f"planperiod: {written}\n").planning_period
    assert period is not None
    assert (str(period.start), str(period.end)) == days


def test_a_planning_period_that_runs_backwards_is_refused(refused: Refused) -> None:
    """`2029–2027` is a slip."""
    assert [code for code, *_ in refused("planperiod: 2029–2027\n")] == ["empty-range"]


STEPS = [
    ("14 dagar före", "2025-05-20"),
    ("senast 14 dagar före", "2025-05-20"),
    ("minst 14 dagar före", "2025-05-20"),
    ("14 dagar före mötet", "2025-05-20"),
    ("14 dagar före möte", "2025-05-20"),
    ("måndag samma vecka", "2025-06-02"),
    ("14 dagar efter", "2025-06-17"),
    ("torsdagen veckan före", "2025-05-29"),
]


@pytest.mark.parametrize(("step", "day"), STEPS)
def test_a_step_that_names_nothing_counts_from_the_meeting(plan: Plan, step: str, day: str) -> None:
    """As a stop date does; a day off rolls back, so 29 May (Kristi himmelsfärdsdag) is the 28th."""
    house = f"organ:\n  KS: {{kedja: {{utskick: {step}}}}}\nsammanträden: {{2025: {{KS: [3 juni]}}}}\n"
    (activity,) = plan(row("när: KS i juni, organ: KS"), house=f"process: prov\n{house}").activities
    expected = "2025-05-28" if day == "2025-05-29" else day
    assert [str(found.day) for found in activity.chain] == [expected]


@pytest.mark.parametrize("word", ["tisdag", "tis", "tis.", "Tisdag", "tisdagen", "tisdagar"])
def test_a_weekday_as_people_write_it(plan: Plan, word: str) -> None:
    """`veckodag: tis`."""
    plan(row("när: 3 juni"), house=f"process: prov\norgan: {{KS: {{veckodag: {word}}}}}\n")


TAKEN = ("tom", "eller", "utom", "mellan", "löpande", "runt", "cirka", "omkring", "ev", "valborg")


@pytest.mark.parametrize("word", TAKEN)
def test_a_word_of_the_language_is_no_id(plan: Plan, word: str) -> None:
    """The hint is another id, which can be one."""
    with pytest.raises(InvalidProcess) as caught:
        plan(f"faser:\n- id: fas\n  aktiviteter:\n  - {{id: {word}, titel: A, när: 3 juni}}\n")
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("bad-id", f"välj ett annat, till exempel ”steg_{word}”")
    plan(f"faser:\n- id: fas\n  aktiviteter:\n  - {{id: {word}_1, titel: A, när: 3 juni}}\n")


MATTERS = [
    ("those that have the matter", "{möte: KS.budget, i: B-1}", ["a.juni"]),
    ("the whole plan without i", "{möte: KF}", ["a.juni", "a.november"]),
    ("a matter without i", "{möte: KS.budget}", ["a.juni"]),
]


@pytest.mark.parametrize(("repeat", "ids"), [case[1:] for case in MATTERS], ids=[case[0] for case in MATTERS])
def test_rounds_over_the_meetings_with_a_matter(plan: Plan, repeat: str, ids: list[str]) -> None:
    """`KS.budget` is each meeting that takes up the budget; without `i`, in the time that the process runs."""
    assert [a.id for a in plan(row(f"när: möte, upprepa: {repeat}")).activities] == ids


def test_rounds_over_a_matter_that_no_meeting_has(refused: Refused) -> None:
    """The row does not vanish: the matters of the plan are told."""
    ((code, _, hint),) = refused(row("när: möte, upprepa: {möte: KS.bokslut, i: B-1}"))
    assert (code, hint) == ("no-meeting", "ärenden i planen: budget")
