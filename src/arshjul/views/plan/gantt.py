"""The plan as bars and marks along its months: SVG sheets for the page, which styles them by class.

Attributes hold nothing but what is made here: drawsvg does not escape them. What somebody wrote stands as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import drawsvg
from msgspec import Struct

from arshjul.dates.swedish import month
from arshjul.formats.text import clean
from arshjul.timeline import Status, TimeWindow
from arshjul.wording import bands
from arshjul.wording.table import Section

SHEET_ROWS = 40  # more would be too small to read on one printed page
LABELS, CHART, EDGE = 350, 900, 6
HEAD, ROW = 44, 20
LETTER, BOLD = 0.56, 0.64  # of the font size: the width of a letter, rather too much than too little
TEXT = 12.5


class _Bar(Struct, frozen=True):
    """A stretch or a day: `kind` is phase, window, span, decision, day or stop."""

    start: date
    end: date
    kind: str
    preliminary: bool = False


class _Line(Struct, frozen=True):
    """One line of the chart. `tooltip` shows where a pointer rests on it; `row` is the id of the row that it draws."""

    label: str
    tooltip: str
    bars: tuple[_Bar, ...]
    heading: bool = False
    cancelled: bool = False
    row: str | None = None


class _Scale(Struct, frozen=True):
    """The days shown, whole months."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where the day begins, in hundredths."""
        return round(LABELS + CHART * (day - self.first).days / self.days, 2)

    def share(self, day: date) -> float:
        """Where the day begins, in per cent of the width."""
        return round(100 * (day - self.first).days / self.days, 2)

    def months(self) -> Iterator[date]:
        """The first day of each month."""
        start = self.first
        while start <= self.last:
            yield start
            start = _month_after(start)


def sheets(title: str, sections: Sequence[Section], windows: Sequence[TimeWindow]) -> list[str]:
    """The chart as one SVG, or as several along the same months where it is too long for a page; empty without dates.

    A phase is kept on one sheet where it has room there. Each root tells its `data-first` day and how many days
    (`data-days`) lie between `data-left` and `data-right`, for whoever wants to mark one.
    """
    groups = _groups(sections, windows)
    scale = _scale(groups)
    if scale is None:
        return []
    filled: list[list[_Line]] = [[]]
    for group in groups:
        if filled[-1] and len(filled[-1]) + len(group) > SHEET_ROWS:
            filled.append([])
        filled[-1].extend(group)
    return [_drawn(title, number, len(filled), lines, scale) for number, lines in enumerate(filled, start=1)]


def lanes(sections: Sequence[Section], windows: Sequence[TimeWindow]) -> dict[str, Any]:
    """The chart with one line a phase, for half a page: its decisions and their stop dates, and each window as a line.

    All places are hundredths of the width. Empty without dates.
    """
    groups = _groups(sections, windows)
    scale = _scale(groups)
    if scale is None:
        return {"months": [], "lanes": []}

    def placed(bar: _Bar) -> dict[str, Any]:
        start, end = scale.share(bar.start), scale.share(bar.end + timedelta(days=1))
        return {"kind": bar.kind, "preliminary": bar.preliminary, "start": start, "end": end}

    found = []
    for heading, *lines in groups:
        if not heading.heading or not heading.bars:
            found += [{"title": line.label, "bars": [placed(bar) for bar in line.bars]} for line in lines]
            continue
        decided = [line for line in lines if any(bar.kind == "decision" for bar in line.bars)]
        marks = [bar for line in decided for bar in line.bars if bar.kind in ("decision", "stop")]
        found.append({"title": heading.label, "bars": [placed(bar) for bar in (*heading.bars, *marks)]})
    months = [
        {"name": month(start.month)[:3], "year": start.year, "start": scale.share(start)} for start in scale.months()
    ]
    return {"months": months, "lanes": found}


def _groups(sections: Sequence[Section], windows: Sequence[TimeWindow]) -> list[list[_Line]]:
    """The windows, then each phase that has a date; a heading first."""
    groups = [group for group in map(_of_section, sections) if group]
    if windows:
        lines = [_Line(bands.HEADING, bands.HEADING, (), heading=True)]
        for window in sorted(windows, key=lambda window: (window.start, window.end)):
            about = clean(window.title)
            bar = _Bar(window.start, window.end, "window")
            lines.append(_Line(about, f"{bands.days(window)}: {about}", (bar,)))
        groups.insert(0, lines)
    return groups


def _scale(groups: Sequence[Sequence[_Line]]) -> _Scale | None:
    days = [day for group in groups for line in group for bar in line.bars for day in (bar.start, bar.end)]
    return _Scale(min(days).replace(day=1), _month_after(max(days)) - timedelta(days=1)) if days else None


