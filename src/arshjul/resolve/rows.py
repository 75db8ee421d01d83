"""Prune by `om` and unfold `upprepa` and `visa`: the definition's activities → the rows of one budget year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.each import each_in
from arshjul.dates.evaluate import each_item, evaluate_phrase, evaluate_span, excepted_days
from arshjul.dates.extent import Extent, Precision
from arshjul.dates.literal import THURSDAY, Frame
from arshjul.dates.search import format_extent
from arshjul.dates.swedish import days_name, month
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.walk import nodes
from arshjul.definition import Activity, Expression, Phase, Repeat, Show, Struck
from arshjul.diagnostics import Diagnostic, InvalidProcess, Span, error
from arshjul.resolve.conditions import holds
from arshjul.resolve.meetings import as_extent, as_name, round_names
from arshjul.resolve.scope import Attempts, Setting, StaticScope, at_place
from arshjul.resolve.setting import phase_frame
from arshjul.source import Text
from arshjul.timeline import PlannedMeeting, RowId

MAX_ROWS = 20_000
MAX_DATES = 50_000
MAX_STEPS = 200_000
MAX_TEXT = 10_000_000


class Round(Struct, frozen=True):
    """One round of `upprepa`: `local` is the word that names its days in expressions (`period` or `möte`).

    `matters` are second names, from the ärenden of its meeting. `cancelled` is why that meeting is not held, an empty
    text where the plan gives no reason. `problems` say why a period has no days this year: then `extent` is None, and
    the round's rows are undated.
    """

    name: str
    local: str
    extent: Extent | None
    words: str
    matters: tuple[str, ...] = ()
    cancelled: Text | None = None
    problems: tuple[Diagnostic, ...] = ()


class PhaseRow(Struct, frozen=True):
    """A phase, or one round of it, and where its bare dates find their year."""

    id: str
    phase: Phase
    frame: Frame
    round: Round | None


class Row(Struct, frozen=True, gc=False):
    """An activity, one round of it, or its part for one body (`visa: var_för_sig`).

    `changed_as` is the name in `Process.rounds` under which its activity is, where the round is changed alone.
    `at_own_meeting`: `när` is the meetings of the bodies, so that the row's own body takes the matter up.
    """

    activity: Activity
    phase: PhaseRow
    rounds: tuple[Round, ...] = ()
    body: str | None = None
    changed_as: str | None = None
    at_own_meeting: bool = False

    @property
    def row_id(self) -> RowId:
        """The id, which the timeline's row has as well."""
        repeated = "_".join(round_.name for round_ in self.rounds) if self.rounds else None
        first = self.activity.previous_id
        return RowId(str(self.activity.id), repeated, self.body, str(first) if first is not None else None)

    @property
    def id(self) -> str:
        """The id as text, as expressions name it."""
        # Asked for more often than anything else, and of most rows it is what the author wrote.
        return str(self.row_id) if self.rounds or self.body else self.activity.id

    @property
    def round_name(self) -> str | None:
        """What comes after the activity's id, as in `a.april`."""
        return self.row_id.repetition

    @property
    def second_names(self) -> Iterator[str]:
        """What else may come after the id: the matters of the meeting, in place of its round."""
        for n, round_ in enumerate(self.rounds):
            for matter in round_.matters:
                names = (matter if n == m else other.name for m, other in enumerate(self.rounds))
                yield str(RowId("", "_".join(names), self.body).repetition)

    @property
    def body_of_meeting(self) -> str | None:
        """The body that takes the matter up: at the bodies' own meetings the one whose row it is, else `organ`."""
        return self.body if self.at_own_meeting else self.activity.body

    @property
    def cancelled(self) -> Text | None:
        """Why the row or its meeting is cancelled, an empty text where no reason is written; None for what is held."""
        own = self.activity.cancelled
        if own is None and not self.rounds:
            return None
        reasons = (own if own != "ja" else Text("", self.activity.span), *(round_.cancelled for round_ in self.rounds))
        return next((reason for reason in reasons if reason is not None), None)

    @property
    def meeting_held(self) -> bool:
        """Whether no meeting that it is a round of is cancelled; the row may be so all the same."""
        return all(round_.cancelled is None for round_ in self.rounds)

    @property
    def cancelled_at(self) -> Span | None:
        """Where that is written."""
        return self.cancelled.span if self.cancelled is not None else None


