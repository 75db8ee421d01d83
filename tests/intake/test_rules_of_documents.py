"""Rules for documents: rows of two years are paired, rules put in, and no date is another than the document's."""

from __future__ import annotations

from pathlib import Path

from remake import DOCUMENTS

from arshjul.compiler import Sweep, find_processes
from arshjul.intake.plan.project import project_of
from arshjul.intake.plan.proposal import propose
from arshjul.intake.readers import read_document
from arshjul.intake.rules.of_proposals import ProposedRules, proposed_rules
from arshjul.intake.rules.pairing import TitledRow, paired

PROPOSALS = [
    propose(read_document(name, (DOCUMENTS / name).read_bytes()), year)
    for year in (2021, 2023)
    for name in (f"tidplan-budget-{year}.txt",)
]


def dates(folder: Path, rules: ProposedRules) -> list[tuple[object, ...]]:
    """Every row of the project that is written for 2023, with its days."""
    folder.mkdir()
    for name, text in project_of(PROPOSALS[1], "plan", rules.comments, rules.chosen).files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (process,) = find_processes(folder)
    timeline = Sweep(process).compiled(2023, checks=False).timeline
    assert not timeline.errors
    return [(row.id, *((each.start, each.end) for each in row.occurrences)) for row in timeline.activities]


def test_rules_of_two_years_move_no_date(tmp_path: Path) -> None:
    """Seven rows get a rule that holds in both; what has none is asked; with one year all is as written."""
    both = proposed_rules(PROPOSALS, put_in=True)
    assert [keys["när"] for keys in both.chosen.values()] == [
        "onsdag v. 9",
        "KS i juni",
        "KF i juni",
        "FLU i oktober B-1",
        "CSG i oktober B-1",
        "KS i november B-1",
        "KF i november B-1",
    ]
    assert len(both.questions) == 2
    one = proposed_rules(PROPOSALS[1:], put_in=True)
    assert (one.chosen, one.questions) == ({}, ())
    assert len(one.comments) > 30
    assert dates(tmp_path / "both", both) == dates(tmp_path / "one", one)


def test_rows_are_paired_by_id_then_by_words_then_by_their_body() -> None:
    """No row twice, and titles that are only a little alike are two things."""
    now = [
        TitledRow("a", "Anvisningar"),
        TitledRow("b", "Nämnderna lämnar sina förslag"),
        TitledRow("c", "Rambudget", "KS", -6),
        TitledRow("d", "Verksamhetsplaner", "KS", -1),
        TitledRow("e", "Information", "KF", -6),
        TitledRow("f", "Beslut", "KF", -6),
    ]
    then = [
        TitledRow("a", "Något helt annat"),
        TitledRow("x", "Nämnderna lämnar förslag"),
        TitledRow("y", "Beslut om budget och skattesats", "KS", -6),
        TitledRow("z", "Nämnderna"),
        TitledRow("v", "Fastställande av budget", "KF", -6),
    ]
    assert paired(now, then) == {"a": "a", "x": "b", "y": "c"}
