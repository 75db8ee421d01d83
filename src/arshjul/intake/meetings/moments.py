"""A moment as calendars and registries write it, turned to the clock of Sweden."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

_DAY = 24 * 60


class Moment(Struct, frozen=True, gc=False):
    """A day, and the minutes from its midnight where it has a clock time."""

    day: date
    minutes: int | None

    def clock_to(self, end: Moment | None) -> str:
        """`kl 13.00`, `kl 9.00–12.00`; empty without a clock time."""
        if self.minutes is None or self.minutes >= _DAY:
            return ""
        times = [self.minutes, *([end.minutes] if end and end.minutes and end.minutes > self.minutes else [])]
        return "kl " + "–".join(f"{each // 60}.{each % 60:02}" for each in times)


def in_sweden(moment: Moment, offset: int) -> Moment:
    """A moment of a place `offset` minutes east of Greenwich, by the clock in Sweden (direktiv 2000/84/EG)."""
    if moment.minutes is None:
        return moment
    universal = _shifted(moment, -offset)
    begins, ends = (_last_sunday(universal.day.year, month) for month in (3, 10))
    summer = (begins, 60) <= (universal.day, universal.minutes or 0) < (ends, 60)
    return _shifted(universal, 120 if summer else 60)


def _shifted(moment: Moment, minutes: int) -> Moment:
    days, rest = divmod((moment.minutes or 0) + minutes, _DAY)
    return Moment(moment.day + timedelta(days=days), rest)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)
