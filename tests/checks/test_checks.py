"""Every check: what it finds, with its severity and place, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import Diagnostic

Codes = Callable[..., list[str]]
Check = Callable[..., list[Diagnostic]]
Place = Callable[[Diagnostic], str]

KS = "- {id: a, titel: KS, när: KS i juni, organ: KS, typ: beslut"
SOUND = f"""
- {{id: bered, titel: FLU, när: FLU i maj, organ: FLU, typ: beredning}}
- {{id: csg, titel: CSG, när: 21 maj, typ: samverkan}}
{KS}}}
- {{id: b, titel: KF, när: KF i juni, organ: KF, typ: beslut, underlag: [a]}}
"""


def test_a_sound_plan_has_no_findings(check: Check) -> None:
    """Prepared, consulted, decided and called in time: not a word."""
    assert check(SOUND) == []


@pytest.mark.parametrize(
    ("rows", "code", "severity", "words"),
    [
        # stop dates
        (f"{KS}, stoppdatum: saknas}}", "missing-stop-date", "fel", "saknas"),
        (
            f"{KS}}}\n- {{id: b, titel: B, när: KF i juni, organ: KF, typ: beslut, stoppdatum: saknas}}",
            "missing-stop-date",
            "fel",
            "saknas",
        ),
        (f"{KS}, underlag: [m]}}\n- {{id: x, titel: X, när: 21 maj, milstolpe: m}}", "stop-before-input", "fel", "m"),
        ("- {id: a, titel: N, när: 20 maj, typ: beslut}", "missing-stop-date", "varning", "a"),
        (f"{KS}, stoppdatum: 3 juni}}", "stop-date-after-meeting", "fel", "3 juni"),
        (f"{KS}, stoppdatum: 4 juni}}", "stop-date-after-meeting", "fel", "4 juni"),
        (
            f"{KS}, stoppdatum: 14 maj, underlag: x}}\n- {{id: x, titel: X, när: 15 maj}}",
            "stop-before-input",
            "fel",
            "14 maj",
        ),
        (f"{KS}, underlag: [x]}}\n- {{id: x, titel: X, när: 21 maj}}", "stop-before-input", "fel", "x"),
        (
            f"{KS}, stoppdatum: på bordet, underlag: x}}\n- {{id: x, titel: X, när: 4 juni}}",
            "stop-before-input",
            "fel",
            "x",
        ),
        (f"{KS}, stoppdatum: 15 maj}}", "stop-date-deviates", "varning", "15 maj"),
        (f"{KS}, stoppdatum: 18 maj}}", "stop-date-day-off", "varning", "18 maj"),
        # days
        ("- {id: a, titel: A, när: 17 maj}", "day-off", "varning", "17 maj"),
        ("- {id: a, titel: A, när: 6 juni}", "day-off", "varning", "6 juni"),
        ("- {id: a, titel: A, när: 16 maj och 17 maj}", "day-off", "varning", "17 maj"),
        ("- {id: a, titel: A, start: 3 juni, slut: 6 juni}", "day-off", "varning", "6 juni"),
        ("- {id: a, titel: A, start: 6 juni, slut: 10 juni}", "day-off", "varning", "6 juni"),
        ("- {id: a, titel: A, start: 2 juni, längd: 5 dagar}", "day-off", "varning", "5 dagar"),
        ("- {id: a, titel: A, när: 28 maj}", "half-day", "info", "28 maj"),
        ("- {id: a, titel: A, när: 2 maj}", "squeeze-day", "info", "2 maj"),
        ("- {id: a, titel: A, när: 2 juli}", "avoided-period", "varning", "2 juli"),
        # meetings
        ("- {id: a, titel: A, när: tisdag v. 24, organ: KS}", "not-a-meeting", "varning", "tisdag v. 24"),
        ("- {id: a, titel: A, när: 3 juni, organ: KS}", "fixed-date", "info", "3 juni"),
        # order
        (f"- {{id: c, titel: C, när: samma dag som a, typ: samverkan}}\n{KS}}}", "order", "fel", "samma dag som a"),
        (f"- {{id: c, titel: C, när: 3 juni morgon, typ: förhandling}}\n{KS}}}", "order", "fel", "3 juni morgon"),
        (f"{KS}, underlag: [c]}}\n- {{id: c, titel: C, när: 4 juni, typ: samverkan}}", "order", "fel", "4 juni"),
        ("- {id: b, titel: KF, när: KF i juni, organ: KF, typ: beslut}", "not-prepared", "varning", "b"),
        # standing
        ("- {id: a, titel: A, när: 20 maj, preliminärt: ja}", "preliminary", "info", "20 maj"),
        ("- {id: a, titel: A, när: CSG i maj, organ: CSG}", "preliminary", "info", "CSG i maj"),
        ("- {id: a, titel: A, när: ej fastställt}", "undated", "info", "ej fastställt"),
        # the definition
        ("- {id: a, titel: A, när: 20 maj 2025}", "year-in-definition", "varning", "2025"),
        ("- {id: a, titel: A, när: 2025-05-20}", "year-in-definition", "varning", "2025-05-20"),
        ("- {id: a, titel: Budget 2026, när: 20 maj}", "year-in-definition", "varning", "2026"),
    ],
)
def test_what_is_found(check: Check, place: Place, rows: str, code: str, severity: str, words: str) -> None:
    """The code, how severe it is, and the words to change."""
    found = [finding for finding in check(rows) if finding.code == code]
    assert [(finding.severity, place(finding)) for finding in found] == [(severity, words)]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        (", organ: CSG", "lägg mötet före: ”sista CSG före a” är onsdag 21 maj 2025"),
        (", organ: KF", "lägg mötet före, till exempel ”arbetsdagen före a”"),
        ("", "lägg mötet före, till exempel ”arbetsdagen före a”"),
    ],
)
def test_a_consultation_that_is_late_is_told_of_an_earlier_meeting(check: Check, body: str, hint: str) -> None:
    """The last one of its body before the decision, if there is one."""
    late = f"- {{id: c, titel: C, när: samma dag som a, typ: samverkan{body}}}\n{KS}}}"
    assert [finding.hint for finding in check(late) if finding.code == "order"] == [hint]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        # stop dates
        ("- {id: a, titel: N, när: 20 maj, typ: beslut, stoppdatum: krävs ej}", "missing-stop-date"),
        (f"{KS}, stoppdatum: på bordet}}", "missing-stop-date"),
        (f"{KS}, inställt: valdag}}", "missing-stop-date"),
        ("- {id: a, titel: A, när: 20 maj, typ: dialog}", "missing-stop-date"),
        (f"{KS}, stoppdatum: 20 maj}}", "stop-date-deviates"),
        (f"{KS}, underlag: [x]}}\n- {{id: x, titel: X, när: 20 maj}}", "stop-before-input"),
        (f"{KS}, underlag: [x]}}\n- {{id: x, titel: X, när: ej fastställt}}", "stop-before-input"),
        # days
        ("- {id: a, titel: A, start: 2 juni, längd: 2 veckor}", "day-off"),
        ("- {id: a, titel: A, slut: 4 juli, längd: 1 vecka}", "day-off"),
        ("- {id: a, titel: A, när: 17 maj oavsett helg}", "day-off"),
        ("- {id: a, titel: A, när: 17 maj, typ: omvärld}", "day-off"),
        ("- {id: a, titel: A, när: ca 17 maj}", "day-off"),
        ("- {id: a, titel: A, när: senast maj}", "day-off"),
        ("- {id: a, titel: A, när: maj}", "day-off"),
        ("- {id: a, titel: A, när: v. 20}", "day-off"),
        ("- {id: a, titel: A, när: slutet av maj}", "day-off"),
        ("- {id: a, titel: A, per: 31 augusti}", "day-off"),
        ("- {id: a, titel: A, per: 31 augusti, när: 10 september}", "day-off"),
        ("- {id: a, titel: A, när: 12–23 maj}", "day-off"),
        ("- {id: a, titel: A, när: 28 maj fm}", "half-day"),
        ("- {id: a, titel: A, när: 28 maj kl 9–12}", "half-day"),
        ("- {id: a, titel: A, start: 2 juni, slut: 29 augusti}", "avoided-period"),
        # meetings
        ("- {id: a, titel: A, när: onsdag v. 22, organ: CSG}", "not-a-meeting"),
        ("- {id: a, titel: A, när: juni, organ: KS}", "not-a-meeting"),
        ("- {id: a, titel: A, när: KS i juni, organ: KS}", "fixed-date"),
        ("- {id: a, titel: A, när: 3 juni}", "fixed-date"),
        # order
        (f"- {{id: c, titel: C, när: dagen före a, typ: samverkan}}\n{KS}}}", "order"),
        (f"- {{id: c, titel: C, när: 3 juni, typ: information}}\n{KS}}}", "order"),
        (f"- {{id: c, titel: C, start: dagen efter a, slut: 12 juni, typ: förhandling}}\n{KS}}}", "order"),
        (f"- {{id: c, titel: C, när: 12 juni, typ: förhandling}}\n{KS}}}", "order"),
        (f"- {{id: c, titel: C, när: onsdagen veckan efter a, typ: förhandling}}\n{KS}}}", "order"),
        (f"- {{id: c, titel: C, när: 3 juni, typ: förhandling, avser: B-1}}\n{KS}}}", "order"),
        (
            "- {id: n, titel: N, när: slutet av maj, typ: beslut}\n- {id: c, titel: C, när: n, typ: förhandling}",
            "order",
        ),
        (f"{KS}}}\n- {{id: b, titel: KF, när: KF i juni, organ: KF, typ: beslut}}", "not-prepared"),
        ("- {id: b, titel: KF, när: KF i juni, organ: KF, typ: anmälan}", "not-prepared"),
        # the definition
        ("- {id: a, titel: Vision 2040, när: 20 maj B-1}", "year-in-definition"),
        ("- {id: a, titel: A, när: 20 maj, om: B >= 2024}", "year-in-definition"),
    ],
)
def test_what_is_left_alone(codes: Codes, rows: str, code: str) -> None:
    """What a careful reader would not call wrong."""
    assert code not in codes(rows)


def test_a_body_whose_rule_is_that_it_has_none(check: Check, house: str) -> None:
    """Then nobody has left anything out this year: a warning."""
    unruled = house.replace(
        "FLU: {grupp: förtroendevalda, veckodag: tisdag, stoppdatum: 14 dagar före}",
        "FLU: {grupp: förtroendevalda, stoppdatum: saknas}",
    )
    (found,) = check("- {id: a, titel: A, när: FLU i maj, organ: FLU, typ: beredning}", house=unruled)
    assert (found.code, found.severity) == ("missing-stop-date", "varning")


def test_inputs_of_a_round_are_those_of_the_same_round(codes: Codes) -> None:
    """The report of October is not needed for the matter of April."""
    rounds = "upprepa: {period: [april, oktober], år: B-1}"
    rows = f"- {{id: r, titel: R, {rounds}, när: femte arbetsdagen i period}}\n"
    rows += f"- {{id: m, titel: M, {rounds}, när: tionde arbetsdagen i period, underlag: [r]}}"
    assert codes(rows) == []


def test_fullmaktige_does_not_prepare_for_itself(codes: Codes) -> None:
    """Its own earlier decision prepares nothing, and neither does a matter that is only reported."""
    first = "- {id: a, titel: A, när: KF i juni, organ: KF, typ: beslut}\n"
    second = "- {id: b, titel: B, när: KF i november, organ: KF, typ: beslut}\n"
    reported = "- {id: c, titel: C, när: KS i juni, organ: KS, typ: anmälan}\n"
    assert codes(first + second).count("not-prepared") == 2
    assert codes(reported + first).count("not-prepared") == 1


def test_what_was_prepared_for_an_earlier_decision_does_not_serve_the_next(codes: Codes) -> None:
    """In a later phase somebody has to prepare anew."""
    phase = "- id: {0}\n  aktiviteter:\n  - {{id: {0}_b, titel: B, när: KF i {1}, organ: KF, typ: beslut}}\n"
    prepared = "  - {id: ks, titel: KS, när: KS i juni, organ: KS, typ: beslut}\n"
    assert codes(more="faser:\n" + phase.format("ram", "juni") + prepared + phase.format("vp", "november")) == [
        "not-prepared"
    ]


def test_dispatch_to_other_bodies_is_their_own_affair(codes: Codes, house: str) -> None:
    """The week is fullmäktige's (KL 5:13)."""
    hurried = house.replace("14 dagar före, bereds_av: FLU", "14 dagar före, kedja: {utskick: 3 dagar före möte}")
    assert codes(f"{KS}}}", house=hurried) == []


