"""Which row of one version is which row of the other: by id, then by `tidigare_id`, else by title, body and phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from arshjul.views.diff.version import ComparedRow

LEAST_ALIKE = 0.8  # titles that have less in common are of two rows, however near they stand
MAX_COMPARED = 10_000  # pairs of rows whose titles are compared letter by letter
_OF_TITLE, _OF_BODY, _OF_PHASE = 70, 20, 10  # what each counts in a score


class Pair(Struct, frozen=True):
    """A row of both versions. `score` is how alike they are, of 100, where their ids are not the same."""

    old: ComparedRow
    new: ComparedRow
    score: int | None = None


class Pairing(Struct, frozen=True):
    """The rows of both versions, those that only the new one has, and those that only the old one had."""

    pairs: tuple[Pair, ...]
    added: tuple[ComparedRow, ...]
    removed: tuple[ComparedRow, ...]


def pair_rows(old: Sequence[ComparedRow], new: Sequence[ComparedRow], align: Mapping[str, str]) -> Pairing:
    """The pairs in the order of the new rows. `align` maps ids of old rows → new ones, and goes before all else."""
    found = _by_id(old, new, align)
    aligned = {*align, *align.values()}
    loose_old = [row for row in old if row.id not in {pair.old.id for pair in found.values()} | aligned]
    loose_new = [row for row in new if row.id not in found.keys() | aligned]
    found |= {pair.new.id: pair for pair in _by_likeness(loose_old, loose_new)}
    paired = {pair.old.id for pair in found.values()}
    return Pairing(
        tuple(found[row.id] for row in new if row.id in found),
        tuple(row for row in new if row.id not in found),
        tuple(row for row in old if row.id not in paired),
    )


def _by_id(old: Sequence[ComparedRow], new: Sequence[ComparedRow], align: Mapping[str, str]) -> dict[str, Pair]:
    by_id = {row.id: row for row in new}
    pairs = [(row, by_id.get(align.get(row.id, row.id))) for row in old]
    targets = set(align.values())
    found = {
        now.id: Pair(row, now, None if row.id == now.id else 100)
        for row, now in pairs
        if now is not None and (row.id in align or now.id not in targets)
    }
    renamed = {row.lasting_id: row for row in new if row.id not in found and row.id not in targets}
    for row, now in pairs:
        after = renamed.get(row.lasting_id)
        if now is None and after is not None:
            found[after.id] = Pair(row, after, 100)
    return found


def _by_likeness(old: Sequence[ComparedRow], new: Sequence[ComparedRow]) -> Iterable[Pair]:
    """The most alike first, each row once; what is as alike goes by id, the same from both sides."""
    candidates = [
        (score, Pair(before, now, score)) for before, now in _comparable(old, new) if (score := likeness(before, now))
    ]
    taken: set[str] = set()
    for _, pair in sorted(candidates, key=lambda each: (-each[0], sorted((each[1].old.id, each[1].new.id)))):
        sides = {f"old {pair.old.id}", f"new {pair.new.id}"}
        if not sides & taken:
            taken |= sides
            yield pair


def _comparable(old: Sequence[ComparedRow], new: Sequence[ComparedRow]) -> Iterable[tuple[ComparedRow, ComparedRow]]:
    """All pairs of few rows; of many only those with one title and body, or the work would grow with the square."""
    if len(old) * len(new) <= MAX_COMPARED:
        return ((before, now) for before in old for now in new)
    by_title = {(_title(row), row.body): row for row in new}
    return ((row, by_title[key]) for row in old if (key := (_title(row), row.body)) in by_title)


def likeness(old: ComparedRow, new: ComparedRow) -> int:
    """How alike two rows are, of 100: their titles without years, their body, their phase. 0 of two different rows."""
    # In one order, for the measure is not the same both ways.
    titles = sorted((_title(old), _title(new)))
    alike = SequenceMatcher(None, titles[0], titles[1], autojunk=False).ratio()
    if alike < LEAST_ALIKE:
        return 0
    body = _OF_BODY if old.body == new.body else 0
    phase = _OF_PHASE if old.phase == new.phase else 0
    return round(_OF_TITLE * alike) + body + phase


def _title(row: ComparedRow) -> str:
    return without_years(row.title).casefold()[:200]


def without_years(title: str) -> str:
    """A title without its years, which every year changes."""
    return " ".join(
        word for word in title.split() if not (len(number := word.strip(".,:;()")) == 4 and number.isdecimal())
    )
