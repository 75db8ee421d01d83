"""`init`: a new project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.beginning import read_meetings, write_project
from arshjul.cli.clock import today
from arshjul.cli.exits import ExitCode, UsageError, display_path
from arshjul.cli.shell import console_of, project_of
from arshjul.formats.terminal import safe
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

HELP_TEMPLATE = "en process som följer med, i stället för den lilla: rambudget, styrmodell …"
HELP_CI = "recept för github, gitlab eller none; github är förval"
HELP_MEETINGS = "sammanträdesplanen som fil, i stället för ett förslag"
EARLIEST, LATEST = FIRST_YEAR + 2, LAST_YEAR - 2  # two years before, and a plan for the two after


def init(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="[MAPP]", help="mappen, som görs om den inte finns")] = [],
    year: Annotated[str | None, typer.Option("--year", metavar="ÅR", help="budgetåret; nästa år är förval")] = None,
    template: Annotated[str | None, typer.Option("--template", metavar="PROCESS", help=HELP_TEMPLATE)] = None,
    meetings: Annotated[str | None, typer.Option("--meetings", metavar="FIL", help=HELP_MEETINGS)] = None,
    ci: Annotated[str, typer.Option("--ci", metavar="github|gitlab|none", help=HELP_CI)] = "github",
) -> int:
    """Write a project that builds."""
    from arshjul import scaffold
    from arshjul.definition.find import UnknownProcess

    console, project = console_of(ctx), project_of(ctx)
    if len(words) > 1:
        raise UsageError("Bara en mapp åt gången", "skriv till exempel arshjul init budget")
    asked = one_year([year], "arshjul init --year 2027")[0] if year else None
    one_chosen("CI-receptet", ci, tuple(scaffold.CI))
    try:
        plan = None
        if meetings is not None:
            known = scaffold.known_bodies(template)
            plan = read_meetings(Path(meetings), asked, known, console)
        budget_year = asked or (plan.year if plan else today().year) + 1
        if not EARLIEST <= budget_year <= LATEST:
            reason = f"Budgeten {budget_year} går inte att börja med"
            raise UsageError(reason, f"välj ett år från {EARLIEST} till {LATEST}")
        files = scaffold.project_files(budget_year, template, ci, plan, Path(meetings or "").name)
    except UnknownProcess as error:
        raise UsageError(error.message, error.hint) from None
    folder = project.joinpath(*words)
    write_project(files, folder, console, project)
    place = f" -C {display_path(folder, project)}" if words else ""
    console.note(safe(f"nu går det att bygga: arshjul build {budget_year}{place}"))
    return ExitCode.OK
