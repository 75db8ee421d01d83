"""Three ways: what the workbook said as it was built, what it says now, and what the definition gives today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from arshjul.intake.apply.workbook import DONE, PLAN, EditedCell, EditedPlan, EditedRow, one_line
from arshjul.wording.baseline import END, PHASE, START, Baseline, BuiltRow

TITLE, DATES = "aktivitet", "datum"
_SORTED_BY = (START, END)


class CellProblem(Struct, frozen=True):
    """What in the workbook cannot be taken over, in Swedish. `place` is a cell: `Tidplan!A7`."""

    place: str
    message: str
    hint: str


class ChangedCell(Struct, frozen=True):
    """A cell that somebody has changed. `today` is what the plan says there now, a day in ISO.

    `conflict` is set where the definition has changed it too; it is none if both mean the same.
    """

    row: str
    field: str
    cell: EditedCell
    today: str
    conflict: CellProblem | None = None


class NewRow(Struct, frozen=True):
    """A row that somebody has put in: the id of its phase, and of the row above it in that phase, if there is one."""

    place: str
    phase: str
    after: str | None
    cells: Mapping[str, EditedCell]


class Changes(Struct, frozen=True):
    """All that was changed, in the order of the sheet; `removed` are ids. `notices` say what was passed over."""

    cells: tuple[ChangedCell, ...]
    new: tuple[NewRow, ...]
    removed: tuple[str, ...]
    problems: tuple[CellProblem, ...]
    notices: tuple[str, ...]


def compare(edited: EditedPlan, today: Baseline, done: Mapping[str, date]) -> Changes:
    """What of the workbook is not as it was built, and is not so already. `done` are the rows that are marked today."""
    built = {row.id: row for row in edited.built.rows}
    marked = {identity: {DONE: day.isoformat()} for identity, day in done.items()}
    now = {row.id: {**_by_field(today, row), **marked.get(row.id, {})} for row in today.rows}
    kept, others, problems = _identified(edited, built)
    cells: list[ChangedCell] = []
    for identity, row in kept.items():
        said = _by_field(edited.built, built[identity])
        for each in _changed(row, said, built[identity], edited.built):
            if isinstance(each, CellProblem):
                problems.append(each)
            elif identity not in now:
                hint = "den är struken eller har fått ett annat id sedan arbetsboken byggdes; bygg en ny"
                problems.append(CellProblem(each.cell.place, f"{identity} finns inte längre i planen", hint))
            else:
                cells += _judged(each, said.get(each.field, ""), now[identity].get(each.field, ""))
    for identity, field, cell in edited.elsewhere:
        there = kept[identity].cells.get(field) if identity in kept else None
        if there is None or there.text != cell.text:
            message = f"{identity}: ändringar läses ur bladet {PLAN}, och där står ”{there.text if there else ''}”"
            problems.append(
                CellProblem(cell.place, message, f"skriv ”{cell.text}” i {PLAN}, om det är det som ska gälla")
            )
    new, unclear = _new_rows(edited, built, others)
    computed = (each.cell.place for each in cells if each.cell.formula)
    formulas = [f"{place} är en formel: värdet som sparades med den läses" for place in computed]
    removed = tuple(identity for identity in built if identity not in kept and identity in now)
    return Changes(tuple(cells), tuple(new), removed, (*problems, *unclear), (*edited.passed_over, *formulas))


def _by_field(plan: Baseline, row: BuiltRow) -> dict[str, str]:
    """Field → what the cell says; fields that say nothing are left out."""
    columns = plan.header.columns
    return {column.field: one_line(text) for column, text in zip(columns, row.cells, strict=False) if text}


def _identified(
    edited: EditedPlan, built: Mapping[str, BuiltRow]
) -> tuple[dict[str, EditedRow], list[EditedRow], list[CellProblem]]:
    """Id → its row; the rows that somebody has put in; and rows that cannot be told apart.

    Who copies a row to make a new one copies its hidden id too: the one that still has its title is the old one.
    """
    rows: dict[str, list[EditedRow]] = {}
    for row in edited.rows:
        if row.id in built and not row.empty:
            rows.setdefault(row.id, []).append(row)
    kept, put_in, problems = dict[str, EditedRow](), list[EditedRow](), list[CellProblem]()
    for identity, alike in rows.items():
        title = _by_field(edited.built, built[identity]).get(TITLE, "")
        same = [row for row in alike if TITLE not in row.cells or row.cells[TITLE].text == title] or alike[:1]
        kept[identity] = same[0]
        put_in += [row for row in alike if row not in same]
        for row in same[1:]:
            message = f"Raden {identity} står två gånger, också på {same[0].place}"
            problems.append(CellProblem(row.place, message, "ta bort den ena, eller ge den nya en annan aktivitet"))
    put_in += [row for row in edited.rows if row.id not in built and not row.empty]
    return kept, sorted(put_in, key=edited.rows.index), problems


def _changed(
    row: EditedRow, said: Mapping[str, str], built: BuiltRow, plan: Baseline
) -> Iterator[ChangedCell | CellProblem]:
    """The cells that do not say what they said, and what in them is no value."""
    moved, behind = False, plan.days_behind(built)
    for field, cell in row.cells.items():
        if cell.says(said.get(field, ""), behind.get(field)) and not cell.wrong:
            continue
        moved = moved or field == DATES
        if cell.wrong:
            yield CellProblem(cell.place, f"{cell.text} är ett fel i en formel", "skriv värdet i rutan")
        elif cell.formula and not cell.text:
            hint = "öppna filen i Excel eller LibreOffice och spara den, eller skriv värdet i rutan"
            yield CellProblem(cell.place, "Formeln har inget sparat värde", hint)
        else:
            yield ChangedCell(row.id, field, cell, "")
    days = built.days or (None, None)
    for heading, day in zip(_SORTED_BY, days, strict=True):
        beside = row.beside.get(heading)
        was = day.isoformat() if day else said.get(DATES, "")
        if beside and beside.text != was and not moved and (day or beside.text):
            message = f"Kolumnen {heading} räknas fram ur datumet och är till för att sortera"
            yield CellProblem(beside.place, message, "skriv det nya datumet i kolumnen Datum")


def _judged(each: ChangedCell, built: str, today: str) -> Iterator[ChangedCell]:
    """The change with what the plan says now; none that is made already."""
    if each.cell.text == today:
        return
    conflict = None
    if today != built:
        message = (
            f"{each.row}, {each.field}: ändrat både här och i beskrivningen sedan arbetsboken byggdes. "
            f"Här: ”{each.cell.text}”; i beskrivningen: ”{today}”; från början: ”{built}”"
        )
        hint = "skriv det som ska gälla i rutan, eller sätt det med arshjul set"
        conflict = CellProblem(each.cell.place, message, hint)
    yield ChangedCell(each.row, each.field, each.cell, today, conflict)


def _new_rows(
    edited: EditedPlan, built: Mapping[str, BuiltRow], put_in: Sequence[EditedRow]
) -> tuple[list[NewRow], list[CellProblem]]:
    """The rows without an id, each with its phase; headings of phases are none."""
    phases = {one_line(phase.title): phase.id for phase in edited.built.header.phases}
    new, problems = list[NewRow](), list[CellProblem]()
    places = {row.place for row in put_in}
    phase, after = next((each.id for each in edited.built.header.phases), ""), None
    for row in edited.rows:
        if row.place not in places:
            if row.id in built:
                phase, after = built[row.id].phase, row.id
            continue
        texts = [cell.text for cell in row.cells.values() if cell.text]
        beside = row.beside[PHASE].text if PHASE in row.beside else ""
        if len(texts) == 1 and texts[0] in phases:
            phase, after = phases[texts[0]], None
        elif len(texts) == 1 and beside in phases and not row.cells.get(TITLE, EditedCell("", "")).text:
            hint = f"ändra titeln i beskrivningen, eller med arshjul set ÅR {phases[beside]} TEXT --key titel"
            problems.append(CellProblem(row.place, f"Rubriken ”{beside}” är ändrad", hint))
        elif TITLE not in row.cells or not row.cells[TITLE].text:
            message = "Raden är ny och har ingen text i kolumnen Aktivitet"
            problems.append(CellProblem(row.place, message, "skriv vad som ska göras, eller töm raden"))
        else:
            own = phases.get(beside, phase)
            new.append(NewRow(row.place, own, after if own == phase else None, row.cells))
    return new, problems
