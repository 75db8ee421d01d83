"""Changing, moving, striking and adding entries of a tree."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from arshjul.codes import Code
from arshjul.definition.ids import identify
from arshjul.definition.orders import CHANGE_KEYS, added, name_of, orders, struck
from arshjul.definition.tree import EACH, each, merged, replaced, text_of, value_of, without
from arshjul.diagnostics import Diagnostic, error, suggestion
from arshjul.source import Fields, Items, Text, YamlValue

_Followers = dict[tuple[int, str], list[tuple[Text, Fields]]]


def rebuilt(tree: Fields, changes: Fields) -> tuple[Fields, list[Diagnostic]]:
    """The tree with the changes made, without their keys; and the new activities that found no place."""
    result = without(tree, (*CHANGE_KEYS, "bygger_på"))
    for section in ("tidsfönster", "krav"):
        if isinstance(entries := value_of(tree, section), Items):
            result = replaced(result, section, _revised(entries, changes))
    phases = value_of(tree, "faser")
    if not isinstance(phases, Items) or not phases:
        return identify(result), []
    rows = _rows_by_phase(phases, changes)
    heads, followers = _placed_by_anchor(phases, changes)
    placed = [_placed([*rows[number], *heads[number]], number, followers) for number in range(len(phases))]
    filled = Items(map(_with_rows, phases, placed), phases.span)
    result = replaced(result, "faser", _revised(filled, changes))
    return identify(result), list(_misplaced(phases, rows, followers))


def _revised(entries: Items, changes: Fields) -> Items:
    """Phases, windows or requirements as changed; the `skäl` is not theirs to keep, nothing prints it."""
    changed, gone = dict(orders(changes)), struck(changes)
    kept = (entry for entry in entries if name_of(entry) not in gone)
    return Items([_changed(entry, changed, ("skäl", "id", "aktiviteter")) for entry in kept], entries.span)


def _rows_by_phase(phases: Items, changes: Fields) -> dict[int, list[YamlValue]]:
    """The activities, changed, in the phase they end up in: those moved there come last."""
    changed, gone = dict(orders(changes)), struck(changes)
    stay: dict[int, list[YamlValue]] = defaultdict(list)
    come: dict[int, list[YamlValue]] = defaultdict(list)
    for number, phase in enumerate(phases):
        for row in each(phase, "aktiviteter", EACH):
            target = _number_of(phases, _order(row, changed), number)
            if name_of(row) not in gone:
                (stay if target == number else come)[target].append(_changed(row, changed, ("fas", "id")))
    return {number: stay[number] + come[number] for number in range(len(phases))}


def _order(entry: YamlValue, changed: dict[Text, Fields]) -> Fields | None:
    return changed.get(Text(name_of(entry) or ""))


def _changed(entry: YamlValue, changed: dict[Text, Fields], untouched: tuple[str, ...]) -> YamlValue:
    order = _order(entry, changed)
    return merged(entry, without(order, untouched)) if order and isinstance(entry, Fields) else entry


def _number_of(phases: Items, order: Fields | None, otherwise: int) -> int:
    wanted = text_of(order, "fas")
    return next((n for n, phase in enumerate(phases) if wanted is not None and name_of(phase) == wanted), otherwise)


def _placed_by_anchor(phases: Items, changes: Fields) -> tuple[dict[int, list[YamlValue]], _Followers]:
    """New activities by phase number, and by phase number and the activity they come after."""
    heads: dict[int, list[YamlValue]] = defaultdict(list)
    followers: _Followers = defaultdict(list)
    for entry in added(changes):
        number = _number_of(phases, entry, 0)
        anchor = text_of(entry, "efter")
        row = without(entry, ("fas", "efter"))
        if anchor is None:
            heads[number].append(row)
        else:
            followers[number, anchor].append((anchor, row))
    return heads, followers


def _placed(rows: Iterable[YamlValue], number: int, followers: _Followers) -> list[YamlValue]:
    """The rows of a phase, each with those that come after it; what is placed is taken from `followers`."""
    waiting, placed = deque(rows), list[YamlValue]()
    while waiting:
        row = waiting.popleft()
        placed.append(row)
        next_rows = followers.pop((number, name_of(row) or ""), [])
        waiting.extendleft(follower for _, follower in reversed(next_rows))
    return placed


def _with_rows(phase: YamlValue, rows: list[YamlValue]) -> YamlValue:
    if not isinstance(phase, Fields):
        return phase
    written = value_of(phase, "aktiviteter")
    if isinstance(written, Items) or rows:
        return replaced(phase, "aktiviteter", Items(rows, written.span if written is not None else phase.span))
    return phase


def _misplaced(phases: Items, rows: dict[int, list[YamlValue]], left: _Followers) -> Iterator[Diagnostic]:
    for (number, _), entries in left.items():
        names = [name for row in rows[number] if (name := name_of(row)) is not None]
        for anchor, _entry in entries:
            message = f"”{anchor}” finns inte i fasen ”{name_of(phases[number])}”"
            hint = suggestion(anchor, names) or "skriv en aktivitet i fasen, eller ta bort efter: så kommer den sist"
            yield error(Code.UNKNOWN_TARGET, message, anchor.span, hint)
