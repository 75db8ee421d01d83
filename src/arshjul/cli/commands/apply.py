"""`apply`: what somebody has changed in a workbook becomes deviations, or goes into the definition."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from arshjul.cli.commands.set import one_line
from arshjul.cli.destination import plans_of
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import exit_code, selected
from arshjul.cli.rewriting import finish
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.streams import tell
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.terminal import safe
from arshjul.shipped import SHIPPED

if TYPE_CHECKING:
    from arshjul.cli.applying import Application
    from arshjul.cli.console import Console
    from arshjul.compiler import ProcessPath
    from arshjul.wording.baseline import Header

EXAMPLE = "arshjul apply tidplaner/2026/rambudget.xlsx"
HELP_FILE = "arbetsboken som build har skrivit och någon har ändrat i"
HELP_WRITE = "skriv ändringarna i avvikelser-ÅR.yaml, och det som är klart i klart-ÅR.yaml"
HELP_DEFINITION = "skriv i beskrivningen i stället: ändringarna gäller alla år"
HELP_REASON = "varför; utan flaggan frågas efter skälet i en terminal"


def apply(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="FIL.xlsx", help=HELP_FILE)] = [],
    write: Annotated[bool, typer.Option("--write", help=HELP_WRITE)] = False,
    definition: Annotated[bool, typer.Option("--definition", help=HELP_DEFINITION)] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="SKÄL", help=HELP_REASON)] = None,
) -> int:
    """Show what was changed in a workbook, or write it."""
    from arshjul import compiler
    from arshjul.cli.applying import Target, application
    from arshjul.definition.deviations import UNEXPLAINED
    from arshjul.intake.apply.workbook import edited_plan

    console, project = console_of(ctx), project_of(ctx)
    if len(words) != 1:
        raise UsageError("En arbetsbok behövs, och bara en åt gången", f"skriv till exempel {EXAMPLE}")
    try:
        edited = edited_plan(words[0], _content(words[0]))
    except InvalidProcess as unread:
        console.findings(unread.diagnostics)
        return ExitCode.UNREADABLE
    header = edited.built.header
    file = _process(header, project)
    plan = compiler.compile_process(file, header.budget_year)
    if plan.timeline.organisation != header.organisation:
        message = f"Arbetsboken är byggd för {header.organisation or 'en annan organisation'}"
        raise UsageError(f"{message}, inte {plan.timeline.organisation or 'den här'}", "välj dess projekt: -C MAPP")
    target = Target(file, project, header.budget_year, definition, one_line(reason or "") or UNEXPLAINED)
    found = application(edited, plan, target)
    _tell(found, words[0], console)
    if found.refused or not found.files:
        return ExitCode.FINDINGS if found.refused else ExitCode.OK
    if not write:
        how = "--write --definition" if definition else "--write --reason SKÄL"
        console.note(f"inget är skrivet; arshjul apply {words[0]} {how} skriver ändringarna")
        return exit_code(found.findings)
    if found.needs_reason and not definition and not reason:
        found = application(edited, plan, replace(target, reason=_asked()))
    finish(found.files, (), console, project, dry=False)
    published = Path(words[0]).resolve().parent == plans_of(project, header.budget_year)
    console.note(f"bygg om: arshjul build {header.budget_year} {header.process}{' --force' if published else ''}")
    return exit_code(found.findings)


def _content(name: str) -> bytes:
    """The bytes of the workbook, wherever it lies. Raises OSError, InvalidProcess."""
    from arshjul.intake.readers.bounds import MOST_BYTES
    from arshjul.source import read_file

    path = Path(name).absolute()
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageError(
            f"{name} är ingen arbetsbok", "apply läser filen som build -f xlsx har skrivit, sparad som .xlsx"
        )
    return read_file(path, path.parent, name, MOST_BYTES)


def _process(header: Header, project: Path) -> ProcessPath:
    """The process that the workbook was built of, in this project."""
    if header.process.startswith(SHIPPED):
        raise UsageError(f"{header.process} är ingen process i projektet", "bygg en ny arbetsbok")
    (file,) = selected([header.process], project)
    return file


def _tell(found: Application, name: str, console: Console) -> None:
    """The proposals on stdout, all else as messages."""
    for notice in found.proposals.notices:
        console.note(safe(notice))
    for problem in found.proposals.problems:
        console.error(f"{problem.place}: {problem.message}", problem.hint)
    console.findings(found.findings)
    console.result("".join(f"{safe(line)}\n" for line in found.proposals.lines))
    if found.refused:
        console.error("Inget skrivs förrän det som inte går att föra in är ändrat i arbetsboken", "se felen ovan")
    elif not found.files:
        console.note(safe(f"inget i {name} är ändrat som inte redan gäller"))


def _asked() -> str:
    """The reason, asked for where somebody can answer."""
    hint = "skriv --reason SKÄL: varje avvikelse har ett"
    if not sys.stdin.isatty():
        raise UsageError("Skälet saknas", hint)
    tell("Skäl: ")
    if reason := one_line(sys.stdin.readline()):
        return reason
    raise UsageError("Skälet saknas", hint)
