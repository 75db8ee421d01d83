"""The årshjul of a calendar year: what every plan lets happen in it, whichever budget year it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.extent import Precision
from arshjul.definition import ActivityType
from arshjul.timeline import Activity, Occurrence, Status, Timeline
from arshjul.views.wheel.circle import ONE_DAY, Arc, Kind, Mark, Ring, angle, arc, circles, middle

SHORTEST_PERIOD = 5  # days; the number of a shorter one has no room in its arc
NO_BODY = ""


class By(StrEnum):
    """What a ring holds."""

    PROCESS = "process"
    BODY = "body"
    YEAR = "year"


class WheelEntry(Struct, frozen=True):
    """One activity and the plan it stands in; its number on the wheel is 0 if it is undated."""

    number: int
    timeline: Timeline
    activity: Activity


class Month(Struct, frozen=True):
    """1–12 and its angles."""

    number: int
    start: float
    end: float


class Wheel(Struct, frozen=True):
    """A calendar year. `entries` stand in order of their first day in it, numbered from 1.

    `circles` are drawn one at a time, the one with most to show first, and have their rings from the inside out.
    `timelines` are those that something here is taken from.
    """

    year: int
    by: By
    timelines: tuple[Timeline, ...]
    entries: tuple[WheelEntry, ...]
    undated: tuple[WheelEntry, ...]
    years_concerned: tuple[int, ...]
    months: tuple[Month, ...]
    circles: tuple[tuple[Ring, ...], ...]

    @property
    def rings(self) -> tuple[Ring, ...]:
        """Those of all circles."""
        return tuple(ring for circle in self.circles for ring in circle)


def wheel(timelines: Iterable[Timeline], year: int, by: By = By.PROCESS) -> Wheel:
    """Everything that the plans let happen in a calendar year.

    An activity belongs to the year if one of its days or its stop date does. One that several budget years of a
    process have alike is taken once. Undated ones are listed where their phase, or else their plan, runs in the year.
    """
    plans = sorted(timelines, key=lambda plan: (plan.process, plan.budget_year))
    found: dict[tuple[object, ...], WheelEntry] = {}
    for plan in plans:
        for activity in plan.activities:
            days = tuple((o.start, o.end) for o in activity.occurrences)
            # Without dates nothing but the year tells the accounts of one year from those of another.
            same = (plan.process, activity.id, days or activity.year_concerned)
            found.setdefault(same, WheelEntry(0, plan, activity))
    first_day = date(year, 1, 1)
    # The list is read by its dates: a stop date counts only where the activity itself falls in another year.
    dated = sorted(
        (entry for entry in found.values() if _days(entry.activity, year)),
        key=lambda entry: max(min(_stretches(entry.activity, year) or _days(entry.activity, year))[0], first_day),
    )
    entries = tuple(replace(entry, number=number) for number, entry in enumerate(dated, start=1))
    undated = tuple(
        entry
        for entry in found.values()
        if not entry.activity.occurrences and not _days(entry.activity, year) and _runs_in(entry, year)
    )
    everything = (*entries, *undated)
    begins = [angle(date(year + month // 12, month % 12 + 1, 1), year) for month in range(13)]
    return Wheel(
        year=year,
        by=by,
        timelines=tuple(plan for plan in plans if any(entry.timeline is plan for entry in everything)),
        entries=entries,
        undated=undated,
        years_concerned=tuple(sorted({entry.activity.year_concerned for entry in everything})),
        months=tuple(Month(n, begins[n - 1], begins[n]) for n in range(1, 13)),
        circles=circles(_rings(entries, year, by)),
    )


def starts(activity: Activity, year: int) -> list[date]:
    """The first day in the calendar year of each date that touches it, ascending; the stop date is one of them."""
    return sorted(max(start, date(year, 1, 1)) for start, _ in _days(activity, year))


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


def _rings(entries: Sequence[WheelEntry], year: int, by: By) -> list[Ring]:
    rings: list[Ring] = []
    used = Counter(_name(entry, by) for entry in entries)
    # Years from the innermost out; of others the one with least to show is innermost, as it needs least room.
    for name in sorted(used, key=lambda name: (0 if by is By.YEAR else used[name], name)):
        own = [entry for entry in entries if _name(entry, by) == name]
        phases = _phases(own, year, by)
        periods: list[Arc] = []
        marks: list[Mark] = []
        for entry in own:
            activity = entry.activity
            concerned, cancelled = activity.year_concerned, activity.status is Status.CANCELLED
            decision = activity.type is ActivityType.DECISION
            for occurrence in activity.occurrences:
                start, end = occurrence.start, occurrence.end
                if not _touches(start, end, year):
                    continue
                sector = _sector_of_month(occurrence, year)
                # What goes on outside the year is an arc however short its part in the year, or that would not show.
                if sector:
                    kind = Kind.DECISION_SOME_DAY if decision else Kind.SOME_DAY
                    turn = sum(sector) / 2
                    marks.append(Mark(entry.number, kind, turn, concerned, cancelled, sector=sector))
                elif (start.year, end.year) != (year, year) or (end - start).days + 1 >= SHORTEST_PERIOD:
                    drawn = arc(start, end, year, concerned, number=entry.number)
                    periods.append(replace(drawn, cancelled=cancelled))
                else:
                    kind = Kind.DECISION if decision else Kind.ACTIVITY
                    marks.append(Mark(entry.number, kind, middle(start, end, year), concerned, cancelled))
            if (stop := activity.stop_date.day) and stop.year == year:
                marks.append(Mark(entry.number, Kind.STOP, middle(stop, stop, year), concerned, cancelled))
        rings.append(Ring(name, 0.0, 0.0, tuple(phases), tuple(periods), tuple(marks)))
    return rings


def _sector_of_month(occurrence: Occurrence, year: int) -> tuple[float, float] | None:
    """The angles of the month, or the part of it, where no more is known of the date."""
    start, end = occurrence.start, occurrence.end
    if occurrence.precision not in {Precision.MONTH, Precision.VAGUE} or (start.month, start.year, end.year) != (
        end.month,
        year,
        year,
    ):
        return None
    return angle(start, year), angle(end + ONE_DAY, year)


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


def _stretches(activity: Activity, year: int) -> list[tuple[date, date]]:
    return [(o.start, o.end) for o in activity.occurrences if _touches(o.start, o.end, year)]
