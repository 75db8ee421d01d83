"""Rows of cells → the rows of a plan: which column is what, what is a heading, which row goes on from the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.spellings import MONTH
from arshjul.intake.grid import Document, Grid, GridRow
from arshjul.intake.plan.dates import WrittenDate, date_or_reason, dates_in, is_year
from arshjul.intake.plan.headings import (
    ALL_DATES,
    DATE_FIELDS,
    GROUPS,
    IGNORED,
    IN_MONTH,
    LONGEST_HEADING,
    MONTH_COLUMN,
    fields_of,
    printed,
)

Fields = Mapping[str, str]
LONGEST_PHASE = 150  # characters; what is longer is a text
_OF_A_PHASE = {"datum", "start", "slut", "fas"}  # what the row of a phase has in our own workbooks
_PAGE_NUMBER = re.compile(r"(?:sid(?:a|an)?\.? ?)?\d{1,3}(?: ?\(\d{1,3}\)| av \d{1,3}|/\d{1,3})?", re.IGNORECASE)
_YEAR_HEADING = re.compile(
    r"(?:år(?:et)? |(?:vår(?:en)?|höst(?:en)?|sommar(?:en)?|vinter(?:n)?|kalenderår(?:et)?|budgetår(?:et)?) )?"
    r"(20\d\d)(?:(?: ?[/–-] ?)(20\d\d|\d\d))?:?",
    re.IGNORECASE,
)
_MONTH_HEADING = re.compile(rf"({MONTH})(?: ?(20\d\d))?:?", re.IGNORECASE)
_DAY_ALONE = re.compile(
    r"(?:[a-zåäö]{2,7}\.? )?(?:den )?\d{1,2}(?:[:.]?[ae])?(?: ?[–-] ?\d{1,2})?(?:,? .*)?", re.IGNORECASE
)
_BEGINS_AS_DATE = re.compile(rf"\W*(?:\d|{MONTH}|v(?:ecka)?\.? ?\d)", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*\(?(?:forts\.?|fortsättning)\)?\s*", re.IGNORECASE)
_BULLET = re.compile(r"^[•·●▪◦*o-] +|^\d{1,2}\. +")

MOST_REPAIRED = 500  # rows of a document


class PlanRow(Struct, frozen=True):
    """One row of a plan, as the document has it.

    Attributes:
        place: Where it stands in the document.
        fields: Field → text; `datum` is what the date column says.
        phase: The title of its phase; empty where there is none.
        day: The day of a date cell of Excel.
        heading: The date that stands above the row, where its own cell is empty.
        years: The years that a heading above says; empty where there is none.
        remarks: What a reader of the report should know of how it was read.
    """

    place: str
    fields: Fields
    phase: str = ""
    day: date | None = None
    heading: str = ""
    years: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    repair: bool = True
    """Whether what is nearly a date is read by its repair, and explained: each is as dear as a hundred dates."""


class PlanTable(Struct, frozen=True):
    """The rows of a plan.

    Attributes:
        columns: Field and heading, in order.
        windows: A title and the days under it, where a small table has windows of time side by side.
        lead: The text above the table.
        unread: What stands around it and was not read, and why.
    """

    rows: tuple[PlanRow, ...]
    columns: tuple[tuple[str, str], ...]
    windows: tuple[PlanRow, ...] = ()
    lead: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def plan_table(document: Document) -> PlanTable:
    """The plan in a document; without rows where none was found."""
    repair = sum(len(grid.rows) for grid in document.grids) <= MOST_REPAIRED
    reader = _Reader(repair)
    for grid in document.grids:
        reader.read(grid)
    if not reader.rows:
        reader = _Lines(repair)
        for grid in document.grids:
            reader.read(grid)
    reader.leave_heading()
    return PlanTable(
        tuple(reader.rows),
        tuple(reader.columns.items()),
        tuple(reader.windows),
        tuple(reader.lead),
        tuple(reader.unread),
    )


def is_date(text: str, repair: bool) -> bool:
    """Whether a text is a date, or says that there is none yet. `repair`: as for `read_date`."""
    return isinstance(date_or_reason(text.strip(), repair), WrittenDate)


def years_of(text: str) -> tuple[int, ...] | None:
    """The years of a heading: `2025`, `Hösten 2025`, `2025/2026`; None where it is no such heading."""
    match = _YEAR_HEADING.fullmatch(text.strip())
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2][-2:]) + first // 100 * 100 if match[2] else first
    return (first, last) if is_year(first) and first < last <= first + 1 else (first,) if is_year(first) else None


class _Context(Struct, frozen=True):
    """What the headings above a row say."""

    phase: str = ""
    date: str = ""
    years: tuple[int, ...] = ()


class _Reader:
    """Reads one table after the other; a table without headings of its own goes on with those before it."""

    def __init__(self, repair: bool) -> None:
        self.repair = repair
        self.rows: list[PlanRow] = []
        self.windows: list[PlanRow] = []
        self.heading: tuple[str, int] | None = None  # the last phase, and how many rows there were when it began
        self.columns: dict[str, str] = {}
        self.lead: list[str] = []
        self.unread: list[str] = []
        self.fields: list[str | None] | None = None
        self.context = _Context()
        self.seen: set[tuple[str, str, str]] = set()

    def read(self, grid: Grid) -> None:
        """Take the rows of a table, of a sheet, or the paragraphs between two."""
        if (
            self.columns
            and not any("tabell" in name or "sid" in name for name in (grid.name, ""))
            and self._foreign(grid)
        ):
            self.unread.append(f"bladet {grid.name} har en annan tabell och läses inte")
            return
        for number, row in enumerate(grid.rows):
            texts = [cell.text for cell in row.cells]
            filled = [text for text in texts if text]
            if not filled or (len(filled) == 1 and _PAGE_NUMBER.fullmatch(filled[0]) and not years_of(filled[0])):
                continue
            if (fields := fields_of(texts)) is not None:
                self._set_columns(fields, texts)
            elif self.fields is None and not self._guess_columns(grid.rows, number):
                self.lead += filled
            elif len(filled) == 1 and self._is_heading(row):
                self._take_heading(filled[0], grid.rows[number + 1 :], row.place)
            else:
                self._take_row(row, texts)

    def _foreign(self, grid: Grid) -> bool:
        """Whether a further sheet has a table of another kind, or none."""
        found = next((f for f in (fields_of([c.text for c in row.cells]) for row in grid.rows[:30]) if f), None)
        return (
            len(grid.rows) > 1 and grid.name != "text" and (found is None or {*filter(None, found)} != {*self.columns})
        )

    def _set_columns(self, fields: list[str | None], headings: Sequence[str]) -> None:
        self.fields = [
            name or (f"+{printed(text)}" if text else None) for name, text in zip(fields, headings, strict=True)
        ]
        for name, text in zip(self.fields, headings, strict=True):
            if name and name not in (ALL_DATES, IGNORED, MONTH_COLUMN) and not name.startswith(IN_MONTH):
                self.columns.setdefault(name, printed(text))

    def _guess_columns(self, rows: Sequence[GridRow], number: int) -> bool:
        """A table without headings: its first column has dates from its first row on, the next says what happens."""
        has_heading = number > 0 and sum(bool(cell.text) for cell in rows[number - 1].cells) > 1
        table = [row for row in rows[number:] if len(row.cells) > 1]
        if has_heading or len(table) < 3 or len(rows[number].cells) < 2 or not self.is_date(rows[number].cells[0].text):
            return False
        dated = [row for row in table if row.cells[0].text and row.cells[1].text]
        if sum(self.is_date(row.cells[0].text) for row in dated[:200]) * 10 < len(dated[:200]) * 7:
            return False
        width = max(len(row.cells) for row in table)
        extra = [f"+Kolumn {n}" for n in range(3, width + 1)]
        self.fields = ["datum", "aktivitet", *extra]
        self.columns = {"datum": "Datum", "aktivitet": "Aktivitet"}
        return True

    def _is_heading(self, row: GridRow) -> bool:
        """Whether the one text of a row stands for the rows below it; in the column of activities it is one of them."""
        column = next(n for n, cell in enumerate(row.cells) if cell.text)
        if row.cells[column].spans > 1 or len(row.cells) == 1:
            return True
        assert self.fields is not None
        named = self.fields[column] if column < len(self.fields) else None
        return column == 0 or named in DATE_FIELDS or named == "fas"

    def _take_heading(self, text: str, below: Sequence[GridRow], place: str) -> None:
        years = years_of(text)
        if years is not None:
            self.context = replace(self.context, years=years, date="")
        elif _MONTH_HEADING.fullmatch(text) or self.is_date(text):
            self._take_date_alone(text, below, place)
        elif _BEGINS_AS_DATE.match(text) and not text.isupper():
            self.rows.append(self._row(place, {"datum": text}, None))
        else:
            self._take_phase(_GOES_ON.sub(" ", text).strip())

    def _take_phase(self, title: str) -> None:
        if len(title) > LONGEST_PHASE:
            self.unread.append(title)
        elif title != self.context.phase:
            self.leave_heading()
            self.heading = (title, len(self.rows))
            self.context = replace(self.context, phase=title, date="")

    def leave_heading(self) -> None:
        """A heading without rows was none: its text is among what was not read."""
        if self.heading is not None and self.heading[1] == len(self.rows):
            self.unread.append(self.heading[0])
        self.heading = None

    def _take_date_alone(self, text: str, below: Sequence[GridRow], place: str) -> None:
        """A date over the rows below it, the rest of a date that the end of a page has cut, or a row of its own."""
        if not below or self._has_no_date(below[0]) or _MONTH_HEADING.fullmatch(text):
            self.context = replace(self.context, date=text)
            return
        before = self.rows[-1] if self.rows else None
        if before is not None and before.fields.get("datum") and self.is_date(f"{before.fields['datum']} {text}"):
            joined = {**before.fields, "datum": f"{before.fields['datum']} {text}"}
            remark = f"datumet fortsätter på nästa rad ({place})"
            self.rows[-1] = replace(before, fields=joined, remarks=(*before.remarks, remark))
        else:
            self.rows.append(self._row(place, {"datum": text}, None))

    def _has_no_date(self, row: GridRow) -> bool:
        texts = [cell.text for cell in row.cells]
        assert self.fields is not None
        named = dict(zip((name or "" for name in self.fields), texts, strict=False))
        return len(row.cells) == 1 or not any(named.get(name) for name in DATE_FIELDS)

    def _take_row(self, row: GridRow, texts: Sequence[str]) -> None:
        assert self.fields is not None
        found: dict[str, str] = {}
        day = None
        for number, text in enumerate(texts):
            name = self.fields[number] if number < len(self.fields) else None
            if text and name != IGNORED:
                name = name or "+Utan rubrik"
                found[name] = f"{found[name]} {text}" if name in found else text
                day = row.cells[number].day if name == "datum" else day
        if every := found.pop(ALL_DATES, ""):
            found["datum"], day = every, None
        found = with_months(found)
        if not {"aktivitet", "deltagare", "organ"} & {*self.fields}:
            for each in self.activities_in(found):
                self._add(self._row(row.place, each, day))
            return
        if self._are_windows(row, found):
            return
        if "aktivitet" not in found and {*found} <= _OF_A_PHASE and not self.is_date(found.get("datum", "")):
            self._take_phase(found.get("fas") or found.get("datum", ""))
            return
        if found.get("aktivitet") and not _LETTERS.search(_DATE_WORDS.sub("", found["aktivitet"])):
            self.unread.append(f"{row.place}: {' | '.join(found.values())}")
            return
        if not self._goes_on(found):
            self._add(self._row(row.place, found, day))
            return
        before = self.rows[-1]
        names = {**before.fields, **found}
        joined = {name: f"{before.fields.get(name, '')} {found.get(name, '')}".strip() for name in names}
        remark = f"raden fortsätter på nästa ({row.place})"
        self.rows[-1] = replace(before, fields=joined, remarks=(*before.remarks, remark))

    def activities_in(self, found: Fields) -> Iterator[Fields]:
        """Where the columns are those who act, each cell says what they do."""
        shared = {name: text for name, text in found.items() if name not in GROUPS and not name.startswith("+")}
        for name, text in found.items():
            if name not in shared:
                who = "deltagare" if name.startswith("+") else name
                yield {**shared, "aktivitet": text, who: self.columns.get(name, name[1:])}

    def _are_windows(self, row: GridRow, found: Fields) -> bool:
        """Dates side by side under texts are windows of time; the row of texts was taken for one of the plan."""
        if len(found) < 2 or not self.rows or not all(map(self.is_date, found.values())):
            return False
        titles = self.rows[-1].fields
        if {*titles} != {*found} or any(map(self.is_date, titles.values())):
            return False
        self.rows.pop()
        self.windows += [PlanRow(row.place, {"aktivitet": titles[name], "datum": found[name]}) for name in found]
        return True

    def _goes_on(self, found: Fields) -> bool:
        """Whether a row is the rest of the one above, which the end of a page has cut."""
        if not self.rows or any(found.get(name) for name in DATE_FIELDS) or self.context.date:
            return False
        title = found.get("aktivitet", "")
        return not title or (title[:1].islower() and not found.get("id"))

    def _row(self, place: str, found: Fields, day: date | None) -> PlanRow:
        context = self.context
        written = found.get("datum", "")
        month = _MONTH_HEADING.fullmatch(found.get(MONTH_COLUMN) or context.date)
        if written and month and _DAY_ALONE.fullmatch(written) and not self.is_date(written):
            day_of_month = re.sub(r"(\d{1,2})(?:[:.]?[ae])?(?=$|,? )", rf"\1 {month[1]}", written, count=1)
            found = {**found, "datum": " ".join(filter(None, (day_of_month, month[2])))}
        years = (int(month[2]),) if month and month[2] else context.years
        heading = "" if any(found.get(name) for name in DATE_FIELDS) else context.date
        return PlanRow(place, found, found.get("fas") or context.phase, day, heading, years, repair=self.repair)

    def is_date(self, text: str) -> bool:
        """Whether a text is a date to a document of this size."""
        return is_date(text, self.repair)

    def _add(self, row: PlanRow) -> None:
        key = (row.fields.get("id", ""), row.fields.get("datum", ""), row.fields.get("aktivitet", ""))
        if key[0] and key in self.seen:  # the same row on the sheet of a body
            return
        self.seen.add(key)
        self.rows.append(row)


_LETTERS = re.compile(r"[^\W\d_]")
_DATE_WORDS = re.compile(rf"\b(?:{MONTH}|till|och|v|vecka|kl)\b", re.IGNORECASE)  # a text of these alone is no activity
_DAYS_OF_MONTH = re.compile(r"\d{1,2}(?: ?[–-] ?\d{1,2})?(?:(?:, ?| och | ?/ ?)\d{1,2}(?: ?[–-] ?\d{1,2})?)*")
_MARK = re.compile(r"[x×•●■▪✓✔*]", re.IGNORECASE)


def with_months(found: Fields) -> dict[str, str]:
    """The row with its cells in columns of months as one date: `14` in March is 14 March, a cross the month."""
    dates = []
    for name, text in found.items():
        if name.startswith(IN_MONTH):
            month = name.removeprefix(IN_MONTH)
            days = re.split(r", ?| och | ?/ ?", text) if _DAYS_OF_MONTH.fullmatch(text) else [text]
            dates += [month if _MARK.fullmatch(day) else f"{day} {month}" for day in days]
    kept = {name: text for name, text in found.items() if not name.startswith(IN_MONTH)}
    return {**kept, "datum": " och ".join(dates)} if dates else kept


class _Lines(_Reader):
    """A plan without a table: lines that begin or end with a date, and lines under a date that stands alone."""

    def read(self, grid: Grid) -> None:
        """Take the lines of one cell; the rows of a table that has no dates are not read."""
        self.fields = ["aktivitet"]
        self.columns = {"datum": "Datum", "aktivitet": "Aktivitet"}
        for number, row in enumerate(grid.rows):
            filled = [cell.text for cell in row.cells if cell.text]
            if len(filled) != 1 or _PAGE_NUMBER.fullmatch(filled[0]):
                continue
            text = _BULLET.sub("", filled[0])
            years = years_of(text)
            if years is not None:
                self.context = replace(self.context, years=years, date="")
            elif isinstance(found := date_or_reason(text, self.repair), WrittenDate) and not found.bodies:
                self.context = replace(self.context, date=text)
            elif (parts := next(_date_and_text(text, self.repair), None)) is not None:
                self._add(self._row(row.place, {"datum": parts[0], "aktivitet": parts[1]}, None))
            elif self._is_title(row, text, grid.rows[number + 1 :]):
                self._take_phase(text)
            elif self.context.date:
                self._add(self._row(row.place, {"aktivitet": text}, None))
            elif dates_in(text):
                self.unread.append(f"{row.place}: {text}")
            elif not self.rows:
                self.lead.append(text)

    def _is_title(self, row: GridRow, text: str, below: Sequence[GridRow]) -> bool:
        """A short line that is bold or in capitals, or stands over a line with a date."""
        if len(text) > LONGEST_HEADING or text.endswith((".", ",")) or row.cells[0].text != text:
            return False
        following = _BULLET.sub("", below[0].cells[0].text) if below else ""
        return (
            row.cells[0].bold
            or text.isupper()
            or (not self.context.date and any(_date_and_text(following, self.repair)))
        )


LONGEST_LINE = 300
_MONTH_IN = re.compile(rf"\b{MONTH}", re.IGNORECASE)
_MOST_WORDS = 9  # of a date at the beginning of a line


def _date_and_text(line: str, repair: bool) -> Iterator[tuple[str, str]]:
    """A line with a date first or last, as date and text: the longest date that it can be."""
    words = line.split(" ")
    if len(line) > LONGEST_LINE:
        return
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        first, rest = " ".join(words[:count]).rstrip(":–—-, "), " ".join(words[count:])
        parted = rest[:1] in ":–—-" or words[count - 1][-1:] in ":,"
        if is_date(first, repair) and not first.isdigit() and (parted or any(map(str.isdigit, first))):
            text = rest.lstrip(":–—-, ")
            # `28 april – nämndens möte i maj`: the date may go on in words that were not understood
            if text and not (rest[:1] in "–—-" and (dates_in(text) or _MONTH_IN.search(text))):
                yield first, text
            return
    if len(dates_in(line)) > 1:
        return
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        last, rest = " ".join(words[-count:]).lstrip("(").rstrip(")."), " ".join(words[:-count])
        if is_date(last, repair) and any(map(str.isdigit, last)) and not last.isdigit() and rest[:1].isalpha():
            yield last, rest.rstrip(":–—-, (")
            return


def column_names(table: PlanTable) -> list[str]:
    """The fields that at least one row has."""
    return [name for name, _ in table.columns if any(row.fields.get(name) for row in table.rows)]
