"""A finding together with what it was found in."""

from __future__ import annotations

from dataclasses import dataclass

from arshjul.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Reported:
    """`process` is an id or, where the file does not tell one, its path; `years` are the budget years, ascending,
    empty for what is wrong whatever the year."""

    diagnostic: Diagnostic
    process: str | None = None
    years: tuple[int, ...] = ()
