"""Stop dates: missing, impossible, or left over from another year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, meeting_day, of_the_year, title_of
from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.extent import Precision
from arshjul.diagnostics import Severity, Span, see_also
from arshjul.timeline import STOP_DATE, Activity, StopKind


@check(Code.MISSING_STOP_DATE, Severity.WARNING)
def missing_stop_date(plan: Subject) -> Iterator[Finding]:
    """Ett beslut eller en beredning har inget stoppdatum.

    Utan stoppdatum vet den som skriver inte när handlingarna ska vara inne, och de kommer sent. Har organet en regel
    men årets plan säger ”saknas” är det ett fel, annars en varning.

    Ta bort ”saknas” så gäller organets regel, eller skriv dagen (”23 maj”), en regel (”14 dagar före”), ”på bordet”
    eller ”krävs ej”.
    """
    for row in plan.rows:
        if row.stop_date.kind is StopKind.MISSING:
            body, day = plan.body(row), meeting_day(row)
            has_rule = body is not None and (body.stop_date is not None or STOP_DATE in body.chain)
            left_out = row.stop_date.written and has_rule
            severity = Severity.ERROR if left_out else Severity.WARNING
            message = f"{title_of(row)}{f' {format_day(day)}' if day else ''} saknar stoppdatum"
            place = row.stop_date.span or row.source
            yield Finding(message, place, _how_to_set(row, left_out), severity=severity)


def _how_to_set(row: Activity, left_out: bool) -> str:
    if not left_out:
        where = f" på aktiviteten, eller på {row.body} så att det gäller alla dess ärenden" if row.body else ""
        return f"skriv till exempel ”stoppdatum: 14 dagar före”{where}; annars ”krävs ej”"
    gives = f" ger då {format_day(row.stop_date.rule_day)}" if row.stop_date.rule_day else " gäller då"
    return f"ta bort ”saknas”: regeln för {row.body}{gives}; eller skriv dagen, ”på bordet” eller ”krävs ej”"


def _with_day(plan: Subject) -> Iterator[tuple[Activity, date]]:
    """The rows that have a stop date on a day, with that day."""
    return ((row, row.stop_date.day) for row in plan.dated if row.stop_date.day is not None)


def _place(row: Activity) -> Span | None:
    """Where the stop date is written: on the activity, in its body's rule, or in the meeting plan."""
    spans = (step.span for step in row.stop_date.steps if step.span)
    return row.stop_date.span or next(spans, row.source)


@check(Code.STOP_DATE_AFTER_MEETING, Severity.ERROR)
def stop_date_after_meeting(plan: Subject) -> Iterator[Finding]:
    """Stoppdatumet ligger på mötesdagen eller efter den.

    Handlingarna ska beredas och skickas ut före mötet; ett stoppdatum på mötesdagen är inget stoppdatum.

    Skriv en dag före mötet, eller en regel som följer med när mötet flyttas: ”14 dagar före”. Delas handlingarna ut
    på mötet skriver du ”på bordet”.
    """
    for row, day in _with_day(plan):
        if meeting := _met_already(row, day):
            when = "på samma dag som mötet" if day == meeting else f"efter mötet {format_day(meeting)}"
            message = f"Stoppdatum {format_day(day)} för {title_of(row)} ligger {when}"
            yield Finding(message, _place(row), _rule_instead(row) or "skriv en dag före mötet, eller ”på bordet”")


def _met_already(row: Activity, day: date) -> date | None:
    """The meeting's day, if it is not after the stop date."""
    meeting = meeting_day(row) or row.end
    return meeting if meeting is not None and day >= meeting else None


def _rule_instead(row: Activity) -> str | None:
    rule_day = row.stop_date.rule_day
    return f"ta bort raden: regeln för {row.body} ger {format_day(rule_day)}" if rule_day else None


@check(Code.STOP_BEFORE_INPUT, Severity.ERROR)
def stop_before_input(plan: Subject) -> Iterator[Finding]:
    """Ett underlag blir klart först efter stoppdatumet, eller efter mötet.

    Ärendet bygger på något som inte finns när handlingarna ska lämnas in. Då lämnas de in ofärdiga eller för sent.

    Lägg underlaget tidigare, stoppdatumet senare, eller ta bort namnet under ”underlag” om ärendet inte väntar på det.
    """
    for row in plan.dated:
        limit = row.stop_date.day or row.end
        for name in plan.written(row).inputs:
            # the same round where there are rounds; of several the one that ends last
            ready = plan.last_of(str(name), row.row.repetition) or plan.last_of(str(name))
            if limit is not None and ready is not None and ready.end is not None and ready.end > limit:
                yield Finding(
                    f"{title_of(row)} bygger på {title_of(ready)}, som är klart först {format_day(ready.end)}, "
                    f"efter {STOP_DATE if row.stop_date.day else 'mötet'} {format_day(limit)}",
                    row.stop_date.span if row.stop_date.written and row.stop_date.day else name.span,
                    "lägg underlaget tidigare eller stoppdatumet senare",
                    see_also("underlaget", plan.place(ready, last=True)),
                )


