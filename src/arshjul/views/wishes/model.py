"""What processes wish of the meeting plan of a calendar year, and how a plan of it meets that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from arshjul.resolve.needs import Need
from arshjul.timeline import Activity, Judgement, PlannedMeeting, Timeline


class State(StrEnum):
    """How a plan meets a wish; OPEN where the body has no plan of that year."""

    OPEN = "open"
    MET = "met"
    UNMET = "not met"
    MISSING = "missing"


class Wish(Struct, frozen=True):
    """A meeting that a process needs for one of its rows.

    `meeting` is the day that the plan has for it; `broken` are the rules, as written, that the day does not keep.
    `choices` are the days that it could be where the plan does not say which: there are several, or the row hangs on
    another one that has no date.
    """

    process: str
    budget_year: int
    title: str
    need: Need
    state: State = State.OPEN
    meeting: date | None = None
    broken: tuple[str, ...] = ()
    choices: tuple[date, ...] = ()


class WishesPage(Struct, frozen=True):
    """All wishes of a calendar year, by body and day. `bodies` maps id → name; `plan` is the file that is judged."""

    year: int
    wishes: tuple[Wish, ...]
    bodies: Mapping[str, str]
    plan: str | None = None

    @property
    def judged(self) -> bool:
        """Whether some body has a plan."""
        return any(wish.state is not State.OPEN for wish in self.wishes)

    @property
    def by_body(self) -> Mapping[str, Sequence[Wish]]:
        """Body → its wishes."""
        return {body: [wish for wish in self.wishes if wish.need.body == body] for body in self.bodies}


def page(year: int, wishes: Iterable[Wish], names: Mapping[str, str], plan: str | None = None) -> WishesPage:
    """The page, bodies in the order of their first wish's days."""
    ordered = sorted(wishes, key=lambda wish: (_first(wish), wish.process, wish.budget_year))
    bodies = sorted({wish.need.body for wish in ordered})
    return WishesPage(year, tuple(ordered), {body: names.get(body, body) for body in bodies}, plan)


def _first(wish: Wish) -> date:
    return wish.need.latest or wish.need.earliest or date.max


def judged(needs: Iterable[Need], timeline: Timeline, planned: Iterable[str], year: int) -> list[Wish]:
    """The needs of a plan against its meetings. `planned` are the bodies that have a plan of the calendar year."""
    rows = {activity.id: activity for activity in timeline.activities}
    bodies = frozenset(planned)
    found = []
    for need in needs:
        row = rows.get(need.row)
        if row is not None:
            wish = Wish(timeline.process, timeline.budget_year, row.title, need)
            found.append(_judged(wish, row, timeline, year) if need.body in bodies else wish)
    return found


def _judged(wish: Wish, row: Activity, timeline: Timeline, year: int) -> Wish:
    need = wish.need
    days = {occurrence.start for occurrence in row.occurrences}
    held = [
        each for each in timeline.meetings if each.body == need.body and each.day.year == year and not each.cancelled
    ]
    within = [each.day for each in held if _is_within(each, need)]
    there = [each.day for each in held if each.day in days] if need.at_meeting else within
    if row.body != need.body:  # a row of several bodies: each has a meeting of its own among them
        there = there or within
    elif not row.occurrences and within:
        return replace(wish, state=State.UNMET, choices=tuple(within))
    if not there:
        return replace(wish, state=State.MISSING)
    broken = [*_broken_bounds(need, there[0]), *_broken_rules(row, timeline.judgements)] if need.at_meeting else []
    state = State.UNMET if broken else State.MET
    return replace(wish, state=state, meeting=there[0], broken=tuple(dict.fromkeys(broken)))


def _is_within(meeting: PlannedMeeting, need: Need) -> bool:
    return (need.earliest or date.min) <= meeting.day <= (need.latest or date.max)


def _broken_bounds(need: Need, day: date) -> tuple[str, ...]:
    """The rules that bound it by days of their own. Those that hang on other meetings are judged by their days."""
    return tuple(
        each.rule
        for each in need.bounds
        if each.day and each.through is None and (day > each.day if each.latest else day < each.day)
    )


def _broken_rules(row: Activity, judgements: Iterable[Judgement]) -> tuple[str, ...]:
    return tuple(each.rule for each in judgements if each.activity == row.id and not each.held)
