"""What a year lacks: the row and what hangs on it are undated, and all the rest is written (spec 3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.definition import validate
from arshjul.diagnostics import InvalidProcess, Severity, Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Status, StopKind, Timeline

Plan = Callable[..., Timeline]

HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
kalender:
  klämdagar: arbetsdag
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: 10 arbetsdagar före}
  KF: {namn: Kommunfullmäktige}
  SN: {namn: Socialnämnden}
sammanträden:
  2025:
    KS: [6 maj, 3 juni, 2 sept]
    KF: [17 juni, 25 nov]
  2026:
    KS: [3 mars]
"""


@pytest.fixture
def plan(plan: Plan) -> Plan:
    """The plan of budget 2026 in the house above."""
    return lambda yaml, house=HOUSE: plan(yaml, house=house)


LACKING = [
    ("no meeting", "KS i augusti", "no-meeting"),
    ("several meetings", "KS i B-1", "several-meetings"),
    ("no plan for the body", "SN i juni", "missing-meeting-plan"),
    ("no fifth Monday", "femte tisdagen i juni", "no-such-occurrence"),
    ("no leap day", "29 februari", "no-such-day"),
    ("no week 53", "v. 53", "no-such-week"),
    ("another weekday", "måndag 3 juni", "weekday-mismatch"),
    ("days backwards", "10 juni till 3 juni", "empty-range"),
]


def undated(timeline: Timeline) -> list[str]:
    """The rows without a date."""
    return [row.id for row in timeline.activities if row.status is Status.UNDATED]


@pytest.mark.parametrize(("when", "code"), [case[1:] for case in LACKING], ids=[case[0] for case in LACKING])
def test_what_a_year_lacks_leaves_the_row_and_what_hangs_on_it_undated(when: str, code: str, plan: Plan) -> None:
    """One error, with a list of what hangs on it; the other rows are dated."""
    timeline = plan(rows(when, "dagen efter r0", "r1 till 30 december", "3 juni"))
    (lacking,) = timeline.errors
    assert (lacking.finding.code, lacking.finding.severity) == (code, Severity.ERROR)
    assert [link.message for link in lacking.finding.related] == ["på detta hänger även r1, r2"]
    assert undated(timeline) == [*lacking.rows] == ["r0", "r1", "r2"]
    assert [str(row.start) for row in timeline.activities if row.start] == ["2025-06-03"]


def rows(*dates: str) -> str:
    """Rows r0, r1 … with these `när`."""
    lines = (f'  - {{id: r{number}, titel: T, när: "{when}"}}\n' for number, when in enumerate(dates))
    return "faser:\n- id: fas\n  aktiviteter:\n" + "".join(lines)


AS_WRITTEN = ["30 februari", "v. 54", "31 juni", "2025-02-30", "dagen efter finns_inte", "KS i juni +"]


@pytest.mark.parametrize("when", AS_WRITTEN)
def test_what_is_wrong_in_every_year_leaves_no_plan(when: str, plan: Plan) -> None:
    """As written; the errors of the year in other rows are told beside it."""
    with pytest.raises(InvalidProcess):
        plan(rows(when, "3 juni"))


def test_errors_of_the_year_are_told_beside_errors_as_written(plan: Plan) -> None:
    """In one run."""
    with pytest.raises(InvalidProcess) as caught:
        plan(rows("dagen efter finns_inte", "KS i augusti", "v. 53"))
    assert [found.code for found in caught.value.diagnostics] == ["unknown-name", "no-meeting", "no-such-week"]


def test_a_row_keeps_the_dates_that_it_does_not_lack(plan: Plan) -> None:
    """A reserve day, an as-of date, a stop date or a chain step of its own does not take the row's date with it."""
    row = "  - {id: a, titel: A, när: KS i juni, organ: KS, typ: beslut, reservdag: v. 53, stoppdatum: 29 februari}\n"
    timeline = plan("faser:\n- id: fas\n  aktiviteter:\n" + row)
    (activity,) = timeline.activities
    assert str(activity.start) == "2025-06-03"
    assert activity.reserve == ()
    assert activity.stop_date.kind is StopKind.UNDATED
    assert [lacking.finding.code for lacking in timeline.errors] == ["no-such-week", "no-such-day"]
    assert [lacking.rows for lacking in timeline.errors] == [(), ()]


