"""Everything printed as a date is an expression of the date language that gives the same days again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arshjul.compiler import ProcessPath, compile_process, find_processes
from arshjul.dates import syntax
from arshjul.dates.evaluate import evaluate
from arshjul.dates.parser import parse_value
from arshjul.definition import Expression
from arshjul.resolve import Setting
from arshjul.resolve import setting as known_setting
from arshjul.resolve.scope import StaticScope
from arshjul.resolve.setting import phase_frame
from arshjul.source import Text
from arshjul.timeline import Timeline
from arshjul.wording.dates import text_in_window
from arshjul.wording.table import table

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = find_processes(ROOT)
YEARS = (2021, 2023, 2026, 2029)


@pytest.fixture(scope="module", params=[(file, year) for file in PROCESSES for year in YEARS], ids=str)
def compiled(request: pytest.FixtureRequest) -> tuple[Timeline, Setting]:
    """A shipped process in one budget year, and the setting its expressions are read in."""
    file, year = request.param
    assert isinstance(file, ProcessPath)
    result = compile_process(file, year, checks=False)
    return result.timeline, known_setting(result.process, year)


def days(text: str, phase: str, setting: Setting) -> list[tuple[str, str]]:
    """First and last days of the text's dates, read where the phase's own expressions are read."""
    written = next(each for each in setting.process.phases if each.id == phase.partition(".")[0])
    value = parse_value(text)
    if isinstance(value, syntax.Undecided):
        return []
    scope = StaticScope(setting, phase_frame(setting, written), Expression(value, Text(text)))
    return [(str(d.extent.start), str(d.extent.end)) for d in evaluate(value, scope)]


def printed(timeline: Timeline) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Every text that the timeline prints as a date, with its phase and the days it stands for."""
    for activity in timeline.activities:
        for occurrence in activity.occurrences:
            yield text_in_window(occurrence.dated), activity.phase, [(str(occurrence.start), str(occurrence.end))]
        for dated in (activity.stop_date.dated, *(step.dated for step in activity.chain)):
            if dated:
                yield text_in_window(dated), activity.phase, [(str(dated.extent.start),) * 2]


def test_texts_of_a_timeline_parse_back(compiled: tuple[Timeline, Setting]) -> None:
    """Occurrences, stop dates and steps of a chain read again give their own days."""
    timeline, setting = compiled
    texts = list(printed(timeline))
    assert len(texts) > 10
    assert [(text, days(text, phase, setting)) for text, phase, _ in texts] == [(t, found) for t, _, found in texts]


@pytest.mark.parametrize("sortable", [False, True])
def test_dates_of_the_table_parse_back(compiled: tuple[Timeline, Setting], *, sortable: bool) -> None:
    """The dates of a row, with their years and marks, give the activity's days."""
    timeline, setting = compiled
    for section in table(timeline, sortable=sortable).sections:
        for row in section.rows:
            expected = sorted((str(o.start), str(o.end)) for o in row.activity.occurrences)
            found = [day for text in row.dates for day in days(text, row.activity.phase, setting)]
            assert sorted(found) == expected
