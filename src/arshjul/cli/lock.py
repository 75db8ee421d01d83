"""One writer at a time in a folder. The lock is the operating system's, so a process that was killed holds none."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from arshjul.cli.exits import Unavailable

LOCK = ".arshjul.lock"
ATTEMPTS, PAUSE = 100, 0.05  # together five seconds; a build holds the lock for some milliseconds
# Some network drives know no locks: then the builds of one folder are for its users to take in turn.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(folder: Path, attempts: int = ATTEMPTS) -> Iterator[None]:
    """Hold the lock of an existing folder; its file is gone afterwards.

    Raises:
        OSError: another process still holds it after all attempts, or the folder may not be written in.
    """
    place = folder / LOCK
    file = _acquired(place, attempts)
    try:
        yield
    finally:
        if sys.platform == "win32":  # which removes no open file; elsewhere the name has to go while the lock is held
            os.close(file)
            with suppress(PermissionError, FileNotFoundError):
                place.unlink()
        else:
            place.unlink(missing_ok=True)
            os.close(file)


def _acquired(place: Path, attempts: int) -> int:
    for attempt in range(attempts):
        if attempt:
            time.sleep(PAUSE)
        try:
            file = os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except PermissionError:
            raise write_protected(place.parent) from None
        # The previous holder may have removed the file: a lock on an unlinked file excludes nobody.
        with suppress(FileNotFoundError):
            if _taken(file) and os.path.samestat(os.fstat(file), place.stat()):
                return file
        os.close(file)
    raise Unavailable(place.parent, "ett annat bygge skriver i mappen just nu; vänta tills det är klart och bygg igen")


def _taken(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refused:
        return refused.errno in _NO_LOCKS
    return True


def write_protected(folder: Path) -> Unavailable:
    """A folder that nobody may write in is nothing that a program has open."""
    return Unavailable(folder, "mappen är skrivskyddad; skriv -o MAPP för att lägga filerna i en annan")
