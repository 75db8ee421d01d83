"""Scalars of a definition: texts, names, years and expressions, each with its place.

A plain `str` field would lose the place, so every type here has a reader of its own. Texts arrive as `Text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Annotated, Generic, Literal, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from arshjul.codes import Code
from arshjul.dates import parser, rounds, short_forms, syntax
from arshjul.dates.vocabulary import ANY_NAME, Vocabulary
from arshjul.dates.words import WEEKDAY_NAMES, WEEKDAYS
from arshjul.definition.edit import rewritten
from arshjul.definition.ids import MadeId, folded, slug
from arshjul.definition.levels import Prepared, ReadWith
from arshjul.diagnostics import Diagnostic, Span, did_you_mean, error
from arshjul.source import Text
from arshjul.source.encoding import prints_nothing
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
R_co = TypeVar("R_co", covariant=True)


class ReadsWithNames(Protocol[R_co]):
    """Reads an expression where the names of the process are known, or where any name is taken on trust."""

    def __call__(self, value: object, names: Vocabulary = ANY_NAME) -> R_co: ...


LONGEST_ID = 64

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BUDGET_YEAR = re.compile(r"B([+-][0-9])?")
_ROUND_WORDS = ("avser", "period", "möte")
_OTHER_PLACEHOLDERS = {
    "månad": "period", "kvartal": "period", "tertial": "period", "perioden": "period", "mötet": "möte",
    "sammanträde": "möte", "sammanträdet": "möte", "datum": "möte", "avsett": "avser",
}  # fmt: skip
_DASHES = str.maketrans("\u2212–", "--")
_ID = re.compile(r"[a-zåäö][a-zåäö0-9_]*")
_BODY_ID = re.compile(r"[a-zåäöA-ZÅÄÖ][a-zåäöA-ZÅÄÖ0-9_]*")
_OUR_FILES = re.compile(r"index|arshjul|arendeplan(?:-.*)?")
_WINDOWS_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_PROCESS_ID = re.compile(r"[a-z][a-z0-9-]*")
_WEEKDAYS = tuple(WEEKDAY_NAMES)
_WORDS_FOR_WEEKDAYS = WEEKDAYS | {f"{name}ar": WEEKDAYS[name] for name in WEEKDAY_NAMES}
_MEETING_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}(?:[,.][0-9]{1,2})?) ?(?:timmar|timme|tim\.?|h))?(?: |och )*"
    r"(?:(?P<minutes>[0-9]{1,4}) ?(?:minuter|minut|min\.?))?"
)
_A_DAY = 24 * 60
_WORDS_FOR_YES = frozenset({"ja", "true", "yes", "on", "y", "j", "x", "1", "sant"})
_WORDS_FOR_NO = frozenset({"nej", "false", "no", "off", "n", "0", "falskt"})


class Expression(Struct, Generic[T], frozen=True, gc=False):
    """A parsed expression and the text it came from."""

    tree: T
    text: Text

    def place(self, at: tuple[int, int]) -> Span | None:
        """The place of a character range of the expression, such as a node's `at`."""
        return self.text.locate(*at)

    def refused(self, wrong: syntax.ExpressionError) -> Diagnostic:
        """What is wrong with the expression, as a finding at its place."""
        return not_understood(wrong, self.text)


class Carried(Struct, frozen=True):
    """Findings on their way through pydantic, which prints every value of a context for its message: of findings that
    would be all the files they stand in.
    """

    diagnostics: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        return "findings"


def author_error(code: Code, message: str, span: Span | None, hint: str | None) -> PydanticCustomError:
    """The author's mistake, for a validator to raise."""
    return carry(error(code, message, span, hint))


def carry(*diagnostics: Diagnostic) -> PydanticCustomError:
    """An exception in which pydantic carries findings out unread; `author_errors` takes them out of it."""
    context = {"message": diagnostics[0].message, "diagnostics": Carried(diagnostics)}
    return PydanticCustomError("author_error", "{message}", context)


def wrong_shape(expected: str) -> PydanticCustomError:
    """The value has another shape than `expected` (Swedish, with its article)."""
    return PydanticCustomError("wrong_shape", "{expected}", {"expected": expected})


