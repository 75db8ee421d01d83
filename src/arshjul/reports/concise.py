"""One line a finding: for editors, `grep` and `sort`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from arshjul.diagnostics import Diagnostic, Severity, Span
from arshjul.formats.terminal import Paint, inert, plain, safe
from arshjul.reports.reported import Reported

MOST_SHOWN = 50

Told = TypeVar("Told")


def concise(findings: Sequence[Reported], paint: Paint = plain, everything: bool = False) -> str:
    """`file:line:column: fel[code]: message`, a line each; empty for no findings.

    Of more than 50 the gravest are told, and the others are counted, unless `everything` is asked for.
    """
    shown = findings if everything else foremost(findings, lambda finding: finding.diagnostic.severity)
    lines = (headline(replace(finding.diagnostic, message=finding.message), paint) for finding in shown)
    return inert("".join(f"{line}\n" for line in lines)) + and_more(len(findings) - len(shown))


def foremost(items: Sequence[Told], severity: Callable[[Told], Severity]) -> Sequence[Told]:
    """The 50 gravest, in the order they came: what gives the exit code is not among those that are only counted."""
    if len(items) <= MOST_SHOWN:
        return items
    ranks = list(Severity)
    gravest = sorted(range(len(items)), key=lambda n: (ranks.index(severity(items[n])), n))[:MOST_SHOWN]
    return [items[n] for n in sorted(gravest)]


def and_more(left: int) -> str:
    """The line that tells how many findings are not shown; empty for none."""
    return f"… och {left} till; -v visar alla\n" if left else ""


def headline(diagnostic: Diagnostic, paint: Paint = plain) -> str:
    """The first line of a finding; without a place it begins with the severity."""
    where = paint(f"{place(diagnostic.span)}: ", "fet") if diagnostic.span else ""
    label = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    return f"{where}{label}: {safe(diagnostic.message)}"


def place(span: Span) -> str:
    """`file:line:column`, as terminals and editors make links of."""
    return f"{safe(span.file)}:{span.line}:{span.column}"
