"""The findings of several processes and years, put together for a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import for_each, name
from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, by_place
from arshjul.reports import Reported

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath


class Examination:
    """What is wrong with some processes in some years, each in those it is planned for if none are asked for.

    `code` is the most severe exit code of the processes that could not be examined; they are told once, and left out
    when the others are examined anew.
    """

    def __init__(
        self,
        files: Sequence[ProcessPath],
        years: Sequence[int],
        console: Console,
        project: Path,
        codes: frozenset[Code] = frozenset(Code),
    ) -> None:
        self.console, self.project = console, project
        self.code = ExitCode.OK
        self._files, self._years, self._codes = tuple(files), years, codes

    def findings(self, revised: Mapping[str, bytes] = MappingProxyType({})) -> tuple[Reported, ...]:
        """All of the codes asked for, in order of process and place. `revised` is as for `compiler.Sweep`."""
        found: list[Reported] = []
        examined: list[ProcessPath] = []

        def collect(file: ProcessPath) -> ExitCode:
            try:
                found.extend(_findings(file, self._years or _planned_years(file, revised), revised))
            except InvalidProcess as invalid:  # it cannot be known which years to examine
                found.extend(Reported(each, name(file)) for each in invalid.diagnostics)
            examined.append(file)
            return ExitCode.OK

        if self._files:
            self.code = max(self.code, for_each(self._files, collect, self.console, self.project))
        self._files = tuple(examined)
        # What has no place is about the installation: one cause, however many processes are examined.
        placeless = {each.diagnostic: each for each in reversed(found) if each.diagnostic.span is None}
        once = (each for each in found if placeless.get(each.diagnostic, each) is each)
        # As fel it is an error of the definition: deviations or a meeting plan that nothing reads.
        unread = (Code.UNREAD_FILE, Severity.ERROR)
        wanted = (
            each
            for each in once
            if each.diagnostic.code in self._codes or (each.diagnostic.code, each.diagnostic.severity) == unread
        )
        return tuple(sorted(wanted, key=lambda each: (each.process or "", by_place(each.diagnostic))))


def _findings(file: ProcessPath, years: Sequence[int], revised: Mapping[str, bytes]) -> Iterator[Reported]:
    """The same finding in several years comes once, with those years and in the words of the first.

    Dates differ from year to year, what to fix does not: a fix that is not offered in each of them is not offered.
    """
    from arshjul import compiler
    from arshjul.workdays.installed import drifted_version

    sweep = compiler.Sweep(file, revised, drifted_version())
    first: dict[Hashable, Diagnostic] = {}
    hits: dict[Hashable, list[int]] = {}
    for year in years:
        try:
            findings: Sequence[Diagnostic] = sweep.compiled(year).findings
        except InvalidProcess as invalid:
            findings = invalid.diagnostics
        # One cause is a code, a place and what it is related to, with a number where one year has several of them.
        seen: Counter[Hashable] = Counter()
        for finding in sweep.with_proven_fixes(year, findings):
            place = (finding.code, finding.severity, finding.span, tuple(other.span for other in finding.related))
            seen[place] += 1
            cause = (place, seen[place])
            earlier = first.setdefault(cause, finding)
            if earlier.fix != finding.fix:
                first[cause] = replace(earlier, fix=None)
            hits.setdefault(cause, []).append(year)
    return (Reported(first[cause], name(file), tuple(of), len(years)) for cause, of in hits.items())


def _planned_years(file: ProcessPath, revised: Mapping[str, bytes]) -> Sequence[int]:
    """Never empty: a process that no year was checked for must not look like one without findings."""
    from arshjul import compiler

    years = compiler.years(file, revised)
    if not years:
        message = f"{name(file)} har varken avvikelser eller sammanträden för något år"
        raise UsageError(message, f"skriv vilket år, till exempel arshjul check 2026 {name(file)}")
    return years
