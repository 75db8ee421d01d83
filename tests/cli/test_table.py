"""Columns of text."""

import pytest

from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import columns, wrap

ROWS = [("Datum", "Aktivitet"), ("tisdag 10 juni", "KS: rambudget 2026"), ("v. 24", "日本")]


def test_without_a_width_every_row_is_one_line() -> None:
    """What is piped can be searched with grep and cut at two blanks."""
    assert list(lay_out(ROWS, None)) == [
        ["Datum           Aktivitet"],
        ["tisdag 10 juni  KS: rambudget 2026"],
        ["v. 24           日本"],
    ]


@pytest.mark.parametrize("width", [32, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Long cells wrap inside their column."""
    rows = [("Datum", "Aktivitet", "Id"), ("tisdag 10 juni", "ord " * 40, "a")]
    assert all(columns(line) <= width for block in lay_out(rows, width) for line in block)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("ett två tre", 7, ["ett två", "tre"], id="at blanks"),
        pytest.param("", 7, [""], id="empty"),
        pytest.param("budgetberedningen", 6, ["budget", "beredn", "ingen"], id="within a long word"),
        pytest.param("Barn- och utbildningsnämnd", 10, ["Barn- och", "utbildning", "snämnd"], id="both"),
        pytest.param("abc", -9, ["ab", "c"], id="without room"),
        pytest.param("KS: samverkan/förhandling", 16, ["KS:", "samverkan/", "förhandling"], id="after a slash"),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    """Words stay whole where they can."""
    assert wrap(text, width) == lines


def test_cells_cannot_control_the_terminal() -> None:
    """A title from somebody else's file is made harmless."""
    assert list(lay_out([("a\x1b[2Jb",)], None)) == [["a\\x1b[2Jb"]]


def test_the_widest_column_gives_way_before_a_word_is_broken() -> None:
    """A long word stays whole while another column can wrap at a blank."""
    rows = [("torsdag 25 november och 2 december", "FLU: planeringsförutsättningarna")]
    assert list(lay_out(rows, 50)) == [
        ["torsdag 25 november    FLU:", "och 2 december         planeringsförutsättningarna"]
    ]
