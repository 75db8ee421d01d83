"""The files of a project: which processes there are, and what each of them is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath

from arshjul.codes import Code
from arshjul.definition.deviations import overlay
from arshjul.definition.foundations import varied
from arshjul.diagnostics import Diagnostic, InvalidProcess, error
from arshjul.shipped import SHIPPED, shipped
from arshjul.source import Fields, Items, Text, read, read_file

PROCESS_FILE = "process.yaml"
MAX_FILES = 50
MAX_FOUNDATIONS = 10
DEVIATIONS = re.compile(r"avvikelser-(\d{4})\.yaml")


class UnknownProcess(Exception):
    """No process, or more than one, has the name that was asked for."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class ProcessPath:
    """A process file: `project` is the folder nothing outside of which is read, `shown` the path in messages.

    `id` is None where the file does not tell it.
    """

    path: Path
    shown: str
    project: Path
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees a process is made of in one budget year, foundations (`bygger_på`) already laid under `main`."""

    main: Fields
    parts: tuple[Fields, ...]
    deviations: Fields | None
    wrong: tuple[Diagnostic, ...] = ()


# --- finding ------------------------------------------------------------------------------------------


def find_processes(project: Path) -> tuple[ProcessPath, ...]:
    """Every file named process.yaml under `processes/`, sorted; without that folder, the project folder's own."""
    folder = project / "processes"
    if folder.is_dir() and not folder.is_symlink():
        found = sorted(path for path in folder.rglob(PROCESS_FILE) if not _through_link(path, project))
    else:
        found = [path for path in (project / PROCESS_FILE,) if path.exists() or path.is_symlink()]
    return tuple(_process_file(path, project, path.relative_to(project).as_posix()) for path in found)


def _through_link(path: Path, project: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent.is_relative_to(project) and parent != project)


def _process_file(path: Path, project: Path, shown: str) -> ProcessPath:
    return ProcessPath(path, shown, project, _peek_id(path, project, shown))


def _peek_id(path: Path, project: Path, shown: str) -> str | None:
    """The id by a glance at the first lines: good enough to choose by, the reader decides what is right.

    What the reader will refuse (a link, a pipe) is not opened here either: it could wait for ever.
    """
    try:
        head = read_file(path, project, shown)[:65_536].decode("utf-8-sig", "replace")
    except (InvalidProcess, OSError):
        return None
    told = re.search(r"""^["']?process["']?[ \t]*:[ \t]*["']?([\w-]+)""", head, re.MULTILINE)
    return told[1] if told else None


def select(files: Sequence[ProcessPath], names: Sequence[str], project: Path) -> tuple[ProcessPath, ...]:
    """The processes named by id, by path or, shipped ones, as `arshjul:rambudget`; all of them without names.

    Raises:
        UnknownProcess: a name that none has, or several.
    """
    chosen = [_named(files, name, project) for name in names] if names else list(files)
    return tuple(dict.fromkeys(chosen))


def _named(files: Sequence[ProcessPath], name: str, project: Path) -> ProcessPath:
    if name.startswith(SHIPPED):
        return _shipped_process(name)
    fitting = [file for file in files if file.id == name] or _by_path(files, name, project)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        places = ", ".join(file.shown for file in fitting)
        raise UnknownProcess(f"Flera processer heter {name}", f"ange sökvägen: {places}")
    ids = [file.id for file in files if file.id]
    near = get_close_matches(name, ids, n=1)
    hint = f"menade du {near[0]}?" if near else f"det finns: {', '.join(ids) or 'inga processer'}"
    raise UnknownProcess(f"Det finns ingen process som heter {name}", hint)


def _by_path(files: Sequence[ProcessPath], name: str, project: Path) -> list[ProcessPath]:
    wanted = {(base / name).resolve() for base in (project, Path.cwd())}
    wanted |= {path / PROCESS_FILE for path in wanted}
    return [file for file in files if file.path.resolve() in wanted]


def _shipped_process(name: str) -> ProcessPath:
    known = {file.id: file for file in _shipped_processes()}
    wanted = known.get(name.removeprefix(SHIPPED))
    if wanted is None:
        names = ", ".join(f"{SHIPPED}{known_id}" for known_id in known)
        raise UnknownProcess(f"Ingen medföljande process heter {name}", f"det finns: {names}")
    return wanted


def _shipped_processes() -> Iterator[ProcessPath]:
    folder = shipped("processes")
    for path in sorted(folder.rglob(PROCESS_FILE)):
        yield _process_file(path, folder, f"{SHIPPED}{path.relative_to(folder).as_posix()}")


