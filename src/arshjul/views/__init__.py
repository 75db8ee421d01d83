"""Timeline → bytes. A renderer sees a plan, never YAML, the clock or the disk; the same plan gives the same bytes.

Importing this room imports no renderer: openpyxl and Jinja are paid for by those who use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module

from arshjul.diagnostics import Diagnostic
from arshjul.timeline import Activity, Timeline
from arshjul.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Plan:
    """What a renderer is given. `templates` maps file name → text; `edition` is `internal` or `public`;
    `word_template` is the Word file to fill.

    `workdays` are those that the plan was reckoned with; `sheets` the further sheets wanted of a workbook; `body` the
    one that the plan is an extract for, `part` that or the group. `beside` are the plans of the same organisation whose
    matters come up at the same meetings, `missing` the names of those that could not be compiled. `calendars` maps what
    a calendar file holds → its name beside the page, for those written in the same run.
    """

    timeline: Timeline
    findings: tuple[Diagnostic, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    edition: str = "internal"
    workdays: Workdays = field(default_factory=Workdays)
    sheets: tuple[str, ...] = ()
    body: str | None = None
    part: str | None = None
    beside: tuple[Plan, ...] = ()
    missing: tuple[str, ...] = ()
    calendars: Mapping[str, str] = field(default_factory=dict)
    word_template: bytes = b""


Renderer = Callable[[Plan], bytes]


def public(timeline: Timeline) -> Timeline:
    """The timeline for everyone: no internal row, no phase that held only such, nothing that tells of one.

    How a date was reckoned and why it deviates names other rows, so steps and reasons stay inside; so do the addresses
    of those who are asked to come.
    """
    shown = tuple(activity for activity in timeline.activities if not activity.internal)
    hidden = {activity.phase for activity in timeline.activities} - {activity.phase for activity in shown}
    ids = frozenset(activity.id for activity in shown)
    return replace(
        timeline,
        activities=tuple(_without_reckoning(activity, ids) for activity in shown),
        phases=tuple(phase for phase in timeline.phases if phase.id not in hidden),
    )


def _without_reckoning(activity: Activity, shown: frozenset[str]) -> Activity:
    return replace(
        activity,
        steps=(),
        reason=None,
        addresses=(),
        inputs=tuple(name for name in activity.inputs if name in shown),
        stop_date=replace(activity.stop_date, steps=()),
        meeting_stop_date=activity.meeting_stop_date and replace(activity.meeting_stop_date, steps=()),
        chain=tuple(replace(step, steps=()) for step in activity.chain),
    )


def edited(plan: Plan) -> Plan:
    """The plan with no more in it than its edition may show."""
    return plan if plan.edition != "public" else _for_everyone(plan)


def _for_everyone(plan: Plan) -> Plan:
    return replace(
        plan, timeline=public(plan.timeline), findings=(), beside=tuple(_for_everyone(other) for other in plan.beside)
    )


def _renderer(name: str) -> Renderer:
    def render(plan: Plan) -> bytes:
        chosen: Renderer = import_module(f"arshjul.views.{name}").render
        return chosen(edited(plan))

    return render


RENDERERS: Mapping[str, Renderer] = {
    "xlsx": _renderer("plan.excel"),
    "md": _renderer("plan.markdown"),
    "html": _renderer("plan.html"),
    "json": _renderer("plan.json"),
    "csv": _renderer("plan.csv"),
    "ics": _renderer("calendar.ics"),
    "bokningslista": _renderer("calendar.bookings"),
    "pdf": _renderer("plan.pdf"),
    "docx": _renderer("plan.word"),
}
# Format → the library it needs, and the extra of arshjul that brings it.
EXTRAS: Mapping[str, tuple[str, str]] = {"pdf": ("typst", "pdf"), "docx": ("docxtpl", "word")}
SHEETS = ("gantt", "bodies", "windows", "holidays")
# What comes after the name of the plan in the name of the file.
ENDINGS: Mapping[str, str] = {name: f".{name}" for name in RENDERERS} | {"bokningslista": "-bokningslista.csv"}
