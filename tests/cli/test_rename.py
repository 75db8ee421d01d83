"""`arshjul rename`: an id is another in every file, the plans are the same, and calendars know the row again."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.cli import main
from arshjul.record.comparing import published
from arshjul.record.model import Record
from arshjul.views.calendar.model import home
from arshjul.views.diff.model import ChangeKind, compare
from arshjul.views.diff.version import version_of

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}   # beslut står här
löper: 1 januari B-1 till 31 december B-1
använder: [krav.yaml]
viktiga: [beslut]
organ:
  KS:
    namn: Kommunstyrelsen
    stoppdatum: 14 dagar före
sammanträden: {2025: {KS: [4 mars, 6 maj, 3 juni]}}
tidsfönster:
- {id: tid, start: dagen efter beslut, slut: 'dagen före uppföljning'}
faser:
- id: ram
  titel: Ramen för beslut
  aktiviteter:
  - {id: beredning, titel: Inför beslut, när: "10 dagar före beslut", underlag: [rapport]}
  - id: beslut   # KS tar det
    titel: Beslut om beslut
    när: KS i juni
    organ: KS
    typ: beslut
    milstolpe: beslut
    om: inte flagga beslut
  - {id: rapport, titel: Rapport, upprepa: {period: [mars, april]}, när: sista dagen i period}
  - {id: efterspel, titel: Efter, start: beslut.utskick + 3 dagar, längd: 1 vecka, om: flagga annat}
  - {titel: Uppföljning, när: senaste av (beslut och rapport.april)}
"""
RENAMED = """\
process: prov
titel: Prov {B}   # beslut står här
löper: 1 januari B-1 till 31 december B-1
använder: [krav.yaml]
viktiga: [ks_beslut]
organ:
  KS:
    namn: Kommunstyrelsen
    stoppdatum: 14 dagar före
sammanträden: {2025: {KS: [4 mars, 6 maj, 3 juni]}}
tidsfönster:
- {id: tid, start: dagen efter ks_beslut, slut: 'dagen före uppföljning'}
faser:
- id: ram
  titel: Ramen för beslut
  aktiviteter:
  - {id: beredning, titel: Inför beslut, när: "10 dagar före ks_beslut", underlag: [rapport]}
  - id: ks_beslut   # KS tar det
    tidigare_id: beslut
    titel: Beslut om beslut
    när: KS i juni
    organ: KS
    typ: beslut
    milstolpe: beslut
    om: inte flagga beslut
  - {id: rapport, titel: Rapport, upprepa: {period: [mars, april]}, när: sista dagen i period}
  - {id: efterspel, titel: Efter, start: ks_beslut.utskick + 3 dagar, längd: 1 vecka, om: flagga annat}
  - {titel: Uppföljning, när: senaste av (ks_beslut och rapport.april)}
"""
REQUIREMENTS = "krav:\n- {id: ordning, regel: beredning är före beslut, text: först beslut}\n"
DEVIATIONS = """\
budgetår: 2026
ändra:
  beslut: {kommentar: som beslut, skäl: beslut}
  rapport.mars: {när: dagen efter beslut, skäl: s}
lägg_till:
- {fas: ram, efter: beslut, id: ny, titel: Ny, när: dagen efter beslut, skäl: s}
flaggor: {annat: beslut}
"""
DONE = "# beslut\nbeslut: 2025-06-03\nrapport.mars: 2025-04-01\n"
PLAN = PROCESS.replace("beslut.utskick + 3 dagar", "beslut + 3 dagar")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a process with all kinds of files."""
    folder = tmp_path / "processes" / "prov"
    folder.mkdir(parents=True)
    files = {
        "process.yaml": PLAN,
        "krav.yaml": REQUIREMENTS,
        "avvikelser-2026.yaml": DEVIATIONS,
        "klart-2026.yaml": DONE,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def text(path: Path) -> str:
    """What the file holds."""
    return path.read_text(encoding="utf-8")


def test_only_the_id_is_another_in_every_file(folder: Path, capsys: Output) -> None:
    """Not the words of a text, a milestone or a flag; the row says what it was called."""
    assert main(["rename", "beslut", "ks_beslut"]) == 0
    assert text(folder / "process.yaml") == RENAMED.replace("ks_beslut.utskick", "ks_beslut")
    assert text(folder / "krav.yaml") == REQUIREMENTS.replace("före beslut", "före ks_beslut")
    assert text(folder / "avvikelser-2026.yaml") == (
        DEVIATIONS.replace("  beslut:", "  ks_beslut:")
        .replace("efter beslut", "efter ks_beslut")
        .replace("efter: beslut", "efter: ks_beslut")
    )
    assert text(folder / "klart-2026.yaml") == DONE.replace("\nbeslut:", "\nks_beslut:")
    assert capsys.readouterr().err.endswith("beslut heter ks_beslut; planen är i övrigt som förut\n")


ROWS = {
    "an activity": ("beslut", "ks_beslut"),
    "one of several rounds": ("rapport", "manadsrapport"),
    "a phase": ("ram", "ramfas"),
    "a window": ("tid", "namndstid"),
    "a requirement": ("ordning", "forst"),
    "a row that the year adds": ("ny", "nyare"),
    "an id made from the title": ("uppföljning", "folj_upp"),
}


@pytest.mark.parametrize(("old", "new"), ROWS.values(), ids=ROWS.keys())
def test_calendars_and_comparisons_know_the_rows_again(folder: Path, old: str, new: str) -> None:
    """The same events by UID, no row that came or went, and no date that moved."""
    project = folder.parents[1]
    before = compiler.compile_process(compiler.find_processes(project)[0], 2026)
    made = published(before.timeline, home(before.timeline), Record())
    record = Record().follows("prov", made.lines, made.edition)
    assert main(["rename", old, new]) == 0
    after = compiler.compile_process(compiler.find_processes(project)[0], 2026)
    assert not any(old in (row.row.activity, row.phase) for row in after.timeline.activities)
    again = published(after.timeline, home(after.timeline), record)
    assert again.lines.keys() == record.events["prov"].keys()
    assert not any(line.gone for line in again.lines.values())
    found = compare(version_of(before, "a"), version_of(after, "b"))
    assert {change.kind for change in found.changes} <= {ChangeKind.RENAMED}
    assert not found.causes


def test_the_first_id_is_the_one_that_stays(folder: Path) -> None:
    """However often a row is renamed; and a row that has its first name again says nothing of it."""
    file = folder / "process.yaml"
    main(["rename", "beslut", "a"])
    main(["rename", "a", "b"])
    assert "id: b   # KS tar det\n    tidigare_id: beslut\n" in text(file)
    main(["rename", "b", "beslut"])
    assert text(file) == PLAN


REFUSED = {
    "no id": (["beslut", "KS beslut"], "”KS beslut” kan inte vara ett id"),
    "a word of the language": (["beslut", "juni"], "”juni” är upptaget"),
    "taken": (["beslut", "rapport"], "rapport finns redan i prov"),
    "taken by an id made from a title": (["beslut", "uppföljning"], "uppföljning finns redan i prov"),
    "a body": (["KS", "kommunstyrelsen"], "KS finns inte"),
    "a round": (["rapport.mars", "mars_rapport"], "rapport.mars är en omgång"),
    "nothing is called so": (["besult", "b"], "besult finns inte"),
    "the same": (["beslut", "beslut"], "beslut heter redan så"),
    "one word": (["beslut"], "Id:t som det är och det nya behövs"),
}


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_unclear_is_refused(folder: Path, capsys: Output, words: list[str], message: str) -> None:
    """Nothing is written."""
    assert main(["rename", *words]) == 2
    assert capsys.readouterr().err.startswith(f"arshjul: fel: {message}")
    assert text(folder / "process.yaml") == PLAN


def other_process(folder: Path, name: str, text_: str) -> Path:
    """One more process in the project."""
    file = folder.parent / name / "process.yaml"
    file.parent.mkdir()
    file.write_text(text_, encoding="utf-8")
    return file


def test_the_form_of_the_file_is_kept(folder: Path) -> None:
    """Quotes, ends of lines and the mark that Notepad puts first."""
    file = folder / "process.yaml"
    written = PLAN.replace("{id: rapport, titel", "{\"id\": 'rapport', titel").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + written.encode())
    assert main(["rename", "rapport", "ny_rapport"]) == 0
    expected = written.replace("'rapport'", "'ny_rapport', tidigare_id: rapport")
    expected = expected.replace("[rapport]", "[ny_rapport]").replace("rapport.april", "ny_rapport.april")
    assert file.read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_a_name_in_a_text_of_several_lines_is_refused(folder: Path, capsys: Output) -> None:
    """Where it stands there cannot be told for certain."""
    file = folder / "process.yaml"
    folded = PLAN.replace("när: KS i juni", "när: >-\n      KS i\n      juni").replace(
        '"10 dagar före beslut"', '"10 dagar\n      före beslut"'
    )
    file.write_text(folded, encoding="utf-8")
    assert main(["rename", "beslut", "ks_beslut"]) == 2
    assert "process.yaml: ändras inte, beslut står i en text på flera rader, rad 17\n" in capsys.readouterr().err
    assert text(file) == folded


def test_a_process_that_builds_on_it_follows(folder: Path) -> None:
    """Its own changes name the row by its new id."""
    upper = other_process(
        folder, "egen", "process: egen\nbygger_på: ../prov/process.yaml\nändra:\n  beslut: {när: KS i maj}\n"
    )
    assert main(["rename", "prov/beslut", "ks_beslut"]) == 0
    assert "  ks_beslut: {när: KS i maj}\n" in text(upper)


def test_a_file_that_another_process_reads_is_not_changed_under_it(folder: Path, capsys: Output) -> None:
    """The other one has a row of that name too: its requirement would name nothing."""
    other = PLAN.replace("process: prov", "process: andra").replace("krav.yaml", "../prov/krav.yaml")
    other_process(folder, "andra", other)
    assert main(["rename", "prov/beslut", "ks_beslut"]) == 2
    assert "andra 2026 skulle bli en annan plan: " in capsys.readouterr().err
    assert text(folder / "process.yaml") == PLAN


def test_what_ships_with_the_program_is_not_changed(folder: Path, capsys: Output) -> None:
    """A row of the base is no row of the process's own files."""
    other_process(folder, "egen", "process: egen\nbygger_på: arshjul:rambudget\n")
    assert main(["rename", "arshjul:rambudget/budget_ks", "x"]) in (2, 3)
    assert "arshjul" in capsys.readouterr().err


def test_the_dry_run_writes_nothing(folder: Path, capsys: Output) -> None:
    """The diff is on stdout."""
    assert main(["rename", "beslut", "ks_beslut", "--dry-run"]) == 0
    assert "+  - id: ks_beslut   # KS tar det\n+    tidigare_id: beslut\n" in capsys.readouterr().out
    assert text(folder / "process.yaml") == PLAN


def test_the_first_id_of_a_row_is_nobody_elses(folder: Path, capsys: Output) -> None:
    """A new row by that name would have the events of the old one."""
    main(["rename", "beslut", "ks_beslut"])
    file = folder / "process.yaml"
    file.write_text(text(file) + "  - {id: beslut, titel: En annan rad, när: 1 juni}\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "2026"]) == 1
    assert "fel[duplicate-id]: ”beslut” är taget: kalendrar känner raden på sitt tidigare_id" in capsys.readouterr().out
