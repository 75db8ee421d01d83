"""`build`: the plan of a year as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli import front
from arshjul.cli.agenda import FORMATS as AGENDA_FORMATS
from arshjul.cli.agenda import HELP, STEM, Inquiry, gathered, is_by_meeting
from arshjul.cli.arguments import chosen, folder_of, one_chosen, one_year, root_of
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Misuse, shown
from arshjul.cli.filters import Part, Selection, body_id, of_body, part_of, parts
from arshjul.cli.plans import Beside, ProjectPlans
from arshjul.cli.processes import for_each, name, selected, verdict
from arshjul.cli.shell import console_of, project_of
from arshjul.diagnostics import InvalidProcess

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.views import Plan

    Built = dict[ProcessPath, tuple[Plan, Mapping[str, str]]]  # what is written of a process: format → file name

DEFAULT_FORMATS = ("xlsx", "md", "html")
EDITIONS = ("internal", "public")
WORKBOOK = "xlsx"
PAGE = "html"
CALENDAR = "ics"
WORD = "docx"


@dataclass(frozen=True, slots=True)
class Order:
    """What to build and where. `folder` None means stdout; `root` is the folder below which nothing may be a link.

    `whole` tells that nothing of the project was chosen away.
    """

    year: int
    formats: tuple[str, ...]
    folder: Path | None
    root: Path
    body: str | None
    edition: str
    checks: bool
    dry_run: bool
    sheets: tuple[str, ...] = ()
    whole: bool = False


def build(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ÅR [PROCESS]…", help="budgetåret, och processer om inte alla: id eller sökväg"),
    ] = [],  # noqa: B006 - Typer reads the default, nobody changes it
    formats: Annotated[
        list[str],
        typer.Option("-f", "--format", metavar="FORMAT[,…]", help="filformat; utan flaggan xlsx, md och html"),
    ] = [],  # noqa: B006
    sheets: Annotated[
        list[str],
        typer.Option(
            "--sheets", metavar="BLAD[,…]", help="fler blad i Excel: gantt, bodies, windows (tidsfönster), holidays"
        ),
    ] = [],  # noqa: B006
    out: Annotated[
        str | None,
        typer.Option(
            "-o", "--out", metavar="MAPP|-", help="mapp att skriva i, i stället för tidplaner/ÅR; - skriver till stdout"
        ),
    ] = None,
    body: Annotated[
        str | None, typer.Option("--body", metavar="ORGAN", help="bara det som rör organet, till exempel KS")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="meeting", help=HELP)] = None,
    edition: Annotated[
        str,
        typer.Option("--edition", metavar="internal|public", help="public utelämnar det interna"),
    ] = "internal",
    no_check: Annotated[bool, typer.Option("--no-check", help="utan kontroller")] = False,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help="visa vad som skulle skrivas, men skriv inget")
    ] = False,
) -> int:
    """Compile every process and write its formats."""
    from arshjul.views import RENDERERS, SHEETS

    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul build 2026")
    by_meeting = is_by_meeting(by)
    known, usual = (AGENDA_FORMATS, AGENDA_FORMATS[:1]) if by_meeting else (tuple(RENDERERS), DEFAULT_FORMATS)
    order = Order(
        year=year,
        formats=chosen("Formatet", formats, known) or usual,
        folder=folder_of(out, project, year, known),
        root=root_of(out, project),
        body=body,
        edition=one_chosen("Utgåvan", edition, EDITIONS),
        checks=not no_check,
        dry_run=dry_run,
        sheets=chosen("Bladet", sheets, SHEETS),
        whole=not names and body is None,
    )
    _refuse_sheets_without_a_workbook(order)
    _refuse_missing_extras(order)
    files = selected(names, project)
    if by_meeting:
        return _build_agenda(files, order, console, project)
    _refuse_mixtures(files, order)
    return _build_all(files, order, console, project)


def _refuse_sheets_without_a_workbook(order: Order) -> None:
    if order.sheets and WORKBOOK not in order.formats:
        raise Misuse("--sheets väljer blad i Excel; andra format har inga", "lägg till -f xlsx")


def _refuse_missing_extras(order: Order) -> None:
    from arshjul.views import EXTRAS

    for format_ in order.formats:
        library, extra = EXTRAS.get(format_, (None, None))
        if library and find_spec(library) is None:
            raise Misuse(
                f"Formatet {format_} kräver ett tillägg som inte är installerat",
                f'installera det med: py -m pip install "arshjul[{extra}]"',
            )


def _refuse_mixtures(files: Sequence[ProcessPath], order: Order) -> None:
    """Two plans must not end up in one file or one stream."""
    if order.folder is None and (len(files) > 1 or len(order.formats) > 1):
        raise Misuse("-o - tar en process och ett format", "skriv till exempel arshjul build 2026 rambudget -f md -o -")
    for process, count in Counter(file.id for file in files if file.id).items():
        if count > 1:
            places = " och ".join(file.display_path for file in files if file.id == process)
            raise Misuse(
                f"Processen {process} finns på flera ställen: {places}", "ge dem olika id, eller välj en sökväg"
            )


def _build_agenda(files: Sequence[ProcessPath], order: Order, console: Console, project: Path) -> ExitCode:
    """The one ärendeplan of all the processes."""
    from arshjul.views.agenda.printed import RENDERERS

    if order.folder is None and len(order.formats) > 1:
        raise Misuse("-o - tar ett format", "skriv till exempel arshjul build 2026 --by meeting -f md -o -")
    inquiry = Inquiry(order.year, Selection(order.body), order.edition, order.checks, loud=True)
    page, code = gathered(files, inquiry, console, project)
    if page is None:
        return code
    rendered = {f".{format_}": RENDERERS[format_](page) for format_ in order.formats}
    if order.folder is None:
        console.result_bytes(*rendered.values())
    else:
        _store(rendered, f"{STEM}-{page.body}" if page.body else STEM, order, console, project)
    return code


def _build_all(files: Sequence[ProcessPath], order: Order, console: Console, project: Path) -> ExitCode:
    numbers = {file.path: number for number, file in enumerate(files, start=1)}
    plans = ProjectPlans(project, order.year, checks=order.checks)
    built: Built = {}

    def build_one(file: ProcessPath) -> ExitCode:
        if len(files) > 1:
            console.note(f"[{numbers[file.path]}/{len(files)}] {name(file)}")
        return _build(file, order, plans, built, console)

    code = for_each(files, build_one, console, project)
    if not built or not _has_front_page(files, order):
        return code
    return max(code, _build_front_page(files, built, order, console, project))


def _has_front_page(files: Sequence[ProcessPath], order: Order) -> bool:
    """A page of its own that leads to one process alone, or takes the place of a process of that name, is none."""
    several = order.whole and len(files) > 1 and all(file.id != front.STEM for file in files)
    return several and PAGE in order.formats and order.folder is not None


def _build_front_page(
    files: Sequence[ProcessPath], built: Built, order: Order, console: Console, project: Path
) -> ExitCode:
    from arshjul import templates
    from arshjul.views.front.html import Entry, Front, render

    assert order.folder is not None
    place = order.folder / f"{front.STEM}.{PAGE}"
    if front.is_foreign_page(place):
        console.note(f"{shown(place, project)} lämnas som den är: den kommer inte från arshjul")
        return ExitCode.OK
    missing = tuple(name(file) for file in files if file not in built)
    entries = tuple(Entry(plan, names) for plan, names in built.values())
    wheel = front.wheel_in(order.folder)
    try:
        page = render(Front(order.year, entries, missing, wheel, templates.templates(project)))
    except InvalidProcess as invalid:
        console.findings(invalid.diagnostics)
        return ExitCode.FINDINGS
    _store({f".{PAGE}": page}, front.STEM, order, console, project)
    return ExitCode.OK


def _build(file: ProcessPath, order: Order, plans: ProjectPlans, built: Built, console: Console) -> ExitCode:
    plan = _plan(file, order, plans)
    console.findings(plan.findings)
    rendered = _rendered(plan, order.formats)
    if order.folder is None:
        console.result_bytes(*rendered.values())
    else:
        more = _calendars_of_parts(plan) if CALENDAR in order.formats else {}
        _store(rendered | more, _stem(plan), order, console, plans.project)
        built[file] = plan, _file_names(plan, order)
    return verdict(plan.findings)


def _plan(file: ProcessPath, order: Order, plans: ProjectPlans) -> Plan:
    """The plan as renderers want it; only a workbook tells of the other processes, so only it waits for them."""
    from arshjul import templates

    own = plans.plan(file)
    beside = plans.beside(file) if WORKBOOK in order.formats else Beside()
    body = body_id(own.timeline, order.body) if order.body else None
    plan = replace(
        own,
        timeline=of_body(own.timeline, order.body),
        templates=templates.templates(plans.project),
        word_template=templates.word_template(plans.project) if WORD in order.formats else b"",
        edition=order.edition,
        sheets=order.sheets,
        body=body,
        part=body,
        beside=beside.plans,
        missing=beside.missing,
    )
    return replace(plan, calendars=_calendars(plan, order))


def _calendars(plan: Plan, order: Order) -> Mapping[str, str]:
    """What a page may lead to: only what is written beside it in the same run."""
    from arshjul.views import ENDINGS

    if CALENDAR not in order.formats or order.folder is None:
        return {}
    whole = _file_names(plan, order)[CALENDAR]
    of_parts = {part.name: f"{_stem(plan)}-{part.stem}{ENDINGS[CALENDAR]}" for part in _parts(plan)}
    return {plan.body or "hela tidplanen": whole} | of_parts


def _file_names(plan: Plan, order: Order) -> Mapping[str, str]:
    """Format → the name of its file, that of the whole plan."""
    from arshjul.views import ENDINGS

    return {format_: f"{_stem(plan)}{ENDINGS[format_]}" for format_ in order.formats}


def _stem(plan: Plan) -> str:
    """An extract does not take the place of the plan it is taken from."""
    process = plan.timeline.process
    return process if plan.body is None else f"{process}-{part_of(plan.timeline, plan.body).stem}"


def _parts(plan: Plan) -> list[Part]:
    """The bodies and the groups that the edition shows any row of; an extract is a part itself."""
    from arshjul.views import edited

    return [] if plan.body else [part for part in parts(edited(plan).timeline) if part.timeline.activities]


def _rendered(plan: Plan, formats: Sequence[str]) -> dict[str, bytes]:
    """What comes after the stem of each file's name → the file."""
    from arshjul.views import ENDINGS, RENDERERS

    return {ENDINGS[format_]: RENDERERS[format_](plan) for format_ in formats}


def _calendars_of_parts(plan: Plan) -> dict[str, bytes]:
    """As `_rendered`: a calendar for each body and each group, to subscribe to one's own meetings."""
    own = {part.stem: replace(plan, timeline=part.timeline, part=part.name) for part in _parts(plan)}
    return {f"-{stem}{end}": data for stem, part in own.items() for end, data in _rendered(part, [CALENDAR]).items()}


def _store(rendered: Mapping[str, bytes], stem: str, order: Order, console: Console, project: Path) -> None:
    from arshjul.cli.writer import write_all

    assert order.folder is not None
    targets = {order.folder / f"{stem}{ending}": data for ending, data in rendered.items()}
    if not order.dry_run:
        write_all(targets, order.root)
    for target in targets:
        console.note(f"{'skulle skriva' if order.dry_run else 'skrev'} {shown(target, project)}")
