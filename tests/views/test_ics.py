"""The calendar: exact, the same in two libraries that read calendars, and following what moves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings
from icalendar import Calendar, Event
from msgspec.structs import replace

from arshjul.compiler import compile_process, find_processes
from arshjul.dates.extent import Clock, Dated, Extent
from arshjul.definition import validate
from arshjul.definition.find import ProcessPath
from arshjul.diagnostics import Source
from arshjul.record.comparing import Published, published
from arshjul.record.model import Record
from arshjul.record.reading import parse as parse_record
from arshjul.record.reading import to_bytes
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Body, Occurrence, Status, StopDate, StopKind, Timeline
from arshjul.views.calendar.model import home
from arshjul.views.extract import for_body
from arshjul.views.plan import render
from arshjul.views.publication import Audience, Publication

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FETCHED = ROOT / "tests" / "node_modules" / ".fetched"
# The budget of an election year and one with meetings and deviations; ten years in `make test-long`.
YEARS = range(2021, 2031) if settings().max_examples > 60 else (2023, 2026)
SHIPPED = find_processes(ROOT)
Imported = list[dict[str, Any]]
Reader = Callable[[list[list[bytes]]], list[Imported]]

EXPECTED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//arshjul//tidplan//SV
CALSCALE:GREGORIAN
X-WR-CALDESC:Utkast – 1 fel, 1 varning. Preliminär: 1 aktivitet utan fa
 stställt datum
NAME:Tidplan budget 2023
X-WR-CALNAME:Tidplan budget 2023
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL:P1D
X-WR-TIMEZONE:Europe/Stockholm
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""

EVENTS = """\
BEGIN:VEVENT
SUMMARY:KS: rambudget 2023
DTSTART;VALUE=DATE:20220607
DTEND;VALUE=DATE:20220608
DTSTAMP:20220101T000000Z
UID:6395c872-4e57-5df5-a9a9-f8ad751d2097
SEQUENCE:0
CATEGORIES:beslut
DESCRIPTION:När: tisdag 7 juni 2022\\nStoppdatum: tisdag 24 maj 2022\\nDelt
 agare: KS\\nTjänsteskrivelse: Område styrning\\nTidplan: Tidplan budget 20
 23
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
SUMMARY:KF: rambudget 2023 (preliminärt)
DTSTART;TZID=Europe/Stockholm:20220620T130000
DTSTAMP:20220101T000000Z
UID:8ab83a65-0503-52e4-98cd-d5bc16ecb546
SEQUENCE:0
CATEGORIES:beslut
DESCRIPTION:När: preliminärt måndag 20 juni 2022 kl 13.00\\nStoppdatum: 
 på bordet\\nTidplan: Tidplan budget 2023
STATUS:TENTATIVE
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
SUMMARY:INSTÄLLT: Dialog
DTSTART;VALUE=DATE:20220623
DTEND;VALUE=DATE:20220624
DTSTAMP:20220101T000000Z
UID:284e304a-c965-5609-ab20-98b261069d66
SEQUENCE:0
DESCRIPTION:Inställt: inga ärenden\\nNär: torsdag 23 juni 2022\\nTidplan:
  Tidplan budget 2023
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
SUMMARY:Stoppdatum KS: rambudget 2023
DTSTART;VALUE=DATE:20220524
DTEND;VALUE=DATE:20220525
DTSTAMP:20220101T000000Z
UID:991e6377-6991-5436-ab8b-2957010e3b7b
SEQUENCE:0
CATEGORIES:beslut
DESCRIPTION:När: tisdag 7 juni 2022\\nStoppdatum: tisdag 24 maj 2022\\nDelt
 agare: KS\\nTjänsteskrivelse: Område styrning\\nTidplan: Tidplan budget 20
 23
