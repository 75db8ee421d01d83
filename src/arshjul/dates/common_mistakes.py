"""What people write that is nearly the date language, and how it is written there. Only ever run on a refused text.

`MISTAKES` is the table: a row for each mistake, wrong → right. To teach the program another one, add a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from msgspec import Struct

from arshjul.codes import Code
from arshjul.dates.lexer import KNOWN_WORDS, PHRASES_OF
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.words import (
    AT_ONCE,
    ENGLISH,
    MONTH_NAMES,
    MONTHS,
    NOT_WORKING_DAYS,
    SHORT_FORMS,
)

Accepts = Callable[[str], bool]
Match = re.Match[str]
LONGEST_SHOWN = 120
LONGEST_WORD = 40


class Mistake(Struct, frozen=True):
    """A row of the table.

    Attributes:
        wrong: What people write, as a regular expression that ignores case; or a table, wrong word → right word.
        message: The message; `{wrong}` is what was written, `{right}` what to write.
        right: What to write in its place: a text in which `\\1` is the first group, or a function that gives None where
            it is not known. Not used where `wrong` is a table.
    """

    wrong: str | Mapping[str, str]
    message: str
    right: str | Callable[[Match], str | None] = ""

    @property
    def pattern(self) -> str:
        """As a regular expression, also where it is a table."""
        if isinstance(self.wrong, str):
            return self.wrong
        return "|".join(rf"\b{word}\b" if word[0].isalpha() else re.escape(word) for word in self.wrong)

    def replacement(self, match: Match) -> str | None:
        """What to write in the place of the match."""
        if not isinstance(self.wrong, str):
            return self.wrong[match[0].lower()]
        return match.expand(self.right) if isinstance(self.right, str) else self.right(match)


def _any_of(words: Iterable[str]) -> str:
    """As a regular expression; the longest first, since `sept` begins with `sep`."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


# --- the table ---------------------------------------------------------------------------------------------------


def _day_and_month(match: Match) -> str | None:
    """`3/6 25` as `3 juni 2025`; None where that is no day, or must be read month first."""
    day, month, year = int(match[1]), int(match[2]), match[3]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{day} {MONTH_NAMES[month - 1]}" + (f" {_four_figures(year)}" if year else "")


def _four_figures(year: str) -> str:
    return year if len(year) == 4 else f"20{int(year):02}"


def _iso(match: Match) -> str:
    return f"{_four_figures(match[1])}-{int(match[2]):02}-{int(match[3]):02}"


_MONTH = _any_of(MONTHS)
_TWO_WAYS = "”{wrong}” kan läsas på två sätt: datum skrivs med månadens namn"
_IS_WRITTEN = "”{wrong}” skrivs ”{right}”"

# The first row that fits gives the message, so what is narrower stands before what is wider.
MISTAKES = (
    # characters
    Mistake(r"[^\S \t\f\r\n]|[\u200b\u2060\ufeff]", "Här står ett hårt blanksteg eller ett osynligt tecken", " "),
    # dates in figures
    Mistake(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:[-/ ](\d{4}|\d{2}))?(?![\d/])", _TWO_WAYS, _day_and_month),
    Mistake(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d.])", _TWO_WAYS, _day_and_month),
    Mistake(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", "”{wrong}” saknar streck", _iso),
    Mistake(
        r"(?<![\d-])(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?",
        "Efter dagen skrivs klockslaget med ”kl”",
        r"\1 kl \2.\3",
    ),
    Mistake(r"(?<![\d-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])", "”{wrong}” skrivs med streck och nollor", _iso),
    Mistake(r"(?<![\d-])(\d{2})-(\d{2})-(\d{2})(?![\d-])", "Årtal skrivs med fyra siffror", _iso),
    Mistake(rf"\b({_MONTH})\.?\s+[’']?(\d{{2}})(?![\d.:-])\b", "Årtal skrivs med fyra siffror", r"\1 20\2"),
    # budget years, dashes and clock times
    Mistake(
        r"\bB(?:\s*[–—\u2212]\s*|\s+-\s*)(\d)(?!\w)",
        "I ”{wrong}” ska det stå ett vanligt minustecken direkt efter B",
        r"B-\1",
    ),
    Mistake(r"\b(?-i:b)([+-]\d)?(?!\w)", "Budgetåret skrivs med stort B", r"B\1"),
    Mistake(
        r"(?<![\w.:–-])(\d{1,2}[.:]\d{2}(?:\s*[–-]\s*\d{1,2}[.:]\d{2})?)(?![\w.:])",
        "Före ett klockslag skrivs ”kl”",
        r"kl \1",
    ),
    # words
    Mistake(
        r"(?<!\w)(\d+) mån\b",
        "”mån” är måndag: månader skrivs ut",
        lambda match: "1 månad" if int(match[1]) == 1 else f"{match[1]} månader",
    ),
    Mistake(r"(?<!\w)(\d{1,3})([^\W\d_]{2,})\b", "Mellan siffror och ord står ett blanksteg", r"\1 \2"),
    Mistake(
        r"^(?:från )?(.+?) till (preliminärt|prel\.?|ca|cirka) (.+)$",
        "Slutet kan inte vara preliminärt eller ungefärligt för sig: märket gäller hela tiden",
        r"\2 \1 till \3",
    ),
    Mistake(r"\bnågon gång (?=(?:i|under)\b)", "”{wrong}” behövs inte", ""),
    Mistake(r"\b(tidigast|senast) av\b", "”{wrong}” ska vara ”{right}”", r"\1e av"),
    Mistake(
        {
            "inte före": "tidigast",
            "inte innan": "tidigast",
            "inte efter": "senast",
            "inte senast": "efter",
            "inte tidigast": "före",
        },
        _IS_WRITTEN,
    ),
    Mistake({"=>": ">=", "=<": "<=", "==": "="}, _IS_WRITTEN),
    Mistake(rf"\b(?:{_any_of(AT_ONCE)}) (före|innan|efter)\b", "”{wrong}” säger inte vilken dag", r"dagen \1"),
    Mistake(NOT_WORKING_DAYS, "”{wrong}” används inte: i lag är även lördagen en vardag"),
    Mistake(SHORT_FORMS, "”{wrong}” skrivs ut"),
    Mistake(ENGLISH, "”{wrong}” är engelska: skriv ”{right}”"),
)


