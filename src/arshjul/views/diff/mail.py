"""A difference as a plain text to send to a body or a role: nothing of files, ids or checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from arshjul.formats.text import clean
from arshjul.views.diff.model import Difference
from arshjul.views.diff.texts import NOTHING, sections


def render(differences: Sequence[Difference]) -> bytes:
    """The subject, then a paragraph for each cause."""
    return "\n".join("".join(f"{line}\n" for line in _lines(each)) for each in differences).encode("utf-8", "replace")


def _lines(difference: Difference) -> Iterator[str]:
    told = replace(difference, came=(), went=())
    yield f"Ändringar i {clean(difference.new.title)}"
    if told.empty:
        yield from ("", NOTHING)
    for section in sections(told):
        yield from ("", f"{clean(section.heading)}:")
        yield from (f"- {clean(line.name)}: {clean(line.text)}" for line in section.lines)
