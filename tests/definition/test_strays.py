"""Nothing lies unread in silence: a file that nothing reads is told, with what would make it read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

import pytest

from arshjul import compiler
from arshjul.compiler import Sweep
from arshjul.diagnostics import Diagnostic, InvalidProcess

PROCESS = """\
process: budget
löper: 1 januari B-1 till 31 december B-1
organ: {KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}}
sammanträden: {2025: {KS: [3 juni]}}
faser:
- id: ram
  aktiviteter:
  - {id: budget_ks, titel: Budget, när: KS i juni, organ: KS, typ: beslut}
  - {id: dialog, titel: Dialog, när: 10 arbetsdagar före budget_ks}
"""
DEVIATIONS = "budgetår: 2026\nstryk: {dialog: hålls inte i år}\n"
PLAN = "kalenderår: 2026\nKS: [2 juni]\n"
CALENDAR = "kalender: {stängt: [{när: 26 maj till 30 maj, namn: Stängt}]}\n"
RULES = "krav: [{id: k, regel: dialog är före budget_ks, nivå: varning, text: T}]\n"


def lay(folder: Path, files: Mapping[str, str]) -> Path:
    """The files, in the folder of the project."""
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def unread(folder: Path, name: str = "budget", year: int = 2026) -> list[Diagnostic]:
    """What is said of files that nothing reads, in the process of that id."""
    (file,) = [file for file in compiler.find_processes(folder) if file.id == name]
    try:
        findings = Sweep(file).compiled(year).findings
    except InvalidProcess as invalid:
        findings = invalid.diagnostics
    return [found for found in findings if found.code == "unread-file"]


def place(found: Diagnostic) -> str:
    """The file, and its text at the place."""
    assert found.span is not None
    line = found.span.source.lines[found.span.line - 1] if found.span.source.text else ""
    return f"{found.span.file}: {line[found.span.column - 1 : found.span.end_column - 1]}"


YEAR_IN_RANGE = "budgetår: och ett år mellan 2005 och 2100 i filen, och döp den till avvikelser-ÅR.yaml"
RENAME = "byt namn på filen till avvikelser-2026.yaml"
HIDDEN = " (Utforskaren döljer .txt tills du visar filnamnstillägg)"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Avvikelser-2026.yaml", RENAME),
        ("AVVIKELSER-2026.YAML", RENAME),
        ("avvikelser_2026.yaml", RENAME),
        ("avvikelser-2026.yml", RENAME),
        ("avvikelser 2026.yaml", RENAME),
        ("avvikelser2026.yaml", RENAME),
        ("avvikelser-2026.yaml.txt", RENAME + HIDDEN),
        ("avvikelser-2026.txt", RENAME + HIDDEN),
        ("avvikelser-2026", RENAME),
        ("avvikelser-26.yaml", RENAME),
        ("avvikelse-2026.yaml", RENAME),
        ("avvikelser-2026 (1).yaml", RENAME),
        ("Kopia av avvikelser-2026.yaml", RENAME),
        ("budget 2026.yaml", RENAME),
        ("2026/avvikelser-2026.yaml", "flytta filen till avvikelser-2026.yaml"),
    ],
)
@pytest.mark.parametrize("more", ["", "använder: ['*.yaml']\n"])
def test_deviations_with_another_name_are_an_error(tmp_path: Path, name: str, hint: str, more: str) -> None:
    """Also where a pattern comes by them: they are read for their year, by their name."""
    (found,) = unread(lay(tmp_path, {"process.yaml": more + PROCESS, name: DEVIATIONS}))
    assert (found.severity, place(found)) == ("fel", f"{name}: budgetår")
    assert (found.message, found.hint) == (f"”{Path(name).name}” läses inte", hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "budgetår: B\n",
            "skriv budgetår: och ett år mellan 2005 och 2100 i filen, och döp den till avvikelser-ÅR.yaml",
        ),
        ('"budgetår": "2027"\n', "byt namn på filen till avvikelser-2027.yaml"),
        ("{budgetår: 2027, stryk: {}}\n", "byt namn på filen till avvikelser-2027.yaml"),
        ("# " + "x" * 3000 + "\nstryk: {}\nbudgetår: 2027\n", "byt namn på filen till avvikelser-2027.yaml"),
        (normalize("NFD", "budgetår: 2027\n"), "byt namn på filen till avvikelser-2027.yaml"),
    ],
)
def test_the_year_is_read_where_it_stands(tmp_path: Path, text: str, hint: str) -> None:
    """The file's own year names it."""
    (found,) = unread(lay(tmp_path, {"process.yaml": PROCESS, "avvikelser.yaml": text}))
    assert (found.severity, found.hint) == ("fel", hint)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_file_of_another_encoding_is_known_all_the_same(tmp_path: Path, encoding: str) -> None:
    """What Anteckningar may save."""
    lay(tmp_path, {"process.yaml": PROCESS})
    (tmp_path / "Avvikelser-2026.yaml").write_bytes(DEVIATIONS.replace("\n", "\r\n").encode(encoding))
    (found,) = unread(tmp_path)
    assert (found.severity, found.hint) == ("fel", RENAME)


