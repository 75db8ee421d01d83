"""What a name in an expression refers to, and what must be computed before it can be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from operator import eq
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.dates import syntax as s
from arshjul.dates.canonical import text
from arshjul.dates.evaluate import THE_MEETING
from arshjul.dates.extent import Extent
from arshjul.dates.scope import Undated
from arshjul.dates.search import format_extent
from arshjul.dates.swedish import month
from arshjul.dates.syntax import ExpressionError
from arshjul.dates.walk import references
from arshjul.definition import Activity, Expression, Phase, Struck
from arshjul.diagnostics import MAX_COMPARISONS, Diagnostic, InvalidProcess, Span, error
from arshjul.resolve.graph import Placed
from arshjul.resolve.keys import Key, Kind, Results
from arshjul.resolve.meetings import as_name
from arshjul.resolve.rows import PhaseRow, Row, Unfolded, applies
from arshjul.resolve.scope import Setting, StaticScope, unknown_name
from arshjul.timeline import STOP_DATE, Step

EDGES = ("start", "slut")
ROUND_OF_MONTH = re.compile(rf"({'|'.join(map(month, range(1, 13)))})(_[0-9]{{1,3}})?")
MOST_LISTED = 20
MAX_READ = 100_000
LOCAL = ("möte", "per", "period")
FIX_THOSE_FIRST = "rätta först de namn som har ett förslag"
LOCAL_NAME_HINTS = {
    "möte": "det finns i det som upprepas över möten, i kedjan och i stoppdatum; skriv annars organet och perioden",
    "per": "det är dagen som aktivitetens egen ”per” säger: skriv per: 31 augusti",
    "period": "det finns bara i det som upprepas: skriv upprepa: {period: [februari, mars], år: B-1}",
}


class Named(Struct, frozen=True, gc=False):
    """A name's meaning: `fetch` takes the results of all `needs`; an empty answer means undated.

    `span` and `follows` say where a dated answer comes from; where the dates decide that, `chosen` tells the row. `why`
    says why it can never be dated, and `span` where. `chain_step` is the step whose days are meant, if it is one.
    """

    needs: tuple[Key, ...]
    fetch: Callable[[Results], Sequence[Extent]]
    span: Span | None = None
    follows: str | None = None
    chosen: Callable[[Results], Row | None] | None = None
    why: str | None = None
    chain_step: str | None = None

    def counts_from(self) -> tuple[str, ...]:
        """The rows, steps, phases or windows whose days are read, where there is no one that it follows."""
        if self.follows or self.chosen:
            return ()
        return tuple(f"{key.id}.{self.chain_step}" if self.chain_step else key.id for key in self.needs)

    def origin(self, results: Results) -> tuple[Span | None, str | None]:
        """Where the dates are written, and the activity (or its step) whose steps lead up to them."""
        row = self.chosen(results) if self.chosen else None
        return (row.activity.span, row.id) if row else (self.span, self.follows)


class Mention(Struct, frozen=True, gc=False):
    """A name where it stands in an expression."""

    expression: Expression[Any]
    at: tuple[int, int]

    @property
    def span(self) -> Span | None:
        """The place of the name."""
        return self.expression.place(self.at)


class Names:
    """The one name space of a process in one budget year."""

    def __init__(self, setting: Setting, unfolded: Unfolded) -> None:
        self._setting = setting
        self._failed, self._struck = unfolded.failed, unfolded.struck
        self._unrepeated = {row.activity.id for row in unfolded.rows if row.id in unfolded.failed}
        self._compared = self._read = 0
        rows, phases = unfolded.rows, unfolded.phases
        self._rows = {row.id: row for row in rows}
        self._by_activity: dict[str, list[Row]] = {}
        self._by_milestone: dict[str, list[Row]] = {}
        for row in rows:
            self._by_activity.setdefault(row.activity.id, []).append(row)
            for milestone in row.activity.milestones:
                self._by_milestone.setdefault(milestone, []).append(row)
        self._phases: dict[str, list[PhaseRow]] = {}
        for phase in phases:
            self._phases.setdefault(phase.phase.id, []).append(phase)
        self._windows = {str(window.id): window for window in setting.process.windows}

    def find(self, ref: s.Ref, row: Row | None) -> Named | None:
        """The meaning of a name where `row` stands; None for a body or a period, which need no activity.

        Raises ExpressionError `unknown-name`.
        """
        if ref.name in self._setting.process.bodies or ref.name in self._setting.process.calendar.periods:
            return None
        if ref.name in self._by_activity:
            named = self._activity(ref, row)
        elif ref.name in self._phases:
            named = self._phase(ref, row)
        elif ref.name in self._windows:
            named = _edged(ref.part, [Key(Kind.WINDOW, ref.name)], self._windows[ref.name].span)
        elif ref.name in self._by_milestone:
            named = self._milestone(ref)
        else:
            raise self._unknown_name(ref)
        if ref.year is not None:
            message = f"Ett årtal kan inte stå efter {ref.name}"
            raise ExpressionError(message, ref.at, "årtal skrivs efter organ, perioder och helgdagar")
        return named

    def _activity(self, ref: s.Ref, row: Row | None) -> Named:
        """An activity, all of it or one round, or a step of its meeting's chain: `a`, `a.april`, `a.april.utskick`."""
        if ref.name in self._unrepeated:
            return Named(tuple(Key(Kind.ROW_DATES, r.id) for r in self._by_activity[ref.name]), lambda _: ())
        round_name, step = self._split(ref)
        if round_name is None:
            rows = self._same_round(ref, self._by_activity[ref.name], row)
        else:
            rows = [self._rows[f"{ref.name}.{round_name}"]]
        # What is cancelled keeps its days for print alone: only what is cancelled itself is counted from them.
        held = rows if row is not None and row.cancelled is not None else [r for r in rows if r.cancelled is None]
        if not held:
            return _cancelled(rows[0])
        span, follows = held[0].activity.span, held[0].id if len(held) == 1 else None
        if step is None or step in EDGES:
            return _edged(step, [Key(Kind.ROW_DATES, r.id) for r in held], span, follows)
        keys = tuple(Key(Kind.MEETING_DATES, r.id) for r in held)

        def of_step(results: Results) -> Sequence[Extent]:
            days = (results.meeting_dates(key.id).days for key in keys)
            return [extent for of_row in days for name, extent in of_row.items() if name == step]

        return Named(keys, of_step, span, follows and f"{follows}.{step}", chain_step=step)

    def _split(self, ref: s.Ref) -> tuple[str | None, str | None]:
        """The round and the step that the part names; a name of the process goes before one that a plan gives."""
        if ref.part is None:
            return None, None
        first, _, step = ref.part.partition(".")
        own = self._by_activity[ref.name]
        if not step and first in EDGES:
            return None, first
        if f"{ref.name}.{first}" in self._rows:
            named: list[str] = [first]
        elif not step and self._has_step(own[0], first):
            return None, first
        else:
            named = [str(each.round_name) for each in own if first in each.second_names]
        if not named and (struck := self._struck.get(f"{ref.name}.{first}")) is not None:
            raise _is_struck(struck, ref)
        if len(named) > 1:
            message = f"{ref.name}.{first} är flera omgångar: {', '.join(named)}"
            hint = f"skriv en av {', '.join(f'{ref.name}.{name}' for name in named)}"
            raise ExpressionError(message, ref.at, hint, Code.SEVERAL_MEETINGS)
        if named and (not step or step in EDGES or self._has_step(self._rows[f"{ref.name}.{named[0]}"], step)):
            return named[0], step or None
        raise self._unknown_part(ref, own, named)

    def _chain(self, row: Row) -> Collection[str]:
        """The steps of the chain around the row's meeting."""
        return self._setting.process.bodies[row.body_of_meeting].chain if row.body_of_meeting else ()

    def _has_step(self, row: Row, name: str) -> bool:
        return name == STOP_DATE or name in self._chain(row)

    @cached_property
    def _matters(self) -> Collection[str]:
        """What meetings of any year take up."""
        plans = self._setting.process.plans.values()
        entries = (entry for plan in plans for meetings in plan.meetings.values() for entry in meetings)
        return {as_name(matter) for entry in entries for matter in entry.matters}

    def _unknown_part(self, ref: s.Ref, own: Sequence[Row], named: Sequence[str]) -> ExpressionError:
        name = str(ref.part).partition(".")[0]
        over_meetings = any(round_.local == "möte" for round_ in own[0].rounds)
        # The year's meetings decide which rounds over them there are: one that another year can have is no slip.
        if not named and over_meetings and (ROUND_OF_MONTH.fullmatch(name) or name in self._matters):
            listed = ", ".join(f"{ref.name}.{row.round_name}" for row in own[:MOST_LISTED])
            message = f"{ref.name} har ingen omgång {name} för budget {self._setting.frame.budget_year}"
            return ExpressionError(message, ref.at, f"omgångarna är {listed}", Code.NO_MEETING)
        rounds = [] if named else [row.round_name for row in own if row.round_name]
        hint = f"efter punkten kan stå {', '.join(dict.fromkeys([*EDGES, STOP_DATE, *self._chain(own[0]), *rounds]))}"
        whole, part = (f"{ref.name}.{named[0]}", str(ref.part).partition(".")[2]) if named else (ref.name, ref.part)
        return ExpressionError(f"Okänt namn: {whole} har inget ”{part}”", ref.at, hint, Code.UNKNOWN_NAME)

    def _same_round(self, ref: s.Ref, rows: list[Row], row: Row | None) -> list[Row]:
        """Inside a round, names mean the same round; where rounds are nested, as many of them as both have.

        An activity with other rounds altogether is all of its days; one that has only some of these is no guess.
        """
        if row is None or not row.rounds:
            return rows
        if (struck := self._struck.get(f"{ref.name}.{row.round_name}")) is not None:
            raise _is_struck(struck, ref)
        same = _sharing_most(rows, row)
        if same or not any(_sharing_most(rows, other) for other in self._by_activity[row.activity.id]):
            return same or rows
        own = ", ".join(f"{ref.name}.{r.round_name}" for r in rows)
        raise ExpressionError(
            f"Okänt namn: {ref.name} har ingen omgång {row.round_name}", ref.at, f"skriv en av {own}", Code.UNKNOWN_NAME
        )

    def _phase(self, ref: s.Ref, row: Row | None) -> Named:
        phases = self._phases[ref.name]
        if ref.name in self._failed:
            return Named((Key(Kind.PHASE, ref.name),), lambda _: ())
        if ref.part is None or ref.part in EDGES:
            mine = {round_.name for round_ in row.rounds} if row else set()
            chosen = [p for p in phases if p.round and p.round.name in mine] or phases
        else:
            chosen = [p for p in phases if p.id == f"{ref.name}.{ref.part}"]
        if not chosen:
            raise unknown_name(s.Ref(f"{ref.name}.{ref.part}", at=ref.at), [p.id for p in phases])
        return _edged(ref.part, [Key(Kind.PHASE, p.id) for p in chosen], phases[0].phase.span)

    def _milestone(self, ref: s.Ref) -> Named:
        """A milestone stands for the last of its activities; while one of them is undecided, so is which is last."""
        if ref.part is not None and ref.part not in EDGES:
            hint = f"efter en milstolpe kan stå {' eller '.join(EDGES)}; skriv annars aktivitetens id"
            raise ExpressionError(f"Okänt namn: {ref.name} har inget ”{ref.part}”", ref.at, hint, Code.UNKNOWN_NAME)

        rows = self._by_milestone[ref.name]
        if all(row.cancelled is not None for row in rows):
            return _cancelled(rows[0])

        def last(results: Results) -> Row | None:
            name = results.milestone(ref.name)
            return self._rows[name] if name else None

        def dates(results: Results) -> Sequence[Extent]:
            row = last(results)
            return _edge(results.row(row.id).extents, ref.part) if row else ()

        return Named((Key(Kind.MILESTONE, ref.name),), dates, chosen=last)

    @property
    def milestones(self) -> Mapping[str, Sequence[Row]]:
        """Each milestone and the rows that reach it."""
        return self._by_milestone

    def _unknown_name(self, ref: s.Ref) -> ExpressionError:
        """The finding for a name that nothing has: what became of it where the definition once had it, else a guess."""
        process = self._setting.process
        if (struck := process.struck.get(ref.name) or self._struck_rounds.get(ref.name)) is not None:
            return _is_struck(struck, ref)
        if ref.name in self._without_rounds:
            message = f"{ref.name} har inga omgångar för budget {self._setting.frame.budget_year}"
            hint = "”upprepa” träffar inget möte: lägg in mötena under sammanträden"
            return ExpressionError(message, ref.at, hint, Code.NO_MEETING)
        why = self._left_out.get(ref.name)
        if ref.name in LOCAL:
            why = LOCAL_NAME_HINTS[ref.name]
        if self._compared > MAX_COMPARISONS:
            return unknown_name(ref, (), why=why or FIX_THOSE_FIRST)
        tables = (self._by_activity, self._phases, self._windows, self._by_milestone, process.bodies)
        known = [*(str(name) for table in tables for name in table), *process.calendar.periods]
        self._compared += len(known)
        return unknown_name(ref, known, why=why)

    @cached_property
    def _struck_rounds(self) -> Mapping[str, Struck]:
        """Activity → why the first of its struck rounds is so."""
        return {row.partition(".")[0]: struck for row, struck in reversed(self._struck.items())}

    @cached_property
    def _without_rounds(self) -> Collection[str]:
        """The activities, and their milestones, whose rounds are those of meetings that this year does not have."""
        phases = [phase for phase in self._setting.process.phases if applies(phase, self._setting)]
        every = ((phase, activity) for phase in phases for activity in phase.activities)
        repeated = (a for phase, a in every if (a.repeat or phase.repeat) and applies(a, self._setting))
        return {str(name) for activity in repeated for name in (activity.id, *activity.milestones)}

    @cached_property
    def _left_out(self) -> Mapping[str, str]:
        return dict(_left_out(self._setting))

    def needs(
        self, expressions: Sequence[Expression[Any]], row: Row | None, local: Collection[str] = LOCAL
    ) -> tuple[dict[Key, Placed | None], list[Diagnostic]]:
        """What must be computed before these expressions, each with the name that says so; and the unknown names.

        Raises InvalidProcess `limit`: a year of rounds, named in ten thousand expressions, is millions of days to read.
        """
        needed: dict[Key, Placed | None] = {}
        problems: list[Diagnostic] = []
        for expression in expressions:
            for ref in references(expression.tree):
                if ref.name in local and ref.part is None and not self._is_activity_alone(ref.name, row):
                    continue
                try:
                    named = self.find(ref, row)
                except ExpressionError as wrong:
                    problems.append(expression.refused(wrong))
                    continue
                for key in named.needs if named else ():
                    needed.setdefault(key, Mention(expression, ref.at))
                self._read += len(named.needs) if named and len(named.needs) > 1 else 0
                if self._read > MAX_READ:
                    message = f"Namn på det som upprepas står i så många uttryck att fler än {MAX_READ} datum ska läsas"
                    hint = "skriv den omgång som menas, som id.maj, eller dela upp processen"
                    raise InvalidProcess([error(Code.LIMIT, message, expression.place(ref.at), hint)])
        return needed, problems

    def _is_activity_alone(self, name: str, row: Row | None) -> bool:
        """Whether `möte`, `per` or `period` is an activity's id, and no round and no `per` of the row has the word."""
        if name not in LOCAL or name not in self._by_activity or row is None:
            return False
        own = {round_.local for round_ in row.rounds} | ({"per"} if row.activity.as_of is not None else set())
        return name not in own


