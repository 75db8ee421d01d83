"""The files of one process, read: its own, those it lists, the deviations of a year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from arshjul.codes import Code
from arshjul.definition.find import ProcessPath, deviation_years, deviations_path
from arshjul.definition.keys import recognised
from arshjul.definition.matching import PathSearch, display_path, root_of
from arshjul.definition.tree import text_of, value_of
from arshjul.diagnostics import MAX_FINDINGS, Diagnostic, InvalidProcess, Span, error
from arshjul.source import Fields, Items, Text, at_start, read, read_file

MAX_FILES = 50
MAX_BYTES_OF_PROCESS = 8 << 20


class Files:
    """The files of one process, each read once; `errors` gathers what is wrong with them, `missed` the paths
    that lead nowhere.

    `revised` are the bytes of files that are to be read as if they were changed, by the paths that messages show.
    Codes: those of `source`, `include`, `limit`, `outside-window`. OSError where a file cannot be read.
    """

    def __init__(self, process: ProcessPath, revised: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.process = process
        self._revised = revised
        self.errors: list[Diagnostic] = []
        self.missed: list[Text] = []
        self.misdated: Diagnostic | None = None
        self._trees: dict[Path, Fields | None] = {}
        self._search = PathSearch(process)
        self._bytes = 0

    def tree(self, path: Path) -> Fields | None:
        """The file's tree; None, and an error, where it cannot be understood."""
        if self._bytes > MAX_BYTES_OF_PROCESS:
            return self._trees.get(path)  # told already, of the file that was too much: nothing more is read
        if path not in self._trees:
            shown = display_path(path, self.process)
            try:
                self._trees[path], misnamed = recognised(read(self._bytes_of(path, shown), shown))
                self.errors.extend(misnamed)
            except InvalidProcess as invalid:
                self.errors.extend(invalid.diagnostics)
                self._trees[path] = None
        return self._trees[path]

    def _bytes_of(self, path: Path, shown: str) -> bytes:
        """The bytes of a file, counted: many files of the size allowed are together too much."""
        revised = self._revised.get(shown)
        data = read_file(path, root_of(path, self.process), shown) if revised is None else revised
        self._bytes += len(data)
        if self._bytes > MAX_BYTES_OF_PROCESS:
            message = f"Processens filer är tillsammans större än {MAX_BYTES_OF_PROCESS >> 20} MiB"
            hint = "ta bort det som inte behövs, eller dela upp processen"
            raise InvalidProcess([error(Code.LIMIT, message, at_start(shown), hint)])
        return data

    def deviations(self, budget_year: int) -> Fields | None:
        """The deviations of the year; none, and `misdated`, where the year in the file is another than in its name."""
        path = deviations_path(self.process, budget_year)
        beside = self.process.path.with_name(f"avvikelser-{budget_year}.yaml")
        if path is None and display_path(beside, self.process) in self._revised:  # it is to be written
            path = beside
        tree = self.tree(path) if path else None
        written = text_of(tree, "budgetår")
        if path and written is not None and written.isdecimal() and written != str(budget_year):
            self.misdated = misdated(path.name, written, written.span)
            return None
        return tree

    def parts(self, tree: Fields, path: Path) -> list[Fields]:
        """The trees of the files that `använder` of the file at `path` lists, in order, each once.

        Deviations with another name than theirs are left out: `strays` tells them.
        """
        listed = value_of(tree, "använder")
        paths = [found for found in self.listed(tree, path) if found != path]
        # With all that is read already: what a process builds on is part of it.
        every = {path, *self._trees, *paths}
        if len(every) > MAX_FILES:
            message = f"Processen använder {len(every)} filer, den själv medräknad; gränsen är {MAX_FILES}"
            hint = "slå ihop filer, eller skriv ett smalare mönster"
            self.errors.append(error(Code.LIMIT, message, listed.span if listed is not None else None, hint))
            return []
        beside = path.parent
        trees = ((found, self.tree(found)) for found in paths)
        return [tree for found, tree in trees if tree and not ("budgetår" in tree and found.is_relative_to(beside))]

    def listed(self, tree: Fields, path: Path) -> list[Path]:
        """The files that `använder` of the file at `path` means, in order, each once; they are not read."""
        listed = value_of(tree, "använder")
        entries = listed if isinstance(listed, Items) else ()  # any other shape is for the models to refuse
        found: dict[Path, None] = {}
        for entry in entries:
            if len(self.errors) >= MAX_FINDINGS:
                message = f"Fler än {MAX_FINDINGS} fel bland filerna: resten visas inte"
                self.errors.append(error(Code.LIMIT, message, entry.span, "rätta felen ovan och kör igen"))
                break
            if isinstance(entry, Text) and not self._search.is_exhausted:
                found.update(dict.fromkeys(self.matches(entry, path)))
        return list(found)

    def matches(self, entry: Text, path: Path) -> list[Path]:
        """The files that a path or pattern in the file at `path` means, sorted; none, and an error, if it is wrong."""
        try:
            return [] if entry.null else self._search.files(entry, path)
        except InvalidProcess as invalid:
            self.errors.extend(invalid.diagnostics)
            self.missed.append(entry)
            return []

    @property
    def used(self) -> frozenset[Path]:
        """The files read so far, but for deviations: a pattern may have come by some that have another name."""
        return frozenset(path for path, tree in self._trees.items() if tree is None or "budgetår" not in tree)


def misdated(name: str, year: str, place: Span | None) -> Diagnostic:
    """Deviations that are read for no year: their name says one, and the file another."""
    message = f"”{name}” läses inte: här står ett annat år än i filens namn"
    hint = f"rätta året, eller byt namn på filen till avvikelser-{year}.yaml"
    return error(Code.UNREAD_FILE, message, place, hint)


def planned_years(process: ProcessPath, revised: Mapping[str, bytes] = MappingProxyType({})) -> tuple[int, ...]:
    """Each budget year B with a deviations file or a meeting plan for B-1, in order; not those of a base.

    Raises:
        InvalidProcess: the process file cannot be understood, and no file beside it says which years there are.
        OSError: a file, or the folder of the process, cannot be read. To pass over it would be to find nothing wrong.
    """
    files = Files(process, revised)
    main = files.tree(process.path)
    trees = [main, *files.parts(main, process.path)] if main is not None else []
    linked = any(found.code is Code.LINK for found in files.errors)
    years = set() if linked else {*deviation_years(process)}
    if main is None and not years:
        raise InvalidProcess(files.errors)
    for tree in trees:
        # The calendar years with a meeting plan: a file's own, and those written inline.
        inline = value_of(tree, "sammanträden")
        planned = (value_of(tree, "kalenderår"), *(inline if isinstance(inline, Fields) else ()))
        years |= {int(year) + 1 for year in planned if isinstance(year, Text) and year.isdecimal()}
    return tuple(sorted(years))
