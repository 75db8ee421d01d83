"""The pipeline in one place: one process for one year, or for several.

Path ─read→ Document ─validate→ Process ─resolve(year, meetings)→ Timeline ─check→ Diagnostics
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from msgspec.structs import replace

from arshjul.checks import Subject, examine
from arshjul.definition import Process, validate
from arshjul.definition.find import ProcessPath, UnknownProcess, deviation_years, find_processes, select
from arshjul.definition.load import Trees, TreesByYear
from arshjul.definition.read import planned_years
from arshjul.definition.tree import with_texts
from arshjul.diagnostics import Diagnostic, Edit, InvalidProcess, Span
from arshjul.plan import Plan
from arshjul.resolve import resolve_in, setting
from arshjul.source import Fields, Text
from arshjul.timeline import Timeline
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, Workdays

__all__ = [
    "Plan",
    "ProcessPath",
    "Sweep",
    "UnknownProcess",
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

    Each year is resolved once; checks compare it with others.
    """

    def __init__(self, path: ProcessPath) -> None:
        self._path = path
        self._trees = TreesByYear(path)
        self._without_deviations: Process | None = None
        self._subjects: dict[int, Subject] = {}

    def compiled(self, budget_year: int, *, checks: bool = True) -> Plan:
        """The five stages, each on its line. Raises as `compile_process`."""
        if budget_year not in self._subjects:
            trees = self._trees.of_year(budget_year)  # read
            process = self._validated(trees)  # validate
            known = setting(process, budget_year)  # the days that count, the meetings
            timeline = resolve_in(known)  # resolve
            # The other years are functions, not values: each costs a compilation, which most checks do without.
            self._subjects[budget_year] = Subject(
                Plan(known, timeline),
                lambda: self._earlier(budget_year),
                lambda: self._compilable(other for other in self._planned if other != budget_year),
            )
        subject = self._subjects[budget_year]
        return replace(subject.plan, findings=examine(subject)) if checks else subject.plan  # check

    def with_proven_fixes(self, budget_year: int, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings of a year, each `fix` among them tried.

        All are put in at once, with what has an error and no fix left undecided, and the year is compiled anew. A fix
        that still leaves an error at its place (no such meeting, another weekday, a year that does not fit) is taken
        away, and the hint says what would be wrong with it.
        """
        if not any(finding.fix for finding in findings):
            return tuple(findings)
        try:
            trees = self._trees.of_year(budget_year)
        except InvalidProcess:
            return tuple(replace(finding, fix=None) for finding in findings)
        refuted = _refuted(trees, budget_year, findings)
        return tuple(
            replace(finding, fix=None, hint=f"”{finding.fix.text}” förstås, men då: {refuted[finding.fix]}")
            if finding.fix in refuted
            else finding
            for finding in findings
        )

    def process(self, budget_year: int) -> Process:
        """As written, with the deviations of the year. Raises InvalidProcess, OSError."""
        return self._validated(self._trees.of_year(budget_year))

    def _validated(self, trees: Trees) -> Process:
        if trees.deviations is not None or trees.unread:
            return validate(trees.main, trees.parts, trees.deviations, trees.unread)
        if self._without_deviations is None:
            self._without_deviations = validate(trees.main, trees.parts, None)
        return self._without_deviations

    def _earlier(self, year: int) -> Iterator[Timeline]:
        """The earlier years with deviations, the nearest first."""
        before = sorted((other for other in deviation_years(self._path) if other < year), reverse=True)
        return (subject.timeline for subject in self._compilable(before))

    @cached_property
    def _planned(self) -> tuple[int, ...]:
        return years(self._path)

    def _compilable(self, budget_years: Iterable[int]) -> Iterator[Subject]:
        """Those years, without the ones that cannot be compiled: their errors are reported with the year itself."""
        for year in budget_years:
            with suppress(InvalidProcess):
                self.compiled(year, checks=False)
                yield self._subjects[year]


_ROUNDS = 4  # errors of reading, of names, of dates: each stage shows its own once those before it are gone


def _refuted(trees: Trees, budget_year: int, findings: Iterable[Diagnostic]) -> dict[Edit, str]:
    """The fixes after which there still is an error at their place, and what it says."""
    fixes = {finding.fix.span: finding.fix for finding in findings if finding.fix}
    in_error = [finding.span for finding in findings if finding.span and not finding.fix]
    refuted: dict[Edit, str] = {}
    for _ in range(_ROUNDS):
        standing = {span: fix for span, fix in fixes.items() if fix not in refuted}
        errors = _errors_with(trees, budget_year, standing, in_error)
        if not errors:
            return refuted
        for found in errors:
            if found.span is None:
                continue
            tried = next((fix for span, fix in standing.items() if _touch(span, found.span)), None)
            if tried is not None:
                refuted[tried] = found.message
            in_error.append(found.span)
    return {fix: refuted.get(fix, "det finns andra fel som måste rättas först") for fix in fixes.values()}


def _errors_with(
    trees: Trees, budget_year: int, fixes: Mapping[Span, Edit], in_error: Sequence[Span]
) -> tuple[Diagnostic, ...]:
    """The errors of the year with these texts exchanged; what is in error and has no fix is left undecided."""
    by_line: dict[tuple[str, int], list[tuple[Span, str]]] = {}
    for span, new in [*((span, fix.text) for span, fix in fixes.items()), *((span, _UNDECIDED) for span in in_error)]:
        by_line.setdefault((span.file, span.line), []).append((span, new))

    def rewrite(text: Text) -> Text:
        span = text.span
        near = by_line.get((span.file, span.line), ()) if span else ()
        return next((Text(new, span) for other, new in near if span and _touch(span, other)), text)

    def rewritten(tree: Fields) -> Fields:
        new = with_texts(tree, rewrite)
        return new if isinstance(new, Fields) else tree

    try:
        deviations = rewritten(trees.deviations) if trees.deviations is not None else None
        process = validate(rewritten(trees.main), [rewritten(part) for part in trees.parts], deviations, trees.unread)
        resolve_in(setting(process, budget_year))
    except InvalidProcess as invalid:
        return invalid.diagnostics
    return ()


_UNDECIDED = "ej fastställt"


def _touch(one: Span, other: Span) -> bool:
    """Whether two places of one line have something in common."""
    return (
        one.file == other.file
        and one.line == other.line
        and one.column <= other.end_column
        and other.column <= one.end_column
    )


def years(path: ProcessPath) -> tuple[int, ...]:
    """The budget years somebody has planned: a deviations file, or a meeting plan for B-1."""
    return tuple(year for year in planned_years(path) if FIRST_YEAR <= year <= LAST_YEAR)


def calendar(path: ProcessPath | None, year: int) -> Workdays:
    """The working days of a calendar year as a process counts them; without a process, as the law does.

    Raises InvalidProcess, OSError.
    """
    if path is None:
        return Workdays()
    budget_year = min(year + 1, LAST_YEAR)
    return setting(Sweep(path).process(budget_year), budget_year).workdays
