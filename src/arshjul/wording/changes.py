"""The sentences about what has changed since a plan was decided, and since its last edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from arshjul.dates.swedish import day_text, days_name, joined
from arshjul.formats.text import clean
from arshjul.record.changes import RowChange, Since
from arshjul.record.states import RowState
from arshjul.timeline import Status, StopKind
from arshjul.wording.columns import STATUS_WORDS
from arshjul.wording.dates import STOP_WORDS, UNDATED

MOST_DATES = 5  # of one row that are written out
NONE = "inget"
NOWHERE = RowState((), Status.UNDATED)


class ChangeLine(Struct, frozen=True):
    """A row that has changed, and how; `short` says it without weekdays. `gone`: it is in no table any more."""

    row: str
    title: str
    text: str
    short: str
    gone: bool = False


class ChangeList(Struct, frozen=True):
    """What has changed `since` something, which a column calls by its `short` name."""

    since: str
    short: str
    lines: tuple[ChangeLine, ...]

    @property
    def heading(self) -> str:
        """`Ändrat sedan beslutet KF § 12`"""
        return f"Ändrat sedan {self.since}"

    @property
    def summary(self) -> str:
        """`2 rader är ändrade sedan förra utgåvan.`, `Inget är ändrat sedan beslutet KF § 12.`"""
        rows = {0: "Inget är ändrat", 1: "1 rad är ändrad"}
        return f"{rows.get(len(self.lines), f'{len(self.lines)} rader är ändrade')} sedan {self.since}."


def change_lists(changes: Sequence[Since]) -> tuple[ChangeList, ...]:
    """A list for each, two that say the same as one."""
    names: dict[tuple[ChangeLine, ...], list[tuple[str, str]]] = {}
    for since in changes:
        lines = tuple(
            ChangeLine(each.row, clean(each.title), _IN_LIST.text(each), _IN_CELL.text(each), not each.new)
            for each in since.changes
        )
        name = ("förra utgåvan", "förra utgåvan")
        if decision := since.decision:
            reference = clean(decision.decision) or day_text(decision.date, weekday=False, year=True)
            name = (f"beslutet {reference}", "beslutet")
        names.setdefault(lines, []).append(name)
    return tuple(
        ChangeList(joined([since for since, _ in called]), joined([short for _, short in called]), lines)
        for lines, called in names.items()
    )


def changed_rows(lists: Sequence[ChangeList]) -> dict[str, str]:
    """Row → what its cell says: `3 juni → 10 juni 2025`, after `sedan beslutet:` where there are several lists."""
    several = len(lists) > 1
    texts: dict[str, dict[str, list[str]]] = {}
    for each in lists:
        for line in each.lines:
            if not line.gone:
                texts.setdefault(line.row, {}).setdefault(line.short, []).append(each.short)
    return {
        row: "\n".join(f"sedan {joined(names)}: {text}" if several else text for text, names in said.items())
        for row, said in texts.items()
    }


class _Words(Struct, frozen=True):
    weekdays: bool

    def text(self, change: RowChange) -> str:
        """`tisdag 3 juni → tisdag 10 juni 2025; stoppdatum tisdag 20 maj → tisdag 27 maj 2025`"""
        old, new = change.old, change.new
        if old and new:
            return "; ".join(self._facts(old, new))
        days = (new or old or NOWHERE).days
        return f"{'nytt' if new else 'borttaget'}{f': {self._spans(days)}' if days else ''}"

    def _facts(self, old: RowState, new: RowState) -> Iterator[str]:
        if old.days != new.days:
            before, now = frozenset(old.days), frozenset(new.days)
            # of a long list of dates one is moved, and the others are no news
            gone, come = ([d for d in old.days if d not in now], [d for d in new.days if d not in before])
            if (gone and come) or not old.days or not new.days:
                yield _arrow(self._spans(gone), self._spans(come))
            else:
                yield f"nytt datum {self._spans(come)}" if come else f"utgår: {self._spans(gone)}"
        if old.stop != new.stop:
            yield f"stoppdatum {_arrow(self._stop(old.stop), self._stop(new.stop))}"
        # That a day was moved, or found, is said by the days.
        said = {Status.PLANNED, Status.MOVED, Status.UNDATED} if old.days != new.days else set[Status]()
        statuses = (Status(old.status), Status(new.status))
        if old.status != new.status and not set(statuses) <= said:
            yield _arrow(*(STATUS_WORDS[status] for status in statuses))

    def _spans(self, spans: Sequence[str]) -> str:
        shown = [self._span(span) for span in spans[:MOST_DATES]]
        more = [f"{len(spans) - MOST_DATES} till"] if len(spans) > MOST_DATES else []
        return joined([*shown, *more]) if shown else UNDATED

    def _span(self, span: str) -> str:
        first, *last = map(date.fromisoformat, span.split("/"))
        if last or self.weekdays:
            name = days_name(first, last[0] if last else first)
            return f"{name.text} {name.year}"
        return day_text(first, weekday=False, year=True)

    def _stop(self, stop: str | None) -> str:
        if stop is None:
            return NONE
        return STOP_WORDS[StopKind(stop)] if stop in set(StopKind) else self._span(stop)


_IN_LIST, _IN_CELL = _Words(weekdays=True), _Words(weekdays=False)


def _arrow(old: str, new: str) -> str:
    """A year that both end with is written once."""
    year = new[-5:]
    before = old.removesuffix(year) if year[1:].isdecimal() else old
    return f"{before} → {new}"
