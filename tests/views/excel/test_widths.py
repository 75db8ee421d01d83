"""Column widths: what a page has room for, and who gets it."""

from __future__ import annotations

import pytest

from arshjul.formats.letters import line_count, text_width
from arshjul.formats.widths import column_widths

LONG = "område strategi och styrning, område ekonomi, nyckelpersoner, revisionen " * 2


def test_nobody_gets_more_than_his_longest_line() -> None:
    """A small table does not fill the page."""
    assert column_widths([["Datum", "Aktivitet"], ["7 juni", "Uppstart"]]) == [7, 8]


def test_the_room_goes_where_the_rows_are_tall() -> None:
    """To the longer texts, and the page is full."""
    first, second = column_widths([["Kort text här", LONG]] * 20, page=60)
    assert first + second == 60
    assert second > 2 * first


def test_the_longest_word_is_whole_even_where_the_page_is_full() -> None:
    """The page is printed smaller instead."""
    assert column_widths([["planeringsförutsättningar"] * 5], page=40) == [21] * 5


def test_one_very_long_text_does_not_take_the_room_of_the_others() -> None:
    """A comment of pages is tall whatever we do."""
    rows = [[LONG, "kort"]] * 30 + [["kort", "ord " * 3000]]
    first, second = column_widths(rows, page=100)
    assert first > second


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("ett ord", 10, 1),
        ("ett två tre fyra fem", 10, 2),
        ("rad ett\nrad två", 20, 2),
        ("x" * 40, 10, 4),
        ("iiiiiiiiiiiiiiiiiiii", 10, 1),
        ("MMMMMMMMMM", 10, 2),
    ],
)
def test_lines_are_counted_by_the_room_of_the_letters(text: str, width: int, lines: int) -> None:
    """At blanks, and within a word only where it is wider than the column."""
    assert line_count(text, width) == lines


def test_letters_of_no_table_are_wide() -> None:
    """Rather a row too tall than a text cut off."""
    assert text_width("漢") > text_width("M")
