"""The decided plan: what the calendar has moved since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, of_the_year, title_of
from arshjul.codes import Code
from arshjul.dates.swedish import days_name, joined
from arshjul.definition.rules import DateRule, date_rule, stop_rule
from arshjul.diagnostics import Severity
from arshjul.timeline import STOP_DATE, Activity, Status

if TYPE_CHECKING:
    from arshjul.record.timeline_file import FileActivity, TimelineFile

DATES = "datum"  # the part of a row that its own dates are


class MovedRow(Struct, frozen=True):
    """A row on other days than it was decided with. `follows` is the moved row that it is counted from."""

    row: Activity
    old: FileActivity
    rewritten: bool
    follows: str | None = None


@check(Code.DECIDED_DRIFT, Severity.WARNING)
def decided_drift(plan: Subject) -> Iterator[Finding]:
    """En dag i den fastställda planen har flyttats av kalendern.

    Planen är beslutad, och regeln är densamma, men den ger nu en annan dag: ett möte, en stängning eller en helgdag har
    ändrats sedan dess. De som har det fastställda datumet vet inget om det. Det som någon har ändrat själv, i
    definitionen eller bland årets avvikelser, hör inte hit.

    Gäller den nya dagen: fastställ planen igen med ”arshjul freeze --force”. Gäller den gamla: skriv den som avvikelse.
    """
    decided = plan.decided()
    if decided is None:
        return
    rows = {each.previous_id or each.id: each for each in decided.activities if each.status is not Status.CANCELLED}
    held = [(row, rows[row.lasting_id]) for row in plan.dated if row.lasting_id in rows]
    moved = _moved(plan, decided, [(row, old) for row, old in held if old.occurrences and _days(row) != _days(old)])
    firsts = _first_moved(moved)
    followers = Counter(first for name, first in firsts.items() if first != name)
    year = plan.timeline.budget_year
    hint = f"gäller den nya dagen: arshjul freeze {year} --force; annars: skriv den gamla i avvikelser-{year}.yaml"
    for name, each in moved.items():
        if firsts[name] == name and not each.rewritten:
            rest = f", och {followers[name]} datum som räknas från det har flyttats med" if followers[name] else ""
            message = f"{title_of(each.row)} är {_words(each.row)}, men fastställdes till {_words(each.old)}{rest}"
            yield Finding(message, plan.place(each.row), hint)
    for row, old in held:
        day, before = row.stop_date.day, old.stop_date.date
        if day and before and day != before and row.id not in moved:
            rule = stop_rule(plan.written(row), plan.body(row), applies=row.stop_date.applies)
            if not _rewritten(rule, decided, old, STOP_DATE):
                then, now = format_day(before), format_day(day)
                message = f"Stoppdatum för {title_of(row)} är {now}, men fastställdes till {then}"
                yield Finding(message, row.stop_date.span or plan.place(row), hint)


def _moved(
    plan: Subject, decided: TimelineFile, rows: Sequence[tuple[Activity, FileActivity]]
) -> Mapping[str, MovedRow]:
    ids = {row.id for row, _ in rows}
    found = {}
    for row, old in rows:
        named = (step.follows for step in row.steps if step.follows)
        ids_of_steps = (name if name in ids else name.rpartition(".")[0] for name in named)
        follows = next((name for name in ids_of_steps if name in ids and name != row.id), None)
        rewritten = _rewritten(date_rule(plan.written(row)), decided, old, DATES)
        found[row.id] = MovedRow(row, old, rewritten, follows)
    return found


def _rewritten(rule: DateRule, decided: TimelineFile, old: FileActivity, part: str) -> bool:
    """Whether somebody has written another rule since, or it is the year's own."""
    before = decided.basis and decided.basis.rule(old.id, part)
    return before not in (None, rule.text) or any(of_the_year(each.text.span) for each in rule.expressions)


def _first_moved(moved: Mapping[str, MovedRow]) -> Mapping[str, str]:
    """Row → the one at the beginning of the chain that it is counted along, itself where it is counted from none."""
    found: dict[str, str] = {}
    for name in moved:
        last, path = name, {name: None}
        while last not in found and (follows := moved[last].follows) and follows not in path:
            path[follows] = None
            last = follows
        first = found.get(last, last)
        for each in path:
            found[each] = first
    return found


def _days(row: Activity | FileActivity) -> list[tuple[date, date]]:
    return sorted({(each.start, each.end) for each in row.occurrences})


def _words(row: Activity | FileActivity) -> str:
    names = [days_name(*days) for days in _days(row)]
    return joined([f"{name.text} {name.year}" for name in names])
