"""The files of one process, read: its own, those it lists, the deviations of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from os.path import lexists
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from arshjul.codes import Code
from arshjul.definition.find import ProcessPath, deviation_years, deviations_path
from arshjul.definition.tree import text_of, value_of
from arshjul.diagnostics import Diagnostic, InvalidProcess, error
from arshjul.shipped import SHIPPED, shipped
from arshjul.source import Fields, Items, Text, at_start, is_link, read, read_file

MAX_FILES = 50
MAX_BYTES_OF_PROCESS = 8 << 20


class Files:
    """The files of one process, each read once; `errors` gathers what is wrong with them.

    `revised` are the bytes of files that are to be read as if they were changed, by the paths that messages show.
    Codes: those of `source`, `include`, `limit`, `outside-window`. OSError where a file cannot be read.
    """

    def __init__(self, process: ProcessPath, revised: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.process = process
        self._revised = revised
        self.errors: list[Diagnostic] = []
        self._trees: dict[Path, Fields | None] = {}
        self._bytes = 0

    def tree(self, path: Path) -> Fields | None:
        """The file's tree; None, and an error, where it cannot be understood."""
        if self._bytes > MAX_BYTES_OF_PROCESS:
            return self._trees.get(path)  # told already, of the file that was too much: nothing more is read
        if path not in self._trees:
            shown = display_path(path, self.process)
            try:
                self._trees[path] = read(self._bytes_of(path, shown), shown)
            except InvalidProcess as invalid:
                self.errors.extend(invalid.diagnostics)
                self._trees[path] = None
        return self._trees[path]

    def _bytes_of(self, path: Path, shown: str) -> bytes:
        """The bytes of a file, counted: many files of the size allowed are together too much."""
        revised = self._revised.get(shown)
        data = read_file(path, _root(path, self.process), shown) if revised is None else revised
        self._bytes += len(data)
        if self._bytes > MAX_BYTES_OF_PROCESS:
            message = f"Processens filer är tillsammans större än {MAX_BYTES_OF_PROCESS >> 20} MiB"
            hint = "ta bort det som inte behövs, eller dela upp processen"
            raise InvalidProcess([error(Code.LIMIT, message, at_start(shown), hint)])
        return data

    def deviations(self, budget_year: int) -> Fields | None:
        """The deviations of the year; an error where the year in the file is another than in its name."""
        path = deviations_path(self.process, budget_year)
        tree = self.tree(path) if path else None
        written = text_of(tree, "budgetår")
        if written is not None and written.isdecimal() and written != str(budget_year):
            message = f"filen hör enligt sitt namn till {budget_year}, men här står {written}"
            hint = "rätta året, eller byt namn på filen"
            self.errors.append(error(Code.OUTSIDE_WINDOW, message, written.span, hint))
        return tree

    def parts(self, tree: Fields, path: Path) -> list[Fields]:
        """The trees of the files that `använder` of the file at `path` lists, in order, each once.

        A pattern may match deviations files: they are left out, each is read for its own year.
        """
        listed = value_of(tree, "använder")
        entries = listed if isinstance(listed, Items) else ()  # any other shape is for the models to refuse
        paths = [found for entry in entries if isinstance(entry, Text) for found in self.matches(entry, path)]
        paths = [found for found in dict.fromkeys(paths) if found != path]
        # With all that is read already: what a process builds on is part of it.
        every = {path, *self._trees, *paths}
        if len(every) > MAX_FILES:
            message = f"Processen använder {len(every)} filer, den själv medräknad; gränsen är {MAX_FILES}"
            hint = "slå ihop filer, eller skriv ett smalare mönster"
            self.errors.append(error(Code.LIMIT, message, listed.span if listed is not None else None, hint))
            return []
        return [found for found in map(self.tree, paths) if found is not None and "budgetår" not in found]

    def matches(self, entry: Text, path: Path) -> list[Path]:
        """The files that a path or pattern in the file at `path` means, sorted; none, and an error, if it is wrong."""
        try:
            return [] if entry.null else _matching_files(entry, path, self.process)
        except InvalidProcess as invalid:
            self.errors.extend(invalid.diagnostics)
            return []


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


def _root(path: Path, process: ProcessPath) -> Path:
    """The folder that reading must not leave: the project, or the shipped processes."""
    return process.project if path.is_relative_to(process.project) else shipped("processes")


def display_path(path: Path, process: ProcessPath) -> str:
    """How messages name a file: from the project folder, a shipped one with `arshjul:` before it."""
    if path.is_relative_to(process.project) and not process.display_path.startswith(SHIPPED):
        return path.relative_to(process.project).as_posix()
    return f"{SHIPPED}{path.relative_to(shipped('processes')).as_posix()}"


def _matching_files(entry: Text, path: Path, process: ProcessPath) -> list[Path]:
    if entry.startswith(SHIPPED):
        root, start, wanted = shipped("processes"), shipped("processes"), entry.removeprefix(SHIPPED)
    else:
        root, start, wanted = _root(path, process), path.parent, str(entry)
    steps = PurePosixPath(wanted).parts
    # What is a path on another system is refused on this one too: the project must read alike everywhere.
    if not steps or "\\" in wanted or "\0" in wanted or PurePosixPath(wanted).is_absolute() or ":" in wanted:
        raise _refused(entry, f"”{entry}” är ingen sökväg inom projektet", "skriv den från filen den står i, med /")
    if ".." in steps[next((at for at, step in enumerate(steps) if _is_pattern(step)), len(steps)) :]:
        # `*/..` doubles what it matches with every repetition.
        raise _refused(entry, f"”{entry}” går uppåt efter ett mönster", "skriv .. först och * eller ? sist")
    found = [start]
    for step in steps:
        # Before the step, so that nothing says what a link leads to, or whether it leads anywhere.
        _refuse_links(entry, (folder for folder in found if folder not in (root, start)))
        found = [inner for folder in found for inner in _step_into(folder, step)]
        # After each step, not at the end: `../other/../project/x` must not show whether `other` exists.
        if any(not reached.is_relative_to(root) for reached in found):
            raise _refused(entry, f"”{entry}” leder ut ur projektet", "filer utanför projektmappen läses inte")
    files: list[Path] = []
    for reached in found:
        inside = sorted(reached.iterdir()) if not is_link(reached) and reached.is_dir() else None
        files += [reached] if inside is None else [inner for inner in inside if inner.suffix == ".yaml"]
    if not files:
        raise _refused(entry, f"”{entry}” träffar ingen fil", f"sökvägen räknas från {display_path(path, process)}")
    return files


def _step_into(folder: Path, step: str) -> list[Path]:
    """What one part of a path leads to; `*` and `?` may match several, in alphabetical order."""
    if step == "..":
        return [folder.parent]
    if not _is_pattern(step):
        inner = folder / step
        return [inner] if lexists(inner) else []
    if not folder.is_dir():
        return []
    pattern = step.replace("[", "[[]")  # brackets are letters here, not a set of letters
    return sorted(inner for inner in folder.iterdir() if fnmatchcase(inner.name, pattern))


def _is_pattern(step: str) -> bool:
    return "*" in step or "?" in step


def _refuse_links(entry: Text, reached: Iterable[Path]) -> None:
    if link := next(filter(is_link, reached), None):
        hint = "lägg filen själv i projektmappen: länkar följs inte"
        raise InvalidProcess([error(Code.LINK, f"”{link.name}” är en länk", entry.span, hint)])


def _refused(entry: Text, message: str, hint: str) -> InvalidProcess:
    return InvalidProcess([error(Code.INCLUDE, message, entry.span, hint)])
