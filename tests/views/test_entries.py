"""Which dates stand in a calendar, and what they are called there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from arshjul.dates.extent import Clock, Dated, Extent
from arshjul.dates.syntax import DayPart
from arshjul.definition import validate
from arshjul.diagnostics import Source
from arshjul.resolve import resolve
from arshjul.source import parse
from arshjul.timeline import Occurrence, Timeline
from arshjul.views.calendar.model import CalendarEntry, entries, marked, matter, people, stop_dates

PROCESS = """\
process: prov
titel: Prov {{B}}
organ: {{KS: {{namn: Kommunstyrelsen, grupp: politik}}}}
sammanträden: {{2025: {{KS: [{{datum: 2025-06-03, tid: kl 13.00}}]}}}}
faser:
- id: fas
  löper: 1 jan B-1 till 31 dec B-1
  aktiviteter:
  - {{titel: Ärende, {keys}}}
"""


def plan(keys: str) -> Timeline:
    """The plan of a process whose only activity is written so."""
    return resolve(validate(parse(Source("process.yaml", PROCESS.format(keys=keys))), [], None), 2026)


def written(keys: str) -> list[CalendarEntry]:
    """What of it stands in a calendar."""
    return list(entries(plan(keys)))


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ("när: 3 juni", [(3, 3)]),
        ("när: 2–6 juni", [(2, 6)]),
        ("när: 2–7 juni", []),
        ("när: v. 23", []),
        ("när: juni", []),
        ("när: slutet av juni", []),
        ("när: ej fastställt", []),
        ("när: senast 13 juni", [(13, 13)]),
        ('när: "3 juni, 10–20 juni och 24 juni"', [(3, 3), (24, 24)]),
        ("när: 3 juni, typ: arbete", []),
        ("per: 3 juni", []),
        ("per: 31 maj, när: 3 juni", [(3, 3)]),
        ("per: 3 juni, organ: KS", []),
        ("när: 3 juni, typ: uppföljning", [(3, 3)]),
    ],
)
def test_only_certain_days_of_what_is_not_work(keys: str, days: list[tuple[int, int]]) -> None:
    """At most five days; work and as-of dates are not for a calendar."""
    assert [(e.occurrence.start.day, e.occurrence.end.day) for e in written(keys)] == days


def test_the_ordinal_counts_the_dates_that_are_left_out() -> None:
    """Else the third date would become the second when the one before it grows too long."""
    assert [entry.ordinal for entry in written('när: "3 juni, 10–20 juni och 24 juni"')] == [1, 3]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("när: 3 juni", "Ärende"),
        ("när: 3 juni, organ: KS", "KS: Ärende"),
        ("när: senast 3 juni", "Ärende (senast)"),
        ("när: 3 juni fm", "Ärende (fm)"),
        ("när: 3 juni em kl 13.00", "Ärende"),
        ("när: 3–4 juni kl 9–12", "Ärende (kl 9.00–12.00)"),
        ("när: 3 juni kl 24.00", "Ärende (kl 24.00)"),
        ("när: ca 3 juni", "Ärende (ca)"),
        ("när: preliminärt 3 juni", "Ärende (preliminärt)"),
        ("när: 3 juni, preliminärt: ja", "Ärende (preliminärt)"),
        ("när: vid behov 3 juni", "Ärende (vid behov)"),
        ("när: preliminärt senast 3 juni fm", "Ärende (senast, fm, preliminärt)"),
        ("när: 3 juni, organ: KS, inställt: inga ärenden", "INSTÄLLT: KS: Ärende"),
    ],
)
def test_body_and_matter_come_first(keys: str, said: str) -> None:
    """What must be known of the date follows; a calendar shows but the first words."""
    (entry,) = written(keys)
    assert marked(entry) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Rambudget", "KS: Rambudget"),
        ("KS: rambudget", "KS: rambudget"),
        ("KS sammanträder", "KS sammanträder"),
        ("KSAU bereder", "KS: KSAU bereder"),
        ("två\nrader", "KS: två rader"),
    ],
)
def test_a_title_that_names_the_body_is_left_as_it_is(title: str, said: str) -> None:
    """The body is not said twice, and another body that begins with the same letters is not taken for it."""
    (activity,) = plan("när: 3 juni, organ: KS").activities
    assert matter(replace(activity, title=title)) == said


@pytest.mark.parametrize(
    ("keys", "tentative"),
    [
        ("när: 3 juni", False),
        ("när: 3 juni, organ: KS", False),
        ("när: preliminärt 3 juni", True),
        ('när: "3 juni?"', True),
        ("när: 3 juni, preliminärt: ja", True),
        ("när: 3 juni, vid_behov: ja", True),
        ("när: ca 3 juni", True),
    ],
)
def test_what_is_not_settled_is_tentative(keys: str, *, tentative: bool) -> None:
    """Preliminary, `vid behov` and `ca` are not to be relied on."""
    (entry,) = written(keys)
    assert entry.tentative is tentative


@pytest.mark.parametrize(
    ("keys", "gathers"),
    [
        ("när: 3 juni", False),
        ("när: 3 juni, organ: KS", True),
        ("när: 3 juni kl 9.00", True),
        ("när: 3 juni heldag", True),
        ("när: 3 juni fm", False),
        ("när: senast 3 juni kl 9.00", False),
        ("när: senast 3 juni", False),
    ],
)
def test_only_what_is_sat_through_takes_time(keys: str, *, gathers: bool) -> None:
    """A clock time (here also that of KS) or a whole day; a deadline never."""
    (entry,) = written(keys)
    assert entry.gathers is gathers


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ("när: 17 juni, stoppdatum: 3 juni", [date(2025, 6, 3)]),
        ("när: juni, stoppdatum: 3 juni", [date(2025, 6, 3)]),
        ("när: 17 juni, stoppdatum: på bordet", []),
        ("när: 17 juni, stoppdatum: 3 juni, typ: arbete", []),
        ("när: 17 juni", []),
    ],
)
def test_a_stop_date_is_a_day(keys: str, days: list[date]) -> None:
    """A row has one of its own whatever its date is; work has none."""
    assert [day for _, day in stop_dates(plan(keys))] == days


def test_everybody_is_named_once() -> None:
    """All groups in one line."""
    (activity,) = plan("när: 3 juni, deltagare: {politik: [KS, oppositionen], tjänstemän: [ekonomi, KS]}").activities
    assert people(activity) == "KS, oppositionen, ekonomi"


@pytest.mark.parametrize("minutes", [None, 0, 540, 1439, 1440])
@pytest.mark.parametrize("length", [1, 2])
def test_a_time_is_of_one_day(minutes: int | None, length: int) -> None:
    """Midnight at the end of a day is the next day's, and several days have no common time: they are whole days."""
    start = date(2025, 6, 3)
    clock = None if minutes is None else Clock(minutes)
    extent = Extent(start, start + timedelta(days=length - 1))
    day = Occurrence(Dated(extent, parts=(DayPart.EVENING,), clock=clock))
    (activity,) = plan("när: 3 juni").activities
    timed = minutes is not None and minutes < 1440 and length == 1
    assert CalendarEntry(activity, day, 1).timed is timed