def test_a_deviation_may_name_years_and_days(codes: Codes) -> None:
    """The file is of one year."""
    change = "ändra: {a: {när: 3 juni 2025, titel: Budget 2026, skäl: x}, b: {när: 3 juni, skäl: x}}\n"
    rows = f"{KS}}}\n- {{id: b, titel: B, när: KS i juni, organ: KS}}"
    assert codes(rows, b2026=change) == []


def test_two_requirements_broken_by_one_day_are_two_findings(codes: Codes) -> None:
    """Two causes, though one place."""
    krav = "krav: [{id: k, regel: x är före y}, {id: l, regel: x är i april}]\n"
    assert codes("- {id: x, titel: X, när: 28 maj fm}\n- {id: y, titel: Y, när: 27 maj}", krav) == ["requirement"] * 2


def test_a_month_is_not_judged_by_its_edges(codes: Codes) -> None:
    """A requirement between months is broken only where no days of theirs would keep it."""
    krav = "krav: [{id: k, regel: x är minst 7 dagar före y}]\n"
    rows = "- {{id: x, titel: X, när: {}}}\n- {{id: y, titel: Y, när: {}}}"
    assert codes(rows.format("maj–juni", "maj–juni"), krav) == []
    assert codes(rows.format("juni", "maj"), krav) == ["requirement"]
    assert codes(rows.format("27 maj", "2 juni"), krav) == ["requirement"]


