"""`bygger_på`: the process laid over its base, and that over its own, down to the one that builds on nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from arshjul.codes import Code
from arshjul.definition.find import PROCESS_FILE
from arshjul.definition.overlay import overlay, revised
from arshjul.definition.read import Files
from arshjul.definition.tree import merged, replaced, value_of, without
from arshjul.diagnostics import error
from arshjul.source import Fields, Text

MAX_BASES = 10

# The sections that may be written in the process file or in a file of their own, as the author likes: where the base
# has its `organ` must not matter to the process that changes one of them.
MOVABLE_SECTIONS = ("organ", "organgrupper", "roller", "kalender", "kontroller")


class Written(Struct, frozen=True):
    """A process file and the files it uses, as trees; with its bases under it once `with_bases` has laid them."""

    path: Path
    main: Fields
    parts: tuple[Fields, ...]


def with_bases(files: Files) -> Written | None:
    """The process with everything it builds on under it; None where one of those files cannot be read.

    Codes: wrong-type, include, and those of the files; they are added to `files.errors`.

    Raises:
        InvalidProcess: with what is wrong in the changes of a process to its base, as `overlay`.
    """
    own = _written(files, files.process.path)
    if own is None:
        return None
    chain = [own]
    while "bygger_på" in chain[-1].main:
        base = _base(files, chain)
        if base is None:
            return None
        chain.append(base)
    result = chain.pop()
    while chain:
        result = apply_over(result, chain.pop())
    return result


def _written(files: Files, path: Path) -> Written | None:
    tree = files.tree(path)
    return Written(path, tree, tuple(files.parts(tree, path))) if tree is not None else None


def _base(files: Files, chain: Sequence[Written]) -> Written | None:
    """What the last of the chain builds on."""
    upper = chain[-1]
    entry = upper.main["bygger_på"]
    if not isinstance(entry, Text) or entry.null:
        hint = "skriv sökvägen till en process.yaml, räknad från den här filen"
        files.errors.append(error(Code.WRONG_TYPE, "”bygger_på” är en sökväg", entry.span, hint))
        return None
    found = files.matches(entry, upper.path)
    found = [path for path in found if path.name == PROCESS_FILE] or found  # a folder means its process file
    if not found:
        return None
    if len(found) > 1 or found[0] in [layer.path for layer in chain] or len(chain) > MAX_BASES:
        message = f"”{entry}” kan inte vara grunden: den är flera filer, eller bygger i sin tur på den här"
        files.errors.append(error(Code.INCLUDE, message, entry.span, "peka på en enda annan process.yaml"))
        return None
    return _written(files, found[0])


def apply_over(base: Written, upper: Written) -> Written:
    """A base with the process that builds on it laid over, and that one's own files after those of the base.

    A file that both use is read once.
    """
    parts, changes = merge_into_parts([revised(part, upper.main) for part in base.parts], upper.main)
    tree, added = base.main, list[Fields]()
    for part in upper.parts:
        if not any(part is used for used in base.parts):  # the same file, not merely an equal one
            (tree, *parts), left = merge_into_parts([tree, *parts], part)
            added.append(left)
    return Written(upper.path, overlay(tree, changes, base.parts), (*parts, *added))


def merge_into_parts(below: Sequence[Fields], over: Fields) -> tuple[list[Fields], Fields]:
    """The files below with the entries of `over` that they declare merged in; and `over` without those.

    What only `over` declares stays there: an entry of two files would be refused as written twice.
    """
    files = list(below)
    for section in MOVABLE_SECTIONS:
        for number, file in enumerate(files):
            declared, changes = value_of(file, section), value_of(over, section)
            if not isinstance(declared, Fields) or not isinstance(changes, Fields):
                continue
            if both := [key for key in changes if key in declared]:
                changed = merged(declared, Fields([(key, changes[key]) for key in both], changes.span))
                files[number] = replaced(file, section, changed)
                over = replaced(over, section, without(changes, both))
    return files, over
