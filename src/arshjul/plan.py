"""A process in one budget year: what the compiler makes, the checks examine and the views show."""

from __future__ import annotations

from msgspec import Struct

from arshjul.definition import Process
from arshjul.diagnostics import Diagnostic
from arshjul.resolve import Setting
from arshjul.timeline import Timeline
from arshjul.workdays import Workdays


class Plan(Struct, frozen=True):
    """The process as written and the days it counts (`setting`), as dated, and what was found in it.

    `findings` are empty before the checks have run, and where none were asked for.
    """

    setting: Setting
    timeline: Timeline
    findings: tuple[Diagnostic, ...] = ()

    @property
    def process(self) -> Process:
        """The definition as written."""
        return self.setting.process

    @property
    def workdays(self) -> Workdays:
        """The employer's working days."""
        return self.setting.workdays
