"""A `fix` is true: put in at its place it removes its finding and adds none, in every broken file of the tests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from arshjul.cli import main

INVALID = Path(__file__).resolve().parent / "invalid"
DATES = Path(__file__).resolve().parent / "dates"
CASES = sorted(path for path in INVALID.glob("*/*") if path.suffix != ".out" and path.name != "expect.txt")
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
CORPUS = TABLE.replace("[4 mars, 6 maj, 3 juni]", "[4 mars, 6 maj, 3 juni, 2 september]\n    KF: [16 juni]").replace(
    "organ:\n",
    "kalender: {perioder: {sommar: v. 28–31}}\norgan:\n  KF: {namn: Kommunfullmäktige}\n  BUN: {namn: Barnnämnden}\n",
) + "".join(
    f"  - {{id: {name}, titel: A, när: {when}}}\n"
    for name, when in {"budget_ks": "KS i juni", "budget_kf": "KF i juni", "a1": "3 mars", "per_dag": "31 mars"}.items()
)
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


def lay_out(case: Path, project: Path) -> None:
    """A case, which is a file or a folder, as a project of its own."""
    if case.is_dir():
        shutil.copytree(case, project)
    else:
        project.mkdir(parents=True)
        shutil.copy(case, project / "process.yaml")


def findings(project: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The errors that `check` finds in the project, as data: warnings are not looked for while there is one."""
    main(["check", "2026", "-v", "-f", "json", "-C", str(project)])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return [finding for finding in found if finding["severity"] == "error"]


def put_in(project: Path, fix: dict[str, Any]) -> None:
    """Writes a fix into its file: one text in place of a stretch, as any reader of the JSON would."""
    file = project / fix["file"]
    text = file.read_bytes().decode()
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: fix["line"] - 1])) + fix["column"] - 1
    end = sum(map(len, lines[: fix["end_line"] - 1])) + fix["end_column"] - 1
    file.write_bytes((text[:start] + fix["text"] + text[end:]).encode())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_fix_removes_its_finding_and_adds_none(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of every broken file: afterwards there is one finding less, and none that was not there before."""
    first = tmp_path / "before"
    lay_out(case, first)
    before = findings(first, capsys)
    for number, finding in enumerate(before):
        if "fix" in finding:
            project = tmp_path / str(number)
            lay_out(case, project)
            put_in(project, finding["fix"])
            after = findings(project, capsys)
            known = [told(each) for each in before if each is not finding]
            assert [told(each) for each in after if told(each) not in known] == []
            assert len(after) < len(before)


def corpus() -> list[tuple[str, str]]:
    """The expressions that the tables refuse, each with the key that it would stand at."""
    keys = {"value": "när", "stop": "stoppdatum", "duration": "längd", "condition": "om", "times": "tid"}
    wrong = (DATES / "wrong-expressions.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
    blocks = (block.partition("\n")[0] for block in wrong)
    answered = (DATES / "readings.txt").read_text(encoding="utf-8").splitlines()
    return [
        *((keys[head[:10].strip()], head[10:]) for head in blocks if head[:10].strip() in keys),
        *(("när", line.split(" = ")[0]) for line in answered if " = " in line and not line.startswith("#")),
    ]


def row_of(number: int, key: str, text: str) -> str:
    """A row with the expression at its key, all on one line; `CORPUS` has what its names name."""
    quoted = "'" + text.replace("'", "''") + "'"
    rest = {"när": "", "längd": "start: 3 mars, "}.get(key, "när: KS i maj, organ: KS, typ: beslut, ")
    return f"  - {{id: rad{number}, titel: Rad, {rest}{key}: {quoted}}}\n"


def test_the_fixes_of_all_refused_expressions_are_true(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Put in together they leave no error at their own rows, and none that was not there before."""
    file, first, fixed = tmp_path / "process.yaml", CORPUS.count("\n") + 1, 0
    expressions = corpus()
    for start in range(0, len(expressions), 40):  # of more findings a run shows only how many there are
        batch = expressions[start : start + 40]
        rows = "".join(row_of(start + number, key, text) for number, (key, text) in enumerate(batch))
        file.write_text(CORPUS + rows, encoding="utf-8")
        before = findings(tmp_path, capsys)
        offered = [finding["fix"] for finding in before if "fix" in finding and finding["line"] >= first]
        lines = {fix["line"] for fix in offered}
        # Of a habit that stands in several rows the fix spans them all, and is put in by itself elsewhere.
        single = [fix for fix in offered if fix["line"] == fix["end_line"]]
        for fix in sorted(single, key=lambda fix: (fix["line"], fix["column"]), reverse=True):
            put_in(tmp_path, fix)
        known = {told(finding) for finding in before if finding["line"] not in lines}
        wrong = [finding for finding in findings(tmp_path, capsys) if told(finding) not in known]
        at_fixes = {fix["line"] for fix in single}
        assert [finding for finding in wrong if finding["line"] in at_fixes] == []
        fixed += len(single)
    assert fixed > 60


def told(finding: dict[str, Any]) -> tuple[str, str, int]:
    """What a finding is known by when its column, or the words quoted in it, may have moved."""
    return finding["code"], finding["file"], finding["line"]


def test_there_are_fixes_of_many_kinds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A property of nothing would hold."""
    codes = set()
    for case in CASES:
        project = tmp_path / case.parent.name / case.name
        lay_out(case, project)
        codes |= {finding["code"] for finding in findings(project, capsys) if "fix" in finding}
    assert codes >= {"expression", "syntax", "unknown-key", "unknown-name", "wrong-type"}


def test_a_fix_is_offered_only_where_it_gives_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each text is tried in its year: another weekday, a meeting or a name that is not there, and there is no fix."""
    rows = "".join(f'  - {{id: a{number}, titel: A, när: "{text}"}}\n' for number, text in enumerate(WRITTEN))
    (tmp_path / "process.yaml").write_text(TABLE + rows, encoding="utf-8")
    first = TABLE.count("\n") + 1
    found = {finding["line"] - first: finding for finding in findings(tmp_path, capsys)}
    offered = {text: found[number].get("fix", {}).get("text") for number, text in enumerate(WRITTEN)}
    assert offered == WRITTEN
