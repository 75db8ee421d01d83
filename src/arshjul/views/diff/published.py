"""The last edition of a plan, as the record has it, as one side of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from arshjul.dates.swedish import joined
from arshjul.record.states import RowState
from arshjul.timeline import STOP_DATE, StopKind
from arshjul.views.diff.built import day_words, one_day
from arshjul.views.diff.version import DATES, ComparedRow, Dating, Version
from arshjul.wording.dates import STOP_WORDS, UNDATED


def version_of_edition(states: Mapping[str, RowState], label: str, process: str, budget_year: int) -> Version:
    """Of each row the days, the stop date and the status: the record holds no more, and so no more is compared."""
    rows = []
    for row, state in states.items():
        spans = [[date.fromisoformat(day) for day in text.split("/")] for text in state.days]
        texts = [day_words(days[0], days[-1]) for days in spans]
        dates = Dating(tuple((days[0], days[-1]) for days in spans), joined(texts) if texts else UNDATED, None)
        if state.stop is None or state.stop in set(StopKind):
            kind = StopKind(state.stop or StopKind.NOT_REQUIRED)
            stop = one_day(None, STOP_WORDS[kind] if state.stop else "", kind)
        else:
            stop = one_day(date.fromisoformat(state.stop), "")
        rows.append(ComparedRow(row, state.title or row, "", {DATES: dates, STOP_DATE: stop}, state.status))
    return Version(label, process, budget_year, process, tuple(rows), None, dates_only=True)
