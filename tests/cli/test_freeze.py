"""`arshjul freeze`: the decided plan is kept as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from arshjul.cli import main

Output = pytest.CaptureFixture[str]
PROCESS = """\
process: prov
titel: Prov {B}
dnr: KS 2024/1
löper: 1 januari B-1 till 31 december B-1
faser:
- {id: a, titel: A, aktiviteter: [{id: brev, titel: Brev, när: 12 maj}]}
"""


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a project of one process."""
    file = tmp_path / "process.yaml"
    file.write_text(PROCESS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return file


def test_the_decided_plan_is_written_with_its_decision(process: Path, capsys: Output) -> None:
    """The timeline as `build -f json` has it, without findings, with what dates are counted from.

    What is not given is the process's own.
    """
    assert main(["freeze", "2026", "--decision", "KF § 12", "--date", "2025-02-17"]) == 0
    assert capsys.readouterr().err == "skrev tidplaner/2026/prov.faststalld.json\n"
    written = json.loads((process.parent / "tidplaner" / "2026" / "prov.faststalld.json").read_text(encoding="utf-8"))
    assert written.pop("decided") == {"date": "2025-02-17", "registry_number": "KS 2024/1", "decision": "KF § 12"}
    assert written.pop("basis")["rows"] == {"brev": {"datum": {"rule": {"text": "12 maj"}}}}
    assert main(["build", "2026", "-f", "json", "-o", "-"]) == 0
    built = json.loads(capsys.readouterr().out)
    del built["findings"], built["changes"]
    assert written == built


def test_a_decided_plan_is_not_replaced_unasked(process: Path, capsys: Output) -> None:
    """The same again is no change; another needs `--force`."""
    words = ["freeze", "2026", "--date", "2025-02-17"]
    assert main(words) == 0
    assert main(words) == 0
    assert "står redan så" in capsys.readouterr().err
    file = process.parent / "tidplaner" / "2026" / "prov.faststalld.json"
    before = file.read_bytes()
    process.write_text(PROCESS.replace("12 maj", "13 maj"), encoding="utf-8")
    assert main(words) == 3
    assert "är redan fastställd" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert main([*words, "--force"]) == 0
    assert b"2025-05-13" in file.read_bytes()


def test_a_plan_with_errors_is_not_decided(process: Path, capsys: Output) -> None:
    """They are told, and nothing is written."""
    process.write_text(PROCESS.replace("12 maj", "31 juni"), encoding="utf-8")
    assert main(["freeze", "2026", "--date", "2025-02-17"]) == 1
    assert "31 juni" in capsys.readouterr().err
    assert not (process.parent / "tidplaner").exists()


def test_a_decision_begins_an_edition(process: Path) -> None:
    """Once, however often the same plan is kept; a dry run begins none."""
    record = process.parent / "tidplaner/2026/arshjul.json"
    words = ["freeze", "2026", "--date", "2025-02-17"]
    assert main(["build", "2026", "-q", "-f", "md"]) == 0
    assert b'{"process":"prov","edition":1}' in record.read_bytes()
    assert main([*words, "-n"]) == 0
    assert b'{"process":"prov","edition":1}' in record.read_bytes()
    for _ in range(2):
        assert main(words) == 0
        assert b'{"process":"prov","edition":2}' in record.read_bytes()
    assert b"faststalld" not in record.read_bytes()  # what `--prune` removes is no decision


@pytest.mark.parametrize("process_id", ["mal-och-budget", "namndprocess", "rambudget", "regionplan", "styrmodell"])
def test_a_plan_that_is_just_decided_differs_in_nothing(
    process_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """What the file does not hold, such as whom a window concerns, is no change."""
    shutil.copytree(Path(__file__).parents[2] / "processes", tmp_path / "processes")
    monkeypatch.chdir(tmp_path)
    assert main(["freeze", "2026", process_id, "--date", "2025-01-15"]) == 0
    capsys.readouterr()
    for words in (["decided:2026", "2026"], ["2026", "decided:2026"]):
        assert main(["diff", *words, process_id, "--exit-code"]) == 0
        assert capsys.readouterr().out.endswith("Inga skillnader.\n")
