"""The sentences about a wish, which the terminal and Markdown lay out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from arshjul.dates.swedish import day_text, days_name, joined
from arshjul.resolve.needs import Bound, BoundKind, Need
from arshjul.views.wishes.model import State, Wish, WishesPage

NONE = "Inga processer behöver möten det året."
STATES = {State.OPEN: "", State.MET: "uppfyllt", State.UNMET: "inte uppfyllt", State.MISSING: "saknas"}
HEADINGS = ("Organ", "När", "Ärende", "Varför")


def headline(page: WishesPage) -> str:
    """`Möten som behövs 2027`, and what they are judged against."""
    return f"Möten som behövs {page.year}" + (f", mot {page.plan}" if page.plan else "")


def summary(page: WishesPage) -> str:
    """How many there are, and how many of them a plan has."""
    if not page.wishes:
        return NONE
    counts = {state: sum(wish.state is state for wish in page.wishes) for state in State}
    facts = [f"{counts[state]} {words}" for state, words in STATES.items() if words and counts[state]]
    without = f"{counts[State.OPEN]} utan plan" if facts and counts[State.OPEN] else ""
    return ", ".join(
        filter(None, ("1 möte" if len(page.wishes) == 1 else f"{len(page.wishes)} möten", *facts, without))
    )


def days(need: Need) -> str:
    """`1–30 juni`, `senast 30 november`, `när som helst`: the days that all its rules leave."""
    first, last = need.earliest, need.latest
    if first and last:
        if last < first:
            return f"ingen dag: tidigast {_day(first)}, senast {_day(last)}"
        return _day(first) if first == last else days_name(first, last).text
    if last:
        return f"senast {_day(last)}"
    return f"tidigast {_day(first)}" if first else "när som helst"


def matter(wish: Wish) -> str:
    """`KS: rambudget 2027 (rambudget 2027, budget_ks)`"""
    counted = "" if wish.need.at_meeting else ", räknas därifrån"
    return f"{wish.title} ({wish.process} {wish.budget_year}, {wish.need.row}{counted})"


def reasons(need: Need) -> str:
    """The rules that bound it, each once: `KS i juni; senast 31 oktober (KL 11 kap. 8 §)`."""
    return "; ".join(dict.fromkeys((need.rule, *_bounds(need))))


def judgement(wish: Wish) -> str:
    """`uppfyllt: tisdag 9 juni`; empty where nothing is judged."""
    words = STATES[wish.state]
    day = f": {day_text(wish.meeting)}" if wish.meeting else ""
    notes = list(wish.broken)
    if wish.choices:
        choices = joined([_day(each) for each in wish.choices])
        notes.append(
            f"raden får inget datum; {choices} kan vara mötet" if len(wish.choices) == 1 else f"flera möten: {choices}"
        )
    broken = f" ({'; '.join(notes)})" if notes else ""
    return f"{words}{day}{broken}" if words else ""


def _bounds(need: Need) -> Iterator[str]:
    """What requirements and laws say; how the row itself is written stands before them."""
    for bound in need.bounds:
        limit = f"{'senast' if bound.latest else 'tidigast'} {_day(bound.day)}" if bound.day else ""
        other = f"{'före' if bound.latest else 'efter'} {bound.through}" if bound.through else ""
        if bound.kind is not BoundKind.RULE:
            yield f"{', '.join(filter(None, (limit, other)))} ({_source(bound)})"


def _source(bound: Bound) -> str:
    return f"krav {bound.source}: {bound.rule}" if bound.kind is BoundKind.REQUIREMENT else bound.source


def _day(day: date) -> str:
    return day_text(day, weekday=False)
