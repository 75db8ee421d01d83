"""A process that builds on another varies what that one's files declare: its bodies, groups, roles, calendar."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.definition.tree import merged, replaced, value_of, without
from arshjul.source import Fields

SHARED = ("organ", "organgrupper", "roller", "kalender", "kontroller")


def varied(below: Sequence[Fields], over: Fields) -> tuple[list[Fields], Fields]:
    """The files below with the entries of `over` that they declare merged in; and `over` without those.

    What only `over` declares stays there, so that each entry still stands in one file.
    """
    files = list(below)
    for section in SHARED:
        for number, file in enumerate(files):
            files[number], over = _varied(file, over, section)
    return files, over


def _varied(file: Fields, over: Fields, section: str) -> tuple[Fields, Fields]:
    declared, changes = value_of(file, section), value_of(over, section)
    if not isinstance(declared, Fields) or not isinstance(changes, Fields):
        return file, over
    both = [key for key in changes if key in declared]
    if not both:
        return file, over
    changed = merged(declared, Fields([(key, changes[key]) for key in both], changes.span))
    return replaced(file, section, changed), replaced(over, section, without(changes, both))
