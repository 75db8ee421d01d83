"""What stands in the date cell of a document → a date of the date language, with what only documents say beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates import syntax as s
from arshjul.dates.canonical import text as canonical
from arshjul.dates.extent import Extent
from arshjul.dates.literal import Frame, literal_extent
from arshjul.dates.parser import parse_value
from arshjul.dates.spellings import MONTH
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.vocabulary import Allowance, Vocabulary
from arshjul.dates.words import MONTH_NAMES, MONTHS, SHORT_WEEKDAYS, WEEKDAY_NAMES
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

N = TypeVar("N", bound=s.Node)
_NO_NAMES = Vocabulary({}, frozenset(), frozenset())
# To explain what is no date costs as much as to read a hundred that are: only a short cell is, and only once.
_UNEXPLAINED = Vocabulary({}, frozenset(), frozenset(), Allowance(explanations=0))
LONGEST_DATE = 200  # characters: what is longer is a text, not a date
LONGEST_EXPLAINED = 80
_MAY_BE_DATE = re.compile(
    rf"\d|\b(?:{MONTH}|v(?:ecka)?\b|jul|påsk|pingst|midsommar|nyår|valborg|allhelgona|halvår|år|kvartal|tertial|Q|T|H)"
    r"|(?:vår|höst|sommar|vint)\w*$|löpande|kontinuerlig|behov|oklart|datum|senare|fastställ|bestäm|klart|satt|beslutat|återkom",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?:[-/ ](20\d\d)|[-/](\d\d)(?![\d/.:]))?(?![\d/.])")
_NO_BODY = {"FM", "EM", "KL", "OCH", "TILL", "ELLER", "PREL", "CA", "EV", "SENAST", "INFO", "DEN", "TOM", "FROM"}
_CAPITALS = r"[A-ZÅÄÖ][A-ZÅÄÖ]{1,5}"
_BODIES = rf"{_CAPITALS}(?:(?: ?/ ?| och |, ?){_CAPITALS})*"
_BODY_FIRST = re.compile(rf"({_BODIES})(?:s möte|-möte|s sammanträde)?[ :,–-]+(?=\S)")
_BODY_LAST = re.compile(rf"(?<=\S)[ ,(–-]+({_BODIES})\)?(?:s möte|-möte)?$")
_CANCELLED = re.compile(
    r"[\s(–:,-]*\b(?:inställt|inställd|ställs in|utgår|utgått|struket|struken)\b[\s)!.:,–-]*", re.IGNORECASE
)
_NOTE = re.compile(r"\s*\(([^()]*)\)\s*$")
_NOTE_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_CHANGED = re.compile(r"flytt|ändra|nytt|ny dag|ersätt|istället|i stället|ej |inte |obs", re.IGNORECASE)
_EACH_MEETING = r"(?:vid )?(?:respektive|varje|resp\.?) nämnds? (?:möte|sammanträde|nämndmöte)n?(?: i| under)? "
_EACH_BOARD = re.compile(rf"^(?:(?P<first>\S.*?) ?[–-] ?)?{_EACH_MEETING}(?P<last>\S.*)$", re.IGNORECASE)
_TWO_PARTS = re.compile(r"^(.+?) (?:alt\.?|eller|till|och|/|–|-) (.+)$")
_WORD = re.compile(r"\w+")


class WrittenDate(Struct, frozen=True):
    """A date cell that was understood.

    Attributes:
        value: The dates, with the years that are written; None where the cell says that there is none yet.
        bodies: Those whose meeting it is, as written: `26 januari CSG`.
        note: What is no date: `info 11/1`.
        cancelled: It says *inställt*.
    """

    value: s.Dates | None
    bodies: tuple[str, ...] = ()
    note: str = ""
    cancelled: bool = False


class NotADate(Exception):
    """The cell was not understood; its text is why, in Swedish."""


def read_date(written: str, repair: bool = True) -> WrittenDate:
    """What a date cell says; with `repair` also what is nearly a date, where only one is meant.

    Raises:
        NotADate: it says something else, or what it says can be read in two ways.
    """
    found = date_or_reason(written.strip(), repair)
    if isinstance(found, str):
        raise NotADate(found)
    return found


@lru_cache(maxsize=16_384)  # each cell is asked about several times, and what is no date is dear to explain
def date_or_reason(written: str, repair: bool = True) -> WrittenDate | str:
    """As `read_date`; why the text is no date, instead of an exception."""
    if mark := _NOTE_MARK.search(written):  # the note may say that it is another day, or none
        return f"har en not ({mark[0]}): läs den, och skriv in dagen om den gäller"
    text, cancelled = _CANCELLED.subn(" ", written)
    text = text.strip()
    if cancelled and not text:
        return WrittenDate(None, cancelled=True)
    try:
        return WrittenDate(_literal_value(text, explain=repair), cancelled=bool(cancelled))
    except NotADate as problem:
        reason = str(problem)
    for simpler in simplified(text):
        try:
            value = _literal_value(simpler.text, explain=False)
        except NotADate:
            continue
        return WrittenDate(value, simpler.bodies, simpler.note, bool(cancelled))
    return reason


class Simpler(Struct, frozen=True):
    """A text without what is no date in it."""

    text: str
    bodies: tuple[str, ...] = ()
    note: str = ""


def simplified(text: str) -> Iterator[Simpler]:
    """The text without its body, without its note, without both; and the meetings of every board as their stretch."""
    note = _NOTE.search(text)
    if note and _CHANGED.search(note[1]):  # `5 maj (flyttat till 12 maj)` is not the fifth of May
        return
    for base, said in ((text, ""), *([(text[: note.start()], note[1])] if note and note.start() else [])):
        if said:
            yield Simpler(base, note=said)
        for match in filter(None, (_BODY_FIRST.match(base), _BODY_LAST.search(base))):
            bodies = tuple(re.findall(_CAPITALS, match[1]))
            if not any(_is_word_of_dates(body) for body in bodies):
                rest = f"{base[: match.start()]}{base[match.end() :]}".strip()
                yield Simpler(re.sub(r"^i (?=\D)", "", rest), bodies, said)
    if boards := _EACH_BOARD.match(text):
        parts = _TWO_PARTS.match(boards["last"])
        ends = parts.groups() if parts else (boards["last"],)
        yield Simpler(f"{boards['first'] or ends[0]} till {ends[-1]}" if boards["first"] or parts else ends[0])


def _is_word_of_dates(word: str) -> bool:
    lower = word.lower()
    return word in _NO_BODY or lower in MONTHS or lower in SHORT_WEEKDAYS or lower in WEEKDAY_NAMES


def _literal_value(text: str, *, explain: bool = True) -> s.Dates | None:
    """The dates of a text that names nothing; None where it is undecided. Raises NotADate."""
    if not text or len(text) > LONGEST_DATE or not _MAY_BE_DATE.search(text):
        raise NotADate("är inget datum")
    text = _DAY_AND_MONTH.sub(with_month, text)
    names = _NO_NAMES if explain and len(text) <= LONGEST_EXPLAINED else _UNEXPLAINED
    for _ in range(3):
        try:
            value = parse_value(text, names)
        except ExpressionError as problem:
            if not problem.fix or problem.fix == text:
                raise NotADate(reason_of(problem, text)) from None
            text = problem.fix
        else:
            break
    else:
        raise NotADate("är inget datum")
    if isinstance(value, s.Undecided):
        return None
    if value.excepted or not all(is_literal(end) for item in value.items for end in ends_of(item)):
        raise NotADate("räknas från något annat, eller nämner ett organ")
    return value


def with_month(match: re.Match[str]) -> str:
    """`5/10-25` as `5 oktober 2025`: in Swedish the day stands first."""
    if not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return match[0]
    year = f" {match[3]}" if match[3] else f" 20{match[4]}" if match[4] else ""
    return f"{int(match[1])} {MONTH_NAMES[int(match[2]) - 1]}{year}"


def reason_of(problem: ExpressionError, text: str) -> str:
    """Why a text is no date, with what to write instead."""
    hint = problem.hint_for(text)
    reason = problem.message[:1].lower() + problem.message[1:]
    return f"{reason} ({hint})" if hint else reason


def ends_of(item: s.Item) -> list[s.Phrase]:
    """The phrase of a date, or those of its first and last day."""
    return [end.phrase for end in (item.dates.start, item.dates.end) if end is not None]


_PERIODS = (s.DayRange, s.Month, s.MonthRange, s.VagueMonth, s.MonthTurn, s.Week, s.Quarter, s.Tertial)
_DAYS = (s.DayMonth, s.IsoDate, s.IsoRange, s.WeekdayOfWeek, s.Holiday)


def is_literal(phrase: s.Phrase) -> bool:
    """Whether a phrase is a day or a period by the calendar alone."""
    match phrase:
        case s.NthIn(what=s.WeekdayName() | s.WorkingDay(), period=period) | s.NthDay(period=period):
            return isinstance(period, _PERIODS)
    return isinstance(phrase, (*_PERIODS, *_DAYS))


# --- years ------------------------------------------------------------------------------------------------------


def written_year(phrase: s.Phrase) -> int | None:
    """The calendar year that a phrase says, of its last part."""
    match phrase:
        case s.IsoDate(year=number) | s.IsoRange(end=s.IsoDate(year=number)):
            return number
        case s.DayRange() | s.MonthRange():
            year = phrase.end_year or phrase.start_year
        case s.NthIn(period=period) | s.NthDay(period=period):
            return written_year(period) if isinstance(period, _PERIODS) else None
        case s.WeekdayOfWeek(week=week):
            year = week.year
        case _:
            year = getattr(phrase, "year", None)
    return year.number if isinstance(year, s.CalendarYear) else None


def in_year(phrase: s.Phrase, number: int) -> s.Phrase:
    """The phrase with that year where it says none."""
    if written_year(phrase) is not None:
        return phrase
    year = s.CalendarYear(number)
    match phrase:
        case s.DayRange() | s.MonthRange():
            return replace(phrase, end_year=year)
        case s.NthIn(period=s.Node() as period) | s.NthDay(period=s.Node() as period):
            return replace(phrase, period=in_year(period, number))
        case s.WeekdayOfWeek(week=week):
            return replace(phrase, week=replace(week, year=year))
    return replace(phrase, year=year)


def days_of(phrase: s.Phrase) -> Extent:
    """The days of a phrase with a year, or of the period that it lies in. Raises ExpressionError."""
    match phrase:
        case s.NthIn(period=period) | s.NthDay(period=period):
            return literal_extent(period, Frame(0))  # type: ignore[arg-type]
    return literal_extent(phrase, Frame(0))  # type: ignore[arg-type]


def first_day(phrase: s.Phrase, year: int) -> date | None:
    """The first day of a phrase in a year; None where that year has no such day."""
    try:
        return days_of(without_checks(in_year(phrase, year))).start
    except ExpressionError:
        return None


def contradicts(phrase: s.Phrase, year: int) -> str | None:
    """Why a weekday or week beside a date is not that of the date in the year; None where it is, or none is written."""
    if first_day(phrase, year) is None:
        return None
    try:
        days_of(in_year(phrase, year))
    except ExpressionError as problem:
        return problem.message
    return None


def has_checks(phrase: s.Phrase) -> bool:
    """Whether a weekday or a week stands beside a date."""
    return isinstance(phrase, s.DayMonth | s.IsoDate) and (phrase.weekday or phrase.week) is not None


def without_checks(phrase: s.Phrase) -> s.Phrase:
    """The date without the weekday and the week beside it."""
    return replace(phrase, weekday=None, week=None) if isinstance(phrase, s.DayMonth | s.IsoDate) else phrase


def in_years(value: s.Dates, first: int) -> s.Dates:
    """The dates with their years: `first` is that of the first phrase, what follows goes on from it.

    Raises:
        NotADate: no year makes the days of it follow each other.
    """
    items, after = list[s.Item](), None
    for item in value.items:
        begin = item.dates.start.phrase
        start = in_year(begin, _year_after(begin, after, first))
        after = days_of(without_checks(start))
        dates = replace(item.dates, start=replace(item.dates.start, phrase=without_checks(start)))
        if item.dates.end is not None:
            last = in_year(item.dates.end.phrase, _year_after(item.dates.end.phrase, after, first))
            dates = replace(dates, end=replace(item.dates.end, phrase=without_checks(last)))
        items.append(replace(item, dates=dates))
    return replace(value, items=tuple(items))


_SHORT_STEP_BACK = 31  # days: `9 juni och 27 maj` is one year, `20 november och 14 januari` is two


def _year_after(phrase: s.Phrase, before: Extent | None, first: int) -> int:
    """The year of a phrase that follows another: the same, or the next where it would lie far before it."""
    if (year := written_year(phrase)) is not None or before is None:
        return year or first
    same = before.start.year
    for candidate in (same, same + 1):
        day = first_day(phrase, candidate)
        if day is not None and (day - before.start).days >= -_SHORT_STEP_BACK:
            return candidate
    raise NotADate("har dagar som inte följer på varandra")


def relative(value: s.Dates, budget_year: int) -> str:
    """The dates in the date language, their years counted from the budget year: `9 juni B-1`."""
    items = []
    for item in value.items:
        start = replace(item.dates.start, phrase=_relative(item.dates.start.phrase, budget_year))
        end = item.dates.end and replace(item.dates.end, phrase=_relative(item.dates.end.phrase, budget_year))
        items.append(replace(item, dates=replace(item.dates, start=start, end=end)))
    return canonical(replace(value, items=tuple(items)))


def _relative(phrase: s.Phrase, budget_year: int) -> s.Phrase:
    def year(written: s.Year | None) -> s.Year | None:
        return s.BudgetYear(written.number - budget_year) if isinstance(written, s.CalendarYear) else written

    match phrase:
        case s.IsoDate():
            return s.DayMonth(phrase.day, phrase.month, s.BudgetYear(phrase.year - budget_year))
        case s.IsoRange(start=start, end=end):
            years = [s.BudgetYear(each.year - budget_year) for each in (start, end)]
            first = None if years[0] == years[1] else years[0]
            return s.DayRange(start.day, end.day, end.month, start.month, first, years[1])
        case s.DayRange() | s.MonthRange():
            return replace(phrase, start_year=year(phrase.start_year), end_year=year(phrase.end_year))
        case s.NthIn(period=period) | s.NthDay(period=period):
            return replace(phrase, period=_relative(period, budget_year))
        case s.WeekdayOfWeek(week=week):
            return replace(phrase, week=replace(week, year=year(week.year)))
    return replace(phrase, year=year(getattr(phrase, "year", None)))


# --- dates in a text --------------------------------------------------------------------------------------------

_IN_TEXT = re.compile(
    rf"(?<![\w/.-])(?:(?:{'|'.join(WEEKDAY_NAMES)})(?:en)? )?(?:den )?"
    rf"(?:\d{{1,2}}(?: ?[–-] ?\d{{1,2}})? {MONTH}(?: 20\d\d)?|\d{{1,2}}/\d{{1,2}}(?:[-/]\d{{2,4}})?|20\d\d-\d\d-\d\d)"
    r"(?![\w/])",
    re.IGNORECASE,
)


def dates_in(text: str) -> list[str]:
    """The days that stand in a text, as written; a month alone is none, for texts are full of them."""
    return [match[0].strip() for match in _IN_TEXT.finditer(text)]


def is_year(number: int) -> bool:
    """Whether the calendar has the year."""
    return FIRST_YEAR <= number <= LAST_YEAR
