"""Text is put back into a file without touching anything else."""

from __future__ import annotations

import pytest

from arshjul.definition.edit import NotSafe, check, revised, rewritten
from arshjul.diagnostics import Edit, Source, Span
from arshjul.source import Fields, Items, Text, YamlValue, parse
from arshjul.source.corrections import between_quotes

FILE = "# först\r\na: ett  # varför\r\nb: [två, 'tre']\r\nc: {d: fyra}\r\n"


def edit(source: Source, old: str, new: str) -> Edit:
    """`new` in place of the first `old`."""
    start = source.text.index(old)
    line = source.text.count("\n", 0, start) + 1
    column = start - (source.text.rfind("\n", 0, start) + 1) + 1
    return Edit(Span(source, line, column, line, column + len(old)), new)


def value(source: Source, *path: str | int) -> Text:
    """The scalar at a path of keys and places."""
    node: YamlValue = parse(source)
    for step in path:
        if isinstance(node, Items) and isinstance(step, int):
            node = node[step]
        elif isinstance(node, Fields):
            node = node[str(step)]
    assert isinstance(node, Text)
    return node


def test_only_the_characters_of_the_edit_change() -> None:
    """Comment, blanks, order and line ends stay."""
    source = Source("a.yaml", FILE)
    revision = revised(source, [edit(source, "tre", "sju och åtta"), edit(source, "ett", "1")])
    assert revision.after.text == FILE.replace("ett", "1").replace("tre", "sju och åtta")
    check(revision)
    assert [place.line for places in revision.places for place in places] == [2, 3]
    stretches = [place.offsets for places in revision.places for place in places]
    assert [revision.after.text[start:end] for start, end in stretches] == ["1", "sju och åtta"]


def test_an_edit_that_overlaps_is_left_out_with_all_its_places() -> None:
    """The next run finds it again."""
    source = Source("a.yaml", FILE)
    first = edit(source, "ett", "1")
    both = Edit.joined([edit(source, "tt  #", "#"), edit(source, "fyra", "4")])
    revision = revised(source, [both, first])
    assert revision.edits == (first,)
    assert revision.after.text == FILE.replace("ett", "1")


def test_places_joined_are_one_edit_that_says_the_same() -> None:
    """A reader who knows of no parts writes the same file."""
    source = Source("a.yaml", FILE)
    parts = [edit(source, "ett", "1"), edit(source, "fyra", "4")]
    joined = Edit.joined(parts)
    alone = Edit(joined.span, joined.text)
    assert revised(source, [joined]).after.text == revised(source, [alone]).after.text
    assert revised(source, [joined]).after.text == revised(source, parts).after.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ett", "ett: två"),
        ("ett", "[ett"),
        ("två", "två]"),
        ("fyra", "fyra, e: fem"),
        ("ett", "ett\r\nx: y"),
        ("b", "a"),
    ],
)
def test_an_edit_that_changes_more_than_its_text_is_refused(old: str, new: str) -> None:
    """The file is read again and the trees are compared."""
    source = Source("a.yaml", FILE)
    revision = revised(source, [edit(source, old, new)])
    with pytest.raises(NotSafe):
        check(revision)


def test_one_text_of_a_list_may_become_two() -> None:
    """`[6 maj; 3 juni]`."""
    source = Source("a.yaml", "KS: [4 mars, 6 maj; 3 juni, 2 sept]\n")
    check(revised(source, [edit(source, "6 maj; 3 juni", "6 maj, 3 juni")]))
    check(revised(source, [edit(source, "4 mars", "4 mars, 5 mars"), edit(source, "2 sept", "2 sept, 3 sept")]))


def test_what_could_not_be_read_is_to_be_right_where_it_was_edited() -> None:
    """The next fault may show itself elsewhere."""
    source = Source("a.yaml", "a:ett\nb: två: tre\n")
    check(revised(source, [edit(source, "a:", "a: ")]))
    source = Source("a.yaml", "a: ett\nb: två: tre\n")
    with pytest.raises(NotSafe):
        check(revised(source, [edit(source, "två: tre", "två: fyra")]))


@pytest.mark.parametrize(
    ("written", "path", "new", "expected"),
    [
        ("a: ett\n", ("a",), "två", "a: två\n"),
        ("a: 'ett'\n", ("a",), "det's", "a: 'det''s'\n"),
        ('a: "ett"\n', ("a",), "två: tre", 'a: "två: tre"\n'),
        ("a: ett\n", ("a",), "två: tre", 'a: "två: tre"\n'),
        ("a: ett\n", ("a",), "två #3", 'a: "två #3"\n'),
        ("a: ett\n", ("a",), "-", 'a: "-"\n'),
        ("a: ett\n", ("a",), '"två" och', "a: '\"två\" och'\n"),
        ("a: [ett]\n", ("a", 0), "3 juni, 4 juni", 'a: ["3 juni, 4 juni"]\n'),
        ("a: 1 juni, 2 juni\n", ("a",), "3 juni, 4 juni", "a: 3 juni, 4 juni\n"),
        ("a: C:\\x\n", ("a",), "C:\\y", "a: C:\\y\n"),
        ('a: "ett"\n', ("a",), "C:\\y", "a: 'C:\\y'\n"),
    ],
)
def test_a_scalar_gets_another_text_in_the_quotes_it_needs(
    written: str, path: tuple[str | int, ...], new: str, expected: str
) -> None:
    """And is read back as that text."""
    source = Source("a.yaml", written)
    made = rewritten(value(source, *path), new)
    assert made is not None
    revision = revised(source, [made])
    check(revision)
    assert revision.after.text == expected
    assert value(revision.after, *path) == new


def test_a_text_of_several_lines_or_of_no_file_is_not_rewritten() -> None:
    """Where its characters stand cannot be known."""
    assert rewritten(value(Source("a.yaml", "a: ett\n  två\n"), "a"), "tre") is None
    assert rewritten(Text("ett"), "tre") is None
    assert between_quotes("a") == '"a"'
