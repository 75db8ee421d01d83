"""`arshjul check --fix`: the certain corrections are written in, everything else is left as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.cli.console import Console
from arshjul.cli.correcting import correct
from arshjul.cli.examining import Examination
from arshjul.cli.exits import ExitCode
from arshjul.definition.find import find_processes

Output = pytest.CaptureFixture[str]
BROKEN = """\
# Tidplanen
process: prov
löper: 1 januari B-1 till 31 december B-1
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: krävs ej}
sammanträden:
  2025:
    KS: [4 mars,   6 maj, 3/6]   # beslutat i höstas
faser:
- id: a
  aktiviteter:
  -   titel:   Beredning
      när:  mån 2/6  # hej
  - {titel: Beslut, när: KS 3/6}
"""
RIGHT = BROKEN.replace(", 3/6", ", 3 juni").replace("mån 2/6", "mån 2 juni").replace("KS 3/6", "KS 3 juni")


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a project of one process with three dates that are written d/m."""
    file = tmp_path / "processes" / "prov" / "process.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return file


def test_only_what_is_wrong_is_written_and_what_was_changed_is_told(process: Path, capsys: Output) -> None:
    """Comments, blanks and order stay; a line on stderr for each place."""
    assert main(["check", "2026", "--fix"]) == 0
    assert process.read_text(encoding="utf-8") == RIGHT
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "processes/prov/process.yaml:8: 3/6 → 3 juni\n"
        "processes/prov/process.yaml:13: mån 2/6 → mån 2 juni\n"
        "processes/prov/process.yaml:14: KS 3/6 → KS 3 juni\n"
        "inga fynd\n"
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_stay(process: Path, ends: str, mark: bytes) -> None:
    """As Notepad wrote them."""
    process.write_bytes(mark + BROKEN.replace("\n", ends).encode())
    assert main(["check", "2026", "--fix"]) == 0
    assert process.read_bytes() == mark + RIGHT.replace("\n", ends).encode()


def test_what_a_fault_of_yaml_hid_is_corrected_in_the_same_run(process: Path, capsys: Output) -> None:
    """Round after round until no fix is left."""
    process.write_text(BROKEN.replace("process: prov", "process:prov"), encoding="utf-8")
    assert main(["check", "2026", "--fix"]) == 0
    assert process.read_text(encoding="utf-8") == RIGHT
    assert capsys.readouterr().err.startswith("processes/prov/process.yaml:2: process:prov → process: prov\n")


def test_what_is_left_is_printed_and_gives_the_exit_code(process: Path, capsys: Output) -> None:
    """A date with no meeting is nothing that a text mends."""
    process.write_text(BROKEN.replace("KS 3/6", "KS 4/6"), encoding="utf-8")
    assert main(["check", "2026", "--fix", "-f", "json"]) == 1
    out, err = capsys.readouterr()
    assert [finding["line"] for finding in json.loads(out)["findings"]] == [14]
    assert "process.yaml:13: mån 2/6 → mån 2 juni\n" in err
    assert "KS 4/6" in process.read_text(encoding="utf-8")


def test_an_error_of_the_definition_is_corrected_whatever_is_chosen(process: Path) -> None:
    """It survives every choice, and so does its correction."""
    assert main(["check", "2026", "--fix", "--ignore", "expression"]) == 0
    assert process.read_text(encoding="utf-8") == RIGHT


def test_without_fix_nothing_is_written(process: Path) -> None:
    """`check` reads."""
    assert main(["check", "2026"]) == 1
    assert process.read_text(encoding="utf-8") == BROKEN


def test_a_second_run_changes_nothing(process: Path, capsys: Output) -> None:
    """And says nothing of changes."""
    main(["check", "2026", "--fix"])
    capsys.readouterr()
    assert main(["check", "2026", "--fix"]) == 0
    assert capsys.readouterr() == ("", "inga fynd\n")
    assert process.read_text(encoding="utf-8") == RIGHT


def test_a_file_that_may_not_be_written_is_told(users_folder: Path, capsys: Output) -> None:
    """Exit code 3, the file as it was, the findings still printed."""
    file = users_folder / "process.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    file.chmod(0o444)
    assert main(["check", "2026", "--fix", "-C", str(users_folder)]) == 3
    out, err = capsys.readouterr()
    assert "process.yaml: får inte skrivas över" in err
    assert "→" not in err
    assert out.count("fel[expression]") == 3
    assert file.read_text(encoding="utf-8") == BROKEN


def test_a_file_changed_meanwhile_is_not_written(process: Path, capsys: Output) -> None:
    """Somebody saved it between the reading and the writing: their words count."""
    saved = BROKEN + "# sparat av en kollega\n"

    class Slow(Examination):
        def findings(self, *args: object, **named: object) -> object:  # type: ignore[override]
            found = super().findings(*args, **named)  # type: ignore[arg-type]
            process.write_text(saved, encoding="utf-8")
            return found

    project = process.parents[2]
    examination = Slow(find_processes(project), [2026], Console(), project)
    assert correct(examination).code is ExitCode.UNREADABLE
    assert process.read_text(encoding="utf-8") == saved
    assert "ändrades av någon annan under tiden" in capsys.readouterr().err


def test_a_file_that_two_processes_use_is_corrected_once(process: Path, capsys: Output) -> None:
    """The same fix found twice is one."""
    shared = process.parents[1] / "organ.yaml"
    shared.write_text("organ:\n  KS: {namn: Kommunstyrelsen,, stoppdatum: krävs ej}\n", encoding="utf-8")
    for name in ("ett", "två"):
        file = process.parents[1] / name / "process.yaml"
        file.parent.mkdir()
        file.write_text(f"process: {name.replace('å', 'a')}\nanvänder: [../organ.yaml]\n", encoding="utf-8")
    main(["check", "2026", "--fix", "ett", "tva"])
    assert shared.read_text(encoding="utf-8") == "organ:\n  KS: {namn: Kommunstyrelsen, stoppdatum: krävs ej}\n"
    assert capsys.readouterr().err.count("→") == 1


def test_a_linked_or_shipped_file_is_never_written(process: Path, capsys: Output) -> None:
    """A link is refused as when it is read; what ships with arshjul is not the user's."""
    elsewhere = process.parents[2] / "process.yaml"
    process.rename(elsewhere)
    process.symlink_to(elsewhere)
    assert main(["check", "2026", "--fix"]) == 1
    assert elsewhere.read_text(encoding="utf-8") == BROKEN
    assert "→" not in capsys.readouterr().err
    assert main(["check", "2026", "arshjul:rambudget", "--fix", "--select", "syntax"]) == 0


def test_a_key_of_many_rows_is_corrected_in_all_of_them(process: Path, capsys: Output) -> None:
    """One finding, a line for each place."""
    process.write_text(RIGHT.replace("titel:", "Titel:").replace("löper", "loper"), encoding="utf-8")
    assert main(["check", "2026", "--fix", "-f", "json"]) == 0
    assert process.read_text(encoding="utf-8") == RIGHT
    assert capsys.readouterr().err.count("→") == 3
