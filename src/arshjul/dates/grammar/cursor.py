"""Where a reading stands in its text, and what it says when the text does not go on as it must."""

from __future__ import annotations

from enum import StrEnum

from arshjul.codes import Code
from arshjul.dates.lexer import Token, tokens
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.words import Kind

# Deep enough for anything a person says, shallow enough for every later stage to recurse.
DEEPEST = 40


class EntryRule(StrEnum):
    """What a whole text is read as, with an expression that is right there."""

    VALUE = "KS i juni"
    STOP = "14 dagar före"
    RULE = "budget_ks är före 1 november"
    CONDITION = "valår eller flagga ny_nämnd"
    DURATION = "40 arbetsdagar"
    PERIOD = "juni B-1"
    SIMPLE = "tisdag 3 juni"
    SPAN = "1 september B-2 till 31 december B-1"
    YEAR = "B-1"
    TIMES = "kl 13.00"


class Cursor:
    """One reading of one text. Methods take the tokens of their rule and leave the next one in `token`."""

    def __init__(self, text: str, entry: EntryRule) -> None:
        self.text = text
        self.entry = entry
        self.tokens = tokens(text)
        self.index = 0
        self.token = self.tokens[0]
        self.depth = 0
        self.sums = 0

    def take(self) -> Token:
        token = self.token
        self.index += 1
        self.token = self.tokens[self.index]
        return token

    def stands_at(self, kind: Kind) -> bool:
        return self.token.kind is kind

    def skip(self, kind: Kind) -> bool:
        if self.token.kind is not kind:
            return False
        self.take()
        return True

    def expect(self, kind: Kind, expected: str, example: str) -> Token:
        if self.token.kind is not kind:
            raise self.unexpected(expected, example)
        return self.take()

    def ahead(self, count: int) -> Kind:
        return self.tokens[self.index + count].kind

    def since(self, start: int) -> tuple[int, int]:
        return (start, self.tokens[self.index - 1].end)

    def finish(self) -> None:
        if self.token.kind is not Kind.END:
            raise self.left_over()

    def written(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def unexpected(self, expected: str, example: str) -> ExpressionError:
        token = self.token
        if token.kind is not Kind.END:
            message = f"”{self.written(token)}” går inte att förstå här: här väntas {expected}"
        elif self.index == 0:
            message = f"Uttrycket är tomt: här väntas {expected}"
        else:
            message = f"Uttrycket slutar efter ”{self.written(self.tokens[self.index - 1])}”: här väntas {expected}"
        return ExpressionError(message, (token.start, token.end), f"till exempel: {self.fitted(example)}")

    def left_over(self) -> ExpressionError:
        token, previous = self.token, self.tokens[self.index - 1]
        message = f"”{self.written(token)}” går inte att förstå efter ”{self.written(previous)}”"
        return ExpressionError(message, (token.start, token.end), f"till exempel: {self.entry}")

    def fitted(self, example: str) -> str:
        """An example of a phrase, period or date, as it stands in an expression of this entry."""
        if self.entry is EntryRule.DURATION:
            return str(self.entry)
        if self.entry is EntryRule.RULE and " är " not in example:
            return f"{example} är före KF i november"
        return f"({example})" if self.entry is EntryRule.PERIOD and self.depth else example

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.too_deep()

    def too_deep(self) -> ExpressionError:
        message = f"Uttrycket är nästlat i fler än {DEEPEST} led"
        hint = f"dela upp det med egna aktiviteter, till exempel: {self.entry}"
        return ExpressionError(message, (self.token.start, self.token.end), hint, Code.LIMIT)
