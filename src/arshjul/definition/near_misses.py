"""No process here: what lies there and nearly is one, and what to do about it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from msgspec import Struct

from arshjul.definition.find import FOLDER, PROCESS_FILE, is_named_yaml, process_files, process_id, surrounding_project
from arshjul.source import is_link

MAX_NAMES = 2_000  # looked at in all
_NEARLY = re.compile(r"process(?:er|es)?(?: ?\([0-9]+\))?(?: - kopia)?(?:\.ya?ml)?(?:\.txt)?", re.IGNORECASE)
_ALIKE = 0.75


class NearMiss(Struct, frozen=True):
    """What lies there, and what to do: both in Swedish, the first to stand after the folder's name and a colon."""

    reason: str
    remedy: str


def near_miss(project: Path) -> NearMiss | None:
    """The best guess at the process that was meant in a folder without one; None where nothing is like one.

    In order: a file with nearly the name, a file with `process:` in it, a folder below that holds a process, a
    project one or two folders up. What may not be looked into is passed over: this is only a guess.
    """
    if surrounding_project(project) and (above := _from_above(project)):
        return above
    with suppress(OSError):
        below = list(islice(_below(project), MAX_NAMES))
        files = [path for path in below if not path.is_dir()]
        for path in files:
            if path.name != PROCESS_FILE and _NEARLY.fullmatch(path.name):
                return _misnamed(path, project)
        for path in files:
            if path.name != PROCESS_FILE and is_named_yaml(path.name) and process_id(path, project):
                return _misnamed(path, project)
        for path in files:
            if path.name == PROCESS_FILE:
                return _misplaced(path, project)
    return _from_above(project)


def _below(folder: Path, depth: int = 3) -> Iterator[Path]:
    """The files of a folder and those below it, hidden and linked ones left out, the nearest first."""
    inside = sorted(inner for inner in islice(folder.iterdir(), MAX_NAMES) if not inner.name.startswith("."))
    folders = [inner for inner in inside if not is_link(inner) and inner.is_dir()]
    yield from (inner for inner in inside if inner not in folders)
    for inner in folders if depth else ():
        with suppress(OSError):
            yield from _below(inner, depth - 1)


def _misnamed(path: Path, project: Path) -> NearMiss:
    shown = path.relative_to(project).as_posix()
    hidden = " (Utforskaren döljer .txt tills du visar filnamnstillägg)" if path.suffix.lower() == ".txt" else ""
    return NearMiss(f"{shown} läses inte", f"byt namn på filen till {PROCESS_FILE}{hidden}")


def _misplaced(path: Path, project: Path) -> NearMiss:
    """A process in a folder whose name is nearly `processes`, or in a project of its own."""
    shown = path.relative_to(project)
    first = shown.parts[0]
    if first == PROCESS_FILE:
        remedy = f"flytta den till {FOLDER}/NAMN/{PROCESS_FILE}, eller ta bort mappen {FOLDER}"
        return NearMiss(f"{PROCESS_FILE} läses inte bredvid mappen {FOLDER}", remedy)
    reason = f"{shown.as_posix()} läses inte"
    if SequenceMatcher(None, first.casefold(), FOLDER).ratio() >= _ALIKE:
        return NearMiss(reason, f"byt namn på mappen {first} till {FOLDER}")
    inner = shown.parent if FOLDER not in shown.parts else Path(*shown.parts[: shown.parts.index(FOLDER)])
    return NearMiss(reason, f"lägg mappen i {FOLDER}/, eller ange den: -C {_argument(project / inner)}")


def _from_above(project: Path) -> NearMiss | None:
    for parent in project.parents[:2]:
        with suppress(OSError):
            if next(iter(process_files(parent)), None):
                return NearMiss("projektet ligger högre upp", f"ange dess mapp: -C {_argument(parent)}")
    return None


def _argument(folder: Path) -> str:
    """The folder as `-C` takes it from where the user stands."""
    written = Path(os.path.relpath(folder)).as_posix()
    return f'"{written}"' if " " in written else written
