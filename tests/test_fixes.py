"""A `fix` is true: put in at its place it removes its finding and adds none, in every broken file of the tests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from arshjul.cli import main

INVALID = Path(__file__).resolve().parent / "invalid"
FILES = sorted(path for folder in ("dates", "expressions", "stop-dates") for path in (INVALID / folder).glob("*.yaml"))
TABLE = """\
process: prov
löper: 1 januari B-1 till 31 december B-1
organ:
  KS: {namn: Kommunstyrelsen, stoppdatum: krävs ej}
sammanträden:
  2025:
    KS: [4 mars, 6 maj, 3 juni]
faser:
- id: a
  aktiviteter:
"""
WRITTEN = {
    "mån 2/6": "mån 2 juni",
    "fre 2/6": None,  # no Friday
    "KS 3/6": "KS 3 juni",
    "KS 4/6": None,  # no meeting
    "dagen efter jul": "dagen efter annandag jul",
    "vardagen före KS i maj": "arbetsdagen före KS i maj",
    "vardagen före KS i april": None,  # no meeting
    "vardagen före KX i maj": None,  # no such name
    "före 10 mars": None,  # three ways to say it
}


def findings(project: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The errors that `check` finds in the project, as data: warnings are not looked for while there is one."""
    main(["check", "2026", "-v", "-f", "json", "-C", str(project)])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return [finding for finding in found if finding["severity"] == "error"]


def put_in(file: Path, fix: dict[str, Any]) -> None:
    """Writes a fix of one line into the file."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    line = lines[fix["line"] - 1]
    lines[fix["line"] - 1] = line[: fix["column"] - 1] + fix["text"] + line[fix["end_column"] - 1 :]
    file.write_text("".join(lines), encoding="utf-8")


def test_a_fix_removes_its_finding_and_adds_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of every broken file: afterwards there is one finding less, and none that was not there before."""
    tried = 0
    for file in FILES:
        project = tmp_path / file.stem
        project.mkdir(exist_ok=True)
        process = project / "process.yaml"
        shutil.copy(file, process)
        before = findings(project, capsys)
        for finding in before:
            if "fix" in finding:
                shutil.copy(file, process)
                put_in(process, finding["fix"])
                after = [(f["code"], f["line"], f["message"]) for f in findings(project, capsys)]
                assert (finding["code"], finding["line"], finding["message"]) not in after, file.name
                assert {f[:2] for f in after} <= {(f["code"], f["line"]) for f in before}, file.name
                tried += 1
    assert tried >= 5


def test_a_fix_is_offered_only_where_it_gives_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each text is tried in its year: another weekday, a meeting or a name that is not there, and there is no fix."""
    rows = "".join(f'  - {{id: a{number}, titel: A, när: "{text}"}}\n' for number, text in enumerate(WRITTEN))
    (tmp_path / "process.yaml").write_text(TABLE + rows, encoding="utf-8")
    first = TABLE.count("\n") + 1
    found = {finding["line"] - first: finding for finding in findings(tmp_path, capsys)}
    offered = {text: found[number].get("fix", {}).get("text") for number, text in enumerate(WRITTEN)}
    assert offered == WRITTEN
