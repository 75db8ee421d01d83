"""JSON Schema (2020-12) of the files an author writes, for editors that complete keys and show what they mean.

Made from the models, in the author's language. It is more forgiving than `validate`: it knows keys and shapes, and
leaves dates and names to those who understand them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model

from arshjul.codes import CHECK_CODES
from arshjul.definition.levels import Model, ReadWith, without_key, yaml_key
from arshjul.definition.model import Column, Deviations, MeetingPlan, Part, ProcessFields, WithNamedKeys
from arshjul.definition.overlay import CHANGE_KEYS

Schema = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
KINDS: Final[Mapping[str, tuple[type[Model], str]]] = {
    "process": (ProcessFields, "En process: process.yaml"),
    "part": (Part, "En del av en process: organ, roller, kalender, krav eller lagkrav"),
    "meetings": (MeetingPlan, "Ett kalenderårs sammanträden: sammantraden-2026.yaml"),
    "year": (Deviations, "Ett budgetårs avvikelser: avvikelser-2026.yaml"),
}
ABOUT: Final = {
    "Activity": "En rad i tidplanen.",
    "ActivityType": "Aktivitetens slag.",
    "BodyKind": "Vad det är för organ.",
    "Body": "Ett organ som sammanträder.",
    "Calendar": "Arbetsgivarens arbetsdagar och namngivna perioder.",
    "Checks": "Hur mycket som kontrolleras, och hur allvarligt ett fynd är.",
    "Closed": "Dagar då ingen arbetar.",
    "Column": "En kolumn: fält och rubrik.",
    "Level": "fel, varning, info, eller av för att inte kontrollera.",
    "Meeting": "Ett sammanträde: bara dagen, eller dagen med det som är särskilt för mötet.",
    "MeetingPlan": "Ett års sammanträden: organ → dagar.",
    "Phase": "En rubrik med sina aktiviteter.",
    "Profile": "start medan processen skrivs, skarp när den används.",
    "Repeat": "En rad för varje period eller möte.",
    "Requirement": "Ett krav på ordning eller tid.",
    "Role": "Någon som deltar.",
    "Severity": "Hur allvarligt ett brott mot kravet är.",
    "Show": "En rad för alla organ (fönster), eller en för varje.",
    "DayPolicy": "arbetsdag, ledig, eller varna: arbetsdag med ett fynd.",
    "Window": "Tid som någon behöver ha kvar.",
}
_MADE_FROM_TITLE: Final = ("Activity", "Phase")
_MERGED_IN_VARIANTS: Final = ("Body", "Role", "Calendar")
_CHANGEABLE: Final = ("Activity", "Phase", "Window", "Requirement")
_REASON: Final = {"type": ["string", "number"], "description": "Varför det avviker; ”ej angivet” räknas."}


def schema(kind: str) -> Schema:
    """The schema of one of `KINDS`."""
    model, title = KINDS[kind]
    written = _plain(_described(model).model_json_schema(by_alias=True))
    definitions = _definitions()
    properties = {name: _own_words(name, found, kind) for name, found in written["properties"].items()}
    members = {**written, "properties": properties, "$defs": definitions, "description": f"{title}."}
    return {"$schema": DRAFT, "title": f"arshjul: {kind}", **(_variant(members) if kind == "process" else members)}


def _variant(process: Schema) -> Schema:
    """A process may build on another: then `null` removes what that one has, and it may have changes."""
    definitions = process["$defs"]
    inner = {
        name: {**definitions[name], "properties": _all_removable(definitions[name]["properties"])}
        for name in _MERGED_IN_VARIANTS
    }
    return {
        **process,
        "properties": _all_removable(process["properties"]),
        "dependentRequired": {key: ["bygger_på"] for key in CHANGE_KEYS},
        "$defs": {**definitions, **inner},
    }


def _all_removable(properties: Schema) -> Schema:
    return {name: value if name == "process" else _removable(value) for name, value in properties.items()}


def _definitions() -> Schema:
    """What the files consist of, in alphabetical order."""
    found = _plain(_described(ProcessFields).model_json_schema(by_alias=True))["$defs"]
    for name, about in ABOUT.items():
        found[name]["description"] = about
    for name in _MADE_FROM_TITLE:
        found[name]["required"] = [key for key in found[name].get("required", ()) if key != "id"]
    found["Checks"]["properties"] |= {code: {"$ref": "#/$defs/Level"} for code in CHECK_CODES}
    found["Checks"]["additionalProperties"] = False
    meeting = found["Meeting"]
    day_alone = meeting["properties"]["datum"]
    found["Meeting"] = {"description": meeting["description"], "anyOf": [day_alone, meeting]}
    found["MeetingPlan"].pop("required")  # inline, the year is the key
    return {**found, **_changes(found)}


def _changes(definitions: Schema) -> Schema:
    """New values for anything that has an id, `null` to take a key away; and a new activity with where it comes."""
    properties = {
        name: _removable(found)
        for owner in reversed(_CHANGEABLE)
        for name, found in definitions[owner]["properties"].items()
        if name not in ("id", "aktiviteter")
    }
    moved = {"type": "string", "description": "Fasen som aktiviteten flyttas till."}
    place = {
        "fas": {"type": "string", "description": "Fasen den hör till; behövs om det finns flera."},
        "efter": {"type": "string", "description": "Aktiviteten den kommer efter; annars sist i fasen."},
    }
    activity = definitions["Activity"]
    change = {
        "description": "Nya värden; null tar bort.",
        "type": "object",
        "properties": {**properties, "fas": moved, "skäl": _REASON},
        "additionalProperties": False,
    }
    added = {
        **activity,
        "description": "En ny aktivitet.",
        "properties": {**place, **activity["properties"], "skäl": _REASON},
    }
    return {"Change": change, "Added": added}


@cache
def _described(level: type[Model]) -> type[BaseModel]:
    """A model of pydantic with the keys of a level, for the schema that pydantic makes of it."""
    attributes: dict[str, Any] = {}
    for name, found in level.attributes().items():
        written = _as_written(without_key(found.type))
        default = ... if found.required else None
        if key := yaml_key(found.type):
            attributes[name] = (written, Field(default, alias=key.name, description=key.description))
        elif issubclass(level, WithNamedKeys):
            attributes[name] = (written, Field(default))
    shape = _shape(level)
    config = ConfigDict(extra="forbid", json_schema_extra=shape)
    return create_model(level.__name__, __config__=config, **attributes)


def _shape(level: type[Model]) -> Callable[[Schema], None] | None:
    """What pydantic cannot know of a level that is no map of its own keys."""

    def one_pair(found: Schema) -> None:
        found |= {"additionalProperties": {"type": "string"}, "minProperties": 1, "maxProperties": 1}
        found.pop("properties", None)

    def gathered(found: Schema) -> None:
        # The attribute for keys that are names is no property: whatever other key stands there is one of its keys.
        rest = found["properties"].pop(level.rest) if issubclass(level, WithNamedKeys) else {}
        found["additionalProperties"] = rest["additionalProperties"]

    if level is Column:  # written `{field: heading}`
        return one_pair
    return gathered if issubclass(level, WithNamedKeys) else None


def _as_written(annotation: Any) -> Any:
    """What an author may write for a value, as a type that pydantic knows."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _scalar(arguments[1]) if isinstance(arguments[1], ReadWith) else _as_written(arguments[1].written)
    if origin in (Union, UnionType):
        return Union[tuple(map(_as_written, arguments))]  # noqa: UP007 - of as many as there are
    if origin in (tuple, dict, list):
        return origin[tuple(each if each is ... else _as_written(each) for each in arguments)]
    return _described(annotation) if isinstance(annotation, type) and issubclass(annotation, Model) else annotation


