"""`varje` and `varannan`: a date for each, in `när`, in rounds and in draft rules, and what `utom` leaves out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]
HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
kalender: {perioder: {sommar: v. 27–32}}
organ:
  KS: {}
  KF: {}
  AU: {}
  CSG: {preliminärt: RULES}
organgrupper: {nämnd: [KS, KF]}
sammanträden:
  2024: {KS: [2024-12-03]}
  2025:
    KS: [4 mars, 6 maj, 3 juni, {datum: 17 juni, inställt: ja}, 2 sept, 4 nov]
    KF: [17–18 juni, {datum: 25 nov, tid: kl 9}, {datum: 25 nov, tid: kl 18}]
"""


def row(keys: str) -> str:
    """A phase with one activity."""
    return f"faser:\n- id: fas\n  aktiviteter:\n  - {{id: a, titel: A, {keys}}}\n"


def errors(plan: Plan, yaml: str, house: str = HOUSE) -> list[tuple[str, str, str]]:
    """Code, message and hint of every error, as written or of the year."""
    try:
        found = [error.finding for error in plan(yaml, house=house.replace("RULES", "[3 juni]")).errors]
    except InvalidProcess as invalid:
        found = list(invalid.diagnostics)
    return [(str(finding.code), finding.message, finding.hint or "") for finding in found]


def days(timeline: Timeline) -> list[str]:
    """Month and day of every date of the one row, `first/last` of a stretch."""
    (activity,) = timeline.activities
    ends = [(str(o.start)[5:], str(o.end)[5:]) for o in activity.occurrences]
    return [first if first == last else f"{first}/{last}" for first, last in ends]


EACH = [
    ("varje torsdag i maj", "05-01 05-08 05-15 05-22 05-29"),
    ("torsdagar i maj", "05-01 05-08 05-15 05-22 05-29"),
    ("varannan torsdag i maj", "05-01 05-15 05-29"),
    ("varje torsdag i maj utom v. 20", "05-01 05-08 05-22 05-29"),
    ("varannan torsdag i maj utom 15 maj", "05-01 05-29"),
    ("varje torsdag i maj utom v. 19, 20 och 21", "05-01 05-29"),
    ("varje torsdag i maj, utom 1 maj", "05-08 05-15 05-22 05-29"),
    ("varje torsdag i maj förutom 1 maj", "05-08 05-15 05-22 05-29"),
    ("varje torsdag i (april till maj) utom april", "05-01 05-08 05-15 05-22 05-29"),
    ("varje fredag i juni utom nationaldagen", "06-13 06-20 06-27"),
    ("varje torsdag i juli och augusti utom sommar", "08-14 08-21 08-28"),
    ("varje måndag i december utom 20 december till 7 januari", "12-01 12-08 12-15"),
    ("varje måndag i januari utom 20 december till 7 januari", "01-13 01-20 01-27"),
    ("varje måndag i januari utom 20 december–7 januari", "01-13 01-20 01-27"),
    ("varje torsdag i maj utom KS i juni och 8 maj", "05-01 05-15 05-22 05-29"),
    ("varje torsdag i maj annars arbetsdagen före", "04-30 05-08 05-15 05-22 05-28"),
    ("varje torsdag i (5 maj till 15 maj) kl 13", "05-08 05-15"),
    ("varje KS i B-1", "03-04 05-06 06-03 09-02 11-04"),
    ("varje KS", "03-04 05-06 06-03 09-02 11-04"),
    ("varje KS-möte", "03-04 05-06 06-03 09-02 11-04"),
    ("varje KS utom maj och juni", "03-04 09-02 11-04"),
    ("varje KF i B-1", "06-17/06-18 11-25 11-25"),
    ("14 dagar före varje KS i B-1", "02-18 04-22 05-20 08-19 10-21"),
    ("14 dagar före varje KS i B-1 utom juni", "02-18 04-22 08-19 10-21"),
    ("senast 14 dagar före varje KS i mars–maj", "02-18 04-22"),
    ("dagen efter varje KF i juni", "06-19"),
    ("fredagen samma vecka som varje KS i mars–maj", "03-07 05-09"),
    ("tisdagen veckan före varje KS i mars–maj", "02-25 04-29"),
    ("sista måndagen i varje månad i januari–juni utom mars, april", "01-27 02-24 05-26 06-30"),
    ("sista måndagen varje månad utom juli", "01-27 02-24 03-31 04-28 05-26 06-30 08-25 09-29 10-27 11-24 12-29"),
    ("den 25:e i varje månad i Q1", "01-25 02-25 03-25"),
    ("den första i varje månad i Q1", "01-01 02-01 03-01"),
    ("första arbetsdagen i varje kvartal i B-1", "01-02 04-01 07-01 10-01"),
    ("sista dagen i varje tertial", "04-30 08-31 12-31"),
    ("måndagen i varje vecka i maj utom v. 20", "04-28 05-05 05-19 05-26"),
    ("varannan månad i januari–juni", "01-01/01-31 03-01/03-31 05-01/05-31"),
    ("varje månad i (15 mars till 10 juni)", "04-01/04-30 05-01/05-31 06-01/06-30"),
    ("varje torsdag i (5 maj till 15 maj) och 3 juni", "05-08 05-15 06-03"),
    ("varje nämnd i juni", "06-03/06-18"),
]


