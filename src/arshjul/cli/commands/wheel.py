"""`wheel`: the årshjul of a calendar year, over all processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import chosen, folder_of, one_chosen, one_year, root_of
from arshjul.cli.commands.build import EDITIONS
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Misuse, shown
from arshjul.cli.processes import for_each, name, selected, verdict
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import InvalidProcess, Severity
from arshjul.workdays import LAST_YEAR

if TYPE_CHECKING:
    from arshjul.compiler import Compiled, ProcessPath

RINGS = ("process", "body", "year")
FORMATS = ("html", "svg", "md", "xlsx")


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw and where. `folder` None means stdout; `root` is the folder below which nothing may be a link."""

    year: int
    by: str
    formats: tuple[str, ...]
    folder: Path | None
    root: Path
    edition: str


def wheel(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ÅR [PROCESS]…", help="kalenderåret, och processer om inte alla: id eller sökväg"),
    ] = [],  # noqa: B006 - Typer reads the default, nobody changes it
    by: Annotated[
        str,
        typer.Option("--by", metavar="process|body|year", help="en ring per process, per organ eller per år det avser"),
    ] = "process",
    formats: Annotated[
        list[str],
        typer.Option("-f", "--format", metavar="FORMAT[,…]", help="html, svg, md eller xlsx; utan flaggan html"),
    ] = [],  # noqa: B006
    out: Annotated[
        str | None,
        typer.Option(
            "-o", "--out", metavar="MAPP|-", help="mapp att skriva i, i stället för tidplaner/ÅR; - skriver till stdout"
        ),
    ] = None,
    edition: Annotated[
        str,
        typer.Option("--edition", metavar="internal|public", help="public utelämnar det interna"),
    ] = "internal",
) -> int:
    """Draw what happens in a calendar year, whichever budget year it concerns."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul wheel 2026")
    order = Order(
        year=year,
        by=one_chosen("Indelningen", by, RINGS),
        formats=chosen("Formatet", formats, FORMATS) or FORMATS[:1],
        folder=folder_of(out, project, year, FORMATS),
        root=root_of(out, project),
        edition=one_chosen("Utgåvan", edition, EDITIONS),
    )
    if order.folder is None and len(order.formats) > 1:
        raise Misuse("-o - tar ett format", "skriv till exempel arshjul wheel 2026 -f svg -o -")
    plans: list[Compiled] = []
    files = selected(names, project)
    code = for_each(files, lambda file: _compile(file, order.year, plans, console), console, project)
    if plans:
        _draw(plans, order, console, project)
    return code


def _compile(file: ProcessPath, year: int, plans: list[Compiled], console: Console) -> ExitCode:
    """The budgets that may have something in the year: its own, next year's and the one after."""
    from arshjul import compiler

    compiled = []
    for budget_year in range(year, min(year + 2, LAST_YEAR) + 1):
        try:
            compiled.append(compiler.compile_process(file, budget_year))
        except InvalidProcess as invalid:
            console.note(_left_out(file, budget_year, invalid))
    plans += compiled
    for plan in compiled:
        _tell_errors(file, plan, console)
    if not compiled:
        console.error(f"{name(file)} kan inte räknas fram för något av åren, och är inte med i hjulet")
        return ExitCode.FINDINGS
    return verdict([finding for plan in compiled for finding in plan.findings])


def _left_out(file: ProcessPath, year: int, invalid: InvalidProcess) -> str:
    """One line: the year is left out, how much is wrong, and what shows it."""
    process = name(file)
    return f"{process} {year}: utelämnas, {len(invalid.diagnostics)} fel; arshjul check {year} {process} visar varför"


def _tell_errors(file: ProcessPath, plan: Compiled, console: Console) -> None:
    errors = sum(finding.severity is Severity.ERROR for finding in plan.findings)
    year = plan.timeline.budget_year
    if errors:
        console.note(f"{name(file)} {year}: {errors} fel; arshjul check {year} {name(file)} visar dem")


def _draw(plans: Sequence[Compiled], order: Order, console: Console, project: Path) -> None:
    rendered = _rendered(plans, order, project)
    if order.folder is None:
        console.result_bytes(*rendered.values())
        return
    from arshjul.cli.writer import write_all

    targets = {order.folder / f"arshjul.{format_}": data for format_, data in rendered.items()}
    write_all(targets, order.root)
    for target in targets:
        console.note(f"skrev {shown(target, project)}")


def _rendered(plans: Sequence[Compiled], order: Order, project: Path) -> Mapping[str, bytes]:
    from arshjul import templates
    from arshjul.views import public
    from arshjul.views.wheel.model import By
    from arshjul.views.wheel.model import wheel as turned
    from arshjul.views.wheel.overview import WHEEL_FORMATS, Overview

    hidden = order.edition == "public"
    timelines = [public(plan.timeline) if hidden else plan.timeline for plan in plans]
    findings = {(plan.timeline.process, plan.timeline.budget_year): () if hidden else plan.findings for plan in plans}
    overview = Overview(turned(timelines, order.year, By(order.by)), findings, templates.templates(project))
    return {format_: WHEEL_FORMATS[format_](overview) for format_ in order.formats}
