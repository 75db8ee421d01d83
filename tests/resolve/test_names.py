"""What a name means where it stands: steps, rounds, ids, milestones; and what is said of a name that is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.definition import validate
from arshjul.diagnostics import MAX_COMPARISONS, InvalidProcess, Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]
Refused = Callable[[str], list[tuple[str, str, str | None]]]
HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: 5 dagar före}
  BUN:
    namn: Barnnämnden
    kedja: {utskick: 5 dagar före möte, stoppdatum: dagen före utskick}
sammanträden:
  2025: {KS: [11 mars, 13 maj], BUN: [17 juni, 25 nov]}
"""


def rows(*activities: str, phase: str = "id: fas") -> str:
    """One phase with these activities."""
    return f"faser:\n- {phase}\n  aktiviteter:\n" + "".join(f"  - {{{row}}}\n" for row in activities)


def days(timeline: Timeline) -> dict[str, str | None]:
    """Id → first day."""
    return {a.id: str(a.start) if a.start else None for a in timeline.activities}


def stops(timeline: Timeline) -> dict[str, str]:
    """Id → stop date."""
    return {a.id: str(a.stop_date.day) for a in timeline.activities if a.stop_date.day}


def test_a_meeting_in_a_stop_date_is_that_of_the_round(plan: Plan) -> None:
    """`möte` is the round's before it is the activity's own day; the unsaid anchor is always the activity's."""
    repeated = "titel: A, när: 10 dagar före möte, upprepa: {möte: BUN, i: B-1}"
    found = stops(
        plan(
            rows(
                f"id: a, {repeated}, stoppdatum: 6 dagar före möte",
                f"id: b, {repeated}, stoppdatum: 6 dagar före",
                f"id: c, {repeated}, organ: KS, typ: beslut",
            ),
            house=HOUSE,
        )
    )
    assert found == {
        "a.juni": "2025-06-11",
        "a.november": "2025-11-19",
        "b.juni": "2025-05-30",
        "b.november": "2025-11-07",
        "c.juni": "2025-06-02",
        "c.november": "2025-11-10",
    }


def test_a_step_is_a_name_only_inside_the_chain(plan: Plan) -> None:
    """In an activity's own stop date, `utskick` is the activity of that id, whatever its body's chain says."""
    found = plan(
        rows(
            "id: a, titel: A, när: BUN i juni, organ: BUN, stoppdatum: dagen före utskick",
            "id: utskick, titel: U, när: dagen efter b",
            "id: b, titel: B, när: 3 mars",
        ),
        house=HOUSE,
    )
    assert stops(found) == {"a": "2025-03-03"}


def test_nested_rounds_of_the_same_names(plan: Plan) -> None:
    """The round of the phase is that of its activities, not an inner one that happens to have its name."""
    found = days(
        plan(
            rows(
                "id: a, titel: A, när: sista dagen i period",
                "id: b, titel: B, när: dagen efter a, upprepa: {möte: KS, i: B-1}",
                phase="id: fas\n  upprepa: {period: [mars, maj], år: B-1}",
            ),
            house=HOUSE,
        )
    )
    assert {name: day for name, day in found.items() if name[0] == "b"} == {
        "b.mars_mars": "2025-04-01",
        "b.mars_maj": "2025-04-01",
        "b.maj_mars": "2025-06-01",
        "b.maj_maj": "2025-06-01",
    }


def test_a_round_that_the_other_activity_lacks_is_no_guess(refused: Refused) -> None:
    """Where two activities go together round by round, a missing one is not the whole of the other."""
    found = refused(
        rows(
            "id: a, titel: A, när: sista dagen i period, upprepa: {period: [februari, mars], år: B-1}",
            "id: b, titel: B, när: dagen efter a, upprepa: {period: [mars, april], år: B-1}",
        )
    )
    assert found == [("unknown-name", "Okänt namn: a har ingen omgång april", "skriv en av a.februari, a.mars")]


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ("RR i juni", "om RR är ett organ: skriv in det under organ:, och dess möten under sammanträden:"),
        ("BNU i juni", "menade du ”BUN”?"),
        ("dagen efter okänd", "det finns: BUN, CSG, KF, KS, SN, a, fas, semester, sportlov"),
    ],
)
def test_an_unknown_name_in_capitals_may_be_a_body_not_written_yet(refused: Refused, when: str, hint: str) -> None:
    """Whoever begins with a process and no bodies is told where they go; a slip of the pen is still a slip."""
    assert [found[2] for found in refused(rows(f"id: a, titel: A, när: {when}"))] == [hint]


