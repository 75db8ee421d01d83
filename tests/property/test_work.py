"""Work in proportion to the text: twice as much of anything is at most a little more than twice the calls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from arshjul.codes import Code
from arshjul.compiler import compile_process
from arshjul.dates.parser import parse_value
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.vocabulary import Allowance, Vocabulary
from arshjul.definition.find import ProcessPath
from arshjul.diagnostics import InvalidProcess

SIZES = (150, 300)
HEAD = "process: x\nlöper: 1 januari B-1 till 31 december B-1\n"
ROWS = "faser:\n- id: f\n  aktiviteter:\n"
BODIES = (
    "organ: {KF: {namn: Kommunfullmäktige, bereds_av: KS}, KS: {namn: Styrelsen}}\n"
    "sammanträden: {2026: {KF: [2026-05-05], KS: [2026-05-06]}}\nroller: {r: {namn: R}}\n"
)
RULE = "regel: a är före b, nivå: fel, text: t"

# What there is much of → the file, of so many.
KINDS: dict[str, Callable[[int], str]] = {
    "decisions without preparation": lambda n: (
        HEAD
        + BODIES
        + ROWS
        + "".join(f"  - {{titel: a{i}, när: KF i maj, organ: KF, typ: beslut}}\n" for i in range(n))
    ),
    "meetings at once": lambda n: (
        HEAD
        + BODIES
        + ROWS
        + "".join(
            f"  - {{titel: a{i}, när: 5 maj kl 8.{i % 60:02}–17.00, plats: rum {i}, deltagare: [r]}}\n"
            for i in range(n)
        )
    ),
    "broken requirements": lambda n: (
        HEAD
        + "krav:\n"
        + "".join(f"- {{id: q{i}, {RULE}}}\n" for i in range(n))
        + ROWS
        + "  - {id: a, titel: a, när: juni}\n  - {id: b, titel: b, när: maj}\n"
        + "".join(f"  - {{titel: c{i}, när: maj}}\n" for i in range(n))
    ),
    "inputs": lambda n: (
        HEAD
        + ROWS
        + "".join(
            f"  - {{id: x{i}, titel: a, när: {1 + i % 28} maj, underlag: [x{i * 7 % n}, x0]}}\n" for i in range(n)
        )
    ),
    "suppressions": lambda n: (
        HEAD
        + ROWS
        + "".join(f"  - {{titel: a{i}, när: lördag 2 maj}} # arshjul: tillåt day-off – skäl\n" for i in range(n))
    ),
    "lines of suppressions": lambda n: HEAD + ROWS + "  - {titel: a, när: maj}\n" + "# arshjul: tillåt law – x\n" * n,
    "ids that are none": lambda n: HEAD + ROWS + "".join(f"  - {{id: 1x{i}, titel: a, när: maj}}\n" for i in range(n)),
    "expressions that are none": lambda n: HEAD + ROWS + "".join(f"  - {{titel: a{i}, när: majj}}\n" for i in range(n)),
    "braces": lambda n: HEAD + ROWS + f"  - {{titel: a, när: maj, syfte: '{'{x}' * n}'}}\n",
    "dates of one row": lambda n: HEAD + ROWS + f"  - {{titel: a, när: '{', '.join(['2 maj'] * n)}'}}\n",
    "key activities that are none, on one line": lambda n: (
        HEAD + f"viktiga: [{', '.join(f'x{i}' for i in range(n))}]\n" + ROWS + "  - {titel: a, när: maj}\n"
    ),
    "phases": lambda n: (
        HEAD
        + "faser:\n"
        + "".join(f"- {{id: f{i}, aktiviteter: [{{id: a{i}, titel: a, när: maj}}]}}\n" for i in range(n))
    ),
    "days not worked": lambda n: (
        HEAD
        + "kalender: {stängt: [{när: 1 jan B-1 till 20 dec B-1, namn: s}]}\n"
        + ROWS
        + "".join(f"  - {{titel: a{i}, när: 90 arbetsdagar efter 2 maj}}\n" for i in range(n))
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_is_twice_the_work(
    kind: str, calls: Callable[[Callable[[], object]], int], tmp_path: Path
) -> None:
    """Counted in calls: what grows with the square of a text would be four times as much."""
    compiled(KINDS[kind](10), tmp_path)  # what is made once in a run is no part of it
    small, large = (calls(partial(compiled, KINDS[kind](number), tmp_path)) for number in SIZES)
    assert large < 2.4 * small


@pytest.mark.parametrize("when", ["2 maj" + ", 2 maj" * 59, "varje torsdag i B-1 utom juli" + ", juli" * 28])
def test_lists_past_the_allowance_are_refused_unread(when: str, calls: Callable[[Callable[[], object]], int]) -> None:
    """A file of nothing but lists: what is over costs no more than counting its commas."""
    names = Vocabulary(allowance=Allowance(list_items=60))
    first = calls(lambda: parse_value(when, names))

    def over() -> None:
        with pytest.raises(ExpressionError, match="fler än 20000 datum") as refused:
            parse_value(when + ", 2 juni" * 40, names)
        assert refused.value.code is Code.LIMIT

    assert calls(over) < first / 10


def test_a_century_of_days_is_refused_by_its_number(
    calls: Callable[[Callable[[], object]], int], tmp_path: Path
) -> None:
    """`varje` over a hundred years makes no day of them."""
    for each in ("varje torsdag", "varannan vecka", "varje månad"):
        texts = [
            HEAD + ROWS + f"  - {{titel: a, när: {each} i (1 jan {year} till 31 dec 2100)}}\n" for year in (2050, 2006)
        ]
        some, many = (calls(partial(compiled, text, tmp_path)) for text in texts)
        assert many < some + 500, each


def compiled(text: str, folder: Path) -> None:
    """One run of the stages, whatever they find."""
    (folder / "process.yaml").write_text(text, encoding="utf-8")
    with suppress(InvalidProcess):
        compile_process(ProcessPath(folder / "process.yaml", "process.yaml", folder), 2027)
