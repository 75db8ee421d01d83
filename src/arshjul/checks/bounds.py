"""Dates that belong to another plan, or to another year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates.swedish import dated_text
from arshjul.diagnostics import Severity, see_also
from arshjul.timeline import Occurrence

A_QUARTER, A_YEAR = 92, 366  # the most days that three months and a year have


@check(Code.BEFORE_AS_OF, Severity.ERROR)
def before_as_of(plan: Subject) -> Iterator[Finding]:
    """En rapport ligger före den dag som den gäller.

    En rapport per 31 augusti kan inte vara klar den 20 augusti. Oftast är ett datum kvar från ett annat år, eller fel
    år i ”per”.

    Räkna från dagen, ”när: 12 arbetsdagar efter per”, eller rätta ”per”.
    """
    for row in plan.dated:
        as_of = row.as_of
        early = next((o for o in row.occurrences if as_of is not None and o.end < as_of.start), None)
        if as_of is not None and early is not None:
            when = dated_text(as_of.dated, None)
            message = f"{title_of(row)} är {format_day(early.end)}, före den dag som raden gäller: per {when}"
            place = plan.written(row).as_of
            related = see_also("dagen som raden gäller", place.text.span if place else None)
            yield Finding(message, plan.place(row), "räkna från dagen: ”12 arbetsdagar efter per”", related)


@check(Code.OUTSIDE_PLAN, Severity.ERROR)
def outside_plan(plan: Subject) -> Iterator[Finding]:
    """En aktivitet ligger långt utanför den tid som fasen och processen löper.

    Oftast är årtalet fel, och raden hamnar i en annan tidplan än den som läses. Mer än ett år utanför är ett fel, mer
    än tre månader en varning. En dag som ”per” säger prövas inte.

    Rätta årtalet (”B-1” i stället för ”B”), eller ändra ”löper” om tiden är längre än det står.
    """
    with_own_days = {str(activity.id) for phase in plan.process.phases if phase.runs for activity in phase.activities}
    phases = {phase.id: (phase.start, phase.end) for phase in plan.timeline.phases}
    whole = first, last = plan.timeline.start, plan.timeline.end
    runs = f"{format_day(first)} till {format_day(last)}" if first and last else ""
    for row in plan.dated:
        written = plan.written(row)
        if written.when or written.start or written.end:
            stretches = [whole, *([phases[row.phase]] if row.row.activity in with_own_days else [])]
            occurrence = max(row.occurrences, key=lambda each: _days_outside(each, stretches))
            apart = _days_outside(occurrence, stretches)
            if apart > A_QUARTER:
                severity, how_far = Severity.WARNING, "mer än tre månader"
                if apart > A_YEAR:
                    severity, how_far = Severity.ERROR, "mer än ett år"
                day = format_day(occurrence.start)
                message = f"{title_of(row)} är {day}, {how_far} utanför planen, som löper {runs}"
                yield Finding(message, plan.place(row), "rätta årtalet, eller ändra ”löper”", severity=severity)


def _days_outside(occurrence: Occurrence, stretches: Sequence[tuple[date | None, date | None]]) -> int:
    """How far it is to the nearest of them; 0 for what reaches into one."""
    known = [(first, last) for first, last in stretches if first and last]
    gaps = (max((first - occurrence.end).days, (occurrence.start - last).days, 0) for first, last in known)
    return min(gaps, default=0)
