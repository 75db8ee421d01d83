"""How a command ends: the exit codes, and what is raised when the command line cannot be obeyed."""

from __future__ import annotations

import errno
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Never any other, and never 1 for anything but findings."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    BUG = 4
    INTERRUPTED = 130


class UsageError(Exception):
    """The command line asks for something that does not exist; exit code 2."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Unavailable(OSError):
    """Something cannot be read or written, in our own words; exit code 3."""

    def __init__(self, path: Path, reason: str, hint: str | None = None) -> None:
        super().__init__(0, reason, str(path))
        self.reason = reason
        self.hint = hint


REASONS = {
    errno.ENOENT: "finns inte",
    errno.EACCES: "får inte läsas eller skrivas; är filen öppen i Excel?",
    errno.EPERM: "får inte läsas eller skrivas; är filen öppen i Excel?",
    errno.EISDIR: "är en mapp, inte en fil",
    errno.ENOTDIR: "är en fil, inte en mapp",
    errno.EEXIST: "finns redan och är ingen mapp",
    errno.ELOOP: "är en länk",
    errno.ENAMETOOLONG: "har ett för långt namn",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "disken är skrivskyddad",
}


def describe_os_error(error: OSError, project: Path) -> str:
    """The error in one Swedish line, its path relative to the project where it lies there."""
    reason = REASONS.get(error.errno or 0, "går inte att läsa eller skriva")
    if isinstance(error, Unavailable):
        reason = error.reason
    return reason if error.filename is None else f"{display_path(Path(str(error.filename)), project)}: {reason}"


def hint_of(error: OSError) -> str | None:
    """What to do about it, where that is known."""
    return error.hint if isinstance(error, Unavailable) else None


def display_path(path: Path, project: Path) -> str:
    """The path with `/`, relative to the project where it lies there."""
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()
