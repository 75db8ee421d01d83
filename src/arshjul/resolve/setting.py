"""Process + budget year → Setting, in three steps: the closures, the meetings that count them, the time it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.evaluate import evaluate_span
from arshjul.dates.literal import Frame
from arshjul.dates.syntax import ExpressionError
from arshjul.definition import DayPolicy, Expression, Phase, Process
from arshjul.diagnostics import InvalidProcess, error
from arshjul.resolve.closures import Closure, closure_of
from arshjul.resolve.meetings import read_plans
from arshjul.resolve.scope import Setting, StaticScope, at_place
from arshjul.workdays import FIRST_YEAR, Workdays, never_closed

DEFAULT_RUNS = s.DateSpan(
    s.Rolled(s.DayMonth(1, 9, s.BudgetYear(-2))), s.Rolled(s.DayMonth(31, 12, s.BudgetYear(-1)))
)  # spec 2: löper defaults to 1 sept B-2 till 31 dec B-1


def setting(process: Process, budget_year: int) -> Setting:
    """What is known of a process in a year before any activity has a date.

    What is wrong in it is kept: with the plans, the frame and the closures that are left out.
    """
    first = Setting(process, Frame(budget_year), read_plans(process, budget_year), never_closed())
    closures = [closure_of(first, entry.when) for entry in process.calendar.closed]
    # A step begins without what the one before remembered: a draft that was read for a closure is read anew.
    workdays = _employers_workdays(first, closures)
    known = replace(first, workdays=workdays, closures_known=True, drafts={}, asked=set(), periods={})
    frame = _running(known, process.runs, "processens tid")
    first_year, last_year = (day.year if day else budget_year - 1 for day in (frame.start, frame.end))
    planned = range(first_year, last_year + 1)
    problems = [problem for found in closures for problem in found.problems(planned)]
    return replace(known, frame=frame, problems=(*dict.fromkeys((*problems, *first.draft_problems())),))


def phase_frame(setting: Setting, phase: Phase) -> Frame:
    """Where bare dates of the phase find their year: its own `löper`, else the process's, never both."""
    return _running(setting, phase.runs, f"fasen {phase.id}") if phase.runs else setting.frame


def _running(known: Setting, runs: Expression[s.DateSpan] | None, where: str) -> Frame:
    """The frame of `löper`, by default the process's; broken where it cannot be computed."""
    scope = StaticScope(known, known.frame, runs)
    year = known.frame.budget_year
    try:
        extent = at_place(runs, lambda: evaluate_span(runs.tree, scope)) if runs else evaluate_span(DEFAULT_RUNS, scope)
    except InvalidProcess as invalid:
        return Frame(year, where=where, broken=invalid.diagnostics)
    except ExpressionError as before_the_calendar:  # `at_place` lets none through, so it is the default
        message = f"Processen för budget {year} börjar 1 september {year - 2}"
        hint = f"kalendern börjar {FIRST_YEAR}: skriv ”löper”, eller välj ett senare budgetår"
        refused = replace(error(before_the_calendar.code, message, known.process.span, hint), of_the_year=True)
        return Frame(year, where=where, broken=(refused,))
    return Frame(year, extent.start, extent.end, where, extent.preliminary)


def _employers_workdays(first: Setting, closures: Sequence[Closure]) -> Workdays:
    calendar = first.process.calendar
    closed: dict[date, str] = {}
    for found, entry in zip(closures, calendar.closed, strict=True):
        for extent in found.stretches:
            days = range(extent.start.toordinal(), extent.end.toordinal() + 1)
            closed.update((date.fromordinal(day), str(entry.name)) for day in days)
    given_away = (calendar.half_days is DayPolicy.FREE, calendar.bridge_days is DayPolicy.FREE)
    return Workdays(closed, *given_away) if closed else never_closed(*given_away)
