"""`decided-drift`: what the calendar has moved since the plan was decided, and nothing that somebody has written."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.codes import Code
from arshjul.compiler import Sweep, find_processes

PLAN = """\
process: prov
titel: Prov {B}
löper: 1 januari B-1 till 31 december B-1
kalender: {stängt: []}
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 14 dagar före}
sammanträden: {2025: {KS: [3 juni, 2 september]}}
faser:
- id: ram
  aktiviteter:
  - {id: budget_ks, titel: "KS: budget", när: KS i juni, organ: KS, typ: beslut}
  - {id: dialog, titel: Dialog, när: 10 arbetsdagar före budget_ks}
  - {id: sen, titel: Sen, när: ej fastställt}
"""
MOVED = "”KS: budget” är tisdag 10 juni 2025, men fastställdes till tisdag 3 juni 2025"
WITH_IT = f"{MOVED}, och 1 datum som räknas från det har flyttats med"
DIALOG = "”Dialog” är fredag 16 maj 2025, men fastställdes till måndag 19 maj 2025"
STOP = "Stoppdatum för ”KS: budget” är måndag 19 maj 2025, men fastställdes till tisdag 20 maj 2025"


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("prov\n", "prov\n", []),
        ("KS: [3 juni", "KS: [10 juni", [WITH_IT]),
        ("KS: [3 juni", "KS: [{datum: 10 juni, flyttad_från: 3 juni}", [WITH_IT]),
        ("stängt: []", "stängt: [{när: 20 maj, namn: Flytt}]", [STOP, DIALOG]),
        # what somebody has written himself is no drift, and neither is what follows it
        ("när: KS i juni", "när: KS i september", []),
        ("10 arbetsdagar", "12 arbetsdagar", []),
        ("14 dagar före", "15 dagar före", []),
        ("när: ej fastställt", "när: 9 juni", []),
        ("  - {id: dialog, titel: Dialog, när: 10 arbetsdagar före budget_ks}\n", "", []),
        ("KS: [3 juni", "KS: [{datum: 3 juni, inställt: ja}, 10 juni", [WITH_IT]),
        ("typ: beslut}", "typ: beslut, inställt: valet}", []),
    ],
)
def test_only_the_calendar_is_told(tmp_path: Path, old: str, new: str, messages: list[str]) -> None:
    """The first of those that follow each other, with how many."""
    assert found(tmp_path, PLAN, PLAN.replace(old, new)) == messages


def test_a_deviation_of_the_year_is_no_drift(tmp_path: Path) -> None:
    """It has a reason, and who wrote it knows."""
    deviation = "budgetår: 2026\nändra: {budget_ks: {när: 10 juni, skäl: valet}}\n"
    assert found(tmp_path, PLAN, PLAN.replace("KS: [3 juni", "KS: [10 juni"), deviation) == []


def found(folder: Path, decided: str, now: str, deviations: str = "") -> list[str]:
    """The messages, once a definition that was decided has become another."""
    (folder / "process.yaml").write_text(decided, encoding="utf-8")
    assert main(["-C", str(folder), "freeze", "2026", "--date", "2025-02-17", "-q"]) == 0
    (folder / "process.yaml").write_text(now, encoding="utf-8")
    if deviations:
        (folder / "avvikelser-2026.yaml").write_text(deviations, encoding="utf-8")
    (file,) = find_processes(folder)
    findings = Sweep(file).compiled(2026).findings
    return [each.message for each in findings if each.code is Code.DECIDED_DRIFT]