@pytest.mark.parametrize(("when", "expected"), EACH, ids=[when for when, _ in EACH])
def test_varje_is_a_date_for_each(plan: Plan, when: str, expected: str) -> None:
    """Each is found, counted from and left out as a date of its own."""
    assert days(plan(row(f'när: "{when}"'), house=HOUSE.replace("RULES", "[3 juni]"))) == expected.split()


def test_from_a_name_it_is_counted_from_first_to_last(plan: Plan) -> None:
    """Where `varje` stands there is a date for each; where only the row is named, it is one stretch."""
    rows = row("när: varje KS i mars–maj") + "  - {id: b, titel: B, när: dagen efter a}\n"
    _, other = plan(rows, house=HOUSE.replace("RULES", "[3 juni]")).activities
    assert [str(occurrence.start) for occurrence in other.occurrences] == ["2025-05-07"]


NOT_EACH = [
    ("one date is needed", "3 juni till varje torsdag i maj", "expression", "första torsdagen i maj"),
    ("one meeting is needed", "tidigaste av (varje KS i maj, 3 juni)", "expression", "första KS i maj"),
    ("a stretch", "varje torsdag i april till maj", "expression", "skriv ”varje torsdag i (april till maj)”"),
    ("what is no varje", "3 juni utom juli", "expression", "skriv ut de datum som gäller"),
    ("nothing left", "varje torsdag i maj utom maj", "no-such-occurrence", "ta bort något under ”utom”"),
    ("no meeting", "varje KS i juli", "no-meeting", "närmast: tisdag 3 juni 2025"),
    ("no plan", "varje AU i juni", "missing-meeting-plan", "lägg in AU i filen med ”kalenderår: 2025”"),
    ("no such day", "varje torsdag i (2 maj till 4 maj)", "no-such-occurrence", "välj en längre period"),
    ("a month without a fifth Monday", "femte måndagen i varje månad", "no-such-occurrence", "sista måndagen"),
    ("a word that is none", "varje månad B-1", "expression", "varje månad i B-1"),
    ("a name that is none", "varje XY i juni", "unknown-name", ""),
]


@pytest.mark.parametrize(("when", "code", "hint"), [case[1:] for case in NOT_EACH], ids=[case[0] for case in NOT_EACH])
def test_what_varje_cannot_be(plan: Plan, when: str, code: str, hint: str) -> None:
    """It is answered, and no date is made up."""
    ((found, _, words),) = errors(plan, row(f'när: "{when}"'))
    assert found == code
    assert hint in words


