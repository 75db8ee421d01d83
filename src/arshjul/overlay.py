"""Changes keyed by id: the one mechanism behind `bygger_på` and the deviations of a year.

Scalars and lists replace, maps merge, `null` removes. Every value keeps the place it was written at.
Activities, phases, windows and requirements have ids; those left out are made from the title first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from arshjul.dates.parser import is_reserved
from arshjul.diagnostics import Diagnostic, InvalidProcess, Related, Span, error, suggestion
from arshjul.source import Fields, Items, Node, Text

CHANGE_KEYS = ("ändra", "stryk", "lägg_till")
EACH = "*"

_DECLARED = (
    ("faser", EACH, "id"),
    ("faser", EACH, "aktiviteter", EACH, "id"),
    ("tidsfönster", EACH, "id"),
    ("krav", EACH, "id"),
)
_DECLARED_BY_KEY = (("organ",), ("organgrupper",), ("roller",), ("kalender", "perioder"))

_Followers = dict[tuple[int, str], list[tuple[Text, Fields]]]


class MadeId(Text):
    """An id that the author left out, made from the title; its place is the title's."""


def overlay(base: Fields, changes: Fields) -> Fields:
    """The base definition with the changes of a process that builds on it, or of a year's deviations.

    `changes` holds `ändra` (id → new values, `fas` moves an activity), `stryk` (id → reason) and `lägg_till`
    (activities with `fas` and perhaps `efter`); the order among them means nothing. A file with `budgetår` must give
    a `skäl` for each. All other keys of a process that builds on another merge into the base's.
    The result holds neither the change keys nor `bygger_på`, and every activity and phase in it has an id.

    Raises:
        InvalidProcess: with every unknown-target, missing-reason, missing-key, unknown-key, duplicate-id, wrong-type.
    """
    tree, wrong = apply(base, changes)
    if wrong:
        raise InvalidProcess(wrong)
    return tree


def apply(base: Fields, changes: Fields) -> tuple[Fields, list[Diagnostic]]:
    """As `overlay`, with the errors beside what could be done in spite of them."""
    yearly = "budgetår" in changes
    tree = identify(base if yearly else _merged(base, _own_keys(changes)))
    wrong = [
        *_misshapen(changes),
        *_unknown_targets(tree, changes),
        *_changed_and_struck(changes),
        *_renamed(changes),
        *_removals_of_nothing(tree, changes),
        *_unknown_phases(tree, changes),
        *(_without_reason(changes) if yearly else ()),
    ]
    result, misplaced = _rebuilt(tree, changes)
    return result, [*wrong, *misplaced, *_changed_but_gone(tree, result, changes)]


# What the tree holds


def each(node: Node | None, *path: str) -> list[Node]:
    """Every node at the path, where `EACH` stands for all elements; what has another shape is passed over."""
    found = [] if node is None else [node]
    for step in path:
        found = _elements(found) if step == EACH else _values(found, Text(step))
    return found


def _elements(nodes: Iterable[Node]) -> list[Node]:
    elements: list[Node] = []
    for node in nodes:
        if isinstance(node, Fields):
            elements += node.values()
        elif isinstance(node, Items):
            elements += node
    return elements


def _values(nodes: Iterable[Node], key: Text) -> list[Node]:
    return [node[key] for node in nodes if isinstance(node, Fields) and key in node]


def value_of(node: Node | None, key: str) -> Node | None:
    """The value of a key, None where there is none."""
    return node.get(Text(key)) if isinstance(node, Fields) else None


def text_of(node: Node | None, key: str) -> Text | None:
    """The scalar of a key, None where there is none."""
    value = value_of(node, key)
    return value if isinstance(value, Text) else None


def texts(node: Node | None, *path: str) -> list[Text]:
    """As `each`, only the scalars."""
    return [found for found in each(node, *path) if isinstance(found, Text)]


def maps(node: Node | None, *path: str) -> list[Fields]:
    """As `each`, only the maps."""
    return [found for found in each(node, *path) if isinstance(found, Fields)]


def key_of(fields: Fields, name: str) -> Text | None:
    """The key as it was written, with its place."""
    return next((key for key in fields if key == name), None)


def place_of(fields: Fields) -> Span | None:
    """Where an entry is pointed at: its id, else its first key."""
    name = text_of(fields, "id")
    return name.span if name is not None else next((key.span for key in fields), fields.span)


def declared(tree: Fields) -> Iterator[Text]:
    """Every name of the process's one name space, where it is declared; made ids among them."""
    for section in _DECLARED_BY_KEY:
        for entries in maps(tree, *section):
            yield from entries
    for path in _DECLARED:
        yield from texts(tree, *path)


# Ids that were left out


