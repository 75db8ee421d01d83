"""Flags that choose rows (`--body`, `--phase`, `--from` …) applied to a plan; an unknown name is a `UsageError`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from arshjul.cli.exits import UsageError
from arshjul.diagnostics import did_you_mean

if TYPE_CHECKING:
    from arshjul.timeline import Body, Role, Timeline

LONGEST_STEM = 60
NOT_IN_STEMS = re.compile(r"[^A-Za-z0-9_]+")


class RowFilter(Struct, frozen=True):
    """The rows wanted; None takes all. `first` and `last` are texts: without a year they need the plan's own."""

    body: str | None = None
    role: str | None = None
    phase: str | None = None
    first: str | None = None
    last: str | None = None
    stop_dates: bool = False


def filter_rows(timeline: Timeline, wanted: RowFilter) -> Timeline:
    """The plan with only the rows wanted; with `stop_dates`, days mean the stop date."""
    from arshjul.views import extract

    first, last = _days(timeline, wanted)
    timeline = of_phase(of_role(of_body(timeline, wanted.body), wanted.role), wanted.phase)
    if wanted.stop_dates:
        timeline = extract.stop_dates(timeline)
    if wanted.first is None and wanted.last is None:
        return timeline
    within = extract.stop_dates_between if wanted.stop_dates else extract.between
    return within(timeline, first, last)


def of_body(timeline: Timeline, body: str | None) -> Timeline:
    """What concerns the body."""
    from arshjul.views import extract

    return timeline if body is None else extract.for_body(timeline, body_id(timeline, body))


def body_id(timeline: Timeline, body: str) -> str:
    """The id of a body that is named by it in any case."""
    return known_body(body, timeline.bodies, timeline.process)


def known_body(body: str, bodies: Iterable[Body], where: str) -> str:
    """As `body_id`, among the bodies given; `where` says in Swedish what they are the bodies of, after `i`."""
    ids = {known.id.casefold(): known.id for known in bodies}
    if body.casefold() not in ids:
        raise UsageError(f"Organet {body} finns inte i {where}", did_you_mean(body, ids.values(), few=99))
    return ids[body.casefold()]


def of_role(timeline: Timeline, role: str | None) -> Timeline:
    """What the role has to do with."""
    from arshjul.views import extract

    return timeline if role is None else extract.for_role(timeline, known_role(role, timeline.roles, timeline.process))


def known_role(role: str, roles: Sequence[Role], where: str) -> Role:
    """The role that goes by that id or name, in any case; `where` says in Swedish whose the roles are, after `i`."""
    for known in roles:
        if role.casefold() in (known.id.casefold(), known.name.casefold()):
            return known
    raise UsageError(f"Rollen {role} finns inte i {where}", did_you_mean(role, [known.id for known in roles], few=99))


class Subset(Struct, frozen=True):
    """What a body, group or role has to do with. `stem` tells it apart in file names: ASCII, and once in any case."""

    name: str
    stem: str
    timeline: Timeline


def subsets(timeline: Timeline) -> tuple[Subset, ...]:
    """A subset for each body, also one without rows, then for each group and each role."""
    from arshjul.views import extract

    bodies = [(body.id, extract.for_body(timeline, body.id)) for body in timeline.bodies]
    groups = [(group, extract.for_group(timeline, group)) for group in extract.groups(timeline)]
    taken = {name for name, _ in (*bodies, *groups)}
    roles = [
        (f"{role.name} (roll)" if role.name in taken else role.name, extract.for_role(timeline, role))
        for role in timeline.roles
    ]
    every = (*bodies, *groups, *roles)
    stems = _stems([name for name, _ in every])
    return tuple(Subset(name, stem, rows) for stem, (name, rows) in zip(stems, every, strict=True))


def subset_for(timeline: Timeline, body: str | None, role: str | None) -> Subset | None:
    """That of the body or the role asked for, by id in any case, a role also by name; None where neither was."""
    if body is not None and role is not None:
        raise UsageError("--body och --role väljer var sin läsare", "bygg en gång för varje")
    found = subsets(timeline)
    if body is not None:
        place = [each.id for each in timeline.bodies].index(body_id(timeline, body))
        return found[place]
    if role is not None:
        place = timeline.roles.index(known_role(role, timeline.roles, timeline.process))
        return found[place - len(timeline.roles)]
    return None


def _stems(names: Sequence[str]) -> list[str]:
    """`SÖN` → `SON`; of names that would be one file on Windows, the later ones are numbered."""
    found: dict[str, str] = {}
    for name in names:
        letters = normalize("NFKD", name).encode("ascii", "ignore").decode()
        plain = NOT_IN_STEMS.sub("-", letters)[:LONGEST_STEM] or "del"
        numbered = (f"{plain}-{number}" for number in count(2))
        stem = next(stem for stem in chain([plain], numbered) if stem.casefold() not in found)
        found[stem.casefold()] = stem
    return list(found.values())


def of_phase(timeline: Timeline, phase: str | None) -> Timeline:
    """One phase, named by its id."""
    from arshjul.views import extract

    if phase is None:
        return timeline
    ids = [known.id for known in timeline.phases]
    if phase not in ids:
        raise UsageError(f"Fasen {phase} finns inte i {timeline.process}", did_you_mean(phase, ids, few=99))
    return extract.in_phase(timeline, phase)


def _days(timeline: Timeline, wanted: RowFilter) -> tuple[date, date]:
    from arshjul.cli.days import first_day, last_day

    start, end = timeline.start or date.min, timeline.end or date.max
    first = first_day(wanted.first, timeline.budget_year, start, end) if wanted.first else date.min
    last = last_day(wanted.last, timeline.budget_year, start, end) if wanted.last else date.max
    if last < first:
        raise UsageError("--to ligger före --from", "byt plats på dagarna")
    return first, last


def in_date_order(timeline: Timeline) -> Timeline:
    """All rows under one heading by their first day, whatever their phases; undated last."""
    from arshjul.timeline import Phase

    rows = sorted(timeline.activities, key=lambda row: row.start or date.max)
    one = Phase("alla", None, timeline.start, timeline.end)
    return replace(timeline, phases=(one,), activities=tuple(replace(row, phase=one.id) for row in rows))
