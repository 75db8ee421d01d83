"""The årshjul in words: what its table, its marks and its legend say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from arshjul.definition import ActivityType
from arshjul.diagnostics import Diagnostic
from arshjul.formats.text import clean
from arshjul.timeline import Status
from arshjul.views.wheel.circle import Ring
from arshjul.views.wheel.model import NO_BODY, By, Wheel, WheelEntry, starts
from arshjul.wording.columns import title
from arshjul.wording.dates import Cell, dates_cell, stop_date_cell
from arshjul.wording.heading import standing

COLUMNS = {
    "nummer": "Nr",
    "datum": "Datum",
    "aktivitet": "Aktivitet",
    "avser": "Avser",
    "process": "Process",
    "organ": "Organ",
    "typ": "Typ",
    "stoppdatum": "Stoppdatum",
}


class Overview(Struct, frozen=True):
    """What a format of the wheel is given. `findings` maps (process, budget year) → those of that plan."""

    wheel: Wheel
    findings: Mapping[tuple[str, int], tuple[Diagnostic, ...]] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)


class Line(Struct, frozen=True):
    """One row of the table; `cells` maps the fields of COLUMNS → what they say."""

    entry: WheelEntry
    cells: Mapping[str, Cell]

    def text(self, field: str) -> str:
        """What a cell says; may be empty."""
        return self.cells[field].text

    @property
    def decision(self) -> bool:
        return self.entry.activity.type is ActivityType.DECISION

    @property
    def cancelled(self) -> bool:
        return self.entry.activity.status is Status.CANCELLED


def heading(wheel: Wheel) -> str:
    """`Årshjul 2026`"""
    return f"Årshjul {wheel.year}"


def organisation(wheel: Wheel) -> str:
    """The organisations of the plans, as a rule one."""
    names = dict.fromkeys(clean(plan.organisation) for plan in wheel.timelines)
    return ", ".join(filter(None, names))


def plans(overview: Overview) -> tuple[tuple[str, str], ...]:
    """The title and the standing of each plan that something is taken from."""
    found = overview.findings
    return tuple(
        (clean(plan.title), standing(plan, found.get((plan.process, plan.budget_year), ())))
        for plan in overview.wheel.timelines
    )


def lines(entries: Sequence[WheelEntry]) -> tuple[Line, ...]:
    """A row for each, in the same order."""
    rows = []
    for entry in entries:
        activity = entry.activity
        cells = {
            "nummer": Cell(str(entry.number or "")),
            "datum": dates_cell(activity),
            "aktivitet": Cell(title(activity)),
            "avser": Cell(str(activity.year_concerned)),
            "process": Cell(clean(entry.timeline.process)),
            "organ": Cell(clean(activity.body)),
            "typ": Cell(activity.type.value if activity.type else ""),
            "stoppdatum": stop_date_cell(activity.stop_date, activity.start),
        }
        rows.append(Line(entry, cells))
    return tuple(rows)


def columns(wheel: Wheel, shown: Sequence[Line]) -> Mapping[str, str]:
    """Field → heading, without those that no row fills; the process only where there are several."""
    several = len({plan.process for plan in wheel.timelines}) > 1
    used = {name for line in shown for name, cell in line.cells.items() if cell.text and (several or name != "process")}
    return {name: heading for name, heading in COLUMNS.items() if name in used}


def undated_columns(wheel: Wheel, shown: Sequence[Line]) -> Mapping[str, str]:
    """As `columns`, of rows that have no date to show."""
    return {name: heading for name, heading in columns(wheel, shown).items() if name != "datum"}


def one_line(line: Line) -> str:
    """The row in one line: `tisdag 7 juni 2022: KS: rambudget 2023 (beslut, avser 2023, stoppdatum 24 maj)`."""
    stop = f"stoppdatum {line.text('stoppdatum')}" if line.entry.activity.stop_date.day else ""
    about = ", ".join(filter(None, [line.text("typ"), f"avser {line.text('avser')}", stop]))
    return f"{line.text('datum')}: {line.text('aktivitet')} ({about})".replace("\n", " ")


def agenda(wheel: Wheel) -> Mapping[int, tuple[Line, ...]]:
    """Month, 1–12 → what happens in it; an activity stands where `months` has it."""
    found: dict[int, tuple[Line, ...]] = dict.fromkeys(range(1, 13), ())
    for line in lines(wheel.entries):
        for month in dict.fromkeys(day.month for day in starts(line.entry.activity, wheel.year)):
            found[month] = (*found[month], line)
    return found


def months(wheel: Wheel) -> tuple[tuple[int, ...], Mapping[tuple[int, int], tuple[WheelEntry, ...]]]:
    """The years concerned, at least last, this and next; and (month, year concerned) → what happens then of it.

    An activity stands in the month of each of its dates and of its stop date, a period in that where it begins.
    """
    years = sorted({wheel.year - 1, wheel.year, wheel.year + 1, *wheel.years_concerned})
    found: dict[tuple[int, int], list[WheelEntry]] = {}
    for entry in wheel.entries:
        for month in dict.fromkeys(day.month for day in starts(entry.activity, wheel.year)):
            found.setdefault((month, entry.activity.year_concerned), []).append(entry)
    return tuple(years), {key: tuple(entries) for key, entries in found.items()}


def ring_name(ring: Ring, by: By) -> str:
    """`rambudget`, `KS`, `Utan organ`, `Avser 2027`"""
    if by is By.YEAR:
        return f"Avser {ring.name}"
    return "Utan organ" if ring.name == NO_BODY else clean(ring.name)
