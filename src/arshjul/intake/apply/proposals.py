"""What was changed in a workbook → what would be written for it: keys with values, new rows, rows that are struck."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.extent import Dated
from arshjul.dates.swedish import day_text, month, words_around_day
from arshjul.definition import Process
from arshjul.definition.entries import Wanted
from arshjul.definition.ids import slug
from arshjul.formats.text import clean
from arshjul.intake.apply.comparing import DATES, TITLE, CellProblem, ChangedCell, Changes, NewRow
from arshjul.intake.apply.workbook import DONE, EditedCell, one_line
from arshjul.timeline import UNGROUPED, Activity, Timeline
from arshjul.wording.columns import title

Value: TypeAlias = "Wanted | None"

WHEN, CANCELLED, PARTICIPANTS, UNDECIDED = "när", "inställt", "deltagare", "ej fastställt"
OTHER_DATES = ("start", "slut", "längd")  # what says when a row is where `när` does not
# Field of the table → key of the definition.
KEYS: Mapping[str, str] = {
    DATES: WHEN,
    TITLE: "titel",
    **{
        name: name
        for name in (
            "stoppdatum", "handläggare", "ansvarig", "till", "syfte", "mål", "kommentar", "plats", "tid", "per",
            "avser", "organ", "typ", "länk", "källa",
        )
    },
}  # fmt: skip
_FROM_DATE = ("räknas fram ur datumet", "skriv det nya datumet i kolumnen Datum")
_IN_DEFINITION = ("ändras inte från Excel", "ändra i beskrivningen")
_MARKING = (
    "säger vad andra kolumner och beskrivningen säger",
    "skriv inställt i kolumnen Datum för en rad som ställs in",
)
FIXED: Mapping[str, tuple[str, str]] = {
    "veckodag": _FROM_DATE,
    "vecka": _FROM_DATE,
    "märkning": _MARKING,
    "status": _MARKING,
    "id": _IN_DEFINITION,
    "fas": ("ändras inte från Excel", "flytta raden med arshjul set ÅR ID FAS --key fas"),
    "ändrat": ("säger vad som har ändrats sedan förra utgåvan", "ändra det som raden säger i de andra kolumnerna"),
    "underlag": _IN_DEFINITION,
    "milstolpe": _IN_DEFINITION,
    "taggar": _IN_DEFINITION,
}
# Fields that every row says something in, and what to write where somebody has emptied the cell.
NEVER_EMPTY: Mapping[str, str] = {
    DATES: "skriv ej fastställt, inställt eller det nya datumet; ta bort hela raden om den inte blir av",
    TITLE: "skriv vad som ska göras; ta bort hela raden om den inte blir av",
    "stoppdatum": "skriv dagen, på bordet, krävs ej eller saknas",
}
EXPRESSIONS = (DATES, "stoppdatum", "per", "tid")  # a text there is computed, and prints otherwise
DAY_ZERO, LENGTH_OF_DAY = date(1899, 12, 30), 5
FIRST_DAY, LAST_DAY = (date(2005, 1, 1) - DAY_ZERO).days, (date(2100, 12, 31) - DAY_ZERO).days
_CALLED_OFF = re.compile(r"(?:inställt|inställd|inställs|utgår)\s*(?:[:–-]\s*(?P<why>.+))?", re.IGNORECASE)
_YEAR = re.compile(r"\{B(?P<years>[+-][0-9]{1,2})?\}")


class Proposal(Struct, frozen=True):
    """One changed cell, as a value of a key of its row; None takes the key away.

    `lasting` is the value as it is written into the definition, which holds for every year. Where `key` is `när`, the
    keys of `OTHER_DATES` go. `today` is what the plan says now, `conflict` as for `ChangedCell`: whether an expression
    means the same as another shows when it is computed.
    """

    row: str
    field: str
    key: str
    value: Value
    lasting: Value
    cell: EditedCell
    today: str
    conflict: CellProblem | None = None

    def __str__(self) -> str:
        """`Tidplan!A7: budget_ks, datum: tisdag 3 juni 2025 → tisdag 10 juni 2025`."""
        new = day_text(self.cell.day, year=True) if self.cell.day else self.cell.text
        old = self.today
        with suppress(ValueError):
            old = day_text(date.fromisoformat(old), year=True)
        return f"{self.cell.place}: {self.row}, {self.field}: {old or 'inget'} → {new or 'inget'}"


class AddedRow(Struct, frozen=True):
    """A new row, with its keys in the order in which they are written; `lasting` as for `Proposal`."""

    id: str
    cell: EditedCell
    phase: str
    after: str | None
    keys: Mapping[str, Value]
    lasting: Mapping[str, Value]

    def __str__(self) -> str:
        when, behind = self.keys[WHEN], f" efter {self.after}" if self.after else ""
        return f"{self.cell.place}: ny rad {self.id} i {self.phase}{behind}: {self.keys['titel']}, {when}"


class StruckRow(Struct, frozen=True):
    """A row that is no longer in the workbook."""

    id: str
    title: str

    def __str__(self) -> str:
        return f"{self.id} stryks: raden ”{self.title}” är borta"


class DoneRow(Struct, frozen=True):
    """A row that somebody has marked as done that day, or is not done any more (None)."""

    id: str
    place: str
    day: date | None

    def __str__(self) -> str:
        return f"{self.place}: {self.id}: {f'klart {self.day}' if self.day else 'inte längre klart'}"


class Proposals(Struct, frozen=True):
    """All that would be written, and what of the workbook cannot be."""

    cells: tuple[Proposal, ...] = ()
    done: tuple[DoneRow, ...] = ()
    added: tuple[AddedRow, ...] = ()
    struck: tuple[StruckRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Each of them as a line."""
        return [str(each) for each in (*self.cells, *self.added, *self.struck, *self.done)]


