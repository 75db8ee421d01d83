"""Stop dates: missing, impossible, or left over from another year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, meeting_day, named, told
from arshjul.codes import Code
from arshjul.definition import Body
from arshjul.diagnostics import Severity, Span, see_also
from arshjul.timeline import STOP_DATE, Activity, StopKind, Timeline


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
            body = plan.body(row)
            ruled = row.stop_date.written and body is not None and _has_rule(body)
            place = row.stop_date.span or row.source
            severity = Severity.ERROR if ruled else Severity.WARNING
            yield Finding(f"{_on_its_day(row)} saknar stoppdatum", place, _how_to_set(row, ruled), severity=severity)


def _has_rule(body: Body) -> bool:
    return body.stop_date is not None or STOP_DATE in body.chain


def _on_its_day(row: Activity) -> str:
    day = meeting_day(row)
    return f"{named(row)} {told(day)}" if day else named(row)


def _how_to_set(row: Activity, ruled: bool) -> str:
    if not ruled:
        where = f" på aktiviteten, eller på {row.body} så att det gäller alla dess ärenden" if row.body else ""
        return f"skriv till exempel ”stoppdatum: 14 dagar före”{where}; annars ”krävs ej”"
    gives = f" ger då {told(row.stop_date.rule_day)}" if row.stop_date.rule_day else " gäller då"
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
            when = "på samma dag som mötet" if day == meeting else f"efter mötet {told(meeting)}"
            message = f"Stoppdatum {told(day)} för {named(row)} ligger {when}"
            yield Finding(message, _place(row), _rule_instead(row) or "skriv en dag före mötet, eller ”på bordet”")


def _met_already(row: Activity, day: date) -> date | None:
    """The meeting's day, if it is not after the stop date."""
    meeting = meeting_day(row) or row.end
    return meeting if meeting is not None and day >= meeting else None


def _rule_instead(row: Activity) -> str | None:
    rule_day = row.stop_date.rule_day
    return f"ta bort raden: regeln för {row.body} ger {told(rule_day)}" if rule_day else None


@check(Code.STOP_BEFORE_INPUT, Severity.ERROR)
def stop_before_input(plan: Subject) -> Iterator[Finding]:
    """Ett underlag blir klart först efter stoppdatumet, eller efter mötet.

    Ärendet bygger på något som inte finns när handlingarna ska lämnas in. Då lämnas de in ofärdiga eller för sent.

    Lägg underlaget tidigare, stoppdatumet senare, eller ta bort namnet under ”underlag” om ärendet inte väntar på det.
    """
    for row in plan.dated:
        limit = row.stop_date.day or row.end
        for name, span in _inputs(plan, row):
            ready = _ready(plan.dated, name, row)
            if limit is not None and ready is not None and ready.end is not None and ready.end > limit:
                yield Finding(
                    f"{named(row)} bygger på {named(ready)}, som är klart först {told(ready.end)}, "
                    f"efter {STOP_DATE if row.stop_date.day else 'mötet'} {told(limit)}",
                    row.stop_date.span if row.stop_date.written and row.stop_date.day else span,
                    "lägg underlaget tidigare eller stoppdatumet senare",
                    see_also("underlaget", plan.place(ready, last=True)),
                )


def _inputs(plan: Subject, row: Activity) -> Iterator[tuple[str, Span | None]]:
    return ((str(name), name.span) for name in plan.written(row).inputs)


def _ready(rows: Iterable[Activity], name: str, of: Activity) -> Activity | None:
    """The row that is the input: the same round where there are rounds, of several the one that ends last."""
    fitting = [row for row in rows if name == row.row.activity or name in row.milestones]
    same = [row for row in fitting if of.row.repetition and row.row.repetition == of.row.repetition]
    return max(same or fitting, key=lambda row: row.end or date.min, default=None)


@check(Code.STOP_DATE_DEVIATES, Severity.WARNING)
def stop_date_deviates(plan: Subject) -> Iterator[Finding]:
    """Ett skrivet stoppdatum är en annan dag än organets regel ger.

    Ofta är det ett datum från ett tidigare år som blivit kvar. Är det meningen gäller den skrivna dagen.

    Ta bort raden så gäller regeln, eller behåll dagen och säg varför på raden ovanför:
    ”# arshjul: tillåt stop-date-deviates – skälet”.
    """
    for row, day in _with_day(plan):
        rule_day = row.stop_date.rule_day
        if row.stop_date.written and rule_day not in (None, day) and not _met_already(row, day):
            message = f"Stoppdatum {told(day)} för {named(row)} avviker: regeln för {row.body} ger {told(rule_day)}"
            yield Finding(message, _place(row), "ta bort raden så gäller regeln, eller skriv varför dagen är en annan")


@check(Code.STOP_DATE_UNCHANGED, Severity.WARNING)
def stop_date_unchanged(plan: Subject) -> Iterator[Finding]:
    """Ett skrivet stoppdatum har samma dag och månad som ett tidigare år, fast mötet har flyttats.

    Så ser ett datum ut som följt med när förra årets tidplan kopierades. Tidigare år är de som har en avvikelsefil;
    en dag som stämmer med organets regel räknas inte.

    Ta bort raden så gäller organets regel, eller räkna om dagen från årets möte.
    """
    suspects = {row.id: row for row, day in _with_day(plan) if row.stop_date.written and row.stop_date.rule_day != day}
    for timeline in plan.earlier() if suspects else ():
        for then in timeline.activities:
            if then.id in suspects and _left_over(suspects[then.id], then):
                yield _unchanged(suspects.pop(then.id), then, timeline)
        if not suspects:
            return


def _left_over(now: Activity, then: Activity) -> bool:
    stop, old_stop = now.stop_date.day, then.stop_date.day
    meeting, old_meeting = meeting_day(now), meeting_day(then)
    if stop is None or old_stop is None or meeting is None or old_meeting is None:
        return False
    return _same_date(stop, old_stop) and not _same_date(meeting, old_meeting)


def _same_date(one: date, other: date) -> bool:
    return (one.month, one.day) == (other.month, other.day)


def _unchanged(now: Activity, then: Activity, timeline: Timeline) -> Finding:
    meeting, old_meeting, stop = meeting_day(now), meeting_day(then), now.stop_date.day
    assert meeting is not None
    assert old_meeting is not None
    assert stop is not None
    message = (
        f"Stoppdatum {told(stop)} för {named(now)} är samma dag som i budget {timeline.budget_year}, "
        f"men mötet har flyttats från {told(old_meeting)} till {told(meeting)}"
    )
    return Finding(message, _place(now), _rule_instead(now) or "räkna om dagen från årets möte")


@check(Code.STOP_DATE_DAY_OFF, Severity.WARNING)
def stop_date_day_off(plan: Subject) -> Iterator[Finding]:
    """Stoppdatumet är ingen arbetsdag.

    Ingen tar emot handlingarna den dagen, så i praktiken är stoppdatumet en annan dag än den som står.

    Skriv arbetsdagen före, eller en regel: det som räknas (”14 dagar före”) hamnar alltid på en arbetsdag.
    """
    for row, day in _with_day(plan):
        if why := plan.workdays.why_off(day):
            message = f"Stoppdatum {told(day)} för {named(row)} är ingen arbetsdag ({why})"
            yield Finding(message, _place(row), _rule_instead(row) or "skriv arbetsdagen före")
