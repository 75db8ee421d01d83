"""A finding together with what it was found in."""

from __future__ import annotations

from msgspec import Struct

from arshjul.diagnostics import Diagnostic


class Reported(Struct, frozen=True):
    """`process` is an id or, where the file gives none, its path.

    `years` are the budget years that the finding hits, ascending, of the `checked` ones that were looked at. The words
    are those of the first year.
    """

    diagnostic: Diagnostic
    process: str | None = None
    years: tuple[int, ...] = ()
    checked: int = 1

    @property
    def reach(self) -> str | None:
        """How many of the years it hits and when first, in words; None where only one year was looked at."""
        if self.checked < 2 or not self.years:
            return None
        if len(self.years) == self.checked:
            return f"alla {self.checked} åren från {self.years[0]}"
        return f"{len(self.years)} av {self.checked} år, första gången {self.years[0]}"

    @property
    def message(self) -> str:
        """The finding's message with its years."""
        return f"{self.diagnostic.message} ({self.reach})" if self.reach else self.diagnostic.message

    @property
    def advice(self) -> str:
        """Message, hint, and that the fix can be had without typing, a line each."""
        hint, fix = self.diagnostic.hint, self.diagnostic.fix
        lines = [self.message, f"hjälp: {hint}" if hint else "", "rättas av: arshjul check --fix" if fix else ""]
        return "\n".join(filter(None, lines))
