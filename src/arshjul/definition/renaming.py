"""An id changed in a file wherever it is meant, and nowhere else: which texts can name a row is read off the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Any, get_args, get_origin

from msgspec import Struct, field
from pydantic_core import PydanticCustomError

from arshjul.definition.edit import NotSafe, Revision, reread, revised
from arshjul.definition.entries import Plain, key_after, key_before, plain, removal, same
from arshjul.definition.levels import Model
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
from arshjul.definition.scalars import Carried, ConditionField, Expression, Id, read_id
from arshjul.definition.tree import EACH, maps, texts, value_of
from arshjul.diagnostics import Diagnostic, Edit, Source, Span
from arshjul.source import Fields, Items, Text, YamlValue, parse

PREVIOUS = "tidigare_id"
_CHANGED = (Activity, Phase, Window, Requirement, Body, Role)
# Milestones have names of their own, which laws know them by; flags too, and only conditions name those.
_OTHER_NAMES = frozenset({"milestones", "laws", "previous_id"})
_CONDITION = ConditionField.__origin__  # type: ignore[attr-defined]  # what is annotated


class MentionKind(Enum):
    """How a text can mean a row: the whole of it, the first part of it (`a`, `a.april`), or words in it."""

    DECLARATION = auto()
    NAME = auto()
    ROUND = auto()
    EXPRESSION = auto()


class Mention(Struct, frozen=True):
    """A text that can name a row. Where it declares one, `entry` is what is declared, on the level `model`."""

    text: Text
    kind: MentionKind
    entry: Fields | None = None
    model: type[Model] | None = None

    def ranges(self, name: str) -> Iterator[tuple[int, int]]:
        """The characters that are the name. After a dot it is a step, a round or a matter."""
        words = re.escape(name)
        if self.kind is MentionKind.EXPRESSION:
            yield from (found.span() for found in re.finditer(rf"(?<![\w.]){words}(?!\w)", self.text))
        elif re.fullmatch(rf"{words}(\..*)?" if self.kind is MentionKind.ROUND else words, self.text):
            yield 0, len(name)


def mentions(tree: Fields) -> Iterator[Mention]:
    """Every text of a file that can name an activity, a phase, a window or a requirement."""
    kinds = {"process": ProcessFields, "budgetår": Deviations, "kalenderår": MeetingPlan}
    yield from _within(tree, next((model for key, model in kinds.items() if key in tree), Part))
    changes, removed = value_of(tree, "ändra"), value_of(tree, "stryk")
    for entries in (changes, removed):
        yield from (Mention(key, MentionKind.ROUND) for key in (entries if isinstance(entries, Fields) else ()))
    yield from (Mention(name, MentionKind.ROUND) for name in texts(removed, EACH) if isinstance(removed, Items))
    for change in maps(changes, EACH):
        yield from (Mention(name, MentionKind.NAME) for name in texts(change, "fas"))
        found = (each for model in _CHANGED for each in _within(change, model))
        yield from {id(each.text): each for each in found if each.kind is not MentionKind.DECLARATION}.values()
    for added in maps(tree, "lägg_till", EACH):
        yield from _within(added, Activity)
        yield from (Mention(name, MentionKind.NAME) for key in ("fas", "efter") for name in texts(added, key))


def _within(value: YamlValue, annotation: Any) -> Iterator[Mention]:
    """The mentions in a value that the annotation describes."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        if isinstance(value, Fields):
            yield from _on_level(value, annotation)
        return
    parts = get_args(annotation)
    if annotation == Id and isinstance(value, Text):
        yield Mention(value, MentionKind.NAME)
    elif get_origin(annotation) is Expression:
        if isinstance(value, Text) and annotation != _CONDITION:
            yield Mention(value, MentionKind.EXPRESSION)
    elif get_origin(annotation) is dict:
        for inner in value.values() if isinstance(value, Fields) else ():
            yield from _within(inner, parts[1])
    elif get_origin(annotation) is tuple:
        for inner in value if isinstance(value, Items) else (value,):
            yield from _within(inner, parts[0])
    else:  # one of several, or a type with what is said about it
        for part in parts:
            yield from _within(value, part)


def _on_level(fields: Fields, model: type[Model]) -> Iterator[Mention]:
    aliases, attributes = model.aliases(), model.attributes()
    rest = attributes[model.rest].type if issubclass(model, WithNamedKeys) else None
    for key, value in fields.items():
        attribute = aliases.get(key)
        if key == "id" and attribute and isinstance(value, Text):
            yield Mention(value, MentionKind.DECLARATION, fields, model)
        elif attribute == "key_activities":
            yield from (Mention(name, MentionKind.NAME) for name in texts(value, EACH))
        elif attribute not in _OTHER_NAMES:
            yield from _within(value, attributes[attribute].type if attribute else get_args(rest)[1] if rest else None)


