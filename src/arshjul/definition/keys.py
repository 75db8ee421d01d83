"""Keys that are nearly ours: read as what they mean, so that one of them is one finding and hides nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, get_args, get_origin

from msgspec import Struct

from arshjul.codes import Code
from arshjul.definition.ids import folded
from arshjul.definition.levels import Model, Prepared
from arshjul.definition.model import (
    Activity,
    Body,
    Deviations,
    MeetingPlan,
    Part,
    Phase,
    ProcessFields,
    Requirement,
    Role,
    Window,
    WithNamedKeys,
)
from arshjul.diagnostics import MAX_FINDINGS, Diagnostic, Edit, Related, at_more_places, error, nearest_options
from arshjul.source import Fields, Items, Text, YamlValue

_FILES: Final[Mapping[str, type[Model]]] = {"process": ProcessFields, "budgetår": Deviations, "kalenderår": MeetingPlan}

# The first that the level has is meant.
ENGLISH: Final[Mapping[str, tuple[str, ...]]] = {
    "activities": ("aktiviteter",),
    "bodies": ("organ",),
    "body": ("organ",),
    "calendar": ("kalender",),
    "cancelled": ("inställt",),
    "columns": ("kolumner",),
    "comment": ("kommentar",),
    "date": ("när", "datum"),
    "decision": ("beslut", "beslutad"),
    "duration": ("längd",),
    "email": ("epost",),
    "end": ("slut",),
    "goal": ("mål",),
    "group": ("grupp",),
    "internal": ("intern",),
    "length": ("längd",),
    "link": ("länk",),
    "location": ("plats",),
    "meetings": ("sammanträden",),
    "milestone": ("milstolpe",),
    "name": ("namn", "titel"),
    "organization": ("organisation",),
    "owner": ("ägare",),
    "participants": ("deltagare",),
    "phases": ("faser",),
    "place": ("plats",),
    "preliminary": ("preliminärt",),
    "purpose": ("syfte",),
    "reason": ("skäl",),
    "repeat": ("upprepa",),
    "responsible": ("ansvarig",),
    "roles": ("roller",),
    "rule": ("regel",),
    "source": ("källa",),
    "tags": ("taggar",),
    "time": ("tid",),
    "title": ("titel",),
    "type": ("typ",),
    "weekday": ("veckodag",),
    "when": ("när",),
    "windows": ("tidsfönster",),
    "year": ("år",),
}
# Other words for the same: likely, not certain.
OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "aktivitet": ("aktiviteter", "titel"),
    "anmärkning": ("kommentar",),
    "ansvar": ("ansvarig",),
    "anteckning": ("kommentar",),
    "beskrivning": ("kommentar",),
    "dag": ("när", "datum", "veckodag"),
    "månad": ("period",),
    "månader": ("period",),
    "perioder": ("period",),
    "sammanträde": ("möte",),
    "datum": ("när",),
    "deadline": ("stoppdatum",),
    "fas": ("faser",),
    "klockslag": ("tid",),
    "lokal": ("plats",),
    "mötesdag": ("veckodag",),
    "mötesplan": ("sammanträden",),
    "möten": ("sammanträden",),
    "namn": ("titel",),
    "notering": ("kommentar",),
    "rubrik": ("titel",),
    "sammanträdesplan": ("sammanträden",),
    "slutdatum": ("slut",),
    "startdatum": ("start",),
    "tidpunkt": ("när",),
    "titel": ("namn",),
}


OF_MEETINGS: Final[Mapping[str, str]] = {
    "inställd": "inställt", "preliminär": "preliminärt", "flyttat_från": "flyttad_från", "flyttad": "flyttad_från",
}  # fmt: skip
"""For keys beside which any name may stand, as in a meeting of a plan: forms of our words that are no name."""


class _Level(Struct, frozen=True, eq=False):
    """What may stand in a map: its keys, the levels below them, and that below a key that is a name, if any may be."""

    noun: str
    keys: frozenset[str]
    folded: Mapping[str, str]
    inner: Mapping[str, _Level]
    named: bool = False
    rest: _Level | None = None

    @classmethod
    def of(
        cls,
        noun: str,
        keys: Iterable[str],
        inner: Mapping[str, _Level],
        rest: _Level | None = None,
        *,
        named: bool = False,
    ) -> _Level:
        """With each key by its folded form. Of two that fold alike none can be meant; today there are none."""
        folds = Counter(map(folded, keys))
        single = {folded(key): key for key in keys if folds[folded(key)] == 1}
        return cls(noun, frozenset(keys), single, inner, named, rest)


class _Meant(Struct, frozen=True):
    """A key that is not ours and the one it stands for. `certain` says that it can be no other."""

    written: str
    key: str
    certain: bool


def recognised(tree: Fields) -> tuple[Fields, list[Diagnostic]]:
    """The tree with each key that is nearly ours as what it means, and a finding for each such key of the file.

    Keys that differ only in case or in the dots of å, ä and ö, and English words for ours, are certain and have a
    `fix`; a likely one is a question. A key that a map has already, or that no single one resembles, is left.
    """
    search = _Search()
    new = search.renamed(tree, _level_of(tree))
    return new, [_finding(meant, places) for meant, places in search.found.items()]


class _Search:
    """Through one file. `found` has each key that is meant as another with the places of it, and what those are in."""

    def __init__(self) -> None:
        self.found: dict[_Meant, list[tuple[Text, str]]] = {}
        self._guesses: dict[tuple[str, _Level], _Meant | None] = {}

    def renamed(self, tree: Fields, level: _Level) -> Fields:
        """The map and all below it; the same object where nothing is renamed, for a file has thousands."""
        meant = {} if level.keys.issuperset(tree) else self._meant(tree, level)
        entries: list[tuple[Text, YamlValue]] = []
        changed = bool(meant)
        for key, value in tree.items():
            name = Text.at(meant[key].key, key.place, key.plain) if key in meant else key
            below = level.inner.get(name) if name in level.keys else level.rest
            new = self._below(value, below) if below is not None else value
            changed = changed or new is not value
            entries.append((name, new))
        return Fields.at(entries, tree.place) if changed else tree

    def _below(self, value: YamlValue, level: _Level) -> YamlValue:
        """`level` is that of a map, or of the maps in a list; of names there are no lists."""
        if isinstance(value, Fields):
            return self.renamed(value, level)
        if isinstance(value, Items) and (level.keys or not level.named):
            items = [self._below(item, level) for item in value]
            if any(new is not old for new, old in zip(items, value, strict=True)):
                return Items.at(items, value.place)
        return value

    def _meant(self, tree: Fields, level: _Level) -> dict[Text, _Meant]:
        """What the keys of a map mean; not where it has that key, or two mean the same."""
        guesses = {key: guess for key in tree if key not in level.keys and (guess := self._guess(str(key), level))}
        counts = Counter(guess.key for guess in guesses.values())
        meant = {key: guess for key, guess in guesses.items() if guess.key not in tree and counts[guess.key] == 1}
        for key, guess in meant.items():
            self.found.setdefault(guess, []).append((key, level.noun))
        return meant

    def _guess(self, word: str, level: _Level) -> _Meant | None:
        if (word, level) not in self._guesses:
            guess: _Meant | None
            if alike := level.folded.get(folded(word)):
                guess = _Meant(word, alike, certain=True)
            elif level.named and (meant := OF_MEETINGS.get(word)) in level.keys:
                guess = _Meant(word, meant, certain=True)
            elif level.named or len(self._guesses) > MAX_FINDINGS:  # a name; or too many, for each costs comparisons
                return None
            else:
                guess = _guess(word, level)
            self._guesses[word, level] = guess
        return self._guesses[word, level]


def _finding(meant: _Meant, places: list[tuple[Text, str]]) -> Diagnostic:
    (first, noun), *others = places
    message = f"okänd nyckel ”{meant.written}” i {noun}"
    if others:
        message = f"{message}{at_more_places(len(others))}"
    related = tuple(Related(f"även här står ”{meant.written}”", key.span) for key, _ in others if key.span)
    edits = [Edit(key.span, meant.key) for key, _ in places if key.span] if meant.certain else []
    hint = f"skriv {meant.key}:" if meant.certain else f"menade du ”{meant.key}”?"
    return error(Code.UNKNOWN_KEY, message, first.span, hint, related, Edit.joined(edits) if edits else None)


def _guess(word: str, level: _Level) -> _Meant | None:
    for words, certain in ((ENGLISH, True), (OTHER_WORDS, False)):
        if known := next((key for key in words.get(word.casefold(), ()) if key in level.keys), None):
            return _Meant(word, known, certain)
    if word in _every_key():  # of another level: where it belongs is told elsewhere
        return None
    near = nearest_options(word, level.keys)
    return _Meant(word, near[0], certain=False) if len(near) == 1 else None


def _level_of(tree: Fields) -> _Level:
    """The first level of a file, told by its decisive key however that is written."""
    written = {folded(key) for key in tree}
    for key, model in _FILES.items():
        if folded(key) in written:
            return _level(model)
    parts = _level(Part)
    return parts if written <= parts.folded.keys() else _level(ProcessFields)


@cache
def _level(model: type[Model]) -> _Level:
    keys = model.aliases()
    attributes = model.attributes()
    inner = {key: level for key, name in keys.items() if (level := _inside(attributes[name].type))}
    if "ändra" in keys:
        inner |= _levels_of_changes()
    named = issubclass(model, WithNamedKeys)
    rest = _inside(attributes[model.rest].type) if issubclass(model, WithNamedKeys) else None
    return _Level.of(model.noun, keys, inner, rest.rest if rest else None, named=named)


def _inside(annotation: Any) -> _Level | None:
    """The level of the maps that a value holds; None where it holds none, or pairs of words."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _level(annotation) if annotation.aliases() else None
    parts = get_args(annotation)
    if get_origin(annotation) is Annotated:
        prepared = next((each.written for each in parts[1:] if isinstance(each, Prepared)), parts[0])
        return _inside(prepared)
    if get_origin(annotation) is dict:
        inner = _inside(parts[1])
        return _under_names(inner) if inner else None
    return next((level for part in parts if (level := _inside(part))), None)


def _under_names(level: _Level) -> _Level:
    return _Level.of("", (), {}, level, named=True)


@cache
def _levels_of_changes() -> Mapping[str, _Level]:
    """`ändra`: any entry that has an id; `lägg_till`: an activity, with its place."""
    kinds = [_level(model) for model in (Activity, Phase, Body, Role, Window, Requirement)]
    inner = {key: level for kind in reversed(kinds) for key, level in kind.inner.items()}
    changed = _Level.of("ändringen", frozenset({"fas"}).union(*(kind.keys for kind in kinds)), inner)
    activity = kinds[0]
    added = _Level.of(activity.noun, activity.keys | {"fas", "efter"}, activity.inner)
    return {"ändra": _under_names(changed), "lägg_till": added}


@cache
def _every_key() -> frozenset[str]:
    levels = dict.fromkeys(found for model in (*_FILES.values(), Part) for found in _levels_below(_level(model)))
    return frozenset().union(*(level.keys for level in levels))


def _levels_below(level: _Level) -> Iterator[_Level]:
    yield level
    for inner in (*level.inner.values(), *([level.rest] if level.rest else [])):
        yield from _levels_below(inner)
