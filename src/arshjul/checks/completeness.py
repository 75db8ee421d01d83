"""What `profil: skarp` asks for: who, with whom and why. What nobody fills in is not missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from arshjul.checks.registry import Finding, check
from arshjul.checks.subject import Subject, title_of
from arshjul.codes import Code
from arshjul.diagnostics import Severity
from arshjul.timeline import Activity


@check(Code.MISSING_RESPONSIBLE, Severity.WARNING, strict=True)
def missing_responsible(plan: Subject) -> Iterator[Finding]:
    """Aktiviteten har varken ansvarig eller handläggare.

    Det ingen ansvarar för blir inte gjort. Prövas i ”profil: skarp”, för de typer där minst en tredjedel av raderna
    har någon.

    Skriv ”ansvarig: Budgetcontroller”, eller ”handläggare” för den som skriver tjänsteskrivelsen.
    """
    for row in _lacking(plan, lambda row: row.responsible or row.case_officer):
        yield Finding(f"{title_of(row)} har ingen ansvarig", row.source, "skriv ”ansvarig” eller ”handläggare”")


@check(Code.MISSING_PARTICIPANTS, Severity.WARNING, strict=True)
def missing_participants(plan: Subject) -> Iterator[Finding]:
    """Aktiviteten har inga deltagare.

    Den som ska vara med får inget veta. Prövas i ”profil: skarp”, för de typer där minst en tredjedel av raderna har
    deltagare.

    Skriv ”deltagare: [ekonomi, klg]”, eller ”organ” om det är ett ärende på ett möte.
    """
    for row in _lacking(plan, lambda row: row.participants):
        yield Finding(f"{title_of(row)} har inga deltagare", row.source, "skriv ”deltagare”, eller ”organ”")


@check(Code.MISSING_PURPOSE, Severity.WARNING, strict=True)
def missing_purpose(plan: Subject) -> Iterator[Finding]:
    """Aktiviteten säger inte varför den finns.

    Deltagarna vet inte vad mötet ska leda till. Prövas i ”profil: skarp”, för de typer där minst en tredjedel av
    raderna har ett syfte.

    Skriv ”syfte: Gemensam bild av läget”.
    """
    for row in _lacking(plan, lambda row: row.purpose):
        yield Finding(f"{title_of(row)} har inget syfte", row.source, "skriv ”syfte”")


def _lacking(plan: Subject, value: Callable[[Activity], object]) -> Iterator[Activity]:
    """The rows without the value, of the types of which a third have it."""
    of_type = Counter(row.type for row in plan.rows if row.type)
    having = Counter(row.type for row in plan.rows if row.type and value(row))
    asked = {kind for kind, count in of_type.items() if 3 * having[kind] >= count}
    return (row for row in plan.rows if row.type in asked and not value(row))


@check(Code.MISSING_OWNER, Severity.WARNING, strict=True)
def missing_owner(plan: Subject) -> Iterator[Finding]:
    """Processen har ingen ägare.

    Då vet ingen vem som får ändra tidplanen. Prövas i ”profil: skarp”.

    Skriv ”ägare: Område ekonomi” i processfilen.
    """
    if plan.timeline.owner is None:
        yield Finding("Processen har ingen ägare", plan.process.span, "skriv ”ägare: Område ekonomi”")
