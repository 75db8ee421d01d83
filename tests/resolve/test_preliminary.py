"""What a draft meeting makes preliminary: the date, and everything that hangs on it (spec 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arshjul.timeline import Timeline

Plan = Callable[..., Timeline]
HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
kalender:
  perioder: {efter_csg: dagen efter CSG i juni, delad: preliminärt v. 9 och v. 20}
organ:
  CSG: {namn: Samverkan, preliminärt: [första onsdagen i mars, första onsdagen i juni], stoppdatum: 5 dagar före}
  KS: {namn: Kommunstyrelsen}
  BUN: {namn: Barnnämnden}
organgrupper: {nämnd: [BUN]}
sammanträden:
  2025: {KS: [3 juni, {datum: 2 september, preliminärt: ja}], BUN: [12 juni]}
tidsfönster:
- {id: tid, start: dagen efter utkast, slut: 30 juni}
"""
ROWS = """\
faser:
- id: fas
  aktiviteter:
  - {id: utkast, titel: U, när: CSG i juni, organ: CSG, typ: beslut, milstolpe: klart}
  - {id: osäker, titel: O, när: "20 juni?"}
  - {id: märkt, titel: M, när: 3 juni, preliminärt: ja}
  - {id: fast, titel: F, när: 3 juni}
- {id: bunden, titel: B, löper: CSG i mars till 31 maj, aktiviteter: []}
- {id: fri, titel: B, aktiviteter: [{id: i_fri, titel: I, när: samma dag som utkast}]}
- id: prov
  aktiviteter:
"""
HANGS = [
    ("an activity", "dagen efter utkast"),
    ("a milestone", "dagen efter klart"),
    ("a window", "dagen efter tid"),
    ("a phase that runs from a draft", "dagen efter bunden"),
    ("a phase whose activities are drafts", "dagen efter fri"),
    ("a named period", "dagen efter efter_csg"),
    ("a named period in two parts", "dagen efter delad"),
    ("a stop date", "dagen efter utkast.stoppdatum"),
    ("a draft as the period", "första fredagen i (utkast till 30 juni)"),
    ("a draft as the period of a group", "varje nämnd i (utkast till 30 juni)"),
    ("a draft as one of two", "senaste av (utkast, 20 juni)"),
    ("a draft as an edge", "utkast till 20 juni"),
    ("a draft in brackets", "(samma dag som utkast)"),
    ("the week beside it", "veckan efter utkast"),
    ("a draft rolled", "utkast annars arbetsdagen före"),
    ("a deadline", "senast dagen efter utkast"),
    ("a meeting that the plan calls preliminary", "KS i september"),
    ("a date with a question mark", "dagen efter osäker"),
    ("an activity marked preliminary", "dagen efter märkt"),
]


@pytest.mark.parametrize("when", [when for _, when in HANGS], ids=[name for name, _ in HANGS])
def test_what_hangs_on_a_draft_is_preliminary(when: str, plan: Plan) -> None:
    """However it hangs on it."""
    rows = {a.id: a for a in plan(f'{ROWS}  - {{id: a, titel: A, när: "{when}"}}\n', house=HOUSE).activities}
    assert [occurrence.preliminary for occurrence in rows["a"].occurrences] == [True]
    assert rows["a"].status.value == "preliminary"


@pytest.mark.parametrize("when", ["dagen efter fast", "KS i juni", "senaste av (fast, 20 juni)", "3 juni"])
def test_what_does_not_is_certain(when: str, plan: Plan) -> None:
    """A certain date is not called preliminary for its neighbours."""
    rows = {a.id: a for a in plan(f'{ROWS}  - {{id: a, titel: A, när: "{when}"}}\n', house=HOUSE).activities}
    assert rows["a"].status.value == "planned"
