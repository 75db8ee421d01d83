"""Meetings: plans and drafts, cancelled and moved ones, searches over the years, rounds that keep their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess, as_written
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]
HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {namn: Kommunstyrelsen, kedja: {stoppdatum: 14 dagar före möte, justering: 14 dagar efter möte}}
  SN: {namn: Socialnämnden}
  AU: {namn: Utskottet}
organgrupper: {nämnd: [SN], ingen: []}
sammanträden:
  2025:
    KS:
    - {datum: 14 jan, flyttad_från: 2024-12-17, stoppdatum: 18 december}
    - 1 april
    - {datum: 6 maj, flyttad_från: 15 april}
    - {datum: 20 maj, inställt: ja}
    - 27 maj
    - {datum: 30 dec, justering: 9 jan}
    AU: []
  2026: {KS: [13 jan], AU: [3 feb]}
"""


def rows(*activities: str) -> str:
    """One phase with these activities."""
    return "faser:\n- id: fas\n  aktiviteter:\n" + "".join(f"  - {{{row}}}\n" for row in activities)


def days(timeline: Timeline) -> dict[str, str | None]:
    """Id → first day."""
    return {a.id: str(a.start) if a.start else None for a in timeline.activities}


def reasons(plan: Plan, yaml: str) -> list[tuple[str, str]]:
    """Code and message of every error. Those of the year leave the row `a` undated."""
    try:
        timeline = plan(yaml, house=HOUSE)
    except InvalidProcess as invalid:
        return [(found.code, found.message) for found in invalid.diagnostics if as_written([found])]
    assert {row.start for row in timeline.activities} == {None}
    return [(lacking.finding.code, lacking.finding.message) for lacking in timeline.errors]


MEETINGS = [
    ("a cancelled meeting is never found", "andra KS i maj", "2025-05-27"),
    ("a moved one is found on its new day", "första KS i maj", "2025-05-06"),
    ("a search goes over new year", "KS efter 30 december", "2026-01-13"),
    ("a year with an empty list is passed", "AU efter 3 juni", "2026-02-03"),
]


@pytest.mark.parametrize(("when", "expected"), [case[1:] for case in MEETINGS], ids=[case[0] for case in MEETINGS])
def test_a_meeting(when: str, expected: str, plan: Plan) -> None:
    """Only meetings that are held, on the day they are held."""
    assert days(plan(rows(f"id: a, titel: A, när: {when}"), house=HOUSE)) == {"a": expected}


