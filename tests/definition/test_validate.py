"""A definition becomes a process, or every error of all its files at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.dates import syntax
from arshjul.definition import (
    Activity,
    ActivityType,
    Body,
    DayPolicy,
    Level,
    Meeting,
    Phase,
    Process,
    Repeat,
    expand,
    validate,
)
from arshjul.definition.model import Deviations, ProcessFields
from arshjul.definition.parts import FileKind, kind
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, Source, Span
from arshjul.source import Fields, Items, Text, YamlValue, read

EXAMPLE = Path(__file__).parent.parent / "example"
PROCESS, BODIES, MEETINGS, DEVIATIONS = (
    (EXAMPLE / f"{name}.yaml").read_text(encoding="utf-8")
    for name in ("process", "organ", "sammantraden-2025", "avvikelser-2026")
)
LAWS = 'lagkrav: {budget: [{id: budget_i_tid, regel: budgetbeslut är senast 30 november B-1, lag: "KL 11:10"}]}\n'


def _tree(text: str, path: str = "process.yaml") -> Fields:
    return read(text.encode(), path)


def _example() -> Process:
    parts = [_tree(BODIES, "organ.yaml"), _tree(MEETINGS, "sammantraden-2025.yaml"), _tree(LAWS, "lagar.yaml")]
    return validate(_tree(PROCESS), parts, _tree(DEVIATIONS, "avvikelser-2026.yaml"))


def _errors(main: str, *parts: str, deviations: str | None = None) -> tuple[Diagnostic, ...]:
    documents = [_tree(part, f"del{number}.yaml") for number, part in enumerate(parts, 1)]
    year = _tree(deviations, "avvikelser-2026.yaml") if deviations else None
    with pytest.raises(InvalidProcess) as caught:
        validate(_tree(main), documents, year)
    return caught.value.diagnostics


def one_activity(keys: str) -> str:
    """A process with one activity; the activity's keys begin at 5:6."""
    head = "process: p\norgan: {KS: {namn: Kommunstyrelsen}, KF: {grupp: politik}}\nfaser:\n- {id: f, aktiviteter: ["
    return f"{head}\n    {{{keys}}}]}}\n"


def _told(diagnostic: Diagnostic) -> tuple[str, str, str, str | None]:
    span = diagnostic.span
    place = f"{span.line}:{span.column}-{span.end_column}" if span else "-"
    return diagnostic.code, place, diagnostic.message, diagnostic.hint


# What is right


def test_the_small_project_of_the_specification() -> None:
    """A process with bodies, a meeting plan, laws and deviations in files of their own is one process."""
    process = _example()
    assert [phase.id for phase in process.phases] == ["ram", "vp"]
    assert [a.id for a in process.phases[0].activities] == ["budget_csg", "budget_ks", "pressträff", "budget_kf"]
    assert [a.id for a in process.phases[1].activities] == ["vp_namnd"]
    assert process.groups == {"nämnd": ("BUN", "SN")}
    assert process.bodies[Text("KS")].weekday is syntax.Weekday.TUESDAY
    assert process.bodies[Text("KS")].id == "KS"
    assert process.roles[Text("strategi")].name == "Område strategi och styrning"
    assert process.laws[Text("budget")][0].law == "KL 11:10"
    assert process.windows[0].minimum is not None
    assert process.windows[0].minimum.tree == syntax.Duration(40, syntax.Unit.WORKING_DAY)


def test_deviations_change_strike_and_add_with_their_reasons() -> None:
    """An activity that was changed carries the new value and the reason; unexplained deviations are counted."""
    process = _example()
    changed = process.phases[0].activities[1]
    assert (changed.comment, changed.reason) == ("nytt datum", "mötet flyttat")
    assert process.phases[0].activities[2].reason == "ny rutin"
    assert process.unexplained == 1
    assert process.flags == {"särskilda_skäl": "sent besked om skatteunderlaget"}


def test_every_value_keeps_where_it_came_from() -> None:
    """A value changed by the deviations points into that file, the others into the process file."""
    changed = _example().phases[0].activities[1]
    places = [changed.comment and changed.comment.span, changed.title.span, changed.span]
    assert [(s.file, s.line, s.column) for s in places if s] == [
        ("avvikelser-2026.yaml", 3, 26),
        ("process.yaml", 16, 28),
        ("process.yaml", 16, 10),
    ]
    assert _example().files == (
        "avvikelser-2026.yaml",
        "lagar.yaml",
        "organ.yaml",
        "process.yaml",
        "sammantraden-2025.yaml",
    )


def test_a_meeting_is_a_date_or_a_date_with_more() -> None:
    """A plan holds bare dates and entries with matters, time and the date they were moved from."""
    plain, moved = _example().plans[2025].meetings[Text("KS")]
    assert plain.date.tree.dates.start.phrase == syntax.IsoDate(2025, 5, 6)
    assert moved.moved_from is not None
    assert moved.moved_from.tree.dates.start.phrase == syntax.IsoDate(2025, 6, 3)
    assert (moved.matters, moved.time) == (("rambudget",), (syntax.ClockTime(13, 0),))


