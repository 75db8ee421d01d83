"""Which processes a project has, which of them were asked for, and which years have deviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from arshjul.diagnostics import InvalidProcess, did_you_mean
from arshjul.shipped import SHIPPED, shipped
from arshjul.source import peek_file
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

FOLDER = "processes"
PROCESS_FILE = "process.yaml"
_DEVIATIONS_FILE = re.compile(r"avvikelser-(\d{4})\.yaml", re.ASCII)
_NAMED_YAML = re.compile(r".*\.ya?ml(?:\.txt)?", re.IGNORECASE)
_DONE_FILE = re.compile(r"klart-(\d{4})\.yaml", re.ASCII)
_PEEKED_BYTES = 65_536


class UnknownProcess(Exception):
    """No process, or more than one, has the name that was asked for."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class ProcessPath(Struct, frozen=True):
    """Where a process file is: `project` is the folder that reading does not leave.

    `display_path` is how messages name it, from the project folder and with `/`; `id` is None where the first lines
    of the file do not give it.
    """

    path: Path
    display_path: str
    project: Path
    id: str | None = None


def find_processes(project: Path) -> tuple[ProcessPath, ...]:
    """Every file named process.yaml under `processes/`, sorted; without that folder, the project folder's own.

    Of a folder that is a link the process file that it would have is named, for the reader to refuse: nobody looks
    whether it is there.

    Raises OSError: a folder cannot be listed. What is passed over would look like nothing wrong.
    """
    found = sorted(process_files(project))
    return tuple(_process_path(path, project, path.relative_to(project).as_posix()) for path in found)


def process_files(project: Path) -> Iterator[Path]:
    """The paths of `find_processes`, one after the other, always in the same order. Raises OSError."""
    folder = project / FOLDER
    if folder.is_symlink() or folder.is_dir():
        yield from _below(folder)
        return
    alone = project / PROCESS_FILE
    # A link is found too, though it leads nowhere: the reader is to refuse it by name.
    if alone.exists() or alone.is_symlink():
        yield alone


def _below(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        yield folder / PROCESS_FILE
        return
    for inner in sorted(folder.iterdir()):
        if inner.name == PROCESS_FILE:
            yield inner
        elif inner.is_symlink():
            # Whether it leads to a folder is not asked: the answer would tell what this machine has.
            yield inner / PROCESS_FILE
        elif inner.is_dir():
            yield from _below(inner)


def _process_path(path: Path, project: Path, display_path: str) -> ProcessPath:
    return ProcessPath(path, display_path, project, process_id(path, project))


def process_id(path: Path, project: Path) -> str | None:
    """The id as the first 64 KiB of a file have it, not parsed: good enough to choose by, the reader decides.

    What the reader will refuse (a link, a pipe) is not opened here either: it could block for ever.
    """
    try:
        head = peek_file(path, project, path.name, _PEEKED_BYTES).decode("utf-8-sig", "replace")
    except (InvalidProcess, OSError):
        head = ""
    written = re.search(r"""^["']?process["']?[ \t]*:[ \t]*["']?([\w-]+)""", head, re.MULTILINE)
    return written[1] if written else None


def surrounding_project(folder: Path) -> Path | None:
    """The project that a folder without processes of its own belongs to, as one below its `processes/`."""
    above = next((parent for parent in (folder, *folder.parents)[:4] if parent.name == FOLDER), None)
    return above.parent if above and not (folder / FOLDER).exists() else None


def select(found: Sequence[ProcessPath], names: Sequence[str], project: Path) -> tuple[ProcessPath, ...]:
    """The processes named by id, by path or, shipped ones, as `arshjul:rambudget`; all of them without names.

    Raises:
        UnknownProcess: a name that none has, or several.
    """
    chosen = [_by_name(found, name, project) for name in names] if names else found
    return tuple(dict.fromkeys(chosen))


def _by_name(found: Sequence[ProcessPath], name: str, project: Path) -> ProcessPath:
    if name.startswith(SHIPPED):
        return _shipped_process(name)
    matching = [process for process in found if process.id == name]
    if not matching:
        # A path from the project folder as messages write it, or from where the user stands.
        wanted = {(base / name).resolve() for base in (project, Path.cwd())}
        wanted |= {path / PROCESS_FILE for path in wanted}  # a folder means its process file
        matching = [process for process in found if process.path.resolve() in wanted]
    if len(matching) == 1:
        return matching[0]
    if matching:
        places = ", ".join(process.display_path for process in matching)
        raise UnknownProcess(f"Flera processer heter {name}", f"ange sökvägen: {places}")
    ids = [process.id for process in found if process.id]
    hint = did_you_mean(name, ids, few=0) or f"det finns: {', '.join(ids) or 'inga processer'}"
    raise UnknownProcess(f"Det finns ingen process som heter {name}", hint)


def _shipped_process(name: str) -> ProcessPath:
    folder = shipped("processes")
    found = (
        _process_path(path, folder, f"{SHIPPED}{path.relative_to(folder).as_posix()}")
        for path in sorted(folder.rglob(PROCESS_FILE))
    )
    known = {process.id: process for process in found}
    wanted = known.get(name.removeprefix(SHIPPED))
    if wanted is None:
        names = ", ".join(f"{SHIPPED}{known_id}" for known_id in known)
        raise UnknownProcess(f"Ingen medföljande process heter {name}", f"det finns: {names}")
    return wanted


def deviations_path(process: ProcessPath, budget_year: int) -> Path | None:
    """The deviations file of the year, beside the process file; None where there is none."""
    beside = process.path.with_name(f"avvikelser-{budget_year}.yaml")
    return beside if beside.exists() or beside.is_symlink() else None


def deviation_years(process: ProcessPath) -> Iterator[int]:
    """Each budget year with a deviations file, in no order."""
    names = (_DEVIATIONS_FILE.fullmatch(path.name) for path in process.path.parent.iterdir())
    return (int(name[1]) for name in names if name)


def is_named_yaml(name: str) -> bool:
    """Whether a file was meant as YAML: `.yml` too, and with the `.txt` that Notepad adds and the Explorer hides."""
    return _NAMED_YAML.fullmatch(name) is not None


def is_known_by_name(path: Path, folder: Path) -> bool:
    """Whether the file is read by its name, for its own year, where it lies beside the process file in `folder`."""
    name = _DEVIATIONS_FILE.fullmatch(path.name) or _DONE_FILE.fullmatch(path.name)
    return path.parent == folder and name is not None and FIRST_YEAR <= int(name[1]) <= LAST_YEAR
