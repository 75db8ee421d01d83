"""Single rounds (`rapport.mars`) that are changed or struck: which there are is known first when a year is resolved.

Until then the tree keeps the changes beside the activities, and a process that builds on another adds to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.codes import Code
from arshjul.definition.overlay.changes import (
    ROUNDS,
    changed_entries,
    name_of,
    reason_of,
    removed_entries,
    removed_names,
    targets,
)
from arshjul.definition.struck import STRUCK
from arshjul.definition.tree import EACH, maps, merged, replaced, size, text_of, value_of, without
from arshjul.diagnostics import Diagnostic, error
from arshjul.source import Fields, Items, Text, YamlValue

MAX_SIZE = 4_000_000
"""Characters and values of all activities with a changed round, once for each such round."""

WHOLE = ("id", "tidigare_id", "fas", "om", "upprepa", "visa", "aktiviteter")
"""Keys that all rounds of an activity have in common."""


def remembered(result: Fields, before: Fields, changes: Fields) -> Fields:
    """The tree `result` with the single rounds of `before`, those of `changes`, and all that either has struck."""
    rounds = dict(_section(before, ROUNDS))
    for name, change in changed_entries(changes):
        if "." in name:
            earlier = rounds.pop(name, None)
            # `null` stays: it takes a value of the activity away, which is not among the changes.
            rounds[name] = (
                Fields([*without(earlier, change).items(), *change.items()]) if isinstance(earlier, Fields) else change
            )
    reasons = removed_entries(changes)
    struck = dict(_section(before, STRUCK))
    for lost, place in removed_names(before, changes).items():
        struck.pop(Text(lost), None)
        struck[Text(lost, place.span)] = reason_of(reasons.get(place))
    for key, entries in ((ROUNDS, rounds), (STRUCK, struck)):
        result = replaced(result, key, Fields(entries.items())) if entries else without(result, [key])
    return result


def changed_activities(tree: Fields) -> Iterator[tuple[Text, Fields]]:
    """Each single round of an activity that is changed, with all that the activity is in it."""
    for name, base, change in _changed(tree, "faser", EACH, "aktiviteter", EACH):
        new = merged(base, change)
        yield name, without(new, _steps_of(new, change, tree))


def steps_of_rounds(tree: Fields) -> Iterator[tuple[Text, Fields]]:
    """Each single round that gives steps of its body's chain dates of its own, with those steps."""
    for name, base, change in _changed(tree, "faser", EACH, "aktiviteter", EACH):
        if steps := _steps_of(merged(base, change), change, tree):
            yield name, Fields([(step, change[step]) for step in steps])


def _steps_of(activity: Fields, change: Fields, tree: Fields) -> list[Text]:
    """The keys of a change that are steps of the chain of the activity's body; `stoppdatum` is the activity's own."""
    body = value_of(value_of(tree, "organ"), text_of(activity, "organ") or "")
    chain = value_of(body, "kedja")
    return [key for key in change if key != "stoppdatum" and isinstance(chain, Fields) and key in chain]


def changed_phases(tree: Fields) -> Iterator[tuple[Text, Fields]]:
    """Each single round of a phase that is changed, without its activities; nothing prints its `skäl`."""
    for name, base, change in _changed(tree, "faser", EACH):
        yield name, merged(without(base, ["aktiviteter"]), without(change, ["skäl"]))


def _changed(tree: Fields, *path: str) -> Iterator[tuple[Text, Fields, Fields]]:
    """Each single round with its activity or phase, and its change; none after the limit that `too_large` reports."""
    section = _section(tree, ROUNDS)
    known = {name_of(entry): entry for entry in maps(tree, *path)} if section else {}
    for name in _within_limit(tree):
        base, change = known.get(name.partition(".")[0]), section[name]
        if base is not None and isinstance(change, Fields):
            yield name, base, change


def _within_limit(tree: Fields) -> Iterator[Text]:
    """The single rounds of which the activities and phases together are not too large: each is read once more."""
    section, left = _section(tree, ROUNDS), MAX_SIZE
    known, sizes = targets(tree) if section else {}, dict[str, int]()
    for name in section:
        whole = name.partition(".")[0]
        if whole not in sizes:
            sizes[whole] = size(without(known.get(whole, Fields()), ["aktiviteter"]))
        left -= sizes[whole]
        if left < 0:
            return
        yield name


def too_large(tree: Fields) -> Iterator[Diagnostic]:
    """Where the changes of single rounds would cost more to read than whole files may."""
    fitting, section = sum(1 for _ in _within_limit(tree)), _section(tree, ROUNDS)
    if fitting < len(section):
        name = list(section)[fitting]
        hint = "ändra hela aktiviteten i stället, eller dela upp den"
        message = f"fler än {fitting} omgångar av stora aktiviteter ändras var för sig"
        yield error(Code.LIMIT, message, name.span, hint)


def with_changed_rounds(tree: Fields) -> Fields:
    """The tree with each changed round beside its activity: what is asked of activities is asked of it as well."""
    changed: dict[str, list[Fields]] = {}
    for name, activity in changed_activities(tree):
        changed.setdefault(name.partition(".")[0], []).append(activity)
    phases = value_of(tree, "faser")
    if not changed or not isinstance(phases, Items):
        return tree
    filled: list[YamlValue] = []
    for phase in phases:
        activities = value_of(phase, "aktiviteter")
        if isinstance(phase, Fields) and isinstance(activities, Items):
            more = [round_ for row in activities for round_ in changed.get(name_of(row) or "", ())]
            filled.append(replaced(phase, "aktiviteter", Items([*activities, *more], activities.span)))
        else:
            filled.append(phase)
    return replaced(tree, "faser", Items(filled, phases.span))


def without_memory(tree: Fields) -> Fields:
    """The tree as an author could have written it."""
    return without(tree, [ROUNDS, STRUCK])


def _section(tree: Fields, key: Text) -> Fields:
    section = value_of(tree, key)
    return section if isinstance(section, Fields) else Fields()


def repeated(tree: Fields) -> set[str]:
    """The ids of what has rounds, or a row for each body."""
    names: set[str] = set()
    for phase in maps(tree, "faser", EACH):
        whole = "upprepa" in phase
        rows = [
            row
            for row in maps(phase, "aktiviteter", EACH)
            if whole or "upprepa" in row or text_of(row, "visa") == "var_för_sig"
        ]
        names.update(name for entry in (*rows, *([phase] if whole else [])) if (name := name_of(entry)) is not None)
    return names


def errors_in_rounds(tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    """Of changes and strikes of single rounds, what shows before the rounds are known."""
    names: dict[Text, YamlValue | None] = {**removed_entries(changes), **dict(changed_entries(changes))}
    single = {name: change for name, change in names.items() if "." in name}
    known, with_rounds = (targets(tree), repeated(tree)) if single else ({}, set())
    for name, change in single.items():
        whole, _, round_name = name.partition(".")
        if whole not in known:
            continue  # an unknown target, as any other
        if whole not in with_rounds:
            message, hint = f"”{whole}” upprepas inte: det finns ingen omgång ”{round_name}”", f"skriv {whole}:"
            yield error(Code.UNKNOWN_TARGET, message, name.span, hint)
        for key in change if isinstance(change, Fields) else ():
            if key in WHOLE:
                message = f"”{key}” är gemensamt för alla omgångar av ”{whole}”"
                yield error(Code.UNKNOWN_KEY, message, key.span, f"ändra det i ”{whole}”, för alla omgångar")
