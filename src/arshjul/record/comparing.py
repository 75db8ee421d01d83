"""A plan against what was published before: which event is which, and the number that says it is the later one.

SEQUENCE is raised by every change of what a row holds and never falls (RFC 5545, 3.8.7.4; RFC 5546, 2.1.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha1, sha256
from itertools import count, takewhile

from msgspec import Struct
from msgspec.structs import replace

from arshjul.record.model import LONGEST_TITLE, MOST, EventLine, Record, Values
from arshjul.record.states import span_text, stop_text
from arshjul.timeline import Activity, Body, Occurrence, Timeline

UIDS = bytes.fromhex("5b0f3f0e6a0c5d0a9a3e2f6c1d7e8b41")  # our own name space for UUIDs made of a name

Home = tuple[str, str, str]  # organisation, process and budget year, as a UID has them


class EventKey(Struct, frozen=True):
    """An event in a plan: a row by its id, and which of the dates that it has now, from 1; None is its stop date."""

    row: str
    position: int | None = None


class EventVersion(Struct, frozen=True):
    """What a calendar says of an event so that readers know it again, and which of two is the later."""

    uid: str
    sequence: int = 0


class Published(Struct, frozen=True):
    """A process as a build publishes it. `basis` is what it was compared with, `rows` maps row → hash, in order."""

    process: str
    edition: int
    lines: Mapping[str, EventLine]
    versions: Mapping[EventKey, EventVersion]
    rows: Mapping[str, str]
    basis: str


def uid(home: Home, row: str, ordinal: int | None) -> str:
    """The name of an event, for ever: a UUID (version 5) of what it is, never of its date."""
    which = ("stoppdatum",) if ordinal is None else ("datum", str(ordinal))
    hashed = sha1(UIDS + "\n".join((*home, row, *which)).encode(), usedforsecurity=False).digest()
    number = int.from_bytes(hashed[:16]) & ~(0xF000 << 64) | (5 << 76)
    digits = f"{number & ~(0xC000 << 48) | (0x8000 << 48):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def published(timeline: Timeline, home: Home, record: Record, *, begins: bool = False, floor: int = 0) -> Published:
    """The whole plan, whatever of it is shown, as it follows upon the record.

    `begins` an edition; `floor` is the number of an event that was never published.
    """
    process = str(timeline.process)
    known = record.events.get(process, {})
    edition = record.editions.get(process, 0 if begins else 1) + begins
    numbering = _Numbering(known, record.rivals, edition, floor, begins)
    dates = _dates_of_rows(known)
    rows = row_hashes(timeline)
    lines: dict[str, EventLine] = {}
    versions: dict[EventKey, EventVersion] = {}
    for activity in timeline.activities:
        if activity.previous_id is None:
            held = dates.get(activity.id, {})
        else:  # by their UIDs: the record names the row as it was called when the line was written
            named = (uid(home, activity.previous_id, ordinal) for ordinal in count(1))
            held = dict(enumerate((known[name] for name in takewhile(known.__contains__, named)), start=1))
        for key, ordinal, values in _events(activity, held):
            name = uid(home, activity.lasting_id, ordinal)
            fresh = EventLine(name, process, rows[activity.id], 0, edition)
            if not activity.internal:
                title = " ".join(activity.title.split())[:LONGEST_TITLE] or None
                fresh = replace(fresh, row=_plain(activity.id), ordinal=ordinal, title=title, now=values)
            lines[name] = numbering.line(fresh)
            versions[key] = EventVersion(name, lines[name].sequence)
    for name, old in known.items():
        if name not in lines:
            lines[name] = numbering.gone(old)
    return Published(process, edition, lines, versions, rows, record.basis(process))


def row_hashes(timeline: Timeline) -> dict[str, str]:
    """Row → the hash of all that it holds, and of what a calendar says of it from elsewhere. No wording of ours."""
    bodies = {body.id: body for body in timeline.bodies}
    return {
        activity.id: _hash((*_content(activity, bodies), _plain(timeline.title), _plain(timeline.address)))
        for activity in timeline.activities
    }


def of_rows(hashes: Mapping[str, str], rows: Sequence[Activity]) -> str:
    """The hash of some rows together, in their order: what a file shows."""
    return _hash(tuple((_plain(row.id), hashes[row.id]) for row in rows))


class _Numbering(Struct, frozen=True):
    known: Mapping[str, EventLine]
    disputed: Mapping[str, EventLine]
    edition: int
    floor: int
    begins: bool

    def line(self, fresh: EventLine) -> EventLine:
        """The event with its number, the edition that changed it, and what it was when that edition began."""
        old = self.known.get(fresh.uid)
        if old is None:
            return replace(fresh, sequence=self.floor)
        if old.hash == fresh.hash and not old.gone and fresh.uid not in self.disputed:
            before = old.before if fresh.now else None
            return replace(fresh, sequence=old.sequence, edition=old.edition, before=before)
        return replace(fresh, sequence=min(old.sequence + 1, MOST), before=self._before(old) if fresh.now else None)

    def gone(self, old: EventLine) -> EventLine:
        if old.gone:
            return old
        return replace(old, gone=True, edition=self.edition, before=self._before(old))

    def _before(self, old: EventLine) -> Values | None:
        if old.edition == self.edition and not self.begins:
            return old.before
        return None if old.gone else old.now


def _dates_of_rows(known: Mapping[str, EventLine]) -> dict[str, dict[int, EventLine]]:
    """Row → the dates that it has had, by their ordinal."""
    found: dict[str, dict[int, EventLine]] = {}
    for line in known.values():
        if line.row is not None and line.ordinal is not None:
            found.setdefault(line.row, {})[line.ordinal] = line
    return found


def _events(activity: Activity, held: Mapping[int, EventLine]) -> Iterator[tuple[EventKey, int | None, Values]]:
    stop, status = stop_text(activity.stop_date), activity.status.value
    days = [span_text(occurrence) for occurrence in activity.occurrences]
    for position, (ordinal, span) in enumerate(zip(_ordinals(days, held), days, strict=True), start=1):
        yield EventKey(activity.id, position), ordinal, Values(span, status, stop)
    day = activity.stop_date.day or activity.stop_date.withdrawn
    if day is not None:
        yield EventKey(activity.id), None, Values(day.isoformat(), status, stop)


def _ordinals(days: Sequence[str], held: Mapping[int, EventLine]) -> list[int]:
    """Which date each of a list is: the one that was on its days, else the next one that has left its own, else new.

    So a date that is put in among others takes no other's name, and one that is moved keeps its own.
    """
    left = dict(sorted(held.items(), key=lambda each: (each[1].gone, each[0])))
    by_days: dict[str, list[int]] = {}
    for ordinal, line in left.items():
        if line.now:
            by_days.setdefault(line.now.days, []).append(ordinal)
    found: dict[int, int] = {}
    for position, span in enumerate(days):
        if same := by_days.get(span):
            found[position] = same.pop(0)
            del left[found[position]]
    moved = (ordinal for ordinal, line in left.items() if not line.gone)
    new = count(max(held, default=0) + 1)
    return [found[position] if position in found else next(moved, None) or next(new) for position in range(len(days))]


# --- what a row holds, as plain values: a change of how we write it must not look like a change of the plan ----------


def _hash(values: tuple[object, ...]) -> str:
    # ascii() spells every letter alike in all versions of Python; repr() asks a table that grows
    return sha256(ascii(values).encode()).hexdigest()


def _plain(text: str | None) -> str | None:
    # A text of the files knows its place: neither the hash nor the record is to.
    return None if text is None else str(text)


def _content(row: Activity, bodies: Mapping[str, Body]) -> tuple[object, ...]:
    body = bodies.get(row.body or "")
    participants = tuple(
        (_plain(group), tuple(map(_plain, names))) for group, names in sorted(row.participants.items())
    )
    texts = (row.responsible, row.case_officer, row.recipient, row.place, row.comment, row.purpose, row.goal, row.link)
    return (
        _plain(row.id),
        _plain(row.title),
        row.type and row.type.value,
        _plain(row.body),
        body and body.meeting_length,
        tuple(map(_date, row.occurrences)),
        tuple(map(_date, row.reserve)),
        row.as_of and _date(row.as_of),
        row.status.value,
        _plain(row.cancelled),
        stop_text(row.stop_date),
        row.stop_date.preliminary,
        row.stop_date.applies,
        participants,
        tuple(map(_plain, texts)),
    )


def _date(occurrence: Occurrence) -> tuple[object, ...]:
    dated, extent = occurrence.dated, occurrence.dated.extent
    clock = occurrence.clock
    marks = (dated.deadline, dated.earliest, dated.about, dated.uncertain, dated.if_needed, dated.alternative)
    names = tuple((_plain(name.text), name.year) for name in extent.names)
    parts = tuple(part.value for part in dated.parts)
    times = clock and (clock.start, clock.end)
    return (span_text(occurrence), extent.precision.value, names, parts, times, marks, occurrence.preliminary)