def declarations(tree: Fields) -> Iterator[Text]:
    """Every id that a file gives to an activity, a phase, a window or a requirement."""
    return (each.text for each in mentions(tree) if each.kind is MentionKind.DECLARATION)


def why_no_id(name: str) -> Diagnostic | None:
    """Why a word cannot be an id; None if it can."""
    try:
        read_id(Text(name))
    except PydanticCustomError as error:
        carried = (error.context or {}).get("diagnostics")
        return carried.diagnostics[0] if isinstance(carried, Carried) else None
    return None


class _Renaming(Struct, frozen=True):
    """What becomes of one file: the edits, and of each text or map by identity what it is to be."""

    edits: list[Edit] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    gained: dict[int, Mapping[str, str]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)

    def rename(self, mention: Mention, old: str, new: str) -> None:
        ranges = list(mention.ranges(old))
        for start, end in ranges:
            place = mention.text.locate(start, end)
            if place is None or place.source.text[slice(*place.offsets)] != old:
                line = f", rad {place.line}" if place else ""
                raise NotSafe(f"{old} står i en text på flera rader{line}")
            self.edits.append(Edit(place, new))
        if ranges:
            text = str(mention.text)
            for start, end in reversed(ranges):
                text = text[:start] + new + text[end:]
            self.texts[id(mention.text)] = text
            if mention.entry is not None and mention.model in (Activity, Phase):
                self._remember(mention.entry, old, new)

    def _remember(self, entry: Fields, old: str, new: str) -> None:
        """The first id that the row had stays: calendars know the row by it."""
        first = value_of(entry, PREVIOUS)
        if first is None:
            self.gained[id(entry)] = {PREVIOUS: old}
            self.edits.append(key_after(entry, "id", {PREVIOUS: old}))
        elif first == new:
            self.lost.add(id(entry))
            self.edits.append(removal(entry, PREVIOUS))

    def name(self, entry: Fields, old: str, new: str) -> None:
        """A row whose id was made from its title gets one."""
        self.gained[id(entry)] = {"id": new, PREVIOUS: old}
        self.edits.append(key_before(entry, "titel", {"id": new, PREVIOUS: old}))

    def expected(self, node: YamlValue) -> Plain:
        """The tree as it is to be read."""
        if isinstance(node, Items):
            return [self.expected(item) for item in node]
        if isinstance(node, Text):
            return self.texts.get(id(node), str(node)), node.null
        gained: dict[str, Plain] = {key: (value, False) for key, value in self.gained.get(id(node), {}).items()}
        result: dict[str, Plain] = {}
        for key, value in node.items():
            if key == "titel" and "id" in gained:
                result |= gained
            if key != PREVIOUS or id(node) not in self.lost:
                result[self.texts.get(id(key), str(key))] = self.expected(value)
            if key == "id":
                result |= gained
        return result


def with_new_id(source: Source, old: str, new: str, made_at: Span | None = None) -> Revision:
    """The file with another id for what is called `old`; `made_at` is the title that the id was made from, if so.

    Activities and phases keep the first id that they had as `tidigare_id`.

    Raises:
        NotSafe: an id stands where it cannot be changed alone.
        InvalidProcess: the file cannot be read.
    """
    tree = parse(source)
    renaming = _Renaming()
    for mention in mentions(tree):
        renaming.rename(mention, old, new)
    if made_at is not None and made_at.file == source.path:
        for entry in (*maps(tree, "faser", EACH), *maps(tree, "faser", EACH, "aktiviteter", EACH)):
            title = value_of(entry, "titel")
            if title is not None and title.span == made_at:
                renaming.name(entry, old, new)
    return _demanded(revised(source, renaming.edits), renaming.expected(tree))


def with_new_keys(source: Source, old: str, new: str) -> Revision:
    """The done-marks of a year with another id for a row and its rounds. Raises as `with_new_id`."""
    tree, renaming = parse(source), _Renaming()
    for key in tree:
        renaming.rename(Mention(key, MentionKind.ROUND), old, new)
    return _demanded(revised(source, renaming.edits), renaming.expected(tree))


def _demanded(revision: Revision, expected: Plain) -> Revision:
    if not same(plain(reread(revision)), expected):
        raise NotSafe("då ändras mer än id:t")
    return revision
