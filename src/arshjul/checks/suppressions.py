"""`# arshjul: tillåt CODE – skäl`: a finding suppressed on one line, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from arshjul.checks.registry import Finding, check
from arshjul.codes import CHECK_CODES, Code
from arshjul.diagnostics import Diagnostic, Severity, Source, Span, did_you_mean, error
from arshjul.source.comments import comments

WORD = "arshjul:"
SUPPRESSION = re.compile(r"#\s*arshjul:\s*tillåt\b\s*(?P<code>[\w-]*)\s*(?:[-–—:]+\s*)?(?P<reason>.*)", re.IGNORECASE)


class Suppression(Struct, frozen=True):
    """What is allowed on one line of one file. `span` is the comment; `code` is as written, known or not."""

    code: str
    reason: str
    line: int
    span: Span

    def covers(self, finding: Diagnostic) -> bool:
        """Whether it is about this finding; a suppression without a reason covers nothing."""
        place = finding.span
        here = place is not None and (place.file, place.line) == (self.span.file, self.line)
        return here and self.code == finding.code and bool(self.reason)


def suppressions(sources: Iterable[Source]) -> tuple[Suppression, ...]:
    """All suppressions of the files, in order. One that stands alone is about the next line that is no comment."""
    found = []
    for source in sources:
        # finding the comments of a file takes as long as reading it: most files have no suppression
        for comment, span in comments(source) if WORD in source.text else ():
            if match := SUPPRESSION.match(comment):
                line = span.line
                while line <= len(source.lines) and source.lines[line - 1].lstrip().startswith("#"):
                    line += 1
                found.append(Suppression(match["code"], match["reason"].strip(), line, span))
    return tuple(found)


def unused(found: Iterable[Diagnostic], allowed: Sequence[Suppression]) -> tuple[Suppression, ...]:
    """The suppressions with a reason that cover none of the findings."""
    # one pass over the findings: a plan of 10 000 rows may have as many findings, and a suppression for each
    by_code: dict[str, list[Diagnostic]] = {}
    for finding in found:
        by_code.setdefault(finding.code, []).append(finding)
    return tuple(s for s in allowed if s.reason and not any(map(s.covers, by_code.get(s.code, ()))))


def without_reason(allowed: Iterable[Suppression]) -> Iterator[Diagnostic]:
    """A finding for each suppression without a reason: no check, for nobody may turn it off."""
    for suppression in allowed:
        if not suppression.reason:
            code = suppression.code or Code.DAY_OFF
            hint = f"skriv varför, till exempel # arshjul: tillåt {code} – beslutat av KS"
            message = "Tillåtelsen saknar skäl, och gäller därför inte"
            yield error(Code.MISSING_REASON, message, suppression.span, hint)


@check(Code.UNUSED_EXCUSE, Severity.WARNING)
def unused_excuse(left: Iterable[Suppression]) -> Iterator[Finding]:
    """En tillåtelse (”# arshjul: tillåt KOD – skäl”) tillåter ingenting.

    Felet är rättat, eller raden har flyttats. Då kan nästa fel på samma rad gå förbi osett. En tillåtelse som behövs
    något annat planerat år räknas som använd.

    Ta bort kommentaren, eller flytta den till raden den gäller eller raden ovanför.
    """
    for suppression in left:
        code, span = suppression.code, suppression.span
        if code in CHECK_CODES:
            hint = "ta bort raden, eller flytta den till rätt rad"
            yield Finding(f"Här finns inget ”{code}” att tillåta", span, hint)
        else:
            hint = did_you_mean(code, CHECK_CODES) or "arshjul rule visar koderna"
            yield Finding(f"”{code}” är ingen kontroll som kan tillåtas på en rad", span, hint)
