"""One line a finding: for editors, `grep` and `sort`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from arshjul.diagnostics import Diagnostic, Severity, Span
from arshjul.formats.terminal import Paint, inert, plain, safe
from arshjul.reports.reported import Reported

MOST_SHOWN = 50

Item = TypeVar("Item")


def concise(findings: Sequence[Reported], paint: Paint = plain, everything: bool = False) -> str:
    """`file:line:column: fel[code]: message`, a line each; empty for no findings.

    Of more than 50 only the most severe are written and the others counted, unless `everything` is asked for.
    """
    shown = findings if everything else most_severe(findings, lambda finding: finding.diagnostic.severity)
    lines = (headline(replace(finding.diagnostic, message=finding.message), paint) for finding in shown)
    return inert("".join(f"{line}\n" for line in lines)) + and_more(len(findings) - len(shown))


def most_severe(items: Sequence[Item], severity: Callable[[Item], Severity]) -> Sequence[Item]:
    """The 50 most severe, in the order they came: an error gives the exit code, so it is never merely counted."""
    if len(items) <= MOST_SHOWN:
        return items
    ranks = list(Severity)
    places = sorted(range(len(items)), key=lambda place: (ranks.index(severity(items[place])), place))
    return [items[place] for place in sorted(places[:MOST_SHOWN])]


def and_more(left: int) -> str:
    """The line with how many findings are not shown; empty for none."""
    return f"… och {left} till; -v visar fler\n" if left else ""


def headline(diagnostic: Diagnostic, paint: Paint = plain) -> str:
    """The first line of a finding; without a place it begins with the severity."""
    where = paint(f"{place(diagnostic.span)}: ", "fet") if diagnostic.span else ""
    label = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    return f"{where}{label}: {safe(diagnostic.message)}"


def place(span: Span) -> str:
    """`file:line:column`, as terminals and editors make links of."""
    return f"{safe(span.file)}:{span.line}:{span.column}"
