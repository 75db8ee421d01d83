"""The columns of a table: every field that one can show, and how its cell is made of an activity.

This is the one list; Markdown, HTML, CSV and Excel lay out the cells that it makes. The fields that `kolumner` may name
are `definition.consistency.COLUMNS`, which a test holds equal to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from arshjul.dates.extent import Precision
from arshjul.dates.swedish import joined, weekday
from arshjul.definition import ActivityType
from arshjul.formats.text import clean
from arshjul.timeline import Activity, Column, Status, StopKind, Timeline
from arshjul.wording.dates import (
    PRELIMINARY,
    UNDATED,
    Cell,
    cell_of_dates,
    dated_cell,
    day_cell,
    join_dates,
    occurrence_text,
    step_cell,
    stop_date_cell,
    text_of_abridged_dates,
)

EVERYBODY = "deltagare"
TIMES = "tid"
OTHER = "övrigt"
MARKS = "märkning"  # for a sheet, whose bold and struck letters are lost when it is sorted or read aloud; no `kolumner`
ALL_DATES = "alla datum"  # for a sheet, where a cell that is a date has no room for all of them
DONE, CHANGED = "klart", "ändrat"  # what is known beside the plan: they come by themselves, no `kolumner` either
EMPTY = Cell("")
STATUS_WORDS = {
    Status.CANCELLED: "inställt",
    Status.UNDATED: UNDATED,
    Status.PRELIMINARY: PRELIMINARY.value,
    Status.IF_NEEDED: "vid behov",
    Status.MOVED: "flyttat",
    Status.PLANNED: "planerat",
}


class Names(Struct, frozen=True):
    """What ids are called: activities and phases by title. `grouped` are the groups with a column of their own."""

    activities: Mapping[str, str]
    phases: Mapping[str, str]
    grouped: frozenset[str]


class RowNotes(Struct, frozen=True):
    """What is known of the rows beside their plan, by id: the day that one was done, what of it has `changed`."""

    done: Mapping[str, date] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> tuple[Column, ...]:
        """Those of its columns that have anything in them."""
        named = ((DONE, "Klart", self.done), (CHANGED, "Ändrat", self.changed))
        return tuple(Column(field, heading) for field, heading, notes in named if notes)


class RowSource(Struct, frozen=True):
    """What the cells of a row are made of. `dates` are the texts of the occurrences.

    `sortable`: the row may come to stand anywhere, so it leaves out nothing that a row above it says. `marked`: the
    format marks decisions, with letters or a word of its own.
    """

    activity: Activity
    dates: tuple[str, ...]
    names: Names
    sortable: bool = False
    budget_year: int | None = None
    notes: RowNotes = field(default_factory=RowNotes)
    marked: bool = True


def cell(field: str, row: RowSource) -> Cell:
    """The cell of the row: a field of the list, else a step of the chain, else the people of a group."""
    if field in FIELDS:
        made = FIELDS[field](row)
        return made if isinstance(made, Cell) else _cell(clean(made))
    # After the fields: a step or a group may have the name of one, and `kolumner` means the field.
    step = next((step for step in row.activity.chain if step.name == field), None)
    return step_cell(step, row.activity.start) if step else _cell(clean(_people(field, row)))


def _cell(text: str) -> Cell:
    """Half of a big table is empty cells, which can all be one."""
    return Cell(text) if text else EMPTY


def title(activity: Activity) -> str:
    """The title and what the reader must know of it: `KS: budget (inställt: inga ärenden)`."""
    remarks = []
    if activity.status is Status.CANCELLED:
        remarks.append(f"inställt: {clean(activity.cancelled)}" if activity.cancelled else "inställt")
    if activity.status is Status.MOVED:
        remarks.append("flyttat")
    if activity.reserve:
        remarks.append(f"reservdag {joined([occurrence_text(day, activity.start) for day in activity.reserve])}")
    return f"{clean(activity.title)} ({'; '.join(remarks)})" if remarks else clean(activity.title)


def marks(activity: Activity) -> str:
    """In words what bold, italic and struck letters show: `Beslut, preliminärt, stoppdatum saknas`."""
    words = [
        "beslut" if activity.type is ActivityType.DECISION else "",
        STATUS_WORDS[activity.status] if activity.status is not Status.PLANNED else "",
        "stoppdatum saknas" if activity.stop_date.kind is StopKind.MISSING else "",
        "internt" if activity.internal else "",
    ]
    text = ", ".join(filter(None, words))
    return text[:1].upper() + text[1:]


def other_fields(activity: Activity, budget_year: int | None, *, marked: bool) -> str:
    """What a row has written and the documents have no column for: `typ: beredning · avser 2024 · internt`.

    The year that it concerns where that is not the year of the plan; `beslut` where no decision is `marked` as one.
    """
    known = marked and activity.type is ActivityType.DECISION
    parts = (
        f"typ: {activity.type}" if activity.type and not known else None,
        f"avser {activity.year_concerned}" if activity.year_concerned != budget_year else None,
        activity.milestones and f"milstolpe: {joined(activity.milestones)}",
        "internt" if activity.internal else None,
        activity.reason and f"skäl: {activity.reason}",
    )
    return " · ".join(part for part in parts if part)


def weekdays(activity: Activity, dash: str = "–") -> str:
    """`tisdag`, `onsdag–fredag`, `torsdag, måndag`; empty for months and other stretches not known by the day."""
    known = [o for o in activity.occurrences if o.precision is Precision.DAY]
    return _distinct(_stretch(weekday(o.start), weekday(o.end), dash, one=o.start == o.end) for o in known)


def weeks(activity: Activity) -> str:
    """ISO 8601 weeks: `v. 23`, `v. 23–24`; empty for months and other stretches not known by the week."""
    known = [o for o in activity.occurrences if o.precision in {Precision.DAY, Precision.WEEK}]
    pairs = [(str(o.start.isocalendar().week), str(o.end.isocalendar().week)) for o in known]
    return _distinct(f"v. {_stretch(first, last, '–', one=first == last)}" for first, last in pairs)


def times(activity: Activity) -> str:
    """Part of the day and time by the clock: `fm`, `9.00–12.00`; empty where neither is known."""
    pairs = ((o.part.value if o.part else "", str(o.clock) if o.clock else "") for o in activity.occurrences)
    return _distinct(filter(None, (" ".join(filter(None, pair)) for pair in pairs)))


MOST_TITLES = 3


def titles_of(timeline: Timeline) -> Mapping[str, str]:
    """Row → title. Of an activity with rounds those of the rounds, the first few of many."""
    rounds: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for activity in timeline.activities:
        rounds.setdefault(activity.row.activity, []).append(activity.title)
        titles[activity.id] = activity.title
    several = {
        name: ", ".join(each[:MOST_TITLES]) + (" m.fl." if len(each) > MOST_TITLES else "")
        for name, each in rounds.items()
    }
    return several | titles


def input_titles(activity: Activity, titles: Mapping[str, str]) -> str:
    """What the row needs, by title; in a round, a name means the same round. Free text stands as written."""
    same_round = f".{activity.row.repetition}" if activity.row.repetition else ""
    return ", ".join(titles.get(f"{name}{same_round}") or titles.get(name, name) for name in activity.inputs)


def is_web_link(text: str) -> bool:
    """Whether the text may become a link: nothing but the web and mail, and in one piece."""
    return text.startswith(("https://", "http://", "mailto:")) and not any(map(str.isspace, text))


def _dates(row: RowSource) -> Cell:
    text = join_dates(row.dates, alternatives=row.activity.alternatives)
    return cell_of_dates(row.activity, text, times=TIMES not in row.names.grouped)


def _as_of(activity: Activity) -> Cell:
    if activity.as_of is None:
        return EMPTY
    text = occurrence_text(activity.as_of, activity.start)
    return dated_cell(text, activity.as_of.dated, preliminary=activity.as_of.preliminary)


def _people(group: str, row: RowSource) -> str:
    """Those of the group; in the column `deltagare` all whom no other column names."""
    groups = [group]
    if group == EVERYBODY:
        groups = [other for other in row.activity.participants if other not in row.names.grouped]
    return _distinct(name for each in groups for name in row.activity.participants.get(each, ()))


def _stretch(first: str, last: str, dash: str, *, one: bool) -> str:
    return first if one else f"{first}{dash}{last}"


def _distinct(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(texts))


FIELDS: Mapping[str, Callable[[RowSource], Cell | str | None]] = {
    "id": lambda row: row.activity.id,
    "datum": _dates,
    ALL_DATES: lambda row: text_of_abridged_dates(_dates(row).text),
    "aktivitet": lambda row: title(row.activity),
    MARKS: lambda row: marks(row.activity),
    "veckodag": lambda row: weekdays(row.activity, " till " if row.sortable else "–"),
    "vecka": lambda row: weeks(row.activity),
    TIMES: lambda row: times(row.activity),
    "per": lambda row: _as_of(row.activity),
    "avser": lambda row: str(row.activity.year_concerned),
    "stoppdatum": lambda row: stop_date_cell(row.activity.stop_date, None if row.sortable else row.activity.start),
    "handläggare": lambda row: row.activity.case_officer,
    "ansvarig": lambda row: row.activity.responsible,
    "till": lambda row: row.activity.recipient,
    "syfte": lambda row: row.activity.purpose,
    "mål": lambda row: row.activity.goal,
    "kommentar": lambda row: row.activity.comment,
    "plats": lambda row: row.activity.place,
    "organ": lambda row: row.activity.body,
    "typ": lambda row: row.activity.type and row.activity.type.value,
    "fas": lambda row: row.names.phases[row.activity.phase],
    "underlag": lambda row: input_titles(row.activity, row.names.activities),
    "milstolpe": lambda row: ", ".join(row.activity.milestones),
    "taggar": lambda row: ", ".join(row.activity.tags),
    "länk": lambda row: row.activity.link,
    "källa": lambda row: row.activity.reference,
    OTHER: lambda row: other_fields(row.activity, row.budget_year, marked=row.marked),
    "status": lambda row: STATUS_WORDS[row.activity.status],
    DONE: lambda row: day_cell(row.notes.done.get(row.activity.id)),
    CHANGED: lambda row: row.notes.changed.get(row.activity.id),
}
