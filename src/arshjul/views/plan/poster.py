"""*Affisch*: the year on one A3 on its side, as PDF by typst. Every place is computed here; the layout only draws.

A lane for each audience; in it each row in its time with its name beside it. All measures are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates.swedish import month
from arshjul.diagnostics import InvalidProcess, error
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Timeline
from arshjul.views.plan.pdf import compiled
from arshjul.views.publication import Edition
from arshjul.wording import bands
from arshjul.wording.dates import text_in_table
from arshjul.wording.heading import standing
from arshjul.wording.table import GROUPS, Section, TableRow, table

LEFT, WIDTH = 120.0, 1014.0  # of the calendar; what stands before it is the names of the lanes
ROOM = 650.0  # from the first lane to the legend
SIZES = (11.0, 10.0, 9.0, 8.0, 7.0)  # of text, the largest that fits is taken; less is not read on a wall
GAP, MARK, FRAME, LANE_EDGE = 6.0, 9.0, 4.0, 8.0
OTHERS = "övriga"
_NARROW = frozenset(" .,:;il")
_WIDE = frozenset("mwMWÅÄÖOQGDHNU%@&—…")


class Flag(Struct, frozen=True):
    """What stands in a lane: a name, and a mark from `start` to `end`. `kind` is day, span, window or phase.

    `stop` is where the papers are to be in, None where that is no day of the calendar.
    """

    text: str
    start: float
    end: float
    kind: str
    preliminary: bool = False
    decision: bool = False
    stop: float | None = None

    @property
    def first(self) -> float:
        """Where the mark begins, that of its stop date too."""
        return min(self.start, self.start if self.stop is None else self.stop - MARK / 2)

    @property
    def last(self) -> float:
        """Where the mark ends."""
        return max(self.end, self.start + MARK, self.end if self.stop is None else self.stop + MARK / 2)


class PlacedFlag(Struct, frozen=True):
    """A flag in the line `track` of its lane, with its name from `x` and `width` wide."""

    flag: Flag
    track: int
    x: float
    width: float

    @property
    def first(self) -> float:
        """Where what is drawn begins, name and mark."""
        return min(self.x, self.flag.first)

    @property
    def last(self) -> float:
        """Where it ends."""
        return max(self.x + self.width, self.flag.last)


def text_width(text: str, size: float) -> float:
    """How wide the text is at most, in the fonts of the poster, in bold."""
    return size * sum(
        1.05 if ord(c) > 0x24F else 0.88 if c in _WIDE else 0.31 if c in " .,:;il" else 0.58 for c in text
    )


def placed(flags: Sequence[Flag], size: float) -> list[PlacedFlag]:
    """Each in the first line that has room for it, its name after the mark, else before it, else on it.

    No two of a line come nearer than `GAP`, and all is within the width of the calendar. A name that has room in none
    of the three places is cut for the widest of them, which is a third of the calendar at least.
    """
    found = []
    for flag in flags:
        after, before, inside = WIDTH - flag.last - GAP, flag.first - GAP, flag.end - flag.start - GAP
        text = _fitted(flag.text, size, min(max(after, before, inside), WIDTH / 2) - FRAME)
        width = text_width(text, size) + FRAME
        x = flag.last + 2 if width <= after else flag.first - 2 - width if width <= before else flag.start + 2
        found.append(PlacedFlag(replace(flag, text=text), 0, x, width))
    ends: list[float] = []
    in_lines = []
    for each in sorted(found, key=lambda each: (each.first, each.last, each.flag.text)):
        track = next((number for number, end in enumerate(ends) if end + GAP <= each.first), len(ends))
        ends[track : track + 1] = [each.last]
        in_lines.append(replace(each, track=track))
    return in_lines


def render(plan: Edition) -> bytes:
    """A3 on its side.

    Raises:
        InvalidProcess: `limit`, where the names would be smaller than can be read.
    """
    return compiled("affisch.typ", poster(plan))


def poster(plan: Edition) -> dict[str, Any]:
    """What is drawn, in plain values.

    Raises:
        InvalidProcess: as `render`.
    """
    timeline = plan.timeline
    sections = table(timeline).sections
    days = _days(timeline, sections)
    lanes = _lanes(timeline, sections, _Calendar(*days)) if days else {}
    for size in SIZES:
        filled = {title: placed(flags, size) for title, flags in lanes.items()}
        line = size + 4
        height = sum(LANE_EDGE + line * (1 + max(each.track for each in flags)) for flags in filled.values())
        if height <= ROOM:
            break
    else:
        rows = len(timeline.activities)
        message = f"{clean(timeline.title)} får inte plats på en affisch: {rows} rader kräver text under 7 pt"
        bodies = sorted(body.id for body in timeline.bodies if any(row.concerns(body) for row in timeline.activities))
        alone = f"--body {bodies[0]}" if bodies else "--role och rollens namn"
        raise InvalidProcess([error(Code.LIMIT, message, None, f"bygg en del av planen, som {alone}, eller -f pdf")])
    undated = sum(not row.occurrences for row in timeline.activities)
    return {
        "title": clean(timeline.title),
        "organisation": clean(timeline.organisation),
        "budget_year": timeline.budget_year,
        "standing": standing(timeline, plan.findings),
        "undated": f"Utan datum, och inte med: {undated} av {len(timeline.activities)} rader." if undated else "",
        "size": size,
        "line": line,
        "left": LEFT,
        "width": WIDTH,
        "months": list(_Calendar(*days).months()) if days else [],
        "weeks": list(_Calendar(*days).weeks()) if days else [],
        "lanes": [_drawn(title, flags) for title, flags in filled.items()],
    }


def _drawn(title: str, flags: Sequence[PlacedFlag]) -> dict[str, Any]:
    return {
        "title": title.capitalize(),
        "tracks": 1 + max(each.track for each in flags),
        "flags": [
            {
                "text": each.flag.text,
                "kind": each.flag.kind,
                "preliminary": each.flag.preliminary,
                "decision": each.flag.decision,
                "track": each.track,
                "start": round(each.flag.start, 2),
                "end": round(max(each.flag.end, each.flag.start + 2), 2),
                "stop": None if each.flag.stop is None else round(each.flag.stop, 2),
                "x": round(each.x, 2),
                "width": round(each.width, 2),
            }
            for each in flags
        ],
    }


class _Calendar(Struct, frozen=True):
    """The days shown, whole months."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where the day begins."""
        return WIDTH * (day - self.first).days / ((self.last - self.first).days + 1)

    def months(self) -> Iterator[dict[str, Any]]:
        start = self.first
        while start <= self.last:
            after = _month_after(start)
            room = self.x(after) - self.x(start)
            name = month(start.month) if room > 50 else month(start.month)[:3] if room > 20 else ""
            year = str(start.year) if start.month == 1 or start == self.first else ""
            yield {"x": round(self.x(start), 2), "name": name, "year": year}
            start = after

    def weeks(self) -> Iterator[dict[str, Any]]:
        """As many as have room, every one or every second or so on."""
        step = 1 + int(11 / (self.x(self.first + timedelta(days=7)) or 1))
        day = self.first + timedelta(days=-self.first.weekday() % 7)
        while day + timedelta(days=3) <= self.last:
            yield {"x": round(self.x(day), 2), "number": day.isocalendar().week}
            day += timedelta(days=7 * step)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _days(timeline: Timeline, sections: Sequence[Section]) -> tuple[date, date] | None:
    """The first day of the first month and the last of the last; None without dates."""
    activities = [row.activity for section in sections for row in section.rows]
    ends = [day for a in activities for day in (a.start, a.end, a.stop_date.day) if day]
    ends += [day for window in timeline.windows for day in (window.start, window.end)]
    return (min(ends).replace(day=1), _month_after(max(ends)) - timedelta(days=1)) if ends else None


