"""`KS i maj och juni`: what each item of a list takes from the others, written out before the grammar reads it.

The grammar reads every item for itself; a person hears `KS i maj och KS i juni`. The procedure is that of the
specification (*a list*), whose letters stand below. Where two readings remain the list is refused with both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text as canonical
from arshjul.dates.grammar.cursor import EntryRule
from arshjul.dates.grammar.whole import ValueGrammar
from arshjul.dates.lexer import Token, tokens
from arshjul.dates.one_day import one_day
from arshjul.dates.rewriting import Rewriting, joined
from arshjul.dates.spellings import COUNT, UNIT
from arshjul.dates.syntax import AmbiguousExpression, ExpressionError
from arshjul.dates.walk import COUNTING, chain
from arshjul.dates.words import Kind

IsBody = Callable[[str], bool]

_SEPARATORS = (Kind.COMMA, Kind.AND, Kind.ALSO, Kind.OR)
AND, OR = " och ", " eller "
_BESIDE = (Kind.TIME, Kind.DAY_PART, Kind.ROLL)
_TRAILING = (*_BESIDE, Kind.QUESTION)
_RELATIONS = (Kind.BEFORE, Kind.AFTER, Kind.AT_LATEST, Kind.AT_EARLIEST)
_DAYS = (s.DayMonth, s.IsoDate)
_MONTHS = (s.Month, s.MonthRange)


def written_out(text: str, is_body: IsBody) -> Rewriting:
    """The list with every item in full, so that each can be read alone; a text that is no list as it is.

    Dates to choose between (`eller`) share like a list.

    Raises:
        AmbiguousExpression: two readings remain, with both in the hint; `ambiguous-year` where the days run backwards.
    """
    whole = Rewriting.of(text)
    # `utom` begins what is left out, which is the rest of the value.
    if (utom := next((token for token in tokens(text) if token.kind is Kind.EXCEPT), None)) is None:
        return _written_out(whole, is_body)
    parts = (whole.part(0, utom.start), whole.part(utom.end, len(text)))
    if not all(part.text for part in parts):
        return whole
    return joined([_written_out(part, is_body) for part in parts], " utom ")


def _written_out(whole: Rewriting, is_body: IsBody) -> Rewriting:
    written = one_day(_choices(whole, is_body), is_body)
    items = _items(written)
    if len(items) < 2:
        return items[0].written if items else written
    _refuse_one_count(written)
    _refuse_a_period_apart(items, is_body)
    _fill(items, is_body)
    for number in range(1, len(items)):
        _take_words(items, number)
    _spread_marks(items)
    _spread_roll_and_clock(items)
    _spread_years(items)
    return joined([item.written for item in items], items[-1].joiner)


_CHOICE = re.compile(r"\b(?:tidigaste|senaste) av \((?P<options>[^(),]*)\)", re.IGNORECASE)


def _choices(written: Rewriting, is_body: IsBody) -> Rewriting:
    """`senaste av (KS i maj och juni)`: options without a comma are heard as a list; after a comma each is its own."""
    for match in reversed(list(_CHOICE.finditer(written.text))):
        options = written_out(match["options"], is_body).text
        if options != match["options"]:
            written = written.replaced(*match.span("options"), options)
    return written


# --- the items ---------------------------------------------------------------------------------------------------


@dataclass
class _Item:
    """An item as far as it is written out, and its tree; None where it cannot be read alone.

    `joiner` stands between all items of its list: `och`, or `eller`.
    """

    written: Rewriting
    tree: s.Item | None
    joiner: str
    completed: bool = False

    @property
    def text(self) -> str:
        return self.written.text

    def rewrite(self, written: Rewriting) -> None:
        self.written, self.tree = written, _read(written.text)

    def complete(self, written: Rewriting) -> None:
        """As `rewrite`, with what a later item has and this one lacks."""
        self.rewrite(written)
        self.completed = True


def _items(written: Rewriting) -> list[_Item]:
    """The parts between the separators that stand in no parentheses. (f)

    Raises:
        ExpressionError: `och` and `eller` stand in one list.
    """
    found = tokens(written.text)
    depth, cuts = 0, list[Token]()
    for token, following in pairwise(found):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and token.kind in _SEPARATORS:
            if token.kind is Kind.COMMA and following.kind in _BESIDE:
                written = written.replaced(token.start, token.end, " ")
            else:
                cuts.append(token)
    joiner = _joiner(cuts, written)
    starts, ends = [0, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), len(written.text)]
    parts = [written.part(start, end) for start, end in zip(starts, ends, strict=True)] if cuts else [written]
    return [_Item(part, _read(part.text), joiner) for part in parts] if all(part.text for part in parts) else []


def _joiner(cuts: Sequence[Token], written: Rewriting) -> str:
    """What stands between the items; a comma is what the words between the others are."""
    choices = [cut for cut in cuts if cut.kind is Kind.OR]
    if not choices:
        return AND
    if any(cut.kind in (Kind.AND, Kind.ALSO) for cut in cuts):
        at = written.original((choices[0].start, choices[0].end))
        message = "”och” och ”eller” står i samma lista: vilka datum som står öppna går inte att veta"
        raise ExpressionError(message, at, "skriv det som står öppet på en rad för sig")
    return OR


def _read(text: str) -> s.Item | None:
    reading = ValueGrammar(text, EntryRule.VALUE)
    try:
        item = reading.item()
        reading.finish()
    except ExpressionError:
        return None
    return item


def _phrase(item: s.Item) -> s.Phrase:
    return item.dates.start.phrase


# --- what is no list, though it looks like one --------------------------------------------------------------------

_ONE_COUNT = re.compile(
    rf"(?P<mark>(?:senast|tidigast) )?(?P<first>{COUNT} {UNIT}) (?:och|samt) (?P<second>{COUNT} {UNIT}) "
    r"(?P<way>före|efter|innan) (?P<anchor>.+)",
    re.IGNORECASE,
)


def _refuse_one_count(written: Rewriting) -> None:
    """`en månad och två veckor före KS i juni`: one count in two units, or two dates."""
    match = _ONE_COUNT.fullmatch(written.text)
    if match is None or match["first"].split()[1][:3].lower() == match["second"].split()[1][:3].lower():
        return
    mark, first, second, way, anchor = match["mark"] or "", *match.group("first", "second", "way", "anchor")
    one, two = (
        f"{mark}{second} {way} {first} {way} {anchor}",
        f"{mark}{first} {way} {anchor} och {second} {way} {anchor}",
    )
    at = written.original(match.span("first"))
    message = f"”{first} och {second}” kan vara ett antal eller två datum"
    raise AmbiguousExpression(message, at, f"skriv ut vilket: ”{one}” eller ”{two}”")


def _refuse_a_period_apart(items: Sequence[_Item], is_body: IsBody) -> None:
    """`KS, juni`: a meeting and its period are no list."""
    first, second, *more = items
    if more or first.tree is None or second.tree is None or not isinstance(_phrase(first.tree), s.Ref):
        return
    if _bare_body(first.tree, is_body) and _bare_kind(_phrase(second.tree)) in ("month", "week", "quarter", "year"):
        at = second.written.original((0, len(second.text)))
        message = f"Vilka sammanträden i {first.text} menas?"
        raise AmbiguousExpression(message, at, f"skriv ”{first.text} i {second.text}”")


def _refuse_a_clock(items: Sequence[_Item], number: int) -> None:
    """`4 mars, 9–12`: from nine to twelve o'clock, or four more days."""
    before, item = items[number - 1], items[number]
    hours = re.fullmatch(r"(\d{1,2}) ?[–-] ?(\d{1,2})", item.text)
    if hours is None or before.tree is None or not isinstance(_phrase(before.tree), _DAYS):
        return
    if _FIRST_HOUR <= int(hours[1]) < int(hours[2]) <= _LAST_HOUR:
        at = item.written.original((0, len(item.text)))
        month = canonical(_phrase(before.tree)).partition(" ")[2]
        days = f"{before.text}{item.joiner}{item.text} {month}"
        hint = f"skriv ut vilket: ”{before.text} kl {item.text}” eller ”{days}”"
        raise AmbiguousExpression(f"”{item.text}” kan vara klockslag eller dagar", at, hint)