# --- what is done with it ----------------------------------------------------------------------------------------


def explained(problem: ExpressionError, text: str, accepts: Accepts) -> ExpressionError:
    """The problem in better words where a known mistake or a misspelt keyword stands at it, else as it is."""
    if problem.code != Code.EXPRESSION or problem.message.startswith("Uttrycket är tomt"):
        return problem
    return (
        _known_mistake(problem, text, accepts)
        or _repaired(problem, text, accepts)
        or _fragment(problem, text)
        or problem
    )


def _known_mistake(problem: ExpressionError, text: str, accepts: Accepts) -> ExpressionError | None:
    start, end = problem.at
    for mistake, pattern in _patterns():
        for match in pattern.finditer(text):
            if match.start() <= end and start <= match.end():
                right = mistake.replacement(match)
                message = mistake.message.format(wrong=match[0].strip(), right=right and right.strip())
                better = None if right is None else text[: match.start()] + right + text[match.end() :]
                if better is None or len(better) > LONGEST_SHOWN or not accepts(better):
                    return ExpressionError(message, match.span(), problem.hint)
                return ExpressionError(message, match.span(), f"skriv ”{better.strip()}”", fix=better.strip())
    return None


@cache
def _patterns() -> tuple[tuple[Mistake, re.Pattern[str]], ...]:
    """Compiled when a text is refused, not at every start."""
    return tuple((mistake, re.compile(mistake.pattern, re.IGNORECASE)) for mistake in MISTAKES)


def _repaired(problem: ExpressionError, text: str, accepts: Accepts) -> ExpressionError | None:
    if len(text) > LONGEST_SHOWN:
        return None
    better = next((repair for repair in _repairs(problem.at, text) if accepts(repair)), None)
    if better is None:
        return None
    return ExpressionError(problem.message, problem.at, f"menade du ”{better.strip()}”?", problem.code)


def _repairs(at: tuple[int, int], text: str) -> Iterator[str]:
    """Blanks made one; the word at fault spelt as a keyword, led by a small word, put in parentheses."""
    start, end = at
    before, word, after = text[:start], text[start:end], text[end:]
    yield " ".join(text.split())
    if not 1 < len(word) <= LONGEST_WORD:
        return
    # A word that is right elsewhere is no misspelling: `före 1 juni` is not `fre 1 juni`.
    if word.lower() in KNOWN_WORDS:
        yield before + word.lower() + after
    elif len(word) > 2 and " " not in word:
        for keyword in get_close_matches(word.lower(), sorted(KNOWN_WORDS), n=3, cutoff=0.7):
            yield before + keyword + after
    for better in (f"i {word}", f"kl {word}", f"är {word}", f"({word})"):
        yield before + better + after


def _fragment(problem: ExpressionError, text: str) -> ExpressionError | None:
    word = text[slice(*problem.at)]
    phrases = PHRASES_OF.get(word.lower(), ())
    if not phrases or word.lower() in phrases:
        return None
    message = f"”{word}” förstås bara i {' eller '.join(f'”{phrase}”' for phrase in phrases)}"
    return ExpressionError(message, problem.at, problem.hint)
