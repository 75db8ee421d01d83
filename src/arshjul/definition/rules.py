"""How a date is written: the expressions that give it, and their canonical text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from arshjul.dates.canonical import text
from arshjul.definition.model import Activity, Body
from arshjul.definition.scalars import Expression


class DateRule(Struct, frozen=True):
    """The text of a rule, empty where none is written, and its expressions. `body` where it is the rule of a body."""

    text: str
    expressions: Sequence[Expression[Any]] = ()
    body: str | None = None


NO_RULE = DateRule("")
STOP_DATE = "stoppdatum"  # the step of a chain that is a stop date


def date_rule(activity: Activity) -> DateRule:
    """What gives the dates of an activity: `KS i juni`, `start dagen efter a, längd 2 veckor`."""
    pairs: Sequence[tuple[str, Expression[Any] | None]] = (
        ("", activity.when),
        ("start ", activity.start),
        ("slut ", activity.end),
        ("längd ", activity.length),
        ("per ", activity.as_of),
    )
    written = [(key, each) for key, each in pairs if each is not None]
    return DateRule(", ".join(f"{key}{text(each.tree)}" for key, each in written), [each for _, each in written])


def step_rule(body: Body | None, name: str) -> DateRule:
    """What gives a step of the chain of a body, its stop date too."""
    found = next((each for step, each in body.chain.items() if step == name), None) if body else None
    rule = found or (body.stop_date if body and name == STOP_DATE else None)
    return DateRule(text(rule.tree), [rule], str(body.id)) if body and rule else NO_RULE


def stop_rule(activity: Activity, body: Body | None, *, applies: bool) -> DateRule:
    """What gives the stop date: the activity's own, else that of its body, if one `applies`."""
    if activity.stop_date is not None:
        return DateRule(text(activity.stop_date.tree), [activity.stop_date])
    return step_rule(body, STOP_DATE) if applies else NO_RULE
