"""No process here: what lies there and nearly is one is named, with what to do; and two of one id are refused."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from arshjul.cli import main

PROCESS = """\
process: budget
löper: 1 januari B-1 till 31 december B-1
faser:
- id: ram
  aktiviteter:
  - {id: dialog, titel: Dialog, när: 13 maj}
"""
HERE = "här finns ingen process, varken i processes/ eller som process.yaml"
HIDDEN = " (Utforskaren döljer .txt tills du visar filnamnstillägg)"


def lay(folder: Path, files: Mapping[str, str]) -> Path:
    """The files, in the folder of the project."""
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "reason", "hint"),
    [
        ("process.yml", "process.yml läses inte", "byt namn på filen till process.yaml"),
        ("Process.yaml", "Process.yaml läses inte", "byt namn på filen till process.yaml"),
        ("PROCESS.YAML", "PROCESS.YAML läses inte", "byt namn på filen till process.yaml"),
        ("process.yaml.txt", "process.yaml.txt läses inte", f"byt namn på filen till process.yaml{HIDDEN}"),
        ("process.txt", "process.txt läses inte", f"byt namn på filen till process.yaml{HIDDEN}"),
        ("process (1).yaml", "process (1).yaml läses inte", "byt namn på filen till process.yaml"),
        ("budget.yaml", "budget.yaml läses inte", "byt namn på filen till process.yaml"),
        (
            "processes/budget/process.yml",
            "processes/budget/process.yml läses inte",
            "byt namn på filen till process.yaml",
        ),
        ("processer/process.yaml", "processer/process.yaml läses inte", "byt namn på mappen processer till processes"),
        (
            "Processes/budget/process.yaml",
            "Processes/budget/process.yaml läses inte",
            "byt namn på mappen Processes till processes",
        ),
        (
            "budget/process.yaml",
            "budget/process.yaml läses inte",
            "lägg mappen i processes/, eller ange den: -C budget",
        ),
        (
            "min kommun/processes/budget/process.yaml",
            "min kommun/processes/budget/process.yaml läses inte",
            'lägg mappen i processes/, eller ange den: -C "min kommun"',
        ),
    ],
)
@pytest.mark.parametrize("command", [["build", "2026"], ["check"], ["show", "2026", "budget"]])
def test_what_nearly_is_a_process_is_named(
    tmp_path: Path,
    file: str,
    reason: str,
    hint: str,
    command: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 3, and one line that says what to do."""
    monkeypatch.chdir(lay(tmp_path, {file: PROCESS}))
    assert main(command) == 3
    assert capsys.readouterr().err == f"arshjul: fel: .: {HERE}; {reason}\n   hjälp: {hint}\n"


