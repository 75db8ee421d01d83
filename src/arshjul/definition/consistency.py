"""Names and keys that must fit together across the files. Reads the tree, so it finds its errors beside all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from arshjul.codes import CHECK_CODES, Code
from arshjul.definition.ids import declared
from arshjul.definition.meeting_entry import entry_of
from arshjul.definition.meetings import check_days
from arshjul.definition.model import Meeting, MeetingPlan
from arshjul.definition.overlay.rounds import with_changed_rounds, without_memory
from arshjul.definition.scalars import placeholders
from arshjul.definition.struck import Struck
from arshjul.definition.tree import EACH, each, maps, place_of, replaced, text_of, texts, value_of, without
from arshjul.diagnostics import Diagnostic, Span, Suggestions, error, see_also
from arshjul.source import Fields, Text, YamlValue

_ACTIVITY = ("faser", EACH, "aktiviteter", EACH)
MOST_CLOSURES = 300
COLUMNS = frozenset({
    "aktivitet", "ansvarig", "avser", "datum", "fas", "handläggare", "id", "kommentar", "källa", "länk",
    "milstolpe", "mål", "organ", "per", "plats", "status", "stoppdatum", "syfte", "taggar", "tid", "till", "typ",
    "underlag", "vecka", "veckodag", "övrigt",
})  # fmt: skip
_COMMON_GROUPS = ("deltagare", "extern", "fackliga", "förtroendevalda", "nämnd", "revision", "tjänstemän")


def check(tree: Fields, laws: Fields, struck: Mapping[str, Struck] = MappingProxyType({})) -> Iterator[Diagnostic]:
    """Every name that is missing or taken, and every combination of keys that has no meaning.

    `struck` are the names that have been taken out of the tree.
    """
    with_rounds, tree = without_memory(with_changed_rounds(tree)), without_memory(tree)
    for rule in RULES:
        yield from rule(tree)
    for rule in RULES_OF_ACTIVITIES:
        yield from rule(with_rounds)
    yield from unknown_inputs(with_rounds, struck)
    yield from unknown_key_activities(tree, struck)
    yield from unknown_law_sets(tree, laws)  # a set is defined in the library, which is not part of the tree


def duplicate_names(tree: Fields) -> Iterator[Diagnostic]:
    """Everything that expressions and deviations can name shares one name space."""
    first: dict[str, Text] = {}
    for name in declared(tree):
        if first.setdefault(name, name) is not name:
            yield _taken(name, f"namnet ”{name}” finns redan", first[name].span)


def previous_ids(tree: Fields) -> Iterator[Diagnostic]:
    """What a row was called before is its name in calendars: nothing else may have it, now or before."""
    first = {name: name for name in declared(tree)}
    for name in (*texts(tree, "faser", EACH, "tidigare_id"), *texts(tree, *_ACTIVITY, "tidigare_id")):
        if first.setdefault(name, name) is not name:
            message = f"”{name}” är taget: kalendrar känner raden på sitt tidigare_id"
            hint = "byt det andra id:t, eller ta bort tidigare_id: då blir raden ny i kalendrarna"
            yield error(Code.DUPLICATE_ID, message, name.span, hint, see_also("här finns det", first[name].span))


def _taken(name: Text, message: str, span: Span | None) -> Diagnostic:
    return error(
        Code.DUPLICATE_ID,
        message,
        name.span,
        "organ, grupper, roller, faser, aktiviteter, tidsfönster, perioder och krav delar namn: byt det ena",
        see_also("första gången här", span),
    )


def milestones_named_as_others(tree: Fields) -> Iterator[Diagnostic]:
    """A milestone may have the id of its own activity, of no other."""
    ids = {name: name for name in texts(tree, *_ACTIVITY, "id")}
    for activity in maps(tree, *_ACTIVITY):
        own = text_of(activity, "id")
        for name in _one_or_list(activity, "milstolpe"):
            if name in ids and name != own:
                yield _taken(name, f"milstolpen ”{name}” heter som en annan aktivitet", ids[name].span)


def _one_or_list(fields: Fields, key: str) -> tuple[Text, ...]:
    return (*texts(fields, key), *texts(fields, key, EACH))


def unknown_bodies(tree: Fields) -> Iterator[Diagnostic]:
    """Bodies that activities, repetitions, groups, windows and meeting plans name."""
    written = value_of(tree, "organ")
    if written is not None and not isinstance(written, Fields):
        return  # its shape is wrong, which the models tell: every name would be unknown
    bodies = _Bodies(tree)
    groups = _keys(tree, "organgrupper")
    used = (
        texts(tree, *_ACTIVITY, "organ"),
        map(_body_of_matter, texts(tree, *_ACTIVITY, "upprepa", "möte")),
        map(_body_of_matter, texts(tree, "faser", EACH, "upprepa", "möte")),
        texts(tree, "organ", EACH, "bereds_av"),
        texts(tree, "organ", EACH, "bereds_av", EACH),
        texts(tree, "organgrupper", EACH, EACH),
    )
    for names in used:
        yield from _unknown(names, bodies.ids, "är inget organ", bodies.hint)
    in_windows = texts(tree, "tidsfönster", EACH, "organ")
    yield from _unknown(in_windows, [*bodies.ids, *groups], "är varken organ eller grupp", bodies.hint)
    for plan in maps(tree, "sammanträden", EACH):
        planned = (key for key in plan if key not in MeetingPlan.aliases())
        yield from _unknown(planned, bodies.ids, "är inget organ", bodies.hint_in_plan, also=["beslutad"])


class _Bodies:
    """The bodies of a process, and what to write instead of a name that is none of them."""

    def __init__(self, tree: Fields) -> None:
        self.ids = _keys(tree, "organ")
        self._by_name = {
            str(name).casefold(): str(body)
            for bodies in maps(tree, "organ")
            for body, entry in bodies.items()
            if (name := text_of(entry, "namn")) is not None
        }

    def hint(self, name: Text, near: str | None) -> str:
        """For who takes up a matter: one body."""
        several = [part.strip() for part in re.split(r",|;|/|&| och | samt ", name)]
        if len(several) > 1 and all(part in self.ids for part in several):
            others = ", ".join(several[1:])
            return f"skriv ett organ, {several[0]}, och de andra i deltagare: [{others}], eller en rad för varje"
        if (body := self._by_name.get(name.casefold())) is not None:
            return f"skriv organets id: {body}"
        if (split := re.fullmatch(r"(\w+) i (.+)", name)) and split[1] in self.ids:
            return f"skriv möte: {split[1]}, i: {split[2]}"
        return near or self._added(name)

    def hint_in_plan(self, name: Text, near: str | None) -> str:
        """A plan often has bodies that no process has named before."""
        if (body := self._by_name.get(name.casefold())) is not None:
            return f"skriv organets id: {body}"
        return f"{near} Annars {self._added(name)}" if near and near.startswith("menade") else self._added(name)

    def _added(self, name: str) -> str:
        named = name if re.fullmatch(r"[^\W\d]\w*", name) else "ID"
        return f"lägg till det under organ: {named}: {{namn: {'…' if named == name else name}}}"


def _body_of_matter(written: Text) -> Text:
    """The body of `KS.månadsuppföljning`."""
    name, _, matter = written.partition(".")
    return Text(name, written.locate(0, len(name))) if matter else written


def with_known_bodies(tree: Fields) -> Fields:
    """The tree without meetings of unknown bodies: `check` has reported them, the models need not."""
    bodies = {*MeetingPlan.aliases(), *_keys(tree, "organ")}
    plans = value_of(tree, "sammanträden")
    if not isinstance(plans, Fields):
        return tree
    known = [
        (year, without(plan, [key for key in plan if key not in bodies]) if isinstance(plan, Fields) else plan)
        for year, plan in plans.items()
    ]
    return replaced(tree, "sammanträden", Fields(known, plans.span))


def _keys(tree: Fields, *path: str) -> list[Text]:
    return [key for fields in maps(tree, *path) for key in fields]


def _unknown(
    names: Iterable[Text],
    known: Iterable[str],
    what: str,
    hint: Callable[[Text, str | None], str],
    also: Iterable[str] = (),
) -> Iterator[Diagnostic]:
    """`hint` is given the name and what is near it."""
    known = set(known)
    suggestions = Suggestions(known | set(also))
    for name in names:
        # What is empty or null is left for the models: they report it as missing.
        if name and not name.null and name not in known:
            yield error(Code.UNKNOWN_NAME, f"”{name}” {what}", name.span, hint(name, suggestions.near(name)))


def too_many_closures(tree: Fields) -> Iterator[Diagnostic]:
    """`stängt` and `undvik`: each is asked about every day that is counted, in every year."""
    for key in ("stängt", "undvik"):
        written = each(tree, "kalender", key, EACH)
        if len(written) > MOST_CLOSURES:
            one_too_many = written[MOST_CLOSURES]
            place = place_of(one_too_many) if isinstance(one_too_many, Fields) else one_too_many.span
            hint = "skriv dagar som hänger ihop som en sträcka: 24 december till 6 januari"
            yield error(Code.LIMIT, f"”{key}” har fler än {MOST_CLOSURES} rader", place, hint)


def unknown_periods(tree: Fields) -> Iterator[Diagnostic]:
    """`undvik`: periods of the calendar."""
    periods = set(_keys(tree, "kalender", "perioder"))
    suggestions = Suggestions(periods)
    for name in texts(tree, "kalender", "undvik", EACH):
        if name and name not in periods:
            hint = suggestions.near(name, few=0) or f"skriv perioder: {{namn: {name}}} och undvik: [namn]"
            yield error(Code.UNKNOWN_NAME, f"perioden ”{name}” finns inte i kalendern", name.span, hint)


def unknown_inputs(tree: Fields, struck: Mapping[str, Struck]) -> Iterator[Diagnostic]:
    """`underlag`: an activity or a milestone."""
    known = {*texts(tree, *_ACTIVITY, "id")}
    known |= {name for activity in maps(tree, *_ACTIVITY) for name in _one_or_list(activity, "milstolpe")}
    suggestions = Suggestions(known)
    for activity in maps(tree, *_ACTIVITY):
        for name in _one_or_list(activity, "underlag"):
            if name and not name.null and name not in known:
                message = f"underlaget ”{name}” är ingen aktivitet"
                hint = suggestions.near(name) or "skriv id:t för en aktivitet"
                if (gone := struck.get(name)) is not None:
                    message, hint = f"underlaget {gone}", f"ta bort det ur underlag, eller {gone.undone}"
                yield error(Code.UNKNOWN_NAME, message, name.span, hint)


def unknown_key_activities(tree: Fields, removed: Iterable[str]) -> Iterator[Diagnostic]:
    """`viktiga`: an activity, or one round of it (`rapport.mars`: which rounds there are hangs on the year)."""
    known = {*texts(tree, *_ACTIVITY, "id"), *removed}
    suggestions = Suggestions(known)
    for name in texts(tree, "viktiga", EACH):
        if name and not name.null and name.partition(".")[0] not in known:
            hint = suggestions.near(name) or "skriv id:t för en aktivitet"
            yield error(Code.UNKNOWN_NAME, f"”{name}” under viktiga är ingen aktivitet", name.span, hint)


def unknown_columns(tree: Fields) -> Iterator[Diagnostic]:
    """A column is a field of the timeline, a step of a chain, or a group of participants."""
    known = {*COLUMNS, *_COMMON_GROUPS, *_keys(tree, "organ", EACH, "kedja")}
    known |= {*texts(tree, "organ", EACH, "grupp"), *texts(tree, "roller", EACH, "grupp")}
    known |= {*_keys(tree, *_ACTIVITY, "deltagare")}
    suggestions = Suggestions(known)
    for column in maps(tree, "kolumner", EACH):
        for name in column if len(column) == 1 else ():  # other shapes are for the models
            if name not in known:
                hint = (
                    suggestions.near(name)
                    or "en kolumn är ett av aktivitetens fält, ett steg i en kedja eller en grupp av deltagare"
                )
                yield error(Code.UNKNOWN_NAME, f"det finns inget ”{name}” att göra en kolumn av", name.span, hint)


def unknown_checks(tree: Fields) -> Iterator[Diagnostic]:
    """Codes of checks; an error in the definition cannot be turned off."""
    known = {"profil", *CHECK_CODES}
    suggestions = Suggestions(known)
    for code in _keys(tree, "kontroller"):
        if code not in known:
            hint = suggestions.near(code) or "arshjul rule visar koderna; ett fel i definitionen kan inte stängas av"
            yield error(Code.UNKNOWN_KEY, f"ingen kontroll heter ”{code}”", code.span, hint)


def unknown_law_sets(tree: Fields, laws: Fields) -> Iterator[Diagnostic]:
    """Sets of laws that no file defines."""
    sets = set(_keys(laws, "lagkrav"))
    suggestions = Suggestions(sets)
    for name in texts(tree, "lagkrav", EACH):
        if name and not name.null and name not in sets:
            hint = suggestions.near(name) or "lägg till arshjul:lagkrav/kommunallagen.yaml i använder:"
            yield error(Code.UNKNOWN_NAME, f"lagkraven ”{name}” finns inte i någon fil", name.span, hint)


def times(tree: Fields) -> Iterator[Diagnostic]:
    """`när` alone, or two of `start`, `slut` and `längd`; a report may have `per` instead."""
    for activity in maps(tree, *_ACTIVITY):
        when = activity.key("när")
        ends = [key for key in activity if key in {"start", "slut", "längd"}]
        if when is not None and ends:
            yield _instead(ends[0], f"”{ends[0]}” kan inte stå tillsammans med ”när”", "behåll det ena", when)
        elif len(ends) == 3:
            yield _instead(ends[2], "”start”, ”slut” och ”längd” säger samma sak", "skriv två av dem", ends[0])
        elif len(ends) == 1:
            others = " eller ".join(key for key in ("start", "slut", "längd") if key != ends[0])
            yield error(Code.MISSING_KEY, f"”{ends[0]}” räcker inte", ends[0].span, f"skriv också {others}")
        elif when is None and not ends and "per" not in activity:
            hint = "skriv när: och ett datum eller uttryck, eller när: ej fastställt"
            yield error(Code.MISSING_KEY, "aktiviteten saknar ”när”", place_of(activity), hint)


def _instead(key: Text, message: str, hint: str, first: Text) -> Diagnostic:
    return error(Code.DUPLICATE_KEY, message, key.span, hint, see_also(f"”{first}” står här", first.span))


def repetitions(tree: Fields) -> Iterator[Diagnostic]:
    """`upprepa` over periods or over meetings, not both."""
    for repeat in (*maps(tree, *_ACTIVITY, "upprepa"), *maps(tree, "faser", EACH, "upprepa")):
        period, meeting = repeat.key("period"), repeat.key("möte")
        if period is not None and meeting is not None:
            yield _instead(meeting, "”upprepa” har både ”period” och ”möte”", "behåll det ena", period)
        elif period is None and meeting is None:
            hint = "skriv {period: [februari, mars], år: B-1} eller {möte: BUN, i: B-1}"
            yield error(Code.MISSING_KEY, "”upprepa” saknar ”period” eller ”möte”", place_of(repeat), hint)
        elif period is not None and value_of(repeat, "period") == ():
            yield error(
                Code.MISSING_KEY, "”period” är tom: raden skulle försvinna", period.span, "skriv [februari, mars]"
            )
        elif stray := repeat.key("år" if period is None else "i"):
            hint = "skriv i: för möten, år: för perioder"
            yield error(Code.UNKNOWN_KEY, f"”{stray}” hör inte till den sortens upprepning", stray.span, hint)


def repetitions_in_texts(tree: Fields) -> Iterator[Diagnostic]:
    """`{period}` and `{möte}` have a value only in what is repeated over periods or meetings: in no other text."""
    yield from _unfilled_placeholders(without(tree, ["faser"]), set())
    for phase in maps(tree, "faser", EACH):
        repeated = _repeated(phase)
        yield from _unfilled_placeholders(without(phase, ["aktiviteter"]), repeated)
        for activity in maps(phase, "aktiviteter", EACH):
            yield from _unfilled_placeholders(activity, repeated | _repeated(activity))


def _repeated(entry: Fields) -> set[Text]:
    """Over what it is repeated; over either where `upprepa` has another shape, which is told by itself."""
    repeat = value_of(entry, "upprepa")
    return (
        set(repeat)
        if isinstance(repeat, Fields | None) and repeat
        else {Text("period"), Text("möte")}
        if repeat
        else set()
    )


def _unfilled_placeholders(entry: Fields, repeated: set[Text]) -> Iterator[Diagnostic]:
    for text in _all_texts(entry):
        for name, at in placeholders(text):
            if name in {"period", "möte"} and name not in repeated:
                other = next((f"{{{word}}}" for word in ("möte", "period") if word in repeated), None)
                hint = f"skriv {other}" if other else f"skriv upprepa: med {name}, eller ta bort {{{name}}}"
                yield error(Code.UNKNOWN_NAME, f"{{{name}}} har inget värde här", text.locate(*at), hint)


def _all_texts(node: YamlValue) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
        return
    for child in node.values() if isinstance(node, Fields) else node:
        yield from _all_texts(child)


def stop_date_twice(tree: Fields) -> Iterator[Diagnostic]:
    """A body's rule is written short or as a step of its chain, not both."""
    for body in maps(tree, "organ", EACH):
        for chain in maps(body, "kedja"):
            first, second = body.key("stoppdatum"), chain.key("stoppdatum")
            if first is not None and second is not None:
                yield _instead(second, "organet har ”stoppdatum” både för sig och i kedjan", "behåll det ena", first)


