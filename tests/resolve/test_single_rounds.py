"""Single rounds in a year's deviations and in a process that builds on another: changed, struck, or not there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from arshjul.definition import validate
from arshjul.definition.overlay import overlay
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Activity, Status, Timeline

UNIVERSITY = """\
process: stangning
löper: 1 jan B till 28 feb B+1
organ:
  KS: {namn: Styrelsen, stoppdatum: 14 dagar före}
  BUN: {namn: Barn- och utbildningsnämnden}
  SN: {namn: Socialnämnden}
organgrupper: {nämnd: [BUN, SN]}
sammanträden:
  2026:
    KS: [3 mars, 12 maj, {datum: 26 maj, ärenden: [delår, budget 2]}, {datum: 9 juni, ärenden: [delår]}]
    BUN: [2 sept]
faser:
- id: fas
  aktiviteter:
  - id: stangning
    titel: "Stängning {period}"
    upprepa: {period: [oktober, november, december], år: B}
    per: sista dagen i period
    när: 8 arbetsdagar efter per
    kommentar: som vanligt
  - {id: analys, titel: Analys, upprepa: {period: [oktober, november, december], år: B}, när: dagen efter stangning}
  - {id: sist, titel: Sist, när: dagen efter stangning.december}
  - {id: mote, titel: Möte, upprepa: {möte: KS, i: B}, när: möte, organ: KS, typ: beslut}
  - {id: planer, titel: Planer, när: varje nämnd i september, visa: var_för_sig}
- id: tert
  titel: Tertial {period}
  upprepa: {period: [T1, T2], år: B}
  aktiviteter:
  - {id: bokslut, titel: "Bokslut {period}", när: 10 arbetsdagar efter period}
