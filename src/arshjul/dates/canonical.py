"""Syntax tree → canonical Swedish that parses to an equal tree: one spelling of each meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from arshjul.dates import syntax as s
from arshjul.dates.swedish import joined, month
from arshjul.dates.syntax import Unit
from arshjul.dates.words import DEFINITE, EACH_STEPS, ORDINAL_NAMES, PLURALS, WEEKDAY_NAMES


def text(node: s.Node) -> str:
    """The canonical text of any node; that of a `Meeting` is empty."""
    return _WRITERS[type(node)](node)


def _join(*words: str | s.Node | None) -> str:
    texts = (word if isinstance(word, str) else text(word) for word in words if word is not None)
    return " ".join(one for one in texts if one)


def _counted(count: int, unit: Unit) -> str:
    return f"{count} {unit if count == 1 else PLURALS[unit]}"


def _weekday(weekday: s.Weekday) -> str:
    return WEEKDAY_NAMES[weekday.value - 1]


def _after_weekday(weekday: s.Weekday | None, day: str) -> str:
    return day if weekday is None else f"{_weekday(weekday)} {day}"


def _in_week(week: int | None) -> str | None:
    return None if week is None else f"v. {week}"


def _weekday_in_adjacent_week(node: s.WeekdayInAdjacentWeek) -> str:
    if node.count == 0 and isinstance(node.anchor, s.Meeting):
        return f"{_weekday(node.weekday)}en samma vecka"
    if node.count == 0:
        return _join(f"{_weekday(node.weekday)}en samma vecka som", node.anchor)
    if node.count == 1 and node.unit is Unit.WEEK:
        return _join(f"{_weekday(node.weekday)}en veckan", node.direction, node.anchor)
    return _join(_weekday(node.weekday), _counted(node.count, node.unit), node.direction, node.anchor)


def _item(node: s.Item) -> str:
    mark = "senast" if node.deadline else "tidigast" if node.earliest else None
    within = "i" if node.within else None
    return _join(node.certainty, mark, within, node.dates, *node.parts) + ("?" if node.uncertain else "")


def _dates(node: s.Dates) -> str:
    """The items in a row; a mark holds on until the next one, so what is not to have it needs parentheses before it."""
    marked = [item.certainty is not None or item.deadline or item.earliest for item in node.items]
    texts = [
        f"({text(item)})" if marked[number] and not all(marked[number:]) else text(item)
        for number, item in enumerate(node.items)
    ]
    if node.excepted:
        return f"{joined(texts)} utom {joined([text(span) for span in node.excepted])}"
    return " eller ".join(texts) if node.alternatives else joined(texts)


def _in(period: s.Period | None) -> str | None:
    return None if period is None else f"i {text(period)}"


def _each(step: int) -> str:
    return next(word for word, number in EACH_STEPS.items() if number == step)


def _negated(negated: bool, words: str) -> str:
    return f"inte {words}" if negated else words


def _about_year(year: s.BudgetYear | None, words: str) -> str:
    return words if year is None else f"{text(year)} är {words}"


def _operand(node: s.Condition) -> str:
    """A condition inside another: what is joined keeps its parentheses, so that the tree comes back."""
    return f"({text(node)})" if isinstance(node, s.AllOf | s.AnyOf) else text(node)


_WRITERS: Mapping[type[s.Node], Callable[[Any], str]] = {
    s.Duration: lambda node: _counted(node.count, node.unit),
    # years, ordinals, what is counted
    s.BudgetYear: lambda node: f"B{node.offset:+}" if node.offset else "B",
    s.CalendarYear: lambda node: f"{node.number:04}",
    s.Ordinal: lambda node: ORDINAL_NAMES[node.number],
    s.WeekdayName: lambda node: f"{_weekday(node.weekday)}en",
    s.WorkingDay: lambda _: "arbetsdagen",
    s.Ref: lambda node: _join(node.name if node.part is None else f"{node.name}.{node.part}", node.year),
    s.Meeting: lambda _: "",
    # literal dates and periods
    s.DayMonth: lambda node: _after_weekday(
        node.weekday,
        _join(f"{node.day} {month(node.month)}", node.year, _in_week(node.week)),
    ),
    s.IsoDate: lambda node: _after_weekday(
        node.weekday, _join(f"{node.year:04}-{node.month:02}-{node.day:02}", _in_week(node.week))
    ),
    s.IsoRange: lambda node: f"{text(node.start)}–{text(node.end)}",
    s.DayRange: lambda node: (
        _join(str(node.start_day), None if node.start_month is None else month(node.start_month), node.start_year)
        + f"–{_join(f'{node.end_day} {month(node.end_month)}', node.end_year)}"
    ),
    s.Month: lambda node: _join(month(node.month), node.year),
    s.MonthRange: lambda node: (
        f"{_join(month(node.start_month), node.start_year)}–{_join(month(node.end_month), node.end_year)}"
    ),
    s.VagueMonth: lambda node: _join(node.part, month(node.month), node.year),
    s.MonthTurn: lambda node: _join(f"månadsskiftet {month(node.start_month)}–{month(node.end_month)}", node.year),
    s.Week: lambda node: _join(
        f"v. {node.number}" if node.end_number is None else f"v. {node.number}–{node.end_number}", node.year
    ),
    s.Quarter: lambda node: _join(f"Q{node.number}", node.year),
    s.Tertial: lambda node: _join(f"T{node.number}", node.year),
    # phrases that need no anchor
    s.NthIn: lambda node: _join(node.ordinal, node.what, "i", node.period),
    s.WeekdayOfWeek: lambda node: _join(_weekday(node.weekday), node.week),
    s.EachBody: lambda node: _join("varje", node.group, _in(node.period)),
    s.EachWeekday: lambda node: _join(_each(node.step), _weekday(node.weekday), _in(node.period)),
    s.EachPeriod: lambda node: _join(_each(node.step), node.unit, _in(node.period)),
    s.NthDay: lambda node: _join(node.ordinal, "dagen i", node.period),
    s.DayOf: lambda node: _join(f"den {node.day} i", node.period),
    s.Holiday: lambda node: _join(node.name, node.year),
    s.EarliestOrLatest: lambda node: f"{node.choice} ({', '.join(map(text, node.options))})",
    s.Parenthesised: lambda node: f"({text(node.span)})",
    # phrases that are counted from an anchor
    s.Offset: lambda node: _join(
        DEFINITE[node.unit]
        if node.count == 1 and node.unit in (Unit.DAY, Unit.WORKING_DAY)
        else _counted(node.count, node.unit),
        node.direction,
        node.anchor,
    ),
    s.AdjacentPeriod: lambda node: _join(DEFINITE[node.unit], node.direction, node.anchor),
    s.WeekdayInAdjacentWeek: _weekday_in_adjacent_week,
    s.SameDay: lambda node: _join("samma dag som", node.anchor),
    s.NthFrom: lambda node: _join(node.ordinal, node.what, node.relation, node.anchor),
    s.Rolled: lambda node: _join(node.phrase, node.roll),
    s.DateSpan: lambda node: _join(node.start, "till", node.end) if node.end else text(node.start),
    # values and stop dates
    s.ClockTime: lambda node: (
        f"kl {node.hour}.{node.minute:02}"
        + ("" if node.end_hour is None else f"–{node.end_hour}.{node.end_minute or 0:02}")
    ),
    s.DayPartName: lambda node: node.part.value,
    s.Item: _item,
    s.Undecided: lambda _: "ej fastställt",
    s.Dates: _dates,
    s.StopRule: lambda node: _join(node.dates, *node.parts),
    s.OnTable: lambda _: "på bordet",
    s.NotRequired: lambda _: "krävs ej",
    s.Missing: lambda _: "saknas",
    # requirements
    s.Compared: lambda node: _join(node.relation, node.to),
    s.AtLeast: lambda node: _join("minst", _counted(node.count, node.unit), node.direction, node.anchor),
    s.OnSameDay: lambda node: _negated(node.negated, _join("samma dag som", node.to)),
    s.Within: lambda node: _negated(node.negated, _join("i", node.period)),
    s.OnWorkingDay: lambda node: _negated(node.negated, "arbetsdag"),
    s.Rule: lambda node: _join(node.subject, "är", node.comparison),
    # conditions
    s.Election: lambda node: _about_year(node.year, "valår"),
    s.TermYear: lambda node: _about_year(node.year, f"mandatår {node.number}"),
    s.YearCompared: lambda node: f"{text(node.year)} {node.operator} {node.number:04}",
    s.Flag: lambda node: f"flagga {node.name}",
    s.Not: lambda node: f"inte {_operand(node.condition)}",
    s.AllOf: lambda node: " och ".join(map(_operand, node.conditions)),
    # `och` binds harder than `eller`, so it needs no parentheses between them.
    s.AnyOf: lambda node: " eller ".join(
        text(part) if isinstance(part, s.AllOf) else _operand(part) for part in node.conditions
    ),
}