@check(Code.STOP_DATE_DEVIATES, Severity.WARNING)
def stop_date_deviates(plan: Subject) -> Iterator[Finding]:
    """Ett skrivet stoppdatum är en annan dag än organets regel ger.

    Ofta är det ett datum från ett tidigare år som blivit kvar. Är det meningen gäller den skrivna dagen.

    Ta bort raden så gäller regeln, eller behåll dagen och säg varför på raden ovanför:
    ”# arshjul: tillåt stop-date-deviates – skälet”.
    """
    for row, day in _with_day(plan):
        rule_day = row.stop_date.rule_day
        if row.stop_date.written and rule_day and rule_day != day and not _met_already(row, day):
            rule = f"regeln för {row.body} ger {format_day(rule_day)}"
            message = f"Stoppdatum {format_day(day)} för {title_of(row)} avviker: {rule}"
            yield Finding(message, _place(row), "ta bort raden så gäller regeln, eller skriv varför dagen är en annan")


@check(Code.STOP_DATE_UNCHANGED, Severity.WARNING)
def stop_date_unchanged(plan: Subject) -> Iterator[Finding]:
    """Ett skrivet stoppdatum har samma dag och månad som ett tidigare år, fast mötet har flyttats.

    Så ser ett datum ut som följt med när förra årets tidplan kopierades. Tidigare år är de som har en avvikelsefil;
    en dag som stämmer med organets regel räknas inte.

    Ta bort raden så gäller organets regel, eller räkna om dagen från årets möte.
    """
    rows = (called for called in _called(plan.dated) if called.row.stop_date.written)
    suspects = {called.row.id: called for called in rows if called.row.stop_date.rule_day != called.stop}
    # each earlier year costs a compilation, so they are asked for only while there is something to look for
    for timeline in plan.earlier() if suspects else ():
        for then in _called(timeline.activities):
            now = suspects.get(then.row.id)
            if now and _same_date(now.stop, then.stop) and not _same_date(now.meeting, then.meeting):
                del suspects[now.row.id]
                message = (
                    f"Stoppdatum {format_day(now.stop)} för {title_of(now.row)} är samma dag som i budget "
                    f"{timeline.budget_year}, men mötet har flyttats från {format_day(then.meeting)} till "
                    f"{format_day(now.meeting)}"
                )
                yield Finding(message, _place(now.row), _rule_instead(now.row) or "räkna om dagen från årets möte")
        if not suspects:
            return


class CalledRow(Struct, frozen=True):
    """A row with the day of its stop date and the day of its meeting."""

    row: Activity
    stop: date
    meeting: date


def _called(rows: Iterable[Activity]) -> Iterator[CalledRow]:
    for row in rows:
        stop, meeting = row.stop_date.day, meeting_day(row)
        if stop is not None and meeting is not None:
            yield CalledRow(row, stop, meeting)


def _same_date(one: date, other: date) -> bool:
    return (one.month, one.day) == (other.month, other.day)


@check(Code.STOP_DATE_DAY_OFF, Severity.WARNING)
def stop_date_day_off(plan: Subject) -> Iterator[Finding]:
    """Stoppdatumet är ingen arbetsdag.

    Ingen tar emot handlingarna den dagen, så i praktiken är stoppdatumet en annan dag än den som står.

    Skriv arbetsdagen före, eller en regel: det som räknas (”14 dagar före”) hamnar alltid på en arbetsdag.
    """
    for row, day in _with_day(plan):
        if why := plan.workdays.why_off(day):
            message = f"Stoppdatum {format_day(day)} för {title_of(row)} är ingen arbetsdag ({why})"
            yield Finding(message, _place(row), _rule_instead(row) or "skriv arbetsdagen före")


@check(Code.NO_STOP_DATE_FROM_VAGUE, Severity.WARNING)
def no_stop_date_from_vague(plan: Subject) -> Iterator[Finding]:
    """Ett stoppdatum kan inte räknas, för dagen det räknas från är ungefärlig.

    Ett stoppdatum räknas från en dag. Med ”ca” eller ”eller”, eller när årets avvikelse gör mötet till en månad, finns
    ingen, och stoppdatumet blir ”ej fastställt” utan att någon har bestämt det. Rader som definitionen själv lägger i
    en månad prövas inte, om de inte har en egen regel.

    Skriv mötet eller dagen, ett eget stoppdatum (”23 maj”), eller ”stoppdatum: ej fastställt” om det är meningen.
    """
    for row in plan.dated:
        exact = any(occurrence.precision is Precision.DAY for occurrence in row.occurrences)
        why = _why_vague(plan, row) if row.stop_date.kind is StopKind.UNDATED and not exact else None
        if why is not None:
            message = f"{title_of(row)} har inget stoppdatum: {why}"
            yield Finding(message, plan.place(row), "skriv mötet eller dagen, eller ett eget stoppdatum")


def _why_vague(plan: Subject, row: Activity) -> str | None:
    """Why there is no day to count from; None where nobody asked for a stop date."""
    own = plan.written(row).stop_date
    if own is not None and isinstance(own.tree, s.Undecided):
        return None
    if any(occurrence.start == occurrence.end for occurrence in row.occurrences):
        return "det räknas från en dag, och dagen är ungefärlig"
    if (day := _stop_date_as_defined(plan, row)) is not None:
        return f"årets avvikelse gör dagen ungefärlig (definitionen ger {format_day(day)})"
    return "det räknas från en dag, och raden har ingen" if own is not None else None


def _stop_date_as_defined(plan: Subject, row: Activity) -> date | None:
    """What the definition gives without the deviations of the year, which cost a compilation to do without."""
    written = plan.written(row)
    expressions = (written.when, written.start, written.end, written.length)
    if not any(expression and of_the_year(expression.text.span) for expression in expressions):
        return None
    timeline = plan.as_defined()
    defined = (other.stop_date.day for other in timeline.activities if other.id == row.id) if timeline else ()
    return next(iter(defined), None)
