"""Days that something should not fall on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from msgspec import Struct

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.swedish import weekday
from arshjul.dates.walk import nodes
from arshjul.days_off import HOLIDAYS_VERSION
from arshjul.definition import ActivityType, DayPolicy, Expression
from arshjul.diagnostics import InvalidProcess, Severity, Span
from arshjul.resolve.closures import closure_of
from arshjul.resolve.scope import StaticScope
from arshjul.timeline import Activity, Occurrence
from arshjul.workdays import OutOfRange

NOON = 12 * 60
LONGEST_CLOSURE = 60  # days; a summer is shorter
MONTHS = (s.Month, s.MonthRange, s.VagueMonth, s.MonthTurn, s.Quarter, s.Tertial, s.BudgetYear)
REPORTS = (ActivityType.FOLLOW_UP, ActivityType.ACCOUNTS)
BEFORE_NOON = (s.DayPart.MORNING, s.DayPart.FORENOON)


class Edge(Struct, frozen=True):
    """A day that somebody has to keep: a day of its own, or the first or last of a stretch."""

    row: Activity
    occurrence: Occurrence
    day: date
    span: Span | None
    phrase: s.Phrase | None = None

    @property
    def alone(self) -> bool:
        """The whole date is this day."""
        return self.occurrence.start == self.occurrence.end

    def __str__(self) -> str:
        """`”Titel” slutar måndag 6 juni 2022`."""
        verb = "börjar" if self.day == self.occurrence.start else "slutar"
        if self.alone:
            verb = "är senast" if self.occurrence.deadline else "är"
        return f"{title_of(self.row)} {verb} {format_day(self.day)}"


def edges(plan: Subject) -> Iterator[Edge]:
    """The exact days that somebody has chosen: no months or vague days, no as-of dates, nothing that the world outside
    or the law decides.
    """
    for row in plan.dated:
        written = plan.written(row)
        if row.type is ActivityType.OUTLOOK or not (written.when or written.start or written.end):
            continue
        for occurrence, item in zip(row.occurrences, items_of(written.when, row), strict=True):
            # of a deadline that is a whole month, the last day was never chosen
            whole_month = item is not None and item.deadline and isinstance(item.dates.start.phrase, MONTHS)
            # of a deadline that the law sets, the law's own check says which working day is safe
            legal_limit = occurrence.deadline and not plan.law_milestones.isdisjoint(row.milestones)
            if occurrence.precision is Precision.DAY and not whole_month and not legal_limit:
                place = written.when.place(item.at) if written.when and item else None
                phrase = item.dates.start.phrase if item and item.dates.end is None else None
                # A week from a Monday ends on a Sunday: who writes a length in weeks or months chose one end alone.
                counted = written.length is not None and written.length.tree.unit in (s.Unit.WEEK, s.Unit.MONTH)
                if not (counted and written.start is None):
                    yield Edge(row, occurrence, occurrence.start, place or plan.place(row), phrase)
                if occurrence.end != occurrence.start and not (counted and written.end is None):
                    yield Edge(row, occurrence, occurrence.end, place or plan.place(row, last=True), phrase)


def items_of(when: Expression[s.Value] | None, row: Activity) -> Sequence[s.Item | None]:
    """The part of `när` that gives each occurrence; None for all where one part gives several."""
    items: Sequence[s.Item | None] = when.tree.items if when and isinstance(when.tree, s.Dates) else ()
    return items if len(items) == len(row.occurrences) else [None] * len(row.occurrences)


@check(Code.DAY_OFF, Severity.WARNING)
def day_off(plan: Subject) -> Iterator[Finding]:
    """En aktivitet ligger på, börjar eller slutar en dag då ingen arbetar.

    Helger, röda dagar, aftnarna och de dagar som är stängda enligt ”kalender”. Oftast har ett datum från ett annat år
    blivit kvar; ”senast v. 20” är söndagen. Månader, omvärldens datum, lagens gränser och balansdagar prövas inte.

    Skriv en arbetsdag, låt datumet flytta sig (”annars arbetsdagen före”), säg att det är meningen (”oavsett helg”),
    eller skriv ”per: 31 augusti” om det är dagen som en rapport gäller.
    """
    regardless: dict[str, bool] = {}  # `oavsett helg`: a long list is a day for each of its items, looked through once
    for edge in edges(plan):
        why = plan.workdays.why_off(edge.day)
        activity = edge.row.row.activity
        if why and activity not in regardless:
            written = plan.written(edge.row)
            trees = [e.tree for e in (written.when, written.start, written.end) if e]
            rolled = (node for tree in trees for node in nodes(tree) if isinstance(node, s.Rolled))
            regardless[activity] = any(node.roll is s.Roll.NONE for node in rolled)
        # The day that a report is as of is the last of a month, not one on which anybody works.
        balance_day = edge.alone and edge.row.type in REPORTS and _ends_month(edge.day)
        if why and not regardless[activity] and not balance_day:
            reason = "" if why == weekday(edge.day) else f" ({why})"
            yield Finding(f"{edge}{reason}, som inte är en arbetsdag", edge.span, _working_instead(plan, edge))


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _working_instead(plan: Subject, edge: Edge) -> str:
    day, week = edge.day, edge.day.isocalendar()
    if isinstance(edge.phrase, s.Week) and edge.occurrence.deadline:
        with suppress(OutOfRange):
            before = plan.workdays.add(day, -1)
            if before.isocalendar()[:2] == week[:2]:
                return f"v. {week.week} slutar på söndagen: skriv ”senast {weekday(before)} v. {week.week}”"
    literal = isinstance(edge.phrase, s.DayMonth | s.IsoDate | s.NthDay)
    may_be_as_of = literal and _ends_month(day) and edge.row.as_of is None
    as_of = "; är det dagen som en rapport gäller, skriv ”per” i stället för ”när”" if may_be_as_of else ""
    words = "”annars arbetsdagen före” flyttar dagen, ”oavsett helg” behåller den"
    with suppress(OutOfRange):  # at the very ends of the calendar there is no day to offer
        before, after = plan.workdays.add(day, -1), plan.workdays.add(day, 1)
        words = f"arbetsdagen före är {format_day(before)}, efter {format_day(after)}; {words}"
    return f"{words}{as_of}"


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
    arbetar. Bokslut, och rapporter som återkommer (”upprepa” med ”per”), görs när perioden är slut och prövas inte.

    Flytta dagen, eller skriv andra perioder: ”kalender: {perioder: {sportlov: v. 9}, undvik: [sportlov]}”.
    """
    years = {day.year for row in plan.dated for day in (row.start, row.end) if day}
    avoided = {year: _avoided(plan, year) for year in years}
    for edge in edges(plan):
        row = edge.row
        # Accounts, and reports that come back: what the calendar decides, not people.
        closing = row.type is ActivityType.ACCOUNTS or (row.row.round is not None and row.as_of is not None)
        for name, (first, last) in avoided[edge.day.year].items() if not closing else ():
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
            items = entry.when.tree.items if isinstance(entry.when.tree, s.Dates) else ()
            span = items[0].dates if len(items) == 1 else None
            turned = f"”{text(s.DateSpan(span.end, span.start))}”" if span and span.end else None
            hint = f"menade du {turned}?" if turned else "rätta första eller sista dagen"
            yield Finding(message, entry.when.text.span, hint)


def _length(extent: Extent) -> int:
    return (extent.end - extent.start).days + 1


@check(Code.CALENDAR_DRIFT, Severity.WARNING)
def calendar_drift(plan: Subject) -> Iterator[Finding]:
    """Paketet holidays har andra dagar än tabellen över lediga dagar, som är gjord av en annan version.

    arshjul räknar med sin egen tabell, så inga datum har flyttats. Men paketet kan ha fått en rättelse, eller en ny
    helgdag, som tabellen saknar. Prövas bara av ”arshjul check”; det som byggs hänger inte på datorn.

    Kör ”arshjul calendar --verify”, som nämner varje dag där de skiljer sig. Vill du vänta, skriv
    ”kontroller: {calendar-drift: av}”.
    """
    installed = plan.installed_holidays
    if installed is not None and installed != HOLIDAYS_VERSION:
        message = f"holidays {installed} har andra dagar än tabellen över lediga dagar, gjord av {HOLIDAYS_VERSION}"
        yield Finding(message, None, "arshjul calendar --verify nämner de dagar som skiljer sig")