def planned_years(file: ProcessPath) -> tuple[int, ...]:
    """Each budget year B with a deviations file or a meeting plan for B-1, in order; not those of a foundation."""
    try:
        main = _read(file.path, file)
        trees = [main, *_Reading(file).parts_of(main)]
    except (InvalidProcess, OSError):
        trees = []
    return tuple(sorted({*deviation_years(file), *(year + 1 for tree in trees for year in _meeting_years(tree))}))


def _meeting_years(tree: Fields) -> Iterator[int]:
    """The calendar years with a meeting plan: a file's own, and those written inline."""
    inline = tree.get(Text("sammanträden"))
    years = [tree.get(Text("kalenderår")), *(inline if isinstance(inline, Fields) else ())]
    return (int(year) for year in years if isinstance(year, Text) and year.isdecimal())


def deviation_years(file: ProcessPath) -> Iterator[int]:
    """Each budget year with a deviations file, in no order."""
    names = (DEVIATIONS.fullmatch(path.name) for path in file.path.parent.iterdir())
    return (int(name[1]) for name in names if name)


# --- reading -----------------------------------------------------------------------------------------------


class Definitions:
    """The definitions of one process, year by year: only deviations differ, so all other files are read once."""

    def __init__(self, file: ProcessPath) -> None:
        self._file = file

    def of_year(self, budget_year: int) -> Trees:
        """Every file the process needs for the year, read; `wrong` holds the errors of those that are not among them.

        Codes: those of `source`, `include`, `limit`, `wrong-type`.

        Raises:
            InvalidProcess: the process file itself cannot be understood; with the errors of all files.
            OSError: a file cannot be read.
        """
        main, parts, wrong = self._of_every_year
        reading = _Reading(self._file)
        deviations = reading.deviations(budget_year)
        wrong = (*wrong, *reading.problems)
        if main is None:
            raise InvalidProcess(wrong)
        return Trees(main, parts, deviations, wrong)

    @cached_property
    def _of_every_year(self) -> tuple[Fields | None, tuple[Fields, ...], tuple[Diagnostic, ...]]:
        reading = _Reading(self._file)
        main = reading.tree(self._file.path)
        main, parts = reading.founded(main) if main is not None else (None, [])
        return main, tuple(parts), tuple(reading.problems)


def _deviations_file(file: ProcessPath, budget_year: int) -> Path | None:
    beside = file.path.with_name(f"avvikelser-{budget_year}.yaml")
    return beside if beside.exists() or beside.is_symlink() else None


def _read(path: Path, file: ProcessPath) -> Fields:
    shown = display_path(path, file)
    return read(read_file(path, _root(path, file), shown), shown)


def _root(path: Path, file: ProcessPath) -> Path:
    return file.project if path.is_relative_to(file.project) else shipped("processes")


def display_path(path: Path, file: ProcessPath) -> str:
    """How messages name a file: from the project folder, a shipped one with `arshjul:` before it."""
    if path.is_relative_to(file.project) and not file.shown.startswith(SHIPPED):
        return path.relative_to(file.project).as_posix()
    return f"{SHIPPED}{path.relative_to(shipped('processes')).as_posix()}"


