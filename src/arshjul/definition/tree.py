"""Walking and rebuilding trees of YAML: what is asked for is found, what has another shape is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from arshjul.diagnostics import Span
from arshjul.source import Fields, Items, Text, YamlValue

EACH = "*"


def each(node: YamlValue | None, *path: str) -> list[YamlValue]:
    """Every node at the path, where `EACH` stands for all elements; what has another shape is skipped."""
    found = [] if node is None else [node]
    for step in path:
        if step == EACH:
            holders = (outer for outer in found if not isinstance(outer, Text))
            found = [inner for outer in holders for inner in (outer.values() if isinstance(outer, Fields) else outer)]
        else:
            key = Text(step)
            found = [outer[key] for outer in found if isinstance(outer, Fields) and key in outer]
    return found


def value_of(node: YamlValue | None, key: str) -> YamlValue | None:
    """The value of a key, None where there is none."""
    return node.get(Text(key)) if isinstance(node, Fields) else None


def text_of(node: YamlValue | None, key: str) -> Text | None:
    """The scalar of a key, None where there is none."""
    value = value_of(node, key)
    return value if isinstance(value, Text) else None


def texts(node: YamlValue | None, *path: str) -> list[Text]:
    """As `each`, only the scalars."""
    return [found for found in each(node, *path) if isinstance(found, Text)]


def maps(node: YamlValue | None, *path: str) -> list[Fields]:
    """As `each`, only the maps."""
    return [found for found in each(node, *path) if isinstance(found, Fields)]


def place_of(fields: Fields) -> Span | None:
    """Where an entry is pointed at: its id, else its first key."""
    name = text_of(fields, "id")
    return name.span if name is not None else next((key.span for key in fields), fields.span)


def merged(base: Fields, over: Fields) -> Fields:
    """Scalars and lists replace, maps merge, `null` removes.

    Keys keep the order of the base and take the place of the one that was written last.
    """
    # Equal keys differ in place: the one in `over` is where the value that counts was written.
    keys = {key: over.key(key) or key for key in (*base, *over)}
    entries: list[tuple[Text, YamlValue]] = []
    for key, written in keys.items():
        old, new = base.get(key), over.get(key)
        if isinstance(old, Fields) and isinstance(new, Fields):
            entries.append((written, merged(old, new)))
        elif new is None:
            entries.append((written, base[key]))
        elif not removes(new):
            entries.append((written, new))
    return Fields(entries, base.span)


def removes(value: YamlValue) -> bool:
    """A plain `null` or `~`. An empty value is not: whoever has not written it yet takes nothing away."""
    return isinstance(value, Text) and value.null and bool(value)


def replaced(fields: Fields, name: str, value: YamlValue) -> Fields:
    """The map with another value for one key, in the same place, or last if it is new."""
    entries = [(key, value if key == name else old) for key, old in fields.items()]
    return Fields(entries if name in fields else [*entries, (Text(name), value)], fields.span)


def with_texts(node: YamlValue, rewrite: Callable[[Text], Text]) -> YamlValue:
    """The tree with every value's text as `rewrite` gives it; keys stay."""
    match node:
        case Text():
            return rewrite(node)
        case Items():
            return Items.at((with_texts(item, rewrite) for item in node), node.place)
        case Fields():
            return Fields.at(((key, with_texts(value, rewrite)) for key, value in node.items()), node.place)


def without(fields: Fields, names: Iterable[str]) -> Fields:
    """The map without some keys."""
    removed = frozenset(names)
    return Fields([(key, value) for key, value in fields.items() if key not in removed], fields.span)


def size(node: YamlValue) -> int:
    """How many characters and values there are in it, keys included."""
    found, waiting = 0, [node]
    while waiting:
        inner = waiting.pop()
        found += 1
        if isinstance(inner, Text):
            found += len(inner)
        elif isinstance(inner, Fields):
            waiting.extend((*inner, *inner.values()))
        else:
            waiting.extend(inner)
    return found
