"""`--by meeting` of `show` and `build`: the ärendeplan, one for all the processes that were asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from arshjul.cli.arguments import one_chosen
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode
from arshjul.cli.filters import Selection, chosen_rows, known_body
from arshjul.cli.processes import for_each, name, verdict
from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe

if TYPE_CHECKING:
    from arshjul.compiler import Compiled, ProcessPath
    from arshjul.timeline import Timeline
    from arshjul.views.agenda.printed import AgendaPage, PrintedBody

FORMATS = ("md", "json", "csv")
STEM = "arendeplan"
HELP = "ordna efter sammanträden (meeting): en ärendeplan över alla processer"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the ärendeplan is wanted of. `loud` tells the findings as messages, as `build` does."""

    year: int
    rows: Selection
    edition: str = "internal"
    checks: bool = True
    loud: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """What one process adds: the rows wanted of it, and what is said of its whole plan."""

    timeline: Timeline
    title: str
    standing: str


def is_by_meeting(by: str | None) -> bool:
    """Whether `--by` asks for it; there is nothing else to ask for."""
    return by is not None and one_chosen("Ordningen", by, ("meeting",)) == "meeting"


def gathered(
    files: Sequence[ProcessPath], inquiry: Inquiry, console: Console, project: Path
) -> tuple[AgendaPage | None, ExitCode]:
    """The page and the gravest exit code; None where the command line asks for what no process has, or none compiles.

    A process that cannot be compiled is told of on the page: its matters are missing, and a reader must know.
    """
    found: dict[ProcessPath, _Part] = {}

    def compile_one(file: ProcessPath) -> ExitCode:
        compiled = _compiled(file, inquiry)
        found[file] = _part(compiled, inquiry)
        if inquiry.loud:
            console.findings(compiled.findings)
        return verdict(compiled.findings)

    code = for_each(files, compile_one, console, project)
    if not found or code is ExitCode.USAGE:
        return None, code
    missing = tuple(name(file) for file in files if file not in found)
    return _page([*found.values()], missing, inquiry), code


def _compiled(file: ProcessPath, inquiry: Inquiry) -> Compiled:
    from arshjul import compiler

    return compiler.compile_process(file, inquiry.year, checks=inquiry.checks)


def _part(compiled: Compiled, inquiry: Inquiry) -> _Part:
    from arshjul.views import public
    from arshjul.wording.heading import standing

    shared = inquiry.edition == "public"
    timeline = public(compiled.timeline) if shared else compiled.timeline
    told = standing(timeline, () if shared else compiled.findings)
    return _Part(chosen_rows(timeline, replace(inquiry.rows, body=None)), timeline.title, told)


def _page(parts: Sequence[_Part], missing: tuple[str, ...], inquiry: Inquiry) -> AgendaPage:
    from arshjul.views.agenda.model import agenda, of_body
    from arshjul.views.agenda.printed import AgendaPage

    timelines = [part.timeline for part in parts]
    body = _body_id(timelines, inquiry.rows.body) if inquiry.rows.body else None
    bodies = of_body(agenda(timelines), body) if body else agenda(timelines)
    return AgendaPage(inquiry.year, bodies, tuple((part.title, part.standing) for part in parts), missing, body)


def _body_id(timelines: Sequence[Timeline], body: str) -> str:
    return known_body(body, [known for timeline in timelines for known in timeline.bodies], "någon av processerna")


def show_agenda(
    files: Sequence[ProcessPath], inquiry: Inquiry, output: str, console: Console, project: Path
) -> ExitCode:
    """The ärendeplan on stdout, as a table for the terminal or as a file."""
    from arshjul.views.agenda.printed import RENDERERS

    page, code = gathered(files, inquiry, console, project)
    if page is None:
        return code
    if output == "table":
        width = console.room(sys.stdout)
        lines = _lines(page, width, console.paint(sys.stdout))
        console.result("".join(f"{line}\n" for line in lines))
    else:
        console.result_bytes(RENDERERS[output](page))
    return code


def _lines(page: AgendaPage, width: int | None, paint: Paint) -> Iterator[str]:
    from arshjul.views.agenda.printed import notes, printed, used_columns

    bodies = printed(page)
    used = used_columns(bodies)
    yield paint(page.title, "fet")
    yield from (paint(safe(note), "svag") for note in notes(page))
    if not bodies:
        yield from ("", "Inga ärenden.")
    for body in bodies:
        yield from ("", paint(safe(body.title), "fet"))
        yield from _table(body.matrix, width, paint)
        yield from _meetings(body, used, width, paint)


def _table(rows: Sequence[Sequence[str]], width: int | None, paint: Paint) -> Iterator[str]:
    if rows:
        heading, *body = lay_out(rows, width)
        yield from (paint(line, "svag") for line in heading)
        yield from (line for block in body for line in block)


def _meetings(body: PrintedBody, used: Sequence[int], width: int | None, paint: Paint) -> Iterator[str]:
    """The matters of all the body's meetings, in columns that are aligned over them; headed once."""
    from arshjul.views.agenda.printed import MATTER_COLUMNS

    cells = [matter.cells for meeting in body.meetings for matter in meeting.matters]
    blocks = lay_out([[row[number] for number in used] for row in (MATTER_COLUMNS, *cells)], width)
    heading: list[str] = next(blocks)
    for meeting in body.meetings:
        yield from ("", paint(safe(meeting.title), "fet"))
        if meeting.chain:
            yield safe(meeting.chain)
        yield from (paint(line, "svag") for line in heading)
        heading = []
        for _ in meeting.matters:
            yield from next(blocks)
