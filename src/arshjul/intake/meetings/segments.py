"""The pieces of a cell → what they say, segment by segment: what stands between two commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from arshjul.intake.meetings import words
from arshjul.intake.meetings.model import Unclear
from arshjul.intake.meetings.said import Said, WrittenDay
from arshjul.intake.meetings.tokens import Piece, PieceKind

_DAYS = frozenset({PieceKind.ISO, PieceKind.SHORT, PieceKind.SLASHED, PieceKind.RANGE, PieceKind.DAY})
_SKIPPED = frozenset({":", "."})
_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?")


def segments(line: Sequence[Piece]) -> Iterator[list[Piece]]:
    """What stands between commas and `och`, outside parentheses."""
    segment: list[Piece] = []
    depth = 0
    for piece in line:
        depth += (piece.kind is PieceKind.OPEN) - (piece.kind is PieceKind.CLOSE)
        joins = piece.kind is PieceKind.JOINT or (piece.kind is PieceKind.WORD and _plain(piece) in words.JOINING)
        if joins and depth <= 0:
            yield segment
            segment = []
        elif not joins:
            segment.append(piece)
    yield segment


def _plain(piece: Piece) -> str:
    return piece.text.casefold().rstrip(".")


class SegmentReader:
    """Reads segments one after the other; a month that stands first holds for the days after it."""

    def __init__(self) -> None:
        self._month: int | None = None
        self._rest: list[Piece] = []
        self._depth = 0
        self._found: list[Said] = []

    def read(self, segment: Sequence[Piece]) -> list[Said]:
        """The meetings of a segment; one without a day where it only says something of another."""
        self._rest, self._depth, self._found = list(reversed(segment)), 0, []
        self._before: PieceKind | None = None
        while self._rest:
            piece = self._rest.pop()
            self._take(piece)
            self._before = piece.kind
        return self._found

    def _take(self, piece: Piece) -> None:
        match piece.kind:
            case kind if kind in _DAYS:
                self._take_day(piece)
            case PieceKind.WEEK:
                self._now().week = int(re.sub(r"[^0-9]", "", piece.text))
            case PieceKind.CLOCK:
                self._now().take(Said(times=clock_text(piece.text)))
            case PieceKind.MARK if self._depth > 0 and piece.text[0].isdecimal() and self._before is not PieceKind.OPEN:
                raise Unclear("en annan dag inom parentes")
            case PieceKind.MARK:
                self._depth -= piece.text.endswith(")") and self._depth > 0
                self._now().take(Said(marks=(mark_name(piece.text),)))
            case PieceKind.OPEN:
                self._depth += 1
            case PieceKind.CLOSE:
                self._depth -= 1
            case PieceKind.QUESTION:
                self._now().preliminary = True
            case PieceKind.WORD:
                self._take_word(piece, _plain(piece))
            case _ if piece.text not in _SKIPPED:
                raise Unclear(f"”{piece.text}” förstås inte")

    def _now(self) -> Said:
        if not self._found:
            self._found.append(Said())
        return self._found[-1]

    def _take_day(self, piece: Piece) -> None:
        day = self._day(piece)
        now = self._now()
        if now.day is not None:
            _demand_apart(now.day, day, piece, self._depth)
            self._found.append(Said(day=day))
        else:
            now.day = day

    def _day(self, piece: Piece) -> WrittenDay:
        numbers = [int(number) for number in re.findall(r"[0-9]+", piece.text)]
        if piece.kind is PieceKind.ISO:
            return WrittenDay(numbers[2], numbers[2], numbers[1], numbers[0])
        if piece.kind is PieceKind.SHORT:
            short_year, of_year, day = (int(piece.text[at : at + 2]) for at in (0, 2, 4))
            return WrittenDay(day, day, of_year, 2000 + short_year)
        if piece.kind is PieceKind.SLASHED:
            return WrittenDay(numbers[0], numbers[0], numbers[1], self._year())
        after = self._month_after()
        if after and [each.kind for each in self._rest[-1:-3:-1]] == [PieceKind.DASH, PieceKind.DAY]:
            self._rest.pop()
            last = self._day(self._rest.pop())
            return WrittenDay(numbers[0], last.last, after, last.year, last.month)
        month = after or self._month
        return WrittenDay(numbers[0], numbers[-1], month, self._year() if month else None)

    def _month_after(self) -> int | None:
        """The month that comes next, over a hyphen: `13 jan`, `13-jan`."""
        hyphen = len(self._rest) > 1 and self._rest[-1].kind is PieceKind.DASH
        after = self._rest[-2 if hyphen else -1] if self._rest else None
        month = words.month_of(after.text) if after and after.kind is PieceKind.WORD else None
        if month:
            del self._rest[-2 if hyphen else -1 :]
        return month

    def _year(self) -> int | None:
        return int(self._rest.pop().text) if self._rest and self._rest[-1].kind is PieceKind.YEAR else None

    def _take_word(self, piece: Piece, word: str) -> None:
        now = self._now()
        following = self._rest[-1] if self._rest else None
        if (weekday := words.WEEKDAYS.get(word)) is not None:
            if now.weekdays or (now.day is not None and following is not None and following.kind in _DAYS):
                if self._depth > 0:
                    raise Unclear("en annan dag inom parentes")
                now = Said()
                self._found.append(now)
            now.weekdays = frozenset({weekday})
        elif (month := words.month_of(piece.text)) is not None:
            if now.day is not None:
                raise Unclear(f"”{piece.text}” hör inte ihop med dagen före")
            self._month = month
        elif word in words.MOVED:
            self._take_moved()
        elif not self._mark(now, word):
            raise Unclear(f"”{piece.text}” förstås inte")

    def _mark(self, now: Said, word: str) -> bool:
        """Whether the word says something of the meeting that is understood."""
        if word in words.DAY_PARTS:
            now.take(Said(times=words.DAY_PARTS[word]))
        elif word in words.CANCELLED or (word == "ställs" and self._rest and _plain(self._rest.pop()) == "in"):
            now.take(Said(cancelled=True, outside=self._depth == 0))
        elif word in words.PRELIMINARY:
            now.take(Said(preliminary=True, outside=self._depth == 0 and now.day is None))
        elif word in words.RESERVE:
            now.take(Said(reserve=True, outside=self._depth == 0))
        elif word in words.REMARKS:
            now.take(Said(remarks=(word,)))
        elif word == "x":
            now.crossed = True
        else:
            return word in words.SILENT
        return True

    def _take_moved(self) -> None:
        """`flyttat från 13 januari`; where it is moved *to* another day, two days stand for one meeting."""
        now = self._now()
        words_before = []
        while self._rest and self._rest[-1].kind is PieceKind.WORD:
            words_before.append(_plain(self._rest.pop()))
        if not self._rest or self._rest[-1].kind not in _DAYS or words_before[:1] != ["från"]:
            raise Unclear("mötet är flyttat: vilken dag gäller?")
        now.moved_from = self._day(self._rest.pop())


def _demand_apart(before: WrittenDay, day: WrittenDay, piece: Piece, depth: int) -> None:
    """Two days with only a blank between them: not `1 3` (which may be 13), nor `13 jan 27` (a year)."""
    alike = (before.month is None) == (day.month is None)
    rising = day.month is not None or (day.first > before.last and day.first > 9)
    if not (piece.apart and depth == 0 and alike and rising):
        raise Unclear("två dagar utan något mellan sig")


def clock_text(written: str) -> str:
    """`kl 13.00`, `kl 9.00–12.00`. Raises Unclear where the day has no such time."""
    times = [(int(hour), int(minute or 0)) for hour, minute in _CLOCK.findall(written)]
    if any(hour > 23 or minute > 59 for hour, minute in times) or sorted(times) != times:
        raise Unclear(f"”{written}” är inget klockslag")
    return "kl " + "–".join(f"{hour}.{minute:02}" for hour, minute in times)


def mark_name(written: str) -> str:
    """One name for `¹`, `1)` and `(1)`."""
    superscripts = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
    return written.rstrip(")").translate(superscripts)
