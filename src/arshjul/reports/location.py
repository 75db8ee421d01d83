"""Where a finding stands, to a service that knows the repository and not the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from arshjul.diagnostics import Span
from arshjul.reports.reported import Reported
from arshjul.shipped import SHIPPED


def in_repository(span: Span, folder: str) -> str | None:
    """The file's path seen from the repository, where the project is `folder`; None for one that ships with arshjul."""
    if span.file.startswith(SHIPPED):
        return None
    return f"{folder}/{span.file}" if folder else span.file


def fingerprints(findings: Iterable[Reported]) -> Iterator[str]:
    """What each finding is known by from run to run, unique among them.

    Made from process, code, file and the words on the line: a finding that moves with its line stays the same. Messages
    are left out, since they name dates and other lines.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        span = finding.diagnostic.span
        lines = span.source.lines if span else ()
        line = lines[span.line - 1].strip() if span and span.line <= len(lines) else ""
        key = (finding.process or "", finding.diagnostic.code, span.file if span else "", line)
        seen[key] += 1
        yield sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest()
