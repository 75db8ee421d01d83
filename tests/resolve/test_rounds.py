"""`upprepa` on activities and phases, `visa`, `avser`, and what `om` lets stand: which rows there are, and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]
Refused = Callable[[str], list[tuple[str, str, str | None]]]


def days(timeline: Timeline) -> dict[str, str]:
    """Id → its days, `a/b` for a stretch, in printed order."""
    return {
        a.id: " ".join(str(o.start) if o.start == o.end else f"{o.start}/{o.end}" for o in a.occurrences)
        for a in timeline.activities
    }


def phase(rows: str, keys: str = "") -> str:
    """One phase `fas` with these activities, one a line."""
    activities = "".join(f"  - {{{row}}}\n" for row in rows.strip().splitlines())
    return f"- id: fas\n{keys}  aktiviteter:\n{activities}"


ROUNDS = [
    (
        "a period names the round, and `per` the day that it ends",
        "id: a, titel: A, upprepa: {period: [mars, maj], år: B-1}, per: sista dagen i period, när: månaden efter per",
        {"a.mars": "2025-04-01/2025-04-30", "a.maj": "2025-06-01/2025-06-30"},
    ),
    (
        "periods of any kind, in another year",
        "id: a, titel: A, upprepa: {period: [T1, v. 53, sportlov], år: B}, när: dagen efter period",
        {"a.sportlov": "2026-03-02", "a.T1": "2026-05-01", "a.v_53": "2027-01-04"},
    ),
    (
        "inside a round, a name means the same round",
        """
        id: a, titel: A, upprepa: {period: [mars, april], år: B-1}, när: sista dagen i period
        id: b, titel: B, upprepa: {period: [mars, april], år: B-1}, när: dagen efter a
        """,
        {"a.mars": "2025-03-31", "b.mars": "2025-04-01", "a.april": "2025-04-30", "b.april": "2025-05-01"},
    ),
    (
        "outside them, a round is named by its own name, and all of them by the activity's",
        """
        id: a, titel: A, upprepa: {period: [mars, april], år: B-1}, när: sista dagen i period
        id: b, titel: B, när: dagen efter a.mars
        id: c, titel: C, när: samma dag som a
        id: d, titel: D, när: dagen före a
        """,
        {
            "d": "2025-03-30",
            "a.mars": "2025-03-31",
            "c": "2025-03-31/2025-04-30",
            "b": "2025-04-01",
            "a.april": "2025-04-30",
        },
    ),
    (
        "an activity without that round is all of its days",
        """
        id: a, titel: A, upprepa: {period: [mars], år: B-1}, när: sista dagen i period
        id: b, titel: B, upprepa: {period: [maj], år: B-1}, när: dagen efter a
        """,
        {"a.mars": "2025-03-31", "b.maj": "2025-04-01"},
    ),
    (
        "the meetings of a body: by month and ordinal, never by matter; a cancelled one has its round",
        "id: a, titel: A, upprepa: {möte: KS, i: B-1}, när: dagen före möte",
        {
            "a.mars": "2025-03-03",
            "a.maj": "2025-05-05",
            "a.juni": "2025-06-02",
            "a.juni_2": "2025-06-16",
            "a.september": "2025-09-01",
            "a.november": "2025-11-03",
        },
    ),
    (
        "a part of the year",
        "id: a, titel: A, upprepa: {möte: KS, i: Q2}, när: möte",
        {"a.maj": "2025-05-06", "a.juni": "2025-06-03", "a.juni_2": "2025-06-17"},
    ),
    (
        "the second meeting of a month is the second for a period that begins between the two as well",
        "id: a, titel: A, upprepa: {möte: KS, i: (10 juni till 30 sept)}, när: möte",
        {"a.juni_2": "2025-06-17", "a.september": "2025-09-02"},
    ),
    (
        "a matter is a second name, with a step after it; of all, the cancelled one is left out",
        """
        id: a, titel: A, upprepa: {möte: KS, i: juni–september}, när: möte, organ: KS, typ: beslut
        id: b, titel: B, när: dagen före a.budget
        id: c, titel: C, när: dagen före a.budget.stoppdatum
        id: d, titel: D, när: samma dag som a
        id: e, titel: E, när: dagen efter a.september.slut
        id: f, titel: F, när: dagen efter a.juni_2
        id: g, titel: G, när: dagen före a.juni_2.stoppdatum
        """,
        {
            "c": "2025-05-18",
            "b": "2025-06-02",
            "a.juni": "2025-06-03",
            "d": "2025-06-03/2025-09-02",
            "a.juni_2": "2025-06-17",
            "a.september": "2025-09-02",
            "e": "2025-09-03",
            "f": "",
            "g": "",
        },
    ),
    (
        "drafted meetings have rounds too",
        "id: a, titel: A, upprepa: {möte: CSG, i: B-1}, när: möte",
        {"a.mars": "2025-03-05", "a.juni": "2025-06-04"},
    ),
    (
        "a window is one row of all the bodies' days; a body without a plan has the period itself",
        "id: a, titel: A, när: varje nämnd i september",
        {"a": "2025-09-01/2025-09-30"},
    ),
    (
        "one row for each body, named by it",
        """
        id: a, titel: A, när: varje nämnd i september, visa: var_för_sig
        id: b, titel: B, när: dagen efter a.BUN
        id: c, titel: C, när: dagen efter a
        """,
        {"a.SN": "2025-09-01/2025-09-30", "a.BUN": "2025-09-24", "b": "2025-09-25", "c": "2025-10-01"},
    ),
    (
        "one row for each body that ends at its own meeting",
        "id: a, titel: A, start: 25 augusti, slut: varje nämnd i september, visa: var_för_sig",
        {"a.BUN": "2025-08-25/2025-09-24", "a.SN": "2025-08-25/2025-09-30"},
    ),
    (
        "each body in each round",
        "id: a, titel: A, upprepa: {period: [september], år: B-1}, när: varje nämnd i period, visa: var_för_sig",
        {"a.september_SN": "2025-09-01/2025-09-30", "a.september_BUN": "2025-09-24"},
    ),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in ROUNDS], ids=[case[0] for case in ROUNDS])
def test_rounds(rows: str, expected: dict[str, str], plan: Plan) -> None:
    """One activity becomes a row for each round or body, with ids that hold no date."""
    assert days(plan("faser:\n" + phase(rows))) == expected


@pytest.mark.parametrize(("shown", "titles"), [("fönster", ["A"]), ("var_för_sig", ["A (BUN)", "A (SN)"])])
def test_rows_of_a_body_say_whose_they_are(shown: str, titles: list[str], plan: Plan) -> None:
    """The body stands after the title; `fönster` is what is not written."""
    timeline = plan("faser:\n" + phase(f"id: a, titel: A, när: varje nämnd i september, visa: {shown}"))
    assert sorted(activity.title for activity in timeline.activities) == titles


BODIES = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {namn: Styrelsen, stoppdatum: 1 vecka före}
  BUN: {namn: Skolan, stoppdatum: 14 dagar före, kedja: {utskick: 5 dagar före möte}, tid: kl 13.00}
  SN: {namn: Omsorgen, kedja: {utskick: 7 dagar före möte, stoppdatum: dagen före utskick}}
  KN: {namn: Kulturen, stoppdatum: 10 dagar före}
organgrupper: {nämnd: [BUN, SN, KN]}
sammanträden: {2025: {BUN: [24 september], SN: [{datum: 17 september, stoppdatum: 1 september}]}}
"""


