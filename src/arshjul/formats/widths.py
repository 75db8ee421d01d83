"""How wide the columns of a sheet are: by what they hold, within a page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from arshjul.formats.letters import text_width
from arshjul.formats.workbook import CELL_PADDING

PAGE = 164  # digits: A4 on its side at nine tenths of its size, so that ten points are nine on paper
NARROWEST, WIDEST_WORD = 6, 27
WIDEST_DATE = 48  # letters that blanks which do not break hold together: a date without room is shown as ####
MANY_LINES = 5  # one very long text shall not take the room of all the others
SAMPLE = 200  # rows, evenly chosen: more would not move a column

Rows = Sequence[Sequence[str]]


def column_widths(rows: Rows, page: int = PAGE) -> list[int]:
    """Widths in digits for the columns of these texts, within the page unless the longest words do not fit there.

    No column is wider than its longest line. The room left over the longest words goes, digit by digit, to the column
    that would shorten the rows most.
    """
    columns = [set(texts) for texts in zip(*rows, strict=True)]
    most = [_width(max(_widest(text, "\n") for text in texts)) for texts in columns]
    widths = [
        max(_width(_least(word)) for text in texts for word in text.replace("\n", " ").split(" ")) for texts in columns
    ]
    sample = [[text_width(text) for text in row] for row in rows[:: ceil(len(rows) / SAMPLE)]]
    open_ = {n for n, width in enumerate(widths) if width < most[n]}
    while open_ and sum(widths) < page:
        # how many lines a digit more would save in each column: in a row only the tallest cell counts
        gains = [0.0] * len(widths)
        for row in sample:
            lines = [taken / width for taken, width in zip(row, widths, strict=True)]
            tallest = max(lines)
            column = lines.index(tallest)
            gains[column] += min(tallest, MANY_LINES) / widths[column]
        # sorted: of columns that gain the same, the first gets the room on every machine
        best = max(sorted(open_), key=gains.__getitem__)
        widths[best] += 1
        if widths[best] >= most[best]:
            open_.discard(best)
    return widths


def _widest(text: str, between: str) -> float:
    return max(map(text_width, text.split(between)))


def _least(word: str) -> float:
    return min(text_width(word), WIDEST_DATE if "\N{NO-BREAK SPACE}" in word else WIDEST_WORD - CELL_PADDING)


def _width(taken: float) -> int:
    return max(ceil(taken + CELL_PADDING), NARROWEST)