def test_a_requirement_has_its_own_level_and_its_subjects_place(check: Check, place: Place) -> None:
    """The text and the law are cited, the day that was broken is marked."""
    krav = "krav: [{id: k, regel: x är före y, nivå: varning, text: Först X, lag: Reglemente 3 §}]\n"
    (found,) = check("- {id: x, titel: X, när: 28 maj fm}\n- {id: y, titel: Y, när: 27 maj}", krav)
    assert (found.code, found.severity, place(found)) == ("requirement", "varning", "28 maj fm")
    assert found.message == "”X” onsdag 28 maj 2025 håller inte kravet: Först X (Reglemente 3 §)"
    assert found.hint == "sista säkra arbetsdag är måndag 26 maj 2025"


def test_a_short_window_is_found_by_its_own_unit(codes: Codes) -> None:
    """Working days, days, weeks and months are each counted as such, both ends included."""
    for minimum, found in [
        ("5 arbetsdagar", []),
        ("6 arbetsdagar", ["short-window"]),
        ("7 dagar", []),
        ("8 dagar", ["short-window"]),
        ("1 vecka", []),
        ("2 veckor", ["short-window"]),
        ("1 månad", ["short-window"]),
    ]:
        window = f"tidsfönster: [{{id: w, titel: W, start: 12 maj, slut: 18 maj, minst: {minimum}}}]\n"
        assert codes("- {id: a, titel: A, när: 20 maj}", window) == found


