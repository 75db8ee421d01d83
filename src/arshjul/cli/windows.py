"""`show --windows`: how much time the windows of each process give, this year and another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from arshjul.cli.arguments import one_year
from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, Misuse
from arshjul.cli.filters import Selection
from arshjul.cli.processes import for_each, verdict
from arshjul.formats.columns import lay_out
from arshjul.formats.json import dumps
from arshjul.formats.terminal import safe

if TYPE_CHECKING:
    from arshjul.compiler import Compiled, ProcessPath
    from arshjul.views.windows.model import Comparison

EXAMPLE = "arshjul show 2026 --windows --against 2025"
HELP = "bara tidsfönstren: hur många arbetsdagar de ger i år, och mot vad som är minst"
HELP_AGAINST = "tillsammans med --windows: jämför med ett annat budgetår"


@dataclass(frozen=True, slots=True)
class WindowsAsked:
    """`year` and, where it is to be compared, the other budget year."""

    year: int
    against: int | None = None


def asked_for(
    windows: bool, against: str | None, year: int, wanted: Selection, by: str | None = None
) -> WindowsAsked | None:
    """What `--windows` and `--against` ask for, None if nothing. A flag that chooses rows is a `Misuse` beside them."""
    if not windows and against is None:
        return None
    if not windows:
        raise Misuse("--against jämför tidsfönster", f"skriv {EXAMPLE}")
    if by is not None or wanted != Selection():
        raise Misuse("--windows visar tidsfönster, inga aktiviteter att välja bland", f"skriv till exempel {EXAMPLE}")
    return WindowsAsked(year, None if against is None else one_year([against], EXAMPLE)[0])


def show_windows(
    files: Sequence[ProcessPath], asked: WindowsAsked, output: str, console: Console, project: Path
) -> ExitCode:
    """Print the windows of each process, one after the other."""
    return for_each(files, lambda file: _show(file, asked, output, console), console, project)


def _show(file: ProcessPath, asked: WindowsAsked, output: str, console: Console) -> ExitCode:
    from arshjul import compiler
    from arshjul.views.windows.model import Comparison, as_csv, as_markdown, as_members, windows_of

    sweep = compiler.Sweep(file)
    compiled = sweep.compiled(asked.year)
    others = [sweep.compiled(asked.against, checks=False)] if asked.against else []
    comparison = Comparison(*(windows_of(each.process, each.timeline) for each in (compiled, *others)))
    match output:
        case "csv":
            console.result_bytes(as_csv(comparison))
        case "json":
            members = as_members(comparison, compiled.timeline.process)
            console.result(dumps(members))
        case "md":
            console.result(f"{_markdown_head(compiled)}{as_markdown(comparison)}")
        case _:
            console.result(_page(comparison, compiled, console))
    return verdict(compiled.findings)


def _markdown_head(compiled: Compiled) -> str:
    from arshjul.formats.markdown import escaped
    from arshjul.wording.heading import standing

    said = standing(compiled.timeline, compiled.findings)
    return f"# {escaped(compiled.timeline.title)}\n\n{escaped(said)}\n\n"


def _page(comparison: Comparison, compiled: Compiled, console: Console) -> str:
    from arshjul.views.windows.model import NONE
    from arshjul.wording.heading import standing

    paint = console.paint(sys.stdout)
    width = console.room(sys.stdout)
    said = standing(compiled.timeline, compiled.findings)
    head = [paint(safe(compiled.timeline.title), "fet"), paint(safe(said), "svag"), ""]
    blocks = lay_out([comparison.headings, *comparison.rows], width)
    body = [line for block in blocks for line in block] if comparison.measured else [NONE]
    return "".join(f"{line}\n" for line in [*head, *body, ""])
