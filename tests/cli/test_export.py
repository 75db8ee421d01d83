"""`arshjul export --meetings`: the adopted meetings as a calendar and a list, which our own import reads back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.cli.meeting_export import meetings_of_year
from arshjul.compiler import ProcessPath, find_processes
from arshjul.definition.find import select
from arshjul.intake.meetings.recognise import candidate, prove
from arshjul.intake.meetings.writing import as_yaml
from arshjul.views.meetings import csv, ics

Output = pytest.CaptureFixture[str]
RENDER = {"ics": ics.render, "csv": csv.render}
PROCESS = """\
process: prov
titel: Prov
organisation: Exempel, kommun
faser:
- {id: f, titel: F, aktiviteter: [{id: a, titel: A, när: KS i juni}]}
organ:
  KS: {namn: Kommunstyrelsen, tid: kl 13.00, plats: "Sal; A, B", mötestid: 2 timmar, preliminärt: [tisdag v. 50]}
  BUN_AU: {namn: Barn- och utbildningsnämndens arbetsutskott}
  KF: {}
  SN: {preliminärt: [3 juni]}
sammanträden:
  2025:
    beslutad: KF 2024-11-25
    KS:
    - 2025-05-06
    - {datum: 2025-06-10, flyttad_från: 2025-06-03, ärenden: [rambudget, bokslut], tid: kl 9.00–12.00}
    - 9 sept heldag
    - "14 oktober inställt: få ärenden"
    - prel. 4 november fm kl 9.00
    BUN_AU: [{datum: 3 mars, plats: Rådhuset}, 19–20 augusti, 30 september–1 oktober]
    KF: [16 juni, "17 juni?"]
"""
PLAN = """\
# Kommunstyrelsen
KS:
- {datum: 2025-05-06, tid: kl 13.00, plats: "Sal; A, B"}
- {datum: 2025-06-10, tid: kl 9.00–12.00, plats: "Sal; A, B", flyttad_från: 2025-06-03, ärenden: [rambudget, bokslut]}
- {datum: 2025-09-09, tid: heldag, plats: "Sal; A, B"}
- {datum: 2025-10-14, tid: kl 13.00, plats: "Sal; A, B", inställt: ja}
- {datum: 2025-11-04, tid: fm kl 9.00, plats: "Sal; A, B", preliminärt: ja}
# Barn- och utbildningsnämndens arbetsutskott
BUN_AU:
- {datum: 2025-03-03, plats: Rådhuset}
- 19–20 augusti
- 30 september–1 oktober
KF:
- 2025-06-16
- {datum: 2025-06-17, preliminärt: ja}
"""


@pytest.fixture
def process(tmp_path: Path) -> ProcessPath:
    """A process with a plan of every sort of meeting; what is only a draft is no part of it."""
    (tmp_path / "process.yaml").write_text(PROCESS, encoding="utf-8")
    (file,) = find_processes(tmp_path)
    return file


@pytest.mark.parametrize("form", RENDER)
def test_the_export_read_back_is_the_same_plan(process: ProcessPath, form: str) -> None:
    """Bodies, days, clock times, places, matters, and what is cancelled, preliminary or moved."""
    written = RENDER[form](meetings_of_year([process], 2025))
    plan = candidate(f"plan.{form}", written, {}).plan(2025, {})
    text = as_yaml(plan, "plan")
    prove(plan, text, "plan.yaml")
    assert text == f"# Inläst ur plan.\nkalenderår: 2025\n{PLAN}"


@pytest.mark.parametrize("form", RENDER)
@pytest.mark.parametrize(("name", "year"), [("rambudget", 2022), ("namndprocess", 2025), ("regionplan", 2021)])
def test_a_shipped_plan_comes_back(name: str, year: int, form: str) -> None:
    """Day for day."""
    (file,) = select((), [f"arshjul:{name}"], Path())
    plan = meetings_of_year([file], year)
    back = candidate(f"plan.{form}", RENDER[form](plan), {}).plan(year, {})
    assert back.listed == ()
    wanted = sorted((each.body.id, each.meeting.day, each.meeting.last_day, each.times) for each in plan.meetings)
    found = [(body.id, each.day, each.end or each.day, each.times) for body in back.bodies for each in body.meetings]
    assert sorted(found) == wanted


def test_a_meeting_that_is_moved_keeps_its_name(process: ProcessPath) -> None:
    """Its UID is of the day first planned, and SEQUENCE says which file is the later."""

    def uids(text: str) -> dict[str, str]:
        process.path.write_text(text, encoding="utf-8")
        lines = ics.render(meetings_of_year([process], 2025)).decode().split("\r\n")
        return {uid: number for uid, number in pairwise(lines) if uid.startswith("UID:")}

    before = uids(PROCESS)
    after = uids(PROCESS.replace("- 2025-05-06", "- {datum: 2025-05-13, flyttad_från: 2025-05-06}"))
    assert list(after) == list(before)
    assert [number for uid, number in after.items() if before[uid] != number] == ["SEQUENCE:1"]
    assert len(set(before)) == 10


def test_it_writes_both_files_and_replaces_none(project: Path, capsys: Output) -> None:
    """What is there already stays unless it is the same, or `--force` says so."""
    assert main(["export", "--meetings", "2025"]) == 0
    assert capsys.readouterr().err == "skrev sammantraden-2025.ics\nskrev sammantraden-2025.csv\n"
    assert main(["export", "--meetings", "2025"]) == 0
    (project / "sammantraden-2025.csv").write_text("någon annans", encoding="utf-8")
    assert main(["export", "--meetings", "2025"]) == 3
    assert "finns redan och skrivs inte över" in capsys.readouterr().err
    assert main(["export", "--meetings", "2025", "--force", "-f", "csv"]) == 0
    assert "någon annans" not in (project / "sammantraden-2025.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "Vad som ska skrivas saknas"),
        (["--meetings", "nästa"], 2, "Året saknas"),
        (["--meetings", "2031"], 2, "ingen sammanträdesplan för 2031"),
        (["--meetings", "2025", "-f", "pdf"], 2, "Formatet pdf finns inte"),
        (["--meetings", "2025", "-o", "-"], 2, "ett format i taget"),
        (["--meetings", "2025", "nosuch"], 2, "nosuch"),
        (["--meetings", "2025", "-f", "csv", "-o", "-"], 0, ""),
    ],
)
def test_what_is_asked_wrongly_is_told(words: list[str], code: int, told: str, project: Path, capsys: Output) -> None:
    """With exit code 2, and nothing is written."""
    assert main(["export", *words]) == code
    assert told in capsys.readouterr().err
    assert not list(project.glob("sammantraden*"))
