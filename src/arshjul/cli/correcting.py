"""`check --fix`: the certain corrections are put into the files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from arshjul.cli.console import Console
from arshjul.cli.examining import Examination
from arshjul.cli.exits import ExitCode, describe_os_error
from arshjul.cli.rewriting import Rewritten, on_disk, with_new_text
from arshjul.cli.writer import write_all
from arshjul.codes import DEFINITION_ERRORS, Code
from arshjul.definition.edit import NotSafe, Revision, check, revisions
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.terminal import inert, safe
from arshjul.reports import Reported
from arshjul.shipped import SHIPPED

ROUNDS = 20  # a correction may uncover what it hid, such as the dates below a fault of YAML
LONGEST_SHOWN = 80
_HIDES_OTHERS = frozenset({Code.SYNTAX, Code.ENCODING, Code.ANCHOR, Code.TEXT_CUT, Code.DUPLICATE_KEY, Code.LIMIT})


class Corrected(Struct, frozen=True):
    """The findings that are left, and how the writing went."""

    left: tuple[Reported, ...]
    code: ExitCode


def correct(examination: Examination) -> Corrected:
    """Put in every fix that does not overlap another, examine anew, and go on until none is left.

    Everything happens in memory; the files are written last, each only if it still holds what was read. What is
    changed, or why nothing is, is told on stderr.
    """
    console, project = examination.console, examination.project
    before = examination.findings()
    try:
        files, changes, left = _corrected(examination, before)
        if worse := _worse(before, left):
            console.error(f"Inget ändrades: {worse} skulle få fler fel än förut", "rätta för hand enligt hjälpen")
            return Corrected(before, ExitCode.OK)
        if files:
            new = {project / path: file.new for path, file in files.items()}
            write_all(new, project, {project / path: file.old for path, file in files.items()})
    except InvalidProcess as invalid:  # a link was put in the file's place
        console.findings(invalid.diagnostics)
        return Corrected(before, ExitCode.UNREADABLE)
    except OSError as error:
        console.error(describe_os_error(error, project))
        return Corrected(examination.findings(), ExitCode.UNREADABLE)
    for change in changes:
        console.note(change)
    return Corrected(left, ExitCode.OK)


def _corrected(
    examination: Examination, found: tuple[Reported, ...]
) -> tuple[dict[str, Rewritten], list[str], tuple[Reported, ...]]:
    """The files by the paths that messages show, the lines that tell what is changed in them, what is left."""
    files: dict[str, Rewritten] = {}
    changes: list[str] = []
    for _ in range(ROUNDS):
        revisions = list(_safe_revisions(found, examination.console))
        if not revisions:
            break
        for revision in revisions:
            path = revision.before.path
            file = files.get(path) or on_disk(examination.project, path)
            files[path] = Rewritten(file.old, with_new_text(file.new, revision, examination.project))
            changes += _changes(revision)
        found = examination.findings({path: file.new for path, file in files.items()})
    return files, changes, found


def _safe_revisions(found: Sequence[Reported], console: Console) -> Iterator[Revision]:
    """One a file, told if it is not safe: those that ship with arshjul are not the user's to change."""
    fixes = (finding.diagnostic.fix for finding in found)
    for revision in revisions(fix for fix in fixes if fix is not None and not fix.span.file.startswith(SHIPPED)):
        try:
            check(revision)
        except NotSafe as why:
            console.error(f"{revision.before.path}: ändras inte, {why}")
        else:
            yield revision


def _changes(revision: Revision) -> Iterator[str]:
    """`file:line: old → new` for each place."""
    edits = (place for edit in revision.edits for place in edit.places)
    for edit in sorted(edits, key=lambda edit: edit.span.offsets):
        start, end = edit.span.offsets
        old, new = edit.span.source.text[start:end], edit.text
        if not re.search(r"\w", old) or not re.search(r"\w", new):  # a sign alone says nothing: the line around it
            line = edit.span.source.lines[edit.span.line - 1]
            after = line[edit.span.end_column - 1 :] if edit.span.line == edit.span.end_line else ""
            old, new = line.strip(), (line[: edit.span.column - 1] + new + after).strip()
        yield inert(f"{safe(edit.span.file)}:{edit.span.line}: {_shown(old)} → {_shown(new)}")


def _shown(text: str) -> str:
    return safe(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def _worse(before: Sequence[Reported], after: Sequence[Reported]) -> str | None:
    """A process with more errors as written than before; but what a fault of YAML hid was there before too."""
    hidden = {each.process for each in before if each.diagnostic.code in _HIDES_OTHERS}
    old, new = (
        Counter(each.process for each in found if each.diagnostic.code in DEFINITION_ERRORS)
        for found in (before, after)
    )
    return next((str(name) for name in new if new[name] > old[name] and name not in hidden), None)
