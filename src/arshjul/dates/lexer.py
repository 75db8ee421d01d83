"""Text of the date language → tokens. Keywords ignore case and are reserved everywhere, `B` keeps its case."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from arshjul.dates.canonical import MONTH_NAMES, ORDINAL_NAMES, WEEKDAY_NAMES
from arshjul.dates.syntax import Certainty, Choice, DayPart, HolidayName, MonthPart, Roll, Unit, Weekday


class Kind(Enum):
    """What a token is to the parser. BAD fits nowhere; STRAY is a reserved word out of its place."""

    END = auto()
    BAD = auto()
    STRAY = auto()
    NAME = auto()
    PART = auto()
    NUMBER = auto()
    YEAR = auto()
    BUDGET_YEAR = auto()
    ISO = auto()
    TIME = auto()
    COMPARE = auto()
    COMMA = auto()
    OPEN = auto()
    CLOSE = auto()
    PLUS = auto()
    DASH = auto()
    QUESTION = auto()
    MONTH = auto()
    WEEKDAY = auto()
    ORDINAL = auto()
    COUNT = auto()
    UNIT = auto()
    WORKING_DAY = auto()
    THE_DAY = auto()
    THE_WORKING_DAY = auto()
    THE_WEEK = auto()
    THE_MONTH = auto()
    WEEK = auto()
    QUARTER = auto()
    TERTIAL = auto()
    DAY_PART = auto()
    CERTAINTY = auto()
    HOLIDAY = auto()
    PICK = auto()
    MONTH_PART = auto()
    MONTH_TURN = auto()
    ROLL = auto()
    BEFORE = auto()
    AFTER = auto()
    AT_LATEST = auto()
    AT_EARLIEST = auto()
    IN = auto()
    DURING = auto()
    FROM = auto()
    TO = auto()
    DEN = auto()
    EACH = auto()
    SAME_DAY = auto()
    SAME_WEEK = auto()
    AND = auto()
    ALSO = auto()
    OR = auto()
    NOT = auto()
    IS = auto()
    AT_LEAST = auto()
    ELECTION = auto()
    TERM_YEAR = auto()
    FLAG = auto()
    UNDECIDED = auto()
    ON_TABLE = auto()
    NOT_REQUIRED = auto()
    MISSING = auto()


class Token(NamedTuple):
    """`word` is the text as written for names and numbers, in lower case and without its full stop for keywords."""

    kind: Kind
    word: str
    start: int
    end: int


_MONTH_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9}
_WEEKDAY_SHORT = {"mån": 1, "tis": 2, "ons": 3, "tors": 4, "tor": 4, "fre": 5, "lör": 6, "sön": 7}
_COUNT_WORDS = ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]

MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | _MONTH_SHORT | {"okt": 10, "nov": 11, "dec": 12}
WEEKDAYS = (
    {name: Weekday(number) for number, name in enumerate(WEEKDAY_NAMES, 1)}
    | {name + "en": Weekday(number) for number, name in enumerate(WEEKDAY_NAMES, 1)}
    | {name: Weekday(number) for name, number in _WEEKDAY_SHORT.items()}
)
COUNTS = {"en": 1, "ett": 1} | {word: number for number, word in enumerate(_COUNT_WORDS, 2)}
ORDINALS = {word: number for number, word in ORDINAL_NAMES.items()} | {"nästa": 1}
UNITS = {
    "dag": Unit.DAY,
    "dagar": Unit.DAY,
    "arbetsdag": Unit.WORKING_DAY,
    "arbetsdagar": Unit.WORKING_DAY,
    "vecka": Unit.WEEK,
    "veckor": Unit.WEEK,
    "månad": Unit.MONTH,
    "månader": Unit.MONTH,
}
DAY_PARTS = {part.value: part for part in DayPart} | {"förmiddag": DayPart.FORENOON, "eftermiddag": DayPart.AFTERNOON}
CERTAINTIES = {word.value: word for word in Certainty} | {"prel": Certainty.PRELIMINARY, "prel.": Certainty.PRELIMINARY}

ENGLISH = {
    "in": "i",
    "before": "före",
    "after": "efter",
    "until": "till",
    "first": "första",
    "last": "sista",
    "week": "vecka",
    "monday": "måndag",
    "tuesday": "tisdag",
    "wednesday": "onsdag",
    "thursday": "torsdag",
    "friday": "fredag",
    "saturday": "lördag",
    "sunday": "söndag",
    "january": "januari",
    "february": "februari",
    "march": "mars",
    "may": "maj",
    "june": "juni",
    "july": "juli",
    "august": "augusti",
    "october": "oktober",
}
# In law `vardag` takes in Saturday, so it may not pass for a working day.
NOT_WORKING_DAYS = {"vardag": "arbetsdag", "vardagen": "arbetsdagen", "vardagar": "arbetsdagar"}
SHORT_FORMS = {"dgr": "dagar", "arbdagar": "arbetsdagar", "arbetsdgr": "arbetsdagar", "veck": "veckor"}
AT_ONCE = frozenset({"direkt", "omedelbart", "strax", "genast"})

_SINGLE: dict[str, Kind] = {
    **dict.fromkeys(MONTHS, Kind.MONTH),
    **dict.fromkeys(WEEKDAYS, Kind.WEEKDAY),
    **dict.fromkeys(COUNTS, Kind.COUNT),
    **dict.fromkeys(ORDINALS, Kind.ORDINAL),
    **dict.fromkeys(UNITS, Kind.UNIT),
    **dict.fromkeys(DAY_PARTS, Kind.DAY_PART),
    **dict.fromkeys((f"q{number}" for number in range(1, 5)), Kind.QUARTER),
    **dict.fromkeys((f"t{number}" for number in range(1, 4)), Kind.TERTIAL),
    "arbetsdag": Kind.WORKING_DAY,
    "v": Kind.WEEK,
    "vecka": Kind.WEEK,
    "dagen": Kind.THE_DAY,
    "arbetsdagen": Kind.THE_WORKING_DAY,
    "veckan": Kind.THE_WEEK,
    "månaden": Kind.THE_MONTH,
    "månadsskiftet": Kind.MONTH_TURN,
    "före": Kind.BEFORE,
    "innan": Kind.BEFORE,
    "efter": Kind.AFTER,
    "senast": Kind.AT_LATEST,
    "tidigast": Kind.AT_EARLIEST,
    "i": Kind.IN,
    "under": Kind.DURING,
    "från": Kind.FROM,
    "till": Kind.TO,
    "den": Kind.DEN,
    "varje": Kind.EACH,
    "och": Kind.AND,
    "samt": Kind.ALSO,
    "eller": Kind.OR,
    "inte": Kind.NOT,
    "är": Kind.IS,
    "minst": Kind.AT_LEAST,
    "valår": Kind.ELECTION,
    "mandatår": Kind.TERM_YEAR,
    "flagga": Kind.FLAG,
    "saknas": Kind.MISSING,
    **{holiday.value: Kind.HOLIDAY for holiday in HolidayName if " " not in holiday.value},
}

# How a keyword of several words must end, as the reference grammar has it.
_WORD_END, _ANY_END, _BLANK_END = r"\b", "", r"(?=\s)"
_PHRASES: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    # Longest first: `annars arbetsdagen efter inom månaden` begins with another roll.
    (Kind.ROLL, _ANY_END, tuple(sorted((roll.value for roll in Roll), key=len, reverse=True))),
    (Kind.SAME_WEEK, _ANY_END, ("samma vecka som",)),
    (Kind.SAME_DAY, _WORD_END, ("samma dag som",)),
    (Kind.CERTAINTY, _BLANK_END, ("preliminärt", "prel.", "prel", "ca", "vid behov")),
    (Kind.HOLIDAY, _WORD_END, tuple(holiday.value for holiday in HolidayName if " " in holiday.value)),
    (Kind.ORDINAL, _WORD_END, ("näst sista",)),
    (Kind.QUARTER, _WORD_END, ("kvartal 1", "kvartal 2", "kvartal 3", "kvartal 4")),
    (Kind.TERTIAL, _WORD_END, ("tertial 1", "tertial 2", "tertial 3")),
    (Kind.PICK, _WORD_END, tuple(choice.value for choice in Choice)),
    (Kind.MONTH_PART, _WORD_END, tuple(part.value for part in MonthPart)),
    (Kind.IS, _WORD_END, ("ska vara",)),
    (Kind.UNDECIDED, _ANY_END, ("ej fastställt", "ej satt", "datum meddelas senare")),
    (Kind.ON_TABLE, _ANY_END, ("på bordet",)),
    (Kind.NOT_REQUIRED, _ANY_END, ("krävs ej", "krävs inte")),
)


def _pattern(words: str, end: str) -> re.Pattern[str]:
    blank = r"\s+" if words[-1].isdigit() else " "
    return re.compile(re.escape(words).replace(r"\ ", blank) + end, re.IGNORECASE)


def _first_word(words: str) -> str:
    return words.split(" ", maxsplit=1)[0].rstrip(".")


def _by_first_word() -> dict[str, tuple[tuple[str, Kind, re.Pattern[str]], ...]]:
    table: dict[str, tuple[tuple[str, Kind, re.Pattern[str]], ...]] = {}
    for kind, end, phrases in _PHRASES:
        for words in phrases:
            first = _first_word(words)
            table[first] = (*table.get(first, ()), (words, kind, _pattern(words, end)))
    return table


_PHRASES_BY_FIRST_WORD = _by_first_word()

_REFUSED = frozenset({"null", "ja", "nej", "kl"}).union(ENGLISH, NOT_WORKING_DAYS, SHORT_FORMS, AT_ONCE)

PHRASES_OF = {first: tuple(words for words, *_ in found) for first, found in _PHRASES_BY_FIRST_WORD.items()}
"""First word → the keywords of several words that begin with it."""

KEYWORDS = frozenset(_SINGLE).union(_PHRASES_BY_FIRST_WORD, {"B", "budgetåret"})
"""Every word with a meaning of its own, and every word that begins a keyword of several words."""

# Figures are 0–9: what \d takes beyond them (٣, ๓) nobody here would read as a date.
TIME = re.compile(
    r"(?i:kl)\.?\s*(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?"
    r"(?:\s*[–-]\s*(?P<end_hour>[0-9]{1,2})(?:[.:](?P<end_minute>[0-9]{2}))?)?(?![\d-])"
)

_TOKEN = re.compile(
    r"[ \t\f\r\n]*(?:"
    rf"(?P<TIME>{re.sub('[?]P<[a-z_]+>', '?:', TIME.pattern)})"
    r"|(?P<BUDGET_YEAR>B(?:[+-][0-9])?(?!\w)|budgetåret\b)"
    r"|(?P<WORD>[^\W\d_]\w*)"
    r"|(?P<ISO>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<YEAR>[0-9]{4}\b)|(?P<NUMBER>[0-9]{1,3}\b)"
    r"|(?P<PART>\.[^\W_]\w*)|(?P<COMPARE><=|>=|[<>=])"
    r"|(?P<COMMA>,)|(?P<OPEN>\()|(?P<CLOSE>\))|(?P<PLUS>\+)|(?P<DASH>[–-])|(?P<QUESTION>\?)"
    r"|(?P<END>\Z)|(?P<BAD>\d\w*|.))",
    re.DOTALL,
)
_SHAPES = {kind.name: kind for kind in Kind}
_LOOKAHEAD = 5


def tokens(text: str) -> list[Token]:
    """The tokens of a text, then enough END tokens for the parser to look ahead. Never fails: see Kind.BAD."""
    found: list[Token] = []
    place = 0
    while True:
        token = _token(text, place)
        if token.kind is Kind.END:
            place = found[-1].end if found else 0
            return found + [Token(Kind.END, "", place, place)] * _LOOKAHEAD
        found.append(token)
        place = token.end


def _token(text: str, place: int) -> Token:
    match = _TOKEN.match(text, place)
    assert match is not None, "the last alternative takes any character"
    assert match.lastgroup is not None
    shape, start, end = match.lastgroup, *match.span(match.lastgroup)
    return _word(text, start, end) if shape == "WORD" else Token(_SHAPES[shape], text[start:end], start, end)


def _word(text: str, start: int, end: int) -> Token:
    written = text[start:end]
    word = written.lower()
    if word in _PHRASES_BY_FIRST_WORD and (phrase := _phrase(text, start, word)):
        return phrase
    kind = _SINGLE.get(word)
    if kind is None:
        return Token(Kind.STRAY if _is_stray(word) else Kind.NAME, written, start, end)
    if (kind is Kind.MONTH or kind is Kind.WEEK) and text.startswith(".", end):
        return Token(kind, word if kind is Kind.MONTH else word + ".", start, end + 1)
    return Token(kind, word, start, end)


def _phrase(text: str, start: int, first_word: str) -> Token | None:
    for words, kind, pattern in _PHRASES_BY_FIRST_WORD[first_word]:
        if match := pattern.match(text, start):
            return Token(kind, words, start, match.end())
    return None


def _is_stray(word: str) -> bool:
    return word in _REFUSED or word in _PHRASES_BY_FIRST_WORD or word == "budgetåret"


def is_reserved(word: str) -> bool:
    """Whether a word cannot be a name in an expression: a keyword, `B`, `Q1`, `kl13`, `null`, `ja`, `nej`, no word."""
    first, second, *_ = tokens(word)
    return (first.kind, second.kind) != (Kind.NAME, Kind.END)