def test_a_plan_written_inline_is_the_same_as_a_file() -> None:
    """`sammanträden: {2025: …}` in the process gives what a file with `kalenderår: 2025` gives."""
    bodies = "process: p\norgan: {KS: {kedja: {utskick: 5 dagar före möte}}}\n"
    plan = "KS: [3 juni, {datum: 2025-07-01, utskick: utgår, inställt: ja}]"
    inline = validate(_tree(f"{bodies}sammanträden: {{2025: {{{plan}}}}}\n"), [], None)
    beside = validate(_tree(bodies), [_tree(f"kalenderår: 2025\n{plan}\n")], None)
    assert inline.plans == beside.plans
    assert inline.plans[2025].meetings[Text("KS")][1].steps == {"utskick": None}
    assert inline.plans[2025].meetings[Text("KS")][1].cancelled == "ja"


def test_two_files_may_plan_different_bodies_of_the_same_year() -> None:
    """Plans of one calendar year are merged body by body."""
    main = _tree("process: p\norgan: {KS: {}, KF: {}}\n")
    plans = [_tree("kalenderår: 2025\nbeslutad: KF § 1\nKS: [3 juni]\n"), _tree("kalenderår: 2025\nKF: [4 juni]\n")]
    plan = validate(main, plans, None).plans[2025]
    assert (list(plan.meetings), plan.decision) == (["KS", "KF"], "KF § 1")


def test_what_is_left_out_has_the_defaults_of_the_specification() -> None:
    """A title defaults to the id and the year, a day between two days off is a working day; nothing else is assumed."""
    process = validate(_tree("process: p\norgan: {KS: {}}\nkontroller: {day-off: av}\n"), [], None)
    assert (process.title, process.bodies[Text("KS")].name) == ("p {B}", "KS")
    assert process.calendar.bridge_days is DayPolicy.WORKED
    assert process.checks.levels == {"day-off": Level.OFF}
    assert process.checks.profile == "start"
    assert (process.phases, process.plans, process.flags, process.unexplained) == ((), {}, {}, 0)


def test_all_keys_of_an_activity() -> None:
    """Every key of the table is read into its attribute."""
    keys = (
        "id: a, titel: A, start: 3 juni, längd: 2 veckor, tid: kl 9–12, plats: Rådhuset, per: 31 maj, avser: B-2, "
        "stoppdatum: saknas, organ: KS, typ: bokslut, deltagare: {nämnd: [KS, alla]}, ansvarig: a, handläggare: h, "
        "till: KF, syfte: s, mål: m, kommentar: k, underlag: a, milstolpe: [x, y], om: valår, visa: var_för_sig, "
        "reservdag: 4 juni, preliminärt: ja, vid_behov: nej, inställt: sjukdom, intern: ja, skäl: s, taggar: [t], "
        "länk: 'https://exempel.se/{B}', källa: KF § 1, tidigare_id: förr"
    )
    activity = validate(_tree(one_activity(keys)), [], None).phases[0].activities[0]
    assert activity.type is ActivityType.ACCOUNTS
    assert activity.time == (syntax.ClockTime(9, 0, 12, 0),)
    assert activity.participants == {"nämnd": ("KS", "alla")}
    assert activity.concerns is not None
    assert activity.concerns.tree == syntax.BudgetYear(-2)
    assert (activity.preliminary, activity.if_needed, activity.internal) == (True, False, True)
    assert (activity.inputs, activity.milestones) == (("a",), ("x", "y"))
    assert activity.link == "https://exempel.se/{B}"
    defaults = one_activity("id: a, titel: A, när: 3 juni")
    plain = validate(_tree(defaults), [], None).phases[0].activities[0]
    same = {name for name in Activity.attributes() if getattr(activity, name) == getattr(plain, name)}
    assert same == {"id", "title", "end", "repeat", "if_needed"}


def test_an_id_left_out_is_made_from_the_title() -> None:
    """Made ids are in lower case, keep å ä ö, differ from each other and are never a word of the date language."""
    rows = ["KF: beslut {B}", "Kafé för årsbokslut", "Juni", "Kafé för årsbokslut", "123", "kf_beslut"]
    written = "".join(f"  - {{titel: '{row}', när: 3 juni}}\n" for row in rows)
    main = f"process: p\nfaser:\n- titel: Ram\n  aktiviteter:\n{written}  - {{id: juni_2, titel: x, när: 3 juni}}\n"
    phase = validate(_tree(main), [], None).phases[0]
    assert phase.id == "ram"
    assert [activity.id for activity in phase.activities] == [
        "kf_beslut",
        "kafe_för_årsbokslut",
        "juni_3",
        "kafe_för_årsbokslut_2",
        "aktivitet",
        "kf_beslut_2",
        "juni_2",
    ]
    assert [activity.named for activity in phase.activities] == [False] * 6 + [True]
    assert phase.activities[0].span == phase.activities[0].title.span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Budget {B}", "Budget 2026"),
        ("Plan {B+1}–{B+3}", "Plan 2027–2029"),
        ("Bokslut {B-2}", "Bokslut 2024"),
        ("{period} {avser} {möte}", "mars 2025 KS 3 juni"),
        ("inga klamrar", "inga klamrar"),
    ],
)
def test_braces_in_texts(text: str, expected: str) -> None:
    """`{B}` is the budget year, a sign and a digit count from it, the other words are given."""
    values = {"B": "2026", "avser": "2025", "period": "mars", "möte": "KS 3 juni"}
    assert expand(Text(text), values) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("process: p", FileKind.PROCESS),
        ("kalenderår: 2025", FileKind.MEETINGS),
        ("budgetår: 2026", FileKind.DEVIATIONS),
        ("roller: {}", FileKind.PART),
        ("lagkrav: {}", FileKind.PART),
    ],
)
def test_a_file_is_told_by_its_first_level_keys(text: str, expected: FileKind) -> None:
    """One key decides what a file is."""
    assert kind(_tree(text)) is expected


