"""Findings as a Code Quality report of GitLab, shown in the merge request."""

from __future__ import annotations

from collections.abc import Sequence

from arshjul.diagnostics import Severity
from arshjul.reports.json import Members, encoded
from arshjul.reports.location import fingerprints, in_repository
from arshjul.reports.reported import Reported

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
NOWHERE = "process.yaml"
"""GitLab demands a file of every issue."""


def gitlab(findings: Sequence[Reported], folder: str = "") -> str:
    """A JSON list of issues, empty for no findings. `folder` is the project's, seen from the repository."""
    return encoded([_issue(*pair, folder) for pair in zip(findings, fingerprints(findings), strict=True)])


def _issue(finding: Reported, fingerprint: str, folder: str) -> Members:
    diagnostic = finding.diagnostic
    span = diagnostic.span
    lines = {"begin": span.line, "end": span.end_line} if span else {"begin": 1, "end": 1}
    return {
        "description": finding.advice,
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": (in_repository(span, folder) or span.file) if span else NOWHERE, "lines": lines},
    }
