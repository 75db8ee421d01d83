"""Why an activity has the dates it has: its steps in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from arshjul.diagnostics import Span
from arshjul.timeline import STOP_DATE, Activity, Step, StopKind, Timeline
from arshjul.wording.columns import title
from arshjul.wording.dates import dates_alone, occurrence_text, step_text, stop_date_text

StepsByName = Mapping[str, Sequence[Step]]
"""An activity, a step of its chain (`a.utskick`) or its stop date (`a.stoppdatum`) → how it was found."""


class NumberedStep(Struct, frozen=True):
    """A step with its number: `2.1` is the first step of the activity that step 2 takes its date from."""

    number: str
    step: Step


class Derivation(Struct, frozen=True):
    """One dated thing of an activity: `Datum`, `Stoppdatum`, a chain step; its day as text and how it was found."""

    label: str
    result: str
    steps: tuple[NumberedStep, ...]


class Explanation(Struct, frozen=True):
    """An activity and where its dates come from. `facts` are label and text of what else the definition says, in
    printed order."""

    activity: Activity
    title: str
    address: str
    derivations: tuple[Derivation, ...]
    facts: tuple[tuple[str, str], ...]


Asked = tuple[Activity, str | None]
"""An activity, and the one step of it that is asked for (`stoppdatum`, a chain step), if not all."""


def explanations(timeline: Timeline, asked: Iterable[Asked]) -> list[Explanation]:
    """Each activity with all that is dated in it, or only its stop date or the chain step of that name."""
    steps_of: dict[str, Sequence[Step]] = {activity.id: activity.steps for activity in timeline.activities}
    for activity in timeline.activities:
        steps_of |= {f"{activity.id}.{step.name}": step.steps for step in activity.chain}
        steps_of[f"{activity.id}.{STOP_DATE}"] = activity.stop_date.steps
    found = []
    for activity, step in asked:
        parts = (f"{timeline.process}/{activity.id}", activity.type, activity.body, place(activity.source))
        derivations = tuple(each for each in _derivations(activity, steps_of) if step in (None, each.label.lower()))
        facts = (*_lacking(timeline, activity), *(() if step else _facts(activity)))
        found.append(Explanation(activity, title(activity), " · ".join(filter(None, parts)), derivations, facts))
    return found


def named(timeline: Timeline, name: str) -> list[Asked]:
    """The activities that a name means, with the one step it asks for: `a`, all rounds of `a`, `a.april`,
    `a.stoppdatum`, `a.april.utskick`. Empty if it means none."""
    base, _, last = name.rpartition(".")
    whole = [a for a in timeline.activities if a.id == name] or _rounds(timeline, name)
    if whole:
        return [(activity, None) for activity in whole]
    owners = [a for a in timeline.activities if a.id == base] or _rounds(timeline, base)
    return [(activity, last) for activity in owners if last in {STOP_DATE, *(step.name for step in activity.chain)}]


def _rounds(timeline: Timeline, name: str) -> list[Activity]:
    return [activity for activity in timeline.activities if activity.row.activity == name]


def _trail(steps: Sequence[Step], steps_of: StepsByName) -> tuple[NumberedStep, ...]:
    """The steps, each with those of what it follows below it, which comes once.

    Not recursive: a chain of activities can be longer than the stack.
    """
    trail: list[NumberedStep] = []
    seen: set[str] = set()
    waiting = _numbered_backwards(steps, "")
    while waiting:
        numbered = waiting.pop()
        trail.append(numbered)
        follows = numbered.step.follows
        if follows is not None and follows in steps_of and follows not in seen:
            seen.add(follows)
            waiting += _numbered_backwards(steps_of[follows], f"{numbered.number}.")
    return tuple(trail)


def _numbered_backwards(steps: Sequence[Step], prefix: str) -> list[NumberedStep]:
    """With the first step last, for the next to pop."""
    return [NumberedStep(f"{prefix}{number}", step) for number, step in enumerate(steps, start=1)][::-1]


def _derivations(activity: Activity, steps_of: StepsByName) -> Iterator[Derivation]:
    yield Derivation("Datum", dates_alone(activity), _trail(activity.steps, steps_of))
    stop = activity.stop_date
    if stop.kind is not StopKind.NOT_REQUIRED:
        yield Derivation("Stoppdatum", stop_date_text(stop, None), _trail(stop.steps, steps_of))
    for step in activity.chain:
        if step.name != STOP_DATE:
            yield Derivation(step.name.capitalize(), step_text(step, None), _trail(step.steps, steps_of))


def _lacking(timeline: Timeline, activity: Activity) -> Iterator[tuple[str, str]]:
    """Why an activity has no date, where the year lacks what it hangs on."""
    for error in timeline.errors:
        if activity.id in error.rows:
            yield "Datum saknas", f"{error.finding.message} ({place(error.finding.span)})"


def _facts(activity: Activity) -> Iterator[tuple[str, str]]:
    written = (
        ("Per", activity.as_of and occurrence_text(activity.as_of)),
        ("Avser", str(activity.year_concerned)),
        *((group.capitalize(), ", ".join(names)) for group, names in activity.participants.items()),
        ("Ansvarig", activity.responsible),
        ("Handläggare", activity.case_officer),
        ("Till", activity.recipient),
        ("Plats", activity.place),
        ("Syfte", activity.purpose),
        ("Mål", activity.goal),
        ("Underlag", ", ".join(activity.inputs)),
        ("Milstolpe", ", ".join(activity.milestones)),
        ("Kommentar", activity.comment),
        ("Inställt", activity.cancelled),
        ("Skäl", activity.reason),
    )
    return ((label, text) for label, text in written if text)


def place(span: Span | None) -> str:
    """`processes/rambudget/process.yaml:16`; empty where nothing is written."""
    return f"{span.file}:{span.line}" if span else ""