def proposals(changes: Changes, timeline: Timeline, process: Process) -> Proposals:
    """Of the plan as it is today."""
    maker = _Maker(timeline, process)
    rows = {activity.id: activity for activity in timeline.activities}
    cells, problems, notices = list[Proposal](), list(changes.problems), list(changes.notices)
    done = list[DoneRow]()
    for change in changes.cells:
        if (problem := _impossible(change, rows[change.row])) is not None:
            problems.append(problem)
        elif change.field == DONE:
            done.append(DoneRow(change.row, change.cell.place, change.cell.day))
        else:
            cells.append(maker.proposal(change, rows[change.row]))
    added = dict[str, AddedRow]()
    last_after = dict[str | None, str]()
    for new in changes.new:
        name = slug(new.cells[TITLE].text, "aktivitet")
        if name in rows and title(rows[name]) == new.cells[TITLE].text:
            notices.append(f"{new.place}: raden {name} finns redan i planen")
            continue
        after = last_after.get(new.after, new.after and new.after.partition(".")[0])
        while name in rows or name in added:
            name = f"{name}_2"
        added[name] = maker.added(new, name, after)
        last_after[new.after] = name
    struck = tuple(StruckRow(name, title(rows[name])) for name in changes.removed)
    return Proposals(tuple(cells), tuple(done), tuple(added.values()), struck, tuple(problems), tuple(notices))


def _impossible(change: ChangedCell, activity: Activity) -> CellProblem | None:
    """Why the cell cannot be taken over, whatever it says."""
    field, place = change.field, change.cell.place
    if field in FIXED:
        why, hint = FIXED[field]
        return CellProblem(place, f"{change.row}: {field} {why}", hint)
    if field in [step.name for step in activity.chain] and field not in KEYS:
        hint = "ändra kedjan för organet, eller ge mötet ett eget datum i sammanträdesplanen"
        return CellProblem(place, f"{change.row}: {field} är ett steg i organets kedja", hint)
    if field == DONE and change.cell.text and change.cell.day is None:
        return CellProblem(place, f"{change.row}: ”{change.cell.text}” säger inte när det blev klart", "skriv dagen")
    if field in EXPRESSIONS and (day := day_of_number(change.cell.text)):
        message = f"{change.row}: {change.cell.text} i kolumnen för {field} är ett tal"
        return CellProblem(place, message, f"formatera rutan som datum, om {day_text(day, year=True)} är det som menas")
    if field in NEVER_EMPTY and not change.cell.text:
        return CellProblem(place, f"{change.row}: rutan för {field} är tom", NEVER_EMPTY[field])
    return None if field in EXPRESSIONS else change.conflict


def day_of_number(text: str) -> date | None:
    """The day that a spreadsheet has as that number; it shows the number where its cell has lost its format."""
    days = int(text) if text.isdecimal() and len(text) == LENGTH_OF_DAY else 0
    return DAY_ZERO + timedelta(days) if FIRST_DAY <= days <= LAST_DAY else None