def test_one_day_is_not_told_as_many(check: Check, house: str) -> None:
    """A single day has its own form."""
    window = "tidsfönster: [{id: w, titel: W, start: 12 maj, slut: 12 maj, minst: 2 arbetsdagar}]\n"
    (short,) = check("- {id: a, titel: A, när: 20 maj}", window)
    assert short.message.startswith("”W” är 1 arbetsdag, måndag 12 maj 2025")
    late = house.replace("2025-11-24", "{datum: 2025-11-24, utskick: 2025-11-23}")
    rows = "- {id: a, titel: A, när: KS i november, organ: KS, typ: beslut}\n"
    rows += "- {id: b, titel: B, när: KF i november, organ: KF, typ: beslut}"
    messages = [found.message for found in check(rows, house=late) if found.code == "notice"]
    assert [message.partition("är ")[2] for message in messages] == ["1 dag före mötet, minst 7 krävs (KL 5:13)"]


@pytest.mark.parametrize(("day", "found"), [("2025-11-17", []), ("2025-11-18", ["notice"])])
def test_notice_is_a_week(codes: Codes, house: str, day: str, found: list[str]) -> None:
    """The meeting plan may give the dispatch its own day; under a week before fullmäktige is too late."""
    rows = "- {id: a, titel: A, när: KS i november, organ: KS, typ: beslut}\n"
    rows += "- {id: b, titel: B, när: KF i november, organ: KF, typ: beslut}"
    moved = house.replace("2025-11-24", f"{{datum: 2025-11-24, utskick: {day}}}")
    assert codes(rows, house=moved) == found


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        ("2025-11-04", []),
        ("2025-11-05", ["unusual-weekday"]),
        ("{datum: 2025-11-05, flyttad_från: 2025-11-04}", []),
        ("{datum: 2025-11-05, inställt: ja}", []),
    ],
)
def test_a_slip_in_a_plan_that_is_not_adopted(codes: Codes, house: str, plan: str, found: list[str]) -> None:
    """A meeting on another weekday is worth a look, unless it was moved there."""
    changed = house.replace("2025-11-04", plan)
    assert codes("- {id: a, titel: A, när: 20 maj}", house=changed) == found
    adopted = changed.replace("  2025:\n", "  2025:\n    beslutad: KF § 1\n")
    assert codes("- {id: a, titel: A, när: 20 maj}", house=adopted) == []


def test_an_adopted_plan_without_a_body_of_its_kind(check: Check, house: str, place: Place) -> None:
    """The body is still reckoned by rules while its peers are decided; one of another group is left alone."""
    adopted = house.replace("  2025:\n", "  2025:\n    beslutad: KF § 1\n").replace(
        "    FLU: [2025-05-13, 2025-08-19]\n", ""
    )
    drafted = adopted.replace("FLU: {grupp", "FLU: {preliminärt: [tisdag v. 20], grupp")
    rows = "- {id: a, titel: A, när: FLU i maj, organ: FLU}\n- {id: c, titel: C, när: CSG i maj, organ: CSG}"
    (found,) = [finding for finding in check(rows, house=drafted) if finding.code != "preliminary"]
    assert (found.code, place(found)) == ("incomplete-meeting-plan", "KF § 1")
    assert found.message.endswith("är beslutad men saknar FLU, som ännu räknas efter regler")


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("när: KS i juni kl 13.00, organ: KS", []),
        ("när: 3 juni kl 13.00, plats: Annexet, deltagare: [KS]", ["double-booked"]),
        ("när: 3 juni kl 12.30–13.30, plats: Annexet, deltagare: [KS]", ["double-booked"]),
        ("när: 3 juni kl 12–13, plats: Annexet, deltagare: [KS]", []),
        ("när: 3 juni kl 13.00, plats: Stora salen, deltagare: [KS]", []),
        ("när: 4 juni kl 13.00, plats: Annexet, deltagare: [KS]", []),
        ("när: 3 juni kl 13.00, deltagare: [KS]", []),
        ("när: 3 juni, plats: Annexet, deltagare: [KS]", []),
        ("när: 3 juni kl 13.00, plats: Annexet, deltagare: [någon annan]", []),
    ],
)
def test_nobody_is_in_two_places(codes: Codes, second: str, found: list[str]) -> None:
    """A body called to two meetings at one time; without times, or places that differ, nothing is known."""
    first = "- {id: a, titel: A, när: KS i juni kl 13.00, organ: KS, plats: Stora salen}"
    assert codes(f"{first}\n- {{id: b, titel: B, {second}}}") == found


