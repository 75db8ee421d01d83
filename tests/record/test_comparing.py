"""A number that is raised with every change and never falls, whatever is changed, merged, left out and put back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from arshjul.definition import validate
from arshjul.diagnostics import Source
from arshjul.record.comparing import EventKey, Published, published, uid
from arshjul.record.model import Record
from arshjul.record.reading import parse as parse_record
from arshjul.record.reading import to_bytes
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Timeline
from arshjul.views.calendar.model import home
from arshjul.views.plan import render
from arshjul.views.publication import Publication

PLAN = """\
process: budget
titel: {titel}
organ: {{KS: {{namn: Kommunstyrelsen, stoppdatum: {regel}}}}}
sammanträden: {{2025: {{KS: [{ks}]}}}}
faser:
- id: ram
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {{id: {rad}, titel: "KS: budget", när: KS i juni, organ: KS, typ: beslut{mer}}}
  - {{id: dialog, titel: Dialog, när: {dialog}}}
"""
PARTS = {
    "titel": ["Budget {B}", "Plan {B}"],
    "regel": ["14 dagar före", "10 dagar före"],
    "ks": [
        "3 juni",
        "10 juni",
        "{datum: 10 juni, flyttad_från: 3 juni}",
        "{datum: 3 juni, inställt: ja}",
        "2 september",
    ],
    "mer": [
        "",
        ", skäl: på prov",
        ", inställt: valet",
        ", kommentar: nytt",
        ", plats: Salen",
        ", intern: ja",
        ", stoppdatum: 9 maj",
    ],
    "rad": ["budget_ks", "ks, tidigare_id: budget_ks", "beslut, tidigare_id: budget_ks"],
    "dialog": [
        "10 arbetsdagar före 10 juni",
        "7 april och 9 april",
        "5 maj och 7 april",
        "6 maj",
        "ej fastställt",
        "maj",
    ],
}
USUAL = {name: choices[0] for name, choices in PARTS.items()}
DEFINITIONS = st.fixed_dictionaries({name: st.sampled_from(choices) for name, choices in PARTS.items()})


def timeline(**parts: str) -> Timeline:
    """The plan, with some of its parts as they are not usually."""
    text = PLAN.format(**{**USUAL, **parts})
    return resolve(validate(parse(Source("process.yaml", text)), [], None), 2026)


def built(plan: Timeline, record: Record, *, begins: bool = False) -> tuple[Published, Record]:
    """What a build publishes, and the record as the next one reads it."""
    made = published(plan, home(plan), record, begins=begins)
    return made, parse_record(to_bytes(record.follows(made.process, made.lines, made.edition)))


def after(*plans: dict[str, str]) -> tuple[Published, Record]:
    """The last of several builds, one after the other."""
    record = Record()
    for parts in plans:
        made, record = built(timeline(**parts), record)
    return made, record


def numbers(made: Published) -> dict[tuple[str, int | None], int]:
    """Row and which of its dates → SEQUENCE."""
    return {(key.row, key.position): version.sequence for key, version in made.versions.items()}


def test_uids_are_those_of_the_standard() -> None:
    """RFC 9562, 5.5, in our own name space."""
    space = UUID("5b0f3f0e-6a0c-5d0a-9a3e-2f6c1d7e8b41")
    for ordinal in range(1, 200):
        name = f"Ö\nbudget\n2026\nks\ndatum\n{ordinal}"
        assert uid(("Ö", "budget", "2026"), "ks", ordinal) == str(uuid5(space, name))
    assert uid(("Ö", "budget", "2026"), "ks", None) == str(uuid5(space, "Ö\nbudget\n2026\nks\nstoppdatum"))


@settings(max_examples=200, deadline=None)
@given(st.lists(DEFINITIONS, min_size=2, max_size=6))
def test_whatever_is_edited_the_number_rises_and_never_falls(definitions: list[dict[str, str]]) -> None:
    """For each event, over builds in a row; with equal content it stands still."""
    record, held = Record(), dict[str, tuple[int, str]]()
    for parts in definitions:
        made, record = built(timeline(**parts), record)
        for name, line in made.lines.items():
            if line.gone:
                continue
            number, content = held.get(name, (-1, ""))
            assert line.sequence > number if content != line.hash else line.sequence >= number
            held[name] = line.sequence, line.hash
        again, same = built(timeline(**parts), record)
        assert (again.versions, same) == (made.versions, record)


@pytest.mark.parametrize(
    ("change", "dialog", "meeting"),
    [
        ({}, 0, 0),
        ({"titel": "Plan {B}"}, 1, 1),
        ({"regel": "10 dagar före"}, 0, 1),
        ({"ks": "10 juni"}, 0, 1),
        ({"mer": ", inställt: valet"}, 0, 1),
        ({"mer": ", skäl: på prov"}, 0, 0),
        ({"mer": ", kommentar: nytt"}, 0, 1),
        ({"mer": ", plats: Salen"}, 0, 1),
        ({"mer": ", stoppdatum: 9 maj"}, 0, 1),
        ({"mer": ", intern: ja"}, 0, 0),
        ({"dialog": "6 maj"}, 1, 0),
        ({"dialog": "7 april och 9 april"}, 1, 0),
    ],
)
def test_what_raises_it(change: dict[str, str], dialog: int, meeting: int) -> None:
    """What a row holds; not why it deviates, nor who may see it. A meeting and its stop date are of one row."""
    made, _ = after({}, change)
    found = numbers(made)
    assert (found["dialog", 1], found["budget_ks", 1], found["budget_ks", None]) == (dialog, meeting, meeting)


@settings(max_examples=200, deadline=None)
@given(st.lists(DEFINITIONS, min_size=2, max_size=3))
def test_what_a_calendar_shows_is_never_another_with_an_old_number(definitions: list[dict[str, str]]) -> None:
    """Whatever was edited, renamed rows too: each event as a reader gets it, by its UID."""
    record, held = Record(), dict[str, tuple[int, str]]()
    for parts in definitions:
        plan = timeline(**parts)
        made, record = built(plan, record)
        for event in Calendar.from_ical(render("ics", Publication(plan, versions=made.versions))).walk("VEVENT"):
            name, number = str(event["uid"]), int(str(event["sequence"]))
            del event["sequence"], event["dtstamp"]
            before, shown = held.get(name, (-1, ""))
            content = event.to_ical().decode()
            assert number > before if content != shown else number >= before
            held[name] = number, content


def test_what_is_gone_keeps_its_line_and_goes_on() -> None:
    """Marked; when it returns, one higher, though nothing in it has changed."""
    made, record = after({}, {"dialog": "ej fastställt"})
    (gone,) = [line for line in made.lines.values() if line.gone]
    assert (gone.row, gone.sequence) == ("dialog", 0)
    assert built(timeline(dialog="ej fastställt"), record)[1] == record
    assert numbers(built(timeline(), record)[0])["dialog", 1] == 1


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ("3 juni och 10 juni", "27 maj och 3 juni och 10 juni", {2: 1, 3: 2}),
        ("3 juni och 10 juni", "10 juni och 17 juni", {1: 2, 2: 1}),
        ("3 juni och 10 juni", "4 juni och 10 juni", {1: 1, 2: 2}),
        ("3 juni och 10 juni och 17 juni", "10 juni och 17 juni", {1: 2, 2: 3}),
    ],
)
def test_each_date_of_a_list_keeps_its_uid(before: str, now: str, kept: dict[int, int]) -> None:
    """Which date it is now → which it was."""
    first, record = after({"dialog": before})
    then = built(timeline(dialog=now), record)[0]
    assert {position: first.versions[EventKey("dialog", old)].uid for position, old in kept.items()} == {
        position: then.versions[EventKey("dialog", position)].uid for position in kept
    }
    assert len({version.uid for version in then.versions.values()}) == len(then.versions)


def test_an_internal_row_stands_there_by_uid_and_hash_only() -> None:
    """The record may be read by everyone."""
    _, record = after({"mer": ", intern: ja"})
    lines = [line for line in to_bytes(record).splitlines() if b"budget_ks" in line or b"2025-06-03" in line]
    assert lines == []
    assert len(record.events["budget"]) == 3


def merged(base: Record, ours: dict[str, str], theirs: dict[str, str]) -> bytes:
    """The lines of two branches one after the other, as `merge=union` lays them."""
    return to_bytes(built(timeline(**ours), base)[1]) + to_bytes(built(timeline(**theirs), base)[1])


@pytest.mark.parametrize("ours", [{"ks": "10 juni"}, {"titel": "Plan {B}"}, {"dialog": "6 maj"}])
@pytest.mark.parametrize("theirs", [{"mer": ", plats: Salen"}, {"ks": "10 juni", "mer": ", plats: Salen"}])
def test_two_branches_are_raised_once(ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Above both, whichever way the definitions are merged; then it stands still."""
    _, base = after({})
    record = parse_record(merged(base, ours, theirs))
    both = [built(timeline(**parts), base)[0] for parts in (ours, theirs)]
    made, settled = built(timeline(**{**ours, **theirs}), record)
    for name, line in made.lines.items():
        highest = max(each.lines[name].sequence for each in both)
        changed = [each.lines[name].hash for each in both if each.lines[name].sequence == highest] != [line.hash] * 2
        assert line.sequence > highest if changed else line.sequence >= highest
        assert line.sequence <= highest + 1
    assert settled.rivals == {}
    assert built(timeline(**{**ours, **theirs}), settled)[0].versions == made.versions