@dataclass(slots=True)
class Unfolded:
    """All phases and rows in file order. `failed` maps the id of those whose rounds cannot be computed → why; such an
    activity stands as one row without a date, so that what refers to it need not be called wrong as well. `struck` maps
    each row and round of a phase that is struck alone → why; `problems` are of changes to rounds that are not there.

    `size` counts phases and rows, and for each row the steps of its chain: all that is to be computed. `dates` and
    `steps` are counted while it is; `text` are the characters of what is repeated, once for each row."""

    phases: list[PhaseRow] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    failed: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    struck: dict[str, Struck] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    size: int = 0
    text: int = 0
    dates: int = 0
    steps: int = 0
    full: Diagnostic | None = None

    def grow(self, more: int, repeat: Repeat | None, place: Span | None) -> None:
        """Counts what `repeat`, or the line at `place`, makes. Raises InvalidProcess `limit`."""
        self.size += more
        if self.size > MAX_ROWS:
            message = f"Processen får fler än {MAX_ROWS} rader, stegen i kedjorna medräknade"
            hint = "upprepa över färre perioder eller möten, eller dela upp processen"
            written = _first_written(repeat) if repeat else None
            raise InvalidProcess([error(Code.LIMIT, message, written.text.span if written else place, hint)])

    def print_again(self, activity: Activity, times: int) -> None:
        """Counts the texts of an activity that stands in several rows. Raises InvalidProcess `limit`."""
        values = (value if isinstance(value, tuple) else (value,) for value in astuple(activity))
        self.text += times * sum(len(text) for texts in values for text in texts if isinstance(text, str))
        if self.text > MAX_TEXT:
            message = f"Texterna i det som upprepas blir tillsammans längre än {MAX_TEXT} tecken"
            hint = "skriv kortare texter, eller upprepa över färre perioder eller möten"
            raise InvalidProcess([error(Code.LIMIT, message, activity.span, hint)])

    def require_room(self, place: Span | None) -> None:
        """Refuses the row that there is no room for, and all after it without a look. Raises InvalidProcess `limit`."""
        if self.dates > MAX_DATES or self.steps > MAX_STEPS:
            message = f"Processen får fler än {MAX_DATES} datum, eller fler än {MAX_STEPS} steg till dem"
            hint = "skriv färre datum på raden, eller dela upp processen"
            self.full = self.full or error(Code.LIMIT, message, place, hint)
            raise InvalidProcess([self.full])


def unfold(setting: Setting) -> Unfolded:
    """Prunes and repeats what the definition says.

    Raises InvalidProcess `limit`: more than MAX_ROWS rows, the steps of their chains among them. It is told where they
    are made and nothing else is computed, for rounds within rounds make a million rows of one line.
    """
    unfolded = Unfolded()
    for phase in setting.process.phases:
        if applies(phase, setting):
            _unfold_phase(phase, setting, unfolded)
    return unfolded


def _unfold_phase(phase: Phase, setting: Setting, unfolded: Unfolded) -> None:
    activities = [activity for activity in phase.activities if applies(activity, setting)]
    frame = phase_frame(setting, phase)
    try:
        phase_rows = [PhaseRow(str(phase.id), phase, frame, None)]
        if phase.repeat is not None:
            rounds = _rounds(phase.repeat, frame, setting)
            phase_rows = [PhaseRow(f"{phase.id}.{round_.name}", phase, frame, round_) for round_ in rounds]
    except InvalidProcess as invalid:
        whole = PhaseRow(str(phase.id), phase, frame, None)
        unfolded.phases.append(whole)
        unfolded.rows.extend(Row(activity, whole) for activity in activities)
        unfolded.failed.update(
            dict.fromkeys([whole.id, *(str(activity.id) for activity in activities)], invalid.diagnostics)
        )
        return
    unfolded.phases.extend(phase_rows)
    unfolded.grow(len(phase_rows), phase.repeat, phase.span)
    for phase_row in phase_rows:
        for activity in activities:
            _unfold_activity(activity, phase_row, setting, unfolded)


def _unfold_activity(activity: Activity, phase: PhaseRow, setting: Setting, unfolded: Unfolded) -> None:
    try:
        rows = list(_activity_rows(activity, phase, setting))
    except InvalidProcess as invalid:
        rows = [Row(activity, phase, (phase.round,) if phase.round else ())]
        unfolded.failed[rows[0].id] = invalid.diagnostics
    unfolded.rows.extend(rows)
    bodies = setting.process.bodies
    steps = sum(len(bodies[row.body_of_meeting].chain) for row in rows if row.body_of_meeting)
    unfolded.grow(len(rows) + steps, activity.repeat or phase.phase.repeat, activity.span)
    unfolded.print_again(activity, len(rows) if phase.round else len(rows) - 1)


