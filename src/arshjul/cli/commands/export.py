"""`export`: the meeting plan of a calendar year for calendars and lists."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from arshjul.cli.arguments import STDOUT, chosen, one_year
from arshjul.cli.exits import ExitCode, Unavailable, UsageError, display_path
from arshjul.cli.processes import selected
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.writer import write_all
from arshjul.formats.terminal import safe

EXAMPLE = "arshjul export --meetings 2026"
FORMATS = ("ics", "csv")
HELP_FORMAT = "ics och csv är förval"
HELP_OUT = "mapp för filerna, eller - för en enda på skärmen; förvalt projektets mapp"


def export(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="[PROCESS…]", help="de processer vars planer det gäller")] = [],
    meetings: Annotated[
        str | None, typer.Option("--meetings", metavar="ÅR", help="sammanträdena ett kalenderår")
    ] = None,
    formats: Annotated[list[str], typer.Option("-f", "--format", metavar="FORMAT", help=HELP_FORMAT)] = [],
    out: Annotated[str | None, typer.Option("-o", "--out", metavar="MAPP|-", help=HELP_OUT)] = None,
    force: Annotated[bool, typer.Option("--force", help="skriv över filer som finns")] = False,
) -> int:
    """Write the adopted meetings."""
    from arshjul.cli.meeting_export import meetings_of_year

    console, project = console_of(ctx), project_of(ctx)
    if meetings is None:
        raise UsageError("Vad som ska skrivas saknas", f"skriv till exempel {EXAMPLE}")
    year, others = one_year([meetings], EXAMPLE)
    if others:
        raise UsageError(f"{meetings} är inget år", f"skriv till exempel {EXAMPLE}")
    wanted = chosen("Formatet", formats, FORMATS) or FORMATS
    if out == STDOUT and len(wanted) > 1:
        raise UsageError("-o - tar ett format i taget", f"skriv till exempel {EXAMPLE} -f csv -o -")
    plan = meetings_of_year(selected(words, project), year)
    files = {each: import_module(f"arshjul.views.meetings.{each}").render(plan) for each in wanted}
    if out == STDOUT:
        console.result_bytes(files[wanted[0]])
        return ExitCode.OK
    folder = Path(out) if out else project
    targets = {folder / f"sammantraden-{year}.{each}": data for each, data in files.items()}
    for target, data in targets.items():
        if target.exists() and not force and target.read_bytes() != data:
            raise Unavailable(target, "finns redan och skrivs inte över", "välj en annan mapp med -o, eller --force")
    write_all(targets, project if folder.is_relative_to(project) else folder)
    for target in targets:
        console.note(safe(f"skrev {display_path(target, project)}"))
    return ExitCode.OK
