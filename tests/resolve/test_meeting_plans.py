"""Meeting plans as a secretary writes them: every line is the meeting it says, or is answered with what to write."""

from __future__ import annotations

import pytest

from arshjul.definition import validate
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.resolve import resolve
from arshjul.resolve.setting import setting
from arshjul.source import parse
from arshjul.timeline import PlannedMeeting, Timeline
from arshjul.views.agenda.model import agenda
from arshjul.views.plan import render
from arshjul.views.publication import Publication

HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ: {{KS: {{namn: Kommunstyrelsen, tid: kl 9}}, KF: {{namn: Fullmäktige}}}}
sammanträden:
  2025: {plan}
faser:
- id: fas
  aktiviteter: [{{id: a, titel: A, när: 1 juni}}]
"""


def meetings(plan: str) -> tuple[PlannedMeeting, ...]:
    """The meetings of a plan for 2025, of all bodies, by body and day."""
    process = validate(parse(Source("process.yaml", HOUSE.format(plan=plan))), [], None)
    return setting(process, 2026).meetings_looked_at()


def said(meeting: PlannedMeeting) -> str:
    """Day or days, clock or part of the day, marks."""
    days = str(meeting.day) if meeting.end is None else f"{meeting.day}/{meeting.end}"
    parts = [days, *(part.value for part in meeting.parts), str(meeting.clock or "")]
    marks = ("preliminärt" if meeting.preliminary else "", "inställt" if meeting.cancelled else "")
    return " ".join(filter(None, (*parts, *marks)))


LINES = [
    ("2025-06-03", "2025-06-03 9.00"),
    ("3 juni", "2025-06-03 9.00"),
    ("tis 3 juni", "2025-06-03 9.00"),
    ("tisdagen den 3:e juni", "2025-06-03 9.00"),
    ("tis 3 juni kl 13.00", "2025-06-03 13.00"),
    ("3 juni kl. 13", "2025-06-03 13.00"),
    ("3 juni 13.00", "2025-06-03 13.00"),
    ("kl 13.00 den 3 juni", "2025-06-03 13.00"),
    ("2025-06-03 kl 13.00–16.00", "2025-06-03 13.00–16.00"),
    ("3 juni fm", "2025-06-03 fm"),
    ("3 juni heldag", "2025-06-03 heldag"),
    ("prel. 3 juni", "2025-06-03 9.00 preliminärt"),
    ("preliminärt 3 juni kl 13.00", "2025-06-03 13.00 preliminärt"),
    ("3 juni (prel.)", "2025-06-03 9.00 preliminärt"),
    ("3 juni?", "2025-06-03 9.00 preliminärt"),
    ("tisdag v. 23", "2025-06-03 9.00"),
    ("tis v23", "2025-06-03 9.00"),
    ("Vecka 23, tisdag 3 juni", "2025-06-03 9.00"),
    ("tisdag 3 juni, v. 23", "2025-06-03 9.00"),
    ("första tisdagen i juni", "2025-06-03 9.00"),
    ("onsdag v. 1", "2025-01-01 9.00"),
    ("19–20 juni", "2025-06-19/2025-06-20 9.00"),
    ("19-20 juni kl 8.30", "2025-06-19/2025-06-20 8.30"),
    ("2025-06-19–2025-06-20", "2025-06-19/2025-06-20 9.00"),
    ("tors 19 juni till fre 20 juni", "2025-06-19/2025-06-20 9.00"),
    ("30 juni–1 juli", "2025-06-30/2025-07-01 9.00"),
    ("prel. 19–20 juni", "2025-06-19/2025-06-20 9.00 preliminärt"),
    ("6 maj inställt", "2025-05-06 9.00 inställt"),
    ("6 maj (inställt)", "2025-05-06 9.00 inställt"),
    ("6 maj, inställt", "2025-05-06 9.00 inställt"),
    ("6 maj – inställt", "2025-05-06 9.00 inställt"),
    ("6 maj INSTÄLLT", "2025-05-06 9.00 inställt"),
    ("inställt 6 maj", "2025-05-06 9.00 inställt"),
    ("6 maj kl 13 inställt", "2025-05-06 13.00 inställt"),
    ("6 maj inställt (få ärenden)", "2025-05-06 9.00 inställt"),
    ("6 maj inställt, få ärenden", "2025-05-06 9.00 inställt"),
    ("6 maj utgår", "2025-05-06 9.00 inställt"),
    ("6 maj flyttat från 29 april", "2025-05-06 9.00"),
    ("6 maj (flyttat från 29 april)", "2025-05-06 9.00"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_a_line_of_a_plan(line: str, expected: str) -> None:
    """Alone, and as `datum` of an entry with keys of its own."""
    assert [said(meeting) for meeting in meetings(f"{{KS: ['{line}']}}")] == [expected]
    assert [said(meeting) for meeting in meetings(f"{{KS: [{{datum: '{line}', plats: Salen}}]}}")] == [expected]


REFUSED = [
    ("två dagar på en rad", "19 och 20 juni", "not-a-date", "eller ”19–20 juni” om det är ett möte på två dagar"),
    ("två möten på en rad", "6 maj, 3 juni", "not-a-date", "skriv ett möte för varje dag: [6 maj, 3 juni]"),
    ("en vecka", "v. 23", "not-a-date", "skriv en dag, till exempel ”3 juni”"),
    ("en månad", "juni", "not-a-date", "skriv en dag, till exempel ”3 juni”"),
    ("en lång rad dagar", "1–20 juni", "not-a-date", "skriv en dag, till exempel ”3 juni”"),
    ("ett organ", "KS i juni", "not-a-date", "skriv en dag, till exempel ”3 juni”"),
    ("räknat från något", "10 arbetsdagar före 3 juni", "not-a-date", "skriv en dag, till exempel ”3 juni”"),
    ("inte bestämt", "ej fastställt", "not-a-date", "skriv raden när dagen är känd"),
    ("senast", "senast 3 juni", "not-a-date", "skriv ”preliminärt 3 juni” om dagen kan ändras"),
    ("ca", "ca 3 juni", "not-a-date", "skriv ”preliminärt 3 juni” om dagen kan ändras"),
    ("fel veckodag", "mån 3 juni", "weekday-mismatch", "skriv ”tisdag 3 juni” eller rätta datumet"),
    ("fel vecka", "tisdag 3 juni, v. 24", "weekday-mismatch", "rätta datumet eller veckan"),
    ("fel år", "2024-06-03", "outside-window", "rätta året, eller flytta mötet till en plan med kalenderår: 2024"),
    ("veckan i fel år", "måndag v. 1", "outside-window", "flytta mötet till en plan med kalenderår: 2024"),
    ("dag som inte finns", "30 februari", "no-such-day", "februari har 29 dagar"),
    ("vecka som inte finns", "tisdag v. 53", "no-such-week", "årets sista vecka är v. 52"),
    ("stavfel", "3 jui", "expression", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "hint"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_line_that_is_no_meeting(line: str, code: str, hint: str) -> None:
    """Nothing that is not a day of the year becomes a meeting, and the hint says what would."""
    try:
        (found,) = (lacking.finding for lacking in resolved(f"{{KS: ['{line}']}}").errors)
    except InvalidProcess as invalid:
        (found,) = invalid.diagnostics
    assert found.code == code
    assert hint in (found.hint or "")


def resolved(plan: str, when: str = "1 juni", more: str = "") -> Timeline:
    """The plan, and one activity of KF: `a`."""
    house = HOUSE.format(plan=plan).replace("när: 1 juni", f"organ: KF, när: {when}{more}")
    return resolve(validate(parse(Source("process.yaml", house)), [], None), 2026)


TWO_DAYS = [
    ("both days", "KF i juni", "2025-06-19/2025-06-20"),
    ("named by its first day", "KF 19 juni", "2025-06-19/2025-06-20"),
    ("named by its second day", "KF 20 juni", "2025-06-19/2025-06-20"),
    ("named by both", "KF 19–20 juni", "2025-06-19/2025-06-20"),
    ("a month has it by its first day", "KF i juli", "2025-07-31/2025-08-01"),
    ("before counts from the first day", "dagen före KF i juni", "2025-06-18"),
    ("after counts from the last", "2 dagar efter KF i juni", "2025-06-22"),
    ("the same day is both", "samma dag som KF i juni", "2025-06-19/2025-06-20"),
    ("the same week is that of the first", "fredagen samma vecka som KF i juni", "2025-06-20"),
    ("the one after its second day is the next", "KF efter 20 juni", "2025-07-31/2025-08-01"),
    ("the one after its first day is the next too", "KF efter 19 juni", "2025-07-31/2025-08-01"),
    ("the one before its second day is the one before", "KF före 20 juni", "2025-05-06"),
]


@pytest.mark.parametrize(("when", "expected"), [row[1:] for row in TWO_DAYS], ids=[row[0] for row in TWO_DAYS])
def test_a_meeting_of_several_days_is_one(when: str, expected: str) -> None:
    """`19–20 juni` is found once, counted from at both ends, and printed as it is."""
    (activity,) = resolved("{KF: [6 maj, 19–20 juni, 31 juli–1 augusti]}", when).activities
    (occurrence,) = activity.occurrences
    days = (occurrence.start, occurrence.end)
    assert "/".join(map(str, dict.fromkeys(days))) == expected


CHAIN = "{namn: Fullmäktige, kedja: {stoppdatum: 14 dagar före möte, justering: 14 dagar efter möte}}"


def test_a_chain_counts_from_the_first_day_and_from_the_last() -> None:
    """Papers are handed in before the first day, and the minutes are approved after the last."""
    house = HOUSE.format(plan="{KF: [19–20 juni]}").replace("{namn: Fullmäktige}", CHAIN)
    house = house.replace("när: 1 juni", "när: KF i juni, organ: KF, typ: beslut")
    (activity,) = resolve(validate(parse(Source("process.yaml", house)), [], None), 2026).activities
    assert str(activity.stop_date.day) == "2025-06-05"
    assert [str(step.day) for step in activity.chain if step.name == "justering"] == ["2025-07-04"]


TWO_A_DAY = "{KF: [{datum: 3 juni, tid: kl 9, ärenden: [budget]}, {datum: 3 juni, tid: kl 18, ärenden: [val]}]}"


@pytest.mark.parametrize(
    ("when", "clock"), [("första KF i juni", "9.00"), ("sista KF i juni", "18.00"), ("KF.val i juni", "18.00")]
)
def test_two_meetings_of_one_day_are_two(when: str, clock: str) -> None:
    """Each is found by its ordinal or its matter, and has its own time."""
    (activity,) = resolved(TWO_A_DAY, when).activities
    assert [(str(o.start), str(o.clock)) for o in activity.occurrences] == [("2025-06-03", clock)]


def test_one_of_two_meetings_of_a_day_must_be_chosen() -> None:
    """`KF i juni` names neither."""
    (found,) = (lacking.finding for lacking in resolved(TWO_A_DAY, "KF i juni").errors)
    assert (found.code, found.hint) == ("several-meetings", "välj ett: ”första KF i juni” eller ”sista KF i juni”")


KEYS = [
    ("6 maj: inställt", "2025-05-06 9.00 inställt"),
    ("6 maj inställt: få ärenden", "2025-05-06 9.00 inställt"),
    ("INSTÄLLT: 6 maj", "2025-05-06 9.00 inställt"),
    ("datum: 6 maj", "2025-05-06 9.00"),
]


@pytest.mark.parametrize(("line", "expected"), KEYS)
def test_a_line_with_a_colon_is_the_same_line(line: str, expected: str) -> None:
    """YAML reads `6 maj inställt: få ärenden` as a key with a value; it is a cancelled meeting all the same."""
    assert [said(meeting) for meeting in meetings(f"{{KS: [{{{line}}}]}}")] == [expected]


def test_a_time_in_the_date_and_beside_it_is_told() -> None:
    """One of them would be lost."""
    with pytest.raises(InvalidProcess) as caught:
        meetings("{KS: [{datum: 6 maj kl 13, tid: kl 14}]}")
    assert [found.code for found in caught.value.diagnostics] == ["duplicate-key"]


def test_a_moved_meeting_keeps_the_day_it_was_moved_from() -> None:
    """As `flyttad_från` says it."""
    (meeting,) = meetings("{KS: [6 maj (flyttat från 29 april)]}")
    assert str(meeting.moved_from) == "2025-04-29"


SAME_MEETING = [
    ("the same day", "[3 juni, 3 juni]"),
    ("the same day said in another way", "[2025-06-03, tisdag v. 23]"),
    ("the usual time said and unsaid", "[3 juni, 3 juni kl 9.00]"),
    ("the same time", "[{datum: 3 juni, tid: kl 13}, 3 juni kl 13.00]"),
    ("a day of a longer meeting", "[2–3 juni, 3 juni]"),
    ("held and cancelled", "[3 juni, 3 juni inställt]"),
]


@pytest.mark.parametrize("entries", [row[1] for row in SAME_MEETING], ids=[row[0] for row in SAME_MEETING])
def test_the_same_meeting_twice_is_told(entries: str) -> None:
    """However it is written; two meetings of a day differ in their time."""
    with pytest.raises(InvalidProcess) as caught:
        meetings(f"{{KS: {entries}}}")
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == (
        "duplicate-id",
        "ta bort den ena, eller skriv tid på båda om det är två möten",
    )


def test_a_plan_that_is_preliminary_is_so_for_every_meeting_of_its_file() -> None:
    """`preliminärt: ja` beside `kalenderår` holds for the bodies of that file, not for those of another."""
    adopted = parse(Source("kf.yaml", "kalenderår: 2025\nbeslutad: KF § 1\nKF: [3 juni]\n"))
    draft = parse(Source("ks.yaml", "kalenderår: 2025\npreliminärt: ja\nKS: [6 maj, {datum: 3 juni, plats: Salen}]\n"))
    house = HOUSE.replace("sammanträden:\n  2025: {plan}\n", "").format()
    for parts in ([adopted, draft], [draft, adopted]):
        process = validate(parse(Source("process.yaml", house)), parts, None)
        found = [(m.body, m.preliminary) for m in setting(process, 2026).meetings_looked_at()]
        assert found == [("KF", False), ("KS", True), ("KS", True)]


def test_a_draft_rule_may_give_a_meeting_of_two_days() -> None:
    """`19–20 juni` under `preliminärt` is one meeting."""
    house = HOUSE.format(plan="{KS: []}").replace("{namn: Fullmäktige}", "{namn: F, preliminärt: [19–20 juni]}")
    house = house.replace("när: 1 juni", "när: KF i juni, organ: KF")
    (activity,) = resolve(validate(parse(Source("process.yaml", house)), [], None), 2026).activities
    (occurrence,) = activity.occurrences
    assert (str(occurrence.start), str(occurrence.end), occurrence.preliminary) == ("2025-06-19", "2025-06-20", True)


def agenda_of(plan: str, *whens: str) -> list[tuple[str, ...]]:
    """Day, last day, time and matters of every meeting of KF in the ärendeplan."""
    rows = ", ".join(f"{{id: a{number}, titel: A, organ: KF, när: {when}}}" for number, when in enumerate(whens))
    house = HOUSE.format(plan=plan).replace("{id: a, titel: A, när: 1 juni}", rows)
    (body,) = agenda([resolve(validate(parse(Source("process.yaml", house)), [], None), 2026)])
    return [
        (str(m.day), str(m.end or m.day), str(m.clock or ""), *(matter.activity.id for matter in m.matters))
        for m in body.meetings
    ]


def test_the_arendeplan_has_a_meeting_of_two_days_once() -> None:
    """With both its days, and the matters of either."""
    assert agenda_of("{KF: [19–20 juni]}", "KF i juni", "KF 20 juni") == [("2025-06-19", "2025-06-20", "", "a0", "a1")]


def test_the_arendeplan_has_two_meetings_of_one_day_apart() -> None:
    """Each with its own matters."""
    assert agenda_of(TWO_A_DAY, "KF.val i juni", "KF.budget i juni") == [
        ("2025-06-03", "2025-06-03", "9.00", "a1"),
        ("2025-06-03", "2025-06-03", "18.00", "a0"),
    ]


def test_outputs_have_both_days() -> None:
    """JSON and the calendar file: from the first day to the last."""
    timeline = resolved("{KF: [19–20 juni kl 9]}", "KF i juni")
    publication = Publication(timeline)
    assert '"start": "2025-06-19"' in render("json", publication).decode()
    assert '"end": "2025-06-20"' in render("json", publication).decode()
    calendar = render("ics", publication).decode()
    assert "DTSTART;VALUE=DATE:20250619" in calendar
    assert "DTEND;VALUE=DATE:20250621" in calendar
