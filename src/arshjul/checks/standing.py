"""How firm the plan is: what is short, preliminary or not yet dated."""

from __future__ import annotations

from collections.abc import Iterator

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.diagnostics import Severity
from arshjul.timeline import Status


@check(Code.SHORT_WINDOW, Severity.WARNING)
def short_window(plan: Subject) -> Iterator[Finding]:
    """Ett tidsfönster är kortare än sitt ”minst”.

    Den som ska arbeta i fönstret får inte den tid som är lovad. Arbetsdagar räknas utan helger och röda dagar.

    Flytta det som begränsar fönstret, eller ändra ”minst”.
    """
    written = {str(window.id): window for window in plan.process.windows}
    for window in plan.timeline.windows:
        minimum = written[window.id].minimum
        if minimum is not None and window.margin is not None and window.margin < 0:
            days = f"{format_day(window.start)} till {format_day(window.end)}"
            length = s.Duration((window.end - window.start).days + 1, s.Unit.DAY)
            if minimum.tree.unit is s.Unit.WORKING_DAY:
                length = s.Duration(window.working_days, s.Unit.WORKING_DAY)
            message = f"”{window.title}” är {text(length)}, {days}; minst {text(minimum.tree)} krävs"
            yield Finding(message, minimum.text.span, "flytta det som begränsar fönstret")


@check(Code.PRELIMINARY, Severity.INFO)
def preliminary(plan: Subject) -> Iterator[Finding]:
    """Aktivitetens dag är preliminär.

    Den räknas från ett möte som ännu inte är beslutat, eller är själv skriven som preliminär, och kan ändras.

    Skriv in årets sammanträdesplan, eller ta bort ”preliminärt” när dagen är säker.
    """
    for row in plan.rows:
        if row.status is Status.PRELIMINARY and row.start is not None:
            yield Finding(f"{title_of(row)} {format_day(row.start)} är preliminär", plan.place(row))


@check(Code.UNDATED, Severity.INFO)
def undated(plan: Subject) -> Iterator[Finding]:
    """Aktiviteten har inget datum.

    Det är inte fastställt, eller hänger på något som inte är det. Raden skrivs sist i sin fas, utan dag.

    Skriv datumet i årets avvikelsefil när det är bestämt.
    """
    # What an error of the year leaves undated is listed with that error: one cause, one message.
    lacking = {row for error in plan.timeline.errors for row in error.rows}
    for row in plan.rows:
        if row.status is Status.UNDATED and row.id not in lacking:
            # A step without a day says why there is none: what it is counted from is cancelled.
            why = next((f": {step.text}" for step in row.steps if step.date is None), "")
            yield Finding(f"{title_of(row)} har inget datum än{why}", plan.place(row))
