"""Days that something should not fall on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.swedish import weekday
from arshjul.dates.walk import nodes
from arshjul.definition import Activity as Written
from arshjul.definition import ActivityType, DayPolicy
from arshjul.diagnostics import InvalidProcess, Severity, Span
from arshjul.resolve.closures import closure_of
from arshjul.resolve.scope import StaticScope
from arshjul.timeline import Activity, Occurrence
from arshjul.workdays import OutOfRange

NOON = 12 * 60
LONGEST_CLOSURE = 60  # days; a summer is shorter
WHOLE_PERIODS = (s.Month, s.MonthRange, s.VagueMonth, s.MonthTurn, s.Week, s.Quarter, s.Tertial, s.BudgetYear)
BEFORE_NOON = (s.DayPart.MORNING, s.DayPart.FORENOON)


class Edge(Struct, frozen=True):
    """A day that somebody has to keep: a day of its own, or the first or last of a stretch."""

    row: Activity
    occurrence: Occurrence
    day: date
    span: Span | None

    @property
    def alone(self) -> bool:
        """The whole date is this day."""
        return self.occurrence.start == self.occurrence.end

    def __str__(self) -> str:
        """`”Titel” slutar måndag 6 juni 2022`."""
        verb = "börjar" if self.day == self.occurrence.start else "slutar"
        return f"{title_of(self.row)} {'är' if self.alone else verb} {format_day(self.day)}"


def edges(plan: Subject) -> Iterator[Edge]:
    """The exact days that somebody has chosen: no months or vague days, no as-of dates, nothing that the world outside
    or the law decides.
    """
    for row in plan.dated:
        written = plan.written(row)
        if row.type is ActivityType.OUTLOOK or not (written.when or written.start or written.end):
            continue
        tree = written.when.tree if written.when else None
        items: Sequence[s.Item | None] = tree.items if isinstance(tree, s.Dates) else ()
        if len(items) != len(row.occurrences):  # one part of `när` gives several dates
            items = [None] * len(row.occurrences)
        for occurrence, item in zip(row.occurrences, items, strict=True):
            # of a deadline that is a whole month or week, the last day was never chosen
            whole_period = item is not None and item.deadline and isinstance(item.dates.start.phrase, WHOLE_PERIODS)
            # of a deadline that the law sets, the law's own check says which working day is safe
            legal_limit = occurrence.deadline and not plan.law_milestones.isdisjoint(row.milestones)
            if occurrence.precision is Precision.DAY and not whole_period and not legal_limit:
                place = written.when.place(item.at) if written.when and item else None
                yield Edge(row, occurrence, occurrence.start, place or plan.place(row))
                if occurrence.end != occurrence.start:
                    yield Edge(row, occurrence, occurrence.end, place or plan.place(row, last=True))


def _accepted(written: Written) -> bool:
    """The author says `oavsett helg`."""
    expressions = (written.when, written.start, written.end)
    rolled = (node for e in expressions if e for node in nodes(e.tree) if isinstance(node, s.Rolled))
    return any(node.roll is s.Roll.NONE for node in rolled)


@check(Code.DAY_OFF, Severity.WARNING)
def day_off(plan: Subject) -> Iterator[Finding]:
    """En aktivitet ligger på, börjar eller slutar en dag då ingen arbetar.

    Helger, röda dagar, aftnarna och de dagar som är stängda enligt ”kalender”. Oftast har ett datum från ett annat år
    blivit kvar. Månader, omvärldens datum och lagens gränser prövas inte.

    Skriv en arbetsdag, låt datumet flytta sig (”annars arbetsdagen före”), eller säg att det är meningen:
    ”oavsett helg”.
    """
    accepted: dict[str, bool] = {}  # a long list is a day for each of its items, and looked through once
    for edge in edges(plan):
        why = plan.workdays.why_off(edge.day)
        activity = edge.row.row.activity
        if why and activity not in accepted:
            accepted[activity] = _accepted(plan.written(edge.row))
        if why and not accepted[activity]:
            reason = "" if why == weekday(edge.day) else f" ({why})"
            yield Finding(f"{edge}{reason}, som inte är en arbetsdag", edge.span, _instead(plan, edge.day))


def _instead(plan: Subject, day: date) -> str:
    words = "”annars arbetsdagen före” flyttar dagen, ”oavsett helg” behåller den"
    with suppress(OutOfRange):  # at the very ends of the calendar there is no day to offer
        before, after = plan.workdays.add(day, -1), plan.workdays.add(day, 1)
        return f"arbetsdagen före är {format_day(before)}, efter {format_day(after)}; {words}"
    return words


@check(Code.HALF_DAY, Severity.INFO)
def half_day(plan: Subject) -> Iterator[Finding]:
    """En aktivitet ligger på, börjar eller slutar en halvdag.

    Trettondagsafton, skärtorsdag, valborgsmässoafton, dagen före Kristi himmelsfärdsdag och allhelgonaafton. Många
    går hem vid lunch; det som sker på förmiddagen nämns därför inte. Med ”halvdagar: varna” blir det en varning, med
    ”halvdagar: ledig” räknas dagen som ledig.

    Välj en annan dag, lägg det på förmiddagen (”fm”), eller låt det vara.
    """
    severity = Severity.WARNING if plan.process.calendar.half_days is DayPolicy.WARN else Severity.INFO
    for edge in edges(plan):
        name = plan.workdays.half_day(edge.day)
        clock = edge.occurrence.clock
        before_noon = edge.occurrence.part in BEFORE_NOON if clock is None else (clock.end or clock.start) <= NOON
        if name and plan.workdays.is_working(edge.day) and not before_noon:
            yield Finding(f"{edge}, en halvdag ({name})", edge.span, "välj en annan dag, eller fm", severity=severity)


@check(Code.SQUEEZE_DAY, Severity.INFO)
def squeeze_day(plan: Subject) -> Iterator[Finding]:
    """En aktivitet ligger på, börjar eller slutar en klämdag: en arbetsdag mellan två lediga dagar.

    Då är många lediga, och ett möte får svårt att bli beslutsmässigt. Med ”klämdagar: varna” blir det en varning, med
    ”klämdagar: ledig” räknas dagen som ledig.

    Välj en annan dag, eller låt det vara.
    """
    severity = Severity.WARNING if plan.process.calendar.bridge_days is DayPolicy.WARN else Severity.INFO
    for edge in edges(plan):
        if plan.workdays.bridge_day(edge.day) and plan.workdays.is_working(edge.day):
            yield Finding(f"{edge}, en klämdag", edge.span, "välj en annan dag, eller låt det vara", severity=severity)


@check(Code.AVOIDED_PERIOD, Severity.WARNING)
def avoided_period(plan: Subject) -> Iterator[Finding]:
    """En aktivitet ligger, börjar eller slutar i en period som ska undvikas.

    Perioderna står under ”undvik” i kalendern; står inget där är det juli, då inga politiska möten hålls och få
    arbetar.

    Flytta dagen, eller skriv andra perioder: ”kalender: {perioder: {sportlov: v. 9}, undvik: [sportlov]}”.
    """
    years = {day.year for row in plan.dated for day in (row.start, row.end) if day}
    avoided = {year: _avoided(plan, year) for year in years}
    for edge in edges(plan):
        for name, (first, last) in avoided[edge.day.year].items():
            if first <= edge.day <= last:
                message = f"{edge}, i {name} som ska undvikas"
                yield Finding(
                    message, edge.span, f"välj en dag före {format_day(first)} eller efter {format_day(last)}"
                )
                break


def _avoided(plan: Subject, year: int) -> Mapping[str, tuple[date, date]]:
    calendar = plan.process.calendar
    if calendar.avoid is None:
        return {"juli": (date(year, 7, 1), date(year, 7, 31))}
    found: dict[str, tuple[date, date]] = {}
    for name in calendar.avoid:
        written = calendar.periods[name]
        scope = StaticScope(plan.setting, plan.setting.frame.of_year(year), written)
        with suppress(InvalidProcess, s.ExpressionError):  # a week 53 is avoided only where it exists
            extents = scope.dates(s.Ref(str(name)))
            found[str(name)] = extents[0].start, extents[-1].end
    return found


@check(Code.LONG_CLOSURE, Severity.WARNING)
def long_closure(plan: Subject) -> Iterator[Finding]:
    """Det är stängt mer än 60 dagar i sträck.

    Ingen av dagarna räknas som arbetsdag, och allt som räknas i arbetsdagar flyttas förbi dem. Oftast har första och
    sista dagen bytt plats, eller så fattas ett år.

    Skriv den dag då det stänger först. Sträckan får gå över årsskiftet: ”27 december till 5 januari”.
    """
    for entry in plan.process.calendar.closed:
        long = [each for each in closure_of(plan.setting, entry.when).stretches if _length(each) > LONGEST_CLOSURE]
        if long:
            of_the_year = [each for each in long if each.end.year >= plan.timeline.budget_year - 1]
            closed = (of_the_year or long)[0]
            first, last = format_day(closed.start), format_day(closed.end)
            message = f"”{entry.name}” stänger i {_length(closed)} dagar, från {first} till {last}"
            yield Finding(message, entry.when.text.span, _turned(entry.when.tree) or "rätta första eller sista dagen")


def _turned(tree: s.Value) -> str | None:
    """The stretch with its days in the other order, where it is one from a day to another."""
    spans = [item.dates for item in tree.items] if isinstance(tree, s.Dates) else []
    turned = [s.DateSpan(span.end, span.start) for span in spans if span.end]
    return f"menade du ”{text(turned[0])}”?" if turned and len(spans) == 1 else None


def _length(extent: Extent) -> int:
    return (extent.end - extent.start).days + 1
