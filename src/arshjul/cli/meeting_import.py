"""`import --as meetings`: a document of meetings becomes the meeting plan of a calendar year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from arshjul.cli.arguments import STDOUT
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Unavailable, UsageError, display_path
from arshjul.cli.writer import write_all
from arshjul.diagnostics import InvalidProcess
from arshjul.formats.terminal import safe
from arshjul.source import read_file

if TYPE_CHECKING:
    from arshjul.intake.meetings.model import FoundPlan
    from arshjul.intake.meetings.recognise import Candidate

LISTED_SHOWN = 20


def import_meetings(file: Path, year: int | None, out: str | None, project: Path, console: Console) -> ExitCode:
    """Write `sammantraden-YEAR.yaml`, beside the only process of the project, in the folder `out`, or to stdout.

    Raises:
        UsageError: the year is missing, or the document is of another.
        InvalidProcess: the document cannot be read.
        OSError: a file cannot be read or written; the plan is there already.
    """
    from arshjul.compiler import find_processes
    from arshjul.intake.meetings.recognise import prove
    from arshjul.intake.meetings.writing import as_yaml

    known = dict(_known_bodies(project))
    found = candidate_of(file, known, console)
    plan = found.plan(_year(found, year), known)
    name = f"sammantraden-{plan.year}.yaml"
    text = as_yaml(plan, file.name)
    tell(plan, console)
    demand_meetings(plan, file)
    prove(plan, text, name)
    if out == STDOUT:
        console.result(text)
        return ExitCode.OK
    files = find_processes(project)  # beside the only process, where its plans lie
    target = (Path(out) if out else files[0].path.parent if len(files) == 1 else project) / name
    if target.exists():
        raise Unavailable(
            target, "finns redan och skrivs inte över", "välj en annan mapp med -o, eller -o - för skärmen"
        )
    write_all({target: text.encode()}, project if target.is_relative_to(project) else target.parent, {target: None})
    console.note(safe(f"skrev {display_path(target, project)}"))
    return ExitCode.OK


def candidate_of(file: Path, known: Mapping[str, str], console: Console) -> Candidate:
    """What may be a plan, read from a file; what is passed over is told. Raises InvalidProcess, OSError."""
    from arshjul.intake.meetings.recognise import candidate
    from arshjul.intake.readers.bounds import MOST_BYTES

    path = file.resolve()
    found = candidate(file.name, read_file(path, path.parent, file.name, MOST_BYTES), known)
    for notice in found.notices:
        console.note(safe(notice))
    return found


def demand_meetings(plan: FoundPlan, file: Path) -> None:
    """Raises Unavailable for a plan without any meeting."""
    if not plan.bodies:
        raise Unavailable(file, "inget sammanträde hittades i filen", "se ovan vad som inte förstods")


def _year(found: Candidate, asked: int | None) -> int:
    if asked is None and len(found.years) == 1:
        return found.years[0]
    if asked is None:
        said = f" {' och '.join(map(str, found.years[:5]))} nämns" if found.years else ""
        raise UsageError(f"{found.name} säger inte säkert vilket kalenderår den gäller{said}", "skriv --year ÅR")
    if found.years and asked not in found.years:
        years = " och ".join(map(str, found.years[:5]))
        raise UsageError(f"{found.name} är av {years}, inte {asked}", f"skriv --year {found.years[0]}")
    return asked


def _known_bodies(project: Path) -> Iterator[tuple[str, str]]:
    """Folded id and name of each body of the project → its id; a name that two have is neither's."""
    from arshjul.compiler import find_processes
    from arshjul.definition.load import TreesByYear
    from arshjul.definition.tree import maps, text_of
    from arshjul.intake.meetings.labels import folded
    from arshjul.workdays import LAST_YEAR

    named: dict[str, set[str]] = {}
    for file in find_processes(project):
        with suppress(InvalidProcess):  # what is wrong in it is told when it is built
            trees = TreesByYear(file).of_year(LAST_YEAR)
            for bodies in (found for tree in (trees.main, *trees.parts) for found in maps(tree, "organ")):
                for body in bodies:
                    for name in (str(body), text_of(bodies[body], "namn") or body):
                        named.setdefault(folded(name), set()).add(str(body))
    yield from ((name, ids.pop()) for name, ids in named.items() if len(ids) == 1)


def tell(plan: FoundPlan, console: Console) -> None:
    """What was found in a document, and what was not understood."""
    from arshjul.intake.meetings.writing import line_of

    for body in plan.bodies:
        days = f"{len(body.meetings)} {'möte' if len(body.meetings) == 1 else 'möten'}"
        console.note(safe(f"{body.id} ({body.name}): {days}" if body.name != body.id else f"{body.id}: {days}"))
    unknown = [body for body in plan.bodies if not body.known]
    if unknown:
        lines = ", ".join(f"{body.id}: {{namn: {body.name}}}" for body in unknown[:LISTED_SHOWN])
        console.note(safe(f"organ som projektet inte har, id:n är gjorda av namnen; lägg till under organ: {lines}"))
    for listed in plan.listed[:LISTED_SHOWN]:
        console.note(f"inte förstått: {line_of(listed)}")
    if len(plan.listed) > LISTED_SHOWN:
        console.note(f"… och {len(plan.listed) - LISTED_SHOWN} till; alla står sist i filen")
