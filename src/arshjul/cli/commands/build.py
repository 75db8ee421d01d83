"""`build`: the plan of a year as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from arshjul.cli import front
from arshjul.cli.agenda import STEM, AgendaRequest, compile_agenda, is_by_meeting
from arshjul.cli.arguments import chosen, one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.destination import destination, plans_of
from arshjul.cli.exits import ExitCode, UsageError, display_path
from arshjul.cli.filters import RowFilter
from arshjul.cli.options import (
    EDITIONS,
    HELP_FORCE,
    BodyName,
    ByMeeting,
    EditionName,
    OutFolder,
    RoleName,
    YearAndProcesses,
)
from arshjul.cli.processes import exit_code, for_each, name, selected
from arshjul.cli.publishing import CALENDAR, PAGE, WORKBOOK, Builder, BuildRequest
from arshjul.cli.shelf import Shelf, first_number, made_of_several
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.workers import ahead, number_of_workers
from arshjul.diagnostics import InvalidProcess
from arshjul.views import AGENDA, FRONT
from arshjul.views.plan import EXTRAS, FORMATS, SHEETS

if TYPE_CHECKING:
    from arshjul.cli.shelf import Made
    from arshjul.compiler import ProcessPath
    from arshjul.views.publication import Edition

    Built = dict[ProcessPath, tuple[Edition, Mapping[str, str]]]  # what is written of it: format → file name

DEFAULT_FORMATS = ("xlsx", "md", "html")
AGENDA_FORMATS = tuple(AGENDA.files)
HELP_FORMATS = "filformat; utan flaggan xlsx, md och html"
HELP_SHEETS = "fler blad i Excel: gantt, bodies, windows (tidsfönster), holidays"
HELP_JOBS = "hur många processer som byggs samtidigt; utan flaggan så många som datorn har kärnor, från tjugo processer"
HELP_DRY_RUN = "visa vad som skulle skrivas, men skriv inget"
HELP_WATCH = "bygg webbsidan på nytt varje gång något ändras, med fynden överst; Ctrl-C avslutar"
HELP_RELEASE = "börja en ny utgåva: det som ändras från och med nu jämförs med det som är publicerat"
HELP_PRUNE = "ta bort filer från tidigare byggen vars process eller organ inte längre finns"
HELP_NEW_RECORD = "börja en ny arshjul.json där den saknas, med högre nummer än i kalendrarna som ligger där"


def build(
    ctx: typer.Context,
    words: YearAndProcesses = [],
    formats: Annotated[list[str], typer.Option("-f", "--format", metavar="FORMAT[,…]", help=HELP_FORMATS)] = [],
    sheets: Annotated[list[str], typer.Option("--sheets", metavar="BLAD[,…]", help=HELP_SHEETS)] = [],
    out: OutFolder = None,
    body: BodyName = None,
    role: RoleName = None,
    by: ByMeeting = None,
    edition: EditionName = "internal",
    no_check: Annotated[bool, typer.Option("--no-check", help="utan kontroller")] = False,
    watch: Annotated[bool, typer.Option("--watch", help=HELP_WATCH)] = False,
    jobs: Annotated[str | None, typer.Option("--jobs", metavar="ANTAL", help=HELP_JOBS)] = None,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help=HELP_DRY_RUN)] = False,
    release: Annotated[bool, typer.Option("--release", help=HELP_RELEASE)] = False,
    force: Annotated[bool, typer.Option("--force", help=HELP_FORCE)] = False,
    prune: Annotated[bool, typer.Option("--prune", help=HELP_PRUNE)] = False,
    new_record: Annotated[bool, typer.Option("--new-record", help=HELP_NEW_RECORD)] = False,
) -> int:
    """Compile every process and write its formats."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul build 2026")
    by_meeting = is_by_meeting(by)
    known, usual = (AGENDA_FORMATS, AGENDA_FORMATS[:1]) if by_meeting else (FORMATS, DEFAULT_FORMATS)
    usual = (PAGE,) if watch else usual
    request = BuildRequest(
        year=year,
        formats=chosen("Formatet", formats, known) or usual,
        destination=destination(out, project, year, known, dry_run=dry_run),
        body=body,
        role=role,
        edition=one_chosen("Utgåvan", edition, EDITIONS),
        checks=not no_check,
        sheets=chosen("Bladet", sheets, SHEETS),
        whole=not names and body is None and role is None,
        release=release,
    )
    _reject_what_formats_lack(request)
    if watch:
        from arshjul.cli import watching

        kept = {"--by": by, "-n": dry_run, "--jobs": jobs, "--force": force}
        kept |= {"--release": release, "--prune": prune, "--new-record": new_record}
        watching.reject_unfit(request, project, [flag for flag, given in kept.items() if given])
        return watching.watch(names, request, console, project)
    publishes = request.publishes(project)
    if (release or new_record) and not publishes:
        flag = "--release" if release else "--new-record"
        raise UsageError(f"{flag} gäller det som publiceras i tidplaner/{year}", "bygg utan -o")
    files = selected(names, project)
    if publishes or CALENDAR in request.formats:
        request = replace(request, first_number=first_number(plans_of(project, year), new=new_record))
    place = request.destination
    shelf = Shelf(place, console, keeps_events=publishes, force=force, prune=prune) if place else None
    if by_meeting:
        return _build_agenda(files, request, shelf, console, project)
    if request.destination is None and (len(files) > 1 or len(request.formats) > 1):
        example = "skriv till exempel arshjul build 2026 rambudget -f md -o -"
        raise UsageError("-o - tar en process och ett format", example)
    with shelf or nullcontext():
        return _build_all(files, request, shelf, console, project, number_of_workers(jobs, len(files)))


