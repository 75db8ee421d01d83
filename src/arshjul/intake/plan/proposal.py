"""The rows of a plan → what a process would say of each: a date of the date language, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text as canonical
from arshjul.dates.parser import parse_stop, parse_times
from arshjul.dates.swedish import day_text, weekday
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.vocabulary import Allowance, Vocabulary
from arshjul.diagnostics import InvalidProcess, error
from arshjul.intake.grid import Document
from arshjul.intake.plan.bodies import BODIES, body_of, may_be_meeting
from arshjul.intake.plan.dates import (
    NotADate,
    WrittenDate,
    contradicts,
    dates_in,
    days_of,
    ends_of,
    first_day,
    has_checks,
    in_years,
    is_year,
    read_date,
    relative,
    written_year,
)
from arshjul.intake.plan.headings import GROUPS
from arshjul.intake.plan.table import MOST_REPAIRED, PlanRow, PlanTable, plan_table
from arshjul.intake.plan.years import Candidate, choose, is_outside, years_within
from arshjul.source.encoding import at_start

OTHER_WEEKDAY = 400.0  # what a weekday that is not the day's speaks against a year
LONGEST_BEFORE = 200  # days: a stop date further before its row is of another year, or wrong
DATE_NOTE, PEOPLE_NOTE = "inom parentes i datumcellen: ", "organet skrivs i dokumentet som: "  # kept as comments
UNDATED = "ej fastställt"
_BUDGET_YEAR = re.compile(
    r"budget\w*(?: och \w+)?(?: för)?(?: år)? ?(20\d\d)|(?:plan|mål & budget)\w* ?(20\d\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d-])20\d\d(?![\d-])")
_ACCOUNTS = re.compile(r"bokslut|årsredovisning|uppföljning|delår", re.IGNORECASE)
_MARKED = re.compile(r"^(?P<title>.+?) \((?P<marks>(?:inställt|flyttat|reservdag)[^()]*)\)$")
_UNDECIDED = re.compile(r"nytt datum|datum (?:kommer|meddelas)|preliminär", re.IGNORECASE)
_NOTHING = {"", "-", "–", "—", "x"}
_NO_NAMES = Vocabulary({}, frozenset(), frozenset(), Allowance(explanations=0))  # what is wrong is told by read_date
_COPIED = ("handläggare", "ansvarig", "plats", "till", "syfte", "mål", "länk")


class ProposedRow(Struct, frozen=True):
    """One activity.

    Attributes:
        row: As the document has it.
        title: What happens.
        dates: The dates with their calendar years; None where there are none.
        when: The same in the date language, or `ej fastställt`.
        problems: Why it, or its stop date, was not understood.
        stop: Its stop date in the date language; empty where the document has none.
        body: The body whose meeting it is.
        people: Column → those who take part.
        cancelled: Why it is cancelled, as far as the document says.
    """

    row: PlanRow
    title: str
    dates: s.Dates | None = None
    when: str = UNDATED
    problems: tuple[str, ...] = ()
    stop: str = ""
    body: str = ""
    people: Mapping[str, tuple[str, ...]] = {}
    cancelled: str = ""
    preliminary: bool = False
    notes: tuple[str, ...] = ()

    @property
    def days(self) -> list[date]:
        """The first day of each of its dates."""
        return [days_of(item.dates.start.phrase).start for item in self.dates.items] if self.dates else []


FARTHEST_YEAR = 4  # from the budget year


class Proposal(Struct, frozen=True):
    """The plan of a document. `remarks` are what its reader should know of it as a whole."""

    document: Document
    table: PlanTable
    budget_year: int
    rows: tuple[ProposedRow, ...]
    windows: tuple[ProposedRow, ...]
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The first line above the table that is a title."""
        return next((line for line in self.table.lead if 3 < len(line) <= 150 and not _YEAR.fullmatch(line)), "")