def test_half_days_and_squeeze_days_as_the_calendar_says(codes: Codes, check: Check) -> None:
    """`varna` makes a warning of them, `ledig` days off."""
    rows = "- {id: a, titel: A, när: 28 maj}\n- {id: b, titel: B, när: 2 maj}"
    kalender = "kalender: {{halvdagar: {0}, klämdagar: {0}}}\n"
    assert {finding.severity for finding in check(rows, kalender.format("varna"))} == {"varning"}
    assert codes(rows, kalender.format("varna")) == ["half-day", "squeeze-day"]
    assert codes(rows, kalender.format("ledig")) == ["day-off", "day-off"]


def test_the_periods_to_avoid_are_the_calendars(codes: Codes) -> None:
    """Named periods replace July; an empty list avoids nothing."""
    rows = "- {id: a, titel: A, när: 24 februari}\n- {id: b, titel: B, när: 2 juli}"
    assert codes(rows) == ["avoided-period"]
    assert codes(rows, "kalender: {perioder: {sportlov: v. 9}, undvik: [sportlov]}\n") == ["avoided-period"]
    assert codes(rows, "kalender: {perioder: {sportlov: v. 9}, undvik: []}\n") == []


def test_rounds_of_one_activity_are_one_finding(check: Check) -> None:
    """There is one expression to change, however many rounds it spoils."""
    repeat = "{period: [april, juni, november], år: B-1}"
    rows = f'- {{id: a, titel: "A {{period}}", upprepa: {repeat}, när: första dagen i period}}'
    found = [finding for finding in check(rows) if finding.code == "day-off"]
    assert [finding.message for finding in found] == [
        "”A juni” är söndag 1 juni 2025, som inte är en arbetsdag (och 1 till)"
    ]


def test_completeness_is_asked_for_in_earnest_only(codes: Codes) -> None:
    """In `skarp`, and only of the types of which a third say it."""
    rows = "\n".join(
        f"- {{id: a{n}, titel: A, när: 20 maj, typ: dialog{extra}}}"
        for n, extra in enumerate([", ansvarig: X, syfte: Y, deltagare: [Z]", ", syfte: Y", "", ""])
    )
    assert codes(rows) == []
    assert codes(rows, "kontroller: {profil: skarp}\nägare: X\n") == ["missing-purpose", "missing-purpose"]
    assert codes(rows, "kontroller: {profil: skarp}\n").count("missing-owner") == 1
    assert codes(rows, "kontroller: {missing-owner: fel}\n") == ["missing-owner"]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("missing-responsible", "ansvarig: X"),
        ("missing-responsible", "handläggare: X"),
        ("missing-participants", "deltagare: [X]"),
        ("missing-purpose", "syfte: X"),
    ],
)
def test_what_is_asked_for(check: Check, place: Place, code: str, key: str) -> None:
    """The row that lacks what its peers have, at its id; a row that is cancelled needs nothing."""
    rows = "\n".join(
        f"- {{id: {name}, titel: A, när: 20 maj, typ: dialog{extra}}}"
        for name, extra in [("har", f", {key}"), ("saknar", ""), ("ställs_in", ", inställt: x")]
    )
    found = check(rows, f"ägare: X\nkontroller: {{{code}: varning}}\n")
    assert [(finding.code, place(finding)) for finding in found] == [(code, "saknar")]


def test_a_draft_rule_with_a_fixed_date_is_told(check: Check, house: str, place: Place) -> None:
    """Meetings follow weeks; the hint has the week of this year."""
    drafted = house.replace("[onsdag v. 21]", "[21 maj, onsdag v. 23]")
    rows = "- {id: a, titel: A, när: 20 maj}"
    found = [finding for finding in check(rows, house=drafted) if finding.code == "fixed-date"]
    assert [(place(finding), finding.hint) for finding in found] == [
        ("21 maj", "skriv veckan, onsdag 21 maj 2025 är ”onsdag v. 21”")
    ]


def test_a_preparation_named_as_input_counts(codes: Codes) -> None:
    """Whatever its phase and type, if it comes in time."""
    rows = "- {{id: p, titel: P, när: {}, organ: CSG, typ: dialog}}\n"
    rows += "- {{id: b, titel: B, när: KF i juni, organ: KF, typ: beslut, underlag: [p]}}"
    assert "not-prepared" not in codes(rows.format("21 maj"))
    assert "not-prepared" in codes(rows.format("17 juni"))


def test_the_ends_of_the_calendar(codes: Codes) -> None:
    """The last day of 2100 is a day off with no working day after it."""
    house = "process: p\nlöper: 1 januari B till 31 december B\n"
    assert codes("- {id: a, titel: A, när: 31 december}", house=house, year=2100) == ["day-off"]


# --- a stop date left over from another year -------------------------------------------------------------------

