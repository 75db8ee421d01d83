"""Markdown cells and tables that read as themselves on GitHub and GitLab."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from arshjul.formats.text import clean

# What GitHub or GitLab would read as markup. An underscore within a word is left alone, or every address would break.
_MARKUP = re.compile(
    r"[\\`*\[\]<>|~${]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=#?\w+;)"
    r"|(?<!/)#(?=\W|\d|$)"
    r"|:(?=[\w+-]+:)"
)


def escaped(text: str) -> str:
    """The text so that it reads as itself: no markup, no HTML, no new cell, on one line."""
    return _MARKUP.sub(r"\\\g<0>", clean(text)).replace("\n", "<br>")


def grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows))
