"""The Swedish shell for Typer: help, usage and usage errors without a word of the framework's English.

Typer's own texts are never shown: help is written here, and the message of a usage error is made anew from what the
error is about (which option, which command), not translated from the framework's.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from arshjul.cli.console import Console
from arshjul.cli.exits import Unavailable, UsageError
from arshjul.diagnostics import did_you_mean

HELP_WIDTH = 100
COLORS = ("auto", "always", "never")


EXIT_CODES = {
    "0": "allt gick bra",
    "1": "det finns fel i beskrivningen eller planen",
    "2": "kommandot var fel skrivet",
    "3": "något gick inte att läsa eller skriva, eller ingen process hittades",
    "4": "fel i programmet: det är vårt",
    "130": "avbrutet",
}


class _AsWritten:
    """Hands the words of a command line on as they are, in a tuple where a parameter takes several.

    All our parameters are texts and switches, and commands check them themselves. Typer would build a pydantic
    validator for each of them, and wait for the whole of pydantic, at every start.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - Typer passes all three by name
        several = param.multiple or param.nargs == -1
        return tuple(value or ()) if several else value


class _SwedishHelp:
    """How a command presents itself; mixed into Typer's two kinds of command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        for param in ctx.command.params:
            param.get_runtime_param = _AsWritten
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]
        except typer.TyperException as error:
            raise _in_swedish(error, ctx.command.params) from None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Användning: ")

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [param.metavar or "" for param in ctx.command.params if isinstance(param, TyperArgument)]
        if isinstance(self, TyperGroup):
            arguments.append("KOMMANDO …")
        return ["[FLAGGA]…", *arguments]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        params = ctx.command.params
        arguments = [(param.metavar or "", param.help or "") for param in params if isinstance(param, TyperArgument)]
        options = [param for param in params if isinstance(param, TyperOption)]
        common = {param.name for param in ctx.find_root().command.params}
        _section(formatter, "Argument", arguments)
        if isinstance(self, TyperGroup):
            _section(formatter, "Kommandon", [(n, c.short_help or "") for n, c in self.commands.items()])
        _section(formatter, "Flaggor", [_flag(param) for param in options if param.name not in common])
        _section(formatter, "Gemensamma flaggor", [_flag(param) for param in options if param.name in common])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        if isinstance(self, TyperGroup):
            with formatter.section("Slutkoder"):
                formatter.write_dl(list(EXIT_CODES.items()))
            formatter.write("\narshjul KOMMANDO --help visar vad ett kommando kan.\n")
        elif ctx.command.epilog:
            with formatter.section("Exempel"):
                formatter.write("".join(f"  {line}\n" for line in ctx.command.epilog.splitlines()))


def _section(formatter: Any, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def _flag(param: TyperOption) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    return (names if param.is_flag else f"{names} {param.metavar}"), param.help or ""


class SwedishCommand(_SwedishHelp, TyperCommand):
    """A command; the common options come from the group."""


class SwedishGroup(_SwedishHelp, TyperGroup):
    """The program; gives its own options to every command, so that they may stand before or after its name."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for command in self.commands.values():
            command.params = [*command.params, *self.params]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        if args[0] not in self.commands:
            raise UsageError(f"Kommandot {args[0]} finns inte", did_you_mean(args[0], self.commands, few=99))
        return super().resolve_command(ctx, args)


def _in_swedish(error: typer.TyperException, params: Sequence[Any]) -> UsageError:
    """A usage error of the framework, worded by what it is about.

    Commands check all values themselves, so that only the spelling of flags is left to the framework.
    """
    flags = {name: param for param in params if isinstance(param, TyperOption) for name in param.opts}
    flag = getattr(error, "option_name", None)
    if flag is None:
        return UsageError("Kommandoraden går inte att förstå", "--help visar hur den skrivs")
    if flag not in flags:
        long = [name for name in flags if name.startswith("--")]
        return UsageError(f"Flaggan {flag} finns inte", did_you_mean(flag, long, few=0) or "--help visar flaggorna")
    if flags[flag].is_flag:
        return UsageError(f"Flaggan {flag} tar inget värde", f"skriv bara {flag}")
    return UsageError(f"Flaggan {flag} saknar sitt värde", f"skriv {flag} {flags[flag].metavar}")


def _remember(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Keep a common option for the whole run; the one nearest the end of the line counts."""
    if value:
        ctx.ensure_object(dict)[param.name] = value
    return value


def _show_help(ctx: typer.Context, value: bool) -> None:
    if value:
        Console().result(f"{ctx.get_help()}\n")
        raise typer.Exit


def _show_version(value: bool) -> None:
    if value:
        from arshjul.cli.version import version

        Console().result(version())
        raise typer.Exit


def _common(*names: str, metavar: str | None = None, help_: str) -> Any:
    """An option of the whole run, wherever on the line it stands: remembered, and no argument of a command."""
    return typer.Option(*names, metavar=metavar, help=help_, expose_value=False, callback=_remember)


ProjectFolder = Annotated[
    str | None, _common("-C", "--project", metavar="MAPP", help_="projektets mapp, i stället för den du står i")
]
Quiet = Annotated[bool, _common("-q", "--quiet", help_="skriv bara felen")]
Verbose = Annotated[bool, _common("-v", "--verbose", help_="skriv fler fynd: upp till hundra i varje fil")]
Color = Annotated[
    str | None,
    _common("--color", metavar="auto|always|never", help_="färg: i en terminal, alltid eller aldrig"),
]
Version = Annotated[
    bool,
    typer.Option(
        "-V",
        "--version",
        help="visa versionerna av arshjul, Python och holidays",
        expose_value=False,
        is_eager=True,
        callback=_show_version,
    ),
]
Help = Annotated[
    bool,
    typer.Option("-h", "--help", help="visa den här hjälpen", expose_value=False, is_eager=True, callback=_show_help),
]


def common_options(
    ctx: typer.Context,
    project: ProjectFolder = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: Color = None,
    version: Version = False,
    help_: Help = False,
) -> None:
    """What every command takes, before or after its name."""
    if ctx.invoked_subcommand is None:
        raise UsageError("Kommandot saknas", "arshjul --help visar kommandona")


def console_of(ctx: typer.Context) -> Console:
    """The streams as the common options want them."""
    options = ctx.ensure_object(dict)
    color = options.get("color", "auto")
    if color not in COLORS:
        raise UsageError(f"Färgvalet {color} finns inte", did_you_mean(color, COLORS))
    return Console(color, options.get("quiet", False), options.get("verbose", False))


def project_of(ctx: typer.Context) -> Path:
    """The project folder, absolute. It is not searched for upwards."""
    from arshjul.definition.find import FOLDER, PROCESS_FILE, surrounding_project

    folder = Path(ctx.ensure_object(dict).get("project", "."))
    if not folder.is_dir():
        raise Unavailable(folder, "det finns ingen sådan mapp")
    try:
        project = folder.resolve()
    except FileNotFoundError:
        raise Unavailable(folder, "mappen som du står i finns inte längre") from None
    around = surrounding_project(project)
    if around and (project / PROCESS_FILE).exists():
        console_of(ctx).note(
            f"{project.name} ligger i ett projekts {FOLDER}/: det som hör till flera processer hittas inte härifrån, "
            f"och tidplanerna hamnar i den här mappen. Ange projektet: -C {Path(os.path.relpath(around)).as_posix()}"
        )
    return project