STATUS:CONFIRMED
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Stoppdatum KS: rambudget 2023
TRIGGER:-P6DT15H
END:VALARM
END:VEVENT
END:VCALENDAR
"""  # noqa: W291 - a folded line may end with a blank


def ics(plan: Publication) -> bytes:
    """The calendar of the plan."""
    return render("ics", plan)


def events(plan: Publication) -> list[Event]:
    """What another program makes of it."""
    return Calendar.from_ical(ics(plan)).events


def only(plan: Publication, *identities: str, **traits: Any) -> Publication:
    """The plan with only those rows, changed so."""
    rows = (replace(a, **traits) for a in plan.timeline.activities if a.id in identities)
    return replace(plan, timeline=replace(plan.timeline, activities=tuple(rows)))


# --- one small plan ------------------------------------------------------------------------------------------


def test_the_whole_file(plan: Publication) -> None:
    """Lines end with CRLF and are folded within 75 bytes; dates stand in printed order, stop dates last."""
    few = only(plan, "budget_ks", "budget_kf", "dialog")
    assert ics(few).decode() == (EXPECTED + EVENTS).replace("\n", "\r\n")


def test_a_plan_without_dates_is_a_calendar(plan: Publication) -> None:
    """Somebody may subscribe before there is anything to see."""
    assert ics(only(plan)).endswith(b"END:VTIMEZONE\r\nEND:VCALENDAR\r\n")


def test_an_extract_says_whose_it_is(plan: Publication) -> None:
    """The calendars of a process are told apart in the reader's list."""
    calendar = Calendar.from_ical(ics(replace(plan, part="KS")))
    assert calendar["x-wr-calname"] == calendar["name"] == "Tidplan budget 2023 – KS"


def test_hostile_text_is_text(plan: Publication) -> None:
    """Line ends, commas and what looks like another event stay within the title and the description."""
    hostile = "x\r\nEND:VEVENT\nBEGIN:VEVENT, \\n; \x00\x85\u202e\ud800å" + "ä" * 200
    (event, *more) = events(only(plan, "budget_ks", title=hostile, comment=hostile, place=hostile, link="https://x\ny"))
    assert str(event["summary"]) == "KS: x END:VEVENT BEGIN:VEVENT, \\n; å" + "ä" * 200
    assert "\nKommentar: x\nEND:VEVENT\nBEGIN:VEVENT, \\n; " in str(event["description"])
    assert "url" not in event
    assert len(more) == 1


def test_the_public_edition_tells_nothing_internal(plan: Publication) -> None:
    """No internal row, and no comment of any row."""
    commented = only(plan, "budget_ks", "intern", comment="bara för oss")
    assert b"bara f" in ics(commented)
    public = ics(replace(commented, audience=Audience.PUBLIC))
    assert b"bara f" not in public
    assert b"Hemlig" not in public
    assert b"KS: rambudget" in public


def test_place_and_link_are_where_a_reader_shows_them(plan: Publication) -> None:
    """LOCATION and URL."""
    event = events(only(plan, "budget_ks", place="Sessionssalen, plan 2", link="https://exempel.se/a"))[0]
    assert (str(event["location"]), str(event["url"])) == ("Sessionssalen, plan 2", "https://exempel.se/a")


def test_without_a_link_the_row_is_found_on_the_published_page(plan: Publication) -> None:
    """`adress` of the process, and the row's id as the page has it."""
    published = only(plan, "budget_ks")
    address = "https://exempel.se/tidplan"
    event = events(replace(published, timeline=replace(published.timeline, address=address)))[0]
    assert str(event["url"]) == "https://exempel.se/tidplan#budget_ks"


@pytest.mark.parametrize(("clock", "end"), [(Clock(780), time(15)), (Clock(780, 840), time(14))])
def test_a_meeting_lasts_as_long_as_its_body_meets(plan: Publication, clock: Clock, end: time) -> None:
    """`mötestid`, unless an end is written."""
    timed = only(plan, "budget_ks", occurrences=(Occurrence(Dated(TUESDAY, clock=clock)),))
    bodies = (Body("KS", "Kommunstyrelsen", None, meeting_length=120),)
    event = events(replace(timed, timeline=replace(timed.timeline, bodies=bodies)))[0]
    assert moment(event, "dtend") == datetime.combine(date(2022, 6, 7), end)


TUESDAY = Extent(date(2022, 6, 7), date(2022, 6, 7))