class _Reading:
    """Reads the files of one process, each once, and keeps what is wrong with them."""

    def __init__(self, file: ProcessPath) -> None:
        self._file = file
        self._trees: dict[Path, Fields | None] = {}
        self.problems: list[Diagnostic] = []

    def tree(self, path: Path) -> Fields | None:
        """The file's tree; None, and a problem, where it cannot be understood."""
        if path not in self._trees:
            try:
                self._trees[path] = _read(path, self._file)
            except InvalidProcess as invalid:
                self.problems.extend(invalid.diagnostics)
                self._trees[path] = None
        return self._trees[path]

    def deviations(self, budget_year: int) -> Fields | None:
        """The deviations of the year; a file that says another one inside is a problem."""
        beside = _deviations_file(self._file, budget_year)
        tree = self.tree(beside) if beside else None
        said = tree.get(Text("budgetår")) if tree is not None else None
        if isinstance(said, Text) and said.isdecimal() and said != str(budget_year):
            message = f"filen hör enligt sitt namn till {budget_year}, men här står {said}"
            hint = "rätta året, eller byt namn på filen"
            self.problems.append(error(Code.OUTSIDE_WINDOW, message, said.span, hint))
        return tree

    def parts_of(self, main: Fields, path: Path | None = None) -> list[Fields]:
        """The trees of the files that `använder` lists, in order, each once; deviations are not parts."""
        path = path or self._file.path
        listed = main.get(Text("använder"))
        wanted = [found for entry in _entries(listed) for found in self._matches(entry, path)]
        wanted = [found for found in dict.fromkeys(wanted) if found != path]
        if len(wanted) > MAX_FILES - 2:
            span = listed.span if listed is not None else None
            message = f"Processen använder {len(wanted)} filer; gränsen är {MAX_FILES}"
            self.problems.append(error(Code.LIMIT, message, span, "slå ihop filer, eller skriv ett smalare mönster"))
            return []
        return [tree for found in wanted if (tree := self.tree(found)) is not None and "budgetår" not in tree]

    def _matches(self, entry: Text, path: Path) -> list[Path]:
        try:
            return _included(entry, path, self._file)
        except InvalidProcess as invalid:
            self.problems.extend(invalid.diagnostics)
            return []

    def founded(self, main: Fields) -> tuple[Fields | None, list[Fields]]:
        """The process with everything it builds on under it, and the files that they all use."""
        chain: list[tuple[Path, Fields]] = [(self._file.path, main)]
        used = [self.parts_of(main)]
        while "bygger_på" in chain[-1][1]:
            path, tree = chain[-1]
            below = self._foundation(tree["bygger_på"], path, chain)
            if below is None:
                return None, []
            chain.append(below)
            used.append(self.parts_of(below[1], below[0]))
        (_, result), parts = chain.pop(), used.pop()
        while chain:
            result, parts = _laid_over(result, parts, chain.pop()[1], used.pop())
        return result, parts

    def _foundation(
        self, entry: object, path: Path, chain: Sequence[tuple[Path, Fields]]
    ) -> tuple[Path, Fields] | None:
        if not isinstance(entry, Text) or entry.null:
            place = getattr(entry, "span", None)
            self.problems.append(
                error(Code.WRONG_TYPE, "”bygger_på” är en sökväg", place, "skriv till exempel ../bas/process.yaml")
            )
            return None
        found = self._matches(entry, path)
        found = [file for file in found if file.name == PROCESS_FILE] or found
        if not found:
            return None
        if len(found) > 1 or found[0] in [seen for seen, _ in chain] or len(chain) > MAX_FOUNDATIONS:
            message = f"”{entry}” kan inte vara grunden: den är flera filer, eller bygger i sin tur på den här"
            self.problems.append(error(Code.INCLUDE, message, entry.span, "peka på en enda annan process.yaml"))
            return None
        tree = self.tree(found[0])
        return None if tree is None else (found[0], tree)


def _laid_over(
    tree: Fields, files: Sequence[Fields], changes: Fields, own: Sequence[Fields]
) -> tuple[Fields, list[Fields]]:
    """A foundation and its files with the process that builds on it laid over, and that one's own files after them.

    A file that both use is read once.
    """
    parts, changes = varied(files, changes)
    new: list[Fields] = []
    for part in own:
        if not any(part is used for used in files):
            (tree, *parts), left = varied([tree, *parts], part)
            new.append(left)
    return overlay(tree, changes), [*parts, *new]


def _entries(listed: object) -> Iterable[Text]:
    """The paths listed; what is no list of texts is left for the schema to refuse."""
    if not isinstance(listed, Items):
        return ()
    return (entry for entry in listed if isinstance(entry, Text) and not entry.null)


def _included(entry: Text, path: Path, file: ProcessPath) -> list[Path]:
    """The files that one entry of `använder` means, sorted. Code: include."""
    if entry.startswith(SHIPPED):
        root, start, wanted = shipped("processes"), shipped("processes"), entry.removeprefix(SHIPPED)
    else:
        root, start, wanted = _root(path, file), path.parent, str(entry)
    parts = PurePosixPath(wanted).parts
    if not parts or "\\" in wanted or "\0" in wanted or PurePosixPath(wanted).is_absolute() or ":" in wanted:
        raise _refused(entry, f"”{entry}” är ingen sökväg inom projektet", "skriv den från filen den står i, med /")
    found = [start]
    for part in parts:
        found = [step for folder in found for step in _step(folder, part)]
        if any(not step.is_relative_to(root) for step in found):
            raise _refused(entry, f"”{entry}” leder ut ur projektet", "filer utanför projektmappen läses inte")
    found = [inner for outer in found for inner in (_yaml_files(outer) if outer.is_dir() else [outer])]
    if not found:
        raise _refused(entry, f"”{entry}” träffar ingen fil", f"sökvägen räknas från {display_path(path, file)}")
    return found


def _step(folder: Path, part: str) -> list[Path]:
    if part == "..":
        return [folder.parent]
    if not any(wild in part for wild in "*?"):
        step = folder / part
        return [step] if step.exists() or step.is_symlink() else []
    if not folder.is_dir():
        return []
    pattern = part.replace("[", "[[]")
    return sorted(step for step in folder.iterdir() if fnmatchcase(step.name, pattern))


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".yaml")


def _refused(entry: Text, message: str, hint: str) -> InvalidProcess:
    return InvalidProcess([error(Code.INCLUDE, message, entry.span, hint)])
