"""`ID` or `PROCESS/ID` on a command line → the one process that has it.

Ids are read from the trees, not from validated processes: what is wrong in one row is no reason not to find another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from arshjul.cli.exits import Unavailable, UsageError
from arshjul.cli.processes import name, selected
from arshjul.diagnostics import Diagnostic, InvalidProcess, did_you_mean
from arshjul.shipped import SHIPPED

if TYPE_CHECKING:
    from arshjul.compiler import ProcessPath
    from arshjul.source import Fields


def owner(
    word: str,
    project: Path,
    names_in: Callable[[ProcessPath], Iterable[str]],
    otherwise: str = "arshjul show visar aktiviteternas id",
) -> tuple[ProcessPath, str]:
    """The process and the name in it. `names_in` gives the names that a process has; a round is found by its row.

    `otherwise` is the hint where no name is near.

    Raises:
        UsageError: no process has it, or several, or one that ships with arshjul and is not the user's to change.
        InvalidProcess: no process that can be read has it, and some cannot.
    """
    address, _, wanted = normalize("NFC", word).rpartition("/")
    files = selected([address] if address else [], project)
    names: dict[ProcessPath, tuple[str, ...]] = {}
    unread: list[Diagnostic] = []
    for file in files:
        try:
            names[file] = tuple(names_in(file))
        except InvalidProcess as invalid:
            unread += invalid.diagnostics
    row = wanted.partition(".")[0]
    having = [file for file, each in names.items() if wanted in each or row in each]
    if not having and unread:
        raise InvalidProcess(unread)
    if not having:
        hint = did_you_mean(wanted, {each for found in names.values() for each in found}, few=0)
        raise UsageError(f"{wanted} finns inte", hint or otherwise)
    if len(having) > 1:
        choices = " eller ".join(sorted(f"{name(file)}/{wanted}" for file in having))
        raise UsageError(f"{wanted} finns i flera processer", f"skriv {choices}")
    if having[0].display_path.startswith(SHIPPED):
        message = f"{having[0].display_path} följer med programmet och ändras inte"
        raise Unavailable(having[0].path, message, "bygg på den med bygger_på, eller kopiera den till projektet")
    return having[0], wanted


def rows_of(file: ProcessPath, year: int) -> Iterator[str]:
    """The phases and activities of a process in a year, struck ones too. Raises InvalidProcess, OSError."""
    from arshjul.definition.tree import EACH, texts

    tree, deviations = _trees(file, year)
    yield from texts(tree, "faser", EACH, "id")
    yield from texts(tree, "faser", EACH, "aktiviteter", EACH, "id")
    yield from texts(deviations, "lägg_till", EACH, "id")


def changeable(file: ProcessPath, year: int) -> Iterator[str]:
    """All that deviations of the year can change by id: rows, windows, requirements, bodies, roles. Raises the same."""
    from arshjul.definition.overlay.changes import targets
    from arshjul.definition.tree import EACH, texts

    tree, deviations = _trees(file, year)
    yield from targets(tree)
    yield from texts(deviations, "lägg_till", EACH, "id")


def _trees(file: ProcessPath, year: int) -> tuple[Fields, Fields | None]:
    from arshjul.definition.ids import identify
    from arshjul.definition.load import TreesByYear
    from arshjul.definition.parts import merge

    trees = TreesByYear(file).of_year(year)
    return identify(merge(trees.main, trees.parts).tree), trees.deviations
