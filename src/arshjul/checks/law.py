"""The process's own requirements and the law sets it has chosen. They judge; they never move a date."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, format_day, title_of
from arshjul.codes import Code
from arshjul.dates.swedish import joined
from arshjul.diagnostics import Severity, Span, see_also
from arshjul.timeline import Activity, Judgement, MissingMilestone, NotJudged


@check(Code.LAW, Severity.ERROR)
def law(plan: Subject) -> Iterator[Finding]:
    """En dag strider mot ett lagkrav som processen har valt under ”lagkrav”.

    Ett beslut i fel tid kan upphävas, och en sen årsredovisning blir en anmärkning i revisionen. Lagen prövas mot
    året som aktiviteten avser, och mot dagen själv: om en helg förlänger en månadsgräns är inte avgjort, så meddelandet
    nämner den arbetsdag som säkert duger. Lagen flyttar aldrig en dag.

    Flytta aktiviteten, rätta ”avser” om ärendet gäller ett annat år, eller sätt flaggan om undantaget gäller
    (”flaggor: {särskilda_skäl: skälet}” i årets avvikelsefil). Har det som lagen gäller inget datum är kravet inte
    prövat, och sägs vara det.
    """
    for judgement in _nearest_limits(plan.timeline.judgements):
        yield _broken(plan, judgement, f"{judgement.text or judgement.rule} ({judgement.law})")
    yield from (_not_judged(plan, rule) for rule in plan.timeline.not_judged if rule.law_set is not None)


def _nearest_limits(judgements: Iterable[Judgement]) -> Iterator[Judgement]:
    """The broken laws. Where two rules of one paragraph say how late a row may be, it is the earlier that counts."""
    broken = [judgement for judgement in judgements if judgement.law_set is not None and not judgement.held]
    nearest: dict[Hashable, Judgement] = {}
    for judgement in sorted(broken, key=lambda judgement: judgement.limit or date.max):
        nearest.setdefault(_comparable(judgement), judgement)
    return (judgement for judgement in broken if nearest[_comparable(judgement)] is judgement)


def _comparable(judgement: Judgement) -> Hashable:
    own = None if judgement.latest else judgement.id
    return judgement.activity, judgement.law, judgement.of_as_of, own


@check(Code.REQUIREMENT, Severity.ERROR)
def requirement(plan: Subject) -> Iterator[Finding]:
    """Ett av processens egna krav håller inte.

    Kraven under ”krav” säger vad organisationen har bestämt om ordning och tid. Allvaret är kravets ”nivå”.

    Flytta aktiviteten, eller ändra kravet om det inte längre gäller. Har det som kravet gäller inget datum är det inte
    prövat, och sägs vara det.
    """
    for judgement in plan.timeline.judgements:
        if judgement.law_set is None and not judgement.held:
            cited = f" ({judgement.law})" if judgement.law else ""
            yield _broken(plan, judgement, f"{judgement.text or judgement.rule}{cited}")
    yield from (_not_judged(plan, rule) for rule in plan.timeline.not_judged if rule.law_set is None)


def _not_judged(plan: Subject, rule: NotJudged) -> Finding:
    """A rule about something without a date is neither kept nor broken, and must not look kept."""
    missing = [title_of(plan.by_id[name]) if name in plan.by_id else name for name in rule.undated]
    why = f"{joined(missing)} har inget datum" if missing else "ett datum som det gäller är inte fastställt"
    kind = "lagkravet" if rule.law_set is not None else "kravet"
    cited = f" ({rule.law})" if rule.law else ""
    # A law is pointed at where its row is: the library is nothing that the author changes.
    row = next((plan.by_id[name] for name in rule.undated if name in plan.by_id), None)
    place = plan.place(row) if row is not None and rule.law_set is not None else rule.span
    message = f"{kind.capitalize()} är inte prövat: {why}. {rule.text or rule.rule}{cited}"
    related = see_also(f"regeln: {rule.rule}", rule.span) if place != rule.span else ()
    return Finding(message, place, related=related, severity=Severity.INFO)


def _broken(plan: Subject, judgement: Judgement, rule: str) -> Finding:
    row = plan.by_id.get(judgement.activity or "")
    related = see_also(f"regeln: {judgement.rule}", judgement.rule_span)
    message = f"{_subject(row, judgement)} håller inte kravet: {rule}"
    period = plan.process.planning_period
    place = period.text.span if judgement.law_set and period else judgement.span
    if row is not None:
        as_of = plan.written(row).as_of if judgement.of_as_of else None
        place = as_of.text.span if as_of else plan.place(row, last=judgement.latest)
    return Finding(message, place, _what_would_do(judgement), related, judgement.level)


def _what_would_do(judgement: Judgement) -> str | None:
    hints = []
    if judgement.safe_day is not None:
        hints.append(f"{'sista' if judgement.latest else 'första'} säkra arbetsdag är {format_day(judgement.safe_day)}")
    if judgement.excusing_flag:
        flag = f"”flaggor: {{{judgement.excusing_flag}: skälet}}”"
        hints.append(f"gäller undantaget, skriv {flag} i årets avvikelsefil")
    return "; ".join(hints) or None


def _subject(row: Activity | None, judgement: Judgement) -> str:
    if row is not None and judgement.of_as_of:
        return f"{title_of(row)} gäller per {format_day(judgement.end)} och"
    if row is not None and len(row.occurrences) > 1:
        return f"{title_of(row)} {joined([format_day(occurrence.end) for occurrence in row.occurrences])}"
    days = format_day(judgement.start)
    if judgement.end != judgement.start:
        days = f"{days} till {format_day(judgement.end)}"
    return f"{title_of(row)} {days}" if row else days[0].upper() + days[1:]


@check(Code.LAW_STEP_MISSING, Severity.WARNING)
def law_step_missing(plan: Subject) -> Iterator[Finding]:
    """Ett lagkrav som processen har valt gäller en händelse som ingen aktivitet är.

    Utan händelsen kan kravet inte prövas, och steget kan vara glömt i tidplanen. Bara de uppsättningar som står under
    ”lagkrav” prövas.

    Skriv ”milstolpe: budgetbeslut” på aktiviteten som är händelsen, lägg till den som saknas, eller ta bort
    uppsättningen ur ”lagkrav”.
    """
    of_sets: dict[Span | None, list[MissingMilestone]] = {}
    for step in plan.timeline.missing_milestones:
        of_sets.setdefault(step.span, []).append(step)
    for span, steps in of_sets.items():
        # one finding for a set: its milestones are added in the same way, and each is named
        *first, last = (f"”{step.milestone}” ({step.law})" for step in steps)
        listed = f"{', '.join(first)} eller {last}" if first else last
        related = tuple(place for step in steps for place in see_also(f"lagkravet {step.milestone}", step.rule_span))
        example = "" if len(steps) == 1 else "till exempel "
        hint = f"skriv {example}”milstolpe: {steps[0].milestone}” på aktiviteten som är det, eller lägg till en"
        yield Finding(f"Ingen aktivitet är {listed}", span, hint, related)


@check(Code.LAW_NOT_REVIEWED, Severity.INFO)
def law_not_reviewed(plan: Subject) -> Iterator[Finding]:
    """Ett lagkrav granskades mer än ett år före det år planen gäller.

    Lagar ändras. ”granskad” är dagen då någon senast läste lagtexten; den jämförs med den 1 januari året före
    budgetåret, så att svaret inte hänger på vilken dag du frågar.

    Läs lagtexten på riksdagen.se och skriv den nya dagen under ”granskad”. De lagkrav som följer med arshjul granskas
    inför varje version: uppgradera.
    """
    first = date(plan.timeline.budget_year - 1, 1, 1)
    for name in plan.process.law_sets:
        read = [rule.reviewed for rule in plan.process.laws[name] if rule.reviewed]
        if read and (oldest := min(read)) < first.replace(year=first.year - 1):
            message = f"Lagkraven ”{name}” granskades {format_day(oldest)}, mer än ett år före {first.year}"
            yield Finding(
                message, name.span, "läs lagtexten och skriv ny dag under ”granskad”, eller uppgradera arshjul"
            )
