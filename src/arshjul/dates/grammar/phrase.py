"""Rules of what has a date: `span`, `rolled`, `phrase`, `sum`, `closed`, `period`."""

from __future__ import annotations

from collections.abc import Callable

from arshjul.codes import Code
from arshjul.dates import syntax
from arshjul.dates.grammar.cursor import DEEPEST
from arshjul.dates.grammar.simple import SimpleGrammar
from arshjul.dates.lexer import Token
from arshjul.dates.syntax import Direction, ExpressionError, Phrase, Relation, Unit
from arshjul.dates.words import COUNTS, EACH_STEPS, NEXT, ORDINALS, UNITS, WEEKDAYS, Kind

RELATIONS = {
    Kind.BEFORE: Relation.BEFORE,
    Kind.AFTER: Relation.AFTER,
    Kind.AT_LATEST: Relation.AT_LATEST,
    Kind.AT_EARLIEST: Relation.AT_EARLIEST,
}
ONE_DAY = {Kind.THE_DAY: Unit.DAY, Kind.THE_WORKING_DAY: Unit.WORKING_DAY}
_DIRECTIONS = {Kind.BEFORE: Direction.BEFORE, Kind.AFTER: Direction.AFTER}
_WHOLE = {Kind.THE_WEEK: Unit.WEEK, Kind.THE_MONTH: Unit.MONTH}
_A_DATE = "ett datum, ett organ eller en aktivitet"
_PERIODS = frozenset({Kind.MONTH, Kind.WEEK, Kind.QUARTER, Kind.TERTIAL, Kind.BUDGET_YEAR, Kind.YEAR, Kind.MONTH_PART})
_COUNTED = frozenset({Kind.WEEKDAY, Kind.NAME, Kind.THE_WORKING_DAY})


def is_unit(token: Token) -> bool:
    """`vecka` is a unit after a number and `v.` elsewhere; only `v.` may have a full stop."""
    return token.kind in (Kind.UNIT, Kind.WORKING_DAY) or token.word == "vecka"


