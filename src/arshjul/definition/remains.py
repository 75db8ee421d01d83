"""What is left of a definition with errors when all that they touch is taken out: its dates may have errors too.

Nothing of it is ever written. It is there so that all errors come in one run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from arshjul.codes import Code
from arshjul.definition.ids import declared
from arshjul.definition.tree import EACH, maps, text_of, texts, value_of
from arshjul.diagnostics import Diagnostic, Span
from arshjul.source import Fields, Items, Text, YamlValue

_OF_MEETINGS = frozenset({
    Code.MISSING_MEETING_PLAN, Code.NO_MEETING, Code.SEVERAL_MEETINGS, Code.NO_SUCH_OCCURRENCE
})  # fmt: skip
_OF_THE_FRAME = frozenset({Code.OUTSIDE_WINDOW, Code.AMBIGUOUS_YEAR, Code.NO_SUCH_DAY, Code.NO_SUCH_WEEK})
_UNDECIDED = ("när", "ej fastställt")
_WHEN = frozenset({"när", "start", "slut", "längd", "per", "upprepa", "om"})
_SHOWN_ONLY = frozenset({"titel", "kommentar", "aktiviteter", "id"})


class Remains(Struct, frozen=True):
    """A tree without what its errors touch.

    `lost` are the names that it has no more, or not as they were, bodies with their meetings among them; `unplanned`
    are the bodies without a plan. `unread` says that whole files are missing, `frame` that the days of a `löper` are.
    What is found wrong with any of that may be the doing of the error alone.
    """

    tree: Fields
    lost: frozenset[str]
    unplanned: frozenset[str]
    unread: bool
    frame: bool

    def doubts(self, finding: Diagnostic) -> bool:
        """Whether the finding may follow from what was taken out."""
        if finding.code in _OF_THE_FRAME:
            return self.frame
        span, written = finding.span, ""
        if span is not None and span.line == span.end_line:
            written = span.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        # With the parts of `a.april`.
        named = frozenset(name for word in written.split() for name in (word, *word.split(".")))
        if finding.code in (Code.UNKNOWN_NAME, Code.MISSING_MEETING_PLAN):
            return self.unread or bool(self.lost & named)
        return finding.code in _OF_MEETINGS and bool(self.lost & named or (self.unread and self.unplanned & named))


def remains(tree: Fields, errors: Sequence[Diagnostic], *, unread: bool) -> Remains:
    """The tree without the values that the errors stand in; `unread` says that whole files are missing."""
    cut = _Cut(_by_line(errors), _by_line(error for error in errors if error.code is not Code.MISSING_KEY))
    entries = [(key, _section(cut, key, value)) for key, value in tree.items() if not cut.touches(key)]
    left = Fields([(key, value) for key, value in entries if value is not None], tree.span)
    lost = {*map(str, declared(tree))} - {*map(str, declared(left))} | {*map(str, _damaged(cut, tree))}
    frame = any(cut.inside(value_of(tree, key)) for key in ("löper", "kalender"))
    planned = {str(body) for plan in maps(tree, "sammanträden", EACH) for body in plan}
    unplanned = {str(body) for fields in maps(tree, "organ") for body in fields} - planned
    return Remains(left, frozenset(lost), frozenset(unplanned), unread, frame)


class _Line(Struct, frozen=True):
    """The places of the errors that begin on one line, by where they begin; and how far any of the first n reaches.

    A line may be the whole file, so neither its errors nor its texts are compared one by one.
    """

    begins: list[tuple[int, int]]
    reaches: list[tuple[int, int]]

    def touches(self, span: Span) -> bool:
        """Whether one of them and the stretch have something in common, if only a border."""
        number = bisect_right(self.begins, (span.end_line, span.end_column))
        return number > 0 and self.reaches[number - 1] >= (span.line, span.column)


Lines = Mapping[tuple[str, int], _Line]


def _by_line(errors: Iterable[Diagnostic]) -> Lines:
    found: dict[tuple[str, int], list[tuple[tuple[int, int], tuple[int, int]]]] = {}
    for error in errors:
        if (span := error.span) is not None:
            place = (span.line, span.column), (span.end_line, span.end_column)
            found.setdefault((span.file, span.line), []).append(place)
    lines = {}
    for line, places in found.items():
        begins, ends = zip(*sorted(places), strict=True)
        lines[line] = _Line(list(begins), list(accumulate(ends, max)))
    return lines


class _Cut(Struct, frozen=True):
    """Where the errors are, by file and line; `of_names` without those that say what an entry lacks."""

    places: Lines
    of_names: Lines

    def touches(self, text: Text) -> bool:
        """Whether an error stands in the text, or it in the error."""
        return _touched(self.places, text)

    def refuses(self, name: Text) -> bool:
        """Whether an id is wrong in itself: what an entry lacks is told at its id as well."""
        return _touched(self.of_names, name)

    def inside(self, node: YamlValue | None) -> bool:
        """Whether an error stands anywhere in the node."""
        match node:
            case None:
                return False
            case Text():
                return self.touches(node)
            case Items():
                return any(self.inside(item) for item in node)
        return any(self.touches(key) or self.inside(value) for key, value in node.items())


def _touched(lines: Lines, text: Text) -> bool:
    span = text.span
    line = lines.get((span.file, span.line)) if span is not None else None
    return line is not None and span is not None and line.touches(span)


def _section(cut: _Cut, key: Text, value: YamlValue) -> YamlValue | None:
    """A section without the entries that have errors in them; of the phases, only what is wrong of each activity."""
    if key == "faser" and isinstance(value, Items):
        return Items([_phase(cut, phase) for phase in value if isinstance(phase, Fields)], value.span)
    if isinstance(value, Text):
        return None if cut.touches(value) else value
    if isinstance(value, Items):
        return Items([item for item in value if not cut.inside(item)], value.span)
    kept: list[tuple[Text, YamlValue]] = []
    for name, entry in value.items():
        # A body without its wrong rules, a year without the plans of bodies that have an error; else all or nothing.
        if isinstance(entry, Fields) and not cut.touches(name):
            inner = [(inner_key, inner) for inner_key, inner in entry.items() if not _hurt(cut, inner_key, inner)]
            kept.append((name, Fields(inner, entry.span)))
        elif not cut.touches(name) and not cut.inside(entry):
            kept.append((name, entry))
    return Fields(kept, value.span)


def _hurt(cut: _Cut, key: Text, value: YamlValue) -> bool:
    return cut.touches(key) or cut.inside(value)


def _phase(cut: _Cut, phase: Fields) -> Fields:
    """A phase whose own days, rounds or condition are wrong says nothing of when its activities are."""
    kept = [(key, value) for key, value in phase.items() if key == "aktiviteter" or not _hurt(cut, key, value)]
    unsure = any(key not in _SHOWN_ONLY and _hurt(cut, key, value) for key, value in phase.items())
    rows = [_activity(cut, row, unsure=unsure) for row in maps(phase, "aktiviteter", EACH)]
    listed = Items([row for row in rows if row is not None], phase.span)
    return Fields([(key, listed if key == "aktiviteter" else value) for key, value in kept], phase.span)


def _activity(cut: _Cut, row: Fields, *, unsure: bool) -> Fields | None:
    """The row without its wrong keys; undecided where they say when it is, none where its id is wrong."""
    name = text_of(row, "id")
    if name is None or cut.refuses(name):
        return None
    kept = [(key, value) for key, value in row.items() if key == "id" or not _hurt(cut, key, value)]
    names = {str(key) for key, _ in kept}
    if unsure or any(key in _WHEN and _hurt(cut, key, value) for key, value in row.items()):
        dated = _WHEN | {"reservdag", "stoppdatum", "visa"}
        kept = [(key, value) for key, value in kept if key not in dated]
        kept.append((Text(_UNDECIDED[0]), Text(_UNDECIDED[1])))
    if "titel" not in names:
        kept.append((Text("titel"), Text("…")))
    return Fields(kept, row.span)


def _damaged(cut: _Cut, tree: Fields) -> Iterator[Text]:
    """The names of what is not as it was: a body's meetings and steps, an activity's rounds, dates and milestones."""
    for bodies in maps(tree, "organ"):
        for body, rules in bodies.items():
            if cut.touches(body) or not isinstance(rules, Fields) or cut.inside(value_of(rules, "preliminärt")):
                yield body
            yield from (step for chain in maps(rules, "kedja") if cut.inside(chain) for step in chain)
    for plan in maps(tree, "sammanträden", EACH):
        yield from (body for body, meetings in plan.items() if _hurt(cut, body, meetings))
    for phase in maps(tree, "faser", EACH):
        own = any(key != "aktiviteter" and _hurt(cut, key, value) for key, value in phase.items())
        for row in maps(phase, "aktiviteter", EACH):
            if own or cut.inside(row):
                yield from (*texts(row, "id"), *texts(row, "milstolpe"), *texts(row, "milstolpe", EACH))
