"""`explain`: why a date is what it is, step by step."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Misuse
from arshjul.cli.processes import for_each, selected
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import did_you_mean
from arshjul.formats.json import dumps

if TYPE_CHECKING:
    from arshjul.compiler import Compiled, ProcessPath
    from arshjul.timeline import Activity, Timeline

    Found = tuple[Timeline, Activity, str | None]

EXAMPLE = "arshjul explain 2026 budget_ks"


def explain(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ÅR [PROCESS/]AKTIVITET", help="budgetåret och aktivitetens id, till exempel budget_ks"),
    ] = [],  # noqa: B006 - Typer reads the default, nobody changes it
    every: Annotated[bool, typer.Option("--all", help="alla aktiviteter; då kan en process anges i stället")] = False,
    output: Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text, md eller json")] = "text",
) -> int:
    """Print how the dates of an activity were reckoned."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, EXAMPLE)
    one_chosen("Formatet", output, tuple(WRITERS))
    processes, name = (names, "") if every else _address(names)
    compiled: list[Compiled] = []
    code = for_each(selected(processes, project), lambda file: _compile(file, year, compiled), console, project)
    found = [(each.timeline, *pair) for each in compiled for pair in _asked_for(each.timeline, name)]
    if found:
        _refuse_ambiguity(name, {timeline.process for timeline, _, _ in found})
        console.result(WRITERS[output](found, console))
    elif code is ExitCode.OK:
        raise _unknown(name, compiled)
    return code


def _address(names: Sequence[str]) -> tuple[Sequence[str], str]:
    """`rambudget/budget_ks` → the processes to look in, all if none is named, and the activity."""
    if len(names) != 1:
        message = "Bara en aktivitet åt gången" if names else "Aktiviteten saknas"
        raise Misuse(message, f"skriv till exempel {EXAMPLE}, eller --all")
    process, _, name = normalize("NFC", names[0]).rpartition("/")
    return [process] if process else [], name


def _compile(file: ProcessPath, year: int, compiled: list[Compiled]) -> ExitCode:
    from arshjul import compiler

    compiled.append(compiler.compile_process(file, year))
    return ExitCode.OK


def _asked_for(timeline: Timeline, name: str) -> list[tuple[Activity, str | None]]:
    from arshjul.views.explanation.model import named

    return named(timeline, name) if name else [(activity, None) for activity in timeline.activities]


def _refuse_ambiguity(name: str, processes: set[str]) -> None:
    if name and len(processes) > 1:
        choices = " eller ".join(f"{process}/{name}" for process in sorted(processes))
        raise Misuse(f"Aktiviteten {name} finns i flera processer", f"skriv {choices}")


def _unknown(name: str, compiled: Sequence[Compiled]) -> Misuse:
    ids = [activity.id for each in compiled for activity in each.timeline.activities]
    return Misuse(
        f"Aktiviteten {name} finns inte", did_you_mean(name, ids, few=0) or "arshjul show visar aktiviteternas id"
    )


def _text(found: Sequence[Found], console: Console) -> str:
    from arshjul.views.explanation.model import as_text, explanation

    width, paint = console.width(sys.stdout), console.paint(sys.stdout)
    return "\n".join(as_text(explanation(*each), width, paint) for each in found)


def _markdown(found: Sequence[Found], _: Console) -> str:
    from arshjul.views.explanation.model import as_markdown, explanation

    return "\n".join(as_markdown(explanation(*each)) for each in found)


def _json(found: Sequence[Found], _: Console) -> str:
    from arshjul.views.explanation.model import as_members

    members = [as_members(timeline, activity) for timeline, activity, _ in found]
    return dumps({"version": 1, "activities": members})


WRITERS = {"text": _text, "md": _markdown, "json": _json}
