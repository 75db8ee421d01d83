"""`check`: what is wrong in the definitions and the plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from arshjul.cli.arguments import chosen, years_and_names
from arshjul.cli.correcting import correct
from arshjul.cli.examining import Examination
from arshjul.cli.exits import ExitCode
from arshjul.cli.processes import exit_code, selected
from arshjul.cli.reporting import form_of, reported_as
from arshjul.cli.shell import console_of, project_of
from arshjul.codes import DEFINITION_ERRORS, Code
from arshjul.reports import REPORTS
from arshjul.reports.reported import summary


def check(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="[ÅR|FRÅN-TILL]… [PROCESS]…", help="budgetår, och processer om inte alla"),
    ] = [],
    report: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="FORMAT", help=f"{', '.join(REPORTS)}; text är förval"),
    ] = None,
    select: Annotated[list[str], typer.Option("--select", metavar="KOD[,…]", help="bara de här fynden")] = [],
    ignore: Annotated[list[str], typer.Option("--ignore", metavar="KOD[,…]", help="inte de här fynden")] = [],
    strict: Annotated[bool, typer.Option("--strict", help="en varning räknas som fel")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="avsluta med 0 trots fynd")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="skriv in de rättelser som är säkra, och visa det som är kvar")
    ] = False,
) -> int:
    """Report the findings of every process and year."""
    console, project = console_of(ctx), project_of(ctx)
    form = form_of(report)
    years, names = years_and_names(words)
    selected_codes, ignored = _codes(select), _codes(ignore)
    chosen_codes = (code for code in Code if code in (selected_codes or Code) and code not in ignored)
    codes = frozenset((*DEFINITION_ERRORS, *chosen_codes))  # no choice makes an error of the definition less of one
    examination = Examination(selected(names, project), years, console, project, codes)
    corrected = correct(examination) if fix else None
    wanted = examination.findings() if corrected is None else corrected.left
    console.result(reported_as(form, wanted, console, project), orders=form == "github")
    console.note(summary(wanted))
    found = ExitCode.OK if exit_zero else exit_code([r.diagnostic for r in wanted], strict)
    return max(examination.code, found, corrected.code if corrected else ExitCode.OK)


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return chosen(
        "Fyndet", values, tuple(Code), "koden står inom hakparentes efter allvaret, till exempel fel[no-meeting]"
    )
