"""What ties the definition to one year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.swedish import weekday
from arshjul.dates.walk import nodes
from arshjul.definition import Expression
from arshjul.diagnostics import Severity, Span
from arshjul.source import Text

YEAR_FILE = re.compile(r"(?:^|/)avvikelser-\d{4}\.yaml$")


def _of_the_year(span: Span | None) -> bool:
    """Written in a file of deviations, where years belong."""
    return span is None or YEAR_FILE.search(span.file) is not None


@check(Code.YEAR_IN_DEFINITION, Severity.WARNING)
def year_in_definition(plan: Subject) -> Iterator[Finding]:
    """Ett kalenderår står i definitionen.

    Definitionen ska gälla år efter år; med ett årtal i ett datum eller en rubrik är den fel nästa år. Villkor
    (”om: B >= 2027”), sammanträdesplaner och avvikelser får nämna år.

    Skriv året som ”B-1” i datum och som ”{B}” i texter, eller flytta datumet till årets avvikelsefil.
    """
    for expression in _expressions(plan):
        for node in nodes(expression.tree):
            if isinstance(node, s.CalendarYear | s.IsoDate):
                number = node.number if isinstance(node, s.CalendarYear) else node.year
                yield _year(str(number), expression.place(node.at), number - plan.timeline.budget_year)
                break
    process = plan.process
    titles = [process.title, *(phase.title for phase in process.phases), *(window.title for window in process.windows)]
    titles += [activity.title for phase in process.phases for activity in phase.activities]
    for title in titles:
        if not isinstance(title, Text) or _of_the_year(title.span):
            continue
        for found in re.finditer(r"\b20\d\d\b", title):
            offset = int(found[0]) - plan.timeline.budget_year
            if offset in (-1, 0):
                yield _year(found[0], title.locate(*found.span()), offset, braces=True)


def _year(number: str, place: Span | None, offset: int, braces: bool = False) -> Finding:
    year = f"B{offset:+d}" if offset else "B"
    words = f"{{{year}}}" if braces else f"{year} i stället för {number}"
    message = f"Årtalet {number} står i definitionen, som ska gälla år efter år"
    return Finding(message, place, f"skriv {words}, eller lägg det i årets avvikelsefil")


def _expressions(plan: Subject) -> Iterator[Expression[Any]]:
    """Every expression of the definition that gives or judges a day."""
    process = plan.process
    written: list[Expression[Any] | None] = [process.runs, process.planning_period]
    for phase in process.phases:
        written += [phase.runs, *(phase.repeat.periods or () if phase.repeat else ())]
        for activity in phase.activities:
            written += [activity.when, activity.start, activity.end, activity.as_of, activity.stop_date]
            written += activity.repeat.periods or () if activity.repeat else ()
    for window in process.windows:
        written += [window.start, window.end]
    for body in process.bodies.values():
        written += [body.stop_date, *body.chain.values(), *body.preliminary]
    written += [rule.rule for rule in process.requirements]
    return (expression for expression in written if expression and not _of_the_year(expression.text.span))


@check(Code.FIXED_DATE, Severity.INFO)
def fixed_date(plan: Subject) -> Iterator[Finding]:
    """Ett möte har ett fast datum i definitionen.

    Samma datum är en annan veckodag nästa år; möten följer veckor. Ett datum i årets avvikelsefil är i sin ordning.

    Skriv mötet (”KS i juni”), eller veckan (”tisdag v. 23”).
    """
    rows = {plan.written(row).id: row for row in plan.dated if row.body is not None}
    meetings: list[tuple[str, Expression[Any]]] = [
        (title_of(row), when)
        for row in rows.values()
        if (when := plan.written(row).when) and not _of_the_year(when.text.span)
    ]
    for body in plan.process.bodies.values():
        meetings += ((f"En preliminär regel för {body.id}", rule) for rule in body.preliminary)
    for what, expression in meetings:
        for item in expression.tree.items if isinstance(expression.tree, s.Dates) else ():
            node = item.dates.start.phrase
            # a day and a month and nothing else
            if isinstance(node, s.DayMonth) and item.dates.end is None and node.year is None:
                yield Finding(f"{what} har ett fast datum", expression.place(node.at), _week_form(plan, node))


def _week_form(plan: Subject, node: s.DayMonth) -> str | None:
    with suppress(ValueError):
        day = date(plan.timeline.budget_year - 1, node.month, node.day)
        return (
            f"skriv veckan, {format_day(day)} är ”{weekday(day)} v. {day.isocalendar().week}”, eller mötet: ”KS i juni”"
        )
    return None


@check(Code.UNREAD_FILE, Severity.WARNING)
def unread_file(plan: Subject) -> Iterator[Finding]:
    """En fil i processens mapp läses inte.

    Den har nycklar som arshjul känner, eller heter nästan som en avvikelsefil eller en sammanträdesplan, men inget i
    processen leder till den. Då räknas planen utan det som står där. En avvikelsefil eller en sammanträdesplan som
    inte läses är alltid ett fel, och då skrivs inget.

    Byt namn på filen, eller lägg till den i ”använder”, som förslaget säger. Undermappar räknas med, fram till nästa
    process. En fil som inte hör dit läggs i en annan mapp.
    """
    return (Finding(found.message, found.span, found.hint) for found in plan.process.strays)
