"""What pydantic found wrong → Diagnostics: one cause, one message, at its place in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import TypeVar

from pydantic_core import ErrorDetails, ValidationError

from arshjul.codes import Code
from arshjul.dates import parser, syntax
from arshjul.dates.vocabulary import Vocabulary
from arshjul.definition.door import read_level
from arshjul.definition.habits import joined
from arshjul.definition.levels import Model, models_in
from arshjul.definition.model import Definition, Deviations, MeetingPlan, Part
from arshjul.definition.overlay import CHANGE_KEYS
from arshjul.definition.tree import EACH, place_of, texts
from arshjul.diagnostics import Diagnostic, Edit, Severity, Span, did_you_mean, error, first_findings, too_many
from arshjul.source import Fields, Items, Text, YamlValue
from arshjul.source.corrections import between_quotes

M = TypeVar("M", bound=Model)
Location = tuple[int | str, ...]

MOST_LOOKED_AT = 500
_EXPECTED = {
    "tuple_type": "en lista",
    "dict_type": "nycklar med värden",
}
_EXAMPLES = {"en lista": "skriv [a, b]", "nycklar med värden": "skriv {nyckel: värde}"}
_KEYS_OF_CHANGES = {
    **dict.fromkeys(CHANGE_KEYS, "en avvikelsefil, eller till en process med bygger_på"),
    "fas": "ändra och lägg_till",
    "efter": "lägg_till",
}


def build(model: type[M], tree: Fields, errors: list[Diagnostic], names: Vocabulary | None = None) -> M | None:
    """The model of a tree; None if something is wrong, which is then added to `errors`.

    `names` are what its expressions may name; without them any name is taken on trust.
    """
    try:
        return read_level(model, tree, names)
    except ValidationError as found:
        # Each costs its hint, and those that are alike are joined first: so many are looked at, the rest are counted.
        looked_at = joined(islice(_diagnostics(found, model, tree), MOST_LOOKED_AT))
        errors += first_findings(looked_at)
        if (left := found.error_count() - MOST_LOOKED_AT) > 0:
            errors.append(too_many(left, errors[-1].span, Severity.ERROR))
        return None


def _diagnostics(found: ValidationError, model: type[Model], tree: Fields) -> Iterator[tuple[Diagnostic, bool]]:
    """Each error, and whether it is in a meeting plan."""
    for flaw in found.errors(include_url=False):
        planned = flaw["loc"][:1] == ("sammanträden",)
        match flaw["type"]:
            case "author_error" if planned and (days := _days_in_one(_nodes(tree, flaw["loc"])[-1])):
                yield days, planned
            case "author_error":  # made by `scalars` or `model`, with place and hint
                yield from ((diagnostic, planned) for diagnostic in flaw["ctx"]["diagnostics"].diagnostics)
            case "extra_forbidden" | "missing" as fault:
                yield _wrong_key(flaw["loc"], model, tree, missing=fault == "missing"), planned
            case _:
                yield _wrong_value(flaw, tree), planned


def _days_in_one(entry: YamlValue) -> Diagnostic | None:
    """`[6 maj; 3 juni]`: several days that are one entry of a meeting plan, each of which is a day by itself."""
    if not isinstance(entry, Text) or ";" not in entry:
        return None
    parts = [part.strip() for part in re.split("[;,]", entry)]
    try:
        for part in parts:
            parser.parse_meeting(part)
    except syntax.ExpressionError:
        return None
    days = ", ".join(parts)
    fix = Edit(entry.span, days) if entry.plain and entry.span else None
    message, hint = f"”{entry}” är flera dagar", f"skriv ett möte för varje dag, med komma mellan: [{days}]"
    return error(Code.NOT_A_DATE, message, entry.span, hint, fix=fix)


def _wrong_key(loc: Location, model: type[Model], tree: Fields, *, missing: bool) -> Diagnostic:
    name = str(loc[-1])
    # The model whose key that is.
    level = model
    for part in loc[:-1]:
        attribute = level.attributes().get(level.aliases().get(str(part), str(part)))
        level = next(models_in(attribute.type), level) if attribute else level
    holder = _nodes(tree, loc[:-1])[-1]
    if missing:
        span = place_of(holder) if isinstance(holder, Fields) else holder.span
        return error(Code.MISSING_KEY, f"{level.noun} saknar ”{name}”", span, f"skriv {name}: och ett värde")
    key = holder.key(name) if isinstance(holder, Fields) else None
    span = key.span if key is not None else None
    return error(
        Code.UNKNOWN_KEY,
        f"okänd nyckel ”{name}” i {level.noun}",
        span,
        _where_instead(name, level),
    )


def _where_instead(name: str, level: type[Model]) -> str:
    """The level that has a key of that name, else a key that looks alike, else the nearest keys of this level."""
    if name in _KEYS_OF_CHANGES:
        return f"”{name}” hör till {_KEYS_OF_CHANGES[name]}"
    # All levels that an author can write, each once; the first are suggested first.
    inner = [found for root in (Definition, MeetingPlan, Part) for found in _inside(root)]
    levels: list[type[Model]] = [Definition, *inner, MeetingPlan, Deviations]
    if owners := [other.noun for other in dict.fromkeys(levels) if name in other.aliases()]:
        return f"”{name}” hör till {' eller '.join(owners[:2])}"
    nearest = get_close_matches(name, level.aliases(), n=5, cutoff=0)
    return did_you_mean(name, level.aliases()) or f"närmast: {', '.join(nearest)}"


def _inside(model: type[Model]) -> Iterator[type[Model]]:
    for attribute in model.attributes().values():
        for inner in models_in(attribute.type):
            yield inner
            yield from _inside(inner)


def _nodes(tree: Fields, loc: Location) -> list[YamlValue]:
    """The nodes on the way to a location; parts that only pydantic knows, such as the tags of a union, are skipped."""
    nodes: list[YamlValue] = [tree]
    for part in loc:
        here = nodes[-1]
        if isinstance(here, Fields) and part in here:
            nodes.append(here[Text(str(part))])
        elif isinstance(here, Items) and isinstance(part, int):
            nodes.append(here[part])
    return nodes


def _wrong_value(flaw: ErrorDetails, tree: Fields) -> Diagnostic:
    name, span, value = _named(tree, flaw["loc"])
    if flaw["type"] == "empty" or (isinstance(value, Text) and value.null):
        return error(Code.MISSING_KEY, f"{name} saknar värde", span, "skriv ett värde, eller ta bort raden")
    expected = flaw["ctx"]["expected"] if flaw["type"] == "wrong_shape" else _EXPECTED[flaw["type"]]
    given = "nycklar med värden" if isinstance(value, Fields) else "en lista" if isinstance(value, Items) else "en text"
    hint, fix = _reshaped(expected, value, flaw["loc"])
    return error(Code.WRONG_TYPE, f"{name} ska vara {expected}, inte {given}", span, hint, fix=fix)


def _reshaped(expected: str, value: YamlValue, loc: Location) -> tuple[str, Edit | None]:
    """What to write instead of a value of another shape; certain only where nothing has to be taken apart or added."""
    if "stängt" in loc[-2:] and isinstance(value, Text):
        bridges = value.casefold().startswith("klämdag")
        closed = f"{{när: {value}, namn: …}}"
        hint = (
            "klämdagar: ledig under kalender" if bridges else closed if loc[-1] != "stängt" else f"stängt: [{closed}]"
        )
        return f"skriv {hint}", None
    if expected == "en lista" and isinstance(value, Text):
        return _as_list(value, planned=loc[:1] == ("sammanträden",))
    if isinstance(value, Text) and loc[0] in ("organ", "roller") and len(loc) == 2:
        plain = re.fullmatch(r"[\w(][^,:#\[\]{}]*", value)
        named = f"{{namn: {value if plain else between_quotes(value)}}}"
        return f"skriv {named}", Edit(value.span, named) if value.plain and value.span else None
    if loc[-1] == "upprepa":
        periods = ", ".join(texts(value, EACH)) if isinstance(value, Items) else str(value)
        written = f"[{periods}]" if isinstance(value, Items) else between_quotes(periods) if "," in periods else periods
        return f"skriv {{period: {written}, år: B-1}}, eller {{möte: KS, i: B-1}} för ett organs möten", None
    alone = texts(value, EACH) if isinstance(value, Items) else []
    if expected == "en text" and loc[-1] == "organ" and len(alone) > 1:
        others = ", ".join(alone[1:])
        return (
            f"ett ärende tas upp i ett organ: skriv organ: {alone[0]} och deltagare: [{others}], eller två rader",
            None,
        )
    if expected not in _EXAMPLES and len(alone) == 1:
        return f"skriv {alone[0]}, utan hakparenteser", None
    if expected == "en text" and alone:
        return f"skriv som en text: {', '.join(alone)}", None
    return _EXAMPLES.get(expected, f"skriv {expected}"), None


def _as_list(value: Text, *, planned: bool) -> tuple[str, Edit | None]:
    """A text as a list of what it names; of a meeting plan its commas and semicolons are between days."""
    inside = value.removeprefix("(").removesuffix(")") if value.startswith("(") and value.endswith(")") else str(value)
    if planned:
        inside = ", ".join(part.strip() for part in re.split("[,;]", inside) if part.strip())
    certain = value.plain and value.span and (planned or "," not in inside) and not re.search(r"[\[\]{}]|: ", inside)
    return f"skriv [{inside}]", Edit(value.span, f"[{inside}]") if certain and value.span else None


def _named(tree: Fields, loc: Location) -> tuple[str, Span | None, YamlValue]:
    """What a value is called, where it is pointed at (a list or map by its key) and the value."""
    nodes = _nodes(tree, loc)
    holders = [node for node in nodes[:-1] if isinstance(node, Fields)]
    # By identity: texts compare equal whatever their place.
    keys = [key for holder in holders for key in holder if any(holder[key] is node for node in nodes[1:])]
    value = nodes[-1]
    if not keys:
        return "filen", value.span, value
    inside = isinstance(nodes[-2], Items)
    name = f"ett värde i ”{keys[-1]}”" if inside else f"”{keys[-1]}”"
    return name, value.span if inside or (isinstance(value, Text) and value) else keys[-1].span, value
