"""`wheel`: the årshjul of a calendar year, over all processes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import chosen, one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.destination import destination, plans_of
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.options import EDITIONS, HELP_FORCE, EditionName, OutFolder
from arshjul.cli.processes import exit_code, for_each, name, selected
from arshjul.cli.shelf import Shelf, made_of_several
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import InvalidProcess, Severity
from arshjul.views import WHEEL
from arshjul.workdays import LAST_YEAR

if TYPE_CHECKING:
    from arshjul.compiler import Plan, ProcessPath
    from arshjul.views.wheel.overview import Overview

RINGS = ("process", "body", "year")
HELP_WORDS = "kalenderåret, och processer om inte alla: id eller sökväg"
HELP_BY = "en ring per process, per organ eller per år det avser"
HELP_FORMATS = "html, svg, md eller xlsx; utan flaggan html"


def wheel(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="ÅR [PROCESS]…", help=HELP_WORDS)] = [],
    by: Annotated[str, typer.Option("--by", metavar="process|body|year", help=HELP_BY)] = "process",
    formats: Annotated[list[str], typer.Option("-f", "--format", metavar="FORMAT[,…]", help=HELP_FORMATS)] = [],
    out: OutFolder = None,
    edition: EditionName = "internal",
    force: Annotated[bool, typer.Option("--force", help=HELP_FORCE)] = False,
) -> int:
    """Draw what happens in a calendar year, whichever budget year it concerns."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul wheel 2026")
    one_chosen("Indelningen", by, RINGS)
    wanted = chosen("Formatet", formats, WHEEL.formats) or WHEEL.formats[:1]
    place = destination(out, project, year, WHEEL.formats)
    one_chosen("Utgåvan", edition, EDITIONS)
    if place is None and len(wanted) > 1:
        raise UsageError("-o - tar ett format", "skriv till exempel arshjul wheel 2026 -f svg -o -")
    plans: list[Plan] = []
    code = for_each(selected(names, project), lambda file: _compile(file, year, plans, console), console, project)
    if plans:
        overview = _overview(plans, year, by, edition, project)
        files = {f"arshjul.{format_}": WHEEL.render(format_, overview) for format_ in wanted}
        if place:
            publishes = place.is_at(plans_of(project, year))
            Shelf(place, console, keeps_events=publishes, force=force).write(made_of_several(files))
        else:
            console.result_bytes(*files.values())
    return code


def _compile(file: ProcessPath, year: int, plans: list[Plan], console: Console) -> ExitCode:
    """The budgets that may have something in the year: its own, next year's and the one after."""
    from arshjul import compiler

    compiled = []
    for budget_year in range(year, min(year + 2, LAST_YEAR) + 1):
        try:
            compiled.append(compiler.compile_process(file, budget_year))
        except InvalidProcess as invalid:
            errors = len(invalid.diagnostics)
            console.note(f"{name(file)} {budget_year}: utelämnas, {errors} fel; {_see(file, budget_year)} visar varför")
    plans += compiled
    for plan in compiled:
        errors = sum(finding.severity is Severity.ERROR for finding in plan.findings)
        budget_year = plan.timeline.budget_year
        if errors:
            console.note(f"{name(file)} {budget_year}: {errors} fel; {_see(file, budget_year)} visar dem")
    if not compiled:
        console.error(f"{name(file)} kan inte räknas fram för något av åren, och är inte med i hjulet")
        return ExitCode.FINDINGS
    # What the plan of another budget lacks is no error of the wheel while one of them is whole.
    whole = [plan for plan in compiled if not plan.timeline.errors] or compiled
    return exit_code([finding for plan in whole for finding in plan.findings])


def _see(file: ProcessPath, budget_year: int) -> str:
    return f"arshjul check {budget_year} {name(file)}"


def _overview(plans: Sequence[Plan], year: int, by: str, edition: str, project: Path) -> Overview:
    from arshjul import templates
    from arshjul.views.publication import Audience, for_audience
    from arshjul.views.wheel.model import By
    from arshjul.views.wheel.model import wheel as wheel_of
    from arshjul.views.wheel.overview import Overview

    editions = [for_audience(Audience(edition), plan.timeline, plan.findings) for plan in plans]
    findings = {(each.timeline.process, each.timeline.budget_year): each.findings for each in editions}
    turned = wheel_of([each.timeline for each in editions], year, By(by))
    return Overview(turned, findings, templates.templates(project))
