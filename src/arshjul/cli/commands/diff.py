"""`diff`: what has changed between two years, two versions or two files, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arshjul.cli.arguments import one_chosen
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.options import Assumptions, BodyName, RoleName
from arshjul.cli.shell import console_of, project_of
from arshjul.cli.versions import EXAMPLE, PlanSide, Versions, side_of, versions_of
from arshjul.diagnostics import did_you_mean
from arshjul.views import DIFF

if TYPE_CHECKING:
    from arshjul.views.diff.model import Difference
    from arshjul.views.diff.version import Version

HELP_WORDS = (
    "två år (2025 2026), versioner i git (HEAD~1:2026), det fastställda (decided:2026), förra utgåvan (published:2026)"
    " eller JSON-filer, och processer om inte alla"
)
HELP_ALIGN = "en YAML-fil som säger vad rader heter nu: gammalt_id: nytt_id"


def diff(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="FRÅN TILL [PROCESS]…", help=HELP_WORDS)] = [],
    align: Annotated[str | None, typer.Option("--align", metavar="FIL", help=HELP_ALIGN)] = None,
    output: Annotated[str, typer.Option("-f", "--format", metavar="FORMAT", help="text, md, json eller mail")] = "text",
    assume: Assumptions = [],
    body: BodyName = None,
    role: RoleName = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="slutkod 1 om det finns skillnader")] = False,
) -> int:
    """Print what has changed, causes before consequences."""
    console, project = console_of(ctx), project_of(ctx)
    if len(words) == 1 and assume:  # the year as it is, and as it would be
        words = words * 2
    if len(words) < 2:
        raise UsageError("diff jämför två versioner", f"skriv till exempel {EXAMPLE}")
    one_chosen("Formatet", output, DIFF.formats)
    from_side, to_side, *names = side_of(words[0]), side_of(words[1]), *words[2:]
    old = versions_of(from_side, names, project, console)
    if not isinstance(from_side, PlanSide) and not names:
        names = [*old.plans]
    new = versions_of(to_side, names, project, console, assume)
    if not isinstance(to_side, PlanSide) and not names:
        old = Versions({name: plan for name, plan in old.plans.items() if name in new.plans}, code=old.code)
    page = _differences(old, new, _alignment(align, old, new))
    if body or role:
        page = [_concerning(each, body, role) for each in page]
    if output in DIFF.files:
        console.result_bytes(DIFF.render(output, page))
    else:
        console.result(DIFF.show(page, console.width(sys.stdout), console.paint(sys.stdout)))
    different = exit_code and any(not each.empty for each in page)
    return max(old.code, new.code, ExitCode.FINDINGS if different else ExitCode.OK)


def _differences(old: Versions, new: Versions, align: Mapping[str, str]) -> list[Difference]:
    """One for each process that could be read on both sides; a process that one side lacks has no rows there."""
    from msgspec.structs import replace

    from arshjul.views.diff.model import compare

    def empty(version: Version, other: Versions) -> Version:
        beside = next(iter(other.plans.values()), version)
        lacking = replace(version, rows=(), findings=(), meetings=None, windows=())
        return replace(lacking, label=beside.label, budget_year=beside.budget_year)

    found = []
    for process in dict.fromkeys((*new.plans, *old.plans)):
        if process not in old.unread | new.unread:
            before, now = old.plans.get(process), new.plans.get(process)
            known = before or now
            if known:
                found.append(compare(before or empty(known, old), now or empty(known, new), align))
    return found


def _concerning(difference: Difference, body: str | None, role: str | None) -> Difference:
    from arshjul.views.diff.model import concerning

    known = {**difference.old.names, **difference.new.names}
    for what, asked in (("Organet", body), ("Rollen", role)):
        if asked:
            difference = concerning(difference, _names_of(what, asked, known, difference.new.process))
    return difference


def _names_of(what: str, asked: str, known: Mapping[str, str], process: str) -> Iterable[str]:
    """The id and the name of a body or role that is named by either, in any case; without a list, as written."""
    wanted = asked.casefold()
    for identity, name in known.items():
        if wanted in (identity.casefold(), name.casefold()):
            return (identity, name)
    if known:
        raise UsageError(f"{what} {asked} finns inte i {process}", did_you_mean(asked, known, few=99))
    return (asked,)


def _alignment(file: str | None, old: Versions, new: Versions) -> dict[str, str]:
    """What the file says that old rows are called now. Raises UsageError, InvalidProcess, OSError."""
    from arshjul.source import Text, read, read_file

    if file is None:
        return {}
    path = Path(file).absolute()
    tree = read(read_file(path, path.parent, file), file)
    aligned = {str(key): str(value) for key, value in tree.items() if isinstance(value, Text)}
    if len(aligned) < len(tree):
        raise UsageError(f"{file} går inte att läsa som rader", "skriv gammalt_id: nytt_id, en rad för varje")
    for ids, side in ((aligned.keys(), old), (aligned.values(), new)):
        known = {row.id for version in side.plans.values() for row in version.rows}
        for identity in ids:
            if identity not in known:
                raise UsageError(f"Ingen rad heter {identity}", did_you_mean(identity, known))
    return aligned