# What is wrong

BRACES = "tillåtna är {B}, {B-1}, {B+3}, {avser}, {period} och {möte}"
ID_RULE = "en bokstav, sedan bokstäver, siffror och _; versaler är för organ"


@pytest.mark.parametrize(
    ("keys", "code", "place", "message", "hint"),
    [
        # keys
        ("id: a, titel: A, när: 3 juni, stopdatum: 2 juni",
         "unknown-key", "5:36-45", "okänd nyckel ”stopdatum” i aktiviteten", "menade du ”stoppdatum”?"),
        ("id: a, titel: A, när: 3 juni, löper: juni",
         "unknown-key", "5:36-41", "okänd nyckel ”löper” i aktiviteten", "”löper” hör till processen eller fasen"),
        ("id: a, titel: A, när: 3 juni, title: A",
         "unknown-key", "5:36-41", "okänd nyckel ”title” i aktiviteten", "menade du ”titel”?"),
        ("id: a, titel: A, när: 3 juni, titt: A",
         "unknown-key", "5:36-40", "okänd nyckel ”titt” i aktiviteten", "menade du ”titel”?"),
        ("id: a, titel: A, när: 3 juni, fas: f",
         "unknown-key", "5:36-39", "okänd nyckel ”fas” i aktiviteten", "”fas” hör till ändra och lägg_till"),
        ("id: a, när: 3 juni", "missing-key", "5:10-11", "aktiviteten saknar ”titel”", "skriv titel: och ett värde"),
        ("när: 3 juni", "missing-key", "5:6-9", "aktiviteten saknar ”titel”", "skriv titel: och ett värde"),
        ("id: a, titel: '', när: 3 juni",
         "missing-key", "5:13-18", "”titel” saknar värde", "skriv ett värde, eller ta bort raden"),
        ("id: a, titel: A, när: 3 juni, stoppdatum: null",
         "missing-key", "5:48-52", "”stoppdatum” saknar värde", "skriv ett värde, eller ta bort raden"),
        # shapes
        ("id: a, titel: [A], när: 3 juni",
         "wrong-type", "5:13-18", "”titel” ska vara en text, inte en lista", "skriv A, utan hakparenteser"),
        ("id: a, titel: A, när: [3 juni]",
         "wrong-type", "5:23-26", "”när” ska vara ett uttryck på en rad, inte en lista",
         "skriv 3 juni, utan hakparenteser"),
        ("id: a, titel: A, när: 3 juni, taggar: röd",
         "wrong-type", "5:44-47", "”taggar” ska vara en lista, inte en text", "skriv [röd]"),
        ("id: a, titel: A, när: 3 juni, deltagare: KS",
         "wrong-type", "5:47-49", "”deltagare” ska vara en lista, inte en text", "skriv [KS]"),
        ("id: a, titel: A, när: 3 juni, deltagare: {nämnd: [KS, [x]]}",
         "wrong-type", "5:60-63", "ett värde i ”nämnd” ska vara en text, inte en lista", "skriv x, utan hakparenteser"),
        ("id: a, titel: A, när: 3 juni, upprepa: juni",
         "wrong-type", "5:45-49", "”upprepa” ska vara nycklar med värden, inte en text",
         "skriv {period: juni, år: B-1}, eller {möte: KS, i: B-1} för ett organs möten"),
        ("id: a, titel: A, när: 3 juni, intern: yes",
         "wrong-type", "5:44-47", "”yes” är varken ja eller nej", "skriv ja"),
        ("id: a, titel: A, när: 3 juni, intern: false",
         "wrong-type", "5:44-49", "”false” är varken ja eller nej", "skriv nej"),
        ("id: a, titel: A, när: 3 juni, intern: kanske",
         "wrong-type", "5:44-50", "”kanske” är varken ja eller nej", "skriv ja eller nej"),
        ("id: a, titel: A, när: 3 juni, inställt: true",
         "wrong-type", "5:46-50", "”true” är varken nej eller ett skäl", "skriv skälet, eller nej"),
        # names
        ("id: Budget KS, titel: A, när: 3 juni",
         "bad-id", "5:10-19", "”Budget KS” kan inte vara ett id", f"skriv ”budget_ks”: {ID_RULE}"),
        ("id: juni, titel: A, när: 3 juni",
         "bad-id", "5:10-14", "”juni” är upptaget: det betyder redan något i datumspråket eller i filerna",
         "välj ett annat, till exempel ”steg_juni”"),
        ("id: ja, titel: A, när: 3 juni",
         "bad-id", "5:10-12", "”ja” är upptaget: det betyder redan något i datumspråket eller i filerna",
         "välj ett annat, till exempel ”steg_ja”"),
        (f"id: {'a' * 65}, titel: A, när: 3 juni",
         "bad-id", "5:10-75", "id:t är längre än 64 tecken", f"korta det, till exempel till ”{'a' * 20}”"),
        ("id: a, titel: A, när: 3 juni, organ: KSS",
         "unknown-name", "5:43-46", "”KSS” är inget organ", "menade du ”KS”?"),
        ("id: a, titel: A, när: 3 juni, typ: beslutt",
         "unknown-name", "5:41-48", "”beslutt” är inte en typ", "menade du ”beslut”?"),
        ("id: a, titel: A, när: 3 juni, visa: sida",
         "unknown-name", "5:42-46", "”sida” är inte ett sätt att visa", "välj bland: fönster, var_för_sig"),
        ("id: a, titel: A, när: 3 juni, underlag: [b]",
         "unknown-name", "5:47-48", "underlaget ”b” är ingen aktivitet", "välj bland: a"),
        ("id: a, titel: 'A {b}', när: 3 juni", "unknown-name", "5:23-26", "”{b}” kan inte fyllas i", "menade du {B}?"),
        ("id: a, titel: 'A {x}', när: 3 juni", "unknown-name", "5:23-26", "”{x}” kan inte fyllas i", BRACES),
        ("id: a, titel: 'A {period}', när: 3 juni", "unknown-name", "5:23-31", "{period} har inget värde här",
         "skriv upprepa: med period, eller ta bort {period}"),
        ("id: a, titel: A, när: 3 juni, länk: 'javascript:alert(1)'",
         "link", "5:42-63", "”javascript:alert(1)” är ingen länk som kan följas",
         "skriv hela adressen med https://, http:// eller mailto:"),
        # when
        ("id: a, titel: A", "missing-key", "5:10-11", "aktiviteten saknar ”när”",
         "skriv när: och ett datum eller uttryck, eller när: ej fastställt"),
        ("id: a, titel: A, när: 3 juni, start: 2 juni", "duplicate-key", "5:36-41",
         "”start” kan inte stå tillsammans med ”när”", "behåll det ena"),
        ("id: a, titel: A, start: 2 juni", "missing-key", "5:23-28", "”start” räcker inte",
         "skriv också slut eller längd"),
        ("id: a, titel: A, start: 2 juni, slut: 3 juni, längd: 2 dagar", "duplicate-key", "5:52-57",
         "”start”, ”slut” och ”längd” säger samma sak", "skriv två av dem"),
        ("id: a, titel: A, när: 3 juni, upprepa: {period: [juni], möte: KS}", "duplicate-key", "5:62-66",
         "”upprepa” har både ”period” och ”möte”", "behåll det ena"),
        ("id: a, titel: A, när: 3 juni, upprepa: {år: B}", "missing-key", "5:46-48",
         "”upprepa” saknar ”period” eller ”möte”",
         "skriv {period: [februari, mars], år: B-1} eller {möte: BUN, i: B-1}"),
        ("id: a, titel: A, när: 3 juni, upprepa: {möte: KS, år: B}", "unknown-key", "5:56-58",
         "”år” hör inte till den sortens upprepning", "skriv i: för möten, år: för perioder"),
    ],
)  # fmt: skip
def test_an_activity_that_is_wrong(keys: str, code: str, place: str, message: str, hint: str) -> None:
    """One cause gives one message, at its place, with what to write instead."""
    assert [_told(found) for found in _errors(one_activity(keys))] == [(code, place, message, hint)]