WRITTEN = "ändra: {{a: {{stoppdatum: {}, skäl: x}}}}\n"


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        ("14 maj", "14 maj", ["stop-date-deviates", "stop-date-unchanged"]),
        ("14 maj", "15 maj", ["stop-date-deviates"]),
        ("20 maj", "20 maj", []),
    ],
)
def test_a_stop_date_left_over(codes: Codes, now: str, then: str, found: list[str]) -> None:
    """The same day and month as in an earlier year, while the meeting moved; what the rule gives anyway is no copy."""
    assert codes(f"{KS}}}", b2025=WRITTEN.format(then), b2026=WRITTEN.format(now)) == found


def test_a_meeting_that_stays_may_keep_its_stop_date(codes: Codes, house: str) -> None:
    """The same day and month of meeting and stop date: nothing is left over."""
    years = {"b2025": WRITTEN.format("14 maj"), "b2026": WRITTEN.format("14 maj")}
    assert codes(f"{KS}}}", house=house.replace("2024-06-04", "2024-06-03"), **years) == ["stop-date-deviates"]


def test_the_year_that_was_copied_is_not_blamed(codes: Codes) -> None:
    """Only earlier years are compared with."""
    years = {"b2025": WRITTEN.format("14 maj"), "b2026": WRITTEN.format("14 maj")}
    assert codes(f"{KS}}}", year=2025, **years) == ["stop-date-deviates"]


def test_a_year_that_cannot_be_read_is_not_compared_with(codes: Codes) -> None:
    """Its own errors are told when it is asked for itself."""
    assert codes(f"{KS}}}", b2025="ändra: 3\n", b2026=WRITTEN.format("14 maj")) == ["stop-date-deviates"]


def test_of_many_matters_of_two_meetings_at_once_each_is_told_once(check: Check) -> None:
    """Thirty matters of each: thirty and thirty, not thirty times thirty."""
    rows = "".join(
        f"- {{id: {body.lower()}{number}, titel: T, när: 3 juni, tid: kl 13.00, organ: {body}, deltagare: [KF]}}\n"
        for number in range(30)
        for body in ("KS", "CSG")
    )
    assert sum(finding.code == "double-booked" for finding in check(rows)) == 59


def test_a_consultation_finds_the_first_decision_below_it(check: Check) -> None:
    """Of the same day and phase, in the order of the plan; a decision above it is no matter of its."""
    rows = """
- {id: ovan, titel: Ovan, när: KS i juni, organ: KS, typ: beslut}
- {id: csg, titel: CSG, när: 3 juni, typ: samverkan}
- {id: b2, titel: Sen, när: 3 juni, typ: beslut, tid: kl 15}
- {id: b1, titel: Tidig, när: 3 juni, typ: beslut, tid: kl 9}
"""
    (found,) = (finding for finding in check(rows) if finding.code == "order")
    assert found.message.endswith("samma dag som beslutet ”Tidig”")


@pytest.mark.parametrize(
    ("closure", "found"),
    [
        ("27 december till 5 januari", []),
        ("1 juni till 30 juli", []),  # sixty days
        ("1 juni till 31 juli", ["”Stängt” stänger i 61 dagar, från söndag 1 juni 2025 till torsdag 31 juli 2025"]),
        (
            "5 januari till 27 december",
            ["”Stängt” stänger i 357 dagar, från söndag 5 januari 2025 till lördag 27 december 2025"],
        ),
        ("juni–juli", ["”Stängt” stänger i 61 dagar, från söndag 1 juni 2025 till torsdag 31 juli 2025"]),
    ],
)
def test_a_closure_of_more_than_sixty_days_is_told(check: Check, closure: str, found: list[str]) -> None:
    """Of the years it closes in, with the days of one; at the expression."""
    findings = check(more=f"kalender: {{stängt: [{{när: {closure}, namn: Stängt}}]}}\n")
    long = [finding for finding in findings if finding.code == "long-closure"]
    assert [finding.message for finding in long] == found
    for finding in long:
        assert finding.span is not None
        line = finding.span.source.lines[finding.span.line - 1]
        assert line[finding.span.column - 1 : finding.span.end_column - 1] == closure


def test_a_closure_with_its_ends_turned_is_answered_with_the_other_order(check: Check) -> None:
    """What the hint says is closed over New Year, and silent."""
    (finding,) = check(more="kalender: {stängt: [{när: 5 januari till 27 december, namn: S}]}\n")
    assert finding.hint == "menade du ”27 december till 5 januari”?"


TWO_DAYS = [
    ("the meeting itself", "när: KF i juni, typ: beslut", []),
    ("its second day", "när: 17 juni, typ: information", ["fixed-date"]),
    ("a day beside it", "när: onsdag v. 25, typ: information", ["not-a-meeting"]),
    ("called too late", "när: KF i juni, typ: beslut, stoppdatum: på bordet", ["notice"]),
    ("consulted on its first day", "när: KF i juni, typ: beslut, underlag: [c]", ["order", "stop-before-input"]),
]


