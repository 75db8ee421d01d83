"""The door: a tree that anyone may have written becomes a level of the model, or every error in it is found.

Pydantic's engine does it. Its models would take longer to declare than the files take to read, so that the engine is
given its schema straight from the annotations of our own frozen values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator

from arshjul.dates.vocabulary import ANY_NAME, Allowance, Vocabulary
from arshjul.definition.levels import Model, Prepared, ReadWith, without_key, yaml_key

M = TypeVar("M", bound=Model)


def read_level(level: type[M], tree: object, names: Vocabulary | None) -> M:
    """The level of a tree. Without `names` its expressions may name anything.

    Raises:
        pydantic_core.ValidationError: with every error of the tree, each with its location in it.
    """
    found: M = _validator(level).validate_python(tree, context=names or Vocabulary(allowance=Allowance()))
    return found


@cache
def _validator(level: type[Model]) -> SchemaValidator:
    """Built when a file of that kind is first read."""
    return SchemaValidator(_of_level(level))


@cache
def _of_level(level: type[Model]) -> CoreSchema:
    keys = {name: yaml_key(found.type) for name, found in level.attributes().items()}
    fields: dict[str, Any] = {
        # By their keys only: the English names are for code, in a file they are unknown keys.
        name: {
            "type": "typed-dict-field",
            "schema": _of_value(without_key(found.type)),
            "required": found.required,
            **({"validation_alias": key.name} if (key := keys[name]) else {}),
        }
        for name, found in level.attributes().items()
    }
    attributes = {"type": "typed-dict", "fields": fields, "extra_behavior": "forbid"}
    make = {"type": "no-info", "function": lambda values: level(**values)}
    return _before(level.prepared, {"type": "function-after", "function": make, "schema": attributes})


def _of_value(annotation: Any) -> CoreSchema:
    """The schema of one value: a scalar, a level, a list, a map, or one of them or nothing."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_annotated(arguments[0], arguments[1:])
    if origin is tuple:
        return {"type": "tuple", "items_schema": [_of_value(arguments[0])], "variadic_item_index": 0}
    if origin is dict:
        keys, values = map(_of_value, arguments)
        return {"type": "dict", "keys_schema": keys, "values_schema": values}
    if origin in (Union, UnionType):
        return _of_union([each for each in arguments if each is not NoneType], optional=NoneType in arguments)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _of_level(annotation)
    return {"type": "any"}


def _of_annotated(annotation: Any, metadata: tuple[Any, ...]) -> CoreSchema:
    for found in metadata:
        match found:
            case ReadWith(read=read, with_names=True):
                named = lambda value, info, read=read: read(value, info.context or ANY_NAME)  # noqa: E731
                return {"type": "function-plain", "function": {"type": "with-info", "function": named}}
            case ReadWith(read=read):
                return {"type": "function-plain", "function": {"type": "no-info", "function": read}}
            case Prepared(prepare=prepare):
                return _before(prepare, _of_value(annotation))
    return _of_value(annotation)


def _of_union(choices: list[Any], *, optional: bool) -> CoreSchema:
    """A list or a map is told by what stands there: an error of one is not reported as an error of the other."""
    if len(choices) == 1:
        found = _of_value(choices[0])
    else:
        shapes = {"karta" if get_origin(each) is dict else "lista": _of_value(each) for each in choices}
        shape = lambda value: "karta" if isinstance(value, Mapping) else "lista"  # noqa: E731
        found = {"type": "tagged-union", "choices": shapes, "discriminator": shape}
    return {"type": "nullable", "schema": found} if optional else found


def _before(prepare: Callable[[object], object], schema: CoreSchema) -> CoreSchema:
    return {"type": "function-before", "function": {"type": "no-info", "function": prepare}, "schema": schema}
