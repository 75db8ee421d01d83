"""`build --watch`: what a change touches is built anew, as a function over a stream of snapshots of the files."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from arshjul.cli.console import Console
from arshjul.cli.destination import plans_of
from arshjul.cli.exits import ExitCode, UsageError, describe_os_error, hint_of
from arshjul.cli.processes import exit_code, for_each, name, selected
from arshjul.cli.publishing import CALENDAR, PAGE, WORKBOOK, Builder, BuildRequest
from arshjul.cli.shelf import DRAFT, Shelf, made_of_several
from arshjul.definition.find import is_named_yaml
from arshjul.diagnostics import InvalidProcess
from arshjul.record.model import NAME
from arshjul.reports.reported import Reported
from arshjul.templates import FOLDER, shipped_templates

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.diagnostics import Diagnostic

Snapshot = Mapping[Path, tuple[int, ...]]  # of each file what changes when it does: time, size, which file it is

INTERVAL = 0.15  # seconds
MAX_LOOKED_AT = 20_000  # files and folders of a project


def reject_unfit(request: BuildRequest, project: Path, flags: Sequence[str]) -> None:
    """Raises UsageError where something is asked for that only a build which is kept can do, as these flags are."""
    example = f"skriv till exempel arshjul build {request.year} --watch"
    if flags:
        raise UsageError(f"--watch går inte ihop med {flags[0]}", example)
    if request.destination is None:
        raise UsageError("--watch skriver filer", f"{example} -o utkast")
    if request.edition != "internal":
        raise UsageError("--watch visar fynden på sidan, och den offentliga utgåvan har inga", example)
    # Other files cannot say that they are drafts: the next build would take them for somebody's work.
    folder = request.destination.folder
    recorded = (folder / NAME).exists() or (CALENDAR in request.formats and request.publishes(project))
    if recorded and request.formats != (PAGE,):
        reason = "--watch skriver bara webbsidan där byggda filer bokförs i arshjul.json"
        raise UsageError(reason, f"bygg utan -f, eller i en ny mapp: -f {','.join(request.formats)} -o utkast")


def watch(names: tuple[str, ...], request: BuildRequest, console: Console, project: Path) -> ExitCode:
    """Build until somebody interrupts. The request is one that `reject_unfit` lets through."""
    if place := request.destination:
        shelf = Shelf(place, console, keeps_events=False, keeps_record=False)
        console.note("bygger om det som ändras; Ctrl-C avslutar")
        for _ in Watcher(names, request, shelf, console, project).rounds(polled(project, place.folder)):
            gc.unfreeze()  # `selected` froze what the last round made
            gc.collect()
    return ExitCode.OK


class Watcher:
    """Knows which folders each process is made of, since it was last built without an error in what is written."""

    def __init__(
        self, names: tuple[str, ...], request: BuildRequest, shelf: Shelf, console: Console, project: Path
    ) -> None:
        self._names, self._request, self._shelf = names, request, shelf
        self._console, self._project = console, project
        self._folders: dict[Path, frozenset[Path]] = {}
        self._pages: dict[Path, str] = {}
        self._changed: frozenset[Path] = frozenset()

    def rounds(self, snapshots: Iterable[Snapshot]) -> Iterator[tuple[str, ...]]:
        """The processes that were built, each time the files have come to rest after a change; first all of them."""
        for changed in settled(snapshots):
            self._changed |= changed
            yield self._round()

    def _round(self) -> tuple[str, ...]:
        try:
            files = selected(self._names, self._project)
        except (
            UsageError
        ) as error:  # the process may be on its way: an editor takes a file away to put the new one there
            self._console.error(error.message, error.hint)
            return ()
        except OSError as error:
            self._console.error(describe_os_error(error, self._project), hint_of(error))
            return ()
        touched = [file for file in files if self._is_touched(file)]
        self._changed = frozenset()
        if touched:
            # a workbook shows the meetings of the other processes too
            wanted = files if WORKBOOK in self._request.formats else touched
            for_each(wanted, partial(self._build, Builder(self._request, self._project)), self._console, self._project)
            return tuple(map(name, wanted))
        return ()

    def _is_touched(self, file: ProcessPath) -> bool:
        # What could not be read may lack any file.
        folders = self._folders.get(file.path)
        return folders is None or any(
            path.parent in folders or path.is_relative_to(file.path.parent) for path in self._changed
        )

    def _build(self, builder: Builder, file: ProcessPath) -> ExitCode:
        self._folders.pop(file.path, None)
        try:
            built = builder(file)
        except InvalidProcess as invalid:
            self._show_failure(file, invalid.diagnostics)
            raise
        from arshjul.reports.page import with_findings

        read = {(self._project / path).parent for path in built.sources}
        self._folders[file.path] = frozenset({*read, self._project / FOLDER})
        files = dict(built.made.files)
        if page := built.names.get(PAGE):
            self._pages[file.path] = page
            findings = [Reported(finding) for finding in built.findings]
            files[page] = with_findings(files[page].decode(), findings, shipped_templates()).encode() + DRAFT
        self._console.findings(built.findings)
        self._shelf.write(made_of_several(files))
        return exit_code(built.findings)

    def _show_failure(self, file: ProcessPath, findings: Iterable[Diagnostic]) -> None:
        from arshjul.reports.page import failed

        page = self._pages.get(file.path, f"{file.id}.{PAGE}")
        if PAGE in self._request.formats and file.id:
            reported = [Reported(finding) for finding in findings]
            shown = failed(name(file), self._request.year, reported, shipped_templates())
            self._shelf.write(made_of_several({page: shown.encode() + DRAFT}))


def settled(snapshots: Iterable[Snapshot]) -> Iterator[frozenset[Path]]:
    """What has changed since the last time, whenever two snapshots one after the other are alike; first all files.

    A file that is being written, or that an editor is putting in the place of another, is not at rest.
    """
    known: Snapshot | None = None
    before: Snapshot | None = None
    for now in snapshots:
        if known is None or (now == before and now != known):
            old = known or {}
            yield frozenset(path for path in {*old, *now} if old.get(path) != now.get(path))
            known = now
        before = now


def polled(project: Path, besides: Path) -> Iterator[Snapshot]:
    """A snapshot of the project every now and then, for ever."""
    while True:
        yield snapshot(project, besides)
        time.sleep(INTERVAL)


def snapshot(project: Path, besides: Path) -> Snapshot:
    """The files of the project that a plan can be made of: YAML, and its templates. What is built lies `besides`."""
    found: dict[Path, tuple[int, ...]] = {}
    folders, looked_at = [project], 0
    while folders and looked_at < MAX_LOOKED_AT:
        with suppress(OSError), os.scandir(folders.pop()) as entries:  # what may not be read, the build tells
            for entry in entries:
                looked_at += 1
                path = Path(entry.path)
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith(".") and path not in (plans_of(project, 0).parent, besides):
                            folders.append(path)
                    elif is_named_yaml(entry.name) or path.parent == project / FOLDER:
                        state = entry.stat(follow_symlinks=False)
                        found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found
