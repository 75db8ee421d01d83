"""The door: trees that anyone may have written become a `Process`, or every error in them is named."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from arshjul.codes import Code
from arshjul.definition import consistency
from arshjul.definition.author_errors import build
from arshjul.definition.deviations import Deviating
from arshjul.definition.model import Activity, Definition, Deviations, Part, Phase, Process
from arshjul.definition.naming import vocabulary
from arshjul.definition.overlay.rounds import changed_activities, changed_phases, too_large, without_memory
from arshjul.definition.parts import Merged
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, Source
from arshjul.source import Fields

# What an unread file may define: not an error of the files that could be read.
_NAMES_OF_OTHER_FILES = frozenset({Code.UNKNOWN_NAME, Code.UNKNOWN_TARGET})


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
    errors += too_large(deviating.tree)
    phase_rounds = {name: build(Phase, fields, errors, names) for name, fields in changed_phases(deviating.tree)}
    errors = list(dict.fromkeys(errors))  # what is wrong in an activity is wrong in each changed round of it
    if any(found.code is not Code.UNKNOWN_KEY for found in unread):
        errors = [found for found in errors if found.code not in _NAMES_OF_OTHER_FILES]
    errors += [*unread, *(found for found in lying if found.severity is Severity.ERROR)]
    if errors or definition is None or library is None:
        raise InvalidProcess([*errors, *lying])
    return Process(
        **asdict(definition),
        laws=library.laws,
        flags=year.flags if year else {},
        struck=dict(deviating.struck),
        rounds={name: changed for name, changed in rounds.items() if changed is not None},
        rounds_of_year=deviating.rounds,
        phase_rounds={name: changed for name, changed in phase_rounds.items() if changed is not None},
        unexplained=deviating.unexplained,
        files=tuple(source.path for source in sources),
        sources=sources,
        strays=tuple(lying),
    )