@pytest.mark.parametrize(("keys", "found"), [row[1:] for row in TWO_DAYS], ids=[row[0] for row in TWO_DAYS])
def test_a_meeting_of_two_days_is_checked_as_one_of_one(codes: Codes, house: str, keys: str, found: list[str]) -> None:
    """Neither of its days is off the plan; what must come before it comes before the first."""
    house = house.replace("KF: [2025-06-16, 2025-11-24]", "KF: [16–17 juni]")
    if found == ["notice"]:
        house = house.replace("utskick: 7 dagar före möte", "utskick: 6 dagar före möte")
    rows = "\n".join(line for line in SOUND.splitlines() if "organ: KF" not in line)
    rows += f"\n- {{id: d, titel: D, organ: KF, {keys}}}"
    if "underlag" in keys:
        rows += "\n- {id: c, titel: C, när: 16 juni, typ: samverkan}"
    assert codes(rows, house=house) == found


# --- dates of another plan ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "severity"),
    [
        ("när: 12 maj B-3", "fel"),
        ("när: 12 maj B+1", "fel"),
        ("när: 12 maj B", "varning"),
        ("när: september B-2", "varning"),
        ("när: 12 maj B-3, typ: omvärld", "fel"),
        ("start: 12 maj B, slut: 20 maj B", "varning"),
        ("när: 12 maj och 12 maj B", "varning"),
    ],
)
def test_a_date_far_outside_the_plan(check: Check, keys: str, severity: str) -> None:
    """Over a year from the nearest day of the plan is an error, over three months a warning."""
    found = [finding for finding in check(f"- {{id: a, titel: A, {keys}}}") if finding.code == "outside-plan"]
    assert [finding.severity for finding in found] == [severity]


@pytest.mark.parametrize(
    "keys",
    [
        "när: 31 mars B",
        "när: 1 oktober B-2",
        "per: 31 december B",
        "start: 1 juni B-3, slut: 2 juni B-1",
        "när: KS i juni",
    ],
)
def test_a_date_near_the_plan_or_in_it(check: Check, keys: str) -> None:
    """Three months out are no slip; a day that a report is as of is no event; work that reaches in is in the plan."""
    assert "outside-plan" not in {finding.code for finding in check(f"- {{id: a, titel: A, {keys}}}")}


def test_a_phase_may_run_longer_than_its_process(check: Check, house: str) -> None:
    """What is within the phase's own `löper` is in its place."""
    text = house + "faser:\n- id: f\n  löper: 1 januari B+1 till 31 december B+1\n  aktiviteter:\n"
    assert check(house=f"{text}  - {{id: a, titel: A, när: 12 maj}}\n") == []
    (found,) = check(house=f"{text}  - {{id: a, titel: A, när: 12 maj B}}\n")
    assert (found.code, found.severity) == ("outside-plan", "varning")


@pytest.mark.parametrize(
    ("keys", "early"),
    [
        ("per: 31 augusti, när: 20 augusti", True),
        ("per: 31 augusti, när: 1 september", False),
        ("per: 31 augusti", False),
        ("per: 31 augusti, start: 15 augusti, slut: 15 september", False),
        ("per: augusti, när: 31 juli", True),
        ("per: augusti, när: 20 augusti", False),
        ("per: 31 augusti, när: augusti", False),
        ("per: 31 augusti, när: 15 augusti och 15 september", True),
        ("per: 31 augusti B, när: 12 arbetsdagar efter per, avser: B", False),
    ],
)
def test_a_report_before_the_day_it_is_as_of(codes: Codes, keys: str, early: bool) -> None:
    """A month or week may still be after it; work may begin before it."""
    assert ("before-as-of" in codes(f"- {{id: a, titel: A, {keys}}}")) is early


# --- stop dates that are not there ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("när: ca KS i juni", "det räknas från en dag, och dagen är ungefärlig"),
        ("när: ca 3 juni", "det räknas från en dag, och dagen är ungefärlig"),
        ("när: juni, stoppdatum: 14 dagar före", "det räknas från en dag, och raden har ingen"),
        ("när: juni", None),
        ("när: ca 3 juni, stoppdatum: ej fastställt", None),
        ("när: ca 3 juni, stoppdatum: 20 maj", None),
        ("när: ca 3 juni, stoppdatum: på bordet", None),
        ("när: KS i juni", None),
    ],
)
def test_a_stop_date_that_cannot_be_counted(check: Check, keys: str, why: str | None) -> None:
    """It would be `ej fastställt` with nobody having said so."""
    found = check(f"- {{id: a, titel: A, organ: KS, typ: beslut, {keys}}}")
    messages = [finding.message for finding in found if finding.code == "no-stop-date-from-vague"]
    assert messages == ([f"”A” har inget stoppdatum: {why}"] if why else [])


def test_a_stop_date_that_the_deviation_of_the_year_took_is_told(check: Check, place: Place) -> None:
    """With the day that the definition gives, at the words that took it away."""
    deviation = "ändra: {a: {när: juni, skäl: inte bestämt}}\n"
    (found,) = (f for f in check(f"{KS}}}", b2026=deviation) if f.code == "no-stop-date-from-vague")
    assert found.message == (
        "”KS” har inget stoppdatum: årets avvikelse gör dagen ungefärlig (definitionen ger tisdag 20 maj 2025)"
    )
    assert place(found) == "juni"


