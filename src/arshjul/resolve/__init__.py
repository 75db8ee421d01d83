"""Process + budget year → Timeline: the only place where dates are computed.

calendar → meetings → setting (frozen) → rows → names → graph → assemble
"""

from __future__ import annotations

from msgspec.structs import replace

from arshjul.definition import Process
from arshjul.diagnostics import InvalidProcess, as_written
from arshjul.resolve.assemble import assemble
from arshjul.resolve.errors import year_errors
from arshjul.resolve.graph import settle
from arshjul.resolve.judge import judge
from arshjul.resolve.keys import Results, is_undated
from arshjul.resolve.names import Names
from arshjul.resolve.rows import unfold
from arshjul.resolve.scope import Setting
from arshjul.resolve.setting import setting
from arshjul.resolve.single_rounds import with_single_rounds
from arshjul.resolve.tasks import tasks
from arshjul.timeline import Timeline

__all__ = ["Setting", "resolve", "resolve_in", "setting"]


def resolve(process: Process, budget_year: int) -> Timeline:
    """Every date of the process for one budget year (2005–2100), with the steps that gave it.

    What the year lacks leaves rows undated and is among the `errors` of the timeline: each error once, with a list of
    what depends on it. Raises InvalidProcess where something is wrong as written, with the errors of the year too.
    """
    return resolve_in(setting(process, budget_year))


def resolve_in(setting: Setting) -> Timeline:
    """As `resolve`, of a process and a year whose calendar and meetings are known already."""
    unfolded = with_single_rounds(unfold(setting), setting)
    names = Names(setting, unfolded)
    to_compute = tasks(setting, unfolded, names)
    settled = settle(to_compute, is_undated)
    if not settled.failures:
        to_compute = {}  # only a failure asks for its task: a large plan needs the room
    results = Results(settled.results)
    timeline = assemble(setting, unfolded.phases, unfolded.rows, results)
    verdicts = judge(setting, names, results, timeline.activities)
    others = (*setting.problems, *unfolded.problems, *setting.draft_problems(), *verdicts.problems)
    errors = year_errors(to_compute, settled, others)
    findings = [error.finding for error in errors]
    if as_written(findings):
        raise InvalidProcess(findings)
    return replace(
        timeline,
        judgements=verdicts.judgements,
        not_judged=verdicts.not_judged,
        missing_milestones=verdicts.missing_milestones,
        errors=errors,
    )
