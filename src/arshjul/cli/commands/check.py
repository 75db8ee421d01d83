"""`check`: what is wrong in the definitions and the plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import chosen, years_and_names
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import exit_code, for_each, name, selected
from arshjul.cli.reporting import form_of, reported_as
from arshjul.cli.shell import console_of, project_of
from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, by_place
from arshjul.reports import REPORTS, Reported

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath


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
) -> int:
    """Report the findings of every process and year."""
    console, project = console_of(ctx), project_of(ctx)
    form = form_of(report)
    years, names = years_and_names(words)
    selected_codes, ignored = _codes(select), _codes(ignore)
    files = selected(names, project)
    reported, code = _examine(files, years, console, project)
    chosen_codes = set(selected_codes or Code) - set(ignored)
    wanted = tuple(each for each in reported if each.diagnostic.code in chosen_codes)
    console.result(reported_as(form, wanted, console, project))
    console.note(_summary(wanted))
    return max(code, ExitCode.OK if exit_zero else exit_code([r.diagnostic for r in wanted], strict))


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return chosen(
        "Fyndet", values, tuple(Code), "koden står inom hakparentes efter allvaret, till exempel fel[no-meeting]"
    )


def _examine(
    files: Sequence[ProcessPath], years: Sequence[int], console: Console, project: Path
) -> tuple[tuple[Reported, ...], ExitCode]:
    """All findings in order of process and place; the same one in several years comes once, with those years."""
    found: list[Reported] = []

    def collect(file: ProcessPath) -> ExitCode:
        found.extend(_findings(file, years or _planned_years(file)))
        return ExitCode.OK

    code = for_each(files, collect, console, project)
    return tuple(sorted(found, key=lambda finding: (finding.process or "", by_place(finding.diagnostic)))), code


def _findings(file: ProcessPath, years: Sequence[int]) -> Iterator[Reported]:
    """Each finding in the words of its first year: dates differ from year to year, what to fix does not."""
    from arshjul import compiler

    sweep = compiler.Sweep(file)
    first: dict[Hashable, Diagnostic] = {}
    hits: dict[Hashable, list[int]] = {}
    for year in years:
        try:
            findings = sweep.compiled(year).findings
        except InvalidProcess as invalid:
            findings = sweep.with_proven_fixes(year, invalid.diagnostics)
        # One cause is a code, a place and what it is related to, with a number where one year has several of them.
        seen: Counter[Hashable] = Counter()
        for finding in findings:
            cause = (finding.code, finding.severity, finding.span, tuple(other.span for other in finding.related))
            seen[cause] += 1
            first.setdefault((cause, seen[cause]), finding)
            hits.setdefault((cause, seen[cause]), []).append(year)
    return (Reported(first[cause], name(file), tuple(of), len(years)) for cause, of in hits.items())


def _planned_years(file: ProcessPath) -> Sequence[int]:
    """Never empty: a process that no year was checked for must not look like one without findings."""
    from arshjul import compiler

    years = compiler.years(file)
    if not years:
        message = f"{name(file)} har varken avvikelser eller sammanträden för något år"
        raise UsageError(message, f"skriv vilket år, till exempel arshjul check 2026 {name(file)}")
    return years


def _summary(findings: Sequence[Reported]) -> str:
    words = {
        Severity.ERROR: ("fel", "fel"),
        Severity.WARNING: ("varning", "varningar"),
        Severity.INFO: ("upplysning", "upplysningar"),
    }
    counts = {severity: sum(f.diagnostic.severity is severity for f in findings) for severity in words}
    return ", ".join(f"{n} {words[severity][n > 1]}" for severity, n in counts.items() if n) or "inga fynd"
