"""`arshjul.json`: what a build publishes is numbered, and what lies in its folder is ours or left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from icalendar import Calendar

from arshjul.cli import main
from arshjul.cli.console import Console
from arshjul.cli.destination import Destination
from arshjul.cli.shelf import Shelf, made_of_several, record_in
from arshjul.record.model import NAME

Output = pytest.CaptureFixture[str]
PLAN = """\
process: budget
titel: Tidplan för budget {B}
organisation: Exempelkommun
löper: 1 januari B-1 till 31 december B-1
organ:
  KS: {namn: Kommunstyrelsen, grupp: förtroendevalda, stoppdatum: 14 dagar före}
sammanträden: {2025: {KS: [3 juni, 2 september]}}
faser:
- id: ram
  aktiviteter:
  - {id: budget_ks, titel: "KS: budget", när: KS i juni, organ: KS, typ: beslut}
  - {id: dialog, titel: Dialog, när: 10 arbetsdagar före budget_ks}
"""
BUILD = ("build", "2026", "--no-check", "-q")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one process; the file of its definition."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "process.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def edit(file: Path, old: str, new: str) -> None:
    """Change a definition."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def sequences(file: Path) -> dict[str, int]:
    """Title → SEQUENCE; DTSTAMP is as many minutes into the year before the budget's."""
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    found = {str(event["summary"]): int(str(event["sequence"])) for event in events}
    minutes = [f"DTSTAMP:20250101T{number // 60:02}{number % 60:02}00Z" for number in found.values()]
    stamps = [line for line in file.read_text(encoding="utf-8").split("\n") if line.startswith("DTSTAMP")]
    assert [stamp.strip() for stamp in stamps] == minutes
    return found


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Name → bytes, and when it was last written."""
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_a_changed_rule_raises_what_it_moves(plan: Path) -> None:
    """And nothing else; back again it rises once more."""
    calendar = plan.parent / "tidplaner/2026/budget.ics"
    assert main([*BUILD, "-f", "ics"]) == 0
    assert sequences(calendar) == {"KS: budget": 0, "Dialog": 0, "Stoppdatum KS: budget": 0}
    for number, (old, new) in enumerate(
        [("10 arbetsdagar", "12 arbetsdagar"), ("12 arbetsdagar", "10 arbetsdagar")], 1
    ):
        edit(plan, old, new)
        main([*BUILD, "-f", "ics"])
        assert sequences(calendar) == {"KS: budget": 0, "Dialog": number, "Stoppdatum KS: budget": 0}


def test_a_meeting_moved_and_moved_back_never_falls(plan: Path) -> None:
    """Whether it is declared or not."""
    calendar = plan.parent / "tidplaner/2026/budget.ics"
    moved, found = "{datum: 10 juni, flyttad_från: 3 juni}", []
    for old, new in [("3 juni", "3 juni"), ("3 juni", moved), (moved, "3 juni")]:
        edit(plan, old, new)
        main([*BUILD, "-f", "ics"])
        found.append([number for title, number in sequences(calendar).items() if "Stoppdatum" in title])
    assert found == [[0], [1], [2]]


def test_a_build_after_a_build_writes_nothing(plan: Path, capsys: Output) -> None:
    """No file anew, the record neither; they are named as what they are."""
    folder = plan.parent / "tidplaner/2026"
    main([*BUILD, "-f", "ics,md,html,xlsx"])
    before = state(folder)
    assert main(["build", "2026", "--no-check", "-f", "md,ics"]) == 0
    assert state(folder) == before
    assert capsys.readouterr().err.startswith("oförändrad: tidplaner/2026/budget.md\n")


def test_every_edition_reads_and_writes_one_number(plan: Path) -> None:
    """Public, of a body, without checks, in other formats: the lines of the events stand still."""
    record = plan.parent / "tidplaner/2026" / NAME
    main([*BUILD, "-f", "md"])
    events = [line for line in record.read_bytes().splitlines() if line.startswith(b'{"uid"')]
    for words in (["--edition", "public"], ["--body", "KS", "-f", "ics"], ["-f", "json,ics"], ["--by", "meeting"]):
        main(["build", "2026", "-q", *words])
        assert [line for line in record.read_bytes().splitlines() if line.startswith(b'{"uid"')] == events


@pytest.mark.parametrize("words", [["-n"], ["-o", "ut"], ["-o", "-"]])
def test_only_what_is_published_is_recorded(plan: Path, words: list[str]) -> None:
    """Another folder gets a record of its files only."""
    main([*BUILD, "-f", "ics"])
    record = plan.parent / "tidplaner/2026" / NAME
    before = record.read_bytes()
    edit(plan, "10 arbetsdagar", "12 arbetsdagar")
    main([*BUILD, "-f", "ics", *words])
    assert record.read_bytes() == before
    if words == ["-o", "ut"]:
        assert sequences(plan.parent / "ut/budget.ics")["Dialog"] == 1
        lines = (plan.parent / "ut" / NAME).read_text(encoding="utf-8").splitlines()
        assert [line[:8] for line in lines] == ['{"file":'] * 3


def test_a_body_that_is_renamed_leaves_a_calendar_that_is_told(plan: Path, capsys: Output) -> None:
    """It is removed when asked for, and only then."""
    folder = plan.parent / "tidplaner/2026"
    main([*BUILD, "-f", "ics,md"])
    edit(plan, "KS", "KSN")
    main(["build", "2026", "--no-check", "-f", "md"])
    told = capsys.readouterr().err
    assert (
        "tidplaner/2026/budget-KS.ics är kvar från ett tidigare bygge: "
        "KS är inte med i budget; ta bort den med --prune\n"
    ) in told
    assert "tidplaner/2026/budget.ics visar en tidigare tidplan; den byggdes inte den här gången\n" in told
    assert (folder / "budget-KS.ics").is_file()
    main(["build", "2026", "--no-check", "-f", "ics", "--prune"])
    assert "tog bort tidplaner/2026/budget-KS.ics\n" in capsys.readouterr().err
    assert sorted(state(folder)) == [NAME, "budget-KSN.ics", "budget-fortroendevalda.ics", "budget.ics", "budget.md"]
    assert b"budget-KS.ics" not in (folder / NAME).read_bytes()


def test_a_process_that_is_gone_leaves_files_that_are_told(plan: Path, capsys: Output) -> None:
    """And one that could not be built leaves those of before."""
    for name in ("budget", "delar"):
        file = plan.parent / "processes" / name / "process.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(PLAN.replace("process: budget", f"process: {name}"), encoding="utf-8")
    main([*BUILD, "-f", "md"])
    edit(plan.parent / "processes/budget/process.yaml", "KS i juni", "KS i junni")
    shutil.rmtree(plan.parent / "processes/delar")
    capsys.readouterr()
    assert main(["build", "2026", "--no-check", "-f", "md", "--prune"]) == 1
    told = capsys.readouterr().err
    assert "budget skrevs inte; kvar ligger en tidigare tidplan: budget.md\n" in told
    assert told.endswith("tog bort tidplaner/2026/delar.md\n")
    assert sorted(state(plan.parent / "tidplaner/2026")) == [NAME, "budget.md"]


def test_what_somebody_has_filled_in_is_not_written_over(plan: Path, capsys: Output) -> None:
    """All or none of the process, until `--force`."""
    folder = plan.parent / "tidplaner/2026"
    main([*BUILD, "-f", "md,csv"])
    (folder / "budget.csv").write_text("ifylld", encoding="utf-8")
    edit(plan, "Dialog", "Dialogdag")
    before = state(folder)
    assert main([*BUILD, "-f", "md,csv"]) == 3
    assert capsys.readouterr().err == (
        "arshjul: fel: tidplaner/2026/budget.csv: har ändrats sedan den byggdes och skrivs inte över\n"
        "   hjälp: spara undan den under ett annat namn, eller bygg med --force\n"
    )
    assert state(folder) == before
    assert main([*BUILD, "-f", "md,csv", "--force"]) == 0
    assert b"Dialogdag" in (folder / "budget.csv").read_bytes()


def test_a_calendar_of_somebody_else_is_never_touched(plan: Path, capsys: Output) -> None:
    """Not even with `--force`."""
    folder = plan.parent / "tidplaner/2026"
    folder.mkdir(parents=True)
    (folder / "budget.ics").write_text("BEGIN:VCALENDAR\nPRODID:annan\n", encoding="utf-8")
    assert main([*BUILD, "-f", "ics", "--force"]) == 3
    assert "kommer inte från arshjul" in capsys.readouterr().err
    assert list(state(folder)) == ["budget.ics"]


def test_calendars_without_a_record_are_taken_over_when_asked(plan: Path, capsys: Output) -> None:
    """A folder of version 0.1: above the highest number in it, for all events."""
    folder = plan.parent / "tidplaner/2026"
    main([*BUILD, "-f", "ics"])
    (folder / NAME).unlink()
    calendar = folder / "budget.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"SEQUENCE:0", b"SEQUENCE:7", 1))
    before = state(folder)
    for words in (["-f", "md"], ["-f", "ics", "-o", "-"]):
        assert main([*BUILD, *words]) == 3
        assert "--new-record" in capsys.readouterr().err
        assert state(folder) == before
    assert main([*BUILD, "-f", "ics", "--new-record"]) == 0
    assert set(sequences(calendar).values()) == {8}
    assert main([*BUILD, "-f", "ics", "--new-record"]) == 2


@pytest.mark.parametrize("text", ["hej\n", '{"file":"../x","hash":"0"}\n'])
def test_a_record_that_is_not_ours_stops_the_build(plan: Path, capsys: Output, text: str) -> None:
    """Exit code 3, with its line and what to do; nothing is written."""
    folder = plan.parent / "tidplaner/2026"
    folder.mkdir(parents=True)
    (folder / NAME).write_text(text, encoding="utf-8")
    assert main([*BUILD, "-f", "md"]) == 3
    assert capsys.readouterr().err == (
        "arshjul: fel: tidplaner/2026/arshjul.json: rad 1 är ingen rad som arshjul har skrivit\n"
        "   hjälp: hämta den som den var ur git, eller ta bort den och bygg en gång med --new-record\n"
    )
    assert list(state(folder)) == [NAME]


def test_two_merged_branches_are_no_error(plan: Path) -> None:
    """Conflict marks and all: the next build is above both, and the files are ours again."""
    folder = plan.parent / "tidplaner/2026"
    main([*BUILD, "-f", "ics,md"])
    other = plan.parent / "klon"
    shutil.copytree(folder, other / "tidplaner/2026")
    shutil.copy(plan, other)
    edit(other / "process.yaml", "3 juni", "10 juni")
    main([*BUILD, "-C", "klon", "-f", "ics,md"])
    edit(plan, "10 arbetsdagar", "12 arbetsdagar")
    main([*BUILD, "-f", "ics,md"])
    ours, theirs = ((place / NAME).read_text(encoding="utf-8") for place in (folder, other / "tidplaner/2026"))
    (folder / NAME).write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> klon\n", encoding="utf-8")
    (folder / "budget.md").write_text("sammanslagen av git\n", encoding="utf-8")
    edit(plan, "3 juni", "10 juni")
    assert main([*BUILD, "-f", "ics,md"]) == 0
    assert sequences(folder / "budget.ics") == {"KS: budget": 2, "Dialog": 2, "Stoppdatum KS: budget": 2}
    before = state(folder)
    assert main([*BUILD, "-f", "ics,md"]) == 0
    assert state(folder) == before


def test_an_edition_is_begun_where_the_plans_are_published(plan: Path, capsys: Output) -> None:
    """Of a process; `-o` publishes nothing."""
    main([*BUILD, "-f", "md"])
    main([*BUILD, "-f", "md", "--release"])
    assert b'{"process":"budget","edition":2}\n' in (plan.parent / "tidplaner/2026" / NAME).read_bytes()
    assert main([*BUILD, "-o", "ut", "--release"]) == 2
    assert capsys.readouterr().err == (
        "arshjul: fel: --release gäller det som publiceras i tidplaner/2026\n   hjälp: bygg utan -o\n"
    )


def test_a_record_of_many_is_written_a_few_times(tmp_path: Path) -> None:
    """After the first, the third, the seventh …, and last: what it holds of each grows, and so would the work."""
    shelf = Shelf(Destination(tmp_path, tmp_path, tmp_path), Console(quiet=True), keeps_events=True)
    versions = set[bytes]()
    for number in range(40):
        shelf.write(made_of_several({f"{number}.svg": b"x"}))
        versions.add((tmp_path / NAME).read_bytes())
    assert len(versions) == 5
    shelf.finish()
    assert len(record_in(tmp_path).files) == 40
    before = (tmp_path / NAME).stat().st_mtime_ns
    shelf.finish()
    assert (tmp_path / NAME).stat().st_mtime_ns == before


def test_what_another_build_writes_meanwhile_is_kept(tmp_path: Path) -> None:
    """With what this one has not written down yet."""
    place = Destination(tmp_path, tmp_path, tmp_path)
    one, other = (Shelf(place, Console(quiet=True), keeps_events=True) for _ in range(2))
    for name in ("a.svg", "b.svg"):
        one.write(made_of_several({name: b"x"}))
    assert [*record_in(tmp_path).files] == ["a.svg"]
    other.write(made_of_several({"c.svg": b"x"}))
    one.finish()
    assert [*record_in(tmp_path).files] == ["a.svg", "b.svg", "c.svg"]


def test_a_process_that_is_refused_leaves_the_record_of_the_others(plan: Path, capsys: Output) -> None:
    """Its formats are not written, and nothing is said of them."""
    text = plan.read_text(encoding="utf-8")
    plan.unlink()
    for name in ("a", "b", "c", "d"):
        (plan.parent / "processes" / name).mkdir(parents=True)
        (plan.parent / "processes" / name / "process.yaml").write_text(
            text.replace("budget\n", f"{name}\n", 1), "utf-8"
        )
    folder = plan.parent / "tidplaner/2026"
    folder.mkdir(parents=True)
    (folder / "b.ics").write_bytes(b"BEGIN:VCALENDAR\nnot ours")
    assert main([*BUILD, "-f", "md,ics"]) == 3
    assert "kommer inte från arshjul" in capsys.readouterr().err
    assert sorted(record_in(folder).events) == ["a", "c", "d"]
    assert not (folder / "b.md").exists()
