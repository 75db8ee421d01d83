"""Projects made at random, of the shapes that the files have: whatever they hold, they end in a plan or in findings.

`make fuzz CASES=10000 SEED=7` looks further. Each case has a number, and is made from it alone: a red one says which.
"""

from __future__ import annotations

import cProfile
import random
import re
from collections.abc import Callable
from json import dumps
from pathlib import Path
from typing import Any

import pytest
from test_oracle import ENTRIES, mutated, walk

from arshjul.compiler import Plan, compile_process
from arshjul.definition.edit import revised
from arshjul.definition.find import ProcessPath
from arshjul.diagnostics import MAX_FINDINGS, Diagnostic, InvalidProcess, Source
from arshjul.reports import REPORTS, Reported
from arshjul.reports.reported import most_severe_of_each_file
from arshjul.source import parse

YEAR = 2026
CALLS_AT_LEAST = 3_000_000  # what a small project may cost: reading the words of the date language is most of it
CALLS_A_CHARACTER = 2_000
CAUGHT = (171, 201, 1029)
"""Cases that found a fault once: a phase that is no text, a list whose item before has no place of its own, a fix in
several lines."""
Tree = Any  # dict, list or str, as YAML has them

IDS = ("a", "b", "c", "budget", "f", "g", "KS", "KF", "BUN", "nämnd", "t", "m", "k", "r", "möte", "period", "per", "B")
TEXTS = (
    "", " ", "ja", "nej", "null", "~", "[]", "Titel {B}", "{B-1}", "{x}", "{möte}", "::error::x", "##[group]y",
    "a\tb", "#x", "2026-02-30", "10.00", "no", "0x10", "1e9", "👩‍👩‍👧", "\u202e", "å" * 300, "x: y", "- z",
    "'", '"', "%", "@", "2026", "kl 25.00",
)  # fmt: skip
KEYS = (
    "id", "titel", "när", "start", "slut", "längd", "tid", "plats", "per", "avser", "stoppdatum", "organ", "typ",
    "deltagare", "ansvarig", "till", "syfte", "mål", "kommentar", "underlag", "milstolpe", "om", "upprepa", "visa",
    "reservdag", "preliminärt", "vid_behov", "inställt", "intern", "skäl", "taggar", "länk", "tidigare_id", "fas",
    "efter", "namn", "kedja", "x", "Titel",
)  # fmt: skip
ENTRY_OF_KEY = {
    "om": "cond",
    "regel": "rule",
    "löper": "span",
    "längd": "duration",
    "minst": "duration",
    "stoppdatum": "stop",
}