_FIRST_HOUR, _LAST_HOUR = 7, 22
"""Within which two numbers after a day can be hours of a meeting."""


# --- (a) what cannot stand alone ---------------------------------------------------------------------------------


def _fill(items: Sequence[_Item], is_body: IsBody) -> None:
    """What each item lacks it takes from the nearest later one that has it, else from the nearest earlier."""
    written = [item.text for item in items]
    periods = _Nearest(lambda number: _period_of_a_body(written[number], is_body), len(items))

    def kinds(number: int) -> list[Kind]:
        return [token.kind for token in tokens(written[number]) if token.kind is not Kind.END]

    weeks = _Nearest(lambda number: "v. " if Kind.WEEK in kinds(number) else None, len(items))
    tails = {kind: _Nearest(partial(_tail, kind, written), len(items)) for kind in _TAKING_THE_REST}
    for number, item in enumerate(items):
        if item.tree is None:
            own = [token for token in tokens(item.text) if token.kind not in (*_TRAILING, Kind.END)]
            hook = own[-1] if own else None
            if hook is None or hook.kind not in tails:
                continue
            if hook.kind is Kind.NUMBER and number and kinds(number - 1)[-1:] == [Kind.TIME]:
                continue  # `kl 9 och 13`: rather an hour than a day
            if len(items) == 2 and number:
                _refuse_a_clock(items, number)
            if (tail := tails[hook.kind].to(number)) is not None:
                item.complete(item.written.replaced(hook.end, hook.end, f" {tail}"))
            elif len(own) == 1 and hook.kind is Kind.NUMBER and (week := weeks.to(number)) is not None:
                item.rewrite(item.written.prefixed(week))
        elif (body := _bare_body(item.tree, is_body)) and (period := periods.to(number)):
            item.complete(item.written.replaced(body.at[1], body.at[1], f" {period}"))


