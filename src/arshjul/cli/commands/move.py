"""`move`: a meeting of a plan is moved to another day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from arshjul.cli.arguments import one_year
from arshjul.cli.days import day_of_plan
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import exit_code, selected
from arshjul.cli.rewriting import Outcome, Rewritten, changed_rows, cut, finish, new_findings, outcome, rewrite
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import Severity, did_you_mean
from arshjul.shipped import SHIPPED

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.dates.extent import Extent

EXAMPLE = "arshjul move 2026 KS '2 juni' '9 juni'"
HELP_WORDS = "kalenderåret, organet och de två dagarna"
ROWS_SHOWN = 20


def move(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ÅR [PROCESS/]ORGAN FRÅN TILL", help="kalenderåret, organet och de två dagarna"),
    ] = [],
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help="visa ändringen och skriv inget")] = False,
) -> int:
    """Move a meeting."""
    from arshjul.definition.moving import with_meeting_moved

    console, project = console_of(ctx), project_of(ctx)
    year = one_year(words[:1], EXAMPLE)[0]
    if len(words) != 4:
        raise UsageError("Organet och de två dagarna behövs", f"skriv till exempel {EXAMPLE}")
    address, _, body = normalize("NFC", words[1]).rpartition("/")
    old, new = (day_of_plan(word, year) for word in words[2:])
    if old == new:
        raise UsageError(f"{body} flyttas till samma dag", "skriv en annan dag sist")
    files = selected([address] if address else [], project)
    path = _plan_with(files, year, body, old, words[2])
    rewritten = {path: rewrite(project, path, lambda source: with_meeting_moved(source, body, year, old, words[3]))}
    outcomes = [pair for file in files for pair in _outcomes(file, year, rewritten)]
    worse = list(dict.fromkeys(each for pair in outcomes for each in new_findings(*pair, Severity.ERROR)))
    console.findings(worse)
    if any(before.timeline and not after.timeline for before, after in outcomes):
        console.error("Inget ändrades: planen skulle inte gå att läsa", "se felen ovan")
        return ExitCode.FINDINGS
    return max(finish(rewritten, _told(outcomes), console, project, dry), exit_code(worse))


def _plan_with(files: Sequence[ProcessPath], year: int, body: str, old: Extent, words: str) -> str:
    """The one file whose plan has the meeting."""
    from arshjul.definition.load import TreesByYear
    from arshjul.definition.moving import planned_days, plans_of

    read = (TreesByYear(file).of_year(year) for file in files)
    plans = (plan for trees in read for tree in (trees.main, *trees.parts) for plan in plans_of(tree, year))
    bodies, days, having = set[str](), dict[str, None](), dict[str, None]()
    for plan in plans:
        bodies |= {str(name) for name in plan if name.isupper()}
        for day in planned_days(plan, body, year):
            days[str(day.date)] = None
            if (day.extent.start, day.extent.end) == (old.start, old.end) and day.date.span:
                having[day.date.span.file] = None
    if len(having) > 1:
        hint = f"välj en process, till exempel PROCESS/{body}, eller ändra för hand"
        raise UsageError(f"{body} har mötet i flera filer: {', '.join(having)}", hint)
    if not bodies:
        raise UsageError(f"Det finns ingen sammanträdesplan för {year}", "året är planens kalenderår")
    if not days:
        raise UsageError(f"{body} har inga möten i planen för {year}", did_you_mean(body, bodies))
    if not having:
        raise UsageError(f"{body} har inget möte {words} i planen för {year}", f"det finns: {', '.join(days)}")
    (path,) = having
    if path.startswith(SHIPPED):
        raise UsageError(f"{path} följer med programmet och ändras inte", "kopiera planen till projektet")
    return path


def _outcomes(file: ProcessPath, year: int, files: Mapping[str, Rewritten]) -> Iterator[tuple[Outcome, Outcome]]:
    """Before and after, for the budget years that a calendar year belongs to."""
    for budget_year in (year, year + 1, year + 2):
        before = outcome(file, budget_year, {})
        if before.timeline is not None and any(path in before.timeline.files for path in files):
            yield before, outcome(file, budget_year, files)


def _told(outcomes: Sequence[tuple[Outcome, Outcome]]) -> list[str]:
    """The rows that follow the meeting."""
    lines = [
        f"{after.timeline.process} {after.timeline.budget_year}: {line}"
        for before, after in outcomes
        if before.timeline and after.timeline
        for line in changed_rows(before.timeline, after.timeline)
    ]
    return cut(lines, ROWS_SHOWN)
