"""Rules of whole expressions: `value`, `stop`, `rule`."""

from __future__ import annotations

from msgspec.structs import replace

from arshjul.dates import syntax
from arshjul.dates.grammar.phrase import ONE_DAY, RELATIONS, PhraseGrammar
from arshjul.dates.syntax import Direction, Phrase, Unit
from arshjul.dates.words import CERTAINTIES, WEEKDAYS, Kind

_LIST = (Kind.COMMA, Kind.AND, Kind.ALSO)
_ALTERNATIVES = (Kind.OR,)
_MARKS = (Kind.CERTAINTY, Kind.AT_LATEST, Kind.AT_EARLIEST)


class ValueGrammar(PhraseGrammar):
    """One or more dates with their certainty, part of the day and clock time."""

    def value(self) -> syntax.Value:
        start = self.token.start
        if self.skip(Kind.UNDECIDED):
            return syntax.Undecided(at=self.since(start))
        items = [self.item()]
        alternatives = self.stands_at(Kind.OR)
        while self.token.kind in (_ALTERNATIVES if alternatives else _LIST):
            self.take()
            items.append(self.item())
        excepted = self.excepted() if not alternatives and self.skip(Kind.EXCEPT) else ()
        return syntax.Dates(tuple(items), alternatives, excepted, at=self.since(start))

    def excepted(self) -> tuple[syntax.DateSpan, ...]:
        spans = [self.span()]
        while self.token.kind in _LIST:
            self.take()
            spans.append(self.span())
        return tuple(spans)

    def item(self) -> syntax.Item:
        if self.stands_at(Kind.OPEN) and self.ahead(1) in _MARKS:
            return self.item_apart()
        return self.plain_item()

    def item_apart(self) -> syntax.Item:
        start = self.take().start
        item = self.plain_item()
        self.expect(Kind.CLOSE, "”)”", "(senast 3 juni) och 10 juni")
        return replace(item, apart=True, at=self.since(start))

    def plain_item(self) -> syntax.Item:
        start, self.sums = self.token.start, 0
        certainty = CERTAINTIES[self.take().word] if self.token.kind is Kind.CERTAINTY else None
        deadline = self.skip(Kind.AT_LATEST)
        earliest = not deadline and self.skip(Kind.AT_EARLIEST)
        if (deadline or earliest) and self.token.word == "av":
            raise self.unexpected("ett datum", "senaste av (KS i juni, 15 juni)")
        within = self.token.kind in (Kind.IN, Kind.DURING)
        dates = self.within() if within else self.span()
        parts = self.parts()
        uncertain = self.skip(Kind.QUESTION)
        return syntax.Item(dates, certainty, deadline, within, parts, uncertain, earliest, at=self.since(start))

    def within(self) -> syntax.DateSpan:
        period = self.in_period("i juni", self.token.kind)
        return syntax.DateSpan(syntax.Rolled(period, at=period.at), at=period.at)


# A stop date that is one keyword.
_STOPS: dict[Kind, type[syntax.OnTable | syntax.NotRequired | syntax.Missing | syntax.Undecided]] = {
    Kind.ON_TABLE: syntax.OnTable,
    Kind.NOT_REQUIRED: syntax.NotRequired,
    Kind.MISSING: syntax.Missing,
    Kind.UNDECIDED: syntax.Undecided,
}
_AFTER_IMPLIED_MEETING = frozenset({Kind.END, Kind.ROLL, Kind.DAY_PART, Kind.TIME})