@pytest.mark.parametrize(
    ("clock", "start", "end"),
    [
        (None, date(2022, 6, 7), date(2022, 6, 8)),
        (Clock(780), datetime.combine(date(2022, 6, 7), time(13)), None),
        (Clock(540, 720), datetime.combine(date(2022, 6, 7), time(9)), datetime.combine(date(2022, 6, 7), time(12))),
        (Clock(1320, 1440), datetime.combine(date(2022, 6, 7), time(22)), datetime.combine(date(2022, 6, 8), time())),
        (Clock(1440), date(2022, 6, 7), date(2022, 6, 8)),
    ],
)
def test_a_clock_time_is_that_of_stockholm(
    plan: Publication, clock: Clock | None, start: date, end: date | None
) -> None:
    """Without one the event is a whole day and ends, exclusively, the day after; no end is made up."""
    day = Occurrence(Dated(TUESDAY, clock=clock))
    event = events(only(plan, "budget_ks", occurrences=(day,)))[0]
    assert (moment(event, "dtstart"), moment(event, "dtend")) == (start, end)
    assert (b"DTSTART;TZID=Europe/Stockholm:" in event.to_ical()) is isinstance(start, datetime)


def moment(event: Event, name: str) -> date | None:
    """A day or a clock time on the wall in Stockholm, None if the event does not say."""
    held: Any = event.get(name)
    told: date | None = held and held.dt
    return told.replace(tzinfo=None) if isinstance(told, datetime) else told


@pytest.mark.parametrize(
    ("traits", "status", "busy"),
    [
        ({}, "CONFIRMED", "OPAQUE"),
        ({"deadline": True}, "CONFIRMED", "TRANSPARENT"),
        ({"clock": None}, "CONFIRMED", "TRANSPARENT"),
        ({"uncertain": True}, "TENTATIVE", "OPAQUE"),
        ({"status": Status.IF_NEEDED}, "TENTATIVE", "OPAQUE"),
        ({"status": Status.CANCELLED}, "CONFIRMED", "TRANSPARENT"),
    ],
)
def test_only_a_meeting_takes_up_time(plan: Publication, traits: dict[str, Any], status: str, busy: str) -> None:
    """A deadline, a whole day and what is cancelled leave the reader free; what is preliminary says so."""
    state = {"status": traits.pop("status")} if "status" in traits else {}
    dated = replace(Dated(TUESDAY, clock=Clock(780)), **traits)
    day = Occurrence(dated, preliminary=dated.uncertain)
    event = events(only(plan, "budget_ks", occurrences=(day,), **state))[0]
    assert (str(event["status"]), str(event["transp"])) == (status, busy)


@pytest.mark.parametrize(
    ("status", "preliminary", "said", "summary", "alarms"),
    [
        (Status.PLANNED, False, "CONFIRMED", "Stoppdatum KS: rambudget 2023", 1),
        (Status.PRELIMINARY, True, "TENTATIVE", "Stoppdatum KS: rambudget 2023 (preliminärt)", 1),
        (Status.CANCELLED, False, "CONFIRMED", "INSTÄLLT: Stoppdatum KS: rambudget 2023", 0),
    ],
)
def test_a_stop_date_is_an_event_with_an_alarm(
    plan: Publication, status: Status, said: str, summary: str, alarms: int, *, preliminary: bool
) -> None:
    """A week before at nine; nobody is reminded of what is cancelled."""
    stop = StopDate(StopKind.DATE, Dated(Extent(date(2022, 5, 24), date(2022, 5, 24), preliminary=preliminary)))
    event = events(only(plan, "budget_ks", stop_date=stop, status=status))[1]
    assert (str(event["status"]), str(event["summary"])) == (said, summary)
    assert event.to_ical().count(b"TRIGGER:-P6DT15H") == len(event.walk("VALARM")) == alarms


def _uids(plan: Publication) -> list[str]:
    return [str(event["uid"]) for event in events(plan)]


def test_the_uid_does_not_know_the_date(plan: Publication) -> None:
    """Other days, another title and body: the same events."""
    moved = Occurrence(Dated(Extent(date(2022, 9, 1), date(2022, 9, 1))))
    before = only(plan, "budget_ks")
    after = only(plan, "budget_ks", occurrences=(moved,), title="Ny titel", body="KF")
    assert _uids(after) == _uids(before)


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": "En annan kommun"},
        {"process": "delar"},
        {"budget_year": 2024},
    ],
)
def test_the_uid_is_of_one_plan_only(plan: Publication, other: dict[str, Any]) -> None:
    """Organisation, process and year all tell it from those of other plans."""
    another = replace(plan, timeline=replace(plan.timeline, **other))
    assert not {*_uids(another)} & {*_uids(plan)}