def propose(document: Document, budget_year: int | None) -> Proposal:
    """What a document says, as a plan for a budget year; without one, the year that the document itself says.

    Raises:
        InvalidProcess: `missing-key` where no table is found, `ambiguous-year` where no year is known.
    """
    table = plan_table(document)
    if not table.rows:
        hint = "tidplanen är en tabell med rubriker som Datum och Aktivitet, eller rader som börjar med ett datum"
        raise InvalidProcess([error(Code.MISSING_KEY, "Ingen tidplan finns i filen", at_start(document.name), hint)])
    read, windows = ([(row, *read_row(row)) for row in rows] for rows in (table.rows, table.windows))
    year = budget_year or year_of(table, [written for _, written, _ in read])
    if year is None:
        message = "Inget årtal finns i filen, och då går det inte att veta vilket år planen gäller"
        hint = "skriv budgetåret med --year ÅR"
        raise InvalidProcess([error(Code.AMBIGUOUS_YEAR, message, at_start(document.name), hint)])
    above = accounting_years(table)
    read = [
        (replace(row, years=near_years(row.years or above, year)), written, problems) for row, written, problems in read
    ]
    rows, stretches = (tuple(proposed(*each, year) for each in with_years(part, year)) for part in (read, windows))
    return Proposal(document, table, year, rows, stretches, tuple(remarks_of(rows, year, document, table.lead)))


def year_of(table: PlanTable, dates: Iterable[WrittenDate | None]) -> int | None:
    """The budget year that a title says, else the one after the last year of the dates; None where none is written."""
    for line in table.lead:
        if match := _BUDGET_YEAR.search(line):
            return int(match[1] or match[2])
    years = [year for written in dates if written and written.value for year in written_years(written.value)]
    years += [year for row in table.rows for year in row.years]
    return max(years) + 1 if years else None


def near_years(years: Iterable[int], budget_year: int) -> tuple[int, ...]:
    """Those that a plan may have rows of; `Vision 2038` above a table is no year of its rows."""
    return tuple(each for each in years if abs(each - budget_year) <= FARTHEST_YEAR)


def accounting_years(table: PlanTable) -> tuple[int, ...]:
    """The year that a plan of closing the accounts begins in: its title says it, and it is no budget year."""
    lines = [line for line in table.lead if _ACCOUNTS.search(line) and not _BUDGET_YEAR.search(line)]
    years = {int(year) for line in lines for year in _YEAR.findall(line)}
    return tuple(years) if len(years) == 1 else ()


def written_years(value: s.Dates) -> Iterable[int]:
    """The calendar years that its dates say."""
    ends = (end for item in value.items for end in ends_of(item))
    return [year for end in ends if (year := written_year(end)) is not None and is_year(year)]


Read = tuple[PlanRow, WrittenDate | None, tuple[str, ...]]


def read_row(row: PlanRow) -> tuple[WrittenDate | None, tuple[str, ...]]:
    """The date of a row as it is written, and what is wrong with it."""
    written, remark = date_text(row)
    if not written:
        return None, ("datum saknas",)
    try:
        return read_date(written, row.repair), (remark,) if remark else ()
    except NotADate as problem:
        if (start := row.fields.get("start")) and row.fields.get("datum"):
            return read_row(replace(row, fields={**row.fields, "datum": "", "start": start}))
        reason = str(problem)
        return None, (reason if reason.startswith(f"”{written}”") else f"”{written}” {reason}",)


def date_text(row: PlanRow) -> tuple[str, str]:
    """What says when the row is, and a remark where that is not its date cell."""
    fields = row.fields
    if fields.get("datum"):
        return fields["datum"], ""
    start, end = fields.get("start", ""), fields.get("slut", "")
    if start or end:
        return (f"{start} till {end}" if start and end and start != end else start or f"senast {end}"), ""
    if week := fields.get("vecka"):
        number = f"v. {week}" if week[:1].isdigit() else week
        return " ".join(filter(None, (fields.get("veckodag", ""), number))), ""
    if row.heading:
        return row.heading, ""
    found = dates_in(fields.get("aktivitet", ""))
    return (found[0], "datumet är taget ur texten") if len(found) == 1 else ("", "")


