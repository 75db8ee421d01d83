"""`done`: a row is marked as done, or the mark is taken away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import one_year
from arshjul.cli.clock import today
from arshjul.cli.exits import UsageError
from arshjul.cli.naming import owner, rows_of
from arshjul.cli.rewriting import Rewritten, finish, rewrite
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import did_you_mean

if TYPE_CHECKING:
    from datetime import date

    from arshjul.compiler import ProcessPath

EXAMPLE = "arshjul done 2026 budget_ks"


def done(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="ÅR [PROCESS/]ID", help="budgetåret och radens id; en omgång är rapport.mars")
    ] = [],
    day: Annotated[
        str | None, typer.Option("--date", metavar="DAG", help="dagen då det blev klart: 2026-03-10; i dag är förval")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="ta bort märket")] = False,
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help="visa ändringen och skriv inget")] = False,
) -> int:
    """Mark a row as done."""
    from arshjul.definition.done import marks_path

    console, project = console_of(ctx), project_of(ctx)
    year = one_year(words[:1], EXAMPLE)[0]
    if len(words) != 2:
        raise UsageError("Radens id behövs, och bara en rad åt gången", f"skriv till exempel {EXAMPLE}")
    when = today(day)
    file, row = owner(words[1], project, lambda each: rows_of(each, year))
    path = marks_path(file, year)
    if not undo:
        _demand_row(file, year, row)
    marked = _marked(file, year, row, None if undo else when, project)
    said = f"{row} är inte längre märkt som klar" if undo else f"{row}: klart {when.isoformat()}"
    return finish({path: marked}, [said], console, project, dry)


def _demand_row(file: ProcessPath, year: int, row: str) -> None:
    """The plan of the year has it: a mark on something else would never be seen."""
    from arshjul import compiler

    rows = [activity.id for activity in compiler.compile_process(file, year, checks=False).timeline.activities]
    if row not in rows:
        rounds = [each for each in rows if each.startswith(f"{row}.")]
        hint = f"välj bland: {', '.join(rounds)}" if rounds else did_you_mean(row, rows, few=0)
        raise UsageError(f"{row} är ingen rad i planen för {year}", hint or f"arshjul show {year} visar radernas id")


def _marked(file: ProcessPath, year: int, row: str, day: date | None, project: Path) -> Rewritten:
    from arshjul.definition.done import marks, marks_path, with_mark, without_mark
    from arshjul.definition.entries import as_file

    path, held = marks_path(file, year), marks(file, year)
    if day is None and row not in (held or {}):
        raise UsageError(f"{row} är inte märkt som klar i {path}", f"märkta är: {', '.join(held or ()) or 'inga'}")
    if held is None and day:
        return Rewritten(None, as_file({row: day.isoformat()}).encode())
    return rewrite(project, path, lambda source: with_mark(source, row, day) if day else without_mark(source, row))