def around(timeline: Timeline) -> dict[str, tuple[str | None, str, list[str]]]:
    """Id → its body, its stop date and its chain."""
    return {
        a.id: (a.body, str(a.stop_date.day or a.stop_date.kind), [f"{s.name} {s.day}" for s in a.chain])
        for a in timeline.activities
    }


def test_the_row_of_a_body_has_its_chain_and_its_stop_date(plan: Plan) -> None:
    """What is taken up at the bodies' own meetings is theirs; a body without a plan has no day to count from."""
    rows = phase("id: a, titel: A, när: varje nämnd i september, visa: var_för_sig, typ: beslut")
    timeline = plan("faser:\n" + rows, house=BODIES)
    assert around(timeline) == {
        "a.BUN": ("BUN", "2025-09-10", ["utskick 2025-09-19"]),
        "a.SN": ("SN", "2025-09-01", ["utskick 2025-09-10"]),
        "a.KN": ("KN", "undated", []),
    }
    clocks = {a.id: a.occurrences[0].clock and str(a.occurrences[0].clock) for a in timeline.activities}
    assert clocks == {"a.BUN": "13.00", "a.SN": None, "a.KN": None}


def test_the_steps_of_a_bodys_row_are_named_from_outside(plan: Plan) -> None:
    """`a.BUN.utskick`, as of a round."""
    rows = phase(
        """
        id: a, titel: A, när: varje nämnd i september, visa: var_för_sig, typ: beslut
        id: b, titel: B, när: dagen före a.BUN.utskick
        id: c, titel: C, när: dagen före a.SN.stoppdatum
        """
    )
    found = days(plan("faser:\n" + rows, house=BODIES))
    assert (found["b"], found["c"]) == ("2025-09-18", "2025-08-31")


