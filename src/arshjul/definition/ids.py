"""The names of a process, and ids for what the author left unnamed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct, field

from arshjul.dates.parser import is_reserved
from arshjul.definition.tree import EACH, maps, place_of, replaced, text_of, texts, value_of, without
from arshjul.source import Fields, Items, Text, YamlValue

ADDRESSABLE = (
    ("faser", EACH, "id"),
    ("faser", EACH, "aktiviteter", EACH, "id"),
    ("tidsfönster", EACH, "id"),
    ("krav", EACH, "id"),
)
_DECLARED_BY_KEY = (("organ",), ("organgrupper",), ("roller",), ("kalender", "perioder"))


class MadeId(Text):
    """An id that the author left out, made from the title; its place is the title's."""


def declared(tree: Fields) -> Iterator[Text]:
    """Every name of the process's one name space, where it is declared; made ids among them."""
    for section in _DECLARED_BY_KEY:
        for entries in maps(tree, *section):
            yield from entries
    for path in ADDRESSABLE:
        yield from texts(tree, *path)


class _Names(Struct, frozen=True):
    """`written` are those the author wrote; `taken` all that a new id must differ from, and grows as ids are made.

    `numbers` is the last number given after each name: a thousand rows of one title are not counted from 2 each.
    """

    written: frozenset[str]
    taken: set[str]
    numbers: dict[str, int] = field(default_factory=dict)

    def unused(self, name: str) -> str:
        """The name, or with the next number after it if it is taken or a word of the language."""
        number, candidate = self.numbers.get(name, 1), name
        while candidate in self.taken or is_reserved(candidate):
            number += 1
            candidate = f"{name}_{number}"
        self.numbers[name] = number
        self.taken.add(candidate)
        return candidate


def identify(tree: Fields) -> Fields:
    """The tree with an id for every phase and activity: in lower case, unique by `_2`, never a word of the language.

    An id made earlier stays, unless the author has given its name to something else.
    """
    phases = value_of(tree, "faser")
    if not isinstance(phases, Items):
        return tree
    milestones = ("faser", EACH, "aktiviteter", EACH, "milstolpe")
    every = [*declared(tree), *texts(tree, *milestones), *texts(tree, *milestones, EACH)]
    names = _Names(frozenset(name for name in every if not isinstance(name, MadeId)), set(every))
    identified: list[YamlValue] = []
    for written in phases:
        phase = _identified(written, "fas", names)
        activities = value_of(phase, "aktiviteter")
        if isinstance(phase, Fields) and isinstance(activities, Items):
            rows = Items([_identified(row, "aktivitet", names) for row in activities], activities.span)
            phase = replaced(phase, "aktiviteter", rows)
        identified.append(phase)
    return replaced(tree, "faser", Items(identified, phases.span))


def _identified(entry: YamlValue, otherwise: str, names: _Names) -> YamlValue:
    if not isinstance(entry, Fields):
        return entry
    present = value_of(entry, "id")
    if present is not None and (not isinstance(present, MadeId) or present not in names.written):
        return entry
    title = text_of(entry, "titel")
    name = names.unused(slug(title or "", otherwise))
    span = title.span if title is not None else place_of(entry)
    return Fields([(Text("id"), MadeId(name, span)), *without(entry, ["id"]).items()], entry.span)


def slug(words: str, otherwise: str) -> str:
    """A name made from a title: `Månadsrapport {period}` → `månadsrapport`; `otherwise` where no letter is left."""
    written = re.sub(r"\{[^{}]*\}", " ", words).lower()
    letters = "".join(
        letter if letter in "åäö" else unicodedata.normalize("NFD", letter)[0]  # é → e, but å is a letter of its own
        for letter in written
    )
    name = re.sub(r"[^a-zåäö0-9]+", "_", letters)
    return re.sub(r"^[^a-zåäö]+", "", name)[:50].strip("_") or otherwise


def folded(word: str, kept: str = "") -> str:
    """Without case, dots, blanks and hyphens, for comparing: `Löper`, `loper`; `vid behov`, `vid_behov`."""
    letters = unicodedata.normalize("NFD", word.casefold())
    left_out = set(" _-\xa0") - set(kept)
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in left_out)