class _Maker(Struct, frozen=True):
    """Makes values of cells. They may name what the process does."""

    timeline: Timeline
    process: Process

    def proposal(self, change: ChangedCell, activity: Activity) -> Proposal:
        """The value of a changed cell, in the year and in the definition."""
        field, cell = change.field, change.cell
        key, value, lasting = self._written(field, cell, self._around(field, activity))
        if field == TITLE:
            remarks = title(activity).removeprefix(clean(activity.title))
            value = cell.text.removesuffix(one_line(remarks)).rstrip()
            lasting = self._for_every_year(value, activity)
        elif key == PARTICIPANTS:
            value = lasting = self._participants(field, cell, activity)
        return Proposal(change.row, field, key, value, lasting, cell, change.today, change.conflict)

    def added(self, new: NewRow, name: str, after: str | None) -> AddedRow:
        """A new row: its phase, what it comes after, and a key for each cell that says something."""
        keys: dict[str, Value] = {"id": name, "titel": new.cells[TITLE].text, WHEN: UNDECIDED}
        lasting = dict(keys)
        people = dict[str, list[str]]()
        for field, cell in new.cells.items():
            if not cell.text or field in (TITLE, DONE) or field in FIXED:
                continue
            key, keys_value, lasting_value = self._written(field, cell)
            if key == PARTICIPANTS:
                people[field] = self._ids(cell.text)
            else:
                keys[key], lasting[key] = keys_value, lasting_value
        if people:
            keys[PARTICIPANTS] = lasting[PARTICIPANTS] = people
        return AddedRow(name, new.cells[TITLE], new.phase, after, keys, lasting)

    def _around(self, field: str, activity: Activity) -> tuple[str, str]:
        """The words that were written with a day and go on showing around a new one: `senast`, `fm`."""
        written: dict[str, list[Dated]] = {
            DATES: [occurrence.dated for occurrence in activity.occurrences],
            "per": [activity.as_of.dated] if activity.as_of else [],
            "stoppdatum": [activity.stop_date.dated] if activity.stop_date.dated else [],
        }
        one = written.get(field, [])
        if len(one) != 1:
            return "", ""
        every = (each for phase in self.process.phases for each in phase.activities)
        if field == DATES and any(each.id == activity.row.activity and each.time for each in every):
            one = [replace(one[0], parts=(), clock=None)]  # `tid` says them of any day
        return words_around_day(one[0]) or ("", "")

    def _written(self, field: str, cell: EditedCell, around: tuple[str, str] = ("", "")) -> tuple[str, Value, Value]:
        """Key, value of the year, value of every year. `around` are the words around a day that says nothing more."""
        key = KEYS.get(field, PARTICIPANTS)
        if field == DATES and (off := _CALLED_OFF.fullmatch(cell.text)):
            return CANCELLED, off["why"] or "ja", off["why"] or "ja"
        if cell.day and field in EXPRESSIONS:
            years = cell.day.year - self.timeline.budget_year
            beyond = cell.text.removeprefix(cell.day.isoformat())
            day = f"{cell.day.day} {month(cell.day.month)} B{f'{years:+d}' if years else ''}"
            before, after = around if not beyond else (around[0], beyond)
            return key, f"{before}{cell.day.isoformat()}{after}", f"{before}{day}{after}"
        return key, cell.text or None, cell.text or None

    def _for_every_year(self, words: str, activity: Activity) -> str:
        """A title with the years put back that the definition has as `{B}`."""
        every = (each for phase in self.process.phases for each in phase.activities)
        template = next((each.title for each in every if each.id == activity.row.activity), "")
        for match in _YEAR.finditer(template):
            year = self.timeline.budget_year + int(match["years"] or 0)
            words = re.sub(rf"\b{year}\b", match[0], words)
        return words

    def _participants(self, group: str, cell: EditedCell, activity: Activity) -> Value:
        """Everybody by column, as each is written; the body that the row is at takes part without being written."""
        column = UNGROUPED if group == PARTICIPANTS else group
        everybody = {each: [self._id(name) for name in names] for each, names in activity.participants.items()}
        everybody[column] = self._ids(cell.text)
        return {each: [name for name in names if name != activity.body] for each, names in everybody.items()}

    def _ids(self, names: str) -> list[str]:
        return [self._id(name.strip()) for name in names.split(",") if name.strip()]

    def _id(self, name: str) -> str:
        """A role by its id, and anybody else as it is printed."""
        return next((str(role) for role, known in self.process.roles.items() if name == known.name), name)
