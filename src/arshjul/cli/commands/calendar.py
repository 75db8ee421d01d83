"""`calendar`: the working days of a year, and why a day is off."""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import one_year, years_and_names
from arshjul.cli.console import Console
from arshjul.cli.days import single_day
from arshjul.cli.exits import ExitCode, Misuse
from arshjul.cli.processes import for_each, selected
from arshjul.cli.shell import console_of, project_of
from arshjul.formats.terminal import Paint, safe

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.workdays import Workdays

ONE_DAY = timedelta(days=1)


def calendar(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ÅR [PROCESS]", help="kalenderåret, och den process vars kalender gäller"),
    ] = [],  # noqa: B006 - Typer reads the default, nobody changes it
    asked: Annotated[
        str | None,
        typer.Option("--date", metavar="DAG", help="varför dagen är arbetsdag eller inte: 2026-06-06, 6 juni"),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="jämför tabellen över lediga dagar med det installerade paketet holidays"),
    ] = False,
) -> int:
    """Print the working-day calendar of a calendar year."""
    console, project = console_of(ctx), project_of(ctx)
    if verify:
        return _verify(words, console)
    year, names = one_year(_with_year(words, asked), "arshjul calendar 2026")
    if len(names) > 1:
        raise Misuse("Bara en process åt gången", "skriv till exempel arshjul calendar 2026 rambudget")
    day = _day_of_year(asked, year) if asked is not None else None

    def print_calendar(file: ProcessPath | None) -> ExitCode:
        from arshjul import compiler

        workdays = compiler.calendar(file, year)
        lines = _day_lines(workdays, day) if day else _year_lines(workdays, year, console.paint(sys.stdout))
        console.result("".join(f"{line}\n" for line in lines))
        return ExitCode.OK

    return for_each(selected(names, project), print_calendar, console, project) if names else print_calendar(None)


def _verify(words: Sequence[str], console: Console) -> ExitCode:
    """Every day of 2005–2100 that the table and the installed package disagree on."""
    if words:
        raise Misuse("--verify jämför hela tabellen, alla år på en gång", "skriv arshjul calendar --verify")
    from arshjul.workdays import named_days, package, table

    differences = list(package.differences(named_days()))
    console.result("".join(f"{line}\n" for line in differences))
    versions = f"tabellen är gjord av holidays {table.HOLIDAYS_VERSION}, {package.installed_version()} är installerat"
    console.note(f"{len(differences) or 'inga'} {'skillnad' if len(differences) == 1 else 'skillnader'}: {versions}")
    return ExitCode.FINDINGS if differences else ExitCode.OK


def _with_year(words: Sequence[str], asked: str | None) -> Sequence[str]:
    """A day that is written with its year need not be told it twice."""
    written = re.match(r"[0-9]{4}(?=-)", asked or "")
    return words if written is None or years_and_names(words)[0] else [*words, written[0]]


def _day_of_year(words: str, year: int) -> date:
    """The day asked about. A process may close other days in another year, so none of another is answered."""
    day = single_day(words, year + 1, date(year, 1, 1), date(year, 12, 31))
    if day.year != year:
        raise Misuse(f"{words} ligger inte i {year}", f"skriv arshjul calendar {day.year} --date {day}")
    return day


def _day_lines(workdays: Workdays, day: date) -> Iterator[str]:
    from arshjul.dates.swedish import day_text
    from arshjul.workdays import OutOfRange

    why = workdays.why_off(day)
    kinds = "; ".join(_kinds(workdays, day))
    verdict = f"är ingen arbetsdag: {safe(why)}" if why else "är en arbetsdag" + (f" ({kinds})" if kinds else "")
    yield f"{day_text(day, year=True)} (v. {day.isocalendar().week}) {verdict}"
    for word, step in (("före", -1), ("efter", 1)):
        with suppress(OutOfRange):
            yield f"arbetsdagen {word}: {day_text(workdays.add(day, step), year=True)}"


def _kinds(workdays: Workdays, day: date) -> Iterator[str]:
    if half := workdays.half_day(day):
        yield f"halvdag: {half}"
    if workdays.bridge_day(day):
        yield "klämdag"


def _year_lines(workdays: Workdays, year: int, paint: Paint) -> Iterator[str]:
    yield paint(f"Arbetsdagar {year}: {workdays.working_days_of_year(year)}", "fet")
    for month in range(1, 13):
        yield ""
        yield from _month_lines(workdays, year, month, paint)


def _month_lines(workdays: Workdays, year: int, month: int, paint: Paint) -> Iterator[str]:
    from arshjul.dates.swedish import month as month_name

    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    weeks = f"v. {first.isocalendar().week}–{last.isocalendar().week}"
    yield paint(f"{month_name(month).capitalize()} {year} ({weeks}): {workdays.count(first, last)} arbetsdagar", "fet")
    days = (first + offset * ONE_DAY for offset in range(last.day))
    yield from (line for day in days for line in _remarks(workdays, day))


def _remarks(workdays: Workdays, day: date) -> Iterator[str]:
    """What is special about a day; ordinary weekends go without saying."""
    from arshjul.dates.swedish import day_text

    why = workdays.why_off(day)
    if why in {"lördag", "söndag"}:
        return
    remark = f"ledig: {safe(why)}" if why else "; ".join(_kinds(workdays, day))
    if remark:
        yield f"  {day_text(day):<18}  {remark}"