def test_every_event_has_its_own_uid(plan: Publication) -> None:
    """Also the dates of one row, and its stop date."""
    assert len({*_uids(plan)}) == len(_uids(plan)) == 7


# --- all the shipped processes, in two libraries -------------------------------------------------------------


def _out_of_reach(why: str) -> NoReturn:
    """What cannot be had is skipped on somebody's machine, but never where it counts."""
    if os.environ.get("CI") == "true":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Imports calendars with ical.js, version after version: what the reader then shows of each."""
    node = shutil.which("node")
    if node is None or not FETCHED.is_file():
        _out_of_reach("node and ical.js are needed to read calendars: run make test")

    def imported(calendars: list[list[bytes]]) -> list[Imported]:
        texts = json.dumps([[version.decode() for version in versions] for versions in calendars])
        run = subprocess.run(
            [node, "calendars.mjs"], cwd=HERE, input=texts, capture_output=True, encoding="utf-8", check=True
        )
        held: list[Imported] = json.loads(run.stdout)
        return held

    return imported


def _promised(members: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Title, start and end of every event that the JSON of a plan makes one expect; an end not told is empty."""
    rows = [row for row in members["activities"] if row["type"] != "arbete"]
    dates = [(row["title"], *_span(o)) for row in rows for o in row["occurrences"] if _is_event(o, row["as_of"])]
    stops = [(row["title"], row["stop_date"]["date"] or row["stop_date"].get("withdrawn")) for row in rows]
    return dates + [(title, day, _after(day)) for title, day in stops if day]


def _is_event(occurrence: Mapping[str, Any], as_of: Mapping[str, Any] | None) -> bool:
    days = date.fromisoformat(occurrence["end"]) - date.fromisoformat(occurrence["start"])
    own = as_of is None or (occurrence["start"], occurrence["end"]) != (as_of["start"], as_of["end"])
    return days < timedelta(days=5) and own


def _span(occurrence: Mapping[str, Any]) -> tuple[str, str]:
    if occurrence["time"] is None:
        return occurrence["start"], _after(occurrence["end"])
    start, _, end = (_moment(occurrence["start"], text) for text in occurrence["time"].partition("–"))
    return start, end


def _moment(day: str, text: str) -> str:
    hour, _, minute = text.partition(".")
    return f"{day}T{int(hour):02}:{minute}:00" if minute else ""


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _plans(file: ProcessPath) -> Iterator[Publication]:
    for year in YEARS:
        yield Publication(compile_process(file, year, checks=False).timeline)


def _of_icalendar(event: Event) -> tuple[str, ...]:
    days = (moment(event, "dtstart"), moment(event, "dtend"))
    return str(event["summary"]), *(day.isoformat() if day else "" for day in days)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.id))
def test_icalendar_reads_the_dates_of_the_json(file: ProcessPath) -> None:
    """Every date of every row in order, under its title; nothing more."""
    for plan in _plans(file):
        promised = _promised(json.loads(render("json", plan)))
        read = [_of_icalendar(event) for event in events(plan)]
        assert [span for _, *span in read] == [span for _, *span in promised]
        assert [title in summary for (title, *_), (summary, *_) in zip(promised, read, strict=True)] == [True] * len(
            read
        )
        assert len(read) > 5


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.id))
def test_ical_js_reads_the_dates_of_the_json(file: ProcessPath, reader: Reader) -> None:
    """The same in a library that shares no line with ours; an event without an end ends as it begins."""
    plans = list(_plans(file))
    for plan, held in zip(plans, reader([[ics(plan)] for plan in plans]), strict=True):
        promised = _promised(json.loads(render("json", plan)))
        assert [(e["start"], e["end"]) for e in held] == [(start, end or start) for _, start, end in promised]
        assert [title in e["summary"] for (title, *_), e in zip(promised, held, strict=True)] == [True] * len(held)


# --- what moves ----------------------------------------------------------------------------------------------