ROUNDS = [
    ("januari–april", "januari:01-31 februari:02-28 mars:03-31 april:04-30"),
    ("januari till april", "januari:01-31 februari:02-28 mars:03-31 april:04-30"),
    ("jan-apr", "januari:01-31 februari:02-28 mars:03-31 april:04-30"),
    ("november B-2–januari B-1", "november:11-30 december:12-31 januari:01-31"),
    ("v. 10–12", "v_10:03-09 v_11:03-16 v_12:03-23"),
    ("Q1–Q4", "Q1:03-31 Q2:06-30 Q3:09-30 Q4:12-31"),
    ("T1 till T3", "T1:04-30 T2:08-31 T3:12-31"),
    ("varje kvartal", "Q1:03-31 Q2:06-30 Q3:09-30 Q4:12-31"),
    ("varje månad i januari–mars", "januari:01-31 februari:02-28 mars:03-31"),
    ("[varje månad i januari–mars]", "januari:01-31 februari:02-28 mars:03-31"),
    ("varje månad utom mars–december", "januari:01-31 februari:02-28"),
    ("varannan månad utom juli till november", "januari:01-31 mars:03-31 maj:05-31"),
    ("varje vecka i (1 maj till 15 maj)", "v_18:05-04 v_19:05-11 v_20:05-18"),
    ("februari", "februari:02-28"),
    ("februari och mars", "februari:02-28 mars:03-31"),
    ("[jan, feb]", "januari:01-31 februari:02-28"),
    ("[(januari till juni)]", "januari_till_juni:06-30"),
    ("[första halvåret, andra halvåret]", "januari_juni:06-30 juli_december:12-31"),
    ("första halvåret", "januari_juni:06-30"),
    ("sommar", "sommar:08-10"),
    ("B-1", "B_1:12-31"),
    ("[1–15 juni, 16–30 juni]", "1_15_juni:06-15 16_30_juni:06-30"),
    ("varje torsdag i maj", "maj:05-01 maj_2:05-08 maj_3:05-15 maj_4:05-22 maj_5:05-29"),
    ("sista måndagen i varje månad i Q1", "januari:01-27 februari:02-24 mars:03-31"),
    ("14 dagar före varje KS i mars–maj", "februari:02-18 april:04-22"),
    ("varje KF i B-1", "juni:06-18 november:11-25 november_2:11-25"),
    ("januari–april, utom: [mars]", "januari:01-31 februari:02-28 april:04-30"),
    ("januari–april, utom: mars", "januari:01-31 februari:02-28 april:04-30"),
    ("januari–april, utom: [februari, mars]", "januari:01-31 april:04-30"),
    ("januari–april, utom: [februari–mars]", "januari:01-31 april:04-30"),
    ("v. 26–33, utom: [sommar]", "v_26:06-29 v_33:08-17"),
]  # fmt: skip


@pytest.mark.parametrize(("period", "expected"), ROUNDS, ids=[period for period, _ in ROUNDS])
def test_rounds_over_periods(plan: Plan, period: str, expected: str) -> None:
    """A range is its months or weeks; a day is named by its month and ordinal. Each with the last day of its round."""
    written, comma, rest = period.partition(", utom: ")
    quoted = written if written.startswith("[") else f'"{written}"'
    rows = row(f"när: sista dagen i period, upprepa: {{period: {quoted}{comma}{rest}, år: B-1}}")
    found = plan(rows, house=HOUSE.replace("RULES", "[3 juni]")).activities
    assert [f"{a.id.removeprefix('a.')}:{str(a.start)[5:]}" for a in found] == expected.split()


def test_rounds_over_meetings_leave_out_what_utom_says(plan: Plan) -> None:
    """`utom` holds for both kinds of rounds."""
    found = plan(
        row("när: möte, upprepa: {möte: KS, i: B-1, utom: [maj, juni]}"), house=HOUSE.replace("RULES", "[3 juni]")
    ).activities
    assert [a.id for a in found] == ["a.mars", "a.september", "a.november"]