"""


def university(deviations: str = "", definition: str = UNIVERSITY) -> Timeline:
    """The year 2026 with the deviations."""
    year = parse(Source("avvikelser-2026.yaml", f"budgetår: 2026\n{deviations}")) if deviations else None
    return resolve(validate(parse(Source("process.yaml", definition)), [], year), 2026)


def by_id(timeline: Timeline) -> dict[str, Activity]:
    """Id → activity."""
    return {activity.id: activity for activity in timeline.activities}


def days(rows: Mapping[str, Activity]) -> dict[str, str]:
    """Id → first day."""
    return {name: str(row.start) for name, row in rows.items()}


PLAIN = by_id(university())


def changed(deviations: str) -> dict[str, str]:
    """The days that differ from those without deviations."""
    found = by_id(university(deviations))
    assert set(found) == set(PLAIN)
    return {name: day for name, day in days(found).items() if day != str(PLAIN[name].start)}


DATES = [
    (
        "one round has its own date, and what is counted from it follows",
        "stangning.december: {när: 12 januari B+1, skäl: helgerna}",
        {"stangning.december": "2027-01-12", "analys.december": "2027-01-13", "sist": "2027-01-13"},
    ),
    (
        "all rounds, and one of them in another way",
        "{stangning: {när: 9 arbetsdagar efter per, skäl: s}, stangning.oktober: {när: 20 november, skäl: s}}",
        {
            "stangning.oktober": "2026-11-20",
            "analys.oktober": "2026-11-21",
            "stangning.november": "2026-12-11",
            "analys.november": "2026-12-12",
            "stangning.december": "2027-01-15",
            "analys.december": "2027-01-16",
            "sist": "2027-01-16",
        },
    ),
    ("the day that is reported", "stangning.oktober: {per: 30 oktober, skäl: s}", {}),
    ("the row of a body", "planer.SN: {när: 7 september, skäl: s}", {"planer.SN": "2026-09-07"}),
    ("a round of a phase's activity", "bokslut.T2: {när: 1 september, skäl: s}", {"bokslut.T2": "2026-09-01"}),
    ("a round over meetings", "mote.maj_2: {när: 27 maj, skäl: s}", {"mote.maj_2": "2026-05-27"}),
    ("the same by its matter", "mote.budget_2: {när: 27 maj, skäl: s}", {"mote.maj_2": "2026-05-27"}),
    (
        "counted from the round's own meeting",
        "mote.mars: {när: dagen efter möte, skäl: s}",
        {"mote.mars": "2026-03-04"},
    ),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_a_single_round_has_its_own_date(change: str, expected: dict[str, str]) -> None:
    """Nothing else moves, and no id changes."""
    assert changed(f"ändra: {change if change.startswith('{') else f'{{{change}}}'}\n") == expected


KEYS = [
    ("kommentar: prel.", "comment", "prel."),
    ("kommentar: null", "comment", None),
    ("ansvarig: Ekonomichefen", "responsible", "Ekonomichefen"),
    ('titel: "Bokslut {period}"', "title", "Bokslut december"),
    ("inställt: görs i januari", "cancelled", "görs i januari"),
    ("intern: ja", "internal", True),
    ("stoppdatum: på bordet", "title", "Stängning december"),
    ("organ: KS", "body", "KS"),
    ("milstolpe: årsredovisning", "milestones", ("årsredovisning",)),
]


@pytest.mark.parametrize(("key", "attribute", "expected"), KEYS)
def test_a_single_round_has_its_own_value_of_any_key(key: str, attribute: str, expected: object) -> None:
    """Only that row has it, with the reason and the name that it is changed by."""
    found = by_id(university(f"ändra: {{stangning.december: {{{key}, skäl: helgerna}}}}\n"))
    row = found["stangning.december"]
    assert getattr(row, attribute) == expected
    assert (row.reason, row.changed_as) == ("helgerna", "stangning.december")
    others = {name: (each.title, each.comment, each.reason) for name, each in found.items() if name != row.id}
    assert others == {name: (p.title, p.comment, p.reason) for name, p in PLAIN.items() if name != row.id}


def test_a_single_round_that_is_cancelled_is_as_one_whose_meeting_is() -> None:
    """It has its date for print alone, `stangning` passes over it, and what names it is undated."""
    found = by_id(university("ändra: {stangning.december: {inställt: nej tack, skäl: s}}\n"))
    assert (found["stangning.december"].status, str(found["stangning.december"].start)) == (
        Status.CANCELLED,
        str(PLAIN["stangning.december"].start),
    )
    assert (found["sist"].start, found["sist"].steps[-1].text) == (None, "stangning.december är inställt: nej tack")


def test_a_round_of_a_phase_is_changed_and_struck() -> None:
    """Its heading is its own; struck, it goes with all its rows."""
    timeline = university("ändra: {tert.T1: {titel: Våren, skäl: s}}\nstryk: {tert.T2: görs inte}\n")
    assert [(phase.id, phase.title) for phase in timeline.phases] == [("fas", None), ("tert.T1", "Våren")]
    assert set(PLAIN) - set(by_id(timeline)) == {"bokslut.T2"}


STRIKES = [
    ("stryk: {analys.november: s}", {"analys.november"}),
    ("stryk: {mote.budget_2: s}", {"mote.maj_2"}),
    ("stryk: {planer.SN: s, mote.mars: s}", {"planer.SN", "mote.mars"}),
    ("stryk: {sist: s, stangning.december: s, analys.december: s}", {"sist", "stangning.december", "analys.december"}),
]


@pytest.mark.parametrize(("strike", "gone"), STRIKES)
def test_a_single_round_is_struck(strike: str, gone: set[str]) -> None:
    """The others stay, under their names and on their days."""
    found = by_id(university(f"{strike}\n"))
    assert days(found) == {name: day for name, day in days(PLAIN).items() if name not in gone}


WRONG = [
    (
        "a round that is not there",
        "ändra: {stangning.juli: {när: 1 aug, skäl: s}}",
        "unknown-target 2:9",
        "”stangning.juli” finns inte för budget 2026",
        "omgångarna är stangning.oktober, stangning.november, stangning.december",
    ),
    (
        "one that is nearly there",
        "stryk: {stangning.decembr: s}",
        "unknown-target 2:9",
        "”stangning.decembr” finns inte för budget 2026",
        "menade du ”december”? omgångarna är stangning.oktober, stangning.november, stangning.december",
    ),
    (
        "a matter of several rounds",
        "ändra: {mote.delår: {kommentar: x, skäl: s}}",
        "unknown-target 2:9",
        "”mote.delår” är flera omgångar: mote.maj_2, mote.juni",
        "skriv en av mote.maj_2, mote.juni",
    ),
    (
        "one round by both its names",
        "ändra: {mote.maj_2: {kommentar: x, skäl: s}, mote.budget_2: {kommentar: y, skäl: s}}",
        "duplicate-id 2:46",
        "”mote.budget_2” är samma omgång som ”mote.maj_2”, som också ändras eller stryks",
        "skriv det på ett ställe",
    ),
    (
        "what is counted from a struck round",
        "stryk: {stangning.december: görs inte}",
        "unknown-name 21:107",
        "Okänt namn: stangning.december är struken 2026: görs inte",
        "räkna från något annat, eller ta bort strykningen i avvikelser-2026.yaml rad 2",
    ),
    (
        "a wrong date, told where it is written",
        "ändra: {stangning.december: {när: 32 januari, skäl: s}}",
        "no-such-day 2:35",
        None,
        None,
    ),
    (
        "a name that nothing has",
        "ändra: {stangning.december: {när: dagen efter sistt, skäl: s}}",
        "unknown-name 2:47",
        "Okänt namn: namnet ”sistt” finns inte",
        None,
    ),
    (
        "a body that nothing has",
        "ändra: {stangning.december: {organ: KSS, skäl: s}}",
        "unknown-name 2:37",
        "”KSS” är inget organ",
        "menade du ”KS”?",
    ),
    (
        "no reason",
        "ändra: {stangning.december: {kommentar: x}}",
        "missing-reason 2:9",
        "ändringen av ”stangning.december” saknar skäl",
        "skriv skäl: och varför, eller skäl: ej angivet",
    ),
    (
        "a key of all rounds",
        "ändra: {stangning.december: {visa: fönster, skäl: s}}",
        "unknown-key 2:30",
        "”visa” är gemensamt för alla omgångar av ”stangning”",
        "ändra det i ”stangning”, för alla omgångar",
    ),
]


@pytest.mark.parametrize(
    ("deviations", "place", "message", "hint"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_what_cannot_be_said_of_a_single_round(
    deviations: str, place: str, message: str | None, hint: str | None
) -> None:
    """Each mistake once, at its place, with the rounds that there are."""
    with pytest.raises(InvalidProcess) as caught:
        university(f"{deviations}\n")
    found = caught.value.diagnostics[0]
    assert found.span is not None
    assert f"{found.code} {found.span.line}:{found.span.column}" == place
    assert message in (found.message, None)
    assert hint in (found.hint, None)


def test_an_error_of_the_activity_is_told_once() -> None:
    """A changed round has the same words, and repeats no finding of theirs."""
    definition = UNIVERSITY.replace("kommentar: som vanligt", "kommentar: '{B+x}'")
    with pytest.raises(InvalidProcess) as caught:
        university("ändra: {stangning.december: {när: 12 januari B+1, skäl: s}}\n", definition)
    assert [found.code for found in caught.value.diagnostics] == ["unknown-name"]


ABOVE = """\
ändra: {mote.maj_2: {kommentar: K}, stangning.december: {när: 12 januari B+1, kommentar: null}}
stryk: {analys.oktober: s}
"""


def above(*layers: str) -> Timeline:
    """A process that builds on another, and so on."""
    tree = parse(Source("process.yaml", UNIVERSITY))
    for number, layer in enumerate(layers):
        tree = overlay(tree, parse(Source(f"{number}.yaml", layer)))
    return resolve(validate(tree, [], None), 2026)


def test_a_process_that_builds_on_another_changes_single_rounds_too() -> None:
    """One mechanism; no reasons are needed there, and a later layer goes before an earlier."""
    found = by_id(above(ABOVE))
    assert (found["mote.maj_2"].comment, found["stangning.december"].comment) == ("K", None)
    assert (str(found["stangning.december"].start), "analys.oktober" in found) == ("2027-01-12", False)
    twice = by_id(above(ABOVE, "ändra: {stangning.december: {kommentar: L}, mote.maj_2: {kommentar: null}}\n"))
    assert (twice["mote.maj_2"].comment, twice["stangning.december"].comment) == (None, "L")
    assert str(twice["stangning.december"].start) == "2027-01-12"


def test_a_round_that_this_years_meetings_lack_is_no_error_of_a_process() -> None:
    """It speaks of every year: one without a third meeting in May lacks nothing; a period is there or not."""
    assert set(by_id(above("ändra: {mote.maj_3: {kommentar: K}}\nstryk: {mote.juli: s}\n"))) == set(PLAIN)
    with pytest.raises(InvalidProcess, match=r"stangning\.maj.* finns inte"):
        above("ändra: {stangning.maj: {kommentar: K}}\n")


def test_what_another_process_struck_is_known_as_struck() -> None:
    """A reference says where and why; so does a change of it in a layer above."""
    with pytest.raises(InvalidProcess, match=r"mote är struken i 0\.yaml: sköts av andra"):
        above("stryk: {mote: sköts av andra}\nändra: {sist: {när: dagen efter mote}}\n")
    with pytest.raises(InvalidProcess, match=r"mote är struken i 0\.yaml: sköts av andra"):
        above("stryk: {mote: sköts av andra}\n", "ändra: {mote: {kommentar: x}}\n")


def test_the_order_of_changes_means_nothing() -> None:
    """A round's change lies over that of its activity, whichever is written first."""
    one, other = "stangning: {kommentar: A, skäl: s}", "stangning.december: {när: 12 januari B+1, skäl: s}"
    first, second = (by_id(university(f"ändra: {{{', '.join(both)}}}\n")) for both in ((one, other), (other, one)))
    assert days(first) == days(second)
    assert [row.comment for row in first.values()] == [row.comment for row in second.values()]
    assert first["stangning.december"].comment == "A"


