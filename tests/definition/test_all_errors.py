"""An error as written hides no other error: neither of its own file, nor of a date that can still be computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.diagnostics import InvalidProcess

HOUSE = """\
process: prov
löper: 1 jan B-1 till 31 dec B-1
använder: [plan.yaml]
organ:
  KS: {namn: Kommunstyrelsen, kedja: {utskick: 5 dagar före möte}}
  KF: {namn: Kommunfullmäktige}
faser:
- id: fas
  aktiviteter:
"""
PLAN = "kalenderår: 2025\nKS: [6 maj, 3 juni]\nKF: [17 juni]\n"
LACKING = ["no-meeting 2 KS i augusti", "no-such-week 3 v. 53"]
ROWS = ["{id: a, titel: A, när: KS i augusti}", "{id: b, titel: B, när: 3 juni, reservdag: v. 53}"]


def told(tmp_path: Path, rows: list[str], *, house: str = HOUSE, plan: str = PLAN, deviations: str = "") -> list[str]:
    """Code, number of the row if it is one, and the words of each error."""
    lines = "".join(f"  - {row}\n" for row in rows)
    (tmp_path / "process.yaml").write_text(house + lines, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    if deviations:
        (tmp_path / "avvikelser-2026.yaml").write_text(f"budgetår: 2026\n{deviations}", encoding="utf-8")
    (file,) = compiler.find_processes(tmp_path)
    with pytest.raises(InvalidProcess) as caught:
        compiler.compile_process(file, 2026)
    return [_words(found, house.count("\n")) for found in caught.value.diagnostics]


def _words(found: object, before: int) -> str:
    span = getattr(found, "span")  # noqa: B009
    code = getattr(found, "code")  # noqa: B009
    words = span.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    row = f"{span.line - before} " if span.file == "process.yaml" and span.line > before else ""
    return f"{code} {row}{words}"


WRITTEN = [
    ("a literal of no year", "{id: x, titel: X, när: 30 februari}", "no-such-day 1 30 februari"),
    ("a key that is none", "{id: x, titel: X, när: 3 juni, fel: x}", "unknown-key 1 fel"),
    ("a key that is missing", "{id: x, när: 3 juni}", "missing-key 1 x"),
    ("a type that is none", "{id: x, titel: X, när: 3 juni, typ: beslutt}", "unknown-name 1 beslutt"),
    ("a body that is none", "{id: x, titel: X, när: 3 juni, organ: KSS}", "unknown-name 1 KSS"),
    ("an id that is none", "{id: X y, titel: X, när: 3 juni}", "bad-id 1 X y"),
    ("an expression that is none", "{id: x, titel: X, när: inte ett datum}", "expression 1 inte"),
    ("rounds that are none", "{id: x, titel: '{period}', när: period, upprepa: {period: [fel ord]}}", "expression 1"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "error"), [case[1:] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_a_row_that_cannot_be_read_hides_no_date_of_another(row: str, error: str, tmp_path: Path) -> None:
    """Nor does what names it become an error."""
    found = told(tmp_path, [row, *ROWS, "{id: c, titel: C, när: dagen efter x}"][: 3 if " y" in row else 4])
    assert found[1:] == LACKING
    assert error in found[0]


def test_a_row_tells_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    """A wrong type, a wrong weekday and a reserve day that the year lacks."""
    row = "{id: x, titel: X, när: måndag 3 juni, typ: beslutt, reservdag: v. 53}"
    found = told(tmp_path, [row])
    assert found == ["weekday-mismatch 1 måndag 3 juni", "unknown-name 1 beslutt", "no-such-week 1 v. 53"]


def test_an_id_that_was_renamed_is_told_wherever_it_is_used(tmp_path: Path) -> None:
    """Three rows, and the deviations of the year."""
    rows = [
        "{id: nytt, titel: N, när: KS i juni}",
        "{id: a, titel: A, när: dagen efter gammalt}",
        "{id: b, titel: B, när: 3 juni, reservdag: dagen före gammalt}",
        "{id: c, titel: C, när: 3 juni, stoppdatum: dagen före gammalt}",
    ]
    found = told(tmp_path, rows, deviations="ändra:\n  gammalt: {när: 3 juni, skäl: prov}\n")
    assert found == ["unknown-target gammalt", *(f"unknown-name {row} gammalt" for row in (2, 3, 4))]


def test_a_slip_in_one_file_hides_no_date_of_another(tmp_path: Path) -> None:
    """What the file may have defined is in doubt: a name, a plan. A meeting of a body with a plan is not."""
    house = HOUSE.replace("faser:", "sammanträden: {2025: {KS: [6 maj, 3 juni]}}\nfaser:")
    doubted = ["{id: c, titel: C, när: KF i juni}", "{id: d, titel: D, när: dagen efter vem_vet}"]
    found = told(tmp_path, [doubted[0], *ROWS, doubted[1]], house=house, plan="kalenderår: 2025\nKF: [17 juni\n")
    assert found[1:] == LACKING
    assert found[0].startswith("syntax")


def test_a_wrong_line_of_a_plan_is_no_missing_meeting(tmp_path: Path) -> None:
    """The body's meetings are in doubt, another body's are not."""
    rows = [ROWS[0], "{id: d, titel: D, när: KF i juni}"]
    found = told(tmp_path, rows, plan=PLAN.replace("17 juni", "17 junni"))
    assert found[1:] == ["no-meeting 1 KS i augusti"]


def test_a_wrong_rule_of_a_body_leaves_its_meetings(tmp_path: Path) -> None:
    """A step that cannot be read is no unknown name where it is named."""
    house = HOUSE.replace("5 dagar före möte", "fem dar innan")
    rows = ["{id: x, titel: X, när: KS i juni, organ: KS}", *ROWS, "{id: e, titel: E, när: x.utskick}"]
    assert told(tmp_path, rows, house=house)[1:] == LACKING


def test_a_wrong_window_of_time_makes_no_year_wrong(tmp_path: Path) -> None:
    """Without the process's `löper` no bare date is outside it or in it twice."""
    found = told(
        tmp_path,
        ["{id: a, titel: A, när: 3 oktober}", "{id: b, titel: B, när: dagen efter finns_ej}"],
        house=HOUSE.replace("1 jan B-1 till", "1 jannuari till"),
    )
    assert len(found) == 2
    assert found[1] == "unknown-name 2 finns_ej"