NO_ROUNDS = [
    ("a range in a list", "[januari–november]", "”(januari till november)”", "period: januari–november utan lista"),
    ("weeks in a list", "[v. 10–12]", "”(v. 10 till v. 12)”", "period: v. 10–12 utan lista"),
    ("a meeting", "KS i juni", "är ingen period", "skriv till exempel [februari, mars] eller varje månad"),
    ("a clock", '"juni kl 13"', "är ingen period", "skriv till exempel [februari, mars] eller varje månad"),
    ("undecided", "ej fastställt", "måste vara bestämda", "skriv till exempel [februari, mars] eller varje månad"),
    ("nothing left", "februari, utom: [februari]", "lämnar inga omgångar kvar", "ta bort något under ”utom”"),
    ("the same month twice", "januari B-2–mars B-1", "Två omgångar får samma namn", "ett år i taget"),
]


@pytest.mark.parametrize(
    ("period", "message", "hint"), [case[1:] for case in NO_ROUNDS], ids=[case[0] for case in NO_ROUNDS]
)
def test_what_is_no_rounds(plan: Plan, period: str, message: str, hint: str) -> None:
    """It is answered with what it can be."""
    ((_, text, words),) = errors(plan, row(f"när: period, upprepa: {{period: {period}}}"))
    assert message in f"{text} {words}"
    assert hint in words


DRAFTS = [
    ("[sista måndagen i varje månad utom juli]", "01-27 02-24 03-31 04-28 05-26 06-30 08-25 09-29 10-27 11-24 12-29"),
    ("['varannan onsdag i maj, juni']", "05-07 05-21 06-04 06-18"),
    ("[första tisdagen i varje månad i mars–maj]", "03-04 04-01 05-06"),
    ("[första tisdagen i (mars till maj)]", "03-04"),
    ("['första tisdagen i mars, april och maj']", "03-04 04-01 05-06"),
    ("första tisdagen i juni", "06-03"),
    ("[14 dagar före varje KF]", "06-03 11-11"),
    ("[dagen före varje KS i mars–maj, 3 juni]", "03-03 05-05 06-03"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "expected"), DRAFTS, ids=[rules for rules, _ in DRAFTS])
def test_draft_rules(plan: Plan, rules: str, expected: str) -> None:
    """Each day of a rule is a preliminary meeting of the calendar year."""
    timeline = plan(row("när: varje CSG i B-1"), house=HOUSE.replace("RULES", rules))
    assert days(timeline) == expected.split()
    assert all(occurrence.preliminary for occurrence in timeline.activities[0].occurrences)


BOTH = [
    ("första tisdagen i mars–maj",
     "”första tisdagen i varje månad i mars–maj” eller ”första tisdagen i (mars till maj)”"),
    ("sista dagen i mars–maj", "”sista dagen i varje månad i mars–maj” eller ”sista dagen i (mars till maj)”"),
    ("sista arbetsdagen i mars–maj",
     "”sista arbetsdagen i varje månad i mars–maj” eller ”sista arbetsdagen i (mars till maj)”"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "readings"), BOTH, ids=[rule for rule, _ in BOTH])
def test_an_ordinal_over_several_months_is_asked(plan: Plan, rule: str, readings: str) -> None:
    """One meeting, or one in every month: both readings are accepted as they stand."""
    house = HOUSE.replace("RULES", f"[{rule}]")
    ((code, _, hint),) = errors(plan, row("när: 3 juni"), house)
    assert (code, hint) == ("expression", f"skriv ut vilket: {readings}")
    for reading in readings.strip("”").split("” eller ”"):
        plan(row("när: CSG i mars"), house=HOUSE.replace("RULES", f"[{reading}]"))


def test_a_comma_that_ends_a_rule_is_answered_with_och(plan: Plan) -> None:
    """In `[… utom juli, augusti]` the comma separates two rules: the second is no meeting."""
    house = HOUSE.replace("RULES", "[varannan onsdag utom juli, augusti]")
    ((code, _, hint),) = errors(plan, row("när: CSG i maj"), house)
    assert code == "not-a-date"
    assert hint.endswith("komma: ”varannan onsdag utom juli och augusti”")
