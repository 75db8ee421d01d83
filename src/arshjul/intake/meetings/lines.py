"""Lines of text: a heading with a body, then its days; a line with both; what belongs to no list."""

from __future__ import annotations

import re

from msgspec.structs import replace

from arshjul.intake.grid import Cell
from arshjul.intake.meetings import words
from arshjul.intake.meetings.collecting import Collector, says_a_day
from arshjul.intake.meetings.columns import MonthHeading, month_heading
from arshjul.intake.meetings.footnotes import begins_with_mark
from arshjul.intake.meetings.labels import BodyHeading, body_heading, extended
from arshjul.intake.meetings.model import LONGEST_CELL
from arshjul.intake.meetings.tokens import PieceKind, pieces

_BEFORE_NAME = re.compile(r"(?:sammanträdes\w*|sammanträden|mötes\w*|möten)\s+(?:för\s+)?", re.IGNORECASE)
_AFTER_NAME = re.compile(r"[\s:,]*(?:20[0-9]{2})?[\s:]*$")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an)?\.?\s*[0-9]+(?:\s*(?:\(|av|/)\s*[0-9]+\)?)?|[0-9]+\s*\([0-9]+\))", re.IGNORECASE
)
_LONGEST_NAME = 8  # words
_NUMBERS = re.compile(r"[0-9]")
_DAYS = frozenset({PieceKind.ISO, PieceKind.SHORT, PieceKind.SLASHED, PieceKind.RANGE, PieceKind.DAY, PieceKind.WEEK})


class Lines:
    """Reads the lines of a document in order; the heading above holds for tables too."""

    def __init__(self, into: Collector) -> None:
        self._into = into
        self.heading: BodyHeading | None = None
        self.month: MonthHeading | None = None

    def read(self, text: str, where: str) -> None:
        """One line that stands alone in its row."""
        line = text.strip().lstrip("•·▪-– ")
        if not line or begins_with_mark(line) or _PAGE_NUMBER.fullmatch(line):
            return
        if (month := month_heading(Cell(line.strip(":")))) is not None:
            self.month = month
        elif len(line) > LONGEST_CELL:
            self._pass(line, where)
        elif (heading := self._heading(line)) is not None:
            self.heading, self.month = heading, None
            self._into.unread_heading(heading, where)
        elif says_a_day(line):
            self._days(line, where)
        elif not self._both(line, where) and not self._beside(line):
            self._pass(line, where)

    def name(self, text: str) -> None:
        """The name of a sheet, which may be a body."""
        self.heading, self.month = self._heading(text), None

    def _heading(self, line: str) -> BodyHeading | None:
        """The body, where the line is nothing but its name and what stands beside a name."""
        name = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", line, count=1))
        if not name or len(name.split()) > _LONGEST_NAME or name.endswith(".") or words.says_no_meeting(name):
            return None
        heading = body_heading(name, self._into.known)
        if heading is None or not heading.name[0].isupper() or _NUMBERS.search(heading.name):
            return heading if heading is not None and name != line else None
        return None if _NUMBERS.search(heading.unread) else heading

    def _days(self, line: str, where: str) -> None:
        if self.heading is None:
            self._into.note(where, "", line, "dagarna står inte under något organ")
            return
        context = self._into.context(self.heading)
        if self.month is not None:
            context = replace(context, month=self.month.month, month_year=self.month.year or context.month_year)
        self._into.take(self.heading, Cell(line), where, context)

    def _both(self, line: str, where: str) -> bool:
        """`KS: 13 januari, 10 februari`; `13 januari Kommunstyrelsen`. Whether the line is one of them."""
        for name, days in _splits(line):
            heading = body_heading(name, self._into.known)
            if heading is None or _NUMBERS.search(heading.unread) or len(heading.name.split()) > _LONGEST_NAME:
                continue
            kept = self.month
            if words.says_no_meeting(name) or not says_a_day(days):
                return False
            before, self.heading = self.heading, heading
            self.month = kept if line.startswith(days[:1]) and days != line else None
            self._days(days, where)
            self.heading, self.month = (before, kept) if line.startswith(days) else (heading, None)
            return True
        return False

    def _beside(self, line: str) -> bool:
        """Whether the line says a time, a weekday or a place of the body above."""
        if self.heading is None or _DAYS & {piece.kind for piece in pieces(line)}:
            return False
        more = extended(self.heading, line)
        if more.unread != self.heading.unread:
            return False
        self.heading = more
        return True

    def _pass(self, line: str, where: str) -> None:
        """Prose: what follows it is of no body that we know; days in it are told."""
        found = {piece.kind for piece in pieces(line[:LONGEST_CELL])}
        if _DAYS & found:
            body = self.heading.name if self.heading else ""
            self._into.note(where, body, line, "raden förstås inte")
        self.heading = self.month = None


def _splits(line: str) -> list[tuple[str, str]]:
    """The name and the days of a line, as it may be divided: at its colon, before its first day, after its last."""
    found = []
    name, colon, days = line.partition(":")
    if colon and not _NUMBERS.search(name):
        found.append((name, days.strip()))
    begins = re.search(r"(?<![\w.])(?:[0-9]|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag)?\b|v(?:ecka|\.)\s*[0-9])", line)
    if begins and begins.start():
        found.append((line[: begins.start()].strip(" ,:–-"), line[begins.start() :]))
    ends = next(
        (match for match in re.finditer(r"\s(?=[A-ZÅÄÖ])", line) if _NUMBERS.search(line[: match.start()])), None
    )
    if ends is not None:
        found.append((line[ends.end() :].strip(" ,:–-"), line[: ends.start()].strip(" ,:–-")))
    return found
