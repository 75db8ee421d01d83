"""`import`: somebody's tidplan becomes a process."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from arshjul.cli.arguments import listed, one_chosen, one_year
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Unavailable, UsageError, display_path
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.writer import write_all
from arshjul.formats.terminal import safe

EXAMPLE = "arshjul import fjolarets-tidplan.xlsx --year 2026"
HELP_YEAR = "budgetåret som planen gäller; behövs om inget årtal står i filen"
HELP_OUT = "mapp för processen; förvald är processes/NAMN, efter filens namn"
HELP_FILES = "xlsx, docx, pdf, csv, html, md eller txt; av sammanträden också ics och json (OParl)"
HELP_AS = "vad filen är: en tidplan (förval) eller sammanträden"
HELP_RULES = "ge datumen de regler som gäller i alla filerna, en för varje år: --year 2024,2025"
HELP_DRY = "visa vad som skulle läsas in och skriv inget"


def import_(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="FIL", help=HELP_FILES)] = [],
    year: Annotated[str | None, typer.Option("--year", metavar="ÅR", help=HELP_YEAR)] = None,
    kind: Annotated[str, typer.Option("--as", metavar="plan|meetings", help=HELP_AS)] = "plan",
    rules: Annotated[bool, typer.Option("--rules", help=HELP_RULES)] = False,
    out: Annotated[str | None, typer.Option("-o", "--out", metavar="MAPP", help=HELP_OUT)] = None,
    format_: Annotated[
        str, typer.Option("-f", "--format", metavar="text|json", help="hur läsningen redovisas")
    ] = "text",
    dry: Annotated[bool, typer.Option("-n", "--dry-run", help=HELP_DRY)] = False,
) -> int:
    """Read a plan and write a process, or a meeting plan."""
    console, project = console_of(ctx), project_of(ctx)
    one_chosen("Läsningen", kind, ("plan", "meetings"))
    one_chosen("Formatet", format_, ("text", "json"))
    if not words or (len(words) > 1 and not (rules and kind == "plan")):
        hint = f"skriv till exempel {EXAMPLE}" if not words else "flera års tidplaner läses ihop med --rules"
        raise UsageError("Bara en fil åt gången" if words else "Filen saknas", hint)
    years = [one_year([each], EXAMPLE)[0] for each in listed([year])] if year else []
    if len(years) not in (0, len(words)):
        raise UsageError(f"{len(words)} filer men {len(years)} år", "skriv ett år för varje fil, i samma ordning")
    if kind == "meetings":
        from arshjul.cli.meeting_import import import_meetings

        return import_meetings(Path(words[0]), next(iter(years), None), "-" if dry else out, project, console)
    return _import_plans([Path(word) for word in words], years, rules, out, format_, dry, project, console)


def _import_plans(
    paths: Sequence[Path],
    years: Sequence[int],
    rules: bool,
    out: str | None,
    format_: str,
    dry: bool,
    project: Path,
    console: Console,
) -> ExitCode:
    from arshjul.formats.json import dumps
    from arshjul.intake.plan import report
    from arshjul.intake.plan.project import process_id
    from arshjul.intake.plan.project import project_of as imported_project
    from arshjul.intake.plan.proposal import propose
    from arshjul.intake.readers import read_document
    from arshjul.intake.rules.of_proposals import proposed_rules

    of_files = zip_longest(paths, years) if years else ((path, None) for path in paths)
    read = [(propose(read_document(path.name, content_of(path)), year), path) for path, year in of_files]
    read.sort(key=lambda each: each[0].budget_year)
    proposal, path = read[-1]
    found = proposed_rules([each for each, _ in read], put_in=rules)
    name = process_id(path.stem)
    folder = Path(out) if out else project / "processes" / name
    files = imported_project(proposal, name, found.comments, found.chosen).files
    told = [*report.lines_of(proposal), *found.told()]
    text = dumps(report.as_json(proposal)) if format_ == "json" else "".join(f"{safe(line)}\n" for line in told)
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
