"""Findings as SARIF 2.1.0 (OASIS), which code scanners on forges read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arshjul import __version__
from arshjul.diagnostics import Edit, Severity, Span
from arshjul.reports.json import Members, encoded
from arshjul.reports.location import fingerprints, in_repository
from arshjul.reports.reported import Reported

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Sequence[Reported], folder: str = "", titles: Mapping[str, str] | None = None) -> str:
    """One run, also for no findings. `folder` is the project's, seen from the repository; `titles` maps code → what
    it stands for, in a line.
    """
    codes = sorted({finding.diagnostic.code for finding in findings})
    words = titles or {}
    rules = [{"id": code, "shortDescription": {"text": words.get(code, code)}} for code in codes]
    driver = {"name": "arshjul", "version": __version__, "language": "sv", "rules": rules}
    pairs = zip(findings, fingerprints(findings), strict=True)
    results = [_result(finding, fingerprint, codes, folder) for finding, fingerprint in pairs]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return encoded({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Reported, fingerprint: str, codes: Sequence[str], folder: str) -> Members:
    diagnostic = finding.diagnostic
    place = _physical(diagnostic.span, folder) if diagnostic.span else None
    related = [
        {"id": number, "physicalLocation": at, "message": {"text": other.message}}
        for number, other in enumerate(diagnostic.related, 1)
        if (at := _physical(other.span, folder))
    ]
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": finding.advice},
        "locations": [{"physicalLocation": place}] if place else [],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"arshjul/v1": fingerprint},
        **({"fixes": [change]} if diagnostic.fix and (change := _change(diagnostic.fix, folder)) else {}),
    }


def _change(fix: Edit, folder: str) -> Members | None:
    """A fix, which a forge may offer to put in; each of its places by itself."""
    artifact = _artifact(fix.span, folder)
    if artifact is None:
        return None
    replacements = [
        {"deletedRegion": _region(place.span), "insertedContent": {"text": place.text}} for place in fix.places
    ]
    return {"artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}]}


def _physical(span: Span, folder: str) -> Members | None:
    artifact = _artifact(span, folder)
    return {"artifactLocation": artifact, "region": _region(span)} if artifact else None


def _artifact(span: Span, folder: str) -> Members | None:
    from urllib.parse import quote

    file = in_repository(span, folder)
    return {"uri": quote(file)} if file is not None else None


def _region(span: Span) -> Members:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
