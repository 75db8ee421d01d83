"""Rules for a tidplan that was read from a document, and for several years of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from arshjul.dates.extent import Precision
from arshjul.intake.plan.dates import days_of
from arshjul.intake.plan.project import activity_entries, meetings_of, runs_of
from arshjul.intake.plan.proposal import Proposal, ProposedRow
from arshjul.intake.rules.choosing import RuleKey, rules_of
from arshjul.intake.rules.evidence import PlanYear, RuleRow
from arshjul.intake.rules.pairing import TitledRow, paired
from arshjul.intake.rules.questions import comment, questions


class ProposedRules(Struct, frozen=True):
    """Id → the comments above the activity, and id → the keys that give its dates by rules.

    `questions` are lines about the dates that are in every year and got no rule.
    """

    comments: Mapping[str, tuple[str, ...]]
    chosen: Mapping[str, Mapping[str, str]]
    questions: tuple[str, ...] = ()

    def told(self) -> Iterator[str]:
        """Lines for whoever asked for rules: how many were put in, and what is left to decide."""
        if self.chosen:
            yield ""
            yield f"{len(self.chosen)} aktiviteter fick regler som gäller i alla åren"
        if self.questions:
            yield "utan en regel som gäller i alla åren; vad reglerna ger år för år:"
            yield from (f"  {line}" for line in self.questions)


def proposed_rules(proposals: Sequence[Proposal], *, put_in: bool) -> ProposedRules:
    """The rules of the last proposal; with several years those that hold in every one of them, put in if `put_in`."""
    known = titled_rows(proposals[-1])
    plans = [evidence_of(each, {} if each is proposals[-1] else paired(known, titled_rows(each))) for each in proposals]
    found = rules_of(plans)
    comments: dict[str, tuple[str, ...]] = {}
    chosen: dict[str, dict[str, str]] = {}
    for each in found:
        if each.chosen is not None and put_in:
            chosen.setdefault(each.key.row, {})[each.key.key] = each.chosen.text
        if text := comment(each):
            name = "" if each.key.key == "när" else f" för {each.key.key}"
            comments[each.key.row] = (*comments.get(each.key.row, ()), f"regler{name}: {text}")
    keys = {each.key for each in found}
    for row, of_row in list(chosen.items()):
        if "när" not in of_row and {RuleKey(row, "start"), RuleKey(row, "slut")} <= keys and len(of_row) < 2:
            del chosen[row]  # one end by a rule and the other as written would hide which is which
    asked = tuple(questions(found, plans)) if put_in and len(plans) > 1 else ()
    return ProposedRules(comments, chosen, asked)


def titled_rows(proposal: Proposal) -> list[TitledRow]:
    """The rows by the ids that they get."""
    return [
        TitledRow(each.id, each.row.title, each.row.body or None, _month(each.row, proposal.budget_year))
        for each in activity_entries(proposal)
    ]


def evidence_of(proposal: Proposal, names: Mapping[str, str]) -> PlanYear:
    """The rows with one date, or one stretch of days, and the meetings that the plan names.

    Ids are those of the year that gets rules: `names` maps those of this year to them.
    """
    taken = set(names.values())
    rows = tuple(
        RuleRow(names.get(entry.id, f"_{entry.id}" if entry.id in taken else entry.id), *ends, entry.row.body or None)
        for entry in activity_entries(proposal)
        if (ends := _ends(entry.row)) is not None
    )
    meetings: dict[str, list[date]] = {}
    for plan in meetings_of(proposal).values():
        for body, days in plan.items():
            meetings.setdefault(body, []).extend(date.fromisoformat(day.removeprefix("prel. ")) for day in days)
    in_order = {body: tuple(sorted(days)) for body, days in meetings.items()}
    return PlanYear(proposal.budget_year, rows, in_order, runs_of(proposal))


def _ends(row: ProposedRow) -> tuple[date, date] | None:
    if row.dates is None or len(row.dates.items) != 1 or row.cancelled:
        return None
    item = row.dates.items[0]
    first = days_of(item.dates.start.phrase)
    last = days_of(item.dates.end.phrase) if item.dates.end else first
    certain = first.precision is last.precision is Precision.DAY and not (item.deadline or item.earliest)
    return (first.start, last.end) if certain else None


def _month(row: ProposedRow, budget_year: int) -> int | None:
    return next(((day.year - budget_year) * 12 + day.month for day in row.days), None)
