"""What the deviations of a year, or a process that builds on another, have taken out, and why."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from arshjul.definition.tree import value_of
from arshjul.diagnostics import Span
from arshjul.source import Fields, Text

# No file can hold a control character, so no key of an author's is taken for these.
STRUCK = Text("\0struket")
"""First level of a tree: name → reason, empty where none is given; the place of a name is that of its strike."""


class Struck(Struct, frozen=True):
    """A name that is struck. `year` is the budget year whose deviations do it, None for a process that builds on
    another; `reason` is empty where none is written."""

    name: str
    reason: str
    place: Span | None
    year: int | None = None

    def __str__(self) -> str:
        """`manadsrapport är struken 2023: lämnas muntligt`."""
        when = f" {self.year}" if self.year is not None else f" i {self.place.file}" if self.place else ""
        return f"{self.name} är struken{when}" + (f": {self.reason}" if self.reason else "")

    @property
    def undone(self) -> str:
        """What whoever needs it can do."""
        return f"ta bort strykningen i {self.place.file} rad {self.place.line}" if self.place else "ta bort strykningen"


def struck_in(tree: Fields, yearly: Mapping[str, object], year: int | None) -> dict[str, Struck]:
    """Every name that the tree remembers as struck; those of `yearly` by the deviations of that budget year."""
    section = value_of(tree, STRUCK)
    entries = section.items() if isinstance(section, Fields) else ()
    return {
        str(name): Struck(str(name), str(reason), name.span, year if name in yearly else None)
        for name, reason in entries
    }
