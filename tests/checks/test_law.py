"""The law as data: judged against the year a matter concerns, the paragraph cited, the safe day named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.diagnostics import Diagnostic

LAWFUL = {
    "samverkan": "2026-10-12",
    "budgetförslag": "2026-10-13",
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


def findings(
    folder: Path, days: dict[str, str], period: str = "B till B+2", per: Mapping[str, str] = {}
) -> list[Diagnostic]:
    """What the law says of budget 2027, of an election year, with these days; every milestone its own activity."""
    as_of = {name: f", per: {day}" for name, day in per.items()}
    rows = "".join(
        f"  - {{id: rad_{n}, titel: {name.capitalize()}, när: {day}, milstolpe: {name}, avser: {concerned(name)}"
        f"{as_of.get(name, '')}}}\n"
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


FLAG = "; gäller undantaget, skriv ”flaggor: {särskilda_skäl: skälet}” i årets avvikelsefil"


@pytest.mark.parametrize(
    ("milestone", "day", "flag"),
    [
        ("budgetförslag", "2026-11-02", FLAG),
        ("revisionsbudget", "2026-11-30", FLAG),
        ("budgetbeslut", "2026-12-21", FLAG),
        # the flag does not excuse what it leads to other rules for: those would be broken then
        ("budgetförslag", "2026-12-01", ""),
        ("budgetbeslut", "2027-01-11", ""),
        # nor what no flag is an exception from
        ("årsredovisning", "2026-04-16", ""),
    ],
)
def test_the_flag_that_would_excuse_it_is_named(tmp_path: Path, milestone: str, day: str, flag: str) -> None:
    """Only where it does: what the hint says is true when it is followed."""
    days = LAWFUL | {milestone: day} | ({"budgetbeslut": "2026-12-21"} if milestone == "budgetförslag" else {})
    found = [f.hint or "" for f in findings(tmp_path, days) if f.code == "law" and milestone.capitalize() in f.message]
    assert found
    assert [("särskilda_skäl" in hint) for hint in found] == [bool(flag)] * len(found)
    assert all(hint.endswith(flag) for hint in found)


@pytest.mark.parametrize(
    ("as_of", "day", "broken"),
    [
        ("2026-08-31", "2026-10-30", []),
        ("2026-06-30", "2026-08-31", []),
        ("2026-06-30", "2026-09-01", ["sista säkra arbetsdag är måndag 31 augusti 2026"]),
        ("2026-07-31", "2026-09-30", []),
        ("2026-07-31", "2026-10-01", ["sista säkra arbetsdag är onsdag 30 september 2026"]),
        ("augusti 2026", "2026-10-30", []),
        # one cause, though two rules of the law are broken: the nearer day is told
        ("2026-08-31", "2026-11-02", ["sista säkra arbetsdag är fredag 30 oktober 2026"]),
        # half the year at least, two thirds of it at most
        ("2026-04-30", "2026-06-17", ["första säkra arbetsdag är tisdag 30 juni 2026"]),
        ("2026-09-30", "2026-10-19", ["sista säkra arbetsdag är måndag 31 augusti 2026"]),
    ],
)
def test_an_interim_report_comes_two_months_after_its_period(
    tmp_path: Path, as_of: str, day: str, broken: list[str]
) -> None:
    """Counted from the `per` of the activity; what it says itself is judged too, at its own place (LKBR 13:1)."""
    days = {**LAWFUL, "delårsrapport": day, "revisorernas_delårsbedömning": "2026-11-16"}
    found = [f for f in findings(tmp_path, days, per={"delårsrapport": as_of}) if f.code == "law"]
    assert [finding.hint for finding in found] == broken


def test_the_day_a_report_is_as_of_is_told_at_its_place(tmp_path: Path) -> None:
    """The report is handed in on time, but covers too little of the year."""
    found = findings(tmp_path, LAWFUL | {"delårsrapport": "2026-06-17"}, per={"delårsrapport": "2026-04-30"})
    (law,) = (finding for finding in found if finding.code == "law")
    assert law.message == (
        "”Delårsrapport” gäller per torsdag 30 april 2026 och håller inte kravet: "
        "Delårsrapporten omfattar minst hälften av räkenskapsåret (LKBR 13:1)"
    )
    assert law.span is not None
    assert law.span.source.lines[law.span.line - 1][law.span.column - 1 :].startswith("2026-04-30")


@pytest.mark.parametrize(
    ("read", "year", "told"),
    [("2025-05-31", 2027, False), ("2025-01-02", 2027, False), ("2024-12-31", 2027, True), ("2024-12-31", 2026, False)],
)
def test_a_law_that_was_read_long_before_the_plan_is_told(tmp_path: Path, read: str, year: int, told: bool) -> None:
    """Over a year before 1 January of B-1, the year of the process: no clock is asked."""
    (tmp_path / "process.yaml").write_text(
        "process: prov\nlagkrav: [egen]\nanvänder: [lagar.yaml]\nfaser:\n- id: f\n  aktiviteter:\n"
        "  - {id: a, titel: A, när: 20 maj B-1, milstolpe: m}\n",
        encoding="utf-8",
    )
    rule = f"{{id: r, regel: m är senast 31 maj B-1, granskad: {read}}}"
    (tmp_path / "lagar.yaml").write_text(f"lagkrav: {{egen: [{rule}]}}\n", encoding="utf-8")
    (file,) = compiler.find_processes(tmp_path)
    found = compiler.compile_process(file, year).findings
    assert [finding.code for finding in found] == (["law-not-reviewed"] if told else [])
    assert [finding.severity for finding in found] == (["info"] if told else [])


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
        ("samverkan", "2026-10-13", "MBL 11, 14, 19 §§", "sista säkra arbetsdag är måndag 12 oktober 2026"),
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
    assert [(finding.hint or "").removesuffix(FLAG) for finding in found] == [safe]
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
