"""`explain`: why a date is what it is, step by step."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import exit_code, for_each, selected
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import did_you_mean
from arshjul.views import EXPLANATION

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.timeline import Timeline

EXAMPLE = "arshjul explain 2026 budget_ks"
HELP_WORDS = "budgetåret och aktivitetens id, till exempel budget_ks"
HELP_ALL = "alla aktiviteter; då kan en process anges i stället"


def explain(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="ÅR [PROCESS/]AKTIVITET", help=HELP_WORDS)] = [],
    every: Annotated[bool, typer.Option("--all", help=HELP_ALL)] = False,
    output: Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text, md eller json")] = "text",
) -> int:
    """Print how the dates of an activity were computed."""
    from arshjul import compiler
    from arshjul.views.explanation.model import explanations, named
    from arshjul.views.explanation.struck import render, sentence, struck_named

    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, EXAMPLE)
    one_chosen("Formatet", output, EXPLANATION.formats)
    processes, name = (names, "") if every else _address(names)
    timelines: list[Timeline] = []

    def compile_one(file: ProcessPath) -> ExitCode:
        plan = compiler.compile_process(file, year, checks=False)
        timelines.append(plan.timeline)
        return exit_code(plan.findings)

    files = selected(processes, project)
    code = for_each(files, compile_one, console, project)
    by_timeline = [
        (timeline, named(timeline, name) if name else [(activity, None) for activity in timeline.activities])
        for timeline in timelines
    ]
    found = [(timeline, asked) for timeline, asked in by_timeline if asked]
    if name and len(found) > 1:
        choices = " eller ".join(sorted(f"{timeline.process}/{name}" for timeline, _ in found))
        raise UsageError(f"Aktiviteten {name} finns i flera processer", f"skriv {choices}")
    if found:
        page = [each for timeline, asked in found for each in explanations(timeline, asked)]
        if output in EXPLANATION.files:
            console.result_bytes(EXPLANATION.render(output, page))
        else:
            console.result(EXPLANATION.show(page, console.width(sys.stdout), console.paint(sys.stdout)))
    elif struck := [gone for timeline in timelines if (gone := struck_named(timeline, name))]:
        if output == "json":
            console.result_bytes(render(struck[0]))
        else:
            console.result(sentence(struck[0]))
    elif len(timelines) == len(files):  # no other can have it
        ids = [activity.id for timeline in timelines for activity in timeline.activities]
        hint = did_you_mean(name, ids, few=0) or "arshjul show visar aktiviteternas id"
        raise UsageError(f"Aktiviteten {name} finns inte", hint)
    return code


def _address(names: Sequence[str]) -> tuple[Sequence[str], str]:
    """`rambudget/budget_ks` → the processes to look in, all if none is named, and the activity."""
    if len(names) != 1:
        message = "Bara en aktivitet åt gången" if names else "Aktiviteten saknas"
        raise UsageError(message, f"skriv till exempel {EXAMPLE}, eller --all")
    process, _, name = normalize("NFC", names[0]).rpartition("/")
    if not name:
        raise UsageError("Aktiviteten saknas", f"skriv till exempel {EXAMPLE}, eller --all")
    return [process] if process else [], name
