"""How firm the plan is: what is short, preliminary or not yet dated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.walk import references
from arshjul.diagnostics import Severity, Span
from arshjul.timeline import STOP_DATE, Activity, Status


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

    Det är inte fastställt, eller hänger på något som inte har någon dag: en aktivitet utan datum, en som är inställd,
    ett stoppdatum som är ”på bordet”. Raden skrivs sist i sin fas, utan dag.

    Skriv datumet i årets avvikelsefil när det är bestämt, eller räkna från något annat.
    """
    # What an error of the year leaves undated is listed with that error: one cause, one message.
    told = {row for error in plan.timeline.errors for row in error.rows}
    rows = RowsByName(plan)
    for row in plan.rows:
        if row.status is Status.UNDATED and row.id not in told:
            # A step without a day says why there is none: what it is counted from is cancelled.
            said = ((plan.place(row), step.text) for step in row.steps if step.date is None)
            place, why = next(chain(said, rows.lacking(row)), (plan.place(row), ""))
            message = f"{title_of(row)} har inget datum än"
            yield Finding(f"{message}: {why}" if why else message, place)


class RowsByName:
    """The rows of a plan by the names that expressions have for them: a row may name thousands of others."""

    def __init__(self, plan: Subject) -> None:
        self._plan = plan
        self._by_name: dict[str, list[Activity]] = {}
        for row in plan.by_id.values():
            for name in {row.id, row.row.activity, *row.milestones}:
                self._by_name.setdefault(name, []).append(row)

    def lacking(self, row: Activity) -> Iterator[tuple[Span | None, str]]:
        """What the row is counted from that has no day: where it is named, and why it has none."""
        written = self._plan.written(row)
        for expression in filter(None, (written.when, written.start, written.end, written.as_of)):
            for ref in references(expression.tree):
                if why := self._why(ref):
                    yield expression.place(ref.at), why

    def _why(self, ref: s.Ref) -> str | None:
        from arshjul.wording.dates import step_words, stop_words  # most plans have no such row

        rounds = self._by_name.get(f"{ref.name}.{ref.part}")
        rows = rounds or self._by_name.get(ref.name)
        if not rows:
            return None
        one = rows[0]
        if all(row.cancelled is not None for row in rows):
            return f"{title_of(one)} är inställt"
        if not rounds and ref.part == STOP_DATE and not any(row.stop_date.day for row in rows):
            return f"stoppdatumet för {title_of(one)} är ”{stop_words(one.stop_date) or 'krävs ej'}”"
        step = next((step for step in one.chain if step.name == ref.part and step.day is None), None)
        if step is not None and not rounds:
            return f"{step.name} för {title_of(one)} är ”{step_words(step)}”"
        undated = next((row for row in rows if row.status is Status.UNDATED), None)
        return f"{title_of(undated)} har inget" if undated else None
