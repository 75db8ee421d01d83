"""`calendar`: the working days of a year, and why a day is off."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import one_year, years_and_names
from arshjul.cli.console import Console
from arshjul.cli.days import single_day
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import exit_code, for_each, selected
from arshjul.cli.shell import console_of, project_of

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath

HELP_WORDS = "kalenderåret, och den process vars kalender gäller"
HELP_DATE = "varför dagen är arbetsdag eller inte: 2026-06-06, 6 juni"
HELP_VERIFY = "jämför tabellen över lediga dagar med det installerade paketet holidays"


def calendar(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="ÅR [PROCESS]", help=HELP_WORDS)] = [],
    asked: Annotated[str | None, typer.Option("--date", metavar="DAG", help=HELP_DATE)] = None,
    verify: Annotated[bool, typer.Option("--verify", help=HELP_VERIFY)] = False,
) -> int:
    """Print the working-day calendar of a calendar year."""
    console, project = console_of(ctx), project_of(ctx)
    if verify:
        return _verify(words, console)
    dated = re.match(r"[0-9]{4}(?=-)", asked or "")
    if dated and not years_and_names(words)[0]:  # a day that is written with its year gives the year too
        words = [*words, dated[0]]
    year, names = one_year(words, "arshjul calendar 2026")
    if len(names) > 1:
        raise UsageError("Bara en process åt gången", "skriv till exempel arshjul calendar 2026 rambudget")
    day = _day_of_year(asked, year) if asked is not None else None

    def print_calendar(file: ProcessPath | None) -> ExitCode:
        from arshjul import compiler
        from arshjul.views.workdays import text

        days, problems = compiler.calendar(file, year)
        paint = console.paint(sys.stdout)
        console.findings(problems)
        console.result(text.render_day(days, day) if day else text.render_year(days, year, paint))
        return exit_code(problems)

    return for_each(selected(names, project), print_calendar, console, project) if names else print_calendar(None)


def _verify(words: Sequence[str], console: Console) -> ExitCode:
    """Every day of 2005–2100 that the table and the installed package disagree on."""
    if words:
        raise UsageError("--verify jämför hela tabellen, alla år på en gång", "skriv arshjul calendar --verify")
    from arshjul.days_off import HOLIDAYS_VERSION
    from arshjul.workdays import named_days, package

    differences = list(package.differences(named_days()))
    console.result("".join(f"{line}\n" for line in differences))
    versions = f"tabellen är gjord av holidays {HOLIDAYS_VERSION}, {package.installed_version()} är installerat"
    console.note(f"{len(differences) or 'inga'} {'skillnad' if len(differences) == 1 else 'skillnader'}: {versions}")
    return ExitCode.FINDINGS if differences else ExitCode.OK


def _day_of_year(words: str, year: int) -> date:
    """The day asked about. A process may close other days in another year, so none of another is answered."""
    day = single_day(words, year + 1, date(year, 1, 1), date(year, 12, 31))
    if day.year != year:
        raise UsageError(f"{words} ligger inte i {year}", f"skriv arshjul calendar {day.year} --date {day}")
    return day
