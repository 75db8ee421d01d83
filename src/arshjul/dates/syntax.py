"""The syntax tree of the date language: frozen nodes in the field's words.

Every node has `at`, the half-open character range of the expression it came from
(not compared: two spellings of one meaning are equal). `text()` in `canonical.py`
turns any node into canonical Swedish that parses to an equal tree.
"""

from __future__ import annotations

from enum import Enum, StrEnum

from msgspec import Struct

from arshjul.codes import Code

NOT_COMPARED = frozenset({"apart", "at", "next_"})


class Weekday(Enum):
    """ISO weekday, Monday 1; `definite` is the form after an ordinal or before `före`."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


class Unit(StrEnum):
    DAY = "dag"
    WORKING_DAY = "arbetsdag"
    WEEK = "vecka"
    MONTH = "månad"


class Direction(StrEnum):
    BEFORE = "före"
    AFTER = "efter"


class Relation(StrEnum):
    """Strict `före`, `efter`; inclusive `senast`, `tidigast`."""

    BEFORE = "före"
    AFTER = "efter"
    AT_LATEST = "senast"
    AT_EARLIEST = "tidigast"

    @property
    def backward(self) -> bool:
        """Whether it looks at the days before its anchor."""
        return self in (Relation.BEFORE, Relation.AT_LATEST)

    @property
    def inclusive(self) -> bool:
        """Whether the anchor itself is among the days looked at."""
        return self in (Relation.AT_LATEST, Relation.AT_EARLIEST)


class Roll(StrEnum):
    BACK = "annars arbetsdagen före"
    FORWARD = "annars arbetsdagen efter"
    FORWARD_WITHIN_MONTH = "annars arbetsdagen efter inom månaden"
    NEAREST = "annars närmaste arbetsdag"
    NONE = "oavsett helg"


class Certainty(StrEnum):
    PRELIMINARY = "preliminärt"
    ABOUT = "ca"
    IF_NEEDED = "vid behov"


class DayPart(StrEnum):
    """A part of the day; sorts in this order: whole day, half day, morning, fm, em, evening."""

    WHOLE_DAY = "heldag"
    HALF_DAY = "halvdag"
    MORNING = "morgon"
    FORENOON = "fm"
    AFTERNOON = "em"
    EVENING = "kväll"


class MonthPart(StrEnum):
    """1–10, 11–20, 21–last day of a month; vague."""

    BEGINNING = "början av"
    MIDDLE = "mitten av"
    END = "slutet av"


class PeriodUnit(StrEnum):
    """The periods of `varje månad`."""

    MONTH = "månad"
    WEEK = "vecka"
    QUARTER = "kvartal"
    TERTIAL = "tertial"


class Choice(StrEnum):
    EARLIEST = "tidigaste av"
    LATEST = "senaste av"


class HolidayName(StrEnum):
    NEW_YEARS_DAY = "nyårsdagen"
    EPIPHANY = "trettondedag jul"
    MAUNDY_THURSDAY = "skärtorsdagen"
    GOOD_FRIDAY = "långfredagen"
    EASTER_SUNDAY = "påskdagen"
    EASTER_MONDAY = "annandag påsk"
    MAY_DAY = "första maj"
    ASCENSION_DAY = "kristi himmelsfärdsdag"
    WHIT_SUNDAY = "pingstdagen"
    NATIONAL_DAY = "nationaldagen"
    MIDSUMMER_EVE = "midsommarafton"
    MIDSUMMER_DAY = "midsommardagen"
    ALL_SAINTS_DAY = "alla helgons dag"
    CHRISTMAS_EVE = "julafton"
    CHRISTMAS_DAY = "juldagen"
    BOXING_DAY = "annandag jul"
    NEW_YEARS_EVE = "nyårsafton"


class Node(Struct, frozen=True, gc=False, kw_only=True, eq=False):
    """Equal to a node of the same meaning: where it stands and how it was spelt are not compared."""

    at: tuple[int, int] = (0, 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and type(self) is type(other) and self._meaning() == other._meaning()

    def __hash__(self) -> int:
        return hash((type(self), self._meaning()))

    def _meaning(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in NOT_COMPARED)


class ExpressionError(Exception):
    """The text is no expression of the language, or one without a meaning.

    `at` is the half-open character range at fault (equal ends: something is missing there),
    `code` the finding it becomes, `hint` what to write instead; `fix` is the whole text as it must be, where only one
    thing can be meant; `instead` are texts, at most three, of which one may have been meant at the place.
    """

    of_the_year = False

    def __init__(
        self,
        message: str,
        at: tuple[int, int],
        hint: str | None = None,
        code: Code = Code.EXPRESSION,
        fix: str | None = None,
        instead: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message, self.at, self.hint, self.code, self.fix = message, at, hint, code, fix
        self.instead = instead

    def placed(self, at: tuple[int, int]) -> ExpressionError:
        """The same at another place, where the text was rewritten before it was read."""
        return type(self)(self.message, at, self.hint, self.code, self.fix, self.instead)

    def hint_for(self, text: str) -> str | None:
        """The hint, with the whole text as it would be with each of `instead` at its place."""
        if not self.instead:
            return self.hint
        start, end = self.at
        quoted = [f"”{text[:start]}{other}{text[end:]}”" for other in self.instead]
        choice = " eller ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
        return f"{self.hint}: {choice}"


class BeyondTheCalendar(ExpressionError):
    """A day or a year that the budget year asked for puts outside the calendar: what is written is not at fault."""

    of_the_year = True


class AmbiguousExpression(ExpressionError):
    """The text can be understood in more ways than one; the hint quotes them."""


class Duration(Node, frozen=True):
    """`40 arbetsdagar`: of `längd` and `minst`."""

    count: int
    unit: Unit


# --- years -------------------------------------------------------------------------------------


class BudgetYear(Node, frozen=True):
    """`B`, `B-1`, `budgetåret`: as a year, or as a period of 1 January–31 December."""

    offset: int


class CalendarYear(Node, frozen=True):
    number: int


Year = BudgetYear | CalendarYear


# --- ordinals and what is counted ------------------------------------------------------------------


class Ordinal(Node, frozen=True):
    """1 … 10 from the front, -1 `sista`, -2 `näst sista`.

    `next_` is set for `nästa`, a spelling of `första` that stands only before `efter`: it is not compared.
    """

    number: int
    next_: bool = False


class WeekdayName(Node, frozen=True):
    weekday: Weekday


class WorkingDay(Node, frozen=True):
    """`arbetsdagen` after an ordinal."""


class Ref(Node, frozen=True):
    """`NAME [.PART] [year]`: body, activity, step, round, period, phase, window, milestone.

    `part` may be a round and a step of it: `april.utskick`.
    """

    name: str
    part: str | None = None
    year: Year | None = None


class Meeting(Node, frozen=True):
    """The anchor that a stop-date rule leaves out: `14 dagar före` (the meeting). Canonical text is empty."""


Counted = WeekdayName | WorkingDay | Ref


# --- simple: literal dates and periods -----------------------------------------------------------------


class DayMonth(Node, frozen=True):
    """`tisdag 3 juni 2025 v. 23`: weekday and week only check the day."""

    day: int
    month: int
    year: Year | None = None
    weekday: Weekday | None = None
    week: int | None = None


class IsoDate(Node, frozen=True):
    """`tisdag 2025-06-03 v. 23`: year, month, day as written; weekday and week only check the day."""

    year: int
    month: int
    day: int
    weekday: Weekday | None = None
    week: int | None = None


class IsoRange(Node, frozen=True):
    start: IsoDate
    end: IsoDate


class DayRange(Node, frozen=True):
    """`9–10 mars`, `26 januari–28 februari B-1`; the year of the last part holds for both unless the first has one."""

    start_day: int
    end_day: int
    end_month: int
    start_month: int | None = None
    start_year: Year | None = None
    end_year: Year | None = None


class Month(Node, frozen=True):
    month: int
    year: Year | None = None


class MonthRange(Node, frozen=True):
    start_month: int
    end_month: int
    start_year: Year | None = None
    end_year: Year | None = None


class VagueMonth(Node, frozen=True):
    """`slutet av september`"""

    part: MonthPart
    month: int
    year: Year | None = None


class MonthTurn(Node, frozen=True):
    """`månadsskiftet maj–juni`: 21st of the first month to 10th of the second; vague."""

    start_month: int
    end_month: int
    year: Year | None = None


class Week(Node, frozen=True):
    """`v. 45`, `v. 7–10`: ISO 8601 weeks of the ISO week year."""

    number: int
    end_number: int | None = None
    year: Year | None = None


class Quarter(Node, frozen=True):
    number: int
    year: Year | None = None


class Tertial(Node, frozen=True):
    number: int
    year: Year | None = None


Simple = (
    DayMonth | IsoDate | IsoRange | DayRange | Month | MonthRange | VagueMonth | MonthTurn | Week | Quarter | Tertial
    | BudgetYear
)  # fmt: skip


# --- closed: phrases that need no anchor -----------------------------------------------------------------


class NthIn(Node, frozen=True):
    """`andra tisdagen i juni`, `KS i juni`, `sista arbetsdagen i maj`; `ordinal` None only for weekday or body."""

    ordinal: Ordinal | None
    what: Counted
    period: Period


class WeekdayOfWeek(Node, frozen=True):
    """`torsdag v. 45 B-1`; `week.end_number` is always None."""

    weekday: Weekday
    week: Week


class EachBody(Node, frozen=True):
    """`varje nämnd i P`: the first meeting of each body of a group; `varje KF i P`: each meeting of a body.

    Without a period a body's meetings are those of the time where it stands.
    """

    group: str
    period: Period | None = None


class EachWeekday(Node, frozen=True):
    """`varje torsdag i P`; with `step` 2 `varannan torsdag i P`, from the first on. No period: as in `EachBody`."""

    weekday: Weekday
    step: int = 1
    period: Period | None = None


class EachPeriod(Node, frozen=True):
    """`varje månad i P`: those whose first day (of a week its Thursday) lies in P. No period: as in `EachBody`."""

    unit: PeriodUnit
    step: int = 1
    period: Period | None = None


class NthDay(Node, frozen=True):
    """`första dagen i P`, `andra dagen i P`, `sista dagen i P`"""

    ordinal: Ordinal
    period: Period


class DayOf(Node, frozen=True):
    """`den 25 i P`: the only 25th in a period, which is no month written out (that is a `DayMonth`)."""

    day: int
    period: Period


class Holiday(Node, frozen=True):
    name: HolidayName
    year: Year | None = None


class EarliestOrLatest(Node, frozen=True):
    """`senaste av (a, b)`"""

    choice: Choice
    options: tuple[Rolled, ...]


class Parenthesised(Node, frozen=True):
    """`( span )`, as a phrase or as a period."""

    span: DateSpan


# --- phrases: what is counted from something -------------------------------------------------------------


class Offset(Node, frozen=True):
    """`10 arbetsdagar före X`; `dagen före X` is 1 day, `arbetsdagen före X` 1 working day; `X + d` is `d efter X`."""

    count: int
    unit: Unit
    direction: Direction
    anchor: Phrase


class AdjacentPeriod(Node, frozen=True):
    """`veckan före X`, `månaden efter X`: that whole ISO week or calendar month. `unit` is WEEK or MONTH."""

    unit: Unit
    direction: Direction
    anchor: Phrase


class WeekdayInAdjacentWeek(Node, frozen=True):
    """`tisdagen veckan före X` (1 week), `tisdag två veckor före X`, `tisdag samma vecka som X` (0, direction BEFORE).

    The grammar lets any unit stand here; only weeks have a meaning (`evaluate` says so).
    """

    weekday: Weekday
    count: int
    direction: Direction
    anchor: Phrase
    unit: Unit = Unit.WEEK


class SameDay(Node, frozen=True):
    anchor: Phrase


class NthFrom(Node, frozen=True):
    """`första CSG efter X`, `sista KS senast X`, `tisdagen före X`; `ordinal` None only for weekday or body."""

    ordinal: Ordinal | None
    what: Counted
    relation: Relation
    anchor: Phrase


Closed = (
    NthIn
    | WeekdayOfWeek
    | EachBody
    | EachWeekday
    | EachPeriod
    | NthDay
    | DayOf
    | Ref
    | Holiday
    | EarliestOrLatest
    | Simple
    | Parenthesised
    | Meeting
)
Phrase = Offset | AdjacentPeriod | WeekdayInAdjacentWeek | SameDay | NthFrom | Closed
Period = Simple | Ref | Parenthesised | EachPeriod


class Rolled(Node, frozen=True):
    phrase: Phrase
    roll: Roll | None = None


class DateSpan(Node, frozen=True):
    """`[från] a till b`, or `a` alone (`end` None)."""

    start: Rolled
    end: Rolled | None = None


# --- values ---------------------------------------------------------------------------------------


class ClockTime(Node, frozen=True):
    """`kl 13.00`, `kl 9–12`; hours and minutes as written, checked by `evaluate` (0–24, 0–59)."""

    hour: int
    minute: int
    end_hour: int | None = None
    end_minute: int | None = None


class DayPartName(Node, frozen=True):
    part: DayPart


class Item(Node, frozen=True):
    """One date of a value. `within` holds for `i P` / `under P`: then `dates` is `DateSpan(Rolled(P))`.

    `deadline` is `senast`, `earliest` is `tidigast`. `apart` is set for an item in parentheses, which neither gives
    words to the other items of its list nor takes any: once those are written out it means nothing, so it is not
    compared.
    """

    dates: DateSpan
    certainty: Certainty | None = None
    deadline: bool = False
    within: bool = False
    parts: tuple[DayPartName | ClockTime, ...] = ()
    uncertain: bool = False
    earliest: bool = False
    apart: bool = False


class Undecided(Node, frozen=True):
    """`ej fastställt`"""


class Dates(Node, frozen=True):
    """One date or several; with `alternatives` it is not decided which of them will hold (`a eller b`).

    `excepted` are days that `varje` passes over (`varje torsdag i maj utom v. 20`), in every year that it goes through.
    """

    items: tuple[Item, ...]
    alternatives: bool = False
    excepted: tuple[DateSpan, ...] = ()


Value = Dates | Undecided


# --- stop dates -------------------------------------------------------------------------------------


class StopRule(Node, frozen=True):
    """A stop date by expression. Where the anchor is left out it is `Meeting()`: `14 dagar före`."""

    dates: DateSpan
    parts: tuple[DayPartName | ClockTime, ...] = ()


class OnTable(Node, frozen=True):
    """`på bordet`"""


class NotRequired(Node, frozen=True):
    """`krävs ej`"""


class Missing(Node, frozen=True):
    """`saknas`: the source has none; stops the lookup."""


Stop = StopRule | OnTable | NotRequired | Missing | Undecided


# --- requirements ----------------------------------------------------------------------------------------


class Compared(Node, frozen=True):
    """`senast X`, `tidigast X`, `före X`, `efter X`"""

    relation: Relation
    to: Phrase


class AtLeast(Node, frozen=True):
    """`minst 7 dagar före X`"""

    count: int
    unit: Unit
    direction: Direction
    anchor: Phrase


class OnSameDay(Node, frozen=True):
    to: Phrase
    negated: bool = False


class Within(Node, frozen=True):
    period: Period
    negated: bool = False


class OnWorkingDay(Node, frozen=True):
    negated: bool = False


Comparison = Compared | AtLeast | OnSameDay | Within | OnWorkingDay


class Rule(Node, frozen=True):
    """`X är senast Y`; `ska vara` is the same word."""

    subject: Phrase
    comparison: Comparison


# --- conditions ------------------------------------------------------------------------------------------


class Election(Node, frozen=True):
    """`valår`, `B är valår`; without a year the process year B-1 is meant."""

    year: BudgetYear | None = None


class TermYear(Node, frozen=True):
    """`mandatår 1`"""

    number: int
    year: BudgetYear | None = None


class YearCompared(Node, frozen=True):
    """`B >= 2026`; `operator` is one of `<` `<=` `=` `>=` `>`."""

    year: BudgetYear
    operator: str
    number: int


class Flag(Node, frozen=True):
    name: str


class Not(Node, frozen=True):
    condition: Condition


class AllOf(Node, frozen=True):
    """Two or more conditions joined by `och`."""

    conditions: tuple[Condition, ...]


class AnyOf(Node, frozen=True):
    """Two or more conditions joined by `eller`."""

    conditions: tuple[Condition, ...]


Condition = Election | TermYear | YearCompared | Flag | Not | AllOf | AnyOf
