"""`--by meeting` of `show` and `build`: the ärendeplan, one for all the processes that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arshjul.cli.arguments import one_chosen
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.filters import RowFilter, filter_rows, known_body
from arshjul.cli.processes import exit_code, for_each, name

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.timeline import Timeline
    from arshjul.views.agenda.model import AgendaPage

STEM = "arendeplan"


class AgendaRequest(Struct, frozen=True):
    """What the ärendeplan is to hold. `print_findings` prints the findings as messages, as `build` does."""

    year: int
    rows: RowFilter
    edition: str = "internal"
    checks: bool = True
    print_findings: bool = False


class _Contribution(Struct, frozen=True):
    """What one process adds: its rows, and the title and standing of its whole plan."""

    timeline: Timeline
    title: str
    standing: str


def is_by_meeting(by: str | None) -> bool:
    """Whether `--by` asks for it; there is nothing else to ask for."""
    return by is not None and one_chosen("Ordningen", by, ("meeting",)) == "meeting"


def compile_agenda(
    files: Sequence[ProcessPath], request: AgendaRequest, console: Console, project: Path
) -> tuple[AgendaPage | None, ExitCode]:
    """The page and the most severe exit code; None if no process has what the command line asks for, or none compiles.

    A process that cannot be compiled is named on the page: its matters are missing, and a reader must know.
    """
    from arshjul import compiler
    from arshjul.views.publication import Audience, for_audience
    from arshjul.wording.heading import standing

    if request.rows.role is not None:
        raise UsageError("Ärendeplanen ordnas efter organ och tar ingen roll", "välj ett organ med --body KS")
    of_all = replace(request.rows, body=None)  # a body is chosen over all processes at once
    found: dict[ProcessPath, _Contribution] = {}

    def compile_one(file: ProcessPath) -> ExitCode:
        plan = compiler.compile_process(file, request.year, checks=request.checks)
        edition = for_audience(Audience(request.edition), plan.timeline, plan.findings)
        rows, status = filter_rows(edition.timeline, of_all), standing(edition.timeline, edition.findings)
        found[file] = _Contribution(rows, plan.timeline.title, status)
        if request.print_findings:
            console.findings(plan.findings)
        return exit_code(plan.findings)

    code = for_each(files, compile_one, console, project)
    if not found or code is ExitCode.USAGE:
        return None, code
    missing = tuple(name(file) for file in files if file not in found)
    return _page([*found.values()], missing, request), code


def _page(found: Sequence[_Contribution], missing: tuple[str, ...], request: AgendaRequest) -> AgendaPage:
    from arshjul.views.agenda.model import AgendaPage, agenda, of_body

    timelines = [each.timeline for each in found]
    bodies, body = agenda(timelines), request.rows.body
    if body is not None:
        body = known_body(body, [known for each in timelines for known in each.bodies], "någon av processerna")
        bodies = of_body(bodies, body)
    return AgendaPage(request.year, bodies, tuple((each.title, each.standing) for each in found), missing, body)
