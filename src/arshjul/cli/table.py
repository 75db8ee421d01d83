"""Columns of text for a terminal or a pipe. No rules and no boxes: every line is words, so `grep` and `cut` work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from arshjul.reports.terminal import columns, safe

GAP = "  "
NARROWEST = 8


def lay_out(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[list[str]]:
    """The lines of each row, columns aligned; cells are wrapped so that no line is wider than `width`.

    Without a width every row is one line.
    """
    cells = [[safe(cell) for cell in row] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _fitted(widths, width - columns(GAP) * (len(widths) - 1))
    for row in cells:
        yield list(_lines(row, widths))


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widest columns give way to the others, but stay readable."""
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        padded = (piece + " " * (width - columns(piece)) for piece, width in zip(pieces, widths, strict=True))
        yield GAP.join(padded).rstrip()


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at blanks, within a word only where it is longer."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        lines[-1:] = _chopped(lines[-1], width)
    return lines


def _chopped(word: str, width: int) -> list[str]:
    """Pieces of a word that is too long; a hyphen or slash inside it is the better place to break."""
    pieces = []
    while columns(word) > width:
        head = word[:width]
        at = max(head.rfind("-"), head.rfind("/"), head.rfind("_")) + 1 or width
        pieces.append(word[:at])
        word = word[at:]
    return [*pieces, word]