def _scalar(read: ReadWith) -> Any:
    """A type for a scalar, with what the editor may be told besides."""
    written = read.written
    if isinstance(written, range):
        written = Annotated[int, Field(ge=written.start, le=written.stop - 1)]
    more: Schema = {"type": ["string", "number"]} if read.number else {}
    if read.pattern:
        more["pattern"] = f"^(?:{read.pattern})$"
    if read.examples:
        more["examples"] = list(read.examples)
    return Annotated[written, Field(json_schema_extra=more)] if more else written


def _removable(value: Schema) -> Schema:
    words = {key: found for key, found in value.items() if key in ("description", "examples")}
    return {**words, "anyOf": [{key: found for key, found in value.items() if key not in words}, {"type": "null"}]}


def _own_words(name: str, value: Schema, kind: str) -> Schema:
    """The changes, which the models leave to `overlay`, in full; every other key as in the models."""
    described = {"description": value["description"]} if "description" in value else {}
    match name:
        case "ändra":
            return {**described, "type": "object", "additionalProperties": {"$ref": "#/$defs/Change"}}
        case "lägg_till":
            return {**described, "type": "array", "items": {"$ref": "#/$defs/Added"}}
        case "stryk":
            reasons = {"type": "object", "additionalProperties": _REASON}
            listed = {"type": "array", "items": {"type": "string"}}
            return {**described, **(reasons if kind == "year" else {"anyOf": [reasons, listed]})}
    return value


def _plain(written: Schema) -> Schema:
    """Pydantic's schema without titles, defaults and the `null` that means a key left out.

    An author cannot write such a `null`: in a file it removes what a base has, and only there.
    """
    kept = {key: found for key, found in written.items() if key not in ("title", "default")}
    for key in ("properties", "$defs"):
        if key in kept:
            kept[key] = {name: _plain(found) for name, found in kept[key].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _plain(kept[key])
    for key in ("anyOf", "oneOf"):
        options = [_plain(option) for option in kept.pop(key, ()) if option != {"type": "null"}]
        kept = {**options[0], **kept} if len(options) == 1 else {**kept, **({key: options} if options else {})}
    return kept
