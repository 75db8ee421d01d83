"""Why dates differ: which inputs changed, and which dates follow from them, each under exactly one cause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from arshjul.views.diff.pairing import Pair
from arshjul.views.diff.version import DATES, ComparedRow, Dating, MeetingDay, SourceLine, Version, WrittenRule


class CauseKind(StrEnum):
    """What kind of input changed; in this order where a date follows from two."""

    MEETING = "meeting"
    RULE = "rule"
    DEVIATION = "deviation"
    CALENDAR = "calendar"
    OWN = "own"


class Cause(Struct, frozen=True):
    """A changed input. `name` is the body of a meeting, the row or the body of a rule; `part` the part of the row.

    `old` and `new` are the days of a meeting, None where there was or is none, or the texts of a rule. OWN is of the
    date itself, where nothing that is known of changed: a version that was read from JSON does not say more.
    """

    kind: CauseKind
    name: str = ""
    part: str = ""
    old: date | str | None = None
    new: date | str | None = None
    place: SourceLine | None = None
    reason: str | None = None


class DatePart(Struct, frozen=True):
    """A part of a paired row: its number among the pairs, and `datum`, `stoppdatum` or a step."""

    pair: int
    part: str


class ChangedDate(Struct, frozen=True):
    """A part of a paired row whose days differ; None where a version has no such part."""

    pair: Pair
    part: str
    old: Dating | None
    new: Dating | None

    @property
    def sides(self) -> tuple[Dating, ...]:
        return tuple(side for side in (self.old, self.new) if side)


def changed_dates(pairs: Sequence[Pair], *, common: bool = False) -> dict[DatePart, ChangedDate]:
    """Every date that differs, in the order of the rows; `common`: of the parts that both versions know."""
    found = {}
    for number, pair in enumerate(pairs):
        both = pair.new.parts.keys() & pair.old.parts.keys()
        for part in dict.fromkeys((*pair.new.parts, *pair.old.parts)):
            if common and part not in both:
                continue
            old, new = pair.old.parts.get(part), pair.new.parts.get(part)
            if not (old and new and old.same_as(new)) and _dated(old) | _dated(new):
                found[DatePart(number, part)] = ChangedDate(pair, part, old, new)
    return found


def _dated(dating: Dating | None) -> bool:
    """A stop date that is none, as of work, becomes no change when a body gets a chain."""
    return dating is not None and (bool(dating.days) or dating.kind != "not_required")


def causes_of(
    changed: Mapping[DatePart, ChangedDate], old: Version, new: Version, pairs: Sequence[Pair]
) -> dict[DatePart, Cause]:
    """The one cause of each changed date.

    In this order: how it is written changed; a meeting it is counted from was moved; the cause of what it follows; the
    calendar changed; itself.
    """
    attribution = _Attribution(changed, _MovedMeetings.between(old, new), pairs, _calendar_cause(old, new))
    found: dict[DatePart, Cause] = {}
    for node in changed:
        attribution.find(node, found)
    return found


class _MovedMeetings(Struct, frozen=True):
    """The meetings that changed, by body and day in the old version and in the new."""

    old: Mapping[tuple[str, date], Cause]
    new: Mapping[tuple[str, date], Cause]

    @classmethod
    def between(cls, old: Version, new: Version) -> _MovedMeetings:
        known = old.meetings is not None and new.meetings is not None
        causes = list(_moved_meetings(old.meetings or (), new.meetings or ())) if known else []
        return cls(
            {(cause.name, cause.old): cause for cause in causes if isinstance(cause.old, date)},
            {(cause.name, cause.new): cause for cause in causes if isinstance(cause.new, date)},
        )

    def behind(self, change: ChangedDate) -> Iterator[Cause]:
        """Those that the date was counted from, or is now."""
        if change.old:
            yield from (self.old[met] for met in change.old.meetings if met in self.old)
        if change.new:
            yield from (self.new[met] for met in change.new.meetings if met in self.new)


def _moved_meetings(old: Sequence[MeetingDay], new: Sequence[MeetingDay]) -> Iterator[Cause]:
    for body in sorted({meeting.body for meeting in (*old, *new)}):
        before = {meeting.day: meeting for meeting in old if meeting.body == body}
        after = {meeting.day: meeting for meeting in new if meeting.body == body}
        gone = [meeting for day, meeting in sorted(before.items()) if day not in after]
        come = [meeting for day, meeting in sorted(after.items()) if day not in before]
        for was, now in _moves(gone, come):
            place = now.place if now else was.place if was else None
            yield Cause(CauseKind.MEETING, body, "", was.day if was else None, now.day if now else None, place)


Move = tuple[MeetingDay | None, MeetingDay | None]


def _moves(gone: Sequence[MeetingDay], come: Sequence[MeetingDay]) -> Iterator[Move]:
    """What the plan says was moved, in either version; of what remains the nth of a year became the nth."""
    days_gone, days_come = ({m.day: m for m in gone}, {m.day: m for m in come})
    declared = [(days_gone[m.moved_from], m) for m in come if m.moved_from in days_gone]
    declared += [(m, days_come[m.moved_from]) for m in gone if m.moved_from in days_come]
    told = {m.day for move in declared for m in move}
    yield from declared
    for year in sorted({m.day.year for m in (*gone, *come)}):
        left = [[m for m in side if m.day.year == year and m.day not in told] for side in (gone, come)]
        if len(left[0]) == len(left[1]):
            yield from zip(*left, strict=True)
        else:
            yield from _within_months(*left)


def _within_months(gone: Sequence[MeetingDay], come: Sequence[MeetingDay]) -> Iterator[Move]:
    """Where meetings were added or dropped besides, one is moved if its month lost and got equally many."""
    for month in sorted({m.day.month for m in (*gone, *come)}):
        was, now = ([m for m in side if m.day.month == month] for side in (gone, come))
        if len(was) == len(now):
            yield from zip(was, now, strict=True)
        else:
            yield from ((m, None) for m in was)
            yield from ((None, m) for m in now)


def _calendar_cause(old: Version, new: Version) -> Cause | None:
    if old.calendar == new.calendar or old.meetings is None or new.meetings is None:
        return None
    gone = [line for line in old.calendar if line not in new.calendar]
    come = [line for line in new.calendar if line not in old.calendar]
    return Cause(CauseKind.CALENDAR, "", "", "; ".join(gone) or None, "; ".join(come) or None)


class _Attribution:
    """Finds causes backwards along what each date follows."""

    def __init__(
        self,
        changed: Mapping[DatePart, ChangedDate],
        meetings: _MovedMeetings,
        pairs: Sequence[Pair],
        calendar: Cause | None,
    ) -> None:
        self._changed, self._meetings, self._calendar = changed, meetings, calendar
        self._renamed = {old: new for pair in pairs if (old := _name(pair.old)) != (new := _name(pair.new))}
        self._old = _nodes_by_name((number, pair.old) for number, pair in enumerate(pairs))
        self._new = _nodes_by_name((number, pair.new) for number, pair in enumerate(pairs))

    def find(self, start: DatePart, found: dict[DatePart, Cause]) -> None:
        """Put the cause of a date, and of all it follows, into `found`. Chains are longer than stacks: no recursion."""
        waiting, opened = [start], set[DatePart]()
        while waiting:
            node = waiting[-1]
            direct = None if node in found else self._direct(self._changed[node])
            if node in found or direct:
                found.setdefault(node, direct) if direct else None
                waiting.pop()
                continue
            followed = self._followed(node)
            pending = [each for each in followed if each not in found and each not in opened]
            if node not in opened and pending:
                opened.add(node)
                waiting += pending
                continue
            inherited = [found[each] for each in followed if each in found]
            changed = self._changed[node]
            own = Cause(CauseKind.OWN, changed.pair.new.id, changed.part)
            found[node] = min(inherited, key=_order, default=self._calendar or own)
            waiting.pop()

    def _direct(self, change: ChangedDate) -> Cause | None:
        """The way it is written, else a meeting that was moved."""
        rules = [side.rule for side in change.sides if side.rule]
        if len(rules) == 2:
            # A new name in a rule moves nothing.
            now = re.sub(r"\w+", lambda word: self._renamed.get(word[0], word[0]), rules[0].text)
            if now != rules[1].text:
                return _rule_cause(change, rules[0], rules[1])
        return min(self._meetings.behind(change), key=_order, default=None)

    def _followed(self, node: DatePart) -> list[DatePart]:
        """The changed dates that it was, or is, computed from; a stop date or step last its row's own."""
        change = self._changed[node]
        names = [(self._old, name) for name in (change.old.follows if change.old else ())]
        names += [(self._new, name) for name in (change.new.follows if change.new else ())]
        nodes = [each for index, name in names for each in index.get(name, ())]
        if node.part != DATES:
            nodes.append(DatePart(node.pair, DATES))
        return [each for each in dict.fromkeys(nodes) if each in self._changed and each != node]


