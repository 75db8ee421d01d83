"""A finding together with what it was found in."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from arshjul.diagnostics import MAX_FINDINGS, Diagnostic, Severity, too_many


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


def summary(findings: Sequence[Reported]) -> str:
    """How many there are of each severity: `2 fel, 1 varning`."""
    words = {
        Severity.ERROR: ("fel", "fel"),
        Severity.WARNING: ("varning", "varningar"),
        Severity.INFO: ("upplysning", "upplysningar"),
    }
    counts = {severity: sum(f.diagnostic.severity is severity for f in findings) for severity in words}
    return ", ".join(f"{n} {words[severity][n > 1]}" for severity, n in counts.items() if n) or "inga fynd"


def most_severe_of_each_file(findings: Sequence[Reported]) -> list[Reported]:
    """At most MAX_FINDINGS of a file, the most severe in the order they came, and then a `limit` that counts the rest.

    What a stage has left out already is in the same count: a file has one such line.
    """
    files: dict[str | None, list[Reported]] = {}
    for finding in findings:
        span = finding.diagnostic.span
        files.setdefault(span.file if span else None, []).append(finding)
    return [finding for of_file in files.values() for finding in _most_severe(of_file)]


def _most_severe(findings: Sequence[Reported]) -> list[Reported]:
    told = [finding for finding in findings if not finding.diagnostic.omitted]
    ranks = list(Severity)
    by_severity = sorted(range(len(told)), key=lambda place: (ranks.index(told[place].diagnostic.severity), place))
    shown = [told[place] for place in sorted(by_severity[:MAX_FINDINGS])]
    left_out = [told[place] for place in by_severity[MAX_FINDINGS:]]
    left_out += [finding for finding in findings if finding.diagnostic.omitted]
    if not left_out:
        return shown
    omitted = sum(finding.diagnostic.omitted or 1 for finding in left_out)
    worst = min((finding.diagnostic.severity for finding in left_out), key=ranks.index)
    last = [*left_out[:1], *shown][-1]
    return [*shown, replace(last, diagnostic=too_many(omitted, last.diagnostic.span, worst))]
