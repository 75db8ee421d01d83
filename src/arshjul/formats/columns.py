"""Columns of text for a terminal or a pipe. No rules and no boxes: every line is words, so `grep` and `cut` work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from arshjul.formats.terminal import columns, safe, wrap

GAP = "  "
NARROWEST = 8


def lay_out(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[list[str]]:
    """The lines of each row, columns aligned; cells are wrapped so that no line is wider than `width`.

    Without a width every row is one line.
    """
    cells = [[safe(cell) for cell in row] for row in rows]
    by_column = list(zip(*cells, strict=True))
    widths = [max(map(columns, column)) for column in by_column]
    if width is not None:
        words = [max(columns(word) for cell in column for word in cell.split(" ")) for column in by_column]
        widths = _fitted(widths, words, width - columns(GAP) * (len(widths) - 1))
    for row in cells:
        wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines = []
        for pieces in zip_longest(*wrapped, fillvalue=""):
            # not `str.ljust`: a wide character takes two columns, a combining mark none
            padded = (piece + " " * (width - columns(piece)) for piece, width in zip(pieces, widths, strict=True))
            lines.append(GAP.join(padded).rstrip())
        yield lines


def _fitted(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """The widest columns give way: first those that need not break a word, then all that stay readable."""
    fitted = list(widths)
    for floors in (words, [NARROWEST] * len(words)):
        while sum(fitted) > room and (able := [i for i, width in enumerate(fitted) if width > floors[i]]):
            fitted[max(able, key=fitted.__getitem__)] -= 1
    return fitted