def test_changes_of_single_rounds_cost_no_more_than_files_may() -> None:
    """Each changed round is its whole activity read once more: a large one, changed in many rounds, is refused."""
    large = UNIVERSITY.replace("kommentar: som vanligt", f"kommentar: {'x' * 19_000}")
    many = "".join(f"  stangning.m{number}: {{plats: y, skäl: s}}\n" for number in range(300))
    with pytest.raises(InvalidProcess) as caught:
        university(f"ändra:\n{many}", large)
    assert [found.code for found in caught.value.diagnostics] == ["limit"]


def test_many_wrong_rounds_are_told_up_to_a_number() -> None:
    """The first hundred, then how many more are only counted."""
    many = "".join(f"  stangning.m{number}: {{plats: y, skäl: s}}\n" for number in range(300))
    with pytest.raises(InvalidProcess) as caught:
        university(f"ändra:\n{many}")
    assert len(caught.value.diagnostics) == 101


def test_a_step_of_a_chain_has_its_own_date_in_one_round() -> None:
    """`utgår` takes it away; the other rounds keep the rule, and so does everything else at the same meeting."""
    chained = UNIVERSITY.replace("stoppdatum: 14 dagar före", "kedja: {utskick: 7 dagar före möte}")
    deviations = "ändra: {mote.mars: {utskick: 20 februari, skäl: lov}, mote.maj: {utskick: utgår, skäl: extra}}"
    rows = by_id(university(deviations, chained))
    steps = {name: rows[name].chain[0] for name in ("mote.mars", "mote.maj", "mote.maj_2")}
    assert {name: (str(step.day), step.deviates, step.cancelled) for name, step in steps.items()} == {
        "mote.mars": ("2026-02-20", True, False),
        "mote.maj": ("None", True, True),
        "mote.maj_2": ("2026-05-19", False, False),
    }


def test_only_the_steps_of_the_bodys_chain_are_keys_of_a_round() -> None:
    """Any other is unknown, as it is in an activity."""
    with pytest.raises(InvalidProcess) as caught:
        university("ändra: {mote.mars: {utskick: 20 februari, skäl: lov}}")
    assert [found.code for found in caught.value.diagnostics] == ["unknown-key"]
