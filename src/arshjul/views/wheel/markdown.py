"""Markdown: the months of the year by the years concerned, then every activity in order of its first day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arshjul.dates.swedish import month
from arshjul.formats.markdown import escaped, grid
from arshjul.views.wheel.model import Wheel
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
    wheel = overview.wheel
    dated, undated = lines(wheel.entries), lines(wheel.undated)
    blocks = [f"# {heading(wheel)}"]
    if name := organisation(wheel):
        blocks.append(escaped(name))
    if wheel.timelines:
        blocks.append("\n".join(f"* {escaped(title)}: {escaped(standing)}" for title, standing in plans(overview)))
    blocks += ["Beslut står i **fet** stil.", _matrix(wheel, dated), f"## Aktiviteter {wheel.year}"]
    blocks.append(_table(columns(wheel, dated), dated) if dated else f"Inget i planerna händer {wheel.year}.")
    if undated:
        blocks += ["## Ej fastställt", _table(undated_columns(wheel, undated), undated)]
    return ("\n\n".join(blocks) + "\n").encode()


def _matrix(wheel: Wheel, dated: Sequence[Line]) -> str:
    """The months downwards, the years concerned across."""
    years, found = months(wheel)
    short = {line.entry.number: f"{line.entry.number} {_titled(line)}" for line in dated}
    cells = []
    for number in range(1, 13):
        of_years = [[short[entry.number] for entry in found.get((number, year), ())] for year in years]
        cells.append([month(number).capitalize(), *map("<br>".join, of_years)])
    return grid(["Månad", *(f"Avser {year}" for year in years)], cells)


def _table(shown: Mapping[str, str], lines_shown: Sequence[Line]) -> str:
    rows = []
    for line in lines_shown:
        texts = {field: escaped(line.text(field)) for field in shown} | {"aktivitet": _titled(line)}
        if line.cancelled:
            texts["datum"] = f"~~{texts.get('datum', '')}~~"
        rows.append([texts[field] for field in shown])
    return grid(list(shown.values()), rows)


def _titled(line: Line) -> str:
    text = escaped(line.text("aktivitet"))
    return f"**{text}**" if line.decision else text
