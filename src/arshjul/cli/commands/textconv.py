"""`textconv`: a workbook or a document as text, for `git diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.shell import console_of


def textconv(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="FIL", help="en fil i .xlsx, .docx eller .pdf")] = [],
) -> int:
    """Print a file as text."""
    from arshjul.intake.readers import read_document
    from arshjul.intake.readers.bounds import MOST_BYTES
    from arshjul.intake.text import as_text
    from arshjul.source import read_file

    if len(words) != 1:
        raise UsageError("En fil åt gången", "skriv till exempel arshjul textconv tidplaner/2026/rambudget.xlsx")
    path = Path(words[0]).absolute()
    document = read_document(words[0], read_file(path, path.parent, words[0], MOST_BYTES))
    console_of(ctx).result(as_text(document))
    return ExitCode.OK