class Maker:
    """Makes one project. What is right is likelier than what is wrong, or nothing past the first error is reached."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def expression(self, entry: str = "start") -> str:
        """A text of the date language, at times not quite."""
        words = walk(entry, self.chance, self.chance.choice((3, 6, 14)))
        if self.chance.random() < 0.2:
            words = mutated(words, self.chance)
        return " ".join(words)

    def one_of(self, *choices: Tree) -> Tree:
        return self.chance.choice(choices)

    def value(self, key: str) -> Tree:
        """A value that may stand at a key."""
        if self.chance.random() < 0.05:
            return self.one_of(self.chance.choice(TEXTS), [], {}, ["a", ["b"]], {"a": {"b": "c"}}, self.expression())
        match key:
            case "när" | "start" | "slut" | "per" | "reservdag" | "stoppdatum" | "om" | "längd" | "regel" | "minst":
                return self.expression(ENTRY_OF_KEY.get(key, "start"))
            case "id" | "organ" | "milstolpe" | "efter" | "fas" | "underlag":
                return self.chance.choice(IDS)
            case "upprepa":
                return self.one_of(
                    {"period": ["januari", "maj"], "år": "B-1"},
                    {"möte": self.chance.choice(IDS), "i": self.expression("period")},
                    {"period": [self.expression("period") for _ in range(3)]},
                )
            case "deltagare":
                return self.one_of(["KS", "r", "Alla"], {"nämnd": ["BUN"], "tjänstemän": ["r"]})
            case "typ":
                return self.one_of("beslut", "beredning", "samverkan", "förhandling", "omvärld", "arbete")
            case "visa":
                return self.one_of("fönster", "var_för_sig")
            case "preliminärt" | "intern" | "vid_behov":
                return self.one_of("ja", "nej")
            case "kedja":
                return {"utskick": "7 dagar före möte", "justering": self.expression()}
        return self.one_of("Ett ord", "Budget {B}", self.chance.choice(TEXTS))

    def activity(self, name: str) -> Tree:
        keys = self.chance.sample(KEYS, self.chance.randrange(6))
        return {"id": name, "titel": f"Rad {name}", "när": self.expression(), **{key: self.value(key) for key in keys}}

    def process(self) -> Tree:
        """The process file."""
        return {
            "process": "prov",
            "titel": "Tidplan {B}",
            "löper": "1 jan B-2 till 31 dec B-1",
            "kalender": {"stängt": [{"när": self.expression(), "namn": "x"}], "perioder": {"p": self.expression()}},
            "organ": {
                "KS": {"namn": "Styrelsen", "bereds_av": "BUN", "stoppdatum": self.expression("stop")},
                "KF": {"namn": "Fullmäktige", "kedja": self.value("kedja")},
                "BUN": {"namn": "Nämnden", "preliminärt": [self.expression(), "första tisdagen i juni"]},
            },
            "organgrupper": {"nämnd": ["BUN", "KS"]},
            "roller": {"r": {"namn": "Ekonom", "grupp": "tjänstemän"}},
            "sammanträden": {year: self.meetings() for year in ("2024", "2025")},
            "tidsfönster": [{"id": "t", "titel": "T", "start": self.expression(), "slut": self.expression()}],
            "krav": [{"id": "k", "regel": self.expression("rule"), "nivå": "varning", "text": "K"}],
            "faser": [
                {"id": "f", "titel": "F", "aktiviteter": [self.activity(name) for name in ("a", "b", "budget")]},
                {"id": "g", "löper": self.expression("span"), "aktiviteter": [self.activity("c")]},
            ],
        }

    def meetings(self) -> Tree:
        days = [f"{self.chance.randrange(1, 30)} {self.one_of('mars', 'maj', 'juni', 'oktober')}" for _ in range(4)]
        return {
            "KS": days,
            "KF": [{"datum": days[0], "ärenden": ["budget"], "tid": "kl 13"}, self.expression("simple")],
        }

    def deviations(self) -> Tree:
        """An overlay of the year: some of it names what is there."""
        change = self.chance.sample(KEYS, 3)
        return {
            "budgetår": str(YEAR),
            "ändra": {self.chance.choice(IDS): {**{key: self.value(key) for key in change}, "skäl": "prov"}},
            "stryk": {self.chance.choice((*IDS, "a.maj")): "prov"},
            "lägg_till": [{"fas": self.chance.choice(IDS), **self.activity("ny"), "skäl": "prov"}],
            "flaggor": {"x": "prov"},
        }

    def spoiled(self, tree: Tree) -> Tree:
        """The tree with, here and there, something gone, twice there, moved, or of another shape."""
        if self.chance.random() < 0.01:
            return self.one_of("x", [], {}, [tree], {"x": tree}, self.chance.choice(TEXTS))
        if isinstance(tree, dict):
            kept = {key: self.spoiled(value) for key, value in tree.items() if self.chance.random() > 0.01}
            return {
                self.chance.choice(KEYS) if self.chance.random() < 0.01 else key: value for key, value in kept.items()
            }
        if isinstance(tree, list):
            return [self.spoiled(each) for each in tree for _ in range(self.chance.choice((1,) * 40 + (0, 2)))]
        return tree


def written(tree: Tree) -> str:
    """As YAML on one line a first-level key: JSON is YAML, and what is quoted is the text it is."""
    if not isinstance(tree, dict):
        return dumps(tree, ensure_ascii=False)
    return "".join(f"{key}: {dumps(value, ensure_ascii=False)}\n" for key, value in tree.items())


def require_sound(finding: Diagnostic) -> None:
    """It lies in its file, and its fix makes a file that can be read."""
    span = finding.span
    assert span is not None
    lines = span.source.lines
    assert 1 <= span.line <= span.end_line <= len(lines)
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    if finding.fix:
        source = finding.fix.span.source
        start, end = finding.fix.span.offsets
        whole = Source(source.path, f"{source.text[:start]}{finding.fix.text}{source.text[end:]}")
        assert revised(source, [finding.fix]).after.text == whole.text
        require_parses(source, whole)


def require_parses(before: Source, after: Source) -> None:
    """A fix leaves a file that can be read, where it could be."""
    try:
        parse(before)
    except InvalidProcess:
        return
    parse(after)


def counted(work: Callable[[], object]) -> int:
    """How many calls the work makes: the watchdog, which a busy machine does not bark at."""
    profile = cProfile.Profile(builtins=False)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def outcome(folder: Path, process: str, deviations: str) -> tuple[Diagnostic, ...]:
    """What is found in the project. Any exception but that of findings is what is looked for."""
    (folder / "process.yaml").write_text(process, encoding="utf-8")
    (folder / f"avvikelser-{YEAR}.yaml").write_text(deviations, encoding="utf-8")
    try:
        plan: Plan = compile_process(ProcessPath(folder / "process.yaml", "process.yaml", folder), YEAR)
    except InvalidProcess as invalid:
        return invalid.diagnostics
    return plan.findings


def test_any_project_ends_in_a_plan_or_findings(fuzz_cases: range, tmp_path: Path) -> None:
    """No other exception, findings that can be shown, fixes that can be read, and work in proportion to the text."""
    for number in (*CAUGHT, *fuzz_cases):
        maker = Maker(number)
        process, deviations = (written(maker.spoiled(tree)) for tree in (maker.process(), maker.deviations()))
        found: list[Diagnostic] = []
        try:
            work = counted(lambda: found.extend(outcome(tmp_path, process, deviations)))  # noqa: B023 - called at once
            assert work < CALLS_AT_LEAST + CALLS_A_CHARACTER * (len(process) + len(deviations))
            require_told(found)
        except Exception as fault:
            raise AssertionError(f"case {number} of tests/property/test_fuzz.py:\n{process}\n{deviations}") from fault


def require_told(found: list[Diagnostic]) -> None:
    """Every finding is sound, and every report of them is text that no screen or CI runner obeys."""
    for finding in found:
        require_sound(finding)
    reported = [Reported(finding, "prov", (YEAR,)) for finding in found]
    assert len(most_severe_of_each_file(reported)) <= 2 * (MAX_FINDINGS + 1)
    for name, report in REPORTS.items():
        text = report(reported)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
        if name in ("text", "concise"):
            assert not re.search(r"^\s*::|##\w*\[", text, re.MULTILINE)


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_any_expression_is_a_tree_or_a_reason(entry: str, fuzz_cases: range) -> None:
    """Read whole, spellings and explanations included; the place of what is wrong lies in the text."""
    from arshjul.dates import parser
    from arshjul.dates.syntax import ExpressionError

    readers = {"start": parser.parse_value, "stop": parser.parse_stop, "rule": parser.parse_rule,
               "cond": parser.parse_condition, "span": parser.parse_span, "period": parser.parse_period,
               "simple": parser.parse_simple, "duration": parser.parse_duration}  # fmt: skip
    places: list[tuple[str, tuple[int, int]]] = []
    for number in fuzz_cases:
        text = Maker(number).expression(entry)
        try:
            readers[entry](text)
        except ExpressionError as refused:
            places.append((text, refused.at))
    assert [(text, at) for text, at in places if not 0 <= at[0] <= at[1] <= len(text) + 1] == []