def test_a_milestone_waits_for_all_its_activities(plan: Plan) -> None:
    """While one of them is undecided nobody knows which is the last, so what hangs on it is undated."""
    found = days(
        plan(
            rows(
                "id: a, titel: A, när: 3 juni, milstolpe: klart",
                "id: b, titel: B, när: ej fastställt, milstolpe: klart",
                "id: c, titel: C, när: dagen efter klart",
            )
        )
    )
    assert found == {"a": "2025-06-03", "b": None, "c": None}


def test_a_milestone_is_its_last_activity(plan: Plan) -> None:
    """By date, not by place in the file."""
    found = days(
        plan(
            rows(
                "id: a, titel: A, när: 5 juni, milstolpe: klart",
                "id: b, titel: B, när: 3 juni, milstolpe: klart",
                "id: c, titel: C, när: dagen efter klart",
            )
        )
    )
    assert found["c"] == "2025-06-06"


def test_a_wrong_rule_of_a_body_is_told_once(plan: Plan) -> None:
    """However many activities are taken up by the body; another step of its chain, and c, do not hang on it."""
    house = HOUSE.replace("dagen före utskick", "dagen före utskik")
    with pytest.raises(InvalidProcess) as caught:
        plan(
            rows(
                "id: a, titel: A, när: BUN i juni, organ: BUN",
                "id: b, titel: B, när: BUN i november, organ: BUN",
                "id: c, titel: C, när: dagen efter b.utskick",
            ),
            house=house,
        )
    (found,) = caught.value.diagnostics
    assert (found.code, [link.message for link in found.related]) == ("unknown-name", ["på detta hänger även a, b"])


