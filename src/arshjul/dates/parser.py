"""Text of the date language → syntax tree.

Every `parse_*` takes any text and raises nothing but `ExpressionError`; whatever parses also has a meaning
(`semantics.check_meaning`). `parse_tree` stops at the grammar, which the specification narrows in three places:
a keyword is never a name, a count is at least 1, `nästa dagen i` is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax
from arshjul.dates.common_mistakes import explained
from arshjul.dates.continuation import continued
from arshjul.dates.grammar.condition import ConditionGrammar
from arshjul.dates.grammar.cursor import Cursor, EntryRule
from arshjul.dates.grammar.phrase import PhraseGrammar
from arshjul.dates.grammar.simple import SimpleGrammar
from arshjul.dates.grammar.whole import RuleGrammar, StopGrammar, ValueGrammar
from arshjul.dates.guesses import guess_of
from arshjul.dates.lexer import is_reserved
from arshjul.dates.lists import written_out
from arshjul.dates.meeting_day import meeting_of
from arshjul.dates.one_day import LONGEST_DAY
from arshjul.dates.readings import possible_readings
from arshjul.dates.rewriting import Rewriting
from arshjul.dates.semantics import check_meaning
from arshjul.dates.spellings import respelt
from arshjul.dates.syntax import AmbiguousExpression, ExpressionError, Node
from arshjul.dates.vocabulary import ANY_NAME, MAX_LIST_ITEMS, Vocabulary
from arshjul.dates.words import COUNTS

__all__ = [
    "EntryRule",
    "is_reserved",
    "parse_condition",
    "parse_duration",
    "parse_meeting",
    "parse_period",
    "parse_rule",
    "parse_simple",
    "parse_span",
    "parse_stop",
    "parse_times",
    "parse_tree",
    "parse_value",
    "parse_year",
]

Times = tuple[syntax.DayPartName | syntax.ClockTime, ...]
C = TypeVar("C", bound=Cursor)
T = TypeVar("T", bound=Node | Times)

LONGEST = 20_000
_COUNTED = rf"(?:[0-9]{{1,3}}|{'|'.join(COUNTS)})\s*(?:v\b|veck|dag|arb|mån)"
_IN_TIME = re.compile(rf"(?P<blank>\s*)(?:senast\s+|minst\s+(?={_COUNTED}))", re.IGNORECASE)
_MAY_BE_A_LIST = re.compile(r",|\b(?:och|samt|eller|v|vecka)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r",|\b(?:och|samt|eller)\b", re.IGNORECASE)
_MAY_BE_PARTS_OF_A_DAY = re.compile(r" \(|(?<=\w )(?:mån|tis|ons|tors|fre|lör|sön)dag\b", re.IGNORECASE)


class _Grammar(Struct, Generic[C, T], frozen=True):
    """How a whole text is read: by one rule of a grammar, to its last character."""

    entry: EntryRule
    cursor: type[C]
    rule: Callable[[C], T]

    def tree(self, text: str) -> T:
        """The tree of a text, whether or not it has a meaning. Raises ExpressionError."""
        if len(text) > LONGEST:
            message = f"Uttrycket är längre än {LONGEST} tecken"
            raise ExpressionError(message, (LONGEST, len(text)), f"till exempel: {self.entry}", Code.LIMIT)
        return self.tree_of_any_length(text)

    def tree_of_any_length(self, text: str) -> T:
        """As `tree`; a list with its items written out may be longer than what a person may write."""
        reading = self.cursor(text, self.entry)
        tree = self.rule(reading)
        reading.finish()
        return tree

    def read(self, text: str, names: Vocabulary) -> T:
        """The tree of a text that has a meaning; what is wrong with any other is explained as well as can be."""
        self.check_allowance(text, names)
        try:
            tree = self.full_tree(text, names)
        except AmbiguousExpression:
            raise
        except ExpressionError as problem:
            if problem.code is not Code.EXPRESSION:
                raise
            understood = self.as_people_write(text, names)
            if understood is None:
                raise self.explained(problem, text, names) from None
            return understood
        if not names.knows_names_of(tree):
            # A word that is no name may be one that people use for a date: `Kommunstyrelsen i juni`, `löpande`.
            understood = self.as_people_write(text, names)
            if understood is not None:
                return understood
            if names.explains():
                asked = self.asked(text, names) or guess_of(
                    text, names, partial(self.accepts, names=names), Code.UNKNOWN_NAME
                )
                if asked is not None:
                    raise asked
        check_meaning(tree)
        return tree

    def check_allowance(self, text: str, names: Vocabulary) -> None:
        """Code: limit, where the lists of a file have had more items than are read."""
        items = len(_SEPARATOR.findall(text)) if self.entry is EntryRule.VALUE else 0
        if items and not names.reads_items(items + 1):
            message = f"Listorna i processen har fler än {MAX_LIST_ITEMS} datum"
            hint = "dela upp processen, eller skriv ”varje” för det som kommer igen"
            raise ExpressionError(message, (0, len(text)), hint, Code.LIMIT)

    def explained(self, problem: ExpressionError, text: str, names: Vocabulary) -> ExpressionError:
        """What a refused text may mean, else the mistake in it; the problem as it is where enough is explained."""
        if not names.explains():
            return problem
        accepts = partial(self.accepts, names=names)
        if (asked := self.asked(text, names)) is not None:
            return asked
        better = explained(problem, text, accepts)
        if better is problem and (guess := guess_of(text, names, accepts, problem.code)) is not None:
            return guess
        return continued(better, text, accepts, next(iter(names.bodies), "KS"))

    def asked(self, text: str, names: Vocabulary) -> ExpressionError | None:
        """The readings that a text may have, to be chosen from, or a body's id in its own capitals."""
        cased = names.with_case(text)
        if cased != text and self.accepts(cased, names):
            message = "Ett organs id skrivs med sina egna versaler"
            return ExpressionError(message, (0, len(text)), f"skriv ”{cased}”", fix=cased)
        return possible_readings(text, partial(self.accepts, names=names))

    def as_people_write(self, text: str, names: Vocabulary) -> T | None:
        """The tree of a text in accepted spellings, which stand in no grammar; None where it is no such text.

        Raises:
            AmbiguousExpression: it may mean several things.
        """
        canonical = respelt(text, names)
        if canonical.text != text:
            try:
                tree = canonical.in_original_tree(self.full_tree(canonical.text, names))
                if names.knows_names_of(tree):
                    check_meaning(tree)
                    return tree
            except AmbiguousExpression as ambiguous:
                raise canonical.in_original(ambiguous) from None
            except ExpressionError:
                pass
        return None

    def full_tree(self, text: str, names: Vocabulary) -> T:
        """The tree of a text in which the items of a list are written out, placed in the text as it is."""
        if self.entry is not EntryRule.VALUE or len(text) > LONGEST:
            return self.tree(text)
        # Most values are no list, nor one day said by several parts: they are read as they are.
        may_be_a_day = len(text) <= LONGEST_DAY and _MAY_BE_PARTS_OF_A_DAY.search(text)
        if not _MAY_BE_A_LIST.search(text) and not may_be_a_day:
            return self.tree(text)
        written = written_out(text, names.is_body)
        if written.text == text:
            return self.tree(text)
        try:
            return written.in_original_tree(self.tree_of_any_length(written.text))
        except ExpressionError as problem:
            self.tree(text)  # what is wrong with the text as it stands is better placed
            raise written.in_original(problem) from None

    def accepts(self, text: str, names: Vocabulary) -> bool:
        """Whether a text has a meaning."""
        try:
            for spelling in dict.fromkeys((text, respelt(text, names).text)):
                if self.has_meaning(spelling, names):
                    return True
        except ExpressionError:
            pass
        return False

    def has_meaning(self, text: str, names: Vocabulary) -> bool:
        """Whether a text in canonical words has a meaning, all its names being known."""
        try:
            tree = self.full_tree(text, names)
            check_meaning(tree)
        except ExpressionError:
            return False
        return names.knows_names_of(tree)