def test_an_expression_is_wrong_at_its_own_words() -> None:
    """What the date language does not understand is pointed at inside the expression."""
    (found,) = _errors(one_activity("id: a, titel: A, när: 3 junni"))
    assert (found.code, found.severity) == ("expression", Severity.ERROR)
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (5, 30, 35)


TAKEN = "organ, grupper, roller, faser, aktiviteter, tidsfönster, perioder och krav delar namn: byt det ena"


@pytest.mark.parametrize(
    ("main", "code", "place", "message", "hint"),
    [
        ("titel: x\n", "missing-key", "1:1-6", "processen saknar ”process”", "skriv process: och ett värde"),
        ("process:\n", "missing-key", "1:1-8", "”process” saknar värde", "skriv ett värde, eller ta bort raden"),
        ("process: Ram\n", "bad-id", "1:10-13", "”Ram” kan inte vara id för en process",
         "skriv ”ram”: en bokstav a–z, sedan a–z, siffror och bindestreck, högst 64 tecken"),
        ("process: p\nfaser: ram\n", "wrong-type", "2:8-11", "”faser” ska vara en lista, inte en text", "skriv [ram]"),
        ("process: p\nfaser: [ram]\n", "wrong-type", "2:9-12",
         "ett värde i ”faser” ska vara nycklar med värden, inte en text", "skriv {nyckel: värde}"),
        ("process: p\nändra: {a: {}}\n", "unknown-key", "2:1-6", "okänd nyckel ”ändra” i processen",
         "”ändra” hör till en avvikelsefil, eller till en process med bygger_på"),
        ("process: p\norgan: {ram: {}}\nfaser: [{id: ram}]\n", "duplicate-id", "3:14-17", "namnet ”ram” finns redan",
         TAKEN),
        ("process: p\nfaser: [{id: x}]\nkrav: [{id: x, regel: a är före b}]\n", "duplicate-id", "3:13-14",
         "namnet ”x” finns redan", TAKEN),
        ("process: p\nfaser: [{aktiviteter: [{id: a, titel: A, per: B, milstolpe: b}, {id: b, titel: B, per: B}]}]\n",
         "duplicate-id", "2:61-62", "milstolpen ”b” heter som en annan aktivitet", TAKEN),
        ("process: p\norgan: {KS: Styrelsen}\n", "wrong-type", "2:13-22",
         "”KS” ska vara nycklar med värden, inte en text", "skriv {namn: Styrelsen}"),
        ("process: p\norgan: {KS: {id: x}}\n", "unknown-key", "2:14-16", "okänd nyckel ”id” i organ",
         "id:t är redan nyckeln"),
        ("process: p\norgan: {KS: {bereds_av: AU}}\n", "unknown-name", "2:25-27", "”AU” är inget organ",
         "välj bland: KS"),
        ("process: p\norgan: {KS: {bereds_av: [KS, AU]}}\n", "unknown-name", "2:30-32", "”AU” är inget organ",
         "välj bland: KS"),
        ("process: p\nkrav: [{id: x, regel: B är före B, granskad: i våras}]\n", "wrong-type", "2:46-53",
         "”i våras” är ingen dag", "skriv år, månad och dag: 2025-05-31"),
        ("process: p\norgan: {KS: {slag: styrelsen}}\n", "unknown-name", "2:20-29", "”styrelsen” är inte ett slag",
         "menade du ”styrelse”?"),
        ("process: p\norgan: {KS: {mötestid: kl 13}}\n", "wrong-type", "2:24-29",
         "”kl 13” säger inte hur länge ett möte är", "skriv till exempel 2 timmar, 1,5 timmar eller 90 minuter"),
        ("process: p\nviktiga: [a, b.mars]\nfaser: [{aktiviteter: [{id: a, titel: A, per: B}]}]\n",
         "unknown-name", "2:14-20", "”b.mars” under viktiga är ingen aktivitet", "välj bland: a"),
        ("process: p\norgan: {KS: {veckodag: tisdan}}\n", "unknown-name", "2:24-30", "”tisdan” är ingen veckodag",
         "menade du ”tisdag”?"),
        ("process: p\norgan: {KS: {}}\norgangrupper: {nämnd: [SN]}\n", "unknown-name", "3:24-26",
         "”SN” är inget organ", "välj bland: KS"),
        ("process: p\norgan: {KS: {stoppdatum: 9 dagar före, kedja: {stoppdatum: 14 dagar före möte}}}\n",
         "duplicate-key", "2:48-58", "organet har ”stoppdatum” både för sig och i kedjan", "behåll det ena"),
        ("process: p\norgan: {KS: {kedja: {Ut: dagen före möte}}}\n", "bad-id", "2:22-24",
         "”Ut” kan inte vara ett id", f"skriv ”ut”: {ID_RULE}"),
        ("process: p\nlagkrav: {budget: []}\n", "wrong-type", "2:1-8",
         "”lagkrav” ska vara en lista, inte nycklar med värden", "skriv [a, b]"),
        ("process: p\nlagkrav: [budget]\n", "unknown-name", "2:11-17", "lagkraven ”budget” finns inte i någon fil",
         "lägg till arshjul:lagkrav/kommunallagen.yaml i använder:"),
        ("process: p\nkontroller: {profil: skrap}\n", "unknown-name", "2:22-27", "”skrap” är inte en profil",
         "menade du ”skarp”?"),
        ("process: p\nkontroller: {day-off: tyst}\n", "unknown-name", "2:23-27", "”tyst” är inte en nivå",
         "välj bland: av, fel, info, varning"),
        ("process: p\nkalender: {undvik: [juli]}\n", "unknown-name", "2:21-25",
         "perioden ”juli” finns inte i kalendern",
         "skriv perioder: {namn: juli} och undvik: [namn]"),
        ("process: p\nkolumner: [{datum: Datum}, {aktivitett: A}]\n", "unknown-name", "2:29-39",
         "det finns inget ”aktivitett” att göra en kolumn av", "menade du ”aktivitet”?"),
        ("process: p\nkolumner: [{datum: Datum, tid: Tid}]\n", "wrong-type", "2:12-36",
         "en kolumn är ett fält och en rubrik", "skriv {datum: Datum}"),
        ("process: p\ntidsfönster: [{id: w, start: v. 9}]\n", "missing-key", "2:20-21", "tidsfönstret saknar ”slut”",
         "skriv slut: och ett värde"),
        ("process: p\ntidsfönster: [{id: w, start: v. 9, slut: v. 9, organ: X}]\n", "unknown-name", "2:55-56",
         "”X” är varken organ eller grupp", "lägg till det under organ: X: {namn: …}"),
        ("process: p\nfaser: [{id: f, deltagare: [KS]}]\n", "unknown-key", "2:17-26",
         "okänd nyckel ”deltagare” i fasen", "”deltagare” hör till aktiviteten"),
        ("process: p\nfaser: [{titel: 'Fas {möte}'}]\n", "unknown-name", "2:22-28", "{möte} har inget värde här",
         "skriv upprepa: med möte, eller ta bort {möte}"),
        ("process: p\nsammanträden: {2150: {}}\n", "limit", "2:16-20", "året 2150 ligger utanför 2005–2100",
         "skriv ett år som kalendern känner"),
        ("process: p\nsammanträden: {i fjol: {}}\n", "wrong-type", "2:16-22", "”i fjol” är inget årtal",
         "skriv fyra siffror"),
    ],
)  # fmt: skip
def test_a_process_that_is_wrong(main: str, code: str, place: str, message: str, hint: str) -> None:
    """One cause gives one message, at its place, with what to write instead."""
    assert [_told(found) for found in _errors(main)] == [(code, place, message, hint)]


