"""The parser's answers: places of nodes, what is refused and in which words, and that nothing breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.dates import parser, syntax
from arshjul.dates.common_mistakes import MISTAKES, Mistake
from arshjul.dates.syntax import ExpressionError

PARSERS: dict[str, Callable[[str], Any]] = {
    "value": parser.parse_value,
    "stop": parser.parse_stop,
    "rule": parser.parse_rule,
    "condition": parser.parse_condition,
    "duration": parser.parse_duration,
    "period": parser.parse_period,
    "simple": parser.parse_simple,
    "span": parser.parse_span,
    "year": parser.parse_year,
    "times": parser.parse_times,
}


@dataclass(frozen=True)
class Wrong:
    """A wrong expression and what is said of it."""

    entry: str
    written: str
    at: tuple[int, int]
    message: str
    hint: str
    code: str = "expression"


INDENT = 10


def read_wrong(block: str) -> Wrong:
    """The expression and the answer of one block of the table."""
    head, mark, message, hint = block.splitlines()
    fault, _, code = mark.strip().partition(" ")
    start = mark.index(fault) - INDENT
    at = (start, start + fault.count("^"))
    return Wrong(head[:INDENT].strip(), head[INDENT:], at, message.strip(), hint.strip(), code or "expression")


TABLE = (Path(__file__).parent / "wrong-expressions.txt").read_text(encoding="utf-8")
INVISIBLE = "Här står ett hårt blanksteg eller ett osynligt tecken"
EMPTY = "Uttrycket är tomt: här väntas ett datum, ett organ eller en aktivitet"
WRONG = [
    *(read_wrong(block) for block in TABLE.strip().split("\n\n")[1:]),
    Wrong("value", "", (0, 0), EMPTY, "till exempel: KS i juni"),
    Wrong("value", "   ", (0, 0), EMPTY, "till exempel: KS i juni"),
    Wrong("value", "KS\u00a0i juni", (2, 3), INVISIBLE, "skriv ”KS i juni”"),
    Wrong("value", "3 juni\u200b", (6, 7), INVISIBLE, "skriv ”3 juni”"),
]


def problem_of(entry: str, written: str) -> ExpressionError | None:
    """What is said of the text; None if it is understood."""
    try:
        PARSERS[entry](written)
    except ExpressionError as problem:
        return problem
    return None


def refusal(entry: str, written: str) -> ExpressionError:
    """What is said of a text that must be refused."""
    problem = problem_of(entry, written)
    assert problem is not None, f"{written} is accepted"
    return problem


def is_told(problem: ExpressionError | None, written: str) -> bool:
    """No problem, or one with a message, a hint and a place inside the text."""
    if problem is None:
        return True
    start, end = problem.at
    return bool(problem.message) and bool(problem.hint) and 0 <= start <= end <= len(written)


def test_the_table_of_wrong_expressions_is_read() -> None:
    """The table is there and long; an empty one would prove nothing."""
    assert len(WRONG) > 100


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.entry}: {wrong.written}")
def test_a_wrong_expression_is_told_what_to_write(wrong: Wrong) -> None:
    """A wrong expression is refused with what was expected, where, and what to write instead."""
    problem = refusal(wrong.entry, wrong.written)
    assert Wrong(wrong.entry, wrong.written, problem.at, problem.message, problem.hint or "", problem.code) == wrong


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.pattern[:40])
def test_a_common_mistake_has_an_example(mistake: Mistake) -> None:
    """Every row of the table is what is said of a wrong expression: none is hidden behind a row above it."""
    said = mistake.message.replace("{wrong}", "*").replace("{right}", "*")
    told = [
        wrong
        for wrong in WRONG
        if fnmatchcase(wrong.message, said) and re.search(mistake.pattern, wrong.written, re.IGNORECASE)
    ]
    assert told


def examples(hint: str) -> Iterator[str]:
    """The expressions that a hint offers."""
    for said, quoted in re.findall(r"till exempel: (.*)$|”([^”]*)”", hint):
        yield said or quoted


def is_understood(written: str, entry: str) -> bool:
    """Whether an example is an expression where it is offered, or a date or a time by itself."""
    return any(problem_of(name, written) is None for name in (entry, "value", "times"))


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.entry}: {wrong.written}")
def test_what_a_hint_offers_can_be_written(wrong: Wrong) -> None:
    """Every hint holds an expression that is itself understood."""
    offered = list(examples(wrong.hint))
    assert offered
    assert [example for example in offered if not is_understood(example, wrong.entry)] == []


def parts_of(node: object) -> Iterator[syntax.Node]:
    """The node and all nodes in it, outer first."""
    if isinstance(node, tuple):
        for part in node:
            yield from parts_of(part)
    elif isinstance(node, syntax.Node):
        yield node
        for name in node.__struct_fields__:
            yield from parts_of(getattr(node, name)) if name != "at" else ()


@pytest.mark.parametrize(
    ("entry", "written", "places"),
    [
        (
            "value",
            " KF och första tisdagen i juni B-1 ",
            {
                "Dates": "KF och första tisdagen i juni B-1",
                "Item": "första tisdagen i juni B-1",
                "NthIn": "första tisdagen i juni B-1",
                "Ordinal": "första",
                "WeekdayName": "tisdagen",
                "Month": "juni B-1",
                "BudgetYear": "B-1",
                "Ref": "KF",
            },
        ),
        (
            "value",
            "senast 14 dagar före KS.rambudget i v. 45 annars arbetsdagen före fm kl 9–12?",
            {
                "Item": "senast 14 dagar före KS.rambudget i v. 45 annars arbetsdagen före fm kl 9–12?",
                "DateSpan": "14 dagar före KS.rambudget i v. 45 annars arbetsdagen före",
                "Rolled": "14 dagar före KS.rambudget i v. 45 annars arbetsdagen före",
                "Offset": "14 dagar före KS.rambudget i v. 45",
                "NthIn": "KS.rambudget i v. 45",
                "Ref": "KS.rambudget",
                "Week": "v. 45",
                "DayPartName": "fm",
                "ClockTime": "kl 9–12",
            },
        ),
        (
            "value",
            "(från KS till tisdag 3 juni) + 3 dagar",
            {
                "Offset": "(från KS till tisdag 3 juni) + 3 dagar",
                "Parenthesised": "(från KS till tisdag 3 juni)",
                "Ref": "KS",
            }
            | {"DayMonth": "tisdag 3 juni"},
        ),
        (
            "value",
            "senaste av (torsdag v. 45 2025, 26 januari–28 februari)",
            {
                "EarliestOrLatest": "senaste av (torsdag v. 45 2025, 26 januari–28 februari)",
                "WeekdayOfWeek": "torsdag v. 45 2025",
                "Week": "v. 45 2025",
                "CalendarYear": "2025",
                "DayRange": "26 januari–28 februari",
            },
        ),
        (
            "value",
            "tisdagen samma vecka som varje nämnd i (juni)",
            {
                "WeekdayInAdjacentWeek": "tisdagen samma vecka som varje nämnd i (juni)",
                "EachBody": "varje nämnd i (juni)",
                "Parenthesised": "(juni)",
            },
        ),
        (
            "value",
            "i 2025-06-03 – 2025-06-05",
            {"DateSpan": "2025-06-03 – 2025-06-05", "IsoRange": "2025-06-03 – 2025-06-05"},
        ),
        ("stop", "14 dagar före fm", {"StopRule": "14 dagar före fm", "DateSpan": "14 dagar före", "Meeting": ""}),
        (
            "stop",
            "torsdag två veckor före oavsett helg",
            {"WeekdayInAdjacentWeek": "torsdag två veckor före", "Meeting": ""},
        ),
        (
            "rule",
            "a är minst 7 dagar före b",
            {"Rule": "a är minst 7 dagar före b", "AtLeast": "minst 7 dagar före b", "Ref": "b"},
        ),
        ("rule", "a är inte i juni", {"Within": "inte i juni", "Month": "juni", "Ref": "a"}),
        (
            "condition",
            "inte (valår eller B >= 2027) och flagga x",
            {
                "AllOf": "inte (valår eller B >= 2027) och flagga x",
                "Not": "inte (valår eller B >= 2027)",
                "AnyOf": "valår eller B >= 2027",
                "Election": "valår",
                "YearCompared": "B >= 2027",
                "BudgetYear": "B",
                "Flag": "flagga x",
            },
        ),
        ("duration", " 40  arbetsdagar ", {"Duration": "40  arbetsdagar"}),
        ("times", "kl 13.00 em", {"ClockTime": "kl 13.00", "DayPartName": "em"}),
        ("times", "13–15 em", {"ClockTime": "13–15", "DayPartName": "em"}),
    ],
)
def test_nodes_know_their_place(entry: str, written: str, places: dict[str, str]) -> None:
    """Every node covers the characters it was read from."""
    found = {type(node).__name__: written[slice(*node.at)] for node in parts_of(PARSERS[entry](written))}
    assert {name: found.get(name) for name in places} == places


def test_the_unsaid_meeting_stands_after_the_last_word() -> None:
    """`14 dagar före` hangs on a meeting that is not written: an empty place after `före`."""
    stop = parser.parse_stop("14 dagar före fm")
    assert [node.at for node in parts_of(stop) if isinstance(node, syntax.Meeting)] == [(13, 13)]


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("13", syntax.ClockTime(13, 0)),
        (" 13.00", syntax.ClockTime(13, 0)),
        ("9.30–11", syntax.ClockTime(9, 30, 11, 0)),
        ("13-15", syntax.ClockTime(13, 0, 15, 0)),
        ("kl. 13:15", syntax.ClockTime(13, 15)),
        ("kl 0.00–24.00", syntax.ClockTime(0, 0, 24, 0)),
        ("heldag", syntax.DayPartName(syntax.DayPart.WHOLE_DAY)),
        ("Förmiddag", syntax.DayPartName(syntax.DayPart.FORENOON)),
    ],
)
def test_clock_times_may_stand_bare_as_a_time(written: str, part: syntax.DayPartName | syntax.ClockTime) -> None:
    """Under the key `tid` a clock time needs no `kl`."""
    assert parser.parse_times(written) == (part,)


RESERVED = (
    "juni Juni maj. tisdag TISDAGEN tis B B-1 Q1 t3 v vecka en tolv samt och i före innan null ja nej kl kl13 "
    "ca prel preliminärt annars samma på första sista nästa dag dagen arbetsdag fm budgetåret Budgetåret "
    "julafton valår flagga saknas vardag vardagen dgr direkt before monday may"
)


@pytest.mark.parametrize("word", RESERVED.split())
def test_words_of_the_language_are_reserved(word: str) -> None:
    """A word that means something in an expression cannot be the name of something."""
    assert parser.is_reserved(word)


FREE = "KS KF budget_ks möte per period nämnd åtgärd b Q5 T4 juni_2 a1 enhet ifylld kvartalet"


@pytest.mark.parametrize("word", FREE.split())
def test_other_words_are_names(word: str) -> None:
    """Anything else of the shape of a name may be one."""
    assert not parser.is_reserved(word)


@pytest.mark.parametrize("entry", PARSERS)
@pytest.mark.parametrize(
    "written",
    [
        "(" * 10_000,
        "(" * 300 + "KS" + ")" * 300,
        "dagen före " * 1_800,
        "KS" + " + 3 dagar" * 1_900,
        "KS före " * 2_000,
        "inte " * 3_900,
        "KS i juni, " * 1_800,
        "valår eller " * 1_600,
        "kl" + " " * 19_000,
        "kl 9" + " " * 9_000 + "–" + " " * 9_000,
        "kvartal" + " " * 19_000,
        "1" * 20_000,
        "a" * 20_000,
        "1/" * 10_000,
        "B–" * 10_000,
        "2025-6-" * 2_800,
        "\u00a0" * 20_000,
        "kl " * 6_600,
        "juni 2" * 3_300,
        "x" * 20_001,
        "x" * 2_000_000,
    ],
    ids=lambda written: f"{written[:12]!r} {len(written)}",
)
def test_hostile_texts_are_refused_at_once(
    entry: str, written: str, calls: Callable[[Callable[[], object]], int]
) -> None:
    """Deep, long and pathological texts cost a few calls a character at most and end in a refusal or a tree."""
    problems: list[ExpressionError | None] = []
    assert calls(lambda: problems.append(problem_of(entry, written))) < 20 * min(len(written), 20_000) + 1_000
    assert is_told(problems[0], written)


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("value", "dagen före " * 60 + "KS"),
        ("value", "(" * 60 + "KS" + ")" * 60),
        ("value", "KS" + " + 3 dagar" * 60),
        ("condition", "inte " * 60 + "valår"),
        ("value", "x" * 20_001),
    ],
)
def test_nesting_and_length_have_limits(entry: str, written: str) -> None:
    """What nobody would write is refused before it could exhaust anything."""
    assert refusal(entry, written).code == "limit"


def test_a_long_list_is_no_nesting() -> None:
    """Limits are for depth: a value may have a thousand dates, a condition a thousand facts."""
    dates = parser.parse_value(", ".join(["(3 dagar före KS) + 1 dag"] * 700))
    assert isinstance(dates, syntax.Dates)
    assert len(dates.items) == 700
    assert isinstance(parser.parse_condition(" och ".join(["(inte valår)"] * 1_000)), syntax.AllOf)


WORDS = (
    "KS KF möte 3 14 juni maj tisdag tisdagen första sista nästa andra i före efter senast och , ( ) + – - v. "
    "45 B B-1 B–1 2025 2025-06-03 kl 13.00 dagar veckor dagen veckan varje samma dag som annars arbetsdagen "
    "är minst inte valår flagga eller till från ? 3/6 \u00a0 ca den ej fastställt på bordet"
)


@given(
    st.sampled_from(sorted(PARSERS)),
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=12).map(" ".join) | st.text(max_size=60),
)
@settings(max_examples=5 * settings().max_examples)
def test_any_text_is_understood_or_refused(entry: str, written: str) -> None:
    """No text gives anything but a tree or a refusal with a message, a place inside the text and a hint."""
    assert is_told(problem_of(entry, written), written)
