"""The door: trees that anyone may have written become a `Process`, or every error in them is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import asdict

from arshjul.codes import Code
from arshjul.definition import consistency
from arshjul.definition.author_errors import build
from arshjul.definition.deviations import Deviating
from arshjul.definition.model import Activity, Definition, Deviations, Part, Phase, Process, RoundSteps
from arshjul.definition.naming import vocabulary
from arshjul.definition.overlay.rounds import (
    changed_activities,
    changed_phases,
    steps_of_rounds,
    too_large,
    without_memory,
)
from arshjul.definition.parts import Merged
from arshjul.definition.remains import remains
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, Source
from arshjul.source import Fields

_ATTEMPTS = 3  # without one value another may be wrong, such as a name of it
# What an unread file may define: not an error of the files that could be read.
_NAMES_OF_OTHER_FILES = frozenset({Code.UNKNOWN_NAME, Code.UNKNOWN_TARGET})


class InvalidDefinition(InvalidProcess):
    """As `InvalidProcess`; `remaining` makes what can still be dated of it, None where nothing can."""

    def __init__(self, diagnostics: Sequence[Diagnostic], remaining: Callable[[], Remaining | None]) -> None:
        super().__init__(tuple(diagnostics))
        self.remaining = remaining


class Remaining(Struct, frozen=True):
    """A process without what has an error as written, and whether an error in its dates may come of that."""

    process: Process
    doubts: Callable[[Diagnostic], bool]


def _remaining(
    deviating: Deviating, laws: Fields, sources: tuple[Source, ...], errors: Sequence[Diagnostic], *, unread: bool
) -> Remaining | None:
    if any(found.code is Code.LIMIT for found in errors):
        return None  # too large to be read twice
    for _ in range(_ATTEMPTS):
        left = remains(deviating.tree, errors, unread=unread)
        more = [*consistency.check(left.tree, laws, deviating.struck)]
        known = without_memory(consistency.with_known_bodies(left.tree))
        definition = build(Definition, known, more, vocabulary(left.tree))
        if definition is not None and not more:
            # Laws are of no use here: they have no errors of dates.
            fields = {**asdict(definition), "law_sets": ()}
            struck, rounds = dict(deviating.struck), deviating.rounds
            return Remaining(Process(**fields, struck=struck, rounds_of_year=rounds, sources=sources), left.doubts)
        errors = [*errors, *more]
    return None


def to_process(
    merged: Merged,
    deviating: Deviating,
    deviations: Fields | None,
    sources: tuple[Source, ...],
    unread: Sequence[Diagnostic] = (),
    lying: Sequence[Diagnostic] = (),
) -> Process:
    """The process of a tree and its law library.

    `unread` are the errors of files that could not be read, or not quite. They leave no process, but the others' errors
    are found all the same, except unknown names: they may be defined in an unread file. `lying` are findings about
    files that nothing reads: an error among them leaves no process either, and a warning may be why a name is unknown.

    Raises:
        InvalidProcess: with `unread`, `lying` and every error of all stages and files.
    """
    errors = [*merged.errors, *deviating.errors, *consistency.check(deviating.tree, merged.laws, deviating.struck)]
    year = build(Deviations, deviations, errors) if deviations is not None else None
    names = vocabulary(deviating.tree)
    definition = build(Definition, without_memory(consistency.with_known_bodies(deviating.tree)), errors, names)
    library = build(Part, merged.laws, errors)
    rounds = {name: build(Activity, fields, errors, names) for name, fields in changed_activities(deviating.tree)}
    steps = {name: build(RoundSteps, fields, errors) for name, fields in steps_of_rounds(deviating.tree)}
    errors += too_large(deviating.tree)
    phase_rounds = {name: build(Phase, fields, errors, names) for name, fields in changed_phases(deviating.tree)}
    errors = list(dict.fromkeys(errors))  # what is wrong in an activity is wrong in each changed round of it
    files_missing = any(found.code is not Code.UNKNOWN_KEY for found in unread)
    if files_missing:
        errors = [found for found in errors if found.code not in _NAMES_OF_OTHER_FILES]
    errors += [*unread, *(found for found in lying if found.severity is Severity.ERROR)]
    if errors or definition is None or library is None:
        left = partial(_remaining, deviating, merged.laws, sources, errors, unread=files_missing)
        raise InvalidDefinition([*errors, *lying], left)
    return Process(
        **asdict(definition),
        laws=library.laws,
        flags=year.flags if year else {},
        struck=dict(deviating.struck),
        rounds={name: changed for name, changed in rounds.items() if changed is not None},
        rounds_of_year=deviating.rounds,
        phase_rounds={name: changed for name, changed in phase_rounds.items() if changed is not None},
        round_steps={name: own for name, own in steps.items() if own is not None},
        unexplained=deviating.unexplained,
        files=tuple(source.path for source in sources),
        sources=sources,
        strays=tuple(lying),
    )