def _left_out(setting: Setting) -> Iterator[tuple[str, str]]:
    """The names of what `om` prunes, each with the reason."""
    year = setting.frame.budget_year
    for phase in setting.process.phases:
        for activity in phase.activities:
            for name in (activity.id, *activity.milestones):
                if not applies(phase, setting):
                    yield str(name), f"{name} är inte med för budget {year} (fasen {phase.id}: {_condition(phase)})"
                elif not applies(activity, setting):
                    yield str(name), f"{name} är inte med för budget {year} ({_condition(activity)})"
        if not applies(phase, setting):
            yield str(phase.id), f"{phase.id} är inte med för budget {year} ({_condition(phase)})"


def _condition(what: Activity | Phase) -> str:
    return f"”om: {what.condition.text}”" if what.condition else ""


def _sharing_most(rows: Sequence[Row], row: Row) -> list[Row]:
    """Those that share most rounds with the row, counted from the phase's round, else from the innermost; or none."""
    mine = [round_.name for round_ in row.rounds]
    for step in (1, -1):
        theirs = ([round_.name for round_ in r.rounds] for r in rows)
        shared = [sum(takewhile(bool, map(eq, names[::step], mine[::step]))) for names in theirs]
        if most := max(shared):
            return [r for r, count in zip(rows, shared, strict=True) if count == most]
    return []


