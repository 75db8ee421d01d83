"""Short forms that stand in some keys only: the years of `planperiod`, what is counted from a date left unsaid."""

from __future__ import annotations

import re

from arshjul.dates import syntax as s
from arshjul.dates.parser import parse_value
from arshjul.dates.rewriting import Rewriting
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.vocabulary import ANY_NAME, Vocabulary
from arshjul.dates.walk import with_nodes
from arshjul.dates.words import COUNTS, count_of

LONGEST_PLAN = 10
"""Years, as far as `B+9` reaches."""

_COUNT = rf"(?i:(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)})(?:\s*år(?:en)?)?)"
_YEAR = r"(?:B(?:[+-][0-9])?|[0-9]{4})"
_YEARS = rf"(?:från\s+)?(?P<first>{_YEAR})(?:\s*(?:[–-]|till|t\.?o\.?m\.?)\s*(?P<last>{_YEAR}))?"


def parse_planning_period(text: str, names: Vocabulary = ANY_NAME) -> s.Value:
    """`5 år`, `3`, `2027–2029`, `B–B+2`, `B till B+2`: years from the budget year on, or from one to another."""
    written = Rewriting.of(text).part(0, len(text))
    here = written.original((0, len(written.text)))
    years = written.replaced(0, len(written.text), _years(written))
    try:
        return years.in_original_tree(parse_value(years.text, names))
    except ExpressionError as problem:
        hint = "skriv till exempel ”5 år”, ”B till B+2” eller ”2027–2029”"
        raise ExpressionError(problem.message, here, hint, problem.code) from None


def _years(written: Rewriting) -> str:
    """The years in the words of the date language; a text in these as it is."""
    if match := re.fullmatch(_COUNT, written.text):
        count = count_of(match["count"])
        if not 1 <= count <= LONGEST_PLAN:
            at = written.original(match.span("count"))
            raise ExpressionError(f"En planperiod på {match['count']} år finns inte", at, "skriv till exempel 3 år")
        return "B" if count == 1 else f"B till B+{count - 1}"
    match = re.fullmatch(_YEARS, written.text)
    if match is None:
        return written.text
    first, last = match["first"], match["last"] or match["first"]
    if first.startswith("B") and last.startswith("B"):
        return first if first == last else f"{first} till {last}"
    return f"{_edge(first, 'januari')}–{_edge(last, 'december')}"


def _edge(year: str, month: str) -> str:
    return f"{month} {year}"


_ANCHOR = "möte"
_AFTERWARDS = r"(?:annars|oavsett|kl|fm|em|heldag|halvdag|morgon|kväll|förmiddag|eftermiddag)\b"
_BEFORE_A_ROLL = r"(?:(?!\bannars\b).)*?"  # the `före` of `annars arbetsdagen före` lacks nothing
_LEFT_OUT = (
    rf"(?i:(?P<head>{_BEFORE_A_ROLL}\b(?:före|efter|innan|samma vecka))(?:\s+(?:mötet|sammanträdet))?"
    rf"(?P<rest>(?:\s+{_AFTERWARDS}.*)?))"
)


def parse_counted(text: str, names: Vocabulary = ANY_NAME) -> s.Value:
    """`1 vecka efter`, `fredag samma vecka`: what it is counted from is left out, a `Meeting`; else as any value."""
    match = re.fullmatch(_LEFT_OUT, text)
    if match is None:
        return parse_value(text, names)
    end = match.end("head")
    anchor = f" som {_ANCHOR}" if match["head"].lower().endswith("vecka") else f" {_ANCHOR}"
    written = Rewriting.of(text).replaced(end, match.start("rest"), anchor)
    here = written.original((end, end + len(anchor)))
    try:
        tree = written.in_original_tree(parse_value(written.text, names))
    except ExpressionError as problem:
        raise written.in_original(problem) from None

    def meant(node: s.Node) -> s.Node:
        anchor = isinstance(node, s.Ref) and node.name == _ANCHOR and node.at == here
        return s.Meeting(at=here) if anchor else node

    return with_nodes(tree, meant)
