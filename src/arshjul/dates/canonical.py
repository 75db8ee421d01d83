"""Syntax tree → canonical Swedish that parses to an equal tree: one spelling of each meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arshjul.dates import syntax as s
from arshjul.dates.swedish import joined
from arshjul.dates.syntax import Unit
from arshjul.dates.words import DEFINITE, MONTH_NAMES, ORDINAL_NAMES, PLURALS, WEEKDAY_NAMES


def text(node: s.Node) -> str:
    """The canonical text of any node; that of a `Meeting` is empty."""
    return _WRITERS[type(node)](node)


def month_name(number: int) -> str:
    """`juni`, of 6."""
    return MONTH_NAMES[number - 1]


def weekday_name(weekday: s.Weekday) -> str:
    """`tisdag`"""
    return WEEKDAY_NAMES[weekday.value - 1]


def _join(*words: str | s.Node | None) -> str:
    texts = (word if isinstance(word, str) else text(word) for word in words if word is not None)
    return " ".join(said for said in texts if said)


def _counted(count: int, unit: Unit) -> str:
    return f"{count} {unit if count == 1 else PLURALS[unit]}"


# --- years, ordinals, what is counted


def _budget_year(node: s.BudgetYear) -> str:
    return f"B{node.offset:+}" if node.offset else "B"


def _weekday_definite(weekday: s.Weekday) -> str:
    return f"{weekday_name(weekday)}en"


def _ref(node: s.Ref) -> str:
    return _join(node.name if node.part is None else f"{node.name}.{node.part}", node.year)


# --- literal dates and periods


def _with_weekday(node: s.DayMonth | s.IsoDate, day: str) -> str:
    return day if node.weekday is None else f"{weekday_name(node.weekday)} {day}"


def _day_month(node: s.DayMonth) -> str:
    return _with_weekday(node, _join(f"{node.day} {month_name(node.month)}", node.year))


def _iso_date(node: s.IsoDate) -> str:
    return _with_weekday(node, f"{node.year:04}-{node.month:02}-{node.day:02}")


def _day_range(node: s.DayRange) -> str:
    start = None if node.start_month is None else month_name(node.start_month)
    first = _join(str(node.start_day), start, node.start_year)
    return f"{first}–{_join(f'{node.end_day} {month_name(node.end_month)}', node.end_year)}"


def _month(node: s.Month) -> str:
    return _join(month_name(node.month), node.year)


def _month_range(node: s.MonthRange) -> str:
    first = _join(month_name(node.start_month), node.start_year)
    return f"{first}–{_join(month_name(node.end_month), node.end_year)}"


def _vague_month(node: s.VagueMonth) -> str:
    return _join(node.part, month_name(node.month), node.year)


def _month_turn(node: s.MonthTurn) -> str:
    return _join(f"månadsskiftet {month_name(node.start_month)}–{month_name(node.end_month)}", node.year)


def _week(node: s.Week) -> str:
    last = "" if node.end_number is None else f"–{node.end_number}"
    return _join(f"v. {node.number}{last}", node.year)


# --- closed phrases


def _nth_in(node: s.NthIn) -> str:
    return _join(node.ordinal, node.what, "i", node.period)


def _weekday_of_week(node: s.WeekdayOfWeek) -> str:
    return _join(weekday_name(node.weekday), node.week)


def _pick(node: s.EarliestOrLatest) -> str:
    return f"{node.choice} ({', '.join(text(option) for option in node.options)})"


# --- reckoned phrases


def _offset(node: s.Offset) -> str:
    if node.count == 1 and node.unit in (Unit.DAY, Unit.WORKING_DAY):
        return _join(DEFINITE[node.unit], node.direction, node.anchor)
    return _join(_counted(node.count, node.unit), node.direction, node.anchor)


def _weekday_beside(node: s.WeekdayInAdjacentWeek) -> str:
    if node.count == 0:
        return _join(_weekday_definite(node.weekday), "samma vecka som", node.anchor)
    if node.count == 1 and node.unit is Unit.WEEK:
        return _join(_weekday_definite(node.weekday), "veckan", node.direction, node.anchor)
    return _join(weekday_name(node.weekday), _counted(node.count, node.unit), node.direction, node.anchor)


def _nth_from(node: s.NthFrom) -> str:
    return _join(node.ordinal, node.what, node.relation, node.anchor)


# --- values and stop dates


def _date_span(node: s.DateSpan) -> str:
    return text(node.start) if node.end is None else _join(node.start, "till", node.end)


def _clock(hour: int, minute: int) -> str:
    return f"{hour}.{minute:02}"


def _clock_time(node: s.ClockTime) -> str:
    start = f"kl {_clock(node.hour, node.minute)}"
    return start if node.end_hour is None else f"{start}–{_clock(node.end_hour, node.end_minute or 0)}"


def _item(node: s.Item) -> str:
    deadline, within = "senast" if node.deadline else None, "i" if node.within else None
    return _join(node.certainty, deadline, within, node.dates, *node.parts) + ("?" if node.uncertain else "")


# --- requirements and conditions


def _negated(negated: bool, words: str) -> str:
    return f"inte {words}" if negated else words


def _at_least(node: s.AtLeast) -> str:
    return _join("minst", _counted(node.count, node.unit), node.direction, node.anchor)


def _year_compared(node: s.YearCompared) -> str:
    return f"{text(node.year)} {node.operator} {node.number:04}"


def _about_year(year: s.BudgetYear | None, words: str) -> str:
    return words if year is None else f"{text(year)} är {words}"


def _operand(node: s.Condition) -> str:
    """A condition inside another: what is joined keeps its parentheses, so that the tree comes back."""
    return f"({text(node)})" if isinstance(node, s.AllOf | s.AnyOf) else text(node)


def _any_of(node: s.AnyOf) -> str:
    return " eller ".join(text(part) if isinstance(part, s.AllOf) else _operand(part) for part in node.conditions)


_WRITERS: dict[type[s.Node], Callable[[Any], str]] = {
    s.Duration: lambda node: _counted(node.count, node.unit),
    s.BudgetYear: _budget_year,
    s.CalendarYear: lambda node: f"{node.number:04}",
    s.Ordinal: lambda node: ORDINAL_NAMES[node.number],
    s.WeekdayName: lambda node: _weekday_definite(node.weekday),
    s.WorkingDay: lambda _: "arbetsdagen",
    s.Ref: _ref,
    s.Meeting: lambda _: "",
    s.DayMonth: _day_month,
    s.IsoDate: _iso_date,
    s.IsoRange: lambda node: f"{text(node.start)}–{text(node.end)}",
    s.DayRange: _day_range,
    s.Month: _month,
    s.MonthRange: _month_range,
    s.VagueMonth: _vague_month,
    s.MonthTurn: _month_turn,
    s.Week: _week,
    s.Quarter: lambda node: _join(f"Q{node.number}", node.year),
    s.Tertial: lambda node: _join(f"T{node.number}", node.year),
    s.NthIn: _nth_in,
    s.WeekdayOfWeek: _weekday_of_week,
    s.EachBody: lambda node: _join("varje", node.group, "i", node.period),
    s.EdgeDay: lambda node: _join(node.edge, "dagen i", node.period),
    s.Holiday: lambda node: _join(node.name, node.year),
    s.EarliestOrLatest: _pick,
    s.Parenthesised: lambda node: f"({text(node.span)})",
    s.Offset: _offset,
    s.AdjacentPeriod: lambda node: _join(DEFINITE[node.unit], node.direction, node.anchor),
    s.WeekdayInAdjacentWeek: _weekday_beside,
    s.SameDay: lambda node: _join("samma dag som", node.anchor),
    s.NthFrom: _nth_from,
    s.Rolled: lambda node: _join(node.phrase, node.roll),
    s.DateSpan: _date_span,
    s.ClockTime: _clock_time,
    s.DayPartName: lambda node: node.part.value,
    s.Item: _item,
    s.Undecided: lambda _: "ej fastställt",
    s.Dates: lambda node: joined([text(item) for item in node.items]),
    s.StopRule: lambda node: _join(node.dates, *node.parts),
    s.OnTable: lambda _: "på bordet",
    s.NotRequired: lambda _: "krävs ej",
    s.Missing: lambda _: "saknas",
    s.Compared: lambda node: _join(node.relation, node.to),
    s.AtLeast: _at_least,
    s.OnSameDay: lambda node: _negated(node.negated, _join("samma dag som", node.to)),
    s.Within: lambda node: _negated(node.negated, _join("i", node.period)),
    s.OnWorkingDay: lambda node: _negated(node.negated, "arbetsdag"),
    s.Rule: lambda node: _join(node.subject, "är", node.comparison),
    s.Election: lambda node: _about_year(node.year, "valår"),
    s.TermYear: lambda node: _about_year(node.year, f"mandatår {node.number}"),
    s.YearCompared: _year_compared,
    s.Flag: lambda node: f"flagga {node.name}",
    s.Not: lambda node: f"inte {_operand(node.condition)}",
    s.AllOf: lambda node: " och ".join(_operand(part) for part in node.conditions),
    s.AnyOf: _any_of,
}
