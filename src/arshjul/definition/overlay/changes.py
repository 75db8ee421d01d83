"""`ändra`, `stryk` and `lägg_till` as they are written, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arshjul.codes import Code
from arshjul.definition.ids import ADDRESSABLE
from arshjul.definition.struck import Struck, struck_in
from arshjul.definition.tree import EACH, each, maps, place_of, removes, text_of, texts, value_of
from arshjul.diagnostics import Diagnostic, Suggestions, did_you_mean, error, first_findings, see_also
from arshjul.source import Fields, Items, Text, YamlValue

CHANGE_KEYS = ("ändra", "stryk", "lägg_till")
# No file can hold a control character, so no key of an author's is taken for this.
ROUNDS = Text("\0omgångar")
"""First level of a tree: `rapport.mars` → its new values, with `skäl`."""

KEYED = ("organ", "roller")  # sections whose keys are the ids


def errors_in(tree: Fields, changes: Fields, elsewhere: Sequence[Fields], *, yearly: bool) -> Iterator[Diagnostic]:
    """Everything that shows before the changes are made; `yearly` changes need a reason each.

    `elsewhere` are the files of the process that are not part of the tree yet: what they declare can be changed too.
    """
    known = {name: entry for part in (*elsewhere, tree) for name, entry in targets(part).items()}
    yield from _misshapen(changes)
    yield from first_findings(_unknown_targets(known, tree, changes))
    yield from _struck_bodies(known, (tree, *elsewhere), changes)
    yield from _impossible_changes(known, tree, changes)
    yield from _unknown_phases(tree, changes)
    if yearly:
        yield from _without_reason(changes)


def changed_entries(changes: Fields) -> list[tuple[Text, Fields]]:
    """`ändra`: id → new values."""
    return [
        (name, change)
        for written in maps(changes, "ändra")
        for name, change in written.items()
        if isinstance(change, Fields)
    ]


def removed_entries(changes: Fields) -> dict[Text, YamlValue | None]:
    """`stryk`: id → reason, None in a bare list."""
    written = value_of(changes, "stryk")
    if isinstance(written, Fields):
        return dict(written)
    return dict.fromkeys(texts(written, EACH))


def struck_here(changes: Fields) -> dict[str, Struck]:
    """`stryk`: id → that it is struck, and why."""
    year = text_of(changes, "budgetår")
    return {
        str(name): Struck(str(name), reason_of(reason), name.span, int(year) if year and year.isdecimal() else None)
        for name, reason in removed_entries(changes).items()
    }


def reason_of(reason: YamlValue | None) -> Text:
    """The reason of a strike, empty where none is written."""
    return reason if isinstance(reason, Text) and not reason.null else Text("")


def removed_names(tree: Fields, changes: Fields) -> dict[str, Text]:
    """Each name that `stryk` takes out of the tree → where it is written.

    With a phase its activities go, and with an activity its milestones.
    """
    names = {str(name): name for name in removed_entries(changes)}
    for phase in maps(tree, "faser", EACH):
        for activity in maps(phase, "aktiviteter", EACH):
            name = name_of(activity) or ""
            if (place := names.get(name) or names.get(name_of(phase) or "")) is not None:
                for lost in (name, *texts(activity, "milstolpe"), *texts(activity, "milstolpe", EACH)):
                    names.setdefault(str(lost), place)
    return names


def added_entries(changes: Fields) -> list[Fields]:
    """`lägg_till`: new activities."""
    return maps(changes, "lägg_till", EACH)


def name_of(entry: YamlValue) -> str | None:
    """The id of an entry."""
    return text_of(entry, "id")


def targets(tree: Fields) -> dict[str, Fields]:
    """Every entry that can be addressed, by id: bodies and roles by their key."""
    by_key = (entries.items() for section in KEYED for entries in maps(tree, section))
    keyed = {str(key): entry for entries in by_key for key, entry in entries if isinstance(entry, Fields)}
    paths = (path[:-1] for path in ADDRESSABLE)
    listed = {name: entry for path in paths for entry in maps(tree, *path) if (name := name_of(entry)) is not None}
    return keyed | listed


def _misshapen(changes: Fields) -> Iterator[Diagnostic]:
    shapes = (
        ("ändra", Fields, "id:n med nya värden", "skriv ändra: {budget_ks: {kommentar: nytt datum}}"),
        ("stryk", Fields | Items, "id:n med skäl", "skriv stryk: {manadsrapport: lämnas muntligt}"),
        ("lägg_till", Items, "en lista av aktiviteter", "skriv lägg_till: [{fas: ram, titel: …, när: …}]"),
    )
    for key, shape, wanted, hint in shapes:
        for value in each(changes, key):
            if isinstance(value, shape):
                continue
            place = changes.key(key) or value
            if isinstance(value, Text) and value.null:
                yield error(Code.MISSING_KEY, f"”{key}” saknar värde", place.span, f"{hint}, eller ta bort raden")
            else:
                yield error(Code.WRONG_TYPE, f"”{key}” ska vara {wanted}", place.span, hint)
    for written in maps(changes, "ändra"):
        for name, change in written.items():
            if not isinstance(change, Fields):
                yield error(Code.WRONG_TYPE, f"”{name}” ska ha nycklar med nya värden", name.span, "skriv {när: …}")
    for entry in each(changes, "lägg_till", EACH):
        if not isinstance(entry, Fields):
            yield error(Code.WRONG_TYPE, "en ny aktivitet ska vara nycklar med värden", entry.span, "skriv {titel: …}")


def _unknown_targets(known: Mapping[str, Fields], tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    suggestions = Suggestions(known)
    struck = struck_in(tree, {}, None)
    ordered = (name for written in maps(changes, "ändra") for name in written)
    for name in (*ordered, *removed_entries(changes)):
        whole, dot, round_name = name.partition(".")
        if whole in known:
            continue
        near = suggestions.near(whole)
        if dot and near and near.endswith("”?"):
            near = near.replace("”?", f".{round_name}”?")
        gone = struck.get(name) or struck.get(whole)
        message = f"”{name}” finns inte i processen" if gone is None else str(gone)
        hint = near or "skriv id:t för en aktivitet, en fas, ett tidsfönster, ett krav, ett organ eller en roll"
        if gone is not None:
            hint = "ta bort raden, eller lägg till aktiviteten på nytt"
        yield error(Code.UNKNOWN_TARGET, message, name.span, hint)


def _struck_bodies(known: Mapping[str, Fields], files: Sequence[Fields], changes: Fields) -> Iterator[Diagnostic]:
    keyed = {str(key) for section in KEYED for file in files for entries in maps(file, section) for key in entries}
    for name in removed_entries(changes):
        if name in known and name in keyed:
            hint = "stryk de aktiviteter som inte blir av"
            yield error(Code.UNKNOWN_TARGET, f"”{name}” är ett organ eller en roll och stryks inte", name.span, hint)


def _impossible_changes(known: Mapping[str, Fields], tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    """Of entries that are also removed, of keys that stay as they are, and removals of what is not there."""
    removed = {name: name for name in removed_entries(changes)}
    for name, change in changed_entries(changes):
        whole = name.partition(".")[0]
        there = [*known.get(whole, ()), *(key for earlier in maps(tree, ROUNDS, name) for key in earlier)]
        if (twice := removed.get(name)) is not None:
            message, changed_here = f"”{name}” både ändras och stryks", see_also("ändras här", name.span)
            yield error(Code.DUPLICATE_ID, message, twice.span, "behåll det ena", changed_here)
        # Other activities' expressions hold the id: they would lose what they count from, or find something else.
        if (key := change.key("id")) and name == whole:
            hint = f"stryk ”{name}” och lägg till en ny aktivitet om den ska heta något annat"
            yield error(Code.UNKNOWN_KEY, f"id för ”{name}” kan inte ändras", key.span, hint)
        if (key := change.key("aktiviteter")) and name == whole:
            hint = "ändra, stryk och lägg till aktiviteterna var för sig"
            yield error(Code.UNKNOWN_KEY, f"aktiviteterna i ”{name}” kan inte bytas på en gång", key.span, hint)
        for key, value in change.items():
            if whole in known and key not in there and removes(value):
                hint = did_you_mean(key, there) or "ta bort raden"
                yield error(Code.UNKNOWN_TARGET, f"”{name}” har inget ”{key}” att ta bort", key.span, hint)


def _unknown_phases(tree: Fields, changes: Fields) -> Iterator[Diagnostic]:
    removed = struck_here(changes)
    phases = dict.fromkeys(name for name in texts(tree, "faser", EACH, "id") if name not in removed)
    suggestions = Suggestions(phases)
    entries = [*(change for _, change in changed_entries(changes)), *added_entries(changes)]
    for entry in entries:
        for phase in each(entry, "fas"):
            if not isinstance(phase, Text) or phase not in phases:
                hint = suggestions.near(str(phase)) or "skriv id:t för en fas"
                message = (
                    f"fasen {removed[phase]}"
                    if isinstance(phase, Text) and phase in removed
                    else f"fasen ”{phase}” finns inte"
                )
                yield error(Code.UNKNOWN_TARGET, message, phase.span, hint)
    for entry in added_entries(changes):
        if "fas" not in entry and len(phases) != 1:  # with a single phase there is nothing to choose
            hint = f"skriv fas: och en av {', '.join(phases)}" if phases else "skriv fas: och fasens id"
            yield error(Code.MISSING_KEY, "den nya aktiviteten saknar ”fas”", place_of(entry), hint)


def _without_reason(changes: Fields) -> Iterator[Diagnostic]:
    hint = "skriv skäl: och varför, eller skäl: ej angivet"
    for name, change in changed_entries(changes):
        if not _is_given(value_of(change, "skäl")):
            yield error(Code.MISSING_REASON, f"ändringen av ”{name}” saknar skäl", name.span, hint)
    for entry in added_entries(changes):
        if not _is_given(value_of(entry, "skäl")):
            yield error(Code.MISSING_REASON, "den nya aktiviteten saknar skäl", place_of(entry), hint)
    for name, reason in removed_entries(changes).items():
        if not _is_given(reason):
            hint = f"skriv {name}: och varför den stryks, eller {name}: ej angivet"
            yield error(Code.MISSING_REASON, f"strykningen av ”{name}” saknar skäl", name.span, hint)


def _is_given(reason: YamlValue | None) -> bool:
    return isinstance(reason, Text) and not reason.null and bool(reason.strip())


def changes_to_removed(before: Fields, after: Fields, changes: Fields) -> Iterator[Diagnostic]:
    """Changes of activities that are removed with their phase."""
    known, left, removed = targets(before), targets(after), removed_entries(changes)
    for name, change in changed_entries(changes):
        # One that moves is not among them: it fails only where its new phase is unknown, which is reported already.
        if name in known and name not in left and name not in removed and "fas" not in change:
            hint = "ta bort ändringen, eller flytta aktiviteten med fas:"
            yield error(Code.UNKNOWN_TARGET, f"”{name}” ändras men försvinner med sin fas", name.span, hint)