def identify(tree: Fields) -> Fields:
    """The tree with an id for every phase and activity: in lower case, unique by `_2`, never a word of the language."""
    phases = value_of(tree, "faser")
    if not isinstance(phases, Items):
        return tree
    taken = {str(name) for name in declared(tree) if not isinstance(name, MadeId)}
    taken.update(texts(tree, "faser", EACH, "aktiviteter", EACH, "milstolpe"))
    taken.update(texts(tree, "faser", EACH, "aktiviteter", EACH, "milstolpe", EACH))
    return replaced(tree, "faser", Items([_identified_phase(phase, taken) for phase in phases], phases.span))


def _identified_phase(phase: Node, taken: set[str]) -> Node:
    if not isinstance(phase, Fields):
        return phase
    phase = _identified(phase, "fas", taken)
    activities = value_of(phase, "aktiviteter")
    if not isinstance(activities, Items):
        return phase
    rows = [_identified(row, "aktivitet", taken) if isinstance(row, Fields) else row for row in activities]
    return replaced(phase, "aktiviteter", Items(rows, activities.span))


def _identified(entry: Fields, otherwise: str, taken: set[str]) -> Fields:
    written = value_of(entry, "id")
    if written is not None and not isinstance(written, MadeId):
        return entry
    title = text_of(entry, "titel")
    name = _unique(written or slug(title or "", otherwise), taken)
    taken.add(name)
    span = title.span if title is not None else place_of(entry)
    return Fields([(Text("id"), MadeId(name, span)), *((k, v) for k, v in entry.items() if k != "id")], entry.span)


def slug(words: str, otherwise: str) -> str:
    """A name made from a title: `Månadsrapport {period}` → `månadsrapport`; `otherwise` where no letter is left."""
    letters = "".join(_plain_letter(letter) for letter in re.sub(r"\{[^{}]*\}", " ", words).lower())
    name = re.sub(r"[^a-zåäö0-9]+", "_", letters)
    return re.sub(r"^[^a-zåäö]+", "", name)[:50].strip("_") or otherwise


def _plain_letter(letter: str) -> str:
    return letter if letter in "åäö" else unicodedata.normalize("NFD", letter)[0]


