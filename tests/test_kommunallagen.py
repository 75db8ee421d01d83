"""The shipped law library: each rule judged on the last day that is right and the first that is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from arshjul import compiler

LIBRARY = "arshjul:lagkrav/kommunallagen.yaml"
SETS = "budget, delår, årsredovisning, kallelse"
SPECIAL = "budgetår: 2026\nflaggor: {särskilda_skäl: sen proposition}\n"


def compiled(
    folder: Path, year: int, rows: Mapping[str, str], concerns: str = "B", special: bool = False
) -> compiler.Plan:
    """A process with one activity for each milestone, on the day given."""
    activities = "".join(
        f"  - {{id: rad_{n}, titel: Rad {n}, när: {day}, milstolpe: {milestone}}}\n"
        for n, (milestone, day) in enumerate(rows.items())
    )
    (folder / "process.yaml").write_text(
        f'process: prov\nanvänder: ["{LIBRARY}"]\nlagkrav: [{SETS}]\nlöper: 1 januari B-1 till 31 december B\n'
        f"faser:\n- id: allt\n  avser: {concerns}\n  aktiviteter:\n{activities}",
        encoding="utf-8",
    )
    if special:
        (folder / "avvikelser-2026.yaml").write_text(SPECIAL, encoding="utf-8")
    (file,) = compiler.find_processes(folder)
    return compiler.compile_process(file, year)


def verdicts(
    folder: Path, year: int, rows: Mapping[str, str], concerns: str = "B", special: bool = False
) -> Mapping[str, bool]:
    """Rule → whether it holds."""
    return {j.id: j.held for j in compiled(folder, year, rows, concerns, special).timeline.judgements}


@pytest.mark.parametrize(
    ("rule", "concerns", "milestone", "right", "wrong"),
    [
        ("budgetforslag", "B", "budgetförslag", "2025-10-31", "2025-11-01"),
        ("revisionsbudget", "B", "revisionsbudget", "2025-10-31", "2025-11-01"),
        ("budgetbeslut", "B", "budgetbeslut", "2025-11-30", "2025-12-01"),
        ("delarsrapport", "B-1", "delårsrapport", "2025-10-31", "2025-11-01"),
        ("arsredovisning", "B-2", "årsredovisning", "2025-04-15", "2025-04-16"),
        ("ansvarsfrihet", "B-2", "ansvarsfrihet", "2025-06-30", "2025-07-01"),
        ("godkannande_fore_juli", "B-2", "årsredovisning_godkänd", "2025-06-30", "2025-07-01"),
    ],
)
def test_a_limit_is_the_day_itself(
    tmp_path: Path, rule: str, concerns: str, milestone: str, right: str, wrong: str
) -> None:
    """Reckoned from the year the matter concerns; the last day holds, the next does not, weekend or not."""
    assert verdicts(tmp_path, 2026, {milestone: right}, concerns)[rule] is True
    assert verdicts(tmp_path, 2026, {milestone: wrong}, concerns)[rule] is False


@pytest.mark.parametrize(
    ("rule", "earlier", "day", "later", "later_day", "held"),
    [
        ("samverkan", "samverkan", "06-02", "budgetförslag", "06-03", True),
        ("samverkan", "samverkan", "06-03", "budgetförslag", "06-03", False),
        ("kallelse_kf", "kallelse_kf", "06-09", "budgetbeslut", "06-16", True),
        ("kallelse_kf", "kallelse_kf", "06-10", "budgetbeslut", "06-16", False),
        ("delarsbedomning", "revisorernas_delårsbedömning", "10-19", "delårsrapport_behandlad", "10-20", True),
        ("delarsbedomning", "revisorernas_delårsbedömning", "10-20", "delårsrapport_behandlad", "10-20", False),
        ("revisorernas_bedomning", "revisorernas_bedömning", "04-01", "årsredovisning_godkänd", "04-28", True),
        ("revisorernas_bedomning", "revisorernas_bedömning", "04-28", "årsredovisning_godkänd", "04-28", False),
        ("godkannande_fore_ansvarsfrihet", "årsredovisning_godkänd", "04-28", "ansvarsfrihet", "04-28", True),
        ("forslag_fore_beslut", "budgetförslag", "06-03", "budgetbeslut", "06-16", True),
        ("forslag_fore_beslut", "budgetförslag", "06-16", "budgetbeslut", "06-16", False),
        ("godkannande_fore_ansvarsfrihet", "årsredovisning_godkänd", "05-05", "ansvarsfrihet", "04-28", False),
    ],
)
def test_what_must_come_first_does(
    tmp_path: Path, rule: str, earlier: str, day: str, later: str, later_day: str, held: bool
) -> None:
    """Consultation, notice, assessment and approval come before what hangs on them."""
    rows = {earlier: f"2025-{day}", later: f"2025-{later_day}"}
    assert verdicts(tmp_path, 2026, rows)[rule] is held


@pytest.mark.parametrize(("day", "held"), [("2026-06-15", False), ("2026-10-14", False), ("2026-10-15", True)])
def test_in_an_election_year_the_newly_elected_adopt(tmp_path: Path, day: str, held: bool) -> None:
    """2026 is an election year: the budget for 2027 waits for the fullmäktige of 15 October."""
    assert verdicts(tmp_path, 2027, {"budgetbeslut": day})["budgetbeslut_valar"] is held


def test_in_other_years_june_is_early_enough(tmp_path: Path) -> None:
    """The rule of election years says nothing about 2025."""
    assert "budgetbeslut_valar" not in verdicts(tmp_path, 2026, {"budgetbeslut": "2025-06-16"})


def test_special_reasons_move_the_budget_but_not_the_tax_rate(tmp_path: Path) -> None:
    """With the flag the proposal may come in November and the budget in December; the tax rate keeps its days."""
    rows = {
        "budgetförslag": "2025-11-30",
        "revisionsbudget": "2025-11-30",
        "budgetbeslut": "2025-12-31",
        "skattesatsförslag": "2025-11-01",
        "skattesatsbeslut": "2025-12-01",
    }
    assert verdicts(tmp_path, 2026, rows, special=True) == {
        "budgetforslag_sarskilda_skal": True,
        "revisionsbudget_sarskilda_skal": True,
        "forslag_fore_beslut": True,
        "budgetbeslut_sarskilda_skal": True,
        "skattesatsforslag": False,
        "skattesatsbeslut": False,
    }


def test_every_rule_says_where_it_stands_and_when_it_was_read(tmp_path: Path) -> None:
    """Each has a text, its paragraph and the day somebody last read the statute, and an id of its own."""
    laws = compiled(tmp_path, 2026, {"budgetbeslut": "2025-06-16"}).process.laws
    rules = [rule for rules in laws.values() for rule in rules]
    assert len({rule.id for rule in rules}) == len(rules) == 24
    for rule in rules:
        assert rule.text
        assert re.match(r"(KL|MBL|LKBR) \d+", rule.law or "")
        assert rule.reviewed is not None
        assert rule.reviewed >= date(2025, 5, 31)
