"""One line a finding: for editors, `grep` and `sort`."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.diagnostics import Diagnostic, Span
from arshjul.reports.reported import Reported
from arshjul.reports.terminal import Paint, plain, safe


def concise(findings: Sequence[Reported], paint: Paint = plain) -> str:
    """`file:line:column: fel[code]: message`, a line each; empty for no findings."""
    return "".join(headline(finding.diagnostic, paint) + "\n" for finding in findings)


def headline(diagnostic: Diagnostic, paint: Paint = plain) -> str:
    """The first line of a finding; without a place it begins with the severity."""
    where = paint(f"{place(diagnostic.span)}: ", "fet") if diagnostic.span else ""
    label = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    return f"{where}{label}: {safe(diagnostic.message)}"


def place(span: Span) -> str:
    """`file:line:column`, as terminals and editors make links of."""
    return f"{safe(span.file)}:{span.line}:{span.column}"
