"""Changing, moving, removing and adding entries of a tree."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

from arshjul.codes import Code
from arshjul.definition.ids import identify
from arshjul.definition.overlay.changes import (
    CHANGE_KEYS,
    KEYED,
    added_entries,
    changed_entries,
    name_of,
    removed_entries,
    struck_here,
)
from arshjul.definition.struck import Struck
from arshjul.definition.tree import EACH, each, merged, replaced, text_of, value_of, without
from arshjul.diagnostics import Diagnostic, Suggestions, error
from arshjul.source import Fields, Items, Text, YamlValue

_Rows = Mapping[int, list[YamlValue]]
"""Number of a phase → activities."""

_Followers = dict[tuple[int, str], list[tuple[Text, Fields]]]
"""Number of a phase, and the activity to come after → new activities, each with its `efter` as written."""


def rebuilt(tree: Fields, changes: Fields) -> tuple[Fields, list[Diagnostic]]:
    """The tree with the changes made, without their keys; and an error for each new activity that found no place."""
    result = revised(without(tree, (*CHANGE_KEYS, "bygger_på")), changes)
    phases = value_of(tree, "faser")
    if not isinstance(phases, Items) or not phases:
        return identify(result), []
    rows = _rows_by_phase(phases, changes)
    heads, followers = _added_by_place(phases, changes)
    filled: list[YamlValue] = []
    for number, phase in enumerate(phases):
        # `_placed` takes from `followers` what it places: what is left then has an anchor that no phase has.
        placed = _placed([*rows[number], *heads[number]], number, followers)
        written = value_of(phase, "aktiviteter")
        if isinstance(phase, Fields) and (isinstance(written, Items) or placed):
            activities = Items(placed, written.span if written is not None else phase.span)
            filled.append(replaced(phase, "aktiviteter", activities))
        else:
            filled.append(phase)
    result = replaced(result, "faser", _revised(Items(filled, phases.span), changes))
    return identify(result), list(_misplaced(phases, rows, followers, struck_here(changes)))


def revised(file: Fields, changes: Fields) -> Fields:
    """A file with what it has outside the phases changed: windows, requirements, bodies and roles."""
    changed, removed = dict(changed_entries(changes)), removed_entries(changes)
    for section in ("tidsfönster", "krav"):
        listed = value_of(file, section)
        # A file that nothing changes stays the same object: that tells a file which two processes use.
        if isinstance(listed, Items) and any(name_of(entry) in (*changed, *removed) for entry in listed):
            file = replaced(file, section, _revised(listed, changes))
    for section in KEYED:
        if isinstance(keyed := value_of(file, section), Fields) and any(key in changed for key in keyed):
            entries = [(key, _merged(entry, changed.get(key), ("skäl", "id"))) for key, entry in keyed.items()]
            file = replaced(file, section, Fields(entries, keyed.span))
    return file


def _revised(entries: Items, changes: Fields) -> Items:
    """Phases, windows or requirements as changed; `skäl` is left out, nothing prints it for them."""
    changed, removed = dict(changed_entries(changes)), removed_entries(changes)
    kept = (entry for entry in entries if name_of(entry) not in removed)
    return Items([_changed(entry, changed, ("skäl", "id", "aktiviteter")) for entry in kept], entries.span)


def _rows_by_phase(phases: Items, changes: Fields) -> _Rows:
    """The activities, changed, in the phase they end up in: those moved there come last."""
    changed, removed = dict(changed_entries(changes)), removed_entries(changes)
    staying: dict[int, list[YamlValue]] = defaultdict(list)
    arriving: dict[int, list[YamlValue]] = defaultdict(list)
    numbers = _phase_numbers(phases)
    for number, phase in enumerate(phases):
        for row in each(phase, "aktiviteter", EACH):
            target = _phase_number(numbers, _change_of(row, changed), number)
            if name_of(row) not in removed:
                rows = staying if target == number else arriving
                rows[target].append(_changed(row, changed, ("fas", "id")))
    return {number: staying[number] + arriving[number] for number in range(len(phases))}


def _change_of(entry: YamlValue, changed: Mapping[Text, Fields]) -> Fields | None:
    return changed.get(Text(name_of(entry) or ""))


def _changed(entry: YamlValue, changed: Mapping[Text, Fields], untouched: tuple[str, ...]) -> YamlValue:
    return _merged(entry, _change_of(entry, changed), untouched)


def _merged(entry: YamlValue, change: Fields | None, untouched: tuple[str, ...]) -> YamlValue:
    return merged(entry, without(change, untouched)) if change and isinstance(entry, Fields) else entry


def _phase_numbers(phases: Items) -> Mapping[str | None, int]:
    """The id of each phase → its place among them."""
    return {name_of(phase): number for number, phase in reversed([*enumerate(phases)])}


def _phase_number(numbers: Mapping[str | None, int], entry: Fields | None, otherwise: int) -> int:
    wanted = text_of(entry, "fas")
    return otherwise if wanted is None else numbers.get(wanted, otherwise)


def _added_by_place(phases: Items, changes: Fields) -> tuple[_Rows, _Followers]:
    """New activities without `efter`, by phase; and those with it."""
    heads: dict[int, list[YamlValue]] = defaultdict(list)
    followers: _Followers = defaultdict(list)
    numbers = _phase_numbers(phases)
    for entry in added_entries(changes):
        number = _phase_number(numbers, entry, 0)
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
        # To the front, last one first: a new activity may itself be what another comes after.
        waiting.extendleft(follower for _, follower in reversed(next_rows))
    return placed


def _misplaced(phases: Items, rows: _Rows, left: _Followers, struck: Mapping[str, Struck]) -> Iterator[Diagnostic]:
    suggestions = {
        number: Suggestions(name for row in rows[number] if (name := name_of(row)) is not None)
        for number in {number for number, _ in left}
    }
    for (number, _), entries in left.items():
        for anchor, _entry in entries:
            message = f"”{anchor}” finns inte i fasen ”{name_of(phases[number])}”"
            if anchor in struck:
                message = f"”efter: {anchor}” går inte: {struck[anchor]}"
            near = suggestions[number].near(anchor)
            hint = near or "skriv en aktivitet i fasen, eller ta bort efter: så kommer den sist"
            yield error(Code.UNKNOWN_TARGET, message, anchor.span, hint)
