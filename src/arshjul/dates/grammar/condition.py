"""Rules of conditions: `cond`, `conj`, `lit`."""

from __future__ import annotations

from arshjul.dates import syntax
from arshjul.dates.grammar.simple import SimpleGrammar
from arshjul.dates.words import Kind


class ConditionGrammar(SimpleGrammar):
    """What `om` and `undantag` say."""

    def condition(self) -> syntax.Condition:
        start = self.token.start
        options = [self.conjunction()]
        while self.skip(Kind.OR):
            options.append(self.conjunction())
        return options[0] if len(options) == 1 else syntax.AnyOf(tuple(options), at=self.since(start))

    def conjunction(self) -> syntax.Condition:
        start = self.token.start
        facts = [self.fact()]
        while self.skip(Kind.AND):
            facts.append(self.fact())
        return facts[0] if len(facts) == 1 else syntax.AllOf(tuple(facts), at=self.since(start))

    def fact(self) -> syntax.Condition:
        start = self.token.start
        if self.token.kind in (Kind.NOT, Kind.OPEN):
            return self.nested_condition()
        if self.skip(Kind.FLAG):
            name = self.expect(Kind.NAME, "flaggans namn", "flagga ny_nämnd").word
            return syntax.Flag(name, at=self.since(start))
        if not self.stands_at(Kind.BUDGET_YEAR):
            return self.of_term(None, start)
        year = self.budget_year()
        if self.stands_at(Kind.COMPARE):
            operator = self.take().word
            number = self.expect(Kind.YEAR, "ett årtal med fyra siffror", "B >= 2027").word
            return syntax.YearCompared(year, operator, int(number), at=self.since(start))
        self.expect(Kind.IS, "”är” eller ett jämförelsetecken", "B-1 är valår")
        return self.of_term(year, start)

    def nested_condition(self) -> syntax.Condition:
        self.deeper()
        start = self.token.start
        if self.skip(Kind.NOT):
            condition: syntax.Condition = syntax.Not(self.fact(), at=self.since(start))
        else:
            self.take()
            condition = self.condition()
            self.expect(Kind.CLOSE, "”)”", "(valår eller mandatår 1) och flagga ny_nämnd")
        self.depth -= 1
        return condition

    def of_term(self, year: syntax.BudgetYear | None, start: int) -> syntax.Election | syntax.TermYear:
        if self.skip(Kind.ELECTION):
            return syntax.Election(year, at=self.since(start))
        if not self.skip(Kind.TERM_YEAR):
            expected = "”valår” eller ”mandatår”" if year else "ett villkor: valår, mandatår, flagga eller ett år"
            raise self.unexpected(expected, "B är valår" if year else "valår")
        number = self.expect(Kind.NUMBER, "1, 2, 3 eller 4", "mandatår 1").word
        return syntax.TermYear(int(number), year, at=self.since(start))
