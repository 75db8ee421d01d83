"""What a level of the files is: a frozen value, and beside each attribute the key that an author writes for it.

`model` has the levels, `door` reads trees into them, `schema` describes them to editors: all three read the same
annotations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields


class YamlKey(Struct, frozen=True):
    """The key of an attribute, and in Swedish what it is, which editors show."""

    name: str
    description: str


class ReadWith(Struct, frozen=True):
    """A scalar: `read` makes a value of what is written. `written` is the type that an editor checks it by.

    `examples` and `pattern` are for the editor too; `number` says that a text may be a figure alone, which YAML takes
    for a number; `with_names` that `read` is also given the names of the process.
    """

    read: Callable[..., object]
    written: Any = str
    examples: tuple[str, ...] = ()
    pattern: str | None = None
    number: bool = False
    with_names: bool = False


class Prepared(Struct, frozen=True):
    """What stands there is brought into shape before its parts are read; `written` is the type an editor checks."""

    prepare: Callable[[object], object]
    written: Any


class Model(Struct, frozen=True, gc=False, kw_only=True):
    """One level of a file. `noun` names it in messages, in definite form."""

    noun: ClassVar[str] = "filen"

    @classmethod
    def prepared(cls, data: object) -> object:
        """The tree of a level as its attributes are read from it. A level may put in what an author can leave out."""
        return data

    @classmethod
    @cache
    def attributes(cls) -> Mapping[str, FieldInfo]:
        """Name → attribute, in order, those of the level it extends first."""
        return {found.name: found for found in fields(cls)}

    @classmethod
    @cache
    def aliases(cls) -> Mapping[str, str]:
        """The Swedish keys an author may write here, each to its attribute, in order."""
        keys = {name: yaml_key(found.type) for name, found in cls.attributes().items()}
        return {key.name: name for name, key in keys.items() if key}


def yaml_key(annotation: Any) -> YamlKey | None:
    """The key in an attribute's annotation; None where no author writes it under a name of its own."""
    return next((each for each in _metadata(annotation) if isinstance(each, YamlKey)), None)


def without_key(annotation: Any) -> Any:
    """The annotation of an attribute's value."""
    if yaml_key(annotation) is None:
        return annotation
    rest = tuple(each for each in _metadata(annotation) if not isinstance(each, YamlKey))
    inner = annotation.__origin__
    return Annotated[(inner, *rest)] if rest else inner


def _metadata(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__metadata__", ()) if get_origin(annotation) is Annotated else ()


def models_in(annotation: Any) -> Iterator[type[Model]]:
    """The levels that a value of that annotation holds."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)
