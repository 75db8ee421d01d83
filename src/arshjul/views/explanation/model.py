"""Why an activity has the dates it has: its steps in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from arshjul.dates.canonical import text
from arshjul.dates.skipped import days_off_in
from arshjul.dates.swedish import dated_text, day_text, joined
from arshjul.diagnostics import Span
from arshjul.timeline import STOP_DATE, Activity, PlannedMeeting, Status, Step, StopKind, Timeline, TimeWindow
from arshjul.views.explanation.definition import Day, without_deviation
from arshjul.views.explanation.dependants import MOST_COUNTED, Dependant, Dependants, dependants_of, hanging_on
from arshjul.wording.columns import STATUS_WORDS, input_titles, title, titles_of
from arshjul.wording.dates import dates_alone, occurrence_text, step_text, stop_date_text
from arshjul.workdays import Workdays

StepsByName = Mapping[str, Sequence[Step]]
"""An activity, a step of its chain (`a.utskick`) or its stop date (`a.stoppdatum`) → how it was found."""
DATE = "Datum"
FIRST_DAY, LAST_DAY = "Första dag", "Sista dag"
MOST_NAMED = 100


class NumberedStep(Struct, frozen=True):
    """A step with its number: `2.1` is the first step of the activity that step 2 takes its date from."""

    number: str
    step: Step


class Note(Struct, frozen=True):
    """What else must be known of a date, and where that is written: that it was moved, what it would have been."""

    text: str
    span: Span | None = None


class Derivation(Struct, frozen=True):
    """One dated thing of an activity: `Datum`, `Stoppdatum`, a chain step; its day as text and how it was found."""

    label: str
    result: str
    steps: tuple[NumberedStep, ...]
    notes: tuple[Note, ...] = ()
    dependants: Dependants = Dependants()


class Explanation(Struct, frozen=True):
    """An activity or a window, and where its dates come from. `facts` are label and text of what else the definition
    says, in printed order."""

    subject: Activity | TimeWindow
    title: str
    address: str
    derivations: tuple[Derivation, ...]
    facts: tuple[tuple[str, str], ...]


Asked = tuple[Activity | TimeWindow, str | None]
"""An activity, and the one step of it that is asked for (`stoppdatum`, a chain step), if not all; or a window."""


class _Year(Struct, frozen=True):
    """What explanations of one timeline share. `defined` is the year without its deviations, by row and window."""

    timeline: Timeline
    steps_of: StepsByName
    dependants: Mapping[str, Sequence[Dependant]]
    titles: Mapping[str, str]
    moved: Mapping[Span, PlannedMeeting]
    held: Mapping[tuple[str, int], PlannedMeeting]
    defined: Mapping[str, Activity | TimeWindow] | None
    workdays: Workdays | None


def explanations(
    timeline: Timeline, asked: Iterable[Asked], defined: Timeline | None = None, workdays: Workdays | None = None
) -> list[Explanation]:
    """Each activity with all that is dated in it, or only its stop date or the chain step of that name; each window.

    `defined` is the year without its deviations, where it has any; `workdays` are for what a window leaves out.
    """
    steps_of: dict[str, Sequence[Step]] = {activity.id: activity.steps for activity in timeline.activities}
    for activity in timeline.activities:
        steps_of |= {f"{activity.id}.{step.name}": step.steps for step in activity.chain}
        steps_of[f"{activity.id}.{STOP_DATE}"] = activity.stop_date.steps
    year = _Year(
        timeline,
        steps_of,
        dependants_of(timeline),
        titles_of(timeline),
        {meeting.span: meeting for meeting in timeline.meetings if meeting.moved_from and meeting.span},
        {(m.body, day.toordinal()): m for m in timeline.meetings for day in m.days() if m.moved_from or m.cancelled},
        {each.id: each for each, _ in everything(defined)} if defined else None,
        workdays,
    )
    return [
        _of_window(each, year) if isinstance(each, TimeWindow) else _of_row(each, step, year) for each, step in asked
    ]


def everything(timeline: Timeline) -> list[Asked]:
    """Every activity, in the order of the plan, and every window."""
    rows: list[Activity | TimeWindow] = [*timeline.activities, *timeline.windows]
    return [(each, None) for each in rows]


def named(timeline: Timeline, name: str) -> list[Asked]:
    """The activities that a name means, with the one step it asks for: `a`, all rounds of `a`, `a.april`, `a.budget`
    of the rounds whose meeting takes up that matter, `a.stoppdatum`, `a.april.utskick`; or the window. Empty if it
    means none."""
    base, _, last = name.rpartition(".")
    whole: list[Activity | TimeWindow] = [*_rows(timeline, name), *(w for w in timeline.windows if w.id == name)]
    if whole:
        return [(each, None) for each in whole]
    return [
        (activity, last)
        for activity in _rows(timeline, base)
        if last in {STOP_DATE, *(step.name for step in activity.chain)}
    ]


def _rows(timeline: Timeline, name: str) -> list[Activity]:
    """The row of that id, else all rounds of the activity, else those with that second name."""
    activity, _, second = name.partition(".")
    return (
        [each for each in timeline.activities if each.id == name]
        or [each for each in timeline.activities if each.row.activity == name]
        or [each for each in timeline.activities if each.row.activity == activity and second in each.second_names]
    )


def _of_row(activity: Activity, step: str | None, year: _Year) -> Explanation:
    parts = (f"{year.timeline.process}/{activity.id}", activity.type, activity.body, place(activity.source))
    derivations = tuple(each for each in _derivations(activity, year, step) if step in (None, each.label.lower()))
    lacking = (
        ("Datum saknas", f"{error.finding.message} ({place(error.finding.span)})")
        for error in year.timeline.errors
        if activity.id in error.rows
    )
    facts = (*lacking, *(() if step else _facts(activity, year.titles)))
    return Explanation(activity, title(activity), " · ".join(filter(None, parts)), derivations, facts)


def _of_window(window: TimeWindow, year: _Year) -> Explanation:
    parts = (f"{year.timeline.process}/{window.id}", "tidsfönster", window.body, place(window.span))
    ends = _window_days(window)
    before = year.defined.get(window.id) if year.defined is not None else None
    defined = _window_days(before) if isinstance(before, TimeWindow) else {}
    derivations = []
    for label, steps in ((FIRST_DAY, window.start_steps), (LAST_DAY, window.end_steps)):
        trail = _trail(steps, year.steps_of)
        changed = without_deviation(label, ends[label], defined)
        notes = (*_moved_meetings(trail, year), *([Note(changed)] if changed else []))
        derivations.append(Derivation(label, ends[label].text, trail, notes))
    derivations[-1] = replace(derivations[-1], dependants=hanging_on(window.id, year.dependants))
    return Explanation(
        window, window.title, " · ".join(filter(None, parts)), tuple(derivations), tuple(_measures(window, year))
    )


def _window_days(window: TimeWindow) -> Mapping[str, Day]:
    ends = ((FIRST_DAY, window.start), (LAST_DAY, window.end))
    return {label: Day(day_text(day, year=True), day) for label, day in ends}


def _measures(window: TimeWindow, year: _Year) -> Iterator[tuple[str, str]]:
    """How long the window is, and how that is beside its floor."""
    off = days_off_in(window.start, window.end, year.workdays) if year.workdays else ""
    yield "Dagar", dated_text(window.dated, None)
    yield "Arbetsdagar", f"{window.working_days}{off}"
    if window.minimum is not None and window.margin is not None:
        beside = (
            f"{window.margin} mer" if window.margin > 0 else f"{-window.margin} för lite" if window.margin else "jämnt"
        )
        yield "Minst", f"{text(window.minimum)} ({beside})"


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


def _derivations(activity: Activity, year: _Year, asked: str | None) -> Iterator[Derivation]:
    dates = _dates(activity)
    before = year.defined.get(activity.id) if year.defined is not None else activity
    defined = {label: day for label, (day, _) in _dates(before).items()} if isinstance(before, Activity) else None
    for label, (day, steps) in dates.items():
        trail = _trail(steps, year.steps_of)
        notes = [
            *(_cancelled(activity, year) if label == DATE else ()),
            *(_moved_meetings(trail, year) if label == DATE or asked else ()),
        ]
        if label == DATE and (meeting := _changed_meeting(activity, year)) and meeting.moved_from:
            notes = list(dict.fromkeys([*notes, _moved(meeting)]))
        # Of a row that the deviations add, one line says so.
        if defined is not None or label == DATE:
            changed = without_deviation(label, day, defined)
            notes += [Note(changed)] if changed else []
        name = activity.id if label == DATE else f"{activity.id}.{label.lower()}"
        yield Derivation(label, day.text, trail, tuple(notes), hanging_on(name, year.dependants))


def _dates(activity: Activity) -> Mapping[str, tuple[Day, Sequence[Step]]]:
    """Label → the date, and how it was found; in printed order."""
    found: dict[str, tuple[Day, Sequence[Step]]] = {DATE: (Day(dates_alone(activity), activity.start), activity.steps)}
    stop = activity.stop_date
    if stop.kind is not StopKind.NOT_REQUIRED:
        found[STOP_DATE.capitalize()] = (Day(stop_date_text(stop, None), stop.day), stop.steps)
    for step in activity.chain:
        if step.name != STOP_DATE:
            found[step.name.capitalize()] = (Day(step_text(step, None), step.day), step.steps)
    return found


def _changed_meeting(activity: Activity, year: _Year) -> PlannedMeeting | None:
    """The meeting that takes the row up, where it was moved or cancelled."""
    if activity.body is None or activity.start is None:
        return None
    return year.held.get((activity.body, activity.start.toordinal()))


def _moved_meetings(trail: Sequence[NumberedStep], year: _Year) -> Iterator[Note]:
    """Every meeting among the steps that was moved."""
    places = dict.fromkeys(numbered.step.span for numbered in trail if numbered.step.span)
    return (_moved(year.moved[span]) for span in places if span in year.moved)


def _moved(meeting: PlannedMeeting) -> Note:
    moved_from = day_text(meeting.moved_from or meeting.day, year=True)
    return Note(f"flyttat från {moved_from}", meeting.span)


def _cancelled(activity: Activity, year: _Year) -> Iterator[Note]:
    if activity.status is Status.CANCELLED:
        meeting = _changed_meeting(activity, year)
        span = meeting.span if meeting and meeting.cancelled else activity.source
        yield Note(f"inställt: {activity.cancelled}" if activity.cancelled else "inställt", span)


def _facts(activity: Activity, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
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
        ("Underlag", input_titles(activity, titles)),
        ("Milstolpe", ", ".join(activity.milestones)),
        ("Kommentar", activity.comment),
        ("Taggar", ", ".join(activity.tags)),
        ("Länk", activity.link),
        ("Källa", activity.reference),
        ("Reservdag", joined([occurrence_text(day) for day in activity.reserve]) if activity.reserve else None),
        ("Status", STATUS_WORDS[activity.status] if activity.status is Status.IF_NEEDED else None),
        ("Intern", "ja" if activity.internal else None),
        ("Skäl", activity.reason),
    )
    return ((label, text) for label, text in written if text)


def heading(dependants: Dependants) -> str:
    """`Härifrån räknas 2, i allt 5`: what is counted from the date itself, and what moves with it."""
    direct, in_all = len(dependants.direct), dependants.in_all
    if in_all is None:
        return f"Härifrån räknas {direct}, i allt fler än {MOST_COUNTED}"
    return f"Härifrån räknas {direct}" + (f", i allt {in_all}" if in_all > direct else "")


def place(span: Span | None) -> str:
    """`processes/rambudget/process.yaml:16`; empty where nothing is written."""
    return f"{span.file}:{span.line}" if span else ""
