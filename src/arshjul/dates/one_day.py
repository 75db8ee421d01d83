"""One day that is said by its parts: `Vecka 6, tisdag 4 februari`, `KS (3 juni)`, `3 juni, tisdag v. 23 kl 13`.

The parts stand with nothing, a comma or parentheses between them, and nothing else is in the text; else it is a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from arshjul.dates.lexer import Token, tokens
from arshjul.dates.rewriting import Rewriting, joined
from arshjul.dates.syntax import AmbiguousExpression
from arshjul.dates.words import Kind

IsBody = Callable[[str], bool]

LONGEST_DAY = 120
"""No day has more characters, however often it is said."""

_BETWEEN = (Kind.COMMA, Kind.OPEN, Kind.CLOSE)
_MARKS = (Kind.CERTAINTY, Kind.AT_LATEST, Kind.AT_EARLIEST)
_AFTER = (Kind.TIME, Kind.DAY_PART, Kind.ROLL, Kind.QUESTION)
_YEARS = (Kind.YEAR, Kind.BUDGET_YEAR)


_WEEK = r"(?P<week>v(?:ecka)?\.? ?[0-9]{1,2})"
_SOME_DAYS = r"(?P<days>[0-9]{1,2}(?: [a-z.]+)? ?[–-] ?[0-9]{1,2} [a-z]+\.?)"
_WEEK_FIRST, _WEEK_LAST = rf"(?i:{_WEEK}, ?{_SOME_DAYS})", rf"(?i:{_SOME_DAYS}, ?{_WEEK})"


class _Parts(Struct):
    """What was found of each kind: each once, as the first and the token after its last."""

    found: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, kind: str, start: int, end: int) -> bool:
        """Whether there was none of the kind before."""
        return self.found.setdefault(kind, (start, end)) == (start, end)


def one_day(written: Rewriting, is_body: IsBody) -> Rewriting:
    """The parts in the order of the grammar, `tisdag 4 februari v. 6`; what is no such day as it is.

    Raises:
        AmbiguousExpression: a week and some days of a week, which may be one thing or two.
    """
    if len(written.text) > LONGEST_DAY:
        return written
    if match := re.fullmatch(_WEEK_FIRST, written.text) or re.fullmatch(_WEEK_LAST, written.text):
        hint = f"skriv ut vilket: ”{match['days']}” eller ”{match['week']} och {match['days']}”"
        at = written.original((0, len(written.text)))
        raise AmbiguousExpression("En vecka och dagar kan vara ett datum eller två", at, hint)
    words = tokens(written.text)
    parts = _parts(words, is_body)
    if parts is None:
        return written

    def part(kind: str) -> list[Rewriting]:
        if kind not in parts.found:
            return []
        first, last = parts.found[kind]
        return [written.part(words[first].start, words[last - 1].end)]

    week = [one.prefixed("v. ") for one in part("week")]
    day = joined([*part("weekday"), *part("date"), *week], " ")
    if body := part("body"):
        # A weekday in a week is no period by itself.
        day = day if "date" in parts.found else day.prefixed("(").appended(")")
        day = joined([body[0], day], " i ")
    return joined([*part("marks"), day, *part("after")], " ")


def _parts(words: Sequence[Token], is_body: IsBody) -> _Parts | None:
    """The parts of a text that says one day by two of them or more; None for any other text."""
    parts, place, depth = _Parts(), 0, 0
    if words[0].kind is Kind.OPEN:
        return None
    while words[place].kind is not Kind.END:
        kind = words[place].kind
        if kind in _BETWEEN:
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            place += 1
            if depth not in (0, 1):
                return None
            continue
        name, length = _part(words, place, is_body)
        first = place + 1 if name == "week" else place
        if not length or not parts.add(name, first, place + length):
            return None
        place += length
    kinds = {"week", "weekday", "date", "body"} & parts.found.keys()
    dated = "date" in kinds or {"week", "weekday"} <= kinds
    marks_first = parts.found.get("marks", (0, 0))[0] == 0
    return parts if depth == 0 and dated and len(kinds) > 1 and marks_first else None


def _part(words: Sequence[Token], place: int, is_body: IsBody) -> tuple[str, int]:
    """What part begins at the place, and of how many tokens it is: none for what is no part of a day."""
    kinds = [word.kind for word in words[place : place + 4]]
    match kinds:
        case [Kind.WEEK, Kind.NUMBER, *_]:
            return "week", 2
        case [Kind.WEEKDAY, *_]:
            return "weekday", 1
        case [Kind.ISO, *_]:
            return "date", 1
        case [Kind.DEN, Kind.NUMBER, Kind.MONTH, *rest]:
            return "date", 3 + (bool(rest) and rest[0] in _YEARS)
        case [Kind.NUMBER, Kind.MONTH, *rest]:
            return "date", 2 + (bool(rest) and rest[0] in _YEARS)
        case [Kind.NAME, Kind.PART, *_] if is_body(words[place].word):
            return "body", 2
        case [Kind.NAME, *_] if is_body(words[place].word):
            return "body", 1
    for name, of_kind in (("marks", _MARKS), ("after", _AFTER)):
        count = 0
        while words[place + count].kind in of_kind:
            count += 1
        if count:
            return name, count
    return "", 0
