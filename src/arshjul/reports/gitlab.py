"""Findings as a Code Quality report of GitLab, shown in the merge request."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.diagnostics import Severity
from arshjul.reports.json import encoded
from arshjul.reports.location import fingerprints, in_repository
from arshjul.reports.reported import Reported

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
NOWHERE = "process.yaml"
"""GitLab demands a file of every issue."""


def gitlab(findings: Sequence[Reported], folder: str = "") -> str:
    """A JSON list of issues, empty for no findings. `folder` is the project's, seen from the repository."""
    issues = []
    for finding, fingerprint in zip(findings, fingerprints(findings), strict=True):
        diagnostic = finding.diagnostic
        span = diagnostic.span
        path = (in_repository(span, folder) or span.file) if span else NOWHERE
        lines = {"begin": span.line, "end": span.end_line} if span else {"begin": 1, "end": 1}
        issues.append(
            {
                "description": finding.advice,
                "check_name": diagnostic.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[diagnostic.severity],
                "location": {"path": path, "lines": lines},
            }
        )
    return encoded(issues)
