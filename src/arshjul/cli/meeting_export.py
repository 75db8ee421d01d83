"""The adopted plans of the chosen processes, as one list of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arshjul.cli.exits import UsageError

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.timeline import Body, PlannedMeeting
    from arshjul.views.meetings.model import MeetingsOfYear


def meetings_of_year(files: Sequence[ProcessPath], year: int) -> MeetingsOfYear:
    """The meetings of a calendar year in the plans of all the processes, each body once.

    Raises:
        UsageError: no plan for the year, or processes of several organisations.
        InvalidProcess: a process or its plan for the year cannot be understood.
        OSError: a file cannot be read.
    """
    from arshjul import compiler
    from arshjul.views.meetings.model import MeetingsOfYear, listed_meetings

    planned: dict[str, list[PlannedMeeting]] = {}
    bodies: dict[str, Body] = {}
    organisations, decisions = dict[str, None](), dict[str, None]()
    for file in files:
        plans = compiler.adopted_meetings(file, year)
        organisations[plans.organisation] = None
        decisions |= dict.fromkeys([plans.decision] if plans.decision else [])
        bodies |= plans.bodies
        for body, meetings in plans.meetings.items():
            planned.setdefault(body, []).extend(meetings)
    if len(organisations) > 1:
        raise UsageError(f"Processerna är av flera organisationer: {', '.join(organisations)}", "välj en process")
    if not planned:
        raise UsageError(f"Det finns ingen sammanträdesplan för {year}", "året är planens kalenderår")
    decision = " och ".join(decisions)
    return MeetingsOfYear(next(iter(organisations)), year, decision, listed_meetings(planned, bodies, year))
