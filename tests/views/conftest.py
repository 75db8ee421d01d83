"""A small plan by hand with all a renderer meets: hostile text, ranges, months, undated, cancelled, preliminary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arshjul.codes import Code
from arshjul.dates.extent import Clock, Precision
from arshjul.dates.syntax import DayPart
from arshjul.definition import ActivityType
from arshjul.diagnostics import Diagnostic, Severity, Source, Span
from arshjul.shipped import ShippedText
from arshjul.timeline import (
    Activity,
    ChainStep,
    Occurrence,
    Phase,
    Status,
    Step,
    StopDate,
    StopKind,
    Timeline,
    Window,
)
from arshjul.views import Plan

SOURCE = Source("processes/rambudget/process.yaml", "process: rambudget\n")
SPAN = Span(SOURCE, 7, 3, 7, 20)
TEMPLATES = Path(__file__).parents[2] / "templates"
NO_STOP = StopDate(StopKind.NOT_REQUIRED, "")
HOSTILE = "<script>alert(1)</script> a|b *fet* [x](http://x)\x07\nrad två"


def day(text: str, start: date, **traits: object) -> Occurrence:
    """One day of an activity."""
    return Occurrence(start, start, Precision.DAY, text, **traits)  # type: ignore[arg-type]


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
    return Activity(id=identity, title=title, occurrences=occurrences, **(usual | traits))  # type: ignore[arg-type]


ANALYSIS = activity(
    "analys",
    "Uppstart omvärldsanalys",
    day("fredag 17 september 2021", date(2021, 9, 17)),
    Occurrence(date(2021, 11, 1), date(2021, 11, 30), Precision.MONTH, "november 2021"),
    day("onsdag 2 februari", date(2022, 2, 2)),
    phase="analys",
    participants={"tjänstemän": ("KLG", "ekonomichefer"), "fackliga": ("CSG",)},
)
HEARING = activity(
    "remiss",
    "=cmd()|'/c calc'!A1",
    Occurrence(date(2022, 4, 28), date(2022, 5, 5), Precision.DAY, "28 april–5 maj"),
    comment=HOSTILE,
)
DECISION = activity(
    "budget_ks",
    "KS: rambudget 2023",
    day("tisdag 7 juni", date(2022, 6, 7)),
    type=ActivityType.DECISION,
    body="KS",
    participants={"förtroendevalda": ("KS",)},
    stop_date=StopDate(StopKind.DATE, "tisdag 24 maj", date(2022, 5, 24), steps=(Step("14 dagar före"),)),
    case_officer="Område styrning",
    chain=(ChainStep("utskick", date(2022, 5, 31), "tisdag 31 maj"), ChainStep("justering", None, "utgår")),
    milestones=("budgetförslag",),
    steps=(Step("KS i juni", date(2022, 6, 7), SPAN), Step("sammanträdesplanen")),
)
ON_TABLE = activity(
    "budget_kf",
    "KF: rambudget 2023",
    day("måndag 20 juni kl 13.00", date(2022, 6, 20), preliminary=True, clock=Clock(780), part=DayPart.AFTERNOON),
    type=ActivityType.DECISION,
    status=Status.PRELIMINARY,
    stop_date=StopDate(StopKind.ON_TABLE, "på bordet"),
)
CANCELLED = activity(
    "dialog",
    "Dialog",
    day("torsdag 23 juni", date(2022, 6, 23)),
    status=Status.CANCELLED,
    cancelled="inga ärenden",
)
INTERNAL = activity(
    "intern", "Hemlig genomgång", day("torsdag 30 juni", date(2022, 6, 30)), internal=True, comment="bara för oss"
)
UNDATED = activity(
    "forsakran",
    "Försäkran",
    status=Status.UNDATED,
    as_of=day("lördag 31 december", date(2022, 12, 31)),
    stop_date=StopDate(StopKind.MISSING, "saknas"),
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
        Window(
            "namndstid",
            "Nämndernas tid",
            date(2022, 6, 21),
            date(2022, 9, 27),
            Precision.DAY,
            70,
            "21 juni–27 september",
            "40 arbetsdagar",
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
def plan() -> Plan:
    """The plan with its findings and the shipped templates."""
    templates = {path.name: ShippedText(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.glob("*.j*"))}
    return Plan(TIMELINE, FINDINGS, templates, word_template=(TEMPLATES / "tidplan.docx").read_bytes())
