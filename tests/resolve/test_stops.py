"""Stop dates and chains: the lookup, the default roll, the meeting's own date for a step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.diagnostics import InvalidProcess
from arshjul.timeline import Activity, Timeline
from arshjul.wording.dates import stop_date_in_window, text_in_window

Plan = Callable[..., Timeline]
HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}
  KF: {namn: Fullmäktige}
  BUN:
    namn: Barnnämnden
    kedja:
      utskick: dagen efter stoppdatum
      stoppdatum: torsdagen före beredning
      beredning: tisdagen veckan före möte
      justering: senast 14 dagar efter möte
sammanträden:
  2025:
    KS: [3 juni, {datum: 20 juni, stoppdatum: 13 juni}]
    KF: [17 juni]
    BUN: [24 april, {datum: 22 maj, stoppdatum: utgår, utskick: 15 maj}]
"""


@pytest.fixture
def row(plan: Plan) -> Callable[..., Activity]:
    """One activity with these keys, in an organisation with rules and chains."""

    def found(keys: str) -> Activity:
        yaml = f"faser:\n- id: fas\n  aktiviteter:\n  - {{id: a, titel: A, {keys}}}\n"
        return plan(yaml, house=HOUSE).activities[0]

    return found


STOP_DATES = [
    ("the body's rule, for a decision", "när: första KS i juni, organ: KS, typ: beslut", "date", "tisdag 20 maj"),
    ("the body's rule, for preparation", "när: 3 juni, organ: KS, typ: beredning", "date", "tisdag 20 maj"),
    ("no other type requires one", "när: 3 juni, organ: KS, typ: information", "not_required", ""),
    ("no type requires none", "när: 3 juni, organ: KS", "not_required", ""),
    ("its own goes first", "när: 3 juni, organ: KS, typ: beslut, stoppdatum: 10 dagar före", "date", "fredag 23 maj"),
    ("an own one of any type", "när: 3 juni, stoppdatum: 5 arbetsdagar före", "date", "måndag 26 maj"),
    ("on the table", "när: 3 juni, organ: KS, typ: beslut, stoppdatum: på bordet", "on_table", "på bordet"),
    ("not required", "när: 3 juni, organ: KS, typ: beslut, stoppdatum: krävs ej", "not_required", "krävs ej"),
    ("the source has none", "när: 3 juni, organ: KS, typ: beslut, stoppdatum: saknas", "missing", "saknas"),
    ("undecided", "när: 3 juni, organ: KS, typ: beslut, stoppdatum: ej fastställt", "undated", "ej fastställt"),
    ("a decision at a body without a rule", "när: KF i juni, organ: KF, typ: beslut", "missing", "saknas"),
    ("the meeting plan's own date", "när: KS efter 3 juni, organ: KS, typ: beslut", "date", "fredag 13 juni"),
    ("counted dates roll back", "när: 6 maj, stoppdatum: 5 dagar före", "date", "onsdag 30 april"),
    ("unless told not to", "när: 6 maj, stoppdatum: 5 dagar före oavsett helg", "date", "torsdag 1 maj"),
    ("in brackets too", "när: 6 maj, stoppdatum: (5 dagar före a)", "date", "onsdag 30 april"),
    ("one of two", "när: 6 maj, stoppdatum: 'tidigaste av (5 dagar före a, 3 maj)'", "date", "onsdag 30 april"),
    ("rolled already", "när: 6 maj, stoppdatum: (5 dagar före a annars arbetsdagen efter)", "date", "fredag 2 maj"),
    ("not counted", "när: 6 maj, stoppdatum: lördag samma vecka som a", "date", "lördag 10 maj"),
    ("not counted either", "när: 1 maj, stoppdatum: sista torsdagen senast a", "date", "torsdag 1 maj"),
    ("written dates do not roll", "när: 6 maj, stoppdatum: 1 maj", "date", "torsdag 1 maj"),
    ("another activity as anchor", "när: 6 maj, stoppdatum: 5 dagar före a.start", "date", "onsdag 30 april"),
    ("a month has no day to count from", "när: i maj, stoppdatum: 5 dagar före", "undated", "ej fastställt"),
    ("the first exact day counts", "när: maj och 12 juni, stoppdatum: 5 dagar före", "date", "torsdag 5 juni"),
    ("an undated matter", "när: ej fastställt, organ: KS, typ: beslut", "undated", "ej fastställt"),
    ("the chain's own step", "när: BUN i april, organ: BUN, typ: beslut", "date", "torsdag 10 april"),
    ("a step that the meeting cancels", "när: BUN i maj, organ: BUN, typ: beslut", "not_required", "utgår"),
    ("a part of the day", "när: 3 juni, stoppdatum: 14 dagar före fm", "date", "tisdag 20 maj fm"),
    ("a year that is not the process year", "när: 10 jan B, stoppdatum: 30 dagar före", "date", "torsdag 11 december"),
]  # fmt: skip