def test_a_branch_of_another_process_stays_open_until_that_is_built() -> None:
    """A build of one process settles nothing of another."""
    _, base = after({})
    record = parse_record(merged(base, {"ks": "10 juni"}, {"mer": ", plats: Salen"}))
    other = replace(timeline(), process="annan")
    made, later = built(other, record)
    assert later.rivals == record.rivals != {}
    assert {line.process for line in made.lines.values()} == {"annan"}


def before(made: Published, row: str) -> Sequence[object]:
    """What an event of a row was when the edition began: days, and the edition that last changed it."""
    (line,) = [line for line in made.lines.values() if line.row == row and line.ordinal == 1]
    return line.before and line.before.days, line.edition, line.sequence


def test_an_edition_is_compared_with_the_one_before() -> None:
    """Not with the last build: two moves in one edition are one, and an unchanged row keeps its edition."""
    _, record = after({}, {"dialog": "5 maj"})
    made, record = built(timeline(dialog="6 maj"), record, begins=True)
    assert (made.edition, before(made, "dialog"), before(made, "budget_ks")) == (2, ("2025-05-05", 2, 2), (None, 1, 0))
    made, record = built(timeline(dialog="7 maj"), record)
    assert before(made, "dialog") == ("2025-05-05", 2, 3)
    made, record = built(timeline(dialog="7 maj"), record, begins=True)
    assert (made.edition, before(made, "dialog")) == (3, ("2025-05-05", 2, 3))
