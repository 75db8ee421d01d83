"""Bytes → Record → bytes. A record is input like any other: it lies in git, where anybody may have edited it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec

from arshjul.record.model import NAME, EventLine, FileLine, ProcessLine, Record

MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 200_000
LONGEST_LINE = 8_000
MOST_VERSIONS = 16  # of the line of one file: as many branches at once
# What git leaves where two branches have changed the same lines.
CONFLICT_MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
KINDS = {"uid": EventLine, "file": FileLine, "process": ProcessLine}  # by the first key that a line has of these
SEQUENCE = re.compile(rb"^SEQUENCE:([0-9]{1,9})\r?$", re.MULTILINE)
OUR_CALENDAR = b"PRODID:-//arshjul//"

Line = EventLine | ProcessLine | FileLine


class BadRecord(ValueError):
    """A record that is not to be trusted. `line` is None where it is not about one."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def read(folder: Path) -> bytes | None:
    """The bytes of the record in a folder; None if there is none. Raises BadRecord, OSError."""
    place = folder / NAME
    if place.is_symlink():
        raise BadRecord("är en länk; arshjul läser inte genom länkar")
    if not place.exists():
        return None
    if not place.is_file():
        raise BadRecord("är ingen vanlig fil")
    with place.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadRecord(f"är större än {MOST_BYTES // 1024 // 1024} MiB")
    return data


def parse(data: bytes) -> Record:
    """The lines, in any order. Two versions of one are kept apart as `Record` says. Raises BadRecord."""
    events: dict[str, EventLine] = {}
    rivals: dict[str, EventLine] = {}
    editions: dict[str, int] = {}
    files: dict[str, tuple[FileLine, ...]] = {}
    for line in _lines(data):
        match line:
            case EventLine():
                other = events.get(line.uid, line)
                if other != line:
                    rivals[line.uid] = min(line, other, key=_version)
                events[line.uid] = max(line, other, key=_version)
            case ProcessLine():
                editions[line.process] = max(line.edition, editions.get(line.process, 1))
            case FileLine():
                known = files.get(line.file, ())
                if len(known) == MOST_VERSIONS:
                    raise BadRecord(f"har fler än {MOST_VERSIONS} rader om filen {line.file}")
                files[line.file] = known if line in known else (*known, line)
    by_process: dict[str, dict[str, EventLine]] = {}
    for uid, event in events.items():
        by_process.setdefault(event.process, {})[uid] = event
    return Record(by_process, rivals, editions, files)


def to_bytes(record: Record) -> bytes:
    """A line each: events by UID, then processes, then files by name."""
    encode = msgspec.json.Encoder().encode
    events = chain(record.rivals.values(), *(lines.values() for lines in record.events.values()))
    lines = [encode(line) for line in sorted(events, key=lambda line: line.uid)]
    lines += [encode(ProcessLine(process, edition)) for process, edition in sorted(record.editions.items())]
    lines += [encode(line) for _, versions in sorted(record.files.items()) for line in versions]
    return b"".join(line + b"\n" for line in lines)


def file_hash(data: bytes) -> str:
    """Of a file, whichever line ends git has given it on this machine."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def calendars(folder: Path) -> Iterator[Path]:
    """The calendars in a folder that this program has written, whatever version."""
    for place in sorted(folder.glob("*.ics")):
        if place.is_file() and not place.is_symlink():
            with place.open("rb") as file:
                if OUR_CALENDAR in file.read(400):
                    yield place


def highest_sequence(folder: Path) -> int:
    """The highest SEQUENCE in our calendars of a folder, -1 without any."""
    highest = -1
    for place in calendars(folder):
        with place.open("rb") as file:
            highest = max((highest, *map(int, SEQUENCE.findall(file.read(MOST_BYTES)))))
    return highest


def _version(line: EventLine) -> tuple[int, bytes]:
    # two of one number are told apart by what they say, so that it does not matter which stands first
    return line.sequence, msgspec.json.encode(line)


def _lines(data: bytes) -> Iterator[Line]:
    if data.count(b"\n") > MOST_LINES:
        raise BadRecord(f"har fler än {MOST_LINES} rader")
    for number, text in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        written = text.strip()
        if not written or written.startswith(CONFLICT_MARKS):
            continue
        if len(written) > LONGEST_LINE:
            raise BadRecord("är för lång", number)
        yield _line(written, number)


def _line(written: bytes, number: int) -> Line:
    try:
        members = msgspec.json.decode(written)
        kind = next(kind for key, kind in KINDS.items() if key in members)
        line: Line = msgspec.convert(members, kind)
    except (msgspec.DecodeError, RecursionError, StopIteration, TypeError, ValueError):
        raise BadRecord("är ingen rad som arshjul har skrivit", number) from None
    if isinstance(line, EventLine):
        _check_days(line, number)
    return line


def _check_days(line: EventLine, number: int) -> None:
    for values in filter(None, (line.now, line.before)):
        try:
            first, *last = map(date.fromisoformat, values.days.split("/"))
        except ValueError:
            raise BadRecord(f"har en dag som inte finns: {values.days}", number) from None
        try:
            if values.stop is not None and values.stop[0].isdecimal():
                date.fromisoformat(values.stop)
        except ValueError:
            raise BadRecord(f"har en dag som inte finns: {values.stop}", number) from None
        if last and last[0] < first:
            raise BadRecord(f"slutar före sin början: {values.days}", number)
