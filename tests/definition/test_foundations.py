"""`bygger_på`: what a process builds on, and how its own files are laid over that one's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.definition import Process
from arshjul.diagnostics import InvalidProcess

ROWS = "faser:\n- id: fas\n  aktiviteter:\n  - {id: a, titel: A, när: 3 juni, organ: BUN, deltagare: [chef]}\n"
BODY = "organ: {BUN: {namn: Nämnden, grupp: nämnd, stoppdatum: 14 dagar före}}\n"
ROLE = "roller: {chef: {namn: Chefen, grupp: tjänstemän}}\n"
CHANGE = "organ: {BUN: {stoppdatum: 10 dagar före, tid: kl 13.00}, KF: {namn: Fullmäktige}}\n"


def built(folder: Path, files: Mapping[str, str], name: str = "egen") -> Process:
    """The process in `processes/egen`, of a project with these files."""
    for path, text in files.items():
        target = folder / "processes" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (file,) = [file for file in compiler.find_processes(folder) if file.id == name]
    return compiler.compile_process(file, 2026).process


def below(declared: str, where: str) -> Mapping[str, str]:
    """The foundation, with its declarations in its process file or in a file of their own."""
    if where == "process.yaml":
        return {"bas/process.yaml": f"process: bas\n{declared}{ROWS}"}
    return {"bas/process.yaml": f"process: bas\nanvänder: [{where}]\n{ROWS}", f"bas/{where}": declared}


def above(declared: str, where: str, foundation: str = "bas", name: str = "egen") -> Mapping[str, str]:
    """The process that builds on it, likewise."""
    head = f"process: {name}\nbygger_på: ../{foundation}/process.yaml\n"
    if where == "process.yaml":
        return {f"{name}/process.yaml": head + declared}
    return {f"{name}/process.yaml": f"{head}använder: [{where}]\n", f"{name}/{where}": declared}


@pytest.mark.parametrize("theirs", ["process.yaml", "organ.yaml"])
@pytest.mark.parametrize("ours", ["process.yaml", "organ.yaml"])
def test_a_body_is_varied_wherever_it_is_written(tmp_path: Path, theirs: str, ours: str) -> None:
    """What the upper one says replaces, what it does not say stays, and what is new is added."""
    process = built(tmp_path, {**below(BODY + ROLE, theirs), **above(CHANGE, ours)})
    body = process.bodies["BUN"]
    assert (str(body.name), str(body.group)) == ("Nämnden", "nämnd")
    assert (body.stop_date and str(body.stop_date.text), len(body.time)) == ("10 dagar före", 1)
    assert set(process.bodies) == {"BUN", "KF"}
    assert list(process.roles) == ["chef"]


@pytest.mark.parametrize("theirs", ["process.yaml", "organ.yaml"])
def test_a_body_a_role_and_a_requirement_are_changed_by_id_wherever_they_are_written(
    tmp_path: Path, theirs: str
) -> None:
    """`ändra` reaches them in the base's other files as well, and keeps what it does not say."""
    rules = "krav: [{id: k, regel: a är före 1 juli, text: T}, {id: bort, regel: a är före 2 juli}]\n"
    change = "ändra: {BUN: {stoppdatum: 10 dagar före}, chef: {namn: Direktören}, k: {nivå: varning}}\nstryk: [bort]\n"
    process = built(tmp_path, {**below(BODY + ROLE + rules, theirs), **above(change, "process.yaml")})
    body = process.bodies["BUN"]
    assert (str(body.name), body.stop_date and str(body.stop_date.text)) == ("Nämnden", "10 dagar före")
    assert (str(process.roles["chef"].name), str(process.roles["chef"].group)) == ("Direktören", "tjänstemän")
    assert [(str(rule.id), str(rule.text), rule.level) for rule in process.requirements] == [("k", "T", "varning")]