class StopGrammar(PhraseGrammar):
    """A stop date, which may leave out its anchor, the meeting."""

    def stop(self) -> syntax.Stop:
        rule = _STOPS.get(self.token.kind)
        if rule is not None:
            token = self.take()
            return rule(at=(token.start, token.end))
        start = self.token.start
        dates = self.before_meeting() or self.span()
        return syntax.StopRule(dates, self.parts(), at=self.since(start))

    def before_meeting(self) -> syntax.DateSpan | None:
        """`14 dagar före`, where the meeting is left out; else None and nothing is taken."""
        if self.stands_at(Kind.WEEKDAY) and self.ahead(1) is Kind.THIS_WEEK:
            return self.that_week()
        length = self.tokens_before_meeting()
        if not length or self.ahead(length) is not Kind.BEFORE or self.ahead(length + 1) not in _AFTER_IMPLIED_MEETING:
            return None
        start = self.token.start
        return self.rolled_alone(self.from_meeting(), start)

    def that_week(self) -> syntax.DateSpan:
        """`tisdag samma vecka`: as the meeting."""
        weekday, _ = self.take(), self.take()
        at = self.since(weekday.start)
        phrase = syntax.WeekdayInAdjacentWeek(WEEKDAYS[weekday.word], 0, Direction.BEFORE, self.meeting(), at=at)
        return self.rolled_alone(phrase, weekday.start)

    def rolled_alone(self, phrase: Phrase, start: int) -> syntax.DateSpan:
        roll = syntax.Roll(self.take().word) if self.token.kind is Kind.ROLL else None
        at = self.since(start)
        return syntax.DateSpan(syntax.Rolled(phrase, roll, at=at), at=at)

    def tokens_before_meeting(self) -> int:
        """How many tokens stand before `före` in a stop date of that form; 0 for any other form."""
        kind = self.token.kind
        if kind in ONE_DAY:
            return 1
        if kind in (Kind.NUMBER, Kind.COUNT):
            return 2
        if kind is Kind.ORDINAL and self.ahead(1) is Kind.WEEKDAY:
            return 2
        if kind is not Kind.WEEKDAY:
            return 0
        return 2 if self.ahead(1) is Kind.THE_WEEK else 3 if self.is_duration(1) else 1

    def from_meeting(self) -> Phrase:
        start, kind = self.token.start, self.token.kind
        if kind in ONE_DAY:
            return self.meeting_offset(1, ONE_DAY[self.take().kind], start)
        if kind in (Kind.NUMBER, Kind.COUNT):
            steps = self.duration()
            return self.meeting_offset(steps.count, steps.unit, start)
        if kind is Kind.WEEKDAY and self.ahead(1) is not Kind.BEFORE:
            weekday = WEEKDAYS[self.take().word]
            count, unit, direction = self.weeks_away()
            return syntax.WeekdayInAdjacentWeek(weekday, count, direction, self.meeting(), unit, at=self.since(start))
        ordinal, what, relation = self.ordinal(), self.counted(), RELATIONS[self.take().kind]
        return syntax.NthFrom(ordinal, what, relation, self.meeting(), at=self.since(start))

    def meeting_offset(self, count: int, unit: Unit, start: int) -> syntax.Offset:
        direction = self.direction("14 dagar före")
        return syntax.Offset(count, unit, direction, self.meeting(), at=self.since(start))

    def meeting(self) -> syntax.Meeting:
        end = self.tokens[self.index - 1].end
        return syntax.Meeting(at=(end, end))


class RuleGrammar(PhraseGrammar):
    """A requirement on two dates."""

    def rule(self) -> syntax.Rule:
        start = self.token.start
        subject = self.phrase()
        self.expect(Kind.IS, "”är” eller ”ska vara”", "budget_ks är före 1 november")
        return syntax.Rule(subject, self.comparison(), at=self.since(start))

    def comparison(self) -> syntax.Comparison:
        start, self.sums = self.token.start, 0
        if self.token.kind in RELATIONS:
            relation = RELATIONS[self.take().kind]
            return syntax.Compared(relation, self.phrase(), at=self.since(start))
        if self.skip(Kind.AT_LEAST):
            steps, direction = self.duration(), self.direction("budget_ks är minst 7 dagar före budget_kf")
            return syntax.AtLeast(steps.count, steps.unit, direction, self.phrase(), at=self.since(start))
        return self.plain_comparison(self.skip(Kind.NOT), start)

    def plain_comparison(self, negated: bool, start: int) -> syntax.Comparison:
        if self.skip(Kind.SAME_DAY):
            return syntax.OnSameDay(self.phrase(), negated, at=self.since(start))
        if self.skip(Kind.IN):
            return syntax.Within(self.period("budget_ks är i juni"), negated, at=self.since(start))
        if self.skip(Kind.WORKING_DAY):
            return syntax.OnWorkingDay(negated, at=self.since(start))
        expected = "”samma dag som”, ”i” eller ”arbetsdag”"
        if not negated:
            expected = f"”senast”, ”tidigast”, ”före”, ”efter”, ”minst”, {expected}"
        raise self.unexpected(expected, "budget_ks är senast KF i juni")