def applies(what: Activity | Phase, setting: Setting) -> bool:
    """Whether `om` lets it stand this year."""
    return what.condition is None or holds(what.condition.tree, setting.frame.budget_year, setting.process.flags)


def _activity_rows(activity: Activity, phase: PhaseRow, setting: Setting) -> Iterator[Row]:
    outer = (phase.round,) if phase.round else ()
    inner = [(round_,) for round_ in _rounds(activity.repeat, phase.frame, setting)] if activity.repeat else [()]
    bodies = _shown_bodies(activity, setting) if activity.show is Show.SEPARATE else (None,)
    # The dates are `varje nämnd i …` itself, not something that is counted from it.
    items = activity.when.tree.items if activity.when and isinstance(activity.when.tree, s.Dates) else ()
    each = [isinstance(item.dates.start.phrase, s.EachBody) and item.dates.end is None for item in items]
    at_own_meeting = activity.show is Show.SEPARATE and bool(each) and all(each)
    for rounds in inner:
        for body in bodies:
            yield Row(activity, phase, (*outer, *rounds), body, at_own_meeting=at_own_meeting)


def _shown_bodies(activity: Activity, setting: Setting) -> tuple[str | None, ...]:
    """The bodies of the group in `varje … i …`; one that does not exist, or is empty, would leave no rows at all."""
    written = [part for part in (activity.when, activity.start, activity.end) if part is not None]
    known = setting.process.bodies
    each = ((part, node) for part in written for node in nodes(part.tree) if isinstance(node, s.EachBody))
    named = [(part, node) for part, node in each if node.group not in known]
    if len({node.group for _, node in named}) != 1:
        message = f"”visa: {Show.SEPARATE}” gäller ”varje … i …”"
        place = (written[0].text.span if written else None) or activity.span
        raise InvalidProcess(
            [
                error(
                    Code.EXPRESSION,
                    message,
                    place,
                    f"skriv när: varje, en organgrupp och en period, eller ta bort visa: {Show.SEPARATE}",
                )
            ]
        )
    expression, node = named[0]
    scope = StaticScope(setting, setting.frame, expression)
    bodies = at_place(expression, lambda: scope.members(node.group, node.at))
    if not bodies:
        message, hint = (
            f"Organgruppen {node.group} har inga organ att visa var för sig",
            f"skriv {node.group}: [BUN, SN]",
        )
        raise InvalidProcess([error(Code.EXPRESSION, message, expression.place(node.at), hint)])
    return tuple(bodies)


def _first_written(repeat: Repeat) -> Expression[Any] | None:
    """The expression that stands for the whole `upprepa` in messages."""
    return repeat.within or next(iter(repeat.periods or ()), None)


def _rounds(repeat: Repeat, frame: Frame, setting: Setting) -> list[Round]:
    rounds: list[Round] = []
    if repeat.body is not None:
        rounds += _meeting_rounds(repeat.body, repeat.within, frame, setting)
    if (year := repeat.year) is not None:
        frame = frame.of_year(at_place(year, lambda: frame.number(year.tree)))
    for period in repeat.periods or ():
        for item in period.tree.items:
            rounds += _period_rounds(replace(period, tree=replace(period.tree, items=(item,))), frame, setting)
    counts = Counter(round_.name for round_ in rounds)
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        written = _first_written(repeat)
        message = f"Två omgångar får samma namn: {', '.join(twice)}"
        place = written.text.span if written else None
        raise InvalidProcess([error(Code.DUPLICATE_ID, message, place, "dela upp upprepningen i ett år i taget")])
    return _without_excepted(rounds, repeat.excepted, frame, setting) if repeat.excepted else rounds


