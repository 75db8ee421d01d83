"""A cell's text in pieces: days, clock times, weekdays, marks, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct


class PieceKind(StrEnum):
    """What a piece is; the names are those of the pattern's groups."""

    ISO = "iso"
    SHORT = "short"
    YEAR = "year"
    CLOCK = "clock"
    WEEK = "week"
    SLASHED = "slashed"
    RANGE = "range"
    MARK = "mark"
    DAY = "day"
    WORD = "word"
    JOINT = "joint"
    OPEN = "open"
    CLOSE = "close"
    QUESTION = "question"
    DASH = "dash"
    OTHER = "other"


class Piece(Struct, frozen=True, gc=False):
    """`apart` tells whether a blank stands before it."""

    kind: PieceKind
    text: str
    apart: bool


_PATTERN = re.compile(
    r"""
      (?P<iso>(?<![0-9])20[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9]))
    | (?P<short>(?<![0-9])[0-9]{6}(?![0-9]))
    | (?P<year>(?<![0-9])20[0-9]{2}(?![0-9-]))
    | (?P<clock>\bkl(?:ockan)?\.?\s*[0-9]{1,2}(?:[.:][0-9]{2})?
          (?:\s*[-–—]\s*(?:kl\.?\s*)?[0-9]{1,2}(?:[.:][0-9]{2})?)?(?![0-9])
        | (?<![0-9.:])[0-9]{1,2}[.:][0-9]{2}(?:\s*[-–—]\s*[0-9]{1,2}[.:][0-9]{2})?(?![0-9.:]))
    | (?P<week>\bv(?:ecka\s*|\.\s*|\s*)[0-9]{1,2}(?![0-9]))
    | (?P<slashed>(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(?![0-9/]))
    | (?P<range>(?<![0-9–-])[0-9]{1,2}\s?[-–—]\s?[0-9]{1,2}(?![0-9–-]))
    | (?P<mark>\*+\)?|[¹²³⁴⁵⁶⁷⁸⁹]+\)?|†|(?<![0-9])[0-9]\)|(?<![^\W_])[a-f]\))
    | (?P<day>(?<![0-9])[0-9]{1,2}(?::[ae]\b|\.(?![0-9]))?(?![0-9]))
    | (?P<word>[^\W\d_]+(?:-[^\W\d_]+)*\.?)
    | (?P<joint>[,;\n+&])
    | (?P<open>\() | (?P<close>\))
    | (?P<question>\?)
    | (?P<dash>[-–—])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text in order; blanks are told by the piece after them, line ends are joints."""
    end = 0
    for match in _PATTERN.finditer(text):
        yield Piece(PieceKind(match.lastgroup or "other"), match[0], match.start() > end)
        end = match.end()
