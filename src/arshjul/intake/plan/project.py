"""A proposal → the files of a project that builds, and gives the same table back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.canonical import text as canonical
from arshjul.dates.parser import is_reserved
from arshjul.dates.swedish import day_text
from arshjul.dates.syntax import BudgetYear, Certainty
from arshjul.definition import ActivityType
from arshjul.definition.consistency import COLUMNS
from arshjul.definition.entries import New, new_item, new_lines
from arshjul.definition.ids import slug
from arshjul.intake.plan.bodies import BODIES
from arshjul.intake.plan.dates import days_of
from arshjul.intake.plan.headings import GROUPS
from arshjul.intake.plan.proposal import DATE_NOTE, PEOPLE_NOTE, UNDATED, Proposal, ProposedRow, copied, tid_of
from arshjul.intake.plan.table import column_names

LONGEST_TITLE = 300
LONGEST_ID = 64
Entries = dict[str, New]
_ID = re.compile(r"[a-zåäö][a-zåäö0-9_]*")
_PROCESS_ID = re.compile(r"[a-z][a-z0-9-]*")
_TYPES = {each.value for each in ActivityType}
_NUMBER = re.compile(r"(?<![\d\w-])20\d\d(?![\d\w-])")


class ActivityEntry(Struct, frozen=True):
    """An activity as it is written. `comments` are lines above it, for what the author is to look at."""

    id: str
    entries: Mapping[str, New]
    comments: tuple[str, ...]
    row: ProposedRow


class ImportedProject(Struct, frozen=True):
    """File name → text, all in one folder, and the activities by phase title."""

    files: Mapping[str, str]
    activities: tuple[ActivityEntry, ...]


def project_of(
    proposal: Proposal,
    name: str,
    comments: Mapping[str, Sequence[str]] | None = None,
    rules: Mapping[str, Mapping[str, str]] | None = None,
) -> ImportedProject:
    """The files of a process called `name`.

    `comments` are further lines above activities, and `rules` the keys that give their dates, by id.
    """
    activities = tuple(with_rule(each, (rules or {}).get(each.id)) for each in activity_entries(proposal))
    bodies = bodies_of(proposal)
    files = {"process.yaml": process_text(proposal, name, activities, comments or {})}
    if bodies:
        files["organ.yaml"] = as_text({"organ": bodies})
    for year, plan in meetings_of(proposal).items():
        files[f"sammantraden-{year}.yaml"] = as_text({"kalenderår": str(year), **plan})
    return ImportedProject(files, activities)


def as_text(entries: Mapping[str, New]) -> str:
    """A file of those entries."""
    return "".join(f"{line}\n" for line in new_lines(entries))


def process_id(words: str) -> str:
    """An id for a process from the name of a file: `Tidplan budget 2026.xlsx` is `tidplan-budget`."""
    plain = words.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    plain = re.sub(r"(?<!\d)20\d\d(?!\d)", " ", plain)
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:60].strip("-")
    return name if _PROCESS_ID.fullmatch(name) and name not in {"index", "arshjul", "arendeplan"} else "tidplan"


def process_text(
    proposal: Proposal, name: str, activities: Sequence[ActivityEntry], comments: Mapping[str, Sequence[str]]
) -> str:
    """`process.yaml`: its head, then the phases with their activities."""
    head: Entries = {
        "process": name,
        "titel": templated(proposal.title or f"Tidplan budget {proposal.budget_year}", proposal),
    }
    if runs := runs_of(proposal):
        head["löper"] = runs
    if bodies_of(proposal):
        head["använder"] = ["organ.yaml", *(["sammantraden-*.yaml"] if meetings_of(proposal) else [])]
    head["kolumner"] = [{field: heading} for field, heading in columns_of(proposal, activities)]
    lines = [f"# Läst ur {proposal.document.name}, budget {proposal.budget_year}.", *new_lines(head)]
    if proposal.windows:
        lines.append("tidsfönster:")
        lines += [line for window in windows_of(proposal) for line in new_item(window, 0)]
    lines.append("faser:")
    taken = {activity.id for activity in activities}
    for title in dict.fromkeys(activity.row.row.phase for activity in activities):
        lines += phase_lines(title, _unused(slug(title, "plan"), taken), activities, comments, proposal)
    return "".join(f"{line}\n" for line in lines)


def phase_lines(
    title: str,
    id_: str,
    activities: Sequence[ActivityEntry],
    comments: Mapping[str, Sequence[str]],
    proposal: Proposal,
) -> Iterator[str]:
    """A phase and its activities, each with the comments above it."""
    yield f"- id: {id_}"
    if title:
        yield from new_lines({"titel": templated(title, proposal)}, 2)
    yield "  aktiviteter:"
    for activity in activities:
        if activity.row.row.phase == title:
            yield from (f"  # {line}" for line in (*activity.comments, *comments.get(activity.id, ())))
            yield from new_item(activity.entries, 2)


def activity_entries(proposal: Proposal) -> Iterator[ActivityEntry]:
    """Each row as the keys of an activity; ids from titles, the body added where two have one title."""
    taken = set[str]()
    for row in proposal.rows:
        title = templated(row.title, proposal)
        written = row.row.fields.get("id", "").replace(".", "_")  # a round of ours is a row of its own here
        name = written if _ID.fullmatch(written) and len(written) <= LONGEST_ID else slug(title, "aktivitet")
        if name in taken and row.body:
            name = slug(f"{name}_{row.body}", name)
        id_ = _unused(name, taken)
        comments = tuple(f"{row.row.place}: {problem}" for problem in row.problems)
        yield ActivityEntry(id_, {"id": id_, "titel": title, **keys_of(row, proposal)}, comments, row)


def with_rule(activity: ActivityEntry, rule: Mapping[str, str] | None) -> ActivityEntry:
    """The activity with the keys of a rule in the place of its date as written, which `källa` keeps."""
    if not rule:
        return activity
    entries: Entries = {}
    for key, value in activity.entries.items():
        entries |= rule if key == "när" else {key: value}
    return replace(activity, entries=entries)


def keys_of(row: ProposedRow, proposal: Proposal) -> Entries:
    """The keys of an activity after its id and title."""
    fields = row.row.fields
    entries: Entries = {"när": row.when}
    if clock := tid_of(fields.get("tid", "")):
        entries["tid"] = clock
    if row.body:
        entries["organ"] = row.body
    if fields.get("typ") in _TYPES:
        entries["typ"] = fields["typ"]
    if row.stop:
        entries["stoppdatum"] = row.stop
    if row.people:
        alone = row.people.get("deltagare")
        entries["deltagare"] = (
            list(alone) if alone and len(row.people) == 1 else {k: list(v) for k, v in row.people.items()}
        )
    entries |= {name: templated(text, proposal) for name, text in copied(row).items()}
    if comment := comment_of(row):
        entries["kommentar"] = templated(comment, proposal)
    if row.preliminary:
        entries["preliminärt"] = "ja"
    if row.cancelled:
        entries["inställt"] = templated(row.cancelled, proposal)
    if fields.get("taggar"):
        entries["taggar"] = fields["taggar"].split(", ")
    entries["källa"] = source_of(row).replace("{", "(").replace("}", ")")
    return {key: value for key, value in entries.items() if value}


def source_of(row: ProposedRow) -> str:
    """The words that the date was read from; an older source stays."""
    fields = row.row.fields
    written = (
        fields.get("datum")
        or row.row.heading
        or fields.get("vecka")
        or " till ".join(filter(None, (fields.get("start"), fields.get("slut"))))
    )
    return fields.get("källa") or written


def comment_of(row: ProposedRow) -> str:
    """The comment, and what has no key of its own: a note in the date cell, columns that we do not know."""
    fields = row.row.fields
    extra = [f"{name[1:]}: {text}" for name, text in fields.items() if name.startswith("+")]
    clock = fields.get("tid", "")
    notes = [note.partition(": ")[2] for note in row.notes if note.startswith((DATE_NOTE, PEOPLE_NOTE))]
    parts = (fields.get("kommentar", ""), *notes, *extra, "" if tid_of(clock) else clock)
    return "; ".join(filter(None, parts))


def templated(text: str, proposal: Proposal) -> str:
    """A text in which the years near the budget year are written by it, and braces mean nothing."""

    def year(match: re.Match[str]) -> str:
        offset = int(match[0]) - proposal.budget_year
        return f"{{{canonical(BudgetYear(offset))}}}" if -2 <= offset <= 3 else match[0]

    return _NUMBER.sub(year, text.replace("{", "(").replace("}", ")"))


def columns_of(proposal: Proposal, activities: Sequence[ActivityEntry]) -> list[tuple[str, str]]:
    """Field and heading of the columns, as the document has them; those that it lacks and a row needs come last."""
    headings = dict(proposal.table.columns)
    wanted = [name for name in column_names(proposal.table) if name in COLUMNS or name in (*GROUPS, "deltagare")]
    columns = {name: headings[name] for name in wanted if name not in ("id", "fas")}
    columns = {"datum": "Datum", **columns} if "datum" not in columns else columns
    columns.setdefault("aktivitet", "Aktivitet")
    written = {key for activity in activities for key in activity.entries}
    for name in ("stoppdatum", "kommentar"):
        if name in written:
            columns.setdefault(name, name.capitalize())
    return list(columns.items())


def bodies_of(proposal: Proposal) -> Entries:
    """The bodies of the plan, with the names that their abbreviations stand for."""
    found = {row.body for row in proposal.rows if row.body}
    found |= {name for row in proposal.rows for names in row.people.values() for name in names if name in BODIES}
    bodies: Entries = {}
    for id_ in sorted(found):
        known = BODIES.get(id_)
        kind = {"slag": known.kind} if known and known.kind else {}
        bodies[id_] = {"namn": known.name, "grupp": known.group, **kind} if known else {"namn": id_}
    return bodies


def meetings_of(proposal: Proposal) -> dict[int, dict[str, list[str]]]:
    """Calendar year → body → the days on which it meets, as far as the plan says."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    for row in proposal.rows:
        for item in row.dates.items if row.dates and row.body else ():
            days = days_of(item.dates.start.phrase)
            if days.single and not item.dates.end and not item.deadline and not item.earliest and not row.cancelled:
                uncertain = item.uncertain or row.preliminary or item.certainty is Certainty.PRELIMINARY
                year = found.setdefault(days.start.year, {})
                year.setdefault(row.body, {})[days.start.isoformat()] = "prel. " if uncertain else ""
    return {
        year: {body: [f"{mark}{day}" for day, mark in sorted(days.items())] for body, days in sorted(plan.items())}
        for year, plan in sorted(found.items())
    }


