"""What ties the definition to one year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from arshjul.checks.days import items_of
from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, of_the_year, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.swedish import weekday
from arshjul.dates.walk import nodes
from arshjul.dates.words import MONTH_NAMES
from arshjul.definition import Expression
from arshjul.diagnostics import Severity, Span
from arshjul.source import Text


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
        if not isinstance(title, Text) or of_the_year(title.span):
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
    return (expression for expression in written if expression and not of_the_year(expression.text.span))


@check(Code.FIXED_DATE, Severity.INFO)
def fixed_date(plan: Subject) -> Iterator[Finding]:
    """Ett möte har ett fast datum i definitionen.

    Samma datum är en annan veckodag nästa år; möten följer veckor. Ett datum i årets avvikelsefil är i sin ordning.

    Skriv mötet (”KS i juni”), eller veckan (”tisdag v. 23”).
    """
    rows = {plan.written(row).id: row for row in plan.dated if row.body is not None}
    for row in rows.values():
        when = plan.written(row).when
        if when is not None and not of_the_year(when.text.span):
            for item, occurrence in zip(items_of(when, row), row.occurrences, strict=True):
                if (node := _bare_date(item)) is not None:
                    hint = f"{_week_form(occurrence.start)}{_meeting_form(plan, row.body, occurrence.start)}"
                    yield Finding(f"{title_of(row)} har ett fast datum", when.place(node.at), hint)
    for body in plan.process.bodies.values():
        for rule in body.preliminary:
            for item in rule.tree.items if isinstance(rule.tree, s.Dates) else ():
                if (node := _bare_date(item)) is not None:
                    message = f"En preliminär regel för {body.id} har ett fast datum"
                    week = None
                    with suppress(ValueError):  # 29 February, most years
                        week = _week_form(date(plan.timeline.budget_year - 1, node.month, node.day))
                    yield Finding(message, rule.place(node.at), week)


def _bare_date(item: s.Item | None) -> s.DayMonth | None:
    """The day and the month, where the item is these and nothing else."""
    node = item.dates.start.phrase if item is not None and item.dates.end is None else None
    return node if isinstance(node, s.DayMonth) and node.year is None else None


def _week_form(day: date) -> str:
    return f"skriv veckan, {format_day(day)} är ”{weekday(day)} v. {day.isocalendar().week}”"


def _meeting_form(plan: Subject, body: str | None, day: date) -> str:
    """`, eller mötet: ”KS i juni”` where that is this day."""
    in_month = [
        meeting.day
        for meeting in plan.timeline.meetings
        if meeting.body == body and not meeting.cancelled and meeting.day.replace(day=1) == day.replace(day=1)
    ]
    return f", eller mötet: ”{body} i {MONTH_NAMES[day.month - 1]}”" if in_month == [day] else ""


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
