"""`freeze`: the plan as it was decided is kept beside the published files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from arshjul.cli.arguments import one_year
from arshjul.cli.clock import today
from arshjul.cli.destination import Destination, plans_of
from arshjul.cli.exits import ExitCode, Unavailable
from arshjul.cli.options import YearAndProcesses
from arshjul.cli.processes import exit_code, for_each, selected
from arshjul.cli.rewriting import Rewritten, finish, on_disk
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import Severity

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.formats.json import JsonObject

HELP_DECISION = "beslutet: KF 2025-02-17 § 12; processens är förval"
EXAMPLE = "arshjul freeze 2026 --decision 'KF 2025-02-17 § 12'"


def freeze(
    ctx: typer.Context,
    words: YearAndProcesses = [],
    number: Annotated[
        str | None, typer.Option("--dnr", metavar="DNR", help="ärendets diarienummer; processens dnr är förval")
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option("--decision", metavar="BESLUT", help=HELP_DECISION),
    ] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DAG", help="beslutets dag; i dag är förval")] = None,
    force: Annotated[bool, typer.Option("--force", help="ersätt en plan som redan är fastställd")] = False,
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help="visa ändringen och skriv inget")] = False,
) -> int:
    """Keep the decided plan."""
    from arshjul import compiler
    from arshjul.cli.kept import keep_decided
    from arshjul.formats.json import to_bytes
    from arshjul.record.timeline_file import decided_path
    from arshjul.views.diff.built import basis_of
    from arshjul.views.diff.version import version_of
    from arshjul.views.plan.json import timeline_members

    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, EXAMPLE)
    decided: JsonObject = {"date": today(day).isoformat(), "registry_number": number, "decision": decision}

    def freeze_one(file: ProcessPath) -> ExitCode:
        plan = compiler.compile_process(file, year)
        errors = [finding for finding in plan.findings if finding.severity is Severity.ERROR]
        if errors:
            console.findings(errors)
            console.error(f"{plan.timeline.process} fastställs inte: planen har fel", "rätta dem först")
            return exit_code(errors)
        own = {"registry_number": plan.timeline.registry_number, "decision": plan.timeline.decision}
        members = {"decided": {key: value or own.get(key) for key, value in decided.items()}}
        basis = to_builtins(basis_of(version_of(plan, "")), str_keys=True, enc_hook=str)
        new = to_bytes(members | timeline_members(plan.timeline) | {"basis": basis})
        path = decided_path(plan.timeline.process, year)
        old = on_disk(project, path).old if (project / path).exists() else None
        if old is not None and old != new and not force:
            why = "är redan fastställd, och planen är nu en annan"
            raise Unavailable(project / path, why, "ersätt den med --force")
        if dry or old == new:
            return finish({path: Rewritten(old, new)}, [], console, project, dry)
        keep_decided(
            plan.timeline, {Path(path).name: new}, Destination(plans_of(project, year), project, project), console
        )
        return ExitCode.OK

    return for_each(selected(names, project), freeze_one, console, project)
