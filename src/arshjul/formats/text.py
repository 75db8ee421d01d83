"""Texts that any format can carry."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?(?:\r\n?|\n|\x0b|\x0c|\x85|\u2028|\u2029) ?")
# Not characters in XML 1.0, or invisible commands (direction marks that make a text read as another).
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def clean(text: str | None) -> str:
    """A text any format can carry: single blanks, `\\n` line ends, no control characters. None is empty."""
    plain = str(text or "")
    if plain.isprintable() and "  " not in plain:
        return plain.strip()
    lines = _LINE_ENDS.sub("\n", plain)
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", lines)).strip()
