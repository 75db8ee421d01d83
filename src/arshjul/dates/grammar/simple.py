"""Rules of literal dates and periods: `simple`, `week`, `year`, `daypart`."""

from __future__ import annotations

from collections.abc import Callable

from arshjul.dates import syntax
from arshjul.dates.grammar.cursor import Cursor
from arshjul.dates.lexer import TIME, Token
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.words import DAY_PARTS, MONTHS, WEEKDAYS, Kind


class SimpleGrammar(Cursor):
    """What is written in figures and months, and the parts of a day."""

    after_day = "en månad"
    after_weekday = "en dag i siffror"

    def simple(self, expected: str = "ett skrivet datum", example: str = "tisdag 3 juni") -> syntax.Simple:
        rule = _SIMPLE.get(self.token.kind)
        if rule is None:
            raise self.unexpected(expected, example)
        return rule(self)

    def of_day(self) -> syntax.Simple:
        start = self.token.start
        weekday = WEEKDAYS[self.take().word] if self.token.kind is Kind.WEEKDAY else None
        if self.token.kind is Kind.ISO:
            return self.iso_date(weekday, start)
        marked = self.skip(Kind.DEN)
        if weekday is None and not marked and self.token.kind is Kind.NUMBER and self.ahead(1) is Kind.DASH:
            return self.day_range(int(self.take().word), None, None, start)
        day = int(self.expect(Kind.NUMBER, self.after_weekday, "tisdag 3 juni").word)
        month, year = self.month("tisdag 3 juni" if weekday else "3 juni", self.after_day), self.year()
        if weekday is None and not marked and self.token.kind is Kind.DASH:
            return self.day_range(day, month, year, start)
        week = self.week_number() if self.stands_at(Kind.WEEK) else None
        return syntax.DayMonth(day, month, year, weekday, week, at=self.since(start))

    def day_range(self, day: int, month: int | None, year: syntax.Year | None, start: int) -> syntax.DayRange:
        self.take()
        example = "9–10 mars" if month is None else "26 januari–28 februari"
        last_day, last_month, last_year = self.day(example), self.month(example), self.year()
        return syntax.DayRange(day, last_day, last_month, month, year, last_year, at=self.since(start))

    def day(self, example: str) -> int:
        return int(self.expect(Kind.NUMBER, "en dag i siffror", example).word)

    def month(self, example: str, expected: str = "en månad") -> int:
        return MONTHS[self.expect(Kind.MONTH, expected, example).word]

    def iso(self) -> syntax.IsoDate | syntax.IsoRange:
        start = self.token.start
        first = self.iso_date(None, start)
        if not self.skip(Kind.DASH):
            return first
        if self.token.kind is not Kind.ISO:
            raise self.unexpected("ett datum med fyra, två och två siffror", "2025-06-03–2025-06-05")
        return syntax.IsoRange(first, self.iso_date(None, self.token.start), at=self.since(start))

    def iso_date(self, weekday: syntax.Weekday | None, start: int) -> syntax.IsoDate:
        year, month, day = self.take().word.split("-")
        week = self.week_number() if self.stands_at(Kind.WEEK) else None
        return syntax.IsoDate(int(year), int(month), int(day), weekday, week, at=self.since(start))

    def of_month(self) -> syntax.Month | syntax.MonthRange:
        start = self.token.start
        head = self.take()
        month, year = MONTHS[head.word], self.year()
        if not self.skip(Kind.DASH):
            self.refuse_christmas(head)
            return syntax.Month(month, year, at=self.since(start))
        last_month, last_year = self.month("maj–juni"), self.year()
        return syntax.MonthRange(month, last_month, year, last_year, at=self.since(start))

    def refuse_christmas(self, month: Token) -> None:
        """`jul` is July only beside a day or another month (`3 jul`, `jul–aug`): alone it is what a Swede hears."""
        if self.written(month).lower() == "jul":
            message = "”jul” kan läsas på två sätt: månaden eller högtiden"
            raise ExpressionError(message, (month.start, month.end), "skriv ut vilket: ”juli” eller ”julafton”")

    def vague_month(self) -> syntax.VagueMonth:
        head = self.take()
        self.refuse_christmas(self.token)
        month, year = self.month(f"{head.word} juni"), self.year()
        return syntax.VagueMonth(syntax.MonthPart(head.word), month, year, at=self.since(head.start))

    def month_turn(self) -> syntax.MonthTurn:
        start, example = self.take().start, "månadsskiftet maj–juni"
        first = self.month(example)
        self.expect(Kind.DASH, "ett streck och nästa månad", example)
        last, year = self.month(example), self.year()
        return syntax.MonthTurn(first, last, year, at=self.since(start))

    def week(self) -> syntax.Week:
        start = self.token.start
        number = self.week_number()
        last = int(self.expect(Kind.NUMBER, "ett veckonummer", "v. 7–10").word) if self.skip(Kind.DASH) else None
        return syntax.Week(number, last, self.year(), at=self.since(start))

    def week_number(self) -> int:
        self.take()
        return int(self.expect(Kind.NUMBER, "ett veckonummer", "v. 45").word)

    def quarter(self) -> syntax.Quarter:
        token = self.take()
        return syntax.Quarter(int(token.word[-1]), self.year(), at=self.since(token.start))

    def tertial(self) -> syntax.Tertial:
        token = self.take()
        return syntax.Tertial(int(token.word[-1]), self.year(), at=self.since(token.start))

    def year(self) -> syntax.Year | None:
        if self.token.kind is Kind.BUDGET_YEAR:
            return self.budget_year()
        return self.calendar_year() if self.token.kind is Kind.YEAR else None

    def calendar_year(self) -> syntax.CalendarYear:
        token = self.take()
        return syntax.CalendarYear(int(token.word), at=(token.start, token.end))

    def budget_year(self) -> syntax.BudgetYear:
        token = self.expect(Kind.BUDGET_YEAR, "ett budgetår", "B-1")
        offset = int(token.word[1:] or 0) if token.word.startswith("B") else 0
        return syntax.BudgetYear(offset, at=(token.start, token.end))

    def parts(self) -> tuple[syntax.DayPartName | syntax.ClockTime, ...]:
        parts: list[syntax.DayPartName | syntax.ClockTime] = []
        while self.token.kind in (Kind.DAY_PART, Kind.TIME):
            parts.append(self.part())
        return tuple(parts)

    def part(self) -> syntax.DayPartName | syntax.ClockTime:
        token = self.take()
        if token.kind is Kind.DAY_PART:
            return syntax.DayPartName(DAY_PARTS[token.word], at=(token.start, token.end))
        written = next(TIME.finditer(token.word))  # always one: the lexer found the token by the same pattern
        hour, minute, end_hour, end_minute = written.groups()
        end = (None, None) if end_hour is None else (int(end_hour), int(end_minute or 0))
        return syntax.ClockTime(int(hour), int(minute or 0), *end, at=(token.start, token.end))

    def times(self) -> tuple[syntax.DayPartName | syntax.ClockTime, ...]:
        parts = self.parts()
        if not parts:
            raise self.unexpected("ett klockslag eller en del av dagen", "kl 13.00")
        return parts


_SIMPLE: dict[Kind, Callable[[SimpleGrammar], syntax.Simple]] = {
    Kind.WEEKDAY: SimpleGrammar.of_day,
    Kind.DEN: SimpleGrammar.of_day,
    Kind.NUMBER: SimpleGrammar.of_day,
    Kind.ISO: SimpleGrammar.iso,
    Kind.MONTH: SimpleGrammar.of_month,
    Kind.MONTH_PART: SimpleGrammar.vague_month,
    Kind.MONTH_TURN: SimpleGrammar.month_turn,
    Kind.WEEK: SimpleGrammar.week,
    Kind.QUARTER: SimpleGrammar.quarter,
    Kind.TERTIAL: SimpleGrammar.tertial,
    Kind.BUDGET_YEAR: SimpleGrammar.budget_year,
}