def with_years(rows: Sequence[Read], budget_year: int) -> list[Read]:
    """The rows with the years of their dates; where a year is not certain the date is taken away and told."""
    hinted = {year for row, _, _ in rows for year in row.years}
    first_hinted = next((row.place for row, _, _ in rows if row.years), "")
    found = [written.value if written else None for _, written, _ in rows]
    candidates = list[Candidate]()
    phase = ""
    for (row, _, _), value in zip(rows, found, strict=True):
        if value is not None:
            goes_on = len(hinted) == 1 and row.place != first_hinted
            candidates.append(candidate(row, value, budget_year, goes_on, row.phase != phase))
            phase = row.phase
    years = iter(choose(candidates))
    possible = iter(candidates)
    dated = list[Read]()
    for (row, written, problems), value in zip(rows, found, strict=True):
        if written is None or value is None:
            dated.append((row, written, problems))
            continue
        dated.append(with_year(row, written, problems, next(years), next(possible)))
    return dated


def candidate(row: PlanRow, value: s.Dates, budget_year: int, goes_on: bool, new_phase: bool) -> Candidate:
    """The years in which a row may lie; with `goes_on` the year after that of its heading is one of them."""
    first = value.items[0].dates.start.phrase
    year = written_year(first)
    if year is not None:
        years: Iterable[int] = [year]
    elif row.years:
        years = {*row.years, *(each + 1 for each in row.years)} if goes_on else row.years
    else:
        years = years_within(budget_year)
    days = {each: day for each in sorted(years) if is_year(each) and (day := first_day(first, each)) is not None}
    said = year is not None or bool(row.years)
    outside = frozenset(each for each, day in days.items() if not said and is_outside(day, budget_year))
    # weekdays choose between two autumns of the plan; they never move a row out of it, for they may be last year's
    inside = [each for each in days if each not in outside]
    costs = {each: OTHER_WEEKDAY for each in inside if has_checks(first) and contradicts(first, each)}
    costs = costs if len(costs) < len(inside) else {}
    return Candidate(days, costs, outside, new_phase)


def with_year(
    row: PlanRow, written: WrittenDate, problems: tuple[str, ...], year: int | None, possible: Candidate
) -> Read:
    """The row with a date that has its year; without one where the year is not known, or something denies the date."""
    value = written.value
    assert value is not None
    if year is None:
        choice = " eller ".join(str(each) for each in possible.days)
        problem = f"året är oklart: {choice}" if choice else "dagen finns inte i något av årens kalendrar"
        return row, replace(written, value=None), (*problems, problem)
    try:
        dated = in_years(value, year)
        problem = contradiction(row, value, dated)
    except (NotADate, ExpressionError) as wrong:
        problem = str(wrong) if isinstance(wrong, NotADate) else wrong.message
    if problem:
        return row, replace(written, value=None), (*problems, problem)
    return row, replace(written, value=dated), problems


def contradiction(row: PlanRow, written: s.Dates, dated: s.Dates) -> str:
    """What in a row denies its date: a weekday or week beside it, or in another column."""
    for before, after in zip(written.items, dated.items, strict=True):
        for one, other in zip(ends_of(before), ends_of(after), strict=True):
            if has_checks(one) and (problem := contradicts(one, days_of(other).start.year)):
                return problem
    first = days_of(dated.items[0].dates.start.phrase)
    if not first.single:
        return ""
    day = first.start
    named = row.fields.get("veckodag", "").lower()
    if named and not weekday(day).startswith(re.split(r"\W", named)[0][:3]):
        return f"{day_text(day, weekday=False, year=True)} är en {weekday(day)}, inte {named}"
    weeks = re.findall(r"\d{1,2}", row.fields.get("vecka", ""))
    if weeks and row.fields.get("datum") and int(weeks[0]) != day.isocalendar().week:
        return f"{day_text(day, year=True)} ligger i v. {day.isocalendar().week}, inte v. {int(weeks[0])}"
    start = re.match(r"(20\d\d-\d\d-\d\d)$", row.fields.get("start", ""))
    if start and row.fields.get("datum") and start[1] != day.isoformat():
        return f"kolumnen Start säger {start[1]}"
    return ""


