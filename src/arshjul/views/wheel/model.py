"""The årshjul of a calendar year: what every plan lets happen in it, whichever budget year it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Status, Timeline
from arshjul.views.wheel.circle import GAP, HUB, Arc, Kind, Mark, Ring, angle, arc, middle, ring

SHORTEST_PERIOD = 5  # days; the number of a shorter one has no room in its arc
NO_BODY = ""


class By(StrEnum):
    """What a ring holds."""

    PROCESS = "process"
    BODY = "body"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WheelEntry:
    """One activity and the plan it stands in; its number on the wheel is 0 if it is undated."""

    number: int
    timeline: Timeline
    activity: Activity


@dataclass(frozen=True, slots=True)
class Month:
    """1–12 and its angles."""

    number: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """A calendar year. `entries` stand in order of their first day in it, numbered from 1; rings from the inside out.

    `timelines` are those that something here is taken from.
    """

    year: int
    by: By
    timelines: tuple[Timeline, ...]
    entries: tuple[WheelEntry, ...]
    undated: tuple[WheelEntry, ...]
    years_concerned: tuple[int, ...]
    months: tuple[Month, ...]
    rings: tuple[Ring, ...]

    @property
    def radius(self) -> float:
        """Outer edge of the outermost ring."""
        return self.rings[-1].outer if self.rings else HUB


def wheel(timelines: Iterable[Timeline], year: int, by: By = By.PROCESS) -> Wheel:
    """Everything that the plans let happen in a calendar year.

    An activity belongs to the year if one of its days or its stop date does. One that several budget years of a
    process have alike is taken once. Undated ones are listed where their phase, or else their plan, runs in the year.
    """
    plans = sorted(timelines, key=lambda plan: (plan.process, plan.budget_year))
    found = tuple(_once(WheelEntry(0, plan, activity) for plan in plans for activity in plan.activities))
    dated = sorted((e for e in found if _days(e.activity, year)), key=lambda e: _first(e.activity, year))
    entries = tuple(replace(entry, number=number) for number, entry in enumerate(dated, start=1))
    undated = tuple(
        entry
        for entry in found
        if not entry.activity.occurrences and not _days(entry.activity, year) and _runs_in(entry, year)
    )
    everything = (*entries, *undated)
    return Wheel(
        year=year,
        by=by,
        timelines=tuple(plan for plan in plans if any(entry.timeline is plan for entry in everything)),
        entries=entries,
        undated=undated,
        years_concerned=tuple(sorted({entry.activity.year_concerned for entry in everything})),
        months=tuple(_month(year, number) for number in range(1, 13)),
        rings=_rings(entries, year, by),
    )


def starts(activity: Activity, year: int) -> list[date]:
    """The first day in the calendar year of each date that touches it, ascending; the stop date is one of them."""
    return sorted(max(start, date(year, 1, 1)) for start, _ in _days(activity, year))


def _first(activity: Activity, year: int) -> date:
    """The list is read by its dates: a stop date counts only where the activity itself falls in another year."""
    own = [max(start, date(year, 1, 1)) for start, _ in _stretches(activity, year)]
    return min(own) if own else starts(activity, year)[0]


def _once(entries: Iterable[WheelEntry]) -> Iterator[WheelEntry]:
    """Without dates there is nothing to tell the accounts of one year from those of another but the year."""
    seen = set()
    for entry in entries:
        activity = entry.activity
        days = tuple((o.start, o.end) for o in activity.occurrences)
        key = (entry.timeline.process, activity.id, days or activity.year_concerned)
        if key not in seen:
            seen.add(key)
            yield entry


def _days(activity: Activity, year: int) -> list[tuple[date, date]]:
    """First and last day of all that touches the year."""
    days = [(o.start, o.end) for o in activity.occurrences]
    if stop := activity.stop_date.day:
        days.append((stop, stop))
    return [pair for pair in days if _touches(*pair, year)]


def _touches(start: date, end: date, year: int) -> bool:
    return start.year <= year <= end.year


def _runs_in(entry: WheelEntry, year: int) -> bool:
    plan = entry.timeline
    own = [(phase.start, phase.end) for phase in plan.phases if phase.id == entry.activity.phase]
    written = [(start, end) for start, end in (*own, (plan.start, plan.end)) if start and end]
    return _touches(*written[0], year) if written else plan.budget_year == year + 1


def _month(year: int, number: int) -> Month:
    after = date(year + number // 12, number % 12 + 1, 1)
    return Month(number, angle(date(year, number, 1), year), angle(after, year))


def _rings(entries: Sequence[WheelEntry], year: int, by: By) -> tuple[Ring, ...]:
    rings: list[Ring] = []
    used = Counter(_name(entry, by) for entry in entries)
    # Years from the innermost out; of others the one with least to show is innermost, as it needs least room.
    for name in sorted(used, key=lambda name: (0 if by is By.YEAR else used[name], name)):
        own = [entry for entry in entries if _name(entry, by) == name]
        phases = _phases(own, year, by)
        periods = [period for entry in own for period in _periods(entry, year)]
        marks = [mark for entry in own for mark in _marks(entry, year)]
        rings.append(ring(name, rings[-1].outer + GAP if rings else HUB, phases, periods, marks))
    return tuple(rings)


def _name(entry: WheelEntry, by: By) -> str:
    match by:
        case By.PROCESS:
            return entry.timeline.process
        case By.YEAR:
            return str(entry.activity.year_concerned)
        case By.BODY:
            return entry.activity.body or NO_BODY


def _phases(entries: Sequence[WheelEntry], year: int, by: By) -> list[Arc]:
    """The titled phases that the entries stand in, each of the year that most of them concern.

    A phase is no body's own, so rings of bodies have none.
    """
    if by is By.BODY:
        return []
    years: dict[tuple[str, int, str], Counter[int]] = {}
    for entry in entries:
        of = (entry.timeline.process, entry.timeline.budget_year, entry.activity.phase)
        years.setdefault(of, Counter())[entry.activity.year_concerned] += 1
    plans = {(entry.timeline.process, entry.timeline.budget_year): entry.timeline for entry in entries}
    return [
        arc(phase.start, phase.end, year, years[*plan, phase.id].most_common(1)[0][0], title=phase.title)
        for plan, timeline in plans.items()
        for phase in timeline.phases
        if (*plan, phase.id) in years and phase.title and phase.start and phase.end
        if _touches(phase.start, phase.end, year)
    ]


def _periods(entry: WheelEntry, year: int) -> Iterator[Arc]:
    activity = entry.activity
    for start, end in _stretches(activity, year):
        if _is_period(start, end, year):
            drawn = arc(start, end, year, activity.year_concerned, number=entry.number)
            yield replace(drawn, cancelled=activity.status is Status.CANCELLED)


def _marks(entry: WheelEntry, year: int) -> Iterator[Mark]:
    activity = entry.activity
    kind = Kind.DECISION if activity.type is ActivityType.DECISION else Kind.ACTIVITY
    points = [(kind, start, end) for start, end in _stretches(activity, year) if not _is_period(start, end, year)]
    if (stop := activity.stop_date.day) and stop.year == year:
        points.append((Kind.STOP, stop, stop))
    for shape, start, end in points:
        cancelled = activity.status is Status.CANCELLED
        yield Mark(entry.number, shape, middle(start, end, year), activity.year_concerned, cancelled)


def _stretches(activity: Activity, year: int) -> list[tuple[date, date]]:
    return [(o.start, o.end) for o in activity.occurrences if _touches(o.start, o.end, year)]


def _is_period(start: date, end: date, year: int) -> bool:
    """What goes on outside the year is drawn as an arc however short its part in the year, or that would not show."""
    return (start.year, end.year) != (year, year) or (end - start).days + 1 >= SHORTEST_PERIOD
