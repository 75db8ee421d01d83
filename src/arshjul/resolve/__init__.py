"""Process + budget year → Timeline: the only place where dates are computed.

calendar → meetings → setting (frozen) → rows → names → graph → assemble
"""

from __future__ import annotations

from msgspec.structs import replace

from arshjul.definition import Process
from arshjul.resolve.assemble import assemble
from arshjul.resolve.graph import settle
from arshjul.resolve.judge import judge
from arshjul.resolve.keys import Results
from arshjul.resolve.names import Names
from arshjul.resolve.rows import unfold
from arshjul.resolve.scope import Setting
from arshjul.resolve.setting import setting
from arshjul.resolve.tasks import tasks
from arshjul.timeline import Timeline

__all__ = ["Setting", "resolve", "resolve_in", "setting"]


def resolve(process: Process, budget_year: int) -> Timeline:
    """Every date of the process for one budget year (2005–2100), with the steps that gave it.

    Raises InvalidProcess with all reasons: each failing activity once, with a list of what depends on it.
    """
    return resolve_in(setting(process, budget_year))


def resolve_in(setting: Setting) -> Timeline:
    """As `resolve`, of a process and a year whose calendar and meetings are known already."""
    unfolded = unfold(setting)
    names = Names(setting, unfolded)
    results = Results(settle(tasks(setting, unfolded, names)))
    timeline = assemble(setting, unfolded.phases, unfolded.rows, results)
    judgements, missing_milestones = judge(setting, names, results, timeline.activities)
    return replace(timeline, judgements=judgements, missing_milestones=missing_milestones)
