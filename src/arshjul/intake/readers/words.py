"""Words with places on a page → rows of cells. What the rules of a table say comes first, then how its words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from arshjul.intake.grid import Cell, GridRow
from arshjul.intake.readers.bounds import MOST_COLUMNS, clean

NEAR = 2.5  # points: two rules this near are one
SAME_LINE = 3.0
NEXT_LINE = 1.6  # of the size of the letters
TIGHTEST = 0.8  # of the size of the letters: lines nearer than that are one line with something raised in it
NEW_ROW = 1.18  # times the distance between the lines of a cell
WHOLE_RULE = 0.4  # of the height of a table: what is drawn for less is the frame of some cells, not of a column
MOST_BANDS = 500  # of a page
IN_TEXT = 0.45  # of the size of the letters: the widest blank between words of one cell
HEADING_AMONG = 25  # the first lines of a page


class Word(Struct, frozen=True, gc=False):
    """A word and where it stands, in points from the upper left corner of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Ruling(Struct, frozen=True, gc=False):
    """A line of a table: at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


class Page(Struct, frozen=True):
    """The words of a page in reading order, and its rules."""

    number: int
    words: Sequence[Word]
    vertical: Sequence[Ruling] = ()
    horizontal: Sequence[Ruling] = ()

    @property
    def place(self) -> str:
        return f"sida {self.number}"


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words by lines, from the top, each line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if lines and abs(word.middle - lines[-1][0].middle) <= SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def cell_of(words: Sequence[Word], spans: int = 1) -> Cell:
    """The words of one cell, line by line."""
    ordered = [word for line in lines_of(words) for word in line]
    text = clean(" ".join(word.text for word in ordered).replace("\xad ", ""))
    return Cell(text, bold=bool(ordered) and all(word.bold for word in ordered), spans=spans)


# --- tables with rules -----------------------------------------------------------------------------------------


def positions(rules: Sequence[Ruling]) -> list[float]:
    """Where the rules stand, those near each other as one."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def _length_at(rules: Sequence[Ruling], at: float) -> float:
    """How much of a column's border is drawn, edges drawn twice counted once."""
    drawn, end = 0.0, float("-inf")
    for rule in sorted((rule for rule in rules if abs(rule.at - at) <= NEAR * 2), key=lambda rule: rule.start):
        drawn += max(rule.end - max(rule.start, end), 0.0)
        end = max(end, rule.end)
    return drawn


def ruled_rows(page: Page) -> Iterator[GridRow] | None:
    """The rows of a page whose columns are ruled, and the lines outside them as rows of one cell; else None."""
    down = positions(page.horizontal)[:MOST_BANDS]
    if len(down) < 3:
        return None
    height = down[-1] - down[0]
    across = [at for at in positions(page.vertical) if _length_at(page.vertical, at) > height * WHOLE_RULE]
    across = across[: MOST_COLUMNS + 1]
    if len(across) < 3:
        return None
    inside = [
        word for word in page.words if down[0] < word.middle < down[-1] and across[0] - NEAR < word.left < across[-1]
    ]
    if len(inside) * 2 < len(page.words):
        return None
    return table_and_lines(page, Mesh(across, down, page), set(inside))


def table_and_lines(page: Page, mesh: Mesh, inside: set[Word]) -> Iterator[GridRow]:
    """The lines above the table, its rows, the lines below."""
    outside = [word for word in page.words if word not in inside]
    yield from _paragraphs([word for word in outside if word.middle < mesh.down[0]], page.place)
    filled = (tuple(cells) for cells in mesh.bands(inside) if any(cell.text for cell in cells))
    for number, cells in enumerate(filled, start=1):
        yield GridRow(cells, f"{page.place} rad {number}")
    yield from _paragraphs([word for word in outside if word.middle >= mesh.down[0]], page.place)


def _paragraphs(words: Sequence[Word], place: str) -> Iterator[GridRow]:
    for line in lines_of(words):
        yield GridRow((cell_of(line),), place)


class Mesh:
    """Columns and bands between rules, and which of their borders are drawn: the others lie within a merged cell."""

    def __init__(self, across: list[float], down: list[float], page: Page) -> None:
        self.across, self.down = across, down
        self._vertical = [[rule for rule in page.vertical if abs(rule.at - at) <= NEAR * 2] for at in across]
        self._horizontal = [[rule for rule in page.horizontal if abs(rule.at - at) <= NEAR * 2] for at in down]

    def bands(self, words: set[Word]) -> Iterator[list[Cell]]:
        """A row of cells for each band."""
        held: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            column = min(max(bisect_right(self.across, word.left + NEAR) - 1, 0), len(self.across) - 2)
            held.setdefault((bisect_right(self.down, word.middle) - 1, column), []).append(word)
        for band in range(len(self.down) - 1):
            cells: list[Cell] = []
            while len(cells) < len(self.across) - 1:
                column = len(cells)
                width = self.width(band, column)
                first, last = self.heights(band, column)
                within = [
                    word
                    for b in range(first, last + 1)
                    for c in range(column, column + width)
                    for word in held.get((b, c), ())
                ]
                cells += [cell_of(within, width), *[Cell("")] * (width - 1)]
            yield cells

    def width(self, band: int, column: int) -> int:
        """How many columns the cell covers that begins there."""
        middle = (self.down[band] + self.down[band + 1]) / 2
        width = 1
        while column + width < len(self.across) - 1 and not _covers(self._vertical[column + width], middle):
            width += 1
        return width

    def heights(self, band: int, column: int) -> tuple[int, int]:
        """The first and last band of the cell there."""
        middle = (self.across[column] + self.across[column + 1]) / 2
        first = last = band
        while first > 0 and not _covers(self._horizontal[first], middle):
            first -= 1
        while last < len(self.down) - 2 and not _covers(self._horizontal[last + 1], middle):
            last += 1
        return first, last


