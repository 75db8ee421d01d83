"""What day it is: the only clock of the program. Every command that asks it can be given another day."""

from __future__ import annotations

from datetime import date

from arshjul.cli.exits import UsageError


def today(given: str | None = None) -> date:
    """The day given as `2026-03-10`, else that of the machine."""
    if given is None:
        return date.today()  # noqa: DTZ011 - the day where the user sits is what is meant
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"”{given}” är ingen dag", "skriv år, månad och dag: 2026-03-10") from None
    return day
