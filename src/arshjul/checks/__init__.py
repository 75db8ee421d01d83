"""Rules over a plan: what is doubtful though it can be built. A check is a function from a plan to its findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from arshjul.checks import bounds, completeness, days, decision, definition, law, meetings, order, standing, stop_dates
from arshjul.checks.registry import Check
from arshjul.checks.subject import Subject
from arshjul.checks.suppressions import suppressions, uncovered, unused, unused_excuse, without_reason
from arshjul.codes import Code
from arshjul.definition import Level, Process, Profile
from arshjul.diagnostics import Diagnostic, Related, Severity, Span, by_place

__all__ = ["CHECKS", "Check", "Subject", "examine"]

PLAN_CHECKS: tuple[Check[Subject], ...] = tuple(
    value
    for module in (stop_dates, law, order, bounds, days, meetings, decision, standing, definition, completeness)
    for value in vars(module).values()
    if isinstance(value, Check)
)
_ALL: tuple[Check[Any], ...] = (*PLAN_CHECKS, unused_excuse)
CHECKS: Mapping[Code, Check[Any]] = {check.code: check for check in _ALL}


def examine(plan: Subject) -> tuple[Diagnostic, ...]:
    """Every finding of the plan by place, after levels, profile and suppressions are applied."""
    allowed = suppressions(plan.process.sources)
    found = _findings(plan)
    kept = uncovered(found, allowed)
    kept += without_reason(allowed)
    if _enabled(unused_excuse, plan.process):
        # One in the definition serves all planned years. Each other year costs a compilation, so they are asked for
        # only while there is something to look for.
        left = unused(found, allowed)
        for other in plan.others() if left else ():
            left = unused(_findings(other), left)
        kept += (_with_configured_severity(finding, plan.process) for finding in unused_excuse.findings(left))
    return tuple(sorted(dict.fromkeys(kept), key=by_place))


def _findings(plan: Subject) -> list[Diagnostic]:
    # The rounds of one activity share one expression to fix: one finding, with their number. Two laws that one day
    # breaks are two causes; what they are related to tells them apart.
    groups: dict[tuple[Code, Span | None, tuple[Related, ...]], dict[Diagnostic, None]] = {}
    for check in PLAN_CHECKS:
        for raw in check.findings(plan) if _enabled(check, plan.process) else ():
            finding = _with_configured_severity(raw, plan.process)
            groups.setdefault((finding.code, finding.span, finding.related), {})[finding] = None
    return [
        replace(first, message=f"{first.message} (och {len(more)} till)") if more else first
        for first, *more in groups.values()
    ]


def _enabled(check: Check[Any], process: Process) -> bool:
    level = process.checks.levels.get(check.code)
    if level is not None:
        return level is not Level.OFF
    return not check.strict or process.checks.profile is Profile.STRICT


def _with_configured_severity(finding: Diagnostic, process: Process) -> Diagnostic:
    level = process.checks.levels.get(finding.code)
    return replace(finding, severity=Severity(level.value)) if level else finding