COPY = "organ.yaml läses: flytta dit det som ska gälla, och ta bort den här filen"
A_YEAR = f"skriv {YEAR_IN_RANGE}"
A_CALENDAR_YEAR = "skriv kalenderår: och årtalet i filen, och lägg till den i använder"
ONE_PROCESS = "i en mapp läses bara process.yaml: ta bort filen, eller lägg den i en egen mapp med det namnet"
S, Z = "sammantraden-*.yaml", "sammanträden-*.yaml"


@pytest.mark.parametrize(
    ("uses", "name", "text", "severity", "hint"),
    [
        ("", "kalender.yaml", CALENDAR, "varning", "skriv använder: [kalender.yaml] i process.yaml"),
        ("organ.yaml", "krav.yaml", RULES, "varning", "skriv använder: [organ.yaml, krav.yaml] i process.yaml"),
        ("organ.yaml", "d/k.yml", RULES, "varning", "skriv använder: [organ.yaml, d/k.yml] i process.yaml"),
        ("organ.yaml", "organ (1).yaml", "organ: {}\n", "varning", COPY),
        ("organ.yaml", "organ - Kopia (2).yaml", "organ: {}\n", "varning", COPY),
        ("", "sammantraden-2026.yaml", PLAN, "fel", "skriv använder: [sammantraden-2026.yaml] i process.yaml"),
        (S, "Sammanträden 2026.yaml", PLAN, "fel", "byt namn på filen till sammantraden-2026.yaml"),
        (Z, "sammantraden-2026.yaml", PLAN, "fel", "byt namn på filen till sammanträden-2026.yaml"),
        ("", "möten, 2026.yaml", PLAN, "fel", 'skriv använder: ["möten, 2026.yaml"] i process.yaml'),
        ("", "sammantraden-26.yaml", "KS: [2 juni]\n", "varning", A_CALENDAR_YEAR),
        ("", "avvikelser-1999.yaml", "stryk: {}\n", "varning", A_YEAR),
        ("", "Process.yaml", "process: budget\n", "varning", ONE_PROCESS),
    ],
)  # fmt: skip
def test_what_would_make_it_read_is_told(
    tmp_path: Path, uses: str, name: str, text: str, severity: str, hint: str
) -> None:
    """The name, or the line of `använder`; of a copy that the original is read."""
    listed = f"använder: ['{uses}']\n" if uses else ""
    files = {"process.yaml": listed + PROCESS, "organ.yaml": "roller: {}\n", name: text}
    if "*" in uses:
        files[uses.replace("*", "2024")] = "kalenderår: 2024\nKS: [4 juni]\n"
    found = [each for each in unread(lay(tmp_path, files)) if each.span and each.span.file == name]
    assert [(each.severity, each.hint) for each in found] == [(severity, hint)]


SILENT = {
    ".gitlab-ci.yml": "kalender: a\n",
    ".dolt/avvikelser-2026.yml": DEVIATIONS,
    "publiccode.yml": "publiccodeYmlVersion: '0.4'\nname: x\norganisation: {uri: x}\n",
    "mkdocs.yaml": "site_name: x\nnav: []\n",
    "klart-2026.yaml": "budget_ks: 2025-06-03\n",
    "avvikelser-2027.yaml": "budgetår: 2027\n",
    "avvikelser.md": DEVIATIONS,
    "avvikelser-2026.xlsx": "PK",
    "avgifter.yaml": "taxa: 1\n",
    "templates/avvikelser-2026.yml": DEVIATIONS,
    "tidplaner/2026/avvikelser_2026.yaml": DEVIATIONS,
    "delar/process.yaml": PROCESS.replace("budget\n", "delar\n", 1),
    "delar/Avvikelser-2026.yaml": DEVIATIONS,
    "delar/mer/Avvikelser-2026.yaml": DEVIATIONS,
    "tom.yaml": "",
}


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_deviations_that_say_another_year_than_their_name_are_told_in_every_year(tmp_path: Path, year: int) -> None:
    """They would be missed in the year of the name and in the year inside."""
    (found,) = unread(lay(tmp_path, {"process.yaml": PROCESS, "avvikelser-2027.yaml": DEVIATIONS}), year=year)
    assert place(found) == "avvikelser-2027.yaml: 2026"
    assert found.hint == "rätta året, eller byt namn på filen till avvikelser-2026.yaml"


def test_other_peoples_files_are_left_alone(tmp_path: Path) -> None:
    """Hidden files, those of other programs, those read by name, and all from the next process on."""
    assert unread(lay(tmp_path, {"process.yaml": PROCESS, **SILENT})) == []


def test_beside_the_real_file_a_copy_is_answered_with_it(tmp_path: Path) -> None:
    """To rename the copy would lose what is read today."""
    files = {"process.yaml": PROCESS, "avvikelser-2026.yaml": DEVIATIONS, "avvikelser-2026 (1).yaml": DEVIATIONS}
    (found,) = unread(lay(tmp_path, files))
    assert found.hint == "avvikelser-2026.yaml läses: flytta dit det som ska gälla, och ta bort den här filen"


