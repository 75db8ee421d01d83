"""Which row of another year is which: by id, then by the words of its title, then as the only one of its body then."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

MOST_ALIKE = 40
"""Rows that share a word and are compared: a word that more have tells little, and the work stays linear."""
ENOUGH = 0.6


class TitledRow(Struct, frozen=True):
    """A row as it is known again."""

    id: str
    title: str
    body: str | None = None
    month: int | None = None
    """The month of its first date, counted from the January of the budget year."""


def paired(rows: Sequence[TitledRow], others: Sequence[TitledRow]) -> Mapping[str, str]:
    """Id of another year → id of this one. Titles have to be alike and each the other's nearest; no row twice."""
    ids = {row.id for row in rows}
    found = {other.id: other.id for other in others if other.id in ids}
    left = [row for row in rows if row.id not in found]
    by_word: dict[str, list[TitledRow]] = {}
    for row in left:
        for word in _words(row.title):
            by_word.setdefault(word, []).append(row)
    likeness = {
        (other.id, row.id): score for other in others if other.id not in found for row, score in _alike(other, by_word)
    }
    best: dict[str, tuple[float, str]] = {}
    for (other_id, row_id), score in likeness.items():
        for one, another in ((f"<{other_id}", row_id), (f">{row_id}", other_id)):
            best[one] = max(best.get(one, (0.0, "")), (score, another))
    mutual = (key for key in likeness if best[f"<{key[0]}"][1] == key[1] and best[f">{key[1]}"][1] == key[0])
    found |= dict(mutual)
    return found | dict(_only_of_their_body(rows, others, found))


def _only_of_their_body(
    rows: Sequence[TitledRow], others: Sequence[TitledRow], found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What a body takes up in a month of both years, where it is one thing: the title may be another."""
    taken = set(found.values())
    left = [row for row in rows if row.id not in taken], [other for other in others if other.id not in found]
    ours, theirs = ({key: same for key, same in _by_month(each).items() if len(same) == 1} for each in left)
    yield from ((theirs[key][0].id, ours[key][0].id) for key in ours.keys() & theirs.keys())


def _by_month(rows: Sequence[TitledRow]) -> Mapping[tuple[str, int], list[TitledRow]]:
    found: dict[tuple[str, int], list[TitledRow]] = {}
    for row in rows:
        if row.body and row.month is not None:
            found.setdefault((row.body, row.month), []).append(row)
    return found


def _alike(other: TitledRow, by_word: Mapping[str, Sequence[TitledRow]]) -> Iterator[tuple[TitledRow, float]]:
    """The rows of the same body whose titles share most of their words, each with how much of them."""
    written = _words(other.title)
    near: Counter[TitledRow] = Counter()
    for word in written:
        having = by_word.get(word, ())
        if len(having) <= MOST_ALIKE:
            near.update(having)
    for row, shared in near.items():
        score = shared / len(written | _words(row.title))
        if row.body == other.body and score >= ENOUGH:
            yield row, score


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]{2,}", title.casefold()) if word not in ("och", "för", "om", "av")}
