"""The printed table that Markdown, HTML, CSV and Excel share: phases as sections, activities as rows of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from arshjul.dates.extent import Precision
from arshjul.dates.swedish import joined, weekday
from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Column, Phase, Status, Timeline
from arshjul.wording.dates import (
    dates_of_rows,
    join_dates,
    occurrence_text,
    plain_day,
    plain_stop_day,
    step_text,
    stop_date_text,
)

GROUPS = ("förtroendevalda", "nämnd", "tjänstemän")
EVERYBODY = "deltagare"


@dataclass(frozen=True, slots=True)
class Row:
    """One activity. `cells` stand in the order of the table's columns; `dates` are the texts of its occurrences."""

    activity: Activity
    dates: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def decision(self) -> bool:
        return self.activity.type is ActivityType.DECISION

    @property
    def cancelled(self) -> bool:
        return self.activity.status is Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Section:
    """A phase and its rows, never empty. `title` is empty where the phase has none."""

    phase: Phase
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` without those empty in every row."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in printed order."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def decisions(self) -> bool:
        """Whether any row is a decision."""
        return any(row.decision for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids are called: activities and phases by title. `grouped` are the groups with a column of their own."""

    activities: Mapping[str, str]
    phases: Mapping[str, str]
    grouped: frozenset[str]


def table(timeline: Timeline) -> Table:
    """The columns of the process (or the default ones) and a section for each phase that has rows."""
    columns = timeline.columns or default_columns(timeline.activities)
    names = _Names(
        {activity.id: activity.title for activity in timeline.activities},
        {phase.id: phase.title or "" for phase in timeline.phases},
        frozenset(column.field for column in columns) - {EVERYBODY},
    )
    sections = [_section(phase, timeline.activities, columns, names) for phase in timeline.phases]
    return _without_empty_columns(Table(tuple(columns), tuple(section for section in sections if section.rows)))


def default_columns(activities: Iterable[Activity]) -> tuple[Column, ...]:
    """The columns as the documents print them; further groups follow the three usual ones, in order of first use."""
    used = dict.fromkeys([*GROUPS, *(group for activity in activities for group in activity.participants)])
    return (
        Column("datum", "Datum"),
        Column("aktivitet", "Aktivitet"),
        *(Column(group, group[:1].upper() + group[1:]) for group in used),
        Column("stoppdatum", "Stoppdatum"),
        Column("handläggare", "Ansvarig för tjänsteskrivelse"),
        Column("kommentar", "Kommentar"),
    )


def title(activity: Activity) -> str:
    """The title and what the reader must know of it: `KS: budget (inställt: inga ärenden)`."""
    marks = "; ".join(_marks(activity))
    return f"{clean(activity.title)} ({marks})" if marks else clean(activity.title)


def weekdays(activity: Activity) -> str:
    """`tisdag`, `onsdag–fredag`, `torsdag, måndag`; empty for months and other stretches not known by the day."""
    known = [o for o in activity.occurrences if o.precision is Precision.DAY]
    return _distinct(_stretch(weekday(o.start), weekday(o.end), one=o.start == o.end) for o in known)


def weeks(activity: Activity) -> str:
    """ISO 8601 weeks: `v. 23`, `v. 23–24`; empty for months and other stretches not known by the week."""
    known = [o for o in activity.occurrences if o.precision in {Precision.DAY, Precision.WEEK}]
    pairs = [(_week(o.start), _week(o.end)) for o in known]
    return _distinct(f"v. {_stretch(first, last, one=first == last)}" for first, last in pairs)


def day_of(field: str, activity: Activity) -> date | None:
    """The day behind a cell that says one certain day and nothing more, for the columns that hold dates."""
    if field == "datum":
        return plain_day(activity)
    return plain_stop_day(activity.stop_date) if field == "stoppdatum" else None


def is_web_link(text: str) -> bool:
    """Whether the text may become a link: nothing but the web and mail, and in one piece."""
    return text.startswith(("https://", "http://", "mailto:")) and not any(map(str.isspace, text))


def _section(phase: Phase, activities: Sequence[Activity], columns: Sequence[Column], names: _Names) -> Section:
    own = [activity for activity in activities if activity.phase == phase.id]
    rows = [_row(activity, dates, columns, names) for activity, dates in zip(own, dates_of_rows(own), strict=True)]
    return Section(phase, clean(phase.title), tuple(rows))


def _row(activity: Activity, dates: tuple[str, ...], columns: Sequence[Column], names: _Names) -> Row:
    cells = (_cell(column.field, activity, dates, names) for column in columns)
    return Row(activity, dates, tuple(clean(cell) for cell in cells))


def _cell(field: str, activity: Activity, dates: tuple[str, ...], names: _Names) -> str | None:
    if field == "datum":
        return join_dates(dates)
    if field in FIELDS:
        return FIELDS[field](activity, names)
    step = next((step for step in activity.chain if step.name == field), None)
    return step_text(step, activity.start) if step else _people(field, activity, names)


def _people(group: str, activity: Activity, names: _Names) -> str:
    """Those of the group; in the column `deltagare` all whom no other column names."""
    groups = [group] if group != EVERYBODY else [other for other in activity.participants if other not in names.grouped]
    return _distinct(name for each in groups for name in activity.participants.get(each, ()))


def _without_empty_columns(full: Table) -> Table:
    kept = [index for index in range(len(full.columns)) if any(row.cells[index] for row in full.rows)]
    sections = (
        Section(section.phase, section.title, tuple(_narrowed(row, kept) for row in section.rows))
        for section in full.sections
    )
    return Table(tuple(full.columns[index] for index in kept), tuple(sections))


def _narrowed(row: Row, kept: Sequence[int]) -> Row:
    return Row(row.activity, row.dates, tuple(row.cells[index] for index in kept))


def _marks(activity: Activity) -> Iterable[str]:
    if activity.status is Status.CANCELLED:
        yield f"inställt: {clean(activity.cancelled)}" if activity.cancelled else "inställt"
    if activity.status is Status.MOVED:
        yield "flyttat"
    if activity.reserve:
        yield f"reservdag {joined([occurrence_text(day, activity.start) for day in activity.reserve])}"


def _week(day: date) -> str:
    return str(day.isocalendar().week)


def _stretch(first: str, last: str, *, one: bool) -> str:
    return first if one else f"{first}–{last}"


def _distinct(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(texts))


def _times(activity: Activity, _: _Names) -> str:
    said = ((o.part.value if o.part else "", str(o.clock) if o.clock else "") for o in activity.occurrences)
    return _distinct(filter(None, (" ".join(filter(None, pair)) for pair in said)))


def _as_of(activity: Activity, _: _Names) -> str:
    return occurrence_text(activity.as_of, activity.start) if activity.as_of else ""


STATUS_WORDS = {
    Status.CANCELLED: "inställt",
    Status.UNDATED: "ej fastställt",
    Status.PRELIMINARY: "preliminärt",
    Status.IF_NEEDED: "vid behov",
    Status.MOVED: "flyttat",
    Status.PLANNED: "planerat",
}
FIELDS: Mapping[str, Callable[[Activity, _Names], str | None]] = {
    "id": lambda a, _: a.id,
    "aktivitet": lambda a, _: title(a),
    "veckodag": lambda a, _: weekdays(a),
    "vecka": lambda a, _: weeks(a),
    "tid": _times,
    "per": _as_of,
    "avser": lambda a, _: str(a.year_concerned),
    "stoppdatum": lambda a, _: stop_date_text(a.stop_date, a.start),
    "handläggare": lambda a, _: a.case_officer,
    "ansvarig": lambda a, _: a.responsible,
    "till": lambda a, _: a.recipient,
    "syfte": lambda a, _: a.purpose,
    "mål": lambda a, _: a.goal,
    "kommentar": lambda a, _: a.comment,
    "plats": lambda a, _: a.place,
    "organ": lambda a, _: a.body,
    "typ": lambda a, _: a.type.value if a.type else "",
    "fas": lambda a, names: names.phases[a.phase],
    "underlag": lambda a, names: ", ".join(names.activities.get(name, name) for name in a.inputs),
    "milstolpe": lambda a, _: ", ".join(a.milestones),
    "taggar": lambda a, _: ", ".join(a.tags),
    "länk": lambda a, _: a.link,
    "källa": lambda a, _: a.reference,
    "status": lambda a, _: STATUS_WORDS[a.status],
}