@pytest.mark.parametrize(
    ("part", "code", "place", "message", "hint"),
    [
        ("kalenderår: 2025\nKS: [2024-06-03]\n", "outside-window", "2:6-16",
         "KS 2024-06-03 ligger inte i planens kalenderår 2025",
         "rätta året, eller flytta mötet till en plan med kalenderår: 2024"),
        ("kalenderår: 2025\nKS: [2025-05-02, {datum: 2 maj}]\n", "duplicate-id", "2:26-31",
         "KS har 2 maj två gånger i planen för 2025",
         "ta bort den ena, eller skriv tid på båda om det är två möten"),
        ("kalenderår: 2025\nKS: [juni]\n", "not-a-date", "2:6-10",
         "Ett sammanträde behöver en bestämd dag, inte ”juni”",
         "skriv en dag, till exempel ”3 juni”, ”tisdag v. 23” eller ”19–20 juni”"),
        ("kalenderår: 2025\nKS: [{datum: 3 juni, utskikc: 1 juni}]\n", "unknown-key", "2:22-29",
         "okänd nyckel ”utskikc” i ett sammanträde med KS", "menade du ”utskick”?"),
        ("kalenderår: 2025\nKS: [{tid: kl 13}]\n", "missing-key", "2:7-10", "sammanträdet saknar ”datum”",
         "skriv datum: och ett värde"),
        ("kalenderår: 2025\nKS: 3 juni\n", "wrong-type", "2:5-11", "”KS” ska vara en lista, inte en text",
         "skriv [3 juni]"),
        ("kalenderår: 2025\nbeslutat: KF\n", "unknown-name", "2:1-9", "”beslutat” är inget organ",
         "menade du ”beslutad”? Annars lägg till det under organ: beslutat: {namn: …}"),
        ("kalenderår: 1999\n", "limit", "1:13-17", "året 1999 ligger utanför 2005–2100",
         "skriv ett år som kalendern känner"),
        ("kalenderår: [2025]\n", "missing-key", "1:1-11", "”kalenderår” saknar ett årtal", "skriv kalenderår: 2025"),
        ("organ: {KS: {}}\n", "duplicate-id", "1:9-11", "”KS” finns i två filer", "behåll den ena"),
        ("kalenderår: 2024\nKS: [3 juni]\n", "duplicate-id", "2:1-3", "”KS” finns i två filer", "behåll den ena"),
        ("roller: {}\norgn: {}\n", "unknown-key", "2:1-5", "okänd nyckel ”orgn” i en del av en process",
         "menade du ”organ”?"),
        ("orgn: {}\n", "include", "1:1-5",
         "filen är varken process, sammanträdesplan, avvikelser eller en del av en process", "menade du ”organ”?"),
        ("process: q\n", "include", "1:1-8", "en process kan inte ingå i en annan",
         "skriv bygger_på: i stället för att lista den"),
        ("budgetår: 2026\n", "include", "1:1-9", "en avvikelsefil kan inte ingå i processen",
         "den läses för sitt budgetår utan att listas"),
        ("lagkrav: {budget: [{id: a, regel: a är före b, nivå: hög}]}\n", "unknown-name", "1:54-57",
         "”hög” är inte en nivå", "välj bland: fel, info, varning"),
    ],
)  # fmt: skip
def test_a_part_that_is_wrong(part: str, code: str, place: str, message: str, hint: str) -> None:
    """A part is judged together with the process, and pointed at in its own file."""
    main = "process: p\norgan: {KS: {kedja: {utskick: 5 dagar före möte}}}\nsammanträden: {2024: {KS: [3 juni]}}\n"
    (found,) = _errors(main, part)
    assert _told(found) == (code, place, message, hint)
    assert found.span is not None
    assert found.span.file == "del1.yaml"


