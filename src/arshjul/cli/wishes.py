"""`wishes`: what the processes of a project need of the meeting plan of a calendar year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from arshjul.cli.console import Console
from arshjul.cli.exits import ExitCode, UsageError
from arshjul.cli.processes import for_each
from arshjul.definition.load import Trees, TreesByYear, validate
from arshjul.definition.tree import maps, replaced, text_of, value_of, without
from arshjul.diagnostics import did_you_mean
from arshjul.resolve import resolve_in, setting
from arshjul.resolve.needs import needs
from arshjul.source import Fields, Text, read, read_file
from arshjul.views.wishes.model import State, Wish, WishesPage, judged, page
from arshjul.workdays import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath

_OF_A_PLAN = ("kalenderår", "beslutad", "preliminärt")


def wishes_of(
    files: Sequence[ProcessPath], year: int, plan: str | None, body: str | None, console: Console, project: Path
) -> tuple[WishesPage, ExitCode]:
    """The page, and the most severe exit code: 1 where the plan that was given does not have a meeting as it should.

    Raises UsageError, InvalidProcess, OSError.
    """
    draft = _plan(plan, year) if plan is not None else None
    wishes, names = list[Wish](), dict[str, str]()

    def collect(file: ProcessPath) -> ExitCode:
        for budget_year in range(max(year, FIRST_YEAR), min(year + 2, LAST_YEAR) + 1):
            trees = TreesByYear(file).of_year(budget_year)
            if draft is not None:
                trees = _with_plan(trees, draft, year)
            process = validate(trees.main, trees.parts, trees.deviations, trees.unread)
            timeline = resolve_in(setting(process, budget_year))
            planned = process.plans[year].meetings if year in process.plans else {}
            wishes.extend(judged(needs(process, budget_year, year), timeline, planned, year))
            names.update({str(key): str(body.name) for key, body in process.bodies.items()})
        return ExitCode.OK

    code = for_each(files, collect, console, project)
    if body is not None:
        if names and body not in names:
            raise UsageError(f"Organet {body} finns inte", did_you_mean(body, names, few=99))
        wishes = [wish for wish in wishes if wish.need.body == body]
    lacking = plan is not None and any(wish.state in (State.UNMET, State.MISSING) for wish in wishes)
    return page(year, wishes, names, plan), max(code, ExitCode.FINDINGS if lacking else ExitCode.OK)


def _plan(file: str, year: int) -> Fields:
    path = Path(file).absolute()
    tree = read(read_file(path, path.parent, file), file)
    written = text_of(tree, "kalenderår")
    if written != str(year):
        found = f"kalenderår {written}" if written else "inget kalenderår"
        raise UsageError(f"{file} är ingen sammanträdesplan för {year}: den har {found}", f"skriv kalenderår: {year}")
    return tree


def _with_plan(trees: Trees, plan: Fields, year: int) -> Trees:
    """The trees with that plan in place of those of the year; of bodies that the process does not have nothing."""
    bodies = {str(name) for tree in (trees.main, *trees.parts) for found in maps(tree, "organ") for name in found}
    known = [(key, value) for key, value in plan.items() if key in bodies or key in _OF_A_PLAN]
    parts = [tree for tree in trees.parts if text_of(tree, "kalenderår") != str(year)]
    main, inline = trees.main, value_of(trees.main, "sammanträden")
    if isinstance(inline, Fields):
        main = replaced(main, "sammanträden", without(inline, [Text(str(year))]))
    return replace(trees, main=main, parts=(*parts, Fields(known, plan.span)))