def test_an_empty_folder_of_processes_beside_a_process_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `processes/` the project's own process file is not one."""
    monkeypatch.chdir(lay(tmp_path, {"process.yaml": PROCESS, "processes/README.md": ""}))
    assert main(["check"]) == 3
    assert "process.yaml läses inte bredvid mappen processes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "up"),
    [("tidplaner", ".."), ("tidplaner/2026", "../.."), ("processes", ".."), ("processes/egen", "../..")],
)
def test_from_a_folder_inside_a_project_the_way_up_is_told(
    tmp_path: Path, folder: str, up: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is right."""
    lay(tmp_path, {"processes/budget/process.yaml": PROCESS, f"{folder}/README.md": ""})
    monkeypatch.chdir(tmp_path / folder)
    assert main(["check", "2026"]) == 3
    assert f"hjälp: ange dess mapp: -C {up}\n" in capsys.readouterr().err
    assert main(["check", "2026", "-C", up]) == 0


def test_where_nothing_is_like_a_process_a_beginning_is_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other YAML files are not guessed at, and what may not be followed is not."""
    deep = lay(tmp_path / "a" / "b" / "c", {"mkdocs.yaml": "site_name: x\n", ".git/process.yaml": PROCESS})
    (deep / "process.yml").symlink_to(tmp_path / "nowhere")
    monkeypatch.chdir(deep)
    (deep / "process.yml").unlink()
    assert main(["check"]) == 3
    told = capsys.readouterr().err
    assert told.startswith(f"arshjul: fel: .: {HERE}\n   hjälp: ")
    assert "-C" in told


def test_inside_the_folder_of_a_process_the_project_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is read, but what lies beside it is not reached and the plans go elsewhere than the user thinks."""
    lay(
        tmp_path,
        {"processes/x/process.yaml": f"använder: [../organ.yaml]\n{PROCESS}", "processes/organ.yaml": "organ: {}\n"},
    )
    monkeypatch.chdir(tmp_path / "processes" / "x")
    assert main(["build", "2026", "-f", "md"]) == 1
    told = capsys.readouterr().err
    assert "Ange projektet: -C ../..\n" in told
    assert f"är projektet {tmp_path.name}, kör därifrån eller ange den mappen med -C" in told
    assert main(["build", "2026", "-f", "md", "-C", "../.."]) == 0
    assert "-C" not in capsys.readouterr().err


@pytest.mark.parametrize("command", [["build", "2026"], ["check", "2026"], ["wheel", "2025"], ["show", "2026"]])
def test_two_processes_of_one_id_are_refused(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are named; one of them can be chosen by its path."""
    lay(tmp_path, {"processes/a/process.yaml": PROCESS, "processes/b/process.yaml": PROCESS})
    assert main([*command, "-C", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "budget finns på flera ställen: processes/a/process.yaml och processes/b/process.yaml" in told.err
    assert (told.out, (tmp_path / "tidplaner").exists()) == ("", False)
    assert main([*command, "processes/a", "-C", str(tmp_path)]) in (0, 1)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights are those of POSIX")
@pytest.mark.parametrize(
    ("locked", "mode"),
    [
        ("processes", 0o000),
        ("processes/budget", 0o000),
        ("processes/budget", 0o444),
        ("processes/budget/process.yaml", 0o000),
        ("processes/budget/organ.yaml", 0o000),
        ("processes/budget/delar", 0o000),
        ("processes/budget/delar", 0o444),
        ("processes/budget/avvikelser-2026.yaml", 0o000),
        ("processes/budget/kalender.yaml", 0o000),
        ("processes/budget/oläst", 0o000),
    ],
)
@pytest.mark.parametrize("words", [["check", "2026"], ["check"], ["build", "2026", "-f", "md"]])
def test_what_may_not_be_read_is_exit_3(
    users_folder: Path, locked: str, mode: int, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is never passed over, be it listed, read by its name, or merely lying there: nobody knows what is in it."""
    files = {
        "process.yaml": f"använder: [organ.yaml, delar/k.yaml]\n{PROCESS}",
        "organ.yaml": "organ: {}\n",
        "delar/k.yaml": "roller: {}\n",
        "avvikelser-2026.yaml": "budgetår: 2026\n",
        "kalender.yaml": "kalender: {}\n",
        "oläst/README.md": "",
    }
    lay(users_folder, {f"processes/budget/{name}": text for name, text in files.items()})
    place = users_folder / locked
    place.chmod(mode)
    try:
        assert main([*words, "-C", str(users_folder)]) == 3
    finally:
        place.chmod(0o755)
    told = capsys.readouterr().err
    assert f"{locked.rpartition('/')[2]}" in told
    assert "får inte läsas" in told


@pytest.mark.parametrize(
    "words",
    [["2026"], [], ["2026", "--select", "day-off"], ["2026", "--ignore", "unread-file"], ["2026", "-f", "json"]],
)
def test_deviations_that_nothing_reads_survive_every_choice(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Also without a year, of which there is none but for that file; on stdout as any finding. Nothing is built."""
    process = PROCESS + "kontroller: {unread-file: av}\n"
    lay(tmp_path, {"process.yaml": process, "avvikelser_2026.yaml": "budgetår: 2026\n", "krav.yaml": "krav: []\n"})
    assert main(["check", *words, "-C", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "”avvikelser_2026.yaml” läses inte" in told
    assert main(["build", "2026", "-C", str(tmp_path)]) == 1
    assert not (tmp_path / "tidplaner").exists()
