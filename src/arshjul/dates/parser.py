"""Text of the date language → syntax tree.

Every `parse_*` takes any text and raises nothing but `ExpressionError`; whatever parses also has a meaning
(`semantics.check_meaning`). `parse_tree` stops at the grammar, which the specification narrows in three places:
a keyword is never a name, a count is at least 1, `nästa dagen i` is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from arshjul.codes import Code
from arshjul.dates import syntax
from arshjul.dates.common_mistakes import explained
from arshjul.dates.grammar.condition import ConditionGrammar
from arshjul.dates.grammar.cursor import Cursor, EntryRule
from arshjul.dates.grammar.phrase import PhraseGrammar
from arshjul.dates.grammar.simple import SimpleGrammar
from arshjul.dates.grammar.whole import RuleGrammar, StopGrammar, ValueGrammar
from arshjul.dates.lexer import is_reserved
from arshjul.dates.semantics import check_meaning
from arshjul.dates.syntax import ExpressionError, Node

__all__ = [
    "EntryRule",
    "is_reserved",
    "parse_condition",
    "parse_duration",
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
Grammar = Callable[[str], "T"]
C = TypeVar("C", bound=Cursor)
T = TypeVar("T", bound=Node | Times)

LONGEST = 20_000


def parse_value(text: str) -> syntax.Value:
    """`KS i juni och KF i juni`, `ej fastställt`: of `när`, `start`, `per` …"""
    return _read(text, _value)


def parse_stop(text: str) -> syntax.Stop:
    """`14 dagar före`, `3 juni`, `på bordet`: of `stoppdatum`."""
    return _read(text, _stop)


def parse_rule(text: str) -> syntax.Rule:
    """`budget_csg är före budget_ks`: of `regel`."""
    return _read(text, _rule)


def parse_condition(text: str) -> syntax.Condition:
    """`valår eller flagga ny_nämnd`: of `om`, `undantag`."""
    return _read(text, _condition)


def parse_duration(text: str) -> syntax.Duration:
    """`40 arbetsdagar`, `två veckor`: of `längd`, `minst`."""
    return _read(text, _duration)


def parse_period(text: str) -> syntax.Period:
    """`juni B-1`, `Q1`: of `upprepa`."""
    return _read(text, _period)


def parse_simple(text: str) -> syntax.Simple:
    """`2025-06-03`, `tis 3 juni`: a date or period in figures and months, as in a meeting plan."""
    return _read(text, _simple)


def parse_span(text: str) -> syntax.DateSpan:
    """`1 sept B-2 till 31 dec B-1`: of `löper`."""
    return _read(text, _span)


def parse_year(text: str) -> syntax.BudgetYear:
    """`B-1`, `budgetåret`: of `avser`, `år`."""
    return _read(text, _year)


def parse_times(text: str) -> Times:
    """`kl 13.00`, `fm`, and bare `13.00`, `13–15`: of `tid`. Never empty."""
    if not re.match(r"[ \t\f\r\n]*\d", text):
        return _read(text, _times)
    # Read as if `kl` stood before it; places are counted in the text as written.
    try:
        return tuple(replace(part, at=_moved(part.at)) for part in _read(_KL + text, _times))
    except ExpressionError as problem:
        raise ExpressionError(problem.message, _moved(problem.at), problem.hint, problem.code) from None


def parse_tree(text: str, entry: EntryRule) -> Node | Times:
    """The tree of a text by the grammar alone, whether or not it has a meaning."""
    return _TREES[entry](text)


_KL = "kl "


def _moved(at: tuple[int, int]) -> tuple[int, int]:
    start, end = at
    return max(start - len(_KL), 0), max(end - len(_KL), 0)


def _read(text: str, grammar: Grammar[T]) -> T:
    try:
        tree = grammar(text)
    except ExpressionError as problem:
        raise explained(problem, text, lambda other: _is_accepted(other, grammar)) from None
    check_meaning(tree)
    return tree


def _is_accepted(text: str, grammar: Grammar[T]) -> bool:
    try:
        check_meaning(grammar(text))
    except ExpressionError:
        return False
    return True


def _whole(text: str, entry: EntryRule, cursor: type[C], rule: Callable[[C], T]) -> T:
    if len(text) > LONGEST:
        message = f"Uttrycket är längre än {LONGEST} tecken"
        raise ExpressionError(message, (LONGEST, len(text)), f"till exempel: {entry}", Code.LIMIT)
    reading = cursor(text, entry)
    tree = rule(reading)
    reading.finish()
    return tree


def _value(text: str) -> syntax.Value:
    return _whole(text, EntryRule.VALUE, ValueGrammar, ValueGrammar.value)


def _stop(text: str) -> syntax.Stop:
    return _whole(text, EntryRule.STOP, StopGrammar, StopGrammar.stop)


def _rule(text: str) -> syntax.Rule:
    return _whole(text, EntryRule.RULE, RuleGrammar, RuleGrammar.rule)


def _condition(text: str) -> syntax.Condition:
    return _whole(text, EntryRule.CONDITION, ConditionGrammar, ConditionGrammar.condition)


def _duration(text: str) -> syntax.Duration:
    return _whole(text, EntryRule.DURATION, PhraseGrammar, PhraseGrammar.duration)


def _period(text: str) -> syntax.Period:
    return _whole(text, EntryRule.PERIOD, PhraseGrammar, PhraseGrammar.period)


def _simple(text: str) -> syntax.Simple:
    return _whole(text, EntryRule.SIMPLE, SimpleGrammar, SimpleGrammar.simple)


def _span(text: str) -> syntax.DateSpan:
    return _whole(text, EntryRule.SPAN, PhraseGrammar, PhraseGrammar.span)


def _year(text: str) -> syntax.BudgetYear:
    return _whole(text, EntryRule.YEAR, SimpleGrammar, SimpleGrammar.budget_year)


def _times(text: str) -> Times:
    return _whole(text, EntryRule.TIMES, SimpleGrammar, SimpleGrammar.times)


_TREES: dict[EntryRule, Callable[[str], Node | Times]] = {
    EntryRule.VALUE: _value,
    EntryRule.STOP: _stop,
    EntryRule.RULE: _rule,
    EntryRule.CONDITION: _condition,
    EntryRule.DURATION: _duration,
    EntryRule.PERIOD: _period,
    EntryRule.SIMPLE: _simple,
    EntryRule.SPAN: _span,
    EntryRule.YEAR: _year,
    EntryRule.TIMES: _times,
}
