"""Every word of the date language, once: the spellings that are accepted, what each of them is, the canonical one.

The lexer reads with these tables, canonical text and dates in Swedish are written with them, and what nearly is a word
is explained with them. A word of an enumeration (`annars arbetsdagen före`, `slutet av`, `julafton`) is spelt in
`syntax`, as the value of its member.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from arshjul.dates.syntax import Certainty, Choice, DayPart, HolidayName, MonthPart, PeriodUnit, Roll, Unit, Weekday


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
    EVERY_OTHER = auto()
    EACH_PERIOD = auto()
    EXCEPT = auto()
    SAME_DAY = auto()
    SAME_WEEK = auto()
    THIS_WEEK = auto()
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


# --- words that have a value: spelling → value ------------------------------------------------------------------

# fmt: off
MONTH_NAMES = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)
_SHORT_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "okt": 10, "nov": 11,
    "dec": 12,
}
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | _SHORT_MONTHS

WEEKDAY_NAMES = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
SHORT_WEEKDAYS = {"mån": 1, "tis": 2, "ons": 3, "tors": 4, "tor": 4, "fre": 5, "lör": 6, "sön": 7}
WEEKDAYS = {
    **{name: Weekday(number) for number, name in enumerate(WEEKDAY_NAMES, 1)},
    **{f"{name}en": Weekday(number) for number, name in enumerate(WEEKDAY_NAMES, 1)},
    **{name: Weekday(number) for name, number in SHORT_WEEKDAYS.items()},
}

COUNTS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
    "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18,
    "nitton": 19, "tjugo": 20, "tjugoen": 21, "tjugoett": 21, "tjugotvå": 22, "tjugotre": 23, "tjugofyra": 24,
    "tjugofem": 25, "tjugosex": 26, "tjugosju": 27, "tjugoåtta": 28, "tjugonio": 29, "trettio": 30,
}
ORDINAL_NAMES = {
    1: "första", 2: "andra", 3: "tredje", 4: "fjärde", 5: "femte", 6: "sjätte", 7: "sjunde", 8: "åttonde",
    9: "nionde", 10: "tionde", 11: "elfte", 12: "tolfte", 13: "trettonde", 14: "fjortonde", 15: "femtonde",
    16: "sextonde", 17: "sjuttonde", 18: "artonde", 19: "nittonde", 20: "tjugonde", 21: "tjugoförsta",
    22: "tjugoandra", 23: "tjugotredje", 24: "tjugofjärde", 25: "tjugofemte", 26: "tjugosjätte", 27: "tjugosjunde",
    28: "tjugoåttonde", 29: "tjugonionde", 30: "trettionde", 31: "trettioförsta", -1: "sista", -2: "näst sista",
}
NEXT = "nästa"  # a spelling of `första` that is allowed only before `efter`
ORDINALS = {word: number for number, word in ORDINAL_NAMES.items()} | {NEXT: 1}

PLURALS = {Unit.DAY: "dagar", Unit.WORKING_DAY: "arbetsdagar", Unit.WEEK: "veckor", Unit.MONTH: "månader"}
DEFINITE = {Unit.DAY: "dagen", Unit.WORKING_DAY: "arbetsdagen", Unit.WEEK: "veckan", Unit.MONTH: "månaden"}
UNITS = {unit.value: unit for unit in Unit} | {plural: unit for unit, plural in PLURALS.items()}

EACH_STEPS = {"varje": 1, "varannan": 2}

DAY_PARTS = {part.value: part for part in DayPart} | {"förmiddag": DayPart.FORENOON, "eftermiddag": DayPart.AFTERNOON}
CERTAINTIES = {
    "preliminärt": Certainty.PRELIMINARY, "prel.": Certainty.PRELIMINARY, "prel": Certainty.PRELIMINARY,
    "ca": Certainty.ABOUT, "vid behov": Certainty.IF_NEEDED,
}
# fmt: on


# --- keywords: spelling → what it is to the parser --------------------------------------------------------------

KEYWORDS: Mapping[str, Kind] = {
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
    "varannan": Kind.EVERY_OTHER,
    "utom": Kind.EXCEPT,
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
"""Keywords of one word, in lower case."""

PHRASES: Mapping[Kind, tuple[str, ...]] = {
    # Longest first: `annars arbetsdagen efter inom månaden` begins with another roll.
    Kind.ROLL: tuple(sorted((roll.value for roll in Roll), key=len, reverse=True)),
    Kind.SAME_WEEK: ("samma vecka som",),
    Kind.THIS_WEEK: ("samma vecka",),
    Kind.SAME_DAY: ("samma dag som",),
    Kind.CERTAINTY: tuple(CERTAINTIES),
    Kind.HOLIDAY: tuple(holiday.value for holiday in HolidayName if " " in holiday.value),
    Kind.ORDINAL: tuple(word for word in ORDINALS if " " in word),
    Kind.QUARTER: tuple(f"kvartal {number}" for number in range(1, 5)),
    Kind.TERTIAL: tuple(f"tertial {number}" for number in range(1, 4)),
    Kind.EACH_PERIOD: tuple(f"{word} {unit}" for word in EACH_STEPS for unit in PeriodUnit),
    Kind.PICK: tuple(choice.value for choice in Choice),
    Kind.MONTH_PART: tuple(part.value for part in MonthPart),
    Kind.IS: ("ska vara",),
    Kind.UNDECIDED: ("ej fastställt", "ej satt", "datum meddelas senare"),
    Kind.ON_TABLE: ("på bordet",),
    Kind.NOT_REQUIRED: ("krävs ej", "krävs inte"),
}
"""Keywords that may be of several words, the canonical spelling first."""

BUDGET_YEAR = "budgetåret"


# --- words that are refused: wrong → right ----------------------------------------------------------------------

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
LATIN = {"primo": "början av", "medio": "mitten av", "ultimo": "slutet av"}
AT_ONCE = frozenset({"direkt", "genast", "omedelbart", "strax"})  # before `efter`, where they say no day

# Words of spellings, which stand in no grammar but would be heard as a word of it where a name stands.
OF_SPELLINGS = frozenset({"tom", "mellan", "löpande", "runt", "cirka", "omkring", "ev", "valborg"})

RESERVED = frozenset({"null", "ja", "nej", "kl"}).union(OF_SPELLINGS, ENGLISH, NOT_WORKING_DAYS, SHORT_FORMS, AT_ONCE)
"""Words that are neither keywords nor names."""


def count_of(word: str) -> int:
    """The number that figures or a word of `COUNTS` say, in any case."""
    return COUNTS.get(word.lower()) or int(word)
