"""The law as data: judged against the year a matter concerns, the paragraph cited, the safe day named."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.diagnostics import Diagnostic

LAWFUL = {
    "samverkan": "2026-10-19",
    "budgetförslag": "2026-10-20",
    "revisionsbudget": "2026-10-20",
    "budgetbeslut": "2026-11-17",
    "delårsrapport": "2026-10-19",
    "revisorernas_delårsbedömning": "2026-10-20",
    "delårsrapport_behandlad": "2026-11-17",
    "årsredovisning": "2026-03-31",
    "revisorernas_bedömning": "2026-04-10",
    "årsredovisning_godkänd": "2026-04-27",
    "ansvarsfrihet": "2026-04-27",
}
CONCERNS = {"delår": "B-1", "år": "B-2", "revisorernas_d": "B-1", "revisorernas_b": "B-2", "ansvar": "B-2"}


def findings(folder: Path, days: dict[str, str], period: str = "B till B+2") -> list[Diagnostic]:
    """What the law says of budget 2027, of an election year, with these days; every milestone its own activity."""
    rows = "".join(
        f"  - {{id: rad_{n}, titel: {name.capitalize()}, när: {day}, milstolpe: {name}, avser: {concerned(name)}}}\n"
        for n, (name, day) in enumerate(days.items())
    )
    (folder / "process.yaml").write_text(
        f'process: prov\nanvänder: ["arshjul:lagkrav/kommunallagen.yaml"]\nlagkrav: [budget, delår, årsredovisning]\n'
        f"planperiod: {period}\nkontroller: {{year-in-definition: av}}\n"
        f"faser:\n- id: allt\n  aktiviteter:\n{rows}",
        encoding="utf-8",
    )
    (file,) = compiler.find_processes(folder)
    return list(compiler.compile_process(file, 2027).findings)


def concerned(milestone: str) -> str:
    """The year that the matter is about."""
    return next((year for start, year in CONCERNS.items() if milestone.startswith(start)), "B")


def test_the_lawful_plan_of_an_election_year_has_no_findings(tmp_path: Path) -> None:
    """Accounts of B-2, follow-up of B-1 and the budget of B in one process, and nothing to say."""
    assert findings(tmp_path, LAWFUL) == []


def test_a_limit_of_the_law_may_be_a_day_off(tmp_path: Path) -> None:
    """31 October 2026 is a Saturday: as a deadline it is the law's, as a meeting somebody's slip."""
    assert findings(tmp_path, LAWFUL | {"budgetförslag": "senast 2026-10-31"}) == []
    (found,) = findings(tmp_path, LAWFUL | {"budgetförslag": "2026-10-31"})
    assert found.code == "day-off"


@pytest.mark.parametrize(
    ("milestone", "day", "paragraph", "safe"),
    [
        ("budgetförslag", "2026-11-02", "KL 11:8 1 st.", "sista säkra arbetsdag är fredag 30 oktober 2026"),
        ("revisionsbudget", "2026-11-02", "KL 11:8 1 st.", "sista säkra arbetsdag är fredag 30 oktober 2026"),
        ("budgetbeslut", "2026-12-01", "KL 11:10 1 st.", "sista säkra arbetsdag är måndag 30 november 2026"),
        ("budgetbeslut", "2026-10-14", "KL 11:10 2 st., 5:9", "första säkra arbetsdag är torsdag 15 oktober 2026"),
        ("samverkan", "2026-10-20", "MBL 11, 14, 19 §§", "sista säkra arbetsdag är måndag 19 oktober 2026"),
        ("delårsrapport", "2026-11-02", "KL 11:16, LKBR 13:1", "sista säkra arbetsdag är fredag 30 oktober 2026"),
        ("revisorernas_delårsbedömning", "2026-11-17", "KL 12:2", "sista säkra arbetsdag är måndag 16 november 2026"),
        ("årsredovisning", "2026-04-16", "KL 11:20", "sista säkra arbetsdag är onsdag 15 april 2026"),
        ("revisorernas_bedömning", "2026-04-27", "KL 12:2", "sista säkra arbetsdag är fredag 24 april 2026"),
        ("årsredovisning_godkänd", "2026-04-28", "KL 11:21", "sista säkra arbetsdag är måndag 27 april 2026"),
        ("ansvarsfrihet", "2026-07-02", "KL 5:24", "sista säkra arbetsdag är tisdag 30 juni 2026"),
    ],
)
def test_each_rule_is_broken_by_itself(tmp_path: Path, milestone: str, day: str, paragraph: str, safe: str) -> None:
    """One milestone on a wrong day breaks exactly its own rule, at its own line."""
    found = [finding for finding in findings(tmp_path, LAWFUL | {milestone: day}) if finding.code == "law"]
    assert [finding.hint for finding in found] == [safe]
    assert f"({paragraph})" in found[0].message
    span = found[0].span
    assert span is not None
    assert f"när: {day}" in span.source.lines[span.line - 1]


@pytest.mark.parametrize(
    ("period", "broken"), [("B till B+3", 0), ("B till B+1", 1), ("B-1 till B+2", 1), ("B+1 till B+3", 1)]
)
def test_the_plan_covers_three_years_the_budget_year_first(tmp_path: Path, period: str, broken: int) -> None:
    """Judged from `planperiod`, which is also the place (KL 11:5–6)."""
    found = findings(tmp_path, LAWFUL, period)
    assert [finding.code for finding in found] == ["law"] * broken
    assert all("KL 11:" in finding.message for finding in found)


def test_a_step_that_the_process_lacks_is_told_where_the_law_is_chosen(tmp_path: Path) -> None:
    """An undated activity is not lacking, its law is not judged; what a chosen set never meets is."""
    days = LAWFUL | {"årsredovisning": "ej fastställt"}
    del days["revisionsbudget"]
    found = [finding for finding in findings(tmp_path, days) if finding.code == "law-step-missing"]
    assert [finding.message for finding in found] == ["Ingen aktivitet är ”revisionsbudget” (KL 11:8 1 st.)"]
    assert found[0].span is not None
    assert found[0].span.line == 3


def test_the_steps_that_a_set_lacks_are_told_together(tmp_path: Path) -> None:
    """All by name, each set at its own word: a count would leave the reader to guess."""
    lacking = ("budgetbeslut", "revisionsbudget", "årsredovisning")
    days = {name: day for name, day in LAWFUL.items() if name not in lacking}
    budget, accounts = (finding for finding in findings(tmp_path, days) if finding.code == "law-step-missing")
    assert (
        budget.message == "Ingen aktivitet är ”revisionsbudget” (KL 11:8 1 st.) eller ”budgetbeslut” (KL 11:10 1 st.)"
    )
    assert (
        budget.hint == "skriv till exempel ”milstolpe: revisionsbudget” på aktiviteten som är det, eller lägg till en"
    )
    assert [place.message for place in budget.related] == ["lagkravet revisionsbudget", "lagkravet budgetbeslut"]
    assert accounts.message == "Ingen aktivitet är ”årsredovisning” (KL 11:20)"
    assert budget.span is not None
    assert accounts.span is not None
    assert budget.span.column < accounts.span.column


def test_a_law_that_is_not_chosen_says_nothing(tmp_path: Path) -> None:
    """The sets are the process's own choice."""
    late = LAWFUL | {"ansvarsfrihet": "2026-07-02"}
    findings(tmp_path, late)
    path = tmp_path / "process.yaml"
    text = path.read_text(encoding="utf-8").replace("[budget, delår, årsredovisning]", "[budget]")
    path.write_text(text, encoding="utf-8")
    (file,) = compiler.find_processes(tmp_path)
    assert "law" not in {finding.code for finding in compiler.compile_process(file, 2027).findings}