@pytest.mark.parametrize(
    "when", ["när: 3 dagar före varje nämnd i september", "start: 25 augusti, slut: varje nämnd i september"]
)
@pytest.mark.parametrize(("written", "body"), [("", None), (", organ: KS", "KS")])
def test_what_is_counted_from_the_bodies_meetings_is_not_taken_up_there(
    when: str, written: str, body: str | None, plan: Plan
) -> None:
    """The chain of a meeting is not put around another day than the meeting's."""
    rows = phase(f"id: a, titel: A, {when}, visa: var_för_sig{written}")
    assert {a.body for a in plan("faser:\n" + rows, house=BODIES).activities} == {body}


# --- phases ----------------------------------------------------------------------------------------------------

TERTIALS = "faser:\n" + phase(
    """
    id: bokslut, titel: "Bokslut {period}", när: sista dagen i period
    id: svar, titel: Svar, när: dagen efter bokslut
    id: arbete, titel: "Till {period}", upprepa: {period: [oktober, november], år: B-1}, start: bokslut, slut: period
    id: tack, titel: Tack, upprepa: {period: [oktober, november], år: B-1}, när: dagen efter arbete
    id: allt, titel: Allt, när: samma dag som arbete
    id: fest, titel: Fest, upprepa: {period: [december], år: B-1}, när: dagen före arbete
    """,
    "  titel: Uppföljning {period}\n  upprepa: {period: [T1, T2], år: B-1}\n",
)


def test_a_repeated_phase_holds_every_activity_once_a_round(plan: Plan) -> None:
    """Names mean the same round; an activity repeated inside has a name of both rounds, the phase's first."""
    assert days(plan(TERTIALS)) == {
        "bokslut.T1": "2025-04-30",
        "svar.T1": "2025-05-01",
        "fest.T1_december": "2025-04-29",
        "arbete.T1_oktober": "2025-04-30/2025-10-31",
        "arbete.T1_november": "2025-04-30/2025-11-30",
        "allt.T1": "2025-04-30/2025-11-30",
        "tack.T1_oktober": "2025-11-01",
        "tack.T1_november": "2025-12-01",
        "bokslut.T2": "2025-08-31",
        "svar.T2": "2025-09-01",
        "fest.T2_december": "2025-08-30",
        "arbete.T2_oktober": "2025-08-31/2025-10-31",
        "arbete.T2_november": "2025-08-31/2025-11-30",
        "allt.T2": "2025-08-31/2025-11-30",
        "tack.T2_oktober": "2025-11-01",
        "tack.T2_november": "2025-12-01",
    }