class _Nearest:
    """What the nearest later item gives, else the nearest earlier; each item is asked once, and only if need be."""

    def __init__(self, give: Callable[[int], str | None], count: int) -> None:
        self._give, self._count = give, count
        self._given: list[str | None] | None = None

    def to(self, number: int) -> str | None:
        if self._given is None:
            self._given = _nearest([self._give(other) for other in range(self._count)])
        return self._given[number]


def _nearest(values: Sequence[str | None], *, earlier_first: bool = False) -> list[str | None]:
    """For each place the nearest value beside it: of the later ones, else of the earlier (or the other way)."""
    before, after = _last_before(values), _last_before(values[::-1])[::-1]
    first, second = (before, after) if earlier_first else (after, before)
    return [one if one is not None else other for one, other in zip(first, second, strict=True)]


def _last_before(values: Sequence[str | None]) -> list[str | None]:
    found, last = list[str | None](), None
    for value in values:
        found.append(last)
        last = value if value is not None else last
    return found


def _tail(kind: Kind, written: Sequence[str], number: int) -> str | None:
    """What follows a word of the kind in another item, without roll, clock and day part."""
    other = written[number]
    found = [token for token in tokens(other) if token.kind is not Kind.END and token.kind not in _TRAILING]
    for place, (token, following) in enumerate(pairwise(found)):
        if token.kind is not kind and not (kind in _RELATIONS and token.kind in _RELATIONS):
            continue
        if kind is Kind.NUMBER and following.kind is Kind.MONTH:
            last = found[place + 2] if found[place + 2 : place + 3] else None
            dated = last is not None and last.kind in (Kind.YEAR, Kind.BUDGET_YEAR)
            return other[following.start : (last.end if last is not None and dated else following.end)]
        if kind is Kind.NUMBER and following.kind not in (Kind.UNIT, Kind.WORKING_DAY, Kind.IN):
            continue
        if kind is Kind.WEEKDAY and following.kind in (Kind.NUMBER, Kind.DEN, Kind.ISO):
            continue  # before a date it is only a check
        if kind in _TAKING_THE_REST:
            return other[following.start : found[-1].end]
    return None


