"""`show`: the plan of a year in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.agenda import HELP, Inquiry, is_by_meeting, show_agenda
from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode
from arshjul.cli.filters import Selection, chosen_rows
from arshjul.cli.processes import for_each, selected, verdict
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.windows import HELP as HELP_WINDOWS
from arshjul.cli.windows import HELP_AGAINST, asked_for, show_windows
from arshjul.formats.columns import lay_out
from arshjul.formats.terminal import Paint, safe

if TYPE_CHECKING:
    from arshjul.compiler import Compiled, ProcessPath
    from arshjul.timeline import Activity, Timeline

FORMATS = ("table", "md", "json", "csv")
WIDE = 100
COLUMNS = (
    ("datum", "Datum"),
    ("aktivitet", "Aktivitet"),
    ("organ", "Organ"),
    ("stoppdatum", "Stoppdatum"),
    ("handläggare", "Ansvarig"),
    ("id", "Id"),
)
STOP_COLUMNS = (
    ("stoppdatum", "Stoppdatum"),
    ("aktivitet", "Aktivitet"),
    ("organ", "Organ"),
    ("datum", "Datum"),
    ("handläggare", "Ansvarig"),
    ("id", "Id"),
)


def show(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ÅR [PROCESS]…", help="budgetåret, och processer om inte alla: id eller sökväg"),
    ] = [],  # noqa: B006 - Typer reads the default, nobody changes it
    body: Annotated[
        str | None, typer.Option("--body", metavar="ORGAN", help="bara det som rör organet, till exempel KS")
    ] = None,
    phase: Annotated[str | None, typer.Option("--phase", metavar="FAS", help="bara fasen med det id:t")] = None,
    windows: Annotated[bool, typer.Option("--windows", help=HELP_WINDOWS)] = False,
    against: Annotated[str | None, typer.Option("--against", metavar="ÅR", help=HELP_AGAINST)] = None,
    stop: Annotated[bool, typer.Option("--stop", help="bara stoppdatum, i datumordning")] = False,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAG", help="från och med: 2025-06-01, 1 juni, v. 23, juni")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAG", help="till och med; skrivs som --from")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="meeting", help=HELP)] = None,
    output: Annotated[
        str, typer.Option("-f", "--format", metavar="FORMAT", help="table, md, json eller csv")
    ] = "table",
) -> int:
    """Print the plan of each process, one after the other."""
    console, project = console_of(ctx), project_of(ctx)
    year, names = one_year(words, "arshjul show 2026")
    one_chosen("Formatet", output, FORMATS)
    wanted = Selection(body, phase, first, last, stop)
    asked = asked_for(windows, against, year, wanted, by)
    files = selected(names, project)
    if asked:
        return show_windows(files, asked, output, console, project)
    if is_by_meeting(by):
        return show_agenda(files, Inquiry(year, wanted), output, console, project)
    return for_each(files, lambda file: _show(file, year, wanted, output, console), console, project)


def _show(file: ProcessPath, year: int, wanted: Selection, output: str, console: Console) -> ExitCode:
    from arshjul import compiler

    compiled = compiler.compile_process(file, year)
    timeline = chosen_rows(compiled.timeline, wanted)
    if output == "table":
        console.result(_page(timeline, compiled, wanted.stop_dates, console))
    else:
        console.result_bytes(_rendered(timeline, compiled, output))
    return verdict(compiled.findings)


def _rendered(timeline: Timeline, compiled: Compiled, output: str) -> bytes:
    from arshjul.views import RENDERERS, Plan

    return RENDERERS[output](Plan(timeline, compiled.findings))


def _page(timeline: Timeline, compiled: Compiled, stop_dates: bool, console: Console) -> str:
    from arshjul.wording.heading import standing

    paint = console.paint(sys.stdout)
    width = console.room(sys.stdout)
    lines = _stop_lines(timeline, width) if stop_dates else _phase_lines(timeline, width, paint)
    head = [paint(safe(timeline.title), "fet"), paint(safe(standing(compiled.timeline, compiled.findings)), "svag"), ""]
    body = list(lines) if timeline.activities else ["Inga aktiviteter."]
    return "".join(f"{line}\n" for line in [*head, *body, ""])


def _phase_lines(timeline: Timeline, width: int | None, paint: Paint) -> Iterator[str]:
    """A heading and its rows for each phase; the columns are aligned over all of them."""
    from arshjul.timeline import Column
    from arshjul.wording.table import table

    wanted = [Column(field, heading) for field, heading in _columns(width, COLUMNS)]
    printed = table(timeline, wanted)
    heading = [column.heading for column in printed.columns]
    blocks = lay_out([heading, *(row.texts for row in printed.rows)], width)
    yield from (paint(line, "svag") for line in next(blocks))
    for section in printed.sections:
        if section.title:
            yield from ("", paint(safe(section.title), "fet"))
        for _ in section.rows:
            yield from next(blocks)


def _stop_lines(timeline: Timeline, width: int | None) -> Iterator[str]:
    from arshjul.wording.dates import dates_of_rows

    wanted = _columns(width, STOP_COLUMNS)
    dates = dates_of_rows(timeline.activities)
    rows = [_stop_cells(activity, texts) for activity, texts in zip(timeline.activities, dates, strict=True)]
    used = [(field, heading) for field, heading in wanted if any(row[field] for row in rows)]
    printed = [[heading for _, heading in used], *([row[field] for field, _ in used] for row in rows)]
    for block in lay_out(printed, width):
        yield from block


def _stop_cells(activity: Activity, dates: Sequence[str]) -> Mapping[str, str]:
    from arshjul.wording.columns import title
    from arshjul.wording.dates import join_dates, stop_date_text

    return {
        "stoppdatum": stop_date_text(activity.stop_date, None),
        "aktivitet": title(activity),
        "datum": join_dates(dates),
        "organ": activity.body or "",
        "handläggare": activity.case_officer or "",
        "id": activity.id,
    }


def _columns(width: int | None, columns: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """A narrow terminal does without the last two."""
    return columns if width is None or width >= WIDE else columns[:-2]
