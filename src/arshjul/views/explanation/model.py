"""Why an activity has the dates it has: its steps in order, as text, Markdown and JSON members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from arshjul.diagnostics import Span
from arshjul.formats.terminal import Paint, columns, plain, safe, wrap
from arshjul.timeline import STOP_DATE, Activity, Step, StopKind, Timeline
from arshjul.views.plan.json import timeline_members
from arshjul.wording.columns import title
from arshjul.wording.dates import dates_alone, occurrence_text, step_text, stop_date_text


@dataclass(frozen=True, slots=True)
class Link:
    """A step with its number: `2.1` is the first step of the activity that step 2 takes its date from."""

    number: str
    step: Step


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One dated thing of an activity: `Datum`, `Stoppdatum`, a chain step; its day as text and how it was found."""

    label: str
    result: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`facts` are label and text of what else the definition says, in printed order."""

    title: str
    address: str
    reckonings: tuple[Reckoning, ...]
    facts: tuple[tuple[str, str], ...]


def explanation(timeline: Timeline, activity: Activity, step: str | None = None) -> Explanation:
    """All that is dated in the activity, or only its stop date or the chain step of that name."""
    found = _Links(_steps_by_name(timeline))
    reckonings = tuple(r for r in _reckonings(activity, found) if step in (None, r.label.lower()))
    parts = (f"{timeline.process}/{activity.id}", activity.type, activity.body, _place(activity.source))
    address = " · ".join(filter(None, parts))
    return Explanation(title(activity), address, reckonings, () if step else tuple(_facts(activity)))


def named(timeline: Timeline, name: str) -> list[tuple[Activity, str | None]]:
    """The activities that a name means, with the one step it asks for: `a`, all rounds of `a`, `a.april`,
    `a.stoppdatum`, `a.april.utskick`. Empty if it means none."""
    base, _, last = name.rpartition(".")
    whole = [a for a in timeline.activities if a.id == name] or _rounds(timeline, name)
    if whole:
        return [(activity, None) for activity in whole]
    owners = [a for a in timeline.activities if a.id == base] or _rounds(timeline, base)
    return [(activity, last) for activity in owners if last in steps_of(activity)]


def _rounds(timeline: Timeline, name: str) -> list[Activity]:
    return [activity for activity in timeline.activities if activity.id.startswith(f"{name}.")]


def steps_of(activity: Activity) -> tuple[str, ...]:
    """The names after the dot that an activity answers to."""
    return tuple(dict.fromkeys([STOP_DATE, *(step.name for step in activity.chain)]))


def _steps_by_name(timeline: Timeline) -> dict[str, Sequence[Step]]:
    chains = {f"{a.id}.{step.name}": step.steps for a in timeline.activities for step in a.chain}
    stop_dates = {f"{a.id}.{STOP_DATE}": a.stop_date.steps for a in timeline.activities}
    return {**chains, **stop_dates, **{a.id: a.steps for a in timeline.activities}}


@dataclass(frozen=True, slots=True)
class _Links:
    """Follows steps down to where a date is written. `steps` maps an activity, or a step of one, → how it was found."""

    steps: Mapping[str, Sequence[Step]]

    def of(self, steps: Sequence[Step]) -> tuple[Link, ...]:
        """The steps, each with those of what it follows below it, which comes once. Not recursive:
        a chain of activities can be longer than the stack."""
        links: list[Link] = []
        seen: set[str] = set()
        waiting = _numbered(steps, "")
        while waiting:
            link = waiting.pop()
            links.append(link)
            follows = link.step.follows
            if follows is not None and follows in self.steps and follows not in seen:
                seen.add(follows)
                waiting += _numbered(self.steps[follows], f"{link.number}.")
        return tuple(links)


def _numbered(steps: Sequence[Step], prefix: str) -> list[Link]:
    """The steps' links, the first last."""
    return [Link(f"{prefix}{number}", step) for number, step in enumerate(steps, start=1)][::-1]


def _reckonings(activity: Activity, found: _Links) -> Iterator[Reckoning]:
    yield Reckoning("Datum", dates_alone(activity), found.of(activity.steps))
    stop = activity.stop_date
    if stop.kind is not StopKind.NOT_REQUIRED:
        yield Reckoning("Stoppdatum", stop_date_text(stop, None), found.of(stop.steps))
    for step in activity.chain:
        if step.name != STOP_DATE:
            yield Reckoning(step.name.capitalize(), step_text(step, None), found.of(step.steps))


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


def as_text(explained: Explanation, width: int, paint: Paint = plain) -> str:
    """Paragraphs for a terminal; where a step is written comes beside it, or below where the line would be too long."""
    lines = [paint(safe(explained.title), "fet"), safe(explained.address)]
    for reckoning in explained.reckonings:
        lines += ["", paint(safe(f"{reckoning.label}: {reckoning.result}"), "fet")]
        for link in reckoning.links:
            lines += _step_lines(_label(link), safe(link.step.text), safe(_place(link.step.span)), width, paint)
    lines += [""] if explained.facts else []
    lines += [safe(f"{label}: {text}") for label, text in explained.facts]
    return "".join(f"{line}\n" for line in lines)


def _label(link: Link) -> str:
    return "   " * link.number.count(".") + f"{link.number}. "


def _step_lines(number: str, text: str, where: str, width: int, paint: Paint) -> Iterator[str]:
    indent = " " * (2 + len(number))
    first, *more = wrap(text, width - len(indent))
    if not more and columns(first) + columns(where) + len(indent) + 2 <= width:
        yield f"  {number}{first}  {paint(where, 'svag')}".rstrip()
        return
    yield f"  {number}{first}"
    yield from (f"{indent}{line}" for line in more)
    yield f"{indent}{paint(where, 'svag')}"


def as_markdown(explained: Explanation) -> str:
    """The same as a section with numbered lists."""
    lines = [f"## {explained.title}", "", f"`{explained.address}`"]
    for reckoning in explained.reckonings:
        lines += ["", f"### {reckoning.label}: {reckoning.result}", ""]
        lines += [_markdown_line(link) for link in reckoning.links]
    lines += ["", *(f"- {label}: {text}" for label, text in explained.facts)] if explained.facts else []
    return "".join(f"{line}\n" for line in lines)


def _markdown_line(link: Link) -> str:
    *outer, number = link.number.split(".")
    return f"{'   ' * len(outer)}{number}. {link.step.text} `{_place(link.step.span)}`"


def as_members(timeline: Timeline, activity: Activity) -> dict[str, Any]:
    """The activity as in the JSON timeline, with the steps of its stop date and chain beside its own."""
    members: dict[str, Any] = timeline_members(_alone(timeline, activity))["activities"][0]
    members["stop_date"]["steps"] = _step_members(activity.stop_date.steps)
    members["chain_steps"] = {step.name: _step_members(step.steps) for step in activity.chain}
    return members


def _place(span: Span | None) -> str:
    return f"{span.file}:{span.line}" if span else ""


def _step_members(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {
            "text": step.text,
            "date": step.date.isoformat() if step.date else None,
            "file": step.span.file if step.span else None,
            "line": step.span.line if step.span else None,
            "follows": step.follows,
        }
        for step in steps
    ]


def _alone(timeline: Timeline, activity: Activity) -> Timeline:
    return replace(timeline, activities=(activity,))
