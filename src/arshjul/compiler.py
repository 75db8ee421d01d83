"""The pipeline in one place: compile one process for one year.

Path ─read→ Document ─validate→ Process ─resolve(year, meetings)→ Timeline ─check→ Diagnostics
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial

from arshjul.checks import Plan, examine
from arshjul.definition import Process, validate
from arshjul.definition.find import ProcessPath, UnknownProcess, deviation_years, find_processes, select
from arshjul.definition.load import TreesByYear
from arshjul.definition.read import planned_years
from arshjul.diagnostics import Diagnostic, InvalidProcess
from arshjul.resolve import resolve_in, setting
from arshjul.timeline import Timeline
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, Workdays

__all__ = [
    "Compiled",
    "ProcessPath",
    "Sweep",
    "UnknownProcess",
    "calendar",
    "compile_process",
    "find_processes",
    "select",
    "years",
]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a process is in one budget year: as written, as dated, the days it counts, what is to be said about it."""

    process: Process
    timeline: Timeline
    workdays: Workdays
    findings: tuple[Diagnostic, ...] = ()


def compile_process(file: ProcessPath, budget_year: int, *, checks: bool = True) -> Compiled:
    """Read, validate, resolve, check.

    Raises:
        InvalidProcess: with every error of the stage that could not deliver.
        OSError: a file cannot be read.
    """
    return Sweep(file).compiled(budget_year, checks=checks)


class Sweep:
    """One process over several budget years: what no deviations change is read and validated once for all of them.

    Each year is resolved once; checks compare it with others.
    """

    def __init__(self, file: ProcessPath) -> None:
        self._file = file
        self._trees = TreesByYear(file)
        self._undeviating: Process | None = None
        self._plans: dict[int, Plan] = {}

    def process(self, budget_year: int) -> Process:
        """As written, with the deviations of the year. Raises InvalidProcess, OSError."""
        trees = self._trees.of_year(budget_year)
        if trees.deviations is not None or trees.unread:
            return validate(trees.main, trees.parts, trees.deviations, trees.unread)
        if self._undeviating is None:
            self._undeviating = validate(trees.main, trees.parts, None)
        return self._undeviating

    def compiled(self, budget_year: int, *, checks: bool = True) -> Compiled:
        """As `compile_process`."""
        plan = self._plan(budget_year)
        return Compiled(plan.process, plan.timeline, plan.workdays, examine(plan) if checks else ())

    def _plan(self, year: int) -> Plan:
        if year not in self._plans:
            known = setting(self.process(year), year)
            earlier, others = partial(self._earlier, year), partial(self._others, year)
            self._plans[year] = Plan(known, resolve_in(known), earlier, others)
        return self._plans[year]

    def _earlier(self, year: int) -> Iterator[Timeline]:
        """The earlier years with deviations, the nearest first."""
        before = sorted((other for other in deviation_years(self._file) if other < year), reverse=True)
        return (plan.timeline for plan in self._sound(before))

    def _others(self, year: int) -> Iterator[Plan]:
        return self._sound(other for other in self._planned if other != year)

    @cached_property
    def _planned(self) -> tuple[int, ...]:
        return years(self._file)

    def _sound(self, budget_years: Iterable[int]) -> Iterator[Plan]:
        """The plans of those years; one that cannot be compiled is told of when it is asked for itself."""
        for year in budget_years:
            with suppress(InvalidProcess):
                yield self._plan(year)


def years(file: ProcessPath) -> tuple[int, ...]:
    """The budget years somebody has planned: a deviations file, or a meeting plan for B-1."""
    return tuple(year for year in planned_years(file) if FIRST_YEAR <= year <= LAST_YEAR)


def calendar(file: ProcessPath | None, year: int) -> Workdays:
    """The working days of a calendar year as a process counts them; without a process, as the law does.

    Raises InvalidProcess, OSError.
    """
    if file is None:
        return Workdays()
    budget_year = min(year + 1, LAST_YEAR)
    return setting(Sweep(file).process(budget_year), budget_year).workdays
