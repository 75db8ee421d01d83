"""The versions of a plan that are kept where it is published: the decided one, and the last edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arshjul.cli.console import Console
from arshjul.cli.destination import Destination, plans_of
from arshjul.cli.exits import Unavailable
from arshjul.cli.shelf import Made, Shelf, first_number, record_in
from arshjul.record.comparing import published
from arshjul.record.states import last_edition
from arshjul.record.timeline_file import DECIDED, decided_path, decided_plan
from arshjul.timeline import Timeline
from arshjul.views.calendar.model import home

if TYPE_CHECKING:
    from arshjul.views.diff.version import Version


def decided(label: str, year: int, processes: Sequence[str], project: Path) -> Iterator[Version]:
    """The decided plans of the processes, without names of all that are. Raises InvalidProcess, OSError."""
    from arshjul.views.diff.built import version_from

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
    from arshjul.views.diff.published import version_of_edition

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


def keep_decided(timeline: Timeline, files: Mapping[str, bytes], place: Destination, console: Console) -> None:
    """Write what is decided, and the edition that it begins: what is published later is compared with it."""
    floor = first_number(place.folder, new=False)
    events = published(timeline, home(timeline), record_in(place.folder), begins=True, floor=floor)
    Shelf(place, console, keeps_events=True, force=True).write(Made(files, {}, timeline.process, events))
