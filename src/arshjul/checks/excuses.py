"""`# arshjul: tillåt CODE – skäl`: one place excused, with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from arshjul.codes import CHECKS, Code
from arshjul.diagnostics import Diagnostic, Severity, Source, Span, did_you_mean, error
from arshjul.source.comments import comments

WORD = "arshjul:"
EXCUSE = re.compile(r"#\s*arshjul:\s*tillåt\b\s*(?P<code>[\w-]*)\s*(?:[-–—:]+\s*)?(?P<reason>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Excuse:
    """What is allowed on one line of one file. `span` is the comment."""

    code: str
    reason: str
    line: int
    span: Span

    def covers(self, finding: Diagnostic) -> bool:
        """Whether it is about this finding; an excuse without a reason covers nothing."""
        place = finding.span
        here = place is not None and (place.file, place.line) == (self.span.file, self.line)
        return here and self.code == finding.code and bool(self.reason)


def excuses(sources: Iterable[Source]) -> tuple[Excuse, ...]:
    """All excuses of the files, in order. One that stands alone is about the next line that is no comment."""
    return tuple(excuse for source in sources if WORD in source.text for excuse in _excuses(source))


def _excuses(source: Source) -> Iterator[Excuse]:
    for comment, span in comments(source):
        if found := EXCUSE.match(comment):
            yield Excuse(found["code"], found["reason"].strip(), _line_meant(source, span), span)


def _line_meant(source: Source, span: Span) -> int:
    line = span.line
    while line <= len(source.lines) and source.lines[line - 1].lstrip().startswith("#"):
        line += 1
    return line


def without_excused(findings: Iterable[Diagnostic], allowed: Sequence[Excuse]) -> tuple[Diagnostic, ...]:
    """The findings that no excuse covers."""
    return tuple(finding for finding in findings if not any(excuse.covers(finding) for excuse in allowed))


def unused(found: Iterable[Diagnostic], allowed: Sequence[Excuse]) -> tuple[Excuse, ...]:
    """The excuses with a reason that cover none of the findings."""
    findings: Mapping[str, list[Diagnostic]] = _by_code(found)
    return tuple(e for e in allowed if e.reason and not any(e.covers(finding) for finding in findings.get(e.code, ())))


def _by_code(findings: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    grouped: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        grouped.setdefault(finding.code, []).append(finding)
    return grouped


def unreasoned(allowed: Iterable[Excuse]) -> Iterator[Diagnostic]:
    """A finding for each excuse without a reason."""
    for excuse in allowed:
        if not excuse.reason:
            code = excuse.code or Code.DAY_OFF
            hint = f"skriv varför, till exempel # arshjul: tillåt {code} – beslutat av KS"
            yield error(Code.MISSING_REASON, "Tillåtelsen saknar skäl, och gäller därför inte", excuse.span, hint)


def idle(excuse: Excuse, severity: Severity) -> Diagnostic:
    """The finding for an excuse that excuses nothing."""
    if excuse.code in CHECKS:
        message, hint = f"Här finns inget ”{excuse.code}” att tillåta", "ta bort raden, eller flytta den till rätt rad"
    else:
        message = f"”{excuse.code}” är ingen kontroll som kan tillåtas på en rad"
        hint = did_you_mean(excuse.code, CHECKS) or "arshjul rule visar koderna"
    return Diagnostic(Code.UNUSED_EXCUSE, severity, message, excuse.span, hint)
