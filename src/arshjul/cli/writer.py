"""Files are replaced whole or not at all: written beside their place, forced to disk, then put there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from arshjul.cli.exits import Unavailable
from arshjul.cli.lock import locked, write_protected

TEMPORARY = ".arshjul-"


def write_all(files: Mapping[Path, bytes], root: Path, old: Mapping[Path, bytes | None] = MappingProxyType({})) -> None:
    """Write all the files of one folder, or none if one of them cannot be written. It is made below `root`.

    `old` is what files hold that are rewritten from what they held, None of a new file: one that has been changed
    since is refused.
    A process that is killed leaves each file as it was or as it should be; the next one removes its temporary files.

    Raises:
        OSError: a place is a link, is no regular file, lies behind a link below `root`, or cannot be written
            (open in Excel, write-protected, full disk), or another process is writing there.
    """
    refuse_links(files, root)
    for folder in dict.fromkeys(target.parent for target in files):
        with _made_and_locked(folder):
            for target, data in old.items():
                if target.parent == folder and (target.read_bytes() if target.is_file() else None) != data:
                    raise Unavailable(target, "ändrades av någon annan under tiden; kör igen")
            _write_folder(folder, {target: data for target, data in files.items() if target.parent == folder})


def settle(
    targets: Iterable[Path], folder: Path, root: Path, settled: Callable[[], Mapping[Path, bytes | None]]
) -> None:
    """Hold the lock of a folder while it is settled what is written there (None: removed), then do so.

    `targets` are all that may be read or written for it. Raises as `write_all`, and what `settled` raises.
    """
    refuse_links(targets, root)
    with _made_and_locked(folder):
        wanted = settled()
        _write_folder(folder, {target: data for target, data in wanted.items() if data is not None})
        for target, data in wanted.items():
            if data is None:
                target.unlink(missing_ok=True)


@contextmanager
def _made_and_locked(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise write_protected(folder) from None
    with locked(folder):
        yield


def refuse_links(targets: Iterable[Path], root: Path) -> None:
    """Nothing is read or written through a link below `root`. Raises OSError."""
    for target in targets:
        for place in takewhile(lambda place: place != root, (target, *target.parents)):
            if place.is_symlink():
                raise Unavailable(place, "är en länk; arshjul skriver inte genom länkar")


def _write_folder(folder: Path, files: Mapping[Path, bytes]) -> None:
    for target in files:
        _refuse_occupied(target)
    _remove_temporary(folder)
    if not files:
        return
    try:
        # All are written before the first takes its place: a full disk leaves every old file as it was.
        numbered = enumerate(files.items(), start=1)
        written = [(_written(folder / f"{TEMPORARY}{number}", data), target) for number, (target, data) in numbered]
        for temporary, target in written:
            if target.exists():
                shutil.copymode(target, temporary)
            with _explained(target):
                temporary.replace(target)
    finally:
        _remove_temporary(folder)
    if sys.platform != "win32":  # what the files are called is forced to disk too; Windows does so by itself
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _remove_temporary(folder: Path) -> None:
    # Those of a killed process too: whoever holds the lock is the only one who has any.
    for left in folder.glob(f"{TEMPORARY}[0-9]*"):
        left.unlink(missing_ok=True)


def _refuse_occupied(target: Path) -> None:
    """An existing file must be writable as it stands, and nobody may have it open to write over the new one."""
    for name, program in _owner_files(target.name):
        if target.with_name(name).exists():
            reason = f"är öppen i {program}; stäng den och bygg igen (är den inte öppen: ta bort filen {name})"
            raise Unavailable(target, reason)
    if not target.exists():
        return
    if not target.is_file():
        raise Unavailable(target, "är upptaget av något som inte är en vanlig fil")
    with _explained(target), target.open("r+b"):
        pass


def _owner_files(name: str) -> Iterator[tuple[str, str]]:
    """The files that office programs lay beside a file while it is open, each with the program.

    Word, and only Word, writes its mark over the first letters of a name that is long enough.
    """
    if name.endswith(".xlsx"):
        yield f"~${name}", "Excel"
    if name.endswith(".docx"):
        yield f"~${name[min(max(len(name) - len('123456.docx'), 0), 2) :]}", "Word"
    yield f".~lock.{name}#", "LibreOffice"


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        reason = "får inte skrivas över; stäng filen om den är öppen, till exempel i Excel, annars är den skrivskyddad"
        raise Unavailable(target, reason) from None


def _written(place: Path, data: bytes) -> Path:
    with place.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return place
