"""`import`: somebody's tidplan becomes a process."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from arshjul.cli.arguments import one_chosen, one_year
from arshjul.cli.exits import ExitCode, Unavailable, UsageError, display_path
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.writer import write_all
from arshjul.formats.terminal import safe

EXAMPLE = "arshjul import fjolarets-tidplan.xlsx --year 2026"
HELP_YEAR = "budgetåret som planen gäller; behövs om inget årtal står i filen"
HELP_OUT = "mapp för processen; förvald är processes/NAMN, efter filens namn"
HELP_DRY = "visa vad som skulle läsas in och skriv inget"


def import_(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="FIL", help="xlsx, docx, pdf, csv, html, md eller txt")] = [],
    year: Annotated[str | None, typer.Option("--year", metavar="ÅR", help=HELP_YEAR)] = None,
    out: Annotated[str | None, typer.Option("-o", "--out", metavar="MAPP", help=HELP_OUT)] = None,
    format_: Annotated[
        str, typer.Option("-f", "--format", metavar="text|json", help="hur läsningen redovisas")
    ] = "text",
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help=HELP_DRY)] = False,
) -> int:
    """Read a plan and write a process."""
    from arshjul.formats.json import dumps
    from arshjul.intake.plan import report
    from arshjul.intake.plan.project import process_id
    from arshjul.intake.plan.project import project_of as imported_project
    from arshjul.intake.plan.proposal import propose
    from arshjul.intake.readers import read_document

    console, project = console_of(ctx), project_of(ctx)
    if len(words) != 1:
        raise UsageError("Filen saknas" if not words else "Bara en fil åt gången", f"skriv till exempel {EXAMPLE}")
    one_chosen("Formatet", format_, ("text", "json"))
    budget_year = one_year([year], EXAMPLE)[0] if year else None
    path = Path(words[0])
    proposal = propose(read_document(path.name, content_of(path)), budget_year)
    name = process_id(path.stem)
    folder = Path(out) if out else project / "processes" / name
    files = imported_project(proposal, name).files
    text = (
        dumps(report.as_json(proposal))
        if format_ == "json"
        else "".join(f"{safe(line)}\n" for line in report.lines_of(proposal))
    )
    if not dry:
        _refuse_occupied(folder, project, out is not None)
    console.result(text)
    if dry:
        return ExitCode.OK
    targets = {folder / file: content.encode() for file, content in files.items()}
    write_all(targets, project if folder.is_relative_to(project) else folder, dict.fromkeys(targets))
    for target in targets:
        console.note(safe(f"skrev {display_path(target, project)}"))
    place = "" if out is None else f" -C {display_path(folder, project)}"
    console.note(safe(f"nu går det att bygga: arshjul build {proposal.budget_year} {name}{place}"))
    return ExitCode.OK


def content_of(path: Path) -> bytes:
    """The bytes of a file that a reader takes; more than is read is not held in memory."""
    from arshjul.intake.readers import EXTRAS, kind_of
    from arshjul.intake.readers.bounds import MOST_BYTES

    library, extra = EXTRAS.get(kind_of(path.name), (None, None))
    if library and find_spec(library) is None:
        raise UsageError(
            f"Filer som {path.name} kräver ett tillägg som inte är installerat",
            f'installera det med: py -m pip install "arshjul[{extra}]"',
        )
    if path.exists() and not path.is_file():
        raise Unavailable(path, "är ingen fil")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _refuse_occupied(folder: Path, project: Path, chosen: bool) -> None:
    """Nothing is written over, nor put among the files of another process."""
    if folder.exists() and (not folder.is_dir() or any(each.suffix in {".yaml", ".yml"} for each in folder.iterdir())):
        raise Unavailable(folder, "finns redan, och inget skrivs över", "ange en annan mapp med -o")
    if not chosen and not (project / "processes").exists() and (project / "process.yaml").exists():
        reason = "projektet har sin process här, och skulle inte läsas bredvid mappen processes"
        raise Unavailable(project / "process.yaml", reason, "ange en egen mapp med -o")
