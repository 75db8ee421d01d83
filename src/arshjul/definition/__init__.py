"""The definition as written: pydantic models with Swedish keys; errors become Diagnostics with spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arshjul.definition import names
from arshjul.definition.deviations import apply
from arshjul.definition.faults import build
from arshjul.definition.ids import identify
from arshjul.definition.model import (
    Activity,
    ActivityType,
    Body,
    Calendar,
    Checks,
    Closed,
    Column,
    DayPolicy,
    Definition,
    Level,
    Meeting,
    MeetingPlan,
    Part,
    Phase,
    Process,
    ProcessFields,
    Profile,
    Repeat,
    Requirement,
    Role,
    Show,
    Window,
    Year,
)
from arshjul.definition.orders import gone
from arshjul.definition.parts import FileKind, kind, merge
from arshjul.definition.scalars import Expression, expand
from arshjul.definition.tree import EACH, texts
from arshjul.diagnostics import InvalidProcess, Source
from arshjul.source import Fields, Text

__all__ = [
    "Activity",
    "ActivityType",
    "Body",
    "Calendar",
    "Checks",
    "Closed",
    "Column",
    "DayPolicy",
    "Definition",
    "Expression",
    "FileKind",
    "Level",
    "Meeting",
    "MeetingPlan",
    "Part",
    "Phase",
    "Process",
    "ProcessFields",
    "Profile",
    "Repeat",
    "Requirement",
    "Role",
    "Show",
    "Window",
    "Year",
    "expand",
    "kind",
    "validate",
]

UNEXPLAINED = "ej angivet"


def validate(main: Fields, parts: Sequence[Fields], deviations: Fields | None) -> Process:
    """The process that its files and the deviations of one budget year describe.

    `main` is the process file, already laid over the file it builds on; `parts` are the files it uses.

    Raises:
        InvalidProcess: with every error of all the files.
    """
    merged = merge(main, parts)
    wrong = list(merged.wrong)
    tree = identify(merged.tree)
    year = build(Year, deviations, wrong) if deviations is not None else None
    struck = gone(tree, deviations) if deviations is not None else {}
    if deviations is not None:
        tree, unfit = apply(tree, deviations)
        wrong += unfit
    wrong += names.check(tree, merged.laws)
    definition = build(Definition, names.with_known_bodies(tree), wrong)
    library = build(Part, merged.laws, wrong)
    if wrong or definition is None or library is None:
        raise InvalidProcess(wrong)
    sources = _sources([main, *parts, *([deviations] if deviations is not None else [])])
    return Process.model_construct(
        **dict(definition),
        laws=library.laws,
        flags=year.flags if year else {},
        struck=struck,
        unexplained=sum(reason == UNEXPLAINED for reason in _reasons(deviations)),
        files=tuple(source.path for source in sources),
        sources=sources,
    )


def _reasons(deviations: Fields | None) -> Iterator[Text]:
    for path in (("ändra", EACH, "skäl"), ("stryk", EACH), ("lägg_till", EACH, "skäl"), ("flaggor", EACH)):
        yield from texts(deviations, *path)


def _sources(documents: Sequence[Fields]) -> tuple[Source, ...]:
    """All files by path, those that were built on among them: a merged tree keeps the places of its keys."""
    spans = (span for document in documents for span in (document.span, *(key.span for key in document)))
    sources = {span.file: span.source for span in spans if span}
    return tuple(sources[path] for path in sorted(sources))