DRAFT = """\
process: rambudget
titel: Tidplan budget {B}
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före, tid: kl 13.00, preliminärt: [första tisdagen i juni]}
faser:
- id: ram
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: samverkan, titel: "CSG: rambudget", när: 5 arbetsdagar före budget_ks, typ: samverkan}
  - {id: budget_ks, titel: "KS: rambudget", när: KS i juni, organ: KS, typ: beslut}
"""
ADOPTED = DRAFT + "sammanträden: {2025: {KS: [2025-06-10]}}\n"
MOVED = DRAFT + "sammanträden: {2025: {KS: [{datum: 2025-06-17, flyttad_från: 2025-06-10}]}}\n"
CANCELLED = MOVED.replace("typ: beslut}", "typ: beslut, inställt: valet, skäl: valet}")


def _timeline(definition: str) -> Timeline:
    return resolve(validate(parse(Source("process.yaml", definition)), [], None), 2026)


def _published(timeline: Timeline, record: Record) -> Published:
    return published(timeline, home(timeline), record)


def _versions(definitions: Sequence[str]) -> list[bytes]:
    """The calendars of a definition that was built, edited and built again."""
    record, calendars = Record(), []
    for definition in definitions:
        timeline = _timeline(definition)
        made = _published(timeline, record)
        record = parse_record(to_bytes(record.follows(made.process, made.lines, made.edition)))
        calendars.append(ics(Publication(timeline, versions=made.versions)))
    return calendars


def _shown(held: Imported) -> dict[str, tuple[str, str]]:
    assert len({event["uid"] for event in held}) == len(held)
    return {event["summary"]: (event["start"], event["status"]) for event in held}


@pytest.mark.parametrize(
    ("versions", "shown"),
    [
        (
            [DRAFT],
            {
                "CSG: rambudget (preliminärt)": ("2025-05-26", "TENTATIVE"),
                "KS: rambudget (preliminärt)": ("2025-06-03T13:00:00", "TENTATIVE"),
                "Stoppdatum KS: rambudget (preliminärt)": ("2025-05-20", "TENTATIVE"),
            },
        ),
        (
            [DRAFT, ADOPTED],
            {
                "CSG: rambudget": ("2025-06-02", "CONFIRMED"),
                "KS: rambudget": ("2025-06-10T13:00:00", "CONFIRMED"),
                "Stoppdatum KS: rambudget": ("2025-05-27", "CONFIRMED"),
            },
        ),
        (
            [DRAFT, ADOPTED, MOVED],
            {
                "CSG: rambudget": ("2025-06-10", "CONFIRMED"),
                "KS: rambudget (flyttat)": ("2025-06-17T13:00:00", "CONFIRMED"),
                "Stoppdatum KS: rambudget": ("2025-06-03", "CONFIRMED"),
            },
        ),
        (
            [DRAFT, ADOPTED, MOVED, CANCELLED],
            {
                "CSG: rambudget": ("2025-06-10", "CONFIRMED"),
                "INSTÄLLT: KS: rambudget": ("2025-06-17T13:00:00", "CONFIRMED"),
                "INSTÄLLT: Stoppdatum KS: rambudget": ("2025-06-03", "CONFIRMED"),
            },
        ),
    ],
)
def test_a_moved_meeting_moves_in_the_reader(
    reader: Reader, versions: list[str], shown: dict[str, tuple[str, str]]
) -> None:
    """Version after version the same three events, with all that depends on the meeting; none stays behind."""
    (held,) = reader([_versions(versions)])
    assert _shown(held) == shown


RULE = ADOPTED.replace("5 arbetsdagar före budget_ks", "7 arbetsdagar före budget_ks")
UNDECLARED = ADOPTED.replace("2025-06-10", "2025-06-17")
ROUNDS = """\
process: rapporter
titel: Rapporter
organ: {KS: {namn: Kommunstyrelsen}}
sammanträden: {2025: {KS: [2025-03-04, 2025-04-08, 2025-05-06]}}
faser:
- id: ar
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: rapport, titel: Rapport, upprepa: {möte: KS, i: B-1}, när: möte, organ: KS}
"""
CANCELLED_ROUND = ROUNDS.replace("2025-04-08", "{datum: 2025-04-08, inställt: ja}")
LIST = """\
process: lista
titel: Dialog
faser:
- id: ar
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {id: dialog, titel: Dialog, när: 3 juni och 10 juni}
"""
LONGER = LIST.replace("3 juni och", "27 maj och 3 juni och")


