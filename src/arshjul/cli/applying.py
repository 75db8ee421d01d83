"""`apply`: from what was changed in a workbook to files in memory, and to whether the plan then says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arshjul.cli.exits import UsageError
from arshjul.cli.filters import of_body
from arshjul.cli.rewriting import Outcome, Rewritten, new_findings, outcome, rewrite
from arshjul.codes import DEFINITION_ERRORS, ERRORS_OF_THE_YEAR
from arshjul.definition.deviations import UNEXPLAINED
from arshjul.diagnostics import Diagnostic, Severity, Source
from arshjul.intake.apply.comparing import CellProblem, compare
from arshjul.intake.apply.outcome import judged
from arshjul.intake.apply.proposals import OTHER_DATES, WHEN, DoneRow, Proposals, proposals
from arshjul.shipped import SHIPPED
from arshjul.wording.baseline import Baseline, Header, baseline

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.definition.changing import RowChanges
    from arshjul.definition.edit import Revision
    from arshjul.definition.entries import Wanted
    from arshjul.diagnostics import Span
    from arshjul.intake.apply.workbook import EditedCell, EditedPlan
    from arshjul.plan import Plan
    from arshjul.timeline import Timeline


class Target(Struct, frozen=True):
    """Where changes are written: into the deviations of the year, or what holds for every year."""

    file: ProcessPath
    project: Path
    year: int
    lasting: bool
    reason: str = UNEXPLAINED


class Application(Struct, frozen=True):
    """What is proposed, the files as they would be, and the findings that would come with them.

    `refused`: something of the workbook cannot be taken over, or the plan not be computed with it; nothing is written.
    """

    proposals: Proposals
    files: Mapping[str, Rewritten]
    findings: tuple[Diagnostic, ...] = ()
    refused: bool = False

    @property
    def needs_reason(self) -> bool:
        """Whether anything but done-marks is written."""
        return bool(self.proposals.cells or self.proposals.added or self.proposals.struck)


def application(edited: EditedPlan, plan: Plan, target: Target) -> Application:
    """What the workbook would have changed. Raises InvalidProcess, UsageError, OSError."""
    from arshjul.definition.done import marks

    header = edited.built.header
    today = as_printed(plan.timeline, header)
    done = marks(target.file, target.year) or {}
    found = proposals(compare(edited, today, done), plan.timeline, plan.process)
    if found.problems or not found.lines:
        return Application(found, {}, refused=bool(found.problems))
    before = Outcome(plan.timeline, plan.findings)
    # What gives the same day as before is not written: so it is computed twice where there is something of the kind.
    for _ in range(2):
        files = written(found, plan, target)
        after = outcome(target.file, target.year, files)
        worse = new_findings(before, after, Severity.ERROR)
        broken = [each for each in worse if each.code in DEFINITION_ERRORS or each.code in ERRORS_OF_THE_YEAR]
        if after.timeline is None or broken:
            return _refused(found, files, broken or after.findings)
        result = judged(found, plan.timeline, after.timeline, as_printed(after.timeline, header))
        notices = tuple(dict.fromkeys((*found.notices, *result.notices)))
        found = replace(found, problems=result.problems, notices=notices)
        if result.problems or len(result.effective) == len(found.cells):
            break
        found = replace(found, cells=result.effective)
    files = files if found.lines else {}
    come = new_findings(before, after, Severity.ERROR, Severity.WARNING)
    return Application(found, files, come, refused=bool(found.problems))


def _refused(found: Proposals, files: Mapping[str, Rewritten], why: Sequence[Diagnostic]) -> Application:
    """What is wrong with a value is told of the cell that it stands in, all else where it is written."""
    values = list(_values(found, files))
    problems, others = list[CellProblem](), list[Diagnostic]()
    for each in why:
        span = each.span
        here = [
            cell
            for cell, place in values
            if span and place.file == span.file and place.offsets[0] <= span.offsets[0] <= place.offsets[1]
        ]
        if here:
            hint = each.hint or "skriv något annat i rutan"
            problems.append(CellProblem(here[0].place, f"”{here[0].text}” går inte: {each.message}", hint))
        else:
            others.append(each)
    return Application(replace(found, problems=tuple(problems)), files, tuple(others), refused=True)


def _values(found: Proposals, files: Mapping[str, Rewritten]) -> Iterator[tuple[EditedCell, Span]]:
    """Each cell whose value stands in a file as it would be, and where."""
    from arshjul.definition.items import node_at
    from arshjul.definition.tree import EACH, maps
    from arshjul.source import Fields, Text, parse
    from arshjul.source.encoding import decode

    for path, file in files.items():
        tree = parse(decode(file.new, path))
        new = {str(item.get(Text("id"))): item for item in maps(tree, "lägg_till", EACH)}
        for each in found.cells:
            row = node_at(tree, ("ändra", each.row)) or new.get(each.row)
            value = node_at(row, (each.key,)) if isinstance(row, Fields) else None
            if value is not None and value.span:
                yield each.cell, value.span
        for added in found.added:
            if (item := new.get(added.id)) is not None and item.span:
                yield added.cell, item.span


def as_printed(timeline: Timeline, header: Header) -> Baseline:
    """The plan as the workbook prints it: the same columns, the same rows of it."""
    from arshjul.timeline import Column
    from arshjul.views.publication import Audience, for_audience
    from arshjul.wording.table import table

    shown = for_audience(Audience(header.edition), of_body(timeline, header.body)).timeline
    notes = ("klart", "ändrat")  # what is known beside the plan
    columns = [Column(each.field, each.heading) for each in header.columns if each.field not in notes]
    return baseline(shown, table(shown, columns or [Column("aktivitet", "")], sortable=True), header.edition)


def written(found: Proposals, plan: Plan, target: Target) -> dict[str, Rewritten]:
    """The files as they would be, by the paths that messages show. Raises UsageError, InvalidProcess, OSError."""
    changes = _row_changes(found, target)
    files: dict[str, Rewritten] = {}
    if any((changes.changed, changes.struck, changes.added)):
        files = into_definition(changes, plan, target) if target.lasting else into_year(changes, target)
    if found.done:
        files |= into_marks(found, target)
    return files


def _row_changes(found: Proposals, target: Target) -> RowChanges:
    from arshjul.definition.changing import RowChanges

    changed: dict[str, dict[str, Wanted | None]] = {}
    for each in found.cells:
        values = changed.setdefault(each.row, {})
        values[each.key] = each.lasting if target.lasting else each.value
        if each.key == WHEN:
            values |= dict.fromkeys(OTHER_DATES)
    added: list[dict[str, Wanted]] = []
    for row in found.added:
        written = row.lasting if target.lasting else row.keys
        keys = {"fas": row.phase, "efter": row.after, **written}
        added.append({key: value for key, value in keys.items() if value is not None})
    return RowChanges(changed, {each.id: target.reason for each in found.struck}, added)


def into_year(changes: RowChanges, target: Target) -> dict[str, Rewritten]:
    """The deviations of the year."""
    from arshjul.definition.changing import with_deviations_of
    from arshjul.definition.find import deviations_path
    from arshjul.definition.ids import identify
    from arshjul.definition.load import TreesByYear
    from arshjul.definition.parts import merge

    trees = TreesByYear(target.file).of_year(target.year)
    base = identify(merge(trees.main, trees.parts).tree)
    place = target.file.path.with_name(f"avvikelser-{target.year}.yaml")
    path = place.relative_to(target.project).as_posix()
    if deviations_path(target.file, target.year) is None:
        new = with_deviations_of(Source(path, f"budgetår: {target.year}\n"), changes, base, target.reason)
        return {path: Rewritten(None, new.after.text.encode())}
    return {path: rewrite(target.project, path, lambda old: with_deviations_of(old, changes, base, target.reason))}


def into_definition(changes: RowChanges, plan: Plan, target: Target) -> dict[str, Rewritten]:
    """The files where the rows are written. Raises UsageError where one is not written as a row of its own."""
    from arshjul.definition.changing import RowChanges, with_lasting_changes

    rows = {activity.id: activity for activity in plan.timeline.activities}
    new = {str(item["id"]): str(item.get("efter", "")) for item in changes.added}
    by_file: dict[str, list[str]] = {}
    places = {}
    for name in dict.fromkeys((*changes.changed, *changes.struck, *(_old_one(after, new) for after in new.values()))):
        row = rows.get(name)
        if row is None or row.source is None or row.row.repetition:
            what = "är en omgång eller en rad per organ" if row else "har ingen rad ovanför sig"
            raise UsageError(
                f"{name or 'Den nya raden'} {what} och skrivs inte i beskrivningen", "kör utan --definition"
            )
        if row.source.file.startswith(SHIPPED):
            raise UsageError(f"{row.source.file} följer med programmet och ändras inte", "kör utan --definition")
        places[name] = row.source
        by_file.setdefault(row.source.file, []).append(name)
    files = {}
    for path, names in by_file.items():
        of_file = RowChanges(
            {name: values for name, values in changes.changed.items() if name in names},
            {name: why for name, why in changes.struck.items() if name in names},
            [
                {**item, "efter": after}
                for item in changes.added
                if (after := _old_one(str(item.get("efter", "")), new)) in names
            ],
        )
        here = {name: places[name] for name in names}
        files[path] = rewrite(target.project, path, partial(with_lasting_changes, changes=of_file, places=here))
    return files


def _old_one(name: str, new: Mapping[str, str]) -> str:
    """The row that is there already above a new one, which may stand below another new one."""
    while name in new:
        name = new[name]
    return name


def into_marks(found: Proposals, target: Target) -> dict[str, Rewritten]:
    """The done-marks of the year."""
    from arshjul.definition.done import marks_path, with_mark, without_mark
    from arshjul.definition.items import in_turn

    path = marks_path(target.file, target.year)

    def mark(row: DoneRow, source: Source) -> Revision:
        return with_mark(source, row.id, row.day) if row.day else without_mark(source, row.id)

    def change(source: Source) -> Revision:
        return in_turn(source, [partial(mark, row) for row in found.done])

    if not (target.project / path).exists():
        return {path: Rewritten(None, change(Source(path, "")).after.text.encode())}
    return {path: rewrite(target.project, path, change)}
