"""The pipeline in one place: compile one process for one year.

Path ─read→ Document ─validate→ Process ─resolve(year, meetings)→ Timeline ─check→ Diagnostics
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arshjul.diagnostics import Diagnostic
from arshjul.process import Process, validate
from arshjul.project import ProcessFile, UnknownProcess, find_processes, planned_years, read_definition, select
from arshjul.resolve import Setting, resolve
from arshjul.shipped import shipped
from arshjul.source import read_file
from arshjul.timeline import Timeline
from arshjul.workdays import FIRST_YEAR, LAST_YEAR, Workdays

__all__ = [
    "Compiled",
    "ProcessFile",
    "UnknownProcess",
    "calendar",
    "compile_process",
    "find_processes",
    "select",
    "templates",
    "years",
]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a process is in one budget year: as written, as dated, and what is to be said about it."""

    process: Process
    timeline: Timeline
    findings: tuple[Diagnostic, ...] = ()


def compile_process(file: ProcessFile, budget_year: int, *, checks: bool = True) -> Compiled:
    """Read, validate, resolve, check.

    Raises:
        InvalidProcess: with every error of the stage that could not deliver.
        OSError: a file cannot be read.
    """
    process = _process(file, budget_year)
    timeline = resolve(process, budget_year)
    return Compiled(process, timeline, ())


def _process(file: ProcessFile, budget_year: int) -> Process:
    definition = read_definition(file, budget_year)
    return validate(definition.main, definition.parts, definition.deviations)


def years(file: ProcessFile) -> tuple[int, ...]:
    """The budget years somebody has planned: a deviations file, or a meeting plan for B-1."""
    return tuple(year for year in planned_years(file) if FIRST_YEAR <= year <= LAST_YEAR)


def calendar(file: ProcessFile | None, year: int) -> Workdays:
    """The working days of a calendar year as a process counts them; without a process, as the law does.

    Raises InvalidProcess, OSError.
    """
    if file is None:
        return Workdays()
    budget_year = min(year + 1, LAST_YEAR)
    return Setting(_process(file, budget_year), budget_year).workdays


def templates(project: Path) -> Mapping[str, str]:
    """Template name → text: the shipped ones, overridden by the project's own of the same name.

    Raises InvalidProcess for a link or a file that is too large, OSError for one that cannot be read.
    """
    texts = _templates_in(shipped("templates"))
    own = project / "templates"
    return texts | (_templates_in(own) if own.is_dir() and own != shipped("templates") else {})


def _templates_in(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.iterdir() if path.suffix == ".j2")
    return {path.name: read_file(path, folder, path.name).decode("utf-8") for path in files}
