"""Rules over a plan: what is doubtful though it can be built. A check is a function from a plan to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType

from arshjul.checks import completeness, days, definition, excuses, law, meetings, order, standing, stop_dates
from arshjul.checks.plan import Plan
from arshjul.checks.registry import Check, Finding, check
from arshjul.codes import Code
from arshjul.definition import Level, Process, Profile
from arshjul.diagnostics import Diagnostic, Related, Severity, Span, by_place

__all__ = ["CHECKS", "Check", "Plan", "examine"]


@check(Code.UNUSED_EXCUSE, Severity.WARNING)
def unused_excuse(_: Plan) -> Iterable[Finding]:
    """En tillåtelse (”# arshjul: tillåt KOD – skäl”) tillåter ingenting.

    Felet är rättat, eller raden har flyttats. Då kan nästa fel på samma rad gå förbi osett. En tillåtelse som behövs
    något annat planerat år räknas som använd.

    Ta bort kommentaren, eller flytta den till raden den gäller eller raden ovanför.
    """
    return ()


def _of(*modules: ModuleType) -> Mapping[str, Check]:
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Check))
    return {check.code: check for check in found}


CHECKS: Mapping[str, Check] = {
    **_of(stop_dates, law, order, days, meetings, standing, definition, completeness),
    unused_excuse.code: unused_excuse,
}


def examine(plan: Plan) -> tuple[Diagnostic, ...]:
    """Every finding of the plan by place, after `kontroller`, the profile and the excuses have had their say."""
    allowed = excuses.excuses(plan.process.sources)
    found = _found(plan)
    kept = [*excuses.without_excused(found, allowed), *excuses.unreasoned(allowed), *_idle(plan, found, allowed)]
    return tuple(sorted(dict.fromkeys(kept), key=by_place))


def _found(plan: Plan) -> list[Diagnostic]:
    checks = [check for check in CHECKS.values() if _asked(check, plan.process)]
    raw = (finding for check in checks for finding in check.findings(plan))
    return _rounds_joined(_leveled(finding, plan.process) for finding in raw)


def _asked(check: Check, process: Process) -> bool:
    level = process.checks.levels.get(check.code)
    if level is not None:
        return level is not Level.OFF
    return not check.strict or process.checks.profile is Profile.STRICT


def _leveled(finding: Diagnostic, process: Process) -> Diagnostic:
    level = process.checks.levels.get(finding.code)
    return replace(finding, severity=Severity(level.value)) if level else finding


def _rounds_joined(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One finding for the rounds of one activity: there is one expression to mend.

    Two laws that one day breaks are two causes; what they are related to tells them apart.
    """
    places: dict[tuple[str, Span | None, tuple[Related, ...]], list[Diagnostic]] = {}
    for finding in findings:
        places.setdefault((finding.code, finding.span, finding.related), []).append(finding)
    return [_joined(list(dict.fromkeys(found))) for found in places.values()]


def _joined(found: list[Diagnostic]) -> Diagnostic:
    first, more = found[0], len(found) - 1
    return replace(first, message=f"{first.message} (och {more} till)") if more else first


def _idle(plan: Plan, found: list[Diagnostic], allowed: tuple[excuses.Excuse, ...]) -> Iterator[Diagnostic]:
    """Excuses that excuse nothing, in any planned year: one in the definition serves them all."""
    if not _asked(unused_excuse, plan.process):
        return
    left = excuses.unused(found, allowed)
    for other in plan.others() if left else ():
        left = excuses.unused(_found(other), left)
    level = plan.process.checks.levels.get(unused_excuse.code)
    severity = Severity(level.value) if level else unused_excuse.severity
    yield from (excuses.idle(excuse, severity) for excuse in left)
