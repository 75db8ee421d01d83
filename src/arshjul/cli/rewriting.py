"""Files rewritten by a command: in memory first, compared, shown as a diff or written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Unavailable, UsageError
from arshjul.cli.writer import write_all
from arshjul.definition.edit import NotSafe, Revision
from arshjul.diagnostics import Diagnostic, InvalidProcess, Severity, Source
from arshjul.formats.terminal import safe
from arshjul.source import read_file
from arshjul.source.encoding import decode

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.timeline import Timeline


class Rewritten(Struct, frozen=True):
    """What a file holds on disk, None where there is no file, and what it is to hold."""

    old: bytes | None
    new: bytes


class Outcome(Struct, frozen=True):
    """What a year of a process gives: its timeline, None where none can be made, and its findings."""

    timeline: Timeline | None
    findings: tuple[Diagnostic, ...]


def on_disk(project: Path, path: str) -> Rewritten:
    """A file as it is, by the path that messages show."""
    data = read_file(project / path, project, path)
    return Rewritten(data, data)


def with_new_text(data: bytes, revision: Revision, project: Path) -> bytes:
    """The bytes with the revised text, after the byte order mark that they may begin with."""
    text = revision.before.text.encode()
    if decode(data, revision.before.path).text != revision.before.text:
        raise Unavailable(project / revision.before.path, "ändrades av någon annan under tiden; kör igen")
    return data[: len(data) - len(text)] + revision.after.text.encode()


def rewrite(project: Path, path: str, change: Callable[[Source], Revision]) -> Rewritten:
    """The file as it is after the change. UsageError where it cannot be made safely."""
    file = on_disk(project, path)
    try:
        revision = change(decode(file.new, path))
    except NotSafe as why:
        raise UsageError(f"{path}: ändras inte, {why}", "ändra för hand") from None
    return Rewritten(file.old, with_new_text(file.new, revision, project))


def outcome(file: ProcessPath, year: int, files: Mapping[str, Rewritten]) -> Outcome:
    """The year with the files as they are to be. Raises OSError."""
    from arshjul import compiler

    revised = {path: each.new for path, each in files.items()}
    try:
        plan = compiler.Sweep(file, revised).compiled(year)
    except InvalidProcess as invalid:
        return Outcome(None, invalid.diagnostics)
    return Outcome(plan.timeline, plan.findings)


def new_findings(before: Outcome, after: Outcome, *severities: Severity) -> tuple[Diagnostic, ...]:
    """The findings that were not there before, wherever they stand now: an edit moves what follows it."""
    known = Counter((each.code, each.message) for each in before.findings)
    found: list[Diagnostic] = []
    for each in after.findings:
        known[each.code, each.message] -= 1
        if known[each.code, each.message] < 0 and each.severity in severities:
            found.append(each)
    return tuple(found)


def changed_rows(before: Timeline, after: Timeline) -> Iterator[str]:
    """`id: old date → new date` for each row of both whose dates differ, in the order of the plan."""
    from arshjul.wording.dates import dates_alone, stop_date_text

    old = {row.id: row for row in before.activities}
    for row in after.activities:
        if (was := old.get(row.id)) is None:
            continue
        if (first := dates_alone(was)) != (second := dates_alone(row)):
            yield f"{row.id}: {first} → {second}"
        elif (first := stop_date_text(was.stop_date, None)) != (second := stop_date_text(row.stop_date, None)):
            yield f"{row.id}.stoppdatum: {first or 'inget'} → {second or 'inget'}"


def cut(rows: Sequence[str], most: int) -> list[str]:
    """The first of them, and how many more there are."""
    more = len(rows) - most
    return [*rows[:most], *([f"… och {more} rader till"] if more > 0 else [])]


def finish(files: Mapping[str, Rewritten], told: Iterable[str], console: Console, project: Path, dry: bool) -> ExitCode:
    """Write the files, each only if it still holds what was read, and say what that changed; or show the diff."""
    if dry:
        console.result("".join(_diff(path, file) for path, file in files.items()))
    else:
        changed = {project / path: file for path, file in files.items() if file.old != file.new}
        write_all(
            {path: file.new for path, file in changed.items()},
            project,
            {path: file.old for path, file in changed.items()},
        )
        for path, file in files.items():
            console.note(safe(f"skrev {path}" if file.old != file.new else f"{path}: står redan så"))
    for line in told:
        console.note(safe(line))
    return ExitCode.OK


def _diff(path: str, file: Rewritten) -> str:
    old, new = ((data or b"").decode("utf-8-sig").splitlines(keepends=True) for data in (file.old, file.new))
    lines = unified_diff(old, new, f"a/{path}" if file.old is not None else "/dev/null", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
