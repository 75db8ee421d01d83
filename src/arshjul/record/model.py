"""The lines of a record: one an event, one a process, one a file."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, Struct, field, json

from arshjul.timeline import Status, StopKind

NAME = "arshjul.json"
LONGEST_TITLE = 200
MOST = 1_000_000_000  # below what a calendar can hold (RFC 5545, 3.3.8), with room for a change a second for years

Number = Annotated[int, Meta(ge=0, le=MOST)]
Hash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Uid = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Word = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"\A[^\x00-\x1f\x7f]+\Z")]
Days = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/[0-9]{4}-[0-9]{2}-[0-9]{2})?\Z")]
# As StopKind and Status have them; what is read back is printed in words.
StopWord = Annotated[str, Meta(pattern=rf"\A(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{'|'.join(StopKind)})\Z")]
StatusWord = Annotated[str, Meta(pattern=rf"\A(?:{'|'.join(Status)})\Z")]
# A name beside the record and nothing else: what `--prune` removes must not lie in another folder.
FileName = Annotated[str, Meta(max_length=255, pattern=r"\A[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")]


class Values(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a reader plans by: the days of an event, and the stop date and status of its row."""

    days: Days
    status: StatusWord
    stop: StopWord | None = None


class EventLine(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An event as it was last published. `hash` is of its whole row, `edition` the one that last changed it.

    `ordinal` is which of the row's dates it is, from 1; None for its stop date. `before` is what it was when that
    edition began, None if it was not there. `gone`: it is no longer in the plan; then `title`, the beginning of
    what the row is called, is all that can still name it. An internal row has no `row`, `ordinal`, `title`, `now` and
    `before`: the record may be read by everyone.
    """

    uid: Uid
    process: Word
    hash: Hash
    sequence: Number
    edition: Number
    row: Word | None = None
    ordinal: Number | None = None
    now: Values | None = None
    before: Values | None = None
    gone: bool = False
    title: Word | None = None


class ProcessLine(Struct, frozen=True, forbid_unknown_fields=True):
    """The edition that a process is in, from 1."""

    process: Word
    edition: Number


class FileLine(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file that was written, and its hash.

    `process` is None for what is made of several, `part` the body or group it is for, `rows` a hash of the rows that it
    was made of.
    """

    file: FileName
    hash: Hash
    process: Word | None = None
    part: Word | None = None
    rows: Hash | None = None


class Record(Struct, frozen=True):
    """All lines of a folder. What two branches have both changed has two versions.

    `events` maps process → UID → its line, the higher one of two; `rivals` maps UID → the lower one, until a build of
    its process settles which holds. `files` maps name → its line, or lines.
    """

    events: Mapping[str, Mapping[str, EventLine]] = field(default_factory=dict)
    rivals: Mapping[str, EventLine] = field(default_factory=dict)
    editions: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, tuple[FileLine, ...]] = field(default_factory=dict)

    def basis(self, process: str) -> str:
        """What the numbers of a process are counted from, as a hash: the same while nobody else has published it."""
        lines = self.events.get(process, {})
        rivals = [self.rivals[uid] for uid in sorted(lines) if uid in self.rivals]
        told = [[lines[uid] for uid in sorted(lines)], rivals, self.editions.get(process)]
        return sha256(json.encode(told)).hexdigest()

    def follows(self, process: str, lines: Mapping[str, EventLine], edition: int) -> Record:
        """The record once the process is published with these lines."""
        rivals = {uid: line for uid, line in self.rivals.items() if uid not in lines}
        events, editions = {**self.events, process: lines}, {**self.editions, process: edition}
        return Record(events, rivals, editions, self.files)