def test_a_file_that_another_process_lists_is_read(tmp_path: Path) -> None:
    """It may lie in the folder of either."""
    other = PROCESS.replace("budget\n", "delar\n", 1)
    files = {
        "processes/budget/process.yaml": PROCESS,
        "processes/budget/kalender.yaml": CALENDAR,
        "processes/budget/roller.yaml": "roller: {}\n",
        "processes/delar/process.yaml": f"använder: [../budget/kalender.yaml]\n{other}",
    }
    assert [place(found) for found in unread(lay(tmp_path, files))] == ["processes/budget/roller.yaml: roller"]
    assert unread(tmp_path, "delar") == []


def test_what_lies_beside_all_the_processes_is_told_once(tmp_path: Path) -> None:
    """With the first process: its folder is nobody's, and a folder `processes` takes the place of a file above it."""
    files = {
        "process.yaml": PROCESS.replace("budget\n", "rot\n", 1),
        "publiccode.yml": "name: x\n",
        "processes/avvikelser-2026.yaml": DEVIATIONS,
        "processes/budget/process.yaml": PROCESS,
        "processes/delar/process.yaml": PROCESS.replace("budget\n", "delar\n", 1),
    }
    assert {place(found): found.hint for found in unread(lay(tmp_path, files))} == {
        "process.yaml: process": "med en mapp processes läses bara processer i den: flytta filen till "
        "processes/rot/process.yaml, eller ta bort den",
        "processes/avvikelser-2026.yaml: budgetår": "lägg filen i mappen för den process som den gäller, till exempel "
        "processes/budget/avvikelser-2026.yaml",
    }
    assert unread(tmp_path, "delar") == []


def test_an_entry_that_misses_its_file_by_a_letter_is_told_once(tmp_path: Path) -> None:
    """The hint of the entry names the file."""
    lay(tmp_path, {"process.yaml": f"använder: [kalendar.yaml]\n{PROCESS}", "kalender.yaml": CALENDAR})
    assert unread(tmp_path) == []


def test_a_file_that_nothing_reads_may_be_why_a_name_is_unknown(tmp_path: Path) -> None:
    """Then both are told."""
    process = PROCESS.replace("organ: {KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}}\n", "")
    (found,) = unread(lay(tmp_path, {"process.yaml": process, "organ.yaml": "organ: {KS: {namn: K}}\n"}))
    assert found.hint == "skriv använder: [organ.yaml] i process.yaml"


def test_a_process_that_cannot_be_read_still_tells_its_deviations(tmp_path: Path) -> None:
    """Of other files it is not known whether they are listed."""
    files = {"process.yaml": "process: budget\ntitel: [\n", "Avvikelser-2026.yaml": DEVIATIONS, "krav.yaml": RULES}
    assert [place(found) for found in unread(lay(tmp_path, files))] == ["Avvikelser-2026.yaml: budgetår"]


def test_without_any_year_the_file_is_told_instead(tmp_path: Path) -> None:
    """A plan that nothing reads is no plan."""
    process = PROCESS.replace("sammanträden: {2025: {KS: [3 juni]}}\n", "").replace("KS i juni", "3 juni")
    lay(tmp_path, {"process.yaml": process, "Avvikelser-2026.yaml": DEVIATIONS})
    (file,) = compiler.find_processes(tmp_path)
    with pytest.raises(InvalidProcess) as caught:
        compiler.years(file)
    assert [found.code for found in caught.value.diagnostics] == ["unread-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_links_and_pipes_are_told_by_name_and_not_opened(tmp_path: Path) -> None:
    """A linked file is told if its name is ours, a linked folder is not entered, a pipe waits for nobody."""
    outside = lay(tmp_path / "outside", {"Avvikelser-2026.yaml": DEVIATIONS})
    here = lay(tmp_path / "project", {"process.yaml": PROCESS})
    (here / "Avvikelser-2026.yaml").symlink_to(outside / "Avvikelser-2026.yaml")
    (here / "mapp").symlink_to(outside)
    (here / "kalender.yaml").symlink_to(outside)
    os.mkfifo(here / "avvikelser-26.yaml")
    (found,) = unread(here)
    assert (found.severity, place(found)) == ("varning", "Avvikelser-2026.yaml: ")
    assert found.hint == "filen är en länk, och länkar följs inte: lägg filen själv i mappen"


def test_a_folder_of_very_many_files_is_not_searched_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that is told: a file may be among those."""
    monkeypatch.setattr("arshjul.definition.strays.MAX_NAMES", 20)
    (found,) = unread(lay(tmp_path, {"process.yaml": PROCESS, **{f"x/{number}.md": "" for number in range(30)}}))
    assert (found.severity, found.message.startswith("Mappen har fler än 20 filer")) == ("varning", True)
