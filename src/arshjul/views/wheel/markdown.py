"""Markdown: the months of the year by the years concerned, then every activity in order of its first day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arshjul.dates.swedish import month
from arshjul.formats.markdown import escaped, grid
from arshjul.views.wheel.model import WheelEntry
from arshjul.views.wheel.overview import (
    Line,
    Overview,
    columns,
    heading,
    lines,
    months,
    organisation,
    plans,
    undated_columns,
)


def render(overview: Overview) -> bytes:
    """UTF-8, `\\n`, a blank line between blocks; cells are not padded."""
    return ("\n\n".join(_blocks(overview)) + "\n").encode()


def _blocks(overview: Overview) -> Iterator[str]:
    wheel = overview.wheel
    dated, undated = lines(wheel.entries), lines(wheel.undated)
    yield f"# {heading(wheel)}"
    if name := organisation(wheel):
        yield escaped(name)
    if wheel.timelines:
        yield "\n".join(f"* {escaped(title)}: {escaped(standing)}" for title, standing in plans(overview))
    yield "Beslut står i **fet** stil."
    yield _matrix(overview, {line.entry.number: line for line in dated})
    yield f"## Aktiviteter {wheel.year}"
    yield _table(columns(wheel, dated), dated) if dated else f"Inget i planerna händer {wheel.year}."
    if undated:
        yield "## Ej fastställt"
        yield _table(undated_columns(wheel, undated), undated)


def _matrix(overview: Overview, rows: Mapping[int, Line]) -> str:
    years, found = months(overview.wheel)
    cells = [
        [month(number).capitalize(), *(_short(found.get((number, year), ()), rows) for year in years)]
        for number in range(1, 13)
    ]
    return grid(["Månad", *(f"Avser {year}" for year in years)], cells)


def _short(entries: Sequence[WheelEntry], rows: Mapping[int, Line]) -> str:
    return "<br>".join(f"{entry.number} {_titled(rows[entry.number])}" for entry in entries)


def _table(shown: Mapping[str, str], rows: Sequence[Line]) -> str:
    return grid(list(shown.values()), [[_cell(field, line) for field in shown] for line in rows])


def _cell(field: str, line: Line) -> str:
    if field == "aktivitet":
        return _titled(line)
    text = escaped(line.text(field))
    return f"~~{text}~~" if field == "datum" and line.cancelled else text


def _titled(line: Line) -> str:
    text = escaped(line.text("aktivitet"))
    return f"**{text}**" if line.decision else text