def test_a_repeated_phase_has_a_heading_and_days_for_each_round(plan: Plan) -> None:
    """Each round stands under its own heading; the innermost period is the one a title prints."""
    timeline = plan(TERTIALS)
    assert [(p.id, p.title, str(p.start), str(p.end)) for p in timeline.phases] == [
        ("fas.T1", "Uppföljning T1", "2025-04-29", "2025-12-01"),
        ("fas.T2", "Uppföljning T2", "2025-08-30", "2025-12-01"),
    ]
    titles = {activity.id: activity.title for activity in timeline.activities}
    assert (titles["bokslut.T1"], titles["arbete.T1_oktober"]) == ("Bokslut T1", "Till oktober")


AROUND_PHASES = [
    ("the whole of a repeated phase", "b", "dagen efter fas", {"b": "2025-05-01"}),
    ("one round of it", "b", "dagen efter fas.mars", {"b": "2025-04-01"}),
    ("its first day", "b", "dagen före fas.start", {"b": "2025-03-30"}),
]


@pytest.mark.parametrize(
    ("name", "when", "expected"), [case[1:] for case in AROUND_PHASES], ids=[case[0] for case in AROUND_PHASES]
)
def test_a_repeated_phase_from_outside(name: str, when: str, expected: dict[str, str], plan: Plan) -> None:
    """A phase has the days of all its rounds, or of the one that is named."""
    repeated = phase("id: a, titel: A, när: sista dagen i period", "  upprepa: {period: [mars, april], år: B-1}\n")
    found = days(plan(f"faser:\n{repeated}- id: sen\n  aktiviteter: [{{id: {name}, titel: B, när: {when}}}]\n"))
    assert {name: found[name]} == expected


def test_two_phases_with_the_same_rounds_go_together(plan: Plan) -> None:
    """In the March round, another phase means its March round, and any other round is had by its name."""
    rounds = "  upprepa: {period: [mars, april], år: B-1}\n"
    found = days(
        plan(
            "faser:\n"
            + phase("id: a, titel: A, när: sista dagen i period", rounds)
            + f"- id: efteråt\n{rounds}  aktiviteter:\n"
            + "  - {id: b, titel: B, när: dagen efter fas}\n  - {id: c, titel: C, när: 2 dagar efter fas.mars}\n"
        )
    )
    assert {name: found[name] for name in found if name[0] in "bc"} == {
        "b.mars": "2025-04-01",
        "c.mars": "2025-04-02",
        "c.april": "2025-04-02",
        "b.april": "2025-05-01",
    }


REFUSED = [
    (
        "two periods of one name",
        "id: a, titel: A, upprepa: {period: [mars, mars], år: B-1}, när: period",
        "duplicate-id",
        "Två omgångar får samma namn: mars",
    ),
    (
        "a round that is not there",
        "id: a, titel: A, upprepa: {period: [mars], år: B-1}, när: period\nid: b, titel: B, när: dagen efter a.april",
        "unknown-name",
        "Okänt namn: a har inget ”april”",
    ),
    (
        "no bodies to show one by one",
        "id: a, titel: A, när: i mars, visa: var_för_sig",
        "expression",
        "”visa: var_för_sig” gäller ”varje … i …”",
    ),
    (
        "a period outside a round",
        "id: a, titel: A, när: dagen efter period",
        "unknown-name",
        "Okänt namn: namnet ”period” finns inte",
    ),
]