REFUSED = [
    ("a body without plan or rule", "när: SN i maj", "missing-meeting-plan"),
    ("a search before the first plan", "när: KS före 14 januari", "missing-meeting-plan"),
    ("only cancelled ones", "när: KS i (15 maj till 25 maj)", "no-meeting"),
    ("an empty list has no meeting", "när: AU i maj", "no-meeting"),
    ("rounds of a body without plan or rule", "när: möte, upprepa: {möte: SN, i: B-1}", "missing-meeting-plan"),
    ("rows for a group that does not exist", "när: varje namnd i maj, visa: var_för_sig", "unknown-name"),
    ("rows for a group without bodies", "när: varje ingen i maj, visa: var_för_sig", "expression"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_no_meeting_is_an_error(keys: str, code: str, plan: Plan) -> None:
    """Never a skip, and never an activity that vanishes from the plan."""
    ((found, message),) = reasons(plan, rows(f"id: a, titel: A, {keys}"))
    assert found == code
    assert message


def test_a_body_without_plan_is_no_error_for_each_of_a_group(plan: Plan) -> None:
    """`varje nämnd i P` is P itself until the plan is there."""
    (activity,) = plan(rows("id: a, titel: A, när: varje nämnd i maj"), house=HOUSE).activities
    assert (str(activity.start), str(activity.end)) == ("2025-05-01", "2025-05-31")


def test_rounds_keep_the_names_of_the_days_first_planned(plan: Plan) -> None:
    """A meeting moved out of April is April's second still; one that comes from last year takes no name from this."""
    yaml = rows("id: a, titel: A, när: möte, upprepa: {möte: KS, i: B-1}")
    assert days(plan(yaml, house=HOUSE)) == {
        "a.december_2": "2025-01-14",
        "a.april": "2025-04-01",
        "a.april_2": "2025-05-06",
        "a.maj": "2025-05-20",
        "a.maj_2": "2025-05-27",
        "a.december": "2025-12-30",
    }


def test_a_meeting_moved_to_the_next_year_leaves_the_ordinals_of_this(plan: Plan) -> None:
    """The second meeting of November is the second, though the first is now in the plan of January."""
    house = HOUSE.replace("KS: [13 jan]", "KS: [{datum: 8 jan, flyttad_från: 2025-12-04}]")
    yaml = rows("id: a, titel: A, när: möte, upprepa: {möte: KS, i: november–december B-1}")
    assert days(plan(yaml, house=house)) == {"a.december_2": "2025-12-30"}


def test_a_matter_of_several_rounds_names_none_of_them(plan: Plan) -> None:
    """Which one is meant is for the author to say."""
    house = HOUSE.replace("- 27 maj", "- {datum: 27 maj, ärenden: [mål]}").replace(
        "- 1 april", "- {datum: 1 april, ärenden: [mål]}"
    )
    named = rows("id: a, titel: A, när: möte, upprepa: {möte: KS, i: B-1}", "id: b, titel: B, när: a.mål")
    (lacking,) = plan(named, house=house).errors
    found = lacking.finding
    assert lacking.rows == ("b",)
    assert (found.code, found.message) == ("several-meetings", "a.mål är flera omgångar: april, maj_2")
    assert found.hint == "skriv en av a.april, a.maj_2"


def test_a_meeting_moved_out_of_the_period_keeps_its_ordinal(plan: Plan) -> None:
    """The rounds of April are not renamed because one of its meetings is held in May."""
    house = HOUSE.replace("- 1 april\n", "- {datum: 8 maj, flyttad_från: 1 april}\n    - 29 april\n")
    yaml = rows("id: a, titel: A, när: möte, upprepa: {möte: KS, i: april B-1}")
    assert days(plan(yaml, house=house)) == {"a.april_3": "2025-04-29"}


@pytest.mark.parametrize(
    ("when", "stop"), [("KS i januari", "2024-12-18"), ("första KS i maj", "2025-04-22"), ("KS i april", "2025-03-18")]
)
def test_a_step_in_the_plan_is_of_the_nearest_year(when: str, stop: str, plan: Plan) -> None:
    """The stop date of 18 December for a meeting in January is that of the year before."""
    (activity,) = plan(rows(f"id: a, titel: A, när: {when}, organ: KS, typ: beslut"), house=HOUSE).activities
    assert str(activity.stop_date.day) == stop


def test_a_step_after_a_meeting_may_be_next_year(plan: Plan) -> None:
    """9 January for a meeting on 30 December."""
    (activity,) = plan(rows("id: a, titel: A, när: KS i december, organ: KS"), house=HOUSE).activities
    assert [(step.name, str(step.day), step.deviates) for step in activity.chain] == [("justering", "2026-01-09", True)]


DRAFTS = [
    ("the same day by two rules is one meeting", "[3 juni, första tisdagen i juni]", "2025-06-03"),
    ("the days of one rule", "[3 juni och 5 augusti]", "2025-06-03"),
]


@pytest.mark.parametrize(("rules", "expected"), [case[1:] for case in DRAFTS], ids=[case[0] for case in DRAFTS])
def test_drafts(rules: str, expected: str, plan: Plan) -> None:
    """What the rules say of a year without a plan, each day once."""
    house = HOUSE.replace("SN: {namn: Socialnämnden}", f"SN: {{namn: Socialnämnden, preliminärt: {rules}}}")
    assert days(plan(rows("id: a, titel: A, när: SN i juni"), house=house)) == {"a": expected}


def test_a_draft_outside_its_year_is_an_error(plan: Plan) -> None:
    """It would be found in no search of the year that it lies in."""
    house = HOUSE.replace("SN: {namn: Socialnämnden}", "SN: {namn: S, preliminärt: [dagen före 1 januari]}")
    (lacking,) = plan(rows("id: a, titel: A, när: SN i juni"), house=house).errors
    assert lacking.rows == ("a",)
    assert (lacking.finding.code, lacking.finding.message) == (
        "outside-window",
        "”dagen före 1 januari” ger tisdag 31 december 2024, som inte ligger i 2025",
    )


def test_the_nearest_meetings_may_be_of_the_years_beside(plan: Plan) -> None:
    """The hint of a missing meeting looks past new year, where there is a plan."""
    (lacking,) = plan(rows("id: a, titel: A, när: AU i december"), house=HOUSE).errors
    assert lacking.finding.hint == "närmast: tisdag 3 februari 2026"


def test_what_hangs_on_an_undecided_period_is_undated(plan: Plan) -> None:
    """As on an undecided activity; where rounds or years hang on it, it is an error."""
    house = HOUSE + "kalender: {perioder: {lov: ej fastställt}}\n"
    assert days(plan(rows("id: a, titel: A, när: dagen efter lov"), house=house)) == {"a": None}
    with pytest.raises(InvalidProcess, match="Perioden lov är inte fastställd"):
        plan(rows("id: a, titel: A, när: period, upprepa: {period: [lov], år: B-1}"), house=house)


def test_a_matter_is_a_second_name_of_its_round_as_an_id_would_be(plan: Plan) -> None:
    """An id holds no blanks, whatever the matter is called; the first name stays what it is."""
    house = HOUSE.replace("- 27 maj", "- {datum: 27 maj, ärenden: [budget 2026]}")
    found = days(
        plan(
            rows("id: a, titel: A, när: möte, upprepa: {möte: KS, i: B-1}", "id: b, titel: B, när: a.budget_2026"),
            house=house,
        )
    )
    assert (found["a.maj_2"], found["b"]) == ("2025-05-27", "2025-05-27")
