"""`build`: the plan of a year as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli import front
from arshjul.cli.agenda import STEM, AgendaRequest, compile_agenda, is_by_meeting
from arshjul.cli.arguments import chosen, one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.destination import Destination, destination
from arshjul.cli.exits import ExitCode, UsageError, display_path
from arshjul.cli.filters import RowFilter
from arshjul.cli.options import EDITIONS, BodyName, ByMeeting, EditionName, OutFolder, YearAndProcesses
from arshjul.cli.processes import exit_code, for_each, name, selected
from arshjul.cli.publishing import PAGE, WORKBOOK, Builder, BuildRequest
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.workers import ahead, number_of_workers
from arshjul.diagnostics import InvalidProcess
from arshjul.views import AGENDA, FRONT
from arshjul.views.plan import EXTRAS, FORMATS, SHEETS

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.views.publication import Edition

    Built = dict[ProcessPath, tuple[Edition, Mapping[str, str]]]  # what is written of it: format → file name

DEFAULT_FORMATS = ("xlsx", "md", "html")
AGENDA_FORMATS = tuple(AGENDA.files)
HELP_FORMATS = "filformat; utan flaggan xlsx, md och html"
HELP_SHEETS = "fler blad i Excel: gantt, bodies, windows (tidsfönster), holidays"
HELP_JOBS = "hur många processer som byggs samtidigt; utan flaggan så många som datorn har kärnor, från tjugo processer"
HELP_DRY_RUN = "visa vad som skulle skrivas, men skriv inget"


def build(
    ctx: typer.Context,
    words: YearAndProcesses = [],
    formats: Annotated[list[str], typer.Option("-f", "--format", metavar="FORMAT[,…]", help=HELP_FORMATS)] = [],
    sheets: Annotated[list[str], typer.Option("--sheets", metavar="BLAD[,…]", help=HELP_SHEETS)] = [],
    out: OutFolder = None,
    body: BodyName = None,
    by: ByMeeting = None,
    edition: EditionName = "internal",
    no_check: Annotated[bool, typer.Option("--no-check", help="utan kontroller")] = False,
    jobs: Annotated[str | None, typer.Option("--jobs", metavar="ANTAL", help=HELP_JOBS)] = None,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help=HELP_DRY_RUN)] = False,
) -> int:
    """Compile every process and write its formats."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul build 2026")
    by_meeting = is_by_meeting(by)
    known, usual = (AGENDA_FORMATS, AGENDA_FORMATS[:1]) if by_meeting else (FORMATS, DEFAULT_FORMATS)
    request = BuildRequest(
        year=year,
        formats=chosen("Formatet", formats, known) or usual,
        destination=destination(out, project, year, known, dry_run=dry_run),
        body=body,
        edition=one_chosen("Utgåvan", edition, EDITIONS),
        checks=not no_check,
        sheets=chosen("Bladet", sheets, SHEETS),
        whole=not names and body is None,
    )
    if request.sheets and WORKBOOK not in request.formats:
        raise UsageError("--sheets väljer blad i Excel; andra format har inga", "lägg till -f xlsx")
    _reject_missing_extras(request)
    files = selected(names, project)
    if by_meeting:
        return _build_agenda(files, request, console, project)
    if request.destination is None and (len(files) > 1 or len(request.formats) > 1):
        example = "skriv till exempel arshjul build 2026 rambudget -f md -o -"
        raise UsageError("-o - tar en process och ett format", example)
    return _build_all(files, request, console, project, number_of_workers(jobs, len(files)))


def _reject_missing_extras(request: BuildRequest) -> None:
    for format_ in request.formats:
        library, extra = EXTRAS.get(format_, (None, None))
        if library and find_spec(library) is None:
            raise UsageError(
                f"Formatet {format_} kräver ett tillägg som inte är installerat",
                f'installera det med: py -m pip install "arshjul[{extra}]"',
            )


def _build_agenda(files: Sequence[ProcessPath], request: BuildRequest, console: Console, project: Path) -> ExitCode:
    """The one ärendeplan of all the processes."""
    if request.destination is None and len(request.formats) > 1:
        raise UsageError("-o - tar ett format", "skriv till exempel arshjul build 2026 --by meeting -f md -o -")
    wanted = AgendaRequest(request.year, RowFilter(request.body), request.edition, request.checks, print_findings=True)
    page, code = compile_agenda(files, wanted, console, project)
    if page is None:
        return code
    stem = f"{STEM}-{page.body}" if page.body else STEM
    _deliver({f"{stem}.{format_}": AGENDA.render(format_, page) for format_ in request.formats}, request, console)
    return code


def _deliver(files: Mapping[str, bytes], request: BuildRequest, console: Console) -> None:
    """Write them; on stdout there is but one."""
    if request.destination:
        request.destination.write(files, console)
    else:
        console.result_bytes(*files.values())


def _build_all(
    files: Sequence[ProcessPath], request: BuildRequest, console: Console, project: Path, workers: int
) -> ExitCode:
    numbers = {file.path: number for number, file in enumerate(files, start=1)}
    built: Built = {}
    builder = Builder(request, project)
    if clashes := builder.clashes(files) if request.destination else []:
        console.findings(clashes)
        return ExitCode.FINDINGS

    with ahead(builder, files, workers) as build_files:

        def build_one(file: ProcessPath) -> ExitCode:
            if len(files) > 1:
                console.note(f"[{numbers[file.path]}/{len(files)}] {name(file)}")
            made = build_files(file)
            console.findings(made.findings)
            _deliver(made.files, request, console)
            built[file] = made.edition, made.names
            return exit_code(made.findings)

        code = for_each(files, build_one, console, project)
    # One process alone needs no page that leads to it.
    several = request.whole and len(files) > 1
    if built and several and PAGE in request.formats and request.destination:
        missing = tuple(name(file) for file in files if file not in built)
        code = max(code, _build_front_page(built, missing, request.year, request.destination, console))
    return code


def _build_front_page(
    built: Built, missing: tuple[str, ...], year: int, place: Destination, console: Console
) -> ExitCode:
    from arshjul import templates
    from arshjul.views.front.model import Entry, Front

    file = f"{front.STEM}.{PAGE}"
    if front.is_foreign_page(place.folder / file):
        where = display_path(place.folder / file, place.project)
        console.note(f"{where} lämnas som den är: den kommer inte från arshjul")
        return ExitCode.OK
    entries = tuple(Entry(edition, names) for edition, names in built.values())
    page = Front(year, entries, missing, front.wheel_in(place.folder), templates.templates(place.project))
    try:
        place.write({file: FRONT.render(PAGE, page)}, console)
    except InvalidProcess as invalid:
        console.findings(invalid.diagnostics)
        return ExitCode.FINDINGS
    return ExitCode.OK