_TAKING_THE_REST = (Kind.NUMBER, Kind.ORDINAL, Kind.WEEKDAY, Kind.UNIT, Kind.WORKING_DAY, *_RELATIONS)


def _bare_body(item: s.Item, is_body: IsBody) -> s.Ref | None:
    """The body at the end of `14 dagar före AU`, if no period says which of its meetings."""
    *_, last = chain(_phrase(item))
    if item.dates.end is None and isinstance(last, s.Ref) and last.year is None and is_body(last.name):
        return last
    return None


def _period_of_a_body(other: str, is_body: IsBody) -> str | None:
    item = _read(other)
    if item is None or item.dates.end is not None:
        return None
    for node in chain(_phrase(item)):
        if isinstance(node, s.NthIn) and isinstance(node.what, s.Ref) and is_body(node.what.name):
            return f"i {other[node.period.at[0] : node.period.at[1]]}"
    return None


# --- (b), (c) what a later item takes of the one before it -------------------------------------------------------


class _Thing(NamedTuple):
    """Something that an item is about: a name, a month, a date …, and where it begins."""

    kind: str
    start: int


def _take_words(items: Sequence[_Item], number: int) -> None:
    before, item = items[number - 1], items[number]
    if before.tree is None or item.tree is None or before.tree.dates.end is not None or item.tree.dates.end is not None:
        return
    earlier, own = _phrase(before.tree), _phrase(item.tree)
    if _has_own_marks(item.tree) or isinstance(own, s.Parenthesised):
        return
    start = earlier.at[0]
    things = list(_things(earlier))
    kind = _bare_kind(own)
    if kind is not None:
        same = [thing for thing in things if thing.kind == kind]
        if kind == "month" and isinstance(earlier, _DAYS):
            raise _month_after_a_day(items, number, earlier)
        if same and same[-1].start > start and number > 1 and items[number - 2].completed:
            raise _each_or_the_last(items, number, kind)
        if same:
            item.rewrite(_with_words(item, before.text[start : same[-1].start]))
        elif len(list(chain(earlier))) > 1 and (_steps(earlier) or kind not in ("day", "name")):
            place = next((node.at[0] for node in chain(earlier) if not isinstance(node, COUNTING)), start)
            words_end = place if kind in ("day", "name") or not things else things[-1].start
            raise _two_readings(items, number, before.text[start:words_end])
    elif isinstance(own, s.NthIn) and isinstance(own.what, s.Ref) and _steps(earlier):
        counted = next((node for node in chain(earlier) if not isinstance(node, COUNTING)), earlier)
        if isinstance(counted.what if isinstance(counted, s.NthIn) else counted, s.Ref):
            item.rewrite(_with_words(item, before.text[start : counted.at[0]]))
        else:
            raise _two_readings(items, number, before.text[start : counted.at[0]])
    elif _steps(own) and _steps(earlier) > _steps(own):
        first = next(node for node in chain(earlier) if not isinstance(node, COUNTING))
        raise _two_readings(items, number, before.text[start : first.at[0]])


def _with_words(item: _Item, words: str) -> Rewriting:
    place = _phrase(item.tree).at[0] if item.tree is not None else 0
    return item.written.replaced(place, place, words)


def _has_own_marks(item: s.Item) -> bool:
    return item.certainty is not None or item.deadline or item.earliest