def _period_rounds(written: Expression[s.Dates], frame: Frame, setting: Setting) -> list[Round]:
    """The rounds of one item: of `varje månad` each month, by its name; of `varje torsdag` each day, by month and
    ordinal."""
    scope = StaticScope(setting, frame, written)
    (item,) = written.tree.items
    if each_in(item, scope) is None:
        words = text(item.dates)
        attempts = Attempts()
        extent = attempts.of(lambda: at_place(written, lambda: evaluate_span(item.dates, scope)), None)
        return [Round(as_name(words), "period", extent, words, problems=attempts.problems)]
    found, ordinals = list[Round](), Counter[str]()
    for one in at_place(written, lambda: list(each_item(written.tree, scope))):
        phrase = one.dates.start.phrase
        extent = at_place(written, partial(evaluate_span, one.dates, scope))
        if isinstance(phrase, s.Month | s.Week | s.Quarter | s.Tertial):
            words = text(replace(phrase, year=None))
            found.append(Round(as_name(words), "period", extent, words))
            continue
        name = month(extent.start.month)
        ordinals[name] += 1
        numbered = name if ordinals[name] == 1 else f"{name}_{ordinals[name]}"
        found.append(Round(numbered, "period", extent, days_name(extent.start, extent.end).text))
    return found


def _without_excepted(
    rounds: list[Round], excepted: Sequence[Expression[s.Dates]], frame: Frame, setting: Setting
) -> list[Round]:
    """The rounds that do not begin (a week: by its Thursday) in what `utom` names. Code: no-such-occurrence."""
    extents = [round_.extent for round_ in rounds if round_.extent]
    if not extents:
        return rounds
    whole = Extent(min(extent.start for extent in extents), max(extent.end for extent in extents))
    left_out = list[Extent]()
    for written in excepted:
        spans = [item.dates for item in written.tree.items]
        days = excepted_days(spans, whole, StaticScope(setting, frame, written))
        left_out += at_place(written, partial(list, days))
    left: list[Round] = []
    for round_ in rounds:
        extent = round_.extent
        later = timedelta(days=THURSDAY - 1 if extent and extent.precision is Precision.WEEK else 0)
        if extent is None or not any(other.start <= extent.start + later <= other.end for other in left_out):
            left.append(round_)
    if not left:
        message, hint = "”utom” lämnar inga omgångar kvar", "ta bort något under ”utom”"
        place = excepted[0].text.span
        raise InvalidProcess([error(Code.NO_SUCH_OCCURRENCE, message, place, hint)])
    return left


def _meeting_rounds(written: Text, within: Expression[s.Period] | None, frame: Frame, setting: Setting) -> list[Round]:
    """A round for each meeting of `KS`, of `KS.månadsuppföljning` for each that has the matter; in `i`, else in the
    time that the phase or the process runs."""
    scope = StaticScope(setting, frame, within)
    period = at_place(within, lambda: evaluate_phrase(within.tree, scope)) if within else Extent(*(frame.days or ()))
    name, _, matter = written.partition(".")
    ref = s.Ref(name, matter or None, at=(0, len(written)))
    of_body = Expression(ref, written)
    at_place(of_body, lambda: scope.require_plans(ref, period.start, period.end))
    names = round_names(setting.all_meetings(name, period.start, period.end), period.start, period.end)
    if matter:
        names = _with_matter(of_body, names, period, setting)
    return [
        Round(
            name,
            "möte",
            as_extent(meeting),
            days_name(meeting.day, meeting.last_day).text,
            tuple(as_name(matter) for matter in meeting.matters),
            _why_cancelled(meeting, setting),
        )
        for meeting, name in names.items()
    ]


def _with_matter(
    written: Expression[s.Ref], names: Mapping[PlannedMeeting, str], period: Extent, setting: Setting
) -> dict[PlannedMeeting, str]:
    """Those that take up the matter; a draft knows no matters, so that it fits any. Code: no-meeting."""
    matter = written.tree.part or ""
    chosen = {
        meeting: name
        for meeting, name in names.items()
        if setting.plans.entry(meeting) is None or matter in map(as_name, meeting.matters)
    }
    if names and not chosen:
        known = sorted({as_name(matter) for meeting in names for matter in meeting.matters})
        message = f"{written.tree.name} har inget sammanträde med ärendet ”{matter}” {format_extent(period)}"
        hint = "skriv in ärendet i planen: {datum: 3 juni, ärenden: [namnet]}"
        if known:
            hint = f"ärenden i planen: {', '.join(known[:12])}"
        raise InvalidProcess([written.refused(ExpressionError(message, written.tree.at, hint, Code.NO_MEETING))])
    return chosen


def _why_cancelled(meeting: PlannedMeeting, setting: Setting) -> Text | None:
    entry = setting.plans.entry(meeting) if meeting.cancelled else None
    if entry is None or entry.cancelled is None:
        return None
    return Text("", entry.cancelled.span) if entry.cancelled == "ja" else entry.cancelled
