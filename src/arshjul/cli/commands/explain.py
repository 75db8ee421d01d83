"""`explain`: why a date is what it is, step by step."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
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
    from arshjul.cli.console import Console
    from arshjul.compiler import Plan, ProcessPath
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
    from arshjul.definition.find import deviation_years
    from arshjul.views.explanation.model import everything

    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, EXAMPLE)
    one_chosen("Formatet", output, EXPLANATION.formats)
    processes, name = (names, "") if every else _address(names)
    plans: list[Plan] = []
    sweeps: dict[str, compiler.Sweep] = {}

    def compile_one(file: ProcessPath) -> ExitCode:
        sweep = compiler.Sweep(file)
        plan = sweep.compiled(year, checks=False)
        plans.append(plan)
        if year in deviation_years(file):
            sweeps[plan.timeline.process] = sweep
        return exit_code(plan.findings)

    def as_defined(timeline: Timeline) -> Timeline | None:
        sweep = sweeps.get(timeline.process)
        return sweep.as_defined(year) if sweep else None

    files = selected(processes, project)
    code = for_each(files, compile_one, console, project)
    found = _explained(plans, name, as_defined, output, console)
    if not found and len(plans) == len(files):  # no other can have it
        ids = [each.id for plan in plans for each, _ in everything(plan.timeline)]
        hint = did_you_mean(name, ids, few=0) or "arshjul show visar aktiviteternas id"
        raise UsageError(f"Aktiviteten {name} finns inte", hint)
    return code


def _explained(
    plans: Sequence[Plan],
    name: str,
    as_defined: Callable[[Timeline], Timeline | None],
    output: str,
    console: Console,
) -> bool:
    """Print how the activity got its dates, or why it was struck; all of them if none is named. False: none has it."""
    from arshjul.views.explanation.model import everything, explanations, named
    from arshjul.views.explanation.struck import render, sentence, struck_named

    by_plan = [(plan, named(plan.timeline, name) if name else everything(plan.timeline)) for plan in plans]
    found = [(plan, asked) for plan, asked in by_plan if asked]
    if name and len(found) > 1:
        choices = " eller ".join(sorted(f"{plan.timeline.process}/{name}" for plan, _ in found))
        raise UsageError(f"Aktiviteten {name} finns i flera processer", f"skriv {choices}")
    if found:
        page = [
            each
            for plan, asked in found
            for each in explanations(plan.timeline, asked, as_defined(plan.timeline), plan.workdays)
        ]
        if output in EXPLANATION.files:
            console.result_bytes(EXPLANATION.render(output, page))
        else:
            console.result(EXPLANATION.show(page, console.width(sys.stdout), console.paint(sys.stdout)))
        return True
    for plan in plans:
        if gone := struck_named(plan.timeline, name):
            defined = as_defined(plan.timeline)
            console.result_bytes(render(gone, defined)) if output == "json" else console.result(sentence(gone, defined))
            return True
    return False


def _address(names: Sequence[str]) -> tuple[Sequence[str], str]:
    """`rambudget/budget_ks` → the processes to look in, all if none is named, and the activity."""
    if len(names) != 1:
        message = "Bara en aktivitet åt gången" if names else "Aktiviteten saknas"
        raise UsageError(message, f"skriv till exempel {EXAMPLE}, eller --all")
    process, _, name = normalize("NFC", names[0]).rpartition("/")
    if not name:
        raise UsageError("Aktiviteten saknas", f"skriv till exempel {EXAMPLE}, eller --all")
    return [process] if process else [], name