def test_a_plan_that_is_missing_is_missing_once(plan: Plan) -> None:
    """However many rows ask for it: one error with the others listed."""
    (lacking,) = plan(rows("SN i maj", "SN i juni", "SN i juli")).errors
    assert [link.message for link in lacking.finding.related] == ["på detta hänger även r1, r2"]
    assert lacking.rows == ("r0", "r1", "r2")


def test_a_wrong_meeting_in_a_plan_leaves_its_body_undated_that_year(plan: Plan) -> None:
    """Never a meeting short: the only one in June would be the wrong one. Another body and another year are dated."""
    house = HOUSE.replace("KF: [17 juni, 25 nov]", "KF: [måndag 17 juni, 24 juni, 25 nov]")
    timeline = plan(rows("KF i juni", "KS i juni", "dagen efter r0", "KS i mars B"), house=house)
    (lacking,) = timeline.errors
    assert lacking.finding.code == "weekday-mismatch"
    assert [link.message for link in lacking.finding.related] == ["på detta hänger även r0, r2"]
    assert undated(timeline) == ["r0", "r2"]


def test_a_round_whose_period_the_year_lacks_is_undated_alone(plan: Plan) -> None:
    """Week 53 is one round of three."""
    repeated = "upprepa: {period: [v. 2, v. 53, mars], år: B-1}"
    row = f"  - {{id: a, titel: 'A {{period}}', när: period, {repeated}}}\n"
    timeline = plan(f"faser:\n- id: fas\n  aktiviteter:\n{row}")
    assert {row.id: row.start and str(row.start) for row in timeline.activities} == {
        "a.v_2": "2025-01-06",
        "a.mars": "2025-03-01",
        "a.v_53": None,
    }
    assert [lacking.rows for lacking in timeline.errors] == [("a.v_53",)]


def test_rounds_that_are_not_known_are_one_row_without_a_date(plan: Plan) -> None:
    """The words of the round are left open; what names one of the rounds is undated, not unknown."""
    timeline = plan(
        "faser:\n- id: fas\n  aktiviteter:\n"
        "  - {id: a, titel: 'A {möte}', när: möte, upprepa: {möte: SN, i: B-1}}\n"
        "  - {id: b, titel: B, när: dagen efter a.april}\n"
        "- id: alltid\n  titel: 'Fas {möte}'\n  upprepa: {möte: SN, i: B-1}\n"
        "  aktiviteter: [{id: c, titel: 'C {möte}', när: dagen efter möte}]\n"
    )
    assert [(row.id, row.title, row.start) for row in timeline.activities] == [
        ("a", "A …", None),
        ("b", "B", None),
        ("c", "C …", None),
    ]
    assert timeline.phases[1].title == "Fas …"
    (lacking,) = timeline.errors
    assert lacking.finding.code == "missing-meeting-plan"
    assert set(lacking.rows) == {"a", "b", "c"}


def test_a_draft_rule_that_lacks_its_day_is_left_out(plan: Plan) -> None:
    """The others of the body count; that no meeting is found where it is missed is no error more."""
    house = HOUSE.replace("SN: {namn: Socialnämnden", "SN: {namn: S, preliminärt: [29 februari, 3 maj]")
    timeline = plan(rows("SN i maj", "SN i februari", "3 juni"), house=house)
    assert undated(timeline) == ["r1"]
    (lacking,) = timeline.errors
    assert lacking.finding.code == "no-such-day"
    assert [link.message for link in lacking.finding.related] == ["på detta hänger även r1"]


def test_a_draft_rule_that_nobody_counts_from_is_not_told(plan: Plan) -> None:
    """Nor one of the year beside, which a hint looks at."""
    house = HOUSE.replace("SN: {namn: Socialnämnden", "SN: {namn: S, preliminärt: [29 februari, 3 maj]")
    assert plan(rows("3 juni"), house=house).errors == ()


def test_a_closure_that_the_plan_lacks_is_left_out_and_told(plan: Plan) -> None:
    """KF meets in November 2025 and has no plan for 2024: the plan of 2026 counts the one and is told of the other."""
    house = HOUSE.replace("kalender:\n", "kalender:\n  stängt: [{när: dagen efter KF i november, namn: städdag}]\n")
    assert plan(rows("3 juni"), house=house).errors == ()
    (lacking,) = plan(rows("3 juni B-1"), house=house.replace("löper: 1 jan B-1", "löper: 1 jan B-2")).errors
    assert (lacking.finding.code, lacking.finding.message) == (
        "missing-meeting-plan",
        "KF har ingen sammanträdesplan för 2024",
    )