def steps_of_meetings(tree: Fields) -> Iterator[Diagnostic]:
    """A key of a meeting is its own or a step of its body's chain; an unknown body is reported once, elsewhere."""
    bodies = set(_keys(tree, "organ"))
    for plan in maps(tree, "sammanträden", EACH):
        for body, meetings in plan.items():
            if body not in bodies:
                continue
            known = {*Meeting.aliases(), *_keys(tree, "organ", body, "kedja"), "stoppdatum"}
            suggestions = Suggestions(known)
            entries = (entry_of(meeting) for meeting in maps(meetings, EACH))
            keys = (key for entry in entries if isinstance(entry, Fields) for key in entry)
            for key in (key for key in keys if key not in known):
                message = f"okänd nyckel ”{key}” i ett sammanträde med {body}"
                yield error(Code.UNKNOWN_KEY, message, key.span, suggestions.near(key, few=99))


def ids_beside_the_key(tree: Fields) -> Iterator[Diagnostic]:
    """The key of a body or role is its id."""
    for section in ("organ", "roller"):
        for entry in maps(tree, section, EACH):
            if key := entry.key("id"):
                yield error(Code.UNKNOWN_KEY, f"okänd nyckel ”id” i {section}", key.span, "id:t är redan nyckeln")


RULES: Final[tuple[Callable[[Fields], Iterator[Diagnostic]], ...]] = (
    duplicate_names,
    previous_ids,
    too_many_closures,
    unknown_periods,
    unknown_checks,
    repetitions,
    stop_date_twice,
    steps_of_meetings,
    check_days,
    ids_beside_the_key,
)
RULES_OF_ACTIVITIES: Final[tuple[Callable[[Fields], Iterator[Diagnostic]], ...]] = (
    milestones_named_as_others,
    unknown_bodies,
    unknown_columns,
    times,
    repetitions_in_texts,
)
"""Those that read activities: they are to hold for each round that is changed as well."""
