"""Files that lie in a process's folder as if they belonged to it, and that nothing reads: each is told.

A deviations file with almost the right name would otherwise be left out in silence, and the plan be wrong.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from arshjul.codes import Code
from arshjul.definition.find import (
    FOLDER,
    PROCESS_FILE,
    ProcessPath,
    deviation_years,
    is_known_by_name,
    is_named_yaml,
    process_files,
)
from arshjul.definition.matching import display_path, is_pattern, root_of
from arshjul.definition.model import Deviations, Part
from arshjul.definition.parts import KIND_BY_KEY, FileKind
from arshjul.definition.read import Files, misdated
from arshjul.definition.tree import EACH, texts
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, Source, Span, first_findings
from arshjul.shipped import SHIPPED
from arshjul.source import Fields, at_start, is_link, peek_file
from arshjul.source.encoding import printable
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

MAX_NAMES = 20_000
MAX_PEEKED = 1_000
PEEKED_BYTES = 8_192
MAX_BYTES_OF_OTHERS = 2 << 20
SHORT_LIST = 6  # files in `använder` that a hint repeats

_PERHAPS_YAML = re.compile(r"[^.]*(?:\.txt)?", re.IGNORECASE)
_KEY = re.compile(r"""^(?:\{[ \t]*)?(["']?)(\w+)\1[ \t]*:(?:[ \t]+["']?([^\s"',}#]*)|$)""", re.MULTILINE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_COPY = re.compile(r"^(?:kopia av|copy of) |(?: - (?:kopia|copy))?(?: \([0-9]+\))?(?=\.ya?ml$)", re.IGNORECASE)
_PLAIN_IN_A_LIST = re.compile(r"\w[\w ./()-]*")
_WORDS = {"avvikelser": FileKind.DEVIATIONS, "sammantraden": FileKind.MEETINGS}
_CHANGES = tuple(key for key in Deviations.aliases() if key != "budgetår")
_ALIKE = 0.8  # as ”avvikelse” and ”sammanträde” are, and ”avgifter” is not


class Stray(Struct, frozen=True):
    """A file that nothing reads. `keys` are those of its first level, with what stands on their line."""

    path: Path
    keys: dict[str, str]
    place: Span
    linked: bool = False

    @classmethod
    def at(cls, path: Path, process: ProcessPath) -> Stray | None:
        """The file, if it is ours by its keys or by its name; a pipe or device is nobody's."""
        shown = display_path(path, process)
        if is_link(path):
            return cls(path, {}, at_start(shown), linked=True) if _kind_by_name(path.name) else None
        try:
            data = peek_file(path, root_of(path, process), shown, PEEKED_BYTES)
        except InvalidProcess:
            return None
        source = printable(Source(shown, decoded_anyhow(data)))
        keys = {found[2]: found for found in reversed([*_KEY.finditer(source.text)])}
        telling = next((key for key in (*KIND_BY_KEY, *_CHANGES, *Part.aliases()) if key in keys), None)
        place = at_start(shown)
        if telling:
            place = source.stretch(*keys[telling].span(2))
        stray = cls(path, {key: match[3] or "" for key, match in keys.items()}, place)
        return stray if stray.kind or _kind_by_name(path.name) else None

    @property
    def kind(self) -> FileKind | None:
        """What it is by its keys; None where it has none of ours."""
        if found := next((kind for key, kind in KIND_BY_KEY.items() if key in self.keys), None):
            return found
        if any(key in self.keys for key in _CHANGES):
            return FileKind.DEVIATIONS
        return FileKind.PART if any(key in self.keys for key in Part.aliases()) else None

    @property
    def severity(self) -> Severity:
        """Fel for what would have changed the dates of a year."""
        year = {FileKind.DEVIATIONS: "budgetår", FileKind.MEETINGS: "kalenderår"}
        return Severity.ERROR if self.kind and year.get(self.kind) in self.keys else Severity.WARNING

    @property
    def year(self) -> int | None:
        """The year that it is for, by its key or else by its name."""
        written = self.keys.get("budgetår") or self.keys.get("kalenderår") or ""
        found = _YEAR.findall(f"{written} {self.path.name}")
        return next((int(year) for year in found if FIRST_YEAR <= int(year) <= LAST_YEAR), None)


def strays(files: Files, main: Fields | None) -> tuple[Diagnostic, ...]:
    """An `unread-file` for every such file: fel for deviations and meeting plans, else varning.

    `main` is the process file. Without it, or where a path of it leads nowhere, only deviations are told: the others
    may be what it is to list. A file that another process of the project lists is no stray.

    Raises OSError where a folder or a file may not be read.
    """
    process, wrong = files.process, {found.code for found in files.errors}
    if process.display_path.startswith(SHIPPED) or wrong & {Code.LINK, Code.LIMIT}:
        return ()
    used = files.used
    lying, is_cut = lying_below(process)
    lying = [path for path in (*lying, *beside_the_processes(process)) if path not in used]
    found = [stray for path in lying[:MAX_PEEKED] if (stray := Stray.at(path, process))]
    if main is None or files.missed:
        found = [stray for stray in found if stray.kind is FileKind.DEVIATIONS]
    elsewhere = listed_by_others(process) if found else frozenset[Path]()
    home = _Home(process, main, used)
    told = (
        Diagnostic(Code.UNREAD_FILE, stray.severity, f"”{stray.path.name}” läses inte", stray.place, home.remedy(stray))
        for stray in found
        if stray.path not in elsewhere
    )
    every = first_findings((*told, *_misdated(process)))
    if is_cut or len(lying) > MAX_PEEKED:
        message = f"Mappen har fler än {MAX_NAMES} filer, eller fler än {MAX_PEEKED} YAML-filer som inte läses"
        hint = "lägg processen i en mapp för sig: det är inte känt om någon av filerna hör till den"
        every.append(Diagnostic(Code.UNREAD_FILE, Severity.WARNING, message, at_start(process.display_path), hint))
    return tuple(every)


def _misdated(process: ProcessPath) -> Iterator[Diagnostic]:
    """The deviations files that say another year than their name, which would be missed in either."""
    for year in sorted(deviation_years(process)):
        path = process.path.with_name(f"avvikelser-{year}.yaml")
        stray = None if is_link(path) else Stray.at(path, process)
        written = stray.keys.get("budgetår", "") if stray else ""
        if stray and written.isdecimal() and written != str(year):
            match = next(found for found in _KEY.finditer(stray.place.source.text) if found[2] == "budgetår")
            yield misdated(path.name, written, stray.place.source.stretch(*match.span(3)))


def lying_below(process: ProcessPath) -> tuple[list[Path], bool]:
    """The files down to the next process whose names look like ours; whether there were too many to see them all."""
    folder = process.path.parent
    found: list[Path] = []
    waiting, seen = [folder], 0
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as entries:
            inside = sorted(islice(entries, MAX_NAMES - seen + 1), key=lambda entry: entry.name)
        seen += len(inside)
        if seen > MAX_NAMES:
            return sorted(found), True
        if here != folder and any(entry.name == PROCESS_FILE for entry in inside):
            continue
        for entry in inside:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                ours = path.parent != process.project or entry.name not in _NOT_OURS
                waiting += [path] if ours and not is_link(path) else []
            elif is_named_yaml(entry.name) or (_PERHAPS_YAML.fullmatch(entry.name) and _kind_by_name(entry.name)):
                found += [] if is_known_by_name(path, folder) or path == process.path else [path]
    return sorted(found), False


def beside_the_processes(process: ProcessPath) -> list[Path]:
    """What no process's folder holds, told with the project's first process: deviations and plans in `processes/`
    itself or above it, and a process file above it, which counts only where there is no such folder.
    """
    project = process.project
    if next(process_files(project), None) != process.path or process.path.parent == project:
        return []
    folders = [folder for folder in (project, project / FOLDER) if folder != process.path.parent]
    every = (path for folder in folders for path in sorted(folder.iterdir()) if path.is_file())
    main = project / PROCESS_FILE
    return [path for path in every if is_named_yaml(path.name) and (path == main or _kind_by_name(path.name))]


_NOT_OURS = ("tidplaner", "templates")


def _kind_by_name(name: str) -> FileKind | None:
    """What a file is meant to be by a word in its name, with or without its dots and in any case."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z]+", plain)[:SHORT_LIST]
    for known, kind in _WORDS.items():
        if any(SequenceMatcher(None, word, known).ratio() >= _ALIKE for word in words):
            return kind
    return None


def decoded_anyhow(data: bytes) -> str:
    """The text of a file's beginning, in whatever encoding: it is only to be recognised."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = codecs.getincrementaldecoder("utf-8-sig")().decode(data)  # the last letter may be cut in two
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def listed_by_others(process: ProcessPath) -> AbstractSet[Path]:
    """What the other processes of the project list; they are not read further. Big ones are not asked."""
    found: set[Path] = set()
    left = MAX_BYTES_OF_OTHERS
    for path in process_files(process.project):
        size = path.lstat().st_size
        if path == process.path or size > left:
            continue
        left -= size
        files = Files(ProcessPath(path, path.relative_to(process.project).as_posix(), process.project))
        main = files.tree(path)
        found.update(files.listed(main, path) if main is not None else ())
    return found


class _Home(Struct, frozen=True):
    """The process in whose folder a stray lies; `used` are the files that are read."""

    process: ProcessPath
    main: Fields | None
    used: AbstractSet[Path]

    @property
    def folder(self) -> Path:
        """The folder of the process file."""
        return self.process.path.parent

    def listed(self) -> list[str]:
        """The entries of `använder`, as written."""
        return [str(entry) for entry in texts(self.main, "använder", EACH)]

    def remedy(self, stray: Stray) -> str:
        """What makes it read, or what to do with a copy of what is read already."""
        if stray.linked:
            return "filen är en länk, och länkar följs inte: lägg filen själv i mappen"
        kind = stray.kind or _kind_by_name(stray.path.name)
        if not stray.path.is_relative_to(self.folder):
            return self.into_a_folder(stray)
        if kind is FileKind.DEVIATIONS:
            return self.name_of_deviations(stray)
        if kind is FileKind.PROCESS:
            return f"i en mapp läses bara {PROCESS_FILE}: ta bort filen, eller lägg den i en egen mapp med det namnet"
        original = stray.path.with_name(_COPY.sub("", stray.path.name))
        if original != stray.path and original in self.used:
            return _already_read(original.name)
        return self.name_of_meetings(stray) if kind is FileKind.MEETINGS else self.line_with(stray)

    def into_a_folder(self, stray: Stray) -> str:
        """Where a file belongs that lies in no process's folder."""
        if stray.path.name == PROCESS_FILE:
            place = f"{FOLDER}/{stray.keys.get('process') or 'ID'}/{PROCESS_FILE}"
            return f"med en mapp {FOLDER} läses bara processer i den: flytta filen till {place}, eller ta bort den"
        folder = display_path(self.folder, self.process)
        return f"lägg filen i mappen för den process som den gäller, till exempel {folder}/{stray.path.name}"

    def name_of_deviations(self, stray: Stray) -> str:
        """Deviations are read by their name beside the process file."""
        name = f"avvikelser-{stray.year or 'ÅR'}.yaml"
        if "budgetår" not in stray.keys or stray.year is None:
            return f"skriv budgetår: och ett år mellan {FIRST_YEAR} och {LAST_YEAR} i filen, och döp den till {name}"
        # Compared with the names that are there: `exists` is true of another case on Windows and macOS.
        if any(lying.name == name for lying in self.folder.iterdir()):
            return _already_read(name)
        if stray.path.parent == self.folder:
            return _renamed(stray, name)
        return f"flytta filen till {display_path(self.folder / name, self.process)}"

    def name_of_meetings(self, stray: Stray) -> str:
        """The name that a pattern of the process would match; else the line that lists it as it is called."""
        if stray.year is None:
            return "skriv kalenderår: och årtalet i filen, och lägg till den i använder"
        patterns = [entry for entry in self.listed() if entry.count("*") == 1 and "?" not in entry and "/" not in entry]
        names = [pattern.replace("*", str(stray.year)) for pattern in patterns if _kind_by_name(pattern)]
        for name in names if stray.path.parent == self.folder else ():
            return _already_read(name) if self.folder / name in self.used else _renamed(stray, name)
        return self.line_with(stray)

    def line_with(self, stray: Stray) -> str:
        """The whole line of `använder` with the file in it, or where it is long the entry."""
        name = stray.path.relative_to(self.folder).as_posix()
        if ":" in name or "\\" in name or is_pattern(name):
            return f"byt namn på filen, utan : \\ * och ?, och lägg till den i använder i {PROCESS_FILE}"
        entries = [entry if _PLAIN_IN_A_LIST.fullmatch(entry) else f'"{entry}"' for entry in (*self.listed(), name)]
        if len(entries) > SHORT_LIST:
            return f"lägg till {entries[-1]} i använder i {PROCESS_FILE}"
        return f"skriv använder: [{', '.join(entries)}] i {PROCESS_FILE}"


def _already_read(name: str) -> str:
    return f"{name} läses: flytta dit det som ska gälla, och ta bort den här filen"


def _renamed(stray: Stray, name: str) -> str:
    hidden = " (Utforskaren döljer .txt tills du visar filnamnstillägg)" if stray.path.suffix.lower() == ".txt" else ""
    return f"byt namn på filen till {name}{hidden}"