def test_a_second_of_two_names_the_first() -> None:
    """Two declarations of one name are told at the second, which names the place of the first."""
    (found,) = _errors("process: p\norgan: {KS: {}}\n", "organ: {KS: {}}\n")
    assert [(r.message, r.span.file, r.span.line, r.span.column) for r in found.related] == [
        ("första gången här", "process.yaml", 2, 9)
    ]


def test_all_errors_of_all_files_are_told_at_once() -> None:
    """No error hides another: process, parts and deviations are all judged in one run."""
    found = _errors(
        one_activity("id: a, titel: [A], när: 3 junni, organ: KSS, typ: x, intern: yes"),
        "kalenderår: 2025\nKS: [2024-06-03, {tid: kl 13}]\n",
        "lagkrav: {budget: [{id: a}]}\n",
        deviations="budgetår: 2026\nstryk: {b: }\nflagor: {}\n".replace(": }", ": ''}"),
    )
    assert [(d.span.file if d.span else "", d.code) for d in found] == [
        ("avvikelser-2026.yaml", "missing-reason"),
        ("avvikelser-2026.yaml", "unknown-target"),
        ("avvikelser-2026.yaml", "unknown-key"),
        ("del1.yaml", "outside-window"),
        ("del1.yaml", "missing-key"),
        ("del2.yaml", "missing-key"),
        ("process.yaml", "wrong-type"),
        ("process.yaml", "expression"),
        ("process.yaml", "unknown-name"),
        ("process.yaml", "unknown-name"),
        ("process.yaml", "wrong-type"),
    ]


