"""From files to a process, in one order: find, matching, read, foundations, parts, deviations, validate, strays.

Each stage is a module of this room and uses only those before it, which import-linter holds. `TreesByYear` runs the
first four and the last, `validate` the rest, for a year without deviations is validated once however many are asked
for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from arshjul.definition.deviations import with_deviations
from arshjul.definition.find import ProcessPath
from arshjul.definition.foundations import Written, with_bases
from arshjul.definition.model import Process
from arshjul.definition.parts import merge
from arshjul.definition.read import Files
from arshjul.definition.strays import strays
from arshjul.definition.validate import to_process
from arshjul.diagnostics import Diagnostic, InvalidProcess
from arshjul.source import Fields


class Trees(Struct, frozen=True):
    """The trees a process is made of in one budget year, its bases (`bygger_på`) already laid under `main`.

    `unread` are the errors of the files that are missing among them, `strays` the findings about files that nothing
    reads.
    """

    main: Fields
    parts: tuple[Fields, ...]
    deviations: Fields | None
    unread: tuple[Diagnostic, ...] = ()
    strays: tuple[Diagnostic, ...] = ()


class TreesByYear:
    """The trees of one process, year by year: only deviations differ, so all other files are read once.

    `revised` is as for `Files`.
    """

    def __init__(self, process: ProcessPath, revised: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._process = process
        self._revised = revised

    def of_year(self, budget_year: int) -> Trees:
        """Every file the process needs for the year, read and laid over what it builds on.

        Codes: those of `source`, `include`, `limit`, `wrong-type`.

        Raises:
            InvalidProcess: the process file itself cannot be understood; with the errors of all files.
            OSError: a file cannot be read.
        """
        written, unread, lying = self._of_every_year  # read, foundations
        # Not the reader of the other files: what is wrong with one year's deviations is not wrong with another year.
        files = Files(self._process, self._revised)
        deviations = files.deviations(budget_year)  # read
        unread = (*unread, *files.errors)
        if written is None:
            raise InvalidProcess((*unread, *lying))
        if files.misdated and files.misdated not in lying:
            lying = (*lying, files.misdated)
        return Trees(written.main, written.parts, deviations, unread, lying)

    def forget(self) -> None:
        """Lets go of what has been read. It is read again if another year is asked for."""
        self.__dict__.pop("_of_every_year", None)

    @property
    def strays(self) -> tuple[Diagnostic, ...]:
        """The findings about files of the process's folder that nothing reads."""
        return self._of_every_year[2]

    @cached_property
    def _of_every_year(self) -> tuple[Written | None, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
        files = Files(self._process, self._revised)
        written = with_bases(files)
        return written, tuple(files.errors), strays(files, files.tree(self._process.path))


def validate(
    main: Fields,
    parts: Sequence[Fields],
    deviations: Fields | None,
    unread: Sequence[Diagnostic] = (),
    lying: Sequence[Diagnostic] = (),
) -> Process:
    """The process that its files and the deviations of one budget year describe.

    `main` is the process file, already laid over the file it builds on; `parts` are the files it uses; `unread` are
    the errors of files that could not be read, `lying` the findings about files that nothing reads.

    Raises:
        InvalidProcess: with every error of all the files.
    """
    written = [main, *parts, *([deviations] if deviations is not None else [])]
    merged = merge(main, parts)  # parts
    deviating = with_deviations(merged.tree, deviations)  # deviations
    # All files by path, bases among them: a merged tree keeps the places of its keys.
    spans = (span for document in written for span in (document.span, *(key.span for key in document)))
    by_path = {span.file: span.source for span in spans if span}
    sources = tuple(by_path[path] for path in sorted(by_path))
    return to_process(merged, deviating, deviations, sources, unread, lying)  # validate
