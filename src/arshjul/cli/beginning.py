"""Where a new project is written: a folder with nothing in it that somebody else has made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from arshjul.cli.console import Console
from arshjul.cli.exits import Unavailable, UsageError, display_path
from arshjul.cli.meeting_import import candidate_of, demand_meetings, tell
from arshjul.cli.writer import write_all
from arshjul.formats.terminal import safe

if TYPE_CHECKING:
    from arshjul.intake.meetings.model import FoundPlan

# What `git init` and a forge put there, and what Finder and the Explorer leave.
MAY_LIE_THERE = re.compile(
    r"\.git|(?:README|LICENSE|COPYING)(?:\.\w+)*|\.DS_Store|desktop\.ini|Thumbs\.db", re.IGNORECASE
)
NAMED = 5


def read_meetings(file: Path, budget_year: int | None, known: Mapping[str, str], console: Console) -> FoundPlan:
    """Somebody's meeting plan of the year before a budget year, by default the one that it says it is of.

    What was not understood is told, and stands in the file that is written too.

    Raises UsageError where the years do not fit, InvalidProcess, OSError.
    """
    found = candidate_of(file, known, console)
    if budget_year is None and len(found.years) != 1:
        reason = f"{file.name} säger inte säkert vilket kalenderår den gäller"
        raise UsageError(reason, "skriv budgetåret, året efter det: --year ÅR")
    year = budget_year - 1 if budget_year else found.years[0]
    if found.years and year not in found.years:
        reason = f"{file.name} är av {' och '.join(map(str, found.years[:5]))}, men budget {budget_year} görs {year}"
        raise UsageError(reason, f"skriv --year {found.years[-1] + 1}")
    plan = found.plan(year, known)
    # those that are unknown are written into organ.yaml: nobody has to be told to do so
    tell(replace(plan, bodies=tuple(replace(body, known=True) for body in plan.bodies)), console)
    demand_meetings(plan, file)
    return plan


def write_project(files: Mapping[str, bytes], folder: Path, console: Console, project: Path) -> None:
    """Write the files of a new project, and name them; paths are from `folder`, which is made.

    Raises OSError, before anything is written, where the folder is no folder or has anything of its own.
    """
    if folder.exists() and not folder.is_dir():
        raise Unavailable(folder, "är en fil, inte en mapp")
    lying = sorted(inner.name for inner in folder.iterdir()) if folder.exists() else []
    occupied = [name for name in lying if not MAY_LIE_THERE.fullmatch(name)]
    if occupied:
        more = f" och {len(occupied) - NAMED} till" if len(occupied) > NAMED else ""
        reason = f"här ligger redan {', '.join(occupied[:NAMED])}{more}"
        raise Unavailable(folder, reason, "inget skrivs över: ange en mapp som är tom eller ny, arshjul init MAPP")
    targets = {folder / path: data for path, data in files.items()}
    write_all(targets, folder, dict.fromkeys(targets))
    for target in targets:
        console.note(safe(f"skrev {display_path(target, project)}"))
