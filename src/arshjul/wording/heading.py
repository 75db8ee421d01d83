"""What stands above the tables: the plan's standing, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.dates.swedish import extent_text
from arshjul.diagnostics import Diagnostic, Severity
from arshjul.formats.text import clean
from arshjul.timeline import Timeline


def standing(timeline: Timeline, findings: Sequence[Diagnostic]) -> str:
    """One line: adopted or draft, how many findings, how much is preliminary.

    `Fastställd: KF 2024-11-25 § 162, dnr KS 2024/12` · `Utkast – 3 fel, 2 varningar. Preliminär: 34 aktiviteter …`
    """
    return ". Preliminär: ".join(filter(None, (worth(timeline, findings), preliminary(timeline))))


def worth(timeline: Timeline, findings: Sequence[Diagnostic]) -> str:
    """Adopted or draft, with its number in the register, and how many findings. A plan with a `fel` is a draft."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    adopted = f"Fastställd: {clean(timeline.decision)}" if timeline.decision and not errors else "Utkast"
    number = timeline.registry_number and f"dnr {clean(timeline.registry_number)}"
    counts = ((errors, "fel"), (warnings, "varning" if warnings == 1 else "varningar"))
    counted = ", ".join(f"{count} {word}" for count, word in counts if count)
    return " – ".join(filter(None, [", ".join(filter(None, [adopted, number])), counted]))


def preliminary(timeline: Timeline) -> str:
    """How many rows wait for their date; empty where none does."""
    if not timeline.preliminary:
        return ""
    subject = "1 aktivitet" if timeline.preliminary == 1 else f"{timeline.preliminary} aktiviteter"
    return f"{subject} utan fastställt datum"


def facts(timeline: Timeline) -> tuple[tuple[str, str], ...]:
    """Label and text of what the definition says about the whole plan, in printed order; may be empty.

    The planning period has both its years: the plan's own year says nothing about a horizon.
    """
    period = timeline.planning_period
    written = (
        ("Syfte", timeline.purpose),
        ("Planperiod", period and extent_text(period, None)),
        ("Processägare", timeline.owner),
        ("Kontakt", timeline.contact),
    )
    return tuple((label, clean(text)) for label, text in written if text)
