"""The definition as written: pydantic models with Swedish keys; errors become Diagnostics with spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from arshjul.dates import syntax
from arshjul.diagnostics import Severity, Span
from arshjul.source import Fields, Text

T = TypeVar("T")

# SKELETON of the interface: every class below becomes a frozen pydantic model (extra="forbid", Swedish aliases,
# descriptions in Swedish for the JSON schema). Names and types of the attributes are the contract.


@dataclass(frozen=True, slots=True)
class Expression(Generic[T]):
    """A parsed expression and the text it came from."""

    tree: T
    text: Text

    def place(self, at: tuple[int, int]) -> Span | None:
        return self.text.locate(*at)


class ActivityType(StrEnum):
    """`typ` of an activity, in the order of spec 2."""

    DECISION = "beslut"
    PREPARATION = "beredning"
    DELIBERATION = "överläggning"
    NEGOTIATION = "förhandling"
    CONSULTATION = "samverkan"
    INFORMATION = "information"
    DIALOGUE = "dialog"
    REFERRAL = "remiss"
    INSTRUCTION = "anvisning"
    SUBMISSION = "inlämning"
    DISPATCH = "utskick"
    HANDOVER = "överlämnande"
    NOTICE = "anmälan"
    PUBLICATION = "publicering"
    WORK = "arbete"
    FOLLOW_UP = "uppföljning"
    ACCOUNTS = "bokslut"
    OUTLOOK = "omvärld"


class Show(StrEnum):
    WINDOW = "fönster"
    SEPARATE = "var_för_sig"


class Repeat:
    """`upprepa`: over periods (`{period: [februari, mars], år: B-1}`) or meetings (`{möte: BUN, i: B-1}`)."""

    periods: tuple[Expression[syntax.Period], ...] | None  # period
    year: Expression[syntax.BudgetYear] | None  # år
    body: Text | None  # möte
    within: Expression[syntax.Period] | None  # i


class Activity:
    id: Text  # made from the title where left out (then `named` is False)
    named: bool
    title: Text
    when: Expression[syntax.Value] | None  # när
    start: Expression[syntax.Value] | None
    end: Expression[syntax.Value] | None  # slut
    length: Expression[syntax.Duration] | None  # längd
    time: tuple[syntax.DayPart | syntax.ClockTime, ...]  # tid: "kl 13.00", "13.00", "fm", "kl 9–12"
    place: Text | None  # plats
    as_of: Expression[syntax.Value] | None  # per
    concerns: Expression[syntax.BudgetYear] | None  # avser
    stop_date: Expression[syntax.Stop] | None  # stoppdatum
    body: Text | None  # organ
    type: ActivityType | None  # typ
    participants: tuple[Text, ...] | Mapping[Text, tuple[Text, ...]]  # deltagare: list, or map column -> list
    responsible: Text | None  # ansvarig
    case_officer: Text | None  # handläggare
    recipient: Text | None  # till
    purpose: Text | None  # syfte
    goal: Text | None  # mål
    comment: Text | None  # kommentar
    inputs: tuple[Text, ...]  # underlag: names of activities
    milestones: tuple[Text, ...]  # milstolpe: one or a list
    condition: Expression[syntax.Condition] | None  # om
    repeat: Repeat | None  # upprepa
    show: Show  # visa
    reserve: Expression[syntax.Value] | None  # reservdag
    preliminary: bool  # preliminärt
    if_needed: bool  # vid_behov
    cancelled: Text | None  # inställt: the reason
    internal: bool  # intern
    reason: Text | None  # skäl
    tags: tuple[Text, ...]  # taggar
    link: Text | None  # länk, https/http/mailto only
    reference: Text | None  # källa
    span: Span | None  # where the activity begins (its id, else its title)


class Phase:
    id: Text  # made from the title where left out
    title: Text | None
    runs: Expression[syntax.DateSpan] | None  # löper
    condition: Expression[syntax.Condition] | None  # om
    concerns: Expression[syntax.BudgetYear] | None  # avser
    repeat: Repeat | None  # upprepa
    comment: Text | None
    activities: tuple[Activity, ...]
    span: Span | None


class Body:
    """`organ`; `chain` maps step → expression, in written order; the short form is a chain of `stoppdatum`."""

    id: Text
    name: Text
    group: Text | None
    weekday: syntax.Weekday | None  # veckodag
    time: tuple[syntax.DayPart | syntax.ClockTime, ...]
    place: Text | None
    stop_date: Expression[syntax.Stop] | None  # stoppdatum: either this or a step of the chain
    chain: Mapping[Text, Expression[syntax.Value]]  # kedja
    preliminary: tuple[Expression[syntax.Value], ...]  # preliminärt: draft rules
    prepared_by: Text | None  # bereds_av


class Role:
    id: Text
    name: Text
    group: Text | None
    email: Text | None


class Meeting:
    """One entry of a meeting plan. `steps` maps chain step → its own date, or None for `utgår`."""

    date: Expression[syntax.Simple]  # datum
    matters: tuple[Text, ...]  # ärenden
    time: tuple[syntax.DayPart | syntax.ClockTime, ...]
    place: Text | None
    cancelled: Text | None  # inställt: ja or the reason
    preliminary: bool
    moved_from: Expression[syntax.Simple] | None  # flyttad_från
    steps: Mapping[Text, Expression[syntax.Value] | None]
    span: Span | None


class MeetingPlan:
    """The meetings of one calendar year, body → entries in written order."""

    calendar_year: int
    decision: Text | None  # beslutad
    meetings: Mapping[Text, tuple[Meeting, ...]]


class Squeeze(StrEnum):
    """klämdagar"""

    WORKED = "arbetsdag"
    FREE = "ledig"
    WARN = "varna"


class Closed:
    when: Expression[syntax.Value]  # när
    name: Text  # namn


class Calendar:
    half_days: Squeeze  # halvdagar: arbetsdag (default) | ledig | varna
    squeeze_days: Squeeze  # klämdagar
    closed: tuple[Closed, ...]  # stängt
    periods: Mapping[Text, Expression[syntax.Value]]  # perioder
    avoid: tuple[Text, ...]  # undvik; empty default means July


class Window:
    id: Text
    title: Text
    start: Expression[syntax.Value]
    end: Expression[syntax.Value]  # slut
    body: Text | None  # organ
    minimum: Expression[syntax.Duration] | None  # minst
    span: Span | None


class Requirement:
    id: Text
    rule: Expression[syntax.Rule]  # regel
    level: Severity  # nivå, default fel for krav
    text: Text | None
    law: Text | None  # lag
    condition: Expression[syntax.Condition] | None  # om
    exception: Expression[syntax.Condition] | None  # undantag
    reviewed: Text | None  # granskad
    span: Span | None


class Checks:
    profile: str  # start | skarp
    levels: Mapping[Text, str]  # code → fel | varning | info | av


class Column:
    field: Text
    heading: Text


class Process:
    id: Text
    title: Text
    organisation: Text | None
    purpose: Text | None
    owner: Text | None
    contact: Text | None
    registry_number: Text | None  # dnr
    decision: Text | None  # beslut
    runs: Expression[syntax.DateSpan] | None  # löper
    planning_period: Expression[syntax.Value] | None  # planperiod, "B till B+2"
    columns: tuple[Column, ...]  # empty: the default
    calendar: Calendar
    bodies: Mapping[Text, Body]
    groups: Mapping[Text, tuple[Text, ...]]  # organgrupper
    roles: Mapping[Text, Role]
    plans: Mapping[int, MeetingPlan]  # per calendar year, all files merged
    phases: tuple[Phase, ...]
    windows: tuple[Window, ...]
    requirements: tuple[Requirement, ...]  # krav
    law_sets: tuple[Text, ...]  # lagkrav of the process: the names chosen
    laws: Mapping[Text, tuple[Requirement, ...]]  # lagkrav of the library files: set → rules
    checks: Checks
    flags: Mapping[Text, Text]  # flaggor of the year: name → reason
    unexplained: int  # how many deviations say `ej angivet`
    files: tuple[str, ...]  # every file read, sorted
    span: Span | None


def validate(main: Fields, parts: Sequence[Fields], deviations: Fields | None) -> Process: ...
