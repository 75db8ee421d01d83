"""The plans of a project in one year, each compiled once: a workbook shows the other processes' matters too."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from arshjul.cli.processes import name
from arshjul.diagnostics import InvalidProcess

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.plan import Plan


class OtherPlans(Struct, frozen=True):
    """The other plans of an organisation, and the names of the processes that could not be compiled."""

    plans: tuple[Plan, ...] = ()
    missing: tuple[str, ...] = ()


class ProjectPlans:
    """The plans of one budget year, with their findings if `checks`."""

    def __init__(self, project: Path, year: int, *, checks: bool) -> None:
        self.project = project
        self._year, self._checks = year, checks
        self._plans: dict[ProcessPath, Plan | None] = {}

    def plan(self, file: ProcessPath) -> Plan:
        """The plan of a process. Raises InvalidProcess, OSError."""
        return self._plans.get(file) or self._compiled(file)

    def others(self, file: ProcessPath) -> OtherPlans:
        """What the processes of the same project and organisation have; none where the file is a shipped one."""
        from arshjul import compiler

        found = compiler.find_processes(self.project)
        if file not in found:
            return OtherPlans()
        others = {other: self._compilable(other) for other in found if other != file}
        home = self.plan(file).timeline.organisation
        return OtherPlans(
            tuple(plan for plan in others.values() if plan and plan.timeline.organisation == home),
            tuple(name(other) for other, plan in others.items() if plan is None),
        )

    def _compilable(self, file: ProcessPath) -> Plan | None:
        """None where it cannot be compiled: its errors are reported when that process is built itself."""
        if file not in self._plans:
            self._plans[file] = None
            with suppress(InvalidProcess, OSError):
                self._compiled(file)
        return self._plans[file]

    def _compiled(self, file: ProcessPath) -> Plan:
        from arshjul import compiler

        plan = self._plans[file] = compiler.compile_process(file, self._year, checks=self._checks)
        return plan
