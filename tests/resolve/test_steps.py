"""Why a date is what it is: steps that lead down to where something is written (spec 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.timeline import Timeline
from arshjul.views.explanation.model import explanations

Plan = Callable[..., Timeline]
HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}
  BUN:
    namn: Barnnämnden
    kedja: {beredning: tisdagen veckan före möte, stoppdatum: torsdagen före beredning}
  SN: {namn: Socialnämnden}
organgrupper: {nämnd: [BUN, SN]}
sammanträden:
  2025: {KS: [3 juni, 4 nov], BUN: [22 maj]}
faser:
- id: fas
  aktiviteter:
  - {id: ks, titel: KS, när: KS i juni, organ: KS, typ: beslut, milstolpe: klart}
  - {id: tidig, titel: T, när: 1 april, milstolpe: klart}
  - {id: bun, titel: B, när: BUN i maj, organ: BUN, typ: beslut}
"""
WHY = [
    (
        "an activity it hangs on",
        "när: dagen före ks",
        [
            "1 ks: tisdag 3 juni 2025 :15",
            "1.1 juni i processens tid: juni 2025 :15",
            "1.2 KS i juni: tisdag 3 juni 2025 :11",
            "2 dagen före tisdag 3 juni 2025: måndag 2 juni 2025 :18",
        ],
    ),
    (
        "a stop date it hangs on: how that was found, not how the meeting was",
        "när: arbetsdagen före ks.stoppdatum",
        [
            "1 ks.stoppdatum: tisdag 20 maj 2025 :15",
            "1.1 möte: tisdag 3 juni 2025 :11",
            "1.2 14 dagar före tisdag 3 juni 2025: tisdag 20 maj 2025 :4",
            "2 arbetsdagen före tisdag 20 maj 2025: måndag 19 maj 2025 :18",
        ],
    ),
    (
        "a step of a chain, and the step behind it",
        "när: dagen före bun.stoppdatum",
        [
            "1 bun.stoppdatum: torsdag 8 maj 2025 :17",
            "1.1 beredning: tisdag 13 maj 2025 :7",
            "1.1.1 möte: torsdag 22 maj 2025 :11",
            "1.1.2 tisdagen veckan före torsdag 22 maj 2025: tisdag 13 maj 2025 :7",
            "1.2 torsdagen före tisdag 13 maj 2025: torsdag 8 maj 2025 :7",
            "2 dagen före torsdag 8 maj 2025: onsdag 7 maj 2025 :18",
        ],
    ),
    (
        "the activity that turned out to be the milestone's last",
        "när: samma dag som klart",
        [
            "1 klart: tisdag 3 juni 2025 :15",
            "1.1 juni i processens tid: juni 2025 :15",
            "1.2 KS i juni: tisdag 3 juni 2025 :11",
        ],
    ),
    (
        "a body without a plan",
        "när: varje nämnd i maj",
        [
            "1 maj i processens tid: maj 2025 :18",
            "2 BUN: torsdag 22 maj 2025 :11",
            "3 SN har ingen sammanträdesplan: maj 2025 :18",
            "4 varje nämnd i maj: maj 2025 :18",
        ],
    ),
    (
        "a length",
        "start: 5 juni, längd: 3 arbetsdagar",
        [
            "1 5 juni i processens tid: torsdag 5 juni 2025 :18",
            (
                "2 3 arbetsdagar från och med torsdag 5 juni 2025: tisdag 10 juni 2025; "
                "hoppar över fredag 6 juni (nationaldagen), lördag 7 juni, söndag 8 juni (pingstdagen) :18"
            ),
        ],
    ),
    (
        "days off that are skipped",
        "när: 2 arbetsdagar före 9 juni",
        [
            "1 9 juni i processens tid: måndag 9 juni 2025 :18",
            (
                "2 2 arbetsdagar före måndag 9 juni 2025: onsdag 4 juni 2025; "
                "hoppar över fredag 6 juni (nationaldagen), lördag 7 juni, söndag 8 juni (pingstdagen) :18"
            ),
        ],
    ),
    (
        "days off that a roll passes on its way",
        "när: 6 juni annars arbetsdagen efter",
        [
            "1 6 juni i processens tid: fredag 6 juni 2025 :18",
            (
                "2 fredag 6 juni 2025 är ledig (nationaldagen), annars arbetsdagen efter: måndag 9 juni 2025; "
                "hoppar över lördag 7 juni, söndag 8 juni (pingstdagen) :18"
            ),
        ],
    ),
    (
        "days off before the working day of a period",
        "när: tredje arbetsdagen i maj",
        [
            "1 maj i processens tid: maj 2025 :18",
            (
                "2 tredje arbetsdagen i maj: tisdag 6 maj 2025; "
                "hoppar över torsdag 1 maj (första maj), lördag 3 maj, söndag 4 maj :18"
            ),
        ],
    ),
    (
        "days off after the working day of a period, counted from its end",
        "när: sista arbetsdagen i maj",
        [
            "1 maj i processens tid: maj 2025 :18",
            "2 sista arbetsdagen i maj: fredag 30 maj 2025; hoppar över lördag 31 maj :18",
        ],
    ),
    (
        "earlier weekdays of a period",
        "när: tredje tisdagen i juni",
        [
            "1 juni i processens tid: juni 2025 :18",
            "2 tredje tisdagen i juni: tisdag 17 juni 2025; hoppar över tisdag 3 juni, tisdag 10 juni :18",
        ],
    ),
    (
        "later weekdays of a period, counted from its end",
        "när: näst sista fredagen i juni",
        [
            "1 juni i processens tid: juni 2025 :18",
            "2 näst sista fredagen i juni: fredag 20 juni 2025; hoppar över fredag 27 juni :18",
        ],
    ),
    (
        "earlier meetings of a body",
        "när: andra KS efter 1 maj",
        [
            "1 1 maj i processens tid: torsdag 1 maj 2025 :18",
            "2 andra KS efter torsdag 1 maj 2025: tisdag 4 november 2025; hoppar över tisdag 3 juni :11",
        ],
    ),
    (
        "the days off before the nearest working day",
        "när: arbetsdagen efter 30 april",
        [
            "1 30 april i processens tid: onsdag 30 april 2025 :18",
            "2 arbetsdagen efter onsdag 30 april 2025: fredag 2 maj 2025; hoppar över torsdag 1 maj (första maj) :18",
        ],
    ),
    (
        "the nearest weekday, which skips nothing",
        "när: torsdagen före 4 november",
        [
            "1 4 november i processens tid: tisdag 4 november 2025 :18",
            "2 torsdagen före tisdag 4 november 2025: torsdag 30 oktober 2025 :18",
        ],
    ),
    (
        "a week, in its definite form",
        "när: veckan före 4 november",
        [
            "1 4 november i processens tid: tisdag 4 november 2025 :18",
            "2 veckan före tisdag 4 november 2025: v. 44 2025 :18",
        ],
    ),
]


@pytest.mark.parametrize(("keys", "expected"), [case[1:] for case in WHY], ids=[case[0] for case in WHY])
def test_every_date_says_why(keys: str, expected: list[str], plan: Plan) -> None:
    """Number, what was done with what came out, line; what it hangs on is told below it."""
    timeline = plan(f"  - {{id: a, titel: A, {keys}}}\n", house=HOUSE)
    activity = next(each for each in timeline.activities if each.id == "a")
    [explained] = explanations(timeline, [(activity, None)])
    links = explained.derivations[0].steps
    assert [f"{link.number} {link.step.text} :{link.step.span and link.step.span.line}" for link in links] == expected
