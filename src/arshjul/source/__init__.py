"""Bytes → a tree of plain values that know their place; everything dangerous is refused here."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Source, error
from arshjul.source.encoding import at_start, decode
from arshjul.source.misreadings import foreign_marks
from arshjul.source.nodes import Fields, Items, Text, YamlValue
from arshjul.source.reader import Reader

__all__ = ["Fields", "Items", "Text", "YamlValue", "at_start", "is_link", "parse", "peek_file", "read", "read_file"]

MAX_BYTES: Final = 1 << 20

# What lstat says on Windows of a symbolic link and of a junction. Other reparse points (a OneDrive file) are files.
_LINK_TAGS: Final = frozenset({0xA000000C, 0xA0000003})


def read(data: bytes, path: str) -> Fields:
    """The tree of a file's bytes; `path` is how messages name it.

    Errors: `InvalidProcess` with `encoding`, `limit` and all that `parse` says.
    """
    if len(data) > MAX_BYTES:
        raise InvalidProcess([_too_large(path)])
    return parse(decode(data, path))


def parse(source: Source) -> Fields:
    """The tree of a text whose characters `decode` has let through; the root is a mapping.

    Errors: `InvalidProcess` with `syntax`, `anchor`, `duplicate-key`, `text-cut` and `limit`. The first fault of
    syntax ends the reading; everything else is reported together, up to 100 findings.
    """
    marks = foreign_marks(source)
    if marks:
        raise InvalidProcess(marks)
    return Reader(source).document()


def is_link(path: Path) -> bool:
    """Whether this step of a path is a symbolic link or a junction, wherever it leads. May raise OSError."""
    info = path.lstat()
    return stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) in _LINK_TAGS


def read_file(file: Path, project: Path, shown: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file inside the project folder, at most `most` of them.

    Errors: `InvalidProcess` with `link` (a link between the project folder and the file, the file itself included;
    a device, a pipe, a folder; a place outside the project) or `limit`; `OSError` where the file cannot be read.
    """
    data = peek_file(file, project, shown, most + 1)  # one byte more than is allowed, so that too much is seen
    if len(data) > most:
        raise InvalidProcess([_too_large(shown, most)])
    return data


def peek_file(file: Path, project: Path, shown: str, most: int) -> bytes:
    """The first `most` bytes of a file. Errors as `read_file`, but for `limit`."""
    if not file.is_relative_to(project) or ".." in file.relative_to(project).parts:
        raise _refused(shown, "Filen ligger utanför projektmappen", "flytta in filen i projektmappen")
    # Every folder below the project on the way to the file, then the file.
    step = project
    for part in file.relative_to(project).parts:
        step = step / part
        if is_link(step):
            # The link is the place, not what would lie behind it if it were a folder.
            place = step.relative_to(project).as_posix() if shown == file.relative_to(project).as_posix() else shown
            raise _refused(place, f"”{step.name}” är en länk", "lägg filen själv i projektmappen: länkar följs inte")
    if not stat.S_ISREG(file.lstat().st_mode):
        raise _refused(shown, "Detta är ingen vanlig fil", "peka på en textfil i projektmappen")
    # A link or pipe that is put there now is not followed.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags), "rb") as stream:
        return stream.read(most)


def _refused(shown: str, message: str, hint: str) -> InvalidProcess:
    return InvalidProcess([error(Code.LINK, message, at_start(shown), hint)])


def _too_large(path: str, most: int = MAX_BYTES) -> Diagnostic:
    hint = "dela upp den i flera filer med använder:" if path.endswith(".yaml") else "gör den mindre"
    return error(Code.LIMIT, f"Filen är större än {most >> 20} MiB", at_start(path), hint)