def read_text(value: object, expected: str = "en text") -> Text:
    """A text that is not empty."""
    if not isinstance(value, str):
        raise wrong_shape(expected)
    text = value if isinstance(value, Text) else Text(value)
    if text.null or prints_nothing(text):
        raise PydanticCustomError("empty", "tomt")
    return text


def read_template(value: object) -> Text:
    """A text that may hold `{B}`, `{B-1}`, `{avser}`, `{period}`, `{möte}` and no other braces."""
    text = read_text(value)
    unknown = [
        error(Code.UNKNOWN_NAME, f"”{{{name}}}” kan inte fyllas i", text.locate(*at), _placeholder_meant(name))
        for name, at in placeholders(text)
        if name not in _ROUND_WORDS and not _BUDGET_YEAR.fullmatch(name)
    ]
    if unknown:
        raise carry(*unknown)
    return text


def _placeholder_meant(name: str) -> str:
    """What a placeholder that is none may be: `{b}`, `{B - 1}`, `{månad}`; else all that there are."""
    plain = re.sub(r"\s", "", name)
    year = re.fullmatch(r"(?:b|budgetår(?:et)?|bå|år(?:et)?)([+\u2212–-]\d)?", plain, re.IGNORECASE)
    meant = f"B{(year[1] or '').translate(_DASHES)}" if year else _OTHER_PLACEHOLDERS.get(plain.lower(), "")
    return f"menade du {{{meant}}}?" if meant else "tillåtna är {B}, {B-1}, {B+3}, {avser}, {period} och {möte}"


