"""`build --jobs`: the same files and messages however many processes make them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from arshjul.cli import main
from arshjul.cli.exits import UsageError
from arshjul.cli.workers import WORTH_IT, ahead, number_of_workers

PLAN = """process: {name}
titel: Plan {{B}}
organ: {{KS: {{namn: Kommunstyrelsen, stoppdatum: 14 dagar före}}}}
sammanträden: {{2025: {{KS: [2025-06-03]}}}}
faser:
- id: fas
  aktiviteter:
  - {{id: beslut, titel: Beslut, när: {when}, organ: KS, typ: beslut}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three processes, the second of which names what does not exist."""
    for name, when in (("a", "KS i juni"), ("b", "dagen före finns_inte"), ("c", "3 juni")):
        folder = tmp_path / "projekt" / "processes" / name
        folder.mkdir(parents=True)
        (folder / "process.yaml").write_text(PLAN.format(name=name, when=when), encoding="utf-8")
    return tmp_path / "projekt"


def built(
    project: Path, out: Path, jobs: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, Mapping[str, bytes]]:
    """Exit code, messages and files of a build."""
    code = main(["build", "2026", "-C", str(project), "-o", str(out), "-f", "md,html,xlsx", "--jobs", jobs])
    messages = capsys.readouterr().err.replace(str(out), "UT")
    return code, messages, {file.name: file.read_bytes() for file in sorted(out.iterdir())}


def test_workers_give_the_same_files_messages_and_exit_code(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where a process is wrong: its errors stand between the others' lines, in order."""
    alone = built(project, tmp_path / "ett", "1", capsys)
    code, messages, files = alone
    assert code == 1
    assert messages.index("[2/3]") < messages.index("fel[unknown-name]") < messages.index("[3/3]")
    assert {"a.md", "a.xlsx", "c.html", "index.html"} < set(files)
    assert built(project, tmp_path / "tre", "3", capsys) == alone


@pytest.mark.parametrize(
    ("jobs", "pieces", "workers"), [("3", 40, 3), ("8", 5, 5), ("1", 40, 1), (None, WORTH_IT - 1, 1)]
)
def test_how_many_workers(jobs: str | None, pieces: int, workers: int) -> None:
    """As many as asked for, and none without work; few pieces are not worth a start."""
    assert number_of_workers(jobs, pieces) == workers


def test_by_default_there_is_a_worker_for_each_core() -> None:
    """From `WORTH_IT` pieces on."""
    assert 1 <= number_of_workers(None, WORTH_IT) <= (os.cpu_count() or 1)


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "", "1.5", "²"])
def test_what_is_no_number_of_workers(jobs: str) -> None:
    """Refused with what to write."""
    with pytest.raises(UsageError, match="är inget antal"):
        number_of_workers(jobs, 3)


def half(number: int) -> int:
    """Fails for an odd number."""
    if number % 2:
        raise ValueError(number)
    return number // 2


def only_in(process: int) -> int:
    """Dies anywhere else."""
    if os.getpid() != process:
        os._exit(1)
    return process


def test_what_fails_in_a_worker_is_raised_where_it_is_asked_for() -> None:
    """With its own exception; the other pieces are done."""
    with ahead(half, (2, 3, 4), 2) as results:
        assert results(4) == 2
        with pytest.raises(ValueError, match="3"):
            results(3)
        assert results(2) == 1


def test_what_a_dead_worker_left_is_done_here() -> None:
    """A worker that the system kills loses no plan."""
    with ahead(only_in, (os.getpid(),), 2) as results:
        assert results(os.getpid()) == os.getpid()
