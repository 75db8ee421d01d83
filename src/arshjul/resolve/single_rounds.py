"""Single rounds that are changed or struck: `rapport.mars`, by the name of the round or the matter of its meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace as copied
from functools import partial
from itertools import islice, starmap

from msgspec import Struct
from msgspec.structs import replace

from arshjul.codes import Code
from arshjul.diagnostics import Diagnostic, did_you_mean, error, first_findings
from arshjul.resolve.rows import Row, Unfolded, applies
from arshjul.resolve.scope import Setting
from arshjul.source import Text

MOST_LISTED = 20
MOST_COMPARED = 200


class _Rounds(Struct, frozen=True):
    """The rows of an activity with rounds, or the rounds of a phase, by id; and those that have each matter.

    `over_periods`: which there are does not hang on the year's meetings alone.
    """

    ids: dict[str, None]
    by_matter: dict[str, list[str]]
    over_periods: list[bool]

    def add(self, row: str, matters: Iterable[str], over_meetings: bool) -> None:
        self.ids[row] = None
        self.over_periods.append(not over_meetings)
        for matter in dict.fromkeys(matters):
            self.by_matter.setdefault(matter, []).append(row)


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
    phases = {phase.id: phase for phase in unfolded.phases if phase.id not in gone}
    for round_, new in changed.items():
        if round_ in phases:
            phases[round_] = replace(phases[round_], phase=process.phase_rounds[new])
    kept: list[Row] = []
    lost = {phase: struck[name] for phase, name in gone.items()}
    for row in unfolded.rows:
        name = gone.get(row.id) or gone.get(row.phase.id)
        if name is None:
            kept.append(replace(row, phase=phases[row.phase.id]))
            if row.id in changed:
                new = changed[row.id]
                kept[-1] = replace(kept[-1], activity=process.rounds[new], changed_as=str(new))
            continue
        for own in (row.id, *(f"{row.activity.id}.{matter}" for matter in row.second_names)):
            lost.setdefault(own, struck[name])
    return copied(unfolded, phases=[*phases.values()], rows=kept, struck=lost, problems=problems)


def _rounds_of(wanted: set[str], unfolded: Unfolded) -> dict[str, _Rounds]:
    """The rounds of the activities and phases that are wanted."""
    rounds = {name: _Rounds({}, {}, []) for name in wanted}
    for phase in unfolded.phases:
        if phase.phase.id in wanted and phase.round:
            rounds[phase.phase.id].add(phase.id, phase.round.matters, phase.round.local == "möte")
    for row in unfolded.rows:
        if row.activity.id in wanted and row.round_name:
            over_meetings = any(round_.local == "möte" for round_ in row.rounds)
            rounds[row.activity.id].add(row.id, row.second_names, over_meetings)
    return rounds


def _by_round(
    names: Iterable[Text],
    rounds: Mapping[str, _Rounds],
    unfolded: Unfolded,
    setting: Setting,
    problems: list[Diagnostic],
) -> dict[str, Text]:
    """The id of each round that is meant → the name under which it is; what means none or several is a problem."""
    found: dict[str, Text] = {}
    wrong: list[tuple[Text, list[str]]] = []
    process = setting.process
    silent = {name.partition(".")[0] for name in unfolded.failed}
    for name in names:
        whole, _, part = name.partition(".")
        own = rounds[whole]
        matching = [str(name)] if name in own.ids else own.by_matter.get(part, [])
        if len(matching) == 1 and matching[0] not in found:
            found[matching[0]] = name
        elif whole not in silent:
            wrong.append((name, matching))
    # Of what `om` takes away, no round is missed.
    phases = [phase for phase in process.phases if wrong and applies(phase, setting)]
    standing = {str(phase.id) for phase in phases}
    standing |= {str(row.id) for phase in phases for row in phase.activities if applies(row, setting)}
    wholes = [name.partition(".")[0] for name, _ in wrong]
    missed = [(*each, rounds[whole]) for each, whole in zip(wrong, wholes, strict=True) if whole in standing]
    # A process that builds on another speaks of every year: one without a second meeting in May lacks nothing.
    missed = [each for each in missed if each[1] or each[0] in process.rounds_of_year or any(each[2].over_periods)]
    problems += first_findings(starmap(partial(_problem, setting), missed), len(missed))
    return found


def _problem(setting: Setting, name: Text, matching: list[str], own: _Rounds) -> Diagnostic:
    year = setting.frame.budget_year
    if len(matching) > 1:
        message = f"”{name}” är flera omgångar: {_listed(matching)}"
        return error(Code.UNKNOWN_TARGET, message, name.span, f"skriv en av {_listed(matching)}")
    if matching:
        message = f"”{name}” är samma omgång som ”{matching[0]}”, som också ändras eller stryks"
        return error(Code.DUPLICATE_ID, message, name.span, "skriv det på ett ställe")
    if not own.ids:
        message = f"”{name}” finns inte: det finns inga omgångar för budget {year}"
        return error(Code.UNKNOWN_TARGET, message, name.span, "ta bort raden")
    known = [row.partition(".")[2] for row in islice(own.ids, MOST_COMPARED)]
    near = did_you_mean(name.partition(".")[2], known, few=0) or ""
    hint = f"{near} omgångarna är {_listed(list(own.ids))}".strip()
    return error(Code.UNKNOWN_TARGET, f"”{name}” finns inte för budget {year}", name.span, hint)


def _listed(rounds: list[str]) -> str:
    more = f" … ({len(rounds) - MOST_LISTED} till)" if len(rounds) > MOST_LISTED else ""
    return ", ".join(rounds[:MOST_LISTED]) + more