def windows_of(proposal: Proposal) -> Iterator[Entries]:
    """The windows of time, each with its two ends."""
    for row in proposal.windows:
        if row.dates is not None:
            extent = days_of(row.dates.items[0].dates.start.phrase)
            start, end = (_day(day, proposal.budget_year) for day in (extent.start, extent.end))
            yield {
                "id": f"f_{slug(row.title, 'fonster')}",
                "titel": templated(row.title, proposal),
                "start": start,
                "slut": end,
            }


def _day(day: date, budget_year: int) -> str:
    return f"{day_text(day, weekday=False)} {canonical(BudgetYear(day.year - budget_year))}"


def runs_of(proposal: Proposal) -> str:
    """The stretch of the process, where it is not that which every process has."""
    extents = [days_of(item.dates.start.phrase) for row in proposal.rows if row.dates for item in row.dates.items]
    if not extents:
        return ""
    first, last = min(each.start for each in extents), max(each.end for each in extents)
    year = proposal.budget_year
    usual = date(year - 2, 9, 1), date(year - 1, 12, 31)
    if usual[0] <= first and last <= usual[1]:
        return ""
    start = min(first.replace(day=1), usual[0])
    end = max((last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1), usual[1])
    return f"{_day(start, year)} till {_day(end, year)}"


def _unused(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate in taken or is_reserved(candidate):
        number += 1
        candidate = f"{name}_{number}"
    taken.add(candidate)
    return candidate


def undated(proposal: Proposal) -> list[ProposedRow]:
    """The rows without a date, in order."""
    return [row for row in proposal.rows if row.when == UNDATED]
