"""Text of the date language → tokens. Keywords ignore case and are reserved everywhere, `B` keeps its case."""

from __future__ import annotations

import re
from typing import NamedTuple

from arshjul.dates.words import BUDGET_YEAR, KEYWORDS, PHRASES, RESERVED, Kind


class Token(NamedTuple):
    """`word` is the text as written for names and numbers, in lower case and without its full stop for keywords."""

    kind: Kind
    word: str
    start: int
    end: int


# How a keyword of several words must end, as the reference grammar has it; most end where a word does.
_WORD_END, _BLANK_END, _ANY_END = r"\b", r"(?=\s)", ""
_ENDS = {Kind.CERTAINTY: _BLANK_END} | dict.fromkeys(
    (Kind.ROLL, Kind.SAME_WEEK, Kind.UNDECIDED, Kind.ON_TABLE, Kind.NOT_REQUIRED), _ANY_END
)


def _phrases_by_first_word() -> dict[str, tuple[tuple[str, Kind, str], ...]]:
    table: dict[str, tuple[tuple[str, Kind, str], ...]] = {}
    for kind, phrases in PHRASES.items():
        for words in phrases:
            # `kvartal  1` is read with any blanks, as the grammar has a number there and not a word.
            blank = r"\s+" if words[-1].isdigit() else " "
            pattern = re.escape(words).replace(r"\ ", blank) + _ENDS.get(kind, _WORD_END)
            first = words.split(" ", maxsplit=1)[0].rstrip(".")
            table[first] = (*table.get(first, ()), (words, kind, pattern))
    return table


_PHRASES_BY_FIRST_WORD = _phrases_by_first_word()

PHRASES_OF = {first: tuple(words for words, *_ in found) for first, found in _PHRASES_BY_FIRST_WORD.items()}
"""First word → the keywords of several words that begin with it."""

KNOWN_WORDS = frozenset(KEYWORDS).union(_PHRASES_BY_FIRST_WORD, {"B", BUDGET_YEAR})
"""Every word with a meaning of its own, and every word that begins a keyword of several words."""

_STRAY = RESERVED.union(_PHRASES_BY_FIRST_WORD, {BUDGET_YEAR})

# Figures are 0–9: what \d takes beyond them (٣, ๓) nobody here would read as a date.
TIME = re.compile(
    r"(?i:kl)\.?\s*(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?"
    r"(?:\s*[–-]\s*(?P<end_hour>[0-9]{1,2})(?:[.:](?P<end_minute>[0-9]{2}))?)?(?![\d-])"
)

# Blanks are those that a keyboard gives, not \s: a hard blank is a BAD token, and is explained as what it is.
_TOKEN = re.compile(
    r"[ \t\f\r\n]*(?:"
    rf"(?P<TIME>{re.sub('[?]P<[a-z_]+>', '?:', TIME.pattern)})"
    rf"|(?P<BUDGET_YEAR>B(?:[+-][0-9])?(?!\w)|{BUDGET_YEAR}\b)"
    r"|(?P<WORD>[^\W\d_]\w*)"
    r"|(?P<ISO>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<YEAR>[0-9]{4}\b)|(?P<NUMBER>[0-9]{1,3}\b)"
    r"|(?P<PART>\.[^\W_]\w*(?:\.[^\W\d_]\w*)?)|(?P<COMPARE><=|>=|[<>=])"
    r"|(?P<COMMA>,)|(?P<OPEN>\()|(?P<CLOSE>\))|(?P<PLUS>\+)|(?P<DASH>[–-])|(?P<QUESTION>\?)"
    r"|(?P<END>\Z)|(?P<BAD>\d\w*|.))",
    re.DOTALL,
)
_SHAPES = {kind.name: kind for kind in Kind}
_LOOKAHEAD = 5  # END tokens after the last: no rule looks further, so none asks where the text ends


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
    match = next(_TOKEN.finditer(text, place))  # always one, at `place`: the last alternative takes any character
    shape = match.lastgroup or Kind.BAD.name
    start, end = match.span(shape)
    written = text[start:end]
    if shape != "WORD":
        return Token(_SHAPES[shape], written, start, end)
    word = written.lower()
    for words, kind, pattern in _PHRASES_BY_FIRST_WORD.get(word, ()):
        # Compiled when it is first met, and kept by `re`: a process uses few of them.
        if phrase := re.compile(pattern, re.IGNORECASE).match(text, start):
            return Token(kind, words, start, phrase.end())
    known = KEYWORDS.get(word)
    if known is None:
        return Token(Kind.STRAY if word in _STRAY else Kind.NAME, written, start, end)
    if (known is Kind.MONTH or known is Kind.WEEK) and text.startswith(".", end):
        return Token(known, word if known is Kind.MONTH else word + ".", start, end + 1)
    return Token(known, word, start, end)


def is_reserved(word: str) -> bool:
    """Whether a word cannot be a name in an expression: a keyword, `B`, `Q1`, `kl13`, `null`, `ja`, `nej`, no word."""
    first, second, *_ = tokens(word)
    return (first.kind, second.kind) != (Kind.NAME, Kind.END)