@pytest.mark.parametrize("step", ["5 dagar före möte och 3 dagar före möte", "5 dagar före möte till möte", "v. 9"])
def test_a_step_is_one_day(step: str, plan: Plan) -> None:
    """Two dates, or a stretch, is an error: the first of them would be a guess."""
    yaml = "faser: [{id: fas, aktiviteter: [{id: a, titel: A, när: 3 juni, organ: KS}]}]\n"
    with pytest.raises(InvalidProcess) as caught:
        plan(
            yaml,
            house=HOUSE.replace("stoppdatum: 14 dagar före", f"kedja: {{utskick: {step}}}").replace(
                "stoppdatum: 13 juni", "utskick: 13 juni"
            ),
        )
    (found,) = caught.value.diagnostics
    assert found.code == "not-a-date"


@pytest.mark.parametrize(
    ("keys", "kind", "text"), [case[1:] for case in STOP_DATES], ids=[case[0] for case in STOP_DATES]
)
def test_stop_date(keys: str, kind: str, text: str, row: Callable[..., Activity]) -> None:
    """Deviations and the activity's own come first, then the body's rule for decisions and preparation."""
    stop = row(keys).stop_date
    assert (stop.kind.value, stop_date_in_window(stop)) == (kind, text)
    assert (stop.day is not None) == (kind == "date")


def test_a_chain_is_counted_around_the_meeting(row: Callable[..., Activity]) -> None:
    """Steps stand in written order whatever they are counted from, and roll back over days off."""
    chain = row("när: BUN i april, organ: BUN, typ: beslut").chain
    assert [(step.name, step.dated and text_in_window(step.dated)) for step in chain] == [
        ("utskick", "fredag 11 april"),
        ("beredning", "tisdag 15 april"),
        ("justering", "senast torsdag 8 maj"),
    ]


def test_a_meeting_gives_a_step_its_own_date(row: Callable[..., Activity]) -> None:
    """The deviation is marked, and the other steps keep their rule."""
    steps = {step.name: step for step in row("när: BUN i maj, organ: BUN").chain}
    assert (str(steps["utskick"].day), steps["utskick"].deviates) == ("2025-05-15", True)
    assert (str(steps["beredning"].day), steps["beredning"].deviates) == ("2025-05-13", False)


def test_a_written_stop_date_knows_the_rule_it_replaces(row: Callable[..., Activity]) -> None:
    """The check for deviating stop dates has both days."""
    stop = row("när: 3 juni, organ: KS, typ: beslut, stoppdatum: 23 maj").stop_date
    assert (str(stop.day), str(stop.rule_day), stop.written) == ("2025-05-23", "2025-05-20", True)


def test_steps_name_the_days_skipped(row: Callable[..., Activity]) -> None:
    """Every date says why, with the days off that were passed over and their names."""
    stop = row("när: 5 maj, stoppdatum: 3 arbetsdagar före").stop_date
    assert [step.text for step in stop.steps] == [
        "möte: måndag 5 maj 2025",
        (
            "3 arbetsdagar före måndag 5 maj 2025: tisdag 29 april 2025; hoppar över torsdag 1 maj (första maj), "
            "lördag 3 maj, söndag 4 maj"
        ),
    ]
    rolled = row("när: 6 maj, stoppdatum: 5 dagar före").stop_date.steps[-1]
    assert rolled.text == "torsdag 1 maj 2025 är ledig (första maj), annars arbetsdagen före: onsdag 30 april 2025"
    assert rolled.span is not None
    assert (rolled.span.file, rolled.span.line > 1) == ("process.yaml", True)


def test_nothing_is_counted_from_a_meeting_that_is_not_chosen(row: Callable[..., Activity]) -> None:
    """Of two meetings one will be held: both days stand, preliminary, and no paper is due before either."""
    undecided = row("när: BUN i april eller maj, organ: BUN, typ: beslut")
    assert undecided.alternatives
    assert [(str(o.start), o.preliminary) for o in undecided.occurrences] == [
        ("2025-04-24", True),
        ("2025-05-22", True),
    ]
    assert undecided.stop_date.kind == "undated"
    assert {step.name: step.day for step in undecided.chain} == {"utskick": None, "beredning": None, "justering": None}
    assert not row("när: BUN i april och maj, organ: BUN, typ: beslut").alternatives
