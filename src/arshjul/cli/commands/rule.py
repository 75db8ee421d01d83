"""`rule`: what a code means, why it matters and what to write instead, with examples."""

from __future__ import annotations

import sys
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import one_chosen
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.shell import console_of
from arshjul.codes import Code
from arshjul.diagnostics import did_you_mean
from arshjul.formats.terminal import Paint

if TYPE_CHECKING:
    from arshjul.checks.pages import Page

FORMATS = ("text", "md")


def rule(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="[KOD]", help="koden som står inom hakparentes efter allvaret; utan kod listas alla"),
    ] = [],
    format_: Annotated[
        str, typer.Option("-f", "--format", metavar="FORMAT", help="text, eller md för handboken")
    ] = "text",
) -> int:
    """Print the page of a code, or the list of all."""
    from arshjul.checks import pages

    console = console_of(ctx)
    one_chosen("Formatet", format_, FORMATS)
    if len(words) > 1:
        raise UsageError("Bara en kod åt gången", "skriv till exempel arshjul rule missing-stop-date")
    if words and words[0] not in tuple(Code):
        raise UsageError(
            f"Koden {words[0]} finns inte", did_you_mean(words[0], Code, few=0) or "arshjul rule listar alla"
        )
    paint = console.paint(sys.stdout)
    if words:
        console.result(_page(pages.page(Code(words[0])), paint))
    else:
        lines = (f"{p.code:<24} {paint(f'{p.severity:<8}', p.severity)} {p.title}\n" for p in pages.pages())
        console.result(pages.handbook() if format_ == "md" else "".join(lines))
    return ExitCode.OK


def _page(page: Page, paint: Paint) -> str:
    label = paint(f"{page.severity}[{page.code}]", page.severity)
    from arshjul.checks.pages import examples

    where = "fel i definitionen" if page.definition_error else "kontroll"
    shown = (f"\n{heading}:\n\n{indent(text, '    ')}" for heading, text in examples(page))
    return f"{label} ({where})\n\n{page.text}\n{''.join(shown)}"