_VALUE = _Grammar(EntryRule.VALUE, ValueGrammar, ValueGrammar.value)
_STOP = _Grammar(EntryRule.STOP, StopGrammar, StopGrammar.stop)
_RULE = _Grammar(EntryRule.RULE, RuleGrammar, RuleGrammar.rule)
_CONDITION = _Grammar(EntryRule.CONDITION, ConditionGrammar, ConditionGrammar.condition)
_DURATION = _Grammar(EntryRule.DURATION, PhraseGrammar, PhraseGrammar.duration)
_PERIOD = _Grammar(EntryRule.PERIOD, PhraseGrammar, PhraseGrammar.period)
_SIMPLE = _Grammar(EntryRule.SIMPLE, SimpleGrammar, SimpleGrammar.simple)
_SPAN = _Grammar(EntryRule.SPAN, PhraseGrammar, PhraseGrammar.span)
_YEAR = _Grammar(EntryRule.YEAR, SimpleGrammar, SimpleGrammar.budget_year)
_TIMES = _Grammar(EntryRule.TIMES, SimpleGrammar, SimpleGrammar.times)
_GRAMMARS: tuple[_Grammar[Any, Any], ...] = (
    _VALUE, _STOP, _RULE, _CONDITION, _DURATION, _PERIOD, _SIMPLE, _SPAN, _YEAR, _TIMES
)  # fmt: skip