def test_a_closure_in_a_week_or_on_a_day_that_not_every_year_has_is_no_error(plan: Plan) -> None:
    """It is closed where it exists."""
    house = HOUSE.replace("kalender:\n", "kalender:\n  stängt: [{när: v. 53, namn: a}, {när: 29 februari, namn: b}]\n")
    assert plan(rows("3 juni"), house=house).errors == ()


def test_a_phase_whose_days_the_year_lacks(plan: Plan) -> None:
    """What needs its year is undated; what says its own is dated, and so are the other phases."""
    mine = rows("3 juni", "3 juni B-1", "dagen efter fas")
    mine = mine.replace("- id: fas\n", "- id: fas\n  löper: KS i augusti till 31 dec B-1\n")
    timeline = plan(mine + "- {id: annan, aktiviteter: [{id: zz, titel: Z, när: 3 juni}]}\n")
    assert undated(timeline) == ["r0", "r2"]
    (lacking,) = timeline.errors
    assert lacking.finding.code == "no-meeting"
    assert [link.message for link in lacking.finding.related] == ["på detta hänger även r0, r2"]
    assert (timeline.phases[0].start, timeline.phases[0].end) == (None, None)


def test_a_process_whose_days_the_year_lacks(plan: Plan) -> None:
    """The same for `löper` of the process."""
    timeline = plan(rows("3 juni", "3 juni B-1"), house=HOUSE.replace("1 jan B-1 till", "KS i augusti B-1 till"))
    assert undated(timeline) == ["r0"]
    assert [lacking.finding.code for lacking in timeline.errors] == ["no-meeting"]
    assert timeline.start is None


def test_a_requirement_on_what_has_no_date_is_not_judged(plan: Plan) -> None:
    """Neither kept nor broken; one that names nothing undated is judged."""
    rules = {"k1": "r0 är före r1", "k2": "r1 är före r2", "k3": "r1 är före KS i augusti"}
    written = "".join(f"- {{id: {name}, regel: {rule}}}\n" for name, rule in rules.items())
    timeline = plan(f"krav:\n{written}" + rows("v. 53", "3 juni", "4 juni"))
    assert [(rule.id, rule.undated) for rule in timeline.not_judged] == [("k1", ("r0",))]
    assert [(rule.id, rule.held) for rule in timeline.judgements] == [("k2", True)]
    assert [lacking.finding.code for lacking in timeline.errors] == ["no-meeting", "no-such-week"]


def test_a_window_that_a_deviation_turned_names_the_deviation() -> None:
    """It is left out, and so is what hangs on it; the row that was moved keeps its date."""
    window = "tidsfönster:\n- {id: tid, start: dagen efter r1, slut: 30 augusti}\n"
    written = parse(Source("process.yaml", HOUSE + window + rows("3 juni", "dagen efter r0", "dagen efter tid")))
    moved = parse(Source("avvikelser-2026.yaml", "budgetår: 2026\nändra:\n  r0: {när: 3 december, skäl: sent}\n"))
    timeline = resolve(validate(written, [], moved), 2026)
    (lacking,) = timeline.errors
    assert lacking.finding.code == "empty-range"
    assert [link.message for link in lacking.finding.related] == ["avvikelsen: r0", "på detta hänger även r2"]
    assert lacking.finding.hint is not None
    assert lacking.finding.hint.startswith("r0 är ändrad i avvikelser-2026.yaml rad 3")
    assert {row.id: row.start and str(row.start) for row in timeline.activities} == {
        "r0": "2025-12-03",
        "r1": "2025-12-04",
        "r2": None,
    }


@pytest.mark.parametrize(("when", "code"), [case[1:] for case in LACKING], ids=[case[0] for case in LACKING])
def test_nobody_misses_the_date_of_what_is_cancelled(when: str, code: str, plan: Plan) -> None:
    """A cancelled row has its date for print alone: that the year lacks it is no error, only that it is miswritten."""
    assert code
    row = f'faser:\n- id: fas\n  aktiviteter:\n  - {{id: a, titel: A, inställt: få ärenden, när: "{when}"}}\n'
    timeline = plan(row)
    assert (timeline.errors, [activity.status for activity in timeline.activities]) == ((), [Status.CANCELLED])
    with pytest.raises(InvalidProcess, match="Okänt namn"):
        plan(row.replace(when, "dagen efter nånting"))
