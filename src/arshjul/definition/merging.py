"""Three versions of a file made one, entry by entry: what only one side changed is taken, whatever stands beside it.

An entry is a key of a map, or what stands in a list and has a name: a row by its id, a meeting by its day. What both
changed in different ways is a conflict there, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from arshjul.definition.entries import Plain, plain
from arshjul.definition.tree import text_of
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.source import Fields, Items, Text, YamlValue, parse

# What names an entry of a list, the lasting name first: a row keeps its events under it, a meeting its first day.
_NAMES = ("tidigare_id", "id", "titel", "flyttad_från", "datum", "när", "namn")
OURS, BETWEEN, THEIRS = "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"


class Merged(Struct, frozen=True):
    """The file, and how many places in it both sides changed in different ways."""

    text: str
    conflicts: int


class NotMerged(Exception):
    """The versions cannot be taken apart; they have to be merged as lines."""


class _Both(Exception):
    """Both sides changed what cannot be shown as a conflict of its own: what is around it is one."""


class _Part(Struct, frozen=True):
    """A value with all the text that goes with it: the comments above an entry, and what stands after it."""

    source: Source
    start: int
    end: int
    node: YamlValue

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def whole_lines(self) -> bool:
        return self.start == 0 or self.source.text[self.start - 1] == "\n"

    @property
    def flow(self) -> bool:
        """Whether it is a collection between signs."""
        span = self.node.span
        return not isinstance(self.node, Text) and span is not None and self.source.text[span.offsets[0]] in "{["


class _Entries(Struct, frozen=True):
    """A collection taken apart: what stands before its first entry, the entries by name, what stands after the last.

    `gaps` are what stands between an entry and the next one.
    """

    head: str
    parts: Mapping[str, _Part]
    tail: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)


def merged(base: Source, ours: Source, theirs: Source) -> Merged:
    """The file that has the changes of both. A base without text is that of two who have made the same file.

    Raises NotMerged: one of them cannot be read, or the result would not be the union of the changes.
    """
    try:
        trees = [parse(each) if each.text.strip() else None for each in (base, ours, theirs)]
    except InvalidProcess:
        raise NotMerged from None
    before, mine, other = (
        _Part(source, 0, len(source.text), tree) if tree is not None else None
        for source, tree in zip((base, ours, theirs), trees, strict=True)
    )
    if mine is None or other is None:
        raise NotMerged
    merger = _Merger()
    try:
        text = merger.value(before, mine, other)
    except _Both:
        raise NotMerged from None
    result = Merged(text, text.count(OURS) - ours.text.count(OURS))
    if not result.conflicts and not is_union(trees, Source(ours.path, text)):
        raise NotMerged
    return result


class _Merger:
    """Makes the text of a value out of three."""

    def value(self, base: _Part | None, ours: _Part, theirs: _Part) -> str:
        """Raises _Both."""
        before = base.text if base else None
        if theirs.text in (ours.text, before):
            return ours.text
        if ours.text == before:
            return theirs.text
        if isinstance(ours.node, Text) or type(ours.node) is not type(theirs.node) or ours.flow != theirs.flow:
            raise _Both
        mine, other = _entries(ours), _entries(theirs)
        known = base is not None and type(base.node) is type(ours.node)
        old = _entries(base) if base is not None and known else _Entries("", {})
        if isinstance(ours.node, Items) and replaced_by_both(old, mine, other):
            raise _Both
        made = {
            name: self.entry(old.parts.get(name), mine.parts.get(name), other.parts.get(name), ours.flow)
            for name in merged_order(old, mine, other)
        }
        kept = {name: text for name, text in made.items() if text is not None}
        head, tail = (_one_of(*each) for each in ((old.head, mine.head, other.head), (old.tail, mine.tail, other.tail)))
        if ours.flow:
            gaps = [mine.gaps.get(name) or other.gaps.get(name) or ", " for name in kept]
            body = "".join(text + gap for text, gap in zip(kept.values(), gaps, strict=True))
            return f"{head}{body[: len(body) - len(gaps[-1])] if gaps else ''}{tail}"
        return f"{head}{merged_lines(kept, mine, other)}{tail}"

    def entry(self, base: _Part | None, ours: _Part | None, theirs: _Part | None, flow: bool) -> str | None:
        """The text of an entry, None where it is gone."""
        if ours is not None and theirs is not None:
            try:
                return self.value(base, ours, theirs)
            except _Both:
                return _conflict(ours, theirs, flow)
        one = ours or theirs
        if base is None and one is not None:
            return one.text
        if one is None or (base is not None and one.text == base.text):
            return None
        return _conflict(ours, theirs, flow)


def _conflict(ours: _Part | None, theirs: _Part | None, flow: bool) -> str:
    """Both texts between marks, which are lines of their own. Raises _Both where there is no line for them."""
    if flow or not all(each.whole_lines for each in (ours, theirs) if each):
        raise _Both
    mine, other = (_ended(each.text) if each else "" for each in (ours, theirs))
    return f"{OURS}{mine}{BETWEEN}{other}{THEIRS}"


def _ended(lines: str) -> str:
    return lines if lines.endswith("\n") else f"{lines}\n"


def merged_lines(kept: Mapping[str, str], *sides: _Entries) -> str:
    """Entries on lines of their own. The first key of a row stands after its dash: it has to stay the first."""
    within = {name for side in sides for name, part in side.parts.items() if not part.whole_lines}
    if within & set(list(kept)[1:]):
        raise _Both
    texts = list(kept.values())
    return "".join([*map(_ended, texts[:-1]), *texts[-1:]])


def _one_of(base: str, ours: str, theirs: str) -> str:
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    raise _Both


def merged_order(base: _Entries, ours: _Entries, theirs: _Entries) -> list[str]:
    """The names in the order of ours; what only theirs has comes after what it follows there."""
    names = list(ours.parts)
    last = -1
    for name in theirs.parts:
        if name in ours.parts:
            last = names.index(name)
        else:
            last += 1
            names.insert(last, name)
    return [*names, *(name for name in base.parts if name not in names)]


def replaced_by_both(base: _Entries, ours: _Entries, theirs: _Entries) -> bool:
    """Whether something is gone from both, and both have something new that differs: it may be one thing."""
    gone = [name for name in base.parts if name not in ours.parts and name not in theirs.parts]
    new = [[name for name in side.parts if name not in base.parts] for side in (ours, theirs)]
    return bool(gone) and new[0] != new[1]


def _entries(part: _Part) -> _Entries:
    """Raises _Both where two entries have one name, or stand so that they cannot be told apart."""
    named = list(_named(part.node))
    if len(dict(named)) < len(named):
        raise _Both
    return entries_between_signs(part, named) if part.flow else entries_on_lines(part, named)


def _named(node: YamlValue) -> Iterator[tuple[str, tuple[YamlValue, YamlValue]]]:
    """The name of each entry, where it begins, and its value."""
    if isinstance(node, Fields):
        yield from ((str(key), (key, value)) for key, value in node.items())
    for item in node if isinstance(node, Items) else ():
        yield name_of_item(item), (item, item)


def name_of_item(item: YamlValue) -> str:
    """What names an entry of a list; another kind of entry is named otherwise."""
    if isinstance(item, Text):
        return f"= {item}"
    for key in _NAMES:
        name = text_of(item, key)
        if name:
            # A meeting that got a first day was a text by itself before, and so it was if its day has more to it.
            return f"= {name}" if key in ("flyttad_från", "datum") else f"id {name}"
    return f"? {plain(item)}"


Named = Sequence[tuple[str, tuple[YamlValue, YamlValue]]]


def entries_between_signs(part: _Part, named: Named) -> _Entries:
    """The entries of `{…}` or `[…]`. Raises _Both for a comment between them."""
    text = part.source.text
    places = []
    for name, (first, value) in named:
        if first.span is None or value.span is None:
            raise _Both
        places.append((name, first.span.offsets[0], value.span.offsets[1], value))
    if not places:
        opening = part.node.span.offsets[0] + 1 if part.node.span else part.start
        return _Entries(text[part.start : opening], {}, text[opening : part.end])
    gaps = {one[0]: text[one[2] : other[1]] for one, other in pairwise(places)}
    if any("#" in gap for gap in gaps.values()):
        raise _Both
    parts = {name: _Part(part.source, start, end, value) for name, start, end, value in places}
    return _Entries(text[part.start : places[0][1]], parts, text[places[-1][2] : part.end], gaps)


def entries_on_lines(part: _Part, named: Named) -> _Entries:
    """The entries of a collection without signs, each with what stands above it. Raises _Both."""
    starts = []
    for _, (first, _value) in named:
        if first.span is None:
            raise _Both
        starts.append(beginning_of_entry(part, first.span.line, first.span.column))
    ends = [*starts[1:], part.end]
    if starts != sorted(set(starts)):
        raise _Both
    parts = {
        name: _Part(part.source, start, end, value)
        for (name, (_, value)), start, end in zip(named, starts, ends, strict=True)
    }
    return _Entries(part.source.text[part.start : starts[0] if starts else part.end], parts)


def beginning_of_entry(part: _Part, line: int, column: int) -> int:
    """Where an entry begins: with its line and the comments above, or after the dash of the row that it is first in."""
    source = part.source
    start = source.starts[line - 1]
    before = source.lines[line - 1][: column - 1]
    if before.strip(" ") not in ("", "-") or (before.strip(" ") == "-" and isinstance(part.node, Fields)):
        return start + column - 1
    while line > 1 and source.lines[line - 2].lstrip().startswith("#") and source.starts[line - 2] >= part.start:
        line -= 1
    return max(part.start, source.starts[line - 1])


def is_union(versions: Sequence[Fields | None], result: Source) -> bool:
    """Whether the result has each value that one side changed, and the others as they were."""
    try:
        made = parse(result)
    except InvalidProcess:
        return False
    old, mine, other, new = (dict(_leaves(tree, ())) if tree is not None else {} for tree in (*versions, made))
    return all(
        new.get(path) == (mine.get(path) if mine.get(path) != old.get(path) else other.get(path))
        for path in {*old, *mine, *other, *new}
    )


def _leaves(node: YamlValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Plain]]:
    """Each text by the names that lead to it."""
    if isinstance(node, Text):
        yield path, plain(node)
    for name, (_, value) in _named(node):
        yield from _leaves(value, (*path, name))