def _things(phrase: s.Phrase) -> Iterator[_Thing]:
    for node in chain(phrase):
        match node:
            case s.NthIn(what=s.Ref() as what):
                yield _Thing("name", what.at[0])
            case s.WeekdayOfWeek(week=week):
                yield _Thing("week", week.at[0])
            case s.VagueMonth():
                # The words of a vague month are words before its month: `mitten av maj och juni`.
                yield _Thing("month", node.at[0] + len(node.part) + 1)
            case s.MonthTurn():
                yield _Thing("month", node.at[0] + len("månadsskiftet "))
            case _ if (kind := _bare_kind(node)) is not None:
                yield _Thing(kind, node.at[0])


def _bare_kind(phrase: s.Phrase) -> str | None:
    """What an item without words of its own is: None for any with some."""
    match phrase:
        case s.DayMonth() | s.IsoDate() | s.DayRange() | s.IsoRange() | s.Holiday():
            return "day"
        case s.Month() | s.MonthRange():
            return "month"
        case s.Week():
            return "week"
        case s.Quarter() | s.Tertial():
            return "quarter"
        case s.BudgetYear():
            return "year"
        case s.Ref():
            return "name"
    return None


def _steps(phrase: s.Phrase) -> int:
    """In how many steps a phrase counts: two in `10 arbetsdagar före dagen efter X`."""
    return sum(isinstance(node, COUNTING) for node in chain(phrase))


def _two_readings(items: Sequence[_Item], number: int, words: str) -> AmbiguousExpression:
    before, item = items[number - 1], items[number]
    apart = f"({before.text}){item.joiner}{item.text}"
    together = f"{before.text}{item.joiner}{_with_words(item, words).text}"
    at = item.written.original((0, len(item.text)))
    message = f"”{item.text}” kan läsas på två sätt efter ”{before.text}”"
    readings = [
        f"”{reading}”"
        for reading in (together, apart)
        if all(_read(each.text) is not None for each in _items(Rewriting.of(reading)))
    ]
    return AmbiguousExpression(message, at, f"skriv ut vilket: {' eller '.join(readings)}")


def _each_or_the_last(items: Sequence[_Item], number: int, kind: str) -> AmbiguousExpression:
    """`KS och KF i maj och juni`: both bodies in both months, or KS in May and KF in both."""
    first = number - 1
    while first > 0 and items[first - 1].completed:
        first -= 1
    group = [item for item in items[first:number] if item.tree is not None]
    own = items[number].text
    heads = [
        item.text[: thing.start]
        for item in group
        if item.tree is not None
        for thing in [thing for thing in _things(_phrase(item.tree)) if thing.kind == kind][-1:]
    ]
    before = [item.text for item in items[:number]]
    each, last = ([*before, *(f"{head}{own}" for head in some)] for some in (heads, heads[-1:]))
    joiner = items[number].joiner
    readings = " eller ".join(f"”{joiner.join(filter(None, (', '.join(r[:-1]), r[-1])))}”" for r in (each, last))
    at = items[number].written.original((0, len(own)))
    message = f"”{own}” kan gälla alla före, eller bara ”{items[number - 1].text}”"
    return AmbiguousExpression(message, at, f"skriv ut vilket: {readings}")


def _month_after_a_day(items: Sequence[_Item], number: int, day: s.Phrase) -> AmbiguousExpression:
    before, item = items[number - 1], items[number]
    at = item.written.original((0, len(item.text)))
    message = f"”{item.text}” är en hel månad, efter dagen ”{canonical(day)}”"
    number_of_day = f"{day.day} {item.text}" if isinstance(day, s.DayMonth) else f"1 {item.text}"
    readings = (f"{before.text}{item.joiner}{number_of_day}", f"({before.text}){item.joiner}{item.text}")
    hint = f"skriv ut vilket: ”{readings[0]}” eller ”{readings[1]}”"
    return AmbiguousExpression(message, at, hint)


