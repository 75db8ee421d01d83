"""What people write that is nearly the date language, and how it is written there. Only ever run on a refused text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from arshjul.codes import Code
from arshjul.dates.lexer import KNOWN_WORDS, PHRASES_OF
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.words import (
    AT_ONCE,
    ENGLISH,
    LATIN,
    MONTH_NAMES,
    MONTHS,
    NOT_WORKING_DAYS,
    ORDINAL_NAMES,
    SHORT_FORMS,
)

Accepts = Callable[[str], bool]
Match = re.Match[str]
LONGEST_SHOWN = 120
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """A pattern, what is said of it and what to write in its place; None where that cannot be told."""

    pattern: re.Pattern[str]
    message: str
    write: Callable[[Match], str | None]


def explained(problem: ExpressionError, text: str, accepts: Accepts) -> ExpressionError:
    """The problem in better words where a known slip or a misspelt keyword stands at it, else as it is."""
    if problem.code != Code.EXPRESSION or problem.message.startswith("Uttrycket är tomt"):
        return problem
    return (
        _known_slip(problem, text, accepts) or _repaired(problem, text, accepts) or _fragment(problem, text) or problem
    )


def _known_slip(problem: ExpressionError, text: str, accepts: Accepts) -> ExpressionError | None:
    start, end = problem.at
    for slip in _SLIPS:
        for match in slip.pattern.finditer(text):
            if match.start() <= end and start <= match.end():
                replacement = slip.write(match)
                message = slip.message.format(match[0].strip(), replacement and replacement.strip())
                return ExpressionError(message, match.span(), _written_so(problem, text, match, replacement, accepts))
    return None


def _written_so(
    problem: ExpressionError, text: str, match: Match, replacement: str | None, accepts: Accepts
) -> str | None:
    if replacement is None:
        return problem.hint
    better = text[: match.start()] + replacement + text[match.end() :]
    return f"skriv ”{better.strip()}”" if _may_show(better) and accepts(better) else problem.hint


def _may_show(text: str) -> bool:
    return len(text) <= LONGEST_SHOWN


def _repaired(problem: ExpressionError, text: str, accepts: Accepts) -> ExpressionError | None:
    if not _may_show(text):
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
    if len(word) > 2:
        for keyword in get_close_matches(word.lower(), sorted(KNOWN_WORDS), n=3, cutoff=0.7):
            yield before + keyword + after
    for better in (f"i {word}", f"kl {word}", f"är {word}", f"före {word}", f"({word})"):
        yield before + better + after


def _fragment(problem: ExpressionError, text: str) -> ExpressionError | None:
    word = text[slice(*problem.at)]
    phrases = PHRASES_OF.get(word.lower(), ())
    if not phrases or word.lower() in phrases:
        return None
    message = f"”{word}” förstås bara i {' eller '.join(f'”{phrase}”' for phrase in phrases)}"
    return ExpressionError(message, problem.at, problem.hint)


def _slip(pattern: str, message: str, write: Callable[[Match], str | None]) -> Slip:
    return Slip(re.compile(pattern, re.IGNORECASE), message, write)


def _word_slip(words: dict[str, str], message: str) -> Slip:
    return _slip(rf"\b(?:{'|'.join(words)})\b", message, lambda match: words[match[0].lower()])


def _day_and_month(match: Match) -> str | None:
    day, month, year = int(match[1]), int(match[2]), match[3]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{day} {MONTH_NAMES[month - 1]}" + (f" {_four_figures(year)}" if year else "")


def _four_figures(year: str) -> str:
    return year if len(year) == 4 else f"20{int(year):02}"


def _iso(match: Match) -> str:
    return f"{_four_figures(match[1])}-{int(match[2]):02}-{int(match[3]):02}"


def _ordinal(match: Match) -> str | None:
    return ORDINAL_NAMES.get(int(match[1]))


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NOT_INSIDE = {"före": "tidigast", "innan": "tidigast", "efter": "senast", "senast": "efter", "tidigast": "före"}
_OPERATORS = {"=>": ">=", "=<": "<=", "==": "="}

_SLIPS = (
    _slip(
        r"[^\S \t\f\r\n]|[\u200b\u2060\ufeff]", "Här står ett hårt blanksteg eller ett osynligt tecken", lambda _: " "
    ),
    _slip(
        r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:[-/ ](\d{4}|\d{2}))?(?![\d/])",
        "”{0}” kan läsas på två sätt: datum skrivs med månadens namn",
        _day_and_month,
    ),
    _slip(
        r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d.])",
        "”{0}” kan läsas på två sätt: datum skrivs med månadens namn",
        _day_and_month,
    ),
    _slip(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", "”{0}” saknar streck", _iso),
    _slip(
        r"(?<![\d-])(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?",
        "Efter dagen skrivs klockslaget med ”kl”",
        lambda match: f"{match[1]} kl {match[2]}.{match[3]}",
    ),
    _slip(r"(?<![\d-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])", "”{0}” skrivs med streck och nollor", _iso),
    _slip(r"(?<![\d-])(\d{2})-(\d{2})-(\d{2})(?![\d-])", "Årtal skrivs med fyra siffror", _iso),
    _slip(
        rf"\b({_MONTH})\.?\s+[’']?(\d{{2}})(?![\d.:-])\b",
        "Årtal skrivs med fyra siffror",
        lambda match: f"{match[1]} 20{int(match[2]):02}",
    ),
    _slip(
        rf"(?<!\d)(\d{{1,2}}):[ae]\b(?=\s+(?:{_MONTH})\b)",
        "Dagen i månaden skrivs bara i siffror",
        lambda match: match[1],
    ),
    _slip(r"(?<!\d)(\d{1,2}):[ae]\b", "”{0}” skrivs med bokstäver", _ordinal),
    _slip(
        r"\bB(?:\s*[–—\u2212]\s*|\s+-\s*)(\d)(?!\w)",
        "I ”{0}” ska det stå ett vanligt minustecken direkt efter B",
        lambda match: f"B-{match[1]}",
    ),
    _slip(r"\b(?-i:b)([+-]\d)?(?!\w)", "Budgetåret skrivs med stort B", lambda match: f"B{match[1] or ''}"),
    _slip("[—\u2212]", "”{0}” är inte det streck som används här", lambda _: "–"),
    _slip(r"\bklockan\b\s*", "”klockan” förkortas", lambda _: "kl "),
    _slip(
        r"(?<![\w.:–-])(\d{1,2}[.:]\d{2}(?:\s*[–-]\s*\d{1,2}[.:]\d{2})?)(?![\w.:])",
        "Före ett klockslag skrivs ”kl”",
        lambda match: f"kl {match[1]}",
    ),
    _slip(r"\b(ca|mån|tis|ons|tors?|fre|lör|sön|fm|em)\.", "”{0}” skrivs utan punkt", lambda match: match[1]),
    _slip(r"(?<!\w)(\d+) mån\b", "”mån” är måndag: månader skrivs ut", lambda match: f"{match[1]} månader"),
    _slip(
        r"(?<!\w)(\d{1,3})([^\W\d_]{2,})\b",
        "Mellan siffror och ord står ett blanksteg",
        lambda match: f"{match[1]} {match[2]}",
    ),
    _slip(r"\b(början|mitten|slutet) (?:på|i)\b", "”{0}” skrivs med ”av”", lambda match: f"{match[1]} av"),
    _slip(
        rf"\b({'|'.join(LATIN)}) (?=(?:{_MONTH})\b)",
        "”{0}” skrivs ”{1}”",
        lambda match: f"{LATIN[match[1].lower()]} ",
    ),
    _slip(r"\b(runt|omkring|kring|cirka|c:a|ungefär|circa)\s+", "”{0}” skrivs ”ca”", lambda _: "ca "),
    _slip(r"\bnågon gång (?=(i|under)\b)", "”{0}” behövs inte", lambda _: ""),
    _slip(r"\b(tidigast|senast) av\b", "”{0}” ska vara ”{1}”", lambda match: f"{match[1]}e av"),
    _slip(
        r"\binte (före|innan|efter|senast|tidigast)\b",
        "”{0}” skrivs ”{1}”",
        lambda match: _NOT_INSIDE[match[1].lower()],
    ),
    _slip("=>|=<|==", "”{0}” skrivs ”{1}”", lambda match: _OPERATORS[match[0]]),
    _slip(
        rf"\b({'|'.join(sorted(AT_ONCE))}) (före|innan|efter)\b",
        "”{0}” säger inte vilken dag",
        lambda match: f"dagen {match[2]}",
    ),
    _word_slip(NOT_WORKING_DAYS, "”{0}” används inte: i lag är även lördagen en vardag"),
    _word_slip(SHORT_FORMS, "”{0}” skrivs ut"),
    _word_slip(ENGLISH, "”{0}” är engelska: skriv ”{1}”"),
)
