"""`next`: what is late, what happens this week, which stop dates come, over all plans that run now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from arshjul.cli.arguments import one_chosen
from arshjul.cli.clock import today
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.filters import known_body, known_role
from arshjul.cli.options import BodyName, RoleName
from arshjul.cli.processes import for_each, selected
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import InvalidProcess
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from datetime import date

    from arshjul.compiler import ProcessPath
    from arshjul.plan import Plan
    from arshjul.timeline import Activity
    from arshjul.views.status.model import PlanInProgress

FORMATS = ("text", "md", "mail")
MOST_DAYS = 366
HELP_DAYS = "hur långt fram stoppdatum visas; 14 är förval"


def next(  # noqa: A001 - the command's name
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="[PROCESS]…", help="processer om inte alla")] = [],
    days: Annotated[str, typer.Option("--days", metavar="N", help=HELP_DAYS)] = "14",
    body: BodyName = None,
    role: RoleName = None,
    day: Annotated[str | None, typer.Option("--today", metavar="DAG", help="en annan dag än i dag: 2026-03-10")] = None,
    output: Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text, md eller mail")] = "text",
) -> int:
    """Print what is to be done now."""
    from arshjul.views.status.model import PlanInProgress, upcoming
    from arshjul.views.status.text import render

    console, project = console_of(ctx), project_of(ctx)
    one_chosen("Formatet", output, FORMATS)
    now, ahead = today(day), _number(days)
    running: list[tuple[ProcessPath, Plan]] = []

    def collect(file: ProcessPath) -> ExitCode:
        running.extend((file, plan) for plan in _running(file, now))
        return ExitCode.OK

    code = for_each(selected(words, project), collect, console, project)
    wanted = _audience([plan for _, plan in running], body, role)
    plans: list[PlanInProgress] = []

    def mark(file: ProcessPath, plan: Plan) -> ExitCode:
        from arshjul.definition.done import marks

        rows = tuple(filter(wanted, plan.timeline.activities))
        marked = marks(file, plan.timeline.budget_year)
        plans.append(PlanInProgress(replace(plan.timeline, activities=rows), marked))
        return ExitCode.OK

    for file, plan in running:
        code = max(code, for_each([file], lambda each, plan=plan: mark(each, plan), console, project))  # type: ignore[misc]
    page = upcoming(plans, now, ahead)
    console.result(render(output, page))
    if page.unmarked:
        console.note(f"utan klart-märken kan inget vara försenat: {', '.join(page.unmarked)}; märk med arshjul done")
    if not running and code is ExitCode.OK:
        console.note(f"ingen plan löper {now.isoformat()}")
    return code


def _number(days: str) -> int:
    if days.isascii() and days.isdecimal() and len(days) <= 3 and int(days) <= MOST_DAYS:
        return int(days)
    raise UsageError(f"--days {days} är inget antal dagar", f"skriv ett tal från 0 till {MOST_DAYS}")


def _running(file: ProcessPath, now: date) -> Sequence[Plan]:
    """The plans whose `löper` holds the day.

    Raises InvalidProcess: no year can be computed, with what is wrong in the one that is planned now.
    """
    from arshjul import compiler

    sweep = compiler.Sweep(file)
    found: list[Plan] = []
    failures: list[InvalidProcess] = []
    years = [year for year in range(now.year + 3, now.year - 2, -1) if FIRST_YEAR <= year <= LAST_YEAR]
    for year in years:
        try:
            plan = sweep.compiled(year, checks=False)
        except InvalidProcess as invalid:
            failures.append(invalid)
            continue
        start, end = plan.timeline.start, plan.timeline.end
        if start is not None and end is not None and start <= now <= end:
            found.append(plan)
    if failures and len(failures) == len(years):
        raise failures[0]
    return found[::-1]


def _audience(plans: Sequence[Plan], body: str | None, role: str | None) -> Callable[[Activity], bool]:
    """Whether a row is for the body and the role that were asked for."""
    bodies = [known for plan in plans for known in plan.timeline.bodies]
    body_id = known_body(body, bodies, "någon plan som löper nu") if body is not None else None
    asked = [known for known in bodies if known.id == body_id]
    roles = [known for plan in plans for known in plan.timeline.roles]
    named = known_role(role, roles, "någon plan som löper nu") if role is not None else None

    def wanted(row: Activity) -> bool:
        of_body = body is None or any(row.concerns(known) for known in asked)
        return of_body and (named is None or row.involves(named))

    return wanted