def proposed(row: PlanRow, written: WrittenDate | None, problems: tuple[str, ...], budget_year: int) -> ProposedRow:
    """What the process would say of a row."""
    fields, notes = row.fields, [*row.remarks]
    title, cancelled = title_of(fields)
    value = written.value if written else None
    if written is not None and written.note:
        notes.append(f"{DATE_NOTE}{written.note}")
    if written is not None and written.cancelled:
        cancelled = cancelled or "enligt dokumentet"
    when = relative(value, budget_year) if value else UNDATED
    stop, stop_problem = stop_of(fields.get("stoppdatum", ""), value, budget_year, row.repair)
    notes += [f"{PEOPLE_NOTE}{fields[group]}" for group in GROUPS if is_extended(fields.get(group, ""))]
    people = {group: people_of(fields[group]) for group in ("deltagare", *GROUPS) if fields.get(group)}
    bodies = written.bodies if written else ()
    made = ProposedRow(
        row, title, value, when, (*problems, *filter(None, [stop_problem])), stop, "", people, cancelled,
        bool(_UNDECIDED.search(fields.get("kommentar", ""))) and value is not None, tuple(notes),
    )  # fmt: skip
    return replace(made, body=meeting_body(made, bodies))


def title_of(fields: Mapping[str, str]) -> tuple[str, str]:
    """The title, and why it is cancelled: our own plans say so after it."""
    written = fields.get("aktivitet") or next(
        (fields[name] for name in ("organ", "deltagare", *GROUPS) if fields.get(name)), ""
    )
    match = _MARKED.match(written)
    if match is None:
        return written, ""
    cancelled = match["marks"].startswith("inställt")
    return match["title"], (match["marks"].partition(": ")[2] or "enligt dokumentet") if cancelled else ""


def people_of(text: str) -> tuple[str, ...]:
    """Those whom a cell names, parted by commas that stand in no parentheses."""
    if (body := body_of(text)) is not None:
        return (body,)
    parts = re.split(r",(?![^()]*\))", text)
    return tuple(dict.fromkeys(each for part in parts if (each := part.strip())))


def is_extended(text: str) -> bool:
    """Whether a cell says more of a body than its name: `Utökad FLU`."""
    body = body_of(text)
    return body is not None and text.casefold() not in (body.casefold(), BODIES[body].name.casefold())


def meeting_body(row: ProposedRow, bodies: Sequence[str]) -> str:
    """The body whose meeting a row is: named in its date cell, in a column of its own, or alone among the people."""
    if bodies:
        return bodies[0]
    if organ := body_of(row.row.fields.get("organ", "")):
        return organ
    if row.dates is None or not may_be_meeting(row.title):
        return ""
    alone = {body for name in (*GROUPS, "deltagare") if (body := body_of(row.row.fields.get(name, "")))}
    single = all(days_of(item.dates.start.phrase).single and not item.dates.end for item in row.dates.items)
    return next(iter(alone)) if len(alone) == 1 and single else ""


def stop_of(text: str, value: s.Dates | None, budget_year: int, repair: bool) -> tuple[str, str]:
    """A stop date in the date language, and why it was not understood."""
    if text.strip() in _NOTHING:
        return "", ""
    try:
        stop = parse_stop(text, _NO_NAMES)
    except ExpressionError:
        return _literal_stop(text, value, budget_year, repair)
    literal = isinstance(stop, s.StopRule) and not any(isinstance(end, s.Meeting) for end in _anchors(stop))
    return _literal_stop(text, value, budget_year, repair) if literal else (canonical(stop), "")


