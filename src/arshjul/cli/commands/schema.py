"""`schema`: what an editor needs to complete and explain the files of a project."""

from __future__ import annotations

from typing import Annotated

import typer

from arshjul.cli.arguments import one_chosen
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.shell import console_of
from arshjul.formats.json import dumps

KINDS = ("process", "part", "meetings", "year", "timeline", "diff")


def schema(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="[SORT]", help=f"{', '.join(KINDS)}; process är förval")] = [],
) -> int:
    """Print a JSON Schema."""
    console = console_of(ctx)
    if len(words) > 1:
        raise UsageError("Bara ett schema åt gången", "skriv till exempel arshjul schema process")
    kind = one_chosen("Schemat", words[0] if words else "process", KINDS)
    if kind == "timeline":
        from arshjul.views.plan.schema import timeline_schema

        found = timeline_schema()
    elif kind == "diff":
        from arshjul.views.diff.schema import diff_schema

        found = diff_schema()
    else:
        from arshjul.definition.schema import schema as schema_of

        found = schema_of(kind)
    console.result(dumps(found))
    return ExitCode.OK