# --- (d), (e) marks, rolls, clock times and years ----------------------------------------------------------------


def _spread_marks(items: Sequence[_Item]) -> None:
    """`senast` and the like hold until an item has its own. (d)"""
    marks = ""
    for item in items:
        if item.tree is None:
            return
        if _is_apart(item.tree):
            marks = ""
        elif _has_own_marks(item.tree):
            own = (item.tree.certainty, item.tree.deadline and "senast", item.tree.earliest and "tidigast")
            marks = "".join(f"{word} " for word in own if word)
        elif marks:
            item.rewrite(item.written.prefixed(marks))


def _is_apart(item: s.Item) -> bool:
    """Whether an item stands in parentheses: it neither gives nor takes. (g)"""
    return isinstance(_phrase(item), s.Parenthesised) or item.apart


def _spread_roll_and_clock(items: Sequence[_Item]) -> None:
    """What stands last holds for all, if no other has it."""
    trees = [item.tree for item in items]
    if any(tree is None or _is_apart(tree) for tree in trees):
        return
    *others, last = [tree for tree in trees if tree is not None]
    roll = _roll(last)
    rolled_alone = roll is not None and all(_roll(tree) is None for tree in others)
    clock = last.parts if any(isinstance(part, s.ClockTime) for part in last.parts) else ()
    timed_alone = bool(clock) and not any(tree.parts for tree in others)
    for item, tree in zip(items[:-1], others, strict=True):
        added = f" {roll}" if rolled_alone else ""
        added += (
            "".join(f" {canonical(part)}" for part in clock if isinstance(part, s.ClockTime)) if timed_alone else ""
        )
        place = tree.dates.at[1]
        if added and isinstance(_phrase(tree), s.Node):
            item.rewrite(item.written.replaced(place, place, added))


def _roll(item: s.Item) -> s.Roll | None:
    last = item.dates.end or item.dates.start
    return last.roll


def _spread_years(items: Sequence[_Item]) -> None:
    """A year is taken from the nearest earlier item that has one, else the nearest later. (e)"""
    years = [_year(item) for item in items]
    before: tuple[_Item, _Dated] | None = None
    for item, own, year in zip(items, years, _nearest(years, earlier_first=True), strict=True):
        leaf = _leaf(item)
        if leaf is None:
            continue
        if own is None and year is not None:
            if before is not None and _month_of(leaf) < _month_of(before[1]):
                at = item.written.original(leaf.at)
                message = f"”{canonical(leaf)} {year}” ligger före ”{before[0].text}”"
                raise AmbiguousExpression(message, at, "skriv ut året också här", Code.AMBIGUOUS_YEAR)
            item.rewrite(item.written.replaced(leaf.at[1], leaf.at[1], f" {year}"))
        before = (item, leaf)


_Dated = s.DayMonth | s.DayRange | s.Month | s.MonthRange | s.VagueMonth | s.Week | s.Quarter | s.Tertial


def _leaf(item: _Item) -> _Dated | None:
    """The literal an item ends in, if it can have a year."""
    if item.tree is None or item.tree.dates.end is not None or _is_apart(item.tree):
        return None
    *_, last = chain(_phrase(item.tree))
    if isinstance(last, s.WeekdayOfWeek):
        last = last.week
    return last if isinstance(last, _Dated) else None


def _year(item: _Item) -> str | None:
    leaf = _leaf(item)
    if leaf is None:
        return None
    year = leaf.end_year if isinstance(leaf, s.DayRange | s.MonthRange) else leaf.year
    return None if year is None else canonical(year)


def _month_of(leaf: _Dated | None) -> int:
    match leaf:
        case s.DayMonth(month=month) | s.Month(month=month) | s.VagueMonth(month=month):
            return month
        case s.DayRange(end_month=month) | s.MonthRange(end_month=month):
            return month
    return 0
