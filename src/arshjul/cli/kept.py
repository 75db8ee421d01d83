"""The versions of a plan that are kept where it is published: the decided one, and the last edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from arshjul.cli.destination import plans_of
from arshjul.cli.exits import Unavailable
from arshjul.cli.shelf import record_in
from arshjul.record.states import last_edition
from arshjul.record.timeline_file import DECIDED, decided_path, decided_plan
from arshjul.views.diff.built import version_from
from arshjul.views.diff.published import version_of_edition
from arshjul.views.diff.version import Version


def decided(label: str, year: int, processes: Sequence[str], project: Path) -> Iterator[Version]:
    """The decided plans of the processes, without names of all that are. Raises InvalidProcess, OSError."""
    folder, freeze = plans_of(project, year), f"fastställ den med arshjul freeze {year}"
    found = processes or sorted(file.name.removesuffix(DECIDED) for file in folder.glob(f"*{DECIDED}"))
    if not found:
        raise Unavailable(folder, "här ligger ingen fastställd plan", freeze)
    for process in found:
        plan = decided_plan(project, process, year)
        if plan is None:
            raise Unavailable(project / decided_path(process, year), "finns inte: planen är inte fastställd", freeze)
        yield version_from(plan, label)


def last_editions(label: str, year: int, processes: Sequence[str], project: Path) -> Iterator[Version]:
    """What the edition before this one left of the processes, without names of all with one. Raises OSError."""
    folder = plans_of(project, year)
    record = record_in(folder)
    editions = {process: last_edition(record, process) for process in processes or sorted(record.events)}
    found = {process: states for process, states in editions.items() if states is not None}
    if not found or (processes and len(found) < len(editions)):
        which = " och ".join(editions.keys() - found.keys()) or "planen"
        reason = f"{which} har ingen tidigare utgåva att jämföra med"
        hint = f"arshjul build {year} --release börjar en ny; jämför annars med en version i git: HEAD:{year}"
        raise Unavailable(folder, reason, hint)
    for process, states in found.items():
        yield version_of_edition(states, label, process, year)
