"""How much room a text takes in Calibri of 10 points.

It is counted as Excel counts the widths of columns: in digits of the standard font, which is Calibri of 11 points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

# Hundredths of a digit, by the font's own table.
_LETTERS: Mapping[int, str] = {
    45: "ijl '\N{NO-BREAK SPACE}",
    50: "I.,’·",
    60: "f´-()[]{}:;`",
    65: "tJ!°",
    70: "r",
    75: "s/\\",
    80: 'z"',
    85: "cxL”",
    90: "kvyFSZ?|",
    95: "agåäETYÉ",
    100: "eéèPX0123456789–_#+*=<>€$§",
    105: "bdhnopquöüøBCKR",
    115: "VAÅÄ",
    120: "D",
    125: "GHNUÜ",
    130: "OÖØ",
    135: "Q&…",
    140: "w%",
    150: "Ææ",
    160: "m",
    170: "M",
    175: "W@—",
}


class _Widths(dict[str, int]):
    """Letter → width. Letters that are not in the table, of another script or pictures, are wide."""

    def __missing__(self, letter: str) -> int:
        return 200


_WIDTHS = _Widths((letter, width) for width, letters in _LETTERS.items() for letter in letters)
_SIZE = 10 / 11
_SLACK = 1.06  # on a screen the standard digit, and with it the column, is rounded down from 7.4 pixels to 7


@lru_cache(maxsize=16_384)
def text_width(text: str) -> float:
    """The width of a text on one line, in digits."""
    return sum(map(_WIDTHS.__getitem__, text)) * _SIZE * _SLACK / 100


def line_count(text: str, width: float) -> int:
    """How many lines the text takes in a column of that many digits; 1 for an empty text."""
    lines = 0
    for line in text.split("\n"):
        lines, filled = lines + 1, 0.0
        # most lines fit, and then their words need not be measured
        for word in _pieces(line, width) if text_width(line) > width else ():
            if filled and filled + word > width:
                lines, filled = lines + 1, 0.0
            filled += word + text_width(" ")
    return lines


def _pieces(line: str, width: float) -> Iterator[float]:
    """The room of each word; one wider than the column is broken."""
    for word in line.split(" "):
        left = text_width(word)
        while left > width:
            yield width
            left -= width
        yield left