def _anchors(stop: s.StopRule) -> Iterable[object]:
    phrase: object = stop.dates.start.phrase
    while hasattr(phrase, "anchor"):
        phrase = phrase.anchor
    return [phrase]


def _literal_stop(text: str, value: s.Dates | None, budget_year: int, repair: bool) -> tuple[str, str]:
    """A stop date by the calendar: the last one that is not after the first day of the row."""
    try:
        written = read_date(text, repair)
    except NotADate as problem:
        return UNDATED, f"stoppdatum ”{text}” {problem}"
    if written.value is None or len(written.value.items) != 1:
        return UNDATED, "" if written.value is None else f"stoppdatum ”{text}” är flera datum"
    phrase = written.value.items[0].dates.start.phrase
    year = written_year(phrase)
    if year is None and value is None:
        return UNDATED, f"stoppdatum ”{text}” saknar år när raden saknar datum"
    if year is None and value is not None:
        first = days_of(value.items[0].dates.start.phrase).start
        days = {each: first_day(phrase, each) for each in (first.year, first.year - 1)}
        near = [each for each, day in days.items() if day and 0 <= (first - day).days <= LONGEST_BEFORE]
        if not near:
            return UNDATED, f"stoppdatum ”{text}” ligger efter raden, eller långt före den"
        year = near[0]
    assert year is not None
    if denied := contradicts(phrase, year):
        return UNDATED, f"stoppdatum ”{text}”: {denied}"
    dated = in_years(written.value, year)
    item = replace(dated.items[0], certainty=None, deadline=False, earliest=False, uncertain=False)
    return relative(replace(dated, items=(item,)), budget_year), ""


def other_years(rows: Sequence[ProposedRow], budget_year: int, lead: Sequence[str]) -> Iterable[str]:
    """What is told where the text above the table has years, and none of them is the plan's."""
    found = {int(year) for line in lead for year in _YEAR.findall(line)}
    own = {day.year for row in rows for day in row.days} | {budget_year}
    if found and not found & own:
        years = " och ".join(map(str, sorted(found)))
        yield f"ovanför tabellen står {years}, men planen läses för budget {budget_year}: är året rätt?"


def remarks_of(rows: Sequence[ProposedRow], budget_year: int, document: Document, lead: Sequence[str]) -> Iterable[str]:
    """What holds for the plan as a whole."""
    yield from document.notices
    yield from other_years(rows, budget_year, lead)
    if any(not row.row.repair and row.problems for row in rows):
        yield f"dokumentet har fler än {MOST_REPAIRED} rader: det som inte är rena datum listas utan förslag"
    denied = [row for row in rows if any(" är en " in problem for problem in row.problems)]
    if len(denied) > 2 and len(denied) * 2 > sum(_has_weekday(row) for row in rows):
        yield f"de flesta veckodagar stämmer inte för budget {budget_year}: är året rätt?"


def _has_weekday(row: ProposedRow) -> bool:
    text = f"{row.row.fields.get('datum', '')} {row.row.fields.get('veckodag', '')}"
    return bool(re.search(r"\b(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag|d)?\b", text, re.IGNORECASE))


def tid_of(text: str) -> str:
    """A clock time in the date language; empty where it is none."""
    if not text.strip():  # most rows have none, and to explain that costs as much as a hundred times
        return ""
    try:
        return " ".join(canonical(part) for part in parse_times(text))
    except ExpressionError:
        return ""


def copied(row: ProposedRow) -> dict[str, str]:
    """The fields that are texts in the document and in the process."""
    return {name: row.row.fields[name] for name in _COPIED if row.row.fields.get(name)}
