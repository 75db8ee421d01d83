"""The folder that a build writes in, with its record: what is ours there, what is changed, what is left over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from arshjul.cli.console import Console
from arshjul.cli.destination import Destination
from arshjul.cli.exits import Unavailable, UsageError, display_path
from arshjul.cli.front import STEM
from arshjul.record.comparing import Published
from arshjul.record.model import NAME, FileLine, Record
from arshjul.record.reading import (
    OUR_CALENDAR,
    BadRecord,
    calendars,
    file_hash,
    highest_sequence,
    parse,
    read,
    to_bytes,
)

LeftOver = Callable[[Record], Iterable[tuple[FileLine, str]]]  # the files, and why each is no longer made

DRAFT = b"<!-- arshjul build --watch -->\n"  # last on a page that the next build may write over
RESTORE = "hämta den som den var ur git, eller ta bort den och bygg en gång med --new-record"
NO_RECORD = (
    "här ligger kalendrar men ingen arshjul.json, som säger vilka nummer händelserna har; med fel nummer behåller"
    " läsarnas kalendrar gamla dagar"
)
NEW_RECORD = f"hämta {NAME} ur git; finns den inte, bygg en gång med --new-record, som räknar vidare från kalendrarna"


def record_in(folder: Path) -> Record:
    """The record of a folder, an empty one where there is none. Raises OSError."""
    return _parsed(folder, _bytes(folder))


def _bytes(folder: Path) -> bytes | None:
    try:
        return read(folder)
    except BadRecord as bad:
        raise Unavailable(folder / NAME, bad.reason, RESTORE) from None


def _parsed(folder: Path, data: bytes | None) -> Record:
    try:
        return parse(data) if data is not None else Record()
    except BadRecord as bad:
        where = "" if bad.line is None else f"rad {bad.line} "
        raise Unavailable(folder / NAME, f"{where}{bad.reason}", RESTORE) from None


def first_number(folder: Path, *, new: bool) -> int:
    """The SEQUENCE of what was never published from a folder: 0, or with a `new` record above all that lie there.

    Raises:
        UsageError: a new record was asked for where there is one.
        OSError: there are calendars without a record, or a record that cannot be read.
    """
    if _bytes(folder) is not None:
        if new:
            raise UsageError(
                f"--new-record gör en {NAME}, men det finns redan en", f"utan flaggan används den; {RESTORE}"
            )
        record_in(folder)
        return 0
    if new:
        return highest_sequence(folder) + 1
    if any(calendars(folder)):
        raise Unavailable(folder, NO_RECORD, NEW_RECORD)
    return 0


class Made(Struct, frozen=True):
    """What a run has made of one process, or of several together (`process` None): its files and what is said of them.

    `published` are its events, `parts` the parts that it still has (None is the whole) → a hash of their rows.
    `empty` are the files that were asked for and not made, for nothing would stand in them.
    """

    files: Mapping[str, bytes]
    lines: Mapping[str, FileLine]
    process: str | None = None
    published: Published | None = None
    parts: Mapping[str | None, str] | None = None
    empty: Collection[str] = ()


def made_of_several(files: Mapping[str, bytes]) -> Made:
    """Files that no single process stands behind."""
    return Made(files, {name: FileLine(name, file_hash(data)) for name, data in files.items()})


class RecordChange(Struct, frozen=True):
    """What a process changes in the record: its events, if they are kept, its files, and those that are no longer."""

    published: Published | None
    lines: Mapping[str, FileLine]
    dropped: Collection[str]

    def applied(self, record: Record) -> Record:
        """The record with the change."""
        files = {name: lines for name, lines in record.files.items() if name not in self.dropped}
        files |= {name: (line,) for name, line in self.lines.items()}
        if self.published is not None:
            record = record.follows(self.published.process, self.published.lines, self.published.edition)
        return replace(record, files=files)


class Shelf:
    """Writes what is made in its folder, and keeps its record unless that is for another run to do. `keeps_events`: it
    is where the plans are published.

    Of many processes the record is written after the first, the third, the seventh … and by `finish`: it holds the
    lines of all of them, and to write it with each would be work that grows with their square.
    """

    def __init__(
        self,
        place: Destination,
        console: Console,
        *,
        keeps_events: bool,
        keeps_record: bool = True,
        force: bool = False,
        prune: bool = False,
    ) -> None:
        self.place, self._console = place, console
        self._keeps_record = keeps_record and not place.dry_run
        self._keeps_events, self._force, self._prune = keeps_events, force, prune
        self._read: tuple[bytes | None, Record] = (None, Record())
        self._stamp: tuple[int, int, int] | None = None
        self._unsaved: list[RecordChange] = []
        self._saved = 0

    def write(self, made: Made) -> None:
        """The files, all or none, and the record with them; each is named. Raises OSError."""
        self._put(made, lambda record: self._left_over_parts(made, record))
        if made.parts is not None:
            self._tell_stale(made)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()

    def finish(self) -> None:
        """The record, as far as it is not written yet: a run that is broken off keeps it too. Raises OSError."""
        if self._unsaved:
            self._put(Made({}, {}), lambda _: (), last=True)

    def tell_unwritten(self, process: str) -> None:
        """That the files of a process which could not be built show an earlier plan."""
        left = [line.file for line in self._lines_of(process) if (self.place.folder / line.file).is_file()]
        if left:
            names = ", ".join(left[:3]) + (f" och {len(left) - 3} till" if len(left) > 3 else "")
            self._console.note(f"{process} skrevs inte; kvar ligger en tidigare tidplan: {names}")

    def clear(self, processes: Collection[str]) -> None:
        """Tell of the files of processes that the project no longer has, or remove them. Raises OSError."""
        nothing = Made({}, {})
        if self._gone_processes(processes):
            self._put(nothing, lambda _: [(line, "processen finns inte") for line in self._gone_processes(processes)])

    def _gone_processes(self, processes: Collection[str]) -> list[FileLine]:
        lines = (line for versions in self._record().files.values() for line in versions[:1])
        return [line for line in lines if line.process is not None and line.process not in processes]

    def _put(self, made: Made, left_over: LeftOver, *, last: bool = False) -> None:
        folder = self.place.folder
        written: dict[Path, bytes | None] = {}
        changes: list[RecordChange] = []
        due = self._keeps_record and (last or len(self._unsaved) >= self._saved)

        def settled() -> Mapping[Path, bytes | None]:
            change = self._settled(made, left_over, written)
            changes.append(change)
            data = to_bytes(change.applied(self._record())) if due else self._read[0]
            if data != self._read[0]:
                written[folder / NAME] = data  # last: killed before it, the next build finds its own bytes and goes on
            return written

        if self.place.dry_run:
            settled()
        else:
            from arshjul.cli.writer import settle

            settle([folder / name for name in (NAME, *made.files)], folder, self.place.root, settled)
            if self._keeps_record:
                self._remember(changes[0], written.get(folder / NAME), saved=due)
        self._name(made, written)

    def _remember(self, change: RecordChange, data: bytes | None, *, saved: bool) -> None:
        """What is written now; what is not yet in the record is kept for it."""
        record = change.applied(self._read[1])
        self._unsaved.append(change)
        if saved:
            self._saved += len(self._unsaved)
            self._unsaved.clear()
            self._stamp = _stamp(self.place.folder / NAME)
        self._read = (self._read[0] if data is None else data), record

    def _name(self, made: Made, written: Mapping[Path, bytes | None]) -> None:
        wrote, removed = ("skulle skriva", "skulle ta bort") if self.place.dry_run else ("skrev", "tog bort")
        for name in made.files:
            target = self.place.folder / name
            self._console.note(f"{wrote if target in written else 'oförändrad:'} {self._shown(name)}")
        for target in (target for target, data in written.items() if data is None):
            self._console.note(f"{removed} {self._shown(target.name)}")

    def _settled(self, made: Made, left_over: LeftOver, wanted: dict[Path, bytes | None]) -> RecordChange:
        """Put into `wanted` what has to be written, or removed, for the folder to hold what is made."""
        folder, record = self.place.folder, self._record()
        wanted |= {folder / name: data for name, data in made.files.items() if not self._lies_there(name, data, record)}
        dropped = set()
        for line, why in left_over(record):
            if self._is_cleared(line, why, record):
                wanted[folder / line.file] = None
                dropped.add(line.file)
            elif not (folder / line.file).exists():
                dropped.add(line.file)
        published = made.published if self._keeps_events else None
        if published is not None and record.basis(published.process) != published.basis:
            raise Unavailable(folder / NAME, "ändrades av någon annan under tiden; kör igen")
        return RecordChange(published, made.lines, dropped)

    def _record(self) -> Record:
        """As it is now: another build may have written it since it was last read."""
        stamp = _stamp(self.place.folder / NAME)
        if stamp != self._stamp:
            data = _bytes(self.place.folder)
            record = _parsed(self.place.folder, data)
            for change in self._unsaved:
                record = change.applied(record)
            self._read, self._stamp = (data, record), stamp
        return self._read[1]

    def _lies_there(self, name: str, data: bytes, record: Record) -> bool:
        """Whether the file is as it should be. Raises OSError where it may not be written over."""
        target = self.place.folder / name
        held = _held(target)
        if held is None or held == data:
            return held is not None
        if held.endswith(DRAFT):
            return False
        lines = record.files.get(name, ())
        # Two lines: two branches have written it, and git has made something of both.
        if len(lines) > 1 or any(line.hash == file_hash(held) for line in lines):
            return False
        signed = None if lines else _signed(name, held)
        if signed is False:
            reason = "kommer inte från arshjul och skrivs inte över"
            raise Unavailable(target, reason, "flytta den, eller byt namn på den")
        if (lines or record.files) and not signed and not self._force:
            reason = "har ändrats sedan den byggdes" if lines else "har inte byggts här"
            raise Unavailable(
                target, f"{reason} och skrivs inte över", "spara undan den under ett annat namn, eller bygg med --force"
            )
        return False

    def _left_over_parts(self, made: Made, record: Record) -> Iterator[tuple[FileLine, str]]:
        if made.parts is None or made.process is None:
            return
        for line in _of_process(record, made.process):
            if line.file in made.empty:
                yield line, "den skulle vara tom nu"
            elif line.part not in made.parts and line.file not in made.files:
                yield line, f"{line.part} är inte med i {made.process}"

    def _is_cleared(self, line: FileLine, why: str, record: Record) -> bool:
        """Whether a file that is left over is to be removed; if not, it is told."""
        held = _held(self.place.folder / line.file)
        if held is None:
            return False
        ours = any(version.hash == file_hash(held) for version in record.files[line.file])
        if self._prune and (ours or self._force):
            return True
        remedy = (
            "ta bort den med --prune" if ours else "den har ändrats sedan den byggdes; --prune --force tar bort den"
        )
        self._console.note(f"{self._shown(line.file)} är kvar från ett tidigare bygge: {why}; {remedy}")
        return False

    def _tell_stale(self, made: Made) -> None:
        """Of the files that this run was not asked for, and whose rows have changed since they were built."""
        for line in self._lines_of(made.process or ""):
            now = (made.parts or {}).get(line.part)
            lies_there = line.file not in (*made.files, *made.empty) and (self.place.folder / line.file).is_file()
            if lies_there and now is not None and now != line.rows:
                self._console.note(
                    f"{self._shown(line.file)} visar en tidigare tidplan; den byggdes inte den här gången"
                )

    def _lines_of(self, process: str) -> list[FileLine]:
        return list(_of_process(self._record(), process))

    def _shown(self, name: str) -> str:
        return display_path(self.place.folder / name, self.place.project)


def _stamp(place: Path) -> tuple[int, int, int] | None:
    """What a file that is written anew has another of; None where there is none."""
    try:
        info = place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return info.st_mtime_ns, info.st_size, info.st_ino


def _of_process(record: Record, process: str) -> Iterator[FileLine]:
    lines = (line for line, *_ in record.files.values() if line.process == process)
    yield from sorted(lines, key=lambda line: line.file)


def _held(target: Path) -> bytes | None:
    """What a file holds; None where there is none that can be read: the writer says why it cannot be written."""
    try:
        return target.read_bytes() if target.is_file() else None
    except PermissionError:
        return None


def _signed(name: str, held: bytes) -> bool | None:
    """Whether a file says by itself that it is ours; None of a kind that does not say."""
    if name.endswith(".ics"):
        return OUR_CALENDAR in held[:400]
    if name == f"{STEM}.html":  # one that is not was passed by, see `front.is_foreign_page`
        return True
    return None