def _lanes(timeline: Timeline, sections: Sequence[Section], calendar: _Calendar) -> dict[str, list[Flag]]:
    """Title → what stands in the lane, none of them empty: phases, windows, then the audiences."""

    def band(text: str, kind: str, start: date, end: date) -> Flag:
        return Flag(text, calendar.x(start), calendar.x(end + timedelta(days=1)), kind)

    lanes: dict[str, list[Flag]] = {title: [] for title in ("faser", bands.HEADING, *GROUPS)}
    for section in sections:
        days = [day for row in section.rows for day in (row.activity.start, row.activity.end) if day]
        if section.title and days:
            lanes["faser"].append(band(section.title, "phase", min(days), max(days)))
    for window in timeline.windows:
        text = f"{clean(window.title)} {bands.days(window)}"
        lanes[bands.HEADING].append(band(text, "window", window.start, window.end))
    groups = {body.id: body.group for body in timeline.bodies}
    for row in (row for section in sections for row in section.rows):
        group = groups.get(row.activity.body or "") or next(iter(row.activity.participants), OTHERS)
        lanes.setdefault(group, []).extend(_flags(row, calendar))
    lanes[OTHERS] = lanes.pop(OTHERS, [])  # last
    return {title: flags for title, flags in lanes.items() if flags}


def _flags(row: TableRow, calendar: _Calendar) -> Iterator[Flag]:
    """One for each date of the row; its stop date with the first."""
    activity: Activity = row.activity
    title = clean(activity.title).partition("\n")[0]
    body = activity.body
    if body and body not in title.split(":")[0].split():
        title = f"{body}: {title}"
    if row.cancelled:
        title = f"INSTÄLLT: {title}"
    stop = activity.stop_date.day
    for number, each in enumerate(activity.occurrences):
        single = each.dated.extent.single
        start, end = calendar.x(each.start), calendar.x(each.end + timedelta(days=1))
        yield Flag(
            # that it is preliminary is what its dashed edge says, and its year the calendar
            f"{title}, {text_in_table(each.dated, each.start)}",
            min(start, WIDTH - MARK) if single else start,
            end,
            "day" if single else "span",
            each.preliminary,
            row.decision,
            calendar.x(stop) if stop and row.decision and number == 0 else None,
        )


def _fitted(text: str, size: float, room: float) -> str:
    """The text, its title cut where it has no room: the date at its end is kept."""
    if text_width(text, size) <= room:
        return text
    title, comma, said = text.rpartition(", ")
    said = comma + said if text_width(said, size) < room / 2 else ""
    title = title if said else text
    left = room - text_width(f"…{said}", size)
    kept = 0
    while kept < len(title) and (left := left - text_width(title[kept], size)) >= 0:
        kept += 1
    return f"{title[:kept].rstrip()}…{said}"
