"""`show`: the plan of a year in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from arshjul.cli.agenda import AgendaRequest, compile_agenda
from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.filters import RowFilter, filter_rows, in_date_order
from arshjul.cli.options import Assumptions, BodyName, RoleName, YearAndProcesses
from arshjul.cli.processes import exit_code, for_each, selected
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.windows import compile_windows, windows_request
from arshjul.views import AGENDA, DIFF, WINDOWS, ScreenView
from arshjul.views.plan import render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from arshjul.cli.assuming import Assumed
    from arshjul.compiler import Plan, ProcessPath

T = TypeVar("T")

FORMATS = WINDOWS.formats  # those that a plan, its windows and the ärendeplan all have
ORDERS = ("phase", "date", "meeting")
HELP_BY = "ordna efter faser (förval), datum, eller sammanträden: en ärendeplan över alla processer"
HELP_WINDOWS = "bara tidsfönstren: hur många arbetsdagar de ger i år, och mot vad som är minst"
HELP_AGAINST = "tillsammans med --windows: jämför med ett annat budgetår"
HELP_FROM = "från och med: 2025-06-01, 1 juni, v. 23, juni"


def show(
    ctx: typer.Context,
    words: YearAndProcesses = [],
    body: BodyName = None,
    role: RoleName = None,
    phase: Annotated[str | None, typer.Option("--phase", metavar="FAS", help="bara fasen med det id:t")] = None,
    windows: Annotated[bool, typer.Option("--windows", help=HELP_WINDOWS)] = False,
    against: Annotated[str | None, typer.Option("--against", metavar="ÅR", help=HELP_AGAINST)] = None,
    stop: Annotated[bool, typer.Option("--stop", help="bara stoppdatum, i datumordning")] = False,
    first: Annotated[str | None, typer.Option("--from", metavar="DAG", help=HELP_FROM)] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAG", help="till och med; skrivs som --from")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="|".join(ORDERS), help=HELP_BY)] = None,
    assume: Assumptions = [],
    output: Annotated[
        str, typer.Option("-f", "--format", metavar="FORMAT", help="table, md, json eller csv")
    ] = "table",
) -> int:
    """Print the plan of each process, one after the other."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul show 2026")
    one_chosen("Formatet", output, FORMATS)
    by = one_chosen("Ordningen", by, ORDERS) if by is not None else None
    rows = RowFilter(body, role, phase, first, last, stop)
    asked = windows_request(windows, against, year, rows, by)
    files = selected(names, project)
    if assume and (asked or by == "meeting"):
        raise UsageError("--set visar raderna i en tidplan", "utelämna --windows och --by meeting")
    if asked:

        def show_windows(file: ProcessPath) -> ExitCode:
            page, plan, lacking = compile_windows(file, asked)
            console.findings(lacking)
            _print_view(WINDOWS, page, output, console)
            return exit_code([*plan.findings, *lacking])

        return for_each(files, show_windows, console, project)
    if by == "meeting":
        page, code = compile_agenda(files, AgendaRequest(year, rows), console, project)
        if page:
            _print_view(AGENDA, page, output, console)
        return code
    from arshjul.cli.assuming import assumed
    from arshjul.definition.done import marks

    as_it_would_be = assumed(files, year, assume)

    def show_plan(file: ProcessPath) -> ExitCode:
        if assume:
            _print_changes(file, year, as_it_would_be, output, console)
        done = marks(file, year)
        return _show(as_it_would_be.compiled(file, year), done, rows, output, console, by == "date")

    return for_each([file for file in files if as_it_would_be.files[file] or not assume], show_plan, console, project)


def _print_changes(file: ProcessPath, year: int, as_it_would_be: Assumed, output: str, console: Console) -> None:
    """What moves with what is assumed: before the table, or beside the file that was asked for."""
    from arshjul.cli.assuming import Assumed
    from arshjul.views.diff.model import compare

    label = str(year)
    difference = compare(Assumed().version(file, year, label), as_it_would_be.version(file, year, label))
    if output == "table":
        console.result(f"{DIFF.show([difference], console.width(sys.stdout), console.paint(sys.stdout))}\n")
    else:
        console.note(DIFF.show([difference], console.width(sys.stderr), console.paint(sys.stderr)).rstrip())


def _print_view(view: ScreenView[T], page: T, output: str, console: Console) -> None:
    if output in view.files:
        console.result_bytes(view.render(output, page))
    else:
        console.result(view.show(page, console.table_width(sys.stdout), console.paint(sys.stdout)))


def _show(
    plan: Plan, done: Mapping[str, date] | None, rows: RowFilter, output: str, console: Console, by_date: bool
) -> ExitCode:
    from arshjul.views.publication import Publication

    timeline = filter_rows(plan.timeline, rows)
    if by_date:
        timeline = in_date_order(timeline)
    if output == "table":
        from arshjul.views.plan import terminal
        from arshjul.wording.heading import standing

        table = terminal.render_stop_dates if rows.stop_dates else terminal.render
        whole = standing(plan.timeline, plan.findings)
        width, paint = console.table_width(sys.stdout), console.paint(sys.stdout)
        console.result(table(timeline, whole, width, paint, done or {}))
    else:
        console.result_bytes(render(output, Publication(timeline, plan.findings, done=done)))
    return exit_code(plan.findings)
