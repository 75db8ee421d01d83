"""Which kind of file it is, and how the process and the files it uses become one tree."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from arshjul.codes import Code
from arshjul.definition.meeting_entry import entry_of
from arshjul.definition.model import MeetingPlan, Part
from arshjul.definition.tree import replaced, text_of, value_of, without
from arshjul.diagnostics import Diagnostic, InvalidProcess, Suggestions, did_you_mean, error, see_also
from arshjul.source import Fields, Items, Text, YamlValue


class FileKind(StrEnum):
    """The kind of a file, in the word an author uses for it."""

    PROCESS = "process"
    DEVIATIONS = "avvikelser"
    MEETINGS = "sammanträdesplan"
    PART = "del"


KIND_BY_KEY = {"process": FileKind.PROCESS, "budgetår": FileKind.DEVIATIONS, "kalenderår": FileKind.MEETINGS}

# How deep two files may share a key: `organ` of both may hold different ids (1), `sammanträden` different bodies of
# the same year (2). Deeper down the same key is written twice.
_SHARED_DEPTH = {
    "organ": 1, "organgrupper": 1, "roller": 1, "kalender": 2, "kontroller": 1, "sammanträden": 2, "lagkrav": 1
}  # fmt: skip


class Merged(Struct, frozen=True):
    """All files of a process: the process with its parts, the law library, and what did not fit together."""

    tree: Fields
    laws: Fields
    errors: tuple[Diagnostic, ...]


def kind(document: Fields) -> FileKind:
    """What a file is, by its first-level keys.

    Raises:
        InvalidProcess: include, where it has none of the keys that distinguish the kinds.
    """
    if found := next((kind for key, kind in KIND_BY_KEY.items() if key in document), None):
        return found
    if any(key in document for key in Part.aliases()):
        return FileKind.PART
    keys = [*KIND_BY_KEY, *Part.aliases()]
    first = next(iter(document), None)
    hint = (first and did_you_mean(first, keys, few=0)) or f"en fil känns igen på en av nycklarna {', '.join(keys)}"
    message = "filen är varken process, sammanträdesplan, avvikelser eller en del av en process"
    span = first.span if first is not None else document.span
    raise InvalidProcess([error(Code.INCLUDE, message, span, hint)])


def merge(main: Fields, parts: Iterable[Fields]) -> Merged:
    """The process and its parts as one tree, in the order of the parts."""
    errors: list[Diagnostic] = []
    tree, laws = _with_marked_meetings(main), Fields((), main.span)
    for part in parts:
        try:
            tree, laws = _with_part(tree, laws, part, errors)
        except InvalidProcess as unknown:
            errors += unknown.diagnostics
    return Merged(tree, laws, tuple(errors))


def _with_part(tree: Fields, laws: Fields, part: Fields, errors: list[Diagnostic]) -> tuple[Fields, Fields]:
    """The tree and the law library with what a file adds to them."""
    match kind(part):
        case FileKind.MEETINGS:
            return _join(tree, _as_inline(part, errors), errors), laws
        case FileKind.PART:
            keys = Part.aliases()
            unknown, suggestions = [key for key in part if key not in keys], Suggestions(keys)
            for key in unknown:
                message = f"okänd nyckel ”{key}” i en del av en process"
                errors.append(error(Code.UNKNOWN_KEY, message, key.span, suggestions.near(key)))
            # `lagkrav` in a process names the sets it is checked by, in a part it defines them: kept apart.
            library = without(part, [key for key in part if key != "lagkrav"])
            return _join(tree, without(part, [*unknown, "lagkrav"]), errors), _join(laws, library, errors)
        case FileKind.PROCESS:
            message, hint = "en process kan inte ingå i en annan", "skriv bygger_på: i stället för att lista den"
            decisive = part.key("process")
        case FileKind.DEVIATIONS:
            message, hint = "en avvikelsefil kan inte ingå i processen", "den läses för sitt budgetår utan att listas"
            decisive = part.key("budgetår")
    errors.append(error(Code.INCLUDE, message, decisive.span if decisive is not None else part.span, hint))
    return tree, laws


def _as_inline(plan: Fields, errors: list[Diagnostic]) -> Fields:
    """A meeting plan as `sammanträden: {2025: …}`; empty where it has no year."""
    year = text_of(plan, "kalenderår")
    if not year or year.null:
        place = next(key.span for key in plan if key == "kalenderår")
        errors.append(error(Code.MISSING_KEY, "”kalenderår” saknar ett årtal", place, "skriv kalenderår: 2025"))
        return Fields((), plan.span)
    return Fields([(Text("sammanträden", plan.span), Fields([(year, _marked(plan))], plan.span))], plan.span)


def _with_marked_meetings(main: Fields) -> Fields:
    """The process with `preliminärt: ja` of its own plans at their meetings, where no other file's meetings get it."""
    plans = value_of(main, "sammanträden")
    if not isinstance(plans, Fields):
        return main
    marked = [(year, _marked(plan) if isinstance(plan, Fields) else plan) for year, plan in plans.items()]
    return replaced(main, "sammanträden", Fields(marked, plans.span))


def _marked(plan: Fields) -> Fields:
    """A plan that is preliminary, as one whose every meeting is."""
    mark = text_of(plan, "preliminärt")
    if mark != "ja":
        return plan
    fixed = MeetingPlan.aliases()
    bodies = [(key, value if key in fixed else _with_mark(value, mark)) for key, value in plan.items()]
    return without(Fields(bodies, plan.span), ["preliminärt"])


def _with_mark(entries: YamlValue, mark: Text) -> YamlValue:
    if not isinstance(entries, Items):
        return entries
    marked = list[YamlValue]()
    for entry in entries:
        fields = entry_of(entry)
        own = (
            Fields([(Text("preliminärt"), mark), *fields.items()], fields.span) if isinstance(fields, Fields) else entry
        )
        marked.append(own)
    return Items(marked, entries.span)


def _join(first: Fields, second: Fields, errors: list[Diagnostic], depth: int | None = None) -> Fields:
    """Both maps in one; what may not be in two files is reported and kept as it was first.

    `depth` is how much deeper the maps may share keys; None at the first level, where `_SHARED_DEPTH` says so.
    """
    joined = dict(first)
    for key, value in second.items():
        deeper = _SHARED_DEPTH.get(key, 0) if depth is None else depth
        old = first.get(key)
        if old is None:
            joined[key] = value
        elif isinstance(old, Fields) and isinstance(value, Fields) and deeper:
            joined[key] = _join(old, value, errors, deeper - 1)
        elif isinstance(old, Items) and isinstance(value, Items) and key == "krav":
            joined[key] = Items([*old, *value], old.span)
        # Two files may plan different bodies of one year: `kalenderår` and `beslutad` are then in both.
        elif key not in MeetingPlan.aliases():
            earlier = first.key(key)
            related = see_also("första gången här", earlier.span if earlier is not None else None)
            errors.append(error(Code.DUPLICATE_ID, f"”{key}” finns i två filer", key.span, "behåll den ena", related))
    return Fields(joined.items(), first.span)