GONE = """\
faser:
- id: val
  om: valår
  aktiviteter:
  - {id: a, titel: A, när: 3 juni, milstolpe: m}
- id: fas
  aktiviteter:
  - {id: b, titel: B, när: 3 juni, om: mandatår 4, milstolpe: n}
  - {id: c, titel: C, när: 3 juni, milstolpe: o}
  - {id: d, titel: D, när: möte, upprepa: {möte: KS, i: juli B-1}}
  - {id: e, titel: E, när: dagen efter %s}
"""
REASONS = [
    ("a phase", "val", "val är inte med för budget 2026 (”om: valår”)"),
    ("an activity of it", "a", "a är inte med för budget 2026 (fasen val: ”om: valår”)"),
    ("a milestone of it", "m", "m är inte med för budget 2026 (fasen val: ”om: valår”)"),
    ("an activity", "b", "b är inte med för budget 2026 (”om: mandatår 4”)"),
    ("its milestone", "n", "n är inte med för budget 2026 (”om: mandatår 4”)"),
    ("a struck activity", "c", "räkna från något annat, eller ta bort strykningen i avvikelser-2026.yaml rad 2"),
    ("a struck milestone", "o", "räkna från något annat, eller ta bort strykningen i avvikelser-2026.yaml rad 2"),
    ("a report without its day", "per", "det är dagen som aktivitetens egen ”per” säger: skriv per: 31 augusti"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hint"), [case[1:] for case in REASONS], ids=[case[0] for case in REASONS])
def test_the_hint_says_what_became_of_a_name(name: str, hint: str) -> None:
    """Pruned by which condition, struck where, repeated over nothing: not a guess at another name."""
    definition = parse(Source("process.yaml", HOUSE + GONE % name))
    deviations = parse(Source("avvikelser-2026.yaml", "budgetår: 2026\nstryk: {c: lämnas muntligt}\n"))
    with pytest.raises(InvalidProcess) as caught:
        resolve(validate(definition, [], deviations), 2026)
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("unknown-name", hint)


YEARS_LACK = [
    ("d", "d har inga omgångar för budget 2026"),
    ("f.maj_2", "f har ingen omgång maj_2 för budget 2026"),
    ("f.juli", "f har ingen omgång juli för budget 2026"),
    ("f.mål", "f har ingen omgång mål för budget 2026"),
]


@pytest.mark.parametrize(("name", "message"), YEARS_LACK)
def test_a_round_that_the_years_meetings_lack_leaves_what_names_it_undated(name: str, message: str) -> None:
    """Another year can have it, and this year's plan comes out; a name that no year can have is an error as written."""
    house = f"{HOUSE}  2024: {{KS: [{{datum: 2024-11-05, ärenden: [mål]}}]}}\n"
    rows = GONE % name + "  - {id: f, titel: F, när: möte, upprepa: {möte: KS, i: maj B-1}}\n"
    timeline = resolve(validate(parse(Source("process.yaml", house + rows)), [], None), 2026)
    assert [(error.finding.code, error.finding.message, error.rows) for error in timeline.errors] == [
        ("no-meeting", message, ("e",))
    ]
    with pytest.raises(InvalidProcess, match=r"f har inget ”sommar”"):
        resolve(
            validate(parse(Source("process.yaml", house + rows.replace(f"efter {name}", "efter f.sommar"))), [], None),
            2026,
        )


def test_a_struck_phase_takes_its_activities_with_it() -> None:
    """A name that hung on one of them is told where the phase was struck."""
    other = "- {id: g, aktiviteter: [{id: h, titel: H, när: c}]}\n"
    definition = parse(Source("process.yaml", HOUSE + GONE % "c" + other))
    deviations = parse(Source("avvikelser-2026.yaml", "budgetår: 2026\nstryk:\n  fas: utgår\n"))
    with pytest.raises(InvalidProcess) as caught:
        resolve(validate(definition, [], deviations), 2026)
    assert [(found.message, found.hint) for found in caught.value.diagnostics] == [
        (
            "Okänt namn: c är struken 2026: utgår",
            "räkna från något annat, eller ta bort strykningen i avvikelser-2026.yaml rad 3",
        )
    ]


def test_rounds_that_are_not_all_decided(plan: Plan) -> None:
    """The whole of them has no last day yet: what hangs on it is undated, not hung on the rounds that are."""
    house = HOUSE.replace("25 nov]", "{datum: 25 nov, utskick: utgår}]")
    repeated = "upprepa: {möte: BUN, i: B-1}"
    found = days(
        plan(
            rows(
                f"id: a, titel: A, när: möte, organ: BUN, {repeated}",
                f"id: b, titel: B, när: dagen före a.utskick, {repeated}",
                "id: c, titel: C, när: dagen efter b",
                "id: d, titel: D, när: dagen efter b.juni",
            ),
            house=house,
        )
    )
    assert (found["b.juni"], found["b.november"]) == ("2025-06-11", None)
    assert (found["c"], found["d"]) == (None, "2025-06-12")


def test_thousands_of_unknown_names_are_told_without_delay(refused: Refused) -> None:
    """The first get a guess, which costs a look at every name; the rest say to begin with those."""
    found = refused(rows(*(f"id: a{n}, titel: A, när: dagen efter b{n}" for n in range(1500))))
    assert len(found) == 1500
    guessed = sum(hint != "rätta först de namn som har ett förslag" for _, _, hint in found)
    assert guessed > 10
    assert (guessed - 1) * 1500 < MAX_COMPARISONS


def test_an_activity_may_have_the_name_of_a_round(plan: Callable[..., Timeline]) -> None:
    """`möte` is the day of a round where there is one; elsewhere it is the activity of that id, wherever it stands."""
    written = rows("id: efter_mötet, titel: E, när: dagen efter möte", "id: möte, titel: M, när: 3 juni")
    days = {row.id: row.occurrences[0].start.isoformat() for row in plan(written, house=HOUSE).activities}
    assert days == {"möte": "2025-06-03", "efter_mötet": "2025-06-04"}
