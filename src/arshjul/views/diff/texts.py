"""The sentences about a difference, which the terminal, Markdown and the mail lay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from arshjul.dates.swedish import day_text
from arshjul.timeline import STOP_DATE, Status
from arshjul.views.diff.causes import Cause, CauseKind
from arshjul.views.diff.model import Change, ChangeKind, Difference, WeekShift
from arshjul.views.diff.version import DATES, Finding
from arshjul.wording.columns import STATUS_WORDS
from arshjul.wording.dates import UNDATED

NOTHING = "Inga skillnader."
SEVERITY_WORDS = {"error": "fel", "warning": "varning", "info": "info"}
_FIELDS = {ChangeKind.TITLE: "titel", ChangeKind.STATUS: "läge", ChangeKind.BODY: "organ", ChangeKind.PLACE: "plats"}


class Line(Struct, frozen=True):
    """A line below a heading: what it is about, what happened to it, and the id it goes by, if it is a row."""

    name: str
    text: str
    id: str = ""


class Section(Struct, frozen=True):
    """A heading and its lines. `aside` is where that is written which the heading tells of."""

    heading: str
    lines: tuple[Line, ...]
    aside: str = ""


def headline(difference: Difference) -> str:
    """`rambudget: 2021 → 2023`, `rambudget: 2026 → om KS 3 juni = 10 juni`"""
    new = difference.new
    after = f"om {' och '.join(new.assumed)}" if new.assumed else new.label
    return f"{new.process}: {difference.old.label} → {after}"


def summary(difference: Difference) -> str:
    """How many rows are in both, and what has happened to them, in one sentence."""
    old, new = difference.old, difference.new
    rows = f"{difference.paired} av {counted(len(old.rows), 'rad', 'rader')} i {old.label} finns i {new.label}"
    if difference.between_years:
        same = sum(shift.weeks == 0 for shift in difference.shifts)
        facts = [f"{same} i samma vecka"]
    else:
        moved = len(difference.of_kind(ChangeKind.DATE))
        causes = counted(len(difference.causes), "orsak", "orsaker")
        facts = [f"{counted(moved, 'ändrat datum', 'ändrade datum')} av {causes}" if moved else "inget ändrat datum"]
    new_rows, gone = (len(difference.of_kind(kind)) for kind in (ChangeKind.ADDED, ChangeKind.REMOVED))
    facts += [f"{counted(new_rows, 'ny', 'nya')}, {counted(gone, 'borttagen', 'borttagna')}"]
    return f"{rows}; {'; '.join(facts)}."


def sections(difference: Difference) -> Iterator[Section]:
    """What there is to tell, causes first; no section is empty."""
    for number, cause in enumerate(difference.causes):
        yield _of_cause(cause, difference.under(number))
    stayed = (
        Line(each.title, f"{STOP_DATE}: {each.old} → {each.new}", each.row)
        for each in difference.of_kind(ChangeKind.STAYED)
    )
    every = (
        ("Stoppdatum som inte följde med mötet", stayed),
        ("Samma vecka", (_shift(each) for each in difference.shifts if each.weeks == 0)),
        ("Annan vecka", (_shift(each) for each in difference.shifts if each.weeks)),
        ("Utan datum något av åren", (_shift(each) for each in difference.shifts if each.weeks is None)),
        (
            "Nya rader",
            (Line(each.title, each.new or UNDATED, each.row) for each in difference.of_kind(ChangeKind.ADDED)),
        ),
        (
            "Borttagna rader",
            (Line(each.title, each.old or UNDATED, each.row) for each in difference.of_kind(ChangeKind.REMOVED)),
        ),
        ("Rader som bytt id", map(_renamed, difference.of_kind(ChangeKind.RENAMED))),
        ("Annat som ändrats", map(_field, difference.of_kind(*_FIELDS))),
        ("Nya fynd", map(_finding, difference.came)),
        ("Fynd som försvunnit", map(_finding, difference.went)),
    )
    if difference.new.assumed and (affected := difference.affected):
        yield Section(f"Berörs ({len(affected)})", (Line("Organ, roller och andra", ", ".join(affected)),))
    for heading, lines in every:
        if found := tuple(lines):
            yield Section(f"{heading} ({len(found)})", found)


def _of_cause(cause: Cause, changes: Sequence[Change]) -> Section:
    count = counted(len(changes), "datum", "datum")
    follows = "" if cause.kind is CauseKind.OWN else f"; {count} följer med"
    place = f"{cause.place[0]}:{cause.place[1]}" if cause.place else ""
    return Section(f"{cause_sentence(cause)}{follows}", tuple(map(_dates, changes)), place)


def cause_sentence(cause: Cause) -> str:
    """`KF flyttad från måndag 16 juni till måndag 23 juni 2025 (+1 vecka)`"""
    old, new = cause.old, cause.new
    match cause.kind:
        case CauseKind.MEETING:
            return _meeting_sentence(cause.name, *(day if isinstance(day, date) else None for day in (old, new)))
        case CauseKind.CALENDAR:
            parts = (f"nytt: {new}" if new else "", f"borttaget: {old}" if old else "")
            return f"Arbetsdagarna räknas på annat sätt ({', '.join(filter(None, parts))})"
        case CauseKind.OWN:
            return f"{_part_of(cause)} ändrat"
    reason = f", skäl: {cause.reason}" if cause.reason else ""
    kind = "Avvikelse för" if cause.kind is CauseKind.DEVIATION else "Ny regel för"
    return f"{kind} {_part_of(cause)}: ”{new}” i stället för ”{old}”{reason}"


def _part_of(cause: Cause) -> str:
    return cause.name if cause.part == DATES else f"{cause.name}.{cause.part}"


def _meeting_sentence(body: str, old: date | None, new: date | None) -> str:
    if old and new:
        before = day_text(old, year=old.year != new.year)
        return f"{body} flyttad från {before} till {day_text(new, year=True)} ({shift_words((new - old).days)})"
    if old:
        return f"{body} {day_text(old, year=True)} hålls inte längre"
    return f"{body} {day_text(new, year=True)} är nytt i sammanträdesplanen" if new else body


def _dates(change: Change) -> Line:
    part = "" if change.part == DATES else f"{change.part}: "
    moved = f" ({shift_words(change.days)})" if change.days else ""
    return Line(change.title, f"{part}{change.old or UNDATED} → {change.new or UNDATED}{moved}", change.row)


def _renamed(change: Change) -> Line:
    sure = "samma rad" if change.score == 100 else f"lika till {change.score} %"
    return Line(change.title, f"{change.old} → {change.new} ({sure})", change.row)


def _field(change: Change) -> Line:
    of_status = change.kind is ChangeKind.STATUS
    old, new = (
        STATUS_WORDS[Status(value)] if of_status and value in set(Status) else value or "inget"
        for value in (change.old, change.new)
    )
    return Line(change.title, f"{_FIELDS[change.kind]}: {old} → {new}", change.row)


def _shift(shift: WeekShift) -> Line:
    both = ((shift.old, shift.old_week), (shift.new, shift.new_week))
    old, new = (f"{text} (v. {week})" if week else text for text, week in both)
    return Line(shift.title, f"{old} → {new}: {', '.join(_shift_facts(shift))}", shift.row)


def _shift_facts(shift: WeekShift) -> Iterator[str]:
    if shift.weeks is None:
        yield "inget att jämföra"
        return
    yield "samma vecka" if shift.weeks == 0 else weeks_words(shift.weeks)
    if shift.end_weeks != shift.weeks and shift.end_weeks is not None:
        yield "slutar samma vecka" if shift.end_weeks == 0 else f"slutar {weeks_words(shift.end_weeks)}"
    if shift.stop_weeks is not None and shift.stop_weeks != shift.weeks:
        yield "stoppdatum samma vecka" if shift.stop_weeks == 0 else f"stoppdatum {weeks_words(shift.stop_weeks)}"
    if shift.distance and not (shift.distance.old or shift.distance.new):
        yield f"samma vecka som {shift.distance.decision}"
    elif shift.distance:
        before = "" if shift.distance.old == shift.distance.new else f" (var {shift.distance.old})"
        count = counted(abs(shift.distance.new), "vecka", "veckor")
        side = "före" if shift.distance.new >= 0 else "efter"
        yield f"{count} {side} {shift.distance.decision}{before}"


def _finding(finding: Finding) -> Line:
    return Line(f"{SEVERITY_WORDS.get(finding.severity, finding.severity)}[{finding.code}]", finding.message)


def shift_words(days: int) -> str:
    """`+1 vecka`, `−10 dagar`, `samma dag`."""
    if days == 0:
        return "samma dag"
    if days % 7 == 0:
        return weeks_words(days // 7)
    return f"{'+' if days > 0 else '−'}{counted(abs(days), 'dag', 'dagar')}"


def weeks_words(weeks: int) -> str:
    """`+1 vecka`, `−2 veckor`."""
    return f"{'+' if weeks > 0 else '−'}{counted(abs(weeks), 'vecka', 'veckor')}"


def counted(number: int, one: str, many: str) -> str:
    """`1 vecka`, `2 veckor`."""
    return f"{number} {one if number == 1 else many}"
