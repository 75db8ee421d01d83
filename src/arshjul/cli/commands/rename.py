"""`rename`: an id is changed in every file that has it."""

from __future__ import annotations

from typing import Annotated
from unicodedata import normalize

import typer

from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.naming import owner
from arshjul.cli.processes import for_each
from arshjul.cli.renaming import renamable, renamed
from arshjul.cli.rewriting import finish
from arshjul.cli.shell import console_of, project_of

ONLY_ROWS = "det som får ett annat id är aktiviteter, faser, tidsfönster och krav; arshjul show visar dem"
EXAMPLE = "arshjul rename budget_ks rambudget_ks"


def rename(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="[PROCESS/]GAMMALT NYTT", help="id:t som det är och som det ska bli")
    ] = [],
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help="visa ändringen och skriv inget")] = False,
) -> int:
    """Change an id in all files."""
    console, project = console_of(ctx), project_of(ctx)
    if len(words) != 2:
        raise UsageError("Id:t som det är och det nya behövs", f"skriv till exempel {EXAMPLE}")
    new = normalize("NFC", words[1])
    file, old = owner(words[0], project, renamable, ONLY_ROWS)
    if "." in old:
        row = old.partition(".")[0]
        raise UsageError(f"{old} är en omgång eller ett steg", f"byt id på raden: arshjul rename {row} NYTT")
    if old == new:
        raise UsageError(f"{old} heter redan så", f"skriv till exempel {EXAMPLE}")

    def rename_one(_: object) -> ExitCode:
        change = renamed(file, old, new, project)
        proven = "planen är" if change.years == 1 else f"alla {change.years} planer är"
        said = f"{old} heter {new}; {proven} i övrigt som förut"
        return finish(change.files, [said], console, project, dry)

    return for_each([file], rename_one, console, project)