def _of_section(section: Section) -> list[_Line]:
    lines = []
    for row in section.rows:
        activity = row.activity
        if not activity.occurrences:
            continue
        whole = activity.status is Status.PRELIMINARY
        stop = activity.stop_date
        bars = [_Bar(stop.day, stop.day, "stop", stop.preliminary)] if stop.day else []
        for each in activity.occurrences:
            kind = "span" if not each.dated.extent.single else "decision" if row.decision else "day"
            bars.append(_Bar(each.start, each.end, kind, each.preliminary or whole))
        title = clean(activity.title)
        tooltip = f"{', '.join(row.dates)}: {title}"
        lines.append(_Line(title, tooltip, tuple(bars), cancelled=row.cancelled, row=activity.id))
    if not lines or not section.title:
        return lines
    shown = [bar for line in lines for bar in line.bars if bar.kind != "stop"]
    start, end = min(bar.start for bar in shown), max(bar.end for bar in shown)
    return [_Line(section.title, section.title, (_Bar(start, end, "phase"),), heading=True), *lines]


def _drawn(title: str, number: int, count: int, lines: Sequence[_Line], scale: _Scale) -> str:
    height = HEAD + ROW * len(lines) + EDGE
    svg = drawsvg.Drawing(
        LABELS + CHART + EDGE,
        height,
        id_prefix=f"gantt-{number}-",
        class_="gantt",
        role="img",
        aria_labelledby=f"gantt-{number}-titel",
        data_first=scale.first.isoformat(),
        data_days=scale.days,
        data_left=LABELS,
        data_right=LABELS + CHART,
    )
    ends = " till ".join(f"{month(day.month)} {day.year}" for day in (scale.first, scale.last))
    part = f", del {number} av {count}" if count > 1 else ""
    described = f"{title} längs en tidsaxel, {ends}{part}. Samma uppgifter står i tabellerna."
    svg.append(drawsvg.Title(described, id=f"gantt-{number}-titel"))
    svg.extend(_months(scale, height))
    for row, line in enumerate(lines):
        y = HEAD + ROW * row
        group = drawsvg.Group(class_="cancelled" if line.cancelled else None, data_row=line.row and escape(line.row))
        group.append(drawsvg.Title(line.tooltip))
        indent = 0 if line.heading else 12
        room = int((LABELS - indent - 8) / (TEXT * (BOLD if line.heading else LETTER)))
        label = line.label.partition("\n")[0]
        if len(label) > room:
            label = f"{label[: room - 1].rstrip()}…"
        group.append(_text(label, indent, y + 14, class_="heading" if line.heading else "label"))
        group.extend(_shape(bar, y, scale) for bar in line.bars)
        if line.cancelled:
            group.append(drawsvg.Line(indent, y + 10, indent + len(label) * TEXT * 0.47, y + 10, class_="struck"))
        svg.append(group)
    return str(svg.as_svg(header=""))


def _months(scale: _Scale, height: int) -> Iterator[drawsvg.DrawingElement]:
    """A line where each month begins, its name where it has room, and the year at the first and where it changes."""
    room = CHART / scale.days * 30
    for start in scale.months():
        x = scale.x(start)
        yield drawsvg.Line(x, HEAD - 20, x, height - EDGE, class_="grid-year" if start.month == 1 else "grid")
        if room > 24 or start.month % 3 == 1:
            name = month(start.month)
            yield _text(name if room > 75 else name[:3], x + 4, HEAD - 8, class_="month")
        if start.month == 1 or start == scale.first:
            yield _text(str(start.year), x + 4, HEAD - 27, class_="year")


def _shape(bar: _Bar, y: float, scale: _Scale) -> drawsvg.DrawingElement:
    looks: dict[str, Any] = {"class_": f"{bar.kind} preliminary" if bar.preliminary else bar.kind}
    start, end = scale.x(bar.start), scale.x(bar.end + timedelta(days=1))
    middle = round((start + end) / 2, 2)
    match bar.kind:
        case "decision":
            return _polygon((middle - 7, y + 10, middle, y + 3, middle + 7, y + 10, middle, y + 17), looks)
        case "day":
            return drawsvg.Circle(middle, y + 10, 5, **looks)
        case "stop":
            return _polygon((middle - 5, y + 5, middle + 5, y + 5, middle, y + 15), looks)
        case "phase":
            return drawsvg.Rectangle(start, y + 6, round(end - start, 2), 8, **looks)
        case _:
            return drawsvg.Rectangle(start, y + 4, round(max(end - start, 4), 2), 12, rx=2, **looks)


def _polygon(corners: Sequence[float], looks: Mapping[str, Any]) -> drawsvg.Lines:
    return drawsvg.Lines(*(round(corner, 2) for corner in corners), close=True, **looks)


def _text(words: str, x: float, y: float, **looks: Any) -> drawsvg.Text:
    return drawsvg.Text(words, TEXT, x, y, **looks)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
