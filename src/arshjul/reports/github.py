"""Findings as annotations of GitHub Actions: workflow commands, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arshjul.diagnostics import Severity, Span
from arshjul.formats.terminal import safe
from arshjul.reports.concise import and_more, most_severe
from arshjul.reports.location import in_repository
from arshjul.reports.reported import Reported

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(findings: Sequence[Reported], folder: str = "", everything: bool = False) -> str:
    """`::error file=…,line=…,title=fel[code]::message`, a line each; empty for no findings.

    `folder` is the project's, seen from the repository. Of more than 50 only the most severe are written and the
    others counted: GitHub shows ten of each severity, and the log the rest.
    """
    shown = findings if everything else most_severe(findings, lambda finding: finding.diagnostic.severity)
    lines = []
    for finding in shown:
        diagnostic = finding.diagnostic
        properties = {**_place(diagnostic.span, folder), "title": f"{diagnostic.severity}[{diagnostic.code}]"}
        # GitHub's own escapes, and in this order: % first, or the others' would be escaped again
        given = ",".join(
            f"{name}={safe(value).replace('%', '%25').replace(':', '%3A').replace(',', '%2C')}"
            for name, value in properties.items()
        )
        message = "%0A".join(safe(line).replace("%", "%25") for line in finding.advice.split("\n"))
        lines.append(f"::{_COMMANDS[diagnostic.severity]} {given}::{message}\n")
    return "".join(lines) + and_more(len(findings) - len(shown))


def _place(span: Span | None, folder: str) -> Mapping[str, str]:
    """Columns only within one line: GitHub refuses them for a stretch of several."""
    file = in_repository(span, folder) if span else None
    if span is None or file is None:
        return {}
    lines = {"file": file, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line != span.end_line:
        return lines
    return lines | {"col": str(span.column), "endColumn": str(max(span.column, span.end_column - 1))}