def _covers(rules: Sequence[Ruling], at: float) -> bool:
    return any(rule.start - NEAR <= at <= rule.end + NEAR for rule in rules)


# --- tables without ----------------------------------------------------------------------------------------------


def pieces(line: Sequence[Word]) -> list[list[Word]]:
    """The stretches of a line that wide blanks part."""
    found: list[list[Word]] = []
    for word in line:
        size = word.bottom - word.top
        if found and word.left - found[-1][-1].right <= max(size * IN_TEXT, 1.0):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def columns_by_heading(words: Sequence[Word]) -> tuple[list[float], str]:
    """Where the columns begin, by the line near the top that has the most pieces, none of them with a figure; its text.

    Empty where no line has several. Between two headings the border is where the fewest words stand.
    """
    lines = lines_of(words)
    headings = [pieces(line) for line in lines[:HEADING_AMONG] if not any(c.isdigit() for w in line for c in w.text)]
    heading = max(headings, key=len, default=[])
    if len(heading) < 2:
        return [], ""
    heading = sorted([*heading, *headings_beside(heading, headings)], key=lambda piece: piece[0].left)
    borders = [heading[0][0].left - SAME_LINE]
    below = [word for word in words if word.middle >= heading[0][0].middle]
    for one, other in pairwise(heading):
        borders.append(gutter(below, one[-1].right, other[0].left))
    return borders[:MOST_COLUMNS], " ".join(word.text for piece in heading for word in piece)


def headings_beside(heading: Sequence[Sequence[Word]], lines: Sequence[list[list[Word]]]) -> list[list[Word]]:
    """Headings that stand on the next line up or down, where cells are centred: over or under none of the others."""
    size = heading[0][0].bottom - heading[0][0].top
    found: list[list[Word]] = []
    for piece in (piece for line in lines for piece in line):
        apart = abs(piece[0].middle - heading[0][0].middle)
        others = [*heading, *found]
        if SAME_LINE < apart <= size * NEXT_LINE and not any(
            piece[0].left < other[-1].right + SAME_LINE and other[0].left - SAME_LINE < piece[-1].right
            for other in others
        ):
            found.append(piece)
    return found


def gutter(words: Sequence[Word], left: float, right: float) -> float:
    """The place between two headings that the fewest words stand across, as far right as it is so."""
    steps = [right - step * (right - left) / 40 for step in range(1, 41)]
    near = [word for word in words if word.right > left and word.left < right]
    crossing = [sum(word.left < at < word.right for word in near) for at in steps]
    return steps[crossing.index(min(crossing))]


def unruled_rows(page: Page, columns: Sequence[float]) -> Iterator[GridRow]:
    """The rows of a page by the columns of its heading; without any each line is a row of one cell."""
    if not columns:
        yield from _paragraphs(page.words, page.place)
        return
    lines = [cells_of_line(line, columns) for line in lines_of(page.words)]
    tops = [min(word.middle for cell in line.values() for word in cell) for line in lines]
    for number, group in enumerate(grouped_lines(lines, tops, page.horizontal), start=1):
        cells = [cell_of([word for line in group for word in line.get(n, ())]) for n in range(len(columns))]
        yield GridRow(tuple(cells), f"{page.place} rad {number}")


_Line = dict[int, list[Word]]


def cells_of_line(line: Sequence[Word], columns: Sequence[float]) -> _Line:
    """Column → its words. A stretch of text that runs over a border stays in the column where it begins."""
    cells: _Line = {}
    for piece in pieces(line):
        start = max(bisect_right(columns, piece[0].left + 1) - 1, 0)
        held = cells.setdefault(start, [])
        for word in piece:
            column = max(bisect_right(columns, word.left + 1) - 1, 0)
            if held and column != start and word.left - held[-1].right > (word.bottom - word.top) * 0.33:
                start, held = column, cells.setdefault(column, [])
            held.append(word)
    return cells


def grouped_lines(lines: Sequence[_Line], tops: Sequence[float], rules: Sequence[Ruling]) -> Iterator[list[_Line]]:
    """The lines of each row: those between two rules, else those that stand nearer than lines of two rows."""
    gaps = [below - above for above, below in pairwise(tops)]
    size = median(word.bottom - word.top for line in lines for cell in line.values() for word in cell) if lines else 0.0
    leading = min((gap for gap in gaps if gap > size * TIGHTEST), default=0.0)
    spaced = sum(gap > leading * NEW_ROW for gap in gaps) > len(gaps) // 5  # one wide gap may be a page number's
    ruled = positions(rules)
    row: list[_Line] = []
    for number, line in enumerate(lines):
        if row and begins_row(number, tops, gaps, ruled, line, leading if spaced else None):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def begins_row(
    number: int,
    tops: Sequence[float],
    gaps: Sequence[float],
    ruled: Sequence[float],
    line: _Line,
    leading: float | None,
) -> bool:
    """Whether a line is the first of a row. `leading` is None where all lines stand equally far apart."""
    if len(ruled) > 3 and ruled[0] < tops[number] < ruled[-1]:
        return bisect_right(ruled, tops[number]) != bisect_right(ruled, tops[number - 1])
    return 0 in line if leading is None else gaps[number - 1] > leading * NEW_ROW