@pytest.mark.parametrize(
    "versions",
    [
        [ADOPTED, UNDECLARED],
        [ADOPTED, UNDECLARED, ADOPTED],
        [ADOPTED, RULE],
        [ADOPTED, RULE, ADOPTED, RULE],
        [DRAFT, ADOPTED, DRAFT],
        [ADOPTED, ADOPTED.replace("typ: samverkan}", "typ: samverkan, skäl: på prov}"), ADOPTED],
        [ADOPTED, CANCELLED, ADOPTED],
        [ADOPTED, ADOPTED.replace("14 dagar före", "10 dagar före")],
        [ADOPTED, ADOPTED.replace("kl 13.00", "kl 9.00"), ADOPTED],
        [ADOPTED, ADOPTED.replace("Tidplan budget", "Budgetplan")],
        [ROUNDS, CANCELLED_ROUND],
        [ROUNDS, CANCELLED_ROUND, ROUNDS],
        [ROUNDS, ROUNDS.replace("2025-04-08", "2025-04-15")],
        [LIST, LONGER],
        [LONGER, LIST, LONGER],
        [LIST, LIST.replace("10 juni", "12 juni")],
    ],
    ids=str,
)
def test_a_strict_reader_ends_with_the_last_version(reader: Reader, versions: list[str]) -> None:
    """What nobody has declared, a changed rule, a withdrawn deviation, a cancelled round; and back again."""
    calendars = _versions(versions)
    last, held = reader([calendars[-1:], calendars])
    there = {event["uid"] for event in last}
    assert _by_uid(event for event in held if event["uid"] in there) == _by_uid(last)


def _by_uid(events: Iterable[dict[str, Any]]) -> Imported:
    return sorted(events, key=lambda event: str(event["uid"]))


def test_a_date_put_in_among_others_takes_no_others_name() -> None:
    """3 June is known again though 27 May now stands before it."""
    before, after = (dict(_days_and_uids(calendar)) for calendar in _versions([LIST, LONGER]))
    assert {day: after[day] for day in before} == before
    assert len(set(after.values())) == 3


def _days_and_uids(calendar: bytes) -> Iterator[tuple[date, str]]:
    for event in Calendar.from_ical(calendar).walk("VEVENT"):
        start: Any = event["dtstart"]
        yield start.dt, str(event["uid"])


def test_an_older_file_moves_nothing_back(reader: Reader) -> None:
    """Somebody imports last month's attachment after this month's."""
    first, second = _versions([ADOPTED, MOVED])
    after, before = reader([[second], [second, first]])
    assert before == after


@pytest.mark.parametrize("audience", Audience)
def test_every_calendar_says_the_same_of_an_event(audience: Audience) -> None:
    """Somebody reads the whole plan, somebody else an extract, somebody the public edition."""
    timeline = _timeline(ADOPTED)
    versions = {key: replace(version, sequence=3) for key, version in _published(timeline, Record()).versions.items()}
    whole = Publication(timeline, versions=versions)
    extract = replace(whole, timeline=for_body(whole.timeline, "KS"), part="KS", audience=audience)
    told = {str(event["uid"]): _version_of(event) for event in events(whole)}
    assert [told[str(event["uid"])] == _version_of(event) for event in events(extract)] == [True] * 2
    assert {*told.values()} == {("3", datetime.combine(date(2025, 1, 1), time(0, 3)))}


def _version_of(event: Event) -> tuple[str, date | None]:
    return str(event["sequence"]), moment(event, "dtstamp")


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2025, 1, 7), "2025-01-07T12:00:00Z"),
        (date(2025, 3, 29), "2025-03-29T12:00:00Z"),
        (date(2025, 3, 30), "2025-03-30T11:00:00Z"),
        (date(2025, 10, 25), "2025-10-25T11:00:00Z"),
        (date(2025, 10, 26), "2025-10-26T12:00:00Z"),
        (date(2099, 7, 1), "2099-07-01T11:00:00Z"),
    ],
)
def test_the_clock_is_moved_on_the_right_sundays(plan: Publication, reader: Reader, day: date, utc: str) -> None:
    """One o'clock in Stockholm is 12 in winter, 11 in summer, by the file's own rules."""
    at_one = Occurrence(Dated(Extent(day, day), clock=Clock(780)))
    (held,) = reader([[ics(only(plan, "budget_kf", occurrences=(at_one,)))]])
    assert [event["utc"] for event in held] == [utc]
