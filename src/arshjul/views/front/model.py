"""What the front page of a year shows: the processes that were built, and their files."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from arshjul.views.publication import Edition


class Entry(Struct, frozen=True):
    """A process that was built. `files` maps format → the file's name beside the front page; one of them is html."""

    edition: Edition
    files: Mapping[str, str]


class Front(Struct, frozen=True):
    """`missing` are the names of the processes that could not be built; `wheel` is the name of the page that `arshjul
    wheel` has written, if it has."""

    budget_year: int
    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()
    wheel: str | None = None
    templates: Mapping[str, str] = field(default_factory=dict)