def _name(row: ComparedRow) -> str:
    """What expressions call it."""
    return row.activity or row.id


def _rule_cause(change: ChangedDate, old: WrittenRule, new: WrittenRule) -> Cause:
    deviating = next((rule for rule in (new, old) if rule.deviation), None)
    kind = CauseKind.DEVIATION if deviating else CauseKind.RULE
    of_body = old.body if old.body == new.body else None
    reason = deviating.reason if deviating else None
    return Cause(kind, of_body or change.pair.new.id, change.part, old.text, new.text, (deviating or new).place, reason)


def _order(cause: Cause) -> tuple[int, str, str, list[str]]:
    """The same from both sides: what was and what is stand in one order."""
    return (list(CauseKind).index(cause.kind), cause.name, cause.part, sorted((str(cause.old), str(cause.new))))


def _nodes_by_name(rows: Iterable[tuple[int, ComparedRow]]) -> dict[str, list[DatePart]]:
    """What a step may say it follows → the dates that it means: `a`, every round of `a`, `a.april.utskick`."""
    index: dict[str, list[DatePart]] = {}
    for number, row in rows:
        for name in dict.fromkeys((row.id, row.activity or row.id)):
            index.setdefault(name, []).append(DatePart(number, DATES))
        for part in row.parts:
            index.setdefault(f"{row.id}.{part}", []).append(DatePart(number, part))
    return index