def _reject_what_formats_lack(request: BuildRequest) -> None:
    if request.sheets and WORKBOOK not in request.formats:
        raise UsageError("--sheets väljer blad i Excel; andra format har inga", "lägg till -f xlsx")
    for format_ in request.formats:
        library, extra = EXTRAS.get(format_, (None, None))
        if library and find_spec(library) is None:
            raise UsageError(
                f"Formatet {format_} kräver ett tillägg som inte är installerat",
                f'installera det med: py -m pip install "arshjul[{extra}]"',
            )


def _build_agenda(
    files: Sequence[ProcessPath], request: BuildRequest, shelf: Shelf | None, console: Console, project: Path
) -> ExitCode:
    """The one ärendeplan of all the processes."""
    if request.destination is None and len(request.formats) > 1:
        raise UsageError("-o - tar ett format", "skriv till exempel arshjul build 2026 --by meeting -f md -o -")
    rows = RowFilter(request.body, request.role)
    wanted = AgendaRequest(request.year, rows, request.edition, request.checks, print_findings=True)
    page, code = compile_agenda(files, wanted, console, project)
    if page is None:
        return code
    if PAGE in request.formats:
        from arshjul import templates

        page = replace(page, templates=templates.templates(project))
    stem = f"{STEM}-{page.body}" if page.body else STEM
    made = made_of_several({f"{stem}.{format_}": AGENDA.render(format_, page) for format_ in request.formats})
    _deliver(made, shelf, console)
    return code


def _deliver(made: Made, shelf: Shelf | None, console: Console) -> None:
    """Write the files; on stdout there is but one."""
    if shelf:
        shelf.write(made)
    else:
        for data in made.files.values():
            console.result_bytes(data)


def _build_all(
    files: Sequence[ProcessPath],
    request: BuildRequest,
    shelf: Shelf | None,
    console: Console,
    project: Path,
    workers: int,
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
            result = build_files(file)
            console.findings(result.findings)
            for format_ in request.formats:
                if format_ not in result.names:
                    console.note(f"{name(file)}: {format_} skrivs inte, för inget skulle stå i den")
            _deliver(result.made, shelf, console)
            built[file] = result.edition, result.names
            return exit_code(result.findings)

        code = for_each(files, build_one, console, project)
    if shelf:
        for missing in (file.id for file in files if file not in built):
            if missing:
                shelf.tell_unwritten(missing)
    if shelf and request.whole and request.publishes(project) and all(file.id for file in files):
        shelf.clear({str(file.id) for file in files})
    # One process alone needs no page that leads to it.
    several = request.whole and len(files) > 1
    if built and several and PAGE in request.formats and shelf:
        lacking = tuple(name(file) for file in files if file not in built)
        code = max(code, _build_front_page(built, lacking, request, shelf, console))
    return code


def _build_front_page(
    built: Built, missing: tuple[str, ...], request: BuildRequest, shelf: Shelf, console: Console
) -> ExitCode:
    from arshjul import templates
    from arshjul.views.front.model import Entry, Front

    file, place = f"{front.STEM}.{PAGE}", shelf.place
    if front.is_foreign_page(place.folder / file):
        where = display_path(place.folder / file, place.project)
        console.note(f"{where} lämnas som den är: den kommer inte från arshjul")
        return ExitCode.OK
    entries = tuple(Entry(edition, names) for edition, names in built.values())
    page = Front(request.year, entries, missing, front.wheel_in(place.folder), templates.templates(place.project))
    try:
        shelf.write(made_of_several({file: FRONT.render(PAGE, page)}))
    except InvalidProcess as invalid:
        console.findings(invalid.diagnostics)
        return ExitCode.FINDINGS
    return ExitCode.OK