def _is_struck(struck: Struck, ref: s.Ref) -> ExpressionError:
    hint = f"räkna från något annat, eller {struck.undone}"
    return ExpressionError(f"Okänt namn: {struck}", ref.at, hint, Code.UNKNOWN_NAME)


def _cancelled(row: Row) -> Named:
    """Nothing is counted from what is cancelled: undated, and told."""
    reason = f": {row.cancelled}" if row.cancelled else ""
    return Named((), lambda _: (), row.cancelled_at, why=f"{row.id} är inställt{reason}")


def _edged(part: str | None, keys: Sequence[Key], span: Span | None, follows: str | None = None) -> Named:
    edge = part if part in EDGES else None

    def fetch(results: Results) -> Sequence[Extent]:
        each = [results.extents(key) for key in keys]
        return _edge([extent for found in each for extent in found], edge) if all(each) else ()

    return Named(tuple(keys), fetch, span, follows)


def _edge(extents: Sequence[Extent], part: str | None) -> Sequence[Extent]:
    """The first or last day of it all, for `.start` and `.slut`."""
    if part is None or not extents:
        return extents
    day = min(e.start for e in extents) if part == "start" else max(e.end for e in extents)
    return [Extent(day, day, preliminary=any(e.preliminary for e in extents))]


class RowScope(StaticScope, frozen=True):
    """An expression of an activity, a window or a chain: names are everything in the process.

    `local` holds `möte`, `per`, `period` and chain steps; None marks one that is known but undated.
    """

    names: Names | None = None
    row: Row | None = None
    results: Results = field(default_factory=Results)
    local: Mapping[str, Extent | None] = field(default_factory=dict)

    def is_body(self, name: str) -> bool:
        """Whether the name is a body with meetings, and no step or round nearer has it."""
        return name not in self.local and super().is_body(name)

    def _undecided(self, ref: s.Ref) -> Exception:
        return Undated(ref.name)

    def dates(self, ref: s.Ref) -> Sequence[Extent]:
        """The dates of a local name, an activity, phase, window, milestone or period."""
        # A law's rule has a dotted name among them, `delårsrapport.per`.
        local = ref.name if ref.part is None else f"{ref.name}.{ref.part}"
        if local in self.local:
            extent = self.local[local]
            if extent is None:
                raise Undated
            self.note(f"{ref.name.strip('()')}: {format_extent(extent)}", extent, ref)
            # Around a meeting `möte` is the day of the row itself, in its other expressions that of the round.
            if self.row is not None and THE_MEETING in self.local and ref.name in {"möte", THE_MEETING}:
                self.steps[-1] = replace(self.steps[-1], counts_from=(self.row.id,))
            # A step of the row's chain has steps of its own; not one that the activity's own stop date hides.
            hidden = ref.name == STOP_DATE and self.row is not None and self.row.activity.stop_date is not None
            if self.row is not None and not hidden and ref.name not in (*LOCAL, THE_MEETING):
                self.steps[-1] = replace(self.steps[-1], follows=f"{self.row.id}.{ref.name}")
            return [extent]
        try:
            named = self.names.find(ref, self.row) if self.names else None
        except ExpressionError:
            if ref.name in LOCAL:
                raise
            raise Undated from None  # `needs` has reported it, and all other unknown names
        if named is None:
            return super().dates(ref)
        extents = named.fetch(self.results)
        if not extents:
            if named.why is not None:
                self.steps.append(Step(named.why, span=named.span))
            raise Undated
        days = " och ".join(format_extent(extent) for extent in extents)
        self.steps.append(
            Step(f"{text(ref)}: {days}", extents[0].start, *named.origin(self.results), named.counts_from())
        )
        return extents