def placeholders(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Name and character range, braces included, of every `{name}` in the text."""
    # Most texts have none, and every text of a process passes here several times.
    return [(found[1], found.span()) for found in _PLACEHOLDER.finditer(text)] if "{" in text else []


def expand(text: Text, values: Mapping[str, str]) -> str:
    """The text with its braces filled: `{B±n}` from the year `values["B"]`, other names from `values`.

    Raises:
        KeyError: a name without a value.
    """

    def filled(found: re.Match[str]) -> str:
        year = _BUDGET_YEAR.fullmatch(found[1])
        return str(int(values["B"]) + int(year[1] or 0)) if year else values[found[1]]

    return _PLACEHOLDER.sub(filled, text) if "{" in text else str(text)


def read_id(value: object) -> Text:
    """A name that expressions can use: `a–z å ä ö`, digits, `_`."""
    return _checked_id(value, _ID, "en bokstav, sedan bokstäver, siffror och _; versaler är för organ")


def read_body_id(value: object) -> Text:
    """As `read_id`, with capitals."""
    return _checked_id(value, _BODY_ID, "en bokstav, sedan bokstäver, siffror och _")


def _checked_id(value: object, form: re.Pattern[str], rule: str) -> Text:
    name = read_text(value)
    if isinstance(name, MadeId):
        return name
    if len(name) > LONGEST_ID:
        raise _bad_id(name, f"id:t är längre än {LONGEST_ID} tecken", f"korta det, till exempel till ”{name[:20]}”")
    if not form.fullmatch(name):
        raise _bad_id(name, f"”{name}” kan inte vara ett id", f"skriv ”{slug(name, 'namn')}”: {rule}")
    if parser.is_reserved(name):
        hint = f"välj ett annat, till exempel ”{'organ' if form is _BODY_ID else 'steg'}_{name}”"
        raise _bad_id(name, f"”{name}” är upptaget: det betyder redan något i datumspråket eller i filerna", hint)
    return name


def _bad_id(name: Text, message: str, hint: str) -> PydanticCustomError:
    return author_error(Code.BAD_ID, message, name.span, hint)


def read_process_id(value: object) -> Text:
    """`[a-z][a-z0-9-]*`, at most 64: it becomes a file name, which is to be nobody else's on any system."""
    name = read_text(value)
    if not _PROCESS_ID.fullmatch(name) or len(name) > LONGEST_ID:
        like = re.sub("[^a-z0-9]+", "-", folded(name.replace(" ", "-"), kept="-"))[:50].strip("-0123456789")
        like = f"plan-{like}".strip("-") if _OUR_FILES.fullmatch(like) or not like else like
        hint = f"skriv ”{like}”: en bokstav a–z, sedan a–z, siffror och bindestreck, högst {LONGEST_ID} tecken"
        raise _bad_id(name, f"”{name}” kan inte vara id för en process", hint)
    ours = _OUR_FILES.fullmatch(name)
    if ours or _WINDOWS_DEVICE.fullmatch(name):
        whose = "så heter en fil som arshjul skriver" if ours else "så heter en enhet i Windows"
        raise _bad_id(name, f"”{name}” kan inte vara id för en process: {whose}", f"skriv till exempel ”plan-{name}”")
    return name


def read_link(value: object) -> Text:
    """An address on the web or for mail; nothing that could run."""
    link = read_template(value)
    # `\Z` and not `$`, which lets a line break through at the end.
    if not re.match(r"(https?://|mailto:)[^\s\x00-\x1f]+\Z", link, re.IGNORECASE):
        hint = "skriv hela adressen med https://, http:// eller mailto:"
        raise author_error(Code.LINK, f"”{link}” är ingen länk som kan följas", link.span, hint)
    return link


def read_page_address(value: object) -> Text:
    """An address on the web, where files can lie beside it."""
    link = read_link(value)
    if link.casefold().startswith("mailto:"):
        hint = "skriv webbadressen, med https://; till vem frågor ställs står i ”kontakt”"
        raise author_error(Code.LINK, f"”{link}” är ingen webbsida", link.span, hint)
    return link


def read_flag(value: object) -> bool:
    """`ja` or `nej`."""
    text = read_text(value, "ja eller nej")
    if text in {"ja", "nej"}:
        return text == "ja"
    word = text.casefold()
    right = "ja" if word in _WORDS_FOR_YES else "nej" if word in _WORDS_FOR_NO else None
    hint, fix = (f"skriv {right}", rewritten(text, right)) if right else ("skriv ja eller nej", None)
    raise carry(error(Code.WRONG_TYPE, f"”{text}” är varken ja eller nej", text.span, hint, fix=fix))


def _four_figures(text: str) -> str:
    """The year that was meant, where its figures show it."""
    if re.fullmatch(r"B([+-][0-9])?", text):
        return "skriv kalenderåret med fyra siffror: filen hör till ett visst år"
    figures = re.search(r"(?<![0-9])(20)?([0-9]{2})(?![0-9])", text)
    return f"skriv 20{figures[2]}" if figures else "skriv fyra siffror"


def read_year(value: object) -> int:
    """A year from 2005 to 2100: outside them the calendar is not known."""
    text = read_text(value, "ett årtal")
    if not re.fullmatch(r"[0-9]{4}", text):  # not \d, which takes the digits of every script
        raise author_error(Code.WRONG_TYPE, f"”{text}” är inget årtal", text.span, _four_figures(text))
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        message = f"året {text} ligger utanför {FIRST_YEAR}–{LAST_YEAR}"
        raise author_error(Code.LIMIT, message, text.span, "skriv ett år som kalendern känner")
    return int(text)


def read_day(value: object) -> date:
    """`2025-05-31`: one day in full, as it is written in a register."""
    text = read_text(value, "en dag")
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:  # not the other forms of ISO 8601
            return day
    raise author_error(Code.WRONG_TYPE, f"”{text}” är ingen dag", text.span, "skriv år, månad och dag: 2025-05-31")


def read_times(value: object) -> tuple[syntax.DayPartName | syntax.ClockTime, ...]:
    """`kl 13.00`, `13.00`, `fm`, `kl 9–12`."""
    return _parsed(read_text(value, "en tid"), parser.parse_times)


def read_meeting_length(value: object) -> int:
    """`2 timmar`, `1,5 timmar`, `90 minuter`, `1 timme 30 minuter` in minutes: more than none, at most a day."""
    text = read_text(value, "en tid")
    found = _MEETING_LENGTH.fullmatch(text.casefold().strip())
    hours, minutes = (found["hours"] or "0", found["minutes"] or "0") if found else ("0", "0")
    length = round(float(hours.replace(",", ".")) * 60) + int(minutes)
    if not 0 < length <= _A_DAY:
        hint = "skriv till exempel 2 timmar, 1,5 timmar eller 90 minuter"
        raise author_error(Code.WRONG_TYPE, f"”{text}” säger inte hur länge ett möte är", text.span, hint)
    return length


def read_weekday(value: object) -> syntax.Weekday:
    """`tisdag`, `tis`, `tisdagar`: as a date has it, or in the plural."""
    text = read_text(value, "en veckodag")
    word = text.lower().rstrip(".")
    if word in _WORDS_FOR_WEEKDAYS:
        return _WORDS_FOR_WEEKDAYS[word]
    right = next((name for name in _WEEKDAYS if folded(text) == folded(name)), None)
    hint, fix = (f"skriv {right}", rewritten(text, right)) if right else (did_you_mean(text, _WEEKDAYS), None)
    raise carry(error(Code.UNKNOWN_NAME, f"”{text}” är ingen veckodag", text.span, hint, fix=fix))


def read_expression(parse: Callable[[str, Vocabulary], T]) -> ReadsWithNames[Expression[T]]:
    """A reader of expressions; what the parser does not understand becomes a place inside the text."""

    def read(value: object, names: Vocabulary = ANY_NAME) -> Expression[T]:
        text = read_text(value, "ett uttryck på en rad")
        return Expression(_parsed(text, lambda words: parse(words, names)), text)

    return read


def _parsed(text: Text, parse: Callable[[str], T]) -> T:
    try:
        return parse(text)
    except syntax.ExpressionError as wrong:
        raise carry(not_understood(wrong, text)) from wrong


def not_understood(wrong: syntax.ExpressionError, text: Text) -> Diagnostic:
    """The complaint of the date language, placed in the text it read."""
    fix = rewritten(text, wrong.fix) if wrong.fix is not None else None
    found = error(wrong.code, wrong.message, text.locate(*wrong.at), wrong.hint_for(text), fix=fix)
    return replace(found, of_the_year=True) if wrong.of_the_year else found


read_own_date = read_expression(parser.parse_value)


def read_choice(words: type[E], kind: str) -> Callable[[object], E]:
    """A reader of one word of an enumeration; `kind` is its Swedish name with article (`en typ`)."""
    known = {str(word.value): word for word in words}
    # The same word in English, in capitals or without dots is no guess. Our own word wins where both fold alike.
    same = {folded(word.name): str(word.value) for word in words} | {folded(word): word for word in known}

    def read(value: object) -> E:
        text = read_text(value, kind)
        if text not in known:
            message, right = f"”{text}” är inte {kind}", same.get(folded(text))
            hint, fix = (
                (f"skriv {right}", rewritten(text, right)) if right else (did_you_mean(text, known, few=20), None)
            )
            raise carry(error(Code.UNKNOWN_NAME, message, text.span, hint, fix=fix))
        return known[text]

    return read


class LoneText(Text):
    """A text that stands where a list may stand as well."""


def lone_or_list(value: object) -> object:
    """As `one_or_list`; a text that stands alone is told apart from one in a list."""
    return (LoneText.at(value, value.place, value.plain),) if isinstance(value, Text) else value


def read_rounds(value: object, names: Vocabulary = ANY_NAME) -> Expression[syntax.Dates]:
    """Periods of `upprepa`; a range that stands alone is its months or weeks."""
    text = read_text(value, "en period")
    alone = isinstance(value, LoneText)
    return Expression(_parsed(text, lambda words: rounds.parse_rounds(words, names, alone=alone)), text)


def read_excepted(value: object, names: Vocabulary = ANY_NAME) -> Expression[syntax.Dates]:
    """What `utom` leaves out of rounds."""
    text = read_text(value, "en period")
    return Expression(_parsed(text, lambda words: rounds.parse_excepted(words, names)), text)


def one_or_list(value: object) -> object:
    """A single text where one or a list may stand."""
    return (value,) if isinstance(value, str) else value


def _expression(parse: Callable[[str, Vocabulary], object], *examples: str) -> ReadWith:
    return ReadWith(read_expression(parse), examples=examples, with_names=True)


DATES = (
    "3 juni",
    "tisdag v. 36",
    "2026-06-03",
    "KS i juni",
    "10 arbetsdagar före budget_ks",
    "torsdagen veckan före möte",
    "början av september",
    "ej fastställt",
)

Key = Annotated[str, ReadWith(read_id)]  # keys of maps: `Text` inside, found by plain strings
LabelKey = Annotated[str, ReadWith(read_text)]
Label = Annotated[Text, ReadWith(read_text, number=True)]
Template = Annotated[Text, ReadWith(read_template, number=True)]
Id = Annotated[Text, ReadWith(read_id, pattern=_ID.pattern)]
BodyId = Annotated[Text, ReadWith(read_body_id, pattern=_BODY_ID.pattern)]
ProcessId = Annotated[Text, ReadWith(read_process_id, pattern=_PROCESS_ID.pattern)]
PageAddressField = Annotated[Text, ReadWith(read_page_address, pattern="[Hh][Tt][Tt][Pp][Ss]?://.+")]
LinkField = Annotated[Text, ReadWith(read_link, pattern="(?:[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:).+")]
YesNo = Annotated[bool, ReadWith(read_flag, Literal["ja", "nej"])]
CalendarYearField = Annotated[int, ReadWith(read_year, range(FIRST_YEAR, LAST_YEAR + 1))]
DayField = Annotated[date, ReadWith(read_day, examples=("2025-05-31",))]
TimesField = Annotated[
    tuple[syntax.DayPartName | syntax.ClockTime, ...],
    ReadWith(read_times, examples=("kl 13.00", "kl 9–12", "fm"), number=True),
]
WeekdayField = Annotated[syntax.Weekday, ReadWith(read_weekday, Literal[tuple(_WORDS_FOR_WEEKDAYS)])]
MeetingLengthField = Annotated[int, ReadWith(read_meeting_length, examples=("2 timmar", "90 minuter", "1,5 timmar"))]
Labels = Annotated[tuple[Label, ...], Prepared(one_or_list, str | list[str])]
Ids = Annotated[tuple[Id, ...], Prepared(one_or_list, str | list[str])]

ValueField = Annotated[Expression[syntax.Value], _expression(parser.parse_value, *DATES)]
CountedField = Annotated[
    Expression[syntax.Value], _expression(short_forms.parse_counted, "1 vecka efter", "fredag samma vecka", "3 juni")
]
StepField = Annotated[
    Expression[syntax.Value],
    _expression(short_forms.parse_counted, "5 dagar före möte", "torsdagen före beredning", "14 dagar före"),
]
PlanningPeriodField = Annotated[
    Expression[syntax.Value],
    replace(_expression(short_forms.parse_planning_period, "5 år", "B till B+2", "2027–2029"), number=True),
]
StopField = Annotated[
    Expression[syntax.Stop],
    _expression(
        parser.parse_stop, "14 dagar före", "torsdagen veckan före", "2 juni", "på bordet", "krävs ej", "saknas"
    ),
]
RuleField = Annotated[
    Expression[syntax.Rule],
    _expression(parser.parse_rule, "budget_csg är före budget_ks", "budget_ks är minst 7 dagar före budget_kf"),
]
ConditionField = Annotated[
    Expression[syntax.Condition],
    _expression(parser.parse_condition, "valår", "inte valår", "mandatår 1", "B >= 2027", "flagga särskilda_skäl"),
]
DurationField = Annotated[
    Expression[syntax.Duration], _expression(parser.parse_duration, "2 veckor", "40 arbetsdagar", "3 månader")
]
RoundsField = Annotated[
    Expression[syntax.Dates], ReadWith(read_rounds, examples=("juni", "v. 9", "Q2"), with_names=True)
]
ExceptedField = Annotated[Expression[syntax.Dates], ReadWith(read_excepted, examples=("juli",), with_names=True)]
DraftField = Annotated[
    Expression[syntax.Value],
    _expression(rounds.parse_draft, "första tisdagen i juni", "sista måndagen i varje månad utom juli"),
]
PeriodField = Annotated[Expression[syntax.Period], _expression(parser.parse_period, "juni", "v. 9", "B-1", "Q2 B-1")]
MeetingField = Annotated[
    Expression[syntax.Item],
    _expression(parser.parse_meeting, "2025-06-03", "3 juni", "tis 3 juni kl 13.00", "19–20 juni", "prel. 3 juni"),
]
DateSpanField = Annotated[
    Expression[syntax.DateSpan],
    _expression(parser.parse_span, "1 sept B-2 till 31 dec B-1", "1 jan B-1 till 31 mars B-1"),
]
BudgetYearField = Annotated[Expression[syntax.BudgetYear], _expression(parser.parse_year, "B", "B-1", "B-2")]
