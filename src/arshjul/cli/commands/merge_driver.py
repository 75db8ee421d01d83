"""`merge-driver`: what git calls to merge a definition; its three versions become one, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.shell import console_of

RECIPE = "git config merge.arshjul.driver 'arshjul merge-driver %O %A %B %P'"


def merge_driver(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="GRUND VÅR DERAS SÖKVÄG", help="som git ger dem: %O %A %B %P")
    ] = [],
) -> int:
    """Merge two versions of a file into the second word's file."""
    from arshjul.cli.merging import merge_files

    console = console_of(ctx)
    if len(words) != 4:
        raise UsageError("git ger fyra filer", f"ställ in det med {RECIPE}")
    base, ours, theirs = (Path(word).absolute() for word in words[:3])
    conflicts = merge_files(base, ours, theirs, words[3])
    if conflicts:
        places = "1 ställe" if conflicts == 1 else f"{conflicts} ställen"
        console.note(f"{words[3]}: båda har ändrat samma sak på {places}; välj mellan märkena")
    return ExitCode.FINDINGS if conflicts else ExitCode.OK
