"""One line a finding: for editors, `grep` and `sort`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arshjul.diagnostics import Diagnostic, Span
from arshjul.reports.reported import Reported
from arshjul.reports.terminal import Paint, inert, plain, safe

MOST_SHOWN = 50


def concise(findings: Sequence[Reported], paint: Paint = plain, everything: bool = False) -> str:
    """`file:line:column: fel[code]: message`, a line each; empty for no findings.

    After the first 50 their number is told, unless `everything` is asked for.
    """
    shown = findings if everything else findings[:MOST_SHOWN]
    lines = (headline(replace(finding.diagnostic, message=finding.message), paint) for finding in shown)
    return inert("".join(f"{line}\n" for line in lines)) + and_more(len(findings) - len(shown))


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