def test_a_body_is_varied_from_floor_to_floor(tmp_path: Path) -> None:
    """Of three processes, the uppermost has the last word; the others keep theirs."""
    files = {
        **below(BODY + ROLE, "organ.yaml"),
        **above("organ: {BUN: {stoppdatum: 12 dagar före, plats: Salen}}\n", "organ.yaml", name="mellan"),
        **above(CHANGE, "organ.yaml", foundation="mellan"),
    }
    body = built(tmp_path, files).bodies["BUN"]
    assert (body.stop_date and str(body.stop_date.text), str(body.place)) == ("10 dagar före", "Salen")
    middle = built(tmp_path, files, "mellan").bodies["BUN"]
    assert middle.stop_date is not None
    assert str(middle.stop_date.text) == "12 dagar före"


@pytest.mark.parametrize("theirs", ["process.yaml", "organ.yaml"])
def test_groups_roles_and_periods_are_varied_too(tmp_path: Path, theirs: str) -> None:
    """Lists replace, maps merge, `null` removes: in every section that a file of its own may hold."""
    declared = (
        "organ: {BUN: {namn: Nämnden}, SN: {namn: Andra}}\norgangrupper: {nämnd: [BUN, SN], alla: [BUN]}\n"
        + ROLE
        + "kalender: {klämdagar: varna, perioder: {sportlov: v. 9, höstlov: v. 44}}\n"
    )
    changes = (
        "organgrupper: {nämnd: [BUN], alla: null}\n"
        "roller: {chef: {namn: Rektor}}\n"
        "kalender: {perioder: {sportlov: v. 8}}\n"
    )
    process = built(tmp_path, {**below(declared, theirs), **above(changes, "eget.yaml")})
    assert {str(name): [str(body) for body in group] for name, group in process.groups.items()} == {"nämnd": ["BUN"]}
    (role,) = process.roles.values()
    assert (str(role.name), str(role.group)) == ("Rektor", "tjänstemän")
    periods = {str(name): str(period.text) for name, period in process.calendar.periods.items()}
    assert periods == {"sportlov": "v. 8", "höstlov": "v. 44"}
    assert process.calendar.bridge_days.value == "varna"


def test_a_file_that_both_use_is_read_once(tmp_path: Path) -> None:
    """The law library may be listed on every floor."""
    listed = '"arshjul:lagkrav/kommunallagen.yaml"'
    files = {
        "bas/process.yaml": f"process: bas\nanvänder: [{listed}]\nlagkrav: [budget]\n{BODY}{ROLE}{ROWS}",
        "egen/process.yaml": f"process: egen\nbygger_på: ../bas/process.yaml\nanvänder: [{listed}]\nlagkrav: [delår]\n",
    }
    assert [str(name) for name in built(tmp_path, files).law_sets] == ["delår"]


def test_two_files_of_one_floor_still_say_a_thing_once(tmp_path: Path) -> None:
    """Only a process that builds on another may say anew what that one said."""
    files = {**below(BODY + ROLE, "process.yaml"), **above(CHANGE, "process.yaml")}
    files["egen/process.yaml"] += "använder: [mer.yaml]\n"
    with pytest.raises(InvalidProcess) as caught:
        built(tmp_path, {**files, "egen/mer.yaml": "organ: {KF: {namn: Fullmäktige}}\n"})
    assert [(found.code, found.message) for found in caught.value.diagnostics] == [
        ("duplicate-id", "”KF” finns i två filer")
    ]


@pytest.mark.parametrize("foundation", ["arshjul:rambudget", "arshjul:rambudget/process.yaml", "../bas", "../b*/"])
def test_a_foundation_is_named_by_its_folder_too(tmp_path: Path, foundation: str) -> None:
    """A folder means its process file, so a shipped process is named as it is everywhere else."""
    files = {**below(BODY + ROLE, "organ.yaml"), "egen/process.yaml": f"process: egen\nbygger_på: {foundation}\n"}
    assert built(tmp_path, files).phases
