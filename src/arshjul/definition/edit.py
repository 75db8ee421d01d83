"""Text put back into a file: only the characters that an edit names, and the tree shows that nothing else changed."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from arshjul.diagnostics import Diagnostic, Edit, InvalidProcess, Source, Span
from arshjul.source import Fields, Items, Text, YamlValue, parse
from arshjul.source.corrections import between_quotes

Offsets = tuple[int, int]


_NO_TEXT_BETWEEN_SIGNS = re.compile(r"[,\[\]{}:]")
_COLON_OR_COMMENT = re.compile(r":(?:\s|$)|\s#")


class NotSafe(Exception):
    """An edit would change more than it says; the message tells what, in Swedish."""


def rewritten(text: Text, new: str) -> Edit | None:
    """The edit that gives a scalar of one line another text, in the quotes that it has or that the new one needs.

    None where it cannot be placed: the scalar is of several lines, or no file holds it.
    """
    span, inside = text.span, text.locate(0, len(text))
    if span is None or inside is None or span.line != span.end_line:
        return None
    if text.plain:
        return Edit(
            span, new if may_be_plain(new, between=_NO_TEXT_BETWEEN_SIGNS.search(text) is None) else between_quotes(new)
        )
    mark = span.source.lines[span.line - 1][span.column - 1]
    if mark == "'" and inside != span:
        return Edit(inside, new.replace("'", "''"))
    return (
        Edit(inside, new)
        if mark == '"' and inside != span and between_quotes(new)[0] == mark
        else Edit(span, between_quotes(new))
    )


def may_be_plain(new: str, *, between: bool) -> bool:
    """Whether a text needs no quotes. `between` the signs of a list or a group, those signs are no text.

    An old text that has some shows that it does not stand between them.
    """
    if _COLON_OR_COMMENT.search(new) or not new or new != new.strip() or not re.match(r"[\w(<>=§]", new):
        return False
    return not (between and _NO_TEXT_BETWEEN_SIGNS.search(new))


class Revision(Struct, frozen=True):
    """A file before and after `edits`; `places` are where the text of each of their places stands afterwards."""

    before: Source
    after: Source
    edits: tuple[Edit, ...]
    places: tuple[tuple[Span, ...], ...]


def revised(source: Source, edits: Iterable[Edit]) -> Revision:
    """The text with the edits put in. One that overlaps an earlier one is left out, with all its places.

    Comments, order, blanks and line ends outside the edits stay as they are.
    """
    taken: list[Offsets] = []
    made: list[Edit] = []
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.span.offsets):
        ranges = [place.span.offsets for place in edit.places]
        if not any(_overlaps(taken, each) for each in ranges):
            for each in ranges:
                insort(taken, each)
            made.append(edit)
    places = sorted((place for edit in made for place in edit.places), key=lambda place: place.span.offsets)
    text, at = list[str](), 0
    for place in places:
        start, end = place.span.offsets
        text += (source.text[at:start], place.text)
        at = end
    after = Source(source.path, "".join((*text, source.text[at:])))
    growth = accumulate((len(place.text) - (end - start) for place in places for start, end in [place.span.offsets]))
    ends = {place: place.span.offsets[1] + grown for place, grown in zip(places, growth, strict=True)}
    moved = {place: after.stretch(end - len(place.text), end) for place, end in ends.items()}
    return Revision(source, after, tuple(made), tuple(tuple(moved[p] for p in edit.places) for edit in made))


def revisions(edits: Iterable[Edit]) -> Iterator[Revision]:
    """As `revised`, for edits of several files: one revision a file."""
    by_source: dict[Source, list[Edit]] = {}
    for edit in edits:
        by_source.setdefault(edit.span.source, []).append(edit)
    return (revised(source, of_file) for source, of_file in by_source.items())


def reread(revision: Revision) -> Fields:
    """The tree of the file as it is to be. Raises NotSafe: it cannot be read."""
    try:
        return parse(revision.after)
    except InvalidProcess as invalid:
        raise NotSafe(f"då går filen inte att läsa: {invalid.diagnostics[0].message}") from None


def _overlaps(taken: Sequence[Offsets], new: Offsets) -> bool:
    """Whether a range has a character, or its one place, in common with the nearest of the sorted ones."""
    at = bisect_left(taken, new)
    return any((near[0] < new[1] and new[0] < near[1]) or near[0] == new[0] for near in taken[max(at - 1, 0) : at + 1])


def check(revision: Revision) -> None:
    """Read the file again and compare the trees: only what the edits cover may be another.

    A file that could not be read before is to have no fault where it was edited, the next may show itself elsewhere.

    Raises:
        NotSafe: it is not so.
    """
    before, after = _read(revision.before), _read(revision.after)
    if isinstance(after, Fields):
        if isinstance(before, Fields) and not _alike(before, after, _touched_by(revision.edits)):
            raise NotSafe("då ändras mer än det som skulle ändras")
        return
    places = [place for of_edit in revision.places for place in of_edit]
    for fault in after:
        if isinstance(before, Fields) or any(fault.span and place.touches(fault.span) for place in places):
            raise NotSafe(f"då går filen inte att läsa: {fault.message}")


def _read(source: Source) -> Fields | tuple[Diagnostic, ...]:
    try:
        return parse(source)
    except InvalidProcess as invalid:
        return invalid.diagnostics


def _touched_by(edits: Iterable[Edit]) -> Callable[[YamlValue], bool]:
    taken = sorted(place.span.offsets for edit in edits for place in edit.places)

    def touched(node: YamlValue) -> bool:
        span = node.span
        if span is None:
            return False
        start, end = span.offsets
        at = bisect_left(taken, (start, start))
        return any(first <= end and start <= last for first, last in taken[max(at - 1, 0) : at + 1])

    return touched


def _alike(before: YamlValue, after: YamlValue, touched: Callable[[YamlValue], bool]) -> bool:
    """Whether the trees differ in touched texts only: one of them may have become something else, or several."""
    if isinstance(before, Text):
        return touched(before) or (isinstance(after, Text) and before == after and before.null == after.null)
    if isinstance(before, Items):
        return isinstance(after, Items) and _alike_items(before, after, touched)
    if isinstance(after, Fields):
        old, new = ([part for entry in fields.items() for part in entry] for fields in (before, after))
        return len(old) == len(new) and all(_alike(one, other, touched) for one, other in zip(old, new, strict=True))
    return False


def _alike_items(old: Items, new: Items, touched: Callable[[YamlValue], bool]) -> bool:
    """Whether the untouched items follow each other as before; an edited text may have become several, or none."""
    at, loose = 0, False
    for item in old:
        if isinstance(item, Text) and touched(item):
            loose = True
            continue
        while loose and at < len(new) and not _alike(item, new[at], touched):
            at += 1
        if at == len(new) or not _alike(item, new[at], touched):
            return False
        at, loose = at + 1, False
    return loose or at == len(new)
