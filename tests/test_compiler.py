"""The pipeline: what one run tells of several files at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from arshjul import compiler
from arshjul.compiler import compile_process, find_processes
from arshjul.diagnostics import InvalidProcess

FILES = {
    "process.yaml": """\
process: prov
använder: [organ.yaml, sammantraden-2025.yaml]
faser:
- id: fas
  aktiviteter:
  - {id: a, titel: A, när: KS i jun i, organ: KS}
  - {id: b, titel: B, när: 3 juni 2025, ansvarigt: nämnden}
  - {id: c, titel: C, när: KS i juni, organ: KS}
""",
    "organ.yaml": "organ:\n  KS: {namn: Kommunstyrelsen\n",
    "sammantraden-2025.yaml": "kalenderår: 2025\nKS: [{datum: 3 juni, skede: ja}]\n",
    "avvikelser-2026.yaml": "budgetår: 2026\nändra:\n  c: {kommentar: ny}\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one mistake in each of its files."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_one_run_tells_of_every_file(project: Path) -> None:
    """A file that cannot be read hides no mistake of another, and makes none of its own: names may stand in it."""
    (file,) = find_processes(project)
    with pytest.raises(InvalidProcess) as caught:
        compile_process(file, 2026)
    told = [(d.code, d.span.file, d.span.line) for d in caught.value.diagnostics if d.span]
    assert told == [
        ("missing-reason", "avvikelser-2026.yaml", 3),
        ("syntax", "organ.yaml", 2),
        ("expression", "process.yaml", 6),
        ("unknown-key", "process.yaml", 7),
    ]


def test_a_process_file_that_cannot_be_read_is_told_with_its_deviations(project: Path) -> None:
    """What the process file would say is unknown, but the year's own file is read all the same."""
    (project / "process.yaml").write_text("process: [prov\n", encoding="utf-8")
    (project / "avvikelser-2026.yaml").write_text("budgetår: 2026\nbudgetår: 2026\n", encoding="utf-8")
    (file,) = find_processes(project)
    with pytest.raises(InvalidProcess) as caught:
        compile_process(file, 2026)
    assert [d.code for d in caught.value.diagnostics] == ["duplicate-key", "syntax"]


@pytest.mark.parametrize("title", ["titel: Ett: två", 'titel: "Ett" två'])
def test_a_slip_of_yaml_hides_no_error_of_other_rows_and_files(tmp_path: Path, title: str) -> None:
    """Whether or not the slip has a fix: the rest is read as if its line were right, or not there."""
    rows = f"  - {{id: a, {title}, när: 3 juni B-1}}\n  - {{id: b, titel: B, när: 4 jni B-1}}\n"
    (tmp_path / "organ.yaml").write_text("organ: {KS: {namn: K, stoppdatum: 14 dgr före}}\n", encoding="utf-8")
    text = f"process: p\nanvänder: [organ.yaml]\nfaser:\n- id: f\n  aktiviteter:\n{rows}"
    (tmp_path / "process.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidProcess) as caught:
        compile_process(compiler.ProcessPath(tmp_path / "process.yaml", "process.yaml", tmp_path), 2026)
    found = [(error.span.file, error.span.line, error.code) for error in caught.value.diagnostics if error.span]
    assert found == [("organ.yaml", 1, "expression"), ("process.yaml", 6, "syntax"), ("process.yaml", 7, "expression")]
