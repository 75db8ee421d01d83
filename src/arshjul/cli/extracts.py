"""Flags that choose rows (`--body`, `--phase`, `--from` …) applied to a plan; an unknown name is a `Misuse`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from arshjul.cli.exits import Misuse
from arshjul.cli.suggestion import meant

if TYPE_CHECKING:
    from arshjul.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows wanted; None takes all. `first` and `last` are texts: without a year they need the plan's own."""

    body: str | None = None
    phase: str | None = None
    first: str | None = None
    last: str | None = None
    stop_dates: bool = False


def chosen_rows(timeline: Timeline, wanted: Selection) -> Timeline:
    """The plan with only the rows wanted; with `stop_dates`, days mean the stop date."""
    from arshjul import extract

    first, last = _days(timeline, wanted)
    timeline = of_phase(of_body(timeline, wanted.body), wanted.phase)
    if wanted.stop_dates:
        timeline = extract.stop_dates(timeline)
    if wanted.first is None and wanted.last is None:
        return timeline
    within = extract.stop_dates_between if wanted.stop_dates else extract.between
    return within(timeline, first, last)


def of_body(timeline: Timeline, body: str | None) -> Timeline:
    """What concerns the body."""
    from arshjul import extract

    return timeline if body is None else extract.for_body(timeline, body_id(timeline, body))


def body_id(timeline: Timeline, body: str) -> str:
    """The id of a body that is named by it in any case."""
    ids = {known.id.casefold(): known.id for known in timeline.bodies}
    if body.casefold() not in ids:
        raise Misuse(f"Organet {body} finns inte i {timeline.process}", meant(body, list(ids.values())))
    return ids[body.casefold()]


def of_phase(timeline: Timeline, phase: str | None) -> Timeline:
    """One phase, named by its id."""
    from arshjul import extract

    if phase is None:
        return timeline
    ids = [known.id for known in timeline.phases]
    if phase not in ids:
        raise Misuse(f"Fasen {phase} finns inte i {timeline.process}", meant(phase, ids))
    return extract.in_phase(timeline, phase)


def _days(timeline: Timeline, wanted: Selection) -> tuple[date, date]:
    from arshjul.cli.days import first_day, last_day

    start, end = timeline.start or date.min, timeline.end or date.max
    first = first_day(wanted.first, timeline.budget_year, start, end) if wanted.first else date.min
    last = last_day(wanted.last, timeline.budget_year, start, end) if wanted.last else date.max
    if last < first:
        raise Misuse("--to ligger före --from", "byt plats på dagarna")
    return first, last