def parse_value(text: str, names: Vocabulary = ANY_NAME) -> syntax.Value:
    """`KS i juni och KF i juni`, `ej fastställt`: of `när`, `start`, `per` …"""
    return _VALUE.read(text, names)


def parse_stop(text: str, names: Vocabulary = ANY_NAME) -> syntax.Stop:
    """`14 dagar före`, `senast 14 dagar före mötet`, `3 juni`, `på bordet`: of `stoppdatum`."""
    match = _IN_TIME.match(text)
    if match is None:
        return _STOP.read(text, names)
    # A stop date is a last day by itself, so that the word adds nothing.
    written = Rewriting.of(text).replaced(match.end("blank"), match.end(), "")
    try:
        return written.in_original_tree(_STOP.read(written.text, names))
    except ExpressionError as problem:
        raise written.in_original(problem) from None


def parse_rule(text: str, names: Vocabulary = ANY_NAME) -> syntax.Rule:
    """`budget_csg är före budget_ks`: of `regel`."""
    return _RULE.read(text, names)


def parse_condition(text: str, names: Vocabulary = ANY_NAME) -> syntax.Condition:
    """`valår eller flagga ny_nämnd`: of `om`, `undantag`."""
    return _CONDITION.read(text, names)


def parse_duration(text: str, names: Vocabulary = ANY_NAME) -> syntax.Duration:
    """`40 arbetsdagar`, `två veckor`: of `längd`, `minst`."""
    return _DURATION.read(text, names)


def parse_period(text: str, names: Vocabulary = ANY_NAME) -> syntax.Period:
    """`juni B-1`, `Q1`: of `upprepa`."""
    return _PERIOD.read(text, names)


def parse_meeting(text: str, names: Vocabulary = ANY_NAME) -> syntax.Item:
    """`tis 3 juni kl 13.00`, `19–20 juni`, `prel. 3 juni`: a meeting in a meeting plan."""
    return meeting_of(parse_value(text, names))


def parse_simple(text: str, names: Vocabulary = ANY_NAME) -> syntax.Simple:
    """`2025-06-03`, `tis 3 juni`: a date or period in figures and months."""
    return _SIMPLE.read(text, names)


def parse_span(text: str, names: Vocabulary = ANY_NAME) -> syntax.DateSpan:
    """`1 sept B-2 till 31 dec B-1`: of `löper`."""
    return _SPAN.read(text, names)


def parse_year(text: str, names: Vocabulary = ANY_NAME) -> syntax.BudgetYear:
    """`B-1`, `budgetåret`: of `avser`, `år`."""
    return _YEAR.read(text, names)


def parse_times(text: str) -> Times:
    """`kl 13.00`, `fm`, and bare `13.00`, `13–15`: of `tid`. Never empty."""
    if not text.lstrip(" \t\f\r\n")[:1].isdecimal():
        return _TIMES.read(text, ANY_NAME)
    # Read as if `kl` stood before it; places are counted in the text as written.
    try:
        return tuple(replace(part, at=_without_kl(part.at)) for part in _TIMES.read(_KL + text, ANY_NAME))
    except ExpressionError as problem:
        raise ExpressionError(problem.message, _without_kl(problem.at), problem.hint, problem.code) from None


def parse_tree(text: str, entry: EntryRule) -> Node | Times:
    """The tree of a text by the grammar alone, whether or not it has a meaning."""
    tree: Node | Times = next(grammar for grammar in _GRAMMARS if grammar.entry is entry).tree(text)
    return tree


_KL = "kl "


def _without_kl(at: tuple[int, int]) -> tuple[int, int]:
    start, end = at
    return max(start - len(_KL), 0), max(end - len(_KL), 0)
