"""A small plan by hand with all a renderer meets: hostile text, ranges, months, undated, cancelled, preliminary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arshjul.codes import Code
from arshjul.dates.extent import Clock, Dated, Extent, Precision
from arshjul.dates.syntax import Duration, Unit
from arshjul.definition import ActivityType
from arshjul.diagnostics import Diagnostic, Severity, Source, Span
from arshjul.shipped import ShippedText
from arshjul.timeline import (
    Activity,
    ChainStep,
    Occurrence,
    Phase,
    RowId,
    Status,
    Step,
    StopDate,
    StopKind,
    Timeline,
    TimeWindow,
)
from arshjul.views.publication import Publication, WebPage

SOURCE = Source("processes/rambudget/process.yaml", "process: rambudget\n")
SPAN = Span(SOURCE, 7, 3, 7, 20)
TEMPLATES = Path(__file__).parents[2] / "templates"
NO_STOP = StopDate(StopKind.NOT_REQUIRED, applies=False)
HOSTILE = "<script>alert(1)</script> a|b *fet* [x](http://x)\x07\nrad två"


def dated(start: date, end: date | None = None, precision: Precision = Precision.DAY, **traits: object) -> Dated:
    """A date of the plan, in the year of which all of it but the analysis lies."""
    implied = 2022 if start.year == 2022 else None
    return Dated(Extent(start, end or start, precision), implied_year=implied, **traits)  # type: ignore[arg-type]


def day(start: date) -> Occurrence:
    """One day of an activity."""
    return Occurrence(dated(start))


def activity(identity: str, title: str, *occurrences: Occurrence, **traits: object) -> Activity:
    """An activity of the phase `ram` without a stop date, but for what is said."""
    usual = {
        "phase": "ram",
        "type": None,
        "body": None,
        "year_concerned": 2023,
        "status": Status.PLANNED,
        "stop_date": NO_STOP,
        "source": SPAN,
    }
    return Activity(row=RowId(*identity.split(".")), title=title, occurrences=occurrences, **(usual | traits))  # type: ignore[arg-type]


ANALYSIS = activity(
    "analys",
    "Uppstart omvärldsanalys",
    day(date(2021, 9, 17)),
    Occurrence(dated(date(2021, 11, 1), date(2021, 11, 30), Precision.MONTH)),
    day(date(2022, 2, 2)),
    phase="analys",
    participants={"tjänstemän": ("KLG", "ekonomichefer"), "fackliga": ("CSG",)},
)
HEARING = activity(
    "remiss",
    "=cmd()|'/c calc'!A1",
    Occurrence(dated(date(2022, 4, 28), date(2022, 5, 5))),
    comment=HOSTILE,
)
DECISION = activity(
    "budget_ks",
    "KS: rambudget 2023",
    day(date(2022, 6, 7)),
    type=ActivityType.DECISION,
    body="KS",
    participants={"förtroendevalda": ("KS",)},
    stop_date=StopDate(StopKind.DATE, dated(date(2022, 5, 24)), steps=(Step("14 dagar före"),)),
    case_officer="Område styrning",
    chain=(ChainStep("utskick", dated(date(2022, 5, 31))), ChainStep("justering", cancelled=True)),
    milestones=("budgetförslag",),
    steps=(Step("KS i juni", date(2022, 6, 7), SPAN), Step("sammanträdesplanen")),
)
ON_TABLE = activity(
    "budget_kf",
    "KF: rambudget 2023",
    Occurrence(dated(date(2022, 6, 20), clock=Clock(780)), preliminary=True),
    type=ActivityType.DECISION,
    status=Status.PRELIMINARY,
    stop_date=StopDate(StopKind.ON_TABLE),
)
CANCELLED = activity(
    "dialog",
    "Dialog",
    day(date(2022, 6, 23)),
    status=Status.CANCELLED,
    cancelled="inga ärenden",
)
INTERNAL = activity("intern", "Hemlig genomgång", day(date(2022, 6, 30)), internal=True, comment="bara för oss")
UNDATED = activity(
    "forsakran",
    "Försäkran",
    status=Status.UNDATED,
    as_of=day(date(2022, 12, 31)),
    stop_date=StopDate(StopKind.MISSING),
)

TIMELINE = Timeline(
    process="rambudget",
    budget_year=2023,
    title="Tidplan budget 2023",
    organisation="Exempelkommun",
    phases=(
        Phase("analys", "Insamling & analys", date(2021, 9, 17), date(2022, 2, 2)),
        Phase("ram", None, date(2022, 4, 28), date(2022, 6, 30), comment="Ramen _sätts_."),
    ),
    activities=(ANALYSIS, HEARING, DECISION, ON_TABLE, CANCELLED, INTERNAL, UNDATED),
    windows=(
        TimeWindow(
            "namndstid",
            "Nämndernas tid",
            dated(date(2022, 6, 21), date(2022, 9, 27)),
            70,
            Duration(40, Unit.WORKING_DAY),
        ),
    ),
    owner="Ekonomichefen",
    files=("processes/rambudget/process.yaml",),
)
FINDINGS = (
    Diagnostic(Code.MISSING_STOP_DATE, Severity.ERROR, "stoppdatum saknas", SPAN, "skriv stoppdatum:"),
    Diagnostic(Code.DAY_OFF, Severity.WARNING, "Hemlig genomgång ligger på en helgdag", None),
)


@pytest.fixture
def timeline() -> Timeline:
    """The plan's timeline."""
    return TIMELINE


@pytest.fixture
def plan() -> Publication:
    """The plan with its findings and the shipped templates."""
    templates = {path.name: ShippedText(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.glob("*.j*"))}
    return Publication(
        TIMELINE, FINDINGS, page=WebPage(templates), word_template=(TEMPLATES / "tidplan.docx").read_bytes()
    )