class PhraseGrammar(SimpleGrammar):
    """Phrases that need an anchor, phrases that need none, and what is made of them."""

    after_day = "en månad, eller dagar, arbetsdagar, veckor eller månader"
    after_weekday = "ett datum, en vecka, ”i”, ”före” eller ”efter”"

    def span(self) -> syntax.DateSpan:
        start = self.token.start
        ranged = self.skip(Kind.FROM)
        first = self.rolled()
        if ranged and self.token.kind is not Kind.TO:
            raise self.unexpected("”till”", "från 1 mars till 15 april")
        last = self.rolled() if self.skip(Kind.TO) else None
        return syntax.DateSpan(first, last, at=self.since(start))

    def rolled(self) -> syntax.Rolled:
        start = self.token.start
        phrase = self.phrase()
        roll = syntax.Roll(self.take().word) if self.token.kind is Kind.ROLL else None
        return syntax.Rolled(phrase, roll, at=self.since(start))

    def phrase(self) -> Phrase:
        self.deeper()
        node = self.anchored() or self.sum()
        self.depth -= 1
        return node

    def anchored(self) -> Phrase | None:
        """A phrase counted from another one, recognised by its first tokens; else None and nothing is taken."""
        kind = self.token.kind
        if kind is Kind.COUNT or (kind is Kind.NUMBER and self.is_duration(0)):
            return self.offset()
        if kind in ONE_DAY or kind in _WHOLE:
            return self.adjacent()
        if kind is Kind.SAME_DAY:
            return self.same_day()
        if kind is Kind.WEEKDAY and (self.ahead(1) in (Kind.THE_WEEK, Kind.SAME_WEEK) or self.is_duration(1)):
            return self.weekday_in_adjacent_week()
        return self.nth_from() if self.is_related() else None

    def is_duration(self, ahead: int) -> bool:
        if self.ahead(ahead) is Kind.COUNT:
            return True
        return self.ahead(ahead) is Kind.NUMBER and is_unit(self.tokens[self.index + ahead + 1])

    def is_related(self) -> bool:
        """Whether `[ord] what` stands here, followed by a relation."""
        what = 1 if self.token.kind is Kind.ORDINAL else 0
        if self.ahead(what) not in _COUNTED:
            return False
        # `a.stoppdatum` is two tokens
        has_part = self.ahead(what) is Kind.NAME and self.ahead(what + 1) is Kind.PART
        return self.ahead(what + 1 + has_part) in RELATIONS

    def duration(self) -> syntax.Duration:
        number = self.token
        if number.kind not in (Kind.NUMBER, Kind.COUNT):
            raise self.unexpected("ett antal", "14 dagar före KF i juni")
        self.take()
        unit = self.unit()
        count = COUNTS[number.word] if number.kind is Kind.COUNT else int(number.word)
        at = self.since(number.start)
        if count == 0:
            hint = f"skriv minst 1, till exempel: {self.fitted('1 dag före KF i juni')}"
            raise ExpressionError(f"”{self.text[slice(*at)]}” är inget steg", at, hint, Code.ZERO_STEPS)
        return syntax.Duration(count, unit, at=at)

    def unit(self) -> Unit:
        if not is_unit(self.token):
            raise self.unexpected("dagar, arbetsdagar, veckor eller månader", "14 dagar före KF i juni")
        return UNITS[self.take().word]

    def direction(self, example: str) -> Direction:
        if self.token.kind not in _DIRECTIONS:
            raise self.unexpected("”före” eller ”efter”", example)
        return _DIRECTIONS[self.take().kind]

    def offset(self) -> syntax.Offset:
        steps = self.duration()
        direction = self.direction("14 dagar före KF i juni")
        anchor = self.phrase()
        return syntax.Offset(steps.count, steps.unit, direction, anchor, at=self.since(steps.at[0]))

    def adjacent(self) -> Phrase:
        head = self.take()
        if head.kind in ONE_DAY and self.token.kind is Kind.IN:
            raise self.unexpected("”före” eller ”efter”", f"sista {head.word} i juni")
        direction = self.direction(f"{head.word} före KF i juni")
        anchor = self.phrase()
        at = self.since(head.start)
        if head.kind in ONE_DAY:
            return syntax.Offset(1, ONE_DAY[head.kind], direction, anchor, at=at)
        return syntax.AdjacentPeriod(_WHOLE[head.kind], direction, anchor, at=at)

    def same_day(self) -> syntax.SameDay:
        start = self.take().start
        return syntax.SameDay(self.phrase(), at=self.since(start))

    def weekday_in_adjacent_week(self) -> syntax.WeekdayInAdjacentWeek:
        head = self.take()
        count, unit, direction = self.weeks_away()
        anchor = self.phrase()
        return syntax.WeekdayInAdjacentWeek(
            WEEKDAYS[head.word], count, direction, anchor, unit, at=self.since(head.start)
        )

    def weeks_away(self) -> tuple[int, Unit, Direction]:
        if self.skip(Kind.SAME_WEEK):
            return 0, Unit.WEEK, Direction.BEFORE
        if self.skip(Kind.THE_WEEK):
            return 1, Unit.WEEK, self.direction("tisdagen veckan före KF i juni")
        steps = self.duration()
        return steps.count, steps.unit, self.direction("tisdag två veckor före KF i juni")

    def nth_from(self) -> syntax.NthFrom:
        start = self.token.start
        ordinal, what = self.ordinal(), self.counted()
        relation = RELATIONS[self.take().kind]
        anchor = self.phrase()
        return syntax.NthFrom(ordinal, what, relation, anchor, at=self.since(start))

    def ordinal(self) -> syntax.Ordinal | None:
        if self.token.kind is not Kind.ORDINAL:
            return None
        token = self.take()
        return syntax.Ordinal(ORDINALS[token.word], token.word == NEXT, at=(token.start, token.end))

    def counted(self) -> syntax.Counted:
        token = self.token
        if token.kind is Kind.NAME:
            return self.body()
        if token.kind not in _COUNTED:
            raise self.unexpected("en veckodag, ett organ eller ”arbetsdagen”", "första tisdagen i juni")
        self.take()
        at = (token.start, token.end)
        if token.kind is Kind.WEEKDAY:
            return syntax.WeekdayName(WEEKDAYS[token.word], at=at)
        return syntax.WorkingDay(at=at)

    def body(self) -> syntax.Ref:
        name = self.take()
        part = self.take().word[1:] if self.token.kind is Kind.PART else None
        return syntax.Ref(name.word, part, at=self.since(name.start))

    def sum(self) -> Phrase:
        start = self.token.start
        node: Phrase = self.closed()
        while self.skip(Kind.PLUS):
            self.sums += 1
            if self.sums > DEEPEST:
                raise self.too_deep()
            steps = self.duration()
            node = syntax.Offset(steps.count, steps.unit, Direction.AFTER, node, at=self.since(start))
        return node

    def closed(self) -> syntax.Closed:
        rule = _CLOSED.get(self.token.kind)
        return self.simple(_A_DATE, "KS i juni") if rule is None else rule(self)

    def of_ordinal(self) -> syntax.NthIn | syntax.NthDay:
        if self.ahead(1) is Kind.THE_DAY:
            return self.nth_day()
        start = self.token.start
        return self.nth_in(self.ordinal(), self.counted(), start)

    def of_weekday(self) -> syntax.Closed:
        if self.ahead(1) is Kind.IN:
            return self.nth_in(None, self.counted(), self.token.start)
        return self.weekday_of_week() if self.ahead(1) is Kind.WEEK else self.simple()

    def of_name(self) -> syntax.NthIn | syntax.Ref:
        body = self.body()
        if self.token.kind is Kind.IN:
            return self.nth_in(None, body, body.at[0])
        return self.dated_ref(body)

    def nth_in(self, ordinal: syntax.Ordinal | None, what: syntax.Counted, start: int) -> syntax.NthIn:
        period = self.in_period("första tisdagen i juni" if ordinal else "KS i juni")
        return syntax.NthIn(ordinal, what, period, at=self.since(what.at[0] if ordinal is None else start))

    def in_period(self, example: str, word: Kind = Kind.IN) -> syntax.Period:
        if self.token.kind is not word:
            raise self.unexpected("”i” med en period, eller ”före” eller ”efter” med ett datum", example)
        self.take()
        return self.period(example)

    def nth_day(self) -> syntax.NthDay:
        head, after = self.take(), self.take()
        if head.word == NEXT:
            message = f"”{head.word} dagen i” finns inte: det finns ”första dagen i”, ”andra dagen i” …"
            hint = f"till exempel: {self.fitted('första dagen i juni')}"
            raise ExpressionError(message, (head.start, after.end), hint)
        ordinal = syntax.Ordinal(ORDINALS[head.word], at=(head.start, head.end))
        period = self.in_period(f"{head.word} dagen i juni")
        return syntax.NthDay(ordinal, period, at=self.since(head.start))

    def of_number(self) -> syntax.Closed:
        number = 1 if self.stands_at(Kind.DEN) else 0
        in_a_period = self.ahead(number) is Kind.NUMBER and self.ahead(number + 1) is Kind.IN
        return self.day_of() if in_a_period else self.simple()

    def day_of(self) -> syntax.DayOf | syntax.DayMonth:
        start = self.token.start
        self.skip(Kind.DEN)
        day = int(self.take().word)
        period = self.in_period("den 25 i period")
        at = self.since(start)
        if isinstance(period, syntax.Month):
            return syntax.DayMonth(day, period.month, period.year, at=at)
        return syntax.DayOf(day, period, at=at)

    def weekday_of_week(self) -> syntax.WeekdayOfWeek:
        weekday = self.take()
        week_start = self.token.start
        number = self.week_number()
        year = self.year()
        week = syntax.Week(number, None, year, at=self.since(week_start))
        return syntax.WeekdayOfWeek(WEEKDAYS[weekday.word], week, at=self.since(weekday.start))

    def each(self) -> syntax.EachBody | syntax.EachWeekday:
        head, example = self.take(), "varje nämnd i oktober"
        if self.stands_at(Kind.WEEKDAY):
            weekday, period = WEEKDAYS[self.take().word], self.whole_period(f"{head.word} torsdag i maj")
            return syntax.EachWeekday(weekday, EACH_STEPS[head.word], period, at=self.since(head.start))
        if head.kind is Kind.EVERY_OTHER:
            raise self.unexpected("en veckodag, ”månad” eller ”vecka”", "varannan onsdag i B-1")
        group = self.expect(Kind.NAME, "en organgrupp, ett organ, en veckodag eller ”månad”", example).word
        return syntax.EachBody(group, self.whole_period(example), at=self.since(head.start))

    def each_period(self) -> syntax.EachPeriod:
        head = self.take()
        step, unit = head.word.split()
        period = self.whole_period(f"{head.word} i B-1")
        return syntax.EachPeriod(syntax.PeriodUnit(unit), EACH_STEPS[step], period, at=self.since(head.start))

    def whole_period(self, example: str) -> syntax.Period | None:
        """What follows `i`, if that stands here; in one `varje` stands no other."""
        if self.token.kind in _PERIODS:
            raise self.unexpected("”i” med en period", example)
        return self.plain_period(example) if self.skip(Kind.IN) else None

    def holiday(self) -> syntax.Holiday:
        token = self.take()
        return syntax.Holiday(syntax.HolidayName(token.word), self.year(), at=self.since(token.start))

    def earliest_or_latest(self) -> syntax.EarliestOrLatest:
        head = self.take()
        example = f"{head.word} (KS i juni, 15 juni)"
        self.expect(Kind.OPEN, "en parentes med datum", example)
        options = [self.rolled()]
        while self.token.kind in (Kind.COMMA, Kind.AND):
            self.take()
            options.append(self.rolled())
        self.expect(Kind.CLOSE, "”)”", example)
        return syntax.EarliestOrLatest(syntax.Choice(head.word), tuple(options), at=self.since(head.start))

    def parenthesised(self) -> syntax.Parenthesised:
        start = self.take().start
        span = self.span()
        self.expect(Kind.CLOSE, "”)”", "(15 september till 10 oktober)")
        return syntax.Parenthesised(span, at=self.since(start))

    def dated_ref(self, body: syntax.Ref) -> syntax.Ref:
        year = self.year()
        return body if year is None else syntax.Ref(body.name, body.part, year, at=self.since(body.at[0]))

    def period(self, example: str = "juni B-1") -> syntax.Period:
        return self.each_period() if self.stands_at(Kind.EACH_PERIOD) else self.plain_period(example)

    def plain_period(self, example: str) -> syntax.Period:
        kind = self.token.kind
        if kind is Kind.NAME:
            return self.dated_ref(self.body())
        if kind is Kind.OPEN:
            return self.parenthesised()
        return self.simple("en period", example)


_CLOSED: dict[Kind, Callable[[PhraseGrammar], syntax.Closed]] = {
    Kind.ORDINAL: PhraseGrammar.of_ordinal,
    Kind.WEEKDAY: PhraseGrammar.of_weekday,
    Kind.NAME: PhraseGrammar.of_name,
    Kind.EACH: PhraseGrammar.each,
    Kind.EVERY_OTHER: PhraseGrammar.each,
    Kind.EACH_PERIOD: PhraseGrammar.each_period,
    Kind.HOLIDAY: PhraseGrammar.holiday,
    Kind.PICK: PhraseGrammar.earliest_or_latest,
    Kind.OPEN: PhraseGrammar.parenthesised,
    Kind.DEN: PhraseGrammar.of_number,
    Kind.NUMBER: PhraseGrammar.of_number,
}
