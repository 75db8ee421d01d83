"""`set`: one deviation is written into the deviations file of the year."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from arshjul.cli.arguments import one_year
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.naming import changeable, owner
from arshjul.cli.processes import for_each
from arshjul.cli.rewriting import Outcome, Rewritten, changed_rows, cut, finish, new_findings, outcome, rewrite
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import InvalidProcess, Severity

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.definition.edit import Revision
    from arshjul.diagnostics import Source

EXAMPLE = "arshjul set 2026 budget_ks 'tisdag v. 23' --reason 'mötet flyttat'"
HELP_KEY = "nyckeln som får ett annat värde: när (förval), stoppdatum, kommentar …"
HELP_REASON = "varför; utan skäl skrivs ej angivet, och det räknas"
UNREASONED = "skälet är ej angivet, och det räknas som ett fynd; skriv --reason SKÄL"
FOLLOWING_SHOWN = 10


def set(  # noqa: A001 - the command's name
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="ÅR [PROCESS/]ID UTTRYCK", help="budgetåret, radens id och det nya värdet")
    ] = [],
    key: Annotated[str, typer.Option("--key", metavar="NYCKEL", help=HELP_KEY)] = "när",
    reason: Annotated[str | None, typer.Option("--reason", metavar="SKÄL", help=HELP_REASON)] = None,
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help="visa ändringen och skriv inget")] = False,
) -> int:
    """Write one deviation."""
    console, project = console_of(ctx), project_of(ctx)
    year, (name, *rest) = one_year(words[:1], EXAMPLE)[0], (*words[1:], "")
    value = one_line(" ".join(rest))
    if not name or not value:
        raise UsageError("Radens id och det nya värdet behövs", f"skriv till exempel {EXAMPLE}")
    file, wanted = owner(name, project, lambda each: changeable(each, year))
    deviation = {one_line(key): value, **({"skäl": one_line(reason)} if reason else {})}

    def set_one(file: ProcessPath) -> ExitCode:
        _refuse_struck(file, year, wanted)
        path, unexplained = with_deviation(file, year, wanted, deviation, project)
        before, after = outcome(file, year, {}), outcome(file, year, path)
        if worse := new_findings(before, after, Severity.ERROR):
            console.findings(worse)
            console.error(f"Inget ändrades: {wanted} skulle ge fel som inte fanns förut", "se felen ovan")
            return ExitCode.FINDINGS
        console.findings(new_findings(before, after, Severity.WARNING))
        return finish(
            path, [*_told(wanted, before, after), *([UNREASONED] if unexplained else [])], console, project, dry
        )

    return for_each([file], set_one, console, project)


def one_line(words: str) -> str:
    """A text of the command line as one line of a file: NFC, single blanks; UsageError for what cannot be printed."""
    line = " ".join(normalize("NFC", words).split())
    if not line.isprintable():
        raise UsageError(f"”{line}” har tecken som inte går att skriva", "skriv en rad vanlig text")
    return line


def _refuse_struck(file: ProcessPath, year: int, name: str) -> None:
    from arshjul import compiler

    with suppress(InvalidProcess):  # what is wrong is told when the year is computed
        struck = compiler.Sweep(file).process(year).struck
        if (gone := struck.get(name) or struck.get(name.partition(".")[0])) is not None:
            raise UsageError(str(gone), f"ta bort {gone.name} under stryk i avvikelser-{year}.yaml")


def with_deviation(
    file: ProcessPath, year: int, name: str, deviation: dict[str, str], project: Path
) -> tuple[dict[str, Rewritten], bool]:
    """The deviations file as it is to be, by its path, and whether the deviation is left without a reason.

    A reason that is there already stays where no other is given.
    """
    from arshjul.definition.deviations import UNEXPLAINED
    from arshjul.definition.entries import as_file, with_keys
    from arshjul.definition.find import deviations_path
    from arshjul.definition.tree import EACH, texts
    from arshjul.source import parse

    place = file.path.with_name(f"avvikelser-{year}.yaml")
    path = place.relative_to(project).as_posix()
    explained = {**deviation, "skäl": deviation.get("skäl", UNEXPLAINED)}
    if deviations_path(file, year) is None:
        made = as_file({"budgetår": str(year), "ändra": {name: explained}})
        return {path: Rewritten(None, made.encode())}, "skäl" not in deviation

    reasons = list[str]()

    def change(source: Source) -> Revision:
        added = next((id_ for id_ in texts(parse(source), "lägg_till", EACH, "id") if id_ == name), None)
        if added is not None and added.span:
            raise UsageError(f"{name} läggs till i året", f"ändra raden där den står: {path}:{added.span.line}")
        reasons.extend(texts(parse(source), "ändra", name, "skäl"))
        return with_keys(source, {"ändra": {name: deviation if reasons else explained}})

    rewritten = rewrite(project, path, change)
    return {path: rewritten}, "skäl" not in deviation and (not reasons or reasons[0] == UNEXPLAINED)


def _told(name: str, before: Outcome, after: Outcome) -> Sequence[str]:
    """The row that was set, then those that follow it."""
    if before.timeline is None or after.timeline is None:
        return []
    lines = sorted(
        changed_rows(before.timeline, after.timeline), key=lambda line: not line.startswith((f"{name}:", f"{name}."))
    )
    return cut(lines, FOLLOWING_SHOWN)