@pytest.mark.parametrize(
    ("deviations", "code", "place"),
    [
        ("budgetår: 1900\n", "limit", "1:11-15"),
        ("budgetår: 2026\nflaggor: {x: ''}\n", "missing-reason", "2:14-16"),
        ("budgetår: 2026\nflaggor: {X: y}\n", "bad-id", "2:11-12"),
        ("budgetår: 2026\nändra: {a: {löper: juni, skäl: s}}\n", "unknown-key", "2:13-18"),
        ("budgetår: 2026\nändra: {a: {när: 31 juni 2025 till, skäl: s}}\n", "expression", "2:35-35"),
        ("budgetår: 2026\nlägg_till: [{fas: f, titel: B, skäl: s}]\n", "missing-key", "2:29-30"),
    ],
)
def test_deviations_that_are_wrong(deviations: str, code: str, place: str) -> None:
    """What the deviations write is judged as if the process had written it, at its own place."""
    (found,) = _errors(one_activity("id: a, titel: A, när: 3 juni"), deviations=deviations)
    assert _told(found)[:2] == (code, place)
    assert found.span is not None
    assert found.span.file == "avvikelser-2026.yaml"


@given(st.permutations(["process: p", "titel: T", *BODIES.replace("\n       ", " ").strip().split("\n")[1:7]]))
def test_the_order_of_the_bodies_means_nothing(lines: list[str]) -> None:
    """Bodies and first-level keys in any order give the same process."""
    head = [line for line in lines if not line.startswith(" ")]
    bodies = [line for line in lines if line.startswith(" ")]
    shuffled = validate(_tree("\n".join([*head, "organ:", *bodies]) + "\n"), [], None)
    assert shuffled.bodies == _example().bodies
    assert (shuffled.id, shuffled.title) == ("p", "T")


@given(st.permutations([BODIES, MEETINGS, LAWS]))
def test_the_order_of_the_files_means_nothing(parts: list[str]) -> None:
    """The files a process uses may be listed in any order."""
    trees = [_tree(part, f"{len(part)}.yaml") for part in parts]
    process = validate(_tree(PROCESS), trees, None)
    again = validate(_tree(PROCESS), sorted(trees, key=list), None)
    assert process == again


PLACE = Span(Source("process.yaml", "x"), 1, 1, 1, 2)
KEYS = sorted(
    {"KS", "a", "2025", "fas", "efter"}
    | {key for model in (ProcessFields, Deviations, Activity, Phase, Repeat, Body, Meeting) for key in model.aliases()}
)
WORDS = ["", "null", "a", "b", "KS", "v. 9", "3 juni", "{x}", "ja", "14 dagar före", "B-1", "2025", "a är före b"]
SCALARS = st.sampled_from(WORDS).map(lambda word: Text(word, PLACE))
NODES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: Items(items, PLACE)),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(lambda entries: _fields(entries.items())),
    ),
    max_leaves=12,
)


