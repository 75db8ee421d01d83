"""The pipeline in one place: one process for one year, or for several.

Path ─read→ Document ─validate→ Process ─resolve(year, meetings)→ Timeline ─check→ Diagnostics
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arshjul.checks import Subject, examine
from arshjul.codes import Code
from arshjul.definition import Process, validate
from arshjul.definition.edit import revised
from arshjul.definition.find import ProcessPath, UnknownProcess, deviation_years, find_processes, select
from arshjul.definition.load import Trees, TreesByYear
from arshjul.definition.read import planned_years
from arshjul.definition.validate import InvalidDefinition
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, as_written, by_place
from arshjul.fixes import proven
from arshjul.plan import Plan
from arshjul.resolve import resolve_in, setting
from arshjul.resolve.meetings import read_plans
from arshjul.timeline import Body, PlannedMeeting, Timeline
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, Workdays

if TYPE_CHECKING:
    from arshjul.record.timeline_file import TimelineFile

__all__ = [
    "Plan",
    "ProcessPath",
    "Sweep",
    "UnknownProcess",
    "adopted_meetings",
    "calendar",
    "compile_process",
    "find_processes",
    "select",
    "years",
]


def compile_process(path: ProcessPath, budget_year: int, *, checks: bool = True) -> Plan:
    """One process for one year.

    Raises:
        InvalidProcess: with every error of the stage that could not deliver.
        OSError: a file cannot be read.
    """
    return Sweep(path).compiled(budget_year, checks=checks)


class Sweep:
    """One process over several budget years: what no deviations change is read and validated once for all of them.

    Each year is resolved once; checks compare it with others. `revised` are files to be read as if they were changed:
    their bytes by the paths that messages show.
    """

    def __init__(
        self,
        path: ProcessPath,
        revised: Mapping[str, bytes] = MappingProxyType({}),
        installed_holidays: str | None = None,
    ) -> None:
        self._path = path
        self._revised = revised
        self._installed_holidays = installed_holidays
        self._trees = TreesByYear(path, revised)
        self._without_deviations: Process | None = None
        self._subjects: dict[int, Subject] = {}

    def compiled(self, budget_year: int, *, checks: bool = True) -> Plan:
        """The five stages, each on its line. Raises as `compile_process`."""
        if budget_year not in self._subjects:
            process = self._written_in(budget_year)  # read, validate
            try:
                known = setting(process, budget_year)  # the days that count, the meetings
                timeline = resolve_in(known)  # resolve
            except InvalidProcess as invalid:  # a file that nothing reads may be why
                raise InvalidProcess((*invalid.diagnostics, *process.strays)) from None
            # The other years are functions, not values: each costs a compilation, which most checks do without.
            self._subjects[budget_year] = Subject(
                Plan(known, timeline),
                lambda: self._earlier(budget_year),
                lambda: self._compilable(other for other in self._planned if other != budget_year),
                lambda: self.as_defined(budget_year),
                self._installed_holidays,
                lambda: self._decided(str(process.id), budget_year),
            )
        subject = self._subjects[budget_year]
        # What the year lacks is found whether checks are asked for or not.
        lacking = [error.finding for error in subject.timeline.errors]
        found = examine(subject) if checks else ()  # check
        findings = self.with_proven_fixes(budget_year, (*lacking, *found))
        return replace(subject.plan, findings=tuple(sorted(findings, key=by_place)))

    def _decided(self, process: str, budget_year: int) -> TimelineFile | None:
        """The plan as it was decided. Raises InvalidProcess, OSError."""
        if not (self._path.project / "tidplaner" / str(budget_year)).exists():
            return None
        from arshjul.record.timeline_file import decided_plan  # most plans have none

        return decided_plan(self._path.project, process, budget_year)

    def with_proven_fixes(self, budget_year: int, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Errors of a year, with only those fixes that are right in it."""
        return proven(self._path, self._revised, budget_year, findings)

    def process(self, budget_year: int) -> Process:
        """As written, with the deviations of the year. Raises InvalidProcess, OSError."""
        return self._validated(self._trees.of_year(budget_year))

    def as_defined(self, budget_year: int) -> Timeline | None:
        """The year without its deviations: what the definition alone gives. None where that cannot be dated."""
        with suppress(InvalidProcess):
            trees = self._trees.of_year(budget_year)
            return resolve_in(setting(self._validated(replace(trees, deviations=None)), budget_year))
        return None

    def _written_in(self, budget_year: int) -> Process:
        """As written, and with the errors of its dates where it cannot be validated. Raises InvalidProcess, OSError."""
        if self._without_deviations is not None and budget_year not in self._deviating_years:
            return self._without_deviations
        try:
            trees = self._trees.of_year(budget_year)
        except InvalidProcess as invalid:
            raise InvalidProcess((*invalid.diagnostics, *self._behind_a_slip(invalid, budget_year))) from None
        process = self._validated_in(trees, budget_year)
        if not self._deviating_years:
            self._trees.forget()  # the same process holds for every year, and a large one's trees are a third of it
        return process

    def _behind_a_slip(self, unread: InvalidProcess, budget_year: int) -> Iterator[Diagnostic]:
        """The errors that a slip of YAML in the process file hides: those of the file with its line put right, or left
        out where it is a whole row and cannot be; what might miss that row is then not told.

        Only the first slip, once. What lies on its own line may be its doing, and no place after it holds for a fix.
        """
        path = self._path.display_path
        slip = next((e for e in unread.diagnostics if e.code is Code.SYNTAX and e.span and e.span.file == path), None)
        if slip is None or slip.span is None or path in self._revised:
            return
        lines = slip.span.source.text.split("\n")
        row = lines[slip.span.line - 1].strip()
        if slip.fix is None and not (row.startswith("- {") and row.endswith("}")):
            return
        lines[slip.span.line - 1] = ""
        text = "\n".join(lines) if slip.fix is None else revised(slip.fix.span.source, [slip.fix]).after.text
        try:
            right = Sweep(self._path, {**self._revised, path: text.encode()})
            hidden = right.compiled(budget_year, checks=False).findings
        except InvalidProcess as invalid:
            hidden = invalid.diagnostics
        for found in hidden:
            if slip.fix is None and found.code in _OF_WHAT_IS_NOT_THERE:
                continue
            if found.span is None or found.span.file != path:
                yield found
            elif found.span.line != slip.span.line:
                yield replace(found, fix=None)

    @cached_property
    def _deviating_years(self) -> Collection[int]:
        return frozenset(deviation_years(self._path))

    def _validated(self, trees: Trees) -> Process:
        if trees.deviations is not None or trees.unread or trees.strays != self._trees.strays:
            return validate(trees.main, trees.parts, trees.deviations, trees.unread, trees.strays)
        if self._without_deviations is None:
            self._without_deviations = validate(trees.main, trees.parts, None, lying=trees.strays)
        return self._without_deviations

    def _validated_in(self, trees: Trees, budget_year: int) -> Process:
        """Raises InvalidProcess with what is wrong as written, and with the dates of all that can still be dated."""
        try:
            return self._validated(trees)
        except InvalidDefinition as invalid:
            remaining = invalid.remaining()
            if remaining is None:
                raise
            found = _errors_of_dates(remaining.process, budget_year)
            told = (error for error in found if not remaining.doubts(error))
            raise InvalidProcess([*invalid.diagnostics, *told]) from None

    def _earlier(self, year: int) -> Iterator[Timeline]:
        """The earlier years with deviations, the nearest first."""
        before = sorted((other for other in self._deviating_years if other < year), reverse=True)
        return (subject.timeline for subject in self._compilable(before))

    @cached_property
    def _planned(self) -> tuple[int, ...]:
        return years(self._path, self._revised)

    def _compilable(self, budget_years: Iterable[int]) -> Iterator[Subject]:
        """Those years, without the ones that cannot be compiled: their errors are reported with the year itself."""
        for year in budget_years:
            with suppress(InvalidProcess):
                self.compiled(year, checks=False)
                yield self._subjects[year]


