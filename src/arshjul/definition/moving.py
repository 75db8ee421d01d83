"""A meeting of a plan moved to another day: its day and `flyttad_från` are written, its other keys stay."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from arshjul.dates import parser, syntax
from arshjul.dates.extent import Extent
from arshjul.dates.literal import Frame
from arshjul.dates.meeting_day import meeting_days
from arshjul.definition.edit import NotSafe, Revision, reread, revised
from arshjul.definition.entries import key_edits, plain, removal, same, scalar
from arshjul.definition.meeting_entry import entry_of
from arshjul.definition.tree import maps, text_of, value_of
from arshjul.diagnostics import Edit, Source
from arshjul.source import Fields, Items, Text, YamlValue, parse

_ISO_FORM = len("2025-06-03")


class PlannedDay(Struct, frozen=True):
    """One entry of a plan as it is written. `day` is the text of its day, without its clock time and marks."""

    entry: YamlValue
    date: Text
    day: tuple[int, int]
    extent: Extent

    @property
    def words(self) -> str:
        """The day as it is written: `tis 3 juni`."""
        return self.date[slice(*self.day)]


def extent_in_year(words: str, year: int) -> Extent:
    """The day, or days in a row, of a meeting of a calendar year. ExpressionError where it is none."""
    return meeting_days(parser.parse_meeting(words), Frame(year).of_year(year))


def plans_of(tree: Fields, year: int) -> Iterator[Fields]:
    """The meeting plans of a calendar year in a file: the file itself, or those written inline."""
    if text_of(tree, "kalenderår") == str(year):
        yield tree
    yield from maps(tree, "sammanträden", str(year))


def planned_days(plan: Fields, body: str, year: int) -> Iterator[PlannedDay]:
    """The meetings of a body that have a day; what is wrong in the others is told when the plan is read."""
    entries = value_of(plan, body)
    for entry in entries if isinstance(entries, Items) else ():
        fields = entry_of(entry)
        date = text_of(fields, "datum") if isinstance(fields, Fields) else None
        if date is None:
            continue
        try:
            item = parser.parse_meeting(date)
            yield PlannedDay(entry, date, item.dates.at, extent_in_year(date, year))
        except (syntax.ExpressionError, ValueError):
            continue


def with_meeting_moved(source: Source, body: str, year: int, old: Extent, new: str) -> Revision:
    """The file with the meeting on another day, written in the form of the old one.

    A meeting that is moved twice says where it first lay; one that is moved back there says nothing.

    Raises:
        NotSafe: the body has no such meeting in the file, or several, or it is written so that this is unclear.
        ExpressionError: `new` is no day.
    """
    tree = parse(source)
    found = [day for plan in plans_of(tree, year) for day in planned_days(plan, body, year) if _same(day.extent, old)]
    if len(found) != 1:
        raise NotSafe(f"{body} har {'flera möten' if found else 'inget möte'} den dagen")
    (meeting,) = found
    to = extent_in_year(new, year)
    iso = len(meeting.words) == _ISO_FORM and meeting.words[:4].isdecimal() and to.start == to.end
    day = to.start.isoformat() if iso else new
    date = f"{meeting.date[: meeting.day[0]]}{day}{meeting.date[meeting.day[1] :]}"
    revision = revised(source, _edits(meeting, date, to, year))
    _demand(revision, body, year, meeting, to)
    return revision


def _same(one: Extent, other: Extent) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _edits(meeting: PlannedDay, date: str, to: Extent, year: int) -> Iterator[Edit]:
    entry, span = meeting.entry, meeting.entry.span
    if isinstance(entry, Text) and span and entry == meeting.date:
        moved_from = scalar(meeting.words, between=True)
        yield Edit(span, f"{{datum: {scalar(date, between=True)}, flyttad_från: {moved_from}}}")
    elif isinstance(entry, Fields) and "datum" in entry and entry["datum"] == meeting.date:
        first = text_of(entry, "flyttad_från")
        yield from key_edits(entry, {"datum": date} if first else {"datum": date, "flyttad_från": meeting.words})
        if first and _same(extent_in_year(first, year), to):
            yield removal(entry, "flyttad_från")
    else:
        raise NotSafe("raden säger mer än mötets dag")


def _demand(revision: Revision, body: str, year: int, meeting: PlannedDay, to: Extent) -> None:
    """Only that entry is another, and it is on the new day."""
    after, place = reread(revision), meeting.entry.span
    for day in (day for plan in plans_of(after, year) for day in planned_days(plan, body, year)):
        span = day.entry.span
        moved = span and place and span.offsets[0] == place.offsets[0] and _same(day.extent, to)
        if moved and same(plain(_with_entry(after, day.entry, meeting.entry)), plain(parse(revision.before))):
            return
    raise NotSafe("då ändras mer än det som skulle ändras")


def _with_entry(node: YamlValue, old: YamlValue, new: YamlValue) -> YamlValue:
    if node is old:
        return new
    if isinstance(node, Fields):
        return Fields([(key, _with_entry(value, old, new)) for key, value in node.items()])
    return Items([_with_entry(item, old, new) for item in node]) if isinstance(node, Items) else node