@pytest.mark.parametrize(("rows", "code", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_rounds_that_cannot_be_told(rows: str, code: str, message: str, refused: Refused) -> None:
    """Never two rows of one id, never a guess at a round."""
    ((found, said, hint),) = refused("faser:\n" + phase(rows))
    assert (found, said) == (code, message)
    assert hint


# --- avser -----------------------------------------------------------------------------------------------------

CONCERNS = [
    ("the budget year where nothing is written", "", "", 2026),
    ("whatever the type", "", ", typ: bokslut", 2026),
    ("the phase's year", "  avser: B-2\n", "", 2024),
    ("the activity's own before the phase's", "  avser: B-2\n", ", avser: B-1", 2025),
    ("the budget year, in writing", "  avser: B-2\n", ", avser: B", 2026),
    ("a year to come", "", ", avser: B+1", 2027),
]


@pytest.mark.parametrize(("keys", "own", "year"), [case[1:] for case in CONCERNS], ids=[case[0] for case in CONCERNS])
def test_the_year_a_matter_concerns(keys: str, own: str, year: int, plan: Plan) -> None:
    """`avser` is the year that law and colour go by, and that {avser} prints."""
    (activity,) = plan("faser:\n" + phase(f"id: a, titel: 'A {{avser}} {{B}}', när: 3 juni{own}", keys)).activities
    assert (activity.year_concerned, activity.title) == (year, f"A {year} 2026")


def test_the_heading_of_a_phase_prints_its_year(plan: Plan) -> None:
    """{avser} of a phase is the phase's own; {B} is always the budget year."""
    (found,) = plan(
        "faser:\n" + phase("id: a, titel: A, när: mars", "  titel: Bokslut {avser} i {B}\n  avser: B-2\n")
    ).phases
    assert found.title == "Bokslut 2024 i 2026"


# --- om ----------------------------------------------------------------------------------------------------------

CONDITIONS = [
    ("valår", [2023, 2027]),
    ("inte valår", [2022, 2024, 2025, 2026, 2028]),
    ("mandatår 1", [2024, 2028]),
    ("mandatår 4", [2023, 2027]),
    ("B är mandatår 1", [2023, 2027]),
    ("B är valår", [2022, 2026]),
    ("B >= 2027", [2027, 2028]),
    ("B-1 = 2025", [2026]),
    ("valår eller mandatår 1", [2023, 2024, 2027, 2028]),
    ("inte (valår eller mandatår 1) och B < 2026", [2022, 2025]),
    ("flagga provval", []),
    ("inte flagga provval", [2022, 2023, 2024, 2025, 2026, 2027, 2028]),
]
NO_PLANS = "process: prov\nlöper: 1 jan B-1 till 31 dec B-1\n"


@pytest.mark.parametrize(("condition", "years"), CONDITIONS, ids=[case[0] for case in CONDITIONS])
@pytest.mark.parametrize("where", ["aktivitet", "fas"])
def test_what_stands_in_a_year(where: str, condition: str, years: list[int], plan: Plan) -> None:
    """Without a year, a condition speaks of the process year B-1; on a phase it takes all of it."""
    om = f'om: "{condition}"'
    yaml = "faser:\n" + (
        phase("id: a, titel: A, när: mars", f"  {om}\n")
        if where == "fas"
        else phase(f"id: a, titel: A, när: mars, {om}")
    )
    assert [year for year in range(2022, 2029) if plan(yaml, year, NO_PLANS).activities] == years


def test_a_reference_to_what_does_not_stand_names_the_condition(plan: Plan) -> None:
    """In a year without it the name is unknown, and the hint says why."""
    yaml = "faser:\n" + phase("id: a, titel: A, när: 3 mars, om: valår\nid: b, titel: B, när: dagen efter a")
    assert days(plan(yaml, 2027, NO_PLANS)) == {"a": "2026-03-03", "b": "2026-03-04"}
    with pytest.raises(InvalidProcess) as caught:
        plan(yaml, 2026, NO_PLANS)
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("unknown-name", "a är inte med för budget 2026 (”om: valår”)")


def test_a_body_shown_by_itself_takes_part_in_its_row(plan: Plan) -> None:
    """With `visa: var_för_sig` each row is its own body's, in that body's calendar and column too."""
    yaml = "faser:\n- aktiviteter:\n  - {id: a, titel: A, när: varje nämnd i september, visa: var_för_sig}\n"
    rows = plan(yaml).activities
    assert {row.id: dict(row.participants) for row in rows} == {
        "a.BUN": {"nämnd": ("BUN",)},
        "a.SN": {"nämnd": ("SN",)},
    }