class AdoptedMeetings(Struct, frozen=True):
    """The meetings that a process has plans for in a calendar year, body → by day, and who adopted the plan."""

    organisation: str
    decision: str
    bodies: Mapping[str, Body]
    meetings: Mapping[str, tuple[PlannedMeeting, ...]]


def adopted_meetings(path: ProcessPath, year: int) -> AdoptedMeetings:
    """The adopted plan of a calendar year, cancelled meetings included; no draft. Raises InvalidProcess, OSError."""
    budget_year = min(year + 1, LAST_YEAR)
    process = Sweep(path).process(budget_year)
    plans = read_plans(process, budget_year)
    of_year = {each.body: meetings for each, meetings in plans.meetings.items() if each.year == year}
    broken = [found for each, wrong in plans.broken.items() if each.year == year for found in wrong]
    if broken:
        raise InvalidProcess(broken)
    bodies = {str(b.id): Body(str(b.id), str(b.name), None, b.meeting_length) for b in process.bodies.values()}
    decision = process.plans[year].decision if year in process.plans else None
    return AdoptedMeetings(str(process.organisation or process.id), str(decision or ""), bodies, of_year)


_OF_WHAT_IS_NOT_THERE = frozenset({
    Code.SYNTAX, Code.UNKNOWN_NAME, Code.UNKNOWN_TARGET, Code.MISSING_KEY, Code.INCLUDE, Code.UNREAD_FILE,
    Code.MISSING_MEETING_PLAN, Code.UNKNOWN_KEY, Code.WRONG_TYPE,
})  # fmt: skip


def _errors_of_dates(process: Process, budget_year: int) -> Sequence[Diagnostic]:
    try:
        return [error.finding for error in resolve_in(setting(process, budget_year)).errors]
    except InvalidProcess as invalid:
        return invalid.diagnostics


def years(path: ProcessPath, revised: Mapping[str, bytes] = MappingProxyType({})) -> tuple[int, ...]:
    """The budget years somebody has planned: a deviations file, or a meeting plan for B-1.

    Raises InvalidProcess where there are none but for files that nothing reads, and as `planned_years`.
    """
    planned = tuple(year for year in planned_years(path, revised) if FIRST_YEAR <= year <= LAST_YEAR)
    strays = () if planned else TreesByYear(path, revised).strays
    if severe := [found for found in strays if found.severity is Severity.ERROR]:
        raise InvalidProcess(severe)
    return planned


def calendar(path: ProcessPath | None, year: int) -> tuple[Workdays, tuple[Diagnostic, ...]]:
    """The working days of a calendar year as a process counts them; without a process, as the law does.

    With them the errors of the closures that are left out. Raises InvalidProcess, OSError.
    """
    if path is None:
        return Workdays(), ()
    budget_year = min(year + 1, LAST_YEAR)
    known = setting(Sweep(path).process(budget_year), budget_year)
    if as_written(known.problems):
        raise InvalidProcess(known.problems)
    return known.workdays, known.problems