def _fields(entries: Iterable[tuple[str, YamlValue]]) -> Fields:
    return Fields([(Text(key, PLACE), value) for key, value in entries], PLACE)


def _documents(first_keys: Iterable[str]) -> st.SearchStrategy[Fields]:
    return st.dictionaries(st.sampled_from(sorted(first_keys)), NODES).map(lambda entries: _fields(entries.items()))


@given(_documents(ProcessFields.aliases()), _documents(["kalenderår", "KS", "beslutad", "roller", "krav"]),
       _documents(Deviations.aliases()))  # fmt: skip
def test_whatever_a_file_holds_is_a_process_or_errors_with_places(main: Fields, part: Fields, year: Fields) -> None:
    """No shape of the files breaks the validation; every error has a place and says what to write instead."""
    wrong = _outcome(main, part, year)
    assert [found for found in wrong if found.span is None or not found.hint] == []


def _outcome(main: Fields, part: Fields, year: Fields) -> tuple[Diagnostic, ...]:
    try:
        validate(main, [part], year)
    except InvalidProcess as invalid:
        return invalid.diagnostics
    return ()


@pytest.mark.parametrize("word", ["möte", "period"])
@pytest.mark.parametrize(
    "written",
    [
        "titel: T {%s}\n", "organisation: T {%s}\n", "syfte: T {%s}\n", "kontakt: T {%s}\n", "beslut: T {%s}\n",
        "organ: {KS: {namn: T {%s}}}\n", "organ: {KS: {plats: 'T {%s}'}}\n", "roller: {chef: {namn: 'T {%s}'}}\n",
        "kalender: {stängt: [{när: 2 maj, namn: 'T {%s}'}]}\n",
        "tidsfönster: [{id: w, titel: 'T {%s}', start: 2 maj, slut: 3 maj}]\n", "kolumner: [{datum: 'T {%s}'}]\n",
    ],
)  # fmt: skip
def test_what_only_rounds_have_is_no_word_of_other_texts(written: str, word: str) -> None:
    """`{möte}` and `{period}` outside `upprepa` are told where they stand, whatever text that is."""
    text = (written % word).replace("namn: T", "namn: 'T").replace("}}}\n", "}'}}\n") if "namn: T" in written else ""
    found = _errors(f"process: p\n{text or written % word}")
    assert [(d.code, d.message) for d in found] == [("unknown-name", f"{{{word}}} har inget värde här")]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2 timmar", 120),
        ("1 timme", 60),
        ("1,5 timmar", 90),
        ("2 tim", 120),
        ("3h", 180),
        ("90 minuter", 90),
        ("45 min", 45),
        ("1 timme 30 minuter", 90),
        ("2 timmar och 15 min", 135),
        ("24 timmar", 1440),
    ],
)
def test_the_usual_length_of_a_meeting(written: str, minutes: int) -> None:
    """As people say it."""
    process = validate(_tree(f"process: p\norgan: {{KS: {{mötestid: {written!r}}}}}\n"), (), None)
    assert process.bodies["KS"].meeting_length == minutes


@pytest.mark.parametrize("written", ["0 minuter", "25 timmar", "2", "halvdag", "2 dagar", "kl 9–12", "minuter"])
def test_what_is_no_length_of_a_meeting(written: str) -> None:
    """A figure needs its unit, a meeting is over the same day."""
    (finding,) = _errors(f"process: p\norgan: {{KS: {{mötestid: {written!r}}}}}\n")
    assert finding.code == "wrong-type"


def test_an_important_activity_may_be_struck_for_a_year() -> None:
    """The list is the definition's, what is struck is the year's."""
    main = "process: p\nviktiga: [a]\nfaser: [{id: f, aktiviteter: [{id: a, titel: A, per: B}]}]\n"
    deviations = _tree("budgetår: 2026\nstryk: {a: inte i år}\n", "avvikelser-2026.yaml")
    assert validate(_tree(main), (), deviations).key_activities == ("a",)


@pytest.mark.parametrize(
    ("body", "assembly"),
    [
        ("KF: {}", True),
        ("KF: {namn: Kommunfullmäktige}", True),
        ("RF: {namn: Regionfullmäktige}", True),
        ("FUM: {namn: Fullmäktige i Exempelkommun}", True),
        ("AB: {namn: Beslutande församlingen, slag: fullmäktige}", True),
        ("RF: {}", False),
        ("RF: {namn: Rektorsforum}", False),
        ("KF: {namn: Kultur och fritid}", False),
        ("KF: {slag: nämnd}", False),
        ("FP: {namn: Fullmäktiges presidium, slag: presidium}", False),
    ],
)
def test_what_fullmaktige_is(body: str, assembly: bool) -> None:
    """As `slag` says; without it by name, never by id, except KF without a name."""
    (found,) = validate(_tree(f"process: p\norgan:\n  {body}\n"), (), None).bodies.values()
    assert found.is_assembly is assembly
