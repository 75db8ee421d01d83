"""What a path or pattern under `använder` and `bygger_på` means: files inside the project, never through a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path, PurePosixPath
from re import sub
from unicodedata import normalize

from arshjul.codes import Code
from arshjul.definition.find import ProcessPath, is_known_by_name, surrounding_project
from arshjul.diagnostics import InvalidProcess, did_you_mean, error
from arshjul.shipped import SHIPPED, shipped
from arshjul.source import Text, is_link

MAX_NAMES = 20_000
FEW_NAMES = 200  # of a folder, for a guess at what was meant


class PathSearch:
    """Finds the files of one process; all its paths together are compared with at most MAX_NAMES names of files.

    Names are compared in NFC: a file from a Mac may have its `ä` as two characters.
    """

    def __init__(self, process: ProcessPath) -> None:
        self._process = process
        self._looked = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether MAX_NAMES has been told: every other path would only tell it again."""
        return self._looked > MAX_NAMES

    def files(self, entry: Text, path: Path) -> list[Path]:
        """The files that an entry of the file at `path` means, sorted, but for those that are read by their names.

        Raises:
            InvalidProcess: include, link, or limit where the names in the folders are too many.
            OSError: a folder on the way cannot be looked into.
        """
        if entry.startswith(SHIPPED):
            root, start, wanted = shipped("processes"), shipped("processes"), entry.removeprefix(SHIPPED)
        else:
            root, start, wanted = root_of(path, self._process), path.parent, str(entry)
        found = [start]
        for step in _steps(entry, wanted):
            # Before the step, so that nothing says what a link leads to, or whether it leads anywhere.
            if link := next((folder for folder in found if folder not in (root, start) and is_link(folder)), None):
                hint = "lägg filen själv i projektmappen: länkar följs inte"
                raise InvalidProcess([error(Code.LINK, f"”{link.name}” är en länk", entry.span, hint)])
            reached = [inner for folder in found for inner in self._step_into(entry, folder, step)]
            # After each step, not at the end: `../other/../project/x` must not show whether `other` exists.
            if any(not inner.is_relative_to(root) for inner in reached):
                hint = "filer utanför projektmappen läses inte"
                if around := surrounding_project(self._process.project):
                    hint = f"{hint}: är projektet {around.name}, kör därifrån eller ange den mappen med -C"
                raise _refused(entry, f"”{entry}” leder ut ur projektet", hint)
            if not reached:
                raise _refused(entry, f"”{entry}” träffar ingen fil", self._nearest(found, step, path))
            found = reached
        files: list[Path] = []
        for file in found:
            folder = not is_link(file) and file.is_dir()
            files += [each for each in self._names(entry, file) if each.suffix == ".yaml"] if folder else [file]
        if not files:
            raise _refused(entry, f"”{entry}” träffar ingen fil", self._counted_from(path))
        return [file for file in files if not is_known_by_name(file, path.parent)]

    def _step_into(self, entry: Text, folder: Path, step: str) -> list[Path]:
        """What one part of a path leads to; `*` and `?` may match several, in alphabetical order."""
        if step == "..":
            return [folder.parent]
        if not folder.is_dir():
            return []
        if not is_pattern(step) and _exists(folder / step):
            self._count(entry)
            return [folder / step]
        pattern = step.replace("[", "[[]")  # brackets are letters here, not a set of letters
        return [inner for inner in self._names(entry, folder) if fnmatchcase(normalize("NFC", inner.name), pattern)]

    def _names(self, entry: Text, folder: Path) -> list[Path]:
        """What lies in a folder, sorted, as a shell has it: what begins with a dot is hidden."""
        found: list[Path] = []
        for inner in folder.iterdir():
            self._count(entry)
            if not inner.name.startswith("."):
                found.append(inner)
        return sorted(found)

    def _count(self, entry: Text) -> None:
        self._looked += 1
        if self.is_exhausted:
            message = f"Processens sökvägar leder förbi fler än {MAX_NAMES} filer och mappar"
            hint = "skriv smalare mönster, eller lägg processen i en mapp för sig"
            raise InvalidProcess([error(Code.LIMIT, message, entry.span, hint)])

    def _counted_from(self, path: Path) -> str:
        return f"sökvägen räknas från {display_path(path, self._process)}"

    def _nearest(self, folders: Iterable[Path], step: str, path: Path) -> str:
        """The names most like the step that lies in one of the folders, a pattern for a pattern."""
        names = [inner.name for folder in folders if folder.is_dir() for inner in islice(folder.iterdir(), FEW_NAMES)]
        known = {normalize("NFC", name) for name in names[:FEW_NAMES] if not name.startswith(".")}
        if is_pattern(step):
            known = {sub(r"[0-9]+", "*", name) for name in known}
        near = did_you_mean(step, known, few=0)
        return f"{near} {self._counted_from(path)}" if near else self._counted_from(path)


def root_of(path: Path, process: ProcessPath) -> Path:
    """The folder that reading must not leave: the project, or the shipped processes."""
    return process.project if path.is_relative_to(process.project) else shipped("processes")


def display_path(path: Path, process: ProcessPath) -> str:
    """How messages name a file: from the project folder, a shipped one with `arshjul:` before it."""
    if path.is_relative_to(process.project) and not process.display_path.startswith(SHIPPED):
        return path.relative_to(process.project).as_posix()
    return f"{SHIPPED}{path.relative_to(shipped('processes')).as_posix()}"


def is_pattern(step: str) -> bool:
    """Whether a part of a path stands for several names."""
    return "*" in step or "?" in step


def _steps(entry: Text, wanted: str) -> Iterator[str]:
    steps = PurePosixPath(wanted).parts
    # What is a path on another system is refused on this one too: the project must read alike everywhere.
    if not steps or "\\" in wanted or "\0" in wanted or PurePosixPath(wanted).is_absolute() or ":" in wanted:
        raise _refused(entry, f"”{entry}” är ingen sökväg inom projektet", "skriv den från filen den står i, med /")
    if ".." in steps[next((at for at, step in enumerate(steps) if is_pattern(step)), len(steps)) :]:
        # `*/..` doubles what it matches with every repetition.
        raise _refused(entry, f"”{entry}” går uppåt efter ett mönster", "skriv .. först och * eller ? sist")
    return iter(steps)


def _exists(path: Path) -> bool:
    """Whether the name is there, a link to nothing too. Raises OSError where that may not be known."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _refused(entry: Text, message: str, hint: str) -> InvalidProcess:
    return InvalidProcess([error(Code.INCLUDE, message, entry.span, hint)])
