"""Findings as SARIF 2.1.0 (OASIS), which code scanners on forges read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arshjul import __version__
from arshjul.diagnostics import Related, Severity, Span
from arshjul.reports.json import Members, encoded
from arshjul.reports.location import fingerprints, in_repository
from arshjul.reports.reported import Reported

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Sequence[Reported], folder: str = "", titles: Mapping[str, str] | None = None) -> str:
    """One run, also for no findings. `folder` is the project's, seen from the repository; `titles` maps code → what
    it stands for, in a line."""
    codes = sorted({finding.diagnostic.code for finding in findings})
    rules = [_rule(code, titles or {}) for code in codes]
    driver = {"name": "arshjul", "version": __version__, "language": "sv", "rules": rules}
    pairs = zip(findings, fingerprints(findings), strict=True)
    results = [_result(finding, fingerprint, codes, folder) for finding, fingerprint in pairs]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return encoded({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, titles: Mapping[str, str]) -> Members:
    return {"id": code, "shortDescription": {"text": titles.get(code, code)}}


def _result(finding: Reported, fingerprint: str, codes: Sequence[str], folder: str) -> Members:
    diagnostic = finding.diagnostic
    related = [{"id": number, **found} for number, other in enumerate(diagnostic.related, 1)
               if (found := _related(other, folder))]  # fmt: skip
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": finding.advice},
        "locations": _locations(diagnostic.span, folder),
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"arshjul/v1": fingerprint},
    }


def _locations(span: Span | None, folder: str) -> list[Members]:
    place = _physical(span, folder) if span else None
    return [{"physicalLocation": place}] if place else []


def _related(other: Related, folder: str) -> Members | None:
    place = _physical(other.span, folder)
    return {"physicalLocation": place, "message": {"text": other.message}} if place else None


def _physical(span: Span, folder: str) -> Members | None:
    from urllib.parse import quote

    file = in_repository(span, folder)
    if file is None:
        return None
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"artifactLocation": {"uri": quote(file)}, "region": region}
