"""The printed table that Markdown, HTML, CSV and Excel share: phases as sections, activities as rows of cells.

Every text is made here, once; a format only lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from msgspec import Struct

from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Column, Phase, Status, Timeline
from arshjul.wording.columns import EVERYBODY, OTHER, TIMES, Names, RowNotes, RowSource, cell, titles_of
from arshjul.wording.dates import Cell, dates_of_rows

OTHER_FIELDS = {
    "ansvarig": attrgetter("responsible"),
    "till": attrgetter("recipient"),
    "plats": attrgetter("place"),
    "per": attrgetter("as_of"),
    "syfte": attrgetter("purpose"),
    "mål": attrgetter("goal"),
    "underlag": attrgetter("inputs"),
    "taggar": attrgetter("tags"),
    "länk": attrgetter("link"),
    "källa": attrgetter("reference"),
}
NO_NOTES = RowNotes()
GROUPS = ("förtroendevalda", "nämnd", "tjänstemän")


class TableRow(Struct, frozen=True):
    """One activity. `cells` stand in the order of the table's columns; `dates` are the texts of its occurrences."""

    activity: Activity
    dates: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What the cells say."""
        return tuple(cell.text for cell in self.cells)

    @property
    def decision(self) -> bool:
        return self.activity.type is ActivityType.DECISION

    @property
    def cancelled(self) -> bool:
        return self.activity.status is Status.CANCELLED

    def narrowed(self, kept: Sequence[int]) -> TableRow:
        """The same row with those cells alone."""
        return TableRow(self.activity, self.dates, tuple(self.cells[n] for n in kept))


class Section(Struct, frozen=True):
    """A phase and its rows, never empty. `title` is empty where the phase has none."""

    phase: Phase
    title: str
    rows: tuple[TableRow, ...]


class Table(Struct, frozen=True):
    """`columns` without those empty in every row."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """All rows, in printed order."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def decisions(self) -> bool:
        """Whether any row is a decision."""
        return any(row.decision for row in self.rows)


def table(
    timeline: Timeline,
    columns: Sequence[Column] = (),
    *,
    sortable: bool = False,
    alone: bool = False,
    marked: bool = True,
    notes: RowNotes = NO_NOTES,
) -> Table:
    """A section for each phase that has rows, with these columns or those of `columns_of`, and those of the notes.

    A date has its year where the one above it in its section has another; where each row is read `alone`, each has its
    own. In a `sortable` table every date of a row has it too. `marked` is whether the format marks decisions.
    """
    columns = columns or columns_of(timeline)
    columns = (*columns, *(column for column in notes.columns() if column not in columns))
    names = Names(
        titles_of(timeline),
        {phase.id: phase.title or "" for phase in timeline.phases},
        frozenset(column.field for column in columns) - {EVERYBODY},
    )
    # One walk through the rows: to ask every phase for its own is phases times rows, and both grow with the plan.
    times = TIMES not in names.grouped
    by_phase: dict[str, list[Activity]] = {}
    for activity in timeline.activities:
        by_phase.setdefault(activity.phase, []).append(activity)
    sections = []
    for phase in timeline.phases:
        activities = by_phase.get(phase.id, [])
        read_together = [[each] for each in activities] if sortable or alone else [activities]
        dates = [texts for rows in read_together for texts in dates_of_rows(rows, times=times)]
        rows = []
        for activity, texts in zip(activities, dates, strict=True):
            source = RowSource(activity, texts, names, sortable, timeline.budget_year, notes, marked)
            rows.append(TableRow(activity, texts, tuple(cell(column.field, source) for column in columns)))
        if rows:
            sections.append(Section(phase, clean(phase.title), tuple(rows)))
    return _without_empty_columns(Table(tuple(columns), tuple(sections)))


def columns_of(timeline: Timeline) -> tuple[Column, ...]:
    """The columns that the process chose, else those that the documents have as a rule."""
    return timeline.columns or default_columns(timeline.activities)


def default_columns(activities: Iterable[Activity]) -> tuple[Column, ...]:
    """The columns as the documents print them, then one for every other field that some row has written.

    Further groups follow the three usual ones, in order of first use.
    """
    groups, written = dict.fromkeys(GROUPS), set[str]()
    for activity in activities:
        groups |= dict.fromkeys(activity.participants)
        written |= {field for field, value in OTHER_FIELDS.items() if value(activity)}
    return (
        Column("datum", "Datum"),
        Column("aktivitet", "Aktivitet"),
        *map(_under_its_name, groups),
        Column("stoppdatum", "Stoppdatum"),
        Column("handläggare", "Ansvarig för tjänsteskrivelse"),
        Column("kommentar", "Kommentar"),
        *(_under_its_name(field) for field in OTHER_FIELDS if field in written),
        _under_its_name(OTHER),
    )


def _under_its_name(field: str) -> Column:
    return Column(field, field[:1].upper() + field[1:])


def _without_empty_columns(full: Table) -> Table:
    kept = [index for index in range(len(full.columns)) if any(row.cells[index].text for row in full.rows)]
    if len(kept) == len(full.columns):
        return full
    sections = (
        Section(section.phase, section.title, tuple(row.narrowed(kept) for row in section.rows))
        for section in full.sections
    )
    return Table(tuple(full.columns[index] for index in kept), tuple(sections))
