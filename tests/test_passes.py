"""How often the rows of a plan are gone through: a number that may only fall, and that does not grow with the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from arshjul.checks import Subject, examine
from arshjul.compiler import compile_process, find_processes
from arshjul.plan import Plan
from arshjul.templates import templates
from arshjul.timeline import Activity
from arshjul.views.plan import render
from arshjul.views.publication import Audience, Publication, WebPage

# What is done with a plan → how many times at most it goes through the rows.
MOST = {"check": 1, "md": 4, "json": 1, "csv": 3, "html": 7}
ROW = "  - {{id: a{n}, titel: Rad {n}, när: {day} juni, organ: KS, typ: beslut}}\n"
HEAD = """process: p
organ: {KS: {namn: Kommunstyrelsen, stoppdatum: 14 dagar före}}
sammanträden: {2025: {KS: [2025-06-03]}}
faser:
- id: fas
  aktiviteter:
"""


class Counted(tuple[Activity, ...]):
    """The rows of a timeline, which count how often they are gone through."""

    passes: ClassVar[Counter[str]] = Counter()

    def __iter__(self) -> Iterator[Any]:
        self.passes["rows"] += 1
        return super().__iter__()


def plan(folder: Path, rows: int) -> Plan:
    """A plan of so many rows."""
    folder.mkdir()
    text = HEAD + "".join(ROW.format(n=n, day=1 + n % 30) for n in range(rows))
    (folder / "process.yaml").write_text(text, encoding="utf-8")
    (file,) = find_processes(folder)
    compiled = compile_process(file, 2026)
    return replace(compiled, timeline=replace(compiled.timeline, activities=Counted(compiled.timeline.activities)))


def passes(work: str, folder: Path, rows: int) -> int:
    """How often that work goes through the rows of a plan in a folder of its own."""
    of = plan(folder, rows)
    Counted.passes.clear()
    if work == "check":
        examine(Subject(of, lambda: iter(()), lambda: iter(())))
    else:
        render(work, Publication(of.timeline, of.findings, Audience.INTERNAL, WebPage(templates(folder))))
    return Counted.passes["rows"]


@pytest.mark.parametrize("work", MOST)
def test_rows_are_gone_through_a_fixed_number_of_times(work: str, tmp_path: Path) -> None:
    """As often for sixty rows as for six, and no oftener than when this was written."""
    few, many = passes(work, tmp_path / "få", 6), passes(work, tmp_path / "många", 60)
    assert 0 < few == many
    assert many <= MOST[work]
