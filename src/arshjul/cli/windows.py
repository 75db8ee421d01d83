"""`show --windows`: how much time the windows of a process give, this year and another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from arshjul.cli.arguments import one_year
from arshjul.cli.exits import UsageError
from arshjul.cli.filters import RowFilter

if TYPE_CHECKING:
    from arshjul.compiler import Plan, ProcessPath
    from arshjul.diagnostics import Diagnostic
    from arshjul.views.windows.model import WindowsPage

EXAMPLE = "arshjul show 2026 --windows --against 2025"


class WindowsRequest(Struct, frozen=True):
    """`year` and, where it is to be compared, the other budget year."""

    year: int
    against: int | None = None


def windows_request(
    windows: bool, against: str | None, year: int, rows: RowFilter, by: str | None
) -> WindowsRequest | None:
    """What `--windows` and `--against` ask for, None if nothing. With a flag that chooses rows, a `UsageError`."""
    if not windows and against is None:
        return None
    if not windows:
        raise UsageError("--against jämför tidsfönster", f"skriv {EXAMPLE}")
    if by is not None or rows != RowFilter():
        raise UsageError(
            "--windows visar tidsfönster, inga aktiviteter att välja bland", f"skriv till exempel {EXAMPLE}"
        )
    return WindowsRequest(year, None if against is None else one_year([against], EXAMPLE)[0])


def compile_windows(file: ProcessPath, request: WindowsRequest) -> tuple[WindowsPage, Plan, Sequence[Diagnostic]]:
    """The windows of a process, the plan they are taken from, and what the year that it is compared with lacks.

    Raises InvalidProcess, OSError.
    """
    from arshjul import compiler
    from arshjul.views.windows.model import Comparison, WindowsPage, windows_of
    from arshjul.wording.heading import standing

    sweep = compiler.Sweep(file)
    plan = sweep.compiled(request.year)
    others = [sweep.compiled(request.against, checks=False)] if request.against else []
    comparison = Comparison(*(windows_of(each.process, each.timeline) for each in (plan, *others)))
    timeline = plan.timeline
    page = WindowsPage(timeline.process, timeline.title, standing(timeline, plan.findings), comparison)
    return page, plan, [finding for other in others for finding in other.findings]