# --- what has no date, and why ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "stop", "why"),
    [
        ("när: dagen före a.stoppdatum", "på bordet", "stoppdatumet för ”KS” är ”på bordet”"),
        ("när: dagen före a.stoppdatum", "saknas", "stoppdatumet för ”KS” är ”saknas”"),
        ("när: dagen före a.stoppdatum", "krävs ej", "stoppdatumet för ”KS” är ”krävs ej”"),
        ("start: dagen före a.stoppdatum, längd: 2 dagar", "ej fastställt", "stoppdatumet för ”KS” är ”ej fastställt”"),
        ("när: dagen efter u", "på bordet", "”U” har inget"),
    ],
)
def test_what_has_no_date_says_why(check: Check, place: Place, keys: str, stop: str, why: str) -> None:
    """At the name that has none."""
    rows = f"{KS}, stoppdatum: {stop}}}\n- {{id: u, titel: U, när: ej fastställt}}\n- {{id: x, titel: X, {keys}}}"
    (found,) = (f for f in check(rows) if f.code == "undated" and "”X”" in f.message)
    assert found.message == f"”X” har inget datum än: {why}"
    assert place(found) in ("a.stoppdatum", "u")


# --- days ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ("när: senast v. 20", "v. 20 slutar på söndagen: skriv ”senast fredag v. 20”"),
        ("när: senast v. 18–20", "v. 20 slutar på söndagen: skriv ”senast fredag v. 20”"),
        # ascension day and a Friday that this office is closed
        ("när: senast v. 22", "v. 22 slutar på söndagen: skriv ”senast fredag v. 22”"),
        ("när: v. 20", None),
        ("när: senast maj", None),
        ("när: senast fredag v. 20", None),
        # a balance day
        ("när: 31 augusti, typ: bokslut", None),
        ("när: 31 augusti, typ: uppföljning", None),
        ("när: 30 augusti, typ: uppföljning", "”annars arbetsdagen före” flyttar dagen, ”oavsett helg” behåller den"),
        ("när: 31 augusti", "är det dagen som en rapport gäller, skriv ”per” i stället för ”när”"),
        ("när: sista dagen i augusti", "är det dagen som en rapport gäller, skriv ”per” i stället för ”när”"),
    ],
)
def test_a_day_off_and_what_to_write(check: Check, keys: str, hint: str | None) -> None:
    """A deadline that is a whole week ends on its Sunday; the last day of a month is often what a report is as of."""
    hints = [f.hint or "" for f in check(f"- {{id: a, titel: A, {keys}}}") if f.code == "day-off"]
    assert len(hints) == (hint is not None)
    assert all(found.endswith(hint or "") for found in hints)


@pytest.mark.parametrize(
    ("keys", "avoided"),
    [
        ("när: 3 juli", True),
        ("när: 3 juli, typ: bokslut", False),
        ("när: 3 arbetsdagar efter per, per: sista dagen i period, upprepa: {period: [maj, juni], år: B-1}", False),
        ("när: 3 arbetsdagar efter period, upprepa: {period: [maj, juni], år: B-1}", True),
        ("när: 3 juli, per: 30 juni, typ: uppföljning", True),
    ],
)
def test_closings_are_made_in_july_too(codes: Codes, keys: str, avoided: bool) -> None:
    """Accounts, and reports that come back every month: the calendar decides, nobody chose July."""
    assert ("avoided-period" in codes(f"- {{id: a, titel: A, {keys}}}")) is avoided


def test_a_meeting_of_the_year_before_is_looked_at_where_it_is_used(codes: Codes, house: str) -> None:
    """The weekday of the meeting in the year that it is in."""
    wednesday = house.replace("2024: {KS: [2024-06-04]}", "2024: {KS: [2024-10-16, 2024-11-06]}")
    longer = wednesday.replace("löper: 1 januari B-1", "löper: 1 september B-2")
    used = "- {id: a, titel: A, när: KS i oktober B-2, organ: KS, typ: information}"
    assert codes(used, house=longer).count("unusual-weekday") == 1
    assert "unusual-weekday" not in codes("- {id: a, titel: A, när: 12 maj}", house=longer)


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ("3 juni", "skriv veckan, tisdag 3 juni 2025 är ”tisdag v. 23”, eller mötet: ”KS i juni”"),
        ("8 oktober", "skriv veckan, tisdag 8 oktober 2024 är ”tisdag v. 41”"),
        ("20 maj", "skriv veckan, tisdag 20 maj 2025 är ”tisdag v. 21”, eller mötet: ”KS i maj”"),
    ],
)
def test_a_fixed_date_is_told_as_a_week_of_its_own_year(check: Check, house: str, when: str, hint: str) -> None:
    """The autumn of B-2 has other weekdays than B-1; the meeting is offered where it is the one of its month."""
    longer = house.replace("löper: 1 januari B-1 till 31 december B-1", "löper: 1 september B-2 till 31 augusti B-1")
    found = check(f"- {{id: a, titel: A, när: {when}, organ: KS}}", house=longer)
    assert [finding.hint for finding in found if finding.code == "fixed-date"] == [hint]
