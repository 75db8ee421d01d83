"""An id changed in all files of a process and of those that build on it: each plan is the same before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from arshjul.cli.exits import Unavailable, UsageError
from arshjul.cli.processes import name, selected
from arshjul.cli.rewriting import Outcome, Rewritten, outcome, rewrite
from arshjul.definition.find import deviation_years
from arshjul.definition.foundations import with_bases
from arshjul.definition.ids import MadeId, identify
from arshjul.definition.matching import display_path
from arshjul.definition.overlay.changes import KEYED
from arshjul.definition.parts import merge
from arshjul.definition.read import Files
from arshjul.definition.renaming import declarations, why_no_id, with_new_id, with_new_keys
from arshjul.definition.tree import EACH, maps, texts
from arshjul.diagnostics import InvalidProcess, Severity, Span
from arshjul.shipped import SHIPPED
from arshjul.source import Fields, Text, read_file
from arshjul.timeline import Timeline

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath

_OF_THE_TEXT = frozenset({"at", "steps", "start_steps", "end_steps", "first"})
_ANY_YEAR = 2026  # of a process that no year is planned for


class FilesOfProcess(Struct, frozen=True):
    """The files of a process as trees, by the path that messages show. `own` are those that it does not build on.

    `made` are the ids that were made from titles.
    """

    own: Mapping[str, Fields]
    bases: Mapping[str, Fields]
    made: tuple[Text, ...]
    bodies: frozenset[str]

    @classmethod
    def of(cls, process: ProcessPath) -> FilesOfProcess:
        """As they are on disk, with the deviations of all years. Raises InvalidProcess, OSError."""
        files = Files(process)
        main = files.tree(process.path)
        own = {process.path, *(files.listed(main, process.path) if main is not None else ())}
        written = with_bases(files)
        paths = files.used
        changes = [files.deviations(year) for year in sorted(deviation_years(process))]
        if written is None or any(found.severity is Severity.ERROR for found in files.errors):
            raise InvalidProcess(files.errors)
        trees = {path: tree for path in sorted(paths) if (tree := files.tree(path)) is not None}
        shown = {path: display_path(path, process) for path in trees}
        deviations = {tree.span.file: tree for tree in changes if tree is not None and tree.span}
        identified = identify(merge(written.main, written.parts).tree)
        groups = [keys for tree in trees.values() for section in KEYED for keys in maps(tree, section)]
        named = (*texts(identified, "faser", EACH, "id"), *texts(identified, "faser", EACH, "aktiviteter", EACH, "id"))
        return cls(
            {shown[path]: tree for path, tree in trees.items() if path in own} | deviations,
            {shown[path]: tree for path, tree in trees.items() if path not in own},
            tuple(each for each in named if isinstance(each, MadeId)),
            frozenset(str(key) for keys in groups for key in keys),
        )

    @property
    def every(self) -> dict[str, Fields]:
        return {**self.bases, **self.own}

    def declaring(self, wanted: str) -> dict[str, Span | None]:
        """The files that give something the id; with the title that it was made from, if it was."""
        declared = {path: [*declarations(tree)] for path, tree in self.every.items()}
        found: dict[str, Span | None] = {path: None for path, names in declared.items() if wanted in names}
        return found | {each.span.file: each.span for each in self.made if each == wanted and each.span}

    def place_of(self, new: str) -> str | None:
        """Where the id is already; None if it is free."""
        declared = [text for tree in self.every.values() for text in declarations(tree)]
        taken = next((each for each in (*declared, *self.made) if each == new), None)
        if taken is not None and taken.span:
            return f"{taken.span.file}:{taken.span.line}"
        return "som organ eller roll" if new in self.bodies else None


def renamable(process: ProcessPath) -> Iterator[str]:
    """What can get another id through this process: what its own files declare. Raises InvalidProcess, OSError."""
    files = FilesOfProcess.of(process)
    for tree in files.own.values():
        yield from declarations(tree)
    yield from (each for each in files.made if each.span and each.span.file in files.own)


class Renamed(Struct, frozen=True):
    """The files as they are to be, and how many plans came out the same."""

    files: Mapping[str, Rewritten]
    years: int


def renamed(owner: ProcessPath, old: str, new: str, project: Path) -> Renamed:
    """The files with the id changed, once every planned year of every process that reads one of them is proven.

    Raises:
        UsageError: the new id cannot be one, is taken, or a plan would be another.
        Unavailable: the id is given in a file that ships with arshjul.
        InvalidProcess, OSError: a file cannot be read.
    """
    if wrong := why_no_id(new):
        raise UsageError(wrong.message, wrong.hint)
    read = {process: FilesOfProcess.of(process) for process in dict.fromkeys((owner, *selected([], project)))}
    declaring = read[owner].declaring(old)
    if shipped := next((path for path in declaring if path.startswith(SHIPPED)), None):
        raise Unavailable(project / shipped, "följer med programmet och ändras inte", "kopiera den till projektet")
    related = {process: files for process, files in read.items() if declaring.keys() & files.every.keys()}
    for process, each in related.items():
        if place := each.place_of(new):
            raise UsageError(f"{new} finns redan i {name(process)}: {place}", "välj ett annat id")
    files = changed_files(related, declaring, old, new, project)
    reading = [process for process, each in read.items() if not files.keys().isdisjoint(each.every)]
    return Renamed(files, sum(proven_years(process, old, new, files) for process in reading))


def changed_files(
    related: Mapping[ProcessPath, FilesOfProcess],
    declaring: Mapping[str, Span | None],
    old: str,
    new: str,
    project: Path,
) -> dict[str, Rewritten]:
    """The files in which the id stands, as they are to be. Raises UsageError where it cannot be changed alone."""
    found: dict[str, Rewritten] = {}
    for process, files in related.items():
        for path in files.every:
            if not path.startswith(SHIPPED) and path not in found:
                found[path] = rewrite(project, path, lambda each: with_new_id(each, old, new, declaring.get(each.path)))
        for marks in sorted(process.path.parent.glob("klart-*.yaml")):
            path = display_path(marks, process)
            if old in read_file(marks, project, path).decode("utf-8", "replace"):
                found[path] = rewrite(project, path, lambda each: with_new_keys(each, old, new))
    return {path: file for path, file in found.items() if file.old != file.new}


def proven_years(process: ProcessPath, old: str, new: str, files: Mapping[str, Rewritten]) -> int:
    """How many years were compiled before and after, and are equal but for the id. Raises UsageError, OSError."""
    from arshjul import compiler

    years = compiler.years(process) or (_ANY_YEAR,)
    for year in years:
        before, after = outcome(process, year, {}), outcome(process, year, files)
        if _plain_outcome(before, old, new) != _plain_outcome(after, old, new):
            here = f"{name(process)} {year}"
            known = {_plain(each.message, old, new) for each in before.findings}
            fresh = next((each for each in after.findings if _plain(each.message, old, new) not in known), None)
            place = f"{fresh.span.file}:{fresh.span.line}: " if fresh and fresh.span else ""
            why = f": {place}{fresh.message}" if fresh else ""
            raise UsageError(f"Inget ändrades: {here} skulle bli en annan plan{why}", "välj ett annat id")
    return len(years)


def _plain_outcome(made: Outcome, old: str, new: str) -> tuple[Any, ...]:
    """All that a plan says but where it is written; and by what calendars know its rows."""
    timeline = made.timeline
    lasting = [row.lasting_id for row in timeline.activities] if isinstance(timeline, Timeline) else []
    findings = sorted((each.code, str(each.severity), _plain(each.message, old, new)) for each in made.findings)
    return _plain(timeline, old, new), lasting, findings


def _plain(value: Any, old: str, new: str) -> Any:
    """A value without its places, the old id as the new one."""
    if isinstance(value, str):
        return re.sub(rf"\b{re.escape(old)}\b", new, value)
    if isinstance(value, Span):
        return None
    if isinstance(value, Struct):
        inner = asdict(value)
        return type(value).__name__, [_plain(inner[key], old, new) for key in inner if key not in _OF_THE_TEXT]
    if isinstance(value, Mapping):
        return [(_plain(key, old, new), _plain(each, old, new)) for key, each in value.items()]
    return [_plain(each, old, new) for each in value] if isinstance(value, (tuple, list)) else value
