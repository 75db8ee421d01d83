"""Single rounds that are changed or struck: `rapport.mars`, by the name of the round or the matter of its meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.definition import Process
from arshjul.diagnostics import Diagnostic, did_you_mean, error
from arshjul.resolve.rows import PhaseRow, Row, Unfolded, applies
from arshjul.resolve.scope import Setting
from arshjul.source import Text

MOST_LISTED = 20


class _Round(Struct, frozen=True):
    """One row of an activity with rounds, or one round of a phase. `of_meeting`: the year's meetings decide of it."""

    id: str
    matters: frozenset[str]
    of_meeting: bool


def with_single_rounds(unfolded: Unfolded, setting: Setting) -> Unfolded:
    """The rows with the changes of single rounds made, and without those that are struck.

    `problems` of the result has an unknown-target for each round that is not there, with those that are.
    """
    process = setting.process
    struck = {Text(name, gone.place): gone for name, gone in process.struck.items() if "." in name}
    if not (process.rounds or process.phase_rounds or struck):
        return unfolded
    problems: list[Diagnostic] = []
    rounds = _rounds_of(
        {name.partition(".")[0] for name in (*process.rounds, *process.phase_rounds, *struck)}, unfolded
    )
    changed = _by_round((*process.rounds, *process.phase_rounds), rounds, unfolded, setting, problems)
    gone = _by_round(struck, rounds, unfolded, setting, problems)
    phases = {phase.id: _changed_phase(phase, changed, process) for phase in unfolded.phases if phase.id not in gone}
    kept: list[Row] = []
    lost = {phase: struck[name] for phase, name in gone.items()}
    for row in unfolded.rows:
        name = gone.get(row.id) or gone.get(row.phase.id)
        if name is None:
            kept.append(_changed_row(replace(row, phase=phases[row.phase.id]), changed, process))
            continue
        for own in (row.id, *(f"{row.activity.id}.{matter}" for matter in row.second_names)):
            lost.setdefault(own, struck[name])
    return Unfolded([*phases.values()], kept, unfolded.failed, lost, problems, unfolded.size)


def _changed_row(row: Row, changed: Mapping[str, Text], process: Process) -> Row:
    name = changed.get(row.id)
    return row if name is None else replace(row, activity=process.rounds[name], changed_as=str(name))


def _changed_phase(phase: PhaseRow, changed: Mapping[str, Text], process: Process) -> PhaseRow:
    name = changed.get(phase.id)
    return phase if name is None else replace(phase, phase=process.phase_rounds[name])


def _rounds_of(wanted: set[str], unfolded: Unfolded) -> dict[str, list[_Round]]:
    """The rounds of the activities and phases that are wanted."""
    rounds: dict[str, list[_Round]] = {name: [] for name in wanted}
    for phase in unfolded.phases:
        if phase.phase.id in wanted and phase.round:
            found = _Round(phase.id, frozenset(phase.round.matters), phase.round.local == "möte")
            rounds[phase.phase.id].append(found)
    for row in unfolded.rows:
        if row.activity.id in wanted and row.round_name:
            of_meeting = any(round_.local == "möte" for round_ in row.rounds)
            rounds[row.activity.id].append(_Round(row.id, frozenset(row.second_names), of_meeting))
    return rounds


def _by_round(
    names: Iterable[Text],
    rounds: Mapping[str, list[_Round]],
    unfolded: Unfolded,
    setting: Setting,
    problems: list[Diagnostic],
) -> dict[str, Text]:
    """The id of each round that is meant → the name under which it is; what means none or several is a problem."""
    found: dict[str, Text] = {}
    failed = {name.partition(".")[0] for name in unfolded.failed}
    for name in names:
        whole, _, part = name.partition(".")
        own = rounds[whole]
        matching = [each for each in own if each.id == name] or [each for each in own if part in each.matters]
        if len(matching) == 1 and matching[0].id not in found:
            found[matching[0].id] = name
        elif whole not in failed and whole in _standing(setting):
            problems.extend(_problem(name, matching, own, setting))
    return found


def _standing(setting: Setting) -> Iterator[str]:
    """The ids of the phases and activities that `om` lets stand."""
    for phase in setting.process.phases:
        if applies(phase, setting):
            yield str(phase.id)
            yield from (str(activity.id) for activity in phase.activities if applies(activity, setting))


def _problem(name: Text, matching: list[_Round], own: list[_Round], setting: Setting) -> Iterator[Diagnostic]:
    year = setting.frame.budget_year
    if len(matching) > 1:
        message = f"”{name}” är flera omgångar: {_listed(matching)}"
        yield error(Code.UNKNOWN_TARGET, message, name.span, f"skriv en av {_listed(matching)}")
    elif matching:
        message = f"”{name}” är samma omgång som ”{matching[0].id}”, som också ändras eller stryks"
        yield error(Code.DUPLICATE_ID, message, name.span, "skriv det på ett ställe")
    elif not own:
        if name in setting.process.rounds_of_year:
            message = f"”{name}” finns inte: det finns inga omgångar för budget {year}"
            yield error(Code.UNKNOWN_TARGET, message, name.span, "ta bort raden")
    # A process that builds on another speaks of every year: one without a second meeting in May lacks nothing.
    elif name in setting.process.rounds_of_year or not all(each.of_meeting for each in own):
        near = did_you_mean(name.partition(".")[2], [each.id.partition(".")[2] for each in own], few=0) or ""
        hint = f"{near} omgångarna är {_listed(own)}".strip()
        yield error(Code.UNKNOWN_TARGET, f"”{name}” finns inte för budget {year}", name.span, hint)


def _listed(rounds: list[_Round]) -> str:
    shown = [each.id for each in rounds[:MOST_LISTED]]
    more = f" … ({len(rounds) - MOST_LISTED} till)" if len(rounds) > MOST_LISTED else ""
    return ", ".join(shown) + more