def _unique(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate in taken or is_reserved(candidate):
        number += 1
        candidate = f"{name}_{number}"
    return candidate


# Merging


def _own_keys(changes: Fields) -> Fields:
    kept = [(key, value) for key, value in changes.items() if key not in {*CHANGE_KEYS, "bygger_på"}]
    return Fields(kept, changes.span)


def _merged(base: Fields, over: Fields) -> Fields:
    """Keys keep the base's order and take the place of the one that was written last."""
    keys = {key: key for key in base} | {key: key for key in over}
    entries = [(_written(key, over), _choice(base, over, key)) for key in keys]
    return Fields([(key, value) for key, value in entries if value is not None], base.span)


def _written(key: Text, over: Fields) -> Text:
    return key_of(over, key) or key


def _choice(base: Fields, over: Fields, key: Text) -> Node | None:
    if key not in over:
        return base[key]
    old, new = base.get(key), over[key]
    if isinstance(old, Fields) and isinstance(new, Fields):
        return _merged(old, new)
    return None if _removes(new) else new


def _removes(value: Node) -> bool:
    return isinstance(value, Text) and value.null and bool(value)


def replaced(fields: Fields, name: str, value: Node) -> Fields:
    """The map with another value for one key, in the same place, or last if it is new."""
    entries = [(key, value if key == name else old) for key, old in fields.items()]
    return Fields(entries if name in fields else [*entries, (Text(name), value)], fields.span)


def _without(fields: Fields, names: Iterable[str]) -> Fields:
    gone = frozenset(names)
    return Fields([(key, value) for key, value in fields.items() if key not in gone], fields.span)


# The orders as written


def _orders(changes: Fields) -> list[tuple[Text, Fields]]:
    """`ändra`: id → new values."""
    return [
        (name, change)
        for orders in maps(changes, "ändra")
        for name, change in orders.items()
        if isinstance(change, Fields)
    ]


def _struck(changes: Fields) -> dict[Text, Node | None]:
    """`stryk`: id → reason, None in a bare list."""
    orders = value_of(changes, "stryk")
    if isinstance(orders, Fields):
        return dict(orders)
    return dict.fromkeys(texts(orders, EACH))


def _added(changes: Fields) -> list[Fields]:
    return list(maps(changes, "lägg_till", EACH))


def _name(entry: Node) -> str | None:
    return text_of(entry, "id")


def _targets(tree: Fields) -> dict[str, Fields]:
    """Every entry that can be addressed, by id."""
    paths = (path[:-1] for path in _DECLARED)
    return {name: entry for path in paths for entry in maps(tree, *path) if (name := _name(entry)) is not None}


# What is wrong with them


def _misshapen(changes: Fields) -> Iterator[Diagnostic]:
    shapes = (
        ("ändra", Fields, "id:n med nya värden", "skriv ändra: {budget_ks: {kommentar: nytt datum}}"),
        ("stryk", Fields | Items, "id:n med skäl", "skriv stryk: {manadsrapport: lämnas muntligt}"),
        ("lägg_till", Items, "en lista av aktiviteter", "skriv lägg_till: [{fas: ram, titel: …, när: …}]"),
    )
    for key, shape, wanted, hint in shapes:
        for value in each(changes, key):
            if not isinstance(value, shape):
                yield _wrong_shape(changes, key, value, wanted, hint)
    for orders in maps(changes, "ändra"):
        for name, change in orders.items():
            if not isinstance(change, Fields):
                yield error("wrong-type", f"”{name}” ska ha nycklar med nya värden", name.span, "skriv {när: …}")
    for entry in each(changes, "lägg_till", EACH):
        if not isinstance(entry, Fields):
            yield error("wrong-type", "en ny aktivitet ska vara nycklar med värden", entry.span, "skriv {titel: …}")


def _wrong_shape(changes: Fields, key: str, value: Node, wanted: str, hint: str) -> Diagnostic:
    written = key_of(changes, key)
    span = written.span if written is not None else value.span
    if isinstance(value, Text) and value.null:
        return error("missing-key", f"”{key}” saknar värde", span, f"{hint}, eller ta bort raden")
    return error("wrong-type", f"”{key}” ska vara {wanted}", span, hint)


def _unknown_targets(tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    known = _targets(tree)
    ordered = (name for orders in maps(changes, "ändra") for name in orders)
    for name in (*ordered, *_struck(changes)):
        if name not in known:
            yield error("unknown-target", f"”{name}” finns inte i processen", name.span, suggestion(name, known))


def _changed_and_struck(changes: Fields) -> Iterator[Diagnostic]:
    changed = {name: name for name, _ in _orders(changes)}
    for name in _struck(changes):
        if name in changed:
            yield error(
                "duplicate-id",
                f"”{name}” både ändras och stryks",
                name.span,
                "behåll det ena",
                _related("ändras här", changed[name].span),
            )


def _related(message: str, span: Span | None) -> tuple[Related, ...]:
    return (Related(message, span),) if span else ()


def _renamed(changes: Fields) -> Iterator[Diagnostic]:
    for name, change in _orders(changes):
        if key := key_of(change, "id"):
            hint = f"stryk ”{name}” och lägg till en ny aktivitet om den ska heta något annat"
            yield error("unknown-key", f"id för ”{name}” kan inte ändras", key.span, hint)


def _removals_of_nothing(tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    known = _targets(tree)
    for name, change in _orders(changes):
        for key, value in change.items():
            if name in known and key not in known[name] and _removes(value):
                hint = suggestion(key, known[name])
                yield error("unknown-target", f"”{name}” har inget ”{key}” att ta bort", key.span, hint)


def _unknown_phases(tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    struck = _struck(changes)
    phases = [name for name in texts(tree, "faser", EACH, "id") if name not in struck]
    entries = [*(change for _, change in _orders(changes)), *_added(changes)]
    for entry in entries:
        for phase in each(entry, "fas"):
            if phase not in phases:
                yield error("unknown-target", f"fasen ”{phase}” finns inte", phase.span, suggestion(str(phase), phases))
    for entry in _added(changes):
        if "fas" not in entry and len(phases) != 1:
            hint = f"skriv fas: och en av {', '.join(phases)}" if phases else "skriv fas: och fasens id"
            yield error("missing-key", "den nya aktiviteten saknar ”fas”", place_of(entry), hint)


def _without_reason(changes: Fields) -> Iterator[Diagnostic]:
    hint = "skriv skäl: och varför, eller skäl: ej angivet"
    for name, change in _orders(changes):
        if not _says_something(value_of(change, "skäl")):
            yield error("missing-reason", f"ändringen av ”{name}” saknar skäl", name.span, hint)
    for entry in _added(changes):
        if not _says_something(value_of(entry, "skäl")):
            yield error("missing-reason", "den nya aktiviteten saknar skäl", place_of(entry), hint)
    for name, reason in _struck(changes).items():
        if not _says_something(reason):
            hint = f"skriv {name}: och varför den stryks, eller {name}: ej angivet"
            yield error("missing-reason", f"strykningen av ”{name}” saknar skäl", name.span, hint)


def _says_something(reason: Node | None) -> bool:
    return isinstance(reason, Text) and not reason.null and bool(reason.strip())


def _changed_but_gone(before: Fields, after: Fields, changes: Fields) -> Iterator[Diagnostic]:
    known, left, struck = _targets(before), _targets(after), _struck(changes)
    for name, _ in _orders(changes):
        if name in known and name not in left and name not in struck:
            hint = "ta bort ändringen, eller flytta aktiviteten med fas:"
            yield error("unknown-target", f"”{name}” ändras men försvinner med sin fas", name.span, hint)


# Carrying them out


def _rebuilt(tree: Fields, changes: Fields) -> tuple[Fields, list[Diagnostic]]:
    phases, misplaced = _rebuilt_phases(tree, changes)
    result = _without(tree, (*CHANGE_KEYS, "bygger_på"))
    if phases is not None:
        result = replaced(result, "faser", phases)
    for section in ("tidsfönster", "krav"):
        for entries in each(tree, section):
            if isinstance(entries, Items):
                result = replaced(result, section, _revised(entries, changes))
    return identify(result), misplaced


def _revised(entries: Items, changes: Fields) -> Items:
    orders, struck = dict(_orders(changes)), _struck(changes)
    kept = (entry for entry in entries if _name(entry) not in struck)
    return Items([_without_the_reason(entry, orders) for entry in kept], entries.span)


def _without_the_reason(entry: Node, orders: dict[Text, Fields]) -> Node:
    """Only activities carry the `skäl` of their change: nothing prints it for the others."""
    order = orders.get(Text(_name(entry) or ""))
    return _merged(entry, _without(order, ("skäl", "id"))) if order and isinstance(entry, Fields) else entry


def _rebuilt_phases(tree: Fields, changes: Fields) -> tuple[Items | None, list[Diagnostic]]:
    phases = value_of(tree, "faser")
    if not isinstance(phases, Items):
        return None, []
    rows = _rows_by_phase(phases, changes)
    heads, followers = _placed_by_anchor(phases, changes)
    orders, struck = dict(_orders(changes)), _struck(changes)
    done = [
        _with_rows(_without_the_reason(phase, orders), _placed([*rows[number], *heads[number]], number, followers))
        for number, phase in enumerate(phases)
    ]
    kept = [phase for phase in done if _name(phase) not in struck]
    return Items(kept, phases.span), list(_misplaced(phases, rows, followers))


def _rows_by_phase(phases: Items, changes: Fields) -> dict[int, list[Node]]:
    """The activities, changed, in the phase they end up in: those moved there come last."""
    orders, struck = dict(_orders(changes)), _struck(changes)
    stay: dict[int, list[Node]] = defaultdict(list)
    come: dict[int, list[Node]] = defaultdict(list)
    for number, phase in enumerate(phases):
        for row in each(phase, "aktiviteter", EACH):
            order = orders.get(Text(_name(row) or ""))
            target = _number_of(phases, order, number)
            if _name(row) not in struck:
                (stay if target == number else come)[target].append(_changed(row, order))
    return defaultdict(list, {number: stay[number] + come[number] for number in range(len(phases))})


def _changed(row: Node, order: Fields | None) -> Node:
    return _merged(row, _without(order, ("fas", "id"))) if order and isinstance(row, Fields) else row


def _number_of(phases: Items, order: Fields | None, otherwise: int) -> int:
    wanted = text_of(order, "fas")
    return next((n for n, phase in enumerate(phases) if wanted is not None and _name(phase) == wanted), otherwise)


def _placed_by_anchor(phases: Items, changes: Fields) -> tuple[dict[int, list[Node]], _Followers]:
    """New activities by phase number, and by phase number and the activity they come after."""
    heads: dict[int, list[Node]] = defaultdict(list)
    followers: _Followers = defaultdict(list)
    for entry in _added(changes):
        number = _number_of(phases, entry, 0)
        anchor = text_of(entry, "efter")
        row = _without(entry, ("fas", "efter"))
        if anchor is None:
            heads[number].append(row)
        else:
            followers[number, anchor].append((anchor, row))
    return heads, followers


def _placed(rows: Iterable[Node], number: int, followers: _Followers) -> list[Node]:
    """The rows of a phase, each with those that come after it; what is placed is taken from `followers`."""
    placed: list[Node] = []
    for row in rows:
        next_rows = followers.pop((number, _name(row) or ""), [])
        placed += [row, *_placed((follower for _, follower in next_rows), number, followers)]
    return placed


def _with_rows(phase: Node, rows: list[Node]) -> Node:
    if not isinstance(phase, Fields):
        return phase
    written = value_of(phase, "aktiviteter")
    if isinstance(written, Items) or rows:
        return replaced(phase, "aktiviteter", Items(rows, written.span if written is not None else phase.span))
    return phase


def _misplaced(phases: Items, rows: dict[int, list[Node]], left: _Followers) -> Iterator[Diagnostic]:
    for (number, _), entries in left.items():
        names = [name for row in rows[number] if (name := _name(row)) is not None]
        for anchor, _entry in entries:
            message = f"”{anchor}” finns inte i fasen ”{_name(phases[number])}”"
            yield error("unknown-target", message, anchor.span, suggestion(anchor, names))
