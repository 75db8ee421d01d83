"""`wishes`: the meetings that the processes need in a calendar year."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.options import BodyName
from arshjul.cli.processes import selected
from arshjul.cli.shell import console_of, project_of
from arshjul.views import WISHES

EXAMPLE = "arshjul wishes 2027"
HELP_PLAN = "en sammanträdesplan att pröva, också ett utkast som inte ligger i projektet"


def wishes(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="ÅR [PROCESS]…", help="kalenderåret, och processer")] = [],
    plan: Annotated[str | None, typer.Option("--plan", metavar="FIL", help=HELP_PLAN)] = None,
    body: BodyName = None,
    output: Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text, md eller json")] = "text",
) -> int:
    """Print the meetings that are needed."""
    from arshjul.cli.wishes import wishes_of

    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, EXAMPLE)
    one_chosen("Formatet", output, WISHES.formats)
    page, code = wishes_of(selected(names, project), year, plan, body, console, project)
    if code and not page.wishes:
        return code  # it is not known that there are none
    if output in WISHES.files:
        console.result_bytes(WISHES.render(output, page))
    else:
        console.result(WISHES.show(page, console.width(sys.stdout), console.paint(sys.stdout)))
    return code
