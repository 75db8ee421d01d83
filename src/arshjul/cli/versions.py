"""The versions that `diff` compares: a year, `HEAD~1:2026` through git, a timeline in a JSON file, what was decided
(`decided:2026`) or last published (`published:2026`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec import Struct

from arshjul.cli.arguments import one_year
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Unavailable, UsageError
from arshjul.cli.processes import for_each, name, selected
from arshjul.diagnostics import InvalidProcess

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.views.diff.version import Version

EXAMPLE = "arshjul diff 2025 2026"
SET_EXAMPLE = "arshjul diff 2026 --set 'KS 3 juni = 10 juni'"
DECIDED, PUBLISHED = "decided", "published"
_VERSION_AND_YEAR = re.compile(r"(?P<version>.+):(?P<year>[0-9]+)")


class PlanSide(Struct, frozen=True):
    """The plans of a budget year; `version` is one of git, None for the files as they lie in the project."""

    label: str
    year: int
    version: str | None = None


class FileSide(Struct, frozen=True):
    """A timeline that was built as JSON."""

    label: str
    file: Path


class KeptSide(Struct, frozen=True):
    """The plans of a budget year as they were decided, or as the edition before this one left them."""

    label: str
    year: int
    kind: str


Side = PlanSide | FileSide | KeptSide


def side_of(word: str) -> Side:
    """What a word of the command line asks for."""
    if word.endswith(".json"):
        return FileSide(word, Path(word))
    found = _VERSION_AND_YEAR.fullmatch(word)
    if found and found["version"] in (DECIDED, PUBLISHED):
        return KeptSide(word, one_year([found["year"]], EXAMPLE)[0], found["version"])
    if found:
        return PlanSide(word, one_year([found["year"]], EXAMPLE)[0], found["version"])
    if not word.isascii() or not word.isdecimal():
        raise UsageError(
            f"{word} är ingen version av en tidplan",
            f"skriv {EXAMPLE}, HEAD~1:2026, decided:2026, published:2026 eller en JSON-fil",
        )
    return PlanSide(word, one_year([word], EXAMPLE)[0])


class Versions(Struct, frozen=True):
    """The plans of one side by process; `unread` are the processes that could not be compiled."""

    plans: Mapping[str, Version]
    unread: frozenset[str] = frozenset()
    code: ExitCode = ExitCode.OK


def versions_of(
    side: Side, names: Sequence[str], project: Path, console: Console, assume: Sequence[str] = ()
) -> Versions:
    """The plans of a side, of all processes without names. What is wrong in one is told, and does not stop the others.

    `assume` are the `--set` of the project as it lies there. Raises UsageError, InvalidProcess, OSError.
    """
    if assume and not (isinstance(side, PlanSide) and side.version is None):
        raise UsageError(f"--set ändrar i projektets filer, inte i {side.label}", f"skriv året: {SET_EXAMPLE}")
    if isinstance(side, FileSide):
        from arshjul.record.timeline_file import MAX_BYTES, NoTimeline, timeline_from
        from arshjul.source import read_file
        from arshjul.views.diff.built import version_from

        path = side.file.absolute()
        try:
            version = version_from(timeline_from(read_file(path, path.parent, side.label, MAX_BYTES)), side.label)
        except NoTimeline:
            raise Unavailable(path, "är ingen tidplan i JSON", "skriv den med arshjul build 2026 -f json") from None
        return Versions({version.process: version})
    if isinstance(side, KeptSide):
        from arshjul.cli.kept import decided, last_editions

        ids = [name(file) for file in selected(names, project)] if names else []
        kept = (decided if side.kind == DECIDED else last_editions)(side.label, side.year, ids, project)
        return Versions({version.process: version for version in kept})
    with _project_of(side, project) as folder:
        return _compiled(side, _processes(side, names, folder), folder, console, assume)


def _compiled(
    side: PlanSide, files: Sequence[ProcessPath], folder: Path, console: Console, assume: Sequence[str]
) -> Versions:
    from arshjul.cli.assuming import assumed

    plans: dict[str, Version] = {}
    as_it_would_be = assumed(files, side.year, assume)

    def compile_one(file: ProcessPath) -> ExitCode:
        try:
            version = as_it_would_be.version(file, side.year, side.label)
        except InvalidProcess:
            console.note(f"I {side.label}:")
            raise
        plans[version.process] = version
        return ExitCode.OK

    code = for_each(files, compile_one, console, folder)
    return Versions(plans, frozenset(name(file) for file in files) - plans.keys(), code)


@contextmanager
def _project_of(side: PlanSide, project: Path) -> Iterator[Path]:
    """The project as the side has it: itself, or a private folder with the files of the git version.

    Raises Unavailable: git is not there, this is no repository, or the version is not in it.
    """
    if side.version is None:
        yield project
        return
    from arshjul.source.git import NoVersion, write_version

    with TemporaryDirectory(prefix="arshjul-") as temporary:
        folder = Path(temporary).resolve()
        try:
            write_version(side.version, project, folder)
        except NoVersion as error:
            raise Unavailable(Path(side.label), error.message, error.hint) from None
        yield folder


def _processes(side: PlanSide, names: Sequence[str], folder: Path) -> tuple[ProcessPath, ...]:
    try:
        return selected(names, folder)
    except Unavailable as error:
        if side.version is None:
            raise
        hint = "ange en version som har processer, eller en annan projektmapp med -C"
        raise Unavailable(Path(side.label), error.reason, hint) from None  # the folder is none that the user knows
